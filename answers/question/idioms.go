package question

import (
	"slices"
	"strings"

	"sourceline/answers/english"
)

// idioms are ways of asking that mean the plain words behind them; "" for
// words that say nothing. Each word is a folded form or a lemma, "|" stands
// between words that may stand in a place, and "^" for the start of the
// question.
var idioms = parseIdioms(`
lose their|his|her|our life|lives = die
lives lost = people killed
lives were|was lost = people were killed
lives have|had been lost = people were killed
lives be lost = people were killed
law enforcement officer|official|agent|personnel|member = security forces
member of law enforcement = members of the security forces
ex - = former
ex = former
what age be = how old is
become independent = gain independence
order given|issued = ordered
in critical|serious condition = injured
how much time = how long
how much longer = how long
on|under what charge|suspicion|ground|account = why
for what crime|offence|offense = why
for what purpose = why
how come = why
what for = why
how do it come that = why
turn|switch back on = restored
set on fire|alight = burn
set alight|ablaze = burn
set fire to = burn
^ what be the full name of = what is
^ what be the name of = who is
^ the name of = who is
^ name of = who is
who else = who
what else = what
where else = where
in total =
in all =
all told =
all in all =
overall =
altogether =
so far =
to date =
until|till now =
up to now =
as of now|today =
right now =
at the moment =
thus far =
`)

// An idiom is a run of words, each one of several, and the tokens of what they
// mean.
type idiom struct {
	opens bool // it stands at the start of the question
	from  [][]string
	to    []english.Token
}

// parseIdioms reads a table of idioms, the longest of those that begin alike
// first where the lines have them so.
func parseIdioms(table string) map[string][]idiom {
	byFirst := map[string][]idiom{}
	for line := range strings.Lines(table) {
		left, right, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok {
			continue
		}
		m := idiom{to: english.Tokens(strings.TrimSpace(right), 0)}
		left, m.opens = strings.CutPrefix(left, "^")
		for word := range strings.FieldsSeq(left) {
			m.from = append(m.from, strings.Split(word, "|"))
		}
		for _, first := range m.from[0] {
			byFirst[first] = append(byFirst[first], m)
		}
	}
	return byFirst
}

// plainer puts the plain words in the place of idioms. They stand where the
// idiom stood in the text.
func (p *parser) plainer() {
	for i := 0; i < len(p.tokens); i++ {
		m, ok := p.idiomAt(i)
		if !ok || len(m.to) == 0 && len(m.from) == len(p.tokens) {
			continue // or nothing but that is asked
		}
		p.tokens = slices.Replace(p.tokens, i, i+len(m.from), over(m.to, p.tokens[i:i+len(m.from)])...)
		i += len(m.to) - 1
	}
}

// over are the tokens, laid over the places of others in the same order: the
// first of too many have no length, the last of too few has the rest.
func over(tokens, places []english.Token) []english.Token {
	out := slices.Clone(tokens)
	for k := range out {
		out[k].Start, out[k].End = places[0].Start, places[0].Start
		if at := k - max(0, len(out)-len(places)); at >= 0 {
			out[k].Start, out[k].End = places[at].Start, places[at].End
		}
		if k == len(out)-1 {
			out[k].End = places[len(places)-1].End
		}
	}
	return out
}

func (p *parser) idiomAt(i int) (idiom, bool) {
	for _, first := range []string{p.norm(i), p.lemma(i)} {
		for _, m := range idioms[first] {
			if p.idiom(i, m) {
				return m, true
			}
		}
	}
	return idiom{}, false
}

func (p *parser) idiom(i int, m idiom) bool {
	if m.opens && i > 0 {
		return false
	}
	for k, words := range m.from {
		if !slices.ContainsFunc(words, func(w string) bool { return p.matches(i+k, w) }) {
			return false
		}
	}
	return true
}
