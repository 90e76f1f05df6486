package answers

import (
	"context"
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// roleHolder answers who holds a title or role: from the words that stand
// beside a name ("European Council President Charles Michel", "Ruth Engel,
// the former head of the committee", "the mayor of the town, Marco Beltrane").
func (b *Base) roleHolder(ctx context.Context, q question.Question) (Answer, error) {
	a := Answer{Question: q, Agreement: None}
	if missing := b.unknown(q); missing != "" {
		a.Missing = missing
		return b.withNearest(ctx, a)
	}
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return a, err
	}
	var list []*spanCandidate
	for _, f := range facts {
		for _, m := range f.Mentions {
			if m.Type == fact.PlaceName || m.Type == fact.OrgName {
				continue
			}
			if score, ok := b.holds(q, f, m); ok {
				list = append(list, &spanCandidate{fact: f, span: m.Span, score: score + roleWeight(f), cover: 1, linked: true, order: len(list)})
			}
		}
	}
	bestFirst(list)
	if len(list) == 0 {
		a.Missing = b.unmet(q)
		return b.withNearest(ctx, a)
	}
	return b.composeSpans(ctx, q, list)
}

// Weights of where a role stands.
const (
	roleBeside   = 3.0 // all that is named stands in the title or apposition itself
	roleAround   = 1.0 // the named things stand around
	maxRoleWords = 14  // an apposition has no more words
)

// holds weighs how well the role beside the name is the one asked for.
func (b *Base) holds(q question.Question, f *fact.Fact, m fact.Mention) (float64, bool) {
	best, ok := 0.0, false
	for _, s := range roleSpans(f, m) {
		from, to := tokenRange(f, s)
		words := f.Tokens[from:to]
		asked := q.Tokens()
		if !rolesMet(q, words) || past(words) != past(asked) && !(q.Past && former(words)) {
			continue
		}
		score := roleBeside
		if anotherBody(q, f, s, words) {
			continue
		}
		for _, n := range q.Names {
			if namedIn(words, phrasesOf(n)) {
				continue
			}
			// A role of another place or body is not the one asked for: a
			// bare "president" is that of what the article is about.
			if !namedIn(b.title(f.ID.Article), phrasesOf(n)) || namesOther(f, s) {
				score = -1
				break
			}
			score = roleAround
		}
		if score > 0 && score > best {
			best, ok = score, true
		}
	}
	return best, ok
}

// anotherBody reports whether the role is one in a body that the question does
// not name, or, of a bare "leader" that is asked for, that of a part: "the
// OPPOSITION leader".
func anotherBody(q question.Question, f *fact.Fact, s corpus.Span, words []english.Token) bool {
	met := func(t english.Token) bool {
		return slices.ContainsFunc(q.Terms, func(w question.Term) bool {
			return slices.Contains(w.Forms, t.Lemma) || slices.Contains(w.Forms, t.Norm)
		})
	}
	for _, m := range f.Mentions {
		if body := m.Type == fact.OrgName || m.Type == fact.UnknownName && len(q.Names) > 0; body && s.Contains(m.Span) {
			from, to := tokenRange(f, m.Span)
			if !slices.ContainsFunc(f.Tokens[from:to], met) {
				return true
			}
		}
	}
	return slices.ContainsFunc(q.Terms, func(t question.Term) bool { return t.Lemma == "leader" }) && slices.ContainsFunc(words, func(t english.Token) bool { return parts[t.Lemma] && !met(t) })
}

// parts are those of a country who have leaders of their own.
var parts = map[string]bool{"opposition": true, "rebel": true, "guerrilla": true, "union": true, "party": true, "gang": true, "protest": true, "separatist": true, "spiritual": true, "religious": true, "church": true, "community": true, "tribal": true, "student": true, "militia": true}

// former reports whether the role is one that somebody had: who asks who was the
// head may mean the former one.
func former(words []english.Token) bool {
	return slices.ContainsFunc(words, func(t english.Token) bool { return t.Norm == "former" || t.Norm == "ex" || t.Norm == "late" })
}

// roleSpans are the stretches beside a name that say what somebody is.
func roleSpans(f *fact.Fact, m fact.Mention) []corpus.Span {
	var out []corpus.Span
	if m.Full.Start < m.Span.Start {
		out = append(out, corpus.Span{Start: m.Full.Start, End: m.Span.Start})
	}
	if s := apposition(f, m); s.Len() > 0 {
		out = append(out, s)
	}
	from, _ := tokenRange(f, corpus.Span{Start: m.Full.Start, End: m.Span.End})
	if from > 1 && f.Tokens[from-1].Norm == "," {
		// "the mayor of the town, Marco Beltrane"
		i := from - 2
		for i >= 0 && from-i < maxRoleWords && (f.Tokens[i].Kind == english.Word && !f.Tokens[i].Is(english.Auxiliary|english.Conjunction|english.Relative) || f.Tokens[i].Norm == "-") && !f.Tokens[i].Is(english.Reporting) {
			i--
		}
		out = append(out, corpus.Span{Start: f.Tokens[i+1].Start, End: f.Tokens[from-2].End})
	}
	return slices.DeleteFunc(out, func(s corpus.Span) bool { return s.Len() <= 0 })
}

// rolesMet reports whether every word of the role that is asked for stands in
// the words.
func rolesMet(q question.Question, words []english.Token) bool {
	n := 0
	for _, t := range q.Terms {
		if t.Name || english.FixedAdverb(t.Norm) || past(english.Tokens(t.Norm, 0)) {
			continue
		}
		if !slices.ContainsFunc(words, func(w english.Token) bool {
			return t.Lemma == w.Lemma || t.Norm == w.Norm || anyLeader[t.Lemma] && english.Same(t.Lemma, w.Lemma)
		}) {
			return false
		}
		n++
	}
	return n > 0
}

// anyLeader are words for whoever leads, whatever the title.
var anyLeader = map[string]bool{"leader": true, "head": true, "chief": true, "boss": true}

// past reports whether the role is one that somebody has no more.
func past(words []english.Token) bool {
	return slices.ContainsFunc(words, func(t english.Token) bool {
		return t.Norm == "former" || t.Norm == "ex" || t.Norm == "late" || t.Norm == "previous" || t.Norm == "outgoing" || t.Norm == "deputy" || t.Norm == "vice"
	})
}

// namesOther reports whether the span names a place.
func namesOther(f *fact.Fact, s corpus.Span) bool {
	for _, m := range f.Mentions {
		if s.Contains(m.Span) && m.Type == fact.PlaceName {
			return true
		}
	}
	return false
}
