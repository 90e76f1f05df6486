package extract

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/match"
	"sourceline/answers/quantity"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// A benchRow is a question about one news article, as $SOURCELINE_BENCH has it.
type benchRow struct {
	ID         string
	Question   string
	Answers    []string
	Answerable bool
	Kind       string
	Articles   []struct{ Title, Text string }
}

func readRows(t testing.TB, name string) []benchRow {
	dir := os.Getenv("SOURCELINE_BENCH")
	if dir == "" {
		t.Skip("SKIPPED: SOURCELINE_BENCH is not set")
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []benchRow
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		var r benchRow
		if err := json.Unmarshal(s.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	return rows
}

// factsOf extracts the counts of one text.
func factsOf(text string) []fact.Fact {
	a := corpus.Inline("article", text, time.Time{})
	var facts []fact.Fact
	for _, s := range corpus.Sentences(a) {
		tokens := english.Tokens(s.Text(), s.Span.Start)
		qs := quantity.Find(a.Text, tokens)
		ts := timex.Find(a.Text, tokens, a.Date)
		facts = append(facts, fact.Fact{Sentence: s, Tokens: tokens, Counts: counts(a.Text, tokens, qs, ts, nil)})
	}
	return facts
}

// benchQuery reads the questions of the set, which all have one form: "How
// many members of the police were killed?"
func benchQuery(question string) match.Query {
	tokens := english.Tokens(strings.TrimSuffix(question, "?"), 0)[2:]
	verb := tokens[len(tokens)-1]
	q := match.Query{Verb: verb.Lemma, Events: english.Events(verb.Lemma)}
	tokens = tokens[:len(tokens)-2]
	main := tokens
	for i, t := range tokens {
		if t.Is(english.Preposition) {
			main = tokens[:i]
			break
		}
	}
	if i := slices.IndexFunc(main, func(t english.Token) bool { return t.Norm == "and" }); i > 0 {
		main = main[:i]
	}
	q.Head = main[len(main)-1].Lemma
	for _, t := range tokens {
		if t.Content() && t.Lemma != q.Head && len(t.Norm) > 1 {
			q.Mods = append(q.Mods, t.Lemma)
		}
	}
	return q
}

func numberOf(answer string) (float64, bool) {
	v, err := strconv.ParseFloat(strings.ReplaceAll(answer, ",", ""), 64)
	return v, err == nil
}

// score is how questions were answered.
type score struct{ right, wrong, missed, refused, answered int }

func (s score) String() string {
	answerable := s.right + s.wrong + s.missed
	return fmt.Sprintf("accuracy %.3f (%d/%d), precision %.3f, refusals %.3f (%d/%d)",
		ratio(s.right, answerable), s.right, answerable, ratio(s.right, s.right+s.wrong+s.answered),
		ratio(s.refused, s.refused+s.answered), s.refused, s.refused+s.answered)
}

func ratio(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

// ask answers one row: 0 right, 1 wrong, 2 missed, 3 refused rightly, 4 wrongly
// answered.
func ask(r benchRow, facts []fact.Fact) (string, []match.Choice) {
	choices := match.Answer(benchQuery(r.Question), facts)
	switch {
	case r.Answerable && len(choices) == 0:
		return "missed", choices
	case r.Answerable:
		for _, a := range r.Answers {
			if v, ok := numberOf(a); ok && v == choices[0].Count.Quantity.Low {
				return "right", choices
			}
		}
		return "wrong", choices
	case len(choices) == 0:
		return "refused", choices
	default:
		return "answered", choices
	}
}

func TestCasualtyQuestions(t *testing.T) {
	cache := map[string][]fact.Fact{}
	only := os.Getenv("COUNTS_SHOW")
	for _, set := range []string{"muc4_dev.jsonl", "muc4_dev_crossevent.jsonl", "muc4_dev_othergroup.jsonl"} {
		var s score
		for _, r := range readRows(t, set) {
			text := r.Articles[0].Text
			facts, ok := cache[text]
			if !ok {
				facts = factsOf(text)
				cache[text] = facts
			}
			how, choices := ask(r, facts)
			switch how {
			case "right":
				s.right++
			case "wrong":
				s.wrong++
			case "missed":
				s.missed++
			case "refused":
				s.refused++
			default:
				s.answered++
			}
			if only != "" && strings.Contains(only, how) {
				show(r, how, choices, facts)
			}
		}
		fmt.Println(set, s)
	}
}

func show(r benchRow, how string, choices []match.Choice, facts []fact.Fact) {
	fmt.Printf("== %s %s %s %v\n", how, r.ID, r.Question, r.Answers)
	for i, c := range choices {
		if i > 3 {
			break
		}
		fmt.Printf("   [%s] %s head=%s/%s mods=%v ev=%v fit=%+v said=%d\n", c.Count.Quantity.Text, facts[c.Fact].Sentence.Text(), c.Count.Head, c.Count.Implied, c.Count.Mods, c.Count.Events, c.Fit, c.Said)
	}
	if how != "missed" && how != "wrong" {
		return
	}
	for _, f := range facts {
		for _, c := range f.Counts {
			for _, a := range r.Answers {
				if v, ok := numberOf(a); ok && v == c.Quantity.Low && c.Quantity.Unit.Kind == quantity.Count {
					fmt.Printf("   gold? [%s] head=%s/%s mods=%v of=%v ev=%v part=%d\n        %.300s\n", c.Quantity.Text, c.Head, c.Implied, c.Mods, c.Of, c.Events, c.Part, f.Sentence.Text())
				}
			}
		}
	}
}
