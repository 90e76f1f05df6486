package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"

	"sourceline/answers/rank"
	"sourceline/bot/evaluate"
)

// measureProduct tells how the questions come out as the product answers them,
// each by the models that were trained on the other folds. It writes a line for
// each to the log.
func measureProduct(examples []*example, models []rank.Weights, shown []rank.Weights, log io.Writer) (string, error) {
	type count struct{ n, shown, right int }
	counts := map[string]*count{}
	both := make([]rank.Weights, folds)
	for f := range folds {
		both[f] = maps.Clone(models[f])
		maps.Copy(both[f], shown[f])
	}
	type outcome struct {
		headline string
		right    bool
		err      error
	}
	out := make([]outcome, len(examples))
	var wg sync.WaitGroup
	for part := range folds {
		wg.Go(func() {
			for i, e := range examples {
				if e.fold != part {
					continue
				}
				a, err := e.base.With(both[part]).Answer(context.Background(), e.question)
				exact, _, numeric := evaluate.Measure(e.row, a.Headline)
				out[i] = outcome{a.Headline, e.row.IsAnswerable() && a.Answered() && (exact || numeric && e.set == "newwiki_figures"), err}
			}
		})
	}
	wg.Wait()
	for i, e := range examples {
		if out[i].err != nil {
			return "", out[i].err
		}
		for _, key := range []string{e.row.Kind, "all " + fmt.Sprint(e.row.IsAnswerable())} {
			if counts[key] == nil {
				counts[key] = &count{}
			}
			c := counts[key]
			c.n++
			c.shown += one(out[i].headline != "")
			c.right += one(out[i].right)
		}
		fmt.Fprintf(log, "%s\t%s\t%v\t%q\t%q\t%q\n", e.row.Kind, e.typ, out[i].right, e.row.Question, out[i].headline, e.row.Answers)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-22s %5s %6s %6s   as the product answers\n", "", "rows", "shown", "right")
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		c := counts[k]
		fmt.Fprintf(&b, "%-22s %5d %6.3f %6.3f\n", k, c.n, float64(c.shown)/float64(c.n), float64(c.right)/float64(max(1, c.shown)))
	}
	if yes, no := counts["all true"], counts["all false"]; yes != nil && no != nil {
		fmt.Fprintf(&b, "precision %.3f where %.3f of the answerable is answered\n", float64(yes.right)/float64(max(1, yes.shown+no.shown)), float64(yes.shown)/float64(yes.n))
	}
	return b.String(), nil
}
