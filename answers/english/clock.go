package english

import (
	"strings"
)

// clock reads "8 p.m.", "8pm", "8:30 p.m.", "08:00", "8 o'clock", "1430 GMT".
func (c calendarReader) clock(i int) (Calendar, bool) {
	whole, fraction, dotted := strings.Cut(c.at(i).Text, ".")
	if len(whole) == 4 && !dotted {
		return c.fourDigitClock(i)
	}
	h, ok := plainInt(whole, 1, 2)
	if !ok || h > 24 {
		return Calendar{}, false
	}
	out := Calendar{Kind: CalendarClock, N: 1, Hour: h}
	if dotted {
		if out.Minute, ok = plainInt(fraction, 2, 2); !ok || out.Minute > 59 {
			return Calendar{}, false
		}
	}
	if c.at(i+1).Text == ":" && c.attached(i+1) && c.attached(i+2) {
		return c.colonClock(i, out)
	}
	next := c.at(i + 1)
	switch k := c.halfDay(i+1, &out); {
	case k > 0 && h >= 1 && h <= 12:
		out.N += k
	case h >= 1 && h <= 12 && c.timeOfDay(i) && c.dayPart(i+1, &out) > 0: // "at 7 in the morning"
		out.N += c.dayPart(i+1, &out)
	case !dotted && (next.Norm == "o'clock" && h <= 12 || next.Norm == "gmt"):
		out.N++
	default:
		return Calendar{}, false
	}
	return out, true
}

// fourDigitClock reads "1430 GMT" and "at 1145".
func (c calendarReader) fourDigitClock(i int) (Calendar, bool) {
	n, ok := plainInt(c.at(i).Text, 4, 4)
	out := Calendar{Kind: CalendarClock, N: 1, Hour: n / 100, Minute: n % 100}
	switch {
	case !ok || out.Hour > 24 || out.Minute > 59:
		return Calendar{}, false
	case c.zone(i + 1):
		out.N++
		return out, true
	}
	return out, c.military(i)
}

// colonClock reads on after the hour of "8:30 p.m." or "08:00:15 GMT".
func (c calendarReader) colonClock(i int, out Calendar) (Calendar, bool) {
	m, ok := plainInt(c.at(i+2).Text, 2, 2)
	if !ok || m > 59 {
		return Calendar{}, false
	}
	out.Minute, out.N = m, 3
	if c.at(i+3).Text == ":" && c.attached(i+3) && c.attached(i+4) && c.at(i+4).Kind == Number {
		out.N = 5
	}
	if k := c.halfDay(i+out.N, &out); k > 0 {
		out.N += k
	} else if c.zone(i + out.N) {
		out.N++
	}
	return out, true
}

// hours are the hours written as words.
var hours = NewTable(map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12})

// wordClock reads "seven o'clock" and, where a time of day stands, "seven in the
// morning".
func (c calendarReader) wordClock(i int) (Calendar, bool) {
	out := Calendar{Kind: CalendarClock, N: 1, Hour: hours.Of(c.at(i).Norm)}
	if out.Hour == 0 {
		return out, false
	}
	if c.at(i+1).Norm == "o'clock" {
		out.N += 1 + c.dayPart(i+2, &out)
		return out, true
	}
	if !c.timeOfDay(i) {
		return out, false
	}
	n := c.dayPart(i+1, &out)
	out.N += n
	return out, n > 0
}

// timeOfDay reports whether a time of day can stand at i: "AT seven".
func (c calendarReader) timeOfDay(i int) bool {
	switch c.at(i - 1).Norm {
	case "at", "around", "about", "until", "till", "since", "past", "by":
		return true
	}
	return false
}

// dayPart reads "in the morning" or "at night" at i and sets the hour: the tokens
// taken, 0 for none.
func (c calendarReader) dayPart(i int, out *Calendar) int {
	n, part := 3, c.at(i+2).Norm
	switch {
	case c.at(i).Norm == "at" && c.at(i+1).Norm == "night":
		n, part = 2, "night"
	case c.at(i).Norm != "in" || c.at(i+1).Norm != "the":
		return 0
	}
	switch part {
	case "morning":
		return n
	case "afternoon", "evening", "night":
		if out.Hour < 12 {
			out.Hour += 12
		}
		return n
	}
	return 0
}

// halfDay reads "a.m.", "pm" or "p.m" at i and sets the hour: the tokens
// taken, 0 for none.
func (c calendarReader) halfDay(i int, out *Calendar) int {
	n := 1
	switch t := c.at(i); t.Norm {
	case "am", "a.m.", "a.m":
		if t.Norm == "am" && t.Space && t.Case == Lower && c.at(i-1).Kind != Number {
			return 0
		}
		if out.Hour == 12 {
			out.Hour = 0
		}
	case "pm", "p.m.", "p.m":
		if out.Hour < 12 {
			out.Hour += 12
		}
	default:
		return 0
	}
	return n
}

// military reports whether four digits at i stand where a time of day does:
// "at 1145", "between 0200 and 0300".
func (c calendarReader) military(i int) bool {
	if next := c.at(i + 1); measures(next) || countable(next) || sign(next) || next.Case == Title && next.Kind == Word {
		return false
	}
	switch c.at(i - 1).Norm {
	case "at":
		return true
	case "between", "and", "from", "to", "until", "by", "about", "approximately", "around", "before", "after":
		return c.at(i).Text[0] == '0'
	}
	return false
}

func (c calendarReader) zone(i int) bool {
	switch c.at(i).Norm {
	case "gmt", "utc", "est", "edt", "pst", "cet", "bst", "hrs", "hours":
		return true
	}
	return false
}
