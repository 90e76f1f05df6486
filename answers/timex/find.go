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
	alone  bool // the text is one time and nothing else: a month's name needs no "in"
	floor  int  // the first token that no time has taken yet
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

// find reads all times.
func (f *finder) find() []Time {
	for i := 0; i < len(f.tok); {
		i = f.step(i)
	}
	return f.out
}

// step reads the time that begins at token i, if one does, and returns the
// token to go on with.
func (f *finder) step(i int) int {
	if t := &f.tok[i]; t.Kind == english.Mark || t.Kind == english.Word && t.Class&(english.Month|english.Weekday) == 0 && words[t.Norm] == 0 {
		return i + 1 // most tokens
	}
	it, ok := f.single(i)
	if !ok {
		return i + 1
	}
	it = f.rangeFrom(f.narrowed(it))
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
	if !ok && it.calendar.Kind == english.CalendarYear && dash(link) && j == it.end+1 {
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

// narrowed takes what narrows a time before it: "late", "mid-", "the end of",
// "first half of", "earlier".
func (f *finder) narrowed(it item) item {
	j := it.start - 1
	if j >= f.floor && f.at(j).Norm == "the" {
		j--
	}
	if j >= f.floor && f.at(j).Norm == "of" {
		return f.partOf(it, j-1)
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
		it = narrow(it, w, "")
		it.start = j
	case "earlier", "later":
		if j == it.start-1 && it.relative && fine(it.grain) > 0 {
			it.start = j
		}
	}
	return it
}

// partOf takes "the end" or "first half" before "of" where the word at k ends
// it.
func (f *finder) partOf(it item, k int) item {
	w := f.at(k).Norm
	switch w {
	case "end", "beginning", "start", "middle", "close", "turn":
		if k >= f.floor {
			it = narrow(it, w, "")
			it.start = k
		}
	case "half", "quarter", "third", "decade", "decades", "years", "months", "part", "weeks", "days":
		ordinal := f.at(k - 1)
		if k-1 >= f.floor && (ordinal.Is(english.Ordinal) || ordinal.Norm == "latter" || ordinal.Norm == "early" || ordinal.Norm == "later") {
			it = narrow(it, ordinal.Norm, w)
			it.start = k - 1
		}
	}
	return it
}

// fractionsOf are the parts into which a noun cuts a time; any other cuts it
// into three.
var fractionsOf = map[string]int{"half": 2, "third": 3, "quarter": 4, "decade": 10}

// narrow cuts a time of a month and more down to the part that a word names:
// "late", "end", "first" of "first half". Of a range only its first end is
// cut.
func narrow(it item, word, noun string) item {
	if it.from.IsZero() || fine(it.grain) == 0 || it.grain == Day {
		return it
	}
	of := fractionsOf[noun]
	if of == 0 {
		of = 3
	}
	var n int
	switch word {
	case "early", "beginning", "start", "turn", "first":
	case "mid", "middle", "second":
		n = 1
	case "third":
		n = 2
	case "fourth":
		n = 3
	case "late", "end", "close", "latter", "last", "later":
		n = of - 1
	default:
		return it
	}
	from, to := it.from, it.to
	if it.isRange { // "late 19th and early 20th centuries"
		to = from.AddDate(map[Grain]int{Century: 100, Decade: 10, Year: 1}[it.grain], 0, 0)
	}
	days := int(to.Sub(from) / (24 * time.Hour))
	cut := func(share int) time.Time { return from.AddDate(0, 0, days*share/of) }
	if n >= of || days == 0 {
		return it
	}
	if n > 0 {
		it.from = cut(n)
	}
	if n < of-1 && !it.isRange {
		it.to = cut(n + 1)
	}
	return it
}
