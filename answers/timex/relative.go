package timex

import (
	"time"
	"unicode"
	"unicode/utf8"

	"sourceline/answers/english"
	"sourceline/answers/quantity"
)

// A wordKind is what a word of times does.
type wordKind uint8

const (
	dayWord     wordKind = iota + 1 // yesterday, today
	pointer                         // last, this, next
	agoWord                         // ago
	vagueWord                       // soon, recently
	seasonWord                      // summer
	partOfDay                       // morning, noon
	holidayWord                     // Christmas
	ordinalWord                     // nineteenth
	eraWord                         // AD
)

var words = english.NewTable(map[string]wordKind{
	"yesterday": dayWord, "today": dayWord, "tomorrow": dayWord, "tonight": dayWord,
	"last": pointer, "this": pointer, "next": pointer, "past": pointer, "previous": pointer, "coming": pointer, "current": pointer, "upcoming": pointer, "same": pointer,
	"ago": agoWord, "soon": vagueWord, "recently": vagueWord, "shortly": vagueWord, "lately": vagueWord, "recent": vagueWord, "coming-days": vagueWord,
	"later": vagueWord, "nowadays": vagueWord, "overnight": vagueWord, "eventually": vagueWord,
	"spring": seasonWord, "summer": seasonWord, "autumn": seasonWord, "fall": seasonWord, "winter": seasonWord,
	"morning": partOfDay, "afternoon": partOfDay, "evening": partOfDay, "night": partOfDay, "noon": partOfDay, "midnight": partOfDay, "midday": partOfDay,
	"dawn": partOfDay, "dusk": partOfDay, "daybreak": partOfDay, "nightfall": partOfDay, "weekend": partOfDay,
	"christmas": holidayWord, "easter": holidayWord, "thanksgiving": holidayWord, "halloween": holidayWord, "ramadan": holidayWord, "new": holidayWord,
	"independence": holidayWord, "labor": holidayWord, "labour": holidayWord, "memorial": holidayWord, "boxing": holidayWord, "valentine": holidayWord, "veterans": holidayWord,
	"ad": eraWord, "a.d.": eraWord, "a.d": eraWord,
	"first": ordinalWord, "second": ordinalWord, "third": ordinalWord, "fourth": ordinalWord, "fifth": ordinalWord, "sixth": ordinalWord,
	"seventh": ordinalWord, "eighth": ordinalWord, "ninth": ordinalWord, "tenth": ordinalWord, "eleventh": ordinalWord, "twelfth": ordinalWord,
	"thirteenth": ordinalWord, "fourteenth": ordinalWord, "fifteenth": ordinalWord, "sixteenth": ordinalWord, "seventeenth": ordinalWord,
	"eighteenth": ordinalWord, "nineteenth": ordinalWord, "twentieth": ordinalWord, "thirtieth": ordinalWord, "twenty": ordinalWord,
})

var weekdays = map[string]int{
	"monday": 1, "mon": 1, "tuesday": 2, "tue": 2, "tues": 2, "wednesday": 3, "wed": 3, "thursday": 4, "thu": 4, "thur": 4, "thurs": 4,
	"friday": 5, "fri": 5, "saturday": 6, "sat": 6, "sunday": 7, "sun": 7,
}

// weekdayOf is the day of the week of t, Monday 1 to Sunday 7.
func weekdayOf(t time.Time) int {
	if d := int(t.Weekday()); d > 0 {
		return d
	}
	return 7
}

// setDays sets the days of a time relative to the article's: from the day
// that lies offset days off, n days long.
func (f *finder) setDays(it *item, offset, n int) {
	it.relative = true
	if !f.anchor.IsZero() {
		it.from, it.to = f.anchor.AddDate(0, 0, offset), f.anchor.AddDate(0, 0, offset+n)
	}
}

// weekdayItem reads "Monday", "last Monday", "Sunday evening", "Monday, Jan.
// 10".
func (f *finder) weekdayItem(i int) (item, bool) {
	t := f.at(i)
	short := len(t.Norm) <= 5
	if short && (t.Case == english.Lower || f.at(i+1).Text != "." && f.at(i+1).Text != "," && f.at(i-1).Norm != "on") {
		return item{}, false
	}
	it := item{start: i, end: i + 1, grain: Day, relative: true}
	if short && f.at(i+1).Text == "." {
		it.end++
	}
	it.end = f.partAfter(it.end)
	if c, ok := f.dateAfter(it.end); ok {
		c.start = i
		return c, true
	}
	p := f.at(i - 1).Norm
	if i-1 < f.floor || p != "last" && p != "next" && p != "this" {
		p = ""
	} else {
		it.start = i - 1
	}
	if !f.anchor.IsZero() {
		f.setDays(&it, f.daysTo(weekdays[t.Norm], p, i), 1)
	}
	return it, true
}

// daysTo is how many days the weekday at i lies from the article's date:
// behind it or on it, unless its pointer or its sentence says otherwise.
func (f *finder) daysTo(weekday int, pointer string, i int) int {
	days := weekday - weekdayOf(f.anchor) // in the week of the article
	switch {
	case pointer == "this":
	case pointer == "next":
		if days <= 0 {
			days += 7
		}
	case pointer == "last":
		if days >= 0 {
			days -= 7
		}
	case f.future(i):
		if days < 0 {
			days += 7
		}
	case days > 0:
		days -= 7
	}
	return days
}

// dateAfter reads the date after a weekday at i: ", Jan. 10", "10 January".
func (f *finder) dateAfter(i int) (item, bool) {
	if f.at(i).Text == "," {
		i++
	}
	if f.at(i).Norm == "the" {
		i++
	}
	if it, ok := f.calendar(i); ok && it.calendar.Kind == english.CalendarDate {
		return it, true
	}
	return item{}, false
}

// partAfter is the place after a part of the day at i, or i.
func (f *finder) partAfter(i int) int {
	switch f.at(i).Norm {
	case "morning", "afternoon", "evening", "night", "mornings", "evenings", "nights":
		return i + 1
	}
	return i
}

// dayWord reads "yesterday", "this morning" is read by pointed.
func (f *finder) dayWord(i int) (item, bool) {
	it := item{start: i, end: f.partAfter(i + 1), grain: Day}
	offset := 0
	switch f.at(i).Norm {
	case "yesterday":
		offset = -1
	case "tomorrow":
		offset = 1
	}
	f.setDays(&it, offset, 1)
	return it, true
}

// pointed reads "last week", "this year", "next month", "last night".
func (f *finder) pointed(i int) (item, bool) {
	p, unit := f.at(i).Norm, f.at(i+1)
	switch {
	case p == "past" && !f.alone && f.at(i-1).Norm != "the" && f.at(i-1).Norm != "this":
		return item{}, false
	case unit.Is(english.Month) || unit.Is(english.Weekday):
		if p != "last" && p != "this" && p != "next" {
			return item{}, false
		}
		return f.single(i + 1)
	case words.Of(unit.Norm) == seasonWord:
		return f.season(i + 1)
	}
	it := item{start: i, end: i + 2, relative: true, grain: unitGrains[unit.Norm]}
	switch {
	case it.grain == "", unit.Norm == "day" && p != "same" && p != "previous":
		return item{}, false
	case p == "same" || p == "previous": // counted from another event
		it.grain, it.relative = Vague, false
		return it, true
	}
	if !f.anchor.IsZero() {
		f.setPointed(&it, unit.Norm, shift(p))
	}
	return it, true
}

// unitGrains are the units that "last" and "next" point at.
var unitGrains = map[string]Grain{
	"day": Day, "night": Day, "morning": Day, "afternoon": Day, "evening": Day, "weekend": Day, "week": Week,
	"month": Month, "year": Year, "season": Year, "decade": Decade, "century": Century,
}

// setPointed sets the days of the unit that lies n units after the one of the
// article's date.
func (f *finder) setPointed(it *item, unit string, n int) {
	y, m, wd := f.anchor.Year(), int(f.anchor.Month()), weekdayOf(f.anchor)
	switch unit {
	case "week":
		f.setDays(it, 7*n+1-wd, 7)
	case "weekend":
		f.setDays(it, 7*n+6-wd, 2)
	case "month":
		it.from, it.to = monthOf(y, m+n)
	case "year", "season":
		it.from, it.to = date(y+n, 1, 1), date(y+n+1, 1, 1)
	case "decade":
		first := y - y%10 + 10*n
		it.from, it.to = date(first, 1, 1), date(first+10, 1, 1)
	case "century":
		first := (y-1)/100*100 + 1 + 100*n
		it.from, it.to = date(first, 1, 1), date(first+100, 1, 1)
	default:
		f.setDays(it, n, 1)
	}
}

// orNow keeps arithmetic on weekdays away from a zero anchor.
func orNow(t time.Time) time.Time {
	if t.IsZero() {
		return date(2000, 1, 3)
	}
	return t
}

// agoReach is the most tokens that the duration before "ago" may have.
const agoReach = 8

// ago reads back from "ago" at i: "30 years ago", "more than a week ago".
func (f *finder) ago(i int) (item, bool) {
	for j := max(f.floor, i-agoReach); j < i; j++ {
		t := f.at(j)
		if t.Kind == english.Mark {
			continue
		}
		q, ok := f.duration(j, i)
		if !ok {
			continue
		}
		it := item{start: j, end: i + 1, relative: true}
		f.setAgo(&it, q)
		return it, true
	}
	if p := f.at(i - 1); p.Norm == "long" && i-1 >= f.floor {
		return item{start: i - 1, end: i + 1, grain: Vague}, true
	}
	return item{}, false
}

// duration reads tokens[i:end] as one duration: "30 years", "a week".
func (f *finder) duration(i, end int) (quantity.Quantity, bool) {
	if r, _ := utf8.DecodeRuneInString(f.at(i - 1).Text); f.attached(i) && unicode.Is(unicode.Sc, r) { // "$10"
		return quantity.Quantity{}, false
	}
	if a := f.at(i).Norm; (a == "a" || a == "an") && end == i+2 {
		q, ok := quantity.Parse("one " + f.at(i+1).Text)
		return q, ok && q.Unit.Kind == quantity.Duration
	}
	if !f.at(i).Is(english.NumberWord|english.Hedge) && f.at(i).Kind != english.Number && f.at(i).Norm != "a" {
		return quantity.Quantity{}, false
	}
	q, ok := quantity.Parse(f.text[f.tok[i].Start:f.tok[end-1].End])
	return q, ok && q.Unit.Kind == quantity.Duration
}

// setAgo sets the days of a duration before the article's date, as coarse as
// its unit.
func (f *finder) setAgo(it *item, q quantity.Quantity) {
	a, n := f.anchor, int(q.Low)
	it.grain = map[string]Grain{"century": Century, "decade": Decade, "year": Year, "month": Month, "week": Week, "fortnight": Week, "day": Day}[q.Unit.Name]
	if it.grain == "" {
		it.grain = Day // hours and minutes ago
	}
	if q.Vague || n > 10000 {
		it.grain = Vague
		return
	}
	if a.IsZero() {
		return
	}
	switch q.Unit.Name {
	case "century", "decade", "year":
		years := map[string]int{"century": 100, "decade": 10, "year": 1}[q.Unit.Name]
		y := a.Year() - n*years
		it.from, it.to = date(y, 1, 1), date(y+1, 1, 1)
	case "month":
		it.from, it.to = monthOf(a.Year(), int(a.Month())-n)
	case "week", "fortnight":
		weeks := n
		if q.Unit.Name == "fortnight" {
			weeks = 2 * n
		}
		f.setDays(it, -7*weeks+1-weekdayOf(a), 7)
	case "day":
		f.setDays(it, -n, 1)
	default:
		f.setDays(it, 0, 1)
	}
}

// futureBack and futureAhead are how many words before a day its verb may
// stand, and after one that begins its clause.
const (
	futureBack  = 24
	futureAhead = 10
)

// future reports whether the clause of token i looks ahead: "will", "due",
// "scheduled".
func (f *finder) future(i int) bool {
	for j := i - 1; j >= 0 && j >= i-futureBack; j-- {
		t := f.at(j)
		if t.Kind == english.Mark {
			if t.Text == "," || t.Text == ";" || t.Text == ":" || t.Text == "." || t.Text == "—" || t.Text == "”" || t.Text == "\"" {
				break
			}
			continue
		}
		switch ahead(t) {
		case 1:
			return true
		case -1:
			return false
		}
	}
	p := i - 1
	if f.at(p).Norm == "on" || f.at(p).Norm == "in" || f.at(p).Norm == "next" {
		p--
	}
	if p >= 0 && f.at(p).Kind != english.Mark {
		return false
	}
	for j := i + 1; j < len(f.tok) && j <= i+futureAhead; j++ {
		switch ahead(f.at(j)) {
		case 1:
			return true
		case -1:
			return false
		}
	}
	return false
}

// ahead is 1 for a word that looks ahead, -1 for one that looks back.
func ahead(t *english.Token) int {
	switch t.Norm {
	case "will", "'ll", "shall", "due", "scheduled", "planned", "plans", "expected", "upcoming", "would", "set", "slated", "intends", "tomorrow":
		return 1
	case "was", "were", "had", "did", "has", "have", "been", "became", "began", "came", "took", "went", "sent":
		return -1
	}
	if t.Is(english.Reporting) && len(t.Norm) > 3 && t.Norm[len(t.Norm)-2:] == "ed" || t.Norm == "said" || t.Norm == "told" {
		return -1
	}
	return 0
}
