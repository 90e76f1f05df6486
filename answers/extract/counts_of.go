package extract

import (
	"slices"

	"sourceline/answers/fact"
)

// of collects what the prepositional phrases after the noun and after its
// event name.
func (l *linker) of(k int, c *fact.Count) {
	ch := &l.chunks[k]
	if ch.owner >= 0 {
		for i := ch.from; i < ch.owner; i++ {
			if l.tags[i].tag == nominal && (c.Noun.Len() == 0 || l.tokens[i].Start < c.Noun.Start) {
				c.Of = append(c.Of, l.tokens[i].Lemma)
			}
		}
	}
	l.appendOf(k+1, c, ofPhrases)
	l.allOfThem(k, c)
	for _, e := range c.Events {
		if e.Span.Start < c.Phrase.End {
			continue
		}
		for j := k + 1; j < len(l.chunks); j++ {
			if l.chunks[j].kind == verbChunk && l.tokens[l.chunks[j].main].Start == e.Span.Start {
				j = l.appendOf(j+1, c, ofPhrases)
				l.sharedOf(j, c)
				break
			}
		}
		break
	}
}

// allOfThem adds who all of those counted in noun chunk k are: "six people, ALL OF
// THEM REBELS", "ten people, ALL CIVILIANS,".
func (l *linker) allOfThem(k int, c *fact.Count) {
	j := k + 2
	if l.kind(k+1) != commaChunk || l.word(j) != "all" || l.kind(j) != nounChunk || l.chunks[j].q >= 0 {
		return
	}
	if l.kind(j+1) == ofChunk {
		j += 3
		if l.kind(j) == verbChunk && l.chunks[j].voice == copula {
			j++
		}
	}
	if l.kind(j) != nounChunk || l.chunks[j].main < 0 {
		return
	}
	if t := &l.tokens[l.chunks[j].main]; isPerson(t.Lemma) && pluralNoun(t) {
		c.Mods = append(c.Mods, t.Lemma)
	}
}

// ofPhrases is how many prepositional phrases after a noun or verb are taken
// to narrow it down.
const ofPhrases = 3

// appendOf adds the nouns of at most n prepositional phrases that begin at
// chunk j, and returns the chunk after them.
func (l *linker) appendOf(j int, c *fact.Count, n int) int {
	first := j
	for n > 0 && j < len(l.chunks) {
		switch l.chunks[j].kind {
		case timeChunk:
			j++
			continue
		case prepChunk, ofChunk:
			if j+1 >= len(l.chunks) {
				return j
			}
			np := &l.chunks[j+1]
			switch {
			case clauseCue(l.word(j)):
				return j
			case np.kind == timeChunk, l.word(j) == "by": // "published BY the police": they did it
				j += 2
				continue
			case np.kind != nounChunk || partCues.Has(l.tokens[l.chunks[j].from].Norm):
				return j
			}
			for i := np.from; i < np.to; i++ {
				t := &l.tokens[i]
				if (l.chunks[j].kind == prepChunk || j != first) && i < np.main && isPerson(t.Lemma) && !isPerson(l.tokens[np.main].Lemma) {
					continue // who is hurt "in front of a POLICE station" is none of the police
				}
				if (l.tags[i].tag == nominal || l.tags[i].tag == participle) && (t.Start >= c.Noun.End || t.End <= c.Noun.Start) && !slices.Contains(c.Of, t.Lemma) {
					c.Of = append(c.Of, t.Lemma)
					if j == first && l.chunks[j].kind == ofChunk {
						c.Group = append(c.Group, t.Lemma)
					}
				}
			}
			j += 2
			n--
		default:
			return j
		}
	}
	return j
}

// sharedOf carries a trailing phrase over both conjuncts: "16 killed and more
// than 1,600 wounded in the police".
func (l *linker) sharedOf(j int, c *fact.Count) {
	if len(c.Of) > 0 || j+2 >= len(l.chunks) || l.chunks[j].kind != coordChunk {
		return
	}
	if l.chunks[j+1].kind == nounChunk && l.chunks[j+1].q >= 0 && l.chunks[j+1].main < 0 && l.chunks[j+2].kind == verbChunk && l.chunks[j+2].voice == bare {
		l.appendOf(j+3, c, ofPhrases)
	}
}
