package quantity

import (
	"sourceline/answers/english"
)

// An amount is a number with its currency or unit.
type amount struct {
	number          // its tokens without currency and unit
	start, end int  // with them
	unit       Unit // of kind Count where there is none
	signed     bool // a currency sign or code stands before it
}

// amount reads "$94,000", "200lbs", "-5 degrees", "two and a half hours",
// "sixteen".
func (s *scanner) amount(i int) (amount, bool) {
	a := amount{start: i, end: i + 1}
	j, unit, factor := s.moneyPrefix(i)
	negative := j == i && s.negative(i)
	if negative {
		j++
	}
	if j == i && s.unitAndHalf(i, &a) {
		return a, true
	}
	if j > i && s.at(j).Kind != english.Number {
		return a, false
	}
	n, ok := s.number(j)
	if !ok || (j > i && unit.Kind == "" && !negative) {
		return a, false
	}
	a.signed = unit.Kind != ""
	a.start = s.moneyStart(i)
	if a.signed {
		n.low, n.high = n.low*factor, n.high*factor
	}
	a.number, a.end, a.unit = n, n.end, unit
	if a.unit.Kind == "" {
		a.unit = Unit{Kind: Count}
		if u, k := s.unit(n.end, n.low, n.digits); k > 0 {
			a.unit, a.end = u, n.end+k
			a.share = false
			s.codeScale(&a)
		}
	} else if u, k := s.currencyNoun(n.end, n.low); k > 0 && s.at(n.end+k).Kind != english.Number { // "$10 dollars", "$3m USD"
		a.end += k
		if a.unit.Name == "dollar" && s.at(n.end).Kind == english.Word {
			a.unit = u
		}
	}
	if a.unit.Kind == Money {
		s.minor(&a)
		a.unit, a.end = s.rate(a.unit, a.end)
	}
	if a.unit.Kind == Count {
		if f, ok := s.outOf(a.number); ok {
			a.number, a.end = f, f.end
		}
		if a.share {
			a.unit.Kind = Share
		}
	}
	if negative {
		a.low, a.high = -a.high, -a.low
		if a.unit.Kind == Count && !s.alone {
			a.end = a.number.end
		}
		a.number.start = i
	}
	if a.dotted && a.unit.Kind == Count && !a.scaled {
		a.low, a.high = a.low*1000, a.high*1000
	}
	return a, true
}

// negative reports whether a minus sign or the word at i makes the number
// after it negative.
func (s *scanner) negative(i int) bool {
	t, next := s.at(i), s.at(i+1)
	if next.Kind != english.Number || s.isCalendar(i+1) {
		return false
	}
	if t.Norm == "minus" {
		return s.at(i-1).Kind != english.Number
	}
	if !dash(t) || i > 0 && !t.Space || s.at(i-1).Kind == english.Number {
		return false
	}
	if !next.Space && t.Text != "–" {
		return true
	}
	u, k := s.unit(i+2, 2, true)
	return k > 0 && u.Kind == Temperature && (t.Text != "–" || !next.Space)
}

// unitAndHalf reads "an hour and a half".
func (s *scanner) unitAndHalf(i int, a *amount) bool {
	if words[s.at(i).Norm].role&article == 0 {
		return false
	}
	f, ok := unitForms[s.at(i+1).Norm]
	if !ok || f.unit.Kind != Duration || s.at(i+2).Norm != "and" || s.at(i+3).Norm != "a" || s.at(i+4).Norm != "half" {
		return false
	}
	a.number = number{start: i, end: i + 5, low: 1.5, high: 1.5}
	a.end, a.unit = i+5, f.unit
	return true
}
