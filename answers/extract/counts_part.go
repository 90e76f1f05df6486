package extract

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
)

// parts finds the counts that are a part of another of their sentence:
// "including three children", "six of them", "five of whom", and what stands
// in dashes or brackets after a count.
func (l *linker) parts() {
	for i := range l.made {
		m := &l.made[i]
		if m.chunk < 0 || m.count.Quantity.Unit.Kind != quantity.Count {
			continue
		}
		w := l.amongWhole(i)
		if w < 0 && !l.isPart(m.chunk) {
			continue
		}
		m.count.Partial = true
		if w < 0 {
			w = l.wholeOf(i)
		}
		if w < 0 {
			continue
		}
		m.whole = w
		if !slices.ContainsFunc(m.count.Events, func(e fact.Event) bool { return casualtyEvents(e.Names) }) {
			m.count.Events = append(m.count.Events, l.made[w].count.Events...)
		}
	}
}

// isPart reports whether noun chunk k begins with, or is coordinated after,
// words that make it a part.
func (l *linker) isPart(k int) bool {
	for n := 0; k >= 0 && n < 8; n++ {
		p := l.before(k)
		switch l.kind(p) {
		case prepChunk:
			if l.word(p) == "among" && l.kind(p-1) == verbChunk {
				return false // "were among 12 people killed": the whole
			}
			if partCues.Has(l.word(p)) || l.word(p) == "such" {
				return true
			}
		case commaChunk:
			// "among them, three children"
			if l.kind(p-1) == nounChunk && l.kind(p-2) == prepChunk && l.word(p-2) == "among" || l.afterOf(p) {
				return true
			}
		case relChunk:
			// "430 people, of whom 21 have died"
			if l.kind(p-1) == ofChunk {
				return true
			}
		case nounChunk:
			// "among them three children"
			if l.kind(p-1) == prepChunk && l.word(p-1) == "among" {
				return true
			}
		case dashChunk, openChunk:
			return l.asideOfCount(p) || l.itemises(p)
		case stopChunk:
			return l.word(p) == ":" && l.itemises(p)
		}
		if l.kind(k+1) == ofChunk && l.chunks[k].main < 0 {
			switch l.word(k + 2) {
			case "them", "whom", "which", "these", "us":
				return true
			}
		}
		k = l.conjunct[k]
	}
	return false
}

// afterOf reports whether the comma at chunk p ends an "of" phrase that the
// sentence begins with: "Of the 164 dead, three were children".
func (l *linker) afterOf(p int) bool {
	for j := p - 1; j >= 0 && j > p-8; j-- {
		switch l.kind(j) {
		case ofChunk:
			if l.kind(j-1) == stopChunk && l.kind(j+1) == nounChunk && l.chunks[j+1].q >= 0 {
				return true
			}
		case nounChunk, prepChunk, timeChunk, verbChunk:
		default:
			return false
		}
	}
	return false
}

// asideOfCount reports whether the dash or bracket at chunk p opens an aside
// to a count: "six priests -- five Spaniards and one Salvadoran --".
func (l *linker) asideOfCount(p int) bool {
	if l.kind(p) == dashChunk && l.nextComma(p) < 0 {
		return false
	}
	return l.kind(p-1) == nounChunk && l.chunks[p-1].q >= 0
}

// wholeOf is the count that count i is a part of: the nearest before it of the
// same kind that is no part itself and counts no fewer; -1.
func (l *linker) wholeOf(i int) int {
	best := -1
	for w := range l.made {
		a, b := &l.made[w], &l.made[i]
		if a.chunk < 0 || a.chunk >= b.chunk || a.whole >= 0 || l.isPart(a.chunk) || a.count.Quantity.Unit.Kind != quantity.Count {
			continue
		}
		if a.count.Quantity.High < b.count.Quantity.Low {
			continue
		}
		if best < 0 || a.chunk > l.made[best].chunk {
			best = w
		}
	}
	return best
}

// implied gives a count whose noun is left out the noun that its coordination
// implies: "three soldiers were killed and seven others wounded".
func (l *linker) implied() {
	for i := range l.made {
		m := &l.made[i]
		if m.count.Head != "" || m.chunk < 0 || m.count.Quantity.Unit.Kind != quantity.Count || l.word(m.chunk) == "nobody" {
			continue
		}
		if m.whole >= 0 {
			if w := l.made[m.whole].count.Head; !casualtyNouns.Has(w) {
				m.count.Implied = w
			}
			continue
		}
		if of := m.chunk + 2; m.count.Partial && l.kind(m.chunk+1) == ofChunk && l.word(of) == "them" {
			m.count.Implied = l.meant(m.chunk)
			continue
		}
		if who := l.attacked(m.chunk); who != "" {
			m.count.Implied = who
			continue
		}
		if !l.coordinated(m.chunk) {
			continue
		}
		for w := i - 1; w >= 0; w-- {
			p := &l.made[w]
			if p.chunk < 0 || p.chunk >= m.chunk || p.count.Quantity.Unit.Kind != quantity.Count || p.count.Head == "" && p.count.Implied == "" {
				continue
			}
			if p.whole >= 0 {
				continue // "ten people, including three children, were killed and five hurt"
			}
			if l.mixed(p.chunk, m) {
				break
			}
			if agentOnly(&p.count) && !agentOnly(&m.count) {
				continue // "four gunmen killed three"
			}
			if eventAdjectives.Has(p.count.Head) {
				break // "four dead, 20 injured"
			}
			m.count.Implied = p.count.Head
			if m.count.Implied == "" {
				m.count.Implied = p.count.Implied
			}
			break
		}
	}
}

// meant is the noun for people that "them" after noun chunk k stands for, the
// nearest plural of its sentence: "pursued the ATTACKERS, killing five of them".
func (l *linker) meant(k int) string {
	for j := k - 1; j >= 0 && j > k-reach; j-- {
		if l.kind(j) != nounChunk || l.chunks[j].main < 0 {
			continue
		}
		if t := &l.tokens[l.chunks[j].main]; isPerson(t.Lemma) && pluralNoun(t) && l.chunks[j].owner < 0 {
			return t.Lemma
		}
	}
	return ""
}

// agentOnly reports whether what is counted did things and nothing happened
// to it.
func agentOnly(c *fact.Count) bool {
	return len(c.Events) > 0 && !slices.ContainsFunc(c.Events, func(e fact.Event) bool { return e.Relation != fact.Agent || len(e.Names) == 0 })
}

// mixed reports whether count m does not simply go on counting what the noun
// chunk k counts: it counts the others of one list ("six priests and two
// others"), or k is one of several groups ("an adult and four minors were
// killed and 16 others wounded").
func (l *linker) mixed(k int, m *made) bool {
	if l.conjunct[m.chunk] == k && m.count.Others {
		return true
	}
	c := l.conjunct[k]
	return c >= 0 && m.count.Others && isPerson(l.tokens[l.chunks[c].main2()].Lemma)
}

// coordinated reports whether noun chunk k begins a clause that is joined to
// one before it.
func (l *linker) coordinated(k int) bool {
	switch l.kind(l.before(k)) {
	case coordChunk, commaChunk, verbChunk:
		return true
	}
	return false
}

// tolls links figures that a verb gives to a noun in another phrase: "the
// death toll rose to 17 from 14", "put the number of injured at 46", "damage
// could amount to two billion dollars".
func (l *linker) tolls() {
	for i := range l.made {
		m := &l.made[i]
		if m.chunk < 0 || m.count.Head != "" && m.count.Quantity.Unit.Kind == quantity.Count && !l.afterToll(m.chunk) {
			continue
		}
		l.toll(m)
	}
}

// measureVerbs link a subject to its figure.
var measureVerbs = english.NewSet("count rise climb reach stand be hit pass exceed jump increase fall drop put raise revise correct amend adjust bring set estimate total number amount grow surge soar cost top average remain decline decrease double plunge slump cut lower lift shrink edge account come go run measure weigh last win get receive gain secure lose say")

// toll fills in count m from the noun that its verb links it to.
func (l *linker) toll(m *made) {
	p := l.before(m.chunk)
	word := ""
	switch l.kind(p) {
	case prepChunk:
		word = l.word(p)
		if !l.measureCue(p) {
			return
		}
		m.count.Earlier = word == "from"
		p = l.overFigures(p)
	case ofChunk:
		if h := p - 1; l.kind(h) == nounChunk && tollNouns.Has(l.tokens[l.chunks[h].main2()].Lemma) {
			l.measure(m, h, -1)
		}
		return
	}
	v, noun := -1, -1
	switch {
	case l.kind(p) == verbChunk:
		v, noun = p, l.subjectOf(p)
	case l.kind(p) == nounChunk && word != "": // "put the number at 46"
		noun = l.nounStart(p)
		v = l.before(noun)
	}
	if word == "from" || word == "to" {
		if n := l.relativised(v); n >= 0 {
			own := v // "raised the number of cars it RECALLS to 510"
			noun, v = n, l.before(n)
			defer func() { l.addEvent(&m.count.Events, l.chunks[own].main, fact.Patient, false) }()
		}
	}
	if word == "from" && l.kind(p) == commaChunk && l.upFrom(m, p) {
		return
	}
	if noun < 0 || l.kind(v) != verbChunk || !l.links(v, word) {
		return
	}
	m.count.Increment = m.count.Increment || word == "by"
	l.measure(m, noun, v)
}

// relativised is the noun of a toll whose relative clause the verb at chunk v
// belongs to: "the number of cars it is recalling"; -1.
func (l *linker) relativised(v int) int {
	if l.kind(v) != verbChunk {
		return -1
	}
	j := v - 1
	if l.kind(j) == nounChunk {
		j--
	}
	if l.kind(j) == relChunk {
		j--
	}
	if l.kind(j) != nounChunk || l.kind(j-1) != ofChunk {
		return -1
	}
	n := l.nounStart(j)
	if !tollNouns.Has(l.tokens[l.chunks[n].main2()].Lemma) || l.kind(l.before(n)) != verbChunk {
		return -1
	}
	return n
}

// upFrom makes count m, after the comma at chunk p, what the count before the
// comma was earlier: "131 injured, up from 112".
func (l *linker) upFrom(m *made, p int) bool {
	for i := len(l.made) - 1; i >= 0; i-- {
		w := &l.made[i]
		if w.chunk < 0 || w.chunk >= p || w.count.Quantity.Unit.Kind != m.count.Quantity.Unit.Kind && m.count.Quantity.Unit.Kind != quantity.Count {
			continue
		}
		c := &m.count
		c.Head, c.Implied, c.Mods, c.Group, c.Of = "", w.count.Head, w.count.Mods, w.count.Group, w.count.Of
		if c.Implied == "" {
			c.Implied = w.count.Implied
		}
		c.Events, c.Toll, c.Quantity.Unit = w.count.Events, w.count.Toll, w.count.Quantity.Unit
		return true
	}
	return false
}

// measureCue reports whether the preposition at chunk p stands before a
// figure that a verb gives.
func (l *linker) measureCue(p int) bool {
	switch l.word(p) {
	case "to", "at", "from", "by":
		return true
	case "in": // "is counted in tens"
		v := l.before(p)
		return l.kind(v) == verbChunk && l.tokens[l.chunks[v].main].Lemma == "count"
	}
	return false
}

// overFigures goes from the preposition at chunk p back over other figures to
// the verb or its object: "rose to 17 from 14", "up to 17".
func (l *linker) overFigures(p int) int {
	for {
		switch {
		case l.kind(p-1) == prepChunk && (l.word(p-1) == "up" || l.word(p-1) == "down"):
			p--
		case l.kind(p-1) == nounChunk && l.kind(p-2) == prepChunk && l.chunks[p-1].q >= 0:
			p -= 2
		default:
			return l.before(p)
		}
	}
}

// links reports whether the verb at chunk v gives a figure to its subject or,
// with the preposition word, to its object.
func (l *linker) links(v int, word string) bool {
	lemma := eventLemma(&l.tokens[l.chunks[v].main])
	if s := l.subjectOf(v); lemma == "count" && word == "" && (s < 0 || !tollNouns.Has(l.tokens[l.chunks[s].main2()].Lemma)) {
		return false // "the ministry counts 40 dead"
	}
	if word == "" && (lemma == "set" || lemma == "put" || lemma == "bring") {
		return false
	}
	return measureVerbs.Has(lemma)
}

// afterToll reports whether noun chunk k is the object of a verb whose subject
// is a toll: "the number of dead reached 300 people".
func (l *linker) afterToll(k int) bool {
	p := l.before(k)
	if l.kind(p) != verbChunk {
		return false
	}
	s := l.subjectOf(p)
	return s >= 0 && tollNouns.Has(l.tokens[l.chunks[s].main2()].Lemma)
}

// subjectOf is the noun chunk that is the subject of the verb at chunk v; -1.
func (l *linker) subjectOf(v int) int {
	j := v - 1
	for n := 0; j >= 0 && n < reach; n++ {
		switch l.kind(j) {
		case nounChunk:
			return l.nounStart(j)
		case timeChunk, closeChunk, prepChunk:
			j--
		case relChunk, commaChunk:
			j--
		case verbChunk: // "the number of people killed rose"
			if l.chunks[j].voice != bare {
				return -1
			}
			j--
		default:
			return -1
		}
	}
	return -1
}

// nounStart goes from noun chunk j back over "of" and "in" to the noun that
// they hang on.
func (l *linker) nounStart(j int) int {
	for {
		switch {
		case j >= 2 && (l.kind(j-1) == ofChunk || l.kind(j-1) == prepChunk) && l.kind(j-2) == nounChunk:
			j -= 2
		case j >= 3 && l.kind(j-1) == prepChunk && l.kind(j-2) == verbChunk && l.chunks[j-2].voice == bare && l.kind(j-3) == nounChunk:
			j -= 3 // "the number of people killed in the landslide"
		default:
			return j
		}
	}
}

// measure makes count m one of the noun at chunk s, linked by the verb at
// chunk v (-1: none).
func (l *linker) measure(m *made, s, v int) {
	ch := &l.chunks[s]
	if ch.q >= 0 || l.tags[ch.main2()].tag == pronoun {
		return
	}
	head := &l.tokens[ch.main2()]
	var of fact.Count
	l.appendOf(s+1, &of, ofPhrases)
	var events []fact.Event
	if tollNouns.Has(head.Lemma) {
		l.tollEvents(s, &events)
		if l.kind(s+1) == ofChunk && l.kind(s+2) == nounChunk && l.chunks[s+2].q < 0 && m.count.Head == "" {
			if n := &l.tokens[l.chunks[s+2].main2()]; n.Norm != "those" && (!casualtyEvents(english.Events(eventLemma(n))) || isPerson(n.Lemma)) {
				m.count.Head = n.Lemma
			}
		}
		if len(events) == 0 && m.count.Head == "" && len(of.Of) == 0 {
			l.sameFigure(m, &events)
		}
		m.count.Toll = len(events) > 0
	} else if m.count.Head == "" {
		m.count.Head = head.Lemma
		for i := ch.from; i < ch.main; i++ {
			if l.tags[i].tag == nominal {
				m.count.Mods = append(m.count.Mods, l.tokens[i].Lemma)
			}
		}
		if names := english.Events(eventLemma(head)); len(names) > 0 {
			events = append(events, fact.Event{Lemma: eventLemma(head), Names: names, Span: span(head), Relation: fact.Nominal})
		}
	}
	m.count.Of = append(m.count.Of, of.Of...)
	if v >= 0 && len(m.count.Events) == 0 && !m.count.Toll {
		l.addEvent(&events, l.chunks[v].main, fact.Patient, l.chunks[v].negated)
	}
	if m.count.Toll {
		m.count.Events = nil
	} else if v >= 0 && l.chunks[v].voice == gerundV {
		l.subject(s, &m.count.Events, l.attached(s), 0) // "troops numbering 6,000 were sent"
	}
	m.count.Events = append(events, m.count.Events...)
	m.elliptic = false
}

// sameFigure makes "the figure" that of the count before: "80,000 people joined
// the march; police put the figure at 25,000".
func (l *linker) sameFigure(m *made, events *[]fact.Event) {
	for i := range l.made {
		if p := &l.made[i]; p.chunk >= 0 && p.chunk < m.chunk && p.whole < 0 && p.count.Quantity.Unit.Kind == quantity.Count && p.count.Head != "" {
			m.count.Head, m.count.Mods = p.count.Head, p.count.Mods
			*events = append((*events)[:0], p.count.Events...)
		}
	}
}

// tollEvents adds what a toll counts: deaths, unless it says otherwise.
func (l *linker) tollEvents(s int, out *[]fact.Event) {
	ch := &l.chunks[s]
	for i := ch.from; i < ch.main; i++ {
		if names := english.Events(eventLemma(&l.tokens[i])); casualtyEvents(names) {
			l.addEvent(out, i, fact.Nominal, false)
		}
	}
	for j := s + 1; j < len(l.chunks) && j < s+8; j++ {
		switch l.kind(j) {
		case nounChunk:
			if l.kind(j-1) == ofChunk {
				l.groupEvent(j, out)
			}
			continue
		case verbChunk:
			if l.chunks[j].voice == bare {
				l.addEvent(out, l.chunks[j].main, fact.Patient, false)
				continue
			}
		case ofChunk, prepChunk, coordChunk:
			continue
		}
		break
	}
	if len(*out) == 0 {
		if t := &l.tokens[ch.main2()]; t.Lemma == "toll" {
			l.addEvent(out, ch.main2(), fact.Nominal, false)
		}
	}
}
