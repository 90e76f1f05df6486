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
	"sourceline/answers/rank"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// With is the base with other weights in the place of rank.Default: to measure
// a model on questions that it was not trained on.
func (b *Base) With(w rank.Weights) *Base {
	other := *b
	other.model = rank.NewModel(w)
	return &other
}

// ranker is the model that ranks and shows.
func (b *Base) ranker() *rank.Model {
	if b.model != nil {
		return b.model
	}
	return rank.Default()
}

// shown are the candidates that an answer is made of: the first, and of the
// other articles what says the same.
func (b *Base) shown(list []*Candidate) []*Candidate {
	out := list[:1:1]
	seen := map[string]bool{list[0].Fact.ID.Article: true}
	for _, c := range list[1:] {
		if article := c.Fact.ID.Article; !seen[article] && english.Fold(c.Text()) == english.Fold(list[0].Text()) && c.Score >= list[0].Score-distinctMargin {
			seen[article] = true
			out = append(out, c)
		}
	}
	return out
}

// How sure the model has to be for a figure of something else than the noun of
// the question or from a sentence without its verb, and for such a person.
const (
	minOtherNoun = 1.0
	minOtherVerb = 0.5
	// minSureFigure is how sure of a figure whose sentence does not name whose it
	// is, by all the names and most of the words of the question.
	minSureFigure = 0.25
	// minWhoWindow is the share of the words of a question for a person that the
	// sentence and those beside it have, where the model is no surer than that.
	minWhoWindow = 0.6
)

// mostOfNews is how sure the model counts as at most of articles with a date: it
// learnt from texts without, and of news a wrong answer costs more.
const mostOfNews = minOtherNoun - 0.01

// vetoed says why the span cannot be the answer, however sure the model is of
// it; "" where nothing speaks against it.
func (b *Base) vetoed(q question.Question, c *Candidate, sure float64) string {
	f, s := c.Fact, c.Span
	if dated(f) {
		sure = min(sure, mostOfNews)
	}
	if f.Sentence.Role == corpus.Teaser {
		return "it is a link to another story"
	}
	for _, n := range q.Names {
		if b.reachOf(n, f) > nearby {
			return "its sentence is not about: " + n.Text
		}
	}
	if why := b.ofAnotherEvent(q, c, sure); why != "" {
		return why
	}
	if why := b.ofAnotherType(q, c); why != "" {
		return why
	}
	switch {
	case (sure < minOtherNoun || q.Verb == "") && q.Type == question.Person && onlySays(f, s):
		return "they only say so"
	case sure < minOtherVerb && q.Type == question.Person && c.sentence.window < minWhoWindow:
		return "too few words of the question"
	case sure < minOtherNoun && q.Type == question.Person && !b.saysOf(q, b.withSubject(f)):
		return "it is not said of what is asked about"
	case q.Sense == question.HowMany && len(q.Events) > 0 && slices.ContainsFunc(q.Names, func(n question.Name) bool { return n.Actor }) && !happens(q, f):
		return "it did not happen in its sentence"
	case q.Type == question.Figure && (sure < minOtherNoun || len(q.Names) > 0 && sure < minSureFigure) && q.Verb != "" && !happens(q, f):
		return "it did not happen in its sentence"
	case sure < minOtherNoun && q.Attribute.Kind != "" && q.Verb != "" && !happens(q, f):
		return "its sentence gives another attribute" // built, not released
	case q.Type == question.Figure && len(q.Names) > 0 && sure < minSureFigure && c.sentence.cover < minWhoCover, q.Sense == question.HowMany && dated(f) && c.sentence.window < minWhoWindow:
		return "too few words of the question"
	case q.Type == question.Time && !timeFits(q, f, s):
		return "it is a time of another kind"
	case q.Type == question.Reason && dated(f) && lastsFrom(f, s):
		return "it says how long"
	case q.Type == question.Reason && completes(q, f, s):
		return "it completes a noun of the question"
	case q.Type == question.Figure:
		return b.figureVeto(q, c, sure)
	}
	return cmp.Or(b.unsupported(q, c, sure), turned(q, c, sure))
}

// dated reports whether the fact's article has a date, as news has.
func dated(f *fact.Fact) bool { return !f.Sentence.Article.Date.IsZero() }

// ofAnotherEvent says why the sentence, or its words around the span, tells of
// something else than the question asks about; "" where nothing does.
func (b *Base) ofAnotherEvent(q question.Question, c *Candidate, sure float64) string {
	f, s := c.Fact, c.Span
	switch {
	case !b.timeMet(q, f):
		return "it is of another time"
	case q.Type == question.Time && b.phaseOfOther(q, f):
		return "something else began or ended"
	case q.Type == question.Time && inRelative(q, f, s):
		return "it is when somebody who is named there did something else"
	case q.Type == question.Time && isNamed(f, s):
		return "it is no time"
	case q.Type == question.Other && q.Cue == "how" && countAt(f, s) >= 0:
		return "it does not say how"
	case contradicted(q, f):
		return "the opposite is said"
	case q.Type != question.Reason && onlyDenied(withVerb(q), f):
		return "it is said that it did not happen"
	case nounOnlyDone(q, c):
		return "its noun is not in the sentence"
	case didItself(q, f, c.grammar):
		return "the one who is named did it"
	case subjectAsked(q) && didNot(q, f, c.grammar, s):
		return "it did not do it"
	case sure < minOtherNoun && ofAnotherSubject(q, f, c.grammar):
		return "something else did"
	}
	return ""
}

// ofAnotherType says why the span is nothing of the type that is asked for; ""
// where nothing does.
func (b *Base) ofAnotherType(q question.Question, c *Candidate) string {
	f, s := c.Fact, c.Span
	switch {
	case q.Type == question.Place && (isEvent(f, s) || isSomebody(f, s)):
		return "it is no place"
	case !namedDead(q, f, s):
		return "it names nobody"
	case !nearestPerson(q, f):
		return "it happened to somebody else"
	case q.Type == question.Person && b.asked(q, f, s):
		return "the question names it itself"
	case q.Type == question.Person && isAmount(f, s):
		return "it is an amount"
	case (q.Type == question.Person || q.Type == question.Place) && slices.ContainsFunc(f.Times, func(t timex.Time) bool { return t.Span.Overlaps(s) }):
		return "it is a time"
	}
	return ""
}

// isNamed reports whether the span is a name, with what stands before it, and no
// time is in it.
func isNamed(f *fact.Fact, s corpus.Span) bool {
	return slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool { return s.Contains(m.Span) && m.Span.End == s.End && s.Len() > 0 }) &&
		!slices.ContainsFunc(f.Times, func(t timex.Time) bool { return t.Span.Overlaps(s) }) && !apartWords[firstWord(f, s)]
}

// firstWord is the folded first word of the span.
func firstWord(f *fact.Fact, s corpus.Span) string {
	from, to := tokenRange(f, s)
	if from >= to {
		return ""
	}
	return f.Tokens[from].Norm
}

// lastsFrom reports whether the span begins with a length of time, "for" before it
// or not: "closed FOR SIX HOURS after …" gives no reason there.
func lastsFrom(f *fact.Fact, s corpus.Span) bool {
	at, _ := tokenRange(f, s)
	if at+1 < len(f.Tokens) && f.Tokens[at].Norm == "for" {
		at++
	}
	return at < len(f.Tokens) && slices.ContainsFunc(f.Counts, func(c fact.Count) bool {
		return c.Quantity.Unit.Kind == quantity.Duration && c.Quantity.Span.Start == f.Tokens[at].Start
	})
}

// completes reports whether the span only says more of a noun that the question
// has, behind "for" or "of": "cancelled an ORDER FOR ten more" is no reason.
func completes(q question.Question, f *fact.Fact, s corpus.Span) bool {
	at, _ := tokenRange(f, s)
	if at < len(f.Tokens) && f.Tokens[at].Norm == "for" {
		at++
	}
	if at < 3 || !f.Tokens[at-3].Is(english.Determiner) || f.Tokens[at-1].Norm != "for" && f.Tokens[at-1].Norm != "of" {
		return false
	}
	noun := f.Tokens[at-2]
	return noun.Kind == english.Word && noun.Lemma != q.Verb && slices.ContainsFunc(q.Terms, func(t question.Term) bool { return t.Lemma == noun.Lemma })
}

// timeFits reports whether the span can be when something will be that is asked
// for with "will", and is a range where one is asked for.
func timeFits(q question.Question, f *fact.Fact, s corpus.Span) bool {
	i := slices.IndexFunc(f.Times, func(t timex.Time) bool { return t.Span.Contains(s) })
	if i < 0 {
		return true
	}
	t, written := f.Times[i], f.Sentence.Article.Date
	ahead := slices.Contains(strings.Fields(english.Fold(q.Text)), "will")
	if ahead && t.Relative && !t.To.IsZero() && !written.IsZero() && !t.To.After(written) {
		return false
	}
	return q.Cue != "from when to when" || t.Range
}

// figureVeto says why the figure is not the one that is asked for.
func (b *Base) figureVeto(q question.Question, c *Candidate, sure float64) string {
	i := countAt(c.Fact, c.Span)
	if i < 0 {
		return "it is no figure"
	}
	count := &c.Fact.Counts[i]
	_, _, headed := fitHead(q, c.Fact, count)
	switch {
	case (len(q.Times) > 0 || sure < minSureFigure) && slices.ContainsFunc(q.Names, func(n question.Name) bool { return n.Source || b.reachOf(n, c.Fact) != inSentence }):
		return "its own sentence has to name whose it is" // "the loss in 2009" of one of several firms
	case len(q.Times) > 0 && (sure < minSureFigure || !b.timeOfCount(q, c.Fact, count)):
		return "it may be of another time"
	case q.Sense == question.HowMuch && countsThings(count):
		return "it counts things"
	case q.Earlier && !count.Earlier:
		return "it is what came after"
	case count.Increment && !q.Added:
		return "it is only what is added"
	case count.Standing != fact.Asserted || count.Quantity.Bound == quantity.AtMost:
		return "it is not said to be so" // "faces up to eight years"
	case !senseFits(q, count) || q.Sense == question.HowMuch && countsThings(count):
		return "it is a figure of another kind"
	case q.Did != "" && !happens(withVerb(q), c.Fact):
		return "it did not happen in its sentence"
	case b.anothers(q, c.Fact, i) != "":
		return b.anothers(q, c.Fact, i)
	case !headed && sure < minOtherNoun:
		return "something else is counted"
	case len(b.withdrawn.of(b, c.Fact, count)) > 0:
		return "it was taken back"
	}
	return ""
}

// anothers says which constraint of the question count i of the fact misses that
// no model may pass over: who says it, who did it, whose or where it is, and of
// things that are counted what happened to them.
func (b *Base) anothers(q question.Question, f *fact.Fact, i int) string {
	c := b.fit(withVerb(q), f, i, nil)
	if c == nil {
		if q.Sense == question.HowMany && len(q.Events) > 0 {
			return "it did not happen to what is counted"
		}
		return ""
	}
	return c.barred
}

// happens reports whether a word of the sentence is the verb of the question,
// one like it, or of its stem.
func happens(q question.Question, f *fact.Fact) bool {
	return slices.ContainsFunc(f.Tokens, func(t english.Token) bool {
		return t.Kind == english.Word && (t.Lemma == q.Verb || shared(english.Events(t.Lemma), q.Events) || kin(t.Lemma, q.Verb))
	})
}

// isAmount reports whether the span is of money, a share or a size, and of
// nobody.
func isAmount(f *fact.Fact, s corpus.Span) bool {
	return slices.ContainsFunc(f.Counts, func(c fact.Count) bool {
		return c.Quantity.Unit.Kind != quantity.Count && c.Quantity.Span.Overlaps(s)
	})
}

// onlySays reports whether the span is in the sentence for what it says: the
// speaker of a reported clause.
func onlySays(f *fact.Fact, s corpus.Span) bool {
	return slices.ContainsFunc(f.Says, func(a fact.Attribution) bool {
		return a.Speaker.Overlaps(s) && a.Scope.Len() > 0 && !a.Scope.Contains(s)
	})
}

// turned says whether the sentence negates what is asked about, or gives the
// span the other part in it: the one to whom it was done for the one who did it.
func turned(q question.Question, c *Candidate, sure float64) string {
	if q.Verb == "" {
		return ""
	}
	want := fact.Agent
	if q.Passive {
		want = fact.Patient
	}
	other, right := false, false
	for _, p := range c.grammar.Phrases {
		for _, e := range p.Events {
			if !sameEvent(q, e.Lemma, e.Names) {
				// whoever REPLACED somebody was not dismissed himself
				other = other || q.Passive && e.Relation == fact.Agent && shared(e.Names, q.Events) && p.Span.Overlaps(c.Span)
				continue
			}
			if e.Negated {
				return "it is said that it did not happen"
			}
			if p.Span.Overlaps(c.Span) {
				right = right || e.Relation == want
				other = other || e.Relation != want
			}
		}
	}
	if sure < minOtherNoun && q.Type == question.Person && other && !right {
		return "it stands on the other side of the verb"
	}
	return ""
}

// A floor is how sure the model has to be (the logarithm of the odds) for an
// answer of the rules to be shown: where it would choose the same, and where it
// would choose something else that nothing speaks against. A time or a figure of
// texts without a date is not shown where the model would choose another.
type floor struct{ same, other float64 }

// floors are those of the types that the rules find by words which leave some
// doubt.
var floors = map[question.Type]floor{
	question.Time:   {-0.25, 0},
	question.Place:  {0, 0},
	question.Person: {-0.5, -0.5},
	question.Reason: {-2, -2},
	question.Figure: {-0.5, 0},
}

// doubted reports whether the rules' answer is not to be shown.
func doubted(q question.Question, a Answer, first *Candidate, sure float64, why string) bool {
	f, ok := floors[q.Type]
	if !ok || !a.Answered() {
		return false
	}
	same := overlapping(a.Headline, first.Text())
	if (q.Type == question.Time || q.Type == question.Figure) && !same {
		return !isNews(a, first) || q.Type == question.Time && !a.firm && why == "" && sure < f.other
	}
	if a.firm && (q.Type != question.Place || a.Question.Verb == "") || q.Type == question.Person && (q.Verb == "" || q.RoleAsked) {
		return false
	}
	if same {
		return sure < f.same
	}
	return why == "" && sure < f.other
}

// isNews reports whether the articles of the answer and of the candidate are
// dated: what they count changes from day to day, and the rules know which
// figure stands. Of texts without a date they do not.
func isNews(a Answer, c *Candidate) bool {
	return dated(c.Fact) && len(a.Evidence) > 0 && !a.Evidence[0].Article.Date.IsZero()
}

// learns reports whether the model has a say in the question. Who said
// something, how many something happened to or somebody did, how old they are
// and what is asked further is left to the rules.
func learns(q question.Question) bool {
	if len(q.Terms) == 0 || q.Follow != question.NoFollow || slices.ContainsFunc(q.Names, func(n question.Name) bool { return !n.Known }) {
		return false
	}
	switch q.Type {
	case question.Time, question.Place, question.Reason:
		return true
	case question.Other:
		return q.Cue != question.Did && q.Cue != question.Happened
	case question.Person:
		return q.Cue != "source" && (q.Cue != "said" || q.Verb != "" && q.Verb != "say")
	case question.Figure:
		return q.Sense != question.HowOld && q.Agent == "" && !slices.ContainsFunc(q.Events, question.CountsPeople)
	}
	return false
}

// confirmed puts the model's answer in the place of the rules' where it is
// sure, and takes theirs back where it doubts. A figure of the rules is not
// replaced: they know what was revised, withdrawn or is another's.
func (b *Base) confirmed(ctx context.Context, q question.Question, a Answer) (Answer, error) {
	if !learns(q) || q.Cue == "said" && a.Answered() || b.namesCause(q, a) {
		return a, nil
	}
	list, err := b.Ranked(ctx, q, b.ranker())
	if err != nil {
		return a, err
	}
	if len(list) == 0 || dated(list[0].Fact) && b.unknown(q) != "" {
		return a, nil // of news, what no article has is not passed over
	}
	sure := b.Confidence(q, list, a, b.ranker().Weights)
	why := b.vetoed(q, list[0], sure)
	switch {
	case sure > 0 && why == "" && b.overrules(q, a, list[0], sure):
		return b.composeRanked(ctx, q, list)
	case doubted(q, a, list[0], sure, why):
		a = Answer{Question: q, Agreement: None, Missing: b.unmet(q)}
		return b.withNearest(ctx, a)
	}
	return a, nil
}

// namesCause reports whether the answer is the subject of a verb that says it
// caused what is asked about: nothing says it plainer.
func (b *Base) namesCause(q question.Question, a Answer) bool {
	if q.Type != question.Reason || len(a.Evidence) == 0 {
		return false
	}
	e := a.Evidence[0]
	f := b.factHolding(e.Fact.Article, e.Span)
	return f != nil && slices.ContainsFunc(causers(q, f, b.grammar(f)), func(s corpus.Span) bool { return slices.Contains(e.Highlight, s) })
}

// minOverrule is how sure the model has to be of a figure to show it in the
// place of another that the rules found.
const minOverrule = 0.5

// overrules reports whether the candidate may be shown in the place of the
// rules' answer. Of a figure that agrees with theirs theirs is kept, and so is
// what they found in a sentence that has the verb where the candidate's has not.
func (b *Base) overrules(q question.Question, a Answer, c *Candidate, sure float64) bool {
	if q.Verb != "" && len(a.Evidence) > 0 && !happens(q, c.Fact) {
		if f := b.factHolding(a.Evidence[0].Fact.Article, a.Evidence[0].Span); f != nil && happens(q, f) {
			return false
		}
	}
	if a.Answered() && q.Type == question.Person && (misspelt(a.Headline, c.Text()) || strings.HasSuffix(c.Text(), ", "+a.Headline)) {
		return false // the rules know where a name begins
	}
	if q.Type == question.Other && a.Answered() && dated(c.Fact) && sure < minOverrule {
		return false // the line that has all of the words says it better
	}
	if q.Type == question.Reason && a.Answered() && strings.Contains(c.Text(), a.Headline) {
		return false // the rules end a reason where its clause ends
	}
	if q.Type != question.Figure || !a.Answered() {
		return true
	}
	count := c.Fact.Counts[countAt(c.Fact, c.Span)]
	return sure > minOverrule && !slices.ContainsFunc(a.Figures, func(f Figure) bool { return f.Quantity.Compatible(count.Quantity) })
}

// composeRanked is the answer made of the first candidate and of those of other
// articles that say the same.
func (b *Base) composeRanked(ctx context.Context, q question.Question, list []*Candidate) (Answer, error) {
	if i := countAt(list[0].Fact, list[0].Span); i >= 0 && q.Type == question.Figure {
		return b.compose(ctx, q, []*candidate{{fact: list[0].Fact, number: i, strict: true, place: -1}}, nil)
	}
	var spans []*spanCandidate
	for _, c := range b.shown(list) {
		if q.Type == question.Place && asksSeveral(q) {
			c.Span = listed(c.Fact, c.Span)
		}
		spans = append(spans, &spanCandidate{fact: c.Fact, span: c.Span, cover: c.sentence.cover, own: c.sentence.cover, score: c.Score, order: len(spans)})
	}
	return b.composeSpans(ctx, q, spans)
}

// countAt is the number of the count that the span is the quantity of; -1
// where there is none.
func countAt(f *fact.Fact, s corpus.Span) int {
	return slices.IndexFunc(f.Counts, func(c fact.Count) bool { return c.Quantity.Span == s })
}
