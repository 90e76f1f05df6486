package extract

import (
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// maxInsertion is the longest apposition or clause between a speaker and the
// verb, in tokens.
const maxInsertion = 30

// A verbSide is what stands left of a verb of saying.
type verbSide struct {
	at       int // the token that the subject ends with
	negated  bool
	infinite bool
	been     bool // a form of "be" stands there
	modal    bool // "should", "would"
}

// leftOf passes over the adverbs, auxiliaries and times left of the verb.
func (s *sayScan) leftOf(k int) verbSide {
	v := verbSide{at: k - 1}
	for v.at >= 0 {
		w := &s.t[v.at]
		switch {
		case (w.Text == ")" || w.Text == "]") && v.at > 2 && (s.t[v.at-2].Text == "(" || s.t[v.at-2].Text == "["):
			v.at -= 2 // "the National Emergency Office (ONEMI) said"
		case w.Kind != english.Word:
			return v
		case w.Norm == "to":
			v.infinite = true
			return v
		case w.Is(english.Negation):
			v.negated = true
		case w.Is(english.Auxiliary) && w.Norm != "'s" && w.Norm != "having":
			v.been = v.been || w.Lemma == "be"
			v.modal = v.modal || modals.Has(w.Norm) || w.Norm == "must" || w.Norm == "can"
		case w.Is(english.Weekday) || w.Norm == "yesterday" || w.Norm == "today":
			if v.at > 0 && (s.word(v.at-1) == "on" || s.word(v.at-1) == "late" || s.word(v.at-1) == "last") {
				v.at--
			}
		case w.Is(english.Adverb) && !w.Is(english.NumberWord) && w.Norm != "then" || w.Norm == "then" && v.at > 0:
		case len(w.Norm) > 4 && w.Norm[len(w.Norm)-2:] == "ly" && !w.Is(english.Honorific) && s.at[v.at] < 0 && w.Case == s.t[k].Case && !isBody(w.Norm):
		default:
			return v
		}
		v.at--
	}
	return v
}

// verb reads a verb of saying at k.
func (s *sayScan) verb(k int) (cue, bool) {
	w := s.word(k)
	v := s.leftOf(k)
	if v.infinite || v.modal && !saysPast.Has(w) || v.negated && s.t[k].Lemma != "deny" {
		return cue{}, false
	}
	if v.been && saysPast.Has(w) {
		return s.passive(k, v)
	}
	if w == "claimed" && s.claimsLives(k) {
		return cue{}, false
	}
	c, ok := s.withSubject(k, v)
	if !ok {
		return c, false
	}
	if c.end == k+1 && s.word(k+1) == "out" {
		c.end++ // "pointed out"
	}
	if !s.direct(k, &c) {
		return c, false
	}
	data := c.head >= 0 && c.head < len(s.t) && s.at[c.head] < 0 && dataHeads.Has(s.word(c.head)) && c.end < len(s.t) && !s.t[c.end].Is(english.Preposition)
	if nounsToo.Has(w) && c.dir == forward && !data && !s.clauseAfter(c.end, telling.Has(w) || w == "claims" && isRole(&s.t[c.head])) {
		return c, false
	}
	if needClause.Has(w) && c.dir == forward && !data && !s.saysClause(c.end) {
		return c, false
	}
	return c, true
}

// claimsLives reports whether "claimed" at k is said of lives or of
// responsibility.
func (s *sayScan) claimsLives(k int) bool {
	for i := k + 1; i < len(s.t) && i < k+8 && s.t[i].Text != ","; i++ {
		switch s.word(i) {
		case "lives", "life", "victims", "responsibility", "credit", "victory", "asylum", "title", "titles", "championship",
			"championships", "medal", "medals", "gold", "seat", "seats", "prize", "territory":
			return true
		}
	}
	return false
}

// passive reads "it was reported that": nobody is named.
func (s *sayScan) passive(k int, v verbSide) (cue, bool) {
	if s.word(v.at) != "it" || s.word(k+1) != "that" && s.word(k+1) != "yesterday" && s.word(k+1) != "today" && !s.t[min(k+1, len(s.t)-1)].Is(english.Preposition) {
		return cue{}, false
	}
	return cue{start: v.at, end: k + 1, from: k, to: k, head: -1, span: s.span(k, k+1), dir: forward}, true
}

// withSubject finds the subject of the verb of saying at k.
func (s *sayScan) withSubject(k int, v verbSide) (cue, bool) {
	c := cue{start: k, end: k + 1, from: k, to: k, head: -1, span: s.span(k, k+1)}
	participle := saysing.Has(s.word(k)) && !v.been
	left := v.at
	switch {
	case left < 0:
		return c, (s.word(k) == "says" || s.word(k) == "said") && s.inverted(k, &c)
	case participle:
		return c, s.participleForm(k, left, &c)
	case s.t[left].Kind == english.Mark && s.t[left].Text != "'":
		if plainlySays(s.word(k)) && s.inverted(k, &c) {
			return c, true
		}
		if s.t[left].Text == "," && !s.afterQuote(left) && s.overInsertion(left, &c) {
			return c, true
		}
		return c, s.inverted(k, &c)
	case s.word(left) == "and" || s.word(left) == "but" || s.word(left) == "or":
		c.start, c.goesOn = left, true
		return c, s.goesOnHere(left)
	case s.word(left) == "who" || s.word(left) == "which" || s.word(left) == "that":
		return c, s.relative(left, &c)
	}
	from, head, ok := s.nounBefore(left)
	if ok && from > 2 && s.word(from-1) == "by" && reportedBy.Has(s.word(from-2)) {
		if f, h, ok := s.nounBefore(from - 3); ok && dataHeads.Has(s.word(h)) {
			from, head = f, h // "figures released by the ministry show"
		}
	}
	if !ok || s.afterPreposition(from) || !s.canSpeak(from, left+1, head, lenientVerb(s.word(k)) || s.word(k+1) == "that") {
		return c, false
	}
	if !s.speaksOfData(k, head) {
		return c, false
	}
	c.start, c.from, c.to, c.head = from, from, left+1, head
	return c, true
}

// speaksOfData reports whether the verb at k fits its subject: "show" and
// "indicate" go with figures and reports alone.
func (s *sayScan) speaksOfData(k, head int) bool {
	switch s.t[k].Lemma {
	case "show", "indicate":
		return s.at[head] < 0 && dataHeads.Has(s.word(head))
	}
	return true
}

// afterPreposition reports whether the noun phrase that begins at i hangs on a
// preposition: it is no subject.
func (s *sayScan) afterPreposition(i int) bool {
	switch s.word(i - 1) {
	case "of", "in", "on", "at", "by", "for", "with", "from", "to", "into", "over", "under", "against", "between", "among", "amid",
		"across", "through", "near", "around", "about", "towards", "toward", "upon":
		return true
	}
	return false
}

// lenientVerb reports whether the verb makes a speaker of whatever is its
// subject.
func lenientVerb(w string) bool {
	switch w {
	case "said", "says", "say", "told", "added", "announced":
		return true
	}
	return false
}

// goesOnHere reports whether a verb of saying after "and" has a subject to go
// on with: a cue before, or a sentence whose subject can speak.
func (s *sayScan) goesOnHere(k int) bool {
	if len(s.cues) > 0 {
		return s.cues[len(s.cues)-1].dir == forward && !s.cues[len(s.cues)-1].leading
	}
	if s.subject() != nil || s.word(0) == "he" || s.word(0) == "she" {
		return true
	}
	_, _, ok := s.firstNoun(k)
	return ok
}

// freelySaying reports whether a participle speaks of saying even where
// nobody has spoken before in the sentence and no "that" follows.
func freelySaying(w string) bool {
	switch w {
	case "saying", "telling", "claiming", "insisting", "warning", "alleging", "vowing", "promising", "announcing":
		return true
	}
	return false
}

// plainlySays reports whether a verb takes no object but what is said: a name
// right behind it is its subject.
func plainlySays(w string) bool {
	switch w {
	case "said", "says", "added", "adds", "explained", "insisted", "replied", "noted", "wrote", "warned", "stressed", "assured", "recalled":
		return true
	}
	return false
}

// blaming reports whether a verb takes an object of whom something is said.
func blaming(w string) bool { return strings.HasPrefix(w, "blame") || strings.HasPrefix(w, "accuse") }

// inverted reads "…, said the president" with the verb at k.
func (s *sayScan) inverted(k int, c *cue) bool {
	if telling.Has(s.word(k)) && !plainlySays(s.word(k)) || s.word(k) == "say" {
		return false
	}
	to, head, ok := s.nounAfter(k + 1)
	if !ok || !s.canSpeak(k+1, to, head, plainlySays(s.word(k)) && s.afterQuote(k)) || isPlural(s.word(head)) && s.at[head] < 0 && to-k == 2 && s.word(head) != "officials" {
		return false
	}
	switch next := s.word(to); {
	case to >= len(s.t), next == ",", next == ".", next == ":", next == ";", next == "in", next == "on", next == "at", next == "during",
		next == "who", next == "after", next == "as", next == "when", next == "late", s.t[to].Is(english.Weekday), s.t[to].Is(english.Adverb):
	default:
		return false
	}
	if m := s.mentionAt(to + 1); m >= 0 && s.at[head] < 0 && s.word(to) == "," && s.m[m].Type == fact.PersonName {
		// "…, said the mayor, Jean Marchetti."
		end := to + 1
		for end < len(s.t) && s.at[end] == m {
			end++
		}
		if end == len(s.t) || s.t[end].Kind == english.Mark {
			to, head = end, end-1
		}
	}
	c.end, c.from, c.to, c.head = to, k+1, to, head
	return true
}

// mentionAt is the mention that the token at i lies in, or -1.
func (s *sayScan) mentionAt(i int) int {
	if i < 0 || i >= len(s.at) {
		return -1
	}
	return s.at[i]
}

func isPlural(w string) bool { return len(w) > 3 && w[len(w)-1] == 's' && w[len(w)-2] != 's' }

// overInsertion reads "NP, …, said" with the second comma at k.
func (s *sayScan) overInsertion(k int, c *cue) bool {
	for p := k - 1; p > 0 && k-p < maxInsertion; p-- {
		if s.t[p].Text != "," || s.quoted[p] {
			if s.t[p].Text == ";" || s.t[p].Text == ":" {
				return false
			}
			continue
		}
		from, head, ok := s.nounBefore(p - 1)
		if !ok || !s.canSpeak(from, p, head, false) || s.t[from].Is(english.Pronoun) && s.at[from] < 0 {
			continue
		}
		if s.afterPreposition(from) {
			continue
		}
		if !s.inserts(p+1, k) {
			return false
		}
		if from > 1 && s.t[from-1].Text == "," && (s.at[head] < 0 || isArticle(s.word(from))) {
			// The noun is itself an apposition: "Karl Weber, head of the union, which …, said".
			if f, h, ok := s.nounBefore(from - 2); ok && s.at[h] >= 0 && s.m[s.at[h]].Type != fact.PlaceName && !s.afterPreposition(f) {
				from, head, p = f, h, from-1
			}
		}
		c.start, c.from, c.to, c.head = from, from, p, head
		if m := s.at[k-1]; m >= 0 && m == s.at[p+1] && s.m[m].Type == fact.PersonName {
			c.to, c.head = k, k-1 // "The mayor, Álvaro Ortiz, said"
		} else if s.word(p+1) == "citing" || s.word(p+1) == "quoting" {
			c.to = k
		}
		return true
	}
	return false
}

// inserts reports whether tokens[i:j] between two commas is an apposition, a
// relative clause, a participle or an adverbial.
func (s *sayScan) inserts(i, j int) bool {
	if i >= j {
		return false
	}
	w := &s.t[i]
	return w.Is(english.Relative) || w.Is(english.Preposition) || isArticle(w.Norm) || s.at[i] >= 0 || isRole(w) || titleModifiers.Has(w.Norm) ||
		len(w.Norm) > 4 && w.Norm[len(w.Norm)-3:] == "ing" || w.Kind == english.Number || w.Is(english.Adverb)
}

// relative reads "NP, who said that" with the pronoun at k.
func (s *sayScan) relative(k int, c *cue) bool {
	end := k - 1
	if end >= 0 && s.t[end].Text == "," {
		end--
	}
	if end < 0 {
		return false
	}
	from, head, ok := s.nounBefore(end)
	if !ok || !s.canSpeak(from, end+1, head, false) || s.word(k) == "that" && s.at[head] >= 0 {
		return false
	}
	c.start, c.from, c.to, c.head, c.relative = k, from, end+1, head, true
	return true
}
