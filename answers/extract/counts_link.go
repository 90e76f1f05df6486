package extract

import (
	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// reach is how many chunks a search looks ahead or back.
const reach = 24

func (l *linker) kind(j int) chunkKind {
	if j < 0 || j >= len(l.chunks) {
		return stopChunk
	}
	return l.chunks[j].kind
}

// word is the first word of chunk j, folded.
func (l *linker) word(j int) string {
	if j < 0 || j >= len(l.chunks) {
		return ""
	}
	return l.tokens[l.chunks[j].from].Norm
}

// skipTimes is the first chunk from j on that is no time.
func (l *linker) skipTimes(j int) int {
	for l.kind(j) == timeChunk && j < len(l.chunks) {
		j++
	}
	return j
}

// before is the chunk before k that is no time.
func (l *linker) before(k int) int {
	for k--; k >= 0 && l.chunks[k].kind == timeChunk; k-- {
	}
	return k
}

// after is the chunk after noun chunk k and the phrases attached to it:
// prepositional phrases, brackets, times.
func (l *linker) after(k int) int {
	j := k + 1
	for j < len(l.chunks) && j < k+reach {
		switch l.kind(j) {
		case timeChunk:
			j++
		case prepChunk, ofChunk:
			n := l.skipTimes(j + 1)
			if partCues[l.word(j)] || l.kind(n) != nounChunk && n == j+1 {
				return j
			}
			if l.kind(n) == nounChunk && n == j+1 {
				n++
			}
			j = n
		case openChunk:
			n := l.closing(j)
			if n < 0 {
				return j
			}
			j = n + 1
		default:
			return j
		}
	}
	return j
}

// closing is the chunk that closes the bracket at chunk j; -1 where none does.
func (l *linker) closing(j int) int {
	for n := j + 1; n < len(l.chunks) && n < j+reach; n++ {
		if l.chunks[n].kind == closeChunk {
			return n
		}
	}
	return -1
}

// nextComma is the comma (or dash, where j is one) that closes what the one at
// chunk j opens; -1 where the clause ends before.
func (l *linker) nextComma(j int) int {
	kind := l.kind(j)
	for n := j + 1; n < len(l.chunks) && n < j+reach; n++ {
		switch l.chunks[n].kind {
		case kind:
			return n
		case stopChunk:
			return -1
		}
	}
	return -1
}

// conjoin finds, for every noun chunk, the noun chunk that it is coordinated
// with. Of several the counted one is taken, then persons, then the nearest of
// these, or else the outermost.
func (l *linker) conjoin() {
	l.conjunct = make([]int, len(l.chunks))
	for k := range l.conjunct {
		l.conjunct[k] = -1
	}
	for k := range l.chunks {
		if l.chunks[k].kind != nounChunk {
			continue
		}
		next := l.nextConjunct(k)
		if next < 0 {
			continue
		}
		rank := l.conjunctRank(k)
		if had := l.conjunct[next]; had < 0 || rank > l.conjunctRank(had) || rank >= 2 && rank == l.conjunctRank(had) {
			l.conjunct[next] = k
		}
	}
}

func (l *linker) conjunctRank(k int) int {
	ch := &l.chunks[k]
	head := l.tokens[ch.main2()].Lemma
	switch {
	case ch.q >= 0:
		return 3
	case isPerson(head), l.kind(k-1) == ofChunk && l.kind(k-2) == nounChunk && casualtyEvents(english.Events(eventLemma(&l.tokens[l.chunks[k-2].main2()]))):
		return 2
	case len(english.Events(head)) > 0:
		return 0
	default:
		return 1
	}
}

// nextConjunct is the noun chunk that is coordinated with noun chunk k to its
// right; -1.
func (l *linker) nextConjunct(k int) int {
	j := l.after(k)
	switch l.kind(j) {
	case coordChunk:
		if n := l.skipTimes(j + 1); l.kind(n) == nounChunk && !nominative[l.word(n)] {
			return n
		}
	case commaChunk:
		if l.kind(j+1) == coordChunk && l.kind(j+2) == nounChunk {
			return j + 2
		}
		if l.kind(j+1) == nounChunk && l.inList(j+1) && !l.opens(k) {
			return j + 1
		}
		// "the six priests, five of whom were Spaniards, and two women"
		if n := l.nextComma(j); n > 0 && l.kind(n+1) == coordChunk && l.kind(n+2) == nounChunk && l.aside(j) {
			return n + 2
		}
	}
	return -1
}

// nominative pronouns begin a clause of their own after "and".
var nominative = set("he she they it we i")

// opens reports whether noun chunk k ends the phrase that a sentence or
// clause begins with: "On 16 November in the capital, six priests ...".
func (l *linker) opens(k int) bool {
	for k >= 2 && l.kind(k-1) == ofChunk && l.kind(k-2) == nounChunk {
		k -= 2
	}
	if l.kind(k-1) != prepChunk {
		return false
	}
	for j := k - 1; ; j-- {
		switch l.kind(j) {
		case prepChunk, timeChunk, ofChunk:
			continue
		case nounChunk:
			if l.kind(j-1) == prepChunk || l.kind(j-1) == ofChunk {
				continue
			}
			return false
		case stopChunk, subChunk, closeChunk, dashChunk:
			return true
		}
		return false
	}
}

// aside reports whether a relative clause or an apposition with a count begins
// after the comma at chunk j.
func (l *linker) aside(j int) bool {
	switch l.kind(j + 1) {
	case relChunk:
		return true
	case nounChunk:
		return l.kind(j+2) == ofChunk
	case prepChunk:
		return partCues[l.word(j+1)]
	}
	return false
}

// inList reports whether the noun chunk after a comma goes on a list that
// ends with "and".
func (l *linker) inList(k int) bool {
	for n := 0; n < 8; n++ {
		j := l.after(k)
		switch {
		case l.kind(j) == coordChunk && l.kind(j+1) == nounChunk:
			return true
		case l.kind(j) == commaChunk && l.kind(j+1) == coordChunk && l.kind(j+2) == nounChunk:
			return true
		case l.kind(j) == commaChunk && l.kind(j+1) == nounChunk:
			k = j + 1
		default:
			return false
		}
	}
	return false
}

// events collects what happened to, or was done by, noun chunk k.
func (l *linker) events(k int, c *fact.Count) {
	finite := l.subject(k, &c.Events, l.attached(k), 0)
	if !finite {
		l.object(k, &c.Events, 0)
	}
	l.dropLeaving(c)
	if c.Quantity.High == 0 && c.Quantity.Low == 0 {
		for i := range c.Events {
			c.Events[i].Negated = true
		}
	}
}

// dropLeaving takes out the verb of "left five people dead" and "reported 12
// people injured", of which the other event is meant.
func (l *linker) dropLeaving(c *fact.Count) {
	if len(c.Events) < 2 {
		return
	}
	kept := c.Events[:0]
	for _, e := range c.Events {
		if raising[e.Lemma] && e.Span.End <= c.Phrase.Start {
			continue
		}
		kept = append(kept, e)
	}
	if len(kept) > 0 {
		c.Events = kept
	}
}

// attachment tells what a noun chunk may be the subject of.
type attachment uint8

const (
	freely   attachment = iota // a clause can begin with it
	asObject                   // after a verb: a complement clause, or a reduced one
	closely                    // after a preposition: only what is attached to it directly
)

func (l *linker) attached(k int) attachment {
	p := l.before(k)
	switch l.kind(p) {
	case prepChunk:
		if clauseCue(l.word(p)) {
			return freely
		}
		return closely
	case ofChunk:
		if p > 0 && l.kind(p-1) == nounChunk && collectives[l.tokens[l.chunks[p-1].main2()].Lemma] {
			return l.attached(p - 1)
		}
		return closely
	case verbChunk:
		if t := &l.tokens[l.chunks[p].main]; !t.Is(english.Reporting) && !raising[eventLemma(t)] {
			return closely
		}
		return asObject
	case coordChunk, commaChunk:
		if l.conjunct[k] >= 0 && l.chunks[k].kind == nounChunk {
			a := l.attached(l.conjunct[k])
			if a == closely && !l.ownClause(k) {
				return closely
			}
		}
	}
	return freely
}

// ownClause reports whether noun chunk k, though it stands after "and", begins
// a clause of its own: a verb of being that agrees with it follows at once.
func (l *linker) ownClause(k int) bool {
	j := l.skipTimes(k + 1)
	if l.kind(j) != verbChunk {
		return false
	}
	v := &l.chunks[j]
	if v.voice != passive && v.voice != adjective && v.voice != copula {
		return false
	}
	return l.agrees(k, j)
}

// subject collects the events of the verbs that noun chunk k is the subject
// of, and reports whether a finite one is among them.
func (l *linker) subject(k int, out *[]fact.Event, a attachment, depth int) bool {
	skipped := l.kind(k-1) == commaChunk // an apposition: ", five students, were"
	adjacent := true
	found, related := false, false
	for j := k + 1; j < len(l.chunks) && j < k+reach; {
		switch l.kind(j) {
		case timeChunk:
			j++
		case prepChunk, ofChunk:
			if partCues[l.word(j)] && !skipped {
				j = l.skipPart(j)
				continue
			}
			if l.kind(j) == ofChunk && l.kind(j+1) == relChunk {
				j += 2 // "one of whom died"
				continue
			}
			n := l.skipTimes(j + 1)
			if n == j+1 && l.kind(n) != nounChunk || clauseCue(l.word(j)) && l.kind(n+1) == verbChunk {
				return false
			}
			if n == j+1 {
				n++
			}
			adjacent = adjacent && l.kind(j) == ofChunk
			j = n
		case openChunk:
			n := l.closing(j)
			if n < 0 {
				return false
			}
			j = n + 1
		case dashChunk:
			n := l.nextComma(j)
			if n < 0 {
				return false
			}
			j, skipped = n+1, true
		case commaChunk:
			n, ok := l.overComma(k, j, out, &found, skipped)
			if !ok {
				return false
			}
			j, skipped, adjacent = n, true, false
		case coordChunk:
			if a == closely || found && !related || depth > 8 {
				return false
			}
			n := l.skipTimes(j + 1)
			if l.kind(n) != nounChunk || nominative[l.word(n)] || l.governed(k) {
				return false
			}
			if l.chunks[n].main < 0 && l.chunks[k].main >= 0 {
				return false // "three soldiers and two wounded"
			}
			return l.subject(n, out, a, depth+1)
		case relChunk:
			n := l.relativeClause(k, j, out)
			if n < 0 {
				return false
			}
			found, related = true, true
			j, adjacent = n, false
		case verbChunk:
			v := &l.chunks[j]
			reduced := v.voice == bare || v.voice == gerundV || v.voice == toInf || v.passiveInf
			if a == closely && !(adjacent && reduced && !(v.voice == bare && (l.pastWithObject(j) || neverPassive[l.tokens[v.main].Lemma]))) {
				return false
			}
			if a == asObject && v.voice == bare && !adjacent {
				return false
			}
			l.verb(j, out)
			found = true
			if !reduced {
				return true
			}
			related = false
			if v.voice == bare && (neverPassive[l.tokens[v.main].Lemma] || l.pastWithObject(j)) {
				return true
			}
			if a == closely {
				return false
			}
			j, adjacent = l.afterVerb(j), false
		case nounChunk:
			// "12 people dead", "five others missing"
			if adjacent && eventAdjectives[l.word(j)] {
				l.addEvent(out, l.chunks[j].from, fact.Patient, false)
				found = true
				j++
				continue
			}
			return false
		default:
			return false
		}
	}
	return false
}

// clauseCue reports whether a preposition can also begin a clause: "as 2,000
// pilots walked out".
func clauseCue(word string) bool {
	switch word {
	case "after", "before", "since", "until", "till", "as", "than", "like", "while":
		return true
	}
	return false
}

// skipPart is the chunk after an "including" phrase at chunk j without
// commas around it.
func (l *linker) skipPart(j int) int {
	n := j + 1
	for n < len(l.chunks) && n < j+reach {
		switch l.kind(n) {
		case nounChunk, coordChunk, ofChunk, timeChunk:
			n++
			continue
		}
		break
	}
	return n
}

// overComma goes from the comma at chunk j over what it encloses, and returns
// the chunk after it.
func (l *linker) overComma(k, j int, out *[]fact.Event, found *bool, skipped bool) (int, bool) {
	switch l.kind(j + 1) {
	case relChunk:
		l.relativeClause(k, j+1, out)
		*found = true
		n := l.nextComma(j)
		return n + 1, n > 0
	case verbChunk:
		v := &l.chunks[j+1]
		if v.voice == bare || v.voice == gerundV {
			n := l.nextComma(j)
			if v.voice == bare && !l.pastWithObject(j+1) && (n > 0 || l.kind(j+2) == prepChunk && l.word(j+2) == "by") {
				l.addEvent(out, v.main, fact.Patient, v.negated)
			}
			return n + 1, n > 0
		}
		return j + 1, skipped
	case coordChunk:
		return j + 1, true
	case timeChunk:
		return j + 1, true
	case nounChunk:
		if l.inList(j + 1) {
			if l.governed(k) {
				return 0, false
			}
			// the list's last member decides
			last := j + 1
			for n := l.nextConjunct(last); n > 0 && n > last; n = l.nextConjunct(last) {
				last = n
			}
			*found = l.subject(last, out, freely, 7) || *found
			return 0, false
		}
		n := l.nextComma(j)
		if n > 0 && (l.kind(n+1) == verbChunk || l.kind(n+1) == coordChunk || l.kind(n+1) == prepChunk || l.kind(n+1) == relChunk) {
			return n + 1, true
		}
	case prepChunk:
		n := l.nextComma(j)
		return n + 1, n > 0
	}
	return 0, false
}

// governed reports whether noun chunk k is the object of a verb or of an
// event's noun.
func (l *linker) governed(k int) bool {
	p := l.before(k)
	switch l.kind(p) {
	case verbChunk:
		v := &l.chunks[p]
		return v.voice != passive && v.voice != copula && v.voice != adjective && !l.tokens[v.main].Is(english.Reporting)
	case ofChunk, prepChunk:
		return l.attached(k) == closely
	case coordChunk, commaChunk:
		if c := l.conjunct[k]; c >= 0 {
			return l.governed(c)
		}
	}
	return false
}

// relativeClause adds the event of the relative clause at chunk j, unless it
// is said of another noun than noun chunk k, and returns the chunk where its
// verb and phrases end; -1 where it is not understood.
func (l *linker) relativeClause(k, j int, out *[]fact.Event) int {
	n := l.skipTimes(j + 1)
	switch l.kind(n) {
	case verbChunk:
		if l.agrees(k, n) {
			l.verb(n, out)
		}
		return l.afterVerb(n)
	case nounChunk: // "whom the police arrested"
		for v := n + 1; v < len(l.chunks) && v < n+6; v++ {
			switch l.kind(v) {
			case verbChunk:
				if l.chunks[v].voice == active || l.chunks[v].voice == bare {
					l.addEvent(out, l.chunks[v].main, fact.Patient, l.chunks[v].negated)
					return l.afterVerb(v)
				}
				return -1
			case prepChunk, ofChunk, nounChunk, timeChunk:
			default:
				return -1
			}
		}
	}
	return -1
}

// agrees reports whether the verb at chunk v can be said of noun chunk k: "two
// officials who were deputies to a man who was arrested" are not arrested.
func (l *linker) agrees(k, v int) bool {
	if l.chunks[k].q < 0 || l.quantities[l.chunks[k].q].High <= 1 {
		return true
	}
	switch l.tokens[l.chunks[v].from].Norm {
	case "was", "is", "has":
		return false
	}
	return true
}

// afterVerb is the chunk after the verb at chunk j, its object and phrases.
func (l *linker) afterVerb(j int) int {
	n := j + 1
	for n < len(l.chunks) && n < j+reach {
		switch l.kind(n) {
		case nounChunk, prepChunk, ofChunk, timeChunk:
			n++
		case openChunk:
			c := l.closing(n)
			if c < 0 {
				return n
			}
			n = c + 1
		default:
			return n
		}
	}
	return n
}

// pastWithObject reports whether the participle at chunk j is a past tense:
// it has an object right after it.
func (l *linker) pastWithObject(j int) bool {
	if l.kind(j+1) != nounChunk {
		return false
	}
	for i := l.chunks[j].to; i < l.chunks[j+1].from; i++ {
		if l.tags[i].tag == quote {
			return false
		}
	}
	if l.kind(j-1) == nounChunk && l.chunks[j-1].main < 0 && casualtyEvents(english.Events(eventLemma(&l.tokens[l.chunks[j].main]))) {
		return false // "31 killed and 1,000 injured"
	}
	return !eventAdjectives[l.word(j+1)]
}

// verb adds the events that the verb at chunk j says of its subject, those of
// the verbs coordinated with it included.
func (l *linker) verb(j int, out *[]fact.Event) {
	l.oneVerb(j, out)
	was := l.chunks[j].voice == passive || l.chunks[j].voice == adjective
	for n := l.afterVerb(j); n < len(l.chunks); {
		m := n
		if l.kind(m) == commaChunk && l.kind(m+1) == coordChunk {
			m++
		}
		if l.kind(m) != coordChunk {
			if l.kind(n) == verbChunk && n > 0 && l.kind(n-1) == prepChunk && l.chunks[n].voice == passive {
				l.oneVerb(n, out) // "before being killed"
				n = l.afterVerb(n)
				continue
			}
			return
		}
		m = l.skipTimes(m + 1)
		if l.kind(m) != verbChunk {
			return
		}
		if v := &l.chunks[m]; v.voice == bare && was {
			if raising[eventLemma(&l.tokens[v.main])] && l.raised(m, out, v.negated) {
				return
			}
			l.addEvent(out, v.main, fact.Patient, v.negated)
			l.light(m, out)
		} else {
			l.oneVerb(m, out)
		}
		n = l.afterVerb(m)
	}
}

// oneVerb adds the event that the verb at chunk j says of its subject.
func (l *linker) oneVerb(j int, out *[]fact.Event) {
	v := &l.chunks[j]
	t := &l.tokens[v.main]
	if l.light(j, out) {
		return
	}
	lemma := eventLemma(t)
	switch v.voice {
	case passive, adjective:
		if raising[lemma] && l.raised(j, out, v.negated) {
			return
		}
		l.addEvent(out, v.main, fact.Patient, v.negated)
	case bare:
		switch {
		case l.pastWithObject(j):
			l.addEvent(out, v.main, fact.Agent, v.negated)
		case raising[lemma] && l.raised(j, out, v.negated):
		default:
			l.addEvent(out, v.main, fact.Patient, v.negated)
		}
	case copula:
		l.raised(j, out, v.negated)
	default:
		if v.passiveInf || happenings[lemma] {
			l.addEvent(out, v.main, fact.Patient, v.negated)
			return
		}
		if raising[lemma] && l.raised(j, out, v.negated) {
			return
		}
		l.addEvent(out, v.main, fact.Agent, v.negated)
	}
}

// raised adds the event that a verb of being or knowing at chunk j leads to:
// "are feared dead", "was found shot", "are among the wounded".
func (l *linker) raised(j int, out *[]fact.Event, negated bool) bool {
	n := l.skipTimes(j + 1)
	switch l.kind(n) {
	case verbChunk:
		v := &l.chunks[n]
		if v.voice == bare || v.voice == passive || v.voice == toInf || v.passiveInf || v.voice == adjective {
			before := len(*out)
			switch {
			case v.voice == bare:
				l.addEvent(out, v.main, fact.Patient, negated)
				l.light(n, out)
			default:
				l.oneVerb(n, out)
			}
			return len(*out) > before
		}
	case nounChunk:
		if eventAdjectives[l.word(n)] {
			l.addEvent(out, l.chunks[n].from, fact.Patient, negated)
			return true
		}
	case prepChunk:
		if l.word(n) == "among" && l.kind(n+1) == nounChunk {
			return l.groupEvent(n+1, out)
		}
	}
	return false
}

// groupEvent adds the event that a noun chunk such as "the wounded", "those
// killed", "the victims" tells of its members.
func (l *linker) groupEvent(k int, out *[]fact.Event) bool {
	ch := &l.chunks[k]
	before := len(*out)
	for i := ch.from; i < ch.to; i++ {
		t := &l.tokens[i]
		if l.tags[i].tag == participle || i == ch.main || eventAdjectives[t.Norm] {
			if casualtyEvents(english.Events(eventLemma(t))) {
				l.addEvent(out, i, fact.Patient, false)
			}
		}
	}
	if l.kind(k+1) == verbChunk && l.chunks[k+1].voice == bare {
		l.addEvent(out, l.chunks[k+1].main, fact.Patient, false)
	}
	return len(*out) > before
}

// light adds the event of a verb with a light noun or a particle: "lost their
// lives", "were taken hostage", "walked out".
func (l *linker) light(j int, out *[]fact.Event) bool {
	t := &l.tokens[l.chunks[j].main]
	next := l.chunks[j].to
	if next < len(l.tokens) {
		if name, ok := particles[t.Lemma+" "+l.tokens[next].Norm]; ok {
			*out = append(*out, fact.Event{Lemma: t.Lemma, Names: []string{name}, Span: span(t), Relation: l.voiceRelation(j), Negated: l.chunks[j].negated})
			return true
		}
	}
	nouns := lightNouns[t.Lemma]
	if nouns == nil {
		return false
	}
	n := j + 1
	for n < j+3 && l.kind(n) == prepChunk {
		n++
	}
	if l.kind(n) != nounChunk {
		return false
	}
	ch := &l.chunks[n]
	name, ok := nouns[l.tokens[ch.main2()].Lemma]
	if !ok || ch.q >= 0 {
		return false
	}
	*out = append(*out, fact.Event{Lemma: t.Lemma, Names: []string{name}, Span: span(t), Relation: fact.Patient, Negated: l.chunks[j].negated})
	return true
}

func (l *linker) voiceRelation(j int) fact.Relation {
	switch l.chunks[j].voice {
	case passive, adjective:
		return fact.Patient
	case bare:
		if !neverPassive[l.tokens[l.chunks[j].main].Lemma] {
			return fact.Patient
		}
	}
	return fact.Agent
}

// addEvent adds the event of token i, unless it says nothing about what is
// counted: "have", "say".
func (l *linker) addEvent(out *[]fact.Event, i int, r fact.Relation, negated bool) {
	t := &l.tokens[i]
	if t.Is(english.Auxiliary) {
		return
	}
	lemma := eventLemma(t)
	names := english.Events(lemma)
	if lemma == "shoot" && i+1 < len(l.tokens) && l.tokens[i+1].Norm == "at" {
		names = nil
	}
	for _, e := range *out {
		if e.Span == span(t) {
			return
		}
	}
	*out = append(*out, fact.Event{Lemma: lemma, Names: names, Span: span(t), Relation: r, Negated: negated})
}

// object collects the events that govern noun chunk k from its left.
func (l *linker) object(k int, out *[]fact.Event, depth int) {
	p := l.before(k)
	switch l.kind(p) {
	case verbChunk:
		l.objectOf(p, out)
	case coordChunk, commaChunk:
		if c := l.conjunct[k]; c >= 0 && depth < 12 {
			had := len(*out)
			l.object(c, out, depth+1)
			if len(*out) > had {
				return
			}
		}
		if l.chunks[p].with || l.kind(p-1) == coordChunk && l.chunks[p-1].with {
			l.company(p, out)
		}
	case dashChunk, openChunk:
		// "the victims - five students and a teacher -"
		if a := p - 1; l.kind(a) == nounChunk && l.chunks[a].q < 0 && depth < 4 {
			if !l.subject(a, out, l.attached(a), 0) {
				l.object(a, out, depth+1)
			}
		}
	case ofChunk:
		l.ofNoun(k, p-1, out, depth)
	case prepChunk:
		switch l.word(p) {
		case "by":
			l.agent(p, out)
		case "down", "up", "out", "off", "over", "back", "away":
			if l.kind(p-1) == verbChunk {
				l.objectOf(p-1, out)
			}
		case "to", "on", "against", "with":
			if l.word(p) == "with" && l.kind(p-1) == verbChunk {
				return
			}
			if h := p - 1; l.kind(h) == nounChunk && l.word(p) != "with" {
				if names := english.Events(l.tokens[l.chunks[h].main2()].Lemma); casualtyEvents(names) {
					l.addEvent(out, l.chunks[h].main2(), fact.Patient, false)
				}
			}
		}
	}
}

// agent adds the event that those after "by", at chunk p, did: "were shot dead
// by four gunmen", "the strike by 6,000 drivers".
func (l *linker) agent(p int, out *[]fact.Event) {
	for v := p - 1; v >= 0 && v > p-5; v-- {
		switch l.kind(v) {
		case verbChunk:
			if vc := l.chunks[v].voice; vc == passive || vc == bare && !l.pastWithObject(v) {
				l.addEvent(out, l.chunks[v].main, fact.Agent, false)
			}
			return
		case nounChunk:
			main := l.chunks[v].main2()
			if len(english.Events(eventLemma(&l.tokens[main]))) > 0 && !isPerson(l.tokens[main].Lemma) && !eventAdjectives[l.tokens[main].Norm] {
				l.addEvent(out, main, fact.Agent, false)
				return
			}
		case prepChunk, ofChunk, timeChunk, commaChunk:
		default:
			return
		}
	}
}

// objectOf adds the event of the verb at chunk p, whose object is counted.
func (l *linker) objectOf(p int, out *[]fact.Event) {
	v := &l.chunks[p]
	switch v.voice {
	case passive, adjective:
		return
	case copula:
		// "the dead were five students"
		if s := l.before(p); l.kind(s) == nounChunk && l.chunks[s].q < 0 {
			l.groupEvent(s, out)
		} else if l.kind(s) == verbChunk && l.chunks[s].voice == bare {
			l.addEvent(out, l.chunks[s].main, fact.Patient, false)
		}
		return
	}
	if name, ok := l.particle(v); ok {
		t := &l.tokens[v.main]
		*out = append(*out, fact.Event{Lemma: t.Lemma, Names: []string{name}, Span: span(t), Relation: fact.Patient, Negated: v.negated})
		return
	}
	l.addEvent(out, v.main, fact.Patient, v.negated)
	if l.kind(p-1) == coordChunk && l.kind(p-2) == verbChunk && l.chunks[p-2].voice == v.voice {
		l.addEvent(out, l.chunks[p-2].main, fact.Patient, v.negated) // "killing and wounding 40 people"
	}
}

// particle is the event of a verb with its particle.
func (l *linker) particle(v *chunk) (string, bool) {
	if v.to >= len(l.tokens) {
		return "", false
	}
	name, ok := particles[l.tokens[v.main].Lemma+" "+l.tokens[v.to].Norm]
	return name, ok
}

// ofNoun adds the event of the noun that governs "of" and noun chunk k: "the
// murder of eight people", "the bodies of two men".
func (l *linker) ofNoun(k, h int, out *[]fact.Event, depth int) {
	for l.kind(h) == openChunk || l.kind(h) == timeChunk || l.kind(h) == nounChunk && dayNouns[l.tokens[l.chunks[h].main2()].Lemma] {
		h--
		for l.kind(h) == prepChunk || l.kind(h) == ofChunk {
			h--
		}
	}
	if l.kind(h) == verbChunk && l.chunks[h].voice == gerundV {
		l.addEvent(out, l.chunks[h].main, fact.Patient, false)
		return
	}
	if l.kind(h) != nounChunk {
		return
	}
	head := l.chunks[h].main2()
	t := &l.tokens[head]
	lemma := eventLemma(t)
	switch {
	case bodyNouns[t.Lemma]:
		*out = append(*out, fact.Event{Lemma: t.Lemma, Names: []string{"kill"}, Span: span(t), Relation: fact.Patient})
	case agentNouns[t.Lemma] != "":
		*out = append(*out, fact.Event{Lemma: t.Lemma, Names: []string{agentNouns[t.Lemma]}, Span: span(t), Relation: fact.Patient})
	case t.Lemma == "life" && l.kind(h-1) == verbChunk && lightNouns[l.tokens[l.chunks[h-1].main].Lemma]["life"] != "":
		v := &l.tokens[l.chunks[h-1].main]
		*out = append(*out, fact.Event{Lemma: v.Lemma, Names: []string{lightNouns[v.Lemma]["life"]}, Span: span(v), Relation: fact.Patient})
	case collectives[t.Lemma] && l.chunks[h].q < 0:
		if depth < 4 {
			l.object(h, out, depth+1)
		}
	case len(english.Events(lemma)) > 0 && l.chunks[h].q < 0 && !isPerson(t.Lemma):
		l.addEvent(out, head, fact.Patient, false)
	}
}

// company adds the event of those with whom something happened to what is
// counted: "was shot, along with two of his bodyguards".
func (l *linker) company(p int, out *[]fact.Event) {
	for j := p - 1; j >= 0 && j > p-reach; j-- {
		switch l.kind(j) {
		case stopChunk, subChunk:
			return
		case verbChunk:
			v := &l.chunks[j]
			switch v.voice {
			case passive, adjective, bare:
				l.addEvent(out, v.main, fact.Patient, v.negated)
			case copula:
			default:
				r := fact.Agent
				if happenings[l.tokens[v.main].Lemma] || l.kind(j+1) == nounChunk {
					r = fact.Patient
				}
				l.addEvent(out, v.main, r, v.negated)
			}
			return
		}
	}
}
