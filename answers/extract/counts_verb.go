package extract

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// pastWithObject reports whether the participle at chunk j is a past tense:
// it has an object right after it.
func (l *linker) pastWithObject(j int) bool {
	if l.kind(j+1) != nounChunk {
		return l.pastWithParticle(j)
	}
	for i := l.chunks[j].to; i < l.chunks[j+1].from; i++ {
		if l.tags[i].tag == quote {
			return false
		}
	}
	if l.kind(j-1) == nounChunk && l.chunks[j-1].main < 0 && casualtyEvents(english.Events(eventLemma(&l.tokens[l.chunks[j].main]))) {
		return false // "31 killed and 1,000 injured"
	}
	return !eventAdjectives.Has(l.word(j + 1))
}

// pastWithParticle reports whether a particle stands between the participle at
// chunk j and the people who are its object, and the clause has no other verb,
// which it needs: "the referee sent OFF the captain".
func (l *linker) pastWithParticle(j int) bool {
	if l.kind(j+1) != prepChunk || !phrasal.Has(l.word(j+1)) || l.kind(j+2) != nounChunk {
		return false
	}
	object := &l.chunks[j+2]
	if !slices.ContainsFunc(l.tokens[object.from:object.to], func(t english.Token) bool { return isPerson(t.Lemma) }) {
		return false // "swept OFF the pier"
	}
	for _, step := range [...]int{-1, +1} {
		if l.verbFrom(j+step, step) >= 0 {
			return false
		}
	}
	return true
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
			if raising.Has(eventLemma(&l.tokens[v.main])) && l.raised(m, out, v.negated) {
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
		if raising.Has(lemma) && l.raised(j, out, v.negated) {
			return
		}
		if lemma == "hold" && l.captured(j) {
			*out = append(*out, fact.Event{Lemma: lemma, Names: []string{"kidnap", "detain"}, Span: span(t), Relation: fact.Patient, Negated: v.negated})
			return
		}
		l.addEvent(out, v.main, fact.Patient, v.negated)
	case bare:
		switch {
		case l.pastWithObject(j):
			l.addEvent(out, v.main, fact.Agent, v.negated)
		case raising.Has(lemma) && l.raised(j, out, v.negated):
		default:
			l.addEvent(out, v.main, fact.Patient, v.negated)
		}
	case copula:
		l.raised(j, out, v.negated)
	default:
		if v.passiveInf || happenings.Has(lemma) {
			l.addEvent(out, v.main, fact.Patient, v.negated)
			return
		}
		if raising.Has(lemma) && l.raised(j, out, v.negated) {
			return
		}
		if lemma == "fail" && l.kind(j+1) == verbChunk && l.chunks[j+1].voice == toInf {
			l.addEvent(out, l.chunks[j+1].main, fact.Agent, !v.negated) // "did not fail to blame": blamed
			return
		}
		l.addEvent(out, v.main, fact.Agent, v.negated)
	}
}

// captors hold people who are kidnapped.
var captors = english.NewSet("gunman kidnapper abductor captor rebel militant guerrilla terrorist pirate bandit extremist insurgent gang militia")

// captured reports whether the verb at chunk j says that captors did it: "are
// being held BY GUNMEN".
func (l *linker) captured(j int) bool {
	n := j + 1
	for l.kind(n) == timeChunk {
		n++
	}
	return l.kind(n) == prepChunk && l.word(n) == "by" && l.kind(n+1) == nounChunk && captors.Has(l.tokens[l.chunks[n+1].main2()].Lemma)
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
		if eventAdjectives.Has(l.word(n)) {
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
		if l.tags[i].tag == participle || i == ch.main || eventAdjectives.Has(t.Norm) {
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
	if t.Lemma == "fall" && next < len(l.tokens) && eventAdjectives.Has(l.tokens[next].Norm) {
		l.addEvent(out, next, fact.Patient, l.chunks[j].negated) // "fell ILL"
		return true
	}
	if next < len(l.tokens) {
		if name, ok := particles.Find(t.Lemma + " " + l.tokens[next].Norm); ok {
			*out = append(*out, fact.Event{Lemma: t.Lemma, Names: []string{name}, Span: span(t), Relation: l.voiceRelation(j), Negated: l.chunks[j].negated})
			return true
		}
	}
	if lightNouns.Of(t.Lemma) == nil {
		return false
	}
	n := j + 1
	if t.Lemma == "escape" && l.word(n) != "with" { // who escapes injury is not hurt
		return false
	}
	for n < j+3 && l.kind(n) == prepChunk {
		n++
	}
	if l.kind(n) != nounChunk {
		return false
	}
	ch := &l.chunks[n]
	names := lightNames(t.Lemma, l.tokens[ch.main2()].Lemma)
	if names == nil || ch.q >= 0 {
		return false
	}
	*out = append(*out, fact.Event{Lemma: t.Lemma, Names: names, Span: span(t), Relation: fact.Patient, Negated: l.chunks[j].negated})
	return true
}

// lightNames are the events of a verb with a light noun; nil where they make
// none.
func lightNames(verb, noun string) []string {
	names, ok := lightNouns.Of(verb)[noun]
	if !ok {
		return nil
	}
	return strings.Fields(names)
}

func (l *linker) voiceRelation(j int) fact.Relation {
	switch l.chunks[j].voice {
	case passive, adjective:
		return fact.Patient
	case bare:
		if !neverPassive.Has(l.tokens[l.chunks[j].main].Lemma) {
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
	switch {
	case lemma == "shoot" && i+1 < len(l.tokens) && l.tokens[i+1].Norm == "at":
		names = nil
	case i > 0 && (l.tokens[i-1].Norm == "mortally" || l.tokens[i-1].Norm == "fatally"):
		names = append([]string{"kill"}, slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == "injure" || n == "kill" })...)
	}
	for _, e := range *out {
		if e.Span == span(t) {
			return
		}
	}
	*out = append(*out, fact.Event{Lemma: lemma, Names: names, Span: span(t), Relation: r, Negated: negated})
}
