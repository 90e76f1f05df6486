package extract

import (
	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// A letterCase tells how a sentence uses capitals.
type letterCase uint8

const (
	mixedCase  letterCase = iota // names are capitalised, other words are not
	titleCase                    // a headline: nearly every word is capitalised
	upperCase                    // agency text without lower case
	lowerCase                    // a question typed in a hurry
	unseenCase                   // nobody has looked yet
)

// Limits of a name.
const (
	maxNameWords  = 12 // words of the longest name, "of", "and" and "the" included
	minCaseWords  = 4  // words that a sentence needs before its capitals say anything
	maxTitleWords = 8  // words of the longest title before a name
)

// Names are the names of people, organisations and places in tokens,
// ascending and apart from each other. Entity is -1 in all of them.
func Names(tokens []english.Token) []fact.Mention {
	var c nameContext
	return c.mentions(nil, tokens, caseOf(tokens))
}

// A nameContext is what the rest of an article tells about those of its words
// that are capitalised somewhere in it.
type nameContext struct {
	capital map[string]bool // folded words seen capitalised where lower case was possible
	lower   map[string]bool // folded words seen in lower case
}

// maxKeptWords is how many words the maps of a context may have had to be
// used for another article: to clear a large map costs as much as to make one.
const maxKeptWords = 1000

// read learns from the sentences of an article, whose use of capitals is given.
func (c *nameContext) read(facts []fact.Fact, letters []letterCase) {
	if c.capital == nil || len(c.capital) > maxKeptWords {
		c.capital, c.lower = map[string]bool{}, map[string]bool{}
	}
	clear(c.capital)
	clear(c.lower)
	var large wordFilter
	for f := range facts {
		for i, tokens := 0, facts[f].Tokens; i < len(tokens); i++ {
			t := &tokens[i]
			if t.Kind != english.Word || t.Case == english.Lower {
				continue
			}
			large.add(t)
			if letters[f] == mixedCase && !startsClause(tokens, i) && t.Class&(english.Weekday|english.Month) == 0 && !t.FunctionWord() {
				c.capital[t.Norm] = true
			}
		}
	}
	for f := range facts {
		if letters[f] != mixedCase {
			continue
		}
		for i, tokens := 0, facts[f].Tokens; i < len(tokens); i++ {
			if t := &tokens[i]; t.Kind == english.Word && t.Case == english.Lower && large.may(t) {
				c.lower[t.Norm] = true
			}
		}
	}
}

// A wordFilter tells of most words that they are not among those added.
type wordFilter [64]uint64

func (w *wordFilter) add(t *english.Token) {
	h := t.Hash()
	w[h>>6%64] |= 1 << (h % 64)
}

func (w *wordFilter) may(t *english.Token) bool {
	h := t.Hash()
	return w[h>>6%64]&(1<<(h%64)) != 0
}

// caseOf tells how tokens, one sentence, use capitals.
func caseOf(tokens []english.Token) letterCase {
	upper, title, lower, content := 0, 0, 0, 0
	for i := range tokens {
		t := &tokens[i]
		if t.Kind != english.Word || len(t.Text) < 2 {
			continue
		}
		if t.Case == english.Upper {
			upper++
		} else if t.Case == english.Lower {
			lower++
		}
		if !t.FunctionWord() {
			content++
			if t.Case != english.Lower {
				title++
			}
		}
	}
	switch {
	case lower > 0 && title == 0:
		return lowerCase
	case upper > 2*lower && upper >= minCaseWords-1:
		return upperCase
	case content >= minCaseWords && title*10 >= content*8 && tokens[len(tokens)-1].Text != ".":
		return titleCase
	default:
		return mixedCase
	}
}

// startsClause reports whether the word at i is capitalised by its place
// alone: first of the sentence, after a point or colon, in an opening quote.
func startsClause(tokens []english.Token, i int) bool {
	if i == 0 {
		return true
	}
	switch p := &tokens[i-1]; p.Text {
	case "\"", "“", "”", "„", "«", "'", "‘", "(", "[", "•", "*", "–", "—", "-":
		return p.Text != "-" || p.Space
	case ":", "?", "!", "…", "|":
		return true
	case ".":
		return i < 2 || !tokens[i-2].Is(english.Abbreviation) && len(tokens[i-2].Text) > 1
	}
	return false
}

func capitalised(t *english.Token) bool {
	return t.Kind == english.Word && t.Case != english.Lower && t.Text[0] != '\'' &&
		(t.Case != english.Mixed || t.Text[0] < 'a' || t.Text[0] > 'z')
}

func isTitle(t *english.Token) bool {
	return t.Kind == english.Word && (t.Is(english.Honorific) || titles.Has(t.Norm))
}

// mentions finds the names of one sentence, whose use of capitals is given, and
// adds them to out.
func (c *nameContext) mentions(out []fact.Mention, tokens []english.Token, letters letterCase) []fact.Mention {
	s := nameScan{nameContext: c, tokens: tokens, letters: letters, out: out}
	if s.letters == upperCase || s.letters == titleCase {
		s.org = make([]uint8, len(tokens))
	}
	for i := 0; i < len(tokens); {
		if tokens[i].Kind != english.Word {
			i++
			continue
		}
		if from, to := s.run(i); to > from {
			s.split(from, to)
			i = to
			continue
		}
		if end := s.lowerOrg(i); end > i {
			s.add(i, end, s.before(i), fact.OrgName)
			i = end
			continue
		}
		i++
	}
	return s.out
}

// A nameScan is the search for the names of one sentence.
type nameScan struct {
	*nameContext
	tokens  []english.Token
	letters letterCase
	org     []uint8 // of text without lower case: 2 where orgWord, 1 where not, 0 where nobody has looked
	out     []fact.Mention
}

// add appends the name tokens[i:j], with its titles from token full on.
func (s *nameScan) add(i, j, full int, typ fact.NameType) {
	span := corpus.Span{Start: s.tokens[i].Start, End: s.tokens[j-1].End}
	s.out = append(s.out, fact.Mention{
		Span: span, Full: corpus.Span{Start: s.tokens[full].Start, End: span.End}, Type: typ, Entity: -1,
	})
}

// nameWord reports whether the word at i belongs to a name by its own
// letters; weak where only what follows can tell.
func (s *nameScan) nameWord(i int) (name, weak bool) {
	t := &s.tokens[i]
	switch {
	case s.letters == lowerCase:
		p, n := english.PlaceAt(s.tokens[i:])
		return n > 0 && t.Norm != "us" && (n > 1 || p.Kind == english.Country || !t.English()), false
	case !capitalised(t) || t.Norm == "i" || t.Is(english.Weekday) || t.Is(english.Month):
		return false, false
	case s.letters != mixedCase:
		return s.caplessWord(i), false
	case t.FunctionWord():
		return t.Case == english.Upper && (t.Norm == "us" || t.Norm == "who") || s.theHague(i), false
	case t.Case == english.Upper && len(t.Text) > 4 && t.English() && !english.GazetteerWord(t.Norm):
		return false, false // a word written large, not an acronym
	case !startsClause(s.tokens, i):
		return true, false
	}
	return s.initialWord(i)
}

// theHague reports whether "The" at i begins a place such as "The Hague".
func (s *nameScan) theHague(i int) bool {
	_, n := english.PlaceAt(s.tokens[i:])
	return n > 1 && i+1 < len(s.tokens) && capitalised(&s.tokens[i+1]) && s.tokens[i+1].Norm == "hague"
}

// initialWord is nameWord of a capitalised word that begins a clause.
func (s *nameScan) initialWord(i int) (name, weak bool) {
	t := &s.tokens[i]
	if t.Case == english.Upper && !t.English() || t.Case == english.Mixed {
		return true, false
	}
	if p, n := english.PlaceAt(s.tokens[i:]); n > 1 || n == 1 && (p.Kind == english.Country || !t.English() || s.capital[t.Norm]) {
		return true, false
	}
	if !t.English() {
		return !s.lower[t.Norm] && (!wordLike(t.Norm) || s.capital[t.Norm]), false
	}
	if s.capital[t.Norm] && !s.lower[t.Norm] {
		return true, false
	}
	follows := i+1 < len(s.tokens) && capitalised(&s.tokens[i+1]) && !s.tokens[i+1].FunctionWord() &&
		!s.tokens[i+1].Is(english.Weekday|english.Month)
	if initial := i+2 < len(s.tokens) && s.tokens[i+1].Text == "." && isTitle(t); initial {
		follows = capitalised(&s.tokens[i+2])
	}
	if english.GivenName(t.Norm) && follows {
		return true, false
	}
	const never = english.Adverb | english.Ordinal | english.NumberWord | english.Quantifier
	return follows && t.Class&never == 0 && !titleModifiers.Has(t.Norm) || isTitle(t) && follows, !isTitle(t)
}

// run is the run of name words that begins at i, or right after it where the
// word at i is capitalised by its place alone. It is empty where there is none.
func (s *nameScan) run(i int) (from, to int) {
	if i >= len(s.tokens) || s.tokens[i].Kind != english.Word {
		return i, i
	}
	if s.letters == upperCase || s.letters == titleCase {
		if end := s.caplessOrg(i); end > i {
			return i, end
		}
	}
	if capitalised(&s.tokens[i]) == (s.letters != lowerCase) {
		if _, n := english.OrgAt(s.tokens[i:]); n > 1 && (s.letters == lowerCase || capitalised(&s.tokens[i+n-1])) {
			return i, i + n
		}
	}
	name, weak := s.nameWord(i)
	if !name {
		return i, s.particleStart(i)
	}
	if s.letters == lowerCase {
		_, n := english.PlaceAt(s.tokens[i:])
		return i, i + n
	}
	j := i + 1
	if _, n := english.PlaceAt(s.tokens[i:]); n > 1 && capitalised(&s.tokens[i+n-1]) {
		j = i + n
	}
	for j-i < maxNameWords {
		k := s.extend(i, j)
		if k == j {
			break
		}
		j = k
	}
	if weak && !s.headed(i, j) {
		return s.run(i + 1) // the capital was the sentence's, not a name's
	}
	return i, j
}

// headed reports whether the run tokens[i:j] ends in the head of an
// organisation or a place, or has a title in it.
func (s *nameScan) headed(i, j int) bool {
	if j-i < 2 {
		return false
	}
	for k := i + 1; k < j; k++ {
		if isTitle(&s.tokens[k]) {
			return true
		}
	}
	last := s.tokens[j-1].Norm
	if next := &s.tokens[i+1]; i+1 < j && next.Kind == english.Word && next.English() && !english.GazetteerWord(next.Norm) &&
		!s.lower[s.tokens[i].Norm] {
		return true // "Amnesty International": two ordinary words, both large
	}
	return j-i > 1 && (orgHeads.Has(last) || placeHeads.Has(last) || s.joined(i, j))
}

// joined reports whether tokens[i:j] has an "of" in it.
func (s *nameScan) joined(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if s.tokens[k].Norm == "of" {
			return true
		}
	}
	return false
}

// particleStart is the end of a name that begins with a particle in lower
// case ("al-Qaida"), or i.
func (s *nameScan) particleStart(i int) int {
	t := s.tokens
	if s.letters == mixedCase && t[i].Case == english.Lower && (t[i].Norm == "al" || t[i].Norm == "el") &&
		i+2 < len(t) && t[i+1].Text == "-" && !t[i+1].Space && capitalised(&t[i+2]) && !t[i+2].Space {
		return i + 3
	}
	return i
}

// extend is the end of the run tokens[i:j] with the next word in it, or j
// where the next word does not belong to it.
func (s *nameScan) extend(i, j int) int {
	t := s.tokens
	if j >= len(t) {
		return j
	}
	next := &t[j]
	switch {
	case next.Kind == english.Number:
		if !next.Space {
			return j + 1 // "G20", "COVID-19"
		}
		return j
	case next.Kind == english.Mark:
		return s.extendMark(j)
	case next.Norm == "s" || next.Text[0] == '\'' || next.Text[0] == 0xe2:
		return j // a possessive
	case s.continues(j):
		return j + 1
	case next.Is(english.Month) && capitalised(next) && english.GivenName(t[j-1].Norm) && j-i <= 2 && s.letters == mixedCase:
		return j + 1 // "Theresa May"
	}
	return s.extendJoint(i, j)
}

// continues reports whether the word at j may stand second or later in a
// name.
func (s *nameScan) continues(j int) bool {
	if j >= len(s.tokens) {
		return false
	}
	t := &s.tokens[j]
	if !capitalised(t) || t.Norm == "i" || t.Is(english.Weekday|english.Month) {
		return false
	}
	if s.letters != mixedCase {
		return s.caplessWord(j) || s.oddSurname(j) || len(t.Text) == 1 && j+1 < len(s.tokens) && s.tokens[j+1].Text == "."
	}
	return !t.FunctionWord() || nameParticles.Has(t.Norm) || t.Case == english.Upper
}

// extendMark is extend over a mark: hyphens, the points of initials, "&".
func (s *nameScan) extendMark(j int) int {
	t := s.tokens
	if j+1 >= len(t) {
		return j
	}
	mark, after := &t[j], &t[j+1]
	switch mark.Text {
	case "-", "‑":
		if !mark.Space && !after.Space && (after.Kind == english.Number || capitalised(after) && !after.FunctionWord()) {
			if s.letters == upperCase && after.English() && !english.GazetteerWord(after.Norm) {
				return j // "MOSCOW-LED"
			}
			return j + 2
		}
	case ".":
		before := &t[j-1]
		short := len(before.Text) == 1 || before.Is(english.Abbreviation) && (isTitle(before) || before.Norm == "st")
		if !mark.Space && short && capitalised(after) && (s.letters == mixedCase || s.continues(j+1)) {
			return j + 2
		}
	case "&":
		if capitalised(after) {
			return j + 2
		}
	}
	return j
}

// extendJoint is extend over the small words inside a name: "of", "for the",
// "and", "de la".
func (s *nameScan) extendJoint(i, j int) int {
	t := s.tokens
	k := j
	switch word := t[j].Norm; {
	case nameParticles.Has(word) && !t[j].Is(english.Preposition|english.Auxiliary|english.Determiner|english.Pronoun|english.Conjunction):
		for k < len(t) && k < j+3 && t[k].Kind == english.Word && nameParticles.Has(t[k].Norm) {
			k++
			if k < len(t) && t[k].Text == "-" && !t[k].Space {
				k++
			}
		}
	case word == "of" || word == "for":
		office := j+1 < len(t) && (t[j-1].Norm == "secretary" || t[j-1].Norm == "minister") && (t[j+1].Norm == "state" || topics.Has(t[j+1].Norm))
		if !ofHeads.Has(t[j-1].Norm) && !office {
			return j
		}
		k++
		if k < len(t) && t[k].Norm == "the" {
			k++
		}
	case word == "and":
		if !s.andJoins(i, j) {
			return j
		}
		k++
	default:
		return j
	}
	if k < len(t) && s.joinable(k) {
		return k + 1
	}
	return j
}

// joinable reports whether the word at k may follow a joint.
func (s *nameScan) joinable(k int) bool {
	if s.continues(k) {
		return true
	}
	t := &s.tokens[k]
	return s.letters != mixedCase && t.Kind == english.Word && (topics.Has(t.Norm) || orgModifiers.Has(t.Norm))
}

// andJoins reports whether "and" at j joins two words of one name: "Ministry
// of Health and Welfare", "Food and Drug Administration".
func (s *nameScan) andJoins(i, j int) bool {
	t := s.tokens
	if j+1 >= len(t) || !capitalised(&t[j+1]) {
		return false
	}
	after := t[j+1].Norm
	if s.joined(i, j) && andHeads.Has(t[i].Norm) || s.joined(i, j) && i+1 < j && andHeads.Has(t[i+1].Norm) {
		_, n := english.PlaceAt(t[j+1:])
		return n == 0 && !orgHeads.Has(after) && !isTitle(&t[j+1]) && (english.IsWord(after) || topics.Has(after))
	}
	if j-i > 3 || s.letters != mixedCase || !s.commonWords(i, j) || english.GivenName(t[i].Norm) {
		return false
	}
	for k := j + 1; k < len(t) && k <= j+3 && capitalised(&t[k]); k++ {
		if k > j+1 && orgHeads.Has(t[k].Norm) {
			return true
		}
	}
	return false
}

// names finds the names of every sentence of an article. What one sentence
// shows (that a word is a name) helps in the others.
func (d *desk) names() {
	d.letters = d.letters[:0]
	for i := range d.facts {
		d.letters = append(d.letters, caseOf(d.facts[i].Tokens))
	}
	d.context.read(d.facts, d.letters)
	d.mentions = d.mentions[:0]
	for i := range d.facts {
		from := len(d.mentions)
		d.mentions = d.context.mentions(d.mentions, d.facts[i].Tokens, d.letters[i])
		if to := len(d.mentions); to > from {
			d.facts[i].Mentions = d.mentions[from:to:to]
		}
	}
}
