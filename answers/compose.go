package answers

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// A cluster is the counts that could all be right: one figure as several
// articles write it.
type cluster struct {
	counts   []*candidate
	best     float64
	narrower bool
	standing fact.Standing
}

// compose builds the answer from the counts that fit.
func (b *Base) compose(ctx context.Context, q question.Question, strict, loose []*candidate) (Answer, error) {
	a := Answer{Question: q}
	slices.SortStableFunc(strict, byScore)
	clusters := clustered(strict)
	for _, c := range loose {
		corroborate(clusters, c)
	}
	b.takeBack(clusters)
	withdraw(clusters)
	slices.SortStableFunc(clusters, func(x, y *cluster) int {
		if q.Past { // what has been comes before what was expected
			if n := compareBool(x.standing != fact.Expected, y.standing != fact.Expected); n != 0 && !x.narrower && !y.narrower && x.standing.Stands() && y.standing.Stands() {
				return n
			}
		}
		return firstCluster(x, y)
	})
	lead := clusters[0]
	clusters = comparable(clusters, lead)
	head := headlineOf(q, lead)
	w := &writer{base: b, answer: &a, seen: map[fact.ID]int{}}
	for _, cl := range clusters {
		w.figures(cl, head)
	}
	text := head.fact.Sentence.Article.Text
	span := head.quantity().Span
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
		cl.counts = append(cl.counts, c)
		cl.narrower = cl.narrower && c.narrower
	}
	return out
}

// takes reports whether the count is compatible with all of the cluster.
func (cl *cluster) takes(c *candidate) bool {
	if c.quantity().Vague != cl.counts[0].quantity().Vague {
		return false
	}
	for _, d := range cl.counts {
		if !c.quantity().Compatible(d.quantity()) {
			return false
		}
		if c.narrower != d.narrower && !close(c.quantity().Low, d.quantity().Low) {
			return false
		}
	}
	return true
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
		same := slices.ContainsFunc(cl.counts, func(d *candidate) bool { return !d.quantity().Vague && d.quantity().Low >= telling })
		if same && !c.quantity().Vague && cl.takes(c) {
			cl.counts = append(cl.counts, c)
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

// firstCluster puts the cluster that the headline is taken from first: a
// figure of the whole before one of a part, one in numbers before "dozens",
// one that stands before a withdrawn one, what is before what is expected, a
// much better fit before a worse,
// the later before the earlier, the one with more articles before the one with
// fewer.
func firstCluster(x, y *cluster) int {
	return cmp.Or(
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

// earlier reports whether an article says that the figure was revised.
func (cl *cluster) earlier() bool {
	return slices.ContainsFunc(cl.counts, func(c *candidate) bool { return c.count().Earlier })
}

// superseded reports whether the lead has taken the figure's place: an article
// says that it was one before, or all give it as a least ("at least 19") and
// the lead, from a later article, is no less.
func (cl *cluster) superseded(lead *cluster) bool {
	if cl == lead {
		return false
	}
	if cl.earlier() {
		return !lead.earlier()
	}
	latest := lead.counts[0]
	return !slices.ContainsFunc(cl.counts, func(c *candidate) bool {
		q := c.quantity()
		return q.Bound != quantity.AtLeast || q.Low > latest.quantity().Low || !c.fact.Sentence.Article.Date.Before(latest.fact.Sentence.Article.Date)
	})
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
		if cl.narrower && !clusters[0].narrower || cl.superseded(clusters[0]) || cl != clusters[0] && !cl.contradicts(clusters[0]) {
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
}

// figures adds the distinct figures of a cluster with their evidence.
func (w *writer) figures(cl *cluster, head *candidate) {
	list := slices.Clone(cl.counts)
	slices.SortStableFunc(list, func(x, y *candidate) int {
		return cmp.Or(compareBool(x == head, y == head), cmp.Compare(rolePenalty(x.fact), rolePenalty(y.fact)), byScore(x, y))
	})
	for _, c := range list {
		count := c.count()
		i := w.cite(c.fact, count.Phrase, b2s(w.base, c.fact, count.Says))
		w.figure(c, cl, i)
	}
}

// figure adds the count to the figures: to the one with the same words, or as
// a new one.
func (w *writer) figure(c *candidate, cl *cluster, evidence int) {
	text := c.fact.Sentence.Article.Text
	q := c.quantity()
	words := text[q.Span.Start:q.Span.End]
	i := slices.IndexFunc(w.answer.Figures, func(f Figure) bool {
		return english.Fold(f.Text) == english.Fold(words) || f.Quantity.SameValue(q) && f.Quantity.Bound == q.Bound
	})
	if i < 0 {
		counted := ""
		if n := c.count().Noun; n.Len() > 0 {
			counted = text[n.Start:n.End]
		}
		w.answer.Figures = append(w.answer.Figures, Figure{
			Text: words, Quantity: q, Counted: counted, When: whenOf(c.fact), Standing: cl.standing,
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

// summary is our frame for the answer: the question, or of one for a figure
// what is counted. A number never stands in it; what would not read well is
// left out.
func summary(q question.Question) string {
	text := question.Plain(q.Text)
	if q.Rest != "" {
		text = strings.TrimSuffix(strings.TrimSpace(text), q.Rest)
		text = strings.TrimSuffix(strings.TrimRight(text, " \n,;"), " and")
	}
	if counting[q.Sense] && q.Type == question.Figure {
		if s := countedWords(q, text); s != "" {
			return s
		}
	}
	if strings.ContainsAny(text, "0123456789") {
		return ""
	}
	for _, r := range q.Read {
		text = strings.ReplaceAll(text, r.From, r.To)
	}
	return strings.Join(strings.Fields(strings.TrimRight(strings.TrimSpace(text), "?!. ")), " ")
}

// counting are the senses of which the thing alone tells what the figure is.
var counting = map[question.Sense]bool{question.HowMany: true}

// countedWords is the question without the words that only ask: "people killed
// in the capital". What follows a verb before its subject ("how many soldiers
// DID THE PACT SEND") is left out.
func countedWords(q question.Question, text string) string {
	var words []string
	tokens := english.Tokens(text, 0)
	for i, t := range tokens {
		word := t.Text
		for _, r := range q.Read {
			if r.From == t.Text {
				word = r.To
			}
		}
		norm := english.Fold(word)
		class := english.ClassOf(norm)
		if class&english.Auxiliary != 0 && len(words) > 0 && inverted(tokens, i) {
			break
		}
		if t.Kind == english.Number || t.Kind == english.Mark && (t.Norm != "-" && t.Norm != "'" || t.Space) ||
			class&(english.Question|english.Auxiliary) != 0 || norm == "many" || norm == "there" || norm == "please" || (norm == "and" || norm == "or" || norm == "so") && len(words) == 0 {
			continue
		}
		if !t.Space && len(words) > 0 {
			words[len(words)-1] += word
			continue
		}
		words = append(words, word)
	}
	for len(words) > 0 && english.ClassOf(english.Fold(words[len(words)-1]))&(english.Preposition|english.Conjunction|english.Determiner) != 0 {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// inverted reports whether the auxiliary at token i stands before its subject:
// "did the pact send", not "were killed", "have been killed".
func inverted(tokens []english.Token, i int) bool {
	if tokens[i].Lemma == "be" || i+1 >= len(tokens) {
		return false
	}
	next := tokens[i+1]
	return !next.Is(english.Auxiliary) && (tokens[i].Lemma == "do" || next.Is(english.Determiner|english.Pronoun) || next.Case != english.Lower)
}

// caveats adds what weakens the figures: standings, figures of another scope.
func (w *writer) caveats(clusters []*cluster, lead *cluster) {
	for _, cl := range clusters {
		if cl.standing == fact.Asserted || cl.standing == "" {
			continue
		}
		w.standingCaveats(cl)
	}
	if !lead.narrower {
		var others []int
		var texts []string
		for _, cl := range clusters {
			if !cl.narrower {
				continue
			}
			c := cl.counts[0]
			others = append(others, w.seen[c.fact.ID])
			texts = append(texts, c.fact.Sentence.Article.Text[c.count().Phrase.Start:c.count().Phrase.End])
		}
		if len(others) > 0 {
			w.answer.Caveats = append(w.answer.Caveats, Caveat{CaveatScope, strings.Join(texts, " · "), others})
		}
	}
	if a := w.answer; a.Agreement == Conflicting {
		var all []int
		for _, f := range a.Figures {
			all = append(all, f.Evidence...)
		}
		slices.Sort(all)
		a.Caveats = append(a.Caveats, Caveat{CaveatDisputed, "sources disagree", slices.Compact(all)})
	}
}

// standingCaveats adds one caveat for each standing that weakens the cluster.
func (w *writer) standingCaveats(cl *cluster) {
	byKind := map[fact.Standing]*Caveat{}
	var kinds []fact.Standing
	for _, c := range cl.counts {
		s := c.count().Standing
		if s == fact.Asserted || s == "" {
			continue
		}
		caveat := byKind[s]
		if caveat == nil {
			caveat = &Caveat{Kind: caveatKinds[s], Text: w.standingText(s, c)}
			byKind[s] = caveat
			kinds = append(kinds, s)
		}
		mark := corpus.Span{}
		if m := c.count().Mark; m >= 0 && m < len(c.fact.Standings) {
			mark = c.fact.Standings[m].Span
		}
		i := w.cite(c.fact, mark, b2s(w.base, c.fact, c.count().Says))
		if !slices.Contains(caveat.Evidence, i) {
			caveat.Evidence = append(caveat.Evidence, i)
		}
	}
	for _, s := range kinds {
		w.answer.Caveats = append(w.answer.Caveats, *byKind[s])
	}
}

var caveatKinds = map[fact.Standing]CaveatKind{
	fact.Withdrawn: CaveatWithdrawn, fact.Denied: CaveatDenied, fact.Unverified: CaveatUnverified, fact.Expected: CaveatExpected,
}

// standingText is our frame for a standing, with the article's own words.
func (w *writer) standingText(s fact.Standing, c *candidate) string {
	m := c.count().Mark
	if m < 0 || m >= len(c.fact.Standings) {
		return string(s)
	}
	span := c.fact.Standings[m].Span
	return fmt.Sprintf("%s: “%s” (%s)", s, c.fact.Sentence.Article.Text[span.Start:span.End], c.fact.Sentence.Article.Source())
}

// matched reports whether grammar ties a count of the cluster to what is asked
// for.
func (cl *cluster) matched() bool {
	return slices.ContainsFunc(cl.counts, func(c *candidate) bool { return c.place >= 0 })
}
