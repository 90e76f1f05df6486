package quantity

import (
	"strings"

	"sourceline/answers/english"
)

// labels are words after which a number is a name, not an amount.
var labels = english.NewSet(`no nos number # flight room article section chapter page pages p pp vol volume verse resolution decree paragraph clause amendment
	route highway interstate motorway autoroute detachment exit figure fig table appendix suite apartment apt gate channel catalog serial phone telephone tel fax zip isbn issn doi
	law bill act order directive regulation boeing airbus apollo formula psalm version model case docket proposition prop precinct terminal runway pier ward lot sector km-post`)

// nameLabels are labels only where they are written as a name.
var nameLabels = english.NewSet(`day week line unit district zone group phase level stage season episode round game part class category type tier platform reactor building
	block camp station corridor area company battalion brigade division regiment squadron corps fleet army ship tank house studio radio street avenue grade`)

// refused is the token after an amount that is a name, a score, a phone
// number or a list number, or 0 where it is a quantity.
func (s *scanner) refused(a amount) int {
	i, end := a.number.start, a.end
	bare := a.unit.Kind == Count && !a.scaled && !a.vague
	if s.at(i).Kind == english.Number {
		if e := s.mangled(i, a); e > 0 {
			return e
		}
		if bare && (s.labelled(i, end) || s.listed(i, end) || s.address(end)) {
			return end
		}
		return 0
	}
	if s.at(i).Norm == "one" && bare && a.number.end == i+1 && s.pronoun(i) {
		return end
	}
	if s.at(end-1).Case == english.Title && end > i+1 && a.unit.Kind != Count && s.nameWord(i, end) { // "Nine Inch Nails"
		return end
	}
	if bare && (s.nameWord(i, end) || s.labelled(i, end)) {
		return end
	}
	if s.at(i).Norm == "one" && (a.unit.Name == "point" || a.unit.Kind == Duration) && (s.at(i-1).Norm == "at" || s.at(i-1).Norm == "this" || s.at(i-1).Norm == "that") {
		return end
	}
	if j := s.skipDash(a.number.end); bare && j > a.number.end && s.at(j).Is(english.Ordinal) && s.attached(j) { // "twenty-first"
		return j + 1
	}
	return 0
}

// identifierDigits is from how many digits without separators on a number
// identifies something and counts nothing.
const identifierDigits = 10

// mangled is the token after digits that are tied to letters or to other
// digits: "MH370", "M-16", "3D", "2-0", "555-1234", "3:1".
func (s *scanner) mangled(i int, a amount) int {
	prev := s.at(i - 1)
	bare := a.unit.Kind == Count && !a.scaled
	if s.attached(i) && prev.Kind == english.Word && !a.signed {
		return s.skipTied(a.end)
	}
	if s.attached(i) && s.attached(i-1) && !a.signed {
		before := s.at(i - 2)
		switch {
		case dash(prev) && prev.Text != "–" && before.Kind == english.Word && !numeric(before) && before.Norm != "to" && before.Norm != "and" && before.Norm != "magnitude":
			return s.skipTied(a.end)
		case (dash(prev) || prev.Text == ":" || prev.Text == "/" || prev.Text == "." || prev.Text == "'") && before.Kind == english.Number && bare:
			return s.skipTied(a.end)
		}
	}
	if prev.Text == "." && s.attached(i) && prev.Space { // "a .458 batting average"
		return a.end
	}
	if bare && !a.signed && len(s.at(i).Text) >= identifierDigits && !strings.ContainsAny(s.at(i).Text, ",.") {
		return a.end
	}
	if prev.Text == "/" && s.at(i-2).Norm == "f" { // the stop of a lens: "f/4", "f / 4 - 5.6"
		if dash(s.at(a.end)) && s.at(a.end+1).Kind == english.Number {
			return s.skipTied(a.end + 2)
		}
		return s.skipTied(a.end)
	}
	if prev.Text == "+" && s.attached(i) { // "+44 20 7946 0321"
		end := s.skipTied(a.end)
		for s.at(end).Kind == english.Number {
			end = s.skipTied(end + 1)
		}
		return end
	}
	if prev.Text == "#" {
		return s.skipTied(a.end)
	}
	return s.mangledAfter(i, a)
}

// mangledAfter is mangled for what stands behind the digits.
func (s *scanner) mangledAfter(i int, a amount) int {
	if !s.attached(a.end) || s.at(i).Kind != english.Number {
		return 0
	}
	next, bare := s.at(a.end), a.unit.Kind == Count && !a.scaled
	after := s.at(a.end + 1)
	switch {
	case next.Kind == english.Word && bare && next.Norm != "'s":
		return s.skipTied(a.end)
	case dash(next) && after.Kind == english.Word && after.Case == english.Title && s.attached(a.end+1) && bare && numeric(after): // "7-Eleven"
		return s.skipTied(a.end)
	case next.Kind == english.Number && a.end > a.number.end: // "24m212"
		return s.skipTied(a.end)
	case dash(next) && after.Kind == english.Number && s.attached(a.end+1) && a.end == a.number.end+1 && len(s.at(a.number.end).Text) == 1 && s.at(a.number.end).Space && !s.attached(a.number.end): // "24703 L-202"
		return s.skipTied(a.end)
	case (next.Text == ":" || next.Text == "/") && after.Kind == english.Number && s.attached(a.end+1) && bare:
		return s.skipTied(a.end)
	case dash(next) && after.Kind == english.Number && s.attached(a.end+1) && bare && a.low < leastGrouped:
		return s.score(i, a)
	case (next.Text == "'" || next.Text == "’" || next.Text == "\"" || next.Text == "”" && after.Kind == english.Number) && bare && after.Kind == english.Number && s.attached(a.end+1): // 5'10"
		return s.skipTied(a.end)
	}
	return 0
}

// leastGrouped is the smallest number of which no score is made.
const leastGrouped = 1000

// score is the token after "2-0", "555-1234" and "1-2-3" at i, or 0 where the
// two numbers are a range.
func (s *scanner) score(i int, a amount) int {
	j := a.end + 1
	b, ok := s.number(j)
	phone := len(s.at(i).Text) == 3 && len(s.at(j).Text) == 4 && s.at(a.end).Text == "-"
	if !ok || a.low == 0 || b.high <= a.low || s.tied(b.end) || phone {
		if ok && b.scaled {
			return 0
		}
		return s.skipTied(a.end)
	}
	if b.high < maxScore && s.sportNear(i, b.end) {
		return s.skipTied(a.end)
	}
	return 0
}

// maxScore is the number below which "1-3" beside a word of sport is a score.
const maxScore = 30

// sportReach is how many tokens around a score its word may stand.
const sportReach = 3

var sportWords = english.NewSet("win won beat beaten defeat defeated lose lost loss draw drew victory lead led score scored tie tied aggregate match vote voted record penalties set sets")

func (s *scanner) sportNear(i, end int) bool {
	for j := i - sportReach; j < end+sportReach; j++ {
		if t := s.at(j); t.Kind == english.Word && sportWords.Has(t.Norm) {
			return true
		}
	}
	return false
}

// tied reports whether another hyphen and number follow without space at i.
func (s *scanner) tied(i int) bool {
	return dash(s.at(i)) && s.attached(i) && s.at(i+1).Kind == english.Number && s.attached(i+1)
}

// skipTied is the place after what is tied to the digits that end before i
// without space: letters, digits, and hyphens, points, slashes and colons
// between them.
func (s *scanner) skipTied(i int) int {
	for s.attached(i) && !s.at(i).Is(english.Month) {
		if s.at(i).Kind == english.Mark {
			if t := s.at(i); !dash(t) && t.Text != "." && t.Text != "/" && t.Text != ":" && t.Text != "'" {
				break
			}
			if !s.attached(i+1) || s.at(i+1).Kind == english.Mark {
				break
			}
		}
		i++
	}
	return i
}

func numeric(t *english.Token) bool {
	return words.Of(t.Norm).role&(small|tens|hundred|scale|plural) != 0
}

// labelled reports whether the number at i names something: "Flight 370",
// "No. 4", "Apollo 11".
func (s *scanner) labelled(i, end int) bool {
	p := i - 1
	if s.at(p).Text == "." && s.attached(p) {
		p--
	}
	prev := s.at(p)
	if prev.Kind != english.Word || p < s.floor {
		return false
	}
	if labels.Has(prev.Norm) && (p == i-1 || prev.Norm == "no" || prev.Norm == "nos" || len(prev.Norm) <= 4) {
		switch prev.Norm {
		case "number", "law", "act", "bill", "order", "case", "table", "room", "figure", "page", "lot", "model", "ward", "gate", "chapter", "section", "channel", "exit", "sector", "no":
			return !s.at(end).Countable() || prev.Case == english.Title && prev.Norm != "no"
		}
		return true
	}
	if p != i-1 || prev.Case == english.Lower || s.at(i).Kind != english.Number && s.at(i).Case == english.Lower {
		return false
	}
	if nameLabels.Has(prev.Norm) {
		return !s.countedAfter(end)
	}
	if prev.Case == english.Lower || prev.Case == english.Upper && s.capitals() || prev.FunctionWord() || prev.Is(english.Month|english.Weekday|english.Hedge|english.NumberWord|english.Reporting|english.Adverb) {
		return false
	}
	if i < 2 || s.opens(i-2) || s.at(i).Kind != english.Number || strings.ContainsAny(s.at(i).Text, ",") || end != i+1 {
		return false
	}
	return !s.countedAfter(end) && (s.at(end).Kind == english.Word || len(s.at(i).Text) <= 3)
}

// capitals reports whether the sentence is written in capitals throughout.
func (s *scanner) capitals() bool {
	for i := range s.tok {
		if s.tok[i].Kind == english.Word && s.tok[i].Case == english.Lower {
			return false
		}
	}
	return true
}

// addressReach is how many words the name of a street may have.
const addressReach = 3

var streetWords = english.NewSet("street st avenue ave road rd boulevard blvd lane drive square terrace")

// address reports whether a number that ends before i is that of a house: "10
// Downing Street".
func (s *scanner) address(i int) bool {
	if s.at(i-2).Norm == "at" && s.at(i).Case == english.Title && s.at(i).Kind == english.Word && !s.headline() { // "at 1155 Broadway"
		return true
	}
	for j := i; j < i+addressReach; j++ {
		t := s.at(j)
		if t.Kind != english.Word || t.Case == english.Lower {
			return false
		}
		if j > i && streetWords.Has(t.Norm) {
			return true
		}
	}
	return false
}

// countedAfter reports whether what stands at i can be counted or have
// happened to what is: "troops", "killed", "armed men".
func (s *scanner) countedAfter(i int) bool {
	t := s.at(i)
	if t.Kind != english.Word {
		return false
	}
	if t.Countable() || t.Norm == "of" || english.Covers("people", t.Lemma) || befell(t) || t.Norm == "others" || t.Norm == "more" || t.Norm == "other" {
		return true
	}
	next := s.at(i + 1)
	return !t.FunctionWord() && (next.Countable() || english.Covers("people", next.Lemma))
}

// befell reports whether a word can say what happened to those who are
// counted: "killed", "dead".
func befell(t *english.Token) bool {
	switch t.Norm {
	case "dead", "hurt", "missing", "shot", "held", "slain", "alive", "unaccounted", "homeless":
		return true
	}
	return strings.HasSuffix(t.Norm, "ed") && len(english.Events(t.Lemma)) > 0
}

// opens reports whether the token at i ends what came before: a sentence
// begins after it.
func (s *scanner) opens(i int) bool {
	t := s.at(i)
	return i < 0 || t.Kind == english.Mark && t.Text != "," && !dash(t)
}

// listMax is the highest number that may be that of a list: "(1)", "2)".
const listMax = 20

// listed reports whether the number at i is that of a list or of a note:
// "1.", "(2)", "3)", "[12]".
func (s *scanner) listed(i, end int) bool {
	prev, next := s.at(i-1), s.at(end)
	switch {
	case prev.Text == "[" && next.Text == "]":
		return true
	case end != i+1 || len(s.at(i).Text) > 2:
		return false
	case prev.Text == "(" && next.Text == ")", next.Text == ")" && !s.inParentheses(i):
		n, _, ok := digits(s.at(i).Text)
		return ok && n <= listMax
	case i == 0 || prev.Text == "•":
		return next.Text == "." && s.attached(end) && end+1 < len(s.tok)
	}
	return false
}

// inParentheses reports whether a parenthesis is open before token i.
func (s *scanner) inParentheses(i int) bool {
	for j := i - 1; j >= 0; j-- {
		switch s.at(j).Text {
		case "(":
			return true
		case ")":
			return false
		}
	}
	return false
}

// pronoun reports whether "one" at i stands for a noun or for anybody.
func (s *scanner) pronoun(i int) bool {
	prev, next := s.at(i-1), s.at(i+1)
	switch prev.Norm {
	case "no", "any", "every", "each":
		return true
	}
	if dash(prev) && s.attached(i) && s.attached(i-1) || next.Norm == "by" && s.at(i+2).Norm == "one" || prev.Norm == "by" && s.at(i-2).Norm == "one" {
		return true // "one-on-one", "one by one"
	}
	switch next.Norm {
	case "another", "'s", "can", "could", "should", "must", "would", "may", "might", "will", "does", "cannot", "'d", "'ll":
		return true
	}
	if dash(next) && (s.at(i+2).Norm == "way" || s.at(i+2).Norm == "sided" || s.at(i+2).Norm == "off" || s.at(i+2).Norm == "on") {
		return true
	}
	if dash(next) && s.attached(i+1) && s.at(i+2).Kind == english.Word { // "one-party rule"
		return true
	}
	before := s.at(i - 2)
	if prev.Kind == english.Word && !prev.FunctionWord() && !prev.Is(english.Hedge|english.NumberWord) && before.Is(english.Determiner) { // "the previous one sacked"
		return true
	}
	ends := next.Kind == english.Mark && !dash(next) || next.Is(english.Preposition|english.Conjunction|english.Relative|english.Auxiliary) && next.Norm != "of"
	if !ends {
		return false
	}
	switch prev.Norm {
	case "the", "a", "an", "this", "that", "which", "another", "some", "these", "those", "such", "same", "right", "wrong":
		return true
	}
	return false
}

// nameWord reports whether the number word at i is part of a name: "Group of
// Seven", "the Big Four".
func (s *scanner) nameWord(i, end int) bool {
	t := s.at(i)
	if t.Case != english.Title || i == 0 || s.opens(i-1) || s.at(i-1).Norm == "'" {
		return false
	}
	prev, next := s.at(i-1), s.at(end)
	if prev.Norm == "of" && s.at(i-2).Case == english.Title && !s.headline() { // "Group of Seven"
		return true
	}
	if next.Countable() && next.Case == english.Lower || dash(next) && s.at(end+1).Case == english.Lower {
		return false
	}
	if prev.Case != english.Title && next.Case != english.Title && prev.Norm != "of" {
		return false
	}
	return !s.headline()
}

// headline reports whether most words of the sentence begin with a capital.
func (s *scanner) headline() bool {
	capital, small := 0, 0
	for i := range s.tok {
		if t := &s.tok[i]; t.Kind == english.Word && !t.FunctionWord() {
			if t.Case == english.Lower {
				small++
			} else {
				capital++
			}
		}
	}
	return capital > 2*small
}

// Ages between these stand between commas after a name: "Ann Smith, 34,".
const (
	youngest = 1
	oldest   = 115
)

// apposition reports whether a bare number is an age between commas after a
// name.
func (s *scanner) apposition(c core) bool {
	if s.alone || c.end != c.start+1 || s.at(c.start).Kind != english.Number || c.low < youngest || c.low > oldest || c.low != float64(int(c.low)) {
		return false
	}
	comma, name, after := s.at(c.start-1), s.at(c.start-2), s.at(c.end)
	if comma.Text != "," || after.Kind != english.Mark || after.Text != "," && after.Text != "." && after.Text != ";" && after.Text != ")" {
		return false
	}
	if name.Kind != english.Word || name.Is(english.Month|english.Weekday) || after.Text == ")" && c.start < 4 {
		return false
	}
	if english.Covers("people", name.Lemma) && !name.Countable() { // "a citizen, 28, who"
		return true
	}
	if name.Case == english.Upper && after.Text == "," {
		return len(name.Text) > 2
	}
	if name.Case != english.Title || name.Is(english.Honorific) {
		return false
	}
	first := s.at(c.start - 3)
	if first.Kind == english.Word && first.Case == english.Title && !first.FunctionWord() || first.Text == "." {
		return true
	}
	return c.start == 2 && after.Text == "," && s.surname(name) && s.at(c.end+1).Kind == english.Word && !s.at(c.end+1).Is(english.Conjunction)
}

// surname reports whether a word alone at the head of a sentence can name
// somebody: it is no word of English, no place.
func (s *scanner) surname(t *english.Token) bool {
	_, place := english.PlaceOf(t.Norm)
	return t.Class == 0 && !english.Known(t.Norm) && !place
}
