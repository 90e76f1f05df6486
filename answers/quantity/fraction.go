package quantity

import (
	"strconv"

	"sourceline/answers/english"
)

// denominators are those of fractions written with a slash; "9/11" and "24/7"
// are none.
var denominators = map[string]float64{"2": 2, "3": 3, "4": 4, "5": 5, "6": 6, "8": 8, "10": 10, "12": 12, "16": 16, "32": 32, "64": 64, "100": 100}

// slash reads the fraction "1/4" at i: its value and tokens.
func (s *scanner) slash(i int) (v float64, n int) {
	if s.at(i+1).Text != "/" || !s.attached(i+1) || !s.attached(i+2) || s.attached(i+3) && s.at(i+3).Text == "/" {
		return 0, 0
	}
	a, err := strconv.Atoi(s.at(i).Text)
	d := denominators[s.at(i+2).Text]
	if err != nil || d == 0 || float64(a) >= d || a == 0 {
		return 0, 0
	}
	return float64(a) / d, 3
}

// andHalf reads "and a half", "-and-a-half" or "and a quarter" after a number
// whose last word is worth unit: "one million and a half".
func (s *scanner) andHalf(n number, unit float64) number {
	j := s.skipDash(n.end)
	if s.at(j).Norm != "and" {
		return n
	}
	j = s.skipDash(j + 1)
	if a := s.at(j).Norm; a != "a" && a != "one" {
		return n
	}
	j = s.skipDash(j + 1)
	switch s.at(j).Norm {
	case "half":
		n.low += .5 * unit
	case "quarter":
		n.low += .25 * unit
	default:
		return n
	}
	n.high, n.end, n.dotted = n.low, j+1, false
	return n
}

// wordFraction reads "two-thirds", "one fifth", "three quarters", "one in
// four", "nine out of ten" after the number n.
func (s *scanner) wordFraction(n number) (number, bool) {
	j := s.skipDash(n.end)
	t := s.at(j)
	w := words.Of(t.Norm)
	switch {
	case w.role&part != 0 || w.role&half != 0 && n.low == 1:
		if n.low >= w.low || w.low > 2 && (n.low == 1) == (t.Norm[len(t.Norm)-1] == 's') {
			return n, false
		}
		if n.low == 1 && t.Norm == "quarter" && s.at(j+1).Norm != "of" && !s.alone && j == n.end {
			return n, false // a quarter of the year
		}
		n.low, n.end = n.low/w.low, j+1
	default:
		return n, false
	}
	n.high, n.share = n.low, true
	return s.ofScale(s.scaled(n)), true
}

// ofScale reads "of a million" after a fraction.
func (s *scanner) ofScale(n number) number {
	w := words.Of(s.at(n.end + 2).Norm)
	if s.at(n.end).Norm != "of" || words.Of(s.at(n.end+1).Norm).role&article == 0 || w.role&scale == 0 || w.low < 1e3 {
		return n
	}
	n.low, n.high, n.end = times(n.low, w.low), times(n.high, w.low), n.end+3
	n.share, n.scaled = false, true
	return n
}

// outOf reads "in four" or "out of every ten" after the number n.
func (s *scanner) outOf(n number) (number, bool) {
	j := n.end
	switch {
	case s.at(j).Norm == "in":
		j++
	case s.at(j).Norm == "out" && s.at(j+1).Norm == "of":
		j += 2
	default:
		return n, false
	}
	if e := s.at(j).Norm; e == "every" || e == "each" {
		j++
	}
	if s.isCalendar(j) {
		return n, false
	}
	whole, ok := s.number(j)
	if !ok || whole.vague || whole.share || n.vague || n.share || n.low <= 0 || whole.low <= n.low || n.low > 100 || n.digits != whole.digits && (n.low > 1 || whole.low >= 1000) && (n.digits || whole.low != 10 && whole.low != 100) || n.low != float64(int(n.low)) {
		return n, false
	}
	if s.at(j-1).Norm == "in" && whole.low/n.low > 1000 && !roundTo(whole.low, 100) {
		return n, false
	}
	if n.digits != whole.digits && s.unitAhead(whole.end) {
		return n, false // "won three in 10 days"
	}
	n.low, n.end, n.share = n.low/whole.low, whole.end, true
	n.high = n.low
	return n, true
}

// halfNumber reads "half a million", "half of", "half an hour", "half the".
func (s *scanner) halfNumber(n number) (number, bool) {
	n.low, n.high, n.share = .5, .5, true
	j := s.skipDash(n.end)
	if words.Of(s.at(j).Norm).role&article != 0 {
		j++
	}
	if w := words.Of(s.at(j).Norm); w.role&(scale|hundred) != 0 && w.role&plural == 0 {
		n.low, n.high = .5*w.low, .5*w.low
		n.end, n.share, n.scaled = j+1, false, true
		return n, true
	}
	if unit, k := s.unit(j, 1, false); k > 0 && unit.Kind != Other {
		n.end = j
		n.share = false
		return n, true
	}
	if j > n.end || s.alone {
		return n, s.alone
	}
	switch next := s.at(n.end); {
	case ordinalOrName(s.at(n.start - 1)):
		return n, false
	case next.Norm == "of" || next.Is(english.Determiner) && next.Norm != "a":
		return n, true
	case next.Norm == "turn":
		n.share = false
		return n, true
	case next.Kind == english.Mark || next.Is(english.Preposition|english.Conjunction|english.Auxiliary):
		_, bound := s.hedge(n.start)
		return n, bound.Bound != "" || s.at(n.start-1).Norm == "by" || s.at(n.start-1).Norm == "in"
	}
	return n, false
}

// ordinalOrName reports whether "half" after the token is a part of a match
// or a year.
func ordinalOrName(t *english.Token) bool {
	return t.Is(english.Ordinal) || t.Norm == "the" || t.Norm == "other" || t.Norm == "better" || t.Norm == "opening"
}
