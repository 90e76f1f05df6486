package index

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// Memory is an index that holds everything in memory, in compact form: facts
// packed, terms as compressed lists. It is made once and never changed.
type Memory struct {
	articles []*corpus.Article
	packed   []fact.Packed
	first    []int32          // of each article the number of its first fact, and at the end that of all
	place    map[string]int32 // ID of an article → its place
	terms    map[string]posting
	lists    lists
	figures  bitmap // facts with a count
	times    bitmap // facts with a time
	words    vocabulary
}

var _ Index = (*Memory)(nil)

// NewMemory indexes the facts of the articles, in their order.
func NewMemory(articles []*fact.Article) *Memory {
	b := NewBuilder()
	for _, a := range articles {
		b.Add(a)
	}
	return b.Memory()
}

// A bitmap is a set of facts.
type bitmap []uint64

func (b bitmap) has(n int32) bool { return int(n>>6) < len(b) && b[n>>6]&(1<<(n&63)) != 0 }

// word is the facts from 64*i on, below 64*(i+1).
func (b bitmap) word(i int) uint64 {
	if i >= len(b) {
		return 0
	}
	return b[i]
}

func (b *bitmap) add(n int32) {
	for int(n>>6) >= len(*b) {
		*b = append(*b, 0)
	}
	(*b)[n>>6] |= 1 << (n & 63)
}

// A Builder makes a Memory of articles that are handed in one after another.
type Builder struct {
	m      *Memory
	lists  map[string]*listBuilder
	recent [recentWords]recentWord
}

// recentWords is of how many words the lists are remembered: a text repeats
// its words.
const recentWords = 1 << 12

// A recentWord is a word with the lists of its two terms.
type recentWord struct {
	form           *english.Form
	ofNorm, ofBase *listBuilder
}

// NewBuilder is a builder without an article.
func NewBuilder() *Builder {
	return &Builder{m: &Memory{first: []int32{0}, place: map[string]int32{}}, lists: map[string]*listBuilder{}}
}

// Add indexes the facts of an article. It keeps nothing of a but its article.
func (b *Builder) Add(a *fact.Article) { b.AddPacked(a, fact.Pack(a)) }

// AddPacked is Add with the facts in packed form too.
func (b *Builder) AddPacked(a *fact.Article, packed fact.Packed) {
	m := b.m
	m.place[a.Article.ID] = int32(len(m.articles))
	m.articles = append(m.articles, a.Article)
	m.packed = append(m.packed, packed)
	n := m.first[len(m.first)-1]
	for i := range a.Facts {
		b.fact(&a.Facts[i], n)
		n++
	}
	m.first = append(m.first, n)
}

func (b *Builder) fact(f *fact.Fact, n int32) {
	if len(f.Counts) > 0 {
		b.m.figures.add(n)
	}
	if len(f.Times) > 0 {
		b.m.times.add(n)
	}
	for i := range f.Tokens {
		t := &f.Tokens[i]
		if t.Kind == english.Mark {
			continue
		}
		w := b.word(t.Form)
		w.ofBase.add(n)
		if w.ofNorm != w.ofBase {
			w.ofNorm.add(n)
		}
		if t.Kind == english.Word {
			w.ofNorm.words++
		}
	}
}

// word is the lists of a form.
func (b *Builder) word(f *english.Form) *recentWord {
	w := &b.recent[f.Hash()%recentWords]
	switch {
	case w.form == f:
	case w.form != nil && w.form.Norm == f.Norm && w.form.Lemma == f.Lemma:
		w.form = f
	default:
		*w = recentWord{form: f, ofNorm: b.list(f.Norm), ofBase: b.list(f.Lemma)}
	}
	return w
}

func (b *Builder) list(term string) *listBuilder {
	l := b.lists[term]
	if l == nil {
		l = &listBuilder{}
		b.lists[strings.Clone(term)] = l
	}
	return l
}

// Memory is the index of what was added. The builder is done for then.
func (b *Builder) Memory() *Memory {
	m := b.m
	terms := sortedTerms(b.lists)
	size := 0
	for _, l := range b.lists {
		size += len(l.data)
	}
	m.terms = make(map[string]posting, len(terms))
	m.lists.data = make([]byte, 0, size)
	for _, t := range terms {
		l := b.lists[t]
		m.terms[t] = m.lists.put(l)
		l.data = nil
		if n := l.words; n > 0 {
			m.words.terms = append(m.words.terms, Term{t, int(n)})
		}
	}
	m.lists.blocks = slices.Clip(m.lists.blocks)
	m.words.terms = slices.Clip(m.words.terms)
	b.lists = nil
	clear(b.recent[:])
	return m
}

func sortedTerms[T any](terms map[string]T) []string { return slices.Sorted(maps.Keys(terms)) }

// Articles are the articles that were indexed, in their order.
func (m *Memory) Articles() []*corpus.Article { return m.articles }

// Place is the place of the article with that ID in Articles, -1 where there
// is none.
func (m *Memory) Place(id string) int {
	if n, ok := m.place[id]; ok {
		return int(n)
	}
	return -1
}

// Packed is everything that was found in the article at that place.
func (m *Memory) Packed(place int) fact.Packed { return m.packed[place] }

// Len is the number of facts of the article at that place.
func (m *Memory) Len(place int) int { return int(m.first[place+1] - m.first[place]) }

// Counted reports whether that fact of the article has a count.
func (m *Memory) Counted(place, number int) bool {
	return m.figures.has(m.first[place] + int32(number))
}

// Has reports whether the article at that place has a word with that lemma or
// written in that form.
func (m *Memory) Has(place int, term string) bool {
	p, ok := m.terms[term]
	return ok && m.lists.within(p, m.first[place], m.first[place+1])
}

// Next is the number of the first fact of the article at that place, not below
// from, that has the term; -1 where none has.
func (m *Memory) Next(place, from int, term string) int {
	p, ok := m.terms[term]
	if !ok {
		return -1
	}
	if n := m.lists.first(p, m.first[place]+int32(from)); n < m.first[place+1] {
		return int(n - m.first[place])
	}
	return -1
}

// A Location is where a fact is: the place of its article, and its number
// there.
type Location struct{ Place, Number int }

// Compare orders locations as the articles are.
func (l Location) Compare(m Location) int {
	return cmp.Or(cmp.Compare(l.Place, m.Place), cmp.Compare(l.Number, m.Number))
}

// All are the first k facts, in the order of the articles, that have all of the
// terms.
func (m *Memory) All(terms []string, k int) []Location {
	cursors := make([]cursor, len(terms))
	for i, t := range terms {
		p, ok := m.terms[t]
		if !ok {
			return nil
		}
		cursors[i].open(&m.lists, p)
	}
	slices.SortFunc(cursors, func(a, b cursor) int { return cmp.Compare(a.p.facts, b.p.facts) })
	var out []Location
	for len(cursors) > 0 && len(out) < k && cursors[0].now != noFact {
		n := cursors[0].now
		for i := 1; i < len(cursors) && n == cursors[0].now; i++ {
			if cursors[i].seek(n); cursors[i].now != n {
				n = cursors[i].now
			}
		}
		if n != cursors[0].now {
			cursors[0].seek(n)
			continue
		}
		place, number := m.locate(n)
		out = append(out, Location{place, number})
		cursors[0].next()
	}
	return out
}

// Candidates implements Index.
func (m *Memory) Candidates(ctx context.Context, q Query, k int) ([]fact.ID, error) {
	best, err := m.Best(ctx, q, k)
	if err != nil {
		return nil, err
	}
	ids := make([]fact.ID, len(best))
	for i, l := range best {
		ids[i] = fact.ID{Article: m.articles[l.Place].ID, Span: m.packed[l.Place].Span(l.Number)}
	}
	return ids, nil
}

// Best is Candidates by where they are.
func (m *Memory) Best(ctx context.Context, q Query, k int) ([]Location, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if k <= 0 {
		return nil, nil
	}
	s := m.newSearch(q, k)
	switch {
	case q.Article != "":
		at := m.Place(q.Article)
		if at < 0 || q.Places != nil && !slices.Contains(q.Places, at) {
			return nil, nil
		}
		s.within(m.first[at], m.first[at+1])
	case q.Places != nil:
		for _, at := range q.Places {
			s.within(m.first[at], m.first[at+1])
		}
	default:
		s.run()
	}
	frames.Put(s.frame)
	slices.SortFunc(s.best, func(a, b hit) int {
		if worse(b, a) {
			return -1
		}
		return 1
	})
	out := make([]Location, len(s.best))
	for i, h := range s.best {
		out[i].Place, out[i].Number = m.locate(h.fact)
	}
	return out, nil
}

// locate is the place of the article of a fact, and its number there.
func (m *Memory) locate(n int32) (place, number int) {
	at, _ := slices.BinarySearch(m.first, n+1)
	return at - 1, int(n - m.first[at-1])
}

// Find is the place of the article of a fact and its number there. Ok is false
// where the fact is gone.
func (m *Memory) Find(id fact.ID) (place, number int, ok bool) {
	place = m.Place(id.Article)
	if place < 0 {
		return 0, 0, false
	}
	number, ok = m.packed[place].Find(id.Span)
	return place, number, ok
}

// Facts implements Index.
func (m *Memory) Facts(ctx context.Context, ids ...fact.ID) ([]*fact.Fact, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := make([]*fact.Fact, 0, len(ids))
	for _, id := range ids {
		if place, number, ok := m.Find(id); ok {
			out = append(out, m.packed[place].Fact(m.articles[place], number))
		}
	}
	return out, nil
}

// Around implements Index.
func (m *Memory) Around(ctx context.Context, id fact.ID, n int) ([]*fact.Fact, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	place, number, ok := m.Find(id)
	if !ok {
		return nil, nil
	}
	var out []*fact.Fact
	for i := max(0, number-n); i <= min(m.Len(place)-1, number+n); i++ {
		out = append(out, m.packed[place].Fact(m.articles[place], i))
	}
	return out, nil
}

// Terms implements Index.
func (m *Memory) Terms(ctx context.Context, prefix string, minLen, maxLen int) ([]Term, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return m.words.with(prefix, minLen, maxLen), nil
}

// Similar implements Index.
func (m *Memory) Similar(ctx context.Context, word string, distance int) ([]Term, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return m.words.similar(word, distance), nil
}

// Count implements Index. The empty term counts all facts.
func (m *Memory) Count(ctx context.Context, term string) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if term == "" {
		return int(m.first[len(m.articles)]), nil
	}
	return int(m.terms[term].facts), nil
}
