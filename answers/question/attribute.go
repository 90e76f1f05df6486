package question

import (
	"slices"
	"strings"

	"sourceline/answers/english"
)

// An Attribute is what a question asks of one thing, where it asks just that:
// the director of a film, the year in which somebody was born, what something
// is.
type Attribute struct {
	Kind   english.AttributeKind // "" where the question asks for no attribute
	Names  []string              // of english.Attribute: those that the noun or verb can mean, the likeliest first; none of a Nature
	Noun   string                // lemma of the noun that asks for a part of it, or of an Open one: the "state" of "in which state is"
	Of     [][]string            // folded words of the thing: as typed, then what the articles call it as well
	Rest   []string              // of an Open one: lemmas of the question's other words, which the sentence has to have
	Role   []string              // of an Open one: lemmas right behind which its name stands: "home venue of"
	Title  bool                  // the thing is in quotation marks: the name of a work
	Within [][]string            // folded words of what narrows it down: the "Ohio" of "Rush Township, Ohio"
}

// attributeFillers are words of such questions that ask for nothing of their
// own: what kind of thing it is, how it is tied to what is asked.
var attributeFillers = wordSet("associate affiliate belong member know play work practise practice compete participate specialize specialise do be have locate base situate " +
	"current total estimated primary main official original professional career call name " +
	"album record ep single song film movie book novel series television tv show game video river lake mountain island town city village township municipality county " +
	"building house church school company group band opera musical magazine painting sculpture person player man woman politician station stadium")

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// attribute finds what the question asks of one thing; nothing where a word of
// it asks for more than that.
func (p *parser) attribute() {
	end := len(p.tokens)
	for end > p.from && p.tokens[end-1].Kind == english.Mark && !quoteMark(p.norm(end-1)) {
		end--
	}
	for _, form := range []func(end int) bool{p.attributeOf, p.attributeOwned, p.attributeWhich, p.attributeDone, p.attributeWhen, p.attributeWhere, p.attributeLast, p.attributeNature, p.attributeOpen} {
		if form(end) {
			return
		}
		p.q.Attribute = Attribute{}
	}
}

// asks reports whether token i is one of the words of questions.
func (p *parser) asks(i int, words ...string) bool { return slices.Contains(words, p.norm(i)) }

// attributeOf reads "what is the population of X", "who is the director of X",
// "what is the instrument played by X".
func (p *parser) attributeOf(end int) bool {
	i := p.from
	if !p.asks(i, "what", "who", "which") || p.lemma(i+1) != "be" {
		return false
	}
	i = p.skipFillers(i+2, end)
	list, n := english.AttributesAt(p.tokens[min(i, end):end])
	if n == 0 {
		return false
	}
	k := i + n
	for k < end && k < i+n+3 && (p.norm(k) == "associated" || strings.HasSuffix(p.norm(k), "ed") && !p.tokens[k].Is(english.Preposition)) {
		k++
	}
	if k < end && p.tokens[k].Is(english.Preposition) {
		return p.attributeIs(list, k+1, end)
	}
	// "the type of institution X is"
	return k == i+n && p.lemma(end-1) == "be" && p.attributeIs(list, k, end-1)
}

func (p *parser) skipFillers(i, end int) int {
	for i < end && (p.tokens[i].Is(english.Determiner) || attributeFillers[p.lemma(i)] || attributeFillers[p.norm(i)]) {
		if _, n := english.AttributesAt(p.tokens[i:end]); n > 1 {
			break // "total area"
		}
		i++
	}
	return i
}

// attributeOwned reads "who was X's father", "what is X's profession".
func (p *parser) attributeOwned(end int) bool {
	i := p.from
	if !p.asks(i, "what", "who", "which") || p.lemma(i+1) != "be" {
		return false
	}
	for k := i + 3; k < end; k++ {
		if p.norm(k) != "'s" && p.norm(k) != "'" {
			continue
		}
		if list, n := english.AttributesAt(p.tokens[k+1 : end]); n > 0 && k+1+n == end {
			return p.attributeIs(list, i+2, k)
		}
	}
	return false
}

// attributeWhich reads "what sport does X play", "what political party was X
// affiliated with", "in which city is X".
func (p *parser) attributeWhich(end int) bool {
	i := p.from
	if i < end && p.tokens[i].Is(english.Preposition) {
		i++
	}
	if !p.asks(i, "what", "which") || i+1 >= end {
		return false
	}
	list, n := english.AttributesAt(p.tokens[i+1 : end])
	if n == 0 && placeNouns[p.lemma(i+1)] {
		list, n = []*english.Attribute{english.AttributeOf("location")}, 1
		p.q.Attribute.Noun = p.lemma(i + 1)
	}
	k := i + 1 + n
	if n == 0 || k >= end {
		return false
	}
	if p.norm(k) == "be" || !p.tokens[k].Is(english.Auxiliary) {
		return p.norm(k) == "is" && p.attributeIs(list, k+1, end)
	}
	return p.attributeIs(list, k+1, end)
}

// attributeDone reads "who directed X".
func (p *parser) attributeDone(end int) bool {
	i := p.from
	if p.norm(i) != "who" || i+2 >= end || p.norm(i+1) == p.lemma(i+1) && !strings.HasSuffix(p.norm(i+1), "ed") {
		return false
	}
	list := english.AttributesOfVerb(english.Maker, p.lemma(i+1))
	return len(list) > 0 && p.attributeIs(list, i+2, end)
}

// attributeWhen reads "when was X born", "what year was X released".
func (p *parser) attributeWhen(end int) bool {
	i := p.from
	switch {
	case p.norm(i) == "when":
		i++
	case (p.norm(i) == "what" || p.norm(i) == "which") && timeNouns[p.lemma(i+1)]:
		i += 2
	case p.norm(i) == "in" && (p.norm(i+1) == "what" || p.norm(i+1) == "which") && timeNouns[p.lemma(i+2)]:
		i += 3
	default:
		return false
	}
	if i+2 >= end || !p.tokens[i].Is(english.Auxiliary) {
		return false
	}
	if p.matches(end-2, "take", "place") {
		return p.attributeIs([]*english.Attribute{english.AttributeOf("event")}, i+1, end-2)
	}
	list := english.AttributesOfVerb(english.Date, p.lemma(end-1))
	return len(list) > 0 && p.attributeIs(list, i+1, end-1)
}

// attributeWhere reads "where is X", "where was X born".
func (p *parser) attributeWhere(end int) bool {
	i := p.from
	if p.norm(i) != "where" || i+2 >= end || !p.tokens[i+1].Is(english.Auxiliary) {
		return false
	}
	if list := english.AttributesOfVerb(english.Site, p.lemma(end-1)); len(list) > 0 {
		return p.attributeIs(list, i+2, end-1)
	}
	return p.lemma(i+1) == "be" && p.attributeIs([]*english.Attribute{english.AttributeOf("location")}, i+2, end)
}

// attributeLast reads a question that asks at its end: "X was formed in which
// year", "X is located in which city".
func (p *parser) attributeLast(end int) bool {
	k := end - 1
	for k > p.from+1 && !p.asks(k, "which", "what") {
		k--
	}
	if k <= p.from+1 || k == end-1 || !p.tokens[k-1].Is(english.Preposition) {
		return false
	}
	if p.norm(k-1) == "of" && placeNouns[p.lemma(k+1)] && p.nameOnly(p.from, k-1) { // "2017 Census of which country was conducted"
		p.q.Attribute.Noun = p.lemma(k + 1)
		return p.attributeWhole([]*english.Attribute{english.AttributeOf("location")}, p.from, k-1)
	}
	verb := k - 2
	be := verb
	for be > p.from && p.lemma(be) != "be" {
		be--
	}
	if be <= p.from {
		return false
	}
	last := end - 1 // "which private railway OPERATOR"
	if list, n := english.AttributesAt(p.tokens[last:end]); n > 0 && list[0].Kind == english.Maker && be < verb {
		return p.attributeWhole(list, p.from, be)
	}
	if list, n := english.AttributesAt(p.tokens[p.skipFillers(k+1, end):end]); n > 0 && list[0].Kind == english.Trait && p.skipFillers(k+1, end)+n == end && p.filled(be, k) {
		return p.attributeWhole(list, p.from, be)
	}
	if be < verb && p.attributeRole(be, k, end) {
		return true
	}
	if be != verb-1 || k != end-2 {
		return false
	}
	switch noun := p.lemma(k + 1); {
	case timeNouns[noun]:
		list := english.AttributesOfVerb(english.Date, p.lemma(verb))
		return len(list) > 0 && p.attributeWhole(list, p.from, be)
	case placeNouns[noun]:
		p.q.Attribute.Noun = noun
		list := english.AttributesOfVerb(english.Site, p.lemma(verb))
		return len(list) > 0 && p.attributeWhole(list, p.from, be)
	}
	return false
}

// attributeRole reads "X is the home venue of which team": be and which are
// tokens. What the thing is has to be a noun phrase.
func (p *parser) attributeRole(be, which, end int) bool {
	from := be + 1
	if p.norm(which-1) != "of" || which+1 >= end || !p.tokens[from].Is(english.Determiner) || !p.nameOnly(p.from, be) {
		return false
	}
	var role []string
	for i := from + 1; i < which; i++ {
		if t := p.tokens[i]; t.Kind != english.Word || i < which-1 && !t.Content() {
			return false
		}
		role = append(role, p.lemma(i))
	}
	if len(role) < 2 {
		return false
	}
	p.q.Attribute.Kind, p.q.Attribute.Role, p.q.Attribute.Noun = english.Open, role, p.lemma(end-1)
	p.attributeNames(p.from, be)
	return len(p.q.Attribute.Of) > 0
}

// nameOnly reports whether the tokens [from, to) are a name and nothing else.
func (p *parser) nameOnly(from, to int) bool {
	for i := from; i < to; i++ {
		if !p.namelike(i, i > from) && !p.tokens[i].Is(english.Determiner) {
			return false
		}
	}
	return from < to
}

// attributeNature reads "what is X", "what is X known for".
func (p *parser) attributeNature(end int) bool {
	i := p.from
	if p.norm(i) != "what" || p.lemma(i+1) != "be" || i+2 >= end {
		return false
	}
	if p.matches(end-2, "know", "for") {
		end -= 2
	} else if !quoteMark(p.norm(i+2)) || !quoteMark(p.norm(end-1)) {
		return false
	}
	p.q.Attribute.Kind = english.Nature
	return p.attributeThing(i+2, end)
}

// attributeOpen reads "what war did X end", "which line is X a station on",
// "what is the broadcast format of X": the noun is one that no table has.
func (p *parser) attributeOpen(end int) bool {
	i := p.from
	if i < end && p.tokens[i].Is(english.Preposition) {
		i++
	}
	if p.q.Type != Other || !p.asks(i, "what", "which") {
		return false // times, places and figures have ways of their own
	}
	noun := i + 1
	if p.lemma(noun) == "be" {
		for noun++; noun+1 < end && p.norm(noun+1) != "of"; noun++ {
		}
		i++
	}
	if _, n := english.AttributesAt(p.tokens[min(noun, end):end]); n > 0 {
		return false // of these it is known how they are said
	}
	if noun+2 >= end || p.tokens[noun].Kind != english.Word || p.tokens[noun].Case != english.Lower || !p.tokens[noun].Content() || p.norm(noun+1) != "of" && !p.tokens[noun+1].Is(english.Auxiliary) {
		return false
	}
	lo, hi := end, noun
	for k := noun + 2; k < end; k++ {
		switch t := p.tokens[k]; {
		case p.namelike(k, lo < hi):
			lo, hi = min(lo, k), max(hi, k+1)
		case lo < hi && t.Content() && t.Kind == english.Word:
			k = end
		}
	}
	if lo >= hi {
		return false
	}
	a := &p.q.Attribute
	a.Kind, a.Noun = english.Open, p.lemma(noun)
	for k := i + 1; k < end; k++ {
		if t := p.tokens[k]; k != noun && (k < lo || k >= hi) && t.Content() {
			a.Rest = append(a.Rest, t.Lemma)
		}
	}
	if p.norm(noun+1) != "of" && len(a.Rest) == 0 {
		return false
	}
	p.attributeNames(lo, hi)
	return len(a.Of) > 0
}

// attributeIs sets the attribute to one of the list, of the thing that the
// tokens name; false where they name none or say more.
func (p *parser) attributeIs(list []*english.Attribute, from, to int) bool {
	p.q.Attribute.Kind = list[0].Kind
	for _, a := range list {
		if a.Kind == list[0].Kind {
			p.q.Attribute.Names = append(p.q.Attribute.Names, a.Name)
		}
	}
	return p.attributeThing(from, to)
}

// attributeWhole is attributeIs for a thing that all of the tokens name, as at
// the beginning of a question: "1st arrondissement".
func (p *parser) attributeWhole(list []*english.Attribute, from, to int) bool {
	p.attributeIs(list, from, to)
	p.attributeNames(from, to)
	return len(p.q.Attribute.Of) > 0
}

func quoteMark(norm string) bool { return norm == `"` || norm == "“" || norm == "”" }

// attributeThing reads the thing out of the tokens [from, to): what stands in
// quotation marks, or else from the first to the last word that is written as
// a name or known as one.
func (p *parser) attributeThing(from, to int) bool {
	lo, hi := to, from
	for i := from; i < to; i++ {
		if quoteMark(p.norm(i)) {
			lo, hi = min(lo, i), max(hi, i+1)
		}
	}
	a := &p.q.Attribute
	a.Title = hi-lo > 2
	if !a.Title {
		lo, hi = to, from
		for i := from; i < to; i++ {
			switch t := p.tokens[i]; {
			case p.namelike(i, lo < hi):
				lo, hi = min(lo, i), max(hi, i+1)
			case lo < hi && t.Content() && t.Kind == english.Word:
				i = to // the name is over: "X play in American football"
			}
		}
	}
	if lo >= hi || !p.filled(from, lo) || !p.filled(hi, to) {
		return false
	}
	p.attributeNames(lo, hi)
	return len(a.Of) > 0
}

// namelike reports whether token i is written as a name; within one also what
// a hyphen ties to it.
func (p *parser) namelike(i int, within bool) bool {
	t := p.tokens[i]
	switch {
	case t.Kind == english.Number:
		return true
	case t.Kind != english.Word || t.Norm == "'s":
		return false
	case t.Case != english.Lower:
		return true
	case within && !t.Space:
		return true // "So-yeong", "24th"
	}
	return p.name[i] >= 0 && !attributeFillers[t.Lemma]
}

// filled reports whether no word of the tokens [from, to) asks for anything.
func (p *parser) filled(from, to int) bool {
	for i := from; i < to; i++ {
		t := p.tokens[i]
		if t.Content() && !attributeFillers[t.Lemma] && !attributeFillers[t.Norm] && !p.attributeWord(i) {
			return false
		}
	}
	return true
}

// attributeWord reports whether token i belongs to what is asked for: its
// verb, its noun or a value of it.
func (p *parser) attributeWord(i int) bool {
	for _, name := range p.q.Attribute.Names {
		a := english.AttributeOf(name)
		if slices.Contains(a.Verbs, p.lemma(i)) || slices.Contains(a.Nouns, p.lemma(i)) {
			return true
		}
	}
	for _, name := range [...]string{"sport", "medium", "party"} {
		if _, n := english.AttributeOf(name).ValueAt(p.tokens[i:]); n > 0 {
			return true
		}
		if i > p.from {
			if _, n := english.AttributeOf(name).ValueAt(p.tokens[i-1:]); n > 1 {
				return true
			}
		}
	}
	return false
}

// attributeNames takes the names out of the tokens [lo, hi): the first up to a
// comma is the thing, the others narrow it down.
func (p *parser) attributeNames(lo, hi int) {
	var list [][]string
	var name []string
	var also [][]string // other names given beside: "Hajin/Nor Hachn"
	flush := func() {
		if len(name) > 0 {
			list = append(list, name)
		}
		name = nil
	}
	for i := lo; i < hi; i++ {
		t := p.tokens[i]
		switch {
		case t.Norm == "," && !p.q.Attribute.Title:
			flush()
		case t.Norm == "/" && !p.q.Attribute.Title && len(name) > 0:
			also = append(also, name)
			name = nil
		case t.Kind == english.Mark || t.Norm == "'s" && i == hi-1:
		case len(name) == 0 && !(hi == i+2 && p.tokens[i+1].Kind == english.Number) && !(hi == i+3 && p.q.Attribute.Title && p.tokens[i+1].Kind == english.Number) && (t.Norm == "the" || t.Norm == "a" || t.Norm == "an") && i+1 < hi:
		case len(name) == 0 && t.Is(english.Honorific) && i+1 < hi && !p.q.Attribute.Title && p.tokens[i+1].Kind == english.Word && p.tokens[i+1].Norm != "of":
		default:
			name = append(name, t.Norm)
		}
	}
	flush()
	if len(list) == 0 {
		return
	}
	a := &p.q.Attribute
	a.Of, a.Within = append(list[:1:1], also...), list[1:]
	for _, n := range p.q.Names {
		if !slices.Equal(n.Words, list[0]) {
			continue
		}
		for _, alias := range n.Aliases {
			if w := strings.Fields(alias); !slices.Equal(w, list[0]) && (len(w) > 1 || !slices.Contains(list[0], w[0])) {
				a.Of = append(a.Of, w)
			}
		}
	}
}
