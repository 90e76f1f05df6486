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
	a.signed = unit.Kind != ""
	negative := !a.signed && s.negative(i)
	switch {
	case negative:
		j++
	case !a.signed && s.unitAndHalf(i, &a):
		return a, true
	case a.signed && (s.at(j).Kind != english.Number || s.isCalendar(j)):
		return a, false
	}
	n, ok := s.number(j)
	if !ok {
		return a, false
	}
	n.low, n.high = n.low*factor, n.high*factor
	a.number, a.start, a.end = n, s.moneyStart(i), n.end
	if a.unit = unit; a.signed {
		s.repeatedCurrency(&a)
	} else {
		s.unitAfter(&a)
	}
	if a.unit.Kind == Money {
		s.minor(&a)
		a.unit, a.end = s.rate(a.unit, a.end)
	}
	if negative {
		a.low, a.high, a.number.start = -a.high, -a.low, i
	}
	if a.dotted && a.unit.Kind == Count && !a.scaled {
		a.low, a.high = a.low*1000, a.high*1000
	}
	return a, true
}

// unitAfter takes the unit behind the number of a, or makes a share of
// "two-thirds" and "one in four".
func (s *scanner) unitAfter(a *amount) {
	n := a.number
	if u, k := s.unit(n.end, n.low, n.digits); k > 0 {
		a.unit, a.end, a.share = u, n.end+k, false
		s.codeScale(a)
		return
	}
	if n.vague && s.at(n.end).Norm == "of" && s.at(n.end+1).Kind == english.Word { // "tens of millions of dollars"
		if u, k := s.unit(n.end+1, n.low, false); k > 0 {
			a.unit, a.end = u, n.end+1+k
			return
		}
	}
	a.unit = Unit{Kind: Count}
	if f, ok := s.outOf(n); ok {
		a.number, a.end = f, f.end
	}
	if a.share {
		a.unit.Kind = Share
	}
}

// repeatedCurrency takes the currency behind an amount that has its sign:
// "$10 dollars", "$3m USD".
func (s *scanner) repeatedCurrency(a *amount) {
	u, k := s.currencyNoun(a.end, a.low)
	if k == 0 || s.at(a.end+k).Kind == english.Number {
		return
	}
	if a.unit.Name == "dollar" && s.at(a.end).Kind == english.Word {
		a.unit = u
	}
	a.end += k
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
	if words.Of(s.at(i).Norm).role&article == 0 {
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
