package dialogue

import (
	"context"
	"slices"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// A Change is a line that an answer rested on and that its article no longer
// has.
type Change struct {
	Source string        // what the article was called where it was quoted
	Now    *fact.Article // the article as it is; nil where it is withdrawn or gone
	Line   string        // the line as it was quoted
}

const (
	// alike is the share of words that two lines must have in common to be
	// the old and the new one.
	alike = 0.5
	// correctionQuotes is how many lines a correction shows of the answer as
	// it is now.
	correctionQuotes = 2
)

// Correct says to a thread that lines have changed which its answer to asked
// rested on, quotes the new ones, and answers the question anew.
func (d *Dialogue) Correct(ctx context.Context, room Room, asked Memory, earlier []Memory, changes []Change) (Saying, error) {
	f := newFrame(room.Locale, d.locale)
	room.Quotes = min(room.quotes(), correctionQuotes)
	again, err := d.ask(ctx, Turn{Earlier: earlier, Room: room}, f, asked.Text)
	if err != nil {
		return Saying{}, err
	}
	out := Saying{Outcome: again.Outcome, Answer: again.Answer, Shown: again.Shown, Memory: again.Memory, Reply: reply()}
	add := func(p adapters.Part) { out.Reply.Parts = append(out.Reply.Parts, p) }
	told := map[string]bool{}
	for _, c := range changes {
		if text := changed(c, asked.Text); !told[text] {
			told[text] = true
			add(adapters.Paragraph{Text: text})
		}
	}
	for _, c := range changes {
		e, ok := successor(c)
		if !ok || showsLine(out.Shown, e) {
			continue
		}
		add(f.quote(e, joinNonEmpty(", ", "as it reads now", roleLabel(e.Role))))
		out.Shown = append(out.Shown, e)
	}
	if again.Outcome == Answered {
		add(adapters.Paragraph{Text: "The answer now:"})
	}
	out.Reply.Parts = append(out.Reply.Parts, withoutChoices(again.Reply.Parts)...)
	return out, nil
}

// changed says what became of a line.
func changed(c Change, asked string) string {
	what, became := "a line", "has changed"
	if c.Now == nil {
		what, became = "an article", "was withdrawn"
	}
	return "Correction: " + what + " that the answer to “" + short(asked) + "” rested on " + became + " (" + c.Source + ")."
}

// successor finds the line of the article that stands for the old one now.
func successor(c Change) (answers.Evidence, bool) {
	if c.Now == nil {
		return answers.Evidence{}, false
	}
	old := words(english.Tokens(c.Line, 0))
	var best *fact.Fact
	bestShare := alike
	for i := range c.Now.Facts {
		fa := &c.Now.Facts[i]
		if fa.Sentence.Role == corpus.Furniture {
			continue
		}
		if s := share(old, words(fa.Tokens)); s > bestShare || s == bestShare && best == nil {
			best, bestShare = fa, s
		}
	}
	if best == nil {
		return answers.Evidence{}, false
	}
	return evidence(best), true
}

// words are the words and numbers of a line, each once.
func words(tokens []english.Token) map[string]bool {
	out := map[string]bool{}
	for _, t := range tokens {
		if t.Kind != english.Mark {
			out[t.Norm] = true
		}
	}
	return out
}

// share is how much two lines have in common: the Dice coefficient of their
// words, 0 to 1.
func share(a, b map[string]bool) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	common := 0
	for w := range a {
		if b[w] {
			common++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}

func showsLine(shown []answers.Evidence, e answers.Evidence) bool {
	return slices.ContainsFunc(shown, func(s answers.Evidence) bool { return s.Article == e.Article && s.Span == e.Span })
}
