package index

import (
	"encoding/binary"
	"errors"

	"sourceline/answers/fact"
	"sourceline/corpus"
)

// ErrForm says that bytes are no index of the articles.
var ErrForm = errors.New("it is not in the form of an index of these articles")

// Append writes the index behind the bytes: everything but the articles.
//
// The form is the number of articles, of each the length of its packed facts
// and those; the terms, each with its length, the number of its facts, its
// first block, where its bytes begin, and how often it is written as a word;
// the blocks; the bytes of the lists; and the two sets of facts. Numbers are
// varints.
func (m *Memory) Append(out []byte) []byte {
	out = binary.AppendUvarint(out, uint64(len(m.articles)))
	for _, p := range m.packed {
		out = appendString(out, string(p))
	}
	words := make(map[string]int, len(m.words.terms))
	for _, t := range m.words.terms {
		words[t.Text] = t.Facts
	}
	terms := sortedTerms(m.terms)
	out = binary.AppendUvarint(out, uint64(len(terms)))
	for _, t := range terms {
		p := m.terms[t]
		out = appendString(out, t)
		for _, n := range []int{int(p.facts), int(p.block), int(p.start), words[t]} {
			out = binary.AppendUvarint(out, uint64(n))
		}
	}
	out = binary.AppendUvarint(out, uint64(len(m.lists.blocks)))
	for _, b := range m.lists.blocks {
		out = binary.AppendUvarint(out, uint64(b.last))
		out = binary.AppendUvarint(out, uint64(b.end))
	}
	out = appendString(out, string(m.lists.data))
	for _, set := range []bitmap{m.figures, m.times} {
		out = binary.AppendUvarint(out, uint64(len(set)))
		for _, w := range set {
			out = binary.LittleEndian.AppendUint64(out, w)
		}
	}
	return out
}

func appendString(out []byte, s string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(s))), s...)
}

// Restore reads what Append wrote of an index of these articles. What is read
// shares the text's memory. The error is ErrForm.
func Restore(text string, articles []*corpus.Article) (*Memory, error) {
	r := reader{in: text}
	if r.length() != len(articles) {
		return nil, ErrForm
	}
	m := &Memory{articles: articles, first: make([]int32, 1, len(articles)+1), place: make(map[string]int32, len(articles)), packed: make([]fact.Packed, len(articles))}
	for i, a := range articles {
		m.packed[i] = fact.Packed(r.string())
		m.place[a.ID] = int32(i)
		m.first = append(m.first, m.first[i]+int32(m.packed[i].Len()))
	}
	n := r.length()
	m.terms = make(map[string]posting, n)
	for range n {
		t := r.string()
		p := posting{facts: int32(r.uint()), block: int32(r.uint()), start: uint32(r.uint())}
		if facts := r.uint(); facts > 0 {
			m.words.terms = append(m.words.terms, Term{t, facts})
		}
		m.terms[t] = p
	}
	m.lists.blocks = make([]block, r.length())
	for i := range m.lists.blocks {
		m.lists.blocks[i] = block{int32(r.uint()), uint32(r.uint())}
	}
	m.lists.data = []byte(r.string())
	for _, set := range []*bitmap{&m.figures, &m.times} {
		*set = make(bitmap, r.length())
		for i := range *set {
			(*set)[i] = r.word()
		}
	}
	if r.bad || r.in != "" || !m.sound() {
		return nil, ErrForm
	}
	return m, nil
}

// sound reports whether no list reaches beyond what there is.
func (m *Memory) sound() bool {
	end := uint32(0)
	for _, b := range m.lists.blocks {
		if b.end <= end || int(b.end) > len(m.lists.data) {
			return false
		}
		end = b.end
	}
	for _, p := range m.terms {
		blocks := (int(p.facts) + blockLen - 1) / blockLen
		if p.facts <= 0 || p.block < 0 || int(p.block)+blocks > len(m.lists.blocks) || p.start >= m.lists.blocks[p.block].end {
			return false
		}
	}
	return m.first[len(m.articles)] >= 0
}

// A reader reads varints and what they tell the length of.
type reader struct {
	in  string
	bad bool
}

func (r *reader) uint() int {
	var v uint64
	for i := range min(len(r.in), binary.MaxVarintLen64) {
		b := r.in[i]
		v |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.in = r.in[i+1:]
			return int(v)
		}
	}
	r.bad, r.in = true, ""
	return 0
}

// length reads a number of things that take a byte each at least.
func (r *reader) length() int {
	n := r.uint()
	if n < 0 || n > len(r.in) {
		r.bad = true
		return 0
	}
	return n
}

func (r *reader) string() string {
	n := r.length()
	s := r.in[:n]
	r.in = r.in[n:]
	return s
}

func (r *reader) word() uint64 {
	if len(r.in) < 8 {
		r.bad = true
		return 0
	}
	v := binary.LittleEndian.Uint64([]byte(r.in[:8]))
	r.in = r.in[8:]
	return v
}
