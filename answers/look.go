package answers

import (
	"context"
	"maps"
	"slices"

	"sourceline/answers/fact"
	"sourceline/answers/question"
)

// A figure that many articles give need not be weighed in all of them: of a
// large archive the best facts are weighed first, and the others only where these
// did not give figures enough. A small base is weighed whole, so that all of its
// lines are shown.
const (
	firstLook      = 40 // facts
	enoughCounts   = 24 // that meet all constraints,
	enoughArticles = 8  // of so many articles
)

// weighed are the counts that may answer a figure question: those that meet
// every constraint, and those that do not.
func (b *Base) weighed(ctx context.Context, q question.Question) (strict, loose []*candidate, err error) {
	found, err := b.found(ctx, q, true)
	if err != nil {
		return nil, nil, err
	}
	first := len(found)
	if b.archive() {
		first = min(firstLook, len(found))
	}
	w := weighing{base: b, q: q, seen: map[*fact.Fact]bool{}}
	w.look(b.open(found[:first], false, first))
	if first < len(found) && !w.enough() {
		w.look(b.open(found[first:], false, len(found)))
	}
	return w.strict, w.loose, nil
}

// A weighing is the counts of the facts that were looked at.
type weighing struct {
	base          *Base
	q             question.Question
	chosen        choices
	seen          map[*fact.Fact]bool
	strict, loose []*candidate
}

// look weighs the counts of the facts.
func (w *weighing) look(facts []*fact.Fact) {
	facts = w.withRestated(facts)
	chosen := w.base.chosen(w.q, facts)
	if w.chosen == nil {
		w.chosen = chosen
	}
	maps.Copy(w.chosen, chosen)
	for _, f := range facts {
		if w.ofOthers(f) {
			continue
		}
		for i := range f.Counts {
			c := w.base.fit(w.q, f, i, w.chosen)
			if c == nil {
				continue
			}
			c.order = len(w.strict) + len(w.loose)
			if c.strict {
				w.strict = append(w.strict, c)
			} else {
				w.loose = append(w.loose, c)
			}
		}
	}
}

// ofOthers reports whether no count of the fact can be meant, nor bear out one
// that is: none measures what is asked for, or the article does not have a name of
// the question.
func (w *weighing) ofOthers(f *fact.Fact) bool {
	if !slices.ContainsFunc(f.Counts, func(c fact.Count) bool { return senseFits(w.q, &c) }) {
		return true
	}
	if len(w.q.Names) == 0 {
		return false
	}
	w.base.whole(f)
	return slices.ContainsFunc(w.q.Names, func(n question.Name) bool { return w.base.reachOf(n, f) == nowhere })
}

// enough reports whether there are counts enough to answer with.
func (w *weighing) enough() bool {
	if len(w.strict) < enoughCounts {
		return false
	}
	articles := map[string]bool{}
	for _, c := range w.strict {
		articles[c.fact.ID.Article] = true
	}
	return len(articles) >= enoughArticles
}

// withRestated is the facts that were not seen before, and with them the sentence
// after each where it gives another's figure of the same thing: it need not have a
// word of the question.
func (w *weighing) withRestated(facts []*fact.Fact) []*fact.Fact {
	out := slices.DeleteFunc(facts, func(f *fact.Fact) bool { return w.seen[f] })
	for _, f := range out {
		w.seen[f] = true
	}
	for _, f := range out[:len(out):len(out)] {
		next := w.base.countsAt(f.ID.Article, f.Number+1)
		if next != nil && !w.seen[next] && slices.ContainsFunc(next.Counts, func(c fact.Count) bool { return c.Restated }) {
			w.seen[next] = true
			out = append(out, next)
		}
	}
	return out
}
