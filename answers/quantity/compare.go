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
	place := 1.
	for math.Mod(v, place*10) == 0 {
		place *= 10
	}
	if place == 1 || v >= 1000 && place < 100 {
		return 0
	}
	return place
}

// SameValue reports whether two quantities name the same number or range of
// the same unit, whatever their hedges.
func (q Quantity) SameValue(p Quantity) bool {
	q, p, ok := alike(q, p)
	return ok && near(q.Low, p.Low) && near(q.High, p.High)
}

func near(a, b float64) bool {
	return a == b || math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b))
}

// alike brings two quantities to one unit, where they have one.
func alike(q, p Quantity) (Quantity, Quantity, bool) {
	if q.Unit == p.Unit {
		return q, p, true
	}
	if q.Unit.Kind == Share && p.Unit == percent {
		return asPercent(q), p, true
	}
	if p.Unit.Kind == Share && q.Unit == percent {
		return q, asPercent(p), true
	}
	if q.Unit.Kind == Multiple && p.Unit.Kind == Multiple {
		return q, p, true
	}
	return q, p, false
}

func asPercent(q Quantity) Quantity {
	q.Low, q.High, q.Unit = q.Low*100, q.High*100, percent
	return q
}

// Compatible reports whether both quantities can be reports of one number:
// the stretches that they leave open meet ("nearly 8,000" and 7,939, "more
// than 160" and 164). It is symmetric. Different units are never compatible.
func (q Quantity) Compatible(p Quantity) bool {
	if q.SameValue(p) {
		return true
	}
	fraction := q.Unit.Kind != p.Unit.Kind
	q, p, ok := alike(q, p)
	if !ok {
		return false
	}
	lowQ, highQ := q.stretch()
	lowP, highP := p.stretch()
	if fraction {
		lowQ, highQ = lowQ-100*percentTolerance, highQ+100*percentTolerance
	}
	return lowQ <= highP && lowP <= highQ
}

// stretch is the values that a quantity leaves open.
func (q Quantity) stretch() (low, high float64) {
	low, high = q.Low, q.High
	size := math.Abs(q.Low)
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
		if place := roundUnit(q.Low); q.Low == q.High && size >= roundFrom && place > 0 {
			slack := math.Min(place/2, size*roundTolerance)
			low, high = low-slack, high+slack
		}
	}
	return low, high
}
