package extract

import (
	"slices"

	"sourceline/answers/english"
)

// conjoin finds, for every noun chunk, the noun chunk that it is coordinated
// with. Of several the counted one is taken, then persons, then the nearest of
// these, or else the outermost.
func (l *linker) conjoin() {
	l.conjunct = slices.Grow(l.conjunct[:0], len(l.chunks))[:len(l.chunks)]
	for k := range l.conjunct {
		l.conjunct[k] = -1
	}
	for k := range l.chunks {
		if l.chunks[k].kind != nounChunk {
			continue
		}
		next := l.nextConjunct(k)
		if next < 0 {
			continue
		}
		rank := l.conjunctRank(k)
		if had := l.conjunct[next]; had < 0 || rank > l.conjunctRank(had) || rank >= 2 && rank == l.conjunctRank(had) {
			l.conjunct[next] = k
		}
	}
}

func (l *linker) conjunctRank(k int) int {
	ch := &l.chunks[k]
	head := l.tokens[ch.main2()].Lemma
	switch {
	case ch.q >= 0:
		return 3
	case isPerson(head), l.kind(k-1) == ofChunk && l.kind(k-2) == nounChunk && casualtyEvents(english.Events(eventLemma(&l.tokens[l.chunks[k-2].main2()]))):
		return 2
	case len(english.Events(head)) > 0:
		return 0
	default:
		return 1
	}
}

// nextConjunct is the noun chunk that is coordinated with noun chunk k to its
// right; -1.
func (l *linker) nextConjunct(k int) int {
	j := l.after(k)
	switch l.kind(j) {
	case coordChunk:
		if n := l.skipTimes(j + 1); l.kind(n) == nounChunk && !nominative.Has(l.word(n)) {
			return n
		}
	case commaChunk:
		if l.kind(j+1) == coordChunk && l.kind(j+2) == nounChunk {
			return j + 2
		}
		if l.kind(j+1) == nounChunk && l.inList(j+1) && !l.opens(k) {
			return j + 1
		}
		// "the six priests, five of whom were Spaniards, and two women"
		if n := l.nextComma(j); n > 0 && l.kind(n+1) == coordChunk && l.kind(n+2) == nounChunk && l.aside(j) {
			return n + 2
		}
	}
	return -1
}

// nominative pronouns begin a clause of their own after "and".
var nominative = english.NewSet("he she they it we i")

// opens reports whether noun chunk k ends the phrase that a sentence or
// clause begins with: "On 16 November in the capital, six priests ...".
func (l *linker) opens(k int) bool {
	for k >= 2 && l.kind(k-1) == ofChunk && l.kind(k-2) == nounChunk {
		k -= 2
	}
	if l.kind(k-1) != prepChunk {
		return false
	}
	for j := k - 1; ; j-- {
		switch l.kind(j) {
		case prepChunk, timeChunk, ofChunk:
			continue
		case nounChunk:
			if l.kind(j-1) == prepChunk || l.kind(j-1) == ofChunk {
				continue
			}
			return false
		case stopChunk, subChunk, closeChunk, dashChunk:
			return true
		}
		return false
	}
}

// aside reports whether a relative clause or an apposition with a count begins
// after the comma at chunk j.
func (l *linker) aside(j int) bool {
	switch l.kind(j + 1) {
	case relChunk:
		return true
	case nounChunk:
		return l.kind(j+2) == ofChunk
	case prepChunk:
		return partCues.Has(l.word(j + 1))
	}
	return false
}

// inList reports whether the noun chunk after a comma goes on a list that
// ends with "and".
func (l *linker) inList(k int) bool {
	for n := 0; n < 8; n++ {
		j := l.after(k)
		switch {
		case l.kind(j) == coordChunk && l.kind(j+1) == nounChunk:
			return true
		case l.kind(j) == commaChunk && l.kind(j+1) == coordChunk && l.kind(j+2) == nounChunk:
			return true
		case l.kind(j) == commaChunk && l.kind(j+1) == nounChunk:
			k = j + 1
		default:
			return false
		}
	}
	return false
}
