package quantity

import (
	"math"
	"strings"

	"sourceline/answers/english"
)

// A bound is a Bound, and whether the value itself is left out.
type bound struct {
	Bound
	strict bool
}

// hedgeTable is the words before a number that bound it: the bound, "<" or
// ">" where the value itself is left out, the phrases.
const hedgeTable = `
about|about;around;some;roughly;approximately;approx;approx .;nearly;almost;close to;circa;ca;ca .;c .;an estimated;estimated;an average of;in the region of;in the order of;on the order of;of the order of;perhaps;possibly;maybe;virtually;practically;nearly -;near -;almost -;near;up to an estimated;~;≈;about some;an approximate;probably
at least|at least;no fewer than;not fewer than;no less than;not less than;a minimum of;minimum of;as few as;as little as;≥;from at least;at a minimum
at least>|more than;over;just over;above;upwards of;upward of;in excess of;north of;exceeding;beyond;greater than;larger than;higher than;older than;longer than;at more than;better than;>
at most|up to;at most;no more than;not more than;as many as;as much as;as high as;a maximum of;maximum of;at the most;≤
at most<|fewer than;less than;under;below;just under;short of;just short of;smaller than;younger than;lower than;shorter than;<
`

// modifiers may stand before a hedge: "just over", "well under", "slightly
// more than".
const modifiers = `just;well;slightly;far;much;a little;a bit;only slightly;only a little;considerably;significantly;somewhat;probably;perhaps;possibly;only just`

// A phrase is the words of a hedge, last first.
type phrase struct {
	words []string
	bound bound
}

var hedges, hedgeModifiers = readHedges()

// readHedges turns the tables into phrases by their last word, longest first.
func readHedges() (byLast, mods map[string][]phrase) {
	byLast, mods = map[string][]phrase{}, map[string][]phrase{}
	add := func(to map[string][]phrase, text string, b bound) {
		w := strings.Fields(text)
		last := w[len(w)-1]
		list := append(to[last], phrase{w, b})
		for i := len(list) - 1; i > 0 && len(list[i].words) > len(list[i-1].words); i-- {
			list[i], list[i-1] = list[i-1], list[i]
		}
		to[last] = list
	}
	for line := range strings.FieldsFuncSeq(hedgeTable, func(r rune) bool { return r == '\n' }) {
		name, list, _ := strings.Cut(line, "|")
		plain := strings.TrimRight(name, "<>")
		for text := range strings.SplitSeq(list, ";") {
			add(byLast, text, bound{Bound(plain), plain != name})
		}
	}
	for text := range strings.SplitSeq(modifiers, ";") {
		add(mods, text, bound{})
	}
	return byLast, mods
}

// hedge finds the hedge that ends before token i: the token where it begins,
// or i and no bound.
func (s *scanner) hedge(i int) (int, bound) {
	at := i
	for filler(s.at(at-1)) && at-1 >= s.floor { // "at least another 15"
		at--
	}
	start, b := s.phraseBefore(at, hedges)
	if start == at {
		return i, bound{}
	}
	if (s.at(start).Norm == "about" || s.at(start).Norm == "over" || s.at(start).Norm == "around") && speaks(s.at(start-1)) {
		return i, bound{}
	}
	if m, _ := s.phraseBefore(start, hedgeModifiers); m < start && b.Bound != About {
		return m, b
	}
	if start2, b2 := s.phraseBefore(start, hedges); start2 < start { // "perhaps as many as", "more than about"
		if b.Bound == About {
			b = b2
		}
		return start2, b
	}
	return start, b
}

// stretches are what something goes on for, counted like things: "97 pitches
// over seven INNINGS".
var stretches = english.NewSet("inning game match round session episode season night weekend hole stage lap set race")

// during reports whether the "over" at i, after a noun or another figure, means
// the time or way that something took: "$5 billion OVER three years". People
// over 60 years are older.
func (s *scanner) during(i int, c core) bool {
	if s.at(i).Norm != "over" || i == c.start {
		return false
	}
	prev := s.at(i - 1)
	measure, ok := unitForms[prev.Norm]
	noun := prev.Countable() || i == s.floor && len(s.out) > 0 || ok && measure.unit.Kind != "" || i-1 < s.floor
	switch {
	case c.unit.Kind == Duration:
		return noun && !(english.IsPerson(prev.Lemma) && strings.HasPrefix(c.unit.Name, "year") && english.Covers("child", prev.Lemma))
	case c.unit.Kind == Length:
		return noun && !prev.Countable()
	}
	return noun && c.unit.Kind == Count && stretches.Has(s.at(c.end).Lemma)
}

// phraseBefore finds the longest phrase of the table that ends before token i
// and begins no earlier than the floor.
func (s *scanner) phraseBefore(i int, table map[string][]phrase) (int, bound) {
	if i <= s.floor {
		return i, bound{}
	}
next:
	for _, p := range table[s.at(i-1).Norm] {
		start := i - len(p.words)
		if start < s.floor {
			continue
		}
		for k, w := range p.words {
			if s.tok[start+k].Norm != w {
				continue next
			}
		}
		return start, p.bound
	}
	return i, bound{}
}

// filler reports whether a word may stand between hedge and number.
func filler(t *english.Token) bool {
	switch t.Norm {
	case "another", "further", "additional":
		return true
	}
	return false
}

// speaks reports whether "about" after the word is what is spoken of.
func speaks(t *english.Token) bool {
	switch t.Lemma {
	case "talk", "speak", "ask", "worry", "concern", "know", "think", "story", "information", "detail", "report", "question", "fight", "dispute", "preside", "clash", "rule", "revolve", "control":
		return true
	}
	return false
}

// suffix reads what bounds a number from behind: "or more", "+", "or so",
// "-odd".
func (s *scanner) suffix(c *core) {
	t, next := s.at(c.end), s.at(c.end+1)
	n := 2
	var b bound
	switch {
	case t.Text == "+" && s.attached(c.end) && !(next.Kind == english.Number && s.attached(c.end+1)):
		b, n = bound{Bound: AtLeast}, 1
	case t.Norm == "plus" && (next.Kind != english.Number || s.alone) && s.at(c.end+1).Kind == english.Mark:
		b, n = bound{Bound: AtLeast}, 1
	case dash(t) && s.attached(c.end) && next.Norm == "plus":
		b = bound{Bound: AtLeast}
	case dash(t) && s.attached(c.end) && (next.Norm == "odd" || next.Norm == "something"):
		b = bound{Bound: About}
	case t.Norm == "odd" && c.low >= 20 && math.Mod(c.low, 10) == 0 && (s.alone || next.Kind == english.Word && !next.FunctionWord()): // "twenty odd people"
		b, n = bound{Bound: About}, 1
	case t.Norm == "or" && (next.Norm == "more" || next.Norm == "over" || next.Norm == "above" || next.Norm == "older" || next.Norm == "greater" || next.Norm == "higher"):
		b = bound{Bound: AtLeast}
	case t.Norm == "or" && (next.Norm == "less" || next.Norm == "fewer" || next.Norm == "under" || next.Norm == "below" || next.Norm == "younger"):
		b = bound{Bound: AtMost}
	case t.Norm == "or" && (next.Norm == "so" || next.Norm == "thereabouts"):
		b = bound{Bound: About}
	case t.Norm == "at" && (next.Norm == "least"):
		b = bound{Bound: AtLeast}
	case t.Norm == "at" && next.Norm == "most":
		b = bound{Bound: AtMost}
	default:
		return
	}
	c.bound, c.end = b, c.end+n
	if dash(t) && c.unit.Kind == Count {
		if u, k := s.unit(c.end, c.low, true); k > 0 { // "20-odd miles"
			c.unit, c.end = u, c.end+k
		}
	}
}

// grown is from what number on years between commas after a name are rather an age
// than how long something took.
const grown = 15

// yearsOld reports whether the years are somebody's age, as translations have it:
// "Ann Smith, 54 years, said", "a man of 46 years".
func (s *scanner) yearsOld(c core) bool {
	if s.alone || c.unit.Name != "year" || c.low < youngest || c.low > oldest || c.low != c.high {
		return false
	}
	before, prev := s.at(c.start-2), s.at(c.start-1)
	if before.Kind != english.Word {
		return false
	}
	switch prev.Norm {
	case "of":
		return english.Covers("people", before.Lemma)
	case ",":
		return c.low >= grown && before.Case == english.Title && !before.Is(english.Month|english.Weekday) && s.at(c.end).Norm == ","
	}
	return false
}

// furtherAge reports whether the number goes on with the ages of several people:
// "aged 33 and 45".
func (s *scanner) furtherAge(c core) bool {
	if c.low > oldest || s.at(c.end).Kind == english.Word && !s.at(c.end).Is(english.Auxiliary|english.Preposition|english.Relative|english.Conjunction) {
		return false
	}
	next := s.tok[c.start].Start
	for k := len(s.out) - 1; k >= 0 && s.out[k].Unit == yearOfAge; k-- {
		between := strings.Fields(strings.ReplaceAll(s.text[s.out[k].Span.End:next], ",", " "))
		if len(between) > 1 || len(between) == 1 && between[0] != "and" {
			return false
		}
		if strings.HasPrefix(s.out[k].Text, "age") {
			return true
		}
		next = s.out[k].Span.Start
	}
	return false
}

// ageTo reports whether the number at token i is an age that is set or changed:
// "raised the retirement age TO 67 FROM 64".
func (s *scanner) ageTo(i int) bool {
	switch s.at(i - 1).Norm {
	case "to", "from", "at":
	default:
		return false
	}
	if s.at(i-2).Norm == "age" {
		return true
	}
	last := len(s.out) - 1
	return last >= 0 && s.out[last].Unit == yearOfAge && s.out[last].Span.End == s.at(i-2).End
}

// prefix reads a unit that stands before its number, ending before token i:
// "aged", "age of", "magnitude".
func (s *scanner) prefix(i int) (int, Unit) {
	at := i
	if s.ageTo(i) {
		return i, yearOfAge
	}
	if s.at(at-1).Norm == "of" && (s.at(at-2).Norm == "age" || s.at(at-2).Norm == "magnitude") {
		at--
	} else if dash(s.at(at-1)) && s.at(at-2).Norm == "magnitude" {
		at--
	}
	if at-1 < s.floor {
		return i, Unit{}
	}
	switch s.at(at - 1).Norm {
	case "aged":
		return at - 1, yearOfAge
	case "age", "ages":
		if at < i || !s.at(i).Is(english.Preposition) {
			return at - 1, yearOfAge
		}
	case "magnitude":
		return at - 1, Unit{Kind: Magnitude, Name: "magnitude"}
	}
	return i, Unit{}
}
