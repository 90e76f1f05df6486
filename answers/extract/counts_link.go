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
			if partCues.Has(l.word(j)) || l.kind(n) != nounChunk && n == j+1 {
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

// events collects what happened to, or was done by, noun chunk k.
func (l *linker) events(k int, c *fact.Count) {
	finite := l.subject(k, &c.Events, l.attached(k), 0)
	if !finite && !l.ownParticiple(k, c) {
		l.object(k, &c.Events, 0)
	}
	l.state(k, c)
	if len(c.Events) == 0 {
		l.withInjuries(k+1, c) // "nine civilians WITH INJURIES"
	}
	l.dropLeaving(c)
	none := c.Quantity.High == 0 && c.Quantity.Low == 0
	for i, e := range c.Events {
		if none || casualtyEvents(e.Names) && l.conditional(k) {
			c.Events[i].Negated = true
		}
	}
}

// ownParticiple reports whether noun chunk k, after "and", has a participle of
// its own: "killed ten, and more than 30 people injured".
func (l *linker) ownParticiple(k int, c *fact.Count) bool {
	p := l.before(k)
	if l.kind(p) != coordChunk && l.kind(p) != commaChunk || len(c.Events) == 0 || !casualtyEvents(c.Events[0].Names) {
		return false
	}
	j := l.skipTimes(k + 1)
	return l.kind(j) == verbChunk && l.chunks[j].voice == bare && l.tokens[l.chunks[j].main].Start == c.Events[0].Span.Start
}

// dropLeaving takes out the verb of "left five people dead" and "reported 12
// people injured", of which the other event is meant.
func (l *linker) dropLeaving(c *fact.Count) {
	if len(c.Events) < 2 {
		return
	}
	kept := c.Events[:0]
	for _, e := range c.Events {
		if raising.Has(e.Lemma) && e.Span.End <= c.Phrase.Start {
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
		if p > 0 && l.kind(p-1) == nounChunk && collectives.Has(l.tokens[l.chunks[p-1].main2()].Lemma) {
			return l.attached(p - 1)
		}
		return closely
	case verbChunk:
		if t := &l.tokens[l.chunks[p].main]; !t.Is(english.Reporting) && !raising.Has(eventLemma(t)) {
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
	if l.kind(j) == relChunk && l.kind(j+1) == verbChunk { // "and four men who were trying to help burned to death"
		for j = l.afterVerb(j + 1); l.kind(j) == verbChunk && l.chunks[j].voice == toInf; {
			j = l.afterVerb(j)
		}
		return l.kind(j) == verbChunk && l.agrees(k, j)
	}
	if l.kind(j) != verbChunk {
		return false
	}
	v := &l.chunks[j]
	if v.voice != passive && v.voice != adjective && v.voice != copula {
		return false
	}
	return l.agrees(k, j)
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

// states are the prepositional phrases that tell what happened to whom they
// are said of: "57 of the injured were still IN HOSPITAL".
var states = english.NewTable(map[string]map[string]string{
	"in": {"hospital": "hospitalize", "custody": "detain", "detention": "detain", "prison": "detain", "jail": "detain"},
	"on": {"board": "aboard"}, "under": {"arrest": "detain"},
})

// inHands reports whether "the hands of" captors stand at token i: "are still in
// THE HANDS OF THE KIDNAPPERS".
func (l *linker) inHands(i int) bool {
	for ; i < len(l.tokens) && l.tokens[i].Is(english.Determiner); i++ {
	}
	if i+2 >= len(l.tokens) || l.tokens[i].Norm != "hands" || l.tokens[i+1].Norm != "of" {
		return false
	}
	for i += 2; i < len(l.tokens) && l.tokens[i].Is(english.Determiner); i++ {
	}
	return i < len(l.tokens) && captors.Has(l.tokens[i].Lemma)
}

// withInjuries adds that those are hurt who are in hospital, by the phrase at
// chunk j, "with head INJURIES".
func (l *linker) withInjuries(j int, c *fact.Count) {
	for n := j; n < j+4; n++ {
		if l.kind(n) != prepChunk || l.word(n) != "with" || l.kind(n+1) != nounChunk {
			continue
		}
		if t := &l.tokens[l.chunks[n+1].main2()]; lightNames("have", t.Lemma) != nil {
			c.Events = append(c.Events, fact.Event{Lemma: t.Lemma, Names: lightNames("have", t.Lemma), Span: span(t), Relation: fact.Patient})
			return
		}
	}
}

// state adds the event of such a phrase right after noun chunk k, or after its
// verb of being.
func (l *linker) state(k int, c *fact.Count) {
	j := l.skipTimes(k + 1)
	for l.kind(j) == ofChunk && l.kind(j+1) == nounChunk {
		j += 2
	}
	if l.kind(j) == verbChunk && l.tokens[l.chunks[j].main].Lemma == "be" {
		j++
	}
	if l.kind(j) != prepChunk && l.kind(j) != verbChunk {
		return
	}
	for i := l.chunks[j].from; i+1 < len(l.tokens) && i < l.chunks[j].to+1; i++ {
		t, noun := &l.tokens[i], i+1
		if l.tokens[noun].Norm == "the" && noun+1 < len(l.tokens) && l.tokens[noun+1].Lemma == "hospital" {
			noun++
		}
		name := states.Of(t.Norm)[l.tokens[noun].Lemma]
		if t.Norm == "aboard" {
			name = "aboard"
		} else if t.Norm == "in" && l.inHands(i+1) {
			name = "kidnap"
		}
		if name != "" {
			c.Events = append(c.Events, fact.Event{Lemma: name, Names: []string{name}, Span: span(t), Relation: fact.Patient})
			l.withInjuries(j, c)
			return
		}
	}
}
