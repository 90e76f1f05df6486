package english

import (
	"strconv"
	"strings"
)

// A CalendarKind is what a calendar expression names.
type CalendarKind uint8

// The kinds of a calendar expression.
const (
	CalendarDate    CalendarKind = iota + 1 // "Jan. 2", "3 JAN 90", "2022-01-10"
	CalendarMonth                           // "January 2019", a month and a year
	CalendarYear                            // "1991", "AD 1058", "506 BC"
	CalendarDecade                          // "1990s"
	CalendarCentury                         // "19th century"
	CalendarClock                           // "8 p.m.", "08:00"
)

// A Calendar is a calendar expression with a number in it. What is not said
// is zero; a date whose day and month cannot be told apart ("10/01/2022") has
// a year alone.
type Calendar struct {
	Kind         CalendarKind
	N            int // tokens that it takes
	Year         int // negative before our era; of a century its number, of a decade its first year
	Month, Day   int
	LastDay      int // of "January 5-7"; otherwise Day
	LastCentury  int // of "15th to 19th centuries"; otherwise Year
	Hour, Minute int
}

// CalendarAt reads the calendar expression with a number in it that begins at
// tokens[i]. It looks at the tokens before i too: "2019" is a year after "in",
// and a number after "some". It is what quantities and times agree on: what it
// reads is a time and no quantity.
func CalendarAt(tokens []Token, i int) (Calendar, bool) {
	c := calendarReader{tokens}
	t := c.at(i)
	switch {
	case moneySign(c.at(i - 1)):
		return Calendar{}, false
	case t.Kind == Number:
		for _, read := range [...]func(int) (Calendar, bool){c.numericDate, c.clock, c.century, c.dayMonth, c.decade, c.year} {
			if found, ok := read(i); ok {
				return found, true
			}
		}
	case t.Kind != Word:
		return Calendar{}, false
	case t.Is(Month):
		return c.monthDay(i)
	case t.Is(Ordinal) || ordinalWord(t.Norm) > 0 || t.Norm == "twenty":
		if found, ok := c.century(i); ok {
			return found, true
		}
		return c.dayMonth(i)
	case era(t.Norm) > 0:
		if n := c.at(i + 1); n.Kind == Number {
			if y, ok := plainInt(n.Text, 1, 4); ok && y > 0 {
				return Calendar{Kind: CalendarYear, N: 2, Year: y}, true
			}
		}
	}
	return Calendar{}, false
}

// A calendarReader reads calendar expressions from tokens.
type calendarReader struct{ tokens []Token }

var noToken = Token{Kind: Mark}

// at is the token at i, or a mark without text beyond the ends.
func (c calendarReader) at(i int) *Token {
	if i < 0 || i >= len(c.tokens) {
		return &noToken
	}
	return &c.tokens[i]
}

// plainInt reads digits alone, of a length between lo and hi.
func plainInt(s string, lo, hi int) (int, bool) {
	if len(s) < lo || len(s) > hi {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

func dash(t *Token) bool { return t.Kind == Mark && t.Norm == "-" && t.Text != "—" }

// attached reports whether the token at i stands right after the one before.
func (c calendarReader) attached(i int) bool { return i > 0 && i < len(c.tokens) && !c.tokens[i].Space }

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
	if p := strings.Split(c.at(i).Text, "."); len(p) == 3 {
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

// clock reads "8 p.m.", "8pm", "8:30 p.m.", "08:00", "8 o'clock", "1430 GMT".
func (c calendarReader) clock(i int) (Calendar, bool) {
	out := Calendar{Kind: CalendarClock, N: 1}
	text := c.at(i).Text
	whole, fraction, dotted := strings.Cut(text, ".")
	h, ok := plainInt(whole, 1, 2)
	if !ok {
		h, ok = plainInt(text, 4, 4)
		out.Hour, out.Minute = h/100, h%100
		if !ok || out.Hour > 24 || out.Minute > 59 || !c.zone(i+1) && !c.military(i) {
			return Calendar{}, false
		}
		if c.zone(i + 1) {
			out.N = 2
		}
		return out, true
	}
	out.Hour = h
	if dotted {
		if out.Minute, ok = plainInt(fraction, 2, 2); !ok || out.Minute > 59 {
			return Calendar{}, false
		}
	}
	if c.at(i+1).Text == ":" && c.attached(i+1) && c.attached(i+2) {
		m, ok := plainInt(c.at(i+2).Text, 2, 2)
		if !ok || h > 24 || m > 59 {
			return Calendar{}, false
		}
		out.Minute, out.N = m, 3
		if c.at(i+3).Text == ":" && c.attached(i+3) && c.attached(i+4) && c.at(i+4).Kind == Number {
			out.N = 5
		}
		if k := c.halfDay(i+out.N, &out); k > 0 {
			out.N += k
		} else if c.zone(i + out.N) {
			out.N++
		}
		return out, true
	}
	if k := c.halfDay(i+1, &out); k > 0 && h >= 1 && h <= 12 {
		out.N = 1 + k
		return out, true
	}
	if !dotted && c.at(i+1).Norm == "o'clock" && h <= 12 {
		out.N = 2
		return out, true
	}
	if !dotted && h <= 24 && c.at(i+1).Norm == "gmt" {
		out.N = 2
		return out, true
	}
	return Calendar{}, false
}

// halfDay reads "a.m.", "pm" or "p.m" at i and sets the hour: the tokens
// taken, 0 for none.
func (c calendarReader) halfDay(i int, out *Calendar) int {
	n := 1
	switch t := c.at(i); t.Norm {
	case "am", "a.m.", "a.m":
		if t.Norm == "am" && t.Space && t.Case == Lower && c.at(i-1).Kind != Number {
			return 0
		}
		if out.Hour == 12 {
			out.Hour = 0
		}
	case "pm", "p.m.", "p.m":
		if out.Hour < 12 {
			out.Hour += 12
		}
	default:
		return 0
	}
	return n
}

// military reports whether four digits at i stand where a time of day does:
// "at 1145", "between 0200 and 0300".
func (c calendarReader) military(i int) bool {
	if next := c.at(i + 1); measures(next) || countable(next) || sign(next) || next.Case == Title && next.Kind == Word {
		return false
	}
	switch c.at(i - 1).Norm {
	case "at":
		return true
	case "between", "and", "from", "to", "until", "by", "about", "approximately", "around", "before", "after":
		return c.at(i).Text[0] == '0'
	}
	return false
}

func (c calendarReader) zone(i int) bool {
	switch c.at(i).Norm {
	case "gmt", "utc", "est", "edt", "pst", "cet", "bst", "hrs", "hours":
		return true
	}
	return false
}

// century reads "19th century", "nineteenth-century", "15th and 16th
// centuries", "4th century BC".
func (c calendarReader) century(i int) (Calendar, bool) {
	first, n := c.ordinal(i)
	if first == 0 {
		return Calendar{}, false
	}
	last := first
	for j := i + n; j < i+n+4; j++ { // "15th through to the 19th centuries"
		switch t := c.at(j); {
		case dash(t), t.Norm == "and", t.Norm == "or", t.Norm == "to", t.Norm == "through", t.Norm == "until", t.Norm == "the", t.Norm == "mid", t.Norm == "early", t.Norm == "late":
			continue
		}
		if o, k := c.ordinal(j); o > first && j > i+n {
			last, n = o, j+k-i
		}
		break
	}
	if dash(c.at(i + n)) {
		n++
	}
	switch c.at(i + n).Norm {
	case "century", "centuries", "c":
		if c.at(i+n).Norm == "c" && c.at(i+n).Case != Lower {
			return Calendar{}, false
		}
	default:
		return Calendar{}, false
	}
	n++
	if e := era(c.at(i + n).Norm); e != 0 {
		n++
		if e < 0 {
			first, last = -first, -last
		}
	}
	return Calendar{Kind: CalendarCentury, N: n, Year: first, LastCentury: last}, true
}

// ordinal reads "19th", "nineteenth" or "twenty-first" at i.
func (c calendarReader) ordinal(i int) (value, n int) {
	t := c.at(i)
	if t.Kind == Number {
		if v, ok := plainInt(t.Text, 1, 2); ok && c.attached(i+1) && ordinalSuffix(c.at(i+1).Norm) {
			return v, 2
		}
		return 0, 0
	}
	if t.Norm == "twenty" && dash(c.at(i+1)) {
		if v := ordinalWord(c.at(i + 2).Norm); v > 0 && v < 10 {
			return 20 + v, 3
		}
		return 0, 0
	}
	return ordinalWord(t.Norm), 1
}

var ordinalWords = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
	"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
	"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}

// ordinalWord is the value of an ordinal written as one word, or 0.
func ordinalWord(norm string) int { return ordinalWords[norm] }

// era is 1 for "AD" and its like, -1 for "BC" and its like, 0 for any other
// word.
func era(norm string) int {
	switch norm {
	case "ad", "a.d.", "ce", "c.e.", "a.d":
		return 1
	case "bc", "b.c.", "bce", "b.c.e.", "b.c":
		return -1
	}
	return 0
}

// decade reads "1990s", "1990's", "the '90s".
func (c calendarReader) decade(i int) (Calendar, bool) {
	n := 1
	if q := c.at(i + 1).Norm; (q == "'" || q == "’") && c.attached(i+1) {
		n++
	}
	if !c.attached(i+n) || c.at(i+n).Norm != "s" && c.at(i+1).Norm != "'s" {
		return Calendar{}, false
	}
	if c.at(i+1).Norm == "'s" {
		n = 1
	}
	t := c.at(i)
	y, ok := plainInt(t.Text, 2, 4)
	switch {
	case !ok || y%10 != 0 || len(t.Text) == 3:
		return Calendar{}, false
	case len(t.Text) == 2:
		if prev := c.at(i - 1); prev.Norm != "the" && prev.Norm != "'" && prev.Text != "’" && prev.Text != "‘" {
			return Calendar{}, false
		}
		if y += 1900; y < 1900+20 {
			y += 100
		}
	case y < firstYear || y > lastYear:
		return Calendar{}, false
	}
	return Calendar{Kind: CalendarDecade, N: n + 1, Year: y}, true
}
