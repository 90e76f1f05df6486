package question

import (
	"slices"
	"strings"

	"sourceline/answers/english"
)

// kind finds the question's type, and marks the words that tell it as used.
func (p *parser) kind() {
	if p.greeting() {
		p.q.Type = Greeting
		return
	}
	if i := p.at("according", "to"); i >= 0 && i > p.from {
		p.use(i, 2)
	}
	for _, rule := range []func() bool{p.figureKind, p.saidKind, p.definitionKind, p.timeKind, p.deedKind, p.reasonKind, p.placeKind, p.personKind, p.yesNoKind, p.whichKind, p.telegramKind} {
		if rule() {
			return
		}
	}
	p.q.Type = Other
}

func (p *parser) greeting() bool {
	var words []string
	for _, t := range p.tokens {
		if t.Kind == english.Word {
			words = append(words, t.Norm)
		}
	}
	if len(words) == 0 {
		return true
	}
	joined := strings.Join(words, " ")
	return greetings[joined] || greetings[strings.ReplaceAll(joined, " '", "'")]
}

// definitionKind: who is X, what is X, what does X stand for.
func (p *parser) definitionKind() bool {
	i := p.from
	if k := p.at("stand", "for"); k > 0 && p.norm(i) == "what" {
		p.use(i, 2)
		p.use(k, 2)
		p.q.Type, p.q.Cue = Definition, "stand for"
		return true
	}
	if p.norm(i) == "what" && (p.lemma(len(p.tokens)-1) == "mean" || p.lemma(len(p.tokens)-2) == "mean") {
		p.use(i, 2)
		p.q.Type, p.q.Cue = Definition, "stand for"
		return true
	}
	if p.norm(i) == "what" && p.lemma(i+1) == "be" && i+2 < len(p.tokens) {
		k := i + 2
		if p.norm(k) == "the" || p.norm(k) == "a" || p.norm(k) == "an" {
			k++
		}
		if n := p.nameAt(k); n > 0 && (k+n == len(p.tokens) || k+n == len(p.tokens)-1 && p.tokens[k+n].Kind == english.Mark) {
			p.use(i, k-i)
			p.q.Type, p.q.Cue = Definition, "what is"
			return true
		}
		if p.norm(i+2) != "the" && p.plainNoun(k) {
			p.use(i, k-i)
			p.q.Type, p.q.Cue = Definition, "what is"
			return true
		}
	}
	if p.doing() {
		p.q.Type, p.q.Cue = Definition, "what is"
		return true
	}
	if p.position() {
		p.q.Type, p.q.Cue = Definition, "who is"
		return true
	}
	if p.whoIs() {
		p.q.Type, p.q.Cue = Definition, "who is"
		return true
	}
	return false
}

// whoIs reads "who is Smith", which asks what he is; "who is the president" asks
// for a name.
func (p *parser) whoIs() bool {
	i := p.from
	if p.norm(i) != "who" || p.lemma(i+1) != "be" || i+2 >= len(p.tokens) {
		return false
	}
	rest := p.tokens[i+2:]
	for len(rest) > 0 && rest[len(rest)-1].Kind == english.Mark {
		rest = rest[:len(rest)-1]
	}
	if p.tokens[i+2].Is(english.Determiner) || len(rest) > maxNamed {
		return false
	}
	for k := range rest {
		if !(p.capital(i+2+k) || p.nameAt(i+2+k) > 0 || rest[k].Kind == english.Mark || rest[k].Is(english.Honorific)) {
			return false
		}
	}
	p.use(i, 2)
	return true
}

// maxNamed is how many tokens somebody's name has of whom it is asked who that is.
const maxNamed = 4

// doing reads "what does the agency do" as what it is, and passes over all but the
// name.
func (p *parser) doing() bool {
	i, last := p.from, len(p.tokens)-1
	for last > i && p.tokens[last].Kind == english.Mark {
		last--
	}
	if p.norm(i) != "what" || p.norm(i+1) != "does" && p.norm(i+1) != "do" || p.norm(last) != "do" {
		return false
	}
	name := i + 2
	if p.tokens[min(name, last)].Is(english.Determiner) {
		name++
	}
	if n := p.nameAt(name); n == 0 || name+n != last {
		return false
	}
	p.use(i, name-i)
	p.use(last, 1)
	return true
}

// positions are nouns by which it is asked what somebody is.
var positions = wordSet("job position post role title function")

// position reads "what was Mercer's JOB" and "Mercer's role" as who that is, and
// passes over all but the name.
func (p *parser) position() bool {
	i, last := p.from, len(p.tokens)-1
	for last > i && p.tokens[last].Kind == english.Mark {
		last--
	}
	name := i
	if p.norm(i) == "what" && p.lemma(i+1) == "be" {
		name = i + 2
	}
	if last < name+2 || !positions[p.lemma(last)] || p.norm(last-1) != "'s" && p.norm(last-1) != "'" {
		return false
	}
	for k := name; k < last-1; k++ {
		if !p.capital(k) && p.nameAt(k) == 0 && !p.tokens[k].Is(english.Honorific) && p.tokens[k].Kind != english.Mark {
			return false
		}
	}
	p.use(i, name-i)
	p.use(last-1, 2)
	return true
}

// maxPlainNoun is how many words a thing has of which "what are …" asks what it
// is: "what are colour revolutions".
const maxPlainNoun = 3

// plainNoun reports whether the rest of the question, from token i on, is one
// noun phrase that no word of grammar, figure or time ends or narrows.
func (p *parser) plainNoun(i int) bool {
	n := 0
	for ; i < len(p.tokens); i++ {
		t := p.tokens[i]
		switch {
		case t.Kind == english.Mark && i == len(p.tokens)-1:
		case t.Kind == english.Mark && t.Norm == "-":
		case t.Kind != english.Word || t.FunctionWord() || t.Class != 0 || measures[t.Lemma] > "" || counters[t.Lemma] || timeNouns[t.Lemma] || placeNouns[t.Lemma]:
			return false
		default:
			n++
		}
	}
	return n > 0 && n <= maxPlainNoun
}

// timeNouns name the grain that is asked for after "what" or "which".
var timeNouns = map[string]bool{"year": true, "date": true, "day": true, "month": true, "century": true, "decade": true, "time": true, "weekday": true, "season": true, "era": true, "period": true}

func (p *parser) timeKind() bool {
	set := func(i, n int, cue string) bool {
		p.use(i, n)
		p.q.Type, p.q.Cue = Time, cue
		return true
	}
	if i := p.at("from", "when", "to", "when"); i >= 0 {
		return set(i, 4, "from when to when")
	}
	if i := p.at("from", "when", "until", "when"); i >= 0 {
		return set(i, 4, "from when to when")
	}
	for i := p.from; i < len(p.tokens); i++ {
		if p.norm(i) == "when" && (i == p.from || i == p.from+1 || i >= len(p.tokens)-2) {
			return set(i, 1, "when")
		}
		if (p.norm(i) == "what" || p.norm(i) == "which") && timeNouns[p.lemma(i+1)] && (i <= p.from+1 || i >= len(p.tokens)-3 || p.tokens[i-1].Is(english.Preposition)) {
			return set(i, 2, p.lemma(i+1))
		}
		if (p.norm(i) == "what" || p.norm(i) == "which") && timeNouns[p.lemma(i+2)] && (p.norm(i+1) == "the" || p.norm(i+1) == "exact") {
			return set(i, 3, p.lemma(i+2))
		}
	}
	if i := p.from; p.norm(i) == "what" && p.lemma(i+1) == "be" && p.norm(i+2) == "the" && (p.lemma(i+3) == "date" || p.lemma(i+3) == "year") {
		return set(i, 4, p.lemma(i+3))
	}
	if i := p.from; (p.norm(i) == "date" || p.norm(i) == "year") && p.norm(i+1) == "of" {
		return set(i, 2, p.norm(i))
	}
	return false
}

// fought are verbs of which "what for" asks the reason.
var fought = wordSet("strike protest fight demonstrate rally march riot arrest detain jail imprison sentence fine sue ban convict dismiss sack suspend criticize blame punish award praise")

// whatFor reads "what are the drivers striking FOR" as why they strike.
func (p *parser) whatFor() bool {
	i, last := p.from, len(p.tokens)-1
	for last > i && p.tokens[last].Kind == english.Mark {
		last--
	}
	if p.norm(i) != "what" || !p.tokens[min(i+1, last)].Is(english.Auxiliary) || p.norm(last) != "for" || !fought[p.lemma(last-1)] {
		return false
	}
	p.use(i, 1)
	p.use(last, 1)
	return true
}

// causes are the nouns that ask for a reason by themselves: "CAUSE of the fire".
var causes = wordSet("cause reason motive trigger")

// accusation reads "what is she accused of" and "what are the charges against
// her" as why she was accused.
func (p *parser) accusation() bool {
	i, last := p.from, len(p.tokens)-1
	for last > i && p.tokens[last].Kind == english.Mark {
		last--
	}
	if p.norm(i) != "what" || p.lemma(i+1) != "be" {
		return false
	}
	verb := -1
	switch {
	case p.matches(i+2, "the", "charge", "against"), p.matches(i+2, "the", "accusation", "against"), p.matches(i+2, "the", "allegation", "against"):
		verb = i + 3
		p.use(i, 3)
		p.use(i+4, 1)
	case p.tokens[last].Is(english.Preposition) && accusing[p.lemma(last-1)]:
		verb = last - 1
		p.use(i, 2)
		p.use(last, 1)
	default:
		return false
	}
	t := english.Tokens("accused", 0)[0]
	p.tokens[verb].Reread(t.Norm, t.Lemma, t.Class)
	p.accused = true
	return true
}

// accusing are the verbs of "what is she ACCUSED of".
var accusing = wordSet("accuse suspect charge indict")

func (p *parser) reasonKind() bool {
	i := p.from
	switch {
	case p.norm(i) == "why" || p.norm(len(p.tokens)-1) == "why" || p.norm(len(p.tokens)-2) == "why":
		if k := p.at("why"); k >= 0 {
			p.use(k, 1)
		}
	case p.matches(i, "how", "come"):
		p.use(i, 2)
	case (p.norm(i) == "what" || p.norm(i) == "which") && slices.Contains([]string{"cause", "trigger", "spark", "provoke", "prompt", "reason", "start", "ignite"}, p.lemma(i+1)):
		p.use(i, 2)
	case p.norm(i) == "what" && (p.lemma(i+1) == "be") && p.norm(i+2) == "the" && slices.Contains([]string{"cause", "reason", "motive", "trigger", "purpose"}, p.lemma(i+3)):
		p.use(i, 4)
	case p.norm(i) == "for" && p.norm(i+1) == "what" && p.lemma(i+2) == "reason":
		p.use(i, 3)
	case causes[p.lemma(i)] && (p.norm(i+1) == "of" || p.norm(i+1) == "for" || p.norm(i+1) == "behind"):
		p.use(i, 2)
	case p.accusation(), p.whatFor():
	default:
		return false
	}
	p.q.Type, p.q.Cue = Reason, "why"
	return true
}

var placeNouns = map[string]bool{"city": true, "country": true, "town": true, "place": true, "state": true, "region": true, "continent": true, "province": true, "village": true, "location": true, "county": true, "district": true, "capital": true, "island": true, "street": true, "nation": true, "area": true}

func (p *parser) placeKind() bool {
	for i := p.from; i < len(p.tokens); i++ {
		if p.norm(i) == "where" && (i <= p.from+1 || i >= len(p.tokens)-2) {
			p.use(i, 1)
			p.q.Type, p.q.Cue = Place, "where"
			return true
		}
		if (p.norm(i) == "what" || p.norm(i) == "which") && placeNouns[p.lemma(i+1)] && i <= p.from+1 {
			p.use(i, 2)
			p.q.Type, p.q.Cue = Place, p.lemma(i+1)
			return true
		}
	}
	return false
}

func (p *parser) personKind() bool {
	for i := p.from; i < len(p.tokens); i++ {
		switch p.norm(i) {
		case "who", "whom", "whose":
			if i > p.from+1 && i < len(p.tokens)-2 {
				continue // a relative clause
			}
			p.use(i, 1)
			p.q.Type, p.q.Cue = Person, p.norm(i)
			p.q.RoleAsked = p.lemma(i+1) == "be" && i+2 < len(p.tokens) && (p.tokens[i+2].Is(english.Determiner) || p.tokens[min(i+3, len(p.tokens)-1)].Norm == "'s" || p.tokens[i+2].Is(english.Honorific) || p.norm(i+3) == "of")
			return true
		case "what", "which":
			if i <= p.from+1 && slices.Contains([]string{"person", "president", "minister", "leader", "man", "woman", "official", "politician", "king", "queen", "general", "author", "director", "actor", "group", "organization", "agency", "ministry", "party", "company"}, p.lemma(i+1)) {
				p.use(i, 1)
				p.q.Type, p.q.Cue = Person, p.lemma(i+1)
				return true
			}
		}
	}
	return false
}

func (p *parser) yesNoKind() bool {
	if p.from >= len(p.tokens) || !p.tokens[p.from].Is(english.Auxiliary) {
		return false
	}
	p.use(p.from, 1)
	p.q.Type, p.q.Cue = YesNo, p.norm(p.from)
	p.whetherSaid()
	return true
}

// whichKind: "what sport is she associated with": the noun is part of what is
// asked, the type is none of ours.
func (p *parser) whichKind() bool {
	if p.norm(p.from) != "what" && p.norm(p.from) != "which" && p.norm(p.from) != "how" && p.norm(p.from+1) != "what" && p.norm(p.from+1) != "which" {
		return false
	}
	p.use(p.from, 1)
	p.q.Type, p.q.Cue = Other, p.norm(p.from)
	return true
}

// telegramKind: "death toll?", "nato troop count", "detainees?".
func (p *parser) telegramKind() bool {
	var words []int
	for i := p.from; i < len(p.tokens); i++ {
		if p.tokens[i].Kind == english.Word && p.norm(i) != "the" && p.norm(i) != "and" {
			words = append(words, i)
		}
	}
	if len(words) == 0 || len(words) > 6 {
		return false
	}
	if p.role(words) {
		p.q.Type, p.q.Cue, p.q.RoleAsked = Person, "who", true
		return true
	}
	for _, i := range words {
		l := p.lemma(i)
		if counters[l] {
			if l != "toll" {
				p.use(i, 1)
			}
			p.q.Type, p.q.Sense, p.q.Cue = Figure, HowMany, l
			return true
		}
		if s, ok := measures[l]; ok {
			p.q.Type, p.q.Sense, p.q.Cue = Figure, s, l
			return true
		}
	}
	for k := len(words) - 1; k >= 0; k-- {
		i := words[k]
		if p.tokens[i].Is(english.Preposition) {
			continue
		}
		if l := p.lemma(i); countable(l) || len(english.Events(l)) > 0 {
			p.q.Type, p.q.Sense, p.q.Cue = Figure, HowMany, "telegram"
			return true
		}
	}
	return false
}

// role reports whether the words name a title and of whom or what: "leader of the
// union", "chief executive of the firm".
func (p *parser) role(words []int) bool {
	of := slices.IndexFunc(words, func(i int) bool { return p.norm(i) == "of" })
	if of < 1 || of > 2 || of+1 == len(words) {
		return false
	}
	head := p.tokens[words[of-1]]
	return head.Norm == head.Lemma && (head.Is(english.Honorific) || head.Norm == "leader" || head.Norm == "head" || head.Norm == "chief" || head.Norm == "executive")
}

// countable reports whether news counts the thing: one that stands in the
// table of concepts.
func countable(lemma string) bool { return thing(lemma) || english.Covers("people", lemma) }

// thing reports whether the table of concepts has the word as a thing of its
// own, not only as an event.
func thing(lemma string) bool {
	return slices.ContainsFunc(english.Concepts(lemma), func(c english.Concept) bool { return !c.Event })
}
