package answers

import (
	"context"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// follow answers a question about the facts of the last answer: who says so,
// when, where, why. Facts that are gone are said to be gone.
func (b *Base) follow(ctx context.Context, q question.Question) (Answer, error) {
	last := q.Turns[len(q.Turns)-1]
	a := Answer{Question: q, Agreement: None}
	facts, err := b.Facts(ctx, last.Facts...)
	if err != nil {
		return a, err
	}
	if len(facts) == 0 {
		a.Missing = "the lines of the last answer are gone from the articles: ask again"
		if len(last.Facts) == 0 {
			a.Missing = "there was no answer before that this could be about"
		}
		return b.withNearest(ctx, a)
	}
	if q.Type == question.YesNo && last.Question.Type == question.Figure {
		asked := last.Question
		asked.Turns = nil
		return b.doubts(ctx, q, asked)
	}
	if q.Cue == "article" {
		a.Missing = "the last answer stands in " + sourcesOf(facts)
		for _, f := range facts[:min(len(facts), maxNearest)] {
			a.Nearest = append(a.Nearest, evidence(f, ""))
		}
		return a, nil
	}
	if last.Question.Verb != "" && last.Question.Type != question.Statement && strings.Contains(english.Fold(q.Text), "whom") {
		return b.span(ctx, lastAs(q, last.Question, question.Person, "who")) // "by whom?": who did it, not who says so
	}
	list := b.furtherSpans(q, last.Question, facts)
	if len(list) == 0 && q.Type == question.Time && last.Question.Verb != "" && last.Question.Type != question.Statement {
		return b.span(ctx, lastAs(q, last.Question, question.Time, "when")) // these lines do not say when: others may
	}
	if len(list) == 0 {
		a.Missing = b.unmet(q)
		for _, f := range facts[:min(len(facts), maxNearest)] {
			a.Nearest = append(a.Nearest, evidence(f, ""))
		}
		return a, nil
	}
	if q.Type != question.Person {
		bestFirst(list)
	}
	out, err := b.composeSpans(ctx, q, list)
	if err == nil && len(facts) < len(last.Facts) {
		out.Caveats = append(out.Caveats, Caveat{Kind: CaveatEarlier, Text: "some lines of the last answer are gone from the articles"})
	}
	out.Agreement = Compatible
	return out, err
}

// furtherSpans are the stretches of the last answer's lines of the type that is
// asked for: who says what was asked, or what else they tell of the same event.
func (b *Base) furtherSpans(q, last question.Question, facts []*fact.Fact) []*spanCandidate {
	as := q
	as.Terms, as.Events, as.Verb = last.Terms, last.Events, last.Verb
	var list []*spanCandidate
	for n, f := range facts {
		score := minSpanScore - 0.01*float64(n)
		switch {
		case q.Type == question.Person || q.Cue == "source" || q.Cue == "said":
			for i := range f.Says {
				span, g := b.speakerSpan(f, i)
				if span.Len() > 0 && b.saysAsked(last, f, i) {
					list = append(list, &spanCandidate{fact: g, span: span, score: score, cover: 1, order: len(list)})
				}
			}
		default:
			for _, s := range typedSpans(q, f, b.grammar(f)) {
				if q.Type == question.Time && !b.timeOfLast(q, last, f, s) {
					continue
				}
				list = append(list, &spanCandidate{fact: f, span: s, score: score + b.spanScore(as, f, s), cover: 1, order: len(list)})
			}
		}
	}
	return list
}

// lastAs is the last question asked for something else of the same event.
func lastAs(q, last question.Question, t question.Type, cue string) question.Question {
	last.Type, last.Cue, last.Text, last.Turns, last.Sense = t, cue, q.Text, nil, ""
	last.Passive, last.RoleAsked, last.Attribute, last.Rest = false, false, question.Attribute{}, ""
	last.Terms = slices.DeleteFunc(slices.Clone(last.Terms), func(t question.Term) bool { return english.Same(t.Lemma, "people") })
	return last
}

// saysAsked reports whether attribution i covers a figure that the last
// question asked for.
func (b *Base) saysAsked(last question.Question, f *fact.Fact, i int) bool {
	if last.Type != question.Figure {
		return true
	}
	for n := range f.Counts {
		if f.Counts[n].Says != i {
			continue
		}
		if c := b.fit(last, f, n, b.chosen(last, []*fact.Fact{f})); c != nil && c.strict && !c.narrower {
			return true
		}
	}
	return false
}

// timeOfLast reports whether the time tells when that happened which the last
// question asked for: not when somebody said it, not "soon", and after "since
// when" only what "since" stands before.
func (b *Base) timeOfLast(q, last question.Question, f *fact.Fact, s corpus.Span) bool {
	from, _ := tokenRange(f, s)
	since := from > 0 && f.Tokens[from-1].Norm == "since"
	if strings.Contains(english.Fold(q.Text), "since") {
		return since
	}
	for _, t := range f.Times {
		if t.Span == s && t.Grain == timex.Vague {
			return false
		}
	}
	said := slices.ContainsFunc(f.Says, func(a fact.Attribution) bool { return !a.Scope.Contains(s) && a.Cue.Len() > 0 && besideCue(f, a, s) })
	if last.Type == question.Statement {
		return said
	}
	if last.Verb == "" {
		return last.Type != question.Figure || !said
	}
	return !said && !b.ofReport(last, f, s) && linked(lastAs(q, last, question.Time, "when"), f, b.grammar(f), s)
}

// sourcesOf names the articles of the facts.
func sourcesOf(facts []*fact.Fact) string {
	var out []string
	for _, f := range facts {
		a := f.Sentence.Article
		name := "“" + a.Title + "”"
		if a.Publisher != "" {
			name += " (" + a.Publisher + ")"
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return strings.Join(out, ", ")
}
