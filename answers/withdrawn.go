package answers

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// A taken count is one that an article withdraws or denies.
type taken struct {
	fact   *fact.Fact
	number int
}

// takenBack are the counts of the articles that do not stand, in their order.
func takenBack(articles []*fact.Article) []taken {
	var out []taken
	for _, a := range articles {
		for i := range a.Facts {
			for n := range a.Facts[i].Counts {
				if !a.Facts[i].Counts[n].Standing.Stands() {
					out = append(out, taken{&a.Facts[i], n})
				}
			}
		}
	}
	return out
}

// takeBack adds to each cluster the withdrawals of its figure, in whatever
// words the question asked for it: a figure that was taken back must never
// stand without the line that says so.
func (b *Base) takeBack(clusters []*cluster) {
	for _, t := range b.withdrawn {
		w := &candidate{fact: t.fact, number: t.number, linked: true, place: -1}
		for _, cl := range clusters {
			if slices.ContainsFunc(cl.counts, func(c *candidate) bool { return c.fact == w.fact && c.number == w.number }) {
				break
			}
			if slices.ContainsFunc(cl.counts, func(c *candidate) bool { return sameFigure(c, w) }) {
				cl.counts = append(cl.counts, w)
				break
			}
		}
	}
}

// sameFigure reports whether two counts give one figure of one thing: values
// that agree, too large to be equal by accident, and the same event or noun.
func sameFigure(c, w *candidate) bool {
	x, y := c.count(), w.count()
	if x.Quantity.Vague || x.Quantity.Low < telling || !x.Quantity.Compatible(y.Quantity) {
		return false
	}
	for _, e := range x.Events {
		for _, f := range y.Events {
			if e.Lemma == f.Lemma || shared(e.Names, f.Names) {
				return true
			}
		}
	}
	return x.Head != "" && y.Head != "" && english.SameThing(x.Head, y.Head)
}
