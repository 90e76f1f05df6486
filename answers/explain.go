package answers

import (
	"context"
	"slices"

	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// A Part is one reason of a score.
type Part struct {
	Why   string
	Score float64
}

// A Weighed is a candidate with its score and what made it.
type Weighed struct {
	Text    string // the words that would be the headline
	Article *corpus.Article
	Line    int
	Quote   string
	Score   float64
	Parts   []Part
	Meets   bool // all constraints of the question
}

// An Explanation tells how a question was read and what stood for an answer.
type Explanation struct {
	Question   question.Question
	Candidates []Weighed // the best first
	Answer     Answer
}

// Explain answers the question and tells how: which candidates stood, what
// their scores are made of, why there is no answer where there is none.
func (b *Base) Explain(ctx context.Context, q question.Question) (Explanation, error) {
	b = b.reads()
	a, err := b.Answer(ctx, q)
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{Question: q, Answer: a}
	if q.Type == question.Figure {
		q = withVerb(q)
	}
	facts, err := b.candidates(ctx, q, q.Type == question.Figure)
	if err != nil {
		return Explanation{}, err
	}
	if q.Type == question.Figure {
		var list []*candidate
		w := weighing{base: b, q: q, seen: map[*fact.Fact]bool{}}
		facts = w.withRestated(facts)
		chosen := b.chosen(q, facts)
		for _, f := range facts {
			for i := range f.Counts {
				if c := b.fit(q, f, i, chosen); c != nil {
					c.order = len(list)
					list = append(list, c)
				}
			}
		}
		slices.SortStableFunc(list, byScore)
		for _, c := range list {
			s := c.fact.Sentence
			e.Candidates = append(e.Candidates, Weighed{s.Article.Text[c.count().Phrase.Start:c.count().Phrase.End], s.Article, s.Line, s.Text(), c.score, c.parts, c.strict})
		}
		return e, nil
	}
	for _, c := range b.spans(q, facts[:min(len(facts), maxSpanFacts)]) {
		s := c.fact.Sentence
		e.Candidates = append(e.Candidates, Weighed{c.text(), s.Article, s.Line, s.Text(), c.score, nil, c.score >= minSpanScore && c.cover >= minSpanCover})
	}
	slices.SortStableFunc(e.Candidates, func(x, y Weighed) int {
		switch {
		case x.Score > y.Score:
			return -1
		case x.Score < y.Score:
			return 1
		}
		return 0
	})
	return e, nil
}
