package answers

import (
	"slices"

	"sourceline/answers/english"
)

// maxModifiers is how many words may stand before an open noun as its name:
// "the FIRST BOER war".
const maxModifiers = 4

// open are the names that end in the noun that is asked for, or stand right
// after it, in a sentence that has the question's other words too: "the
// Koltsevaya line", "the Second Boer War".
func (r *sentenceOf) open() []givenValue {
	if r.level < subjectDescribed || !r.restMet() {
		return nil
	}
	if role := r.s.q.Attribute.Role; len(role) > 0 {
		return r.behind(role)
	}
	noun := r.s.q.Attribute.Noun
	var out []givenValue
	for i := range r.t {
		if r.t[i].Lemma != noun || r.t[i].Kind != english.Word {
			continue
		}
		from := i
		for from > 0 && i-from < maxModifiers && r.modifies(from-1) {
			from--
		}
		run := tokenSpan{from, i + 1}
		if p, n := english.PlaceAt(r.t[from:i]); n > 0 && n == i-from && p.Adjective {
			continue // "an Italian region" names none
		}
		if from == i || !r.own(run) || r.isThing(run) {
			continue
		}
		span := spanOf(r.t, run.from, run.to)
		out = append(out, givenValue{span: span, phrase: r.phrase(run.from, run.to), key: english.Fold(r.f.Sentence.Article.Text[span.Start:span.End]), count: -1, score: r.level - min(maxUnnamedAway, tokenAway*float64(r.near(run.from, run.to)))})
	}
	return out
}

// behind are the names that stand right behind these lemmas: "the home venue of
// the HARBOUR ROVERS".
func (r *sentenceOf) behind(role []string) []givenValue {
	var out []givenValue
	for i := 0; i+len(role) < len(r.t); i++ {
		k := i
		for k < i+len(role) && r.t[k].Lemma == role[k-i] {
			k++
		}
		if k < i+len(role) {
			continue
		}
		if k+1 < len(r.t) && r.t[k].Is(english.Determiner) {
			k++
		}
		if !capitalAt(r.t, k) {
			continue
		}
		run := runFrom(r.t, k)
		if run.to+1 < len(r.t) && r.t[run.to].Norm == "'s" && capitalAt(r.t, run.to+1) {
			run.to = runFrom(r.t, run.to+1).to // "Harbour's Rovers"
		}
		if r.own(run) && !r.isThing(run) {
			span := spanOf(r.t, run.from, run.to)
			out = append(out, givenValue{span: span, phrase: span, key: english.Fold(r.f.Sentence.Article.Text[span.Start:span.End]), count: -1, score: r.level})
		}
	}
	return out
}

// modifies reports whether token i belongs to the name that the noun after it
// ends.
func (r *sentenceOf) modifies(i int) bool {
	w := &r.t[i]
	switch {
	case w.Kind == english.Number:
		return true
	case w.Kind == english.Mark:
		return w.Norm == "/" || w.Norm == "-"
	}
	return w.Case != english.Lower && !(w.FunctionWord() && w.Case == english.Title)
}

// restMet reports whether the sentence has the question's other words.
func (r *sentenceOf) restMet() bool {
	for _, lemma := range r.s.q.Attribute.Rest {
		if !slices.ContainsFunc(r.t, func(t english.Token) bool { return t.Lemma == lemma || english.Same(t.Lemma, lemma) }) {
			return false
		}
	}
	return true
}
