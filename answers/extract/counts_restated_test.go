package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sourceline/corpus"
)

// TestRestate is about figures that stand alone and count what was counted
// before, and about who gives them.
func TestRestate(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string // figure, what it counts, who gives it
	}{
		{"Police said 300 fans gathered. Organisers claimed 2,500.", []string{"300 fan Police", "2,500 fan Organisers"}},
		{"Insurers put the damage at 17 million euros; the builder itself speaks of 11 million.", []string{"17 million euros damage ", "11 million damage the builder"}},
		{"The agency counts 131 injured. The maker disputes that figure and speaks of 74.", []string{"131  The agency", "74  The maker"}},
		{"The club sold 1,390 tickets. The players earn 12 million.", []string{"1,390 ticket ", "12 million  "}},
		{"The mayor counted 40 buses and 12 cars. The driver claimed 30.", []string{"40 bus The mayor", "12 car The mayor", "30  The driver"}},
		{"The transport ministry lowered its count of the dead from 31 to 29.", []string{"31 dead The transport ministry", "29 dead The transport ministry"}},
		{"Some 300 marchers, 2,000 according to the organisers, came.", []string{"Some 300 marcher ", "2,000 marcher the organisers"}},
		{"Some 3,000 fans protested; police counted 1,200.", []string{"Some 3,000 fan ", "1,200 fan police"}},
		{"It hit 900 homes, not 1,200 as first reported.", []string{"900 home ", "1,200 home "}},
		{"The ministry did not comment on the figure of 33 given by the mayor.", []string{"33  the mayor"}},
	} {
		a := Article(corpus.Inline("Title", test.text, time.Time{}))
		var got []string
		for _, f := range a.Facts {
			for _, c := range f.Counts {
				who := ""
				if c.Says >= 0 {
					s := f.Says[c.Says].Speaker
					who = a.Article.Text[s.Start:s.End]
				}
				got = append(got, fmt.Sprintf("%s %s %s", strings.TrimSpace(c.Quantity.Text), c.Head+c.Implied, who))
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q:\n got %q\nwant %q", test.text, got, test.want)
		}
	}
}
