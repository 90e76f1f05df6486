package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// byLastName are the numbers of the article's first sentences that have the last
// word of a person's name: an article gives the whole name once.
func (s *subject) byLastName(article string) []int {
	words := s.q.Attribute.Of[0]
	if len(words) < 2 || s.q.Attribute.Title || s.q.Attribute.Kind != english.Trait {
		return nil
	}
	place, last := s.base.index.Place(article), words[len(words)-1]
	if place < 0 || english.IsWord(last) && !english.GivenName(words[0]) {
		return nil
	}
	var out []int
	for n := s.base.index.Next(place, 0, last); n >= 0 && len(out) < attributeShort; n = s.base.index.Next(place, n+1, last) {
		out = append(out, n)
	}
	return out
}

// kinds are nouns that end names and that articles leave out where they have
// said what kind of place it is: "Madi is a MUNICIPALITY".
var kinds = map[string]bool{"municipality": true, "city": true, "town": true, "village": true, "river": true, "lake": true, "island": true, "islands": true, "parish": true, "commune": true, "borough": true, "district": true, "province": true, "county": true}

// namesOf are the words by which the article names the thing: those of the
// question, and where the article says that it is of the kind that ends the
// name, those without it.
func (s *subject) namesOf(article string) [][]string {
	of := s.q.Attribute.Of
	last := len(of[0]) - 1
	if s.q.Attribute.Title || last < 1 || !kinds[of[0][last]] || len(s.facts) == 0 {
		return of
	}
	short := &subject{q: s.q, of: [][]string{of[0][:last]}}
	for _, f := range s.facts[:min(len(s.facts), leadSentences)] {
		for _, n := range short.namesIn(f.Tokens) {
			if k := definedFrom(f.Tokens, n); k > 0 && slices.ContainsFunc(f.Tokens[k:predicateEnd(f.Tokens, k)], func(t english.Token) bool { return t.Lemma == english.Lemma(of[0][last]) }) {
				return append(slices.Clone(of), of[0][:last])
			}
		}
	}
	return of
}

// How an article stands to what narrows the thing down.
const (
	liesWithin    = iota // it names all of that
	liesSilent           // it does not, nor another place in its stead
	liesElsewhere        // it names another
)

// place tells how the article stands to what narrows the thing down: the "Ohio"
// of "Rush Township, Ohio".
func (s *subject) place(article string) int {
	out := liesWithin
	for _, words := range s.q.Attribute.Within {
		phrases := [][]string{words}
		p, known := english.PlaceOf(strings.Join(words, " "))
		if known {
			for _, n := range english.PlaceNames(p.Name) {
				phrases = append(phrases, strings.Fields(n))
			}
		}
		switch {
		case namedIn(s.base.title(article), phrases) || slices.ContainsFunc(s.facts, func(f *fact.Fact) bool { return namedIn(f.Tokens, phrases) }):
		case !known || s.namesAnother(p):
			return liesElsewhere
		default:
			out = liesSilent
		}
	}
	return out
}

// namesAnother reports whether the article names another place of that kind, or
// a country where it is less.
func (s *subject) namesAnother(p english.Place) bool {
	return slices.ContainsFunc(s.facts, func(f *fact.Fact) bool {
		return slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool {
			o, ok := english.PlaceOf(f.Sentence.Article.Text[m.Span.Start:m.Span.End])
			return ok && o.Name != p.Name && (o.Kind == p.Kind || o.Kind == english.Country)
		})
	})
}

// namesIn is where the tokens name the thing.
func (s *subject) namesIn(t []english.Token) []tokenSpan {
	var out []tokenSpan
	for i := 0; i < len(t); i++ {
		longest := 0
		for _, words := range s.of {
			longest = max(longest, s.nameAt(t[i:], words))
		}
		if longest > 0 {
			out = append(out, tokenSpan{i, i + longest})
			i += longest - 1
		}
	}
	return out
}

// byHead reports whether the sentence begins with the noun that the thing's name
// says it is: "THE MUSEUM was" of the Museum of Applied Arts.
func (s *subject) byHead(f *fact.Fact) bool {
	words, t := s.q.Attribute.Of[0], f.Tokens
	if s.q.Attribute.Title || len(words) < 2 || len(t) < 3 || t[0].Norm != "the" || t[1].Norm == t[1].Lemma+"s" {
		return false
	}
	head := words[len(words)-1]
	if of := slices.Index(words, "of"); of > 0 {
		head = words[of-1]
	}
	return t[1].Norm == head && english.IsWord(head) && (t[2].Is(english.Auxiliary) || pastForm(&t[2]))
}

// shortIn is where the tokens name a person by the last name alone.
func (s *subject) shortIn(t []english.Token) []tokenSpan {
	words := s.q.Attribute.Of[0]
	if s.q.Attribute.Title || len(words) < 2 || s.q.Attribute.Kind == english.Site && s.attrs[0].Name != "birthplace" || s.q.Attribute.Kind == english.Measure {
		return nil
	}
	last := words[len(words)-1]
	if english.IsWord(last) && !english.GivenName(words[0]) {
		return nil // "the House", "the Cup"
	}
	var out []tokenSpan
	for i := range t {
		if t[i].Norm == last && t[i].Case != english.Lower && (i == 0 || !capitalAt(t, i-1)) && !capitalAt(t, i+1) {
			out = append(out, tokenSpan{i, i + 1})
		}
	}
	return out
}

// maxBetween is how many words may stand inside a name that the question does
// not have: "Guerin PREPARATORY High School", "Richard MARLON Wood".
const maxBetween = 2

// nameAt is how many tokens from the first on name the thing by these words;
// 0 where they do not. A single letter stands for a word that it begins.
func (s *subject) nameAt(t []english.Token, words []string) int {
	if len(words) == 1 && len(t) > 1 && t[0].Case != english.Lower && t[1].Case != english.Lower && t[1].Kind == english.Word && t[0].Norm+t[1].Norm == words[0] {
		return 2 // "Moore Town" for "Mooretown"
	}
	between := 0
	for i, k := 0, 0; i < len(t); i++ {
		w := &t[i]
		switch {
		case wordIs(w, words[k]) || k == 0 && len(words) > 1 && w.Case != english.Lower && english.SameGivenName(w.Norm, words[k]):
			if k == 0 && w.Kind == english.Word && w.Case == english.Lower && !w.Is(english.Determiner|english.Preposition|english.Auxiliary|english.Conjunction) {
				return 0
			}
			if k++; k == len(words) {
				return i + 1
			}
		case k == 0:
			return 0
		case w.Kind == english.Mark && (w.Norm == "-" || w.Norm == "." || w.Norm == "'" || w.Norm == "\"" || w.Norm == ":" || w.Norm == "/" || s.q.Attribute.Title):
		case w.Norm == "'s" || s.q.Attribute.Title:
			return 0
		case w.Kind == english.Word && w.Case != english.Lower && between < maxBetween:
			between++
		default:
			return 0
		}
	}
	return 0
}

func wordIs(t *english.Token, word string) bool {
	if t.Norm == word {
		return true
	}
	return len(word) == 1 && t.Kind == english.Word && t.Case != english.Lower && strings.HasPrefix(t.Norm, word)
}
