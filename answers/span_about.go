package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// aboutNothing reports whether the question names nothing but what neither the
// sentence nor those around it nor the title have a word for: when the OFFER ends
// is not told where no offer is spoken of.
func (b *Base) aboutNothing(q question.Question, f *fact.Fact) bool {
	if len(q.Names) > 0 || q.Type == question.Person && q.RoleAsked {
		return false
	}
	asked := false
	near := append(b.around(f, nearSentences), f)
	for _, t := range withoutTimes(q).Terms {
		if t.Lemma == q.Verb && !q.EventNoun {
			continue
		}
		asked = true
		if b.inTitle(t, f) || slices.ContainsFunc(near, func(g *fact.Fact) bool { return termIn(t, g) }) {
			return false
		}
	}
	return asked
}

// onlyAsNoun reports whether the sentence has for the verb of the question only a
// noun of many meanings: a FIRE chief has sacked nobody and was not sacked.
func onlyAsNoun(q question.Question, f *fact.Fact) bool {
	noun := false
	for _, t := range f.Tokens {
		if t.Kind != english.Word || t.Lemma != q.Verb && !shared(english.Events(t.Lemma), q.Events) && !kin(t.Lemma, q.Verb) {
			continue
		}
		if t.Lemma == q.Verb || !manyMeanings[t.Lemma] || pastForm(&t) || strings.HasSuffix(t.Norm, "ing") {
			return false
		}
		noun = true
	}
	return noun
}

// shifting are verbs that with a particle say something else: who is SENT OFF is
// sent nowhere.
var shifting = map[string]bool{
	"send": true, "take": true, "turn": true, "put": true, "give": true, "bring": true, "set": true, "get": true, "go": true, "come": true,
	"make": true, "pull": true, "hold": true, "break": true, "look": true, "call": true, "let": true, "fall": true, "run": true, "bail": true,
}

// shifts are the particles.
var shifts = map[string]bool{"off": true, "out": true, "up": true, "down": true, "away": true, "back": true, "over": true}

// particleMissing reports whether the verb of the question has a particle that
// makes another verb of it, and nowhere in the sentence has it that.
func particleMissing(q question.Question, f *fact.Fact) bool {
	if !shifting[q.Verb] {
		return false
	}
	asked := particleOf(q.Tokens(), q.Verb, "")
	return asked != "" && particleOf(f.Tokens, q.Verb, asked) == ""
}

// particleOf is the particle after the verb in the tokens, that one where one is
// given; "" where there is none.
func particleOf(tokens []english.Token, verb, only string) string {
	const between = 3 // "sent the captain OFF"
	for i, t := range tokens {
		if t.Kind != english.Word || t.Lemma != verb {
			continue
		}
		for k := i + 1; k < len(tokens) && k <= i+1+between; k++ {
			if w := tokens[k].Norm; shifts[w] && (w == only || only == "" && k == i+1) {
				return w
			}
		}
	}
	return ""
}

// isLength reports whether the span only says how long something took, where it is
// asked when it was: "three days", but "in three days" and "three days later".
func isLength(q question.Question, f *fact.Fact, s corpus.Span) bool {
	if q.Type != question.Time || q.Cue != "when" {
		return false
	}
	if !slices.ContainsFunc(f.Counts, func(c fact.Count) bool {
		k := c.Quantity.Unit.Kind
		return (k == quantity.Duration || k == quantity.Age) && c.Quantity.Span.Contains(s)
	}) {
		return false
	}
	from, to := tokenRange(f, s)
	if from > 0 {
		switch f.Tokens[from-1].Norm {
		case "in", "within", "after", "by", "before":
			return false
		}
	}
	if to < len(f.Tokens) {
		switch f.Tokens[to].Norm {
		case "ago", "later", "earlier", "before", "after", "from":
			return false
		}
	}
	return true
}

// onlyWithin reports whether the sentence says what is asked about nowhere but in
// the span: nothing is its own reason.
func onlyWithin(q question.Question, f *fact.Fact, s corpus.Span) bool {
	from, to := tokenRange(f, s)
	outside := append(slices.Clone(f.Tokens[:from]), f.Tokens[to:]...)
	within := false
	for _, t := range q.Terms {
		if metBy(t, outside) {
			return false
		}
		within = within || metBy(t, f.Tokens[from:to])
	}
	return within
}

// otherTitle reports whether a question for who bears a title meets a sentence that
// does not have it: the culture minister is not the PRIME minister. Any word for
// whoever leads stands for another one.
func otherTitle(q question.Question, f *fact.Fact) bool {
	if q.Type != question.Person || !q.RoleAsked || q.Verb != "" {
		return false
	}
	return slices.ContainsFunc(q.Terms, func(t question.Term) bool {
		return !t.Name && !english.FixedAdverb(t.Norm) && !past(english.Tokens(t.Norm, 0)) && !slices.ContainsFunc(f.Tokens, func(w english.Token) bool {
			return w.Lemma == t.Lemma || w.Norm == t.Norm || anyLeader[t.Lemma] && english.Same(t.Lemma, w.Lemma)
		})
	})
}
