// Package quantity reads numbers as news writes them: as written and as meant.
package quantity

import (
	"sourceline/answers/english"
	"sourceline/corpus"
)

// A Bound tells which side of its value a quantity leaves open.
type Bound string

// The bounds of a quantity.
const (
	Exact   Bound = "exact"
	About   Bound = "about"    // about, some, nearly, almost, around
	AtLeast Bound = "at least" // at least, more than, over, just over
	AtMost  Bound = "at most"  // at most, up to, fewer than, under
)

// A Quantity is a number or a range with its hedge and unit.
type Quantity struct {
	Low, High float64 // equal unless it is a range; "dozens" is 24 to +Inf with bound about
	Bound     Bound
	Strict    bool        // the value itself is left out: more than, fewer than
	Unit      Unit        // Kind Count and no name for things that are counted
	Vague     bool        // written without a number: "dozens", "several", "tens"
	Text      string      // as written, hedge and unit included, the counted noun left out: "some 2,030", "two to three billion dollars"
	Span      corpus.Span // of Text
	Number    corpus.Span // without hedge and unit: "2,030", "two to three billion"
	Bare      corpus.Span // without hedge, the unit kept: "two to three billion dollars", "$94,000"
}

// A UnitKind is what a unit measures.
type UnitKind string

// The kinds of unit.
const (
	Count       UnitKind = "count"
	Percent     UnitKind = "percent"
	Money       UnitKind = "money"
	Duration    UnitKind = "duration"
	Age         UnitKind = "age"
	Length      UnitKind = "length"
	Area        UnitKind = "area"
	Volume      UnitKind = "volume"
	Weight      UnitKind = "weight"
	Speed       UnitKind = "speed"
	Temperature UnitKind = "temperature"
	Data        UnitKind = "data"     // bytes, bits
	Power       UnitKind = "power"    // watts, joules, volts
	Multiple    UnitKind = "multiple" // "doubled", "threefold", "near-doubling": Low is the factor
	Magnitude   UnitKind = "magnitude"
	Share       UnitKind = "share" // a part of a whole: "two-thirds", "one in four", "half"; Low is the fraction
	Other       UnitKind = "other"
)

// A Unit is what a quantity is measured in.
type Unit struct {
	Kind UnitKind
	Name string // normal form, singular: "dollar", "percentage", "year of age", "kilometre", "dollar per share"; "" for a plain count
}

// Find returns the quantities of a sentence, ascending by span, not
// overlapping. The offsets of the tokens count in text, which may be the
// sentence or the article that it stands in. Years, dates, clock times, list
// numbers, scores, phone-like strings and numbers that are part of a name are
// none.
func Find(text string, tokens []english.Token) []Quantity {
	return AppendFound(nil, text, tokens)
}

// AppendFound is Find into an existing slice.
func AppendFound(out []Quantity, text string, tokens []english.Token) []Quantity {
	s := scanner{text: text, tok: tokens, out: out}
	for i := 0; i < len(tokens); {
		i = s.step(i)
	}
	return s.out
}

// Parse reads a text that is one quantity and nothing else, hedge and unit
// included: "nearly 8,000", "two to three billion dollars". What its
// surroundings would make of it plays no part: "2019" is a number here.
func Parse(text string) (Quantity, bool) {
	s := scanner{text: text, tok: english.Tokens(text, 0), alone: true}
	if len(s.tok) == 0 {
		return Quantity{}, false
	}
	for i := 0; i < len(s.tok); {
		i = s.step(i)
	}
	first, last := s.tok[0], s.tok[len(s.tok)-1]
	if len(s.out) != 1 || s.out[0].Span.Start != first.Start || s.out[0].Span.End != last.End {
		return Quantity{}, false
	}
	return s.out[0], true
}
