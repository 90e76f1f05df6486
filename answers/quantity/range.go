package quantity

import (
	"math"

	"sourceline/answers/english"
)

// rangeEnd reads "to 30,000", "-15", "or three" and, after "between", "and
// 40" behind the amount a, and makes a range of c.
func (s *scanner) rangeEnd(c *core, a amount) {
	between := s.at(c.start-1).Norm == "between" && c.start-1 >= s.floor
	j, link := s.rangeLink(a, between)
	if j == 0 || s.isCalendar(j) || s.at(j).Kind == english.Word && words.Of(s.at(j).Norm).role&(multiple|zero) != 0 {
		return
	}
	if _, ok := s.dollarPrefix(j + 1); ok { // "US$5 to US$10"
		j++
	}
	b, ok := s.amount(j)
	if !ok || a.vague != b.vague || b.share != a.share || !s.alone && s.mangledAfter(j, b) > 0 {
		return
	}
	if link == "or" && b.start != b.number.start && !b.signed || link == "to" && s.changes(c.start, a, b) {
		return
	}
	low, high, ok1 := joinScales(a, b)
	unit, ok2 := joinUnits(a.unit, b.unit)
	if !ok1 || !ok2 {
		return
	}
	c.low, c.high, c.unit = low, high, unit
	c.end, c.numEnd = b.end, b.number.end
	if between && link == "and" {
		c.start--
	}
}

// rangeLink is the place of the second number after what joins it to the
// amount a, and the joining word; 0 where nothing does.
func (s *scanner) rangeLink(a amount, between bool) (int, string) {
	j := a.end
	if dash(s.at(j)) && s.at(j+1).Norm == "to" { // "three- to five-year"
		j++
	}
	link := s.at(j)
	switch {
	case dash(link):
		if s.attached(j) && !s.attached(j+1) {
			return 0, ""
		}
	case link.Norm == "to", link.Norm == "or" && !a.vague, link.Norm == "and" && between:
	default:
		return 0, ""
	}
	j++
	if dash(s.at(j)) && link.Norm == "to" { // "three-to-five"
		j++
	}
	return j, link.Norm
}

// joinScales are the ends of a range: "two to three billion" is two billion
// to three billion.
func joinScales(a, b amount) (low, high float64, ok bool) {
	low, high = a.low, b.high
	if b.scaled && !a.scaled && a.low < b.low && b.mantissa > 0 && a.low < b.mantissa && b.low/b.mantissa > 1 {
		low = times(a.low, b.low/b.mantissa)
	}
	if thousands := b.low / 1e3; b.digits && !b.scaled && !a.scaled && thousands == math.Trunc(thousands) && a.low > 1 && a.low < thousands && a.low*2 >= thousands { // "20-25,000"
		low = a.low * 1e3
	}
	return low, high, low < high || a.vague && low <= high
}

// joinUnits is the unit of a range: both the same, or one of them.
func joinUnits(a, b Unit) (Unit, bool) {
	switch {
	case a == b, b.Kind == Count && a.Kind != Percent: // "by 0.3% to 151.72" is no range
		return a, true
	case a.Kind == Count:
		return b, true
	case a.Kind == Money && b.Kind == Money && b.Name == "dollar":
		return a, true
	}
	return a, false
}

// changeReach is how many words before "from 14 to 17" its verb may stand,
// changeVerbReach before "2 to 5" without "from".
const (
	changeReach     = 12
	changeVerbReach = 2
)

// changes reports whether a and b are not the ends of a range but where
// something moved: "rose from 14 to 17", "fell $1.45 to $44.10", never "rose 5
// to 10 per cent".
func (s *scanner) changes(i int, a, b amount) bool {
	j, _ := s.hedge(i)
	from := s.at(j-1).Norm == "from"
	if s.alone || !from && (a.unit.Kind == Count && b.unit.Kind != Count || b.scaled && !a.scaled) {
		return false
	}
	for k := j - 1; k >= 0 && k >= j-changeReach; k-- {
		t := s.at(k)
		if t.Kind == english.Mark && (t.Text == ";" || t.Text == "." || t.Text == ":") {
			return false
		}
		if changeVerbs[t.Lemma] {
			return from || k >= j-changeVerbReach
		}
		if from && t.Lemma == "pass" {
			return true // "the toll passed from 14 to 17"; "passed 14 to 17" is a vote
		}
	}
	return false
}

var changeVerbs = map[string]bool{
	"rise": true, "rose": true, "fell": true, "increase": true, "fall": true, "drop": true, "decrease": true, "grow": true, "climb": true, "jump": true, "soar": true,
	"surge": true, "decline": true, "slip": true, "plunge": true, "cut": true, "reduce": true, "raise": true, "revise": true, "go": true,
	"up": true, "down": true, "expand": true, "shrink": true, "lower": true, "change": true, "slow": true, "double": true, "triple": true,
	"narrow": true, "widen": true, "rocket": true, "leap": true, "extend": true, "lengthen": true, "shorten": true, "upgrade": true, "downgrade": true,
	"swell": true, "dwindle": true, "tumble": true, "advance": true, "improve": true, "move": true, "boost": true, "slash": true, "lift": true, "bring": true,
}
