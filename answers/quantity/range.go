package quantity

import (
	"math"

	"sourceline/answers/english"
)

// rangeEnd reads "to 30,000", "-15", "or three" and, after "between", "and
// 40" behind the amount a, and makes a range of c.
func (s *scanner) rangeEnd(c *core, a amount) {
	between := s.at(c.start-1).Norm == "between" && c.start-1 >= s.floor
	j := a.end
	link := s.at(j)
	hyphen := dash(link)
	if hyphen && s.at(j+1).Norm == "to" { // "three- to five-year"
		j++
		link, hyphen = s.at(j), false
	}
	switch {
	case hyphen:
		if s.attached(j) != s.attached(j+1) && s.attached(j) {
			return
		}
	case link.Norm == "to", link.Norm == "or" && !a.vague, link.Norm == "and" && between:
	default:
		return
	}
	j++
	if dash(s.at(j)) && link.Norm == "to" {
		j++
	}
	if s.isCalendar(j) || words[s.at(j).Norm].role&(multiple|zero) != 0 && s.at(j).Kind == english.Word {
		return
	}
	if s.at(j).Text != "$" && s.at(j+1).Text == "$" { // "US$5 to US$10"
		if _, ok := s.dollarPrefix(j + 1); ok {
			j++
		}
	}
	b, ok := s.amount(j)
	if !ok || a.vague != b.vague || b.share != a.share || !s.alone && s.mangledAfter(j, b) > 0 || (link.Norm == "or" && b.start != b.number.start && !b.signed) {
		return
	}
	if link.Norm == "to" && s.changes(c.start) {
		return
	}
	low, high, ok := joinScales(a, b)
	if !ok {
		return
	}
	unit, ok := joinUnits(a.unit, b.unit)
	if !ok {
		return
	}
	c.low, c.high, c.unit, c.isRange = low, high, unit, true
	c.end, c.numEnd = b.end, b.number.end
	if between && link.Norm == "and" {
		c.start--
	}
}

// joinScales are the ends of a range: "two to three billion" is two billion
// to three billion.
func joinScales(a, b amount) (low, high float64, ok bool) {
	low, high = a.low, b.high
	if b.scaled && !a.scaled && a.low < b.low && b.mantissa > 0 && a.low <= b.mantissa && b.low/b.mantissa > 1 {
		low = a.low * (b.low / b.mantissa)
	}
	if thousands := b.low / 1e3; b.digits && !b.scaled && !a.scaled && b.low >= 1e4 && thousands == math.Trunc(thousands) && a.low < thousands && a.low*2 >= thousands { // "20-25,000"
		low = a.low * 1e3
	}
	return low, high, low < high || a.vague && low <= high
}

// joinUnits is the unit of a range: both the same, or one of them.
func joinUnits(a, b Unit) (Unit, bool) {
	switch {
	case a == b, b.Kind == Count:
		return a, true
	case a.Kind == Count:
		return b, true
	case a.Kind == Money && b.Kind == Money && b.Name == "dollar":
		return a, true
	}
	return a, false
}

// changeReach is how many words before "from 14 to 17" its verb may stand.
const changeReach = 8

// changes reports whether the numbers at i go from one to the other over time
// ("rose from 14 to 17"): two quantities, no range.
func (s *scanner) changes(i int) bool {
	if s.alone || s.at(i-1).Norm != "from" {
		return false
	}
	for j := i - 2; j >= 0 && j >= i-changeReach; j-- {
		t := s.at(j)
		if t.Kind == english.Mark && (t.Text == ";" || t.Text == "." || t.Text == ":") {
			return false
		}
		if changeVerbs[t.Lemma] {
			return true
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
