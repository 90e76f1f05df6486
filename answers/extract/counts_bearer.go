package extract

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
)

// bearing are the verbs whose subject the casualties are of that they count:
// "the army SUFFERED 11 dead".
var bearing = english.NewSet("suffer sustain incur total number have")

// casualtyNouns are those to whom something happened, whatever it was.
var casualtyNouns = english.NewSet("casualty victim loss")

// bearers adds to counts of casualties whose they are, where no word beside
// them says so.
func (l *linker) bearers() {
	var of []string // of the count before
	for i := range l.made {
		m := &l.made[i]
		if m.chunk < 0 || !l.countsCasualties(m) {
			of = nil
			continue
		}
		if and := l.before(m.chunk); l.kind(and) != coordChunk || l.kind(and-1) != verbChunk || l.chunks[and-1].voice != bare || i == 0 || and-2 != l.made[i-1].chunk {
			of = l.bearer(m.chunk) // not "had 19 killed and 11 wounded"
		}
		if m.whole >= 0 && casualtyNouns.Has(l.made[m.whole].count.Head) {
			of = l.made[m.whole].count.Of // "inflicted eight casualties on the rebels: five dead"
		}
		for _, w := range of {
			if !slices.Contains(m.count.Of, w) {
				m.count.Of, m.count.Group = append(m.count.Of, w), append(m.count.Group, w)
			}
		}
	}
}

// countsCasualties reports whether a count says that they were hurt and not who
// they are: "11 dead", "four fatalities", "and 20 wounded".
func (l *linker) countsCasualties(m *made) bool {
	c := &m.count
	if casualtyNouns.Has(c.Head) {
		return true
	}
	return (c.Head == "" || eventAdjectives.Has(c.Head) || !isPerson(c.Head)) && slices.ContainsFunc(c.Events, func(e fact.Event) bool {
		return casualtyEvents(e.Names) && e.Relation != fact.Agent
	})
}

// bearer is the words of the subject of such a verb, of which noun chunk k or
// what it is coordinated with is the object.
func (l *linker) bearer(k int) []string {
	for n := 0; n < maxConjuncts && l.conjunct[k] >= 0; n++ {
		k = l.conjunct[k]
	}
	v := l.before(k)
	if l.kind(v) != verbChunk || l.chunks[v].voice == passive || l.chunks[v].voice == copula || !bearing.Has(l.tokens[l.chunks[v].main].Lemma) {
		return nil
	}
	s := l.subjectOf(v)
	if s < 0 || l.chunks[s].q >= 0 {
		return nil
	}
	var of fact.Count
	for i := l.chunks[s].from; i < l.chunks[s].to; i++ {
		if l.tags[i].tag == nominal {
			of.Of = append(of.Of, l.tokens[i].Lemma)
		}
	}
	l.appendOf(s+1, &of, ofPhrases)
	return of.Of
}

// partOfVictims makes "four of the priests killed were Spaniards" count Spaniards.
func (l *linker) partOfVictims(k int, c *fact.Count) {
	v := k + 3
	if l.kind(v) != verbChunk || l.chunks[v].voice != bare || !casualtyEvents(english.Events(eventLemma(&l.tokens[l.chunks[v].main]))) {
		return
	}
	was := l.afterVerb(v)
	if l.kind(was) != verbChunk || l.chunks[was].voice != copula {
		return
	}
	whole := c.Head
	c.Head, c.Mods = "", nil
	if l.predicateAt(was, c); c.Head == "" {
		c.Head = whole
	}
}

// amongWhole is the count behind it that count i is a part of: "five teachers
// were AMONG 12 PEOPLE killed"; -1.
func (l *linker) amongWhole(i int) int {
	v := l.skipTimes(l.made[i].chunk + 1)
	if l.kind(v) != verbChunk || l.chunks[v].voice != copula || l.word(v+1) != "among" {
		return -1
	}
	for w := range l.made {
		if m := &l.made[w]; m.chunk == v+2 && m.count.Quantity.Unit.Kind == quantity.Count && m.count.Quantity.High > l.made[i].count.Quantity.Low {
			return w
		}
	}
	return -1
}

// attacked is the noun for people whom the clause before a count without one is
// about: "fired on the TEACHERS, killing five".
func (l *linker) attacked(k int) string {
	v := l.before(k)
	if l.kind(v) != verbChunk || l.chunks[v].voice != gerundV || l.kind(v-1) != commaChunk || !casualtyEvents(english.Events(eventLemma(&l.tokens[l.chunks[v].main]))) {
		return ""
	}
	for j := v - 2; j >= 0 && j > v-reach && l.kind(j) != stopChunk; j-- {
		if l.kind(j) != nounChunk || l.chunks[j].main < 0 {
			continue
		}
		t := &l.tokens[l.chunks[j].main]
		if isPerson(t.Lemma) && (pluralNoun(t) || invariant.Has(t.Norm)) && l.chunks[j].q < 0 && l.chunks[j].owner < 0 && l.governed(j) {
			return t.Lemma
		}
	}
	return ""
}

// itemises reports whether the dash, bracket or colon at chunk p opens the
// items of a count of casualties: "14 casualties - 5 dead and 9 wounded".
func (l *linker) itemises(p int) bool {
	if l.kind(p-1) != nounChunk {
		return false
	}
	a := &l.chunks[l.nounStart(p-1)]
	return a.q >= 0 && a.main >= 0 && casualtyNouns.Has(l.tokens[a.main].Lemma)
}
