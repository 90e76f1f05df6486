package dialogue

import (
	"context"
	"slices"
	"strings"
	"time"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/corpus"
)

const (
	factsShown  = 8 // lines with figures, by the facts command
	claimsRead  = 5 // figures of one claim that are checked
	claimQuotes = 2 // lines shown for each of several
)

// compare shows all figures of a thing, by source, with all lines.
func (d *Dialogue) compare(ctx context.Context, t Turn, f *frame, text string) (Saying, error) {
	if text == "" {
		last, earlier, ok := lastQuestion(t.Earlier)
		if !ok {
			return talk(reply(adapters.Paragraph{Text: "Compare what? Write “compare” and a thing that is counted, or ask a question first."})), nil
		}
		text, t.Earlier = last, earlier
	}
	t.View = Full
	s, err := d.ask(ctx, t, f, text)
	if err != nil || s.Outcome != Answered || len(s.Answer.Figures) == 0 {
		return s, err
	}
	head, rest := s.Reply.Parts[0], s.Reply.Parts[1:]
	rest = slices.DeleteFunc(slices.Clone(rest), func(p adapters.Part) bool { _, own := p.(adapters.Paragraph); return own })
	table := adapters.Paragraph{Text: f.bySource(s.Answer)}
	s.Reply.Parts = append([]adapters.Part{head, table}, rest...)
	return s, nil
}

// bySource lists the figures of an answer, a line for each article.
func (f *frame) bySource(a *answers.Answer) string {
	var lines []string
	seen := map[string]bool{}
	for _, e := range a.Evidence {
		if seen[e.Article.ID] {
			continue
		}
		seen[e.Article.ID] = true
		var figures []string
		for _, fig := range a.Figures {
			if slices.Contains(fig.Articles, e.Article.ID) {
				figures = append(figures, fig.Text)
			}
		}
		if len(figures) > 0 {
			lines = append(lines, joinNonEmpty(", ", e.Article.Source(), f.date(e.Article.Date))+": "+strings.Join(figures, " · "))
		}
	}
	return strings.Join(lines, "\n")
}

// facts shows the lines with figures about something, as they come in the
// articles.
func (d *Dialogue) facts(ctx context.Context, t Turn, f *frame, text string) (Saying, error) {
	q, err := t.Room.Library.Read(ctx, text)
	if err != nil {
		return Saying{}, err
	}
	var found []*fact.Fact
	for _, a := range t.Room.Library.Articles() {
		facts := t.Room.Library.Found(a.ID).Facts
		for i := range facts {
			if fa := &facts[i]; len(fa.Counts) > 0 && fa.Sentence.Role != corpus.Furniture && has(fa, q.Terms) {
				found = append(found, fa)
			}
		}
	}
	if len(found) == 0 {
		return Saying{Outcome: Refused, Reply: reply(adapters.Paragraph{Text: "No line with a figure has “" + text + "”."})}, nil
	}
	r := reply(adapters.Paragraph{Text: f.counted(len(found), "line with a figure", "lines with figures") + about(text) + ":"})
	for _, fa := range found[:min(factsShown, len(found))] {
		r.Parts = append(r.Parts, f.quote(evidence(fa), roleLabel(fa.Sentence.Role)))
	}
	if more := len(found) - factsShown; more > 0 {
		note(r, "and "+f.counted(more, "more line", "more lines")+"; name more words to narrow them down.")
	}
	note(r, readings(q.Read))
	return talk(r), nil
}

func about(text string) string {
	if text == "" {
		return ""
	}
	return " about “" + text + "”"
}

// has reports whether a fact has every one of the terms, in any of its forms.
func has(fa *fact.Fact, terms []question.Term) bool {
	for _, term := range terms {
		met := slices.ContainsFunc(fa.Tokens, func(tok english.Token) bool {
			return tok.Norm == term.Norm || tok.Lemma == term.Lemma || slices.Contains(term.Forms, tok.Lemma) || slices.Contains(term.Forms, tok.Norm)
		})
		if !met {
			return false
		}
	}
	return true
}

// evidence makes a quotable line of a fact, its figures marked.
func evidence(fa *fact.Fact) answers.Evidence {
	e := answers.Evidence{
		Article: fa.Sentence.Article, Line: fa.Sentence.Line, Span: fa.Sentence.Span, Role: fa.Sentence.Role, Fact: fa.ID,
	}
	for _, c := range fa.Counts {
		if n := len(e.Highlight); n > 0 && c.Phrase.Start < e.Highlight[n-1].End {
			continue
		}
		e.Highlight = append(e.Highlight, c.Phrase)
	}
	return e
}

// A claim is a figure of a text that is checked, and the question for it.
type claim struct {
	text     string // the sentence that has it
	figure   quantity.Quantity
	question string
}

// check looks up what the articles say to the figures of a claim.
func (d *Dialogue) check(ctx context.Context, t Turn, f *frame, text string) (Saying, error) {
	if text == "" {
		return talk(reply(adapters.Paragraph{Text: "Check what? Write “check” and the claim."})), nil
	}
	claims := claimsOf(text)
	if len(claims) == 0 {
		s, err := d.ask(ctx, t, f, text)
		if err == nil && s.Outcome == Answered {
			s.Reply.Parts = append([]adapters.Part{adapters.Paragraph{Text: "To the claim “" + short(text) + "” the articles say:"}}, s.Reply.Parts...)
		}
		return s, err
	}
	if len(claims) > 1 {
		t.Room.Quotes = min(t.Room.quotes(), claimQuotes)
	}
	out := Saying{Outcome: Refused, Reply: reply()}
	t.Earlier = nil // a claim stands for itself
	for _, c := range claims {
		s, err := d.ask(ctx, t, f, c.question)
		if err != nil {
			return Saying{}, err
		}
		out.Reply.Parts = append(out.Reply.Parts, adapters.Paragraph{Text: judgement(s.Answer, c)})
		out.Reply.Parts = append(out.Reply.Parts, withoutChoices(s.Reply.Parts)...)
		out.Shown = append(out.Shown, s.Shown...)
		if s.Outcome == Answered || out.Answer == nil {
			out.Outcome, out.Answer, out.Memory = s.Outcome, s.Answer, s.Memory
		}
	}
	out.Reply.Parts = append(out.Reply.Parts, adapters.Choices{Options: feedback()})
	return out, nil
}

// claimsOf finds the figures of a text by the means that find them in
// articles, with the names and dates that stand beside them.
func claimsOf(text string) []claim {
	var out []claim
	seen := map[string]bool{}
	for _, a := range extract.Articles([]*corpus.Article{corpus.Inline("", text, time.Time{})}) {
		for i := range a.Facts {
			fa := &a.Facts[i]
			for _, c := range fa.Counts {
				q := questionFor(fa, c)
				if q == "" || seen[q] || len(out) == claimsRead {
					continue
				}
				for _, span := range constraints(fa, c) {
					q += " " + text[span.Start:span.End]
				}
				seen[q] = true
				out = append(out, claim{fa.Sentence.Text(), c.Quantity, q})
			}
		}
	}
	return out
}

// constraints are the names and dates of a claim that its counted phrase does
// not have already: a figure of another place or year confirms nothing.
func constraints(fa *fact.Fact, c fact.Count) []corpus.Span {
	var out []corpus.Span
	for _, m := range fa.Mentions {
		if !m.Span.Overlaps(c.Phrase) && !m.Span.Overlaps(c.Noun) {
			out = append(out, m.Span)
		}
	}
	for _, t := range fa.Times {
		if !t.Relative {
			out = append(out, t.Span)
		}
	}
	return out
}

// judgement says how the figure of a claim stands to those of the articles. It
// repeats the claim and composes no figure.
func judgement(a *answers.Answer, c claim) string {
	head := "To the claim “" + short(c.text) + "” "
	switch {
	case a == nil || !a.Answered():
		return head + "the articles say nothing that answers it."
	case len(a.Figures) == 0:
		return head + "the articles say:"
	}
	same := 0
	for _, fig := range a.Figures {
		if c.figure.Compatible(fig.Quantity) {
			same++
		}
	}
	switch same {
	case 0:
		return head + "the articles give another figure:"
	case len(a.Figures):
		return head + "the articles give a figure that agrees:"
	}
	return head + "some lines give a figure that agrees, others one that does not:"
}

// claimLength is how many bytes of a claim are repeated.
const claimLength = 120

func short(s string) string { return adapters.Shorten(strings.TrimSpace(s), claimLength) }

// withoutChoices leaves the choices of a reply out, with what announces them.
func withoutChoices(parts []adapters.Part) []adapters.Part {
	return slices.DeleteFunc(slices.Clone(parts), func(p adapters.Part) bool {
		_, choices := p.(adapters.Choices)
		n, ok := p.(adapters.Note)
		return choices || ok && n.Text == offer
	})
}
