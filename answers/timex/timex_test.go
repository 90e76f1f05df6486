package timex

import (
	"strings"
	"testing"
	"time"

	"sourceline/answers/english"
)

// show prints a time on one line: its words, grain and days.
func show(t Time) string {
	s := t.Text + "=" + string(t.Grain)
	if t.Resolved() {
		s += " " + t.From.Format("2006-01-02")
		if last := t.To.AddDate(0, 0, -1); !last.Equal(t.From) {
			s += ".." + last.Format("2006-01-02")
		}
	}
	if t.Range {
		s += " range"
	}
	if t.Relative {
		s += " rel"
	}
	return s
}

func found(text string, anchor time.Time) string {
	var out []string
	for _, t := range Find(text, english.Tokens(text, 0), anchor) {
		out = append(out, show(t))
	}
	return strings.Join(out, " | ")
}

var monday = time.Date(2022, 1, 10, 15, 30, 0, 0, time.UTC)

func TestFind(t *testing.T) {
	for _, test := range findTests {
		if got := found(test.text, monday); got != test.want {
			t.Errorf("Find(%q)\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

var findTests = []struct{ text, want string }{
	// Dates.
	{"on January 6.", "January 6=day 2022-01-06"},
	{"began on Jan. 2 over prices", "Jan. 2=day 2022-01-02"},
	{"Monday (January 10th)", "Monday=day 2022-01-10 rel | January 10th=day 2022-01-10"},
	{"Kazakhstan, Jan. 5, 2022.", "Jan. 5, 2022=day 2022-01-05"},
	{"SAN SALVADOR, 3 JAN 90 -- [REPORT]", "3 JAN 90=day 1990-01-03"},
	{"on 2 January 2019", "2 January 2019=day 2019-01-02"},
	{"25/12/2021, 2022-01-10, 05/05/2021, 10/01/2022, 10.01.2022", "25/12/2021=day 2021-12-25 | 2022-01-10=day 2022-01-10 | 05/05/2021=day 2021-05-05 | 10/01/2022=day | 10.01.2022=day 2022-01-10"},
	{"on December 30 and January 15", "December 30=day 2021-12-30 | January 15=day 2022-01-15"},
	{"January 5-7, May 14 and 15", "January 5-7=day 2022-01-05..2022-01-07 range | May 14 and 15=day 2021-05-14..2021-05-15 range"},
	{"Tuesday, 14 September 2004", "Tuesday, 14 September 2004=day 2004-09-14"},
	// Years and more.
	{"since independence in 1991, remains", "1991=year 1991-01-01..1991-12-31"},
	{"ruled from 1989 to 2019, before", "1989 to 2019=year 1989-01-01..2019-12-31 range"},
	{"between 2006 and 2010", "between 2006 and 2010=year 2006-01-01..2010-12-31 range"},
	{"(609–610), 1989–2019, 1989-90", "609–610=year 0609-01-01..0610-12-31 range | 1989–2019=year 1989-01-01..2019-12-31 range | 1989-90=year 1989-01-01..1990-12-31 range"},
	{"in 609–610 and in 506, the council", "609–610=year 0609-01-01..0610-12-31 range | 506=year 0506-01-01..0506-12-31"},
	{"in Sivas (AD 1058) and 506 BC", "AD 1058=year 1058-01-01..1058-12-31 | 506 BC=year -0505-01-01..-0505-12-31"},
	{"since the 2000s, in the 1990s, the early 1920s, the '90s", "2000s=decade 2000-01-01..2009-12-31 | 1990s=decade 1990-01-01..1999-12-31 | early 1920s=decade 1920-01-01..1923-05-01 | 90s=decade 1990-01-01..1999-12-31"},
	{"the 19th century, nineteenth-century, mid-18th century", "19th century=century 1801-01-01..1900-12-31 | nineteenth-century=century 1801-01-01..1900-12-31 | mid-18th century=century 1734-05-02..1767-08-31"},
	{"in March, January 2019, May", "March=month 2021-03-01..2021-03-31 | January 2019=month 2019-01-01..2019-01-31"},
	{"April to June 2019, between June and August", "April to June 2019=month 2019-04-01..2019-06-30 range | between June and August=month 2021-06-01..2021-08-31 range"},
	// Relative.
	{"said on Sunday that", "Sunday=day 2022-01-09 rel"},
	{"is due to present the composition of the new government to parliament on Tuesday, with the previous one sacked last week", "Tuesday=day 2022-01-11 rel | last week=week 2022-01-03..2022-01-09 rel"},
	{"It will meet on Monday. On Friday it met", "Monday=day 2022-01-10 rel | Friday=day 2022-01-07 rel"},
	{"yesterday, today and tomorrow", "yesterday=day 2022-01-09 rel | today=day 2022-01-10 rel | tomorrow=day 2022-01-11 rel"},
	{"independence 30 years ago, two days ago, a week ago", "30 years ago=year 1992-01-01..1992-12-31 rel | two days ago=day 2022-01-08 rel | a week ago=week 2022-01-03..2022-01-09 rel"},
	{"On Sunday evening, earlier today, this year", "Sunday evening=day 2022-01-09 rel | earlier today=day 2022-01-10 rel | this year=year 2022-01-01..2022-12-31 rel"},
	{"next Monday, last Monday, next month", "next Monday=day 2022-01-17 rel | last Monday=day 2022-01-03 rel | next month=month 2022-02-01..2022-02-28 rel"},
	// Clock, vague, none.
	{"at 8 p.m., at 08:00 GMT, at noon", "8 p.m.=minute | 08:00 GMT=minute | noon=minute"},
	{"would end “soon”, in recent days, in the evening", "soon=vague | in recent days=vague | in the evening=vague"},
	{"in the summer of 2019, last winter, New Year's Eve", "summer of 2019=season 2019-06-01..2019-08-31 | last winter=season 2021-12-01..2022-02-28 rel | New Year's Eve=day 2021-12-31"},
	{"as soon as their mission ended, when their mission is complete, 2,030 soldiers, they may march", ""},
}

func TestWithoutAnchor(t *testing.T) {
	got := found("Monday, last week, Jan. 2; 1991, two days ago", time.Time{})
	if want := "Monday=day rel | last week=week rel | Jan. 2=day | 1991=year 1991-01-01..1991-12-31 | two days ago=day rel"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestOverlaps(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"January 6", "January", true}, {"January 6", "2022", true}, {"Monday", "January 10", true}, {"Monday", "last week", false},
		{"1991", "1990s", true}, {"on Sunday", "Sunday evening", true}, {"soon", "soon", true}, {"soon", "2022", false}, {"19th century", "1991", false},
	}
	for _, test := range tests {
		a, ok1 := Resolve(test.a, monday)
		b, ok2 := Resolve(test.b, monday)
		if got := a.Overlaps(b); got != test.want || !ok1 || !ok2 || b.Overlaps(a) != got {
			t.Errorf("%q overlaps %q = %v (%v, %v), want %v", test.a, test.b, got, ok1, ok2, test.want)
		}
	}
}
