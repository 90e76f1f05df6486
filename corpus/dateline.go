package corpus

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	datelineLines = 3   // a dateline stands on one of the first lines
	datelineReach = 160 // bytes of a line in which a dateline ends
	centuryPivot  = 70  // "70" to "99" are of the last century
)

var (
	// dateline is the place, in capitals, and what stands before the dash.
	dateline = regexp.MustCompile(`^\p{Lu}[\p{Lu}.' -]+\b[^\n]{0,120}?(?: --? | — | – )`)
	dayFirst = regexp.MustCompile(`(?i)\b(\d{1,2}) ([a-z]{3,9})\.?,? (\d{4}|\d{2})\b`)
	// wireTags are the bracketed marks that a wire service puts between the
	// dateline and the text: "[REPORT] [TEXT]".
	wireTags = regexp.MustCompile(`^[^\n\[]{0,120}?--? ?(?:\[[^\]\n]{1,120}\] )*?\[(?:TEXT|EXCERPTS?|SUMMARY)\] `)
	dayAfter = regexp.MustCompile(`(?i)\b([a-z]{3,9})\.? (\d{1,2}),? (\d{4})\b`)
)

// datelineDate is the date of a dateline such as "SAN JOSE, 3 JAN 90 --" or
// "PARIS, Jan. 3, 1990 (Agency) -", zero where there is none with a year.
func datelineDate(text string) time.Time {
	for range datelineLines {
		text = strings.TrimLeft(text, " \t\r\n")
		line, rest, _ := strings.Cut(text, "\n")
		head := dateline.FindString(line[:min(len(line), datelineReach)])
		if m := dayFirst.FindStringSubmatch(head); m != nil {
			return date(m[1], m[2], m[3])
		}
		if m := dayAfter.FindStringSubmatch(head); m != nil {
			return date(m[2], m[1], m[3])
		}
		text = rest
	}
	return time.Time{}
}

// date is zero where the three make no date.
func date(day, month, year string) time.Time {
	t, err := time.Parse("Jan", strings.ToUpper(month[:1])+strings.ToLower(month[1:3]))
	if err != nil {
		return time.Time{}
	}
	d, _ := strconv.Atoi(day)
	y, _ := strconv.Atoi(year)
	if len(year) == 2 && y >= centuryPivot {
		y += 1900
	} else if len(year) == 2 {
		y += 2000
	}
	at := time.Date(y, t.Month(), d, 0, 0, 0, 0, time.UTC)
	if at.Day() != d {
		return time.Time{}
	}
	return at
}

// wireHeader is the length of the header of a wire service's text, up to its
// first sentence; 0 where it has none.
func wireHeader(text string) int {
	head := text[:min(len(text), maxWireHeader)]
	if !strings.Contains(head, "] ") {
		return 0
	}
	return len(wireTags.FindString(head))
}

// maxWireHeader is the longest header in bytes that is looked for.
const maxWireHeader = 500
