package answers

import (
	"math"
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// maxToDate is how many tokens stand between a verb and its date at most.
const maxToDate = 14

// dates are the times that the sentence gives for what was done.
func (r *sentenceOf) dates() []givenValue {
	var out []givenValue
	for _, x := range r.f.Times {
		if x.Grain == timex.Vague || x.Grain == timex.Minute || x.Relative {
			continue
		}
		from, to := tokenRange(r.f, x.Span)
		score := 0.0
		life := r.lifespan(from, to)
		switch {
		case life.Len() > 0:
			x.Span, score = life, r.level
		case x.Range && r.attrs("found") && r.existed(from):
			x.Span, score = r.beginning(from, to), r.level
		case r.keyed(from, r.s.asked) || r.keyed(from, r.verbAt):
			score = min(subjectDefined-0.5, r.level+subjectKeyed)
		case (r.attrs("release") || r.attrs("event")) && from > 0 && slices.ContainsFunc(r.names, func(n tokenSpan) bool { return n.to == from-1 && r.t[n.to].Norm == "(" }):
			score = min(r.level, subjectNamed) // "Album (1987)", "Battle of Brask (16 March 1818)"
		default:
			d, ok := r.verbNear(from, to)
			if !ok {
				continue
			}
			score = r.level + 1 - tokenAway*float64(d)
		}
		span := r.hedged(x.Span, from)
		out = append(out, givenValue{span: span, phrase: span, key: english.Fold(r.f.Sentence.Article.Text[x.Span.Start:x.Span.End]), count: -1, score: score})
	}
	return out
}

// lifespan is the birth or death that is asked for, where the time at the
// tokens [from, to) stands in the brackets of a life after a name: "(1 May 1900
// – 2 June 1980)", "(born 1 May 1900)". Empty where it does not.
func (r *sentenceOf) lifespan(from, to int) corpus.Span {
	birth := r.s.attrs[0].Name == "birth"
	if !birth && r.s.attrs[0].Name != "death" || r.level < subjectShort || len(r.names) == 0 {
		return corpus.Span{}
	}
	open := from
	for open > 0 && r.t[open].Norm != "(" && r.t[open].Norm != ")" && from-open < maxBracket {
		open--
	}
	if r.t[open].Norm != "(" || open < r.names[0].from {
		return corpus.Span{}
	}
	before, inside := slices.IndexFunc(r.t[open:from], lifeDash), slices.IndexFunc(r.t[from:to], lifeDash)
	switch {
	case inside > 0 && birth:
		return spanOf(r.t, from, from+inside)
	case inside > 0:
		return spanOf(r.t, from+inside+1, to)
	case !birth && before >= 0:
		return spanOf(r.t, from, to)
	case !birth || before >= 0 || slices.ContainsFunc(r.t[open:from], func(t english.Token) bool { return t.Kind == english.Number }):
		return corpus.Span{}
	case slices.ContainsFunc(r.t[open:from], func(t english.Token) bool { return t.Norm == "born" || t.Norm == "b" }), to < len(r.t) && lifeDash(r.t[to]):
		return spanOf(r.t, from, to)
	}
	return corpus.Span{} // "(1990 film)"
}

// existed reports whether the thing is said to have existed through the time at
// token from: "existed as a local government entity FROM 1861 UNTIL 2008".
func (r *sentenceOf) existed(from int) bool {
	if from < len(r.t) && r.t[from].Norm == "from" {
		from++
	}
	if from < 2 || r.t[from-1].Norm != "from" {
		return false
	}
	for k := from - 2; k >= 0 && from-k <= maxToDate; k-- {
		if r.t[k].Lemma == "exist" {
			return r.aside(k) == 0
		}
		if r.t[k].Norm == "," || r.t[k].Norm == ";" || r.t[k].Is(english.Relative) {
			break
		}
	}
	return false
}

// beginning is the first part of the range at the tokens [from, to): "1861" of
// "from 1861 until 2008".
func (r *sentenceOf) beginning(from, to int) corpus.Span {
	if r.t[from].Norm == "from" {
		from++
	}
	end := from
	for end < to && r.t[end].Kind != english.Mark && !r.t[end].Is(english.Preposition|english.Conjunction) {
		end++
	}
	if end == from {
		end = to
	}
	return spanOf(r.t, from, end)
}

// maxBracket is how many tokens the brackets of a life have before a date.
const maxBracket = 16

func lifeDash(t english.Token) bool {
	return t.Norm == "-" || t.Norm == "–" || t.Norm == "—" || t.Norm == "died"
}

// verbAt is 1 where a verb of the attribute stands at the first token.
func (r *sentenceOf) verbAt(t []english.Token) int {
	if r.givesDate(&t[0]) {
		return 1
	}
	return 0
}

func (r *sentenceOf) givesDate(w *english.Token) bool {
	return w.Kind == english.Word && slices.ContainsFunc(r.s.attrs, func(a *english.Attribute) bool {
		return slices.Contains(a.Verbs, w.Lemma) && (w.Norm != w.Lemma || a.Name == "death") || a.Name == "event" && w.Norm == "place" // "took place"
	})
}

// otherSubject is how many tokens more a verb counts as away that is not said
// of the thing that the sentence names.
const otherSubject = 100

// verbNear is how far a verb of the attribute stands from the time, with no
// other time between; the sentence's clause marks count as far.
func (r *sentenceOf) verbNear(from, to int) (int, bool) {
	for k := from - 1; k >= 0 && from-k <= maxToDate; k-- {
		if r.givesDate(&r.t[k]) {
			return from - k + r.aside(k), true
		}
		if r.t[k].Norm == ";" || r.t[k].Norm == "]" || r.t[k].Norm == "who" || r.otherTime(k, from) {
			break
		}
	}
	for k := to; k < len(r.t) && k-to <= maxToDate/2; k++ {
		if r.givesDate(&r.t[k]) {
			return k - to + 4 + r.aside(k), true // "in 1990 it was built"
		}
		if r.t[k].Norm == ";" || r.t[k].Norm == "." || r.t[k].Norm == "]" || r.otherTime(k, from) {
			break
		}
	}
	return 0, false
}

// attrs reports whether the attribute of that name is asked for.
func (r *sentenceOf) attrs(name string) bool { return r.s.attrs[0].Name == name }

// aside is how much the verb at token k counts as away for not being said of
// the thing: where the thing is named only after it, or another clause has
// begun in between.
func (r *sentenceOf) aside(k int) int {
	if k == 0 {
		return 0
	}
	if len(r.names) == 0 {
		return r.unnamedAside(k)
	}
	if r.namedWithin(k+1, besideName+1) && r.t[k-1].Lemma != "be" {
		return 0 // "founded the school in", and not "wharves were established at"
	}
	best := otherSubject
	for _, n := range r.names {
		if n.to <= k && !slices.ContainsFunc(r.t[n.to:k], func(t english.Token) bool { return t.Norm == ";" }) && !r.newClause(n.to, k) {
			best = 0
		}
	}
	return best
}

// unnamedAside is aside for a sentence that does not name the thing: its verb
// is another's where a name stands before it that shares no word with the
// thing's.
func (r *sentenceOf) unnamedAside(k int) int {
	if w := &r.t[0]; !w.FunctionWord() && w.Kind == english.Word && w.English() && !w.Is(english.Adverb) && !pastForm(&english.Token{Form: &english.Form{Kind: w.Kind, Norm: w.Norm, Lemma: w.Lemma}}) {
		return otherSubject // "Wharves were established"
	}
	for i := range r.t[:k] {
		w := &r.t[i]
		if w.Kind != english.Word || w.Case == english.Lower || w.FunctionWord() || w.Is(english.Month|english.Weekday|english.Adverb) || i == 0 && w.English() {
			continue
		}
		if !slices.ContainsFunc(r.s.q.Attribute.Of, func(words []string) bool { return slices.Contains(words, w.Norm) }) {
			return otherSubject
		}
	}
	return 0
}

// newClause reports whether the tokens [from, to) begin another clause with a
// subject of its own: ", and the new wing was".
func (r *sentenceOf) newClause(from, to int) bool {
	for i := from; i+1 < to; i++ {
		w, next := &r.t[i], &r.t[i+1]
		if (w.Norm == "and" || w.Norm == "but" || w.Norm == "while" || w.Norm == "when" || w.Norm == "after" || w.Norm == "before") && next.Is(english.Determiner) && i > 0 && r.t[i-1].Norm == "," {
			return true
		}
	}
	return false
}

// otherTime reports whether token k belongs to a time that does not begin at
// token from.
func (r *sentenceOf) otherTime(k, from int) bool {
	return slices.ContainsFunc(r.f.Times, func(x timex.Time) bool {
		return x.Grain != timex.Vague && x.Span.Start <= r.t[k].Start && r.t[k].End <= x.Span.End && x.Span.Start != r.t[from].Start
	})
}

// hedged is the time with the word before it that makes it a rough one.
func (r *sentenceOf) hedged(s corpus.Span, from int) corpus.Span {
	if from > 0 {
		switch r.t[from-1].Norm {
		case "about", "around", "circa", "c", "approximately", "between":
			s.Start = r.t[from-1].Start
		}
	}
	return s
}

// Words that stand between the noun of a measure and its number, or after it.
const maxToMeasure = 14

// measures are the counts that the sentence gives for the measure.
func (r *sentenceOf) measures() []givenValue {
	var out []givenValue
	for i := range r.f.Counts {
		c := &r.f.Counts[i]
		if c.Implicit || c.Background || !c.Standing.Stands() || !r.unitFits(c) {
			continue
		}
		from, to := tokenRange(r.f, c.Quantity.Span)
		score := r.measured(from, to, i)
		if score == 0 {
			continue
		}
		phrase := c.Phrase
		if !phrase.Contains(c.Quantity.Span) {
			phrase = c.Quantity.Span
		}
		out = append(out, givenValue{span: c.Quantity.Span, phrase: phrase, count: i, score: score})
	}
	return out
}

// unitFits reports whether the quantity can be that measure: people are
// counted, a length has a unit.
func (r *sentenceOf) unitFits(c *fact.Count) bool {
	q := c.Quantity
	switch r.s.attrs[0].Name {
	case "population", "capacity":
		return q.Unit.Name == "" && !q.Vague && q.Low == math.Trunc(q.Low) && q.Low > 1 && !r.rated(c) && !r.ofPart(c)
	case "median age":
		return q.Unit.Name == "" || q.Unit.Kind == "duration" || q.Unit.Kind == "age"
	}
	return q.Unit.Name != "" && q.Unit.Kind != "percent" && q.Unit.Kind != "money"
}

// rated reports whether the count is one for each of something: "36 people per
// square mile", a share.
func (r *sentenceOf) rated(c *fact.Count) bool {
	_, to := tokenRange(r.f, c.Quantity.Span)
	for k := to; k < len(r.t) && k < to+4 && (r.t[k].Kind != english.Mark || r.t[k].Norm == "/" || r.t[k].Norm == "%"); k++ {
		if r.t[k].Norm == "per" || r.t[k].Norm == "/" || r.t[k].Norm == "%" || r.t[k].Norm == "percent" {
			return true
		}
	}
	return false
}

// ofPart reports whether the count is of some of the people only: "255 male".
func (r *sentenceOf) ofPart(c *fact.Count) bool {
	_, to := tokenRange(r.f, c.Quantity.Span)
	return to < len(r.t) && r.t[to].Kind == english.Word && r.t[to].Case == english.Lower && r.t[to].Content() && !slices.Contains(r.s.attrs[0].Verbs, r.t[to].Lemma)
}

// livingThere reports whether the count at token from is of all who live
// somewhere: "an island of 600 inhabitants", "there were 3,559 people", "the
// census counted 900 people"; never "600 residents were evacuated".
func (r *sentenceOf) livingThere(from int) bool {
	if from == 0 {
		return false
	}
	census := slices.ContainsFunc(r.t, func(t english.Token) bool { return t.Lemma == "census" || t.Lemma == "household" })
	switch before := &r.t[from-1]; before.Norm {
	case "of":
		return from > 1 && (placeNouns[r.t[from-2].Lemma] || r.t[from-2].Lemma == "population")
	case "were", "are", "was", "is":
		return census && from > 1 && r.t[from-2].Norm == "there"
	case "counted", "found", "recorded":
		return census
	case "to":
		return from > 1 && r.t[from-2].Norm == "home"
	case "has", "had", "with", "numbering":
		return census || r.level >= subjectDescribed
	}
	return false
}

// wordsToUnit is within how many words after its number a word of the measure
// stands: "98 km long", "a 998 cc V-twin engine".
const wordsToUnit = 3

// dashed reports whether token k is a hyphen within a word.
func dashed(t []english.Token, k int) bool {
	return t[k].Norm == "-" && !t[k].Space && k+1 < len(t) && !t[k+1].Space
}

// measured weighs the place of count i at the tokens [from, to): after the
// measure's noun, or before a word of it ("98 km long", "3,559 people").
func (r *sentenceOf) measured(from, to, i int) float64 {
	if r.keyed(from, r.s.asked) && r.predicate < 0 {
		return min(subjectDefined-0.5, r.level+1)
	}
	for k := from - 1; k >= 0 && from-k <= maxToMeasure; k-- {
		if r.t[k].Norm == ";" || r.t[k].Norm == "." && k+1 < from && r.t[k+1].Space && r.t[k+1].Case != english.Lower || r.countAt(k, i) {
			break
		}
		if n := r.s.asked(r.t[k:]); n > 0 && k+n <= from && !r.composite(k+n) {
			score := r.level + 1 - tokenAway*float64(from-k)
			if r.ofThing(k+n, from) {
				score += 2
			}
			return score
		}
	}
	if r.attrs("population") && !r.livingThere(from) {
		return 0
	}
	for k, words := to, 0; k < len(r.t) && words < wordsToUnit; k++ {
		if slices.Contains(r.s.attrs[0].Verbs, r.t[k].Lemma) {
			return r.level - tokenAway*float64(k-to)
		}
		if r.t[k].Kind == english.Word || !dashed(r.t, k) {
			words++
		}
	}
	return 0
}

// composite reports whether the noun that ends at token i only begins a
// measure of another thing: "population DENSITY".
func (r *sentenceOf) composite(i int) bool {
	return i < len(r.t) && r.t[i].Kind == english.Word && r.t[i].Class == 0 && r.t[i].Case == english.Lower
}

// ofThing reports whether the tokens say that the measure is the thing's:
// "the population of X amounts to".
func (r *sentenceOf) ofThing(from, to int) bool {
	return from+1 < to && r.t[from].Norm == "of" && len(r.s.namesIn(r.t[from:to])) > 0
}

// countAt reports whether token k belongs to another count than i.
func (r *sentenceOf) countAt(k, i int) bool {
	for j := range r.f.Counts {
		s := r.f.Counts[j].Quantity.Span
		if j != i && s.Start <= r.t[k].Start && r.t[k].End <= s.End && !slices.ContainsFunc(r.f.Times, func(x timex.Time) bool { return x.Span.Overlaps(s) }) {
			return true
		}
	}
	return false
}
