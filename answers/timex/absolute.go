package timex

import (
	"time"

	"sourceline/answers/english"
)

// futureReach is how many days ahead of the article a date without a year may
// lie before it is taken for one of the past year.
const futureReach = 60

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

// day is the UTC midnight of the day of t; zero for a zero t.
func day(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := t.Date()
	return date(y, int(m), d)
}

func monthOf(year, month int) (from, to time.Time) {
	return date(year, month, 1), date(year, month+1, 1)
}

// calendar reads the calendar expression at i.
func (f *finder) calendar(i int) (item, bool) {
	c, ok := english.CalendarAt(f.tok, i)
	if !ok {
		return item{}, false
	}
	if w := f.at(i + c.N).Norm; c.Kind == english.CalendarDate && c.Year == 0 && (w == "this" || w == "last" || w == "next") && f.at(i+c.N+1).Norm == "year" {
		c.N += 2 // "20 March this year"
		if !f.anchor.IsZero() {
			c.Year = f.anchor.Year() + shift(w)
		}
	}
	return f.ofCalendar(c, i), true
}

// ofCalendar is the time that a calendar expression at i means.
func (f *finder) ofCalendar(c english.Calendar, i int) item {
	it := item{start: i, end: i + c.N, calendar: c}
	year := c.Year
	if year < 0 {
		year++ // there is no year 0: 1 BC is 0 to a computer
	}
	switch c.Kind {
	case english.CalendarDate:
		f.setDate(&it, c)
	case english.CalendarMonth:
		it.grain = Month
		it.from, it.to = monthOf(year, c.Month)
	case english.CalendarYear:
		it.grain, it.from, it.to = Year, date(year, 1, 1), date(year+1, 1, 1)
	case english.CalendarDecade:
		it.grain, it.from, it.to = Decade, date(year, 1, 1), date(year+10, 1, 1)
		if year%100 == 0 && year < 2000 { // "the 1800s"
			it.grain, it.to = Century, date(year+100, 1, 1)
		}
	case english.CalendarCentury:
		it.grain, it.isRange = Century, c.LastCentury != c.Year
		if c.Year < 0 {
			it.from, it.to = date(c.Year*100+1, 1, 1), date(c.LastCentury*100+101, 1, 1)
			break
		}
		it.from, it.to = date((c.Year-1)*100+1, 1, 1), date(c.LastCentury*100+1, 1, 1)
	case english.CalendarClock:
		it.grain = Minute
	}
	return it
}

// setDate sets the days of a date, its year inferred from the article's date
// where it has none.
func (f *finder) setDate(it *item, c english.Calendar) {
	it.grain = Day
	if c.Month == 0 {
		return
	}
	it.isRange = c.LastDay > c.Day
	year := c.Year
	if year == 0 {
		if f.anchor.IsZero() {
			return
		}
		year = f.nearYear(it.start, func(y int) time.Time { return date(y, c.Month, c.Day) })
	}
	it.from = date(year, c.Month, c.Day)
	it.to = date(year, c.Month, max(c.LastDay, c.Day)+1)
	if int(it.from.Month()) != c.Month { // 31 February
		it.from, it.to = time.Time{}, time.Time{}
	}
}

// nearYear is the year of a day that is written without one: the last one
// before the article, or the next where it lies close ahead or the sentence
// looks ahead.
func (f *finder) nearYear(i int, of func(year int) time.Time) int {
	y := f.anchor.Year()
	for d := 1; d >= -1; d-- {
		ahead := of(y + d).Sub(f.anchor)
		if ahead <= 0 || ahead <= futureReach*24*time.Hour || d <= 0 && f.future(i) {
			if d < 0 || ahead > 0 || !f.future(i) || ahead == 0 {
				return y + d
			}
			return y + d + 1
		}
	}
	return y - 1
}

// month reads a month without day or year: "March", "last March", "March last
// year".
func (f *finder) month(i int) (item, bool) {
	t := f.at(i)
	m := english.MonthNumber(t.Norm)
	if m == 0 || !f.isMonth(i) {
		return item{}, false
	}
	it := item{start: i, end: i + 1, grain: Month}
	if f.at(it.end).Text == "." && len(t.Norm) <= 4 && t.Norm != "may" && t.Norm != "june" && t.Norm != "july" && it.end+1 < len(f.tok) {
		it.end++
	}
	if p := f.at(it.end).Norm; (p == "last" || p == "this" || p == "next") && f.at(it.end+1).Norm == "year" {
		it.end += 2
		it.relative = true
		if !f.anchor.IsZero() {
			it.from, it.to = monthOf(f.anchor.Year()+shift(p), m)
		}
		return it, true
	}
	before := f.at(i - 1).Norm
	pointed := i-1 >= f.floor && (before == "last" || before == "this" || before == "next")
	if pointed {
		it.start, it.relative = i-1, true
	}
	if f.anchor.IsZero() {
		return it, true
	}
	y, now := f.anchor.Year(), int(f.anchor.Month())
	switch {
	case before == "this":
	case before == "next" || f.future(i) && before != "last":
		if m < now || m == now && before == "next" {
			y++
		}
	case m > now || m == now && before == "last":
		y--
	}
	it.from, it.to = monthOf(y, m)
	return it, true
}

// isMonth reports whether the word at i is a month and not "may", "march" or
// a name.
func (f *finder) isMonth(i int) bool {
	if f.alone {
		return true
	}
	t, prev, next := f.at(i), f.at(i-1), f.at(i+1)
	full := len(t.Norm) > 4 || t.Norm == "june" || t.Norm == "july"
	cued := false
	switch prev.Norm {
	case "in", "since", "until", "till", "of", "by", "from", "during", "between", "last", "next", "this", "early", "late", "mid", "to", "through", "before", "after", "and", "every", "each", "-":
		cued = true
	}
	switch t.Norm {
	case "may", "march", "mar", "august", "dec":
		if t.Case == english.Lower || prev.Norm == "the" || prev.Norm == "to" && t.Norm != "august" || prev.Norm == "of" && t.Norm == "may" && next.Is(english.Auxiliary) {
			return false
		}
		if t.Norm == "may" || t.Norm == "march" {
			return cued && (prev.Norm != "and" && prev.Norm != "-" || f.at(i-2).Is(english.Month)) && (t.Case == english.Title || prev.Norm != "after" && prev.Norm != "of")
		}
		return cued || full
	}
	if !full {
		return cued && t.Case != english.Lower
	}
	if next.Case == english.Title && next.Kind == english.Word && !next.FunctionWord() && !cued && t.Case == english.Title { // a first name: "April Jones"
		return false
	}
	return t.Case != english.Lower || cued
}

// shift is -1 for "last", 1 for "next", 0 for "this" and their like.
func shift(pointer string) int {
	switch pointer {
	case "last", "past", "previous", "preceding":
		return -1
	case "next", "coming", "following", "upcoming":
		return 1
	}
	return 0
}
