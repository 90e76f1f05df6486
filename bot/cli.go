package bot

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"
)

// cli is the command line. Each command is a field; its Run method gets the
// program.
type cli struct {
	Corpus string `placeholder:"DIR" help:"Folder of .md and .txt articles to answer from, in place of the articles that are built in."`

	Ask       askCommand     `cmd:"" help:"Ask one question: the figure, and the lines of the articles that say so."`
	Console   consoleCommand `cmd:"" help:"Hold a conversation on the terminal, follow-ups included."`
	Facts     factsCommand   `cmd:"" help:"List what was found in the articles: figures, times, names, who says what."`
	Explain   explainCommand `cmd:"" help:"Show how a question is read, and why its answer won or was refused."`
	Eval      evalCommand    `cmd:"" help:"Ask the questions of a file and score the answers."`
	Serve     serveCommand   `cmd:"" help:"Run the bot on the platforms that the configuration enables."`
	Init      initCommand    `cmd:"" help:"Write a configuration file."`
	Doctor    doctorCommand  `cmd:"" help:"Check everything that the bot needs, and say how to mend it."`
	Report    reportCommand  `cmd:"" help:"List what was refused and what got a thumbs down."`
	CorpusCmd corpusCommand  `cmd:"" name:"corpus" help:"Look after a folder of articles."`
	Matrix    matrixCommand  `cmd:"" help:"Look after the bot's account on a Matrix homeserver."`
}

// A program is what a command runs with.
type program struct {
	context.Context
	stdin          io.Reader
	stdout, stderr io.Writer
	corpus         string // folder of articles; "" for those that are built in
	exampleConfig  string
}

// Exit codes.
const (
	exitAnswered = 0
	exitNoAnswer = 1
	exitError    = 2
)

// An exitCode ends a command that has said all that there is to say.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit code %d", int(c)) }

// Main runs the program with its arguments, the program's name left out, and
// returns its exit code; the error, where there is one, is for the user to
// read. ExampleConfig is the text of config.example.toml.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, exampleConfig string) (code int, err error) {
	var c cli
	defer func() { // --help prints and then wants to exit
		if r := recover(); r != nil {
			exit, ok := r.(exitCode)
			if !ok {
				panic(r)
			}
			code, err = int(exit), nil
		}
	}()
	parser, err := kong.New(&c,
		kong.Name("sourceline"),
		kong.Description("Answers a newsroom's questions with the figure and the lines of the articles that say so."),
		kong.Writers(stdout, stderr),
		kong.Exit(func(code int) { panic(exitCode(code)) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: helpWidth}),
	)
	if err != nil {
		return exitError, err
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if err != nil {
		return exitError, fmt.Errorf("%w (sourceline --help lists the commands and flags)", err)
	}
	p := &program{Context: ctx, stdin: stdin, stdout: stdout, stderr: stderr, corpus: c.Corpus, exampleConfig: exampleConfig}
	return exitOf(command.Run(p))
}

// helpWidth is where the lines of --help wrap.
const helpWidth = 100

// exitOf splits what a command returned into its exit code and its error.
func exitOf(err error) (int, error) {
	var code exitCode
	switch {
	case err == nil:
		return exitAnswered, nil
	case errors.As(err, &code):
		return int(code), nil
	}
	return exitError, err
}
