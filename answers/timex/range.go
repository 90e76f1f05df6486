package timex

import (
	"strconv"
	"time"

	"sourceline/answers/english"
)

// rangeFrom reads on from it over "to", "until", "-" or, after "between",
// "and" to a second time.
func (f *finder) rangeFrom(it item) item {
	between := f.at(it.start-1).Norm == "between" && it.start-1 >= f.floor
	j, link := f.rangeLink(it, between)
	if link == "-" || link == "/" {
		if short, ok := f.shortYear(it, j); ok {
			return short
		}
	}
	if j == 0 || link == "/" {
		return it
	}
	last, ok := f.single(j)
	if !ok && link == "-" && j == it.end+1 {
		last, ok = f.plainYear(it, j)
	}
	if !ok || !rangeable(it, last) {
		return it
	}
	f.shareYear(&it, last)
	if before := f.at(j - 1); before.Kind == english.Word {
		last = narrow(last, before.Norm, "")
	}
	if !it.from.IsZero() && !last.to.IsZero() && !last.to.After(it.from) {
		return it
	}
	it.end, it.to, it.isRange, it.relative = last.end, last.to, true, it.relative || last.relative
	if it.from.IsZero() || it.to.IsZero() {
		it.from, it.to = time.Time{}, time.Time{}
	}
	if between && link == "and" {
		it.start--
	}
	return it
}

// rangeLink is the place of the second time after what joins it to the first,
// and the joining word; 0 where nothing does.
func (f *finder) rangeLink(it item, between bool) (int, string) {
	link := f.at(it.end)
	switch {
	case dash(link) && link.Text != "—", link.Text == "/" && it.grain == Year && f.attached(it.end):
	case link.Norm == "to", link.Norm == "until", link.Norm == "till", link.Norm == "through":
	case link.Norm == "and" && (between || it.grain == Decade): // "the 1730s and 1740s"
	default:
		return 0, ""
	}
	j := it.end + 1
	if f.at(j).Norm == "to" { // "through to"
		j++
	}
	for rangeFiller[f.at(j).Norm] || dash(f.at(j)) && f.at(j-1).Norm == "mid" {
		j++
	}
	return j, link.Norm
}

// rangeFiller are the words that may stand before the last end of a range.
var rangeFiller = map[string]bool{"the": true, "about": true, "around": true, "late": true, "early": true, "mid": true, "at": true, "after": true}

// rangeable reports whether two times can be the ends of one range: "Monday
// to 2019" is none.
func rangeable(a, b item) bool {
	if b.isRange || a.grain == Vague || b.grain == Vague {
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
	if it.calendar.Kind != english.CalendarYear || it.isRange || t.Kind != english.Number || len(t.Text) > 2 || !f.attached(j) || it.calendar.N != 1 || f.attached(j+1) && f.at(j+1).Kind != english.Mark {
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
	if t.Kind != english.Number || it.calendar.N > 1 || len(t.Text) != len(f.at(it.end-1).Text) || f.attached(j+1) && f.at(j+1).Kind == english.Word {
		return item{}, false
	}
	y, err := strconv.Atoi(t.Text)
	return f.ofCalendar(english.Calendar{Kind: english.CalendarYear, N: 1, Year: y}, j), err == nil && y > it.calendar.Year && f.attached(j) && f.attached(j-1)
}
