package dialogue

import (
	"context"
	"slices"
	"strings"
	"time"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/answers/english"
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
		for i := range a.Facts {
			if fa := &a.Facts[i]; len(fa.Counts) > 0 && fa.Sentence.Role != corpus.Furniture && has(fa, q.Terms) {
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

// check looks up what the articles say to the figures of a claim.
func (d *Dialogue) check(ctx context.Context, t Turn, f *frame, text string) (Saying, error) {
	if text == "" {
		return talk(reply(adapters.Paragraph{Text: "Check what? Write “check” and the claim."})), nil
	}
	claims, err := figureClaims(ctx, t.Room.Library, text)
	if err != nil {
		return Saying{}, err
	}
	if len(claims) == 0 {
		s, err := d.ask(ctx, t, f, text)
		if s.Outcome == Answered {
			s.Reply.Parts = append([]adapters.Part{adapters.Paragraph{Text: "To the claim “" + short(text) + "” the articles say:"}}, s.Reply.Parts...)
		}
		return s, err
	}
	if len(claims) > 1 {
		t.Room.Quotes = min(t.Room.quotes(), claimQuotes)
	}
	out := Saying{Outcome: Refused, Reply: reply()}
	for _, q := range claims {
		a, err := t.Room.Library.Answer(ctx, q)
		if err != nil {
			return Saying{}, err
		}
		s := f.say(&a, t.Room, t.View)
		out.Shown = append(out.Shown, s.Shown...)
		out.Reply.Parts = append(out.Reply.Parts, adapters.Paragraph{Text: judgement(&a, q)})
		out.Reply.Parts = append(out.Reply.Parts, withoutChoices(s.Reply.Parts)...)
		if s.Outcome == Answered || out.Answer == nil {
			out.Outcome, out.Answer, out.Memory = s.Outcome, s.Answer, s.Memory
		}
	}
	out.Reply.Parts = append(out.Reply.Parts, adapters.Choices{Options: feedback()})
	return out, nil
}

// figureClaims are the sentences of a claim that name a figure, as questions
// for that figure.
func figureClaims(ctx context.Context, lib Library, text string) ([]question.Question, error) {
	var out []question.Question
	for _, s := range corpus.Sentences(corpus.Inline("", text, time.Time{})) {
		q, err := lib.Read(ctx, s.Text())
		if err != nil {
			return nil, err
		}
		if len(q.Given) == 0 || len(out) == claimsRead {
			continue
		}
		if !isFigure(q) {
			q.Type, q.Sense = question.Figure, question.AnyFigure
		}
		out = append(out, q)
	}
	return out, nil
}

// judgement says how the figures of a claim stand to those of the articles. It
// repeats the claim and composes no figure.
func judgement(a *answers.Answer, q question.Question) string {
	claim := "To the claim “" + short(q.Text) + "” "
	switch {
	case !a.Answered():
		return claim + "the articles say nothing that answers it."
	case len(a.Figures) == 0:
		return claim + "the articles say:"
	}
	same := 0
	for _, fig := range a.Figures {
		if slices.ContainsFunc(q.Given, func(g quantity.Quantity) bool { return sameValue(g, fig.Quantity) }) {
			same++
		}
	}
	switch same {
	case 0:
		return claim + "the articles give another figure:"
	case len(a.Figures):
		return claim + "the articles give the same figure:"
	}
	return claim + "some articles give the same figure, others another:"
}

func sameValue(a, b quantity.Quantity) bool {
	return a.Low == b.Low && a.High == b.High && (a.Unit.Kind == b.Unit.Kind)
}

// claimLength is how many bytes of a claim are repeated.
const claimLength = 120

func short(s string) string { return adapters.Shorten(strings.TrimSpace(s), claimLength) }

func withoutChoices(parts []adapters.Part) []adapters.Part {
	return slices.DeleteFunc(slices.Clone(parts), func(p adapters.Part) bool { _, is := p.(adapters.Choices); return is })
}
