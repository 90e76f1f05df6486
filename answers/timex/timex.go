// Package timex finds times in sentences and resolves them against the date
// of the article.
//
// The term, and the idea of a value beside the words, are those of the TIMEX3
// annotation standard (ISO 24617-1).
package timex

import (
	"strings"
	"time"

	"sourceline/answers/english"
	"sourceline/corpus"
)

// A Grain is how fine a time is.
type Grain string

// The grains.
const (
	Minute  Grain = "minute"
	Day     Grain = "day"
	Week    Grain = "week"
	Month   Grain = "month"
	Season  Grain = "season"
	Year    Grain = "year"
	Decade  Grain = "decade"
	Century Grain = "century"
	Vague   Grain = "vague" // soon, recently, in recent days: no calendar value
)

// A Time is a time expression as written and as meant.
type Time struct {
	Span     corpus.Span // "Monday", "on" left out; "from 1989 to 2019" gives one range "1989 to 2019"
	Text     string
	Grain    Grain
	From     time.Time // first day (UTC midnight) that is meant; zero where it cannot be resolved
	To       time.Time // first day after it; zero where it cannot be resolved
	Range    bool      // two times with "to", "until", "between … and"
	Relative bool      // resolved against the article's date: "Monday", "last week", "yesterday"
}

// Find returns the times of a sentence, ascending, not overlapping. The
// offsets of the tokens count in text, which may be the sentence or the article
// that it stands in. Anchor is the article's date; zero where unknown, and then
// relative times stay unresolved.
//
// Text is the answer that a person would give: prepositions and "the" are left
// out ("Monday", "January 6", "19th century", "1989 to 2019"), what narrows the
// time stays ("late 1980s", "Sunday evening", "earlier today"), and so does
// what a vague time cannot do without ("in recent days", "in the evening",
// "between June and August"). Conditions ("when their mission is complete")
// and durations ("for three years") are no times.
func Find(text string, tokens []english.Token, anchor time.Time) []Time {
	f := finder{text: text, tok: tokens, anchor: day(anchor)}
	return f.find()
}

// Resolve reads a text that is one time and nothing else, a preposition and
// "the" before it aside: "last week", "on Monday", "1989 to 2019".
func Resolve(text string, anchor time.Time) (Time, bool) {
	tokens := english.Tokens(text, 0)
	f := finder{text: text, tok: tokens, anchor: day(anchor), alone: true}
	found := f.find()
	if len(found) != 1 || len(tokens) == 0 || found[0].Span.End != tokens[len(tokens)-1].End {
		return Time{}, false
	}
	for i := range tokens {
		if tokens[i].Start == found[0].Span.Start {
			return found[0], true
		}
		if !tokens[i].Is(english.Preposition | english.Determiner) {
			break
		}
	}
	return Time{}, false
}

// Resolved reports whether the calendar days that t means are known.
func (t Time) Resolved() bool { return !t.To.IsZero() || !t.From.IsZero() } // one of them is zero at the turn of our era

// Overlaps reports whether t and u share a day: a fact of "January 6" is met
// by a question about "January" or "2022". Times without calendar days meet
// only the same words, and a day of the week meets the same day of the week
// whatever week it was resolved to, as a question cannot tell which one it
// means.
func (t Time) Overlaps(u Time) bool {
	if strings.EqualFold(t.Text, u.Text) {
		return true
	}
	if a, b := t.weekday(), u.weekday(); a > 0 && b > 0 && t.Relative && u.Relative {
		return a == b
	}
	return t.Resolved() && u.Resolved() && t.From.Before(u.To) && u.From.Before(t.To)
}

// weekday is the day of the week that t is called by, Monday 1 to Sunday 7,
// or 0.
func (t Time) weekday() int {
	if t.Grain != Day || t.Range {
		return 0
	}
	for word := range strings.FieldsSeq(t.Text) {
		if n := weekdays[english.Fold(strings.Trim(word, ".,"))]; n > 0 {
			return n
		}
	}
	return 0
}
