package question

import (
	"cmp"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/quantity"
)

// measures are the nouns by which a measure is asked for, and its sense.
var measures = map[string]Sense{
	"percentage": Percentage, "percent": Percentage, "proportion": Percentage, "share": Percentage, "rate": Percentage, "turnout": Percentage, "majority": Percentage, "inflation": Percentage, "unemployment": Percentage,
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

// figureKind: "how many", "what percentage of", "the number of".
func (p *parser) figureKind() bool {
	if p.at("from", "when", "to", "when") >= 0 {
		return false
	}
	for i := p.from; i < len(p.tokens); i++ {
		if p.norm(i) == "how" && p.howFigure(i) {
			return true
		}
	}
	i := p.from
	switch p.norm(i) {
	case "what", "which", "at", "by":
		if p.whatFigure() {
			return true
		}
	}
	if counters[p.lemma(i)] && p.norm(i+1) == "of" {
		return p.asFigure(i, 2, p.senseOfPhrase(i+2))
	}
	return false
}

// asFigure makes the question one for a figure of that sense, which the n tokens
// from i on tell.
func (p *parser) asFigure(i, n int, s Sense) bool {
	p.use(i, n)
	p.q.Type, p.q.Sense, p.q.Cue = Figure, s, strings.TrimSpace(p.norm(i)+" "+p.norm(i+1))
	return true
}

// howSenses are what "how" asks for with an adjective.
var howSenses = map[string]Sense{
	"old": HowOld, "far": HowFar, "expensive": Money, "costly": Money, "often": AnyFigure,
	"big": HowBig, "large": HowBig, "tall": HowBig, "high": HowBig, "deep": HowBig, "wide": HowBig, "heavy": HowBig, "fast": HowBig, "strong": HowBig,
	"powerful": HowBig, "hot": HowBig, "cold": HowBig, "small": HowBig, "short": HowBig, "severe": HowBig,
}

// howFigure reads "how many", "how much", "how long" and the like with "how" at
// token i.
func (p *parser) howFigure(i int) bool {
	switch next := p.norm(i + 1); next {
	case "many":
		if p.lemma(i+2) == "percent" || p.norm(i+2) == "%" {
			return p.asFigure(i, 3, Percentage)
		}
		if s, ok := unitSense(p.lemma(i + 2)); ok && (p.norm(i+3) != "of" || s == HowLong) {
			p.use(i+2, 1)
			p.q.Unit = unitKind(p.lemma(i + 2))
			return p.asFigure(i, 2, s)
		}
		if k := p.scaledMoney(i + 2); k > 0 {
			return p.asFigure(i, 2+k, Money)
		}
		return p.asFigure(i, 2, HowMany)
	case "much":
		if p.lemma(i+2) == "money" {
			return p.asFigure(i, 3, Money)
		}
		if p.norm(i+2) == "more" {
			p.use(i+2, 1)
			p.q.Added = true
		}
		p.q.Added = p.q.Added || i > p.from && p.norm(i-1) == "by"
		if slices.ContainsFunc(p.tokens[i+2:], func(t english.Token) bool { return paid[t.Lemma] }) {
			return p.asFigure(i, 2, Money)
		}
		return p.asFigure(i, 2, HowMuch)
	case "long":
		if p.lemma(i+2) == "ago" {
			p.use(i, 3)
			p.q.Type, p.q.Cue = Time, "how long ago"
			return true
		}
		return p.asFigure(i, 2, HowLong)
	default:
		s, ok := howSenses[next]
		if s == HowBig {
			s = cmp.Or(p.measuredIn(i+2), s)
		}
		return ok && p.asFigure(i, 2, s)
	}
}

// measuredIn is the sense of the noun of which it is asked how big it is, where that
// is money or a share: "how big is the REWARD", "how high was INFLATION"; "" for
// any other.
func (p *parser) measuredIn(i int) Sense {
	if p.lemma(i) != "be" {
		return ""
	}
	for i++; i < len(p.tokens) && p.tokens[i].Is(english.Determiner); i++ {
	}
	if end := p.phraseEnd(i); end > i {
		if s := measures[p.lemma(end-1)]; s == Money || s == Percentage {
			return s
		}
	}
	return ""
}

// plainly are words before the noun of a measure that ask for nothing of their
// own.
var plainly = wordSet("what new current total exact official overall latest final estimated approximate precise")

// shares are the nouns of a share that say nothing besides.
var shares = wordSet("percentage percent proportion share")

// ageOf passes over "the age of" and "'s age" at token k: what is left is whose
// age is asked for. It reports whether that is so.
func (p *parser) ageOf(k int) bool {
	switch {
	case p.norm(k) != "age":
		return false
	case p.norm(k+1) == "of":
		p.use(k, 2)
	case p.norm(k-1) == "'s":
		p.use(k-1, 2)
	default:
		return false
	}
	return true
}

// takenBack reports whether the question asks of the figure at token k that it
// was taken back: nothing says then what it counts.
func (p *parser) takenBack(k int) bool {
	if l := p.lemma(k); l != "figure" && l != "number" && l != "toll" {
		return false
	}
	switch p.lemma(k + 2) {
	case "remove", "withdraw", "retract", "delete", "rescind":
		return p.lemma(k+1) == "be"
	}
	return false
}

// whatFigure reads "what percentage of", "what was the number of", "which share",
// "what was the bank's half-year loss".
func (p *parser) whatFigure() bool {
	i := p.from
	j := i + 1
	for j < len(p.tokens) && (p.tokens[j].Is(english.Auxiliary|english.Determiner) || plainly[p.norm(j)]) {
		j++
	}
	asked := func(s Sense, cue string) bool {
		p.use(i, j-i)
		p.q.Type, p.q.Sense, p.q.Cue = Figure, s, cue
		return true
	}
	if s, ok := measures[p.lemma(j)]; ok && p.norm(j+1) != "'s" {
		if p.ageOf(j) {
			return asked(s, "how old")
		}
		if shares[p.lemma(j)] {
			p.use(j, 1)
		}
		return asked(s, p.lemma(j))
	}
	for k := j; k < min(j+maxMeasure, len(p.tokens)); k++ {
		if p.takenBack(k) {
			p.use(k, 3)
			p.q.TakenBack = true
			return asked(AnyFigure, "figure")
		}
		if counters[p.lemma(k)] {
			if p.lemma(k) != "toll" {
				p.use(k, 1)
			}
			return asked(HowMany, p.lemma(k))
		}
		if s, ok := measures[p.lemma(k)]; ok && !p.tokens[k].Is(english.Preposition) {
			if p.ageOf(k) {
				return asked(s, "how old")
			}
			return asked(s, p.lemma(k))
		}
		if p.tokens[k].Is(english.Preposition|english.Auxiliary) || j == i+1 && k > j && p.participle(k) {
			break // or "which ministry WITHDREW the toll"
		}
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
