package extract

import (
	"fmt"
	"path/filepath"
	"testing"

	"sourceline/answers/fact"
	"sourceline/corpus"
)

// eventArticles are the embedded articles and those of the events, several
// times over, so that their memory is used again.
func eventArticles(t testing.TB) []*corpus.Article {
	t.Helper()
	articles, err := corpus.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	events, err := filepath.Glob("../testdata/events/*")
	if err != nil || len(events) == 0 {
		t.Fatalf("%d events: %v", len(events), err)
	}
	for _, dir := range events {
		found, _, err := corpus.Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, found...)
	}
	var out []*corpus.Article
	for n := range 4 {
		for _, a := range articles {
			b := *a
			b.ID = fmt.Sprint(a.ID, n)
			out = append(out, &b)
		}
	}
	return out
}

// TestEach holds Each to what Article finds: no article shows through in the
// facts of a later one.
func TestEach(t *testing.T) {
	articles := eventArticles(t)
	n := 0
	Each(articles, func(a *fact.Article, packed fact.Packed) {
		want := articles[n]
		n++
		if a.Article != want {
			t.Fatalf("article %d is %s, not %s", n, a.Article.ID, want.ID)
		}
		if alone := fact.Pack(Article(want)); packed != alone || fact.Pack(a) != alone {
			t.Errorf("%s: other facts than when it is read alone", want.ID)
		}
	})
	if n != len(articles) {
		t.Errorf("%d of %d articles", n, len(articles))
	}
}

// TestEachPanic: a panic over an article is one of Each, and so is one of use.
func TestEachPanic(t *testing.T) {
	articles := eventArticles(t)
	panics := func(articles []*corpus.Article, use func(*fact.Article, fact.Packed)) (what any) {
		defer func() { what = recover() }()
		Each(articles, use)
		return nil
	}
	if panics(append(articles[:3:3], nil), func(*fact.Article, fact.Packed) {}) == nil {
		t.Error("an article that is none is no panic")
	}
	if what := panics(articles, func(*fact.Article, fact.Packed) { panic("enough") }); what != "enough" {
		t.Errorf("the panic of use is %v", what)
	}
	if panics(nil, func(*fact.Article, fact.Packed) { t.Error("an article of none") }) != nil {
		t.Error("no articles are a panic")
	}
}
