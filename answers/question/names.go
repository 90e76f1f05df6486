package question

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/corpus"
)

// findNames finds the named things: runs of capitalised words, and words that
// the articles or the table of places know as names however they are typed.
func (p *parser) findNames() {
	for i := p.from; i < len(p.tokens); i++ {
		n := p.nameAt(i)
		if n == 0 {
			continue
		}
		if again := p.sameName(i, n); again >= 0 {
			for k := i; k < i+n; k++ {
				p.name[k] = again
			}
			i += n - 1
			continue
		}
		span := corpus.Span{Start: p.tokens[i].Start, End: p.tokens[i+n-1].End}
		name := Name{Text: p.q.Text[span.Start:span.End]}
		for k := i; k < i+n; k++ {
			p.name[k] = len(p.q.Names)
			if p.tokens[k].Kind != english.Mark {
				name.Words = append(name.Words, p.tokens[k].Norm)
			}
		}
		name.Aliases = p.aliases(name.Words)
		if from := p.skipBack(i); p.norm(from) == "to" && p.norm(from-1) == "according" {
			name.Source = true
		}
		switch p.norm(i - 1) {
		case "in", "at", "near", "around", "across", "inside", "outside", "within", "throughout":
			name.Place = !heldIn[p.lemma(i-2)]
		}
		name.phrases = name.Phrases()
		name.Known = name.Aliases != nil || p.allKnown(name.Words)
		p.q.Names = append(p.q.Names, name)
		i += n - 1
	}
}

// manyNames is how many names a question has that somebody would ask. One of more
// is a text, whose names are looked up once each.
const manyNames = 12

// sameName is the number of the name that the n tokens from i on repeat, in a
// question of very many names; -1 where they repeat none.
func (p *parser) sameName(i, n int) int {
	if len(p.q.Names) < manyNames {
		return -1
	}
	var words []string
	for _, t := range p.tokens[i : i+n] {
		if t.Kind != english.Mark {
			words = append(words, t.Norm)
		}
	}
	return slices.IndexFunc(p.q.Names, func(m Name) bool { return slices.Equal(m.Words, words) })
}

// heldIn are what one has in somebody, who is no place: "shares in a firm".
var heldIn = map[string]bool{"share": true, "stake": true, "holding": true, "interest": true, "investment": true, "faith": true, "trust": true, "confidence": true, "role": true}

// skipBack is the token before token i that is no determiner.
func (p *parser) skipBack(i int) int {
	for i--; i > 0 && p.tokens[i].Is(english.Determiner); i-- {
	}
	return i
}

// allKnown reports whether the articles have every word.
func (p *parser) allKnown(words []string) bool {
	for _, w := range words {
		if p.count(english.Lemma(w)) == 0 {
			return false
		}
	}
	return len(words) > 0
}

// aliases are what the articles call a name, with what a country's people and
// adjective are called.
func (p *parser) aliases(words []string) []string {
	joined := strings.Join(words, " ")
	out := slices.Clone(p.names.Aliases(joined))
	for _, w := range demonyms(joined) {
		if !slices.Contains(out, w) && p.allKnown(strings.Fields(w)) {
			out = append(out, w)
		}
	}
	return out
}

// nameAt is how many tokens from i on are one name; 0 for none.
func (p *parser) nameAt(i int) int {
	if i >= len(p.tokens) {
		return 0
	}
	t := p.tokens[i]
	if t.Kind != english.Word || p.used[i] {
		return 0
	}
	// The longest run that the articles know as a name.
	for n := min(6, len(p.tokens)-i); n > 0; n-- {
		if p.knownName(i, n) {
			return n
		}
	}
	if !p.capital(i) {
		return 0
	}
	n := 1
	for i+n < len(p.tokens) && (p.capital(i+n) || p.joins(i+n)) {
		n++
	}
	return n
}

// knownName reports whether the n tokens from i on are a name of the articles
// or of the table of places.
func (p *parser) knownName(i, n int) bool {
	last := p.tokens[i+n-1]
	if last.Kind != english.Word || last.Norm == "'s" {
		return false
	}
	if t := p.tokens[i]; n == 1 && (t.Class&^(english.NumberWord|english.Honorific|english.Hedge) != 0 || t.Case == english.Lower && fixed(t.Norm) && !isPlace(t.Norm)) {
		return false // a word of English, unless it is written as a name
	}
	var words []string
	for k := i; k < i+n; k++ {
		if p.tokens[k].Kind == english.Word {
			words = append(words, p.tokens[k].Norm)
		} else if p.tokens[k].Norm != "-" && p.tokens[k].Norm != "." {
			return false
		}
	}
	joined := strings.Join(words, " ")
	known, looked := p.known[joined]
	if !looked {
		known = p.names.Aliases(joined) != nil || isPlace(joined)
		p.known[joined] = known
	}
	return known
}

// capital reports whether token i is written as a name.
func (p *parser) capital(i int) bool {
	if i >= len(p.tokens) {
		return false
	}
	t := p.tokens[i]
	if t.Kind != english.Word || t.Case == english.Lower || p.shout || p.used[i] || t.Norm == "i" {
		return false
	}
	if t.Is(english.Month | english.Weekday | english.Question) {
		return false
	}
	if i == p.from || i == 0 {
		// The first word of a question is capitalised anyway.
		return t.Case == english.Upper && len(t.Norm) > 1 && t.Class == 0 || t.Class == 0 && !fixed(t.Norm)
	}
	return t.Class&(english.Determiner|english.Preposition|english.Auxiliary|english.Conjunction) == 0
}

// joins reports whether token i holds two capitalised words together.
func (p *parser) joins(i int) bool {
	t := p.tokens[i]
	next := i+1 < len(p.tokens) && p.capital(i+1)
	switch {
	case t.Norm == "-" && !t.Space:
		return next && !p.tokens[i+1].Space
	case t.Norm == "." && !t.Space:
		return next && p.tokens[i-1].Is(english.Abbreviation)
	case t.Norm == "of":
		return next
	case t.Norm == "the":
		return next && p.norm(i-1) == "of"
	}
	return false
}
