package answers

import (
	"cmp"
	"context"
	"slices"
	"time"

	"sourceline/answers/fact"
	"sourceline/answers/match"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// Weights of how a count fits a question. They were set by hand so that a
// link (what is counted, what happened to it) outweighs any number of words
// that merely stand nearby.
const (
	weightHead      = 3.0  // the counted noun is the one asked for, or a word for it
	weightElliptic  = 1.5  // the counted noun is left out ("16 killed")
	weightEvent     = 3.0  // what happened to it is what is asked for
	eventStep       = 0.25 // less for each event that lies closer to the count
	weightEventNear = 0.75 // it happens in the sentence, to something else perhaps
	weightModifier  = 1.0  // a modifier that is asked for
	weightCoverage  = 3.0  // share of the question's words that the sentence has
	weightNarrower  = -2.0 // counts a part of what is asked for
	weightPart      = -1.5 // "including three children"
	weightTeaser    = -4.0 // stands in a link to another story
	weightCaption   = -1.5
	weightHeadline  = -0.5 // headlines round
	weightHistory   = -3.0 // "30 years ago"
	weightEarlier   = -1.0 // what a figure was before: "up from 14"
	weightToll      = 0.5  // a running total: "the toll rose to 17"
	weightGiven     = 4.0  // the question names the figure itself
	weightAdded     = -4.0 // what is added to another count: "four more", "five others"
)

var weightReach = [...]float64{inSentence: 1.5, inTopic: 1.0, nearby: 0.75, inArticle: 0, nowhere: -9}

// A candidate is a count that may answer a figure question.
type candidate struct {
	fact     *fact.Fact
	number   int // index into fact.Counts
	score    float64
	narrower bool    // counts a part of what is asked for
	reach    reach   // of the farthest name
	linked   bool    // the event is linked to the count, or none is asked for
	strict   bool    // meets every constraint
	barred   string  // the first constraint not met that makes it a count of something else; "" for none
	cover    float64 // share of the question's words in the sentence and beside it
	given    bool    // the question names the figure itself
	place    int     // place among the choices of its article; -1 where none were made
	order    int     // place among the candidates, for ties
	parts    []Part
}

// add adds to the score, and remembers what for.
func (c *candidate) add(why string, v float64) {
	if v != 0 {
		c.score += v
		c.parts = append(c.parts, Part{why, v})
	}
}

// reject remembers a constraint that is not met.
func (c *candidate) reject(why string) {
	c.strict = false
	c.parts = append(c.parts, Part{"unmet: " + why, 0})
}

// bar remembers a constraint without which the count is of something else: no
// model passes over it.
func (c *candidate) bar(why string) {
	c.reject(why)
	c.barred = cmp.Or(c.barred, why)
}

// unhappened remembers that what is asked for is not said to have happened to
// what is counted: of people to whom something happened that is never passed
// over.
func (c *candidate) unhappened(q question.Question, why string) {
	toOthers := slices.ContainsFunc(c.count().Events, func(e fact.Event) bool {
		return slices.ContainsFunc(e.Names, question.CountsPeople) // they were detained, whoever else was shot at
	})
	if len(q.Events) > 0 && (toOthers || q.Sense == question.HowMany && q.Head == "people") {
		c.bar(why)
		return
	}
	c.reject(why)
}

func (c *candidate) count() *fact.Count          { return &c.fact.Counts[c.number] }
func (c *candidate) quantity() quantity.Quantity { return c.count().Quantity }

// shown are the words of the figure: of "a soldier", which has no number, the
// whole.
func (c *candidate) shown() corpus.Span {
	if c.count().Implicit {
		return c.count().Phrase
	}
	return c.quantity().Span
}

// figure answers a figure question from counts.
func (b *Base) figure(ctx context.Context, q question.Question) (Answer, error) {
	a := Answer{Question: q, Agreement: None}
	if missing := b.unknown(q); missing != "" {
		a.Missing = missing
		return b.withNearest(ctx, a)
	}
	if q.TakenBack {
		return b.takenBack(ctx, q)
	}
	q = withVerb(q)
	strict, loose, err := b.weighed(ctx, q)
	if err != nil {
		return a, err
	}
	if q.Earlier {
		strict = slices.DeleteFunc(strict, func(c *candidate) bool { return !c.count().Earlier })
	}
	strict = dropWeak(sameMeasure(q, dropImplicit(inPlace(q, strict))))
	promote(strict)
	if len(strict) == 0 && q.Carried && !slices.ContainsFunc(q.Events, question.CountsPeople) {
		alone := q // "and aircraft?": what happened to them may be something else
		alone.Carried, alone.Events, alone.Verb = false, nil, ""
		alone.Terms = slices.DeleteFunc(slices.Clone(q.Terms), func(t question.Term) bool { return t.Lemma == q.Verb })
		return b.figure(ctx, alone)
	}
	if len(strict) == 0 {
		a.Missing = b.unmet(q)
		return b.withNearest(ctx, a)
	}
	return b.compose(ctx, q, strict, loose)
}

// takenBack answers with the figures that articles withdraw, the latest first, of
// those that tell of the names of the question.
func (b *Base) takenBack(ctx context.Context, q question.Question) (Answer, error) {
	var list []*candidate
	for _, t := range slices.Backward(b.withdrawn.list) {
		if k := t.count.Quantity.Unit.Kind; t.count.Standing != fact.Withdrawn || k == quantity.Multiple || k == quantity.Duration || len(list) == maxClusters {
			continue
		}
		f := b.factHolding(t.id.Article, t.id.Span)
		if f == nil || slices.ContainsFunc(q.Names, func(n question.Name) bool { return b.reachOf(n, f) > nearby }) {
			continue
		}
		list = append(list, &candidate{fact: f, number: t.number, strict: true, place: -1, order: len(list)})
	}
	if len(list) == 0 {
		return b.withNearest(ctx, Answer{Question: q, Agreement: None, Missing: b.unmet(q)})
	}
	return b.compose(ctx, q, list, nil)
}

// inPlace leaves out, where the question names a place and some sentence with a
// count does too, the other counts that neither agree with those nor are of a
// later day: an article's topic is no place of all its figures.
func inPlace(q question.Question, list []*candidate) []*candidate {
	if !slices.ContainsFunc(q.Names, func(n question.Name) bool { return n.Place }) {
		return list
	}
	var here []*candidate
	for _, c := range list {
		if c.reach == inSentence {
			here = append(here, c)
		}
	}
	date := func(c *candidate) time.Time { return c.fact.Sentence.Article.Date }
	return slices.DeleteFunc(list, func(c *candidate) bool {
		return c.reach != inSentence && c.count().Standing.Stands() && len(here) > 0 && !slices.ContainsFunc(here, func(h *candidate) bool {
			return date(h).Before(date(c)) || h.quantity().Compatible(c.quantity())
		})
	})
}

// promote makes the first choice that is left of an article its first: where the
// count that the article would be answered with is not of the place that is
// asked for, the next one is.
func promote(list []*candidate) {
	first := map[string]int{}
	for _, c := range list {
		if p, ok := first[c.fact.ID.Article]; c.place >= 0 && (!ok || c.place < p) {
			first[c.fact.ID.Article] = c.place
		}
	}
	for _, c := range list {
		if c.place >= 0 {
			c.place -= first[c.fact.ID.Article]
		}
	}
}

// withVerb asks for the verb of the question where no event is asked for.
func withVerb(q question.Question) question.Question {
	if q.Verb == "" {
		q.Verb = q.Did
	}
	return q
}

// fit weighs how count i of the fact fits the question; nil where it cannot
// be what is asked for.
func (b *Base) fit(q question.Question, f *fact.Fact, i int, chosen choices) *candidate {
	count := &f.Counts[i]
	if count.Implicit && f.Sentence.Role != corpus.Body {
		return nil // "an officer detains a man", says a caption
	}
	if !senseFits(q, count) || q.Sense == question.HowMuch && countsThings(count) {
		return nil
	}
	c := &candidate{fact: f, number: i, strict: true, place: -1}
	choice, met := chosen[choiceKey{f, i}]
	if chosen != nil && !met {
		return nil
	}
	b.whole(f)
	headScore, narrower, ok := fitHead(q, f, count)
	if chosen != nil {
		c.place, c.linked = choice.place, true
		if !ok {
			headScore, ok = weightElliptic, true
		}
		c.add("what happened", weightEvent-eventStep*float64(max(0, choice.fit.Event)))
	}
	if !ok {
		return nil
	}
	c.add("what is counted", headScore)
	c.narrower = narrower
	b.fitScope(q, c)
	if chosen == nil && !b.fitEvent(q, f, count, c) {
		return nil
	}
	b.fitNames(q, f, c)
	b.fitClause(q, f, c)
	b.fitWhole(q, c)
	b.fitMeasure(q, c)
	if !b.timeMet(q, f) || !b.timeOfCount(q, f, count) {
		return nil
	}
	b.fitWords(q, c, chosen != nil)
	fitStanding(q, c, chosen != nil)
	return c
}

// choices are the counts of articles that meet a question about people to whom
// something happened.
type choices map[choiceKey]chosenCount

type choiceKey struct {
	fact  *fact.Fact
	count int
}

type chosenCount struct {
	place int // 0 for the one to answer with, were it the only article
	fit   match.Fit
}

// chosen matches the counts of the facts' articles with a question about people
// to whom something happened; nil for any other question.
func (b *Base) chosen(q question.Question, facts []*fact.Fact) choices {
	if q.Sense != question.HowMany || !personAsked(q) || q.Negated {
		return nil
	}
	events := q.Events
	if narrowVerbs[q.Verb] != "" {
		events = nil // "executed" is not merely killed
	}
	query := match.Query{Head: cmp.Or(q.Head, "people"), Mods: q.Mods, Events: events, Verb: q.Verb}
	out, done := choices{}, map[string]bool{}
	for _, f := range facts {
		if done[f.ID.Article] {
			continue
		}
		done[f.ID.Article] = true
		facts := b.counts(f.ID.Article)
		found := match.Answer(query, facts)
		if len(found) == 0 && q.Carrier != "" {
			whole := query
			whole.Head, whole.Mods = q.Carrier, append(slices.Clone(q.Mods), q.Head)
			found = match.Answer(whole, facts)
		}
		for place, c := range found {
			out[choiceKey{facts[c.Fact], c.Index}] = chosenCount{place, c.Fit}
		}
	}
	return out
}

// narrowVerbs are verbs that say more than their event: only their own word
// meets them.
var narrowVerbs = map[string]string{"execute": "kill", "murder": "kill", "assassinate": "kill", "lynch": "kill", "behead": "kill", "drown": "kill", "torture": "injure", "deport": "displace", "jail": "detain", "imprison": "detain", "hanged": "kill", "massacre": "kill"}

// dimensions are the words by which the sentence says the dimension that is
// asked for, where the unit does not.
var dimensions = map[string][]string{
	"how deep": {"deep", "depth"}, "how tall": {"tall", "high", "height"}, "how high": {"tall", "high", "height", "above", "level", "elevation", "altitude", "temperature"},
	"how wide": {"wide", "width", "across", "broad", "diameter"},
}

// each are words that share an amount out.
var each = map[string]bool{"each": true, "per": true, "every": true, "apiece": true}

// withoutTimes is the question without the words of the times that it names.
func withoutTimes(q question.Question) question.Question {
	if len(q.Times) > 0 {
		q.Terms = slices.DeleteFunc(slices.Clone(q.Terms), func(t question.Term) bool {
			return slices.ContainsFunc(q.Times, func(x timex.Time) bool { return t.Span.Len() > 0 && x.Span.Contains(t.Span) })
		})
	}
	return q
}

// wordsOf is the question without its names, and without its verb where that is
// met: of these words too enough have to be met.
func wordsOf(q question.Question, verbMet bool) question.Question {
	q.Terms = slices.DeleteFunc(slices.Clone(q.Terms), func(t question.Term) bool { return t.Name || verbMet && t.Lemma == q.Verb })
	return q
}

// untied is the question without what the count has been held to already: its
// verb ("claimed the lives of 100" for "killed"), what is counted, and its names.
func untied(q question.Question) question.Question {
	q.Terms = slices.DeleteFunc(slices.Clone(q.Terms), func(t question.Term) bool { return t.Name || t.Lemma == q.Verb || t.Lemma == q.Head })
	return q
}

// minCoverage is the share of the question's words, rare ones weighing more,
// that the sentence and its neighbours must have.
const minCoverage = 0.5

// minChosenCoverage is the share that is enough where grammar already ties the
// count to what is asked for.
const minChosenCoverage = 0.3

func roleWeight(f *fact.Fact) float64 {
	switch f.Sentence.Role {
	case corpus.Teaser:
		return weightTeaser
	case corpus.Caption:
		return weightCaption
	case corpus.Headline:
		return weightHeadline
	}
	return 0
}

// around are the facts of the n sentences before the fact and after it.
func (b *Base) around(f *fact.Fact, n int) []*fact.Fact {
	var out []*fact.Fact
	for i := f.Number - n; i <= f.Number+n; i++ {
		if g := b.factAt(f.ID.Article, i); g != nil && i != f.Number {
			out = append(out, g)
		}
	}
	return out
}

// dropImplicit leaves out "a soldier" where there are counts with a number.
func dropImplicit(list []*candidate) []*candidate {
	if !slices.ContainsFunc(list, func(c *candidate) bool { return !c.count().Implicit }) {
		return list
	}
	return slices.DeleteFunc(list, func(c *candidate) bool { return c.count().Implicit })
}

// scoreMargin is how far below the best a count may score and still be shown
// beside it.
const scoreMargin = 3.5

// dropWeak keeps the counts that fit about as well as the best one.
func dropWeak(list []*candidate) []*candidate {
	if len(list) == 0 {
		return nil
	}
	best := slices.MaxFunc(list, func(a, b *candidate) int { return cmp.Compare(a.score, b.score) })
	return slices.DeleteFunc(list, func(c *candidate) bool { return c.score < best.score-scoreMargin && !c.given })
}
