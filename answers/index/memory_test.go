package index

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// made makes an archive of random words, some much rarer than others; every
// third sentence has a count.
func made(seed uint64, articles, sentences int) []*fact.Article {
	r := rand.New(rand.NewPCG(seed, 0))
	var out []*fact.Article
	for a := range articles {
		var lines []string
		for range 1 + r.IntN(sentences) {
			words := make([]string, 1+r.IntN(12))
			for i := range words {
				words[i] = fmt.Sprintf("w%c%c", 'a'+rune(r.IntN(1+r.IntN(26))), 'a'+rune(r.IntN(1+r.IntN(8))))
			}
			lines = append(lines, strings.Join(words, " "))
		}
		article := corpus.Inline(fmt.Sprint("a", a), strings.Join(lines, "\n"), time.Time{})
		found := &fact.Article{Article: article}
		start := 0
		for i, line := range lines {
			span := corpus.Span{Start: start, End: start + len(line)}
			start = span.End + 1
			f := fact.Fact{ID: fact.ID{Article: article.ID, Span: span}, Sentence: corpus.Sentence{Article: article, Span: span, Line: i + 1}, Number: i, Tokens: english.Tokens(line, span.Start)}
			if r.IntN(3) == 0 {
				f.Counts = make([]fact.Count, 1)
			}
			found.Facts = append(found.Facts, f)
		}
		out = append(out, found)
	}
	return out
}

// exhaustive is Candidates by scoring every fact.
func exhaustive(articles []*fact.Article, q Query, k int) []fact.ID {
	type scored struct {
		id    fact.ID
		score score
	}
	var all []scored
	for place, a := range articles {
		for _, f := range a.Facts {
			s := scored{id: f.ID}
			ok := !q.Figures || len(f.Counts) > 0
			ok = ok && (q.Article == "" || q.Article == a.Article.ID)
			ok = ok && (q.Places == nil || slices.Contains(q.Places, place))
			for _, g := range q.Groups {
				met := slices.ContainsFunc(f.Tokens, func(t english.Token) bool {
					return slices.Contains(g.Terms, t.Norm) || slices.Contains(g.Terms, t.Lemma)
				})
				if met {
					s.score += scoreOf(g.Weight)
				}
				ok = ok && (met || !g.Required)
			}
			if ok && s.score > 0 {
				all = append(all, s)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	var out []fact.ID
	for _, s := range all[:min(k, len(all))] {
		out = append(out, s.id)
	}
	return out
}

// TestCandidates holds the pruned search to scoring every fact: the same facts
// in the same order, ties in the order of the articles.
func TestCandidates(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		articles := made(seed, 1+r.IntN(60), 30)
		m := NewMemory(articles)
		for range 25 {
			q := Query{Figures: r.IntN(3) == 0}
			if r.IntN(8) == 0 {
				q.Article = fmt.Sprint("a", r.IntN(len(articles)+1))
			}
			if r.IntN(4) == 0 {
				for place := range articles {
					if r.IntN(3) == 0 {
						q.Places = append(q.Places, place)
					}
				}
			}
			for range 1 + r.IntN(8) {
				g := Group{Weight: []float64{0.2, 0.7, 1.3, 2.1, 3.14159}[r.IntN(5)], Required: r.IntN(12) == 0}
				for range 1 + r.IntN(3) {
					g.Terms = append(g.Terms, fmt.Sprintf("w%c%c", 'a'+rune(r.IntN(26)), 'a'+rune(r.IntN(8))))
				}
				q.Groups = append(q.Groups, g)
			}
			k := 1 + r.IntN(40)
			got, err := m.Candidates(t.Context(), q, k)
			if err != nil {
				t.Fatal(err)
			}
			if want := exhaustive(articles, q, k); !slices.Equal(got, want) {
				t.Fatalf("seed %d, %+v, best %d:\n got %v\nwant %v", seed, q, k, got, want)
			}
		}
	}
}

// TestLists holds the compressed lists to plain ones, over the length of
// several blocks.
func TestLists(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	var s lists
	var all [][]int32
	var postings []posting
	for _, n := range []int{1, 2, blockLen - 1, blockLen, blockLen + 1, 3 * blockLen, 1000} {
		var l listBuilder
		var list []int32
		last := int32(-1)
		for range n {
			last += 1 + int32(r.IntN(1+r.IntN(500)))
			list = append(list, last)
			l.add(last)
			l.add(last) // twice is once
		}
		all = append(all, list)
		postings = append(postings, s.put(&l))
	}
	for i, list := range all {
		var c cursor
		c.open(&s, postings[i])
		for _, want := range list {
			if c.now != want {
				t.Fatalf("list of %d: %d, want %d", len(list), c.now, want)
			}
			c.next()
		}
		if c.now != noFact {
			t.Fatalf("list of %d does not end", len(list))
		}
		c.open(&s, postings[i])
		for n := int32(0); n < list[len(list)-1]+3; n += 1 + int32(r.IntN(40)) {
			c.seek(n)
			at, _ := slices.BinarySearch(list, n)
			want := int32(noFact)
			if at < len(list) {
				want = list[at]
			}
			if first := s.first(postings[i], n); c.now != want || first != want {
				t.Fatalf("list of %d: seek(%d) = %d, first = %d, want %d", len(list), n, c.now, first, want)
			}
		}
	}
}

func TestArticles(t *testing.T) {
	articles := made(3, 20, 10)
	m := NewMemory(articles)
	for place, a := range articles {
		if m.Place(a.Article.ID) != place || m.Len(place) != len(a.Facts) {
			t.Fatalf("%s is at %d with %d facts", a.Article.ID, m.Place(a.Article.ID), m.Len(place))
		}
		for n, f := range a.Facts {
			if p, i, ok := m.Find(f.ID); !ok || p != place || i != n {
				t.Errorf("Find(%s) = %d, %d, %v", f.ID, p, i, ok)
			}
			term := f.Tokens[0].Norm
			if !m.Has(place, term) || m.Next(place, n, term) != n {
				t.Errorf("%s does not have %q", f.ID, term)
			}
			found := m.All([]string{f.Tokens[0].Norm, f.Tokens[len(f.Tokens)-1].Norm}, 1<<20)
			if !slices.Contains(found, Location{place, n}) || !slices.IsSortedFunc(found, Location.Compare) {
				t.Errorf("All(%s) = %v", f.ID, found)
			}
		}
	}
	if m.Place("gone") != -1 || m.Has(0, "gone") || m.Next(0, 0, "gone") != -1 {
		t.Error("there is what is not there")
	}
	facts, err := m.Around(t.Context(), articles[0].Facts[0].ID, 1)
	if err != nil || len(facts) != min(2, len(articles[0].Facts)) {
		t.Errorf("Around = %v, %v", facts, err)
	}
}

// TestSimilar: of a large vocabulary the words that are meant are found, and few
// others.
func TestSimilar(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	var v vocabulary
	seen := map[string]bool{}
	for len(v.terms) < 3000 {
		w := "s"
		for range 3 + r.IntN(6) {
			w += string("aeiounrt"[r.IntN(8)])
		}
		if !seen[w] {
			seen[w] = true
			v.terms = append(v.terms, Term{w, 1})
		}
	}
	slices.SortFunc(v.terms, func(a, b Term) int { return cmp.Compare(a.Text, b.Text) })
	for range 50 {
		w := v.terms[r.IntN(len(v.terms))].Text
		swapped := w[:len(w)-2] + w[len(w)-1:] + w[len(w)-2:len(w)-1]
		dropped := w[:2] + w[3:]
		for _, typo := range []string{w, swapped, dropped, w + "x"} {
			for _, distance := range []int{1, 2} {
				found := v.similar(typo, distance)
				if !slices.ContainsFunc(found, func(t Term) bool { return t.Text == w }) {
					t.Errorf("similar(%q, %d) does not find %q among %d", typo, distance, w, len(found))
				}
				if len(found) > len(v.terms)/2 {
					t.Errorf("similar(%q, %d) finds %d of %d", typo, distance, len(found), len(v.terms))
				}
			}
		}
	}
}
