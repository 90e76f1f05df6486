package bench

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"sourceline/answers"
	"sourceline/answers/fact"
)

// told is all of an answer that must not change.
func told(a answers.Answer) string {
	var facts []fact.ID
	for _, e := range a.Evidence {
		facts = append(facts, e.Fact)
	}
	return fmt.Sprintf("%q %q %s %q %v %v %v", a.Headline, a.Summary, a.Agreement, a.Missing, facts, a.Caveats, a.Related)
}

// TestConcurrent asks one base ten thousand questions at once, a thousand where
// time is short: they are answered as one by one.
func TestConcurrent(t *testing.T) {
	atOnce := 10_000
	if testing.Short() {
		atOnce = 1_000
	}
	articles, questions := source(t).Archive(120, seed)
	base, err := answers.New(articles)
	if err != nil {
		t.Fatal(err)
	}
	if len(questions) < 10 {
		t.Fatalf("only %d questions", len(questions))
	}
	want := make([]string, len(questions))
	for i, q := range questions {
		a, err := base.Ask(t.Context(), q.Text)
		if err != nil {
			t.Fatal(err)
		}
		want[i] = told(a)
	}
	got := make([]string, atOnce)
	var all sync.WaitGroup
	begin := make(chan struct{})
	for n := range atOnce {
		all.Go(func() {
			<-begin
			a, err := base.Ask(t.Context(), questions[n%len(questions)].Text)
			if err != nil {
				t.Error(err)
			}
			got[n] = told(a)
		})
	}
	close(begin)
	all.Wait()
	wrong := 0
	for n, s := range got {
		if s != want[n%len(want)] && wrong < 3 {
			wrong++
			t.Errorf("%q:\n at once    %s\n one by one %s", questions[n%len(questions)].Text, s, want[n%len(want)])
		}
	}
	if slices.Contains(want, "") {
		t.Error("an answer is empty")
	}
}
