package timex

import (
	"strings"
	"testing"

	"sourceline/answers/english"
	"sourceline/answers/quantity"
)

// FuzzFind holds what every caller relies on: spans are slices of the text,
// ascending, without overlap, days in order, and no quantity shares a byte
// with a time.
func FuzzFind(f *testing.F) {
	for _, test := range findTests {
		f.Add(test.text)
	}
	f.Add("late 19th and early 20th centuries, 3 BC–65, 31 February 2020, Feb. 30, 0 BC, AD 0, 99 centuries ago, at 1155 Broadway \xff")
	f.Add("first half of the 1800s until mid-October, Easter Monday 2019, 5 to 7 p.m., 10,000 years ago, week ago, May 10,000 men")
	f.Fuzz(func(t *testing.T, text string) {
		const base = 3 // the sentence stands somewhere in an article
		article := strings.Repeat(" ", base) + text
		tokens := english.Tokens(text, base)
		times := Find(article, tokens, monday)
		end := 0
		for _, u := range times {
			if u.Span.Start < end || u.Span.End > len(article) || article[u.Span.Start:u.Span.End] != u.Text || u.Text == "" {
				t.Fatalf("%+v of %q overlaps or is no slice", u, text)
			}
			if u.Grain == "" || !u.Resolved() && !u.From.Equal(u.To) || u.To.Before(u.From) {
				t.Fatalf("%+v of %q is not whole", u, text)
			}
			if !u.Overlaps(u) {
				t.Fatalf("%+v does not overlap itself", u)
			}
			for _, p := range u.Parts(monday) {
				if !u.Span.Contains(p.Span) || article[p.Span.Start:p.Span.End] != p.Text || p.Text == u.Text {
					t.Fatalf("part %+v of %+v", p, u)
				}
			}
			end = u.Span.End
		}
		for _, q := range quantity.Find(article, tokens) {
			for _, u := range times {
				if q.Span.Overlaps(u.Span) {
					t.Fatalf("%q is a quantity and %q a time in %q", q.Text, u.Text, text)
				}
			}
		}
		for _, u := range Find(article, tokens, monday.AddDate(0, 0, -400000)) { // long before
			if u.To.Before(u.From) {
				t.Fatalf("%+v of %q ends before it begins", u, text)
			}
		}
	})
}

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(`The governor of the province said late on Thursday that the river had burst its banks above the old bridge and that people living in the lower part of the town had been told to leave their homes before nightfall. `+
		`Rescue teams from three neighbouring districts were sent to the area, and the army put two helicopters at their disposal. `+
		`Meteorologists expect the rain to ease next week, but warned on 2 March that the ground was as wet as in 1997. `, 20)
	tokens := english.Tokens(text, 0)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(text, tokens, monday)
	}
}
