package bot

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/answers/question"
	"sourceline/bot/dialogue"
)

type askCommand struct {
	All      bool     `help:"Quote every line, not only the best of each article."`
	JSON     bool     `name:"json" help:"Print one JSON object."`
	Question []string `arg:"" help:"The question; quotes around it are not needed."`
}

// Help is what --help adds.
func (*askCommand) Help() string {
	return "The exit code is 0 with an answer, 1 where no article has one, 2 on an error."
}

// Run asks the question.
func (c *askCommand) Run(p *program) error {
	text, err := questionText(c.Question)
	if err != nil {
		return err
	}
	base, err := p.base()
	if err != nil {
		return err
	}
	if c.JSON {
		return p.askJSON(base, text)
	}
	view := dialogue.Brief
	if c.All {
		view = dialogue.Full
	}
	talk := newTalk(base)
	said, err := talk.say(p, text, view)
	if err != nil {
		return err
	}
	dropChoice(said.Reply, dialogue.LinesValue) // a command line has --all for it
	p.print(said.Reply)
	if said.Outcome != dialogue.Answered {
		return exitCode(exitNoAnswer)
	}
	return nil
}

// questionText joins the words of a question and refuses what is none.
func questionText(words []string) (string, error) {
	text := strings.TrimSpace(strings.Join(words, " "))
	if text == "" {
		return "", errors.New(`the question is empty: write it behind the command, such as sourceline ask "how many people were killed?"`)
	}
	if !utf8.ValidString(text) {
		return "", errors.New("the question is not valid UTF-8")
	}
	if n := utf8.RuneCountInString(text); n > question.MaxLength {
		return "", question.TooLongError{Length: n}
	}
	return text, nil
}

func (p *program) askJSON(base *answers.Base, text string) error {
	start := time.Now()
	a, err := base.Ask(p, text)
	if err != nil {
		return err
	}
	line, err := a.JSON("", time.Since(start))
	if err != nil {
		return err
	}
	fmt.Fprintf(p.stdout, "%s\n", line)
	if !a.Answered() {
		return exitCode(exitNoAnswer)
	}
	return nil
}

// dropChoice takes the choices with that value out of a reply.
func dropChoice(r *adapters.Reply, value string) {
	if r == nil {
		return
	}
	for i, part := range r.Parts {
		choices, ok := part.(adapters.Choices)
		if !ok {
			continue
		}
		var kept []adapters.Choice
		for _, o := range choices.Options {
			if o.Value != value {
				kept = append(kept, o)
			}
		}
		r.Parts[i] = adapters.Choices{Options: kept}
	}
}
