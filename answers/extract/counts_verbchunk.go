package extract

import "sourceline/answers/english"

// A verbScan reads a verb chunk: any auxiliaries, then one main verb.
type verbScan struct {
	*chunker
	ch      chunk
	lastAux tag // stop where there is none
	hasAux  bool
	inf     bool // begins with "to"
}

// verb makes the verb chunk that begins at token i.
func (c *chunker) verb(i int) int {
	v := verbScan{chunker: c, ch: chunk{kind: verbChunk, from: i, main: i}, lastAux: stop}
	for ; i < len(c.tokens); i++ {
		if v.main(i) {
			return c.finishVerb(v.ch, i+1, v.inf)
		}
		if !v.auxiliary(i) {
			break
		}
	}
	if v.lastAux == beAux {
		v.ch.voice = copula
	}
	if !v.hasAux && v.ch.negated { // "not" alone belongs to nothing
		return i
	}
	return c.finishVerb(v.ch, i, v.inf)
}

// auxiliary reads token i as what stands before the main verb, and reports
// whether it is.
func (v *verbScan) auxiliary(i int) bool {
	switch t := v.tag(i); t {
	case beAux, haveAux, doAux, modal:
		if t == haveAux && v.hasAux && v.lastAux == beAux {
			return false
		}
		v.ch.main, v.lastAux, v.hasAux = i, t, true
	case negation:
		v.ch.negated = true
	case adverb, quote:
		return t == quote || v.norm(i) != "together" || v.norm(i+1) != "with"
	case preposition: // "has since died"
		return v.norm(i) == "since" && v.hasAux && verbalTag(v.tag(i+1))
	case infinitive:
		if i > v.ch.from && v.lastAux != haveAux && v.lastAux != modal && v.lastAux != beAux {
			return false
		}
		if i == v.ch.from {
			v.inf, v.hasAux = true, true
		}
		v.lastAux = infinitive
	case nominal: // "were first beaten"
		return v.hasAux && v.tokens[i].Is(english.Ordinal) && verbalTag(v.tag(i+1))
	default:
		return false
	}
	return true
}

// main reads token i as the main verb, and reports whether it is.
func (v *verbScan) main(i int) bool {
	switch v.tag(i) {
	case participle:
		switch v.lastAux {
		case beAux:
			v.ch.voice = passive
		case haveAux, infinitive, doAux, modal:
			v.ch.voice = active
		default:
			v.ch.voice = bare
		}
	case gerund:
		v.ch.voice = gerundV
		if v.lastAux == beAux {
			v.ch.voice = active
		}
	case finite:
		v.ch.voice = active
	case nominal:
		bareForm := v.tokens[i].Norm == v.tokens[i].Lemma
		switch {
		case bareForm && (v.lastAux == modal || v.lastAux == infinitive || v.lastAux == doAux):
			v.ch.voice = active // "may kill", "did not vote": can be a noun
		case v.lastAux == beAux && eventAdjectives.Has(v.norm(i)) && v.tag(i+1) != nominal:
			v.ch.voice = adjective
		default:
			return false
		}
	default:
		return false
	}
	v.ch.main = i
	return true
}

func verbalTag(t tag) bool { return t == participle || t == gerund || t == adverb }

// finishVerb adds the verb chunk that ends before token to.
func (c *chunker) finishVerb(ch chunk, to int, inf bool) int {
	ch.to = to
	if inf {
		switch ch.voice {
		case passive:
			ch.passiveInf = true
		case active:
			ch.voice = toInf
		}
	}
	// "got killed": get is the auxiliary of the participle after it.
	if ch.voice != passive && c.tokens[ch.main].Lemma == "get" && c.tag(to) == participle && c.tag(to+1) != nominal {
		ch.main, ch.voice, ch.to = to, passive, to+1
	}
	if c.tokens[ch.main].Norm == "missing" && ch.voice == passive {
		ch.voice = adjective
	}
	return c.add(ch)
}
