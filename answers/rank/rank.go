// Package rank scores candidates by a linear model over named features.
//
// The model is log-linear: of the candidates of one question each has the
// probability exp(score) over the sum of all, and the weights are those that
// make the right ones likely (a conditional logit; in ranking, ListNet's
// top-one loss) with a Gaussian prior that keeps them small. The weights stand
// in a small text file, one feature a line, so that a change shows in a diff.
package rank

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A Feature is something that is true of a candidate, and how much.
type Feature struct {
	Name  string
	Value float64
}

// A Vector is the features of one candidate. Names may repeat: they add up.
type Vector []Feature

// Weights are a model: what each feature is worth.
type Weights map[string]float64

// Score is the candidate's score.
func (w Weights) Score(x Vector) float64 {
	sum := 0.0
	for _, f := range x {
		sum += w[f.Name] * f.Value
	}
	return sum
}

// Of is what a feature is named that holds for one kind of question alone.
func Of(kind, feature string) string { return kind + ":" + feature }

// A Model is weights made ready for scoring: of each kind of question what a
// feature is worth there in all, for every question and for that kind.
type Model struct {
	Weights
	kinds map[string]Weights
}

// NewModel makes the weights ready.
func NewModel(w Weights) *Model {
	m := &Model{Weights: w, kinds: map[string]Weights{}}
	for name := range w {
		if kind, _, ok := strings.Cut(name, ":"); ok && m.kinds[kind] == nil && !strings.Contains(kind, " ") {
			m.kinds[kind] = Weights{}
		}
	}
	for kind, all := range m.kinds {
		for name, v := range w {
			all[name] += v
			if feature, ok := strings.CutPrefix(name, Of(kind, "")); ok {
				all[feature] += v
			}
		}
	}
	return m
}

// For are the weights for a kind of question.
func (m *Model) For(kind string) Weights {
	if w := m.kinds[kind]; w != nil {
		return w
	}
	return m.Weights
}

//go:embed weights.txt
var weightsFile string

// Default is the model that the repository's training command made.
var Default = sync.OnceValue(func() *Model {
	w, err := Parse(weightsFile)
	if err != nil {
		panic("rank: weights.txt: " + err.Error()) // compiled in, and held by a test
	}
	return NewModel(w)
})

// Parse reads weights: a weight and a name a line, lines that begin with "#"
// passed over. Errors name the line.
func Parse(text string) (Weights, error) {
	w := Weights{}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		value, name, ok := strings.Cut(line, " ")
		v, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("line %d: %q is not a weight and a name", n, line)
		}
		if _, ok := w[name]; ok {
			return nil, fmt.Errorf("line %d: feature %q stands twice", n, name)
		}
		w[name] = v
	}
	return w, nil
}

// minWeight is the least weight that is written down.
const minWeight = 0.05

// String writes the weights as Parse reads them: sorted by name, three
// decimals, those near zero left out.
func (w Weights) String() string {
	names := make([]string, 0, len(w))
	for n, v := range w {
		if math.Abs(v) >= minWeight {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	var b strings.Builder
	for _, n := range names {
		fmt.Fprintf(&b, "%.3f %s\n", w[n], n)
	}
	return b.String()
}
