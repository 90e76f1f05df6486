package english

import "testing"

// TestTable holds the filter to its promise: it hides no word of the table.
func TestTable(t *testing.T) {
	words := map[string]int{"": 1, "a": 2, "toll": 3, "señor": 4}
	for _, w := range uninflected().Words() {
		words[w] = len(w)
	}
	table := NewTable(words)
	for w, want := range words {
		if got, ok := table.Find(w); !ok || got != want || table.Of(w) != want || !table.Has(w) {
			t.Errorf("%q: %d, %v; want %d", w, got, ok, want)
		}
	}
	for _, w := range []string{"tall", "tol", "b", "senor", "tolls"} {
		if got, ok := table.Find(w); ok || got != 0 || table.Of(w) != 0 || table.Has(w) {
			t.Errorf("%q is in the table: %d", w, got)
		}
	}
	both := Union(NewSet("one two", "three"), NewSet("four"))
	for _, w := range []string{"one", "two", "three", "four"} {
		if !both.Has(w) {
			t.Errorf("the union has no %q", w)
		}
	}
	if both.Has("five") || both.Has("") {
		t.Error("the union has words of neither set")
	}
}
