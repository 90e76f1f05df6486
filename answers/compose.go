package answers

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// compose builds the answer from the counts that fit.
func (b *Base) compose(ctx context.Context, q question.Question, strict, loose []*candidate) (Answer, error) {
	a := Answer{Question: q}
	slices.SortStableFunc(strict, byScore)
	clusters := fewClusters(clustered(few(strict)))
	for _, c := range loose {
		corroborate(clusters, c)
	}
	b.takeBack(clusters)
	clusters = successors(clusters)
	withdraw(clusters)
	slices.SortStableFunc(clusters, func(x, y *cluster) int {
		if q.Past { // what has been comes before what was expected
			if n := compareBool(x.standing != fact.Expected, y.standing != fact.Expected); n != 0 && !x.narrower && !y.narrower && x.standing.Stands() && y.standing.Stands() {
				return n
			}
		}
		return firstCluster(x, y)
	})
	standingFirst(clusters)
	lead := clusters[0]
	clusters = comparable(clusters, lead)
	head := headlineOf(q, lead)
	w := &writer{base: b, answer: &a, seen: map[fact.ID]int{}}
	for _, cl := range clusters {
		w.figures(cl, head, cl.beside(lead))
	}
	text := head.fact.Sentence.Article.Text
	span := head.shown()
	a.Headline = text[span.Start:span.End]
	a.Summary = summary(q)
	a.Agreement = agreement(clusters)
	w.caveats(clusters, lead)
	switch head.fact.Sentence.Role {
	case corpus.Teaser:
		w.answer.Caveats = append(w.answer.Caveats, Caveat{CaveatTeaser, "stands only in a link to another story", []int{0}})
	case corpus.Caption:
		w.answer.Caveats = append(w.answer.Caveats, Caveat{CaveatTeaser, "stands only in a caption", []int{0}})
	}
	for _, e := range a.Evidence {
		a.Facts = append(a.Facts, e.Fact)
	}
	var err error
	a.Related, err = b.related(ctx, q)
	return a, err
}

func byScore(x, y *candidate) int {
	return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.order, y.order))
}

// standingFirst puts the first figure of the whole that stands before a
// withdrawn one.
func standingFirst(clusters []*cluster) {
	if clusters[0].standing.Stands() || clusters[0].narrower {
		return
	}
	i := slices.IndexFunc(clusters, func(cl *cluster) bool {
		return cl.standing.Stands() && !cl.narrower && !cl.vague() && !cl.earlier() && cl.contradicts(clusters[0])
	})
	if i > 0 {
		cl := clusters[i]
		copy(clusters[1:i+1], clusters[:i])
		clusters[0] = cl
	}
}

// firstCluster puts the cluster that the headline is taken from first: a
// figure of the whole before one of a part, one in numbers before "dozens",
// one that stands before a withdrawn one, what is before what is expected, a
// much better fit before a worse,
// the later before the earlier, the one with more articles before the one with
// fewer.
func firstCluster(x, y *cluster) int {
	return cmp.Or(
		compareBool(!x.teased(), !y.teased()), // a link to another story tells of that
		compareBool(x.chosen() > 0, y.chosen() > 0),
		compareBool(!x.earlier(), !y.earlier()),
		compareBool(!x.narrower, !y.narrower),
		compareBool(!x.vague(), !y.vague()),
		compareBool(x.standing.Stands(), y.standing.Stands()),
		compareBool(x.standing != fact.Expected, y.standing != fact.Expected),
		compareBool(x.best >= y.best+clearly, y.best >= x.best+clearly),
		y.counts[0].fact.Sentence.Article.Date.Compare(x.counts[0].fact.Sentence.Article.Date),
		cmp.Compare(y.chosen(), x.chosen()),
		cmp.Compare(y.articles(), x.articles()),
		cmp.Compare(y.best, x.best),
		cmp.Compare(x.counts[0].order, y.counts[0].order),
	)
}

// clearly is a difference in score that is no accident.
const clearly = 2.0

// compareBool puts the one that is true first.
func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

// teased reports whether the figure stands only in links to other stories.
func (cl *cluster) teased() bool {
	return !slices.ContainsFunc(cl.counts, func(c *candidate) bool { return c.fact.Sentence.Role != corpus.Teaser })
}

// earlier reports whether an article says that the figure was revised.
func (cl *cluster) earlier() bool {
	return slices.ContainsFunc(cl.counts, func(c *candidate) bool { return c.count().Earlier })
}

// superseded reports whether the lead has taken the figure's place: an article
// says that it was one before, or the lead, from a later article, is no less,
// and all give it as a least ("at least 19") or the lead says that it has
// grown.
func (cl *cluster) superseded(lead *cluster) bool {
	if cl == lead {
		return false
	}
	if cl.earlier() {
		return !lead.earlier()
	}
	latest := lead.counts[0]
	grown := slices.ContainsFunc(lead.counts, func(c *candidate) bool { return c.count().Toll && rises(c.fact) })
	return !slices.ContainsFunc(cl.counts, func(c *candidate) bool {
		q := c.quantity()
		return q.Bound != quantity.AtLeast && !grown || q.Low > latest.quantity().Low || !c.fact.Sentence.Article.Date.Before(latest.fact.Sentence.Article.Date)
	})
}

// rises reports whether the sentence says that a toll has grown: all smaller
// ones from before are earlier ones.
func rises(f *fact.Fact) bool {
	return slices.ContainsFunc(f.Tokens, func(t english.Token) bool {
		return t.Lemma == "rise" || t.Lemma == "climb" || t.Lemma == "increase" || t.Lemma == "grow" || t.Lemma == "jump"
	})
}

// beside tells what sets the figures of the cluster apart from the lead's: they
// are of another scope, or earlier ones; "" where they stand as equals.
func (cl *cluster) beside(lead *cluster) CaveatKind {
	switch {
	case cl == lead:
		return ""
	case cl.narrower && !lead.narrower:
		return CaveatScope
	case cl.superseded(lead):
		return CaveatEarlier
	}
	return ""
}

// chosen is in how many articles a count of the cluster is the one to answer
// with.
func (cl *cluster) chosen() int {
	n := 0
	for _, c := range cl.counts {
		if c.place == 0 {
			n++
		}
	}
	return n
}

func (cl *cluster) vague() bool {
	return !slices.ContainsFunc(cl.counts, func(c *candidate) bool { return !c.quantity().Vague })
}

func (cl *cluster) articles() int {
	seen := map[string]bool{}
	for _, c := range cl.counts {
		seen[c.fact.ID.Article] = true
	}
	return len(seen)
}

// headlineOf is the count that the headline is taken from: the most precise
// one that stands, of equals the best fit.
func headlineOf(q question.Question, cl *cluster) *candidate {
	return slices.MinFunc(cl.counts, func(x, y *candidate) int {
		return cmp.Or(
			compareBool(x.strict, y.strict),
			compareBool(x.count().Standing.Stands(), y.count().Standing.Stands()),
			cmp.Compare(rolePenalty(x.fact), rolePenalty(y.fact)),
			cmp.Compare(y.quantity().Precision(), x.quantity().Precision()),
			compareBool(x.place <= 0, y.place <= 0),
			byScore(x, y),
		)
	})
}

// rolePenalty puts headlines, which round, captions and teasers after the text
// itself.
func rolePenalty(f *fact.Fact) int {
	switch f.Sentence.Role {
	case corpus.Teaser:
		return 3
	case corpus.Caption:
		return 2
	case corpus.Headline:
		return 1
	}
	return 0
}

// agreement tells how the figures stand to each other.
func agreement(clusters []*cluster) Agreement {
	n, articles := 0, map[string]bool{}
	for _, cl := range clusters {
		if cl.narrower && !clusters[0].narrower || cl.superseded(clusters[0]) || cl.standing == fact.Withdrawn && clusters[0].standing.Stands() || cl != clusters[0] && !cl.contradicts(clusters[0]) {
			continue
		}
		if !cl.vague() || clusters[0].vague() {
			n++
		}
		for _, c := range cl.counts {
			articles[c.fact.ID.Article] = true
		}
	}
	lead := clusters[0]
	contradicted := !lead.standing.Stands() && slices.ContainsFunc(clusters, func(cl *cluster) bool {
		return cl.vague() && !cl.narrower && cl.standing.Stands()
	})
	switch {
	case n > 1 || contradicted:
		return Conflicting
	case len(articles) > 1:
		return Compatible
	}
	return Single
}

// A writer adds evidence to an answer, each sentence once.
type writer struct {
	base   *Base
	answer *Answer
	seen   map[fact.ID]int

	aliases map[string][]string // of folded names that were looked up
}

// figures adds the distinct figures of a cluster with their evidence.
func (w *writer) figures(cl *cluster, head *candidate, beside CaveatKind) {
	list := slices.Clone(cl.counts)
	slices.SortStableFunc(list, func(x, y *candidate) int {
		return cmp.Or(compareBool(x == head, y == head), cmp.Compare(rolePenalty(x.fact), rolePenalty(y.fact)), byScore(x, y))
	})
	for _, c := range list {
		count := c.count()
		i := w.cite(c.fact, count.Phrase, b2s(w.base, c.fact, count.Says))
		w.figure(c, cl, i, beside)
	}
}

// figure adds the count to the figures: to the one with the same words, or as
// a new one.
func (w *writer) figure(c *candidate, cl *cluster, evidence int, beside CaveatKind) {
	text := c.fact.Sentence.Article.Text
	q := c.quantity()
	shown := c.shown()
	words := text[shown.Start:shown.End]
	i := slices.IndexFunc(w.answer.Figures, func(f Figure) bool {
		return english.Fold(f.Text) == english.Fold(words) || f.Quantity.SameValue(q) && f.Quantity.Bound == q.Bound
	})
	if i < 0 {
		counted := ""
		if n := c.count().Noun; n.Len() > 0 {
			counted = text[n.Start:n.End]
		}
		w.answer.Figures = append(w.answer.Figures, Figure{
			Text: words, Quantity: q, Counted: counted, When: whenOf(c.fact), Standing: cl.standing, Beside: beside,
		})
		i = len(w.answer.Figures) - 1
	}
	f := &w.answer.Figures[i]
	if !slices.Contains(f.Articles, c.fact.ID.Article) {
		f.Articles = append(f.Articles, c.fact.ID.Article)
	}
	if !slices.Contains(f.Evidence, evidence) {
		f.Evidence = append(f.Evidence, evidence)
	}
}

// whenOf is the day that the sentence speaks of, as it is written; "" where it
// names none or several.
func whenOf(f *fact.Fact) string {
	times := calendar(f.Times)
	if len(times) != 1 {
		return ""
	}
	return times[0].Text
}

// cite adds the sentence to the evidence, or the highlight to one that is
// there, and returns its index.
func (w *writer) cite(f *fact.Fact, highlight corpus.Span, says string) int {
	if !f.Sentence.Span.Contains(highlight) {
		highlight = corpus.Span{} // words of another sentence are not this one's
	}
	i, ok := w.seen[f.ID]
	if !ok {
		i = len(w.answer.Evidence)
		w.seen[f.ID] = i
		w.answer.Evidence = append(w.answer.Evidence, evidence(f, says))
	}
	e := &w.answer.Evidence[i]
	if e.Attribution == "" {
		e.Attribution = says
	}
	e.Highlight = addSpan(e.Highlight, highlight)
	return i
}

// evidence quotes a fact.
func evidence(f *fact.Fact, says string) Evidence {
	e := Evidence{Article: f.Sentence.Article, Line: f.Sentence.Line, Span: f.Sentence.Span, Attribution: says, Role: f.Sentence.Role, Fact: f.ID}
	for _, t := range f.Times {
		if strings.Contains(english.Fold(t.Text), "today") && len(calendar(f.Times)) > 1 {
			continue // it is the day that the sentence names, not the article's
		}
		if t.Relative && !t.From.IsZero() && t.Grain == timex.Day {
			e.Times = append(e.Times, ResolvedTime{t.Text, t.From})
		}
	}
	return e
}

// addSpan adds a highlight, keeping them ascending and apart.
func addSpan(list []corpus.Span, s corpus.Span) []corpus.Span {
	if s.Len() <= 0 || slices.ContainsFunc(list, func(t corpus.Span) bool { return t.Contains(s) }) {
		return list
	}
	list = slices.DeleteFunc(list, func(t corpus.Span) bool { return s.Contains(t) })
	for _, t := range list {
		if t.Overlaps(s) {
			return list
		}
	}
	list = append(list, s)
	slices.SortFunc(list, func(x, y corpus.Span) int { return cmp.Compare(x.Start, y.Start) })
	return list
}

// b2s is who says attribution i of the fact, as the article gives it: the
// speaker's words; "" where the article speaks itself.
func b2s(b *Base, f *fact.Fact, i int) string {
	if i < 0 || i >= len(f.Says) {
		return ""
	}
	s := f.Says[i].Speaker
	text := f.Sentence.Article.Text[s.Start:s.End]
	if english.ClassOf(english.Fold(text))&english.Person != 0 {
		if span, g := b.speakerSpan(f, i); span.Len() > 0 {
			return text + " [" + g.Sentence.Article.Text[span.Start:span.End] + "]" // who "he" is
		}
	}
	return text
}

// matched reports whether grammar ties a count of the cluster to what is asked
// for.
func (cl *cluster) matched() bool {
	return slices.ContainsFunc(cl.counts, func(c *candidate) bool { return c.place >= 0 })
}
