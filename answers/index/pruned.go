package index

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"sync"
)

// maxGroups is how many groups of a query are looked at: the heaviest. A
// question that anybody would ask has some ten.
const maxGroups = 64

// A clause is the groups of a query that have the same terms: a fact meets
// all of them or none.
type clause struct {
	weight   score // of its groups together
	required bool
	lists    []posting // of its terms
	cursors  []cursor  // over these, where the clause is kept
}

// facts is how many facts meet the clause at most.
func (c *clause) facts() (n int32) {
	for _, p := range c.lists {
		n += p.facts
	}
	return n
}

// meets reports whether fact n meets the clause. The facts that it is asked for
// ascend.
func (c *clause) meets(n int32) bool {
	for i := range c.cursors {
		if c.cursors[i].seek(n); c.cursors[i].now == n {
			return true
		}
	}
	return false
}

// A score is a sum of weights. It is a whole number, so that no sum depends on
// the order in which it is added up.
type score int64

// scoreOne is the score of weight 1.
const scoreOne = 1 << 20

func scoreOf(weight float64) score { return score(math.Round(weight * scoreOne)) }

// A search finds the best facts of a query.
//
// It is MaxScore (H. Turtle, J. Flood: Query Evaluation: Strategies and
// Optimizations, 1995): facts are looked at in their order; as soon as there
// are k of them, those that have only words so light that these together
// cannot lift them above the worst of the k are not looked at any more. A fact
// that comes later never displaces one of the same score, so that nothing is
// lost by it, and where k facts have all of the words the search is over. The
// facts are looked at a window at a time, so that each list is gone through in
// stretches.
type search struct {
	clauses []*clause // those that must be met first, then the heaviest first
	rest    []score   // the score of a fact that meets clause i and all lighter ones, and no other
	best    hits
	k       int
	filters []bitmap // a fact is in all of them
	all     int32    // how many facts the index has
	*frame
}

// window is how many facts are looked at together.
const window = 2048

// A frame is what is known of the facts of a window.
type frame struct {
	met     [window]uint64      // of each fact the clauses that it meets
	sum     [window]score       // and their weight
	touched [window / 64]uint64 // the facts that meet one
	alive   [window / 64]uint64 // those of them that may still belong to the best
}

// frames are those of searches that are over. A search leaves its own clear.
var frames = sync.Pool{New: func() any { return new(frame) }}

// A hit is a fact with its score.
type hit struct {
	fact  int32
	score score
}

// hits is a heap whose first is the worst: of the lowest score, of these the
// last fact.
type hits []hit

func worse(a, b hit) bool { return a.score < b.score || a.score == b.score && a.fact > b.fact }

// push adds a hit; the worst one falls out where there would be more than k.
func (h *hits) push(x hit, k int) {
	s := *h
	if len(s) < k {
		s = append(s, x)
		for i := len(s) - 1; i > 0 && worse(s[i], s[(i-1)/2]); i = (i - 1) / 2 {
			s[i], s[(i-1)/2] = s[(i-1)/2], s[i]
		}
		*h = s
		return
	}
	s[0] = x
	for i := 0; ; {
		c := 2*i + 1
		if c >= len(s) {
			return
		}
		if c+1 < len(s) && worse(s[c+1], s[c]) {
			c++
		}
		if !worse(s[c], s[i]) {
			return
		}
		s[i], s[c] = s[c], s[i]
		i = c
	}
}

// newSearch opens the lists of the query's groups.
func (m *Memory) newSearch(q Query, k int) *search {
	s := &search{k: k, all: max(1, m.first[len(m.articles)]), frame: frames.Get().(*frame)}
	if q.Figures {
		s.filters = append(s.filters, m.figures)
	}
	if q.Times {
		s.filters = append(s.filters, m.times)
	}
	byTerms := map[string]*clause{}
	var key []byte
	var made []*clause
	for _, g := range q.Groups {
		key = key[:0]
		for _, t := range g.Terms {
			key = append(append(key, t...), 0)
		}
		c := byTerms[string(key)]
		if c == nil {
			c = &clause{lists: make([]posting, 0, len(g.Terms))}
			for _, t := range g.Terms {
				if p, ok := m.terms[t]; ok {
					c.lists = append(c.lists, p)
				}
			}
			byTerms[string(key)] = c
			made = append(made, c)
		}
		c.weight += scoreOf(g.Weight)
		c.required = c.required || g.Required
	}
	s.keep(made, &m.lists)
	s.rest = make([]score, len(s.clauses)+1)
	for i := len(s.clauses) - 1; i >= 0; i-- {
		s.rest[i] = s.rest[i+1] + s.clauses[i].weight
	}
	return s
}

// keep keeps the clauses that a fact has to meet, the rarest first, and then
// the heaviest of those that some fact meets, by weight.
func (s *search) keep(made []*clause, l *lists) {
	made = slices.DeleteFunc(made, func(c *clause) bool { return len(c.lists) == 0 && !c.required })
	slices.SortStableFunc(made, func(x, y *clause) int {
		switch {
		case x.required && y.required:
			return cmp.Compare(x.facts(), y.facts())
		case x.required:
			return -1
		case y.required:
			return 1
		}
		return cmp.Compare(y.weight, x.weight)
	})
	s.clauses = made[:min(len(made), maxGroups)]
	for _, c := range s.clauses {
		slices.SortFunc(c.lists, func(a, b posting) int { return cmp.Compare(b.facts, a.facts) }) // the likeliest first
		c.cursors = make([]cursor, len(c.lists))
		for k := range c.cursors {
			c.cursors[k].open(l, c.lists[k])
		}
	}
}

// run looks at all facts, and leaves the best in s.best.
func (s *search) run() {
	essential := len(s.clauses) // clauses that a fact must have one of
	if essential > 0 && s.clauses[0].required {
		essential = 1 // the rarest one that all must have
	}
	for essential > 0 {
		from := int32(noFact)
		for _, c := range s.clauses[:essential] {
			for k := range c.cursors {
				from = min(from, c.cursors[k].now)
			}
		}
		if from == noFact {
			return
		}
		s.look(from, from&^63+window, essential)
		for len(s.best) == s.k && essential > 0 && s.rest[essential-1] <= s.best[0].score {
			essential--
		}
	}
}

// within looks at the facts of the half-open range. Ranges are handed in
// ascending, and no other part of the lists is read.
func (s *search) within(from, to int32) {
	for from < to {
		end := min(to, from&^63+window)
		s.look(from, end, len(s.clauses))
		from = end
	}
}

// look looks at the facts of the half-open range, at most a window, that meet one
// of the first essential clauses.
func (s *search) look(from, to int32, essential int) {
	base := from &^ 63
	for i := range essential {
		s.scan(i, base, from, to, true)
	}
	words := int(to-base+63) >> 6
	for w := range words {
		s.alive[w] = s.touched[w]
		for _, f := range s.filters {
			s.alive[w] &= f.word(int(base)>>6 + w)
		}
	}
	for i := essential; i < len(s.clauses); i++ {
		n := s.prune(words, i)
		if n == 0 {
			break
		}
		if c := s.clauses[i]; n*seekCost*len(c.cursors) > int(int64(c.facts())*window/int64(s.all)) {
			s.scan(i, base, from, to, false)
		} else {
			s.probe(i, base, words)
		}
	}
	s.collect(base, words)
}

// seekCost is how many facts of a list are gone through in the time that it takes
// to look one up.
const seekCost = 12

// scan marks the facts of the half-open range that meet clause i: all of them, or
// those that are alive.
func (s *search) scan(i int, base, from, to int32, all bool) {
	c := s.clauses[i]
	bit := uint64(1) << i
	for k := range c.cursors {
		cur := &c.cursors[k]
		for cur.seek(from); cur.now < to; cur.next() {
			at := cur.now - base
			fact := uint64(1) << (at & 63)
			if !all && s.alive[at>>6]&fact == 0 || s.met[at]&bit != 0 {
				continue
			}
			s.met[at] |= bit
			s.sum[at] += c.weight
			s.touched[at>>6] |= fact
		}
	}
}

// prune leaves alive those facts that clause i and all lighter ones can still lift
// above the worst of the best, and counts them.
func (s *search) prune(words, i int) (n int) {
	full := len(s.best) == s.k
	for w, facts := range s.alive[:words] {
		for m := facts; full && m != 0; m &= m - 1 {
			if at := w<<6 + bits.TrailingZeros64(m); s.sum[at]+s.rest[i] <= s.best[0].score {
				s.alive[w] &^= 1 << (at & 63)
			}
		}
		n += bits.OnesCount64(s.alive[w])
	}
	return n
}

// probe asks of each fact that is alive whether it meets clause i.
func (s *search) probe(i int, base int32, words int) {
	c := s.clauses[i]
	for w, facts := range s.alive[:words] {
		for m := facts; m != 0; m &= m - 1 {
			if at := w<<6 + bits.TrailingZeros64(m); c.meets(base + int32(at)) {
				s.met[at] |= 1 << i
				s.sum[at] += c.weight
			}
		}
	}
}

// collect adds the facts that are alive to the best where they belong to them,
// and clears the window.
func (s *search) collect(base int32, words int) {
	required := uint64(0)
	for i := 0; i < len(s.clauses) && s.clauses[i].required; i++ {
		required |= 1 << i
	}
	for w, facts := range s.touched[:words] {
		for m := facts; m != 0; m &= m - 1 {
			at := w<<6 + bits.TrailingZeros64(m)
			x, met := hit{base + int32(at), s.sum[at]}, s.met[at]
			s.sum[at], s.met[at] = 0, 0
			if s.alive[w]>>(at&63)&1 == 0 || met&required != required {
				continue
			}
			if len(s.best) < s.k || x.score > s.best[0].score {
				s.best.push(x, s.k)
			}
		}
		s.touched[w] = 0
	}
}
