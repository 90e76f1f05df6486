package english

import (
	"strconv"
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
	case t.Is(NumberWord):
		return c.wordClock(i)
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

var noToken = Token{Form: &Form{Kind: Mark}}

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
