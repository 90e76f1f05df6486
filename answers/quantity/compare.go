package quantity

import "math"

// How far apart two figures may be and still agree, as a share of the value
// that is bounded.
const (
	aboutTolerance   = .09 // "nearly 8,000" and 7,939; "about 50" and 46
	leastTolerance   = .25 // "more than 160" and 164: nobody says it of 400
	mostTolerance    = .25 // "fewer than 100" and 90
	roundTolerance   = .02 // 8,000 and 7,939, both without a hedge
	vagueTolerance   = 9   // "dozens" and 164: up to ten times the least
	percentTolerance = .01 // a third and 33 per cent
)

// roundFrom is the smallest number that can be a rounded one: 20 and 21 dead
// are different counts.
const roundFrom = 100

// The levels of Precision.
const (
	PrecisionVague    = iota // "dozens"
	PrecisionRange           // "two to three billion"
	PrecisionHedged          // "nearly 8,000"
	PrecisionDetailed        // "some 2,030": hedged, and yet no round number
	PrecisionRound           // "8,000"
	PrecisionExact           // "7,939"
)

// Precision tells how precise a quantity is as it is written: the higher the
// more.
func (q Quantity) Precision() int {
	round := roundUnit(q.Low) > 0
	switch {
	case q.Vague:
		return PrecisionVague
	case q.Low != q.High:
		return PrecisionRange
	case q.Bound != Exact && round:
		return PrecisionHedged
	case q.Bound != Exact:
		return PrecisionDetailed
	case round:
		return PrecisionRound
	}
	return PrecisionExact
}

// roundUnit is the place to which v looks rounded (1000 for 8,000), or 0
// where it does not: numbers below 20, and those of three digits and more
// that do not end in zeros.
func roundUnit(v float64) float64 {
	v = math.Abs(v)
	if v < 20 || v != math.Trunc(v) || v > 1e15 {
		return 0
	}
	place := int64(1)
	for int64(v)%(place*10) == 0 {
		place *= 10
	}
	if place == 1 || v >= 1000 && place < 100 {
		return 0
	}
	return float64(place)
}

// SameValue reports whether two quantities name the same number or range of
// the same unit, whatever their hedges.
func (q Quantity) SameValue(p Quantity) bool {
	ofQ, ofP, ok := scales(&q, &p)
	return ok && sameValue(&q, &p, ofQ, ofP)
}

func sameValue(q, p *Quantity, ofQ, ofP float64) bool {
	return near(q.Low*ofQ, p.Low*ofP) && near(q.High*ofQ, p.High*ofP)
}

func near(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b))
}

// scales are what brings the values of two quantities to one unit, where they
// have one.
func scales(q, p *Quantity) (ofQ, ofP float64, ok bool) {
	switch {
	case q.Unit == p.Unit, q.Unit.Kind == Multiple && p.Unit.Kind == Multiple:
		return 1, 1, true
	case q.Unit.Kind == Share && p.Unit == percent:
		return 100, 1, true
	case p.Unit.Kind == Share && q.Unit == percent:
		return 1, 100, true
	}
	return 0, 0, false
}

// Compatible reports whether both quantities can be reports of one number:
// the stretches that they leave open meet ("nearly 8,000" and 7,939, "more
// than 160" and 164). It is symmetric. Different units are never compatible.
func (q Quantity) Compatible(p Quantity) bool {
	ofQ, ofP, ok := scales(&q, &p)
	if !ok || sameValue(&q, &p, ofQ, ofP) {
		return ok
	}
	lowQ, highQ := q.stretch(ofQ)
	lowP, highP := p.stretch(ofP)
	if q.Unit.Kind != p.Unit.Kind {
		lowQ, highQ = lowQ-100*percentTolerance, highQ+100*percentTolerance
	}
	return lowQ <= highP && lowP <= highQ
}

// stretch is the values that a quantity leaves open, in a unit of that scale.
func (q *Quantity) stretch(scale float64) (low, high float64) {
	low, high = q.Low*scale, q.High*scale
	size := math.Abs(low)
	if math.IsInf(high, 1) {
		high = low * (1 + vagueTolerance)
	}
	switch q.Bound {
	case AtLeast:
		high += math.Abs(high) * leastTolerance
	case AtMost:
		low -= size * mostTolerance
	case About:
		low, high = low-size*aboutTolerance, high+math.Abs(high)*aboutTolerance
	default:
		if place := roundUnit(low); low == high && size >= roundFrom && place > 0 {
			slack := math.Min(place/2, size*roundTolerance)
			low, high = low-slack, high+slack
		}
	}
	return low, high
}
