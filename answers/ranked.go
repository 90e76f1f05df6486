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
	// rankedSearch is how many are gone through for as many that have a time or
	// a figure, where one is asked for.
	rankedSearch = 16
)

// A Candidate is a span that the model weighs, with its features or its score.
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

// Candidates are the spans that the model has to choose from with their
// features, each once for every question and once for its type, unscored and in
// the order of their sentences: to learn from.
func (b *Base) Candidates(ctx context.Context, q question.Question) ([]*Candidate, error) {
	b = b.reads()
	list, err := b.tallied(ctx, q, rank.Tally{})
	for _, c := range list {
		for _, f := range c.Features {
			c.Features = append(c.Features, rank.Feature{Name: rank.Of(group(q), f.Name), Value: f.Value})
		}
	}
	return list, err
}

// Ranked are the candidates with their scores by the model and without their
// features, the best first.
func (b *Base) Ranked(ctx context.Context, q question.Question, m *rank.Model) ([]*Candidate, error) {
	b = b.reads()
	list, err := b.tallied(ctx, q, rank.Summing(m.For(group(q))))
	if err != nil {
		return nil, err
	}
	inOrder(list)
	return list, nil
}

// Order scores the candidates by their features and sorts them, the best first,
// those of one score as they stood.
func Order(list []*Candidate, w rank.Weights) {
	for _, c := range list {
		c.Score = w.Score(c.Features)
	}
	inOrder(list)
}

func inOrder(list []*Candidate) {
	slices.SortStableFunc(list, func(x, y *Candidate) int { return cmp.Compare(y.Score, x.Score) })
}

// tallied makes the candidates of the best facts, each with what the tally makes
// of its features.
func (b *Base) tallied(ctx context.Context, q question.Question, empty rank.Tally) ([]*Candidate, error) {
	facts, err := b.firstCandidates(ctx, q, rankedPool)
	if err != nil {
		return nil, err
	}
	pool := b.sentences(q, facts)
	var out []*Candidate
	form := form(q)
	for n, left := 0, rankedFacts; n < min(len(pool), rankedSearch) && left > 0; n++ {
		if mayHold(q, pool[n].fact) {
			left--
		} else if n >= rankedFacts {
			continue // a clause may tell a time, but not from so far down
		}
		x := newFeaturer(b, q, form, &pool[n], n, pool[0].score)
		common := empty.Continue()
		x.sentenceFeatures(&common)
		for _, span := range x.spans() {
			v := common.Continue()
			x.features(&v, span)
			out = append(out, &Candidate{Fact: x.f, Span: span, Features: v.Vector, Score: v.Sum, sentence: x.s, grammar: x.grammar})
		}
	}
	return out, nil
}

// mayHold reports whether the sentence has a time or a figure, where one is
// asked for.
func mayHold(q question.Question, f *fact.Fact) bool {
	switch q.Type {
	case question.Time:
		return len(f.Times) > 0
	case question.Figure:
		return len(f.Counts) > 0
	}
	return true
}
