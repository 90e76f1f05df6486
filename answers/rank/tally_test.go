package rank

import "testing"

// take gives the tally a feature of each way to name one.
func take(v *Tally) {
	v.Add("near", 0.5)
	v.Add("far", 0)
	v.Is("beside", true)
	v.Is("long", false)
	v.IsOf(true, "before1", " ", "in")
	v.IsOf(false, "after1", " ", "in")
}

func TestTallySumsWhatItWouldKeep(t *testing.T) {
	m := NewModel(Weights{"near": 2, "beside": 1, "before1 in": 4, "time:near": 8, "time:before1 in": -1, "place:near": 100, "long": 100, "after1 in": 100})
	for _, c := range []struct {
		kind string
		want float64
	}{{"time", 2*0.5 + 1 + 4 + 8*0.5 - 1}, {"reason", 2*0.5 + 1 + 4}} {
		sum := Summing(m.For(c.kind))
		take(&sum)
		if sum.Sum != c.want || sum.Vector != nil {
			t.Errorf("%s: the sum is %v with %d features kept, want %v and none", c.kind, sum.Sum, len(sum.Vector), c.want)
		}
		var kept Tally
		take(&kept)
		for _, f := range kept.Vector {
			kept.Vector = append(kept.Vector, Feature{Of(c.kind, f.Name), f.Value})
		}
		if got := m.Weights.Score(kept.Vector); got != c.want {
			t.Errorf("%s: the features kept score %v, want %v", c.kind, got, c.want)
		}
	}
}

func TestTallyContinues(t *testing.T) {
	var common Tally
	common.Is("of the sentence", true)
	one, other := common.Continue(), common.Continue()
	one.Is("one", true)
	other.Is("other", true)
	if one.Vector[1].Name != "one" || other.Vector[1].Name != "other" || len(common.Vector) != 1 {
		t.Errorf("two that go on from one share what they keep: %v, %v, %v", common.Vector, one.Vector, other.Vector)
	}
}
