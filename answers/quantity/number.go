package quantity

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"sourceline/answers/english"
)

// A number is what was read from tokens[start:end].
type number struct {
	start, end int
	low, high  float64
	vague      bool
	share      bool // a fraction of a whole: "two-thirds", "one in four"
	dotted     bool // "7.939": thousands where no unit follows, decimals where one does
	scaled     bool // a scale word or letter is part of it
	digits     bool // begins with digits
	mantissa   float64
}

// digits reads the value of a number token. English and continental grouping
// are told apart by their shape; dotted is set where the shape fits both.
func digits(s string) (v float64, dotted, ok bool) {
	comma, point := strings.Count(s, ","), strings.Count(s, ".")
	switch {
	case comma == 0 && point == 0:
		if len(s) > 1 && s[0] == '0' || len(s) > 15 {
			return 0, false, false
		}
	case comma == 0 && point == 1:
		whole, rest, _ := strings.Cut(s, ".")
		if len(whole) > 1 && whole[0] == '0' {
			return 0, false, false
		}
		dotted = len(rest) == 3 && len(whole) <= 3 && whole != "0"
	case comma == 0 || comma == 1 && point > 0 && strings.LastIndexByte(s, ',') > strings.LastIndexByte(s, '.'): // 1.234.567 or 1.234,5
		whole, rest, _ := strings.Cut(s, ",")
		if !grouped(whole, ".") {
			return 0, false, false
		}
		s = strings.ReplaceAll(whole, ".", "")
		if rest != "" {
			s += "." + rest
		}
	case comma == 1 && point == 0 && !grouped(s, ","):
		whole, rest, _ := strings.Cut(s, ",")
		if len(rest) > 2 || len(whole) > 3 {
			return 0, false, false
		}
		s = whole + "." + rest // 1,5
	case point <= 1:
		whole, _, _ := strings.Cut(s, ".")
		if !grouped(whole, ",") {
			return 0, false, false
		}
		s = strings.ReplaceAll(s, ",", "")
	default:
		return 0, false, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, dotted, err == nil
}

// grouped reports whether sep cuts s into groups of three digits, or, as in
// India, into groups of two and a last one of three.
func grouped(s, sep string) bool {
	if !strings.Contains(s, sep) {
		return false
	}
	groups := strings.Split(s, sep)
	first, last := groups[0], groups[len(groups)-1]
	if len(first) > 3 || first == "" || first[0] == '0' || len(last) != 3 {
		return false
	}
	for _, g := range groups[1 : len(groups)-1] {
		if len(g) != 3 && (len(g) != 2 || len(first) > 2) {
			return false
		}
	}
	return true
}

// number reads the number that begins at token i.
func (s *scanner) number(i int) (number, bool) {
	t := s.at(i)
	n := number{start: i, end: i + 1}
	if t.Kind == english.Number {
		return s.digitNumber(n)
	}
	if v, ok := fractions[t.Text]; ok {
		n.low, n.high = v, v
		n.share = true
		return s.scaled(n), true
	}
	if t.Kind != english.Word {
		return n, false
	}
	switch w := words.Of(t.Norm); {
	case w.role&(small|tens) != 0:
		return s.wordNumber(n)
	case w.role&plural != 0:
		return s.pluralNumber(n, w)
	case w.role&article != 0:
		return s.articleNumber(n)
	case w.role&some != 0:
		return s.someNumber(n, w)
	case w.role&half != 0:
		return s.halfNumber(n)
	case w.role&part != 0 && t.Norm == "quarter":
		n.low, n.high = .25, .25
		n = s.scaled(n)
		return n, n.scaled
	}
	return n, false
}

// digitNumber reads "2,030", "7 939", "10 1/2", "1.5 million", "8k", "1/4".
func (s *scanner) digitNumber(n number) (number, bool) {
	v, dotted, ok := digits(s.at(n.start).Text)
	if !ok {
		return n, false
	}
	n.digits, n.dotted = true, dotted
	for s.spaceGroup(n.end) {
		group := n.end
		if s.at(group).Text == "," {
			group++
		}
		g, _ := strconv.Atoi(s.at(group).Text)
		v, n.end = v*1000+float64(g), group+1
		n.dotted = false
	}
	n.low = v
	if f, k := s.slash(n.start); k > 0 && n.end == n.start+1 {
		n.low, n.end, n.share = f, n.start+k, true
	} else if f, k := s.slash(n.end); k > 0 && s.at(n.end).Space && f < 1 {
		n.low, n.end, n.dotted = n.low+f, n.end+k, false
	} else if f, k := s.slash(n.end + 1); k > 0 && dash(s.at(n.end)) && s.attached(n.end) && s.attached(n.end+1) { // "3-1/2"
		n.low, n.end, n.dotted = n.low+f, n.end+1+k, false
	} else if f, ok := fractions[s.at(n.end).Text]; ok {
		n.low, n.end, n.dotted = n.low+f, n.end+1, false
	}
	n.high = n.low
	return s.scaled(s.andHalf(n, 1)), true
}

// spaceGroup reports whether the digits at i are a group of three that
// belongs to the number before: after a no-break or thin space, or "000"
// after a plain one.
func (s *scanner) spaceGroup(i int) bool {
	t, prev := s.at(i), s.at(i-1)
	if t.Text == "," && prev.Kind == english.Number && !t.Space { // "10, 000"
		group := s.at(i + 1)
		return group.Space && len(prev.Text) <= 3 && (group.Text == "000" || len(group.Text) == 3 && group.Kind == english.Number && s.spacedText())
	}
	if t.Kind != english.Number || prev.Kind != english.Number || len(t.Text) != 3 || !t.Space {
		return false
	}
	if len(prev.Text) > 3 || strings.ContainsAny(prev.Text, ".,") || strings.ContainsAny(t.Text, ".,") {
		return false
	}
	switch s.text[prev.End:t.Start] {
	case "\u00a0", "\u202f", "\u2009":
		return true
	case " ":
		return t.Text == "000"
	}
	return false
}

// spells are units of time: "the past few years" is a time, no figure.
var spells = map[string]bool{"year": true, "month": true, "week": true, "day": true, "hour": true, "minute": true, "decade": true, "century": true}

// spacedText reports whether the text has a space after the commas of its
// numbers: one of them is "10, 000".
func (s *scanner) spacedText() bool {
	for i := 1; i+1 < len(s.tok); i++ {
		if s.tok[i].Text == "," && !s.tok[i].Space && s.tok[i-1].Kind == english.Number && len(s.tok[i-1].Text) <= 3 && s.tok[i+1].Text == "000" && s.tok[i+1].Space {
			return true
		}
	}
	return false
}

// wordNumber reads "sixteen", "twenty-three", "one hundred and five", "two
// thousand", "two-thirds".
func (s *scanner) wordNumber(n number) (number, bool) {
	total, group, last := 0., 0., 1.
	j, read := n.start, false
	for {
		w := words.Of(s.at(j).Norm)
		if s.at(j).Kind != english.Word {
			break
		}
		switch {
		case w.role&small != 0 && (!read || (group >= 20 && int(group)%10 == 0 && w.low < 10 && w.low > 0 && int(group)%100 != 0) || int(group)%100 == 0 && (group > 0 || total > 0) && w.low > 0):
			group += w.low
		case w.role&tens != 0 && (!read || int(group)%100 == 0 && (group > 0 || total > 0)):
			group += w.low
		case w.role&hundred != 0 && read && group > 0 && group < 100:
			group, last, n.scaled = group*w.low, w.low, true
		case w.role&scale != 0 && read && group > 0 && (total == 0 || w.low < total) && (w.role&plural == 0 || s.at(j+1).Norm != "of"):
			total += group * w.low
			group, last, n.scaled = 0, w.low, true
		default:
			w.role = 0
		}
		if w.role == 0 {
			break
		}
		read = true
		j++
		n.end = j
		if k := s.numberJoint(j, group, total); k > 0 {
			j += k
		}
	}
	n.low = total + group
	n.high, n.mantissa = n.low, n.low/last
	if f, ok := s.wordFraction(n); ok {
		return f, true
	}
	n = s.andHalf(n, last)
	if s.at(n.end).Norm != "dozen" && n.scaled {
		return n, true
	}
	return s.scaled(n), true
}

// numberJoint is the number of tokens between the words of one number at j:
// a hyphen, or "and" after a hundred or more with a smaller number after it.
func (s *scanner) numberJoint(j int, group, total float64) int {
	if t := s.at(j); dash(t) && s.attached(j) && s.attached(j+1) && t.Text != "–" {
		if k := s.numberJoint(j+1, group, total); k > 0 {
			return k + 1
		}
		if w := words.Of(s.at(j + 1).Norm); w.role&(small|tens|hundred|scale) != 0 && s.at(j+1).Kind == english.Word {
			return 1
		}
		return 0
	}
	if s.at(j).Norm != "and" || group < 100 && total == 0 || group > 0 && int(group)%100 != 0 {
		return 0
	}
	k := j + 1
	if dash(s.at(k)) {
		k++
	}
	if w := words.Of(s.at(k).Norm); w.role&(small|tens) == 0 || w.low == 0 {
		return 0
	}
	after := k + 1
	if dash(s.at(after)) && words.Of(s.at(after+1).Norm).role&small != 0 {
		after += 2
	}
	if words.Of(s.at(after).Norm).role&(hundred|scale) != 0 {
		return 0
	}
	return k - j
}

// pluralNumber reads "dozens", "tens of thousands", "hundreds of millions".
func (s *scanner) pluralNumber(n number, w word) (number, bool) {
	v := w.low
	if s.at(n.start).Norm == "scores" && s.at(n.end).Norm != "of" && s.at(n.end).Norm != "more" && !s.alone {
		return n, false
	}
	if s.at(n.start).Norm == "tens" && s.at(n.end).Kind == english.Number {
		return n, false
	}
	for s.at(n.end).Norm == "of" {
		next := words.Of(s.at(n.end + 1).Norm)
		if next.role&plural == 0 || s.at(n.end+1).Norm == "scores" {
			break
		}
		v, n.end = v*next.low, n.end+2
	}
	n.low, n.high, n.vague = pluralLeast*v, unbounded, true
	return n, true
}

// articleNumber reads "a dozen", "a hundred and five", "a few thousand", "a
// couple of", "half a million", "a third of".
func (s *scanner) articleNumber(n number) (number, bool) {
	j := n.start + 1
	w := words.Of(s.at(j).Norm)
	switch {
	case s.at(j).Kind != english.Word:
		return n, false
	case w.role&some != 0:
		inner, ok := s.someNumber(number{start: j, end: j + 1}, w)
		inner.start = n.start
		return inner, ok
	case w.role&(hundred|scale) != 0 && w.role&plural == 0:
		one := number{start: j, end: j + 1, low: w.low, scaled: true}
		if w.role&hundred != 0 || w.low == 1e3 {
			one = s.afterArticle(one, w.low)
		}
		one.start, one.high, one.mantissa = n.start, one.low, one.low
		if one.scaled && w.role&hundred == 0 {
			return one, true
		}
		return s.scaled(one), true
	case w.role&(half|part) != 0 && s.at(j).Norm[len(s.at(j).Norm)-1] != 's':
		n.low, n.end, n.share = 1/w.low, j+1, true
		n.high = n.low
		if big := words.Of(s.at(n.end).Norm); big.role&scale != 0 && big.role&plural == 0 {
			return s.scaled(n), true
		}
		if w.role&half != 0 && (s.at(n.end).Norm == "dozen" || s.unitAhead(n.end)) {
			return s.scaled(n), true
		}
		if big := s.ofScale(n); big.scaled {
			return big, true
		}
		return n, s.at(n.end).Norm == "of" || s.alone || s.changedBy(n)
	case s.hedgedUnit(n.start):
		n.low, n.high, n.end = 1, 1, j
		return n, true
	}
	return n, false
}

// changedBy reports whether the fraction n tells by how much something changed,
// or is hedged: "rents climbed BY a fifth", "MORE THAN a third were out".
func (s *scanner) changedBy(n number) bool {
	next := s.at(n.end)
	if next.Kind == english.Word && !next.Is(english.Preposition|english.Conjunction|english.Auxiliary) && next.Norm != "from" && next.Norm != "to" {
		return false
	}
	if s.at(n.start-1).Norm == "by" {
		for k := n.start - 2; k >= 0 && k >= n.start-2-changeVerbReach; k-- {
			if changeVerbs[s.at(k).Lemma] {
				return true
			}
		}
		return false
	}
	_, b := s.hedge(n.start)
	return b.Bound != ""
}

// hedgedUnit reports whether the article at i stands for one of a measure of
// time or length: "just under AN hour", "more than A mile".
func (s *scanner) hedgedUnit(i int) bool {
	f, ok := unitForms[s.at(i+1).Norm]
	if !ok || f.digits || f.unit.Kind != Duration && f.unit.Kind != Length || s.at(i+1).Norm == "second" || s.at(i+1).Countable() {
		return false
	}
	switch next := s.at(i + 2); next.Norm {
	case "earlier", "later", "ago", "previously": // "higher than a year earlier"
		return false
	case "old", "long":
	default:
		if next.Kind == english.Word && !next.FunctionWord() && !next.Is(english.Adverb) {
			return false // "about a day trip"
		}
	}
	_, b := s.hedge(i)
	return b.Bound != ""
}

// afterArticle reads on after "a hundred" or "a thousand": "and five".
func (s *scanner) afterArticle(n number, v float64) number {
	j := n.end
	if v == 100 {
		if k := s.numberJoint(j, v, 0); k > 0 {
			if rest, ok := s.wordNumber(number{start: j + k, end: j + k + 1}); ok && rest.low < 100 && !rest.scaled {
				n.low, n.end = v+rest.low, rest.end
			}
		}
		n.scaled = false
	}
	return n
}

// someNumber reads "several", "a few", "several hundred", "a couple of".
func (s *scanner) someNumber(n number, w word) (number, bool) {
	t := s.at(n.start)
	articled := words.Of(s.at(n.start-1).Norm).role&article != 0
	n.low, n.high, n.vague = w.low, w.high, true
	next := words.Of(s.at(n.end).Norm)
	if next.role&(hundred|scale) != 0 || next.role&plural != 0 {
		if next.role&plural != 0 && s.at(n.end+1).Norm == "of" && words.Of(s.at(n.end+2).Norm).role&plural != 0 {
			return n, false
		}
		n.low, n.high, n.end = n.low*next.low, n.high*next.low, n.end+1
		return s.scaled(n), true
	}
	switch t.Norm {
	case "several":
		return n, true
	case "few":
		prev := s.at(n.start - 1).Norm
		if prev == "last" || prev == "past" || prev == "next" {
			return n, s.alone || !spells[s.at(n.end).Lemma]
		}
		return n, articled || s.alone || prev == "first"
	case "handful", "couple", "pair":
		if s.at(n.end).Norm != "of" {
			return n, s.alone
		}
		if s.at(n.end+1).Is(english.Determiner) && t.Norm != "couple" {
			return n, articled
		}
		n.end++
		if big := words.Of(s.at(n.end).Norm); t.Norm == "couple" && big.role&(hundred|scale) != 0 && big.role&plural == 0 { // "a couple of hundred"
			n.low, n.high = n.low*big.low, n.high*big.low
			n.end++
		}
		return n, true
	}
	return n, false
}

// scaled reads the scale after a number: "million", "-dozen", "k", and "m"
// where money or people are counted.
func (s *scanner) scaled(n number) number {
	n.mantissa = n.low
	for !n.vague || n.end-n.start < 4 {
		j := n.end
		if dash(s.at(j)) && s.attached(j) == s.attached(j+1) {
			j++
		}
		t := s.at(j)
		w := words.Of(t.Norm)
		if s.at(j).Kind != english.Word {
			return n
		}
		factor := 0.
		switch {
		case w.role&hundred != 0 && n.low < 100, w.role&scale != 0 && (w.role&plural == 0 || s.at(j+1).Norm != "of" || s.at(j+2).Is(english.Determiner) || !n.vague):
			factor = w.low
		case w.role&short != 0 && j == n.end && s.attached(j) && n.digits:
			factor = w.low
		case t.Norm == "m" && j == n.end && n.digits && s.million(j, n.start):
			factor = 1e6
		}
		if factor == 0 {
			return n
		}
		n.low, n.high, n.end = times(n.low, factor), times(n.high, factor), j+1
		n.share, n.dotted, n.scaled = false, false, true
	}
	return n
}

// million reports whether "m" at j after the number at i is a million, not a
// metre: after or before money, or before what is counted.
func (s *scanner) million(j, i int) bool {
	if s.moneyBefore(i) || s.at(j).Text == "M" && s.attached(j) {
		return true
	}
	if s.attached(j) && slices.ContainsFunc(s.out, func(q Quantity) bool { // "61.6m passengers, against 80.9m"
		return q.Unit.Kind == Count && strings.HasSuffix(s.text[q.Number.Start:q.Number.End], "m")
	}) {
		return true
	}
	if after := s.at(j + 2); dash(s.at(j+1)) && (after.Norm == "odd" || after.Norm == "plus") && s.attached(j) && s.at(j+3).Countable() { // "300m-odd records"
		return true
	}
	if _, k := s.currencyNoun(j+1, 1e6); k > 0 {
		return true
	}
	return s.attached(j) && s.at(j+1).Countable() && s.at(j+1).Space && unitForms[s.at(j+1).Norm].unit.Kind == ""
}

// times multiplies by a power of ten without leaving crumbs: 129.2 million is
// 129,200,000 and not a fraction less.
func times(v, factor float64) float64 {
	product := v * factor
	if whole := math.Round(product); math.Abs(product-whole) < 1e-6 {
		return whole
	}
	return product
}

func roundTo(v, to float64) bool { return float64(int(v/to))*to == v }
