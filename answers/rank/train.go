package rank

import (
	"math"
	"slices"
)

// A List is the candidates of one question with how right each is (0 to 1).
type List struct {
	Vectors []Vector
	Right   []float64
}

// Training constants. The prior is strong on purpose: with a few hundred
// questions a type overfitting is the main danger.
const (
	rounds        = 150   // passes over the data; the objective is convex and flat by then
	firstStep     = 0.4   // AdaGrad's step
	noGradient    = 1e-5  // a candidate so far off its mark or less teaches nothing
	smallGrads    = 1e-8  // keeps AdaGrad's division finite
	minLikelihood = 1e-12 // a right candidate is never given up
	// sharing tells what the right candidates of one question are to get of its
	// likelihood: at 0 each its part, at 1 all of them together, whichever of
	// them has it. Between the two the model may prefer one and learns from all.
	sharing = 0.5
)

// Train finds the weights that make the right candidates likely. Prior is the
// inverse variance of the Gaussian prior on each weight, a question counting
// 1. It uses no chance: the same lists give the same weights, bit for bit.
// (AdaGrad: Duchi, Hazan and Singer, 2011.)
func Train(lists []List, prior float64) Weights {
	d := newDataset(lists)
	w, squares, grad := make([]float64, len(d.names)), make([]float64, len(d.names)), make([]float64, len(d.names))
	for range rounds {
		for i := range grad {
			grad[i] = prior * w[i]
		}
		for _, l := range d.lists {
			l.gradient(w, grad)
		}
		for i, g := range grad {
			squares[i] += g * g
			w[i] -= firstStep * g / math.Sqrt(squares[i]+smallGrads)
		}
	}
	out := Weights{}
	for i, n := range d.names {
		out[n] = w[i]
	}
	return out
}

// A dataset is the lists with features by number.
type dataset struct {
	names []string
	lists []numbered
}

// A numbered list has its candidates' features in a row; the ends tell where
// each candidate's stop.
type numbered struct {
	ids    []int32
	values []float64
	ends   []int
	right  []float64
	target []float64 // room for gradient
	scores []float64 // likewise
}

// newDataset numbers the features in the order in which they come, and leaves
// out lists in which nothing is right.
func newDataset(lists []List) *dataset {
	d := &dataset{}
	ids := map[string]int32{}
	for _, list := range lists {
		if len(list.Right) == 0 || slices.Max(list.Right) <= 0 {
			continue
		}
		l := numbered{right: list.Right, target: make([]float64, len(list.Right)), scores: make([]float64, len(list.Right))}
		for _, x := range list.Vectors {
			for _, f := range x {
				id, ok := ids[f.Name]
				if !ok {
					id = int32(len(d.names))
					ids[f.Name] = id
					d.names = append(d.names, f.Name)
				}
				l.ids, l.values = append(l.ids, id), append(l.values, f.Value)
			}
			l.ends = append(l.ends, len(l.ids))
		}
		d.lists = append(d.lists, l)
	}
	return d
}

// gradient adds the list's share to the gradient of the loss at w.
func (l *numbered) gradient(w, grad []float64) {
	start := 0
	for c, end := range l.ends {
		sum := 0.0
		for k := start; k < end; k++ {
			sum += w[l.ids[k]] * l.values[k]
		}
		l.scores[c] = sum
		start = end
	}
	softmax(l.scores)
	l.share()
	start = 0
	for c, end := range l.ends {
		if d := l.scores[c] - l.target[c]; math.Abs(d) > noGradient {
			for k := start; k < end; k++ {
				grad[l.ids[k]] += d * l.values[k]
			}
		}
		start = end
	}
}

// softmax turns scores into probabilities, in place.
func softmax(scores []float64) {
	if len(scores) == 0 {
		return
	}
	top, sum := slices.Max(scores), 0.0
	for i, s := range scores {
		scores[i] = math.Exp(s - top)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
}

// share sets what each right candidate should get, by how right and how likely
// it is.
func (l *numbered) share() {
	sum := 0.0
	for c, r := range l.right {
		l.target[c] = 0
		if r > 0 {
			l.target[c] = r * math.Pow(max(l.scores[c], minLikelihood), sharing)
			sum += l.target[c]
		}
	}
	for c := range l.target {
		l.target[c] /= sum
	}
}

// Prune leaves out the features that stand in the candidates of fewer than
// least lists: what so few questions tell is chance.
func Prune(lists []List, least int) []List {
	in := map[string]int{}
	for _, l := range lists {
		seen := map[string]bool{}
		for _, x := range l.Vectors {
			for _, f := range x {
				if !seen[f.Name] {
					seen[f.Name] = true
					in[f.Name]++
				}
			}
		}
	}
	out := make([]List, len(lists))
	for i, l := range lists {
		out[i].Right = l.Right
		for _, x := range l.Vectors {
			out[i].Vectors = append(out[i].Vectors, slices.DeleteFunc(slices.Clone(x), func(f Feature) bool { return in[f.Name] < least }))
		}
	}
	return out
}
