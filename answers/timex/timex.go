// Package timex finds times in sentences and resolves them against the date
// of the article.
//
// The term, and the idea of a value beside the words, are those of the TIMEX3
// annotation standard (ISO 24617-1).
package timex

import (
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

// Find returns the times of a sentence, ascending, not overlapping. Anchor is
// the article's date; zero where unknown, and then relative times stay
// unresolved.
func Find(text string, tokens []english.Token, anchor time.Time) []Time {
	return nil
}
