package extract

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// counts links each quantity of a sentence to what it counts and to what
// happened to that, and adds the counts that are written without a number ("a
// soldier was wounded", "nobody was hurt"). They come in the order of their
// quantities. Tokens, quantities and times count in the same text.
func counts(tokens []english.Token, quantities []quantity.Quantity, times []timex.Time) []fact.Count {
	return new(linker).counts(tokens, quantities, times)
}

// counts is counts with the linker's memory.
func (l *linker) counts(tokens []english.Token, quantities []quantity.Quantity, times []timex.Time) []fact.Count {
	quantities = withoutExcepted(tokens, quantities)
	if len(quantities) == 0 && !mayCount(tokens) {
		return nil
	}
	return l.link(tokens, quantities, times)
}

// link is counts of a sentence that may have some.
// withoutExcepted leaves out the figures of those to whom it did not happen: "all
// BUT 30 were released".
func withoutExcepted(tokens []english.Token, quantities []quantity.Quantity) []quantity.Quantity {
	at := 0
	return slices.DeleteFunc(quantities, func(q quantity.Quantity) bool {
		for at < len(tokens) && tokens[at].Start < q.Span.Start {
			at++
		}
		return at > 1 && tokens[at-1].Norm == "but" && (tokens[at-2].Norm == "all" || tokens[at-2].Norm == "everyone" || tokens[at-2].Norm == "everybody")
	})
}

func (l *linker) link(tokens []english.Token, quantities []quantity.Quantity, times []timex.Time) []fact.Count {
	l.read(tokens, quantities, times)
	l.conjoin()
	l.collect()
	l.parts()
	l.tolls()
	l.implied()
	l.bearers()
	l.background()
	return l.finish()
}

// read tags and chunks a sentence.
func (l *linker) read(tokens []english.Token, quantities []quantity.Quantity, times []timex.Time) {
	l.tokens, l.quantities, l.times, l.made = tokens, quantities, times, l.made[:0]
	l.tags = tagTokens(l.tags, tokens, quantities, times)
	l.chunks = chunks(l.chunks, tokens, l.tags)
}

// mayCount reports whether a sentence without a quantity may have a count: a
// noun phrase can begin so that implicit takes it for one, and something is
// said of casualties. It saves most sentences from being tagged.
func mayCount(tokens []english.Token) bool {
	starts, happens, cues := false, false, casualtyCues()
	for i := range tokens {
		t := &tokens[i]
		switch t.Norm {
		case "a", "an", "another", "no", "nobody", "none":
			starts = true
		default:
			happens = happens || t.Kind == english.Word && (cues.Has(t.Lemma) || cues.Has(eventLemma(t)))
		}
		if starts && happens {
			return true
		}
	}
	return false
}

// casualtyCues are the lemmas without which no event of casualtyEvents is
// found in a sentence.
var casualtyCues = sync.OnceValue(func() *english.Set {
	var words []string
	for _, name := range casualties.Words() {
		words = append(words, english.EventWords(name)...)
	}
	words = append(words, agentNouns.Words()...)
	words = append(words, bodyNouns.Words()...)
	for _, verb := range lightNouns.Words() {
		words = slices.AppendSeq(words, maps.Keys(lightNouns.Of(verb)))
	}
	for _, phrase := range particles.Words() {
		verb, _, _ := strings.Cut(phrase, " ")
		words = append(words, verb)
	}
	for _, preposition := range states.Words() {
		words = slices.AppendSeq(words, maps.Keys(states.Of(preposition)))
	}
	return english.NewSet(words...)
})

// A linker holds one sentence while its counts are made.
type linker struct {
	tokens     []english.Token
	tags       []tagged
	quantities []quantity.Quantity
	times      []timex.Time
	chunks     []chunk
	conjunct   []int // of a noun chunk the noun chunk that it is coordinated with, to its left; -1
	made       []made
	finished   []fact.Count // of all facts of the article
}

// made is a count in the making.
type made struct {
	count    fact.Count
	chunk    int // its noun chunk; -1 where the quantity is in none
	noun     int // the chunk that its noun stands in: "bodyguards" of "two of his bodyguards"
	whole    int // index into linker.made of what it is a part of; -1
	elliptic bool
}

// collect makes a count of every quantity, and of every noun chunk that
// counts without one.
func (l *linker) collect() {
	seen := make([]bool, len(l.quantities))
	for k := range l.chunks {
		ch := &l.chunks[k]
		if ch.kind != nounChunk {
			continue
		}
		if ch.q >= 0 {
			if seen[ch.q] {
				continue
			}
			seen[ch.q] = true
			l.made = append(l.made, l.make(k, l.quantities[ch.q]))
			continue
		}
		if q, ok := l.implicit(k); ok {
			m := l.make(k, q)
			m.count.Implicit = q.Low == 1
			if slices.ContainsFunc(m.count.Events, func(e fact.Event) bool { return e.Relation != fact.Agent && casualtyEvents(e.Names) }) {
				l.made = append(l.made, m)
			}
		}
	}
	for i, q := range l.quantities {
		if !seen[i] {
			l.made = append(l.made, made{chunk: -1, whole: -1, count: fact.Count{Quantity: q, Phrase: q.Span, Part: -1, Says: -1, Mark: -1, Noun: corpus.Span{Start: q.Span.End, End: q.Span.End}}})
		}
	}
}

// implicit is the quantity of a noun chunk without a number: one for "a
// soldier", none for "no rescue workers" and "nobody".
func (l *linker) implicit(k int) (quantity.Quantity, bool) {
	ch := &l.chunks[k]
	first := &l.tokens[ch.from]
	value := -1.0
	switch first.Norm {
	case "a", "an", "another":
		if ch.main > ch.from && ch.owner < 0 && isPerson(l.tokens[ch.main].Lemma) || ch.owner > 0 && ch.from+1 < ch.main && false {
			value = 1
		}
	case "no":
		if ch.main > ch.from {
			value = 0
		}
	case "nobody", "none":
		value = 0
	}
	if value < 0 || value == 1 && slices.ContainsFunc(l.tokens[ch.from:ch.main], func(t english.Token) bool { return t.Is(english.Ordinal) }) {
		return quantity.Quantity{}, false // "a third suspect" is not one
	}
	s := corpus.Span{Start: first.Start, End: first.End}
	return quantity.Quantity{Low: value, High: value, Bound: quantity.Exact, Unit: quantity.Unit{Kind: quantity.Count}, Text: first.Text, Span: s, Number: s}, true
}

// casualtyEvents reports whether something is done to people, one of whom is
// worth a count.
func casualtyEvents(names []string) bool {
	return slices.ContainsFunc(names, casualties.Has)
}

var casualties = english.NewSet("kill injure detain kidnap missing rescue release attack shoot hospitalize displace casualty sentence charge")

// make builds the count of noun chunk k: what is counted, and its events.
func (l *linker) make(k int, q quantity.Quantity) made {
	m := made{chunk: k, noun: k, whole: -1}
	c := &m.count
	*c = fact.Count{Quantity: q, Part: -1, Says: -1, Mark: -1, Phrase: q.Span}
	c.Noun = corpus.Span{Start: q.Span.End, End: q.Span.End}
	l.counted(k, q, &m)
	c.Definite = definite(l.tokens[l.chunks[k].from].Norm)
	l.events(k, c)
	l.prenominal(k, c)
	if m.noun != k && !c.Partial && q.Unit.Kind == quantity.Count {
		l.prenominal(m.noun, c) // "dozens of arrests"
	}
	l.of(k, c)
	jobs(c)
	return m
}

// cuttingVerbs are what happens to jobs that are cut.
var cuttingVerbs = english.NewSet("cut go lose axe shed slash eliminate suppress scrap abolish disappear")

// jobs makes "470 jobs would go" and "1,200 job cuts" layoffs.
func jobs(c *fact.Count) {
	if i := slices.Index(c.Mods, "job"); i >= 0 && (c.Head == "cut" || c.Head == "loss") {
		c.Head, c.Mods = "job", slices.Delete(slices.Clone(c.Mods), i, i+1)
		c.Events = append(c.Events, fact.Event{Lemma: "cut", Names: []string{"layoff"}, Span: c.Noun, Relation: fact.Nominal})
		return
	}
	if !english.SameThing("job", c.Head) {
		return
	}
	for i, e := range c.Events {
		if cuttingVerbs.Has(e.Lemma) && !slices.Contains(e.Names, "layoff") {
			c.Events[i].Names = append(slices.Clone(e.Names), "layoff")
		}
	}
}

// counted fills in what is counted.
func (l *linker) counted(k int, q quantity.Quantity, m *made) {
	c := &m.count
	ch := &l.chunks[k]
	from, to := ch.from, ch.to
	if ch.owner >= 0 && l.tokens[ch.owner].Start >= q.Span.End && !kindOf.Has(l.tokens[ch.owner-1].Lemma) {
		to = ch.owner // "two soldiers' families" counts soldiers
	}
	if l.compound(k, q, c) {
		return
	}
	l.nounPhrase(c, q, from, to)
	l.secondNoun(k, q, c)
	if c.Head != "" && !classifiers.Has(c.Head) {
		return
	}
	// "two of his bodyguards", "250 pieces of hardware", "dozens of people"
	if k+2 < len(l.chunks) && l.chunks[k+1].kind == ofChunk && l.chunks[k+2].kind == nounChunk {
		of := &l.chunks[k+2]
		first := l.tokens[of.from].Norm
		c.Partial = c.Head == "" && q.Unit.Kind == quantity.Count && (definite(first) || l.tags[of.from].tag == pronoun)
		if l.tags[of.main2()].tag != pronoun {
			c.Head, c.Mods = "", nil
			l.nounPhrase(c, q, of.from, of.to)
			m.noun = k + 2
			if c.Partial && eventAdjectives.Has(c.Head) {
				l.partOfGroup(k, c)
			} else if c.Partial {
				l.partOfVictims(k, c)
			}
		}
	}
	l.predicate(k, c)
	m.elliptic = c.Head == ""
}

// partOfGroup reads "nine of the dead were foreigners": foreigners are counted,
// and they are dead.
func (l *linker) partOfGroup(k int, c *fact.Count) {
	if l.kind(k+3) != verbChunk || l.chunks[k+3].voice != copula {
		return
	}
	group := c.Head
	c.Head = ""
	l.predicateAt(k+3, c)
	if c.Head == "" {
		c.Head = group
		return
	}
	l.groupEvent(k+2, &c.Events)
}

// kindOf are possessors that say of what kind something is: "two women's
// leagues" counts leagues.
var kindOf = english.NewSet("woman man child boy girl people worker")

// compound reads a number with a hyphen and its noun before what has so many
// of it: "a 13,800-seat arena" counts seats.
func (l *linker) compound(k int, q quantity.Quantity, c *fact.Count) bool {
	ch := &l.chunks[k]
	for i := ch.from; i+2 < ch.to; i++ {
		if l.tags[i].tag != number || l.tags[i+1].tag != hyphen || l.tags[i+2].tag != nominal || l.tokens[i].End != q.Span.End || q.Unit.Kind != quantity.Count {
			continue
		}
		t := &l.tokens[i+2]
		c.Head, c.Noun = t.Lemma, span(t)
		c.Phrase = corpus.Span{Start: q.Span.Start, End: t.End}
		for j := i + 3; j < ch.to; j++ {
			if l.tags[j].tag == nominal {
				c.Of = append(c.Of, l.tokens[j].Lemma)
			}
		}
		return true
	}
	return false
}

// invariant plurals look like singulars.
var invariant = english.NewSet("people police personnel aircraft dead wounded injured missing sheep fish cattle series species percent staff crew youth troop military hardware equipment")

// secondNoun takes the noun that two coordinated modifiers share: "900,000
// civilian and military dead".
func (l *linker) secondNoun(k int, q quantity.Quantity, c *fact.Count) {
	ch := &l.chunks[k]
	if q.High <= 1 || q.Unit.Kind != quantity.Count || c.Head == "" || ch.owner >= 0 || ch.main < 0 || invariant.Has(c.Head) || pluralNoun(&l.tokens[ch.main]) {
		return
	}
	if l.kind(k+1) != coordChunk || l.chunks[k+1].with || l.kind(k+2) != nounChunk {
		return
	}
	second := &l.chunks[k+2]
	if head := &l.tokens[second.main2()]; second.q < 0 && l.tags[second.from].tag == nominal && (pluralNoun(head) || invariant.Has(head.Norm)) {
		c.Mods = append(c.Mods, c.Head)
		c.Head = head.Lemma
		c.Noun.End, c.Phrase.End = head.End, head.End
	}
}

// predicate takes the noun that a verb of being gives to a count without one:
// "five of whom were Spaniards", "the 12 were members of a commission".
func (l *linker) predicate(k int, c *fact.Count) {
	if c.Head != "" || c.Quantity.Unit.Kind != quantity.Count {
		return
	}
	j := k + 1
	if l.kind(j) == ofChunk {
		j += 2
		if l.kind(j) == nounChunk && l.chunks[j].q < 0 && l.tags[l.chunks[j].from].tag == nominal {
			c.Head = l.tokens[l.chunks[j].main2()].Lemma // "12 of them children"
			return
		}
	}
	l.predicateAt(j, c)
}

// predicateAt is predicate for the verb at chunk j.
func (l *linker) predicateAt(j int, c *fact.Count) {
	if l.kind(j) != verbChunk || l.chunks[j].voice != copula || l.kind(j+1) != nounChunk || l.chunks[j+1].q >= 0 || eventAdjectives.Has(l.word(j+1)) {
		return
	}
	p := &l.chunks[j+1]
	if head := &l.tokens[p.main2()]; l.tags[p.main2()].tag == nominal && (pluralNoun(head) || isPerson(head.Lemma)) {
		c.Head = head.Lemma
		for i := p.from; i < p.main; i++ {
			if l.tags[i].tag == nominal {
				c.Mods = append(c.Mods, l.tokens[i].Lemma)
			}
		}
		l.appendOf(j+2, c, ofPhrases)
	}
}

func (ch *chunk) main2() int { return max(ch.main, ch.from) }

func definite(norm string) bool {
	switch norm {
	case "the", "these", "those", "his", "her", "its", "their", "our", "my", "your", "them", "us", "whom", "which":
		return true
	}
	return false
}

// nounPhrase reads the counted noun from tokens from to to.
func (l *linker) nounPhrase(c *fact.Count, q quantity.Quantity, from, to int) {
	head, start := -1, -1
	for i := from; i < to; i++ {
		t := &l.tokens[i]
		outside := t.Start >= q.Span.End || t.End <= q.Span.Start
		switch t.Norm {
		case "other", "others", "another":
			c.Others = true
		case "more", "additional", "further":
			c.Increment = c.Increment || outside
		}
		if l.tags[i].tag == number || !outside {
			continue
		}
		if l.tags[i].tag == nominal && t.Norm != "others" && t.Norm != "those" || (l.tags[i].tag == participle || l.tags[i].tag == gerund) {
			if start < 0 && t.Start >= q.Span.Start {
				start = i
			}
			if head >= 0 {
				c.Mods = append(c.Mods, l.tokens[head].Lemma)
			}
			head = i
		}
	}
	if head < 0 {
		return
	}
	c.Head = l.tokens[head].Lemma
	if l.tags[head].tag == participle {
		c.Head = l.tokens[head].Norm // "one of the wounded"
	}
	if start >= 0 {
		c.Noun = corpus.Span{Start: l.tokens[start].Start, End: l.tokens[head].End}
		c.Phrase = corpus.Span{Start: min(q.Span.Start, c.Noun.Start), End: max(q.Span.End, c.Noun.End)}
	}
}

// prenominal adds what a participle before the noun says: "seven kidnapped
// students", "two dead soldiers".
func (l *linker) prenominal(k int, c *fact.Count) {
	ch := &l.chunks[k]
	for i := ch.from; i < ch.to; i++ {
		t := &l.tokens[i]
		switch {
		case l.tags[i].tag == participle, eventAdjectives.Has(t.Norm) && l.tags[i].tag == nominal && i < ch.main:
			lemma := eventLemma(t)
			if names := english.Events(lemma); len(names) > 0 {
				c.Events = append(c.Events, fact.Event{Lemma: lemma, Names: names, Span: span(t), Relation: fact.Patient})
			}
		case i == ch.main && (ch.owner < 0 || l.tokens[ch.owner].Start < c.Quantity.Span.Start):
			lemma := eventLemma(t)
			if lemma == "life" && l.taken(c) {
				c.Events = append(c.Events, fact.Event{Lemma: lemma, Names: []string{"kill"}, Span: span(t), Relation: fact.Nominal})
			} else if bodyNouns.Has(lemma) && l.found(c) {
				c.Events = append(c.Events, fact.Event{Lemma: lemma, Names: []string{"kill"}, Span: span(t), Relation: fact.Nominal})
			} else if names := english.Events(lemma); len(names) > 0 && !notEventNouns.Has(lemma) {
				c.Events = append(c.Events, fact.Event{Lemma: lemma, Names: names, Span: span(t), Relation: fact.Nominal, Negated: c.Quantity.High == 0})
			}
		}
	}
	// "the six priests' murder"
	if ch.owner >= 0 && l.tokens[ch.owner].Start >= c.Quantity.Span.End && ch.main > ch.owner {
		p := l.before(k)
		if len(english.Events(eventLemma(&l.tokens[ch.main]))) > 0 {
			l.addEvent(&c.Events, ch.main, fact.Patient, false)
		} else if name := agentNouns.Of(l.tokens[ch.main].Lemma); name != "" {
			c.Events = append(c.Events, fact.Event{Lemma: l.tokens[ch.main].Lemma, Names: []string{name}, Span: span(&l.tokens[ch.main]), Relation: fact.Patient})
		} else if l.kind(p) == verbChunk && lightNames(l.tokens[l.chunks[p].main].Lemma, l.tokens[ch.main].Lemma) != nil { // "claimed three students' lives"
			c.Events = append(c.Events, fact.Event{Lemma: l.tokens[ch.main].Lemma, Names: lightNames(l.tokens[l.chunks[p].main].Lemma, l.tokens[ch.main].Lemma), Span: span(&l.tokens[ch.main]), Relation: fact.Patient})
		}
	}
}

// taken reports whether what is counted was lost: lives that are, are deaths.
func (l *linker) taken(c *fact.Count) bool {
	return slices.ContainsFunc(c.Events, func(e fact.Event) bool { return lightNouns.Of(e.Lemma)["life"] != "" && !e.Negated })
}

// found reports whether what is counted was found: bodies that are, are dead.
func (l *linker) found(c *fact.Count) bool {
	return slices.ContainsFunc(c.Events, func(e fact.Event) bool {
		return (findVerbs.Has(e.Lemma) || e.Relation == fact.Patient && casualtyEvents(e.Names)) && !e.Negated
	})
}

func span(t *english.Token) corpus.Span { return corpus.Span{Start: t.Start, End: t.End} }

// eventLemma is the lemma by which a word stands in the table of events.
func eventLemma(t *english.Token) string {
	if t.Norm == "missing" || t.Norm == "dead" {
		return t.Norm
	}
	if l, ok := irregular.Find(t.Norm); ok {
		return l
	}
	return verbLemma(t.Norm, t.Lemma)
}

// finish puts the counts in the order of their quantities and their parts
// with them.
func (l *linker) finish() []fact.Count {
	if len(l.made) == 0 {
		return nil
	}
	order := make([]int, len(l.made))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return l.made[a].count.Quantity.Span.Start - l.made[b].count.Quantity.Span.Start
	})
	place := make([]int, len(order))
	for at, i := range order {
		place[i] = at
	}
	from := len(l.finished)
	for _, i := range order {
		c := l.made[i].count
		if w := l.made[i].whole; w >= 0 {
			c.Part = place[w]
		}
		l.finished = append(l.finished, c)
	}
	return slices.Clip(l.finished[from:])
}
