package evaluate

import (
	"cmp"
	"fmt"
	"math"
	"strconv"
	"strings"

	"sourceline/answers"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
)

// A Score is how one row came out.
type Score struct {
	Answered bool
	Right    bool   // an answerable row passed, or an unanswerable one was refused
	Why      string // what was missing; "" where Right

	// Of rows with answers.
	Gold    bool // there are some
	Exact   bool
	F1      float64
	Numeric bool // the headline's first number is one of theirs
	First   bool // the first quote has one of them
	InThree bool // one of the first three quotes has

	// Of rows with wrong answers beside the right ones.
	Rivals        bool
	Covered       float64 // share of the right answers that are shown
	AllShown      bool    // all of them, and none of the wrong ones in the headline
	WrongHeadline bool

	// Of rows with a text: how many quantities it has, how many were found,
	// how many of those are right by value, and by value and unit.
	Quantities, Found, ByValue, ByUnit int
}

// score judges an answer to a row. Gold is the ID of the article that the
// right sentence stands in; "" where the row does not tell.
func score(r *Row, a answers.Answer, gold string) Score {
	s := Score{Answered: a.Answered()}
	switch {
	case !r.IsAnswerable():
		s.refusal(r, a)
	case len(r.Answers) > 0 && len(r.MustQuote) == 0:
		s.answers(r, a, gold)
	default:
		s.figures(r, a)
	}
	return s
}

// refusal judges the answer to an unanswerable row.
func (s *Score) refusal(r *Row, a answers.Answer) {
	for _, bad := range r.MustNot {
		if in(a.Headline, bad) {
			s.Why = fmt.Sprintf("%q must not be in the headline", bad)
			return
		}
		for _, f := range a.Figures {
			if in(f.Text, bad) {
				s.Why = fmt.Sprintf("%q must not be in the figures", bad)
				return
			}
		}
	}
	if s.Answered {
		s.Why = fmt.Sprintf("answered %q instead of refusing", a.Headline)
		return
	}
	s.Right = true
}

// figures judges the answer to a row with figures and quotes.
func (s *Score) figures(r *Row, a answers.Answer) {
	var missing []string
	if !s.Answered {
		missing = append(missing, "refused: "+a.Missing)
	} else if !oneIn(r.Figures, shownFigures(a)) {
		missing = append(missing, fmt.Sprintf("no figure of %q in headline %q", r.Figures, a.Headline))
	}
	quoted, want := 0, len(r.MustQuote)
	if r.MinQuotes != nil {
		want = *r.MinQuotes
	}
	for _, q := range r.MustQuote {
		if quotes(a, q) {
			quoted++
		}
	}
	if quoted < want {
		missing = append(missing, fmt.Sprintf("%d of %d quotes", quoted, want))
	}
	if r.Conflict && !showsConflict(r, a) {
		missing = append(missing, "no second figure and no line that withdraws it")
	}
	s.Right = len(missing) == 0
	s.Why = strings.Join(missing, "; ")
}

// shownFigures are the headline and the figures of an answer.
func shownFigures(a answers.Answer) []string {
	out := []string{a.Headline}
	for _, f := range a.Figures {
		out = append(out, f.Text)
		if f.Counted != "" {
			out = append(out, f.Text+" "+f.Counted)
		}
	}
	return out
}

func oneIn(parts, texts []string) bool {
	for _, p := range parts {
		for _, t := range texts {
			if in(t, p) {
				return true
			}
		}
	}
	return false
}

// quotes reports whether one quote of the article has the line.
func quotes(a answers.Answer, q Quote) bool {
	for _, e := range a.Evidence {
		if e.Article.ID == q.articleID() && strings.Contains(e.Quote(), q.Contains) {
			return true
		}
	}
	return false
}

// withdrawing are words of a line that takes a figure back.
var withdrawing = []string{"withdrew", "withdrawn", "removed", "retracted", "deleted", "denied", "corrected", "took down", "taken down"}

// showsConflict reports whether the answer shows two of the figures with
// different values, or one and the line that withdraws it.
func showsConflict(r *Row, a answers.Answer) bool {
	texts := shownFigures(a)
	withdrawn := false
	for _, e := range a.Evidence {
		texts = append(texts, e.Quote())
		withdrawn = withdrawn || oneIn(withdrawing, []string{e.Quote()})
	}
	values := map[string]bool{}
	for _, f := range r.Figures {
		if !oneIn([]string{f}, texts) {
			continue
		}
		if n := numbers(f); len(n) > 0 {
			values[strconv.FormatFloat(n[0], 'g', -1, 64)] = true
		} else {
			values[strings.Join(normalise(f), " ")] = true
		}
	}
	return len(values) > 1 || len(values) == 1 && withdrawn
}

// answers judges the answer to a row with short answers.
func (s *Score) answers(r *Row, a answers.Answer, gold string) {
	s.Gold = true
	bare := withoutHedge(a.Headline)
	for _, want := range r.Answers {
		for _, got := range []string{a.Headline, bare} {
			s.Exact = s.Exact || s.Answered && exact(got, want)
			s.F1 = math.Max(s.F1, tokenF1(got, want))
		}
	}
	s.Numeric = s.Answered && sameNumber(a.Headline, r.Answers)
	quotes := a.Evidence
	if !s.Answered {
		quotes = a.Nearest
	}
	for i, e := range quotes[:min(3, len(quotes))] {
		if (gold == "" || e.Article.ID == gold) && oneIn(r.Answers, []string{e.Quote()}) {
			s.First = s.First || i == 0
			s.InThree = true
		}
	}
	s.rivals(r, a)
	// A figure is right when its number is; everything else has to match.
	s.Right = s.Exact || s.Numeric && asksFigure(r)
	switch {
	case s.Right:
	case !s.Answered:
		s.Why = "refused: " + a.Missing
	default:
		s.Why = fmt.Sprintf("headline %q, not %q", a.Headline, r.Answers)
	}
}

// figureKinds are parts of the kinds of rows that ask for a figure.
var figureKinds = []string{"count", "how_", "figure", "percent", "numeric", "much", "many"}

// asksFigure reports whether a number decides the row: by its kind, or by the
// words of its question.
func asksFigure(r *Row) bool {
	for _, k := range figureKinds {
		if strings.Contains(r.Kind, k) {
			return true
		}
	}
	return in(r.Question, "how many") || in(r.Question, "how much")
}

// rivals judges an answer whose row has wrong answers too: documents that
// disagree, all of whose right answers should be shown.
func (s *Score) rivals(r *Row, a answers.Answer) {
	if r.Wrong == nil {
		return
	}
	s.Rivals = true
	texts := shownFigures(a)
	for _, e := range a.Evidence {
		for _, h := range e.Highlight {
			texts = append(texts, e.Article.Text[h.Start:h.End])
		}
	}
	shown := 0
	for _, want := range r.Answers {
		if s.Answered && shows(texts, want) {
			shown++
		}
	}
	s.Covered = float64(shown) / float64(len(r.Answers))
	for _, bad := range r.Wrong {
		s.WrongHeadline = s.WrongHeadline || s.Answered && shows([]string{a.Headline}, bad)
	}
	s.AllShown = shown == len(r.Answers) && !s.WrongHeadline
}

// shows reports whether one of the texts has the words of want, or where want
// begins with a number, that number.
func shows(texts []string, want string) bool {
	if oneIn([]string{want}, texts) {
		return true
	}
	n := numbers(want)
	first := strings.Fields(want)
	if len(n) == 0 || len(first) == 0 || len(numbers(first[0])) == 0 {
		return false
	}
	for _, t := range texts {
		for _, got := range numbers(t) {
			if equal(got, n[0]) {
				return true
			}
		}
	}
	return false
}

// A valued is a quantity by its value and its unit.
type valued struct {
	value float64
	unit  string
}

// scoreText judges what was found in the text of a row.
func scoreText(r *Row, base *answers.Base) Score {
	var gold, found []valued
	for _, q := range r.Quantities {
		for _, v := range ends(q.Value) {
			gold = append(gold, valued{v, strings.ToLower(q.Unit)})
		}
	}
	for _, a := range base.Articles() {
		for _, f := range base.Found(a.ID).Facts {
			for _, c := range f.Counts {
				if c.Implicit {
					continue // "a soldier": no number is written
				}
				unit := unitOf(&f, &c)
				found = append(found, valued{c.Quantity.Low, unit})
				if c.Quantity.High != c.Quantity.Low && !math.IsInf(c.Quantity.High, 0) {
					found = append(found, valued{c.Quantity.High, unit})
				}
			}
		}
	}
	s := Score{Quantities: len(gold), Found: len(found)}
	s.ByValue = matches(gold, found, sameValue)
	s.ByUnit = matches(gold, found, func(a, b valued) bool { return sameValue(a, b) && a.unit == b.unit })
	s.Right = s.ByValue == s.Quantities && s.ByValue == s.Found
	if !s.Right {
		s.Why = fmt.Sprintf("found %v, not %v", found, gold)
	}
	return s
}

// sameValue reports whether a value found is that of the set, which writes
// fractions with two decimals: a third is 0.33.
func sameValue(gold, found valued) bool {
	const cents = 100
	return equal(gold.value, found.value) || math.Abs(found.value) < 1 && found.value != 0 && gold.value == math.Round(found.value*cents)/cents
}

// ends are the numbers of a value as the sets write it: "5", "1,118", or the two
// ends of a range, "40-50".
func ends(value string) (out []float64) {
	value = strings.ReplaceAll(value, ",", "")
	if v, err := strconv.ParseFloat(value, 64); err == nil {
		return []float64{v}
	}
	if at := strings.LastIndex(value, "-"); at > 0 {
		low, err1 := strconv.ParseFloat(value[:at], 64)
		high, err2 := strconv.ParseFloat(value[at+1:], 64)
		if err1 == nil && err2 == nil {
			return []float64{low, high}
		}
	}
	return nil
}

// unitOf is the unit of a count as the sets write it: of what is only counted,
// the noun with what stands before it; "-" where there is none.
func unitOf(f *fact.Fact, c *fact.Count) string {
	if c.Quantity.Unit.Name != "" {
		return c.Quantity.Unit.Name
	}
	if _, noun := quantity.CountedNoun(f.Tokens, c.Quantity); noun != "" {
		return noun
	}
	return cmp.Or(c.Head, "-")
}

// matches counts the golds that are found, each found one used once.
func matches(gold, found []valued, same func(a, b valued) bool) int {
	used := make([]bool, len(found))
	n := 0
	for _, g := range gold {
		for i, f := range found {
			if !used[i] && same(g, f) {
				used[i] = true
				n++
				break
			}
		}
	}
	return n
}
