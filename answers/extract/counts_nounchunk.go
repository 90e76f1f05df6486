package extract

import (
	"strings"

	"sourceline/answers/english"
)

// noun makes the noun chunk that begins at token i: a determiner, a quantity,
// modifiers, a head.
func (c *chunker) noun(i int) int {
	ch := chunk{kind: nounChunk, from: i, main: -1, q: -1, owner: -1}
	for i < len(c.tokens) {
		n, goesOn := c.nounToken(&ch, i)
		i += n
		if !goesOn {
			break
		}
	}
	return c.finishNoun(ch, i)
}

// nounToken reads token i into a noun chunk: it returns how many tokens it
// takes, and whether the chunk can go on after it.
func (c *chunker) nounToken(ch *chunk, i int) (int, bool) {
	switch c.tag(i) {
	case determiner:
		if ch.main >= 0 || i > ch.from && c.tag(i-1) == number && !postNumber.Has(c.norm(i)) && !fractions.Has(c.norm(i-1)) {
			return 0, false
		}
	case number:
		q := int(c.tags[i].q)
		if ch.main >= 0 && c.tag(i-1) != hyphen || ch.q >= 0 && ch.q != q {
			return 0, false
		}
		ch.q = q
	case pronoun:
		if i > ch.from {
			return 0, false
		}
		ch.main = i
		return 1, false
	case nominal:
		if ch.main >= 0 && c.newPhrase(i) {
			return 0, false
		}
		ch.main = i
	case possessive:
		if ch.main < 0 && ch.q < 0 {
			return 1, false
		}
		ch.owner, ch.main = i, -1
	case hyphen: // inside a compound
	case coordinator: // "643,000 sheltered and unsheltered persons"
		if ch.main >= 0 || i == ch.from || c.tag(i-1) != participle {
			return 0, false
		}
	case participle, gerund:
		return c.nounParticiple(ch, i)
	case adverb, quote:
		if !c.hidden(i) && !c.nounGoesOn(*ch, i) {
			return 0, false
		}
	case timeWord:
		if ch.main >= 0 || c.tag(i+1) != nominal {
			return 0, false
		}
	default:
		return 0, false
	}
	return 1, true
}

// hidden reports whether token i is in a bracket that hideAsides hid.
func (c *chunker) hidden(i int) bool {
	if c.tag(i) != quote {
		return false
	}
	switch c.norm(i) {
	case "[", "]", "(", ")":
		return true
	}
	return c.tokens[i].Kind == english.Word
}

// nounParticiple is nounToken for a participle.
func (c *chunker) nounParticiple(ch *chunk, i int) (int, bool) {
	switch {
	case i == ch.from && c.tag(i+1) != nominal: // "the number of injured"
		ch.main = i
		return 1, false
	case c.prenominal(*ch, i):
		return 1, true
	case ch.main < 0 && ch.q < 0 && i > ch.from && c.tag(i) == participle && c.tag(ch.from) == determiner: // "the wounded"
		ch.main = i
		return 1, false
	}
	return 0, false
}

// finishNoun adds the noun chunk that ends before token to.
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
func (c *chunker) newPhrase(i int) bool {
	return eventAdjectives.Has(c.norm(i)) && c.tag(i+1) != nominal
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

// adjectiveLike reports whether a word, by its ending or by a short list, is
// rather an adjective than a noun.
func adjectiveLike(t *english.Token) bool {
	if commonAdjectives.Has(t.Norm) {
		return true
	}
	for _, e := range [...]string{"ous", "ive", "ful", "less", "able", "ible", "ical", "ish"} {
		if strings.HasSuffix(t.Norm, e) {
			return true
		}
	}
	return false
}

var commonAdjectives = english.NewSet("young old new large small big major minor heavy light local foreign several other many early late high low long short poor rich white black red green good bad senior junior chief main key top unknown right left far-right recent further additional")

// postNumber are the determiners that can stand after a number.
var postNumber = english.NewSet("other more such most few many some")

// fractions stand before a noun with its determiner: "half the slaves".
var fractions = english.NewSet("half quarter third double twice")
