package answers

import (
	"math"
	"slices"
	"strings"
	"time"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// A mark is a name that an article has, by which the articles of one story are
// told: a sum of its folded words, and in the last bit whether it is more than
// English words.
type mark uint64

// weight is what it tells that two articles have the mark in common: more where
// it is a name that nothing else has than where it is "health ministry".
func (m mark) weight() int { return 1 + int(m&1) }

// marksOf are the marks of an article with these entities, ascending.
func marksOf(entities []fact.Entity) []mark {
	var out []mark
	var tokens []english.Token
	var words []string
	var proper bool
	for _, e := range entities {
		for _, name := range e.Names {
			words, proper = words[:0], false
			tokens = english.AppendTokens(tokens[:0], name, 0)
			for _, t := range tokens {
				if t.Kind != english.Word || t.Norm == "the" || t.Norm == "'s" {
					continue
				}
				words = append(words, t.Norm)
				if !t.Is(english.Honorific) && !t.English() {
					proper = true
					out = append(out, markOf(t.Norm, true))
				}
			}
			if whole := strings.Join(words, " "); !proper && whole != "" {
				_, place := english.PlaceOf(whole)
				out = append(out, markOf(whole, place))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func markOf(words string, proper bool) mark {
	h := uint64(14695981039346656037) // FNV-1a
	for i := range len(words) {
		h = (h ^ uint64(words[i])) * 1099511628211
	}
	m := mark(h) &^ 1
	if proper {
		m |= 1
	}
	return m
}

// marks are the marks of the article with that ID.
func (b *Base) marks(article string) []mark {
	o := b.of(article)
	if o.marks == nil {
		o.marks = append([]mark{}, marksOf(b.entities(article))...)
	}
	return o.marks
}

// shareMarks reports whether the article of the withdrawal, which is of the same
// time, names enough of what the other article does: or as much as can be where
// one of them names nothing.
func (b *Base) shareMarks(article string, t *taken) bool {
	mine, weight := b.marks(article), 0
	for _, m := range t.marks {
		if _, ok := slices.BinarySearch(mine, m); ok {
			weight += m.weight()
		}
	}
	return weight >= nearMarks || len(mine) == 0 || len(t.marks) == 0
}

// noDay is the day of an article without a date.
const noDay = math.MinInt32

// dayOf is the number of the day, in any unbroken count; noDay for the zero
// time.
func dayOf(t time.Time) int {
	const day = 24 * 60 * 60 // seconds
	if t.IsZero() {
		return noDay
	}
	return int(t.Unix() / day)
}
