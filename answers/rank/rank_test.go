package rank

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParsePrintsBack(t *testing.T) {
	const file = "# a comment\n\n0.500 near\n-1.250 time:before1 in\n"
	w, err := Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Weights{"near": 0.5, "time:before1 in": -1.25}); !cmp.Equal(w, want) {
		t.Errorf("Parse: %s", cmp.Diff(want, w))
	}
	if got, want := w.String(), "0.500 near\n-1.250 time:before1 in\n"; got != want {
		t.Errorf("String() = %q, want %q", got, want)
	}
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"near", "line 1"},
		{"0.1 near\nx far", "line 2"},
		{"NaN near", "line 1"},
		{"0.1 near\n0.2 near", "twice"},
	} {
		if _, err := Parse(c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Parse(%q): error %v, want one with %q", c.file, err, c.want)
		}
	}
}

func TestDefault(t *testing.T) {
	if n := len(Default().Weights); n < 100 || n > 2500 {
		t.Errorf("the file has %d weights, want 100 to 2500", n)
	}
	if got, _ := Parse(Default().String()); !cmp.Equal(got, Default().Weights) {
		t.Error("the file is not printed as it is read")
	}
}

// tiny is two questions in which the candidate beside the verb is right.
var tiny = []List{
	{Vectors: []Vector{{{"beside", 1}}, {{"far", 1}, {"long", 0.5}}}, Right: []float64{1, 0}},
	{Vectors: []Vector{{{"far", 1}}, {{"beside", 1}, {"long", 0.5}}, nil}, Right: []float64{0, 1, 0}},
	{Vectors: []Vector{{{"never right", 1}}}, Right: []float64{0}},
}

func TestTrain(t *testing.T) {
	w := Train(tiny, 1)
	if !cmp.Equal(w, Train(tiny, 1)) {
		t.Error("the same lists gave other weights")
	}
	if w["beside"] <= 0 || w["far"] >= 0 {
		t.Errorf("beside %v, far %v: want more than 0 and less", w["beside"], w["far"])
	}
	if _, ok := w["never right"]; ok {
		t.Error("a list in which nothing is right taught something")
	}
	if strong := Train(tiny, 50); math.Abs(strong["beside"]) >= math.Abs(w["beside"]) {
		t.Errorf("a stronger prior gave %v, not less than %v", strong["beside"], w["beside"])
	}
}

func TestPrune(t *testing.T) {
	for _, l := range Prune(tiny, 2) {
		for _, x := range l.Vectors {
			for _, f := range x {
				if f.Name == "never right" {
					t.Error("a feature of one list was kept")
				}
			}
		}
	}
	if len(tiny[2].Vectors[0]) != 1 {
		t.Error("the lists given were changed")
	}
}

func FuzzParse(f *testing.F) {
	f.Add("0.5 near\n-1.25 time:before1 in\n")
	f.Add("# x\n1e9 a\n")
	f.Fuzz(func(t *testing.T, file string) {
		w, err := Parse(file)
		if err != nil {
			return
		}
		text := w.String()
		again, err := Parse(text)
		if err != nil {
			t.Fatalf("%q prints as %q, which is not read: %v", file, text, err)
		}
		if got := again.String(); got != text {
			t.Errorf("%q printed again is %q", text, got)
		}
	})
}
