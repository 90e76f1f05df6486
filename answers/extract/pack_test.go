package extract

import (
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// corpora are the articles of the repository.
func corpora(t testing.TB) []*corpus.Article {
	t.Helper()
	out, err := corpus.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	folders, err := filepath.Glob("../testdata/events/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no events: %v", err)
	}
	for _, dir := range folders {
		articles, _, err := corpus.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, articles...)
	}
	return out
}

// TestPack: what is packed is read again as it was.
func TestPack(t *testing.T) {
	for _, a := range corpora(t) {
		want := Article(a)
		packed := fact.Pack(want)
		same := cmp.Options{
			cmpopts.EquateEmpty(),
			cmp.Comparer(func(x, y *corpus.Article) bool { return x == y }),
			cmp.Comparer(func(x, y *english.Form) bool {
				return x.Text == y.Text && x.Norm == y.Norm && x.Lemma == y.Lemma && x.Kind == y.Kind && x.Case == y.Case && x.Class == y.Class
			}),
		}
		if diff := cmp.Diff(want, packed.Article(a), same); diff != "" {
			t.Errorf("%s (-found +read again):\n%s", a.ID, diff)
		}
		if packed.Len() != len(want.Facts) || packed.Fact(a, len(want.Facts)) != nil || packed.Fact(a, -1) != nil {
			t.Errorf("%s: Len is %d, want %d", a.ID, packed.Len(), len(want.Facts))
		}
	}
}

// TestPackedFields fails when a type of what is packed has got a field: Pack
// and its reader must carry it too, and then the number here is to be raised.
func TestPackedFields(t *testing.T) {
	for _, test := range []struct {
		value  any
		fields int
	}{
		{fact.Fact{}, 9}, {fact.Count{}, 22}, {fact.Event{}, 5}, {fact.Mention{}, 4}, {fact.Entity{}, 3}, {fact.Attribution{}, 5},
		{fact.StandingMark{}, 3}, {fact.Article{}, 3}, {corpus.Sentence{}, 5}, {quantity.Quantity{}, 10}, {quantity.Unit{}, 2}, {timex.Time{}, 7},
	} {
		if typ := reflect.TypeOf(test.value); typ.NumField() != test.fields {
			t.Errorf("%s has %d fields, not %d: let fact.Pack and Packed carry them, and raise the number here", typ, typ.NumField(), test.fields)
		}
	}
}

// FuzzUnpack: what is no packer's work is read without a panic.
func FuzzUnpack(f *testing.F) {
	a := corpus.Inline("a", "Fire in Tarn\n\nThe mayor, Ada Bell, said on Monday that 12 people were killed. Dozens were hurt.", time.Date(2020, 5, 6, 0, 0, 0, 0, time.UTC))
	f.Add(string(fact.Pack(Article(a))))
	f.Fuzz(func(t *testing.T, data string) {
		p := fact.Packed(data)
		for n := range min(p.Len(), 100) {
			p.Outline(a, n)
		}
		p.Entities()
		p.Outlines(a)
	})
}
