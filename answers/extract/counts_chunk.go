package extract

import (
	"slices"

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

// chunks cuts a tagged sentence into chunks, which are written over those of out.
func chunks(out []chunk, tokens []english.Token, tags []tagged) []chunk {
	c := chunker{tokens: tokens, tags: tags, out: slices.Grow(out[:0], len(tokens)/2+4)}
	for i := 0; i < len(tokens); {
		i = c.next(i)
	}
	return c.out
}

// simple are the chunks of one token.
var simple = [tagCount]struct {
	kind chunkKind
	ok   bool
}{
	ofWord: {ofChunk, true}, coordinator: {coordChunk, true}, comma: {commaChunk, true}, relative: {relChunk, true}, subordinator: {subChunk, true},
	opening: {openChunk, true}, closing: {closeChunk, true}, stop: {stopChunk, true}, preposition: {prepChunk, true},
}

// next makes the chunk that begins at token i and returns where it ends.
func (c *chunker) next(i int) int {
	t := c.tags[i].tag
	switch t {
	case determiner, number, nominal, pronoun, possessive, hyphen, preposition, adverb:
		if k, n := c.multiword(i); n > 0 {
			return c.add(chunk{kind: k, from: i, to: i + n, with: true})
		}
	}
	switch t {
	case beAux, haveAux, doAux, modal, participle, finite, gerund, infinitive, negation:
		if c.prenominalStart(i) {
			return c.noun(i)
		}
		return c.verb(i)
	case determiner, number, nominal, pronoun, possessive, hyphen:
		return c.noun(i)
	case dash, timeWord:
		end := i + 1
		for end < len(c.tags) && c.tags[end].tag == t {
			end++
		}
		k := dashChunk
		if t == timeWord {
			k = timeChunk
		}
		return c.add(chunk{kind: k, from: i, to: end})
	}
	if k := simple[t]; k.ok {
		return c.add(chunk{kind: k.kind, from: i, to: i + 1})
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
	last := i + 1
	if len(c.out) > 0 {
		switch c.out[len(c.out)-1].kind {
		case prepChunk, ofChunk: // "of CONFIRMED cholera deaths"
			for last < i+modifiers && c.tag(last) == nominal && c.tag(last+1) == nominal {
				last++
			}
		case coordChunk, openChunk:
		default:
			return false
		}
	}
	return c.tag(last) == nominal && pluralNoun(&c.tokens[last])
}

// modifiers is how many words of a noun phrase are looked through for its plural.
const modifiers = 4
