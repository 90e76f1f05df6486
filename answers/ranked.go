package answers

import (
	"cmp"
	"context"
	"slices"

	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/answers/rank"
	"sourceline/corpus"
)

const (
	// rankedPool is how many facts of the index are weighed again by how many
	// of the question's words they and their neighbours have.
	rankedPool = 60
	// rankedFacts is how many of these give candidates: the right sentence is
	// hardly ever further down.
	rankedFacts = 8
)

// A Candidate is a span that the model weighs, with its features.
type Candidate struct {
	Fact     *fact.Fact
	Span     corpus.Span
	Features rank.Vector
	Score    float64

	sentence *scoredFact
	grammar  *extract.Reading
}

// Text is the candidate's words.
func (c *Candidate) Text() string { return c.Fact.Sentence.Article.Text[c.Span.Start:c.Span.End] }

// Candidates are the spans that the model has to choose from, unscored, in the
// order of their sentences.
func (b *Base) Candidates(ctx context.Context, q question.Question) ([]*Candidate, error) {
	b = b.reads()
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return nil, err
	}
	return b.rankedOf(q, facts), nil
}

// Ranked are the candidates with their scores by the weights, the best first.
func (b *Base) Ranked(ctx context.Context, q question.Question, w rank.Weights) ([]*Candidate, error) {
	list, err := b.Candidates(ctx, q)
	if err != nil {
		return nil, err
	}
	Order(list, w)
	return list, nil
}

// Order scores the candidates by the weights and sorts them, the best first,
// those of one score as they stood.
func Order(list []*Candidate, w rank.Weights) {
	for _, c := range list {
		c.Score = w.Score(c.Features)
	}
	slices.SortStableFunc(list, func(x, y *Candidate) int { return cmp.Compare(y.Score, x.Score) })
}

// rankedOf makes the candidates of the best of the facts.
func (b *Base) rankedOf(q question.Question, facts []*fact.Fact) []*Candidate {
	pool := b.sentences(q, facts[:min(len(facts), rankedPool)])
	var out []*Candidate
	for n := range pool[:min(len(pool), rankedFacts)] {
		x := newFeaturer(b, q, &pool[n], n, pool[0].score)
		for _, span := range x.spans() {
			out = append(out, &Candidate{Fact: x.f, Span: span, Features: x.features(span), sentence: x.s, grammar: x.grammar})
		}
	}
	return out
}
