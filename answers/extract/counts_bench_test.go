package extract

import (
	"bufio"
	"encoding/json"
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
func factsOf(text string) []*fact.Fact {
	a := corpus.Inline("article", text, time.Time{})
	var facts []*fact.Fact
	for _, s := range corpus.Sentences(a) {
		tokens := english.Tokens(s.Text(), s.Span.Start)
		qs := quantity.Find(a.Text, tokens)
		ts := timex.Find(a.Text, tokens, a.Date)
		facts = append(facts, &fact.Fact{Sentence: s, Tokens: tokens, Counts: counts(tokens, qs, ts)})
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

func (s *score) add(how string) {
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
}

func (s *score) accuracy() float64  { return ratio(s.right, s.right+s.wrong+s.missed) }
func (s *score) precision() float64 { return ratio(s.right, s.right+s.wrong+s.answered) }
func (s *score) refusals() float64  { return ratio(s.refused, s.refused+s.answered) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// ask answers one row, and says how: right, wrong, missed, refused rightly or
// answered wrongly.
func ask(r benchRow, facts []*fact.Fact) (string, []match.Choice) {
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

// readLabels are the rows of the hard sets that are answerable after all, by
// their ID.
func readLabels(t testing.TB) map[string]bool {
	data, err := os.ReadFile(filepath.Join("testdata", "hard_labels.txt"))
	if err != nil {
		t.Fatal(err)
	}
	labels := map[string]bool{}
	for line := range strings.Lines(string(data)) {
		if id, _, ok := strings.Cut(line, "\t"); ok {
			labels[id] = true
		}
	}
	return labels
}

// TestCasualtyQuestions holds the links and the choice among them to what they
// reach on the questions about casualties. With COUNTS_SHOW=wrong,missed it
// logs those rows.
func TestCasualtyQuestions(t *testing.T) {
	labels := readLabels(t)
	cache := map[string][]*fact.Fact{}
	for _, set := range []struct {
		name                          string
		accuracy, precision, refusals float64 // at least
	}{
		{"muc4_dev.jsonl", 0.90, 0.93, 0.99},
		{"muc4_dev_crossevent.jsonl", 0, 0, 0.98},
		{"muc4_dev_othergroup.jsonl", 0, 0, 0.98},
	} {
		var s score
		for _, r := range readRows(t, set.name) {
			if labels[r.ID] {
				continue
			}
			text := r.Articles[0].Text
			facts, ok := cache[text]
			if !ok {
				facts = factsOf(text)
				cache[text] = facts
			}
			how, choices := ask(r, facts)
			s.add(how)
			if strings.Contains(os.Getenv("COUNTS_SHOW"), how) {
				show(t, r, how, choices, facts)
			}
		}
		t.Logf("%s: accuracy %.3f, precision %.3f, refusals %.3f %+v", set.name, s.accuracy(), s.precision(), s.refusals(), s)
		if s.accuracy() < set.accuracy || set.precision > 0 && s.precision() < set.precision || s.refusals() < set.refusals {
			t.Errorf("%s: below accuracy %.2f, precision %.2f, refusals %.2f", set.name, set.accuracy, set.precision, set.refusals)
		}
	}
}

// show logs how a row was answered and the counts that could have answered it.
func show(t *testing.T, r benchRow, how string, choices []match.Choice, facts []*fact.Fact) {
	t.Logf("%s %s %s %v", how, r.ID, r.Question, r.Answers)
	for _, c := range choices[:min(3, len(choices))] {
		t.Logf("   %s %+v: %.300s", countLine(*c.Count), c.Fit, facts[c.Fact].Sentence.Text())
	}
	for _, f := range facts {
		for _, c := range f.Counts {
			if slices.ContainsFunc(r.Answers, func(a string) bool { v, ok := numberOf(a); return ok && v == c.Quantity.Low }) {
				t.Logf("   gold? %s: %.300s", countLine(c), f.Sentence.Text())
			}
		}
	}
}

func BenchmarkCounts(b *testing.B) {
	type sentence struct {
		text   string
		tokens []english.Token
		qs     []quantity.Quantity
		ts     []timex.Time
	}
	var sentences []sentence
	tokens := 0
	for _, text := range sampleTexts(b) {
		a := corpus.Inline("article", text, time.Time{})
		for _, s := range corpus.Sentences(a) {
			tok := english.Tokens(s.Text(), s.Span.Start)
			sentences = append(sentences, sentence{a.Text, tok, quantity.Find(a.Text, tok), timex.Find(a.Text, tok, a.Date)})
			tokens += len(tok)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range sentences {
			counts(s.tokens, s.qs, s.ts)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(tokens), "ns/token")
}

// sampleTexts are the embedded articles.
func sampleTexts(b *testing.B) []string {
	articles, err := corpus.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	var texts []string
	for _, a := range articles {
		texts = append(texts, a.Text)
	}
	return texts
}
