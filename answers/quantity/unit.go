package quantity

import (
	"math"
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
	hyphen := dash(s.at(j))
	if hyphen {
		if s.attached(j) != s.attached(j+1) || s.at(j+1).Kind != english.Word {
			return Unit{}, 0
		}
		j++
	}
	if s.at(j).Kind == english.Mark {
		return s.signUnit(i, j)
	}
	u, k := s.wordUnit(j, v, inDigits, hyphen)
	if k > 0 {
		return u, j + k - i
	}
	if u, k = s.percentage(j); k == 0 {
		if u, k = s.currencyNoun(j, v); k == 0 {
			u, k = s.measure(j, v, inDigits, hyphen)
		}
	}
	if k == 0 {
		return Unit{}, 0
	}
	end := j + k
	if u.Kind != Duration {
		u, end = s.rate(u, end)
	} else if e := s.old(end); e > end {
		u, end = Unit{Kind: Age, Name: u.Name + " of age"}, e
	}
	return u, end - i
}

// wordUnit reads a unit that is one word and no measure: "times", "fold",
// "magnitude", "yo".
func (s *scanner) wordUnit(i int, v float64, inDigits, hyphen bool) (Unit, int) {
	switch t := s.at(i); {
	case v != 0 && (t.Norm == "times" || t.Norm == "time" && hyphen || t.Norm == "x" && s.attached(i) && inDigits):
		return Unit{Kind: Multiple, Name: timesUnit}, 1
	case t.Norm == "fold":
		return Unit{Kind: Multiple}, 1
	case t.Norm == "magnitude":
		return Unit{Kind: Magnitude, Name: "magnitude"}, 1
	case t.Norm == "yo" && inDigits:
		return yearOfAge, 1
	case t.Norm == "pc" && s.attached(i) && inDigits:
		return percent, 1
	case t.Text == "p" && s.attached(i) && inDigits && !screenLines[v]: // "fell 12p to 341p"
		return Unit{Kind: Money, Name: "penny"}, 1
	case (t.Text == "C" || t.Text == "F") && s.attached(i) && inDigits && (v != math.Trunc(v) || s.alone || s.aboutHeat(i)):
		return s.degree(i)
	}
	return Unit{}, 0
}

// screenLines are the numbers of lines before whose "p" no money is meant.
var screenLines = map[float64]bool{240: true, 360: true, 480: true, 720: true, 1080: true, 1440: true, 2160: true, 4320: true}

// heatReach is how many tokens before and after "35C" a word of heat may stand
// that tells it from a seat or a gate.
const heatReach = 24

var heatWords = english.NewSet(`temperature thermometer mercury heat heatwave hot hotter hottest warm warmer warmest warming cold colder
	coldest cool cooler weather climate freeze freezing frost celsius fahrenheit degree fever oven boiling melt`)

// aboutHeat reports whether a word of heat or cold stands near token i.
func (s *scanner) aboutHeat(i int) bool {
	for k := max(0, i-heatReach); k < min(i+heatReach, len(s.tok)); k++ {
		if heatWords.Has(s.at(k).Lemma) || heatWords.Has(s.at(k).Norm) {
			return true
		}
	}
	return false
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

// measure reads a unit of measure without its rate at i: "metres", "square
// miles", "km2".
func (s *scanner) measure(i int, v float64, inDigits, hyphen bool) (Unit, int) {
	j := i
	prefix, prefixed := unitPrefixes[s.at(i).Norm]
	if prefixed {
		j++
		if s.at(j).Text == "." || dash(s.at(j)) && s.attached(j) && s.attached(j+1) {
			j++
		}
	}
	u, ok := s.unitWord(j, v, inDigits, hyphen)
	if !ok {
		return Unit{}, 0
	}
	end := j + 1
	if u.Name == "degree" {
		var k int
		u, k = s.degree(end)
		end += k
	}
	if prefixed {
		u, ok = prefixedUnit(prefix, u)
	} else {
		u, end, ok = s.power(u, end)
	}
	if !ok {
		return Unit{}, 0
	}
	return u, end - i
}

// unitWord is the unit that the word at i names after a number.
func (s *scanner) unitWord(i int, v float64, inDigits, hyphen bool) (Unit, bool) {
	t, next := s.at(i), s.at(i+1)
	f, ok := exactForms[t.Text]
	if !ok {
		f, ok = unitForms[t.Norm]
	}
	switch {
	case t.Norm == "in": // the preposition, but for "5 ft 4 in", "(8 in)", "12-in"
		before := s.at(i - 2).Norm
		inch := hyphen || next.Text == ")" || before == "ft" || before == "feet" || before == "foot" || s.alone && (i+1 == len(s.tok) || s.attached(i+1))
		return Unit{Kind: Length, Name: "inch"}, inDigits && inch
	case t.Norm == "second" && !hyphen && (v != 1 || next.Kind == english.Word && !next.FunctionWord()): // "one second lieutenant"
		return Unit{}, false
	}
	return f.unit, ok && (inDigits || !f.digits)
}

// prefixedUnit is the unit that "square", "metric" and their like make of u.
func prefixedUnit(prefix string, u Unit) (Unit, bool) {
	switch {
	case prefix == "square " && u.Kind == Length:
		return Unit{Kind: Area, Name: prefix + u.Name}, true
	case prefix == "cubic " && u.Kind == Length:
		return Unit{Kind: Volume, Name: prefix + u.Name}, true
	case prefix == "light-" && u.Name == "year":
		return Unit{Kind: Length, Name: "light-year"}, true
	case prefix == "metric " && (u.Name == "ton" || u.Name == "metric ton"):
		return Unit{Kind: Weight, Name: "metric ton"}, true
	case prefix == "nautical " && u.Name == "mile", prefix == "fluid " && u.Name == "ounce", prefix == "basis " && u.Name == "point":
		return Unit{Kind: u.Kind, Name: prefix + u.Name}, true
	}
	return u, prefix == "" && u.Kind == Weight
}

// power reads what makes another unit of u behind it, before token end: "2"
// of "km2", "-hours" of "kilowatt-hours".
func (s *scanner) power(u Unit, end int) (Unit, int, bool) {
	t := s.at(end)
	switch {
	case u.Kind == Length && s.attached(end) && (t.Text == "2" || t.Text == "²"):
		return Unit{Kind: Area, Name: "square " + u.Name}, end + 1, true
	case u.Kind == Length && s.attached(end) && (t.Text == "3" || t.Text == "³"):
		return Unit{Kind: Volume, Name: "cubic " + u.Name}, end + 1, true
	case t.Kind == english.Number && s.attached(end) && s.attached(end-1): // "24703m212"
		return u, end, false
	case u.Kind == Power && dash(t) && strings.HasPrefix(s.at(end+1).Norm, "hour"):
		return Unit{Kind: Power, Name: u.Name + "-hour"}, end + 2, true
	}
	return u, end, true
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
	if f, is := unitForms[s.at(k).Norm]; is && f.unit.Kind == Power && strings.HasPrefix(s.at(s.skipDash(k+1)).Norm, "hour") {
		k = s.skipDash(k + 1)
		return Unit{Kind: u.Kind, Name: u.Name + " per " + f.unit.Name + "-hour"}, k + 1
	}
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
