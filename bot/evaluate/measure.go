package evaluate

import "math"

// Measure tells how a headline matches the answers of a row: word for word, by
// the F1 of its words (the hedge left out where that is better), and by its
// first number.
func Measure(r *Row, headline string) (isExact bool, f1 float64, isNumeric bool) {
	bare := withoutHedge(headline)
	for _, want := range r.Answers {
		for _, got := range []string{headline, bare} {
			isExact = isExact || exact(got, want)
			f1 = math.Max(f1, tokenF1(got, want))
		}
	}
	return isExact, f1, sameNumber(headline, r.Answers)
}
