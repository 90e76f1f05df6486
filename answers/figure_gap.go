package answers

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// ofOtherPart reports whether the sentence says one verb of several things, each
// with a figure, and the count is the figure of another than the one that is
// asked about: "bread rose by 34 percent, EGGS by 61".
func ofOtherPart(q question.Question, f *fact.Fact, c *fact.Count) bool {
	if q.Head != "" || q.Sense == question.HowMany || c.Restated {
		return false
	}
	own := partAround(f, c.Quantity.Span)
	for i := range f.Counts {
		d := &f.Counts[i]
		part := partAround(f, d.Quantity.Span)
		if part == own || !oneUnit(c.Quantity, d.Quantity) {
			continue
		}
		for _, t := range untied(withoutTimes(q)).Terms {
			if !metBy(t, f.Tokens[part.from:part.to]) || metBy(t, f.Tokens[own.from:own.to]) {
				continue
			}
			if own.from < part.from && !metBy(t, f.Tokens[:own.to]) || part.from < own.from && gapped(f, own, c) {
				return true
			}
		}
	}
	return false
}

// partAround are the tokens around the span up to the marks and the "and" on
// either side.
func partAround(f *fact.Fact, s corpus.Span) tokenSpan {
	apart := func(t english.Token) bool {
		return t.Norm == "and" || t.Norm == "," || t.Norm == ";" || t.Norm == ":"
	}
	from, to := tokenRange(f, s)
	for from > 0 && !apart(f.Tokens[from-1]) {
		from--
	}
	for to < len(f.Tokens) && !apart(f.Tokens[to]) {
		to++
	}
	return tokenSpan{from, to}
}

// gapped reports whether before the count the part has nothing but a noun, which
// is not one for people, who would rather say the figure.
func gapped(f *fact.Fact, part tokenSpan, c *fact.Count) bool {
	at, _ := tokenRange(f, c.Quantity.Span)
	if at > part.from && (f.Tokens[at-1].Norm == "of" || f.Tokens[at-1].Norm == "by") {
		at--
	}
	words := f.Tokens[part.from:max(part.from, at)]
	return len(words) > 0 && !slices.ContainsFunc(words, func(t english.Token) bool {
		return t.Kind != english.Word || t.FunctionWord() && !t.Is(english.Determiner) || t.Case != english.Lower || pastForm(&t) || acts(t.Lemma)
	})
}
