package evaluate

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
)

// Stats are the counts and shares over some rows. Shares are 0 to 1, rounded
// to four places, and left out where nothing was measured.
type Stats struct {
	Rows           int `json:"rows"`
	Right          int `json:"right"`           // answerable rows that passed; texts where all quantities were found and no other
	Wrong          int `json:"wrong"`           // answerable rows that were answered otherwise; the other texts
	WronglyRefused int `json:"wrongly_refused"` // answerable rows that were refused
	RightlyRefused int `json:"rightly_refused"`
	WronglyAnswer  int `json:"wrongly_answered"` // unanswerable rows that were answered

	Accuracy  *float64 `json:"accuracy,omitempty"`  // right / answerable
	Precision *float64 `json:"precision,omitempty"` // right / answered, unanswerable rows included
	Refusals  *float64 `json:"refusals,omitempty"`  // rightly refused / unanswerable

	// Of rows with answers.
	Exact   *float64 `json:"exact,omitempty"`
	F1      *float64 `json:"f1,omitempty"`
	Numeric *float64 `json:"numeric,omitempty"`
	First   *float64 `json:"first_sentence,omitempty"` // the first quote has an answer
	InThree *float64 `json:"in_three,omitempty"`       // one of the first three quotes has

	// Of rows with wrong answers beside the right ones.
	Covered       *float64 `json:"covered,omitempty"`        // mean share of the right answers shown
	AllShown      *float64 `json:"all_shown,omitempty"`      // all of them shown, no wrong one in the headline
	WrongHeadline *float64 `json:"wrong_headline,omitempty"` // a wrong one in the headline

	// Of rows with a text.
	ValueF1 *float64 `json:"value_f1,omitempty"`
	UnitF1  *float64 `json:"unit_f1,omitempty"` // value and unit
}

// Summary is the stats of a run, all rows together and by kind.
type Summary struct {
	Stats
	Kinds map[string]*Stats `json:"kinds,omitempty"`
}

// Summarise counts the results.
func Summarise(results []Result) Summary {
	byKind := map[string][]Result{}
	for _, r := range results {
		byKind[r.Row.Kind] = append(byKind[r.Row.Kind], r)
	}
	sum := Summary{Stats: *statsOf(results), Kinds: map[string]*Stats{}}
	for kind, list := range byKind {
		sum.Kinds[kind] = statsOf(list)
	}
	return sum
}

func statsOf(results []Result) *Stats {
	s := &Stats{Rows: len(results)}
	var gold, rivals []Score
	var quantities, found, byValue, byUnit int
	texts, textsRight := 0, 0
	for _, r := range results {
		if r.Row.IsText() {
			texts++
			quantities, found = quantities+r.Score.Quantities, found+r.Score.Found
			byValue, byUnit = byValue+r.Score.ByValue, byUnit+r.Score.ByUnit
			if r.Score.Right {
				textsRight++
			}
			continue
		}
		s.count(r)
		if r.Score.Gold {
			gold = append(gold, r.Score)
		}
		if r.Score.Rivals {
			rivals = append(rivals, r.Score)
		}
	}
	if texts > 0 {
		s.ValueF1, s.UnitF1 = f1(byValue, quantities, found), f1(byUnit, quantities, found)
	}
	answered := s.Right + s.Wrong + s.WronglyAnswer
	s.Accuracy = share(float64(s.Right), s.Right+s.Wrong+s.WronglyRefused)
	s.Precision = share(float64(s.Right), answered)
	s.Refusals = share(float64(s.RightlyRefused), s.RightlyRefused+s.WronglyAnswer)
	s.Exact = mean(gold, func(x Score) float64 { return one(x.Exact) })
	s.F1 = mean(gold, func(x Score) float64 { return x.F1 })
	s.Numeric = mean(gold, func(x Score) float64 { return one(x.Numeric) })
	s.First = mean(gold, func(x Score) float64 { return one(x.First) })
	s.InThree = mean(gold, func(x Score) float64 { return one(x.InThree) })
	s.Covered = mean(rivals, func(x Score) float64 { return x.Covered })
	s.AllShown = mean(rivals, func(x Score) float64 { return one(x.AllShown) })
	s.WrongHeadline = mean(rivals, func(x Score) float64 { return one(x.WrongHeadline) })
	s.Right, s.Wrong = s.Right+textsRight, s.Wrong+texts-textsRight
	return s
}

func (s *Stats) count(r Result) {
	switch {
	case r.Row.IsAnswerable() && r.Score.Right:
		s.Right++
	case r.Row.IsAnswerable() && r.Score.Answered:
		s.Wrong++
	case r.Row.IsAnswerable():
		s.WronglyRefused++
	case r.Score.Right:
		s.RightlyRefused++
	default:
		s.WronglyAnswer++
	}
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func mean(scores []Score, of func(Score) float64) *float64 {
	sum := 0.0
	for _, s := range scores {
		sum += of(s)
	}
	return share(sum, len(scores))
}

// share is part / whole, nil where there is no whole.
func share(part float64, whole int) *float64 {
	if whole == 0 {
		return nil
	}
	x := math.Round(part/float64(whole)*1e4) / 1e4
	return &x
}

// f1 is the harmonic mean of precision and recall.
func f1(right, gold, found int) *float64 { return share(2*float64(right), gold+found) }

// A column of the table.
type column struct {
	head string
	of   func(*Stats) *float64
}

var columns = []column{
	{"accuracy", func(s *Stats) *float64 { return s.Accuracy }},
	{"precision", func(s *Stats) *float64 { return s.Precision }},
	{"refusals", func(s *Stats) *float64 { return s.Refusals }},
	{"exact", func(s *Stats) *float64 { return s.Exact }},
	{"F1", func(s *Stats) *float64 { return s.F1 }},
	{"numeric", func(s *Stats) *float64 { return s.Numeric }},
	{"sentence", func(s *Stats) *float64 { return s.First }},
	{"in three", func(s *Stats) *float64 { return s.InThree }},
	{"covered", func(s *Stats) *float64 { return s.Covered }},
	{"all shown", func(s *Stats) *float64 { return s.AllShown }},
	{"wrong first", func(s *Stats) *float64 { return s.WrongHeadline }},
	{"value F1", func(s *Stats) *float64 { return s.ValueF1 }},
	{"unit F1", func(s *Stats) *float64 { return s.UnitF1 }},
}

// Print writes the summary as a table, a kind a line. Columns that nothing
// was measured for are left out.
func (s Summary) Print(w io.Writer) error {
	var used []column
	for _, c := range columns {
		if c.of(&s.Stats) != nil {
			used = append(used, c)
		}
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(t, "kind\trows\tright\twrong\trefused\trightly refused\twrongly answered\t")
	for _, c := range used {
		fmt.Fprint(t, c.head, "\t")
	}
	fmt.Fprintln(t)
	line := func(name string, s *Stats) {
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t", name, s.Rows, s.Right, s.Wrong, s.WronglyRefused, s.RightlyRefused, s.WronglyAnswer)
		for _, c := range used {
			if x := c.of(s); x != nil {
				fmt.Fprint(t, strings.TrimPrefix(fmt.Sprintf("%.3f", *x), "0"), "\t")
			} else {
				fmt.Fprint(t, "\t")
			}
		}
		fmt.Fprintln(t)
	}
	for _, kind := range slices.Sorted(maps.Keys(s.Kinds)) {
		if len(s.Kinds) > 1 {
			line(kind, s.Kinds[kind])
		}
	}
	line("all", &s.Stats)
	return t.Flush()
}
