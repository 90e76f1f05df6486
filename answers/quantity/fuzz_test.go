package quantity

import (
	"strings"
	"testing"

	"sourceline/answers/english"
)

// fuzzSeeds are sentences that exercise every rule of the grammar.
func fuzzSeeds(f *testing.F) {
	for _, test := range findTests {
		f.Add(test.text)
	}
	f.Add("$5-$10m, 5 ft 4 in (1.6 m), 12 %–15 %, −5 °C, 10 1/2 miles, ½ cup, 1.000.000,5 and\u00a07\u202f939 \xff")
	f.Add("between one and a half and two and a half million us dollars a year or so")
}

// FuzzFind holds what every caller relies on: spans are slices of the text,
// ascending, without overlap, and what is printed parses to itself.
func FuzzFind(f *testing.F) {
	fuzzSeeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		const base = 3 // the sentence stands somewhere in an article
		article := strings.Repeat(" ", base) + text
		end := 0
		for _, q := range Find(article, english.Tokens(text, base)) {
			if q.Span.Start < end || q.Span.End > len(article) || article[q.Span.Start:q.Span.End] != q.Text || q.Text == "" {
				t.Fatalf("%+v of %q overlaps or is no slice", q, text)
			}
			if !q.Span.Contains(q.Bare) || !q.Bare.Contains(q.Number) || q.Number.Len() == 0 {
				t.Fatalf("%+v of %q: number, bare and span do not lie in one another", q, text)
			}
			if q.Low > q.High || q.Unit.Kind == "" || q.Bound == "" {
				t.Fatalf("%+v of %q is not whole", q, text)
			}
			end = q.Span.End
			p, ok := Parse(q.Text)
			if !ok || show(p) != show(q) && !contextual(q, p) {
				t.Fatalf("%q of %q is %s and parses to %s (%v)", q.Text, text, show(q), show(p), ok)
			}
			if !q.SameValue(q) || !q.Compatible(q) {
				t.Fatalf("%s is not like itself", show(q))
			}
		}
	})
}

// contextual reports whether what q means hangs on words that it leaves out:
// an age between commas, and millions written "m" before what is counted.
func contextual(q, p Quantity) bool {
	return q.Unit == yearOfAge && (p.Unit.Kind == Count || p.Unit.Kind == Duration) && q.Low == p.Low || p.Unit.Name == "pound-mass" && q.Unit.Name == "pound sterling" || p.Unit.Name == "metre" && q.Unit.Kind == Count
}

func FuzzParse(f *testing.F) {
	fuzzSeeds(f)
	f.Add("about 3 million")
	f.Fuzz(func(t *testing.T, text string) {
		q, ok := Parse(text)
		if !ok {
			return
		}
		if p, ok := Parse(q.Text); !ok || show(p) != show(q) {
			t.Fatalf("%q parses to %s, and that to %s (%v)", text, show(q), show(p), ok)
		}
	})
}
