package answers

import (
	"cmp"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// fitClause rejects a count that only stands in one sentence with what is
// asked: its own clause has to say it.
func (b *Base) fitClause(q question.Question, f *fact.Fact, c *candidate) {
	if len(q.Source) > 0 && !b.toldBy(q.Source, f, c.count()) {
		c.bar("who says it")
	}
	if q.OfLast && (c.count().Part < 0 && !c.count().Partial || !slices.Contains(q.Turns[len(q.Turns)-1].Facts, f.ID)) {
		c.reject("it is no part of what was counted before")
	}
	if !b.groundsMet(q, f) {
		c.bar("what for")
	}
	told := b.toldOf(f, c.count())
	if !b.ownSubject(q, f, c.number) && !(told != f && b.ownSubject(q, told, 0)) {
		c.bar("of what it is said")
	}
	if !b.scopeAsked(q).met(q, f) {
		c.bar("a word that turns what is asked")
	}
	if peopleForThings(q, c.count()) {
		c.bar("what is counted")
	}
	if ofOtherClause(q, f, c.count()) || ofOtherPart(q, f, c.count()) || ownedByAsked(q, f, c.number) {
		c.bar("it is said of another figure")
	}
	if ofFormer(q, f) {
		c.bar("of an earlier one")
	}
	if onlySome(q, c.count()) {
		c.bar("only of those to whom something happened")
	}
	if q.Past && q.Sense != question.HowMany && b.onlyMeant(q, f, c.count()) {
		c.bar("it was only meant to happen")
	}
	if q.Sense == question.HowOld && q.Head != "" && !besideAge(q.Head, f, c.count()) {
		c.bar("whose age it is")
	}
	if q.Past && roomFor(f, c.count()) {
		c.bar("it is what there is room for")
	}
	if slices.Contains(q.Events, "vote") && votedHow(f.Tokens) && !votedHow(q.Tokens()) {
		c.bar("only of those who voted so")
	}
	if q.Past && len(q.Times) > 0 && c.count().Standing == fact.Expected {
		c.bar("it was still to come")
	}
	c.linked = c.linked || told != f && happens(q, told)
	if c.linked || q.Verb == "" || q.EventNoun || personAsked(q) {
		return
	}
	switch {
	case onlyDenied(q, f):
		c.unhappened(q, "what happened: it is said that it did not")
	case b.governs(q, f, c.count()):
		c.linked = q.Sense != question.HowMany
	case q.Sense == question.HowLong && slices.Contains(q.Events, "continue") && slices.ContainsFunc(q.Terms, func(t question.Term) bool { return !t.Name && t.Met(c.count().Head, c.count().Head) }):
		c.linked = true // "a five-day OUTAGE" lasted
	case !clauseSays(q, f, c.count()):
		c.unhappened(q, "what happened, in its own clause")
	}
}

// peopleForThings reports whether the count is of people and things are asked for,
// or an amount of what cannot be counted one by one and things are counted.
func peopleForThings(q question.Question, c *fact.Count) bool {
	head := cmp.Or(c.Head, c.Implied)
	if q.Head == "" || head == "" || head == q.Head {
		return false
	}
	if q.Sense == question.HowMuch && countsThings(c) {
		return true // "how much damage" is not 90 houses
	}
	return q.Cue == "how many" && q.Carrier == "" && english.IsPerson(head) && !english.IsPerson(q.Head) &&
		!english.CoversThing(q.Head, head) && !english.CoversThing(head, q.Head)
}

// roomFor reports whether the count is of those for whom a place has room: "a
// stadium FOR 30,000 spectators".
func roomFor(f *fact.Fact, c *fact.Count) bool {
	at, _ := tokenRange(f, c.Phrase)
	return at > 1 && f.Tokens[at-1].Norm == "for" && spots[f.Tokens[at-2].Lemma] && english.IsPerson(c.Head)
}

// votedHow reports whether the tokens tell for what or against what somebody
// voted.
func votedHow(tokens []english.Token) bool {
	for i := 1; i < len(tokens); i++ {
		if tokens[i-1].Lemma != "vote" {
			continue
		}
		switch tokens[i].Norm {
		case "for", "against", "yes", "no", "to", "in":
			return true
		}
		if tokens[i].Kind == english.Number {
			return true // "voted 5 to 4"
		}
	}
	return false
}

// opensWith reports whether the first sentence of the article's text has the term.
func (b *Base) opensWith(t question.Term, article string) bool {
	for n, role := range b.rolesOf(article) {
		if role == corpus.Body {
			return termIn(t, b.factAt(article, n))
		}
	}
	return false
}

// setting are words between two clauses that set their figures against each
// other.
var setting = map[string]bool{"while": true, "whereas": true, "but": true, ";": true}

// ofOtherClause reports whether a word of the question stands only in another
// clause, with a figure of the same unit: "68 per cent oppose it, WHILE 24 per
// cent SUPPORT it". A pronoun may stand for a noun.
func ofOtherClause(q question.Question, f *fact.Fact, c *fact.Count) bool {
	if c.Restated {
		return false
	}
	own, _ := tokenRange(f, c.Quantity.Span)
	for i, t := range f.Tokens {
		if !setting[t.Norm] {
			continue
		}
		mine, other := f.Tokens[:i], f.Tokens[i+1:]
		if own > i {
			mine, other = other, mine
		}
		if len(other) == 0 || len(mine) == 0 {
			continue
		}
		rival := slices.ContainsFunc(f.Counts, func(d fact.Count) bool {
			return d.Quantity.Unit.Kind == c.Quantity.Unit.Kind && other[0].Start <= d.Quantity.Span.Start && d.Quantity.Span.End <= other[len(other)-1].End
		})
		pronoun := slices.ContainsFunc(mine, func(t english.Token) bool { return t.Norm == "it" || t.Norm == "them" || t.Norm == "so" })
		for _, term := range withoutTimes(q).Terms {
			verb := term.Lemma == q.Verb || term.Lemma == q.Did // nobody else's figure needs to stand there
			if !rival && !verb || term.Lemma == q.Head || term.Name || pronoun && !verb && term.Lemma != q.Verb && !slices.Contains(q.Mods, term.Lemma) {
				continue
			}
			if metBy(term, other) && !metBy(term, mine) {
				return true
			}
		}
	}
	return false
}

// harms are what happens to some of a crowd.
var harms = []string{"kill", "injure", "detain", "hospitalize", "missing", "infect", "sicken"}

// onlySome reports whether the count is of those to whom something happened,
// where the question asks how many there are: of the protesters those who were
// treated are but a part.
func onlySome(q question.Question, c *fact.Count) bool {
	if q.Sense != question.HowMany || len(q.Events) > 0 || q.Verb != "" || q.Did != "" || q.Head != "" && !english.IsPerson(q.Head) || len(q.Turns) > 0 {
		return false
	}
	return slices.ContainsFunc(c.Events, func(e fact.Event) bool {
		return e.Relation == fact.Patient && shared(e.Names, harms)
	})
}

// alike are verbs that say of an amount what others say: "shares LOST 4
// percent" of shares that fell, what is bid of what is paid.
var alike = map[string][]string{
	"fall": {"lose", "shed", "slip", "yield"}, "lose": {"fall", "drop", "shed", "slip", "yield"}, "rise": {"gain", "add"}, "gain": {"rise"},
	"pay": {"buy", "offer", "bid", "spend"}, "get": {"receive", "give", "pay", "sentence", "jail", "award", "win", "earn", "offer", "face"},
	"receive": {"get", "give", "pay", "award"}, "earn": {"pay", "make"}, "spend": {"pay", "cost"},
}

// saysVerb reports whether the word says what the question's verb does.
func saysVerb(q question.Question, lemma string) bool {
	return lemma == q.Verb || shared(english.Events(lemma), q.Events) || english.Same(lemma, q.Verb) || slices.Contains(alike[q.Verb], lemma)
}

// governs reports whether a verb that governs the count, or a noun beside it,
// is what the question asks about.
func (b *Base) governs(q question.Question, f *fact.Fact, c *fact.Count) bool {
	same := func(w string) bool { return saysVerb(q, w) }
	if at, _ := tokenRange(f, c.Phrase); at > 0 && f.Tokens[at-1].Norm == "worth" {
		return same("worth") || same("cost") // "contracts worth two million": nothing else governs it
	} else if at > 0 && (f.Tokens[at-1].Norm == "down" && same("fall") || f.Tokens[at-1].Norm == "up" && same("rise")) {
		return true // "shares closed DOWN 9 per cent"
	}
	if slices.ContainsFunc(c.Of, same) || same(c.Head) || slices.ContainsFunc(c.Mods, same) {
		return true
	}
	verbs := b.grammar(f).Governors(c.Phrase)
	if len(verbs) > 1 && objectOf(f, verbs[0], c) {
		verbs = verbs[:1]
	}
	return slices.ContainsFunc(verbs, func(v extract.Verb) bool { return same(v.Lemma) })
}

// objectReach is how many tokens may stand between a verb and its object: "ASKED for
// two million".
const objectReach = 2

// objectOf reports whether the count is the object of the verb right before it,
// which is not one of saying: a verb after it says nothing of it then.
func objectOf(f *fact.Fact, v extract.Verb, c *fact.Count) bool {
	at, _ := tokenRange(f, c.Phrase)
	_, end := tokenRange(f, v.Span)
	return end > 0 && end <= at && at-end <= objectReach && !f.Tokens[end-1].Is(english.Reporting) && !english.LightVerb(v.Lemma) &&
		!slices.ContainsFunc(f.Tokens[end:at], func(t english.Token) bool { return t.Kind == english.Mark })
}

// clauseSays reports whether the clause of the count has a word for what the
// question asks about.
func clauseSays(q question.Question, f *fact.Fact, c *fact.Count) bool {
	from, to := clauseAround(f, c.Phrase)
	_, after := tokenRange(f, c.Phrase)
	for k := after; k+1 < to; k++ {
		if w := f.Tokens[k+1]; (f.Tokens[k].Norm == "and" || f.Tokens[k].Norm == "but") && w.Norm != w.Lemma && !strings.HasSuffix(w.Norm, "s") {
			to = k // "had asked for two million AND RECEIVED a quarter of that"
		}
	}
	return slices.ContainsFunc(f.Tokens[from:to], func(t english.Token) bool { return t.Kind == english.Word && saysVerb(q, t.Lemma) })
}

// clauseAround is the half-open range of tokens of the clause that the span
// stands in: between semicolons, and between conjunctions that a clause of its
// own follows or a relative.
func clauseAround(f *fact.Fact, s corpus.Span) (from, to int) {
	at, end := tokenRange(f, s)
	for from = at; from > 0 && !clauseBreak(f, from-1); from-- {
	}
	for to = end; to < len(f.Tokens) && !clauseBreak(f, to); to++ {
	}
	return from, to
}

// clauseBreak reports whether a clause ends at token i.
func clauseBreak(f *fact.Fact, i int) bool {
	t := f.Tokens[i]
	switch t.Norm {
	case ";", "but", "while", "whereas", "after", "because", "although", "though", "who", "which":
		return true
	}
	return false
}

// comesBefore are words after which a time is not when it happened: "the
// highest SINCE 1994".
var comesBefore = map[string]bool{"since": true, "than": true, "until": true, "till": true, "before": true, "from": true}

// timeOfCount reports whether a time that the question names can be that of
// the count: not the one before which or since when, nor the one when somebody
// said it.
func (b *Base) timeOfCount(q question.Question, f *fact.Fact, c *fact.Count) bool {
	for _, want := range q.Times {
		met, other := false, asksSince(q)
		for _, t := range f.Times {
			if !t.Overlaps(want) && english.Fold(t.Text) != english.Fold(want.Text) {
				continue
			}
			from, _ := tokenRange(f, t.Span)
			beside := c.Says >= 0 && c.Says < len(f.Says) && !f.Says[c.Says].Scope.Contains(t.Span) && f.Says[c.Says].Scope.Contains(c.Quantity.Span) && !f.Says[c.Says].Quote && f.Says[c.Says].Cue.Len() > 0 && besideCue(f, f.Says[c.Says], t.Span)
			if from > 0 && comesBefore[f.Tokens[from-1].Norm] != asksSince(q) || from == 0 && asksSince(q) || beside || want.Grain == timex.Day && b.ofReport(q, f, t.Span) || ofCompared(f, c, t.Span) {
				other = true
			} else {
				met = true
			}
		}
		if other && !met {
			return false
		}
	}
	return true
}

// comparing are words between a figure and the one that it is compared with.
var comparing = map[string]bool{"compare": true, "against": true, "versus": true, "than": true, "while": true, "whereas": true, "from": true}

// ofCompared reports whether the time is that of another figure, with which the
// count is compared: "41 jets, compared with 58 in 2033".
func ofCompared(f *fact.Fact, c *fact.Count, t corpus.Span) bool {
	return slices.ContainsFunc(f.Counts, func(d fact.Count) bool {
		if d.Quantity.Span.Start < c.Quantity.Span.End || d.Quantity.Span.End > t.Start {
			return false
		}
		from, to := tokenRange(f, corpus.Span{Start: c.Quantity.Span.End, End: d.Quantity.Span.Start})
		return slices.ContainsFunc(f.Tokens[from:to], func(w english.Token) bool { return comparing[w.Lemma] })
	})
}

// ofReport reports whether the time is when a report was made, withdrawn or
// the like, and not when that happened which is asked about: the verb that it
// belongs to is another, and the one that is asked about stands in what is
// reported.
func (b *Base) ofReport(q question.Question, f *fact.Fact, t corpus.Span) bool {
	governors := b.grammar(f).Governors(t)
	if len(governors) == 0 || sameEvent(q, governors[0].Lemma, governors[0].Names) {
		return false
	}
	return slices.ContainsFunc(f.Says, func(a fact.Attribution) bool {
		if governors[0].Span.Overlaps(a.Cue) {
			return true // "REPORTED 160 deaths on Sunday"
		}
		return a.Scope.Len() > 0 && !a.Scope.Contains(t) && slices.ContainsFunc(f.Tokens, func(w english.Token) bool {
			return w.Kind == english.Word && w.Start >= a.Scope.Start && w.End <= a.Scope.End && sameEvent(q, w.Lemma, english.Events(w.Lemma))
		})
	})
}

// besideCue reports whether the time stands with the words of saying: "the
// ministry said MONDAY".
func besideCue(f *fact.Fact, a fact.Attribution, t corpus.Span) bool {
	const around = 4 // tokens between the words of saying and their time
	from, to := tokenRange(f, t)
	low, high := tokenRange(f, a.Cue)
	return from >= high && from-high <= around || low >= to && low-to <= around
}

// onlySaid reports whether the sentence names the time only as that of somebody's
// saying it.
func onlySaid(want timex.Time, f *fact.Fact) bool {
	return !slices.ContainsFunc(f.Times, func(t timex.Time) bool {
		return t.Overlaps(want) && !slices.ContainsFunc(f.Says, func(a fact.Attribution) bool {
			return !a.Scope.Contains(t.Span) && a.Cue.Len() > 0 && besideCue(f, a, t.Span)
		})
	})
}

// asksSince reports whether the question itself says "since" or the like.
func asksSince(q question.Question) bool {
	return slices.ContainsFunc(q.Tokens(), func(t english.Token) bool { return comesBefore[t.Norm] })
}

// ahead reports whether the verb at the span is only to come: "should LEAVE",
// "to BE WITHDRAWN".
func ahead(f *fact.Fact, verb corpus.Span) bool {
	from, _ := tokenRange(f, verb)
	for i := from - 1; i >= 0 && i >= from-3; i-- {
		switch t := f.Tokens[i]; {
		case t.Norm == "will" || t.Norm == "would" || t.Norm == "should" || t.Norm == "shall" || t.Norm == "may" || t.Norm == "might" || t.Norm == "could" || t.Norm == "must":
			return true
		case t.Norm == "have" || t.Norm == "be" || t.Is(english.Adverb):
		default:
			return false
		}
	}
	return false
}

// toldBy reports whether every word stands in the name of who says the count.
func (b *Base) toldBy(words []string, f *fact.Fact, c *fact.Count) bool {
	if c.Says < 0 || c.Says >= len(f.Says) {
		return false
	}
	var tokens []english.Token
	if own := f.Says[c.Says].Speaker; own.Len() > 0 {
		tokens = english.Tokens(f.Sentence.Article.Text[own.Start:own.End], 0)
	}
	if s, g := b.speakerSpan(f, c.Says); s.Len() > 0 {
		tokens = append(tokens, english.Tokens(g.Sentence.Article.Text[s.Start:s.End], 0)...)
	}
	return !slices.ContainsFunc(words, func(w string) bool {
		return !slices.ContainsFunc(tokens, func(t english.Token) bool { return t.Lemma == w || t.Norm == w })
	})
}

// actsHere reports whether the clause of the count leaves to what stands
// before who did it: its subject is a pronoun or "the company", and it names
// nobody else.
func (b *Base) actsHere(n question.Name, f *fact.Fact, c *fact.Count) bool {
	from, to := clauseAround(f, c.Phrase)
	if slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool {
		inside := from < to && m.Span.Start >= f.Tokens[from].Start && m.Span.End <= f.Tokens[to-1].End
		return inside && m.Type != fact.PlaceName && !slices.ContainsFunc(f.Says, func(s fact.Attribution) bool { return s.Speaker.Overlaps(m.Span) })
	}) {
		return false
	}
	if from >= len(f.Tokens) {
		return false
	}
	first := f.Tokens[from]
	if first.Is(english.Person) || first.Norm == "it" {
		return true
	}
	if c.Says >= 0 && c.Says < len(f.Says) {
		if at, _ := tokenRange(f, f.Says[c.Says].Scope); at < len(f.Tokens) && f.Tokens[at].Is(english.Determiner) && f.Tokens[at].Norm != "the" && english.ClassOf(f.Tokens[at].Norm)&english.Person != 0 {
			return true // "said HIS client had received"
		}
	}
	passive := slices.ContainsFunc(c.Events, func(e fact.Event) bool { return e.Relation == fact.Patient && e.Span.Start > c.Phrase.End })
	return first.Norm == "the" && !passive && from+1 < to && acts(f.Tokens[from+1].Lemma)
}

// disputes reports whether the two counts can contradict each other: they are
// in one unit, count one thing, and are not of one sentence of one speaker.
func disputes(x, y *candidate) bool {
	a, b := x.count(), y.count()
	if !oneUnit(a.Quantity, b.Quantity) || x.linked != y.linked {
		return false
	}
	if x.fact == y.fact && a.Says == b.Says && !a.Earlier && !b.Earlier {
		return false
	}
	return x.place >= 0 && y.place >= 0 || oneThing(a, b)
}

// oneUnit reports whether two quantities can be compared at all.
func oneUnit(a, b quantity.Quantity) bool {
	share := func(k quantity.UnitKind) bool { return k == quantity.Percent || k == quantity.Share }
	return a.Unit.Kind == b.Unit.Kind || share(a.Unit.Kind) && share(b.Unit.Kind)
}

// oneThing reports whether two counts are of the same noun, as far as they
// have one.
func oneThing(a, b *fact.Count) bool {
	x, y := counted(a), counted(b)
	if x == "" || y == "" || a.Quantity.Unit.Kind != quantity.Count {
		return true
	}
	return english.CoversThing(x, y) || english.CoversThing(y, x) || english.IsPerson(x) && english.IsPerson(y)
}

func counted(c *fact.Count) string {
	if c.Head != "" {
		return c.Head
	}
	return c.Implied
}
