package rank

import "strings"

// A Tally takes the features of one candidate as they are found: it keeps them
// to learn from, or only adds up what they are worth, which is several times
// as fast. The zero Tally keeps them.
type Tally struct {
	Vector Vector  // the features, where they are kept
	Sum    float64 // what they are worth, where they are added up

	weights Weights
	name    []byte // of a feature named in two parts
}

// Summing is a Tally that adds up by the weights.
func Summing(w Weights) Tally { return Tally{weights: w} }

// Add takes a feature that is simply true, or true to the degree v.
func (t *Tally) Add(name string, v float64) {
	switch {
	case v == 0:
	case t.weights == nil:
		t.Vector = append(t.Vector, Feature{name, v})
	default:
		t.Sum += t.weights[name] * v
	}
}

// Is takes a feature that is true or not.
func (t *Tally) Is(name string, ok bool) {
	if ok {
		t.Add(name, 1)
	}
}

// IsOf takes a feature that is true or not, its name in parts: they are put
// together only where that is needed.
func (t *Tally) IsOf(ok bool, parts ...string) {
	switch {
	case !ok:
	case t.weights == nil:
		t.Vector = append(t.Vector, Feature{strings.Join(parts, ""), 1})
	default:
		t.name = t.name[:0]
		for _, p := range parts {
			t.name = append(t.name, p...)
		}
		t.Sum += t.weights[string(t.name)]
	}
}

// Continue is a Tally that goes on from where t stands, and leaves t as it is.
func (t *Tally) Continue() Tally {
	return Tally{Vector: t.Vector[:len(t.Vector):len(t.Vector)], Sum: t.Sum, weights: t.weights, name: t.name}
}
