package answers

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// deeds answers what somebody did or what happened to them, where nothing more
// is asked than that and perhaps when: with the verbs that the articles say of
// them and what follows these in their clauses. The answer has no headline where
// the articles say none.
func (b *Base) deeds(ctx context.Context, q question.Question) (Answer, error) {
	a := Answer{Question: q, Agreement: None}
	if missing := b.unknown(q); missing != "" || len(q.Names) == 0 {
		a.Missing = cmp.Or(missing, b.unmet(q))
		return b.withNearest(ctx, a)
	}
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return a, err
	}
	var list []*spanCandidate
	for _, f := range facts {
		if f.Sentence.Role != corpus.Body || !b.timeMet(q, f) || slices.ContainsFunc(q.Names, func(n question.Name) bool { return b.reachOf(n, f) != inSentence }) {
			continue
		}
		for _, s := range b.deedsIn(q, f) {
			list = append(list, &spanCandidate{fact: f, span: s, cover: 1, own: 1, linked: true, score: spanCoverage, order: len(list)})
		}
	}
	if len(list) == 0 {
		a.Missing = b.unmet(q)
		return b.withNearest(ctx, a)
	}
	slices.SortStableFunc(list, func(x, y *spanCandidate) int {
		return y.fact.Sentence.Article.Date.Compare(x.fact.Sentence.Article.Date)
	})
	return b.composeSpans(ctx, q, list)
}

// deedsIn are the verbs that the sentence says of the first name of the question,
// each with the rest of its clause.
func (b *Base) deedsIn(q question.Question, f *fact.Fact) []corpus.Span {
	want := fact.Agent
	if q.Cue == question.Happened {
		want = fact.Patient
	}
	r := b.grammar(f)
	phrases := phrasesOf(q.Names[0])
	var out []corpus.Span
	for _, p := range r.Phrases {
		from, to := tokenRange(f, p.Span)
		if !namedIn(f.Tokens[from:to], phrases) {
			continue
		}
		for _, e := range p.Events {
			if e.Negated || want == fact.Agent && (e.Relation != want || len(e.Names) == 0 || english.LightVerb(e.Lemma)) || want == fact.Patient && !befalls(e) {
				continue
			}
			s := fromVerb(f, r, e)
			if s.Len() == 0 || slices.Contains(out, s) || want == fact.Agent && s.Start < p.Span.End || !done(f, s) {
				continue
			}
			out = append(out, s)
		}
	}
	return out
}

// befalling are the events that happen to somebody, and the last one what
// somebody does of which others say that it happened to him.
var befalling = strings.Fields("kill injure casualty missing infect hospitalize trap rescue attack shoot stab rape torture detain kidnap release charge convict acquit sentence pardon fine sue extradite deport ban dismiss layoff appoint elect destroy burn damage resign")

// befalls reports whether the event is one that happened to whom it is said of.
func befalls(e fact.Event) bool {
	return shared(e.Names, befalling) && (e.Relation == fact.Patient || e.Relation == fact.Agent && slices.Contains(e.Names, "resign"))
}

// done reports whether the span begins with a verb in the past or perfect,
// or with its auxiliary.
func done(f *fact.Fact, s corpus.Span) bool {
	from, _ := tokenRange(f, s)
	t := &f.Tokens[from]
	return t.Norm == "has" || t.Norm == "have" || t.Norm == "had" || t.Norm == "was" || t.Norm == "were" || pastForm(t)
}

// fromVerb is the verb of the event, its auxiliaries with it, and what follows it
// up to the next mark; empty where the event is told by no verb.
func fromVerb(f *fact.Fact, r *extract.Reading, e fact.Event) corpus.Span {
	i := slices.IndexFunc(r.Verbs, func(v extract.Verb) bool { return v.Lemma == e.Lemma && v.Span.Overlaps(e.Span) })
	if i < 0 {
		return corpus.Span{}
	}
	_, to := tokenRange(f, r.Verbs[i].Span)
	for to < len(f.Tokens) && !clauseMark(f.Tokens[to]) {
		to++
	}
	s := corpus.Span{Start: r.Verbs[i].Span.Start, End: f.Tokens[to-1].End}
	if !balanced(f.Sentence.Article.Text[s.Start:s.End]) {
		return corpus.Span{}
	}
	return s
}
