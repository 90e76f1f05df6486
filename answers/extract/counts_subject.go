package extract

import (
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// A subjectScan goes right from a noun chunk over what is attached to it, to
// the verbs that it is the subject of.
type subjectScan struct {
	*linker
	k        int // the noun chunk
	attached attachment
	depth    int // how many conjuncts have been gone through
	out      *[]fact.Event
	j        int  // the chunk that is looked at
	adjacent bool // nothing but "of" phrases stands between the noun and chunk j
	skipped  bool // an insertion between commas or dashes was gone over
	found    bool // an event was found
	related  bool // only relative clauses have been found
	finite   bool // a finite verb was found
}

// maxConjuncts is how many members of a list are gone through to the verb.
const maxConjuncts = 8

// subject collects the events of the verbs that noun chunk k is the subject
// of, and reports whether a finite one is among them.
func (l *linker) subject(k int, out *[]fact.Event, a attachment, depth int) bool {
	s := subjectScan{linker: l, k: k, attached: a, depth: depth, out: out, j: k + 1, adjacent: true}
	s.skipped = l.kind(k-1) == commaChunk // an apposition: ", five students, were"
	for s.j < len(l.chunks) && s.j < k+reach && s.step() {
	}
	return s.finite
}

// step goes over chunk j, and reports whether to go on.
func (s *subjectScan) step() bool {
	switch s.kind(s.j) {
	case timeChunk:
		s.j++
		return true
	case prepChunk, ofChunk:
		return s.overPhrase()
	case openChunk:
		return s.to(s.closing(s.j))
	case dashChunk:
		s.skipped = true
		return s.to(s.nextComma(s.j))
	case commaChunk:
		return s.overComma()
	case coordChunk:
		s.overCoordinator()
	case relChunk:
		n := s.relativeClause(s.k, s.j, s.out)
		s.found, s.related = true, true
		s.j, s.adjacent = n, false
		return n >= 0
	case verbChunk:
		return s.atVerb()
	case nounChunk:
		// "12 people dead", "five others missing"
		if s.adjacent && eventAdjectives.Has(s.word(s.j)) {
			s.addEvent(s.out, s.chunks[s.j].from, fact.Patient, false)
			s.found = true
			s.j++
			return true
		}
		return s.contactClause()
	}
	return false
}

// contactClause adds the event of a relative clause without its pronoun: "the 14
// people THEY HAD KIDNAPPED".
func (s *subjectScan) contactClause() bool {
	v := s.j + 1
	if s.j != s.k+1 || !nominative.Has(s.word(s.j)) || s.chunks[s.j].to != s.chunks[s.j].from+1 || s.kind(v) != verbChunk || s.kind(v+1) == nounChunk {
		return false
	}
	if voice := s.chunks[v].voice; voice != active && voice != bare {
		return false
	}
	s.addEvent(s.out, s.chunks[v].main, fact.Patient, s.chunks[v].negated)
	s.found, s.related, s.adjacent = true, true, false
	s.j = s.afterVerb(v)
	return true
}

// to goes on after chunk n; not where n is -1.
func (s *subjectScan) to(n int) bool {
	s.j = n + 1
	return n >= 0
}

// overPhrase goes over a prepositional phrase.
func (s *subjectScan) overPhrase() bool {
	j := s.j
	if partCues.Has(s.word(j)) && !s.skipped {
		s.j = s.skipPart(j)
		return true
	}
	if s.kind(j) == ofChunk && s.kind(j+1) == relChunk {
		s.j += 2 // "one of whom died"
		return true
	}
	n := s.skipTimes(j + 1)
	if n == j+1 && s.kind(n) != nounChunk || clauseCue(s.word(j)) && s.kind(n+1) == verbChunk {
		return false
	}
	if n == j+1 {
		n++
	}
	s.adjacent = s.adjacent && s.kind(j) == ofChunk
	s.j = n
	return true
}

// overCoordinator lets the next conjunct's verb decide.
func (s *subjectScan) overCoordinator() {
	if s.attached == closely && !s.found && s.absolute() {
		s.subject(s.skipTimes(s.j+1), s.out, closely, s.depth+1)
		s.found = len(*s.out) > 0
		return
	}
	if s.attached == closely || s.found && !s.related || s.depth > maxConjuncts {
		return
	}
	n := s.skipTimes(s.j + 1)
	if s.kind(n) != nounChunk || nominative.Has(s.word(n)) || s.governed(s.k) {
		return
	}
	if s.chunks[n].main < 0 && s.chunks[s.k].main >= 0 {
		return // "three soldiers and two wounded"
	}
	s.finite = s.subject(n, s.out, s.attached, s.depth+1)
}

// absolute reports whether the noun is the first of two after "with" or in a
// balance of casualties, of whom one participle speaks: "with two soldiers and
// nine rebels KILLED".
func (s *subjectScan) absolute() bool {
	n := s.skipTimes(s.j + 1)
	p := s.before(s.k)
	if s.kind(p) == ofChunk && s.kind(p-1) == nounChunk && balances.Has(s.tokens[s.chunks[p-1].main2()].Lemma) {
		p = s.before(p - 1)
	}
	if s.word(p) != "with" || s.kind(n) != nounChunk || s.chunks[n].q < 0 {
		return false
	}
	switch s.kind(n + 1) {
	case verbChunk:
		return s.chunks[n+1].voice == bare && casualtyEvents(english.Events(eventLemma(&s.tokens[s.chunks[n+1].main])))
	case nounChunk:
		return eventAdjectives.Has(s.word(n + 1))
	}
	return false
}

// balances are nouns for what something cost in casualties.
var balances = english.NewSet("balance toll total result")

// atVerb adds the events of the verb at chunk j. After a reduced clause ("12
// people injured in the blast") the scan goes on to the main verb.
func (s *subjectScan) atVerb() bool {
	v := &s.chunks[s.j]
	reduced := v.voice == bare || v.voice == gerundV || v.voice == toInf || v.passiveInf
	past := v.voice == bare && (s.pastWithObject(s.j) || neverPassive.Has(s.tokens[v.main].Lemma))
	switch {
	case s.attached == closely && (!s.adjacent || !reduced || past),
		s.attached == asObject && v.voice == bare && !s.adjacent:
		return false
	}
	s.verb(s.j, s.out)
	s.found, s.related = true, false
	if !reduced || past {
		s.finite = true
		return false
	}
	s.j, s.adjacent = s.afterVerb(s.j), false
	return s.attached != closely
}

// overComma goes over what the comma at chunk j encloses.
func (s *subjectScan) overComma() bool {
	j, skipped := s.j, s.skipped
	s.skipped, s.adjacent = true, false
	switch s.kind(j + 1) {
	case relChunk:
		s.relativeClause(s.k, j+1, s.out)
		s.found = true
		return s.to(s.nextComma(j))
	case verbChunk:
		v := &s.chunks[j+1]
		if v.voice != bare && v.voice != gerundV {
			s.j = j + 1
			return skipped
		}
		n := s.nextComma(j)
		if v.voice == bare && !s.pastWithObject(j+1) && (n > 0 || s.kind(j+2) == prepChunk && s.word(j+2) == "by") {
			s.addEvent(s.out, v.main, fact.Patient, v.negated)
		}
		return s.to(n)
	case coordChunk, timeChunk:
		s.j = j + 1
		return true
	case nounChunk:
		if s.word(j+1) == "aged" {
			return s.to(s.nextComma(j)) // "two men, aged 24 and 31, were"
		}
		if s.inList(j + 1) {
			s.overList(j + 1)
			return false
		}
		n := s.nextComma(j)
		switch s.kind(n + 1) {
		case verbChunk, coordChunk, prepChunk, relChunk:
			return s.to(n)
		}
	case prepChunk:
		return s.to(s.nextComma(j))
	}
	return false
}

// overList lets the verb of the last member of a list decide, of which the
// noun chunk at k is the second: "A, B and C were hurt".
func (s *subjectScan) overList(k int) {
	if s.governed(s.k) {
		return
	}
	for n := s.nextConjunct(k); n > k; n = s.nextConjunct(k) {
		k = n
	}
	s.subject(k, s.out, freely, maxConjuncts)
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
	many := l.chunks[k].q >= 0 && l.quantities[l.chunks[k].q].High > 1
	if head := &l.tokens[l.chunks[k].main2()]; l.chunks[k].q < 0 {
		many = head.Case == english.Lower && head.Norm != head.Lemma && strings.HasSuffix(head.Norm, "s") && english.IsPerson(head.Lemma) // "deputies"
	}
	if !many {
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
