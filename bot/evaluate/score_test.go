package evaluate

import (
	"strings"
	"testing"
	"time"

	"sourceline/answers"
	"sourceline/corpus"
)

// quoting is evidence of one sentence, with the words between [ ] highlighted.
func quoting(id, text string) answers.Evidence {
	at := strings.IndexByte(text, '[')
	end := strings.IndexByte(text, ']')
	plain := strings.NewReplacer("[", "", "]", "").Replace(text)
	e := answers.Evidence{Article: corpus.Inline(id, plain, time.Time{}), Span: corpus.Span{Start: 0, End: len(plain)}}
	if at >= 0 {
		e.Highlight = []corpus.Span{{Start: at, End: end - 1}}
	}
	return e
}

func answerOf(headline string, figures []string, evidence ...answers.Evidence) answers.Answer {
	a := answers.Answer{Headline: headline, Evidence: evidence}
	for _, f := range figures {
		a.Figures = append(a.Figures, answers.Figure{Text: f})
	}
	return a
}

func ptr[T any](x T) *T { return &x }

func TestScoreFigures(t *testing.T) {
	line1 := quoting("one", "The army sent [some 2,030] troops.")
	line2 := quoting("two", "It sent just over [2,000] troops.")
	removed := quoting("three", "The figure of 2,030 was later removed.")
	row := func(change func(*Row)) *Row {
		r := &Row{
			Figures:   []string{"2,030", "2,000"},
			MustQuote: []Quote{{"one.txt", "sent some 2,030"}, {"two.md", "just over 2,000"}},
			MinQuotes: ptr(1),
		}
		change(r)
		return r
	}
	tests := []struct {
		name string
		row  *Row
		a    answers.Answer
		want bool
	}{
		{"figure and quote", row(func(*Row) {}), answerOf("some 2,030", nil, line1), true},
		{"figure among the figures", row(func(*Row) {}), answerOf("many", []string{"2,030"}, line1), true},
		{"no figure", row(func(*Row) {}), answerOf("2,03", nil, line1), false},
		{"no quote", row(func(*Row) {}), answerOf("2,030", nil), false},
		{"quote of another article", row(func(*Row) {}), answerOf("2,030", nil, quoting("four", "sent some 2,030")), false},
		{"too few quotes", row(func(r *Row) { r.MinQuotes = ptr(2) }), answerOf("2,030", nil, line1), false},
		{"all quotes where no number is given", row(func(r *Row) { r.MinQuotes = nil }), answerOf("2,030", nil, line1), false},
		{"both quotes", row(func(r *Row) { r.MinQuotes = nil }), answerOf("2,030", nil, line1, line2), true},
		{"conflict shown", row(func(r *Row) { r.Conflict = true }), answerOf("2,030", nil, line1, line2), true},
		{"conflict not shown", row(func(r *Row) { r.Conflict = true }), answerOf("2,030", []string{"2,030"}, line1), false},
		{"withdrawal shown", row(func(r *Row) { r.Conflict = true }), answerOf("2,030", nil, line1, removed), true},
		{"refused", row(func(*Row) {}), answers.Answer{Missing: "no article says"}, false},
	}
	for _, test := range tests {
		s := score(test.row, test.a, "")
		if s.Right != test.want || s.Right != (s.Why == "") {
			t.Errorf("%s: right %v (%s), want %v", test.name, s.Right, s.Why, test.want)
		}
	}
}

func TestScoreRefusals(t *testing.T) {
	row := &Row{Answerable: ptr(false), MustNot: []string{"164"}}
	tests := []struct {
		name string
		a    answers.Answer
		want bool
	}{
		{"refused", answers.Answer{Missing: "nothing"}, true},
		{"answered", answerOf("12", nil), false},
		{"a figure that must not be shown", answers.Answer{Figures: []answers.Figure{{Text: "164 people"}}}, false},
		{"another figure", answers.Answer{Figures: []answers.Figure{{Text: "1,640 people"}}}, true},
	}
	for _, test := range tests {
		if s := score(row, test.a, ""); s.Right != test.want {
			t.Errorf("%s: right %v (%s), want %v", test.name, s.Right, s.Why, test.want)
		}
	}
}

func TestScoreAnswers(t *testing.T) {
	line := quoting("gold", "About [fifty] peasants were taken in 1989.")
	tests := []struct {
		name                           string
		row                            Row
		a                              answers.Answer
		right, exact, numeric, inThree bool
	}{
		{"exact without its hedge", Row{Answers: []string{"50", "fifty"}, Kind: "count_killed"}, answerOf("about fifty", nil, line), true, true, true, true},
		{"numeric of a figure", Row{Answers: []string{"50 peasants"}, Kind: "how_many"}, answerOf("fifty", nil, line), true, false, true, false},
		{"numeric decides no date", Row{Answers: []string{"June 1989"}, Kind: "when"}, answerOf("1989", nil, line), false, false, true, false},
		{"wrong", Row{Answers: []string{"40"}, Kind: "how_many"}, answerOf("fifty", nil, line), false, false, false, false},
		{"refused", Row{Answers: []string{"fifty"}, Kind: "how_many"}, answers.Answer{Nearest: []answers.Evidence{line}}, false, false, false, true},
	}
	for _, test := range tests {
		s := score(&test.row, test.a, "gold")
		if s.Right != test.right || s.Exact != test.exact || s.Numeric != test.numeric || s.InThree != test.inThree {
			t.Errorf("%s: %+v", test.name, s)
		}
	}
	if s := score(&Row{Answers: []string{"fifty"}}, answerOf("fifty", nil, line), "another"); s.InThree {
		t.Error("a quote of another article than the gold one counts")
	}
}

func TestScoreRivals(t *testing.T) {
	row := &Row{Kind: "conflict_numeric", Answers: []string{"3,559 people", "10 dogs"}, Wrong: []string{"10,000 people"}}
	a := answerOf("3,559", []string{"3,559", "10,000"}, quoting("x", "There are [ten] dogs."))
	s := score(row, a, "")
	if s.Covered != 1 || !s.AllShown || s.WrongHeadline {
		t.Errorf("all shown: %+v", s)
	}
	s = score(row, answerOf("10,000", []string{"10,000", "3,559"}), "")
	if s.Covered != 0.5 || s.AllShown || !s.WrongHeadline {
		t.Errorf("half shown under a wrong headline: %+v", s)
	}
}
