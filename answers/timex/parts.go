package timex

import (
	"time"

	"sourceline/answers/english"
	"sourceline/corpus"
)

// Parts are the times that stand inside t and answer a narrower question: the
// year and the month of a date, the ends of a range, "19th century" in "late
// 19th century". They are ascending by start, the longer one first, and t
// itself is not among them. Anchor is the article's date, as for Find.
func (t Time) Parts(anchor time.Time) []Time {
	f := finder{tok: english.Tokens(t.Text, 0), text: t.Text, anchor: day(anchor)}
	var out []Time
	add := func(it item) {
		part := f.time(it)
		if part.Text == t.Text || len(out) > 0 && out[len(out)-1].Text == part.Text {
			return
		}
		part.Span.Start += t.Span.Start
		part.Span.End += t.Span.Start
		out = append(out, part)
	}
	for i := range f.tok {
		tok := f.at(i)
		it, ok := f.single(i)
		if !ok && tok.Is(english.Month) {
			it, ok = f.bareMonth(i), true
		}
		if ok && it.start == i && (i == 0 || f.at(i-1).Kind != english.Number || it.grain != Minute) {
			add(it)
		}
		if ok && it.calendar.Kind == english.CalendarDate && tok.Is(english.Month) {
			add(f.bareMonth(i))
		}
	}
	return out
}

// bareMonth is the month's name at i alone.
func (f *finder) bareMonth(i int) item {
	it := item{start: i, end: i + 1, grain: Month}
	m := english.MonthNumber(f.at(i).Norm)
	for j := range f.tok {
		if c, ok := english.CalendarAt(f.tok, j); ok && c.Year != 0 && (c.Kind == english.CalendarDate || c.Kind == english.CalendarMonth) && c.Month == m {
			it.from, it.to = monthOf(c.Year, m)
		}
	}
	return it
}

// time is the time that an item of tokens is.
func (f *finder) time(it item) Time {
	t := Time{Span: corpus.Span{Start: f.tok[it.start].Start, End: f.tok[it.end-1].End}, Grain: it.grain, From: it.from, To: it.to, Range: it.isRange, Relative: it.relative}
	t.Text = f.text[t.Span.Start:t.Span.End]
	return t
}
