package extract

import (
	"cmp"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/corpus"
)

// restating are the verbs by which somebody else gives a figure of what was
// counted just before: "police said 300 people came; organisers CLAIMED 2,500".
var restating = english.NewSet("claim say put show count estimate report give cite suggest expect speak talk ask seek demand")

// maxRestated is how many times larger or smaller the figure of another
// source may be: beyond it, it counts something else.
const maxRestated = 12

// restate gives the figures that stand alone after such a verb what the
// sentence, or the one before it, counts.
func restate(facts []fact.Fact) {
	for i := range facts {
		f := &facts[i]
		for n := range f.Counts {
			c := &f.Counts[n]
			if c.Head != "" && c.Noun.Len() > 0 || c.Toll || c.Quantity.Vague || c.Part >= 0 {
				continue
			}
			verb, noun, ok := restatingVerb(f, c)
			measure := c.Quantity.Unit.Kind != quantity.Count
			if !ok || measure && !tollNouns.Has(noun) || c.Head != "" && c.Head != noun {
				continue
			}
			find := antecedent
			if measure {
				find = func(f *fact.Fact, n int) *fact.Count { return sameUnit(f, n, c.Quantity.Unit) }
			}
			a := find(f, n)
			if a == nil && i > 0 && f.Sentence.Paragraph-facts[i-1].Sentence.Paragraph <= 1 && facts[i-1].Sentence.Role == f.Sentence.Role {
				a = find(&facts[i-1], len(facts[i-1].Counts))
			}
			if a != nil && (measure || comparable(a, c)) && (noun == "" || tollNouns.Has(noun) || namesCounted(a, noun)) && (c.Implied == "" || c.Implied == cmp.Or(a.Head, a.Implied)) {
				copyCounted(c, a)
				tell(f, verb, c)
			}
		}
	}
}

// resume gives the counts of those who were counted in the sentence before what
// was counted there: "Ten OF THEM were abducted", "ANOTHER 12 were hurt".
func resume(facts []fact.Fact) {
	for i := 1; i < len(facts); i++ {
		f, before := &facts[i], &facts[i-1]
		if f.Sentence.Paragraph-before.Sentence.Paragraph > 1 || before.Sentence.Role != f.Sentence.Role {
			continue
		}
		for n := range f.Counts {
			c := &f.Counts[n]
			if c.Head != "" || c.Implied != "" || c.Part >= 0 || c.Quantity.Unit.Kind != quantity.Count || !resumes(f, c) {
				continue
			}
			if a := antecedent(before, len(before.Counts)); a != nil && isPerson(cmp.Or(a.Head, a.Implied)) && (c.Others || c.Quantity.High <= a.Quantity.High) {
				c.Implied = cmp.Or(a.Head, a.Implied)
				c.Mods, c.Group = a.Mods, a.Group
			}
		}
	}
}

// resumes reports whether the count stands for some of those counted before:
// "of them" follows it, or it begins its sentence with "another".
func resumes(f *fact.Fact, c *fact.Count) bool {
	for i, t := range f.Tokens {
		if t.End != c.Quantity.Span.End {
			continue
		}
		if c.Others {
			return i == 1 && f.Tokens[0].Norm == "another" && i+1 < len(f.Tokens) && f.Tokens[i+1].Is(english.Auxiliary)
		}
		return i+2 < len(f.Tokens) && f.Tokens[i+1].Norm == "of" && f.Tokens[i+2].Norm == "them"
	}
	return false
}

// sameUnit is the one measure before count n of the fact in that unit; nil where
// there is none, or several.
func sameUnit(f *fact.Fact, n int, unit quantity.Unit) *fact.Count {
	var found *fact.Count
	for i := range f.Counts[:n] {
		if c := &f.Counts[i]; c.Quantity.Unit == unit && !c.Earlier {
			if found != nil {
				return nil
			}
			found = c
		}
	}
	return found
}

// namesCounted reports whether the noun is for what the count is of, or for what
// happened to it: the SAVINGS of what "will save".
func namesCounted(a *fact.Count, noun string) bool {
	if noun == a.Head || noun == a.Implied {
		return true
	}
	stem := strings.TrimSuffix(noun, "ing")
	return len(stem) > 2 && slices.ContainsFunc(a.Events, func(e fact.Event) bool { return strings.HasPrefix(e.Lemma, stem) })
}

// restatingVerb is the token of the verb whose figure the count is, where the
// count stands alone: nothing but the end of the clause follows; with the noun
// that stands between them, "" for none.
func restatingVerb(f *fact.Fact, c *fact.Count) (verb int, noun string, ok bool) {
	at, end := -1, len(f.Tokens)
	for i, t := range f.Tokens {
		if t.Start == c.Quantity.Span.Start {
			at = i
		}
		if t.End == c.Quantity.Span.End {
			end = i + 1
		}
	}
	if at > 1 && end < len(f.Tokens) && f.Tokens[end].Norm == "according" && (f.Tokens[at-1].Text == "," || f.Tokens[at-1].Text == "(" || f.Tokens[at-1].Norm == "or") {
		return end, "", true // "300 people, 2,000 ACCORDING to the organisers"
	}
	if at > 1 && f.Tokens[at-1].Norm == "not" && slices.ContainsFunc(f.Standings, func(m fact.StandingMark) bool {
		return m.Scope.Contains(c.Quantity.Span) && m.Span.Start == f.Tokens[at-1].Start
	}) {
		return at - 1, "", true // "300 people, NOT 400 as first reported"
	}
	if at < 1 || end < len(f.Tokens) && f.Tokens[end].Kind == english.Word && !f.Tokens[end].Is(english.Conjunction|english.Preposition) {
		return 0, "", false
	}
	const objectReach = 6 // "put the number of those detained at"
	for i := at - 1; i >= 0 && i >= at-objectReach; i-- {
		t := f.Tokens[i]
		switch {
		case restating.Has(t.Lemma) && t.Norm != "counting" && t.Kind == english.Word:
			return i, noun, i > 0
		case t.Is(english.Preposition) && (t.Norm == "of" || t.Norm == "at" || t.Norm == "for" || t.Norm == "to"):
		case t.Is(english.Determiner | english.Adverb | english.Hedge):
		case tollNouns.Has(t.Lemma), noun == "" && t.Kind == english.Word && t.Case == english.Lower && !t.FunctionWord() && f.Tokens[i+1].Norm == "at":
			noun = t.Lemma
		default:
			return 0, "", false
		}
	}
	return 0, "", false
}

// antecedent is the one count before count n of the fact that can be counted
// again; nil where there is none, or several.
func antecedent(f *fact.Fact, n int) *fact.Count {
	var found *fact.Count
	for i := range f.Counts[:n] {
		c := &f.Counts[i]
		counted := c.Quantity.Unit.Kind == quantity.Count && (cmp.Or(c.Head, c.Implied) != "" || c.Toll || len(c.Events) > 0)
		if !counted && c.Quantity.Unit.Kind != quantity.Money || c.Earlier || c.Partial || c.Part >= 0 || c.Implicit {
			continue
		}
		if found != nil {
			return nil
		}
		found = c
	}
	return found
}

// comparable reports whether the figure can be another one of what a counts.
func comparable(a, c *fact.Count) bool {
	x, y := a.Quantity.High, c.Quantity.High
	if x <= 0 || y <= 0 || max(x, y) > maxRestated*min(x, y) {
		return false
	}
	if a.Quantity.Unit.Kind == quantity.Money {
		return strings.ContainsAny(strings.ToLower(c.Quantity.Text), "mb") // "11 million"
	}
	return a.Quantity.Unit.Kind == quantity.Count
}

// copyCounted makes c count what a counts.
func copyCounted(c, a *fact.Count) {
	c.Restated, c.Head = true, ""
	c.Implied = cmp.Or(a.Head, a.Implied)
	c.Mods, c.Group, c.Of, c.Events, c.Toll = a.Mods, a.Group, a.Of, a.Events, a.Toll
	if c.Quantity.Unit.Kind == quantity.Count {
		c.Quantity.Unit = a.Quantity.Unit
	}
}

// tell adds who gives the figure: the words before the verb.
func tell(f *fact.Fact, verb int, c *fact.Count) {
	for _, s := range f.Says {
		if s.Scope.Contains(c.Quantity.Span) {
			return
		}
	}
	from := verb
	for from > 0 && f.Tokens[from-1].Text != ";" && f.Tokens[from-1].Text != "," && f.Tokens[from-1].Norm != "while" && f.Tokens[from-1].Norm != "but" {
		from--
	}
	to := from
	for to < verb && (f.Tokens[to].Kind == english.Word || f.Tokens[to].Text == "'" || f.Tokens[to].Text == "’") && !f.Tokens[to].Is(english.Auxiliary|english.Reporting|english.Adverb) && f.Tokens[to].Lemma != "dispute" && f.Tokens[to].Norm != "itself" && f.Tokens[to].Norm != "themselves" {
		to++
	}
	if to == from {
		return
	}
	say := fact.Attribution{
		Speaker: corpus.Span{Start: f.Tokens[from].Start, End: f.Tokens[to-1].End},
		Cue:     span(&f.Tokens[verb]),
		Scope:   c.Quantity.Span,
		Entity:  -1,
	}
	at := 0
	for at < len(f.Says) && f.Says[at].Scope.Start <= say.Scope.Start {
		at++
	}
	f.Says = append(f.Says[:at:at], append([]fact.Attribution{say}, f.Says[at:]...)...)
}
