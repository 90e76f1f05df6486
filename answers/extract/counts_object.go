package extract

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// object collects the events that govern noun chunk k from its left.
func (l *linker) object(k int, out *[]fact.Event, depth int) {
	p := l.before(k)
	switch l.kind(p) {
	case verbChunk:
		l.objectOf(p, out)
		l.complement(k, p, out)
	case nounChunk:
		l.shifted(p, out)
	case coordChunk, commaChunk:
		if by := l.amongOthers(p); by >= 0 {
			l.agent(by, out)
			return
		}
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
			if l.groupEvent(a, out) {
				return // "the dead - four policemen and six civilians -"
			}
			if !l.subject(a, out, l.attached(a), 0) {
				l.object(a, out, depth+1)
			}
		}
	case ofChunk:
		l.ofNoun(k, p-1, out, depth)
	case prepChunk:
		switch l.word(p) {
		case "include", "includes", "included":
			if g := p - 1; l.kind(g) == nounChunk && l.chunks[g].q < 0 {
				l.groupEvent(g, out) // "the dead INCLUDE two teachers"
			}
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

// amongOthers is the chunk of "by" in "attended by, among others, the mayor",
// of which the comma at chunk p is the second; -1.
func (l *linker) amongOthers(p int) int {
	if l.kind(p) == commaChunk && l.kind(p-1) == nounChunk && l.word(p-1) == "others" && l.word(p-2) == "among" && l.kind(p-3) == commaChunk && l.kind(p-4) == prepChunk && l.word(p-4) == "by" {
		return p - 4
	}
	return -1
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
			if len(english.Events(eventLemma(&l.tokens[main]))) > 0 && !isPerson(l.tokens[main].Lemma) && !eventAdjectives.Has(l.tokens[main].Norm) {
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
		if s := l.inverted(p); s >= 0 {
			l.addEvent(out, l.chunks[s].main, fact.Patient, false)
		} else if s := l.before(p); l.kind(s) == nounChunk && l.chunks[s].q < 0 {
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
	if t := &l.tokens[v.main]; t.Lemma == "take" && v.to < len(l.tokens) && l.tokens[v.to].Norm == "away" {
		name := "kidnap"
		if s := l.subjectOf(p); s >= 0 && english.Covers("police", l.tokens[l.chunks[s].main2()].Lemma) {
			name = "detain"
		}
		*out = append(*out, fact.Event{Lemma: t.Lemma, Names: []string{name}, Span: span(t), Relation: fact.Patient, Negated: v.negated})
		return
	}
	l.addEvent(out, v.main, fact.Patient, v.negated || l.unrealised(p))
	if l.kind(p-1) == coordChunk && l.kind(p-2) == verbChunk && l.chunks[p-2].voice == v.voice {
		l.addEvent(out, l.chunks[p-2].main, fact.Patient, v.negated) // "killing and wounding 40 people"
	}
}

// complement adds what a light noun after the object k makes of the verb at
// chunk p: "beat three students to DEATH", "cost three students their LIVES".
func (l *linker) complement(k, p int, out *[]fact.Event) {
	n := k + 1
	if l.kind(n) == prepChunk {
		n++
	}
	if l.kind(n) != nounChunk || l.chunks[n].q >= 0 {
		return
	}
	v := &l.tokens[l.chunks[p].main]
	if names := lightNames(v.Lemma, l.tokens[l.chunks[n].main2()].Lemma); names != nil && !slices.ContainsFunc(*out, func(e fact.Event) bool { return slices.Equal(e.Names, names) }) {
		*out = append(*out, fact.Event{Lemma: v.Lemma, Names: names, Span: span(v), Relation: fact.Patient, Negated: l.chunks[p].negated})
	}
}

// shifted adds the event of a verb whose light noun, at chunk n, stands before
// the object: "put to DEATH four peasants", "took with THEM two nurses".
func (l *linker) shifted(n int, out *[]fact.Event) {
	p := n - 1
	if l.kind(p) == prepChunk {
		p--
	}
	if l.kind(p) != verbChunk || l.chunks[n].q >= 0 || l.chunks[p].voice == passive || l.chunks[p].voice == copula {
		return
	}
	v, noun := &l.tokens[l.chunks[p].main], &l.tokens[l.chunks[n].main2()]
	names := lightNames(v.Lemma, noun.Lemma)
	if v.Lemma == "take" && p < n-1 && l.word(n-1) == "with" && l.tags[l.chunks[n].main2()].tag == pronoun {
		names = []string{"kidnap"}
	}
	if names != nil {
		*out = append(*out, fact.Event{Lemma: v.Lemma, Names: names, Span: span(v), Relation: fact.Patient, Negated: l.chunks[p].negated})
	}
}

// inverted is the participle with which the clause of the verb of being at chunk p
// begins: "KILLED in the attack were two teachers"; -1.
func (l *linker) inverted(p int) int {
	s := l.before(p)
	for l.kind(s) == nounChunk && (l.kind(s-1) == prepChunk || l.kind(s-1) == ofChunk) {
		s = l.before(s - 1)
	}
	if l.kind(s) == verbChunk && l.chunks[s].voice == bare && l.kind(s-1) == stopChunk && casualtyEvents(english.Events(eventLemma(&l.tokens[l.chunks[s].main]))) {
		return s
	}
	return -1
}

// particle is the event of a verb with its particle.
func (l *linker) particle(v *chunk) (string, bool) {
	if v.to >= len(l.tokens) {
		return "", false
	}
	name, ok := particles.Find(l.tokens[v.main].Lemma + " " + l.tokens[v.to].Norm)
	return name, ok
}

// ofNoun adds the event of the noun that governs "of" and noun chunk k: "the
// murder of eight people", "the bodies of two men".
func (l *linker) ofNoun(k, h int, out *[]fact.Event, depth int) {
	for l.kind(h) == openChunk || l.kind(h) == timeChunk || l.kind(h) == nounChunk && dayNouns.Has(l.tokens[l.chunks[h].main2()].Lemma) {
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
	case bodyNouns.Has(t.Lemma):
		*out = append(*out, fact.Event{Lemma: t.Lemma, Names: []string{"kill"}, Span: span(t), Relation: fact.Patient})
	case agentNouns.Of(t.Lemma) != "":
		*out = append(*out, fact.Event{Lemma: t.Lemma, Names: []string{agentNouns.Of(t.Lemma)}, Span: span(t), Relation: fact.Patient})
	case (t.Lemma == "life" || t.Lemma == "throat") && l.kind(h-1) == verbChunk && lightNames(l.tokens[l.chunks[h-1].main].Lemma, t.Lemma) != nil:
		v := &l.tokens[l.chunks[h-1].main]
		*out = append(*out, fact.Event{Lemma: v.Lemma, Names: lightNames(v.Lemma, t.Lemma), Span: span(v), Relation: fact.Patient})
	case collectives.Has(t.Lemma) && l.chunks[h].q < 0:
		if depth < 4 {
			l.object(h, out, depth+1)
		}
	case len(english.Events(lemma)) > 0 && l.chunks[h].q < 0 && !isPerson(t.Lemma):
		l.addEvent(out, head, fact.Patient, l.onlyTried(h))
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
				if happenings.Has(l.tokens[v.main].Lemma) || l.kind(j+1) == nounChunk {
					r = fact.Patient
				}
				l.addEvent(out, v.main, r, v.negated)
			}
			return
		}
	}
}
