package index

import (
	"encoding/binary"
	"math"
	"sort"
)

// blockLen is how many facts a block of a posting list has: the unit that is
// skipped or read whole.
const blockLen = 128

// noFact stands behind the last fact of a list.
const noFact = math.MaxInt32

// A posting is where the facts of a term are written: their count, where its
// bytes begin and which of the blocks are its own. A list is the differences
// of its ascending fact numbers as varints; a block begins with the difference
// to the last number of the block before, which stands in the directory with
// where the block begins, so that a search goes there at once.
type posting struct {
	facts int32  // how many facts have the term
	block int32  // its first block in the directory
	start uint32 // of its bytes
}

// A block is an entry of the directory.
type block struct {
	last int32  // the last fact of the block
	end  uint32 // where its bytes end
}

// lists are the postings of all terms.
type lists struct {
	data   []byte
	blocks []block
}

// A listBuilder collects the facts of one term.
type listBuilder struct {
	data   []byte
	last   int32
	facts  int32
	words  int32 // how often the term is written as a word
	blocks []block
}

// add adds a fact that is above all before it; the one that was added last is
// passed over.
func (l *listBuilder) add(n int32) {
	if l.facts > 0 && l.last == n {
		return
	}
	if d := n - l.last; d < 0x80 {
		l.data = append(l.data, byte(d))
	} else {
		l.data = binary.AppendUvarint(l.data, uint64(d))
	}
	l.last = n
	l.facts++
	if l.facts%blockLen == 0 {
		l.blocks = append(l.blocks, block{n, uint32(len(l.data))})
	}
}

// put closes a list and writes it behind the others.
func (s *lists) put(l *listBuilder) posting {
	p := posting{facts: l.facts, block: int32(len(s.blocks)), start: uint32(len(s.data))}
	if l.facts%blockLen != 0 {
		l.blocks = append(l.blocks, block{l.last, uint32(len(l.data))})
	}
	for _, b := range l.blocks {
		s.blocks = append(s.blocks, block{b.last, p.start + b.end})
	}
	s.data = append(s.data, l.data...)
	return p
}

// A cursor walks over the facts of one term, ascending.
type cursor struct {
	s      *lists
	p      posting
	blocks []block // of the list
	at     int     // block that is read
	buf    [blockLen]int32
	n, i   int   // facts in buf, and the current one
	now    int32 // the current fact; noFact at the end
}

// open stands at the first fact of the list.
func (c *cursor) open(s *lists, p posting) {
	c.s, c.p = s, p
	c.blocks = s.blocks[p.block : int(p.block)+(int(p.facts)+blockLen-1)/blockLen]
	if p.facts == 0 {
		c.now = noFact
		return
	}
	c.read(0)
}

// read reads block k.
func (c *cursor) read(k int) {
	from, last := c.p.start, int32(0)
	if k > 0 {
		from, last = c.blocks[k-1].end, c.blocks[k-1].last
	}
	data := c.s.data[from:c.blocks[k].end]
	n := 0
	for len(data) > 0 && n < blockLen {
		if b := data[0]; b < 0x80 {
			last += int32(b)
			data = data[1:]
		} else {
			v, size := binary.Uvarint(data)
			last += int32(v)
			data = data[max(1, size):]
		}
		c.buf[n] = last
		n++
	}
	c.at, c.n, c.i, c.now = k, n, 0, c.buf[0]
}

// next goes one fact on.
func (c *cursor) next() {
	switch {
	case c.i+1 < c.n:
		c.i++
		c.now = c.buf[c.i]
	case c.at+1 < len(c.blocks):
		c.read(c.at + 1)
	default:
		c.now = noFact
	}
}

// seek goes to the first fact that is at least n. It never goes back.
func (c *cursor) seek(n int32) {
	if c.now >= n {
		return
	}
	if c.blocks[c.at].last < n {
		// Most searches go a little way: look in growing steps first.
		lo, step := c.at+1, 1
		for lo+step < len(c.blocks) && c.blocks[lo+step].last < n {
			lo += step
			step *= 2
		}
		rest := c.blocks[lo:min(len(c.blocks), lo+step+1)]
		k := lo + sort.Search(len(rest), func(i int) bool { return rest[i].last >= n })
		if k >= len(c.blocks) {
			c.now, c.at, c.n, c.i = noFact, len(c.blocks)-1, 0, 0
			return
		}
		c.read(k)
	}
	rest := c.buf[c.i:c.n]
	c.i += sort.Search(len(rest), func(i int) bool { return rest[i] >= n })
	c.now = c.buf[c.i]
}

// within reports whether the list has a fact in the half-open range.
func (s *lists) within(p posting, from, to int32) bool { return s.first(p, from) < to }

// first is the first fact of the list that is at least n; noFact where there is
// none.
func (s *lists) first(p posting, n int32) int32 {
	blocks := s.blocks[p.block : int(p.block)+(int(p.facts)+blockLen-1)/blockLen]
	k := sort.Search(len(blocks), func(i int) bool { return blocks[i].last >= n })
	if k == len(blocks) {
		return noFact
	}
	at, last := p.start, int32(0)
	if k > 0 {
		at, last = blocks[k-1].end, blocks[k-1].last
	}
	for data := s.data[at:blocks[k].end]; len(data) > 0; {
		v, size := binary.Uvarint(data)
		data = data[max(1, size):]
		if last += int32(v); last >= n {
			return last
		}
	}
	return noFact
}
