package main

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"sourceline/answers"
	"sourceline/answers/rank"
	"sourceline/bot/evaluate"
)

const (
	// shownPrior is the inverse variance of the weights of what is shown.
	shownPrior = 4
	// shownShare is the share of the answerable questions that are answered:
	// a desk that is refused more often stops asking.
	shownShare = 0.625
	// bias is the feature that moves the point from which on is shown.
	bias = "shown: any"
)

// A verdict is a question with what speaks for showing its first candidate.
type verdict struct {
	e      *example
	doubts rank.Vector
	right  bool
}

// verdicts judge the examples by the models of their folds.
func verdicts(examples []*example, models []rank.Weights) []verdict {
	var out []verdict
	for _, e := range examples {
		if len(e.candidates) == 0 {
			continue
		}
		list := slices.Clone(e.candidates)
		answers.Order(list, models[e.fold])
		isExact, _, numeric := evaluate.Measure(e.row, list[0].Text())
		v := verdict{e: e, doubts: e.base.Doubts(e.question, list, e.rules)}
		v.right = e.row.IsAnswerable() && (isExact || numeric && e.set == "newwiki_figures")
		out = append(out, v)
	}
	return out
}

// trainShown learns from the examples that are not in the fold which first
// candidates are right, and from which odds on enough of the answerable ones
// are shown: a logistic model, trained as a choice between the candidate and
// nothing.
func trainShown(examples []*example, models []rank.Weights, fold int) (rank.Weights, []verdict) {
	all := verdicts(examples, models)
	var lists []rank.List
	var train []verdict
	for _, v := range all {
		if v.e.fold == fold {
			continue
		}
		train = append(train, v)
		right := []float64{0, 1}
		if v.right {
			right = []float64{1, 0}
		}
		lists = append(lists, rank.List{Vectors: []rank.Vector{v.doubts, nil}, Right: right})
	}
	w := rank.Train(lists, shownPrior)
	var scores []float64
	answerable := 0
	for _, v := range train {
		if v.e.row.IsAnswerable() {
			answerable++
			scores = append(scores, w.Score(v.doubts))
		}
	}
	slices.Sort(scores)
	if len(scores) > 0 {
		w[bias] -= scores[max(0, len(scores)-int(math.Round(shownShare*float64(answerable))))]
	}
	return w, all
}

// measureShown tells how many questions of each kind would be shown an answer,
// and how many of those shown are right, each fold by what the others taught.
// It returns what to show as well, of each fold by the others.
func measureShown(examples []*example, models []rank.Weights) ([]rank.Weights, string) {
	shown := make([]rank.Weights, folds)
	type count struct{ n, shown, right int }
	counts := map[string]*count{}
	for _, e := range examples {
		for _, key := range []string{e.row.Kind, "all " + fmt.Sprint(e.row.IsAnswerable())} {
			if counts[key] == nil {
				counts[key] = &count{}
			}
			counts[key].n++
		}
	}
	for f := range folds {
		w, all := trainShown(examples, models, f)
		shown[f] = w
		for _, v := range all {
			if v.e.fold != f || w.Score(v.doubts) <= 0 {
				continue
			}
			for _, key := range []string{v.e.row.Kind, "all " + fmt.Sprint(v.e.row.IsAnswerable())} {
				counts[key].shown++
				counts[key].right += one(v.right)
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-22s %5s %6s %6s\n", "", "rows", "shown", "right")
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		c := counts[k]
		fmt.Fprintf(&b, "%-22s %5d %6.3f %6.3f\n", k, c.n, float64(c.shown)/float64(c.n), float64(c.right)/float64(max(1, c.shown)))
	}
	yes, no := counts["all true"], counts["all false"]
	if yes != nil && no != nil {
		fmt.Fprintf(&b, "precision %.3f where %.3f of the answerable is answered\n", float64(yes.right)/float64(max(1, yes.shown+no.shown)), float64(yes.shown)/float64(yes.n))
	}
	return shown, b.String()
}
