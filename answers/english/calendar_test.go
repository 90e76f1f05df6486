package english

import (
	"fmt"
	"strings"
	"testing"
)

// calendars lists what CalendarAt reads in a text, left to right.
func calendars(text string) string {
	tokens := Tokens(text, 0)
	var out []string
	for i := 0; i < len(tokens); {
		c, ok := CalendarAt(tokens, i)
		if !ok {
			i++
			continue
		}
		words := text[tokens[i].Start:tokens[i+c.N-1].End]
		switch c.Kind {
		case CalendarClock:
			out = append(out, fmt.Sprintf("%s=%d:%02d", words, c.Hour, c.Minute))
		case CalendarCentury:
			out = append(out, fmt.Sprintf("%s=c%d-%d", words, c.Year, c.LastCentury))
		default:
			out = append(out, fmt.Sprintf("%s=%d/%d/%d-%d", words, c.Year, c.Month, c.Day, c.LastDay))
		}
		i += c.N
	}
	return strings.Join(out, " | ")
}

func TestCalendarAt(t *testing.T) {
	tests := []struct{ text, want string }{
		{"on Jan. 2, 2022 and January 10th", "Jan. 2, 2022=2022/1/2-2 | January 10th=0/1/10-10"},
		{"3 JAN 90 -- the 10th of May", "3 JAN 90=1990/1/3-3 | 10th of May=0/5/10-10"},
		{"5-7 May, May 5-7", "5-7 May=0/5/5-7 | May 5-7=0/5/5-7"},
		{"2022-01-10 25/12/2021 10/01/2022 10.01.2022", "2022-01-10=2022/1/10-10 | 25/12/2021=2021/12/25-25 | 10/01/2022=2022/0/0-0 | 10.01.2022=2022/1/10-10"},
		{"they may 5 times march 10 miles", ""},
		{"in 2019, the 2004 elections, killed 1500 in 1999", "2019=2019/0/0-0 | 2004=2004/0/0-0 | 1999=1999/0/0-0"},
		{"2000 people, 1500 km, some 1979 men, over 2000, $1995", ""},
		{"AD 1058, 506 BC, in 406, in 300 villages", "AD 1058=1058/0/0-0 | 506 BC=-506/0/0-0 | 406=406/0/0-0"},
		{"the 1990s, the '90s, in his 20s", "1990s=1990/0/0-0 | 90s=1990/0/0-0"},
		{"the 19th century, twenty-first-century, 15th and 16th centuries, 4th century BC", "19th century=c19-19 | twenty-first-century=c21-21 | 15th and 16th centuries=c15-16 | 4th century BC=c-4--4"},
		{"8 p.m., 8:30pm, 08:00 GMT, 1430 GMT, at 1145, 3:1", "8 p.m.=20:00 | 8:30pm=20:30 | 08:00 GMT=8:00 | 1430 GMT=14:30 | 1145=11:45"},
		{"between 1000 and 1500 men; between 1914 and 1918", "1914=1914/0/0-0 | 1918=1918/0/0-0"},
	}
	for _, test := range tests {
		if got := calendars(test.text); got != test.want {
			t.Errorf("calendars of %q\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func FuzzCalendarAt(f *testing.F) {
	f.Add("Jan. 2, 2022 3 JAN 90 5-7 May 10/01/2022 AD 1058 the '90s 15th through to the 19th centuries 8:30 p.m. 1430 GMT")
	f.Fuzz(func(t *testing.T, text string) {
		tokens := Tokens(text, 0)
		for i := range tokens {
			c, ok := CalendarAt(tokens, i)
			if ok && (c.Kind == 0 || c.N < 1 || i+c.N > len(tokens) || c.Month < 0 || c.Month > 12 || c.Day < 0 || c.Day > 31 || c.LastDay < c.Day) {
				t.Fatalf("CalendarAt(%q, %d) = %+v", text, i, c)
			}
		}
	})
}
