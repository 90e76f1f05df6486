package english

import (
	"maps"
	"math/bits"
	"slices"
	"strings"
)

// A Table holds a value for each of some folded words. Most words of a text
// stand in none of the tables that they are looked for in, and a filter tells
// so by three of their letters. It never changes.
type Table[V any] struct {
	filter []uint64
	slots  []uint32 // by the hash of a word: its place in words, one more, and the upper half of its hash
	words  []string
	values []V
	shift  uint8 // brings a hash to the size of slots
}

// A Set is a table that only tells which words it has.
type Set = Table[struct{}]

// Sizes of a table: the slots for each of its words, at least, and the slots
// for each 64 bits of the filter. Both lists have a power of two for length.
const (
	wordSlots = 2
	cellSlots = 8
)

// maxTable is how many words a table has at most.
const maxTable = 1<<16 - 2

// NewTable is the table of at most 65,534 words.
func NewTable[V any](words map[string]V) *Table[V] {
	if len(words) > maxTable {
		panic("english: a table of too many words") // compiled in
	}
	size := max(bits.Len(uint(wordSlots*len(words))), bits.Len(cellSlots))
	t := &Table[V]{filter: make([]uint64, 1<<size/cellSlots), slots: make([]uint32, 1<<size), shift: uint8(32 - size)}
	for _, w := range slices.Sorted(maps.Keys(words)) {
		h := letters(w)
		t.filter[t.cell(h)] |= 1 << (h & 63)
		at := h >> t.shift
		for t.slots[at] != 0 {
			at = t.next(at)
		}
		t.words, t.values = append(t.words, w), append(t.values, words[w])
		t.slots[at] = h&tagBits | uint32(len(t.words))
	}
	return t
}

// tagBits are the bits of a hash that stand in its slot.
const tagBits = 0xffff << 16

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
		for _, w := range s.words {
			words[w] = struct{}{}
		}
	}
	return NewTable(words)
}

// letters is a hash of a word: its length and its first, last and middle bytes,
// spread by Knuth's multiplier.
func letters(w string) uint32 {
	n := len(w)
	if n == 0 {
		return 0
	}
	h := (uint32(w[0]) | uint32(w[n-1])<<8 | uint32(w[n/2])<<16 | uint32(n)<<24) * 2654435761
	return h ^ h>>16
}

// cell is the place of a hash in the filter.
func (t *Table[V]) cell(h uint32) uint32 { return h >> 6 & uint32(len(t.filter)-1) }

func (t *Table[V]) next(slot uint32) uint32 { return (slot + 1) & uint32(len(t.slots)-1) }

// place is the place of a word; -1 where the table does not have it.
func (t *Table[V]) place(w string) int {
	h := letters(w)
	if t.filter[t.cell(h)]&(1<<(h&63)) == 0 {
		return -1
	}
	for at := h >> t.shift; t.slots[at] != 0; at = t.next(at) {
		if s := t.slots[at]; s&tagBits == h&tagBits && t.words[s&^tagBits-1] == w {
			return int(s&^tagBits) - 1
		}
	}
	return -1
}

// Words are the words of the table, sorted. The caller must not change them.
func (t *Table[V]) Words() []string { return t.words }

// Has reports whether the table has the word.
func (t *Table[V]) Has(w string) bool { return t.place(w) >= 0 }

// Of is the value of the word; the zero value where the table does not have it.
func (t *Table[V]) Of(w string) V {
	v, _ := t.Find(w)
	return v
}

// Find is Of, and whether the table has the word.
func (t *Table[V]) Find(w string) (V, bool) {
	if n := t.place(w); n >= 0 {
		return t.values[n], true
	}
	var none V
	return none, false
}
