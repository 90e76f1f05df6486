package answers

import (
	"context"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/question"
)

// bestSpelt puts, of the spellings of one name in the candidates that answer about
// as well as the first, the one first that most sentences have: a name that one
// article has wrong is not to be copied from it.
func (b *Base) bestSpelt(q question.Question, list []*spanCandidate) []*spanCandidate {
	if q.Type != question.Person {
		return list
	}
	best, seen := 0, b.seenOften(list[0].text())
	for i, c := range list {
		if !c.linked || rolePenalty(c.fact) > 0 || !misspelt(list[0].text(), c.text()) {
			continue
		}
		if n := b.seenOften(c.text()); n > seen {
			best, seen = i, n
		}
	}
	if best == 0 {
		return list
	}
	out := append([]*spanCandidate{list[best]}, list[:best]...)
	return append(out, list[best+1:]...)
}

// seenOften is how many sentences have the words of the name, all of them counted.
func (b *Base) seenOften(name string) int {
	sum := 0
	for _, t := range english.Tokens(name, 0) {
		if n, err := b.index.Count(context.Background(), t.Lemma); err == nil {
			sum += n
		}
	}
	return sum
}

// minSpelt is how many letters a word has of which another may be a misspelling.
const minSpelt = 5

// misspelt reports whether the two names differ by a letter or two that stand in
// another order, in one long word.
func misspelt(s, t string) bool {
	x, y := strings.Fields(english.Fold(s)), strings.Fields(english.Fold(t))
	if len(x) != len(y) {
		return false
	}
	differ := 0
	for i := range x {
		if x[i] == y[i] {
			continue
		}
		if differ++; min(len(x[i]), len(y[i])) < minSpelt || x[i][0] != y[i][0] || english.LettersOf(x[i]).Distance(y[i]) > 1 {
			return false
		}
	}
	return differ == 1
}
