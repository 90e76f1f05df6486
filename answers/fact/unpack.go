package fact

import (
	"encoding/binary"
	"math"
	"sort"
	"time"

	"sourceline/answers/english"
	"sourceline/answers/quantity"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// Len is the number of facts.
func (p Packed) Len() int {
	u := unpacker{in: p}
	return u.uint()
}

// Fact is fact n of the article that was packed; nil where there is none.
func (p Packed) Fact(a *corpus.Article, n int) *Fact {
	f := p.Outline(a, n)
	if f != nil {
		f.Tokens = english.Tokens(f.Sentence.Text(), f.Sentence.Span.Start)
	}
	return f
}

// Outline is Fact without the tokens.
func (p Packed) Outline(a *corpus.Article, n int) *Fact {
	u, ok := p.at(n)
	if !ok {
		return nil
	}
	f := u.fact(a, n)
	if u.bad {
		return nil
	}
	return f
}

// Outlines are all facts of the article without their tokens, in order.
func (p Packed) Outlines(a *corpus.Article) []*Fact {
	u := unpacker{in: p}
	out := make([]*Fact, u.length())
	for range out {
		u.uint()
	}
	for i := range out {
		out[i] = u.fact(a, i)
	}
	return out
}

// Article is everything that was packed, tokens included.
func (p Packed) Article(a *corpus.Article) *Article {
	out := &Article{Article: a}
	for _, f := range p.Outlines(a) {
		f.Tokens = english.Tokens(f.Sentence.Text(), f.Sentence.Span.Start)
		out.Facts = append(out.Facts, *f)
	}
	out.Entities = p.Entities()
	return out
}

// Span is where sentence n stands in the text; empty where there is none.
func (p Packed) Span(n int) corpus.Span {
	u, ok := p.at(n)
	if !ok {
		return corpus.Span{}
	}
	u.byte()
	start := u.uint()
	return corpus.Span{Start: start, End: start + u.uint()}
}

// Find is the number of the fact whose sentence stands at the span. Ok is
// false where there is none.
func (p Packed) Find(s corpus.Span) (n int, ok bool) {
	n = sort.Search(p.Len(), func(i int) bool { return p.Span(i).Start >= s.Start })
	return n, n < p.Len() && p.Span(n) == s
}

// Holding is the number of the fact whose sentence holds the span.
func (p Packed) Holding(s corpus.Span) (n int, ok bool) {
	n = sort.Search(p.Len(), func(i int) bool { return p.Span(i).End >= s.End })
	return n, n < p.Len() && p.Span(n).Contains(s)
}

// Roles are the roles of the sentences, in order.
func (p Packed) Roles() []corpus.Role {
	u := unpacker{in: p}
	out := make([]corpus.Role, u.length())
	lengths := u
	for range out {
		u.uint()
	}
	for i := range out {
		n := lengths.uint()
		if n <= 0 || n > len(u.in) {
			break
		}
		out[i] = name(roles, u.in[0]>>roleShift)
		u.in = u.in[n:]
	}
	return out
}

// Entities are what the names of the article name.
func (p Packed) Entities() []Entity {
	u, ok := p.at(-1)
	if !ok {
		return nil
	}
	list := make([]Entity, 0, u.length())
	for range cap(list) {
		list = append(list, Entity{Type: name(nameTypes, u.byte()), Names: u.strings(), Roles: u.strings()})
	}
	return list
}

// at stands at the beginning of fact n, or for -1 behind the last.
func (p Packed) at(n int) (unpacker, bool) {
	u := unpacker{in: p}
	facts := u.length()
	if n >= facts || n < -1 {
		return u, false
	}
	skip := 0
	for i := range facts {
		length := u.uint()
		if i < n || n < 0 {
			skip += length
		}
	}
	if skip < 0 || skip > len(u.in) {
		return u, false
	}
	u.in = u.in[skip:]
	return u, !u.bad
}

// An unpacker reads what a packer wrote. What is cut short or no packer's work
// reads as zeros and sets bad: it never panics.
type unpacker struct {
	in   Packed
	base int
	bad  bool
}

func (u *unpacker) byte() byte {
	if len(u.in) == 0 {
		u.bad = true
		return 0
	}
	b := u.in[0]
	u.in = u.in[1:]
	return b
}

// uint64 reads a varint, most of which are a byte.
func (u *unpacker) uint64() uint64 {
	if len(u.in) > 0 && u.in[0] < 0x80 {
		v := uint64(u.in[0])
		u.in = u.in[1:]
		return v
	}
	return u.long()
}

// long is binary.Uvarint for strings.
func (u *unpacker) long() uint64 {
	var v uint64
	for i := range min(len(u.in), binary.MaxVarintLen64) {
		b := u.in[i]
		v |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			u.in = u.in[i+1:]
			return v
		}
	}
	u.bad, u.in = true, ""
	return 0
}

func (u *unpacker) uint() int { return int(u.uint64()) }

func (u *unpacker) int() int {
	v := u.uint64()
	return int(v>>1) ^ -int(v&1)
}

// length reads the length of a list, no more than there are bytes for.
func (u *unpacker) length() int {
	n := u.uint()
	if n < 0 || n > len(u.in) {
		u.bad = true
		return 0
	}
	return n
}

func (u *unpacker) span() corpus.Span {
	start := u.int() + u.base
	return corpus.Span{Start: start, End: start + u.int()}
}

func (u *unpacker) string() string {
	n := u.length()
	s := u.in[:n]
	u.in = u.in[n:]
	return string(s)
}

func (u *unpacker) strings() []string {
	n := u.length()
	if n == 0 {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = u.string()
	}
	return out
}

// name is the name of that number.
func name[T any](list []T, n byte) T {
	if int(n) >= len(list) {
		n = 0
	}
	return list[n]
}

func (u *unpacker) float() float64 {
	v := u.uint64()
	if v&1 == 0 {
		return float64(v >> 1)
	}
	if len(u.in) < 8 {
		u.bad = true
		return 0
	}
	bits := binary.LittleEndian.Uint64([]byte(u.in[:8]))
	u.in = u.in[8:]
	return math.Float64frombits(bits)
}

func (u *unpacker) time() time.Time {
	v := int64(u.int())
	switch {
	case v == 0:
		return time.Time{}
	case v&1 == 1:
		v = (v >> 1) * secondsADay
	default:
		v >>= 1
	}
	return time.Unix(v, 0).UTC()
}

func (u *unpacker) fact(a *corpus.Article, n int) *Fact {
	has := u.byte()
	f := &Fact{Number: n}
	u.base = 0
	start := u.uint()
	f.Sentence = corpus.Sentence{Article: a, Span: corpus.Span{Start: start, End: start + u.uint()}, Line: u.uint(), Paragraph: u.uint(), Role: name(roles, has>>roleShift)}
	if s := f.Sentence.Span; s.Start < 0 || s.End < s.Start || s.End > len(a.Text) {
		u.bad = true
		f.Sentence.Span = corpus.Span{}
	}
	f.ID = ID{a.ID, f.Sentence.Span}
	u.base = f.Sentence.Span.Start
	if has&hasCounts != 0 {
		f.Counts = make([]Count, u.length())
		for i := range f.Counts {
			u.count(a, &f.Counts[i])
		}
	}
	if has&hasMentions != 0 {
		f.Mentions = make([]Mention, u.length())
		for i := range f.Mentions {
			m := &f.Mentions[i]
			m.Span = u.span()
			m.Full = corpus.Span{Start: m.Span.Start - u.uint(), End: m.Span.End + u.int()}
			m.Type = name(nameTypes, u.byte())
			m.Entity = u.int()
		}
	}
	if has&hasTimes != 0 {
		f.Times = make([]timex.Time, u.length())
		for i := range f.Times {
			u.moment(a, &f.Times[i])
		}
	}
	if has&hasSays != 0 {
		f.Says = make([]Attribution, u.length())
		for i := range f.Says {
			f.Says[i] = Attribution{Speaker: u.span(), Cue: u.span(), Scope: u.span(), Entity: u.int(), Quote: u.byte()&1 != 0}
		}
	}
	if has&hasStandings != 0 {
		f.Standings = make([]StandingMark, u.length())
		for i := range f.Standings {
			f.Standings[i] = StandingMark{Standing: name(standings, u.byte()), Span: u.span(), Scope: u.span()}
		}
	}
	return f
}

// written reads a text that stands at the span, or that follows.
func (u *unpacker) written(a *corpus.Article, s corpus.Span) string {
	if u.uint() != 0 {
		return u.string()
	}
	if s.Start < 0 || s.End < s.Start || s.End > len(a.Text) {
		u.bad = true
		return ""
	}
	return a.Text[s.Start:s.End]
}

func (u *unpacker) moment(a *corpus.Article, t *timex.Time) {
	t.Span = u.span()
	t.Text = u.written(a, t.Span)
	t.Grain = name(grains, u.byte())
	b := u.byte()
	t.Range, t.Relative = b&1 != 0, b&2 != 0
	t.From = u.time()
	t.To = u.time()
}

func (u *unpacker) count(a *corpus.Article, c *Count) {
	u.quantity(a, &c.Quantity)
	c.Phrase = u.span()
	c.Head = u.string()
	c.Noun = u.span()
	c.Mods = u.strings()
	c.Group = u.strings()
	c.Of = u.strings()
	if n := u.length(); n > 0 {
		c.Events = make([]Event, n)
		for i := range c.Events {
			e := &c.Events[i]
			e.Lemma = u.string()
			e.Names = u.strings()
			e.Span = u.span()
			e.Relation = name(relations, u.byte())
			e.Negated = u.byte()&1 != 0
		}
	}
	c.Part = u.int()
	c.Implied = u.string()
	b := u.byte()
	c.Implicit, c.Definite, c.Partial, c.Others = b&1 != 0, b&2 != 0, b&4 != 0, b&8 != 0
	c.Increment, c.Toll, c.Earlier, c.Background = b&16 != 0, b&32 != 0, b&64 != 0, b&128 != 0
	c.Restated = u.byte()&1 != 0
	c.Says = u.int()
	c.Standing = name(standings, u.byte())
	c.Mark = u.int()
}

func (u *unpacker) quantity(a *corpus.Article, q *quantity.Quantity) {
	q.Low, q.High = u.float(), u.float()
	q.Bound, q.Unit.Kind = name(bounds, u.byte()), name(unitKinds, u.byte())
	q.Unit.Name = u.string()
	b := u.byte()
	q.Strict, q.Vague = b&1 != 0, b&2 != 0
	q.Span = u.span()
	q.Text = u.written(a, q.Span)
	q.Number = u.span()
	q.Bare = u.span()
}
