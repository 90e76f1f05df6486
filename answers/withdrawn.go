package answers

import (
	"cmp"
	"slices"
	"sort"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
)

// A taken count is one that an article withdraws or denies.
type taken struct {
	id     fact.ID
	number int // index into the fact's Counts
	count  fact.Count
	order  int // place among all of them in the order of the articles
}

// takenBack are the counts of the facts that do not stand, in their order.
func takenBack(facts []fact.Fact) []taken {
	var out []taken
	for i := range facts {
		out = append(out, takenFrom(&facts[i])...)
	}
	return out
}

func takenFrom(f *fact.Fact) []taken {
	var out []taken
	for n, c := range f.Counts {
		if !c.Standing.Stands() {
			out = append(out, taken{id: f.ID, number: n, count: c})
		}
	}
	return out
}

// sortTaken sorts what was collected in the order of the articles: first those
// that may be compatible with figures of any value, then the others by value.
func sortTaken(list []taken) {
	for i := range list {
		list[i].order = i
	}
	slices.SortStableFunc(list, func(a, b taken) int {
		return cmp.Or(compareBool(a.wide(), b.wide()), cmp.Compare(a.count.Quantity.Low, b.count.Quantity.Low))
	})
}

// wide reports whether the figure is a range, or may be compared in another
// unit.
func (t *taken) wide() bool {
	q := t.count.Quantity
	return q.Low != q.High || q.Unit.Kind == quantity.Share || q.Unit.Kind == quantity.Multiple
}

// reachOfValue is the ratio beyond which two figures are never compatible; see
// quantity.Quantity.Compatible: a quarter above the one and below the other.
const reachOfValue = 2

// near reports whether the value is not too far from the withdrawn one for the
// two to be compatible. It costs less than to ask whether they are.
func (t *taken) near(c *fact.Count) bool {
	return t.wide() || c.Quantity.High*reachOfValue >= t.count.Quantity.Low && c.Quantity.Low <= t.count.Quantity.High*reachOfValue
}

// takenNear are the withdrawals, in the order of the articles, of figures that
// may be one of those of the clusters.
func (b *Base) takenNear(clusters []*cluster) []*taken {
	near := map[int]*taken{}
	narrow := sort.Search(len(b.withdrawn), func(i int) bool { return !b.withdrawn[i].wide() })
	for i := range narrow {
		near[i] = &b.withdrawn[i]
	}
	for _, cl := range clusters {
		for _, c := range cl.counts {
			q := c.quantity()
			if q.Low < telling {
				continue
			}
			low, high := q.Low/reachOfValue, q.High*reachOfValue
			from := narrow + sort.Search(len(b.withdrawn)-narrow, func(i int) bool { return b.withdrawn[narrow+i].count.Quantity.Low >= low })
			for i := from; i < len(b.withdrawn) && b.withdrawn[i].count.Quantity.Low <= high; i++ {
				near[i] = &b.withdrawn[i]
			}
		}
	}
	out := make([]*taken, 0, len(near))
	for _, t := range near {
		out = append(out, t)
	}
	slices.SortFunc(out, func(x, y *taken) int { return cmp.Compare(x.order, y.order) })
	return out
}

// maxTaken is how many lines that withdraw one figure are added to an answer,
// the first of the articles: one says it, and a large archive has thousands.
const maxTaken = 20

// takeBack adds to each cluster the withdrawals of its figure, in whatever
// words the question asked for it: a figure that was taken back must never
// stand without the line that says so.
func (b *Base) takeBack(clusters []*cluster) {
	added := make([]int, len(clusters))
	for _, t := range b.takenNear(clusters) {
		for i, cl := range clusters {
			if added[i] == maxTaken {
				continue
			}
			if slices.ContainsFunc(cl.counts, func(c *candidate) bool { return c.number == t.number && c.fact.ID == t.id }) {
				break
			}
			if slices.ContainsFunc(cl.counts, func(c *candidate) bool { return t.near(c.count()) && sameFigure(c.count(), &t.count) }) {
				place, number, _ := b.index.Find(t.id)
				added[i]++
				cl.counts = append(cl.counts, &candidate{fact: b.opened(place).fact(number), number: t.number, linked: true, place: -1})
				break
			}
		}
	}
}

// sameFigure reports whether two counts give one figure of one thing: values
// that agree, too large to be equal by accident, and the same event or noun.
func sameFigure(x, y *fact.Count) bool {
	if x.Quantity.Vague || x.Quantity.Low < telling {
		return false
	}
	return (oneEvent(x, y) || x.Head != "" && y.Head != "" && english.SameThing(x.Head, y.Head)) && x.Quantity.Compatible(y.Quantity)
}

// oneEvent reports whether the same happened to what is counted.
func oneEvent(x, y *fact.Count) bool {
	for i := range x.Events {
		for k := range y.Events {
			if x.Events[i].Lemma == y.Events[k].Lemma || shared(x.Events[i].Names, y.Events[k].Names) {
				return true
			}
		}
	}
	return false
}
