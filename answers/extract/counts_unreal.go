package extract

import "sourceline/answers/english"

// The words before an infinitive by which it did not come, or not yet, to what
// it says: "ATTEMPTED to kill", "a PLOT to kidnap".
var (
	attempts = english.NewSet("attempt try plan threaten plot conspire intend want vow swear seek hope prepare fail refuse wish mean scheme")
	aims     = english.NewSet("attempt plan plot bid effort intention intent threat conspiracy scheme try wish")
	tried    = english.NewSet("attempted foiled failed thwarted planned averted frustrated")
)

// unrealised reports whether the verb at chunk p is an infinitive that harms
// people, and only meant to: what companies plan to do is told apart by its
// standing.
func (l *linker) unrealised(p int) bool {
	v := &l.chunks[p]
	if v.voice != toInf || !casualtyEvents(english.Events(eventLemma(&l.tokens[v.main]))) {
		return false
	}
	switch b := l.before(p); l.kind(b) {
	case verbChunk:
		return attempts.Has(eventLemma(&l.tokens[l.chunks[b].main])) && !l.chunks[b].negated
	case nounChunk:
		return aims.Has(l.tokens[l.chunks[b].main2()].Lemma) || l.word(b) == "order" && l.word(b-1) == "in"
	}
	return false
}

// onlyTried reports whether the event of noun chunk h did not succeed: "the
// ATTEMPTED murder of two judges".
func (l *linker) onlyTried(h int) bool {
	for i := l.chunks[h].from; i < l.chunks[h].main; i++ {
		if tried.Has(l.tokens[i].Norm) {
			return true
		}
	}
	return false
}

// conditional reports whether noun chunk k stands in a clause that "if" opens,
// the word "even" aside.
func (l *linker) conditional(k int) bool {
	for j := k - 1; j >= 0 && j > k-reach; j-- {
		switch l.kind(j) {
		case subChunk:
			from := l.chunks[j].from
			return l.word(j) == "if" && (from == 0 || l.tokens[from-1].Norm != "even") || l.word(j) == "unless"
		case stopChunk, commaChunk, coordChunk, relChunk, dashChunk:
			return false
		}
	}
	return false
}
