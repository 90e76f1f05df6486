package question

import (
	"slices"
	"strings"

	"sourceline/answers/english"
)

// countsPeople are the events whose nouns count the people that they happen
// to: "164 deaths" are 164 people, "three explosions" are three explosions.
var countsPeople = map[string]bool{
	"kill": true, "injure": true, "detain": true, "kidnap": true, "release": true, "missing": true, "rescue": true, "displace": true,
	"infect": true, "sicken": true, "hospitalize": true, "layoff": true, "dismiss": true, "casualty": true,
}

// focus finds what is counted or asked about, and what happened to it.
func (p *parser) focus() {
	switch p.q.Type {
	case Figure:
		p.figureFocus()
	case Greeting:
	default:
		p.events(p.from, true)
		if v := p.mainVerb(); v >= 0 && !(p.nounOnly && p.occurs(v)) && (p.q.Verb == "" || p.nounOnly || p.q.Type == YesNo && p.bareNoun(v)) {
			p.q.Verb, p.q.Events = p.lemma(v), english.Events(p.lemma(v))
			p.nounOnly = false
		}
		p.q.EventNoun = p.nounOnly
		p.voice()
		if p.q.Type == YesNo {
			p.givenHead()
		}
	}
	for i := p.from; i < len(p.tokens); i++ {
		if t := p.tokens[i]; superlatives[t.Norm] && p.q.Superlative == "" {
			p.q.Superlative = t.Norm
		}
	}
}

// bareNoun reports whether what was read as the verb is rather the subject of
// the participle at token v: "is ORDER restored".
func (p *parser) bareNoun(v int) bool {
	return v == p.from+2 && p.lemma(p.from) == "be" && p.lemma(p.from+1) == p.q.Verb && p.norm(p.from+1) == p.q.Verb
}

var superlatives = map[string]bool{"first": true, "last": true, "worst": true, "best": true, "largest": true, "biggest": true, "smallest": true, "highest": true, "lowest": true, "most": true, "least": true, "oldest": true, "youngest": true, "earliest": true, "latest": true, "longest": true, "shortest": true, "deadliest": true, "only": true, "second": true, "third": true, "strongest": true, "main": true}

// occasion tells what people died or were hurt in from what is counted, where a
// question in telegram style has them side by side: "death toll HEATWAVE",
// "QUAKE deaths". The token at head is what was read as counted.
func (p *parser) occasion(head int) {
	counter := counters[p.q.Cue]
	if !counter && p.q.Cue != "telegram" || !personEvent(p.q.Events) {
		return
	}
	event := func(l string) bool { return !english.IsPerson(l) && !thing(l) && len(english.Events(l)) > 0 }
	if l := p.q.Head; l != "" && (event(l) || counter && head > p.at(p.q.Cue) && !countable(l)) {
		p.q.Head = ""
		p.q.Grounds = append(p.q.Grounds, l)
	}
	p.q.Mods = slices.DeleteFunc(p.q.Mods, func(l string) bool {
		if event(l) {
			p.q.Grounds = append(p.q.Grounds, l)
		}
		return event(l)
	})
}

// once are words that ask, before the noun of a measure, for what it was before.
var once = wordSet("previous former old original earlier")

// changes are nouns for what makes another figure of one.
var changes = wordSet("revision correction change cut rise increase raise reform update recount hike reduction")

// earlier reads "what was the age BEFORE" and "the PREVIOUS price".
func (p *parser) earlier() {
	last := len(p.tokens) - 1
	for last > p.from && p.tokens[last].Kind == english.Mark {
		last--
	}
	switch p.norm(last) {
	case "before", "previously", "originally", "formerly":
		p.use(last, 1)
		p.q.Earlier = true
	}
	for i := p.from; i+2 < len(p.tokens); i++ {
		before := p.norm(i) == "before" && p.tokens[i+1].Is(english.Determiner) && changes[p.lemma(i+2)]
		if before || p.matches(i, "the", "year", "before") || p.matches(i, "a", "year", "earlier") || p.matches(i, "a", "year", "before") || p.matches(i, "a", "year", "ago") || p.matches(i, "the", "previous", "year") {
			p.use(i, 3)
			p.q.Earlier = true
		}
	}
	if measures[p.q.Cue] == "" {
		return
	}
	owner := p.at("'s")
	for i := max(p.from, owner); i < len(p.tokens) && p.lemma(i) != p.q.Cue && !p.tokens[i].Is(english.Preposition); i++ {
		if once[p.norm(i)] && p.name[i] < 0 {
			p.use(i, 1)
			p.q.Earlier = true
			p.q.Mods = slices.DeleteFunc(p.q.Mods, func(m string) bool { return m == p.lemma(i) })
		}
	}
}

// newest are words that ask for what is answered anyway: the figure that stands.
var newest = map[string]bool{"latest": true, "current": true, "currently": true, "newest": true, "updated": true, "exact": true, "exactly": true, "precise": true}

// degrees are the adverbs by which it is asked how badly somebody was hurt: they
// are met by what says the same, not by the word.
var degrees = wordSet("seriously badly severely gravely critically slightly lightly mildly")

// figureFocus reads the noun phrase that is counted, then the events around.
func (p *parser) figureFocus() {
	for i := p.from; i < len(p.tokens) && (counters[p.q.Cue] || p.q.Cue == "telegram"); i++ {
		if newest[p.norm(i)] && p.name[i] < 0 {
			p.use(i, 1)
		}
	}
	for i := p.from; i < len(p.tokens); i++ {
		if degrees[p.norm(i)] && p.name[i] < 0 {
			p.use(i, 1)
		}
	}
	i := p.from
	for i < len(p.tokens) && (p.used[i] || p.tokens[i].Is(english.Preposition) && i+1 < len(p.tokens) && p.used[i+1]) {
		i++ // "IN how many cities"
	}
	if p.matches(i, "of", "the") {
		p.use(i, 2)
		i += 2
	} else if p.norm(i) == "of" {
		p.use(i, 1)
		i++
	}
	i, end, head := p.countedPhrase(i)
	p.countedWords(i, end, head)
	p.occasion(head)
	p.sizeOfPeople(head, end)
	p.employed(end)
	if p.q.Sense == Money && measures[p.q.Head] != "" && p.norm(end) == "of" {
		for k := end + 1; k < p.phraseEnd(end+1); k++ { // "the price of the OFFER"
			if p.tokens[k].Content() && p.name[k] < 0 {
				p.q.Mods = append(p.q.Mods, p.lemma(k))
			}
		}
	}
	p.predicate(end)
	p.among(end)
	p.happened(head, end)
	p.events(end, false)
	if v := p.mainVerb(); v >= end && p.q.Verb == "" && !lightVerbs[p.lemma(v)] {
		p.q.Did = p.lemma(v)
	} else if v := p.progressive(end); v >= 0 && p.q.Verb == "" && !lightVerbs[p.lemma(v)] {
		p.q.Did = p.lemma(v)
	}
	p.spending()
	p.states()
	p.q.EventNoun = p.nounOnly
	p.earlier()
	if p.q.Sense == HowMany && (p.q.Head == "" || english.IsPerson(p.q.Head)) && slices.Contains(p.q.Events, "release") {
		p.q.Events = []string{"release"} // people are not published
	}
	p.agent()
	if p.q.Head == "" && head < 0 && end > i && p.name[end-1] >= 0 {
		p.q.Head = p.lemma(end - 1) // "how many Spaniards"
		for k := i; k < end-1; k++ {
			if p.name[k] < 0 && !p.used[k] && p.tokens[k].Content() {
				p.q.Mods = append(p.q.Mods, p.lemma(k))
			}
		}
	}
}

// countedPhrase finds the noun phrase that begins at token i or, where that only
// carries another, the other one: its tokens [from, end) and the one of its noun,
// -1 where it has none.
func (p *parser) countedPhrase(i int) (from, end, head int) {
	from, end, head = i, p.phraseEnd(i), -1
	for k := end - 1; k >= from; k-- {
		if bareVerb := p.lemma(k) == "remain" && p.norm(k) == "remain"; !bareVerb && p.tokens[k].Kind == english.Word && p.name[k] < 0 && p.tokens[k].Class&(english.Determiner|english.Stop|english.Person) == 0 {
			head = k
			break
		}
	}
	if head >= 0 && p.nation(end-1) {
		head = -1 // "unidentified Spaniards"
	}
	if head > from && p.lemma(head) == "member" && (p.count("member") == 0 || english.IsPerson(p.lemma(head-1))) && p.name[head-1] < 0 && p.tokens[head-1].Content() {
		p.use(head, 1) // "crew members"
		head--
	}
	if head >= 0 && carriers[p.lemma(head)] && p.norm(end) == "of" {
		p.use(head, 1) // "members of the security forces": the forces are asked for
		p.q.Carrier = p.lemma(head)
		from = end + 1
		end, head = p.phraseEnd(from), -1
		for k := end - 1; k >= from && head < 0; k-- {
			if p.tokens[k].Content() && p.name[k] < 0 {
				head = k
			}
		}
	}
	return from, end, head
}

// crowd are verbs of what only people do, many together.
var crowd = wordSet("march protest demonstrate rally gather assemble attend participate vote turn")

// countedWords takes what is counted, what happened to it and what else is said
// of it from the phrase tokens[from:end] with its noun at head.
func (p *parser) countedWords(from, end, head int) {
	if head >= 0 {
		l := p.lemma(head)
		if ev := english.Events(l); personEvent(ev) && (!thing(l) || english.Covers("people", l)) {
			p.q.Events, p.q.Verb = ev, l
		} else if crowd[l] && head == from && end == from+1 && strings.HasSuffix(p.norm(head), "ed") && p.norm(end) != "for" && p.norm(end) != "against" {
			p.q.Head, p.q.Events, p.q.Verb = "people", ev, l // "how many MARCHED"
		} else {
			p.q.Head = l
		}
		for k := from; k < end; k++ {
			if k == head || p.used[k] || p.name[k] >= 0 || !p.tokens[k].Content() {
				continue
			}
			if ev := english.Events(p.lemma(k)); personEvent(ev) && !thing(p.lemma(k)) {
				if p.q.Events == nil || p.q.Verb == "toll" {
					p.q.Events, p.q.Verb = ev, p.lemma(k) // "death toll", "wounded soldiers"
				}
				continue
			}
			p.q.Mods = append(p.q.Mods, p.lemma(k))
		}
	}
	for k := from; k < end && (head < 0 || k < head); k++ {
		if n := p.name[k]; n >= 0 {
			p.q.Names[n].Modifies = true
		}
	}
	if w := p.norm(end); (w == "among" || w == "amongst") && p.q.Head == "" {
		for k := p.phraseEnd(end+1) - 1; k > end && p.q.Head == ""; k-- { // "casualties among POLICE"
			if l := p.lemma(k); p.name[k] < 0 && english.IsPerson(l) {
				p.q.Head = l
			}
		}
	}
}

// among reads what happened to those among whom somebody is asked for: "how many
// children were AMONG THE DEAD". Tokens from i on are looked at.
func (p *parser) among(i int) {
	for ; i+1 < len(p.tokens) && p.q.Verb == ""; i++ {
		if w := p.norm(i); w != "among" && w != "amongst" {
			continue
		}
		for k := i + 1; k < p.phraseEnd(i+1); k++ {
			if names := english.Events(p.lemma(k)); personEvent(names) && p.name[k] < 0 {
				p.q.Events, p.q.Verb = names, p.lemma(k)
				return
			}
		}
	}
}

// nation reports whether token i is a name for the people of a place, in the
// plural: "Spaniards".
func (p *parser) nation(i int) bool {
	if i < 0 || p.name[i] < 0 || p.norm(i) == p.lemma(i) {
		return false
	}
	place, ok := english.PlaceOf(p.norm(i))
	if !ok {
		place, ok = english.PlaceOf(p.lemma(i))
	}
	return ok && place.Adjective
}

// employed reads "how many employees does the firm have" and "how many people work
// for the firm" as how many people it employs.
func (p *parser) employed(end int) {
	if p.q.Sense != HowMany || p.count("employ") == 0 || p.count("employee")+p.count("staff")+p.count("worker") > 0 {
		return
	}
	staff := p.q.Head == "employee" || p.q.Head == "staff" || p.q.Head == "worker"
	for i := end; i < len(p.tokens); i++ {
		has := staff && p.lemma(i) == "have" && i > end
		works := (staff || p.q.Head == "people") && p.lemma(i) == "work" && (p.norm(i+1) == "for" || p.norm(i+1) == "at")
		if has || works {
			t := english.Tokens("employ", 0)[0]
			p.tokens[i].Reread(t.Norm, t.Lemma, t.Class)
			p.use(i+1, 1)
			p.q.Head, p.q.Verb, p.q.Events = "people", t.Lemma, english.Events(t.Lemma)
			for k := p.from; k < end; k++ {
				if p.lemma(k) == "employee" || p.lemma(k) == "staff" || p.lemma(k) == "worker" {
					p.use(k, 1)
				}
			}
			return
		}
	}
}

// bodiesOf are nouns for people as one, of whom a size is a number.
var bodiesOf = wordSet("contingent force army crowd crew garrison workforce staff team delegation audience membership troop navy police")

// sizeOfPeople reads "the size of the contingent" and "how big is the army" as
// how many there are of them.
func (p *parser) sizeOfPeople(head, end int) {
	if p.q.Sense != HowBig {
		return
	}
	if bodiesOf[p.q.Head] {
		p.q.Sense = HowMany
		return
	}
	if p.q.Head == "strength" || p.q.Head == "size" {
		of := end
		if p.norm(end) != "of" {
			return
		}
		for k := p.phraseEnd(of+1) - 1; k > of; k-- {
			if l := p.lemma(k); bodiesOf[l] && p.name[k] < 0 {
				p.use(head, 1)
				p.q.Sense, p.q.Head, p.q.Mods = HowMany, l, nil
				return
			}
		}
	}
}

// jobCut are the verbs by which jobs are cut.
var jobCut = map[string]bool{"cut": true, "go": true, "lose": true, "axe": true, "shed": true, "slash": true, "eliminate": true, "suppress": true, "scrap": true}

// states reads a phrase that tells what happened to whom it is said of: "on
// board", "in hospital".
func (p *parser) states() {
	if v := p.mainVerb(); english.SameThing("job", p.q.Head) && (jobCut[p.q.Verb] || v >= 0 && jobCut[p.lemma(v)]) {
		p.q.Events = []string{"layoff"}
		if p.q.Verb == "" {
			p.q.Verb = p.lemma(v)
		}
		return
	}
	for i := p.from; i < len(p.tokens); i++ {
		switch before := p.norm(p.skipBack(i)); {
		case p.lemma(i) == "aboard" && !p.used[i], p.lemma(i) == "hospitalize" && before == "in":
			p.q.Events, p.q.Verb, p.nounOnly = english.Events(p.lemma(i)), p.lemma(i), false
			if p.q.Head == "" {
				p.q.Head = "people"
			}
			return
		}
	}
}

// spendingVerbs are said of money: "how much does each worker GET".
var spendingVerbs = map[string]bool{"cost": true, "pay": true, "earn": true, "get": true, "spend": true, "owe": true, "charge": true, "repay": true, "fine": true, "borrow": true, "invest": true}

// spending reads "how much" with a verb of spending as a question for money.
func (p *parser) spending() {
	if i := slices.IndexFunc(p.tokens, func(t english.Token) bool { return t.Lemma == "do" }); i >= 0 {
		p.q.Has = slices.ContainsFunc(p.tokens[i:], func(t english.Token) bool { return t.Norm == "have" || t.Norm == "employ" })
	}
	if p.q.Sense == HowLong && p.q.Verb == "" && p.has("get") {
		p.q.Verb = "get"
	}
	if p.q.Sense != HowMuch && !(p.q.Sense == Money && p.q.Cue == "how much" && p.nounOnly) {
		return
	}
	if last := len(p.tokens) - 1; last > 0 {
		for last > 0 && p.tokens[last].Kind == english.Mark {
			last--
		}
		if s, ok := unitSense(p.lemma(last)); ok && p.norm(last-1) == "in" {
			p.use(last, 1)
			p.q.Sense = s // "how much did it rise in DOLLARS"
			return
		}
	}
	for i := p.from + 1; i < len(p.tokens); i++ {
		l := p.lemma(i)
		if !spendingVerbs[l] || p.name[i] >= 0 || p.tokens[i-1].Is(english.Determiner|english.Preposition) && p.norm(i-1) != "to" {
			continue
		}
		p.q.Sense = Money
		if p.q.Verb == "" || p.nounOnly {
			p.q.Verb, p.q.Events, p.nounOnly = l, english.Events(l), false
		}
		return
	}
}

// givenHead reads what a figure in a yes-or-no question counts: "did 2,030
// SOLDIERS die".
func (p *parser) givenHead() {
	if len(p.q.Given) == 0 {
		return
	}
	end := p.q.Given[len(p.q.Given)-1].Span.End
	for i := range p.tokens {
		if p.tokens[i].Start < end {
			continue
		}
		for k := p.phraseEnd(i) - 1; k >= i; k-- {
			if l := p.lemma(k); p.name[k] < 0 && p.tokens[k].Content() && countable(l) && !personEvent(english.Events(l)) {
				p.q.Head = l
				return
			}
		}
		return
	}
}

// agent reads who did it: "how many people were killed by POLICE".
func (p *parser) agent() {
	for i := p.from + 1; i+1 < len(p.tokens); i++ {
		if p.norm(i) != "by" || p.used[i] {
			continue
		}
		for k := i + 1; k < len(p.tokens) && p.tokens[k].Kind == english.Word; k++ {
			if p.tokens[k].Content() && p.name[k] < 0 {
				p.q.Agent = p.lemma(k)
			}
			if p.tokens[k].Is(english.Preposition) {
				break
			}
		}
	}
}

// carriers are nouns that count what follows "of".
var carriers = map[string]bool{"member": true, "piece": true, "item": true, "number": true, "group": true, "unit": true, "type": true, "kind": true, "case": true, "set": true, "bunch": true, "percentage": true, "percent": true, "share": true, "proportion": true}

func personEvent(events []string) bool {
	return slices.ContainsFunc(events, func(e string) bool { return countsPeople[e] })
}

// phraseEnd is where the noun phrase that begins at token i ends: at a word
// of grammar, a verb, a mark.
func (p *parser) phraseEnd(i int) int {
	start := i
	for ; i < len(p.tokens); i++ {
		t := p.tokens[i]
		if t.Kind == english.Mark && !(t.Norm == "-" && !t.Space) {
			return i
		}
		if p.used[i] && i > start {
			return i
		}
		if p.name[i] >= 0 {
			continue
		}
		if t.Is(english.Auxiliary|english.Preposition|english.Relative|english.Negation) && t.Norm != "of" {
			return i
		}
		if t.Norm == "of" && i > start {
			// "members of the security forces": the rest narrows the head down.
			return i
		}
		if t.Is(english.Conjunction) {
			return i
		}
		if i > start && p.verbAt(i) {
			return i
		}
		if _, rate := unitSense(p.lemma(i + 1)); rate && i > start && (t.Norm == "a" || t.Norm == "an") {
			return i // "how many barrels A DAY"
		}
		if i > start+1 && opensObject[t.Norm] && p.tokens[i-1].Content() {
			return p.beforeObject(i)
		}
	}
	return i
}

// opensObject are determiners that cannot stand inside a noun phrase: what is
// before one is a verb, or the phrase ends.
var opensObject = wordSet("the a an his her its their our these those")

// beforeObject is where a noun phrase of two words or more ends before the
// determiner at i: before the verb, where the word there is a past tense that no
// table has ("how many labourers DUG the canal").
func (p *parser) beforeObject(i int) int {
	t := p.tokens[i-1]
	if p.name[i-1] < 0 && t.Norm != t.Lemma && !strings.HasSuffix(t.Norm, "s") && !t.Is(english.NumberWord) {
		return i - 1
	}
	return i
}

// CountsPeople reports whether the noun of an event counts the people that it
// happened to.
func CountsPeople(event string) bool { return countsPeople[event] }
