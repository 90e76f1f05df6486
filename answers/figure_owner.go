package answers

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// maxOwned is how many words stand between a name and its figure at most.
const maxOwned = 2

// ownerOf is the person or body whose figure the count is said to be by the
// words between them: "put MERCER at 51.3 percent", "MERCER received 51.3
// percent"; empty where there is none.
func ownerOf(f *fact.Fact, c *fact.Count) corpus.Span {
	at, _ := tokenRange(f, c.Quantity.Span)
	for _, m := range f.Mentions {
		if m.Type != fact.PersonName && m.Type != fact.OrgName {
			continue
		}
		_, to := tokenRange(f, m.Span)
		if to >= at || at-to > maxOwned {
			continue
		}
		if !slices.ContainsFunc(f.Tokens[to:at], func(t english.Token) bool {
			return t.Kind != english.Word || t.Is(english.Reporting|english.Conjunction|english.Relative) || t.Norm == "that"
		}) {
			return m.Span
		}
	}
	return corpus.Span{}
}

// ownedByAsked reports whether the sentence gives a figure of the same unit that
// is that of a name of the question, and the count's is not.
func ownedByAsked(q question.Question, f *fact.Fact, i int) bool {
	asked := func(c *fact.Count) bool {
		s := ownerOf(f, c)
		from, to := tokenRange(f, s)
		return s.Len() > 0 && slices.ContainsFunc(q.Names, func(n question.Name) bool { return !n.Source && namedIn(f.Tokens[from:to], phrasesOf(n)) })
	}
	if len(q.Names) == 0 || len(f.Counts) < 2 || asked(&f.Counts[i]) {
		return false
	}
	for j := range f.Counts {
		if j != i && f.Counts[j].Quantity.Unit == f.Counts[i].Quantity.Unit && f.Counts[i].Part < 0 && asked(&f.Counts[j]) {
			return true
		}
	}
	return false
}
