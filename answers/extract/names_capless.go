package extract

import (
	"strings"

	"sourceline/answers/english"
)

// caplessWord is nameWord where capitals say nothing: the dictionary, the
// gazetteer and what the article's other sentences showed have to.
func (s *nameScan) caplessWord(i int) bool {
	t := &s.tokens[i]
	if t.FunctionWord() {
		return s.theHague(i)
	}
	known := t.English() || wordLike(t.Norm)
	if s.placeParticle(i, maxParticles) {
		return true
	}
	if p, n := english.PlaceAt(s.tokens[i:]); n > 1 || n == 1 && (!known || p.Kind == english.Country) {
		return true
	}
	if !known {
		return len(t.Text) > 1 && !plainAcronyms.Has(t.Norm)
	}
	if s.capital[t.Norm] && !s.lower[t.Norm] && !isTitle(t) {
		return true
	}
	if i+1 >= len(s.tokens) || s.tokens[i+1].Kind != english.Word {
		return false
	}
	next := &s.tokens[i+1]
	return (isTitle(t) || english.GivenName(t.Norm) && !saysPast.Has(t.Norm)) && !next.FunctionWord() && !next.English()
}

// maxParticles is how many of them may stand behind one another: "La de las".
const maxParticles = 2

// placeParticle reports whether "San", "La" and the like at i begin a name,
// with no more than so many more of them behind.
func (s *nameScan) placeParticle(i, more int) bool {
	switch s.tokens[i].Norm {
	case "san", "santa", "santo", "el", "la", "los", "las", "puerto", "villa":
		if i+1 >= len(s.tokens) {
			return false
		}
		next := &s.tokens[i+1]
		return next.Kind == english.Word && next.Space && !next.FunctionWord() && len(next.Text) > 2 &&
			(!next.English() || english.GivenName(next.Norm) || more > 0 && s.placeParticle(i+1, more-1))
	}
	return false
}

// wordLike reports whether a word that the dictionary lacks is formed like a
// word of English rather than like a name.
func wordLike(w string) bool {
	const shortest = 7 // letters: "Ahmed" and "Clement" are none
	if len(w) < shortest || english.GazetteerWord(w) {
		return false
	}
	for _, suffix := range [...]string{"ed", "ing", "tion", "sion", "ment", "ments", "ness", "ous", "ful", "less", "ible", "able",
		"ical", "ism", "maker", "makers", "worker", "workers", "holder", "holders", "ity", "ities", "ally", "ously", "ively", "tively", "itely", "tions", "ization", "ative"} {
		if strings.HasSuffix(w, suffix) {
			return true
		}
	}
	return false
}

// oddSurname reports whether the word at j, though one of English, ends a
// person's name: a given name and a name stand before it, a mark after it.
func (s *nameScan) oddSurname(j int) bool {
	t := s.tokens
	if j < 2 || j+1 >= len(t) || t[j+1].Kind != english.Mark || t[j+1].Text == "." || t[j].FunctionWord() || t[j].Lemma != t[j].Norm {
		return false
	}
	w := t[j].Norm
	return t[j-1].Kind == english.Word && t[j-2].Kind == english.Word && english.GivenName(t[j-2].Norm) && !t[j-1].English() &&
		!orgHeads.Has(w) && !placeHeads.Has(w) && !saysPast.Has(w) && !isRole(&t[j]) && !wordLike(w) && !t[j].Is(english.Adverb) && w != "tonight" && !t[j].Is(english.Weekday|english.Month)
}

// caplessOrg is the end of an organisation's name that begins at i in text
// where capitals say nothing: modifiers up to the head of an organisation.
func (s *nameScan) caplessOrg(i int) int {
	t := s.tokens
	if i > 0 && s.orgWord(i-1) && t[i].Space {
		return i // begun inside a longer run that was no name
	}
	end, words := i, 0
	for k := i; k < len(t) && words < maxNameWords-2; k++ {
		switch {
		case s.orgWord(k):
			words++
			if orgHeads.Has(t[k].Norm) && words > 1 {
				end = k + 1
			}
		case words > 0 && (t[k].Norm == "of" || t[k].Norm == "for") && ofHeads.Has(t[k-1].Norm) && k+1 < len(t) &&
			(s.orgWord(k+1) || t[k+1].Norm == "the" && k+2 < len(t) && s.orgWord(k+2)):
			if t[k+1].Norm == "the" {
				k++
			}
			if s.orgWord(k + 1) {
				end = k + 2
			}
		default:
			return end
		}
	}
	return end
}

// orgWord reports whether the word at k may stand in an organisation's name.
func (s *nameScan) orgWord(k int) bool {
	if s.org[k] == 0 {
		s.org[k] = 1
		if s.isOrgWord(k) {
			s.org[k] = 2
		}
	}
	return s.org[k] == 2
}

func (s *nameScan) isOrgWord(k int) bool {
	t := &s.tokens[k]
	if t.Kind != english.Word || !capitalised(t) {
		return false
	}
	if topics.Has(t.Norm) || orgHeads.Has(t.Norm) || orgModifiers.Has(t.Norm) {
		return !t.FunctionWord()
	}
	name, _ := s.nameWord(k)
	return name && !isTitle(t)
}

// lowerOrg is the end of an institution's name in lower case that begins at
// i ("health ministry", "ministry of health"), or i.
func (s *nameScan) lowerOrg(i int) int {
	t := s.tokens
	k, strong := i, false
	for k < len(t) && t[k].Kind == english.Word && topics.Has(t[k].Norm) && k-i < 6 {
		strong = strong || !weakTopics.Has(t[k].Norm)
		k++
		if k+1 < len(t) && t[k].Norm == "and" && topics.Has(t[k+1].Norm) {
			k++ // "search and rescue agency"
		}
	}
	if k > i && k < len(t) && lowerHeads.Has(t[k].Norm) && (strong || k-i > 1) {
		return k + 1
	}
	if (t[i].Norm == "ministry" || t[i].Norm == "department") && i+2 < len(t) && t[i+1].Norm == "of" &&
		topics.Has(t[i+2].Norm) {
		k = i + 3
		for k < len(t) && t[k].Kind == english.Word && topics.Has(t[k].Norm) {
			k++
		}
		return k
	}
	return i
}
