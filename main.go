// Command sourceline answers a newsroom's questions with the figure and the
// lines of the articles that say so.
package main

import (
	"context"
	_ "embed"
	"fmt"
	"os"

	"sourceline/bot"
)

//go:embed config.example.toml
var exampleConfig string

func main() {
	code, err := bot.Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, exampleConfig)
	if err != nil {
		fmt.Fprintln(os.Stderr, "sourceline:", err)
	}
	os.Exit(code)
}
