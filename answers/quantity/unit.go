package quantity

import (
	"strings"

	"sourceline/answers/english"
)

var (
	yearOfAge = Unit{Kind: Age, Name: "year of age"}
	percent   = Unit{Kind: Percent, Name: "percentage"}
)

// timesUnit is the unit of "three times" and "twice".
const timesUnit = "count"

// sterlingFrom is the value from which bare "pounds" are money, not weight.
const sterlingFrom = 1e6

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

// codeScale takes the scale that a currency's code carries or that stands
// behind it: "30 MUSD", "75 USD million".
func (s *scanner) codeScale(a *amount) {
	if a.unit.Kind != Money || a.scaled {
		return
	}
	factor := 1.
	if millionCodes[s.at(a.end-1).Norm] != "" {
		factor = 1e6
	} else if w := words[s.at(a.end).Norm]; w.role&scale != 0 && w.low >= 1e6 && currencyCodes[s.at(a.end-1).Norm] != "" {
		factor, a.end = w.low, a.end+1
	}
	if factor > 1 {
		a.low, a.high, a.scaled, a.number.end = times(a.low, factor), times(a.high, factor), true, a.end
	}
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

// moneyPrefix reads the currency before a number at i: the number's place,
// the currency and what one in the prefix is worth ("MUSD 60").
func (s *scanner) moneyPrefix(i int) (int, Unit, float64) {
	t := s.at(i)
	if name, ok := currencySymbols[t.Text]; ok {
		if p, ok := s.dollarPrefix(i); ok {
			name = p
		}
		return i + 1, Unit{Kind: Money, Name: name}, 1
	}
	if t.Kind != english.Word || words[t.Norm].role&code == 0 {
		return i, Unit{}, 1
	}
	name := s.codeAt(i)
	if name == "" {
		return i, Unit{}, 1
	}
	j, factor := i+1, 1.
	if millionCodes[t.Norm] != "" {
		factor = 1e6
	}
	if s.at(j).Text == "." || s.at(j).Text == "$" {
		j++
	}
	return j, Unit{Kind: Money, Name: name}, factor
}

// dollarPrefix is the currency of "C$" where the sign stands at i.
func (s *scanner) dollarPrefix(i int) (string, bool) {
	prev := s.at(i - 1)
	if s.at(i).Text != "$" || prev.Kind != english.Word || i-1 < s.floor {
		return "", false
	}
	name, ok := dollarPrefixes[prev.Norm]
	if !ok || len(prev.Norm) == 1 && prev.Norm != "c" && !(s.attached(i) && prev.Text != prev.Norm) {
		return "", false
	}
	return name, true
}

// moneyStart is the token where an amount that is read from i begins: that of
// "US" in "US$".
func (s *scanner) moneyStart(i int) int {
	if _, ok := s.dollarPrefix(i); ok {
		return i - 1
	}
	return i
}

// codeAt is the currency whose code or name stands at i before its number, or
// "".
func (s *scanner) codeAt(i int) string {
	j := i + 1
	if next := s.at(j); next.Text == "." && s.attached(j) && s.at(i).Norm == "rs" || next.Text == "$" {
		j++
	}
	if s.at(j).Kind != english.Number || s.at(i).Text == "$" {
		return ""
	}
	if s.at(i).Norm == "dollar" {
		return "dollar"
	}
	return s.code(i)
}

// code is the currency whose code stands at i, or "". Codes that are English
// words too ("TOP", "ALL") are none.
func (s *scanner) code(i int) string {
	t := s.at(i)
	if t.Case == english.Upper && millionCodes[t.Norm] != "" {
		return millionCodes[t.Norm]
	}
	name, ok := currencyCodes[t.Norm]
	if !ok || t.Norm != "rs" && !commonCodes[t.Norm] && (t.Case != english.Upper || english.Known(t.Norm)) {
		return ""
	}
	return name
}

// moneyBefore reports whether a currency's sign or code stands before i.
func (s *scanner) moneyBefore(i int) bool {
	prev := s.at(i - 1)
	if _, ok := currencySymbols[prev.Text]; ok {
		return true
	}
	return prev.Kind == english.Word && words[prev.Norm].role&code != 0 && s.code(i-1) != ""
}

// currencyNoun reads the currency after a number of value v at i: "Finnish
// markka", "dollars", "USD", "€".
func (s *scanner) currencyNoun(i int, v float64) (Unit, int) {
	t := s.at(i)
	if t.Kind == english.Mark {
		if name, ok := currencySymbols[t.Text]; ok && !(s.at(i+1).Kind == english.Number && s.attached(i+1)) {
			return Unit{Kind: Money, Name: name}, 1
		}
		return Unit{}, 0
	}
	for k := range 4 {
		w := s.at(i + k)
		if w.Kind != english.Word {
			break
		}
		noun := currencyNouns[w.Norm]
		if noun == nil {
			continue
		}
		if k == 0 {
			if s.at(i+1).Norm == "sterling" {
				return Unit{Kind: Money, Name: "pound sterling"}, 2
			}
			if name := noun.bare(w.Norm, v); name != "" {
				return Unit{Kind: Money, Name: name}, 1
			}
			continue
		}
		country := t.Norm
		for j := 1; j < k; j++ {
			country += " " + s.at(i+j).Norm
		}
		if name, ok := noun.byCountry[country]; ok {
			return Unit{Kind: Money, Name: name}, k + 1
		}
		break
	}
	if name := s.code(i); t.Kind == english.Word && name != "" {
		return Unit{Kind: Money, Name: name}, 1
	}
	return Unit{}, 0
}

// bare is what the noun means after a number of value v with no country, or
// "" where it is not money.
func (n *currencyNoun) bare(form string, v float64) string {
	switch {
	case form == "pounds" || form == "pound":
		if v >= sterlingFrom {
			return "pound sterling"
		}
		return ""
	case n.ambiguous:
		return ""
	}
	return n.name
}

// minor adds "50 cents" after "3 dollars", and "50" where nothing else
// follows it.
func (s *scanner) minor(a *amount) {
	if n := currencyNouns[a.unit.Name]; a.end == a.number.end || n != nil && n.minorUnits || a.scaled {
		return
	}
	j := a.end
	if s.at(j).Norm == "and" {
		j++
	}
	if s.isCalendar(j) {
		return
	}
	n, ok := s.number(j)
	if !ok || n.low >= 100 || n.low < 1 || n.vague || n.scaled || s.at(j).Is(english.Determiner) {
		return
	}
	noun := currencyNouns[s.at(n.end).Norm]
	switch end := s.at(n.end); {
	case noun != nil && noun.minorUnits:
		n.end++
	case n.low < 10 || n.low != float64(int(n.low)):
		return
	case end.Kind == english.Mark && end.Text != "." && end.Text != "!" && end.Text != "?" && n.end < len(s.tok):
		return
	case end.Kind != english.Mark && end.Norm != "more":
		return
	}
	a.low, a.high, a.end = a.low+n.low/100, a.high+n.low/100, n.end
	a.number.end = n.end
}

// unitAhead reports whether a unit of measure begins at i.
func (s *scanner) unitAhead(i int) bool {
	_, k := s.unit(i, 1, false)
	return k > 0
}

// unit reads the unit after a number of value v at i, a hyphen before it and
// "old" or "a share" after it included: the unit and its tokens.
func (s *scanner) unit(i int, v float64, inDigits bool) (Unit, int) {
	j := i
	hyphen := false
	if t := s.at(j); dash(t) {
		if s.attached(j) != s.attached(j+1) || s.at(j+1).Kind != english.Word {
			return Unit{}, 0
		}
		hyphen = true
		j++
	}
	t := s.at(j)
	if t.Kind == english.Mark {
		return s.signUnit(i, j)
	}
	if u, k := s.percentage(j); k > 0 {
		u, end := s.rate(u, j+k)
		return u, end - i
	}
	if u, k := s.currencyNoun(j, v); k > 0 {
		u, end := s.rate(u, j+k)
		return u, end - i
	}
	if (t.Norm == "times" || t.Norm == "time" && hyphen || t.Norm == "x" && s.attached(j) && inDigits) && v != 0 {
		return Unit{Kind: Multiple, Name: timesUnit}, j + 1 - i
	}
	if t.Norm == "fold" {
		return Unit{Kind: Multiple}, j + 1 - i
	}
	if t.Norm == "magnitude" {
		return Unit{Kind: Magnitude, Name: "magnitude"}, j + 1 - i
	}
	if t.Norm == "yo" && inDigits {
		return yearOfAge, j + 1 - i
	}
	u, k := s.measure(j, v, inDigits, hyphen)
	if k == 0 {
		return Unit{}, 0
	}
	end := j + k
	if u.Kind == Duration {
		if e := s.old(end); e > end {
			return Unit{Kind: Age, Name: u.Name + " of age"}, e - i
		}
		return u, end - i
	}
	u, end = s.rate(u, end)
	return u, end - i
}

// signUnit reads a unit that begins with a sign: "%", "°C", "€", "(kg)".
func (s *scanner) signUnit(i, j int) (Unit, int) {
	switch t := s.at(j); t.Text {
	case "%":
		u, end := s.rate(percent, j+1)
		return u, end - i
	case "°", "º":
		u, k := s.degree(j + 1)
		return u, j + 1 + k - i
	case "(", "[", "{", "<":
		closing := s.at(j + 2).Text
		if f, ok := unitForms[s.at(j+1).Norm]; ok && (closing == ")" || closing == "]" || closing == "}" || closing == ">") && len(s.at(j+1).Norm) <= 3 {
			return f.unit, j + 3 - i
		}
		return Unit{}, 0
	}
	u, k := s.currencyNoun(j, 0)
	return u, j + k - i
}

// percentage reads "percent", "per cent", "percentage points".
func (s *scanner) percentage(i int) (Unit, int) {
	switch t, next := s.at(i), s.at(i+1); t.Norm {
	case "percent", "pct", "%":
		if next.Norm == "point" || next.Norm == "points" {
			return Unit{Kind: Percent, Name: "percentage point"}, 2
		}
		return percent, 1
	case "per":
		if next.Norm == "cent" {
			return percent, 2
		}
	case "percentage":
		if next.Norm == "point" || next.Norm == "points" {
			return Unit{Kind: Percent, Name: "percentage point"}, 2
		}
	}
	return Unit{}, 0
}

// degree reads the scale after "°" or "degrees": "C", "Fahrenheit".
func (s *scanner) degree(i int) (Unit, int) {
	n := 0
	if s.at(i).Text == "." && s.attached(i) && len(s.at(i+1).Norm) == 1 {
		n++
	}
	switch s.at(i + n).Norm {
	case "c":
		return unitForms["celsius"].unit, n + 1
	case "f":
		return unitForms["fahrenheit"].unit, n + 1
	case "k":
		return unitForms["kelvin"].unit, n + 1
	case "north", "south", "east", "west", "longitude", "latitude":
		return Unit{Kind: Other, Name: "degree"}, 1
	}
	if f, ok := unitForms[s.at(i).Norm]; ok && f.unit.Kind == Temperature && f.unit.Name != "degree" {
		return f.unit, 1
	}
	return unitForms["degree"].unit, 0
}

// unitPrefixes are words before a unit that make another one of it.
var unitPrefixes = map[string]string{
	"square": "square ", "sq": "square ", "cubic": "cubic ", "cu": "cubic ", "nautical": "nautical ", "metric": "metric ", "light": "light-",
	"basis": "basis ", "fluid": "fluid ", "short": "", "long": "", "imperial": "",
}

// measure reads a unit of measure without its rate: "metres", "square miles",
// "km2".
func (s *scanner) measure(i int, v float64, inDigits, hyphen bool) (Unit, int) {
	t := s.at(i)
	j := i
	prefix, prefixed := unitPrefixes[t.Norm]
	if prefixed {
		j++
		if s.at(j).Text == "." || dash(s.at(j)) && t.Norm == "light" {
			j++
		}
	}
	f, ok := exactForms[s.at(j).Text]
	if !ok {
		f, ok = unitForms[s.at(j).Norm]
	}
	if s.at(j).Norm == "in" && !ok {
		f.unit = Unit{Kind: Length, Name: "inch"}
		ok = inDigits && (hyphen || s.alone && (j+1 == len(s.tok) || s.attached(j+1)) || s.at(j+1).Text == ")" || s.at(j-2).Norm == "ft" || s.at(i-2).Norm == "feet" || s.at(i-2).Norm == "foot")
	}
	if !ok || f.digits && !inDigits {
		return Unit{}, 0
	}
	if s.at(j).Norm == "second" && !hyphen && (v != 1 || s.at(j+1).Kind == english.Word && !s.at(j+1).FunctionWord()) { // "one second lieutenant"
		return Unit{}, 0
	}
	u, end := f.unit, j+1
	if u.Name == "degree" {
		var k int
		if u, k = s.degree(end); k > 0 {
			end += k
		} else if s.at(end).Text == "." && s.at(j).Norm == "deg" && !s.alone {
			end += 0
		}
	}
	switch {
	case prefix == "square " && u.Kind == Length:
		u = Unit{Kind: Area, Name: prefix + u.Name}
	case prefix == "cubic " && u.Kind == Length:
		u = Unit{Kind: Volume, Name: prefix + u.Name}
	case prefixed && (prefix == "metric " && u.Name == "metric ton" || prefix == "" && u.Kind == Weight):
	case prefix == "metric " && u.Name == "ton":
		u.Name = "metric ton"
	case prefix == "nautical " && u.Name == "mile", prefix == "fluid " && u.Name == "ounce", prefix == "basis " && u.Name == "point":
		u.Name = prefix + u.Name
	case prefix == "light-" && u.Name == "year":
		u = Unit{Kind: Length, Name: "light-year"}
	case prefixed:
		return Unit{}, 0
	case u.Kind == Length && s.attached(end) && (s.at(end).Text == "2" || s.at(end).Text == "²"):
		u, end = Unit{Kind: Area, Name: "square " + u.Name}, end+1
	case u.Kind == Length && s.attached(end) && (s.at(end).Text == "3" || s.at(end).Text == "³"):
		u, end = Unit{Kind: Volume, Name: "cubic " + u.Name}, end+1
	case s.attached(end) && s.at(end).Kind == english.Number && s.attached(j): // "24703m212"
		return Unit{}, 0
	case u.Kind == Power && dash(s.at(end)) && strings.HasPrefix(s.at(end+1).Norm, "hour"):
		u, end = Unit{Kind: Power, Name: u.Name + "-hour"}, end+2
	}
	return u, end - i
}

// old is the place after "old", "of age" at i, or i.
func (s *scanner) old(i int) int {
	j := s.skipDash(i)
	switch t := s.at(j); {
	case t.Norm == "old" || t.Norm == "olds":
		return j + 1
	case t.Norm == "of" && s.at(j+1).Norm == "age":
		return j + 2
	}
	return i
}

// rate reads what an amount is for each of at i: "a share", "per barrel",
// "an hour".
func (s *scanner) rate(u Unit, i int) (Unit, int) {
	j := i
	hyphen := dash(s.at(j)) && s.attached(j) == s.attached(j+1)
	if hyphen {
		j++
	}
	t := s.at(j)
	switch {
	case t.Norm == "per", t.Text == "/" && s.attached(j), t.Norm == "each":
	case t.Norm == "a" || t.Norm == "an":
	default:
		return u, i
	}
	k := j + 1
	if hyphen && dash(s.at(k)) {
		k++
	}
	each, ok := rateUnits[s.at(k).Norm]
	if !ok || len(s.at(k).Norm) <= 2 && t.Text != "/" {
		return u, i
	}
	if t.Norm == "a" || t.Norm == "an" {
		switch s.at(k + 1).Norm {
		case "ago", "earlier", "later", "before", "after", "old", "time":
			return u, i
		}
		if each == "second" && u.Kind != Length {
			return u, i
		}
	}
	u.Name += " per " + each
	if u.Kind == Length && (each == "hour" || each == "second" || each == "millisecond" || each == "minute") {
		u.Kind = Speed
	}
	return u, k + 1
}
