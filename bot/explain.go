package bot

import (
	"fmt"
	"io"
	"strings"

	"sourceline/answers"
	"sourceline/answers/question"
)

type explainCommand struct {
	Top      int      `default:"10" help:"How many candidates to show."`
	Turn     []string `placeholder:"TEXT" help:"A question that was asked before; repeat it for more."`
	Question []string `arg:"" help:"The question."`
}

// Run explains the question.
func (c *explainCommand) Run(p *program) error {
	text, err := questionText(c.Question)
	if err != nil {
		return err
	}
	base, err := p.base()
	if err != nil {
		return err
	}
	var turns []question.Turn
	for _, earlier := range c.Turn {
		a, err := base.Ask(p, earlier, turns...)
		if err != nil {
			return fmt.Errorf("earlier question %q: %w", earlier, err)
		}
		turns = append(turns, question.Turn{Question: a.Question, Facts: a.Facts})
	}
	q, err := base.Read(p, text, turns...)
	if err != nil {
		return err
	}
	e, err := base.Explain(p, q)
	if err != nil {
		return err
	}
	explainReading(p.stdout, e.Question)
	explainCandidates(p.stdout, e.Candidates, c.Top)
	return explainOutcome(p.stdout, e.Answer)
}

// explainReading prints how the question was read.
func explainReading(w io.Writer, q question.Question) {
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(w, "  %-10s %s\n", name, value)
		}
	}
	fmt.Fprintln(w, "read as")
	line("type", strings.TrimSpace(string(q.Type)+" "+string(q.Sense)))
	line("cue", q.Cue)
	for _, r := range q.Read {
		line("spelling", r.From+" → "+r.To)
	}
	line("counted", q.Head)
	line("modifiers", strings.Join(q.Mods, ", "))
	line("event", strings.Join(q.Events, ", "))
	line("verb", q.Verb)
	for _, n := range q.Names {
		known := "in no article"
		if n.Known {
			known = "also " + strings.Join(n.Aliases, ", ")
		}
		line("name", n.Text+" ("+known+")")
	}
	for _, t := range q.Times {
		line("time", t.Text)
	}
	for _, g := range q.Given {
		line("figure", g.Text)
	}
	line("speaker", q.Speaker)
	line("about", strings.Join(q.About, ", "))
	line("follows", string(q.Follow))
	var terms []string
	for _, t := range q.Terms {
		term := fmt.Sprintf("%s %.2f", t.Lemma, t.Rarity)
		if !t.Known {
			term += " (in no article)"
		}
		terms = append(terms, term)
	}
	line("words", strings.Join(terms, ", "))
}

// explainCandidates prints what stood for an answer, the best first.
func explainCandidates(w io.Writer, list []answers.Weighed, top int) {
	fmt.Fprintf(w, "candidates: %d\n", len(list))
	for i, c := range list[:min(max(top, 0), len(list))] {
		meets := ""
		if !c.Meets {
			meets = "  misses a constraint"
		}
		fmt.Fprintf(w, "%3d. %6.2f  %s%s\n", i+1, c.Score, c.Text, meets)
		fmt.Fprintf(w, "       %s line %d: %s\n", c.Article.ID, c.Line, strings.Join(strings.Fields(c.Quote), " "))
		var parts []string
		for _, part := range c.Parts {
			parts = append(parts, fmt.Sprintf("%s %+.2f", part.Why, part.Score))
		}
		if len(parts) > 0 {
			fmt.Fprintf(w, "       %s\n", strings.Join(parts, ", "))
		}
	}
}

// explainOutcome prints the answer in short, or why there is none.
func explainOutcome(w io.Writer, a answers.Answer) error {
	if !a.Answered() {
		fmt.Fprintf(w, "refused: %s\n", a.Missing)
		return exitCode(exitNoAnswer)
	}
	fmt.Fprintf(w, "answer: %s · %s (%s)\n", a.Headline, a.Summary, a.Agreement)
	for _, f := range a.Figures {
		fmt.Fprintf(w, "  figure   %s %s, %s, in %s\n", f.Text, f.Counted, f.Standing, strings.Join(f.Articles, ", "))
	}
	for _, c := range a.Caveats {
		fmt.Fprintf(w, "  caveat   %s: %s\n", c.Kind, c.Text)
	}
	return nil
}
