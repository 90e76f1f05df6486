package extract

import (
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// maxSpeakerWords is the longest description of a speaker.
const maxSpeakerWords = 24

// nounBefore is the noun phrase that ends with the token at end: its first
// token and its head, the noun before "of …" or "in …". ok is false where no
// noun phrase ends there.
func (s *sayScan) nounBefore(end int) (from, head int, ok bool) {
	from, head = end+1, end
	for i := end; i >= 0 && end-i < maxSpeakerWords; i-- {
		if i > 2 && (s.word(i) == ")" || s.word(i) == "]") && s.pastBracket(i-2) == i+1 {
			i -= 2 // "the Liberation Front's (FMLN) General Command"
			continue
		}
		if m := s.at[i]; m >= 0 {
			for i > 0 && s.at[i-1] == m {
				i--
			}
			from = i
			for from > 0 && s.t[from-1].Start >= s.m[m].Full.Start {
				from--
			}
			i = from
			continue
		}
		switch s.step(i, end, &head) {
		case stepIn:
			from = i
		case stepOver:
		case stepLast:
			if j := i - 2; isArticle(s.word(i)) && s.word(i-1) == "and" && j >= 0 && s.at[j] >= 0 && s.m[s.at[j]].Type != fact.PlaceName {
				from = i
				i-- // "Weber and his counterpart"
				continue
			}
			return i, head, true
		case stepOut:
			return from, head, from <= end
		}
	}
	return from, head, from <= end
}

// A step tells what a word is to the noun phrase right of it.
type step uint8

const (
	stepOut  step = iota // not of it
	stepIn               // of it
	stepOver             // of it if something before it is
	stepLast             // its first word
)

// step looks at the word at i, left of a noun phrase that ends at end.
func (s *sayScan) step(i, end int, head *int) step {
	w := &s.t[i]
	switch {
	case w.Kind == english.Mark:
		if i > 0 && i < end && !w.Space && (w.Text == "-" || w.Text == "." && s.t[i-1].Is(english.Abbreviation)) {
			return stepOver
		}
		return stepOut
	case w.Kind == english.Number:
		if i == end || len(w.Text) == 4 && s.at[i+1] >= 0 {
			return stepOut // "in 2013 Mr. Weber said"
		}
		return stepLast
	case w.Norm == "'s" || w.Norm == "'" || w.Norm == "’":
		if i == end {
			return stepOut
		}
		return stepOver
	case i == end && isSpeakerPronoun(w.Norm):
		return stepLast
	case isArticle(w.Norm):
		if i == end {
			return stepOut
		}
		if i > 1 && s.phraseJoint(i-1) {
			return stepIn
		}
		return stepLast
	case w.Norm == "and":
		if i < end && i > 0 && (s.at[i-1] >= 0 && s.m[s.at[i-1]].Type != fact.PlaceName || isBody(s.word(i-1)) && s.at[i+1] < 0 && isBody(s.word(i+1)) ||
			i > 1 && (isArticle(s.word(i-2)) || s.word(i-2) == "'s") && !s.t[i-1].FunctionWord()) {
			return stepOver
		}
		return stepOut
	case w.Is(english.Preposition):
		if i < end && i > 0 && s.phraseJoint(i) {
			*head = i - 1
			return stepOver
		}
		if i < end && i > 1 && participial(s.word(i-1)) && isBody(s.word(i-2)) {
			*head = i - 2 // "travellers arriving from"
			return stepOver
		}
		return stepOut
	case w.Is(english.NumberWord|english.Quantifier) && i < end:
		return stepLast
	case w.FunctionWord(), w.Is(english.Weekday | english.Month), w.Is(english.Adverb) && !titleModifiers.Has(w.Norm):
		return stepOut
	case w.Is(english.Reporting) && !w.Is(english.Honorific) && !isBody(w.Norm):
		return stepOut
	case i < end && strings.HasSuffix(w.Norm, "ed") && !s.adjectiveHere(i) && !(s.t[i+1].Is(english.Preposition) && isBody(s.word(i-1))):
		return stepOut
	}
	return stepIn
}

// phraseJoint reports whether the preposition at i joins a noun that can be
// a speaker with what follows: "president OF", "authorities IN".
func (s *sayScan) phraseJoint(i int) bool {
	switch s.word(i) {
	case "of":
		w := &s.t[i-1]
		return s.at[i-1] >= 0 || w.Kind == english.Word && (!w.FunctionWord() || w.Is(english.Quantifier|english.NumberWord))
	case "in", "for", "at", "from", "with", "on", "to":
		w := &s.t[i-1]
		if w.Norm == "familiar" || w.Norm == "close" || w.Norm == "briefed" || w.Norm == "loyal" {
			return true
		}
		return s.at[i-1] < 0 && (isBody(w.Norm) || isRole(w)) || s.at[i-1] >= 0 && s.m[s.at[i-1]].Type == fact.OrgName && s.word(i) == "of"
	}
	return false
}

// adjectiveHere reports whether the word in -ed at i is an adjective: an
// article, a possessive or a title stands before it, or it is one of rank.
func (s *sayScan) adjectiveHere(i int) bool {
	if titleModifiers.Has(s.word(i)) || s.word(i) == "united" || s.word(i) == "armed" || s.word(i) == "red" {
		return true
	}
	return i > 0 && (isArticle(s.word(i-1)) || s.word(i-1) == "'s")
}

func participial(w string) bool {
	return len(w) > 4 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing"))
}

func isArticle(w string) bool {
	switch w {
	case "the", "a", "an", "his", "her", "its", "their", "this", "these", "those", "another", "our", "my":
		return true
	}
	return false
}

func isSpeakerPronoun(w string) bool {
	switch w {
	case "he", "she", "they", "it", "others", "some", "many", "everyone":
		return true
	}
	return false
}

// isPeople reports whether a folded word is formed like a plural of people.
func isPeople(w string) bool {
	const shortest = 7
	if len(w) < shortest {
		return false
	}
	for _, suffix := range [...]string{"ists", "ers", "ors", "ians", "men", "ants", "ees"} {
		if strings.HasSuffix(w, suffix) {
			return true
		}
	}
	return false
}

// isBody reports whether a folded word is a speaker in lower case.
func isBody(w string) bool {
	return bodies.Has(w) || orgHeads.Has(w) || roles.Has(w) || roles.Has(strings.TrimSuffix(w, "s")) || titles.Has(w) ||
		strings.HasSuffix(w, "men") && roles.Has(w[:len(w)-2]+"an") || english.ClassOf(strings.TrimSuffix(w, "s"))&english.Honorific != 0
}

func isRole(w *english.Token) bool {
	return w.Kind == english.Word && (w.Is(english.Honorific) || roles.Has(w.Norm) || titles.Has(w.Norm))
}

// canSpeak reports whether the noun phrase tokens[from:to] with its head can
// be who says something. Lenient verbs take any noun with an article.
func (s *sayScan) canSpeak(from, to, head int, lenient bool) bool {
	w := &s.t[head]
	if m := s.at[head]; m >= 0 {
		if s.m[m].Type != fact.PlaceName {
			return true
		}
		p, ok := english.PlaceOf(w.Text)
		if ok && p.Adjective && !strings.HasSuffix(w.Norm, "s") {
			return false
		}
		return s.at[from] == m && (from == 0 || !s.t[from-1].Is(english.Preposition))
	}
	if isSpeakerPronoun(w.Norm) {
		return to-from == 1
	}
	if isBody(w.Norm) || w.Is(english.Honorific) || dataHeads.Has(w.Norm) {
		return true
	}
	if parts.Has(w.Norm) && s.word(head+1) == "of" && head+2 < to {
		return s.canSpeak(head+2, to, to-1, lenient)
	}
	return lenient && (isArticle(s.word(from)) || s.word(from) == "one") && !english.GazetteerWord(w.Norm) && w.Norm != "it"
}

// parts are the nouns behind which "of" names who speaks.
var parts = english.NewSet("number handful couple variety majority minority one some many most several all lot dozens")

// nounAfter is the noun phrase that begins at i: the token after it and its
// head.
func (s *sayScan) nounAfter(i int) (to, head int, ok bool) {
	to, head = i, -1
	if i < len(s.t) && (s.t[i].Is(english.Person) || s.word(i) == "it") && s.t[i].Kind == english.Word && s.word(i) != "their" &&
		!(isArticle(s.word(i)) && i+1 < len(s.t) && s.t[i+1].Kind == english.Word && !s.t[i+1].FunctionWord()) {
		return i + 1, i, true
	}
	headed := false
	for to < len(s.t) && to-i < maxSpeakerWords {
		if m := s.at[to]; m >= 0 {
			if headed && !s.joins(to-1) {
				break
			}
			behind := s.behindJoint(i, to)
			for to < len(s.t) && s.at[to] == m {
				to++
			}
			if head < 0 || !headed && !behind || s.word(to) == "'s" {
				head = to - 1
			}
			headed = s.m[m].Type == fact.PersonName || headed
			continue
		}
		if !s.goesOnAfter(i, to, head, headed) {
			break
		}
		w := &s.t[to]
		if w.Kind == english.Word && !w.FunctionWord() && w.Norm != "'s" && !headed && !s.behindJoint(i, to) {
			head = to
		}
		to++
	}
	for to > i && (s.t[to-1].Kind == english.Mark && s.t[to-1].Text != ")" || s.t[to-1].FunctionWord()) {
		to--
	}
	return to, head, to > i && head >= i && head < to
}

// behindJoint reports whether "of", "in" or the like stands between i and
// the word at k: the head is before it.
func (s *sayScan) behindJoint(i, k int) bool {
	for j := i; j < k; j++ {
		if s.t[j].Is(english.Preposition) {
			return true
		}
	}
	return false
}

func (s *sayScan) joins(i int) bool {
	w := s.word(i)
	return w == "of" || w == "the" || w == "'s" || w == "-" || w == "and" || w == "in" || w == "for" || w == "at" || w == "from" ||
		s.t[i].Kind == english.Word && !s.t[i].FunctionWord() && s.at[i] < 0
}

// goesOnAfter reports whether the word at k belongs to the noun phrase that
// begins at i.
func (s *sayScan) goesOnAfter(i, k, head int, headed bool) bool {
	w := &s.t[k]
	switch {
	case w.Kind == english.Mark:
		return !w.Space && k > i && (w.Text == "-" || w.Text == "." && s.t[k-1].Is(english.Abbreviation))
	case w.Kind == english.Number:
		return false
	case w.Norm == "'s":
		return k > i
	case isArticle(w.Norm):
		return k == i || s.joins(k-1) && s.t[k-1].Is(english.Preposition)
	case w.Norm == "and":
		return k > i && k+1 < len(s.t) && (s.at[k+1] >= 0 && s.at[k-1] >= 0 && s.m[s.at[k+1]].Type != fact.PlaceName ||
			isBody(s.word(k-1)) && isBody(s.word(k+1)))
	case w.Is(english.Preposition):
		return k > i && !headed && k+1 < len(s.t) && s.phraseJoint(k)
	case w.Is(english.NumberWord | english.Quantifier):
		return k == i
	case w.FunctionWord(), w.Is(english.Weekday | english.Month), headed:
		return false
	case w.Is(english.Reporting) && !w.Is(english.Honorific) && !isBody(w.Norm):
		return false
	case w.Is(english.Adverb) && k > i:
		return false
	case k > i && head >= 0 && s.word(k+1) == "by":
		return false
	case k > i && head >= 0 && strings.HasSuffix(w.Norm, "ed") && len(w.Norm) > 4 && !s.adjectiveHere(k):
		return false // a participle: "results issued by"
	}
	return true
}

// resolve gives a cue its speaker and finds out who that is. Index is its
// place among the cues of the sentence.
func (a *attributor) resolve(c *cue, index int) {
	s := a.scan
	c.entity = -1
	if c.from < c.to {
		c.speaker = s.span(c.from, c.to)
	} else if c.goesOn {
		a.inherit(c, index)
		return
	}
	switch word := s.word(c.head); {
	case c.head < 0:
	case c.head < len(s.t) && s.at[c.head] >= 0 && s.m[s.at[c.head]].Type != fact.PlaceName:
		c.entity = s.m[s.at[c.head]].Entity
	case c.to-c.from == 1 && (word == "he" || word == "she" || word == "him" || word == "her"):
		c.entity = a.pronoun(index)
	case c.to-c.from == 1 && word == "it":
		c.entity = a.body
		if index > 0 && s.cues[index-1].dir == forward {
			c.entity = s.cues[index-1].entity
		}
	default:
		c.entity = a.byRole(c)
	}
	if index > 0 {
		s.chain(&s.cues[index-1], c)
	}
}

// pronoun is whom "he" means: the person who spoke before in this sentence,
// or in the sentences before it.
func (a *attributor) pronoun(index int) int {
	for i := index - 1; i >= 0; i-- {
		if e := a.scan.cues[i].entity; e >= 0 && (a.entities[e].Type == fact.PersonName || a.entities[e].Type == fact.UnknownName) {
			return e
		}
	}
	return a.person
}

// inherit gives a cue without a subject the speaker of the cue before it, or
// else the subject of the sentence.
func (a *attributor) inherit(c *cue, index int) {
	s := a.scan
	for i := index - 1; i >= 0; i-- {
		if p := &s.cues[i]; !p.aside || i == 0 {
			c.speaker, c.entity = p.speaker, p.entity
			return
		}
	}
	if m := s.subject(); m != nil {
		c.speaker, c.entity = m.Full, m.Entity
		return
	}
	if len(s.t) > 0 && (s.word(0) == "he" || s.word(0) == "she") {
		c.speaker, c.entity = s.span(0, 1), a.person
		return
	}
	if from, head, ok := s.firstNoun(c.start); ok {
		c.speaker = s.span(from, head+1)
		c.head, c.from, c.to = head, from, head+1
		c.entity = a.byRole(c)
	}
}

// firstNoun is the noun phrase with an article that the sentence begins
// with, where it can speak: "The Kenyan leader … and said".
func (s *sayScan) firstNoun(limit int) (from, head int, ok bool) {
	from = s.pastDateline()
	to, head, ok := s.nounAfter(from)
	if !ok || to > limit || !s.canSpeak(from, to, head, false) || s.at[head] >= 0 && s.m[s.at[head]].Type == fact.PlaceName {
		return 0, 0, false
	}
	return from, head, true
}

// chain lets the speaker of inner begin with the words of outer where it
// stands right behind them: "According to the ministry, state television
// reported".
func (s *sayScan) chain(outer, inner *cue) {
	if outer.speaker.Len() == 0 || inner.from >= inner.to || inner.from < outer.end || inner.head < 0 {
		return
	}
	for i := outer.end; i < inner.from; i++ {
		if w := &s.t[i]; w.Text != "," && w.Norm != "that" {
			return
		}
	}
	if isSpeakerPronoun(s.word(inner.head)) || inner.entity >= 0 && inner.entity == outer.entity {
		return
	}
	inner.speaker = corpus.Span{Start: min(outer.speaker.Start, outer.span.Start), End: inner.speaker.End}
}
