package answers

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// nearestPerson reports whether, of a question about what happened to
// somebody, the last person that is named before the verb is that one: "why
// was X arrested" is not answered by why Y was.
func nearestPerson(q question.Question, f *fact.Fact) bool {
	if q.Verb == "" || len(q.Names) == 0 || q.Type == question.Person {
		return true
	}
	for i, t := range f.Tokens {
		if t.Kind != english.Word || t.Lemma != q.Verb && !shared(english.Events(t.Lemma), q.Events) {
			continue
		}
		last := -1
		for k, m := range f.Mentions {
			if m.Type == fact.PersonName && m.Span.End <= t.Start {
				last = k
			}
		}
		if last < 0 {
			continue
		}
		words := english.Tokens(f.Sentence.Article.Text[f.Mentions[last].Span.Start:f.Mentions[last].Span.End], 0)
		named := slices.ContainsFunc(q.Names, func(n question.Name) bool { return namedIn(words, phrasesOf(n)) })
		others := slices.ContainsFunc(q.Names, func(n question.Name) bool { return namedIn(f.Tokens[:i], phrasesOf(n)) && isPersonIn(f, n) })
		if others && !named {
			return false
		}
	}
	return true
}

// isPersonIn reports whether the sentence uses the name for a person.
func isPersonIn(f *fact.Fact, n question.Name) bool {
	return slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool {
		return m.Type == fact.PersonName && namedIn(english.Tokens(f.Sentence.Article.Text[m.Span.Start:m.Span.End], 0), phrasesOf(n))
	})
}

// asked reports whether the span is a name that the question itself gives.
func (b *Base) asked(q question.Question, f *fact.Fact, s corpus.Span) bool {
	words := english.Tokens(f.Sentence.Article.Text[s.Start:s.End], 0)
	return slices.ContainsFunc(q.Names, func(n question.Name) bool { return namedIn(words, phrasesOf(n)) && len(words) <= len(n.Words)+3 })
}

// linked reports whether the grammar of the sentence ties the span to what the
// question asks about: the one to whom it was done for "who was arrested", the
// one who did it for "who arrested", for a time or place the verb of its
// clause.
func linked(q question.Question, f *fact.Fact, r *extract.Reading, s corpus.Span) bool {
	if q.Type == question.Place && !asksOrigin(q) && fromThere(q, f, s) {
		return false
	}
	if q.Type == question.Place && (q.Verb == "" && placed(q, f, r, s) || asksOrigin(q) && slices.Contains(origins(q, f), s)) {
		return true
	}
	if q.Verb == "" {
		return q.Type == question.Time && len(calendar(f.Times)) == 1
	}
	switch q.Type {
	case question.Person:
		want := fact.Agent
		if q.Passive {
			want = fact.Patient
		}
		for _, p := range r.Phrases {
			if !p.Span.Overlaps(s) {
				continue // "allies of X" is not X
			}
			if slices.ContainsFunc(p.Events, func(e fact.Event) bool {
				return (e.Relation == want || e.Relation == fact.Patient && intransitive[e.Lemma]) && sameEvent(q, e.Lemma, e.Names)
			}) {
				return true
			}
		}
		return want == fact.Agent && before(q, f, s)
	case question.Time, question.Place:
		for _, v := range r.Governors(s) {
			if v.Span.Start >= s.End && q.Type == question.Time && commaBetween(f, s, v.Span) {
				break // "is to present it on Tuesday, with the old one SACKED"
			}
			if sameEvent(q, v.Lemma, v.Names) {
				return true
			}
			if !english.LightVerb(v.Lemma) {
				break // the closest verb decides, unless it says nothing itself
			}
		}
		return nominalHere(q, f, r, s)
	}
	return true
}

// intransitive are verbs that have no object: whoever resigns does it and is not
// resigned.
var intransitive = map[string]bool{"resign": true, "retire": true, "abdicate": true, "die": true, "escape": true, "flee": true, "survive": true, "defect": true, "apologize": true, "quit": true}

// commaBetween reports whether a comma stands between the spans, and words
// before the first: "On Tuesday, he left" begins with the time.
func commaBetween(f *fact.Fact, s, t corpus.Span) bool {
	from, to := tokenRange(f, s)
	verb, _ := tokenRange(f, t)
	return from > maxOpening && slices.ContainsFunc(f.Tokens[to:max(to, verb)], func(t english.Token) bool { return t.Norm == "," })
}

// maxOpening is how many tokens stand before a time that opens its sentence.
const maxOpening = 2

// manyMeanings are verbs that mean several events: only the verb itself meets
// them ("fire" is to shoot, to dismiss and to burn).
var manyMeanings = map[string]bool{"fire": true, "strike": true, "charge": true, "hold": true, "release": true, "leave": true, "lead": true, "cut": true, "pull": true, "drop": true, "remove": true, "replace": true, "stop": true, "shut": true, "break": true, "call": true, "send": false}

// sameEvent reports whether a verb of a sentence is what the question asks
// about.
func sameEvent(q question.Question, lemma string, names []string) bool {
	return lemma == q.Verb || !manyMeanings[lemma] && !manyMeanings[q.Verb] && shared(names, q.Events)
}

// before reports whether the span stands right before the verb that the
// question asks about: "let her SUCCESSOR replace him".
func before(q question.Question, f *fact.Fact, s corpus.Span) bool {
	_, to := tokenRange(f, s)
	if to >= len(f.Tokens) {
		return false
	}
	t := f.Tokens[to]
	return t.Kind == english.Word && t.Norm == t.Lemma && sameEvent(q, t.Lemma, english.Events(t.Lemma))
}

// nominalHere reports whether the event of the question stands as a noun in
// the sentence, and the verb that governs the span belongs to it: "a day of
// mourning was observed Monday".
func nominalHere(q question.Question, f *fact.Fact, r *extract.Reading, s corpus.Span) bool {
	governors := r.Governors(s)
	if q.Type == question.Time && len(governors) > 1 && !english.LightVerb(governors[0].Lemma) {
		governors = governors[:1] // "who took over IN MAY, blamed the strike": the closest verb decides
	}
	for i, t := range f.Tokens {
		if t.Kind != english.Word || t.Lemma != q.Verb && (!q.EventNoun || !shared(english.Events(t.Lemma), q.Events)) {
			continue
		}
		if q.Type == question.Time && apartBy(f.Tokens, i) || (q.Type == question.Time || q.EventNoun) && (slices.ContainsFunc(r.Verbs, func(v extract.Verb) bool { return v.Span.Start <= t.Start && t.End <= v.Span.End })) {
			continue
		}
		at := corpus.Span{Start: f.Tokens[max(0, i-1)].Start, End: t.End}
		if slices.ContainsFunc(r.Governors(at), func(v extract.Verb) bool { return slices.ContainsFunc(governors, v.Same) }) {
			return true
		}
		if q.Type == question.Place && where(f.Tokens[:i], s) {
			return true
		}
	}
	return false
}

// where reports whether "where" opens the clause that ends the tokens, and the
// span stands before it: "the capital, WHERE the fighting was worst".
func where(tokens []english.Token, s corpus.Span) bool {
	for i := len(tokens) - 1; i >= 0 && i > len(tokens)-6; i-- {
		if tokens[i].Norm == "where" {
			return s.End <= tokens[i].Start
		}
	}
	return false
}
