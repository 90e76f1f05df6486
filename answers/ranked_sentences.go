package answers

import (
	"cmp"
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
)

// A scoredFact is a sentence with how well its words fit, each a share (0 to
// 1) of the question's words, rare ones weighing more.
type scoredFact struct {
	fact   *fact.Fact
	cover  float64 // in the sentence, a synonym or form counting in full
	exact  float64 // in the sentence, word for word
	kin    float64 // in the sentence as a word of the same stem
	window float64 // in the sentence or one beside it
	topic  float64 // anywhere in its article
	pairs  float64 // neighbours in the question that are neighbours here too
	rarest bool    // the rarest word is in the sentence
	score  float64
}

const (
	exactShare  = 1.25 // the very word counts that much
	kinShare    = 0.6  // a word of its stem that much: "investment" for "invest"
	windowShare = 0.35 // a word next door that much
	topicShare  = 0.15 // one anywhere in the article that much
	pairShare   = 0.3  // two neighbours side by side, that much of a word
	roleShare   = 0.1  // of the weight of the sentence's role
)

// How a term stands in a sentence, the better first.
const (
	exactTerm = iota
	sameTerm
	kinTerm
	noTerm
)

// meets tells how a token meets a term.
func meets(t *question.Term, tok *english.Token) int {
	switch {
	case tok.Kind == english.Mark:
		return noTerm
	case tok.Lemma == t.Lemma || tok.Norm == t.Norm:
		return exactTerm
	case tok.Is(english.Month) && tok.Case != english.Lower:
		return noTerm // "March 4" is no demonstration
	case t.Met(tok.Lemma, tok.Norm):
		return sameTerm
	case tok.Kind == english.Word && !t.Name && kin(t.Lemma, tok.Lemma):
		return kinTerm
	}
	return noTerm
}

const (
	minStem   = 5 // letters that words of one stem share at least
	maxEnding = 6 // letters that may follow the stem
	maxChange = 3 // letters of the shorter word that may differ: "colony", "colonial"
)

// kin reports whether two lemmas share a stem.
func kin(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < minStem || a[:minStem] != b[:minStem] {
		return false
	}
	n := minStem
	for n < len(a) && a[n] == b[n] {
		n++
	}
	return len(a)-n <= maxChange && len(b)-n <= maxEnding
}

// sentences weighs the facts by the question's words in the sentence, beside
// it and in its article; the best first.
func (b *Base) sentences(q question.Question, facts []*fact.Fact) []scoredFact {
	out := make([]scoredFact, 0, len(facts))
	topics := map[string][]bool{}
	for _, f := range facts {
		topic, ok := topics[f.ID.Article]
		if !ok {
			topic = b.topicOf(q, f.ID.Article)
			topics[f.ID.Article] = topic
		}
		out = append(out, b.weigh(q, f, topic))
	}
	slices.SortStableFunc(out, func(x, y scoredFact) int { return cmp.Compare(y.score, x.score) })
	return out
}

// weigh weighs one fact, topic telling which terms its article has.
func (b *Base) weigh(q question.Question, f *fact.Fact, topic []bool) scoredFact {
	s := scoredFact{fact: f}
	var all, rarest float64
	last, places := -1, 0 // of the term before
	for i := range q.Terms {
		t := &q.Terms[i]
		w := max(t.Rarity, minRarity)
		all += w
		best, at := noTerm, -1
		for k := range f.Tokens {
			if m := meets(t, &f.Tokens[k]); m < best {
				best, at = m, k
			}
		}
		switch {
		case best <= sameTerm:
			s.cover += w
			s.window += w
			s.score += w
			if best == exactTerm {
				s.exact += w
				s.score += w * (exactShare - 1)
			}
		case best == kinTerm:
			s.kin += w
			s.window += w
			s.score += w * kinShare
		case topic[i] && b.besideIt(*t, f):
			s.window += w
			s.score += w * windowShare
		case topic[i]:
			s.score += w * topicShare
		}
		if topic[i] || best < noTerm {
			s.topic += w
		}
		if at >= 0 && last >= 0 {
			if d := at - last; d > 0 && d <= 2 {
				s.pairs++
				s.score += w * pairShare
			}
		}
		if w > rarest {
			rarest, s.rarest = w, best <= sameTerm
		}
		last, places = at, places+1
	}
	if all > 0 {
		s.cover, s.exact, s.kin, s.window, s.topic, s.score = s.cover/all, s.exact/all, s.kin/all, s.window/all, s.topic/all, s.score/all
	}
	if places > 1 {
		s.pairs /= float64(places - 1)
	}
	s.score += roleWeight(f) * roleShare
	return s
}

// topicOf tells which terms the article has.
func (b *Base) topicOf(q question.Question, article string) []bool {
	out := make([]bool, len(q.Terms))
	for i, t := range q.Terms {
		out[i] = b.mentioned(t, article)
	}
	return out
}
