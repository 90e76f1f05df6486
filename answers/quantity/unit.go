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
