package question

import (
	"slices"
	"strings"

	"sourceline/answers/english"
)

// occurs reports whether the verb at token v says no more than that what was
// named before it happened.
func (p *parser) occurs(v int) bool {
	return p.lemma(v) == "happen" || p.lemma(v) == "occur" || p.lemma(v) == "take" && p.norm(v+1) == "place"
}

// firing reads "fire" as to sack where it is said of people and not of whom
// they aim at: "who FIRED the officials", "why was the minister FIRED".
func (p *parser) firing() {
	v, person := -1, p.norm(p.from) == "who" || p.norm(p.from) == "whom"
	object := -1
	for i := p.from; i < len(p.tokens); i++ {
		switch t := &p.tokens[i]; {
		case t.Lemma == "fire" && t.Norm != "fires" && i > p.from && !p.tokens[i-1].Is(english.Determiner|english.Preposition):
			v = i
		case v == i-1 && v >= 0 && (t.Norm == "on" || t.Norm == "at" || t.Norm == "upon" || t.Norm == "into" || t.Norm == "towards" || t.Norm == "toward"):
			return
		case v >= 0 && object < 0 && t.Kind == english.Word && (p.name[i] >= 0 || t.Content()) && t.Class&english.Adverb == 0:
			object = i
			for object+1 < len(p.tokens) && p.tokens[object+1].Content() && p.tokens[object+1].Kind == english.Word {
				object++ // the last noun of "security officials"
			}
			person = p.personal(object)
		case v < 0 && p.personal(i):
			person = true
		}
	}
	passive := v > 0 && slices.ContainsFunc(p.tokens[p.from:v], func(t english.Token) bool { return t.Lemma == "be" || t.Lemma == "get" })
	if person && (object >= 0 || passive) {
		p.tokens[v].Reread("sacked", "sack", p.tokens[v].Class)
	}
}

// personal reports whether token i names or is a noun for people.
func (p *parser) personal(i int) bool {
	if n := p.name[i]; n >= 0 {
		return !p.q.Names[n].Place && !isPlace(p.norm(i))
	}
	return english.IsPerson(p.lemma(i))
}

// voice tells whether the one is asked for who did it, or the one to whom it
// was done.
func (p *parser) voice() {
	for i := p.from; i < len(p.tokens); i++ {
		t := p.tokens[i]
		if t.Norm == "whom" || (t.Norm == "who" || t.Norm == "which") && p.lemma(i+1) == "do" {
			p.q.Passive = true
			return
		}
		past := strings.HasSuffix(t.Norm, "ed") || strings.HasSuffix(t.Norm, "en") || t.Norm != t.Lemma && !strings.HasSuffix(t.Norm, "s") && !strings.HasSuffix(t.Norm, "ing")
		if t.Lemma == p.q.Verb && past && i > 0 && (p.lemma(i-1) == "be" || p.norm(i-1) == "got" || i > 1 && p.lemma(i-2) == "be" && p.tokens[i-1].Is(english.Adverb)) {
			p.q.Passive = true
			return
		}
	}
}

// progressive is the token of the verb of "how many cars is the firm RECALLING",
// from token i on; -1 where there is none.
func (p *parser) progressive(i int) int {
	be := false
	for ; i < len(p.tokens); i++ {
		if be && strings.HasSuffix(p.norm(i), "ing") && p.norm(i) != p.lemma(i) && p.verbal(i) {
			return i
		}
		be = be || p.lemma(i) == "be"
	}
	return -1
}

// lightVerbs say nothing of what happened to what is counted.
var lightVerbs = map[string]bool{
	"be": true, "have": true, "do": true, "get": true, "make": true, "take": true, "give": true, "involve": true, "include": true, "come": true, "go": true,
	"happen": true, "see": true, "want": true, "contain": true, "stand": true, "total": true, "amount": true, "reach": true, "add": true, "equal": true,
	"number": true, "exist": true, "know": true, "remain": true, "live": true, "say": true, "report": true, "count": true, "estimate": true,
	"expect": true, "affect": true, "cause": true, "inflict": true, "bring": true,
}

// predicate reads "how many of them were CHILDREN": the noun after the verb is
// what is counted.
func (p *parser) predicate(i int) {
	if p.q.Head != "" || p.lemma(i) != "be" {
		return
	}
	end := p.phraseEnd(i + 1)
	for k := end - 1; k > i; k-- {
		if l := p.lemma(k); p.name[k] < 0 && p.tokens[k].Content() && (countable(l) || strings.HasSuffix(p.norm(k), "s")) {
			p.q.Head = l
			return
		}
	}
}

// verbAt reports whether token i, inside a noun phrase so far, is rather the
// verb after it: "how many people DIED", "protesters ARRESTED".
func (p *parser) verbAt(i int) bool {
	t := p.tokens[i]
	if t.Class&english.Adverb != 0 && t.Lemma != "back" {
		return true
	}
	if t.Norm == t.Lemma { // "live", "attend": a bare verb after a plural
		prev := p.tokens[i-1]
		return prev.Norm != prev.Lemma && len(english.Events(t.Lemma)) > 0 && !countable(t.Lemma) || prev.Lemma == "people" && prev.Kind == english.Word && len(english.Events(t.Lemma)) > 0 && !countable(t.Lemma)
	}
	past := len(t.Norm) > 4 && t.Norm[len(t.Norm)-2:] == "ed" || len(t.Norm) > 5 && t.Norm[len(t.Norm)-3:] == "ing"
	plural := t.Norm == t.Lemma+"s" || t.Norm == t.Lemma+"es"
	return past || !plural && len(english.Events(t.Lemma)) > 0 && !countable(t.Lemma)
}

// happened puts what the verb says in the place of what the counted noun does:
// the detainees who were RELEASED are not all that were detained.
func (p *parser) happened(head, end int) {
	v := p.mainVerb()
	if head < 0 || v < end || p.q.Head != "" || p.q.Verb != p.lemma(head) || lightVerbs[p.lemma(v)] || p.tokens[v].Is(english.Reporting) || p.tokens[v-1].Is(english.Preposition) {
		return
	}
	names := english.Events(p.lemma(v))
	if len(names) == 0 || slices.ContainsFunc(names, func(n string) bool { return slices.Contains(p.q.Events, n) }) {
		return
	}
	p.q.Head, p.q.Verb, p.q.Events = p.lemma(head), p.lemma(v), names
}

// events finds what happened from token i on: the verb, or where there is none
// the first noun of an event.
func (p *parser) events(i int, all bool) {
	if p.q.Verb != "" {
		return
	}
	noun := -1
	for ; i < len(p.tokens); i++ {
		t := p.tokens[i]
		if p.used[i] || p.name[i] >= 0 || p.inTime(i) || t.Kind != english.Word || t.Class&(english.Auxiliary|english.Preposition|english.Determiner) != 0 {
			continue
		}
		if len(english.Events(t.Lemma)) == 0 {
			continue
		}
		if nounLike(t) && (p.nounAt(i) || countable(t.Lemma)) || i > 0 && p.tokens[i-1].Is(english.Determiner) && strings.HasSuffix(t.Norm, "ing") {
			if noun < 0 && (all || !countable(t.Lemma)) {
				noun = i
			}
			continue
		}
		p.q.Events, p.q.Verb = english.Events(t.Lemma), t.Lemma
		return
	}
	if noun >= 0 {
		l := p.lemma(noun)
		p.q.Events, p.q.Verb = english.Events(l), l
		p.nounOnly = true
	}
}

// mainVerb is the token of the question's verb; -1 where it is only "be" or
// "have". It is the word right after "who", a participle after "be", or the
// bare verb that follows the subject: a word that ends the question or has a
// word of grammar or a name beside it.
func (p *parser) mainVerb() int {
	aux := -1
	for i := p.from; i < len(p.tokens); i++ {
		if p.tokens[i].Is(english.Auxiliary) {
			aux = i
			break
		}
	}
	if i := p.from + 1; p.norm(p.from) == "who" && aux != i && i < len(p.tokens) && p.verbal(i) {
		return i
	}
	if aux < 0 {
		return -1
	}
	if i := aux + 1; p.norm(p.from) == "who" && aux == p.from+1 && i+1 < len(p.tokens) && modals[p.norm(aux)] && p.verbal(i) {
		return i // "who will SUCCEED her"
	}
	subject := false
	for i := aux + 1; i < len(p.tokens); i++ {
		t := p.tokens[i]
		switch {
		case p.name[i] >= 0 || t.Is(english.Pronoun):
			subject = true
		case !p.verbal(i):
			subject = subject || t.Content()
		case p.participle(i) && !p.beforeNoun(i) && (p.lemma(aux) == "be" || p.lemma(aux) == "have" || p.lemma(i-1) == "be"):
			return i
		case subject && p.lemma(aux) != "be" && p.ends(i):
			return i
		default:
			subject = true
		}
	}
	return -1
}

// modals are auxiliaries that the verb follows where "who" is the subject.
var modals = map[string]bool{"will": true, "would": true, "shall": true, "should": true, "can": true, "could": true, "may": true, "might": true, "must": true}

// beforeNoun reports whether a content word follows token i: "ARMED men".
func (p *parser) beforeNoun(i int) bool {
	return i+1 < len(p.tokens) && p.name[i+1] < 0 && p.tokens[i+1].Content() && p.tokens[i+1].Class&english.Adverb == 0
}

// verbal reports whether token i can be a verb at all.
func (p *parser) verbal(i int) bool {
	t := p.tokens[i]
	return t.Kind == english.Word && p.name[i] < 0 && t.Class&(english.Determiner|english.Preposition|english.Pronoun|english.Auxiliary|english.Conjunction|english.NumberWord|english.Weekday|english.Month) == 0 &&
		!(i > p.from && p.tokens[i-1].Is(english.Determiner))
}

// participle reports whether token i is written as a past participle.
func (p *parser) participle(i int) bool {
	t := p.tokens[i]
	if superlatives[t.Norm] {
		return false
	}
	return t.Norm != t.Lemma && !strings.HasSuffix(t.Norm, "s") && !strings.HasSuffix(t.Norm, "ing") && !strings.HasSuffix(t.Norm, "er") && !strings.HasSuffix(t.Norm, "est") || strings.HasSuffix(t.Norm, "ed") || t.Norm == "born" || t.Norm == "sworn"
}

// ends reports whether what comes after token i shows that it is the verb.
func (p *parser) ends(i int) bool {
	if i+1 >= len(p.tokens) || p.name[i+1] >= 0 || p.name[i-1] >= 0 || p.tokens[i-1].Is(english.Pronoun) {
		return true
	}
	next := p.tokens[i+1]
	return next.Kind == english.Mark || next.Class&(english.Determiner|english.Preposition|english.Adverb|english.Pronoun) != 0
}

// nounAt reports whether the word at token i stands where a noun stands: after
// an article or its modifiers, as the first word, or before an auxiliary.
func (p *parser) nounAt(i int) bool {
	if i == p.from {
		return true
	}
	t, prev := p.tokens[i], p.tokens[i-1]
	if prev.Is(english.Determiner|english.Preposition) && prev.Norm != "to" || i+1 < len(p.tokens) && p.tokens[i+1].Is(english.Auxiliary) {
		return true
	}
	if t.Norm != t.Lemma && strings.HasSuffix(t.Norm, "s") {
		return true
	}
	return prev.Kind == english.Word && prev.Class == 0 && i > 1 && p.tokens[i-2].Is(english.Determiner) && i+1 < len(p.tokens) && p.tokens[i+1].Kind == english.Word
}

// nounLike reports whether a word that can be both is written as a noun.
func nounLike(t english.Token) bool {
	n := len(t.Norm)
	return !(n > 4 && t.Norm[n-2:] == "ed" || n > 5 && t.Norm[n-3:] == "ing")
}
