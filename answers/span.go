package answers

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// Weights of how a span fits a question of a time, person, place or reason.
const (
	spanCoverage  = 6.0  // share of the question's words that the sentence has
	spanNear      = 3.0  // how near the words of the question stand to the span
	spanEvent     = 2.0  // the event's own word stands in the sentence
	spanAsked     = -6.0 // the span repeats words of the question
	spanLinked    = 4.0  // the grammar of the sentence ties it to the verb that is asked about
	spanRole      = 3.0  // its title is the one that is asked for
	spanVague     = -0.5 // "soon", "recently"
	spanLong      = -0.05
	minSpanScore  = 4.5  // below it the lines are shown, not an answer
	minSpanCover  = 0.55 // likewise for the share of words
	minWhoCover   = 0.7  // who did something turns on what exactly was done
	minReasonOwn  = 0.75
	minAlsoOwn    = 0.6 // a further line has to have that share of the words itself
	spanTieMargin = 2.5 // how far below the best an answer may score and be shown too
	maxSpanFacts  = 60
	maxLines      = 32 // that an answer of words cites, the best
)

// A spanCandidate is a stretch of a sentence that may answer.
type spanCandidate struct {
	fact   *fact.Fact
	span   corpus.Span
	cover  float64 // share of the question's words in the sentence and beside it
	own    float64 // in the sentence alone
	score  float64
	after  *fact.Fact // the sentence that says of the span that it is the reason; nil where its own does
	linked bool       // the grammar of the sentence ties it to what is asked about
	order  int
}

func (c *spanCandidate) text() string { return c.fact.Sentence.Article.Text[c.span.Start:c.span.End] }

// span answers questions whose answer is a stretch of a sentence: times,
// people, places, reasons.
func (b *Base) span(ctx context.Context, q question.Question) (Answer, error) {
	if asksOrigin(q) {
		q = withoutCome(q)
	}
	a := Answer{Question: q, Agreement: None}
	if missing := b.unknown(q); missing != "" || len(q.Terms) == 0 {
		a.Missing = cmp.Or(missing, "nothing to look for: name the thing that is asked about")
		return b.withNearest(ctx, a)
	}
	facts, err := b.firstCandidates(ctx, q, maxSpanFacts)
	if err != nil {
		return a, err
	}
	list := b.spans(q, facts)
	bestFirst(list)
	list = slices.DeleteFunc(list, func(c *spanCandidate) bool {
		if q.Type == question.Person && bodies[q.Cue] && !strings.Contains(english.Fold(c.text()), q.Cue) {
			return true // "which ministry" is answered by a ministry
		}
		return c.score < minSpanScore || c.cover < minSpanCover || q.Type == question.Person && c.cover < minWhoCover || !c.linked && q.Type != question.Reason
	})
	if len(list) == 0 || severalPlaces(q, list) {
		a.Missing = b.unmet(q)
		return b.withNearest(ctx, a)
	}
	return b.composeSpans(ctx, q, list)
}

// bestFirst sorts the candidates by their scores, those of one score as they were
// found.
func bestFirst(list []*spanCandidate) {
	slices.SortStableFunc(list, func(x, y *spanCandidate) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.order, y.order))
	})
}

// spans are the candidates of the facts, weighed.
func (b *Base) spans(q question.Question, facts []*fact.Fact) []*spanCandidate {
	var out []*spanCandidate
	for _, f := range facts {
		if q.Type == question.Time && len(f.Times) == 0 || !b.timeMet(q, f) {
			continue
		}
		far := inSentence
		for _, n := range q.Names {
			far = max(far, b.reachOf(n, f))
		}
		if far > nearby {
			continue
		}
		cover := b.coverageNear(q, f)
		if cover < minSpanCover {
			continue
		}
		said := b.withSubject(f)
		own := b.coverage(q, said, nil)
		if q.Type == question.Reason && own < minReasonOwn {
			continue // a reason next door is another thing's
		}
		if c := b.asResult(q, f); c != nil {
			c.cover, c.own, c.order = cover, own, len(out)
			c.score = spanCoverage*cover + roleWeight(f) + weightReach[far] + spanLinked
			out = append(out, c)
		}
		grammar := b.grammar(f)
		if q.Type == question.Person && !b.saysOf(q, said) {
			continue
		}
		if q.Type == question.Time && b.phaseOfOther(q, f) || !nearestPerson(q, f) || q.Type != question.Reason && onlyDenied(q, f) || didItself(q, f, grammar) || nobodyDid(q, f, grammar) || b.aboutOthers(q, f, grammar) || ofAnotherSubject(q, f, grammar) {
			continue
		}
		if c := b.saidOfSelf(q, f, grammar); c != nil {
			c.cover, c.own, c.order = cover, own, len(out)
			c.score = spanCoverage*cover + roleWeight(f) + weightReach[far] + spanLinked + spanNear
			out = append(out, c)
		}
		subject := subjectAsked(q)
		for _, s := range typedSpans(q, f, grammar) {
			if subject && didNot(q, f, grammar, s) || repeats(q, f, s) || stillAhead(q, f, grammar, s) || q.Type == question.Time && (q.EventNoun && whenSaid(q, f, s) || inRelative(q, f, s)) || particleMissing(q, f) || isLength(q, f, s) || q.Type == question.Person && b.asked(q, f, s) || q.Type == question.Place && isEvent(f, s) || !namedDead(q, f, s) {
				continue
			}
			c := &spanCandidate{fact: f, span: s, cover: cover, own: own, order: len(out), linked: linked(q, f, grammar, s)}
			c.score = spanCoverage*cover + roleWeight(f) + weightReach[far] + b.spanScore(q, f, s)
			if c.linked {
				c.score += spanLinked
			}
			out = append(out, c)
		}
	}
	return out
}

// typedSpans are the stretches of the sentence of the type that is asked for.
func typedSpans(q question.Question, f *fact.Fact, r *extract.Reading) []corpus.Span {
	var out []corpus.Span
	switch q.Type {
	case question.Time:
		for _, t := range f.Times {
			if grainFits(q.Cue, t) {
				out = append(out, t.Span)
			}
		}
	case question.Person:
		people := q.Passive && slices.ContainsFunc(q.Events, question.CountsPeople)
		for _, m := range f.Mentions {
			if m.Type != fact.PlaceName && !(people && m.Type == fact.OrgName) && !ownsNext(f, m.Span) && !beforeTitle(f, m) {
				out = append(out, m.Span)
			}
		}
		for _, p := range r.Phrases {
			if len(p.Events) > 0 && acts(p.Head) && !onlyPronoun(f, p.Span) && !claims(f, p.Span) && !slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool { return p.Span.Contains(m.Span) && m.Type != fact.PlaceName }) {
				out = append(out, withApposed(f, withWhere(f, r, p.Whole)))
			}
		}
	case question.Place:
		if asksOrigin(q) {
			return origins(q, f)
		}
		for _, m := range f.Mentions {
			if m.Type == fact.PlaceName && !adjective(f, m) {
				if asksSeveral(q) {
					out = append(out, listed(f, m.Span))
				} else if s := possessed(f, r, m); placeLike(f, s) || s == m.Span {
					out = append(out, s)
				}
			}
		}
		for _, s := range placePhrases(f) {
			if placeLike(f, s) && !anyPlace(f, s) && !slices.ContainsFunc(f.Times, func(t timex.Time) bool { return t.Span.Overlaps(s) }) &&
				!slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool { return s.Overlaps(m.Span) && m.Type == fact.PlaceName }) {
				out = append(out, s)
			}
		}
	case question.Reason:
		out = append(slices.DeleteFunc(reasonPhrases(f), func(s corpus.Span) bool { return accuses(f, s) && otherEvent(q, r, s) }), purposes(q, f, r)...)
		out = append(append(out, causers(q, f, r)...), grounds(q, f, r)...)
	}
	return out
}

// grainFits reports whether the time is as fine as the question's word for it
// asks: a year for "what year", a range for "from when to when".
func grainFits(cue string, t timex.Time) bool {
	switch cue {
	case "from when to when":
		return t.Range
	case "year":
		return t.Grain == timex.Year || t.Grain == timex.Day && !t.From.IsZero() && !t.Relative
	case "century":
		return t.Grain == timex.Century
	case "decade":
		return t.Grain == timex.Decade || t.Grain == timex.Year
	case "month":
		return t.Grain == timex.Month || t.Grain == timex.Day
	case "day", "date", "weekday":
		return t.Grain == timex.Day
	}
	return true
}

// spanScore weighs where the span stands.
func (b *Base) spanScore(q question.Question, f *fact.Fact, s corpus.Span) float64 {
	score := spanLong * float64(s.Len())
	var near, all float64
	for _, t := range q.Terms {
		w := max(t.Rarity, minRarity)
		all += w
		if d, ok := distance(f, s, t); ok {
			near += w / (1 + float64(d)/3)
		}
	}
	if all > 0 {
		score += spanNear * near / all
	}
	if q.Verb != "" && has(f, q.Verb) {
		score += spanEvent
	}
	if repeats(q, f, s) || q.Type == question.Reason && namesAsked(q, f, s) {
		score += spanAsked
	}
	if q.Type == question.Person && titled(q, f, s) {
		score += spanRole
	}
	for _, t := range f.Times {
		if q.Type == question.Time && t.Span == s && t.Grain == timex.Vague {
			score += spanVague
		}
	}
	return score
}

// distance is how many tokens lie between the span and the closest word that
// meets the term.
func distance(f *fact.Fact, s corpus.Span, t question.Term) (int, bool) {
	best, found := 0, false
	from, to := tokenRange(f, s)
	for i, tok := range f.Tokens {
		if tok.Kind == english.Mark || i >= from && i < to || !slices.Contains(t.Forms, tok.Lemma) && !slices.Contains(t.Forms, tok.Norm) {
			continue
		}
		d := from - i - 1
		if i >= to {
			d = i - to
		}
		if !found || d < best {
			best, found = d, true
		}
	}
	return best, found
}

// tokenRange is the half-open range of the fact's tokens that the span covers.
func tokenRange(f *fact.Fact, s corpus.Span) (from, to int) {
	from = slices.IndexFunc(f.Tokens, func(t english.Token) bool { return t.Start >= s.Start })
	if from < 0 {
		return len(f.Tokens), len(f.Tokens)
	}
	to = from
	for to < len(f.Tokens) && f.Tokens[to].End <= s.End {
		to++
	}
	return from, to
}

// repeats reports whether the span says only what the question says itself.
func repeats(q question.Question, f *fact.Fact, s corpus.Span) bool {
	from, to := tokenRange(f, s)
	said := 0
	for _, tok := range f.Tokens[from:to] {
		if !tok.Content() {
			continue
		}
		if !slices.ContainsFunc(q.Terms, func(t question.Term) bool { return t.Lemma == tok.Lemma || t.Norm == tok.Norm }) {
			return false
		}
		said++
	}
	return said > 0
}

// namesAsked reports whether the span has a word of the question: nothing is its own
// reason.
func namesAsked(q question.Question, f *fact.Fact, s corpus.Span) bool {
	from, to := tokenRange(f, s)
	return slices.ContainsFunc(f.Tokens[from:to], func(tok english.Token) bool {
		return slices.ContainsFunc(q.Terms, func(t question.Term) bool { return t.Lemma == tok.Lemma || slices.Contains(t.Forms, tok.Lemma) })
	})
}

// titled reports whether the name's title or role is what the question asks
// for: "European Council President" of "who is the president of the council".
func titled(q question.Question, f *fact.Fact, s corpus.Span) bool {
	for _, m := range f.Mentions {
		if m.Span != s || m.Full == m.Span {
			continue
		}
		for _, tok := range f.Tokens {
			if tok.Start >= m.Full.Start && tok.End <= m.Span.Start && tok.Is(english.Honorific) &&
				slices.ContainsFunc(q.Terms, func(t question.Term) bool { return english.Same(t.Lemma, tok.Lemma) }) {
				return true
			}
		}
	}
	return false
}

// composeSpans builds the answer from the weighed spans.
func (b *Base) composeSpans(ctx context.Context, q question.Question, list []*spanCandidate) (Answer, error) {
	list = b.bestSpelt(q, bodyFirst(list))
	a := Answer{Question: q, Headline: list[0].text(), Summary: summary(q), firm: list[0].linked && list[0].own >= minLineCover}
	w := &writer{base: b, answer: &a, seen: map[fact.ID]int{}}
	for i, c := range list {
		if len(a.Evidence) == maxLines {
			break
		}
		if i > 0 && c.own > 0 && c.own < minAlsoOwn {
			continue
		}
		if c.score >= list[0].score-spanTieMargin || c.linked && w.sameName(c.text(), a.Headline) {
			w.span(c)
		}
	}
	if err := b.untilWhen(ctx, q, w, list[0]); err != nil {
		return a, err
	}
	articles := map[string]bool{}
	for _, e := range a.Evidence {
		articles[e.Article.ID] = true
		a.Facts = append(a.Facts, e.Fact)
	}
	switch {
	case len(a.Figures) > 1 && q.Type == question.Time:
		a.Agreement = Conflicting
	case len(articles) > 1:
		a.Agreement = Compatible
	default:
		a.Agreement = Single
	}
	var err error
	a.Related, err = b.related(ctx, q)
	return a, err
}

// untilWhen quotes, beside an answer like "soon", the lines that tie the event
// to another: "would leave after the end of their mission".
func (b *Base) untilWhen(ctx context.Context, q question.Question, w *writer, c *spanCandidate) error {
	if q.Type != question.Time || q.Verb == "" || !slices.ContainsFunc(c.fact.Times, func(t timex.Time) bool { return t.Span == c.span && t.Grain == timex.Vague }) {
		return nil
	}
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return err
	}
	for _, f := range facts[:min(len(facts), maxSpanFacts)] {
		if f.Sentence.Role != corpus.Body || f.ID.Article == c.fact.ID.Article || b.coverage(q, f, b.around(f, 1)) < minWhoCover {
			continue
		}
		if s := tiedTo(q, f); s.Len() > 0 {
			w.cite(f, s, "")
		}
	}
	return nil
}

// maxObject is how many tokens stand at most between a verb and the clause that
// tells when: "leave the country after …".
const maxObject = 3

// tiedTo is the clause after the verb of the question that tells when by
// another event; empty where there is none.
func tiedTo(q question.Question, f *fact.Fact) corpus.Span {
	for i, t := range f.Tokens {
		if t.Kind != english.Word || t.Lemma != q.Verb {
			continue
		}
		for k := i + 1; k < len(f.Tokens) && k <= i+1+maxObject; k++ {
			if n := f.Tokens[k].Norm; n == "after" || n == "once" || n == "until" || n == "when" {
				to := k + 1
				for to < len(f.Tokens) && f.Tokens[to].Kind != english.Mark {
					to++
				}
				return corpus.Span{Start: f.Tokens[k].Start, End: f.Tokens[to-1].End}
			}
		}
	}
	return corpus.Span{}
}

// bodyFirst puts the best span of the text itself before one of a headline,
// caption or teaser that scores little better.
func bodyFirst(list []*spanCandidate) []*spanCandidate {
	i := slices.IndexFunc(list, func(c *spanCandidate) bool {
		return rolePenalty(c.fact) == 0 && c.score >= list[0].score-spanTieMargin
	})
	if i <= 0 {
		return list
	}
	out := append([]*spanCandidate{list[i]}, list[:i]...)
	return append(out, list[i+1:]...)
}

// span adds a span that answers.
func (w *writer) span(c *spanCandidate) {
	says := ""
	for i, s := range c.fact.Says {
		if s.Scope.Contains(c.span) {
			says = b2s(w.base, c.fact, i)
		}
	}
	e := w.cite(c.fact, c.span, says)
	if c.after != nil {
		w.cite(c.after, corpus.Span{}, "")
	}
	text := c.text()
	i := slices.IndexFunc(w.answer.Figures, func(f Figure) bool {
		return w.sameName(f.Text, text) && (w.answer.Question.Type != question.YesNo || denying(f.Text) == denying(text))
	})
	if i < 0 {
		w.answer.Figures = append(w.answer.Figures, Figure{Text: text, Standing: fact.Asserted, When: whenOf(c.fact)})
		i = len(w.answer.Figures) - 1
	}
	f := &w.answer.Figures[i]
	if !slices.Contains(f.Articles, c.fact.ID.Article) {
		f.Articles = append(f.Articles, c.fact.ID.Article)
	}
	if !slices.Contains(f.Evidence, e) {
		f.Evidence = append(f.Evidence, e)
	}
}

// sameName reports whether two answers are the same words or names of the
// same thing, or one the other with words before or after.
func (w *writer) sameName(s, t string) bool {
	s, t = english.Fold(s), english.Fold(t)
	return s == t || strings.Contains(s, t) || strings.Contains(t, s) || slices.Contains(w.aliasesOf(s), t)
}

// aliasesOf are the aliases of a folded name, which are looked up once.
func (w *writer) aliasesOf(folded string) []string {
	out, ok := w.aliases[folded]
	if !ok {
		if w.aliases == nil {
			w.aliases = map[string][]string{}
		}
		out = w.base.names.AliasesOf(folded)
		w.aliases[folded] = out
	}
	return out
}
