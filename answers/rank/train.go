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
	rounds     = 250  // passes over the data; the objective is convex and flat by then
	firstStep  = 0.4  // AdaGrad's step
	smallGrads = 1e-8 // keeps AdaGrad's division finite
)

// Train finds the weights that make the right candidates likely. Prior is the
// inverse variance of the Gaussian prior on each weight, a question counting
// 1. It uses no chance: the same lists give the same weights, bit for bit.
// (AdaGrad: Duchi, Hazan and Singer, 2011.)
func Train(lists []List, prior float64) Weights {
	ids, names := map[string]int{}, []string(nil)
	type entry struct {
		id int
		v  float64
	}
	data := make([][][]entry, len(lists))
	for l, list := range lists {
		data[l] = make([][]entry, len(list.Vectors))
		for c, x := range list.Vectors {
			for _, f := range x {
				id, ok := ids[f.Name]
				if !ok {
					id = len(names)
					ids[f.Name] = id
					names = append(names, f.Name)
				}
				data[l][c] = append(data[l][c], entry{id, f.Value})
			}
		}
	}
	w, squares, grad := make([]float64, len(names)), make([]float64, len(names)), make([]float64, len(names))
	for range rounds {
		for i := range grad {
			grad[i] = prior * w[i]
		}
		for l, list := range lists {
			scores := make([]float64, len(data[l]))
			for c, x := range data[l] {
				for _, e := range x {
					scores[c] += w[e.id] * e.v
				}
			}
			p := softmax(scores)
			target := normalised(list.Right)
			if target == nil {
				continue
			}
			for c, x := range data[l] {
				d := p[c] - target[c]
				if d == 0 {
					continue
				}
				for _, e := range x {
					grad[e.id] += d * e.v
				}
			}
		}
		for i, g := range grad {
			squares[i] += g * g
			w[i] -= firstStep * g / math.Sqrt(squares[i]+smallGrads)
		}
	}
	out := Weights{}
	for i, n := range names {
		out[n] = w[i]
	}
	return out
}

func softmax(scores []float64) []float64 {
	if len(scores) == 0 {
		return nil
	}
	top := slices.Max(scores)
	out, sum := make([]float64, len(scores)), 0.0
	for i, s := range scores {
		out[i] = math.Exp(s - top)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// normalised is right with a sum of one; nil where nothing is right.
func normalised(right []float64) []float64 {
	sum := 0.0
	for _, r := range right {
		sum += r
	}
	if sum == 0 {
		return nil
	}
	out := make([]float64, len(right))
	for i, r := range right {
		out[i] = r / sum
	}
	return out
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
