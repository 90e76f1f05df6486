package english

import (
	"math/bits"
	"strings"
)

// A Table holds a value for each of some folded words. Most words of a text
// stand in none of the tables that they are looked for in, and a filter tells
// so by three of their letters, without a look at the map. It never changes.
type Table[V any] struct {
	filter []uint64
	shift  uint8
	words  map[string]V
}

// A Set is a table that only tells which words it has.
type Set = Table[struct{}]

// Sizes of a filter, in bits: for each word, and at least.
const (
	filterBitsAWord = 8
	minFilterBits   = 512
)

// NewTable is the table of the words of a map, which must not change
// afterwards.
func NewTable[V any](words map[string]V) *Table[V] {
	size := bits.Len(uint(max(minFilterBits, filterBitsAWord*len(words)) - 1))
	t := &Table[V]{filter: make([]uint64, 1<<(size-6)), shift: uint8(32 - size), words: words}
	for w := range words {
		n := t.bit(w)
		t.filter[n>>6] |= 1 << (n & 63)
	}
	return t
}

// NewSet is the set of the words of lists, with white space between them.
func NewSet(lists ...string) *Set {
	words := map[string]struct{}{}
	for _, list := range lists {
		for w := range strings.FieldsSeq(list) {
			words[w] = struct{}{}
		}
	}
	return NewTable(words)
}

// Union is the set of the words of all of the sets.
func Union(sets ...*Set) *Set {
	words := map[string]struct{}{}
	for _, s := range sets {
		for w := range s.words {
			words[w] = struct{}{}
		}
	}
	return NewTable(words)
}

// bit is the place of a word in the filter: by its length and its first, last
// and middle bytes, spread by Knuth's multiplier.
func (t *Table[V]) bit(w string) uint32 {
	n := len(w)
	if n == 0 {
		return 0
	}
	h := uint32(w[0]) | uint32(w[n-1])<<8 | uint32(w[n/2])<<16 | uint32(n)<<24
	return h * 2654435761 >> t.shift
}

// may reports whether the table can have the word.
func (t *Table[V]) may(w string) bool {
	n := t.bit(w)
	return t.filter[n>>6]&(1<<(n&63)) != 0
}

// Has reports whether the table has the word.
func (t *Table[V]) Has(w string) bool {
	if !t.may(w) {
		return false
	}
	_, ok := t.words[w]
	return ok
}

// Of is the value of the word; the zero value where the table does not have it.
func (t *Table[V]) Of(w string) V {
	if !t.may(w) {
		var none V
		return none
	}
	return t.words[w]
}

// Find is Of, and whether the table has the word.
func (t *Table[V]) Find(w string) (V, bool) {
	if !t.may(w) {
		var none V
		return none, false
	}
	v, ok := t.words[w]
	return v, ok
}
