package extract

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/corpus"
)

// A Phrase is a noun phrase with what happened to it or was done by it.
type Phrase struct {
	Span   corpus.Span // the noun with what stands before it
	Whole  corpus.Span // with the "of" phrases after it
	Head   string      // lemma of the noun
	Events []fact.Event
}

// A Verb is a verb of a sentence with its auxiliaries.
type Verb struct {
	Span  corpus.Span // "have never fired"
	Lemma string
	Names []string // english.Events(Lemma)
}

// Same reports whether v and w are one verb of one sentence.
func (v Verb) Same(w Verb) bool { return v.Span == w.Span }

// A Reading is the grammar of one sentence, as far as answering needs it. It
// is made when a question asks for it: a corpus holds too many sentences to
// keep it.
type Reading struct {
	Phrases []Phrase
	Verbs   []Verb
	linker  *linker
}

// Read reads the grammar of the fact's sentence.
func Read(f *fact.Fact) *Reading {
	var quantities []quantity.Quantity
	for i := range f.Counts {
		if c := &f.Counts[i]; !c.Implicit && (len(quantities) == 0 || c.Quantity.Span.Start >= quantities[len(quantities)-1].Span.End) {
			quantities = append(quantities, c.Quantity)
		}
	}
	l := new(linker)
	l.read(f.Tokens, quantities, f.Times)
	l.conjoin()
	r := &Reading{linker: l}
	for k := range l.chunks {
		switch ch := &l.chunks[k]; ch.kind {
		case nounChunk:
			r.Phrases = append(r.Phrases, l.roles(k))
		case verbChunk:
			t := &l.tokens[ch.main]
			r.Verbs = append(r.Verbs, Verb{Span: l.chunkSpan(k), Lemma: eventLemma(t), Names: english.Events(eventLemma(t))})
		}
	}
	return r
}

func (l *linker) chunkSpan(k int) corpus.Span {
	ch := &l.chunks[k]
	return corpus.Span{Start: l.tokens[ch.from].Start, End: l.tokens[ch.to-1].End}
}

// roles is noun chunk k with its events.
func (l *linker) roles(k int) Phrase {
	p := Phrase{Span: l.chunkSpan(k), Head: l.tokens[l.chunks[k].main2()].Lemma}
	p.Whole = p.Span
	for j := k + 1; l.kind(j) == ofChunk && l.kind(j+1) == nounChunk; j += 2 {
		p.Whole.End = l.chunkSpan(j + 1).End
	}
	c := fact.Count{Quantity: quantity.Quantity{Low: 1, High: 1}, Phrase: p.Span}
	l.events(k, &c)
	p.Events = c.Events
	return p
}

// Governors are the verbs that the span may belong to, the likelier first: the
// closest one before it in its clause, then the closest one after it. A span
// that opens its clause belongs to the verb after it.
func (r *Reading) Governors(s corpus.Span) []Verb {
	l := r.linker
	at := slices.IndexFunc(l.chunks, func(ch chunk) bool { return l.tokens[ch.to-1].End > s.Start })
	if at < 0 {
		return nil
	}
	left, right := l.verbFrom(at-1, -1), l.verbFrom(at, +1)
	if l.chunks[at].kind == verbChunk {
		left = at
	}
	var out []Verb
	for _, k := range [...]int{left, right} {
		if k >= 0 {
			t := &l.tokens[l.chunks[k].main]
			out = append(out, Verb{Span: l.chunkSpan(k), Lemma: eventLemma(t), Names: english.Events(eventLemma(t))})
		}
	}
	return out
}

// verbFrom is the first verb chunk from chunk k on in the direction, as far as
// the clause goes; -1 where there is none.
func (l *linker) verbFrom(k, step int) int {
	for ; k >= 0 && k < len(l.chunks); k += step {
		switch l.chunks[k].kind {
		case verbChunk:
			return k
		case stopChunk, dashChunk, subChunk, relChunk:
			return -1
		}
	}
	return -1
}
