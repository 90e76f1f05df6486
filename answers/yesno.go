package answers

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/index"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// yesNo answers whether something is so: with the figure that decides between
// those that the question names, the words that take a figure back, or the
// words of the event itself, its negation or denial with them.
func (b *Base) yesNo(ctx context.Context, q question.Question) (Answer, error) {
	if len(q.Given) > 0 {
		return b.check(ctx, q)
	}
	a := Answer{Question: q, Agreement: None}
	if missing := b.unknown(q); missing != "" || len(q.Terms) == 0 {
		a.Missing = cmp.Or(missing, "nothing to look for: name the thing that is asked about")
		return b.withNearest(ctx, a)
	}
	if q.EventNoun && len(q.Terms) == 1 && !slices.ContainsFunc(q.Tokens(), func(t english.Token) bool { return t.Norm == "there" }) {
		a.Missing = b.unmet(q) // "is the fire out": what is asked of it is no word that decides
		return b.withNearest(ctx, a)
	}
	if asksProof(q) && ofFigure(q) {
		return b.verified(ctx, q)
	}
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return a, err
	}
	var list []*spanCandidate
	for _, f := range facts {
		cover := b.coverage(q, f, nil)
		if cover < minYesNoCover || f.Sentence.Role == corpus.Teaser || !peopleMet(q, f) || b.ofOthers(q, f) || onlyWished(q, f) || leftOut(q, f) {
			continue
		}
		if s := b.deciding(q, f); s.Len() > 0 && !(q.Past && onlyPossible(f, s)) {
			list = append(list, &spanCandidate{fact: f, span: s, cover: cover, score: spanCoverage*cover + roleWeight(f), order: len(list)})
		}
	}
	bestFirst(list)
	if len(list) == 0 {
		a.Missing = b.unmet(q)
		return b.withNearest(ctx, a)
	}
	return b.decide(ctx, q, list)
}

// onlyPossible reports whether the words that would decide say only what can be.
func onlyPossible(f *fact.Fact, s corpus.Span) bool {
	from, _ := tokenRange(f, s)
	switch f.Tokens[min(from, len(f.Tokens)-1)].Norm {
	case "can", "could", "may", "might":
		return true
	}
	return false
}

// deciding are the words that decide what is asked: the verb, with the negation
// that belongs to it ("pleaded NOT guilty"), or the words that deny it; empty
// where the sentence negates in another way.
func (b *Base) deciding(q question.Question, f *fact.Fact) corpus.Span {
	s := b.predicate(q, f)
	if u := underWhat(q, f); q.Verb == "" && s.Len() == 0 && u.Len() > 0 && !deniedAround(f, u) {
		return u
	}
	if s.Len() == 0 && q.Verb == "" {
		return corpus.Span{} // nothing that is denied is known to be what is asked
	}
	if s.Len() == 0 {
		s = lastTerm(q, f)
		if s.Len() == 0 || !deniedAround(f, s) {
			return corpus.Span{} // only a denial can decide without a verb
		}
	}
	if !deniedAround(f, s) {
		return withGovernor(f, s)
	}
	for _, m := range f.Standings {
		if m.Standing == fact.Denied && m.Scope.Contains(s) {
			return withoutThat(f, m.Span)
		}
	}
	return negated(f, s, q)
}

// avoiding are verbs whose object does not happen.
var avoiding = wordSet("avoid prevent avert exclude")

// withGovernor is the span of a verb that only completes another with that other
// one, which may say that it was not done: "RULED OUT rationing", "FAILED TO pay".
func withGovernor(f *fact.Fact, s corpus.Span) corpus.Span {
	from, to := tokenRange(f, s)
	for k := from - 1; k >= 0 && k >= from-negationReach && f.Tokens[k].Kind == english.Word; k-- {
		if avoiding[f.Tokens[k].Lemma] {
			return withGovernor(f, corpus.Span{Start: f.Tokens[k].Start, End: s.End}) // "hoped to AVOID job losses"
		}
	}
	i := from - 1
	if i < 1 || from >= to || f.Tokens[i].Norm != "to" && !strings.HasSuffix(f.Tokens[from].Norm, "ing") {
		return s
	}
	for i > 0 && (f.Tokens[i].Is(english.Preposition) || f.Tokens[i].Norm == "to") {
		i--
	}
	if v := f.Tokens[i]; v.Kind != english.Word || v.FunctionWord() || v.Norm == v.Lemma && i == from-1 {
		return s
	}
	for i > 0 && (f.Tokens[i-1].Is(english.Auxiliary) || f.Tokens[i-1].Is(english.Negation)) {
		i--
	}
	return corpus.Span{Start: f.Tokens[i].Start, End: s.End}
}

// withoutThat is the span without "that" at its end: "denied".
func withoutThat(f *fact.Fact, s corpus.Span) corpus.Span {
	from, to := tokenRange(f, s)
	if to-1 > from && f.Tokens[to-1].Norm == "that" {
		to--
	}
	return corpus.Span{Start: f.Tokens[from].Start, End: f.Tokens[to-1].End}
}

// negationReach is how many tokens from the verb its negation may stand.
const negationReach = 4

// negated is the span with the one negation of its clause, where that stands
// close by, and with the words of the question that it negates.
func negated(f *fact.Fact, s corpus.Span, q question.Question) corpus.Span {
	from, to := tokenRange(f, s)
	low, high := clauseAround(f, s)
	at := -1
	for i, t := range f.Tokens {
		if !t.Is(english.Negation) {
			if t.Lemma == "deny" || t.Lemma == "reject" || t.Lemma == "refuse" {
				return corpus.Span{}
			}
			continue
		}
		far := i < low || i >= high || from-i > negationReach || i-to > negationReach
		if (at >= 0 || far) && !repeated(f, q) {
			return corpus.Span{}
		}
		if at < 0 && !far {
			at = i
		}
	}
	if at < 0 {
		return corpus.Span{}
	}
	from, to = min(from, at), max(to, at+1)
	if to < high && shifts[f.Tokens[to].Norm] {
		to++ // "would not step DOWN"
	}
	for to < high && f.Tokens[to].Kind == english.Word && slices.ContainsFunc(q.Terms, func(t question.Term) bool { return t.Lemma == f.Tokens[to].Lemma }) {
		to++
	}
	return corpus.Span{Start: f.Tokens[from].Start, End: f.Tokens[to-1].End}
}

// repeated reports whether the sentence negates the verb of the question as
// often as it has it: "have NEVER used and will NEVER use".
func repeated(f *fact.Fact, q question.Question) bool {
	verbs, negations := 0, 0
	for _, t := range f.Tokens {
		if t.Is(english.Negation) {
			negations++
		}
		if t.Kind == english.Word && t.Lemma == q.Verb {
			verbs++
		}
	}
	return verbs == negations
}

// lastTerm is where the last word of the question that is no name stands in
// the sentence.
func lastTerm(q question.Question, f *fact.Fact) corpus.Span {
	for _, t := range slices.Backward(q.Terms) {
		if t.Name {
			continue
		}
		for _, tok := range f.Tokens {
			if tok.Kind == english.Word && (slices.Contains(t.Forms, tok.Lemma) || slices.Contains(t.Forms, tok.Norm)) && (t.Lemma != q.Verb || sameEvent(q, tok.Lemma, english.Events(tok.Lemma))) {
				return corpus.Span{Start: tok.Start, End: tok.End}
			}
		}
		return corpus.Span{}
	}
	return corpus.Span{}
}

// figureNouns are what can be withdrawn or confirmed: a figure, or what it
// stood in.
var figureNouns = map[string]bool{"toll": true, "figure": true, "number": true, "count": true, "report": true, "estimate": true, "total": true, "statistic": true, "tally": true}

// ofFigure reports whether the question is about a figure that it does not
// name: "was the toll withdrawn?", "is the number of arrests confirmed?".
func ofFigure(q question.Question) bool {
	return slices.ContainsFunc(q.Tokens(), func(t english.Token) bool { return figureNouns[t.Lemma] })
}

// asksProof reports whether it is asked if something was confirmed or taken
// back.
func asksProof(q question.Question) bool {
	return slices.ContainsFunc(q.Terms, func(t question.Term) bool { return verifies[t.Lemma] })
}

// verified answers whether the figure of the thing was confirmed or withdrawn:
// with the words that say so.
func (b *Base) verified(ctx context.Context, q question.Question) (Answer, error) {
	as := withoutVerifying(q, question.HowMany)
	if by := strings.Index(english.Fold(q.Text), " by "); by >= 0 { // who confirmed it is not what the figure is of
		as.Agent, as.Terms = "", slices.DeleteFunc(as.Terms, func(t question.Term) bool { return t.Span.Start > by })
	}
	return b.doubts(ctx, q, as)
}

// withoutVerifying is the question as one for the figure itself.
func withoutVerifying(q question.Question, s question.Sense) question.Question {
	as := q
	as.Type, as.Sense = question.Figure, s
	as.Terms = slices.DeleteFunc(slices.Clone(as.Terms), func(t question.Term) bool {
		return verifies[t.Lemma] || figureNouns[t.Lemma] && t.Lemma != "toll" ||
			slices.ContainsFunc(q.Given, func(g quantity.Quantity) bool { return g.Span.Start <= t.Span.Start && t.Span.End <= g.Span.End })
	})
	if verifies[as.Verb] || as.Verb == "" {
		as.Verb, as.Events = "", nil
		for _, t := range as.Terms {
			if ev := english.Events(t.Lemma); as.Verb == "" && slices.ContainsFunc(ev, question.CountsPeople) {
				as.Verb, as.Events = t.Lemma, ev
			}
		}
	}
	return as
}

// doubts answers with the words that withdraw, deny or doubt the figure that
// as asks for. Where there are none, it does not say so: nobody may take the
// silence of the articles for a confirmation.
func (b *Base) doubts(ctx context.Context, q, as question.Question) (Answer, error) {
	a, err := b.figure(ctx, as)
	a.Question = q
	if err != nil || !a.Answered() {
		return a, err
	}
	for _, caveat := range a.Caveats {
		ofLead := caveatKinds[a.Figures[0].Standing] == caveat.Kind // not of another figure beside it
		if ofLead && (caveat.Kind == CaveatWithdrawn || caveat.Kind == CaveatUnverified || caveat.Kind == CaveatDenied) && len(caveat.Evidence) > 0 {
			out := b.decided(a, caveat)
			out.Summary = summary(q)
			return out, nil
		}
	}
	refusal := Answer{Question: q, Agreement: None, Missing: "no article says that the figure was confirmed, and none that it was withdrawn"}
	refusal.Nearest = append(refusal.Nearest, a.Evidence[:min(len(a.Evidence), maxNearest)]...)
	refusal.Related, err = b.related(ctx, as)
	return refusal, err
}

// deniedAround reports whether the sentence denies or negates outside of the
// words that would be the headline: they would say the contrary.
func deniedAround(f *fact.Fact, s corpus.Span) bool {
	for _, t := range f.Tokens {
		if (t.Is(english.Negation) || t.Lemma == "deny" || t.Lemma == "reject" || t.Lemma == "refuse") && (t.Start < s.Start || t.End > s.End) {
			return true
		}
	}
	return slices.ContainsFunc(f.Standings, func(m fact.StandingMark) bool { return m.Standing == fact.Denied && m.Scope.Overlaps(s) })
}

// minYesNoCover is high: a word that is missed may be the one that decides.
const minYesNoCover = 0.95

// predicate is the verb that the question asks about, with its auxiliaries and
// negations.
func (b *Base) predicate(q question.Question, f *fact.Fact) corpus.Span {
	var verbs []extract.Verb
	if q.Verb != "" && !q.EventNoun {
		verbs = b.grammar(f).Verbs
	}
	for i, t := range f.Tokens {
		if t.Kind != english.Word || !sameEvent(q, t.Lemma, english.Events(t.Lemma)) {
			continue
		}
		carried := i > 0 && carriesVerb[f.Tokens[i-1].Lemma]
		if t.Lemma != q.Verb && !q.EventNoun && !carried && !slices.ContainsFunc(verbs, func(v extract.Verb) bool { return v.Span.Start <= t.Start && t.End <= v.Span.End }) {
			if end := happening(f, i); end > i {
				return corpus.Span{Start: f.Tokens[i-1].Start, End: f.Tokens[end-1].End}
			}
			continue // "an attempted coup" is not that somebody was overthrown
		}
		from := i
		if from > 0 && carriesVerb[f.Tokens[from-1].Lemma] {
			from-- // "would never OPEN fire"
		}
		for from > 0 && f.Tokens[from-1].Class&(english.Auxiliary|english.Negation|english.Adverb) != 0 && f.Tokens[from-1].Class&english.Preposition == 0 {
			from--
		}
		end := t.End
		if i+1 < len(f.Tokens) && english.Lemma(t.Norm) != t.Lemma && f.Tokens[i+1].Particle() {
			end = f.Tokens[i+1].End // "stepped DOWN"
		}
		return corpus.Span{Start: f.Tokens[from].Start, End: end}
	}
	return corpus.Span{}
}

// happening is where the noun phrase ends that tells at token i of what happened:
// "the BURNING of the town hall"; 0 where there is none.
func happening(f *fact.Fact, i int) int {
	t := f.Tokens
	if i == 0 || t[i-1].Norm != "the" || !strings.HasSuffix(t[i].Norm, "ing") || i+2 >= len(t) || t[i+1].Norm != "of" {
		return 0
	}
	for _, before := range t[max(0, i-1-negationReach) : i-1] {
		if onlyPlanned[before.Lemma] {
			return 0
		}
	}
	end := i + 2
	for end < len(t) && !clauseMark(t[end]) {
		end++
	}
	return end
}

// onlyPlanned are words before what did not happen, or has not yet.
var onlyPlanned = wordSet("attempt plan threaten threat try prevent avoid avert ban against call demand propose fear risk before until")

// carriesVerb are verbs that only carry the noun after them.
var carriesVerb = map[string]bool{"open": true, "make": true, "take": true, "give": true, "hold": true, "launch": true, "declare": true}

// check answers whether a figure that the question names is right: it looks
// for what the articles give in its place, and for what takes it back.
func (b *Base) check(ctx context.Context, q question.Question) (Answer, error) {
	as := withoutVerifying(q, givenSense(q))
	if as.Head == "" && len(as.Events) == 0 && len(q.Turns) > 0 {
		last := q.Turns[len(q.Turns)-1].Question
		as.Head, as.Events, as.Verb, as.Mods, as.Terms = last.Head, last.Events, last.Verb, last.Mods, last.Terms
	}
	if len(q.Given) == 1 {
		as.Given = nil // what the articles say comes first, whatever is asked about
	}
	a, err := b.figure(ctx, as)
	a.Question = q
	if err != nil {
		return a, err
	}
	asked := func(f Figure) bool {
		return slices.ContainsFunc(q.Given, func(g quantity.Quantity) bool { return givenIs(g, f.Quantity) })
	}
	weak := slices.ContainsFunc(a.Figures, func(f Figure) bool {
		return !f.Standing.Stands() && slices.ContainsFunc(q.Given, func(g quantity.Quantity) bool { return givenIs(g, f.Quantity) && close(g.Low, f.Quantity.Low) })
	})
	for _, caveat := range a.Caveats {
		if weak && len(q.Given) == 1 && (caveat.Kind == CaveatWithdrawn || caveat.Kind == CaveatUnverified || caveat.Kind == CaveatDenied) && len(caveat.Evidence) > 0 {
			return b.decided(a, caveat), nil
		}
	}
	if c := b.doubted(ctx, q); c != nil {
		out, err := b.composeSpans(ctx, q, []*spanCandidate{c})
		for _, m := range c.fact.Standings {
			if m.Span == c.span && err == nil {
				out.Caveats = append(out.Caveats, Caveat{caveatKinds[m.Standing], string(m.Standing), []int{0}})
				break
			}
		}
		return out, err
	}
	if !a.Answered() {
		return a, nil
	}
	a.Summary = a.Figures[0].Counted
	if asked(a.Figures[0]) {
		return a, nil
	}
	if n := english.Tokens(a.Summary, 0); as.Head != "" && len(n) > 0 && !english.Covers(as.Head, n[len(n)-1].Lemma) && !english.Covers(n[len(n)-1].Lemma, as.Head) {
		refusal := Answer{Question: q, Agreement: None, Missing: b.unmet(q)} // something else is counted
		return b.withNearest(ctx, refusal)
	}
	if i := slices.IndexFunc(a.Figures, asked); i > 0 && len(q.Given) > 1 {
		a.Figures[0], a.Figures[i] = a.Figures[i], a.Figures[0]
		a.Headline, a.Summary = a.Figures[0].Text, a.Figures[0].Counted
		return a, nil
	}
	a.Summary = strings.TrimPrefix(a.Summary+", "+anotherFigure, ", ")
	return a, nil
}

// anotherFigure is the frame of an answer to "were 225 people killed?" whose
// figure is not the one that was asked about.
const anotherFigure = "not the figure that you ask about"

// givenSense is the sense of a question for the figures that it names.
func givenSense(q question.Question) question.Sense {
	if slices.ContainsFunc(q.Given, func(g quantity.Quantity) bool { return g.Unit.Kind != quantity.Count || g.Low >= scaled }) {
		return question.AnyFigure
	}
	return question.HowMany
}

// givenIs reports whether a figure of the question can be the one of an
// article; the question may leave its unit out.
func givenIs(g, q quantity.Quantity) bool {
	if g.Unit.Kind == quantity.Count && g.Low >= scaled {
		g.Unit = q.Unit
	}
	return q.Compatible(g)
}

// doubted is where an article doubts, denies or withdraws the very figure that
// the question names: "the figure of 33, which it could not confirm". Nil
// where none does.
func (b *Base) doubted(ctx context.Context, q question.Question) *spanCandidate {
	if len(q.Given) != 1 {
		return nil
	}
	g := q.Given[0]
	if g.Low < telling || !slices.ContainsFunc(q.Terms, func(t question.Term) bool { return verifies[t.Lemma] }) {
		return nil
	}
	var words []string
	for _, t := range english.Tokens(g.Text, 0) {
		if t.Kind == english.Number {
			words = append(words, t.Norm)
		}
	}
	if len(words) == 0 {
		return nil
	}
	ids, err := b.index.Candidates(ctx, index.Query{Figures: true, Groups: []index.Group{{Terms: words, Weight: 1}}}, maxNearest*maxNearest)
	if err != nil {
		return nil
	}
	facts, err := b.Facts(ctx, ids...)
	if err != nil {
		return nil
	}
	for _, f := range facts {
		for i := range f.Counts {
			c := &f.Counts[i]
			if !c.Quantity.SameValue(g) || c.Mark < 0 || c.Mark >= len(f.Standings) || c.Standing == fact.Expected || !f.Sentence.Span.Contains(f.Standings[c.Mark].Span) {
				continue
			}
			if b.coverage(wordsOf(withoutVerifying(q, question.HowMany), false), f, b.around(f, nearSentences)) >= minCoverage {
				return &spanCandidate{fact: f, span: f.Standings[c.Mark].Span, cover: 1, score: minSpanScore}
			}
		}
	}
	return nil
}

// verifies are words that ask whether a figure is right.
var verifies = map[string]bool{"confirm": true, "verify": true, "true": true, "correct": true, "right": true, "accurate": true, "official": true, "real": true, "still": true, "stand": true, "valid": true, "wrong": true, "withdraw": true, "retract": true, "deny": true, "take": true, "late": true, "latest": true}

// decided puts the words that take the figure back first.
func (b *Base) decided(a Answer, c Caveat) Answer {
	e := a.Evidence[c.Evidence[0]]
	if f := b.factHolding(e.Article.ID, e.Span); f != nil {
		for _, m := range f.Standings {
			if caveatKinds[m.Standing] == c.Kind && f.Sentence.Span.Contains(m.Span) {
				a.Headline = e.Article.Text[m.Span.Start:m.Span.End]
				return a
			}
		}
	}
	return a
}
