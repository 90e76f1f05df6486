package answers

import (
	"slices"

	"sourceline/answers/fact"
)

// A cluster is the counts that could all be right: one figure as several
// articles write it.
type cluster struct {
	counts   []*candidate
	distinct []*candidate // of the counts those that differ in what compatible figures are told by
	best     float64
	narrower bool
	standing fact.Standing
}

// clustered puts counts together that could all be right, and count the same.
func clustered(list []*candidate) []*cluster {
	var out []*cluster
	for _, c := range list {
		i := slices.IndexFunc(out, func(cl *cluster) bool { return cl.takes(c) })
		if i < 0 {
			out = append(out, &cluster{best: c.score, narrower: c.narrower})
			i = len(out) - 1
		}
		cl := out[i]
		cl.add(c)
		cl.narrower = cl.narrower && c.narrower
	}
	return out
}

// takes reports whether the count is compatible with all of the cluster.
func (cl *cluster) takes(c *candidate) bool {
	if c.quantity().Vague != cl.counts[0].quantity().Vague {
		return false
	}
	q := c.quantity()
	for _, d := range cl.distinct {
		if !q.Compatible(d.quantity()) {
			return false
		}
		if c.narrower != d.narrower && !close(q.Low, d.quantity().Low) {
			return false
		}
	}
	return true
}

// add adds a count that the cluster takes.
func (cl *cluster) add(c *candidate) {
	cl.counts = append(cl.counts, c)
	q := c.quantity()
	if !slices.ContainsFunc(cl.distinct, func(d *candidate) bool {
		p := d.quantity()
		return p.Low == q.Low && p.High == q.High && p.Bound == q.Bound && p.Unit == q.Unit && d.narrower == c.narrower
	}) {
		cl.distinct = append(cl.distinct, c)
	}
}

// maxCounts is how many counts an answer is made of, the best: thousands of lines
// are nothing that anybody reads.
const maxCounts = 64

// maxClusters is how many figures that cannot all be right an answer shows, the
// best: they are of as many stories.
const maxClusters = 16

// fewClusters are the first of the clusters, and those whose figure the question
// names.
func fewClusters(list []*cluster) []*cluster {
	n := 0
	return slices.DeleteFunc(list, func(cl *cluster) bool {
		n++
		return n > maxClusters && !slices.ContainsFunc(cl.counts, func(c *candidate) bool { return c.given })
	})
}

// few are the best of the counts, which are sorted, and those whose figure the
// question names.
func few(list []*candidate) []*candidate {
	if len(list) <= maxCounts {
		return list
	}
	n := 0
	return slices.DeleteFunc(list, func(c *candidate) bool {
		n++
		return n > maxCounts && !c.given
	})
}

// close reports whether two values differ by no more than rounding does, and
// are too large to be equal by accident: figures of a part and of the whole
// that "could both be right" are still two figures.
func close(x, y float64) bool {
	return min(x, y) >= telling && max(x, y) <= min(x, y)*rounding
}

// rounding is the largest ratio of a figure and its round form.
const rounding = 1.05

// telling is the least value at which two equal figures are hardly an
// accident: many things come in twos and threes.
const telling = 10

// comparable leaves out the clusters that say something else than the lead:
// figures of another unit, of another thing, or a second figure of the same
// sentence by the same speaker. They are no answer, and no disagreement.
func comparable(clusters []*cluster, lead *cluster) []*cluster {
	return slices.DeleteFunc(clusters, func(cl *cluster) bool {
		if cl != lead && cl.teased() && !lead.teased() && !slices.ContainsFunc(cl.counts, func(c *candidate) bool { return c.given }) {
			return true // of another story
		}
		return cl != lead && !cl.matched() && !cl.narrower && !cl.contradicts(lead)
	})
}

// contradicts reports whether counts of the two clusters can dispute one
// figure.
func (cl *cluster) contradicts(lead *cluster) bool {
	return slices.ContainsFunc(cl.counts, func(x *candidate) bool {
		return slices.ContainsFunc(lead.counts, func(y *candidate) bool { return disputes(x, y) })
	})
}

// corroborate adds to a cluster a count that misses a constraint but gives
// the same figure of the same thing.
func corroborate(clusters []*cluster, c *candidate) {
	if c.reach == nowhere || !c.linked && c.quantity().Low < telling {
		return
	}
	for _, cl := range clusters {
		same := slices.ContainsFunc(cl.counts, func(d *candidate) bool {
			return !d.quantity().Vague && (close(d.quantity().Low, c.quantity().Low) || d.quantity() == c.quantity())
		})
		if same && !c.quantity().Vague && cl.takes(c) {
			cl.add(c)
			return
		}
	}
}

// withdraw carries a withdrawal over: a figure that one article says was
// withdrawn or denied is no firmer where another gives it plainly.
func withdraw(clusters []*cluster) {
	for _, cl := range clusters {
		cl.standing = fact.Asserted
		for _, c := range cl.counts {
			if fact.Weaker(c.count().Standing, cl.standing) {
				cl.standing = c.count().Standing
			}
		}
	}
}
