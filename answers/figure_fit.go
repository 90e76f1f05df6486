package answers

import (
	"cmp"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// fitWhole tells a part from the whole: "21 of the 27".
func (b *Base) fitWhole(q question.Question, c *candidate) {
	f, count := c.fact, c.count()
	all := q.Has || onlyCounted(q)
	if wholeOf(f, c.number) && !all && !allOf(q, f, count) {
		c.bar("it is the whole of which another count is a part")
	}
	if onlyCounted(q) && len(q.Turns) == 0 && b.partBeside(f, count) {
		c.bar("it is less than the whole")
	}
	if count.Partial && !english.IsPerson(cmp.Or(q.Head, "people")) && len(q.Turns) == 0 && !asksPart(q) {
		c.narrower = true // "1,500 OF THE JOBS"
	}
	if w := partOf(f, count); w != nil && allOf(q, f, w) {
		c.reject("it happened to all of whom it is a part")
	}
	if all && count.Partial && (q.Has || slices.ContainsFunc(f.Counts, func(w fact.Count) bool {
		return count.Phrase.Contains(w.Quantity.Span) && w.Quantity.Span != count.Quantity.Span
	})) {
		c.reject("it is a part, and all are asked for")
	}
}

// asksPart reports whether the question itself asks of how many of a whole.
func asksPart(q question.Question) bool {
	return slices.ContainsFunc(q.Tokens(), func(t english.Token) bool { return t.Norm == "of" })
}

// fitMeasure holds the count to who did it and to the measure that the question
// asks for.
func (b *Base) fitMeasure(q question.Question, c *candidate) {
	f, unit := c.fact, c.quantity().Unit
	if q.Agent != "" && acts(q.Agent) && !doneBy(f, q.Agent) {
		c.bar("who did it")
	}
	if ofOther(q, f) {
		c.reject("another " + q.Head)
	}
	if leftOut(q, f) {
		c.reject("it is not counted in: " + q.Head)
	}
	if asked := currencyAsked(q); asked != "" && unit.Name != asked {
		c.reject("another currency")
	}
	if words := dimensions[q.Cue]; words != nil && q.Sense == question.HowBig && !slices.ContainsFunc(f.Tokens, func(t english.Token) bool { return slices.Contains(words, t.Lemma) }) {
		c.bar("another dimension")
	}
	if rate := b.scopeAsked(q).rate; rate != "" && !c.count().Restated && !perUnit(f.Tokens, rate) {
		c.bar("for each")
	}
	if asked, said := dimensionWords[strings.TrimPrefix(q.Cue, "how ")], dimensionOf(f, c.count()); asked != "" && said != "" && asked != said {
		c.bar("another dimension")
	}
	if q.Sense == question.HowLong && unit.Kind == quantity.Length && !saysLength(f, c.count()) {
		c.bar("another dimension")
	}
	if q.Added && shared(q.Events, []string{"elect"}) && !byMargin(f, c.count()) {
		c.bar("by how much")
	}
	if q.Each && !strings.Contains(unit.Name, "per ") && !slices.ContainsFunc(f.Tokens, func(t english.Token) bool { return each[t.Norm] }) {
		c.bar("for each")
	}
}

// dimensionWords are the words that say what a length measures, and which of them
// say the same.
var dimensionWords = map[string]string{
	"long": "length", "length": "length", "wide": "width", "width": "width", "broad": "width", "breadth": "width",
	"high": "height", "tall": "height", "height": "height", "deep": "depth", "depth": "depth", "thick": "thickness", "thickness": "thickness",
}

// dimensionOf is what the words beside a figure say that it measures: "20 metres
// WIDE", "a WIDTH of 20 metres"; "" where they do not say.
func dimensionOf(f *fact.Fact, c *fact.Count) string {
	if c.Quantity.Unit.Kind != quantity.Length {
		return ""
	}
	from, to := tokenRange(f, c.Quantity.Span)
	if to < len(f.Tokens) && dimensionWords[f.Tokens[to].Lemma] != "" {
		return dimensionWords[f.Tokens[to].Lemma]
	}
	if from > 1 && f.Tokens[from-1].Norm == "of" {
		return dimensionWords[f.Tokens[from-2].Lemma]
	}
	return ""
}

// lengthWords tell that a length is how long something is, lengthReach is how
// many tokens before or after the figure they stand.
var lengthWords = wordSet("long length stretch extend run flow span wind")

const lengthReach = 3

// saysLength reports whether a length is said to be how long something is: "flows
// for 412 kilometres", not "2 kilometres above the sea".
func saysLength(f *fact.Fact, c *fact.Count) bool {
	from, to := tokenRange(f, c.Quantity.Span)
	return slices.ContainsFunc(f.Tokens[max(0, from-lengthReach):min(len(f.Tokens), to+1)], func(t english.Token) bool { return lengthWords[t.Lemma] })
}

// byMargin reports whether the count is said to be by how much somebody won.
func byMargin(f *fact.Fact, c *fact.Count) bool {
	at, _ := tokenRange(f, c.Quantity.Span)
	return at > 0 && f.Tokens[at-1].Norm == "by" || slices.ContainsFunc(f.Tokens, func(t english.Token) bool { return t.Lemma == "margin" || t.Lemma == "lead" })
}

// leftOut reports whether the sentence says that what is asked for is not counted
// in: "cost 55 million dollars so far, WITHOUT counting fines".
func leftOut(q question.Question, f *fact.Fact) bool {
	met, out := 0, 0
	for i, t := range f.Tokens {
		if t.Kind != english.Word || t.Lemma != q.Head && t.Lemma != q.Verb {
			continue
		}
		met++
		if slices.ContainsFunc(f.Tokens[max(0, i-negationReach):i], func(w english.Token) bool { return w.Norm == "without" || w.Norm == "excluding" || w.Norm == "except" }) {
			out++
		}
	}
	return met > 0 && met == out
}

// fitWords weighs how many words of the question the sentence and its neighbours
// have; chosen tells that grammar ties the count to what is asked for already.
func (b *Base) fitWords(q question.Question, c *candidate, chosen bool) {
	f := c.fact
	words := withoutTimes(q) // these are met already
	c.cover = b.coverageNear(words, f)
	c.add("words of the question", weightCoverage*c.cover)
	if f.Sentence.Role == corpus.Teaser && slices.ContainsFunc(untied(words).Terms, func(t question.Term) bool { return !termIn(t, f) }) {
		c.bar("the link to another story does not say it")
	}
	if c.cover < minCoverage && (!chosen || b.coverageNear(untied(q), f) < minChosenCoverage) {
		c.reject("too few words of the question")
	}
	if !chosen && b.coverageNear(wordsOf(words, c.linked), f) < minCoverage {
		c.reject("too few words of the question that are no names")
	}
}

// fitStanding weighs where and as what the count stands.
func fitStanding(q question.Question, c *candidate, chosen bool) {
	count := c.count()
	c.given = slices.ContainsFunc(q.Given, func(g quantity.Quantity) bool { return g.Compatible(count.Quantity) && g.Low > 1 })
	c.add("role of the sentence", roleWeight(c.fact))
	for _, w := range []struct {
		is     bool
		why    string
		weight float64
	}{
		{count.Part >= 0 && c.narrower, "part of another count", weightPart},
		{c.narrower, "counts only a part", weightNarrower},
		{c.given, "named in the question", weightGiven},
		{count.Toll, "a running total", weightToll},
		{count.Earlier, "an earlier figure", weightEarlier},
		{count.Increment && !chosen && !q.Added, "only what is added", weightAdded},
		{count.Background, "history", weightHistory},
	} {
		if w.is {
			c.add(w.why, w.weight)
		}
	}
}
