package timex

import (
	"strconv"
	"time"

	"sourceline/answers/english"
)

// A finder reads the times of one sentence from left to right.
type finder struct {
	text   string
	tok    []english.Token
	anchor time.Time
	floor  int // the first token that no time has taken yet
	out    []Time
}

// An item is a time in tokens.
type item struct {
	start, end int
	grain      Grain
	from, to   time.Time
	relative   bool
	isRange    bool
	calendar   english.Calendar // of what is written as one; Kind 0 otherwise
}

var noToken = english.Token{Kind: english.Mark}

// at is the token at i, or a mark without text beyond the ends.
func (f *finder) at(i int) *english.Token {
	if i < 0 || i >= len(f.tok) {
		return &noToken
	}
	return &f.tok[i]
}

func (f *finder) attached(i int) bool { return i > 0 && i < len(f.tok) && !f.tok[i].Space }

func dash(t *english.Token) bool { return t.Kind == english.Mark && t.Norm == "-" }

// step reads the time that begins at token i, if one does, and returns the
// token to go on with.
func (f *finder) step(i int) int {
	it, ok := f.single(i)
	if !ok {
		return i + 1
	}
	it = f.rangeFrom(it)
	it = f.narrowed(it)
	f.emit(it)
	return f.floor
}

func (f *finder) emit(it item) {
	f.out = append(f.out, f.time(it))
	f.floor = it.end
}

// single reads one time at i, without what may stand before it ("late") or
// follow it ("to 2019").
func (f *finder) single(i int) (item, bool) {
	t := f.at(i)
	switch t.Kind {
	case english.Number:
		return f.calendar(i)
	case english.Mark:
		return item{}, false
	}
	w := words[t.Norm]
	if t.Is(english.Month) {
		if it, ok := f.calendar(i); ok {
			return it, true
		}
		return f.month(i)
	}
	if t.Is(english.Weekday) {
		return f.weekdayItem(i)
	}
	switch w {
	case dayWord:
		return f.dayWord(i)
	case pointer:
		return f.pointed(i)
	case agoWord:
		return f.ago(i)
	case vagueWord:
		return f.vague(i)
	case seasonWord:
		return f.season(i)
	case partOfDay:
		return f.partOfDay(i)
	case holidayWord:
		return f.holiday(i)
	case ordinalWord, eraWord:
		return f.calendar(i)
	}
	return item{}, false
}

// rangeFrom reads on from it over "to", "until", "-" or, after "between",
// "and" to a second time.
func (f *finder) rangeFrom(it item) item {
	j := it.end
	link := f.at(j)
	between := f.at(it.start-1).Norm == "between" && it.start-1 >= f.floor
	switch {
	case dash(link) && link.Text != "—", link.Text == "/" && it.grain == Year && f.attached(j):
		if short, ok := f.shortYear(it, j+1); ok {
			return short
		}
		if link.Text == "/" {
			return it
		}
	case link.Norm == "to", link.Norm == "until", link.Norm == "till", link.Norm == "through":
	case link.Norm == "and" && (between || it.grain == Decade): // "the 1730s and 1740s"
	default:
		return it
	}
	j++
	if f.at(j).Norm == "to" { // "through to"
		j++
	}
	for rangeFiller[f.at(j).Norm] || dash(f.at(j)) && f.at(j-1).Norm == "mid" {
		j++
	}
	last, ok := f.single(j)
	if !ok && it.calendar.Kind == english.CalendarYear {
		last, ok = f.plainYear(it, j)
	}
	if !ok || !rangeable(it, last) {
		return it
	}
	f.shareYear(&it, last)
	if !it.from.IsZero() && !last.to.IsZero() && !last.to.After(it.from) {
		return it
	}
	if it.grain == Vague || last.grain == Vague {
		return it
	}
	it.end, it.to, it.isRange, it.relative = last.end, last.to, true, it.relative || last.relative
	if it.from.IsZero() || it.to.IsZero() {
		it.from, it.to = time.Time{}, time.Time{}
	}
	if between && link.Norm == "and" {
		it.start--
	}
	return it
}

// rangeFiller are the words that may stand before the last end of a range.
var rangeFiller = map[string]bool{"the": true, "about": true, "around": true, "late": true, "early": true, "mid": true, "at": true, "after": true}

// rangeable reports whether two times can be the ends of one range: "Monday
// to 2019" is none.
func rangeable(a, b item) bool {
	if b.isRange {
		return false
	}
	return a.grain == b.grain || fine(a.grain) == fine(b.grain)
}

// fine orders grains into those of the clock, of days and months, of years.
func fine(g Grain) int {
	switch g {
	case Minute:
		return 0
	case Day, Week, Month, Season:
		return 1
	case Year, Decade, Century:
		return 2
	}
	return 3
}

// shareYear gives the first end the year of the last: "April to June 2019".
func (f *finder) shareYear(it *item, last item) {
	if last.calendar.Year == 0 || it.calendar.Year != 0 || fine(it.grain) != 1 {
		return
	}
	c := it.calendar
	switch {
	case it.grain == Month:
		it.from, _ = monthOf(last.calendar.Year, int(it.from.Month()))
		if it.from.IsZero() {
			it.from, _ = monthOf(last.calendar.Year, english.MonthNumber(f.at(it.start).Norm))
		}
	case c.Kind == english.CalendarDate && c.Month > 0:
		it.from = date(last.calendar.Year, c.Month, c.Day)
	}
	if it.from.After(last.from) {
		it.from = it.from.AddDate(-1, 0, 0)
	}
}

// shortYear reads the "90" of "1989-90" at j.
func (f *finder) shortYear(it item, j int) (item, bool) {
	t := f.at(j)
	if it.calendar.Kind != english.CalendarYear || it.isRange || t.Kind != english.Number || len(t.Text) > 2 || !f.attached(j) || it.end-it.start != 1 || f.attached(j+1) && f.at(j+1).Kind != english.Mark {
		return it, false
	}
	first := it.calendar.Year
	short, err := strconv.Atoi(t.Text)
	place := 10
	if len(t.Text) == 2 {
		place = 100
	}
	last := first - first%place + short
	if err != nil || last <= first {
		return it, false
	}
	it.end, it.to, it.isRange = j+1, date(last+1, 1, 1), true
	return it, true
}

// plainYear reads the second year of "609-610" at j, which its looks alone
// do not make a year.
func (f *finder) plainYear(it item, j int) (item, bool) {
	t := f.at(j)
	if t.Kind != english.Number || len(t.Text) != len(f.at(it.end-1).Text) || f.attached(j+1) && f.at(j+1).Kind == english.Word {
		return item{}, false
	}
	y, err := strconv.Atoi(t.Text)
	return f.ofCalendar(english.Calendar{Kind: english.CalendarYear, N: 1, Year: y}, j), err == nil && y > it.calendar.Year
}

// narrowed takes what narrows a time before it: "late", "mid-", "the end of",
// "first half of", "earlier".
func (f *finder) narrowed(it item) item {
	j := it.start - 1
	if j >= f.floor && f.at(j).Norm == "the" {
		j--
	}
	if j >= f.floor && f.at(j).Norm == "of" {
		k := j - 1
		switch f.at(k).Norm {
		case "end", "beginning", "start", "middle", "close", "turn", "outbreak":
			if k >= f.floor && f.at(k).Norm != "outbreak" {
				return f.third(it, k, f.at(k).Norm)
			}
		case "half", "quarter", "third", "decade", "decades", "years", "months", "part", "weeks", "days":
			if k-1 >= f.floor && (f.at(k-1).Is(english.Ordinal) || f.at(k-1).Norm == "latter" || f.at(k-1).Norm == "early" || f.at(k-1).Norm == "later") {
				return f.third(it, k-1, f.at(k-1).Norm)
			}
		}
		return it
	}
	j = it.start - 1
	if j >= f.floor && dash(f.at(j)) && f.attached(it.start) {
		j--
	}
	if j < f.floor {
		return it
	}
	switch w := f.at(j).Norm; w {
	case "early", "late", "mid":
		return f.third(it, j, w)
	case "earlier", "later":
		if j == it.start-1 && (it.grain == Day || it.grain == Week || it.grain == Month || it.grain == Year) && it.relative {
			it.start = j
		}
	}
	return it
}

// third narrows a time of a month and more to the part that the word names.
func (f *finder) third(it item, start int, word string) item {
	it.start = start
	if it.from.IsZero() || fine(it.grain) == 0 || it.grain == Day {
		return it
	}
	length := it.to.Sub(it.from) / (24 * time.Hour)
	cut := func(share, of int) time.Time { return it.from.AddDate(0, 0, int(length)*share/of) }
	switch word {
	case "early", "beginning", "start", "turn":
		it.to = cut(1, 3)
	case "mid", "middle":
		it.from, it.to = cut(1, 3), cut(2, 3)
	case "late", "end", "close":
		it.from = cut(2, 3)
	case "first":
		it.to = cut(1, 2)
	case "second", "latter", "last":
		it.from = cut(1, 2)
	}
	return it
}
