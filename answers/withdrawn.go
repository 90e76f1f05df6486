package answers

import (
	"cmp"
	"slices"
	"sort"
	"time"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
)

// A taken count is one that an article withdraws or denies.
type taken struct {
	id     fact.ID
	number int // index into the fact's Counts
	count  fact.Count
	order  int    // place among all of them in the order of the articles
	day    int    // of the article, as dayOf
	marks  []mark // of the article
}

// withdrawals are the figures of an archive that some article takes back or
// denies. They are looked up by the figure that they may be said of.
type withdrawals struct {
	list   []taken        // by day, those of one day in the order of the articles
	values []value        // of each its figure
	byMark map[mark][]int // the places in list of those whose article has the mark; of telling marks only
}

// A value is the figure of a withdrawal, as far as most others are told from it.
type value struct {
	low, high float64
	wide      bool // it is a range, or may be compared in another unit
}

func valueOf(q *quantity.Quantity) value {
	return value{q.Low, q.High, q.Low != q.High || q.Unit.Kind == quantity.Share || q.Unit.Kind == quantity.Multiple}
}

// add adds the counts of an article that do not stand.
func (w *withdrawals) add(found []taken, date time.Time, entities []fact.Entity) {
	if len(found) == 0 {
		return
	}
	day, marks := dayOf(date), marksOf(entities)
	for _, t := range found {
		t.order, t.day, t.marks = len(w.list), day, marks
		w.list = append(w.list, t)
	}
}

// tellingMark is in how many withdrawals a mark may stand to tell a story by
// itself, however long after it they were written.
const tellingMark = 64

// sort makes what was added ready to be asked.
func (w *withdrawals) sort() {
	slices.SortFunc(w.list, func(x, y taken) int { return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(x.order, y.order)) })
	w.byMark = map[mark][]int{}
	for i := range w.list {
		w.values = append(w.values, valueOf(&w.list[i].count.Quantity))
		for _, m := range w.list[i].marks {
			if at := w.byMark[m]; len(at) <= tellingMark {
				w.byMark[m] = append(at, i)
			}
		}
	}
	for m, at := range w.byMark {
		if len(at) > tellingMark {
			delete(w.byMark, m)
		}
	}
}

// takenFrom are the counts of the fact that do not stand.
func takenFrom(f *fact.Fact) []taken {
	var out []taken
	for n, c := range f.Counts {
		if !c.Standing.Stands() {
			out = append(out, taken{id: f.ID, number: n, count: c})
		}
	}
	return out
}

// How withdrawals are tied to the story of a figure.
const (
	// nearDays is how many days after or before a figure its withdrawal is
	// written as a rule: two articles of so near a time that name something in
	// common tell one story.
	nearDays = 30
	// nearMarks is the weight of the names that two such articles have in common,
	// and farMarks of the telling ones that others have.
	nearMarks, farMarks = 2, 4
	// maxCompared is how many withdrawals of near days one figure is compared
	// with. Only an archive without dates has more.
	maxCompared = 20_000
)

// of are the withdrawals, in the order of the articles, of the figure that the
// fact's count gives: of the same figure, told of the same story.
func (w *withdrawals) of(b *Base, f *fact.Fact, c *fact.Count) []*taken {
	if c.Quantity.Vague || c.Quantity.Low < telling {
		return nil
	}
	var out []*taken
	day := dayOf(f.Sentence.Article.Date)
	w.nearby(day, func(i int) {
		if t := &w.list[i]; w.values[i].near(c) && sameFigure(c, &t.count) && (t.id.Article == f.ID.Article || b.shareMarks(f.ID.Article, t)) {
			out = append(out, t)
		}
	})
	met := map[int]int{} // place in the list → weight of the telling marks in common
	for _, m := range b.marks(f.ID.Article) {
		for _, i := range w.byMark[m] {
			met[i] += m.weight()
		}
	}
	for i, weight := range met {
		if t := &w.list[i]; weight >= farMarks && w.values[i].near(c) && sameFigure(c, &t.count) && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(x, y *taken) int { return cmp.Compare(x.order, y.order) })
	return out
}

// nearby visits the places in list of the withdrawals of about that day, and
// those of no known day; for noDay, all.
func (w *withdrawals) nearby(day int, visit func(int)) {
	at := func(day int) int {
		return sort.Search(len(w.list), func(i int) bool { return w.list[i].day >= day })
	}
	dated := at(noDay + 1)
	for i := range min(dated, maxCompared) {
		visit(i)
	}
	from, to := dated, len(w.list)
	if day != noDay {
		from, to = at(max(day-nearDays, noDay+1)), at(day+nearDays+1)
	}
	for i := from; i < min(to, from+maxCompared); i++ {
		visit(i)
	}
}

// reachOfValue is the ratio beyond which two figures are never compatible; see
// quantity.Quantity.Compatible: a quarter above the one and below the other.
const reachOfValue = 2

// near reports whether the value is not too far from the withdrawn one for the
// two to be compatible. It costs less than to ask whether they are.
func (v value) near(c *fact.Count) bool {
	return v.wide || c.Quantity.High*reachOfValue >= v.low && c.Quantity.Low <= v.high*reachOfValue
}

// maxTaken is how many lines that withdraw one figure are added to an answer,
// the first of the articles: one says it.
const maxTaken = 20

// maxClaims is of how many counts of one figure, the best first, withdrawals
// are looked for.
const maxClaims = 12

// takeBack adds to each cluster the withdrawals of its figure, in whatever
// words the question asked for it: a figure that was taken back must never
// stand without the line that says so.
func (b *Base) takeBack(clusters []*cluster) {
	type key struct {
		fact  fact.ID
		count int
	}
	done := map[key]bool{}
	for _, cl := range clusters {
		for _, c := range cl.counts {
			done[key{c.fact.ID, c.number}] = true
		}
		var found []*taken
		for _, c := range cl.counts[:min(len(cl.counts), maxClaims)] {
			for _, t := range b.withdrawn.of(b, c.fact, c.count()) {
				if k := (key{t.id, t.number}); !done[k] {
					done[k] = true
					found = append(found, t)
				}
			}
		}
		slices.SortFunc(found, func(x, y *taken) int { return cmp.Compare(x.order, y.order) })
		for _, t := range found[:min(len(found), maxTaken)] {
			place, number, _ := b.index.Find(t.id)
			cl.counts = append(cl.counts, &candidate{fact: b.opened(place).fact(number), number: t.number, linked: true, place: -1})
		}
	}
}

// successors adds the figures by which a sentence replaces one of the clusters in
// the same breath, in whatever words: "cut power to 900,000 homes, not 1.2
// million".
func successors(clusters []*cluster) []*cluster {
	out := clusters
	for _, cl := range clusters {
		for _, c := range cl.counts {
			n := successor(c.fact, c.number)
			if n < 0 || slices.ContainsFunc(out, func(o *cluster) bool {
				return slices.ContainsFunc(o.counts, func(d *candidate) bool { return d.fact.ID == c.fact.ID && d.number == n })
			}) {
				continue
			}
			out = append(out, &cluster{best: cl.best, counts: []*candidate{{fact: c.fact, number: n, linked: true, strict: true, score: cl.best, place: -1}}})
		}
	}
	return out
}

// maxBeside is how many bytes of marks lie between a figure and the "not" that
// sets it against another.
const maxBeside = 3

// successor is the count of the fact that stands right before the words that
// take count n back, and is of the same; -1 where none does.
func successor(f *fact.Fact, n int) int {
	c := &f.Counts[n]
	if n == 0 || c.Standing.Stands() || c.Mark < 0 {
		return -1
	}
	before, at := &f.Counts[n-1], f.Standings[c.Mark].Span.Start
	if before.Phrase.End > at || at-before.Phrase.End > maxBeside || !before.Standing.Stands() || !sameHead(before, c) {
		return -1
	}
	return n - 1
}

// sameFigure reports whether two counts give one figure of one thing: values
// that agree, too large to be equal by accident, and the same event or noun.
func sameFigure(x, y *fact.Count) bool {
	if x.Quantity.Vague || x.Quantity.Low < telling {
		return false
	}
	return (oneEvent(x, y) || sameHead(x, y)) && x.Quantity.Compatible(y.Quantity)
}

// sameHead reports whether the same is counted, be it left out in the sentence.
func sameHead(x, y *fact.Count) bool {
	a, b := cmp.Or(x.Head, x.Implied), cmp.Or(y.Head, y.Implied)
	return a != "" && b != "" && english.SameThing(a, b)
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
