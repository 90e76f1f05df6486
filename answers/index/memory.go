package index

import (
	"cmp"
	"context"
	"slices"
	"sort"
	"sync"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// Memory is an index that holds everything in memory. It is made once and
// never changed.
type Memory struct {
	facts    []*fact.Fact
	numbers  map[fact.ID]int32
	postings map[string][]int32 // lemma → facts that have it, ascending
	words    []Term             // every word as written, folded; sorted
	scores   sync.Pool          // *accumulator
}

var _ Index = (*Memory)(nil)

// NewMemory indexes the facts of the articles, in their order.
func NewMemory(articles []*fact.Article) *Memory {
	m := &Memory{numbers: map[fact.ID]int32{}, postings: map[string][]int32{}}
	words := map[string]int{}
	for _, a := range articles {
		for i := range a.Facts {
			m.add(&a.Facts[i], words)
		}
	}
	m.words = make([]Term, 0, len(words))
	for w, n := range words {
		m.words = append(m.words, Term{w, n})
	}
	slices.SortFunc(m.words, func(a, b Term) int { return cmp.Compare(a.Text, b.Text) })
	m.scores.New = func() any { return &accumulator{weight: make([]float32, len(m.facts))} }
	return m
}

func (m *Memory) add(f *fact.Fact, words map[string]int) {
	n := int32(len(m.facts))
	m.facts = append(m.facts, f)
	m.numbers[f.ID] = n
	for _, t := range f.Tokens {
		if t.Kind == english.Mark {
			continue
		}
		for _, w := range [...]string{t.Lemma, t.Norm} {
			list := m.postings[w]
			if len(list) == 0 || list[len(list)-1] != n {
				m.postings[w] = append(list, n)
			}
		}
		if t.Kind == english.Word {
			words[t.Norm]++
		}
	}
}

type accumulator struct {
	weight  []float32
	touched []int32
}

// Candidates implements Index.
func (m *Memory) Candidates(ctx context.Context, q Query, k int) ([]fact.ID, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	acc := m.scores.Get().(*accumulator)
	defer func() {
		for _, n := range acc.touched {
			acc.weight[n] = 0
		}
		acc.touched = acc.touched[:0]
		m.scores.Put(acc)
	}()
	for _, g := range q.Groups {
		for _, n := range m.meeting(g) {
			if acc.weight[n] == 0 {
				acc.touched = append(acc.touched, n)
			}
			acc.weight[n] += float32(g.Weight)
		}
	}
	hits := make([]int32, 0, len(acc.touched))
	for _, n := range acc.touched {
		if m.passes(n, q) {
			hits = append(hits, n)
		}
	}
	slices.SortFunc(hits, func(a, b int32) int {
		return cmp.Or(cmp.Compare(acc.weight[b], acc.weight[a]), cmp.Compare(a, b))
	})
	if len(hits) > k {
		hits = hits[:k]
	}
	ids := make([]fact.ID, len(hits))
	for i, n := range hits {
		ids[i] = m.facts[n].ID
	}
	return ids, nil
}

// meeting are the facts that have one of the group's terms, each once.
func (m *Memory) meeting(g Group) []int32 {
	if len(g.Terms) == 1 {
		return m.postings[g.Terms[0]]
	}
	var all []int32
	for _, t := range g.Terms {
		all = append(all, m.postings[t]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (m *Memory) passes(n int32, q Query) bool {
	f := m.facts[n]
	if q.Figures && len(f.Counts) == 0 || q.Times && len(f.Times) == 0 {
		return false
	}
	if q.Article != "" && f.ID.Article != q.Article {
		return false
	}
	for _, g := range q.Groups {
		if g.Required && !slices.ContainsFunc(g.Terms, func(t string) bool {
			_, ok := slices.BinarySearch(m.postings[t], n)
			return ok
		}) {
			return false
		}
	}
	return true
}

// Facts implements Index.
func (m *Memory) Facts(ctx context.Context, ids ...fact.ID) ([]*fact.Fact, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := make([]*fact.Fact, 0, len(ids))
	for _, id := range ids {
		if n, ok := m.numbers[id]; ok {
			out = append(out, m.facts[n])
		}
	}
	return out, nil
}

// Around implements Index.
func (m *Memory) Around(ctx context.Context, id fact.ID, n int) ([]*fact.Fact, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	at, ok := m.numbers[id]
	if !ok {
		return nil, nil
	}
	from, to := int(at), int(at)
	for from > 0 && int(at)-from < n && m.facts[from-1].ID.Article == id.Article {
		from--
	}
	for to < len(m.facts)-1 && to-int(at) < n && m.facts[to+1].ID.Article == id.Article {
		to++
	}
	return m.facts[from : to+1], nil
}

// Terms implements Index.
func (m *Memory) Terms(ctx context.Context, prefix string, minLen, maxLen int) ([]Term, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var out []Term
	for i := sort.Search(len(m.words), func(i int) bool { return m.words[i].Text >= prefix }); i < len(m.words); i++ {
		w := m.words[i]
		if len(w.Text) < len(prefix) || w.Text[:len(prefix)] != prefix {
			break
		}
		if len(w.Text) >= minLen && len(w.Text) <= maxLen {
			out = append(out, w)
		}
	}
	return out, nil
}

// Count implements Index. The empty term counts all facts.
func (m *Memory) Count(ctx context.Context, term string) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if term == "" {
		return len(m.facts), nil
	}
	return len(m.postings[term]), nil
}
