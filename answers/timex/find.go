package timex

import (
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

var noToken = english.Token{Form: &english.Form{Kind: english.Mark}}

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
	if t := &f.tok[i]; t.Kind == english.Mark || t.Kind == english.Word && t.Class&(english.Month|english.Weekday|english.NumberWord) == 0 && words.Of(t.Norm) == 0 {
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
	if t.Is(english.NumberWord) {
		if it, ok := f.calendar(i); ok && it.calendar.Kind == english.CalendarClock {
			return it, true
		}
	}
	w := words.Of(t.Norm)
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
