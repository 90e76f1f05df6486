package extract

import (
	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// split cuts the run tokens[i:j] into the names that it holds and adds them:
// "Harbour Council President Karl Weber" is an organisation and a
// person with a title.
func (s *nameScan) split(i, j int) {
	if s.knownOrg(i, j) {
		s.add(i, j, i, fact.OrgName)
		return
	}
	from, to := s.titleIn(i, j)
	if from < 0 {
		s.addPlain(i, j)
		return
	}
	if from > i {
		s.addPlain(i, from)
	}
	for to < j && s.tokens[to].Kind == english.Mark {
		to++
	}
	if to < j {
		s.addPerson(to, j, from)
	}
}

// titleIn is the last title inside the run tokens[i:j], modifiers included,
// or -1 where it has none or the title is a part of the name ("General
// Assembly", "Martin Luther King").
func (s *nameScan) titleIn(i, j int) (from, to int) {
	t := s.tokens
	for k := j - 1; k >= i; k-- {
		if !isTitle(&t[k]) || k > i && t[k-1].Text == "-" && !titleModifiers.Has(t[max(k-2, 0)].Norm) && !isTitle(&t[max(k-2, 0)]) {
			continue // no title, or one in a name such as "Herald-Leader"
		}
		next := k + 1
		for next < j && t[next].Kind == english.Mark {
			next++
		}
		if next+1 < j && t[next].Norm == "of" {
			for next += 2; next < j && topics.Has(t[next].Norm); next++ { // "Secretary of State"
			}
		}
		if next < j && k > i && plainTitle(t[k].Norm) && t[next].English() && !english.GivenName(t[next].Norm) && !isTitle(&t[next]) {
			return -1, -1 // "the Criminal Justice Act"
		}
		if next < j && (orgHeads.Has(t[next].Norm) || topics.Has(t[next].Norm) && next+1 < j && orgHeads.Has(t[next+1].Norm)) {
			return -1, -1
		}
		if k > i && english.GivenName(t[k-1].Norm) && next >= j && !t[k-1].Is(english.Honorific) {
			return -1, -1
		}
		if last := t[j-1].Norm; next < j && (orgHeads.Has(last) || placeHeads.Has(last)) && !s.abbreviated(k) {
			return -1, -1
		}
		from, to = k, next
		for from > i && (isTitle(&t[from-1]) || titleModifiers.Has(t[from-1].Norm) || topics.Has(t[from-1].Norm) ||
			t[from-1].Text == "." && from-1 > i && isTitle(&t[from-2]) || t[from-1].Text == "-" && from-1 > i) {
			if orgHeads.Has(t[from-1].Norm) && from-1 > i {
				break
			}
			from--
		}
		return from, to
	}
	return -1, -1
}

// plainTitle reports whether a title is an ordinary word as often.
func plainTitle(w string) bool {
	switch w {
	case "justice", "general", "major", "private", "sister", "father", "brother", "head", "chair", "coach", "marshal":
		return true
	}
	return false
}

// abbreviated reports whether the title at k is written short ("Mr."): then
// a person follows.
func (s *nameScan) abbreviated(k int) bool {
	return s.tokens[k].Is(english.Abbreviation)
}

// addPlain adds the run tokens[i:j] that has no title before it.
func (s *nameScan) addPlain(i, j int) {
	t := s.tokens
	for j > i && t[j-1].Kind == english.Mark {
		j--
	}
	if i >= j {
		return
	}
	place, n := english.PlaceAt(t[i:j])
	if n > 0 && i+n < j {
		switch rest := i + n; {
		case t[rest].Kind == english.Mark:
		case place.Adjective && s.ofCountry(place) && s.splits(rest, j):
			s.add(i, rest, i, fact.PlaceName)
			s.addTyped(rest, j, i)
			return
		case !place.Adjective && place.Kind == english.Country && s.governmentBody(rest, j):
			s.add(i, rest, i, fact.PlaceName)
			s.addTyped(rest, j, i)
			return
		}
	}
	s.addTyped(i, j, s.before(i))
}

func (s *nameScan) ofCountry(p english.Place) bool {
	return p.Kind == english.Country || p.Kind == english.State
}

// splits reports whether what follows an adjective of a country is a name by
// itself: a person, or a body that every country has.
func (s *nameScan) splits(i, j int) bool {
	return s.governmentBody(i, j) || english.GivenName(s.tokens[i].Norm) && j-i > 1 && !orgHeads.Has(s.tokens[j-1].Norm) ||
		j-i == 1 && s.tokens[i].Case == english.Upper && s.letters != upperCase
}

// governmentBody reports whether tokens[i:j] is a body that every country
// has: "Interior Ministry", "Ministry of Health", "National Security
// Committee".
func (s *nameScan) governmentBody(i, j int) bool {
	t := s.tokens
	head := t[j-1].Norm
	if s.joined(i, j) {
		head = t[i].Norm
	}
	if !governmentHeads.Has(head) {
		return false
	}
	for k := i; k < j; k++ {
		if w := t[k].Norm; t[k].Kind != english.Word || !topics.Has(w) && !governmentHeads.Has(w) && !t[k].FunctionWord() &&
			!english.IsWord(w) {
			return false
		}
	}
	return true
}

// addTyped adds the name tokens[i:j] with the type that its words and its
// neighbours give it.
func (s *nameScan) addTyped(i, j, full int) {
	typ := s.typeOf(i, j)
	if typ == fact.UnknownName && (s.letters == upperCase || s.letters == titleCase) && s.commonWords(i, j) {
		return
	}
	if j-i == 1 && plainAcronyms.Has(s.tokens[i].Norm) && typ == fact.UnknownName {
		return // "MPs"
	}
	if typ == fact.UnknownName && s.letters == mixedCase && j-i == 1 && s.lower[s.tokens[i].Norm] {
		return // "the President": the article writes it without a capital too
	}
	if typ == fact.PersonName {
		s.addPerson(i, j, full)
		return
	}
	s.add(i, j, full, typ)
}

// commonWords reports whether tokens[i:j] are all words of the dictionary.
func (s *nameScan) commonWords(i, j int) bool {
	for k := i; k < j; k++ {
		if s.tokens[k].Kind == english.Word && !s.tokens[k].English() {
			return false
		}
	}
	return true
}

// addPerson adds the person tokens[i:j], whose titles begin at token full or
// before it. In a run where an organisation's head follows, it is that.
func (s *nameScan) addPerson(i, j, full int) {
	for i < j && s.tokens[i].Kind == english.Mark {
		i++
	}
	if i < j {
		s.add(i, j, min(s.before(full), full), fact.PersonName)
	}
}

// typeOf guesses what the name tokens[i:j] names.
func (s *nameScan) typeOf(i, j int) fact.NameType {
	t := s.tokens
	last := t[j-1].Norm
	if s.joined(i, j) {
		last = s.headBeforeOf(i, j)
	}
	place, n := english.PlaceAt(t[i:j])
	switch {
	case n == j-i:
		if s.surnameLike(i, j) {
			return fact.PersonName
		}
		return fact.PlaceName
	case last == "department" && !s.joined(i, j) && !topics.Has(t[i].Norm) && (!t[i].English() || isPlaceParticle(t[i].Norm)):
		return fact.PlaceName // "San Miguel Department"
	case j-i > 1 && placeHeads.Has(last):
		return fact.PlaceName
	case j-i > 1 && orgHeads.Has(last):
		return fact.OrgName
	case j-i > 1 && j-i < 6 && isPlaceParticle(t[i].Norm):
		return fact.PlaceName
	case t[i].Norm == "mount" || t[i].Norm == "lake" || t[i].Norm == "fort" || t[i].Norm == "port" || t[i].Norm == "cape":
		if j-i > 1 {
			return fact.PlaceName
		}
	case n > 0 && place.Kind == english.City && j-i > n+1:
	}
	if s.isAcronym(i, j) || s.knownOrg(i, j) {
		return fact.OrgName
	}
	if s.personLike(i, j) {
		return fact.PersonName
	}
	if s.placeLike(i, j) {
		return fact.PlaceName
	}
	return fact.UnknownName
}

func isPlaceParticle(w string) bool {
	switch w {
	case "san", "santa", "santo", "la", "los", "las", "puerto", "villa", "saint":
		return true
	}
	return false
}

// knownOrg reports whether tokens[i:j] name an organisation that the whole
// world knows.
func (s *nameScan) knownOrg(i, j int) bool {
	_, n := english.OrgAt(s.tokens[i:j])
	return n == j-i
}

// headBeforeOf is the word before the first "of" in tokens[i:j].
func (s *nameScan) headBeforeOf(i, j int) string {
	for k := i + 1; k < j; k++ {
		if s.tokens[k].Norm == "of" {
			return s.tokens[k-1].Norm
		}
	}
	return ""
}

// isAcronym reports whether tokens[i:j] is one word of capitals in text that
// has lower case, or an unknown short word in brackets in text that has not.
func (s *nameScan) isAcronym(i, j int) bool {
	t := &s.tokens[i]
	if j-i != 1 || t.Case != english.Upper || len(t.Text) > 8 || plainAcronyms.Has(t.Norm) {
		return false
	}
	if s.letters != upperCase {
		return true
	}
	bracketed := i > 0 && (s.tokens[i-1].Text == "[" || s.tokens[i-1].Text == "(") && j < len(s.tokens) &&
		(s.tokens[j].Text == "]" || s.tokens[j].Text == ")")
	return bracketed || !vowelled(t.Norm)
}

// vowelled reports whether a word can be spoken: it has a vowel for every
// four letters and begins with no cluster that no word has.
func vowelled(w string) bool {
	vowels, streak := 0, 0
	for i := 0; i < len(w); i++ {
		switch w[i] {
		case 'a', 'e', 'i', 'o', 'u', 'y':
			vowels++
			streak = 0
		default:
			streak++
			if streak > 4 || streak > 3 && i == 3 {
				return false
			}
		}
	}
	return vowels > 0
}

// surnameLike reports whether a name of the gazetteer is a person's after
// all: a title or role noun stands before it.
func (s *nameScan) surnameLike(i, j int) bool {
	return i > 0 && j-i == 1 && s.tokens[i-1].Kind == english.Word && s.tokens[i-1].Is(english.Honorific) &&
		s.tokens[i-1].Is(english.Abbreviation)
}

// personLike reports whether the unknown name tokens[i:j] looks like a
// person's: by a given name, a role before it, an age or "who" after it.
func (s *nameScan) personLike(i, j int) bool {
	t := s.tokens
	if j-i > 1 && english.GivenName(t[i].Norm) && t[i+1].Text != "&" && !(weakGiven.Has(t[i].Norm) && t[i+1].English()) {
		return true
	}
	if i > 0 && t[i-1].Case != english.Title && s.roleNoun(i-1) && !weakRoles.Has(t[i-1].Norm) {
		return true
	}
	if j-i > 2 && t[i+1].Text == "-" && english.GivenName(t[i].Norm+"-"+t[i+2].Norm) {
		return true
	}
	if j-i > 1 && i > 1 && t[i-1].Text == "," && t[i-2].Case == english.Lower && s.roleNoun(i-2) && !weakRoles.Has(t[i-2].Norm) {
		return true // "their spokeswoman, Juliana Cherera"
	}
	if j-i > 1 && j+1 < len(t) && t[j].Text == "," && s.roleFollows(j+1) {
		return true
	}
	initial := j-i > 2 && len(t[i].Text) == 1 && t[i+1].Text == "."
	if initial && j-i > 2 && len(t[j-1].Text) > 2 {
		return true
	}
	if j-i == 1 && english.GivenName(t[i].Norm) && !t[i].English() && (t[i].Case != english.Upper || s.letters == upperCase) {
		return true
	}
	return j+2 < len(t) && t[j].Text == "," && (t[j+1].Kind == english.Number && len(t[j+1].Text) <= 3 &&
		(t[j+2].Text == "," || t[j+2].Text == ".") || t[j+1].Norm == "who" && !t[i].Is(english.Determiner))
}

// roleFollows reports whether an apposition that says what a person is begins
// at k: "the former president", "leader of".
func (s *nameScan) roleFollows(k int) bool {
	for n := 0; k < len(s.tokens) && n < 4; k, n = k+1, n+1 {
		t := &s.tokens[k]
		switch {
		case t.Kind != english.Word:
			return false
		case s.roleNoun(k) && !titleModifiers.Has(t.Norm):
			next := k + 1
			return next >= len(s.tokens) || s.tokens[next].Text == "," || s.tokens[next].Norm == "of" || s.tokens[next].Norm == "for" ||
				s.tokens[next].Norm == "at" || s.tokens[next].Norm == "in" || s.tokens[next].Text == "."
		case t.FunctionWord() && !isArticle(t.Norm):
			return false
		}
	}
	return false
}

// placeLike reports whether the unknown name tokens[i:j] stands where places
// stand: after "in", "near", or a comma and before a place.
func (s *nameScan) placeLike(i, j int) bool {
	t := s.tokens
	if i > 0 {
		switch t[i-1].Norm {
		case "in":
			return i < 2 || !notPlaceAfter.Has(t[i-2].Norm)
		case "near", "outside", "northern", "southern", "eastern", "western", "downtown", "central":
			return true
		case "of":
			if i > 1 && (placeHeads.Has(t[i-2].Norm) || t[i-2].Norm == "north" || t[i-2].Norm == "south" ||
				t[i-2].Norm == "east" || t[i-2].Norm == "west" || t[i-2].Norm == "outskirts" || t[i-2].Norm == "capital") {
				return true
			}
		}
		if placeHeads.Has(t[i-1].Norm) && t[i-1].Case == english.Lower {
			return true
		}
	}
	if j < len(t) && t[j].Case == english.Lower && (t[j].Norm == "province" || t[j].Norm == "district" ||
		t[j].Norm == "region" || t[j].Norm == "city" || t[j].Norm == "county" || t[j].Norm == "airport") {
		return true
	}
	return j+1 < len(t) && t[j].Text == "," && j-i <= 3 && knownPlaceAt(t[j+1:])
}

// notPlaceAfter are words behind which "in" names no place.
var notPlaceAfter = english.NewSet("shares share stake stakes stock interest interests faith trust confidence believe believed investor investors investment")

func knownPlaceAt(t []english.Token) bool {
	p, n := english.PlaceAt(t)
	return n > 0 && !p.Adjective && capitalised(&t[0])
}

// roleNoun reports whether the word at k names what a person is.
func (s *nameScan) roleNoun(k int) bool {
	t := &s.tokens[k]
	return t.Kind == english.Word && (t.Is(english.Honorific) || roles.Has(t.Norm) || titles.Has(t.Norm))
}

// before is the first token of the titles and roles that stand before the
// name that begins at i; i where there are none.
func (s *nameScan) before(i int) int {
	t := s.tokens
	k, role := i, i > 0 && isTitle(&t[i])
	for k > 0 && i-k < maxTitleWords {
		p := &t[k-1]
		switch {
		case p.Kind == english.Mark:
			if p.Space || k < 2 || p.Text != "-" && (p.Text != "." || !t[k-2].Is(english.Abbreviation)) {
				return s.trimBefore(k, i, role)
			}
		case p.Kind != english.Word:
			return s.trimBefore(k, i, role)
		case s.roleNoun(k-1) && (k < i || p.Case != english.Lower || !weakRoles.Has(p.Norm)):
			role = true
		case role && p.Norm == "under" && t[k].Norm != "secretary": // "troops under General Smith"
			return s.trimBefore(k, i, role)
		case role && (titleModifiers.Has(p.Norm) || topics.Has(p.Norm) || orgHeads.Has(p.Norm)):
		case role && p.Norm == "'s" || role && p.Norm == "'":
			if k < 2 || !capitalised(&t[k-2]) {
				return s.trimBefore(k, i, role)
			}
		case role && capitalised(p) && !p.FunctionWord() && !p.Is(english.Weekday|english.Month|english.Quantifier|english.Adverb) &&
			(k < len(t) && s.letters != upperCase || s.isPlaceWord(k-1)):
		default:
			return s.trimBefore(k, i, role)
		}
		k--
	}
	return s.trimBefore(k, i, role)
}

func (s *nameScan) isPlaceWord(k int) bool {
	_, n := english.PlaceAt(s.tokens[k:])
	return n > 0
}

// trimBefore drops marks and possessives that the way left ended in.
func (s *nameScan) trimBefore(k, i int, role bool) int {
	if !role {
		return i
	}
	for k < i && (s.tokens[k].Kind == english.Mark || s.tokens[k].Norm == "'s" || s.tokens[k].Norm == "'") {
		k++
	}
	return k
}
