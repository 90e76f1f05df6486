package extract

import (
	"strings"
	"time"

	"sourceline/answers/quantity"
	"sourceline/answers/timex"
)

// background marks the counts whose clause is about years of happenings or a
// time long before the article: "since 1981", "in ten years of war", "in the
// 1980s".
func (l *linker) background() {
	for i := range l.made {
		m := &l.made[i]
		if m.chunk >= 0 && m.count.Quantity.Unit.Kind == quantity.Count {
			m.count.Background = l.history(m.chunk)
		}
	}
}

// history looks to the end of the clause of noun chunk k, and before k to
// its beginning.
func (l *linker) history(k int) bool {
	for j := k + 1; j < len(l.chunks) && j < k+reach; j++ {
		switch l.kind(j) {
		case stopChunk, coordChunk, subChunk, commaChunk, relChunk:
			j = len(l.chunks)
		default:
			if l.years(j) {
				return true
			}
		}
	}
	for j := k - 1; j >= 0 && j > k-reach; j-- {
		switch l.kind(j) {
		case stopChunk, coordChunk, subChunk, verbChunk, relChunk:
			return false
		default:
			if l.years(j) {
				return true
			}
		}
	}
	return false
}

// manyYears is from how many years on a span of time is history.
const manyYears = 2

// years reports whether chunk j tells of years.
func (l *linker) years(j int) bool {
	ch := &l.chunks[j]
	switch ch.kind {
	case timeChunk:
		t := l.time(j)
		if t.Grain == timex.Decade || t.Grain == timex.Century || t.To.Sub(t.From) > manyYears*366*24*time.Hour {
			return true
		}
		return (t.Grain == timex.Year || t.Grain == timex.Month) && l.word(j-1) == "since"
	case nounChunk:
		if ch.q < 0 {
			return false
		}
		switch l.word(j - 1) {
		case "in", "during", "over", "within", "throughout":
			q := &l.quantities[ch.q]
			return q.Unit.Kind == quantity.Duration && strings.HasPrefix(q.Unit.Name, "year") && q.Low >= manyYears
		}
	}
	return false
}

// time is the time of chunk j.
func (l *linker) time(j int) timex.Time {
	at := l.tokens[l.chunks[j].from].Start
	for _, t := range l.times {
		if t.Span.Start <= at && at < t.Span.End {
			return t
		}
	}
	return timex.Time{}
}
