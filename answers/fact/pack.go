package fact

import (
	"encoding/binary"
	"math"
	"strings"
	"sync"
	"time"

	"sourceline/answers/quantity"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// Packed is what was found in one article, in a compact form from which single
// facts are read: varints, spans counted from their sentence, strings as they
// are. Tokens are not in it: they are made again from the text.
//
// It is the number of facts, the length in bytes of each, the facts, and the
// entities. A fact is a byte of what it has, its sentence, and then its counts,
// mentions, times, attributions and standings, each list with its length
// before it. A string is shared with what is read from it, so that reading
// copies none.
type Packed string

// What a fact has, in its first byte; the upper bits are its role.
const (
	hasCounts = 1 << iota
	hasMentions
	hasTimes
	hasSays
	hasStandings
	roleShift = iota
)

// The names that are written as their number. The order is part of the form.
var (
	roles     = []corpus.Role{"", corpus.Headline, corpus.Body, corpus.Caption, corpus.Teaser, corpus.Furniture}
	bounds    = []quantity.Bound{"", quantity.Exact, quantity.About, quantity.AtLeast, quantity.AtMost}
	unitKinds = []quantity.UnitKind{"", quantity.Count, quantity.Percent, quantity.Money, quantity.Duration, quantity.Age, quantity.Length,
		quantity.Area, quantity.Volume, quantity.Weight, quantity.Speed, quantity.Temperature, quantity.Data, quantity.Power,
		quantity.Multiple, quantity.Magnitude, quantity.Share, quantity.Other}
	relations = []Relation{"", Patient, Agent, Nominal}
	nameTypes = []NameType{"", PersonName, OrgName, PlaceName, UnknownName}
	standings = []Standing{"", Asserted, Denied, Withdrawn, Unverified, Expected}
	grains    = []timex.Grain{"", timex.Minute, timex.Day, timex.Week, timex.Month, timex.Season, timex.Year, timex.Decade, timex.Century, timex.Vague}
)

// Pack writes what was found in the article in compact form.
func Pack(a *Article) Packed {
	var buf [expectedHead]byte
	room := bodies.Get().(*[]byte)
	head, body := packer{out: buf[:0]}, packer{out: (*room)[:0]}
	head.uint(len(a.Facts))
	for i := range a.Facts {
		before := len(body.out)
		body.fact(&a.Facts[i])
		head.uint(len(body.out) - before)
	}
	body.uint(len(a.Entities))
	for _, e := range a.Entities {
		body.out = append(body.out, number(nameTypes, e.Type))
		body.strings(e.Names)
		body.strings(e.Roles)
	}
	var out strings.Builder
	out.Grow(len(head.out) + len(body.out))
	out.Write(head.out)
	out.Write(body.out)
	*room = body.out
	bodies.Put(room)
	return Packed(out.String())
}

// expectedHead are bytes that few articles' list of lengths takes more of.
const expectedHead = 512

// bodies is memory in which facts were packed before.
var bodies = sync.Pool{New: func() any { return new([]byte) }}

// A packer writes the form. Spans are counted from base.
type packer struct {
	out  []byte
	base int
}

// number is the place of v in a list of names. One that is not listed is a
// defect of this file, not of the article.
func number[T comparable](list []T, v T) byte {
	for i, w := range list {
		if v == w {
			return byte(i)
		}
	}
	panic("fact: a name that Pack does not know")
}

func (p *packer) uint(n int) { p.out = binary.AppendUvarint(p.out, uint64(n)) }
func (p *packer) int(n int)  { p.out = binary.AppendVarint(p.out, int64(n)) }
func (p *packer) span(s corpus.Span) {
	p.int(s.Start - p.base)
	p.int(s.End - s.Start)
}

func (p *packer) string(s string) {
	p.uint(len(s))
	p.out = append(p.out, s...)
}

func (p *packer) strings(list []string) {
	p.uint(len(list))
	for _, s := range list {
		p.string(s)
	}
}

// bits writes up to eight truths as a byte.
func (p *packer) bits(list ...bool) {
	b := byte(0)
	for i, v := range list {
		if v {
			b |= 1 << i
		}
	}
	p.out = append(p.out, b)
}

// float writes a number: a whole one short, any other in full.
func (p *packer) float(v float64) {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 && !math.Signbit(v) {
		p.uint(int(v) << 1)
		return
	}
	p.uint(1)
	p.out = binary.LittleEndian.AppendUint64(p.out, math.Float64bits(v))
}

// secondsADay tells midnights, which are written as days.
const secondsADay = 24 * 60 * 60

// time writes a time of UTC in seconds; midnights, which are the rule, in days.
func (p *packer) time(t time.Time) {
	s := t.Unix()
	switch {
	case t.IsZero():
		p.int(0)
	case s%secondsADay == 0:
		p.int(int(s/secondsADay)<<1 | 1) // never 0
	default:
		p.int(int(s) << 1) // never 0: the epoch is a midnight
	}
}

func (p *packer) fact(f *Fact) {
	has := func(n int, bit byte) byte {
		if n > 0 {
			return bit
		}
		return 0
	}
	p.out = append(p.out, number(roles, f.Sentence.Role)<<roleShift|
		has(len(f.Counts), hasCounts)|has(len(f.Mentions), hasMentions)|has(len(f.Times), hasTimes)|has(len(f.Says), hasSays)|has(len(f.Standings), hasStandings))
	p.base = 0
	p.uint(f.Sentence.Span.Start)
	p.uint(f.Sentence.Span.Len())
	p.uint(f.Sentence.Line)
	p.uint(f.Sentence.Paragraph)
	p.base = f.Sentence.Span.Start
	if len(f.Counts) > 0 {
		p.uint(len(f.Counts))
		for i := range f.Counts {
			p.count(f, &f.Counts[i])
		}
	}
	if len(f.Mentions) > 0 {
		p.uint(len(f.Mentions))
		for _, m := range f.Mentions {
			p.span(m.Span)
			p.uint(m.Span.Start - m.Full.Start) // nothing follows a name
			p.int(m.Full.End - m.Span.End)
			p.out = append(p.out, number(nameTypes, m.Type))
			p.int(m.Entity)
		}
	}
	if len(f.Times) > 0 {
		p.uint(len(f.Times))
		for _, t := range f.Times {
			p.moment(f, t)
		}
	}
	if len(f.Says) > 0 {
		p.uint(len(f.Says))
		for _, s := range f.Says {
			p.span(s.Speaker)
			p.span(s.Cue)
			p.span(s.Scope)
			p.int(s.Entity)
			p.bits(s.Quote)
		}
	}
	if len(f.Standings) > 0 {
		p.uint(len(f.Standings))
		for _, m := range f.Standings {
			p.out = append(p.out, number(standings, m.Standing))
			p.span(m.Span)
			p.span(m.Scope)
		}
	}
}

// written writes a text that is, as a rule, what stands at the span.
func (p *packer) written(f *Fact, s corpus.Span, text string) {
	article := f.Sentence.Article.Text
	if s.Start >= 0 && s.Start <= s.End && s.End <= len(article) && article[s.Start:s.End] == text {
		p.uint(0)
		return
	}
	p.uint(1)
	p.string(text)
}

func (p *packer) moment(f *Fact, t timex.Time) {
	p.span(t.Span)
	p.written(f, t.Span, t.Text)
	p.out = append(p.out, number(grains, t.Grain))
	p.bits(t.Range, t.Relative)
	p.time(t.From)
	p.time(t.To)
}

func (p *packer) count(f *Fact, c *Count) {
	p.quantity(f, c.Quantity)
	p.span(c.Phrase)
	p.string(c.Head)
	p.span(c.Noun)
	p.strings(c.Mods)
	p.strings(c.Group)
	p.strings(c.Of)
	p.uint(len(c.Events))
	for _, e := range c.Events {
		p.string(e.Lemma)
		p.strings(e.Names)
		p.span(e.Span)
		p.out = append(p.out, number(relations, e.Relation))
		p.bits(e.Negated)
	}
	p.int(c.Part)
	p.string(c.Implied)
	p.bits(c.Implicit, c.Definite, c.Partial, c.Others, c.Increment, c.Toll, c.Earlier, c.Background)
	p.bits(c.Restated)
	p.int(c.Says)
	p.out = append(p.out, number(standings, c.Standing))
	p.int(c.Mark)
}

func (p *packer) quantity(f *Fact, q quantity.Quantity) {
	p.float(q.Low)
	p.float(q.High)
	p.out = append(p.out, number(bounds, q.Bound), number(unitKinds, q.Unit.Kind))
	p.string(q.Unit.Name)
	p.bits(q.Strict, q.Vague)
	p.span(q.Span)
	p.written(f, q.Span, q.Text)
	p.span(q.Number)
	p.span(q.Bare)
}
