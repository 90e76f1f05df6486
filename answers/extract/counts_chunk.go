package extract

import (
	"strings"

	"sourceline/answers/english"
)

// A chunkKind is what a chunk of a sentence is.
type chunkKind uint8

const (
	nounChunk  chunkKind = iota
	verbChunk            // auxiliaries, negation and one main verb
	prepChunk            // in, by, after
	ofChunk              // of
	coordChunk           // and, or, as well as, along with
	commaChunk           //
	relChunk             // who, which, that
	subChunk             // because, while, that: a clause begins
	openChunk            // ( [
	closeChunk           // ) ]
	dashChunk            //
	stopChunk            // ; : .
	timeChunk            // a time: transparent
)

// A voice tells who a verb group speaks about.
type voice uint8

const (
	active    voice = iota
	passive         // be and a participle
	bare            // a participle alone: a past tense, or a reduced passive
	gerundV         // an "-ing" form alone
	copula          // be alone
	adjective       // be and an adjective of eventAdjectives: "were dead"
	toInf           // an infinitive
)

// A chunk is a run of tokens.
type chunk struct {
	kind       chunkKind
	from, to   int // tokens, half-open
	main       int // of a noun chunk its head, of a verb chunk its main verb; otherwise from
	q          int // of a noun chunk its quantity; -1
	voice      voice
	passiveInf bool // an infinitive of the passive: "to be killed"
	negated    bool
	with       bool // of a coordinator: "along with", "together with"
	owner      int  // of a noun chunk the token of its last possessive ending; -1
}

// chunker cuts a tagged sentence into chunks.
type chunker struct {
	tokens []english.Token
	tags   []tagged
	out    []chunk
}

func chunks(tokens []english.Token, tags []tagged) []chunk {
	c := &chunker{tokens: tokens, tags: tags, out: make([]chunk, 0, len(tokens)/2+4)}
	for i := 0; i < len(tokens); {
		i = c.next(i)
	}
	return c.out
}

// next makes the chunk that begins at token i and returns where it ends.
func (c *chunker) next(i int) int {
	switch c.tags[i].tag {
	case beAux, haveAux, doAux, modal, participle, finite, gerund, infinitive, negation:
		if c.prenominalStart(i) {
			return c.noun(i)
		}
		return c.verb(i)
	case determiner, number, nominal, pronoun, possessive, hyphen:
		if k, n := c.multiword(i); n > 0 {
			return c.add(chunk{kind: k, from: i, to: i + n, with: true})
		}
		return c.noun(i)
	case preposition:
		if k, n := c.multiword(i); n > 0 {
			return c.add(chunk{kind: k, from: i, to: i + n, with: true})
		}
		return c.add(chunk{kind: prepChunk, from: i, to: i + 1})
	case ofWord:
		return c.add(chunk{kind: ofChunk, from: i, to: i + 1})
	case coordinator:
		return c.add(chunk{kind: coordChunk, from: i, to: i + 1})
	case comma:
		return c.add(chunk{kind: commaChunk, from: i, to: i + 1})
	case relative:
		return c.add(chunk{kind: relChunk, from: i, to: i + 1})
	case subordinator:
		return c.add(chunk{kind: subChunk, from: i, to: i + 1})
	case opening:
		return c.add(chunk{kind: openChunk, from: i, to: i + 1})
	case closing:
		return c.add(chunk{kind: closeChunk, from: i, to: i + 1})
	case dash:
		end := i + 1
		for end < len(c.tags) && c.tags[end].tag == dash {
			end++
		}
		return c.add(chunk{kind: dashChunk, from: i, to: end})
	case stop:
		return c.add(chunk{kind: stopChunk, from: i, to: i + 1})
	case timeWord:
		end := i + 1
		for end < len(c.tags) && c.tags[end].tag == timeWord {
			end++
		}
		return c.add(chunk{kind: timeChunk, from: i, to: end})
	case adverb:
		if k, n := c.multiword(i); n > 0 {
			return c.add(chunk{kind: k, from: i, to: i + n, with: true})
		}
	}
	return i + 1 // adverbs and quotes are transparent
}

func (c *chunker) add(ch chunk) int {
	if ch.main == 0 {
		ch.main = ch.from
	}
	if ch.kind != nounChunk {
		ch.q, ch.owner = -1, -1
	}
	c.out = append(c.out, ch)
	return ch.to
}

func (c *chunker) norm(i int) string {
	if i < 0 || i >= len(c.tokens) {
		return ""
	}
	return c.tokens[i].Norm
}

func (c *chunker) tag(i int) tag {
	if i < 0 || i >= len(c.tags) {
		return stop
	}
	return c.tags[i].tag
}

// multiword recognises the prepositions of several words that coordinate or
// introduce a part.
func (c *chunker) multiword(i int) (chunkKind, int) {
	switch c.norm(i) {
	case "as":
		if c.norm(i+1) == "well" && c.norm(i+2) == "as" {
			return coordChunk, 3
		}
	case "such":
		if c.norm(i+1) == "as" {
			return prepChunk, 2
		}
	case "along", "together":
		if c.norm(i+1) == "with" {
			return coordChunk, 2
		}
	case "in":
		if c.norm(i+1) == "addition" && c.norm(i+2) == "to" {
			return coordChunk, 3
		}
	case "according":
		if c.norm(i+1) == "to" {
			return prepChunk, 2
		}
	}
	return 0, 0
}

// prenominalStart reports whether the participle at token i stands before a
// noun with nothing before it: "Wounded soldiers were ...".
func (c *chunker) prenominalStart(i int) bool {
	if t := c.tag(i); t != participle {
		return false
	}
	if n := len(c.out); n > 0 && c.out[n-1].kind == ofChunk && c.tag(i+1) != nominal && casualtyEvents(english.Events(eventLemma(&c.tokens[i]))) {
		return true // "the number of injured"
	}
	if len(c.out) > 0 {
		switch c.out[len(c.out)-1].kind {
		case prepChunk, ofChunk, coordChunk, openChunk:
		default:
			return false
		}
	}
	return c.tag(i+1) == nominal && pluralNoun(&c.tokens[i+1])
}

// verb makes a verb chunk: any auxiliaries, then one main verb.
func (c *chunker) verb(i int) int {
	ch := chunk{kind: verbChunk, from: i, main: i}
	lastAux, hasAux, inf := stop, false, false
loop:
	for ; i < len(c.tokens); i++ {
		switch t := c.tag(i); t {
		case beAux, haveAux, doAux, modal:
			if t == haveAux && hasAux && lastAux == beAux {
				break loop
			}
			ch.main, lastAux, hasAux = i, t, true
		case negation:
			ch.negated = true
		case adverb, quote:
			if t == adverb && c.norm(i) == "together" && c.norm(i+1) == "with" {
				break loop
			}
		case preposition:
			if c.norm(i) != "since" || !hasAux || !verbalTag(c.tag(i+1)) {
				break loop
			}
		case infinitive:
			if i > ch.from && lastAux != haveAux && lastAux != modal && lastAux != beAux {
				break loop
			}
			inf = inf || i == ch.from
			if i == ch.from {
				hasAux = true
			}
			lastAux = infinitive
		case participle:
			ch.main = i
			switch {
			case lastAux == beAux:
				ch.voice = passive
			case lastAux == haveAux || lastAux == infinitive || lastAux == doAux || lastAux == modal:
				ch.voice = active
			default:
				ch.voice = bare
			}
			i++
			return c.finishVerb(ch, i, inf)
		case gerund:
			ch.main = i
			ch.voice = gerundV
			if lastAux == beAux {
				ch.voice = active
			}
			i++
			return c.finishVerb(ch, i, inf)
		case finite:
			ch.main = i
			ch.voice = active
			i++
			return c.finishVerb(ch, i, inf)
		case nominal:
			// "may kill", "did not vote": a bare form that can be a noun.
			if (lastAux == modal || lastAux == infinitive || lastAux == doAux) && c.tokens[i].Norm == c.tokens[i].Lemma {
				ch.main, ch.voice = i, active
				return c.finishVerb(ch, i+1, inf)
			}
			if hasAux && c.tokens[i].Is(english.Ordinal) && verbalTag(c.tag(i+1)) {
				continue // "were first beaten"
			}
			if lastAux == beAux && eventAdjectives[c.norm(i)] && c.tag(i+1) != nominal {
				ch.main, ch.voice = i, adjective
				return c.finishVerb(ch, i+1, inf)
			}
			break loop
		default:
			break loop
		}
	}
	if lastAux == beAux {
		ch.voice = copula
	}
	if !hasAux && ch.negated { // "not" alone belongs to nothing
		return i
	}
	return c.finishVerb(ch, i, inf)
}

// fractions stand before a noun with its determiner: "half the slaves".
var fractions = set("half quarter third double twice")

// postNumber are the determiners that can stand after a number.
var postNumber = set("other more such most few many some")

func verbalTag(t tag) bool { return t == participle || t == gerund || t == adverb }

func (c *chunker) finishVerb(ch chunk, to int, inf bool) int {
	ch.to = to
	if inf {
		switch ch.voice {
		case passive:
			ch.passiveInf = true
		case active:
			ch.voice = toInf
		}
	}
	// "got killed": get is the auxiliary of the participle after it.
	if ch.voice != passive && c.tokens[ch.main].Lemma == "get" && c.tag(to) == participle && c.tag(to+1) != nominal {
		ch.main, ch.voice, ch.to = to, passive, to+1
	}
	if c.tokens[ch.main].Norm == "missing" && ch.voice == passive {
		ch.voice = adjective
	}
	return c.add(ch)
}

// noun makes a noun chunk: a determiner, a quantity, modifiers, a head.
func (c *chunker) noun(i int) int {
	ch := chunk{kind: nounChunk, from: i, main: -1, q: -1, owner: -1}
	for ; i < len(c.tokens); i++ {
		switch c.tag(i) {
		case determiner:
			if ch.main >= 0 || i > ch.from && c.tag(i-1) == number && !postNumber[c.norm(i)] && !fractions[c.norm(i-1)] {
				return c.finishNoun(ch, i)
			}
		case number:
			q := int(c.tags[i].q)
			if ch.main >= 0 && !(c.tag(i-1) == hyphen) || ch.q >= 0 && ch.q != q {
				return c.finishNoun(ch, i)
			}
			ch.q = q
		case pronoun:
			if i > ch.from {
				return c.finishNoun(ch, i)
			}
			ch.main = i
			return c.finishNoun(ch, i+1)
		case nominal:
			if ch.main >= 0 && c.newPhrase(ch, i) {
				return c.finishNoun(ch, i)
			}
			ch.main = i
		case possessive:
			if ch.main < 0 && ch.q < 0 {
				return c.finishNoun(ch, i+1)
			}
			ch.owner = i
			ch.main = -1
		case hyphen:
			// inside a compound
		case coordinator:
			if ch.main >= 0 || i == ch.from || c.tag(i-1) != participle {
				return c.finishNoun(ch, i)
			}
		case participle, gerund:
			if i == ch.from && c.tag(i+1) != nominal {
				ch.main = i // "the number of injured"
				return c.finishNoun(ch, i+1)
			}
			if !c.prenominal(ch, i) {
				if ch.main < 0 && ch.q < 0 && i > ch.from && c.tag(i) == participle && c.tag(ch.from) == determiner {
					ch.main = i // "the wounded"
					return c.finishNoun(ch, i+1)
				}
				return c.finishNoun(ch, i)
			}
		case adverb, quote:
			if c.tag(i) == quote && c.tokens[i].Kind == english.Word || c.norm(i) == "[" || c.norm(i) == "]" || c.norm(i) == "(" || c.norm(i) == ")" {
				continue // a hidden aside
			}
			if !c.nounGoesOn(ch, i) {
				return c.finishNoun(ch, i)
			}
		case timeWord:
			if !(ch.main < 0 && c.tag(i+1) == nominal) {
				return c.finishNoun(ch, i)
			}
		default:
			return c.finishNoun(ch, i)
		}
	}
	return c.finishNoun(ch, i)
}

func (c *chunker) finishNoun(ch chunk, to int) int {
	for to > ch.from+1 && (c.tag(to-1) == quote || c.tag(to-1) == adverb || c.tag(to-1) == hyphen) {
		to--
	}
	ch.to = to
	if ch.main < 0 && ch.owner >= 0 { // "the soldiers'" with its noun left out
		ch.main = ch.owner - 1
		ch.owner = -1
	}
	c.out = append(c.out, ch)
	return max(to, ch.from+1)
}

// newPhrase reports whether the nominal at token i, after a complete phrase,
// begins another: an adjective of eventAdjectives after its noun.
func (c *chunker) newPhrase(ch chunk, i int) bool {
	return eventAdjectives[c.norm(i)] && c.tag(i+1) != nominal && ch.main >= 0
}

// prenominal reports whether the participle at token i stands before the noun
// of the phrase rather than after it.
func (c *chunker) prenominal(ch chunk, i int) bool {
	if c.tag(i-1) == hyphen {
		return true
	}
	if ch.main >= 0 && !adjectiveLike(&c.tokens[ch.main]) {
		return false
	}
	switch c.tag(i + 1) {
	case nominal:
		return c.tokens[i+1].Space
	case hyphen:
		return true
	case participle, gerund:
		return c.tag(i+2) == nominal
	case coordinator: // "643,000 sheltered and unsheltered persons"
		if ch.main >= 0 || c.tag(i+2) != nominal && c.tag(i+2) != participle {
			return false
		}
		for n := i + 2; n < i+6 && (c.tag(n) == nominal || c.tag(n) == participle); n++ {
			if c.tag(n) == nominal && pluralNoun(&c.tokens[n]) {
				return true
			}
		}
	}
	return false
}

// nounGoesOn reports whether the phrase goes on after an adverb or quotation
// mark at token i: "five seriously injured people", "“armed fighters”".
func (c *chunker) nounGoesOn(ch chunk, i int) bool {
	if ch.main >= 0 && c.tag(i) == adverb {
		return false
	}
	if ch.main >= 0 && c.tag(i) == quote && pluralNoun(&c.tokens[ch.main]) {
		return false
	}
	switch c.tag(i + 1) {
	case nominal, number:
		return c.tag(i) == quote || ch.main < 0
	case participle:
		return c.tag(i+2) == nominal && ch.main < 0
	}
	return false
}

// pluralNoun reports whether a word is a plural.
func pluralNoun(t *english.Token) bool {
	switch t.Lemma {
	case "people", "police", "personnel", "cattle":
		return true
	}
	return t.Kind == english.Word && t.Norm != t.Lemma && len(t.Norm) > 2
}

var commonAdjectives = set("young old new large small big major minor heavy light local foreign several other many early late high low long short poor rich white black red green good bad senior junior chief main key top unknown right left far-right recent further additional")

// adjectiveLike reports whether a word, by its ending or by a short list, is
// rather an adjective than a noun.
func adjectiveLike(t *english.Token) bool {
	if commonAdjectives[t.Norm] {
		return true
	}
	for _, e := range [...]string{"ous", "ive", "ful", "less", "able", "ible", "ical", "ish"} {
		if strings.HasSuffix(t.Norm, e) {
			return true
		}
	}
	return false
}
