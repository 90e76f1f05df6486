package answers

import (
	"math"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/question"
	"sourceline/answers/rank"
)

// gatePrefix opens the names of the features by which a ranked answer is shown
// or not; they stand in the file of weights beside those of ranking.
const gatePrefix = "shown: "

// Confidence is how likely the first candidate answers, as the logarithm of
// the odds less those at which an answer is shown. Rules is what the rules
// answer.
func (b *Base) Confidence(q question.Question, list []*Candidate, rules Answer, w rank.Weights) float64 {
	return w.Score(b.Doubts(q, list, rules))
}

// Doubts are the features of whether the first candidate answers at all, beside
// what the rules answer. There is at least one candidate.
func (b *Base) Doubts(q question.Question, list []*Candidate, rules Answer) rank.Vector {
	var v rank.Tally
	is := func(name string, ok bool) { v.IsOf(ok, gatePrefix, name) }
	add := func(name string, x float64) { v.Add(gatePrefix+name, x) }
	top := list[0]
	s, f := top.sentence, top.Fact
	is("any", true)
	is("type "+group(q), true)
	b.marginDoubts(list, add)
	is(rulesDoubt(rules, top), true)
	is(rulesDoubt(rules, top)+" "+group(q), true)
	why, _, _ := strings.Cut(b.vetoed(q, top, math.Inf(-1)), ":")
	is("veto "+why, why != "")
	is("veto", why != "")
	add("cover", s.cover)
	add("exact cover", s.exact)
	add("kin cover", s.kin)
	add("window cover", s.window)
	add("topic cover", s.topic)
	add("pairs", s.pairs)
	is("rarest here", s.rarest)
	add("words asked", math.Log1p(float64(len(q.Terms))))
	worst := inSentence
	for _, n := range q.Names {
		is("a name unknown", !n.Known)
		worst = max(worst, b.reachOf(n, f))
	}
	is("no name", len(q.Names) == 0)
	is("names "+reachNames[worst], len(q.Names) > 0)
	window := b.around(f, nearSentences)
	met := func(lemma string) (here, near bool) {
		i := slices.IndexFunc(q.Terms, func(t question.Term) bool { return t.Lemma == lemma })
		if i < 0 {
			return true, true
		}
		for _, g := range window {
			near = near || termIn(q.Terms[i], g)
		}
		return termIn(q.Terms[i], f), near
	}
	part := func(name, lemma string) {
		if lemma == "" {
			return
		}
		here, near := met(lemma)
		is(name+" met", here)
		is(name+" near", !here && near)
		is(name+" unmet", !here && !near)
	}
	part("head", q.Head)
	part("verb", q.Verb)
	part("superlative", q.Superlative)
	for _, t := range q.Terms {
		is("a word unknown", !t.Known && !t.Name)
		if t.Rarity > 0 && strings.ContainsAny(t.Norm, "0123456789") {
			part("number", t.Lemma)
		}
	}
	is("the opposite is said", contradicted(q, f))
	is("a time unmet", !b.timeMet(q, f))
	for _, m := range q.Mods {
		part("modifier", m)
	}
	from, to := tokenRange(f, top.Span)
	is("repeats the question", !slices.ContainsFunc(f.Tokens[from:to], func(t english.Token) bool {
		return t.Content() && !slices.ContainsFunc(q.Terms, func(w question.Term) bool { return w.Lemma == t.Lemma })
	}))
	return v.Vector
}

// rulesDoubt is the feature of how the candidate stands to what the rules
// answer.
func rulesDoubt(rules Answer, top *Candidate) string {
	switch {
	case !rules.Answered():
		return "the rules have none"
	case overlapping(rules.Headline, top.Text()):
		return "the rules say so too"
	}
	return "the rules say something else"
}

var reachNames = map[reach]string{inSentence: "in the sentence", inTopic: "in the topic", nearby: "nearby", inArticle: "in the article", nowhere: "nowhere"}

// marginDoubts tell how far the first candidate stands before the next that
// says something else.
func (b *Base) marginDoubts(list []*Candidate, add func(string, float64)) {
	top := list[0]
	sum, same, second := 0.0, 0.0, math.Inf(-1)
	for _, c := range list {
		p := math.Exp(c.Score - top.Score)
		sum += p
		if overlapping(c.Text(), top.Text()) {
			same += p
		} else {
			second = max(second, c.Score)
		}
	}
	add("likelihood", 1/sum)
	add("likelihood of its words", same/sum)
	if !math.IsInf(second, -1) {
		add("margin", math.Min(top.Score-second, maxMargin))
	}
	add("score", top.Score/maxMargin)
	add("candidates", math.Log1p(float64(len(list))))
}

// maxMargin is the difference of scores above which more tells nothing.
const maxMargin = 4

// overlapping reports whether one text holds the other.
func overlapping(a, b string) bool {
	a, b = english.Fold(a), english.Fold(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}

const (
	// distinctMargin is how far behind the best one a candidate of another
	// article may score and be an answer of its own.
	distinctMargin = 2.0
	// maxDistinct is how many answers are shown.
	maxDistinct = 6
)

// Distinct are the answers to show of the ranked candidates: the best one, and
// of every other article its best one, where that scores nearly as high and
// says something else. The best first.
func (b *Base) Distinct(list []*Candidate) []*Candidate {
	var out []*Candidate
	seen := map[string]bool{}
	for _, c := range list {
		if c.Score < list[0].Score-distinctMargin || len(out) == maxDistinct {
			break
		}
		article := c.Fact.ID.Article
		if seen[article] {
			continue
		}
		seen[article] = true
		if !slices.ContainsFunc(out, func(o *Candidate) bool { return overlapping(o.Text(), c.Text()) }) {
			out = append(out, c)
		}
	}
	return out
}
