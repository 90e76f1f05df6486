package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
)

// spots are nouns of places so small that a count of people there is one of a
// part: "three people on the GROUND".
var spots = map[string]bool{"ground": true, "board": true, "aboard": true, "deck": true, "floor": true, "scene": true, "hospital": true, "house": true, "home": true, "building": true, "apartment": true, "street": true, "road": true, "bridge": true, "station": true, "platform": true, "stand": true, "cell": true, "ward": true, "car": true, "truck": true, "bus": true, "train": true, "carriage": true, "cabin": true, "cockpit": true, "boat": true, "lifeboat": true, "ship": true, "vessel": true, "helicopter": true, "plane": true, "aircraft": true, "shelter": true, "camp": true, "school": true, "stadium": true, "hall": true, "arena": true, "prison": true, "centre": true, "church": true, "mosque": true, "hotel": true, "market": true, "shore": true, "water": true, "suburb": true}

// spotAfter is the spot that the tokens name first, before a verb or another
// noun does: "on the GROUND"; "" where they name none.
func spotAfter(tokens []english.Token) string {
	if len(tokens) == 0 {
		return ""
	}
	if tokens[0].Norm == "aboard" {
		return "board"
	}
	switch tokens[0].Norm {
	case "on", "in", "at", "inside":
	default:
		return ""
	}
	for i := 1; i < len(tokens) && i <= 3; i++ {
		t := tokens[i]
		if t.Kind != english.Word || t.Case == english.Title {
			return ""
		}
		if spots[t.Lemma] {
			return t.Lemma
		}
	}
	return ""
}

// spotOf is the spot where what is counted is said to be, right after its noun
// or after the noun of its event: "killing two people on the GROUND", "the
// number of dead on the GROUND".
func spotOf(f *fact.Fact, c *fact.Count) string {
	if s := spotBefore(f, c); s != "" {
		return s
	}
	ends := []int{max(c.Phrase.End, c.Noun.End)}
	for _, e := range c.Events {
		ends = append(ends, e.Span.End)
	}
	for _, end := range ends {
		i := slices.IndexFunc(f.Tokens, func(t english.Token) bool { return t.Start >= end })
		if i < 0 {
			continue
		}
		if s := spotAfter(f.Tokens[i:]); s != "" {
			return s
		}
	}
	return ""
}

// spotBefore is the spot that the sentence opens with, right before the count: "In
// the HOSPITAL of the harbour, 480 patients".
func spotBefore(f *fact.Fact, c *fact.Count) string {
	first := slices.IndexFunc(f.Tokens, func(t english.Token) bool { return t.Kind == english.Word })
	at, _ := tokenRange(f, c.Phrase)
	if first < 0 || at < first+2 || f.Tokens[at-1].Norm != "," {
		return ""
	}
	return spotAfter(f.Tokens[first : at-1])
}

// A scope is what a question says of where it happened and how badly: the spot
// that it names after its event ("killed on the GROUND"), and the manner; with
// the question's text.
type scope struct {
	text, spot, manner string
	turning            []string // words that turn what is asked, see turnings
	rate               string   // the time that an amount is asked for: "month" of "how much a month"
}

// rates are the times for which amounts are told, with the words that say so
// alone.
var rates = map[string]string{"hour": "hourly", "day": "daily", "week": "weekly", "month": "monthly", "year": "yearly annual annually"}

// rateIn is the time that the tokens tell an amount for; "" where none.
func rateIn(tokens []english.Token) string {
	for i := 1; i < len(tokens); i++ {
		t := tokens[i]
		switch tokens[i-1].Norm {
		case "a", "an", "per", "each", "every":
			if rates[t.Lemma] != "" && t.Norm == t.Lemma && !(i+1 < len(tokens) && (tokens[i+1].Norm == "ago" || tokens[i+1].Norm == "earlier")) {
				return t.Lemma
			}
		}
	}
	return ""
}

// perUnit reports whether the tokens tell an amount for that time.
func perUnit(tokens []english.Token, rate string) bool {
	words := strings.Fields(rates[rate])
	return rateIn(tokens) == rate || slices.ContainsFunc(tokens, func(t english.Token) bool { return slices.Contains(words, t.Norm) })
}

// turnings are small words that no index weighs and that turn what is asked into
// something else, with what may say the same in a sentence.
var turnings = map[string][]string{
	"against": {"against", "oppose", "opponent"},
	"still":   {"still", "yet", "remain"},
	"without": {"without", "lose", "lack", "no", "cut", "deprive", "short"},
}

// lasting are events that last: who is missing is still missing.
var lasting = []string{"missing", "trap", "hospitalize", "aboard"}

// met reports whether the sentence has all such words of the question.
func (s scope) met(q question.Question, f *fact.Fact) bool {
	return !slices.ContainsFunc(s.turning, func(w string) bool {
		return !(w == "still" && shared(q.Events, lasting)) && !slices.ContainsFunc(f.Tokens, func(t english.Token) bool { return slices.Contains(turnings[w], t.Lemma) })
	})
}

// scopeAsked is the scope of the question, which is read once.
func (b *Base) scopeAsked(q question.Question) scope {
	if b.read != nil && b.read.scope != nil && b.read.scope.text == q.Text {
		return *b.read.scope
	}
	tokens := q.Tokens()
	s := scope{text: q.Text, manner: mannerIn(tokens)}
	if q.Sense == question.Money || q.Sense == question.HowMuch {
		s.rate = rateIn(tokens)
	}
	for i := range tokens {
		if s.spot = spotAfter(tokens[i:]); s.spot != "" {
			break
		}
	}
	for i, t := range tokens {
		if tokens[0].Is(english.Auxiliary) && i > 0 {
			break // "is the figure still valid" asks of no other figure
		}
		if turnings[t.Norm] != nil {
			s.turning = append(s.turning, t.Norm)
		}
	}
	if b.read != nil {
		b.read.scope = &s
	}
	return s
}

// manners are the words that tell how badly somebody was hurt, by what they
// come to.
var manners = map[string]string{"seriously": "badly", "badly": "badly", "severely": "badly", "gravely": "badly", "critically": "badly", "critical": "badly", "serious": "badly", "severe": "badly", "slightly": "slightly", "lightly": "slightly", "mildly": "slightly"}

func mannerIn(tokens []english.Token) string {
	for _, t := range tokens {
		if m := manners[t.Norm]; m != "" {
			return m
		}
	}
	return ""
}

// mannerReach is how many tokens after a count its adverb may stand: "four of
// them SERIOUSLY", "12 people were SERIOUSLY injured".
const mannerReach = 5

// mannerOf is how badly what is counted was hurt; "" where it is not said.
func mannerOf(f *fact.Fact, c *fact.Count) string {
	i := slices.IndexFunc(f.Tokens, func(t english.Token) bool { return t.Start >= c.Quantity.Span.End })
	if i < 0 {
		return ""
	}
	to := i
	for to < len(f.Tokens) && to < i+mannerReach && !(f.Tokens[to].Kind == english.Mark && strings.Contains(",;:.", f.Tokens[to].Norm)) && f.Tokens[to].Norm != "and" {
		to++
	}
	return mannerIn(f.Tokens[i:to])
}

// left reports whether the count is of those only to whom it happened and who are
// not free again: "180 were STILL in custody" are not all that were arrested.
func left(q question.Question, f *fact.Fact, c *fact.Count) bool {
	if q.Verb != "arrest" && q.Verb != "detain" {
		return false // who is in custody now is asked for
	}
	still := func(t english.Token) bool { return t.Norm == "still" || t.Lemma == "remain" }
	from, to := clauseAround(f, c.Phrase)
	return slices.ContainsFunc(f.Tokens[from:to], still) && !slices.ContainsFunc(q.Tokens(), still)
}

// ofThem reports whether the count is of some of those counted before: "four of
// them", "six of whom"; not of those to whom something else had happened first: "freed
// 120 OF THOSE ARRESTED".
func ofThem(q question.Question, f *fact.Fact, c *fact.Count) bool {
	i := slices.IndexFunc(f.Tokens, func(t english.Token) bool { return t.Start >= c.Quantity.Span.End })
	if i < 0 || i+1 >= len(f.Tokens) || f.Tokens[i].Norm != "of" {
		return false
	}
	switch f.Tokens[i+1].Norm {
	case "them", "whom", "these":
		return true
	case "those":
		if i+2 == len(f.Tokens) {
			return true
		}
		next := f.Tokens[i+2]
		names := english.Events(next.Lemma)
		return len(names) == 0 || !pastForm(&next) || sameEvent(q, next.Lemma, names)
	}
	return false
}

// fitScope holds the count to the place and the manner that the question asks
// for; a count of a place or manner that was not asked for is one of a part.
func (b *Base) fitScope(q question.Question, c *candidate) {
	if !personAsked(q) {
		return
	}
	f, count, asked := c.fact, c.count(), b.scopeAsked(q)
	if spot := spotOf(f, count); q.Verb == "hospitalize" {
		// to be in hospital is what happened, not where
	} else if asked.spot != "" {
		if spot != asked.spot {
			c.bar("where")
		}
	} else if spot != "" {
		c.narrower = true
	}
	if asked.manner != "" {
		if mannerOf(f, count) != asked.manner {
			c.reject("how badly")
		}
	} else if mannerOf(f, count) != "" || left(q, f, count) || ofThem(q, f, count) && len(q.Turns) == 0 {
		c.narrower = true
	}
}

// sameMeasure leaves out the measures that are hardly of what is asked for,
// where there is one that is: of a question about an amount, a share or a size,
// those that the grammar does not tie to what happened, and those whose
// sentences have clearly fewer of its words. Beside the one that answers they
// would read as a disagreement of sources, which they are not.
func sameMeasure(q question.Question, list []*candidate) []*candidate {
	if q.Sense == question.HowMany || q.Sense == question.AnyFigure {
		return list
	}
	linked, cover := false, 0.0
	for _, c := range list {
		linked = linked || c.linked
		cover = max(cover, c.cover)
	}
	hardly := func(c *candidate) bool {
		loose := linked && !c.linked && (!has(c.fact, q.Verb) || beside(c, list))
		return loose || c.cover < cover-measureMargin && !c.count().Restated // that has the words in the sentence before
	}
	var good []*candidate
	for _, c := range list {
		if !hardly(c) {
			good = append(good, c)
		}
	}
	if len(good) == 0 {
		return list
	}
	best := slices.MaxFunc(good, func(x, y *candidate) int { return -byScore(x, y) })
	return slices.DeleteFunc(list, func(c *candidate) bool {
		switch {
		case c.given:
			return false
		case c.quantity().Unit.Kind != best.quantity().Unit.Kind:
			return true
		}
		return hardly(c) && !resumes(c, good) && !slices.ContainsFunc(good, func(g *candidate) bool { return g.quantity().Compatible(c.quantity()) })
	})
}

// beside reports whether the sentence has a measure that the grammar does tie to
// what happened.
func beside(c *candidate, list []*candidate) bool {
	return slices.ContainsFunc(list, func(d *candidate) bool { return d.fact == c.fact && d.linked })
}

// resumes reports whether the measure is another figure for the one of the
// sentence before: "The union put THE FIGURE at 71 hours."
func resumes(c *candidate, good []*candidate) bool {
	return slices.ContainsFunc(good, func(g *candidate) bool {
		return g.fact.ID.Article == c.fact.ID.Article && g.fact.Number == c.fact.Number-1 && g.quantity().Unit == c.quantity().Unit
	}) && slices.ContainsFunc(c.fact.Tokens, func(t english.Token) bool {
		return t.Lemma == "figure" || t.Lemma == "number" || t.Lemma == "sum" || t.Lemma == "total" || t.Lemma == "estimate"
	})
}

// measureMargin is how much less of the question's words a second measure may
// have in its sentence: it is said in other words, but of the same thing.
const measureMargin = 0.2

// currencyAsked is the name of the currency in which a question for money wants
// its answer; "" where it names none.
func currencyAsked(q question.Question) string {
	if q.Sense != question.Money {
		return ""
	}
	for _, t := range q.Tokens() {
		if t.Kind != english.Word || t.FunctionWord() {
			continue
		}
		if m, ok := quantity.Parse("2 " + t.Norm); ok && m.Unit.Kind == quantity.Money {
			return m.Unit.Name
		}
	}
	return ""
}

// ofOther reports whether the sentence has the measure that is asked for with
// other words before it: "the key INTEREST rate" for "the inflation rate".
func ofOther(q question.Question, f *fact.Fact) bool {
	if len(q.Mods) == 0 || q.Head == "" || q.Sense == question.HowMany || q.Sense == question.HowMuch {
		return false
	}
	other := false
	for i, t := range f.Tokens {
		if t.Lemma != q.Head {
			continue
		}
		from := i
		for from > 0 && f.Tokens[from-1].Kind == english.Word && !f.Tokens[from-1].FunctionWord() {
			from--
		}
		to := i + 1
		if to+1 < len(f.Tokens) && f.Tokens[to].Norm == "of" {
			to += 3
		}
		words := f.Tokens[from:min(to, len(f.Tokens))]
		if slices.ContainsFunc(words, func(w english.Token) bool { return slices.Contains(q.Mods, w.Lemma) }) {
			return false
		}
		other = other || i-from > 0
	}
	return other
}

// onlyCounted reports whether the question asks for the number of things and
// says nothing of what they did or what happened to them.
func onlyCounted(q question.Question) bool {
	if q.Verb != "" || len(q.Events) > 0 {
		return false
	}
	return !slices.ContainsFunc(q.Terms, func(t question.Term) bool {
		return t.Lemma != q.Head && t.Lemma != q.Carrier && !t.Name && !slices.Contains(q.Mods, t.Lemma)
	})
}
