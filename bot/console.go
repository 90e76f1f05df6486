package bot

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/answers/question"
	"sourceline/bot/dialogue"
)

// A talk is a conversation on the command line, with its turns so far.
type talk struct {
	dialogue *dialogue.Dialogue
	room     dialogue.Room
	turns    []dialogue.Memory
}

// maxTurns is how many turns a follow-up can reach back.
const maxTurns = 20

func newTalk(base *answers.Base) *talk {
	return &talk{
		dialogue: dialogue.New(dialogue.Options{}),
		room:     dialogue.Room{Library: base, Allowed: true},
	}
}

// say answers a text and remembers it for the next one.
func (t *talk) say(p *program, text string, view dialogue.View) (dialogue.Saying, error) {
	said, err := t.dialogue.Respond(p, dialogue.Turn{
		Message: adapters.Message{Kind: adapters.Direct, Text: text},
		Earlier: t.turns, Room: t.room, View: view,
	})
	if err != nil {
		return said, err
	}
	if said.Memory != nil {
		t.turns = append(t.turns, *said.Memory)
		t.turns = t.turns[max(0, len(t.turns)-maxTurns):]
	}
	return said, nil
}

// consoleExamples is how many questions are offered to who writes "help".
const consoleExamples = 3

type consoleCommand struct {
	All bool `help:"Quote every line, not only the best of each article."`
}

// Help is what --help adds.
func (*consoleCommand) Help() string {
	return `A question may lean on those before it: "and how many of them were children?", "who says so?". ` +
		`"help" lists what else can be written; "new" forgets what was asked before; "history" lists it; "quit" or the end of input ends the conversation.`
}

// Run holds the conversation, a line a turn.
func (c *consoleCommand) Run(p *program) error {
	base, err := p.base()
	if err != nil {
		return err
	}
	view := dialogue.Brief
	if c.All {
		view = dialogue.Full
	}
	talk := newTalk(base)
	talk.room.Examples = dialogue.Examples(p, base, consoleExamples)
	prompt := ""
	if isTerminal(p.stdin) && isTerminal(p.stdout) {
		prompt = "? "
		fmt.Fprintf(p.stdout, "%d articles. Ask, or write “help” or “quit”.\n", len(base.Articles()))
	}
	lines := newLineReader(p.stdin)
	for p.Err() == nil {
		fmt.Fprint(p.stdout, prompt)
		line, err := lines.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading the question: %w", err)
		}
		if done, err := talk.turn(p, strings.TrimSpace(line), view); done || err != nil {
			return err
		}
	}
	return p.Err()
}

// turn answers one line. Done ends the conversation.
func (t *talk) turn(p *program, line string, view dialogue.View) (done bool, err error) {
	switch strings.ToLower(line) {
	case "":
		return false, nil
	case "quit", "exit":
		return true, nil
	case "new":
		t.turns = nil
		return false, nil
	case "history":
		for i, turn := range t.turns {
			fmt.Fprintf(p.stdout, "%d. %s\n", i+1, turn.Text)
		}
		return false, nil
	}
	if _, err := questionText([]string{line}); err != nil {
		fmt.Fprintf(p.stdout, "%v\n\n", err)
		return false, nil
	}
	said, err := t.say(p, line, view)
	if err != nil {
		return false, err
	}
	p.print(said.Reply)
	fmt.Fprintln(p.stdout)
	return false, nil
}

// A lineReader reads lines of any length, keeping no more of each than a
// question may have and a little.
type lineReader struct{ r *bufio.Reader }

func newLineReader(r io.Reader) lineReader { return lineReader{bufio.NewReader(r)} }

// maxLine is how many bytes of a line are kept: enough to know that it is too
// long, whatever its script.
const maxLine = 4*question.MaxLength + 4

// next returns the next line without its end; io.EOF after the last.
func (l lineReader) next() (string, error) {
	var line []byte
	for read := false; ; read = true {
		part, err := l.r.ReadSlice('\n')
		if room := maxLine - len(line); room > 0 {
			line = append(line, part[:min(room, len(part))]...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && (len(line) > 0 || read):
			return string(line), nil
		default:
			return strings.TrimRight(string(line), "\r\n"), err
		}
	}
}
