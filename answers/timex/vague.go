package timex

import (
	"time"

	"sourceline/answers/english"
)

// vague reads "soon", "recently", "in recent days".
func (f *finder) vague(i int) (item, bool) {
	it := item{start: i, end: i + 1, grain: Vague}
	prev, next := f.at(i-1), f.at(i+1)
	switch f.at(i).Norm {
	case "recent":
		switch next.Norm {
		case "days", "weeks", "months", "years", "decades", "hours", "times", "memory":
			it.end++
			if prev.Norm == "in" && i-1 >= f.floor {
				it.start--
			}
			return it, true
		}
		return it, false
	case "soon", "shortly":
		if prev.Norm == "as" || prev.Norm == "too" || prev.Norm == "how" || next.Norm == "as" {
			return it, false
		}
		if next.Norm == "after" || next.Norm == "before" || next.Norm == "thereafter" && f.at(i).Norm == "shortly" {
			return it, false
		}
	case "later":
		if durations[prev.Lemma] || prev.Norm == "or" || prev.Norm == "sooner" || prev.Norm == "no" || next.Is(english.Determiner) || next.Norm == "than" || !f.adverbial(i) {
			return it, false
		}
	}
	return it, true
}

// durations are the units before "later" and "earlier", which then count from
// another event.
var durations = map[string]bool{"second": true, "minute": true, "hour": true, "day": true, "week": true, "month": true, "year": true, "decade": true, "century": true}

// adverbial reports whether the word at i stands alone at an end of its
// clause or before its verb: "said later", never "later works".
func (f *finder) adverbial(i int) bool {
	next := f.at(i + 1)
	return next.Kind == english.Mark || next.Is(english.Preposition|english.Conjunction) || next.Is(english.Auxiliary)
}

// season reads "summer 2019", "the summer of 2019", "last winter", "in the
// spring".
func (f *finder) season(i int) (item, bool) {
	it := item{start: i, end: i + 1, grain: Season}
	j := i + 1
	if f.at(j).Norm == "of" {
		j++
	}
	month := map[string]int{"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}[f.at(i).Norm]
	set := func(year int) { it.from, it.to = date(year, month, 1), date(year, month+3, 1) }
	if c, ok := english.CalendarAt(f.tok, j); ok && c.Kind == english.CalendarYear && f.at(j).Kind == english.Number {
		it.end, it.calendar = j+c.N, c
		set(c.Year)
		return it, true
	}
	p := f.at(i - 1).Norm
	if p == "last" || p == "this" || p == "next" {
		it.start, it.relative = i-1, true
		if !f.anchor.IsZero() {
			set(f.seasonYear(month, p))
		}
		return it, true
	}
	cued := p == "the" && (f.at(i-2).Norm == "in" || f.at(i-2).Norm == "during" || f.at(i-2).Norm == "until" || f.at(i-2).Norm == "since") ||
		(p == "in" || p == "during" || p == "early" || p == "late" || p == "since" || p == "until") && f.at(i).Norm != "fall"
	if !f.alone && (!cued || j > i+1) {
		return it, false
	}
	return it, true
}

// seasonYear is the year in which the season of the article's date that the
// pointer names begins.
func (f *finder) seasonYear(month int, pointer string) int {
	y, now := f.anchor.Year(), int(f.anchor.Month())
	switch {
	case pointer == "last" && month+2 >= now:
		y--
	case pointer == "next" && month <= now:
		y++
	case pointer == "this" && month == 12 && now < 3:
		y--
	}
	return y
}

// partOfDay reads "in the evening", "at noon", "at dawn", "at the weekend".
func (f *finder) partOfDay(i int) (item, bool) {
	it := item{start: i, end: i + 1, grain: Vague}
	prev := f.at(i - 1)
	switch f.at(i).Norm {
	case "noon", "midnight", "midday":
		it.grain = Minute
		return it, true
	case "dawn", "dusk", "daybreak", "nightfall", "night":
		if prev.Norm != "at" && prev.Norm != "before" && prev.Norm != "by" && prev.Norm != "after" || i-1 < f.floor {
			return it, false
		}
		it.start--
		return it, true
	case "weekend":
		if !f.alone && (prev.Norm != "the" || i-2 < f.floor || f.at(i-2).Norm != "at" && f.at(i-2).Norm != "over" && f.at(i-2).Norm != "on" && f.at(i-2).Norm != "during") {
			return it, false
		}
		it.grain = Day
		diff := 6 - weekdayOf(orNow(f.anchor))
		if diff > 0 {
			diff -= 7
		}
		f.setDays(&it, diff, 2)
		return it, true
	}
	if prev.Norm == "the" && f.at(i-2).Norm == "in" && i-2 >= f.floor && f.at(i+1).Norm != "of" {
		it.start -= 2
		return it, true
	}
	return it, false
}

// holidays are days that are called by a name: the words, and month and day
// where they are the same every year.
var holidays = []struct {
	words      []string
	month, day int
}{
	{[]string{"christmas", "eve"}, 12, 24}, {[]string{"christmas", "day"}, 12, 25}, {[]string{"christmas"}, 12, 25},
	{[]string{"new", "year", "'s", "eve"}, 12, 31}, {[]string{"new", "year", "'s", "day"}, 1, 1}, {[]string{"new", "year", "'s"}, 1, 1},
	{[]string{"boxing", "day"}, 12, 26}, {[]string{"valentine", "'s", "day"}, 2, 14}, {[]string{"halloween"}, 10, 31},
	{[]string{"easter", "sunday"}, 0, 0}, {[]string{"easter", "monday"}, 0, 0}, {[]string{"easter"}, 0, 0}, {[]string{"ramadan"}, 0, 0},
	{[]string{"thanksgiving", "day"}, 0, 0}, {[]string{"thanksgiving"}, 0, 0}, {[]string{"independence", "day"}, 0, 0},
	{[]string{"labor", "day"}, 0, 0}, {[]string{"labour", "day"}, 0, 0}, {[]string{"memorial", "day"}, 0, 0}, {[]string{"veterans", "day"}, 0, 0},
}

// holiday reads "Christmas Eve", "New Year's Day", "Easter".
func (f *finder) holiday(i int) (item, bool) {
	if f.at(i).Case == english.Lower {
		return item{}, false
	}
	for _, h := range holidays {
		if !f.spells(i, h.words) {
			continue
		}
		it := item{start: i, end: i + len(h.words), grain: Day}
		if f.at(it.end).Case == english.Title && f.at(it.end).Kind == english.Word { // "Christmas Island"
			return it, false
		}
		year := 0
		if c, ok := english.CalendarAt(f.tok, it.end); ok && c.Kind == english.CalendarYear && c.N == 1 {
			year, it.calendar = c.Year, c
			it.end++
		} else if h.month > 0 && !f.anchor.IsZero() {
			year = f.nearYear(i, func(y int) time.Time { return date(y, h.month, h.day) })
		}
		if h.month > 0 && year != 0 {
			it.from, it.to = date(year, h.month, h.day), date(year, h.month, h.day+1)
		}
		return it, true
	}
	return item{}, false
}

func (f *finder) spells(i int, words []string) bool {
	for k, w := range words {
		if f.at(i+k).Norm != w && !(w == "'s" && f.at(i+k).Norm == "'s") {
			return false
		}
	}
	return true
}
