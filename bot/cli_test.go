package bot

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts run the program as the command sourceline.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"sourceline": func() {
			example, err := os.ReadFile(os.Getenv("EXAMPLE_CONFIG"))
			if err != nil {
				panic(err)
			}
			code, err := Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, string(example))
			if err != nil {
				fmt.Fprintln(os.Stderr, "sourceline:", err)
			}
			os.Exit(code)
		},
	})
}

// TestCommands runs the scripts of testdata/cli.
func TestCommands(t *testing.T) {
	example, err := filepath.Abs("../config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/cli",
		Setup: func(e *testscript.Env) error { e.Setenv("EXAMPLE_CONFIG", example); return nil },
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "repeat": repeat, "truncate": truncate,
		},
	})
}

// exits CODE COMMAND ARGS... runs a command and wants its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	got := "0"
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("exit code %s, want %s", got, args[0])
	}
}

// repeat FILE N TEXT writes a file of a text many times.
func repeat(ts *testscript.TestScript, neg bool, args []string) {
	n := 0
	if len(args) == 3 {
		_, err := fmt.Sscan(args[1], &n)
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(args[2], n)), 0o644))
}

// truncate FILE SIZE makes a file of that many zero bytes without writing them.
func truncate(ts *testscript.TestScript, neg bool, args []string) {
	var size int64
	_, err := fmt.Sscan(args[1], &size)
	ts.Check(err)
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.Truncate(size))
	ts.Check(f.Close())
}

// TestNoPanic gives every command arguments that are not meant for it.
func TestNoPanic(t *testing.T) {
	odd := []string{"", "--", "-", "\x00", "\xff\xfe", "--json", "--all=maybe", "--top=-1", strings.Repeat("?", 1999), "--corpus=", "--corpus=\x00", "🚂", "ask ask", "<!channel> @room", "%s%d%n"}
	for _, command := range []string{"ask", "facts", "explain", "eval", "corpus", "corpus check", ""} {
		for _, a := range odd {
			args := append(strings.Fields(command), a)
			var out strings.Builder
			code, err := Main(t.Context(), args, strings.NewReader(""), &out, &out, "")
			if code < 0 || code > exitError {
				t.Errorf("%q: exit code %d", args, code)
			}
			if (code == exitError) != (err != nil) {
				t.Errorf("%q: exit code %d with error %v", args, code, err)
			}
		}
	}
}
