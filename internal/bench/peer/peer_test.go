package peer

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"sourceline/answers"
	"sourceline/corpus"
	"sourceline/internal/bench"
)

// sizes are the archives that are measured, in sentences.
var sizes = []int{1_000, 10_000, 100_000, 1_000_000}

// asked is how many questions of an archive are timed.
const asked = 200

func archive(b testing.TB, n int) ([]*corpus.Article, []string) {
	b.Helper()
	s, err := bench.Open("../../..")
	if err != nil {
		b.Fatal(err)
	}
	articles, all := s.Archive(n, 1)
	var questions []string
	for i := range min(asked, len(all)) {
		questions = append(questions, all[i*len(all)/min(asked, len(all))].Text)
	}
	return articles, questions
}

// BenchmarkBoth builds and asks both: the whole answer of the product beside
// the engine's bare ten best.
func BenchmarkBoth(b *testing.B) {
	for _, n := range sizes {
		articles, questions := archive(b, n)
		b.Run(fmt.Sprintf("sourceline/%d", n), func(b *testing.B) {
			start := time.Now()
			base, err := answers.New(articles)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(time.Since(start).Seconds(), "build-s")
			ask(b, questions, func(q string) error {
				_, err := base.Ask(context.Background(), q)
				return err
			})
		})
		b.Run(fmt.Sprintf("bleve/%d", n), func(b *testing.B) {
			start := time.Now()
			e, _, err := Open(articles)
			if err != nil {
				b.Fatal(err)
			}
			defer e.Close()
			b.ReportMetric(time.Since(start).Seconds(), "build-s")
			ask(b, questions, func(q string) error {
				_, err := e.Best(q)
				return err
			})
		})
	}
}

func ask(b *testing.B, questions []string, one func(string) error) {
	var took []time.Duration
	for b.Loop() {
		for _, q := range questions {
			start := time.Now()
			if err := one(q); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
	}
	slices.Sort(took)
	at := func(p int) float64 { return took[min(len(took)-1, len(took)*p/100)].Seconds() * 1000 }
	b.ReportMetric(at(50), "median-ms")
	b.ReportMetric(at(99), "p99-ms")
	b.ReportMetric(0, "ns/op")
}

// TestBest: the engine finds the sentence that has the words.
func TestBest(t *testing.T) {
	e, n, err := Open([]*corpus.Article{corpus.Inline("a", "Rain\n\nIt rained for three days.\n\nIt snowed for two days.", time.Time{})})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	got, err := e.Best("how many days of snow? snowed")
	if err != nil || n != 3 || len(got) == 0 || got[0] != "000000002" {
		t.Errorf("Best = %v of %d, %v", got, n, err)
	}
}
