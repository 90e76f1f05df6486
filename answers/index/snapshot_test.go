package index

import (
	"slices"
	"testing"

	"sourceline/answers/fact"
	"sourceline/corpus"
)

func texts(found []*fact.Article) []*corpus.Article {
	var out []*corpus.Article
	for _, a := range found {
		out = append(out, a.Article)
	}
	return out
}

// TestRestore: an index that was written and read again finds the same.
func TestRestore(t *testing.T) {
	found := made(11, 40, 30)
	built := NewMemory(found)
	again, err := Restore(string(built.Append(nil)), texts(found))
	if err != nil {
		t.Fatal(err)
	}
	for term := range built.terms {
		q := Query{Groups: []Group{{Terms: []string{term}, Weight: 1}, {Terms: []string{"waa"}, Weight: 2}}, Figures: len(term)%2 == 0}
		want, _ := built.Candidates(t.Context(), q, 9)
		if got, err := again.Candidates(t.Context(), q, 9); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v, want %v", term, got, err, want)
		}
	}
	if !slices.Equal(again.words.terms, built.words.terms) {
		t.Error("the vocabulary is another")
	}
	if _, err := Restore(string(built.Append(nil)), texts(found[1:])); err == nil {
		t.Error("it was read for other articles")
	}
}

// FuzzRestore: what is no index is not read, or can be searched.
func FuzzRestore(f *testing.F) {
	found := made(2, 3, 4)
	f.Add(string(NewMemory(found).Append(nil)))
	articles := texts(found)
	f.Fuzz(func(t *testing.T, data string) {
		m, err := Restore(data, articles)
		if err != nil {
			return
		}
		for place := range articles {
			m.Packed(place).Outlines(articles[place])
		}
		for term := range m.terms {
			m.Has(0, term)
		}
	})
}
