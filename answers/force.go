package answers

import (
	"context"

	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/answers/rank"
)

// Force answers with the best span even where the product would refuse: to
// measure ranking apart from refusing.
func (b *Base) Force(ctx context.Context, q question.Question) (Answer, error) {
	return b.force(ctx, q, rank.Default())
}

// forcedQuotes is how many sentences Force shows.
const forcedQuotes = 3

func (b *Base) force(ctx context.Context, q question.Question, m *rank.Model) (Answer, error) {
	b = b.reads()
	a := Answer{Question: q, Agreement: None}
	list, err := b.Ranked(ctx, q, m)
	if err != nil || len(list) == 0 {
		return a, err
	}
	a.Headline, a.Summary, a.Agreement = list[0].Text(), summary(q), Single
	wr := &writer{base: b, answer: &a, seen: map[fact.ID]int{}}
	for _, c := range list {
		if len(wr.seen) == forcedQuotes {
			break
		}
		if _, ok := wr.seen[c.Fact.ID]; !ok {
			wr.cite(c.Fact, c.Span, "")
		}
	}
	for _, c := range b.Distinct(list) {
		a.Figures = append(a.Figures, Figure{Text: c.Text(), Standing: fact.Asserted, Articles: []string{c.Fact.ID.Article}, Evidence: []int{wr.cite(c.Fact, c.Span, "")}})
	}
	return a, nil
}
