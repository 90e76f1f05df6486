package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"sourceline/answers/rank"
	"sourceline/bot/evaluate"
)

// crossTrain trains one model a fold, on the others.
func crossTrain(examples []*example, prior float64, least int) []rank.Weights {
	models := make([]rank.Weights, folds)
	var wg sync.WaitGroup
	for f := range folds {
		wg.Go(func() { models[f] = rank.Train(lists(examples, f, least), prior) })
	}
	wg.Wait()
	return models
}

// ranking is the order of the example's candidates by the model, the best
// first.
func ranking(e *example, w rank.Weights) []int {
	order, scores := make([]int, len(e.of)), make([]float64, len(e.of))
	for i, v := range e.list.Vectors {
		order[i], scores[i] = i, w.Score(v)
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(scores[j], scores[i]) })
	return order
}

// A tally counts how the questions of a set came out.
type tally struct {
	n, exact, numeric, first, three, ceiling, ceilingSentence int
	f1                                                        float64
}

// count adds one example with its ranking.
func (t *tally) count(e *example, order []int) {
	t.n++
	var seen []string
	ceiling, sentence := false, false
	for _, i := range order {
		c := e.of[i]
		ok, _, num := evaluate.Measure(e.row, c.text)
		ceiling = ceiling || ok || num && e.set == "newwiki_figures"
		sentence = sentence || c.gold
		if slices.Contains(seen, c.fact) || len(seen) == 3 {
			continue
		}
		seen = append(seen, c.fact)
		if c.gold {
			if len(seen) == 1 {
				t.first++
			}
			t.three++
			for range 3 {
				seen = append(seen, c.fact) // counted once
			}
			seen = seen[:3]
		}
	}
	t.ceiling += one(ceiling)
	t.ceilingSentence += one(sentence)
	if len(order) == 0 {
		return
	}
	ok, f1, num := evaluate.Measure(e.row, e.of[order[0]].text)
	t.f1 += f1
	t.exact += one(ok)
	t.numeric += one(num)
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// measure tells how the questions of each fold come out by the model of that
// fold: the first candidate word for word, by F1, by its number; its sentence
// the right one, or one of the first three; and whether any candidate would
// have been right.
func measure(examples []*example, models []rank.Weights) string {
	tallies := map[string]*tally{}
	for _, e := range examples {
		if !e.row.IsAnswerable() {
			continue
		}
		order := ranking(e, models[e.fold])
		for _, key := range []string{"set " + e.set, "kind " + e.row.Kind, "type " + string(e.typ)} {
			if tallies[key] == nil {
				tallies[key] = &tally{}
			}
			tallies[key].count(e, order)
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-22s %5s %6s %6s %6s %6s %6s %8s %8s\n", "", "rows", "exact", "F1", "number", "first", "three", "ceiling", "sentence")
	for _, k := range slices.Sorted(maps.Keys(tallies)) {
		t := tallies[k]
		of := func(x int) float64 { return float64(x) / float64(t.n) }
		fmt.Fprintf(&b, "%-22s %5d %6.3f %6.3f %6.3f %6.3f %6.3f %8.3f %8.3f\n",
			k, t.n, of(t.exact), t.f1/float64(t.n), of(t.numeric), of(t.first), of(t.three), of(t.ceiling), of(t.ceilingSentence))
	}
	return b.String()
}

// printMisses prints the questions of the kind whose first candidate is not
// right, with the rank of the first that is.
func printMisses(w io.Writer, examples []*example, models []rank.Weights, kind string) {
	for _, e := range examples {
		if e.row.Kind != kind {
			continue
		}
		order := ranking(e, models[e.fold])
		at := slices.IndexFunc(order, func(i int) bool {
			ok, _, num := evaluate.Measure(e.row, e.of[i].text)
			return ok || num && e.set == "newwiki_figures"
		})
		if at == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s %q want %q rank %d of %d\n", e.typ, e.row.Question, e.row.Answers, at+1, len(order))
		if len(order) > 0 {
			fmt.Fprintf(w, "  got  %q in %q\n", e.of[order[0]].text, e.of[order[0]].sentence)
		}
		if at > 0 {
			fmt.Fprintf(w, "  want %q in %q\n", e.of[order[at]].text, e.of[order[at]].sentence)
		} else if g := slices.IndexFunc(e.of, func(c candidate) bool { return c.gold }); g >= 0 {
			fmt.Fprintf(w, "  no candidate in %q\n", e.of[g].sentence)
		}
	}
}
