package question

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/quantity"
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
	for _, rule := range []func() bool{p.figureKind, p.saidKind, p.definitionKind, p.timeKind, p.reasonKind, p.placeKind, p.personKind, p.yesNoKind, p.whichKind, p.telegramKind} {
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

// measures are the nouns by which a measure is asked for, and its sense.
var measures = map[string]Sense{
	"percentage": Percentage, "percent": Percentage, "proportion": Percentage, "share": Percentage, "rate": Percentage, "turnout": Percentage, "majority": Percentage,
	"price": Money, "cost": Money, "salary": Money, "budget": Money, "revenue": Money, "profit": Money, "fine": Money, "damage": Money, "gdp": Money, "debt": Money, "sum": Money, "income": Money, "wage": Money, "worth": Money, "value": Money, "loss": Money, "losses": Money, "turnover": Money, "ransom": Money, "compensation": Money, "bail": Money, "reward": Money, "bonus": Money, "dividend": Money, "fee": Money,
	"age": HowOld, "distance": HowFar, "length": HowBig, "height": HowBig, "depth": HowBig, "width": HowBig, "size": HowBig, "area": HowBig, "weight": HowBig, "speed": HowBig, "temperature": HowBig, "magnitude": HowBig, "elevation": HowBig, "altitude": HowBig, "capacity": HowBig, "volume": HowBig, "strength": HowBig,
	"population": HowMany, "duration": HowLong,
}

// paid are verbs and adjectives of which "how much" asks for money.
var paid = map[string]bool{"cost": true, "pay": true, "earn": true, "spend": true, "owe": true, "donate": true, "invest": true, "fine": true, "worth": true}

// counters are the nouns that ask for a count and say nothing themselves.
var counters = map[string]bool{"number": true, "toll": true, "count": true, "figure": true, "total": true, "tally": true, "amount": true, "headcount": true, "size": false, "estimate": true, "sum": true}

// maxMeasure is how many words after "what is" the noun of a measure may stand:
// "what was the bank's half-year loss".
const maxMeasure = 7

func (p *parser) figureKind() bool {
	set := func(i, n int, s Sense) bool {
		p.use(i, n)
		p.q.Type, p.q.Sense, p.q.Cue = Figure, s, strings.TrimSpace(p.norm(i)+" "+p.norm(i+1))
		return true
	}
	if i := p.at("from", "when", "to", "when"); i >= 0 {
		return false
	}
	for i := p.from; i < len(p.tokens); i++ {
		if p.norm(i) != "how" {
			continue
		}
		switch next := p.norm(i + 1); next {
		case "many":
			if p.lemma(i+2) == "percent" || p.norm(i+2) == "%" {
				return set(i, 3, Percentage)
			}
			if s, ok := unitSense(p.lemma(i + 2)); ok && (p.norm(i+3) != "of" || s == HowLong) {
				p.use(i+2, 1)
				p.q.Unit = unitKind(p.lemma(i + 2))
				return set(i, 2, s)
			}
			if k := p.scaledMoney(i + 2); k > 0 {
				return set(i, 2+k, Money)
			}
			return set(i, 2, HowMany)
		case "much":
			if p.lemma(i+2) == "money" {
				return set(i, 3, Money)
			}
			if p.norm(i+2) == "more" {
				p.use(i+2, 1)
				p.q.Added = true
			}
			p.q.Added = p.q.Added || i > p.from && p.norm(i-1) == "by"
			if slices.ContainsFunc(p.tokens[i+2:], func(t english.Token) bool { return paid[t.Lemma] }) {
				return set(i, 2, Money)
			}
			return set(i, 2, HowMuch)
		case "long":
			if p.lemma(i+2) == "ago" {
				p.use(i, 3)
				p.q.Type, p.q.Cue = Time, "how long ago"
				return true
			}
			return set(i, 2, HowLong)
		case "old":
			return set(i, 2, HowOld)
		case "far":
			return set(i, 2, HowFar)
		case "big", "large", "tall", "high", "deep", "wide", "heavy", "fast", "strong", "powerful", "hot", "cold", "small", "short", "severe":
			return set(i, 2, HowBig)
		case "expensive", "costly":
			return set(i, 2, Money)
		case "often":
			return set(i, 2, AnyFigure)
		}
	}
	// "what percentage of", "what was the number of", "which share".
	i := p.from
	if p.norm(i) == "what" || p.norm(i) == "which" || p.norm(i) == "at" || p.norm(i) == "by" {
		j := i + 1
		for j < len(p.tokens) && (p.tokens[j].Is(english.Auxiliary|english.Determiner) || p.norm(j) == "what" || slices.Contains([]string{"current", "total", "exact", "official", "overall", "latest", "final", "estimated", "approximate", "precise"}, p.norm(j))) {
			j++
		}
		if s, ok := measures[p.lemma(j)]; ok && p.norm(j+1) != "'s" {
			p.use(i, j-i)
			if slices.Contains([]string{"percentage", "percent", "proportion", "share"}, p.lemma(j)) {
				p.use(j, 1)
			}
			p.q.Type, p.q.Sense, p.q.Cue = Figure, s, p.lemma(j)
			return true
		}
		for k := j; k < min(j+maxMeasure, len(p.tokens)); k++ {
			if counters[p.lemma(k)] {
				p.use(i, j-i)
				if p.lemma(k) != "toll" {
					p.use(k, 1)
				}
				p.q.Type, p.q.Sense, p.q.Cue = Figure, HowMany, p.lemma(k)
				return true
			}
			if s, ok := measures[p.lemma(k)]; ok && !p.tokens[k].Is(english.Preposition) {
				p.use(i, j-i)
				p.q.Type, p.q.Sense, p.q.Cue = Figure, s, p.lemma(k)
				return true
			}
			if p.tokens[k].Is(english.Preposition|english.Auxiliary) || j == i+1 && k > j && p.participle(k) {
				break // or "which ministry WITHDREW the toll"
			}
		}
	}
	if counters[p.lemma(i)] && p.norm(i+1) == "of" {
		return set(i, 2, p.senseOfPhrase(i+2))
	}
	return false
}

// senseOfPhrase is what kind of figure is asked for of the noun phrase at token
// i: money of "the economic DAMAGE", or else how many.
func (p *parser) senseOfPhrase(i int) Sense {
	if end := p.phraseEnd(i); end > i {
		if s, ok := measures[p.lemma(end-1)]; ok {
			return s
		}
	}
	return HowMany
}

// unitKind is what a unit measures.
func unitKind(lemma string) quantity.UnitKind {
	q, _ := quantity.Parse("2 " + lemma)
	return q.Unit.Kind
}

// scaledMoney is how many words from token i on ask for money in large units:
// "how many BILLION DOLLARS OF damage"; 0 for none.
func (p *parser) scaledMoney(i int) int {
	switch p.lemma(i) {
	case "thousand", "million", "billion", "trillion":
	default:
		return 0
	}
	n := 1
	if s, ok := unitSense(p.lemma(i + 1)); ok && s == Money {
		n++
	}
	if p.norm(i+n) == "of" || p.norm(i+n) == "in" {
		n++
	}
	if n == 1 {
		return 0
	}
	return n
}

// unitSense is the sense of a figure that is asked for in a unit.
func unitSense(lemma string) (Sense, bool) {
	switch lemma {
	case "dollar", "euro", "pound", "yen", "ruble", "rouble", "yuan", "cent", "rupee", "peso", "franc", "krona":
		return Money, true
	case "year", "month", "week", "day", "hour", "minute", "second", "decade":
		return HowLong, true
	case "kilometer", "mile", "km":
		return HowFar, true
	case "meter", "foot", "inch", "acre", "hectare", "ton", "tonne", "kilogram", "kg", "liter", "gallon", "degree", "watt", "megawatt":
		return HowBig, true
	}
	return "", false
}

// saidKind: what somebody said, who said something, who the source is.
func (p *parser) saidKind() bool {
	i := p.from
	if p.sourceKind() {
		p.q.Type, p.q.Cue = Person, "source"
		return true
	}
	if p.norm(i) == "according" && p.matches(i+1, "to", "who") || p.norm(i) == "according" && p.matches(i+1, "to", "whom") {
		p.use(i, 3)
		p.q.Type, p.q.Cue = Person, "said"
		return true
	}
	if p.norm(i) == "who" && (p.reports(i+1) || p.callsIt(i+1)) {
		p.use(i, 2)
		p.q.Type, p.q.Cue = Person, "said"
		return true
	}
	how := p.norm(i) == "how"
	if (p.norm(i) == "what" || how) && p.tokens[min(i+1, len(p.tokens)-1)].Is(english.Auxiliary) {
		for k := i + 2; k < len(p.tokens); k++ {
			if how && !takesView[p.lemma(k)] {
				continue
			}
			if how || p.reports(k) && !p.tokens[k].Is(english.Honorific) || slices.Contains(english.Events(p.lemma(k)), "chant") {
				p.use(i, 2)
				if how || p.reports(k) {
					p.use(k, 1)
				}
				p.q.Type, p.q.Cue = Statement, p.lemma(k)
				if how {
					p.q.Cue = "say"
				}
				var speaker []string
				for s := i + 2; s < k; s++ {
					if p.tokens[s].Kind == english.Word && !p.tokens[s].Is(english.Determiner|english.Adverb) {
						speaker = append(speaker, p.norm(s))
					}
				}
				p.q.Speaker = strings.Join(speaker, " ")
				return true
			}
		}
	}
	return false
}

// takesView are verbs by which it is asked what somebody said of something: "how
// did the president DESCRIBE the protests".
var takesView = wordSet("describe characterize characterise portray react respond comment explain justify")

// namesAs are verbs by which somebody says what something is: "who LABELLED them
// as terrorists".
var namesAs = wordSet("label brand denounce condemn refer portray characterize characterise dismiss decry")

// callsIt reports whether the verb at token v is one by which somebody says what
// something is, and both stand after it: "called THE PROTESTS A COUP".
func (p *parser) callsIt(v int) bool {
	for k := v + 2; k < len(p.tokens); k++ {
		switch {
		case p.tokens[k].Is(english.Preposition) && p.norm(k) != "as" && p.norm(k) != "of" && p.norm(k) != "in":
			return false
		case p.norm(k) == "as":
			return namesAs[p.lemma(v)]
		case p.lemma(v) == "call" && (p.norm(k) == "a" || p.norm(k) == "an"):
			return true
		}
	}
	return false
}

// givers are verbs of those from whom a figure is.
var givers = map[string]bool{"give": true, "provide": true, "issue": true, "release": true, "quote": true, "cite": true, "publish": true, "put": true, "announce": true, "report": true, "supply": true}

// sourceKind reads a question for the one from whom something is: "who is the
// source for 40 dead", "who put the toll at 40", "where does the figure come
// from".
func (p *parser) sourceKind() bool {
	i := p.from
	asks := p.norm(i) == "who" || p.norm(i) == "what" || p.norm(i) == "which"
	if asks && (p.matches(i+1, "be", "the", "source") || p.matches(i+1, "be", "the", "sources")) {
		p.use(i, 4)
		return true
	}
	if len(p.q.Given) == 0 {
		return false
	}
	number := slices.IndexFunc(p.tokens, func(t english.Token) bool { return counters[t.Lemma] })
	from := p.at("come", "from")
	switch {
	case p.norm(i) == "who" && p.matches(i+1, "be", "behind"):
		p.use(i, 3)
	case p.norm(i) == "who" && givers[p.lemma(i+1)] && number > i:
		p.use(i, 2)
	case p.norm(i) == "where" && from > 0:
		p.use(i, 2)
		p.use(from, 2)
	default:
		return false
	}
	if number >= 0 && p.lemma(number) != "toll" {
		p.use(number, 1)
	}
	return true
}

// notSaying are verbs of the reporting class that questions use otherwise.
var notSaying = map[string]bool{"put": true, "observe": true, "report": false, "lead": true, "charge": true, "point": true, "think": false, "feel": true, "note": false, "accuse": true, "blame": true, "describe": false, "express": true, "promise": false, "consider": false}

// claimed are nouns that are claimed as one's own.
var claimed = map[string]bool{"responsibility": true, "victory": true, "credit": true, "asylum": true, "life": true, "title": true, "compensation": true, "damages": true, "ownership": true}

func (p *parser) reports(i int) bool {
	if i >= len(p.tokens) || notSaying[p.lemma(i)] {
		return false
	}
	if p.lemma(i) == "declare" && i+1 < len(p.tokens) && p.norm(i+1) != "that" {
		return false // to declare a day of mourning is an act
	}
	if p.lemma(i) == "claim" && claimed[p.lemma(i+1)] {
		return false // "who claimed responsibility"
	}
	return p.tokens[i].Is(english.Reporting) && !(p.lemma(i) == "state" && p.norm(i) == "state")
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
	if p.norm(i) == "who" && p.lemma(i+1) == "be" && i+2 < len(p.tokens) {
		// "Who is the president" asks for a name, "who is Smith" for what he is.
		t := p.tokens[i+2]
		rest := p.tokens[i+2:]
		for len(rest) > 0 && rest[len(rest)-1].Kind == english.Mark {
			rest = rest[:len(rest)-1]
		}
		if t.Is(english.Determiner) || len(rest) > 4 {
			return false
		}
		for k := range rest {
			if !(p.capital(i+2+k) || p.nameAt(i+2+k) > 0 || rest[k].Kind == english.Mark || rest[k].Is(english.Honorific)) {
				return false
			}
		}
		p.use(i, 2)
		p.q.Type, p.q.Cue = Definition, "who is"
		return true
	}
	return false
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
	return false
}

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
