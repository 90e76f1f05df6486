package answers

import (
	"cmp"
	"slices"

	"sourceline/answers/rank"
	"sourceline/corpus"
)

// compare orders the candidates of the sentence among themselves: a date that
// is closer to the verb than any other is likelier its date.
func (x *featurer) compare(spans []corpus.Span) {
	x.verbal, x.nearest, x.order = map[corpus.Span]int{}, map[corpus.Span]int{}, map[corpus.Span]int{}
	verb, near := map[corpus.Span]float64{}, map[corpus.Span]float64{}
	for _, s := range spans {
		from, to := tokenRange(x.f, s)
		verb[s] = -float64(x.verbDistance(from, to))
		near[s] = x.nearness(from, to).near
	}
	place := func(out map[corpus.Span]int, key func(corpus.Span) float64) {
		for _, s := range spans {
			for _, t := range spans {
				if cmp.Compare(key(t), key(s)) > 0 && !t.Overlaps(s) {
					out[s]++
				}
			}
		}
	}
	place(x.verbal, func(s corpus.Span) float64 { return verb[s] })
	place(x.nearest, func(s corpus.Span) float64 { return near[s] })
	place(x.order, func(s corpus.Span) float64 { return -float64(s.Start) })
}

// compareFeatures tell how the candidate stands among the others of its
// sentence.
func (x *featurer) compareFeatures(v *rank.Vector, s corpus.Span) {
	if slices.Contains(x.verb, true) {
		v.Is("closest to the verb", x.verbal[s] == 0)
		v.Add("closer to the verb", 1/(1+float64(x.verbal[s])))
	}
	v.Is("closest to the words", x.nearest[s] == 0)
	v.Add("closer to the words", 1/(1+float64(x.nearest[s])))
	v.Is("first of the sentence", x.order[s] == 0)
}

// far stands for no word in the sentence.
const far = 99

// verbDistance is how many tokens lie between the candidate and the verb of
// the question; far where the sentence has none.
func (x *featurer) verbDistance(from, to int) int {
	best := far
	for k, ok := range x.verb {
		switch {
		case !ok || k >= from && k < to:
		case k < from:
			best = min(best, from-k)
		default:
			best = min(best, k-to+1)
		}
	}
	return best
}
