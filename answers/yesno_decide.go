package answers

import (
	"context"
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/question"
)

// decide answers with the words that decide. Where articles contradict each other
// the latest is answered with, and the others are shown as what disputes it.
func (b *Base) decide(ctx context.Context, q question.Question, list []*spanCandidate) (Answer, error) {
	says := func(c *spanCandidate) bool { return !denying(c.text()) }
	both := slices.ContainsFunc(list, func(c *spanCandidate) bool { return says(c) != says(list[0]) })
	if both {
		slices.SortStableFunc(list, func(x, y *spanCandidate) int {
			return y.fact.Sentence.Article.Date.Compare(x.fact.Sentence.Article.Date)
		})
	}
	a, err := b.composeSpans(ctx, q, list)
	if err != nil || !both || len(a.Figures) < 2 {
		return a, err
	}
	a.Agreement = Conflicting
	var all []int
	for _, f := range a.Figures {
		all = append(all, f.Evidence...)
	}
	slices.Sort(all)
	a.Caveats = append(a.Caveats, Caveat{CaveatDisputed, "sources disagree", slices.Compact(all)})
	return a, nil
}

// denying reports whether words that decide say that it is not so.
func denying(text string) bool {
	return slices.ContainsFunc(english.Tokens(text, 0), func(t english.Token) bool {
		return t.Is(english.Negation) || stands["deny"][t.Lemma] || t.Lemma == "refuse"
	})
}
