package answers

import (
	"cmp"
	"context"
	"slices"

	"sourceline/answers/english"
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
}

// Text is the candidate's words.
func (c *Candidate) Text() string { return c.Fact.Sentence.Article.Text[c.Span.Start:c.Span.End] }

// A scored fact is a sentence with how well its words fit.
type scoredFact struct {
	fact  *fact.Fact
	cover float64
	score float64
}

// Candidates are the spans that the model has to choose from, unscored, in the
// order of their sentences.
func (b *Base) Candidates(ctx context.Context, q question.Question) ([]*Candidate, error) {
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return nil, err
	}
	return b.rankedOf(q, facts), nil
}

// rankedOf makes the candidates of the best of the facts.
func (b *Base) rankedOf(q question.Question, facts []*fact.Fact) []*Candidate {
	pool := b.sentences(q, facts[:min(len(facts), rankedPool)])
	var out []*Candidate
	for n, s := range pool[:min(len(pool), rankedFacts)] {
		x := newFeaturer(b, q, s, n, pool[0].score)
		for _, span := range x.spans() {
			out = append(out, &Candidate{Fact: s.fact, Span: span, Features: x.features(span)})
		}
	}
	return out
}

const (
	windowShare = 0.35 // a word next door counts that much
	topicShare  = 0.15 // one anywhere in the article that much
)

// sentences weighs the facts by the question's words, rare ones more, in the
// sentence, beside it and in its article; the best first.
func (b *Base) sentences(q question.Question, facts []*fact.Fact) []scoredFact {
	out := make([]scoredFact, 0, len(facts))
	topics := map[string][]bool{}
	for _, f := range facts {
		topic, ok := topics[f.ID.Article]
		if !ok {
			topic = b.topicOf(q, f.ID.Article)
			topics[f.ID.Article] = topic
		}
		window := b.around(f, 1)
		var here, all, score float64
		for i, t := range q.Terms {
			w := max(t.Rarity, minRarity)
			all += w
			switch {
			case termIn(t, f):
				here += w
				score += w
				if exactIn(t, f) {
					score += w * exactBonus
				}
			case slices.ContainsFunc(window, func(g *fact.Fact) bool { return termIn(t, g) }):
				score += w * windowShare
			case topic[i]:
				score += w * topicShare
			}
		}
		if all > 0 {
			here, score = here/all, score/all
		}
		out = append(out, scoredFact{f, here, score + roleWeight(f)/10})
	}
	slices.SortStableFunc(out, func(x, y scoredFact) int { return cmp.Compare(y.score, x.score) })
	return out
}

// exactBonus is what the very word is worth above one that means the same.
const exactBonus = 0.25

func exactIn(t question.Term, f *fact.Fact) bool {
	return slices.ContainsFunc(f.Tokens, func(tok english.Token) bool { return tok.Lemma == t.Lemma || tok.Norm == t.Norm })
}

func (b *Base) topicOf(q question.Question, article string) []bool {
	out := make([]bool, len(q.Terms))
	a := b.byID[article]
	for i, t := range q.Terms {
		out[i] = slices.ContainsFunc(a.Facts, func(f fact.Fact) bool { return termIn(t, &f) })
	}
	return out
}
