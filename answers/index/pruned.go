package index

import (
	"cmp"
	"slices"
)

// maxGroups is how many groups of a query are looked at: the heaviest. A
// question that anybody would ask has some ten.
const maxGroups = 64

// A clause is the groups of a query that have the same terms: a fact meets
// all of them or none.
type clause struct {
	weight   float32 // of its groups together
	required bool
	lists    []posting // of its terms
	cursors  []cursor  // over these, where the clause is kept
	now      int32     // the first fact that one of the cursors stands at
}

// facts is how many facts meet the clause at most.
func (c *clause) facts() (n int32) {
	for _, p := range c.lists {
		n += p.facts
	}
	return n
}

func (c *clause) settle() {
	c.now = noFact
	for i := range c.cursors {
		c.now = min(c.now, c.cursors[i].now)
	}
}

// next goes on from the current fact.
func (c *clause) next() {
	now := c.now
	c.now = noFact
	for i := range c.cursors {
		if c.cursors[i].now == now {
			c.cursors[i].next()
		}
		c.now = min(c.now, c.cursors[i].now)
	}
}

// meets reports whether fact n meets the clause. It leaves now as it is: a clause
// that is asked this is not gone through any more.
func (c *clause) meets(n int32) bool {
	for i := range c.cursors {
		if c.cursors[i].seek(n); c.cursors[i].now == n {
			return true
		}
	}
	return false
}

// A search finds the best facts of a query.
//
// It is MaxScore (H. Turtle, J. Flood: Query Evaluation: Strategies and
// Optimizations, 1995): facts are looked at in their order; as soon as there
// are k of them, those that have only words so light that these together
// cannot lift them above the worst of the k are not looked at any more. A fact
// that comes later never displaces one of the same score, so that nothing is
// lost by it, and where k facts have all of the words the search is over.
type search struct {
	clauses []*clause // those that must be met first, then the heaviest first
	rest    []float32 // the score of a fact that meets clause i and all lighter ones, and no other
	order   []int     // the groups as the query has them: clause of each
	weights []float32 // and their weights
	sums    map[uint64]float32
	best    hits
	k       int
	met     []uint64 // of each fact of a range the clauses that it meets
}

// A hit is a fact with its score.
type hit struct {
	fact  int32
	score float32
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
	s := &search{k: k, sums: map[uint64]float32{}}
	byTerms := map[string]int{}
	var key []byte
	var made []*clause
	var order []int
	for _, g := range q.Groups {
		key = key[:0]
		for _, t := range g.Terms {
			key = append(append(key, t...), 0)
		}
		n, ok := byTerms[string(key)]
		if !ok {
			n = len(made)
			byTerms[string(key)] = n
			c := &clause{lists: make([]posting, 0, len(g.Terms))}
			for _, t := range g.Terms {
				if p, ok := m.terms[t]; ok {
					c.lists = append(c.lists, p)
				}
			}
			made = append(made, c)
		}
		made[n].weight += float32(g.Weight)
		made[n].required = made[n].required || g.Required
		order = append(order, n)
	}
	place := s.keep(made, &m.lists)
	for i, g := range q.Groups {
		if p := place[order[i]]; p >= 0 {
			s.order = append(s.order, p)
			s.weights = append(s.weights, float32(g.Weight))
		}
	}
	s.rest = make([]float32, len(s.clauses)+1)
	for i := range s.clauses {
		s.rest[i] = s.score(s.lighter(i))
	}
	return s
}

// keep keeps the clauses that a fact has to meet, the rarest first, and then
// the heaviest of those that some fact meets, by weight; it tells where each
// went, -1 for nowhere.
func (s *search) keep(made []*clause, l *lists) []int {
	byWeight := make([]int, 0, len(made))
	place := make([]int, len(made))
	for i, c := range made {
		place[i] = -1
		if len(c.lists) > 0 || c.required {
			byWeight = append(byWeight, i)
		}
	}
	slices.SortStableFunc(byWeight, func(a, b int) int {
		x, y := made[a], made[b]
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
	for n, i := range byWeight[:min(len(byWeight), maxGroups)] {
		c := made[i]
		slices.SortFunc(c.lists, func(a, b posting) int { return cmp.Compare(b.facts, a.facts) }) // the likeliest first
		c.cursors = make([]cursor, len(c.lists))
		for k := range c.cursors {
			c.cursors[k].open(l, c.lists[k])
		}
		c.settle()
		s.clauses = append(s.clauses, c)
		place[i] = n
	}
	return place
}

// lighter is clause i and all lighter ones.
func (s *search) lighter(i int) uint64 { return (1<<len(s.clauses) - 1) &^ (1<<i - 1) }

// score is the weight of the groups together that a fact meets, added up in
// the order of the query, so that no score depends on how the fact was found.
// Rounding never makes a sum smaller that has more in it: the score of all
// that a fact may still meet is above its own.
func (s *search) score(met uint64) float32 {
	if v, ok := s.sums[met]; ok {
		return v
	}
	var v float32
	for i, c := range s.order {
		if met&(1<<c) != 0 {
			v += s.weights[i]
		}
	}
	s.sums[met] = v
	return v
}

// run looks at the facts that pass, and leaves the best in s.best.
func (s *search) run(passes func(int32) bool) {
	essential := len(s.clauses) // clauses that a fact must have one of
	required := uint64(0)
	for i, c := range s.clauses {
		if c.required {
			required |= 1 << i
		}
	}
	if required != 0 {
		essential = 1 // the rarest one that all must have
	}
	for {
		now := int32(noFact)
		for _, c := range s.clauses[:essential] {
			now = min(now, c.now)
		}
		if now == noFact {
			return
		}
		met := uint64(0)
		for i, c := range s.clauses[:essential] {
			if c.now == now {
				met |= 1 << i
				c.next()
			}
		}
		if !passes(now) {
			continue
		}
		full := len(s.best) == s.k
		// The lighter clauses only as long as they can still lift it enough.
		for i := essential; i < len(s.clauses); i++ {
			if full && s.score(met|s.lighter(i)) <= s.best[0].score {
				met = 0
				break
			}
			if s.clauses[i].meets(now) {
				met |= 1 << i
			}
		}
		if met == 0 || met&required != required {
			continue
		}
		x := hit{now, s.score(met)}
		if full && x.score <= s.best[0].score {
			continue
		}
		s.best.push(x, s.k)
		for len(s.best) == s.k && essential > 0 && s.rest[essential-1] <= s.best[0].score {
			essential--
		}
	}
}

// within looks at all facts of the half-open range that pass. Ranges are handed
// in ascending, and no other part of the lists is read.
func (s *search) within(from, to int32, passes func(int32) bool) {
	s.met = append(s.met[:0], make([]uint64, to-from)...)
	required := uint64(0)
	for i, c := range s.clauses {
		if c.required {
			required |= 1 << i
		}
		for k := range c.cursors {
			cur := &c.cursors[k]
			for cur.seek(from); cur.now < to; cur.next() {
				s.met[cur.now-from] |= 1 << i
			}
		}
	}
	for i, met := range s.met {
		x := hit{from + int32(i), 0}
		if met == 0 || met&required != required || !passes(x.fact) {
			continue
		}
		x.score = s.score(met)
		if len(s.best) < s.k || x.score > s.best[0].score {
			s.best.push(x, s.k)
		}
	}
}
