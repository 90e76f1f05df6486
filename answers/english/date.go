package english

import (
	"strings"
)

var monthNumbers = map[string]int{
	"january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
	"june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
	"october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}

// MonthNumber is the number of a month's folded name or abbreviation, or 0.
func MonthNumber(norm string) int { return monthNumbers[norm] }

// month reads a month's name and the point of its abbreviation at i: its
// number and the tokens taken.
func (c calendarReader) month(i int) (month, n int) {
	t := c.at(i)
	if t.Kind != Word || !t.Is(Month) {
		return 0, 0
	}
	month, n = monthNumbers[t.Norm], 1
	if len(t.Norm) <= 4 && t.Norm != "may" && t.Norm != "june" && t.Norm != "july" && c.at(i+1).Text == "." && c.attached(i+1) {
		n = 2
	}
	return month, n
}

// day reads a day of the month at i, "10" or "10th".
func (c calendarReader) day(i int) (day, n int) {
	t := c.at(i)
	if t.Kind == Number {
		d, ok := plainInt(t.Text, 1, 2)
		if !ok || d < 1 || d > 31 {
			return 0, 0
		}
		if c.attached(i+1) && ordinalSuffix(c.at(i+1).Norm) {
			return d, 2
		}
		if c.attached(i+1) && c.at(i+1).Kind == Word {
			return 0, 0
		}
		return d, 1
	}
	if d := ordinalWord(t.Norm); d > 0 && d <= 31 {
		return d, 1
	}
	return 0, 0
}

func ordinalSuffix(norm string) bool {
	return norm == "st" || norm == "nd" || norm == "rd" || norm == "th"
}

// dayEnd reads "-7", "to 7" or "and 7" after a day: the last day and the
// tokens taken, or the day itself and none.
func (c calendarReader) dayEnd(i, day int) (last, n int) {
	if t := c.at(i); dash(t) || t.Norm == "to" || t.Norm == "and" || t.Norm == "or" {
		if d, k := c.day(i + 1); d > day {
			return d, k + 1
		}
	}
	return day, 0
}

// dayMonth reads "2 January", "10th of January 2022", "5-7 January".
func (c calendarReader) dayMonth(i int) (Calendar, bool) {
	d, n := c.day(i)
	if d == 0 {
		return Calendar{}, false
	}
	last, k := c.dayEnd(i+n, d)
	if m, _ := c.month(i + n + k); m == 0 && c.at(i+n+k).Norm != "of" {
		last, k = d, 0
	}
	n += k
	if dash(c.at(i+n)) && c.attached(i+n) { // "3-JAN-90"
		if m, _ := c.month(i + n + 1); m > 0 {
			n++
		}
	}
	if c.at(i+n).Norm == "of" {
		n++
	} else if c.at(i).Kind == Word { // "the first July 4"
		return Calendar{}, false
	}
	m, k := c.month(i + n)
	if m == 0 {
		return Calendar{}, false
	}
	if t := c.at(i + n); t.Case == Lower && (t.Norm == "may" || t.Norm == "march") && !c.inDate(i) {
		return Calendar{}, false
	}
	n += k
	out := Calendar{Kind: CalendarDate, Month: m, Day: d, LastDay: last}
	out.Year, k = c.yearAfter(i+n, true)
	out.N = n + k
	return out, true
}

// inDate reports whether a preposition of dates, or "the", stands before i.
func (c calendarReader) inDate(i int) bool {
	switch c.at(i - 1).Norm {
	case "on", "in", "of", "since", "until", "till", "by", "from", "before", "after", "the", "between", "during", "last", "next", "this":
		return true
	}
	return false
}

// yearAfter reads the year after a date or month at i, a comma before it
// included; two digits only where short is set and no word follows them.
func (c calendarReader) yearAfter(i int, short bool) (year, n int) {
	if c.at(i).Text == "," && c.at(i+1).Kind == Number {
		if y, k := c.yearAfter(i+1, false); k > 0 {
			return y, k + 1
		}
		return 0, 0
	}
	if dash(c.at(i)) && c.attached(i) && c.attached(i+1) {
		if y, k := c.yearAfter(i+1, short); k > 0 {
			return y, k + 1
		}
		return 0, 0
	}
	t := c.at(i)
	if t.Kind != Number {
		return 0, 0
	}
	next := c.at(i + 1)
	if c.attached(i+1) && next.Kind == Word && next.Norm != "'s" {
		return 0, 0
	}
	y, ok := plainInt(t.Text, 2, 4)
	switch {
	case !ok:
	case len(t.Text) == 4 && y >= firstYear && y <= lastYear:
		if next.Kind != Word || next.Class&Preposition != 0 || !countable(next) || c.at(i-1).Kind != Mark {
			return y, 1
		}
	case len(t.Text) == 3 && short && y >= 100 && !countable(next) && !measures(next) && !sign(next): // "17 Sep 879"
		return y, 1
	case len(t.Text) == 2 && short && next.Kind != Word && !sign(next):
		if y < centuryPivot {
			return 2000 + y, 1
		}
		return 1900 + y, 1
	}
	return 0, 0
}

// sign reports whether the mark makes a quantity of the number before it.
func sign(t *Token) bool {
	return t.Kind == Mark && (t.Text == "%" || t.Text == "°" || t.Text == "$" || t.Text == "€" || t.Text == "£")
}

// centuryPivot is the two-digit year from which the last century is meant.
const centuryPivot = 50

// monthDay reads "Jan. 2", "January 10th, 2022", "January 5-7", "January
// 2019".
func (c calendarReader) monthDay(i int) (Calendar, bool) {
	m, n := c.month(i)
	if t := c.at(i); t.Case == Lower && n == 1 && (t.Norm == "may" || t.Norm == "march" || t.Norm == "mar" || t.Norm == "dec") && !c.inDate(i) {
		return Calendar{}, false
	}
	if m == 0 || c.attached(i) && c.at(i-1).Kind == Number {
		return Calendar{}, false
	}
	if y, k := c.yearAfter(i+n, false); k > 0 {
		return Calendar{Kind: CalendarMonth, N: n + k, Year: y, Month: m}, true
	}
	if c.at(i+n).Norm == "of" {
		if y, k := c.yearAfter(i+n+1, false); k > 0 && c.at(i+n+1).Kind == Number {
			return Calendar{Kind: CalendarMonth, N: n + k + 1, Year: y, Month: m}, true
		}
	}
	if c.at(i+n).Norm == "the" {
		n++
	}
	d, k := c.day(i + n)
	if d == 0 || c.at(i+n).Kind == Number && !c.at(i+n).Space && n == 1 {
		return Calendar{}, false
	}
	if next := c.at(i + n + k); next.Text == ":" && c.attached(i+n+k) || sign(next) {
		return Calendar{}, false
	}
	n += k
	out := Calendar{Kind: CalendarDate, Month: m, Day: d}
	out.LastDay, k = c.dayEnd(i+n, d)
	if m2, _ := c.month(i + n + k); k > 0 && m2 > 0 { // "May 5 to 7 June"
		out.LastDay, k = d, 0
	}
	n += k
	out.Year, k = c.yearAfter(i+n, false)
	out.N = n + k
	return out, true
}

// numericDate reads "2022-01-10", "10/01/2022" and "10.01.2022". Where day
// and month cannot be told apart neither is given.
func (c calendarReader) numericDate(i int) (Calendar, bool) {
	if text := c.at(i).Text; strings.Count(text, ".") == 2 {
		p := strings.Split(text, ".")
		d, ok1 := plainInt(p[0], 1, 2)
		m, ok2 := plainInt(p[1], 1, 2)
		y, ok3 := plainInt(p[2], 4, 4)
		if ok1 && ok2 && ok3 && validDay(m, d) {
			return Calendar{Kind: CalendarDate, N: 1, Year: y, Month: m, Day: d, LastDay: d}, true
		}
		return Calendar{}, false
	}
	sep := c.at(i + 1)
	if i+4 >= len(c.tokens) || sep.Kind != Mark || c.at(i+3).Text != sep.Text || c.at(i+2).Kind != Number || c.at(i+4).Kind != Number ||
		!c.attached(i+1) || !c.attached(i+2) || !c.attached(i+3) || !c.attached(i+4) {
		return Calendar{}, false
	}
	a, b, e := c.at(i).Text, c.at(i+2).Text, c.at(i+4).Text
	out := Calendar{Kind: CalendarDate, N: 5}
	if y, ok := plainInt(a, 4, 4); ok && (sep.Norm == "-" || sep.Text == "/") {
		m, ok1 := plainInt(b, 1, 2)
		d, ok2 := plainInt(e, 1, 2)
		out.Year, out.Month, out.Day, out.LastDay = y, m, d, d
		return out, ok1 && ok2 && validDay(m, d)
	}
	d, ok1 := plainInt(a, 1, 2)
	m, ok2 := plainInt(b, 1, 2)
	y, ok3 := plainInt(e, 4, 4)
	if !ok1 || !ok2 || !ok3 || sep.Text != "/" && sep.Norm != "-" {
		return Calendar{}, false
	}
	out.Year = y
	switch {
	case d == m && validDay(m, d), validDay(m, d) && !validDay(d, m):
		out.Month, out.Day, out.LastDay = m, d, d
	case validDay(d, m) && !validDay(m, d):
		out.Month, out.Day, out.LastDay = d, m, m
	case !validDay(m, d):
		return Calendar{}, false
	}
	return out, true
}

func validDay(month, day int) bool { return month >= 1 && month <= 12 && day >= 1 && day <= 31 }
