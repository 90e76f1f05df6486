package quantity

import (
	"sourceline/answers/english"
	"sourceline/corpus"
)

// A scanner reads the quantities of one sentence from left to right.
type scanner struct {
	text  string
	tok   []english.Token
	alone bool // the text is one quantity and nothing else: nothing around it can make it something else
	floor int  // the first token that no quantity has taken yet
	out   []Quantity
}

var noToken = english.Token{Form: &english.Form{Kind: english.Mark}}

// at is the token at i, or a mark without text beyond the ends.
func (s *scanner) at(i int) *english.Token {
	if i < 0 || i >= len(s.tok) {
		return &noToken
	}
	return &s.tok[i]
}

// attached reports whether the token at i stands right after the one before.
func (s *scanner) attached(i int) bool { return i > 0 && i < len(s.tok) && !s.tok[i].Space }

// dash reports whether the token is a hyphen or an en dash.
func dash(t *english.Token) bool {
	return t.Kind == english.Mark && t.Norm == "-" && t.Text != "—"
}

// skipDash is the place after a hyphen at i: "two-thirds", "one - third".
func (s *scanner) skipDash(i int) int {
	if dash(s.at(i)) && s.attached(i) == s.attached(i+1) {
		return i + 1
	}
	return i
}

// isCalendar reports whether a calendar expression begins at token i.
func (s *scanner) isCalendar(i int) bool {
	if s.alone {
		return false
	}
	_, ok := english.CalendarAt(s.tok, i)
	return ok
}

// step reads what begins at token i and returns the token to go on with.
func (s *scanner) step(i int) int {
	t := &s.tok[i]
	var w word
	switch t.Kind {
	case english.Word:
		w = words.Of(t.Norm)
		if w.role == 0 && !t.Is(english.Month) {
			return i + 1
		}
		if w.role&code != 0 && s.codeAt(i) == "" {
			return i + 1
		}
	case english.Mark:
		if len(t.Text) == 1 && t.Text != "$" && !dash(t) {
			return i + 1
		}
	}
	if !s.alone && (t.Kind == english.Number || t.Is(english.Month) || w.role&(calendar|part|tens|small) != 0) {
		if c, ok := english.CalendarAt(s.tok, i); ok {
			return s.pass(i + c.N)
		}
	}
	c, ok := s.core(i)
	if !ok {
		return max(i+1, c.end)
	}
	if c.unit.Kind == Duration && !s.alone && s.at(c.end).Norm == "ago" { // a time
		return s.pass(c.end + 1)
	}
	s.emit(c)
	return s.floor
}

// pass marks everything before token i as read.
func (s *scanner) pass(i int) int {
	s.floor = i
	return i
}

// A core is a quantity in tokens, before hedges are looked for around it.
type core struct {
	start, end       int // with currency and unit
	numStart, numEnd int
	bareEnd          int // without "or more" behind it
	low, high        float64
	unit             Unit
	vague            bool
	bound            bound // of a suffix, "between" and the like
}

// core reads the quantity that begins at token i. Where it is none, end is
// the token after what was refused.
func (s *scanner) core(i int) (core, bool) {
	t := s.at(i)
	w := word{}
	if t.Kind == english.Word {
		w = words.Of(t.Norm)
	}
	switch {
	case w.role&multiple != 0:
		return s.multipleWord(i, w)
	case w.role&zero != 0:
		return s.none(i)
	}
	a, ok := s.amount(i)
	if !ok {
		return core{end: a.end}, false
	}
	if !s.alone {
		if end := s.refused(a); end > 0 {
			return core{end: end}, false
		}
	}
	c := core{start: a.start, end: a.end, numStart: a.number.start, numEnd: a.number.end, low: a.low, high: a.high, unit: a.unit, vague: a.vague}
	s.rangeEnd(&c, a)
	c.bareEnd = c.end
	s.suffix(&c)
	return c, true
}

// emit looks for the hedge before a core and adds the quantity.
func (s *scanner) emit(c core) {
	start, b := s.hedge(c.start)
	if s.at(c.start-1).Norm == "of" && s.at(c.start-2).Norm == "north" && c.unit.Kind != Money && c.unit.Kind != Percent { // of a place
		start, b = c.start, bound{}
	}
	if s.during(start, c) {
		start, b = c.start, bound{}
	}
	if p, unit := s.prefix(start); unit.Kind != "" && (c.unit.Kind == Count || c.unit.Kind == Duration && unit.Kind == Age) {
		start = p
		if c.unit.Kind == Count {
			c.unit = unit
		}
	} else if c.unit.Kind == Duration && s.yearsOld(c) {
		c.unit = yearOfAge
	} else if c.unit.Kind == Count && (s.apposition(c) || s.furtherAge(c)) {
		c.unit = yearOfAge
	}
	if b.Bound == "" {
		b = c.bound
	}
	if b.Bound == "" {
		b.Bound = Exact
		if c.vague {
			b.Bound = About
		}
	}
	q := Quantity{Low: c.low, High: c.high, Bound: b.Bound, Strict: b.strict, Unit: c.unit, Vague: c.vague,
		Span:   corpus.Span{Start: s.tok[start].Start, End: s.tok[c.end-1].End},
		Number: corpus.Span{Start: s.tok[c.numStart].Start, End: s.tok[c.numEnd-1].End},
		Bare:   corpus.Span{Start: s.tok[c.start].Start, End: s.tok[c.bareEnd-1].End},
	}
	q.Text = s.text[q.Span.Start:q.Span.End]
	s.out = append(s.out, q)
	s.floor = c.end
}

// multipleWord reads "doubled", "threefold", "twice".
func (s *scanner) multipleWord(i int, w word) (core, bool) {
	c := core{start: i, end: i + 1, bareEnd: i + 1, numStart: i, numEnd: i + 1, low: w.low, high: w.low, unit: Unit{Kind: Multiple}}
	switch t, next := s.at(i), s.at(i+1); t.Norm {
	case "double", "triple", "treble":
		return c, s.alone || next.Norm == "the" || next.Norm == "that" || next.Norm == "its" || next.Norm == "their" || next.Norm == "to"
	case "twice", "thrice":
		c.unit.Name = timesUnit
	}
	return c, true
}

// none reads "no" before what could have been counted.
func (s *scanner) none(i int) (core, bool) {
	c := core{start: i, end: i + 1, bareEnd: i + 1, numStart: i, numEnd: i + 1, unit: Unit{Kind: Count}}
	if s.alone {
		return c, i == len(s.tok)-1
	}
	if s.at(i).Norm == "none" {
		return c, s.at(i+1).Norm == "of"
	}
	for j := i + 1; j <= i+noReach; j++ {
		t := s.at(j)
		if t.Kind != english.Word || t.FunctionWord() || t.Is(english.Adverb|english.NumberWord|english.Quantifier) {
			return c, false
		}
		if t.Countable() && t.Norm != "doubts" && t.Norm != "longer" || t.Lemma != "one" && english.Covers("people", t.Lemma) {
			return c, s.at(i).Text != "No" || s.at(i+1).Text != "."
		}
	}
	return c, false
}

// noReach is how many words after "no" the noun may stand: "no foreign
// rescue workers".
const noReach = 4
