package answers_test

import (
	"slices"
	"testing"
	"time"

	"sourceline/answers"
	"sourceline/corpus"
)

// TestWithdrawalOfItsStory: a figure comes with the withdrawal that is told of
// its own story, and never with that of another story that has the same figure.
func TestWithdrawalOfItsStory(t *testing.T) {
	const (
		claim = "Ferry sinks off Rosador\n\nThe ferry Stella Quill sank off Rosador on Friday and 24 people were killed, the coast guard of Rosador said."
		same  = "Toll of the Stella Quill\n\nThe coast guard of Rosador withdrew its statement that 24 people were killed on the Stella Quill."
		other = "Blast at Tarvik\n\nThe council of Tarvik withdrew its statement that 24 people were killed by the blast at the Belmont works."
	)
	day := time.Date(2031, 4, 18, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		name, text string
		after      int // days
		withdrawn  bool
	}{
		{"the same story, the next day", same, 1, true},
		{"the same story, years later", same, 800, true},
		{"another story, the next day", other, 1, false},
		{"another story, years later", other, 800, false},
	} {
		first, second := corpus.Inline("a", claim, day), corpus.Inline("b", test.text, day.AddDate(0, 0, test.after))
		b, err := answers.New([]*corpus.Article{first, second})
		if err != nil {
			t.Fatal(err)
		}
		a, err := b.Ask(t.Context(), "how many people were killed off Rosador?")
		if err != nil {
			t.Fatal(err)
		}
		if a.Headline != "24" {
			t.Errorf("%s: %q %s", test.name, a.Headline, a.Missing)
		}
		got := slices.ContainsFunc(a.Caveats, func(c answers.Caveat) bool {
			return c.Kind == answers.CaveatWithdrawn || c.Kind == answers.CaveatDenied
		})
		if got != test.withdrawn {
			t.Errorf("%s: withdrawn %v: %+v", test.name, got, a.Caveats)
		}
	}
}
