package evaluate

import (
	"context"
	"errors"
	"strings"
	"testing"

	"sourceline/answers"
	"sourceline/answers/question"
)

func TestReadRows(t *testing.T) {
	rows, err := ReadRows("f", strings.NewReader(`{"question":"q?","unknown":1}`+"\n\n"+`{"id":"x","text":"3 cats","quantities":[{"value":"3"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || rows[0].ID != "line 1" || !rows[0].IsAnswerable() || rows[1].Line != 3 || !rows[1].IsText() {
		t.Errorf("rows %+v %+v", rows[0], rows[1])
	}
}

func TestReadErrors(t *testing.T) {
	tests := []struct{ data, want string }{
		{"", "f: no rows"},
		{"{", "f:1: not a JSON object"},
		{`{"question":"q"}` + "\n[]", "f:2: "},
		{`{"id":"x"}`, `f:1: the row has neither "question" nor "text"`},
		{`{"id":"x","question":"q"}` + "\n" + `{"id":"x","question":"q"}`, `f:2: id "x" is also that of line 1`},
		{`{"question":"q","figures":"3"}`, `f:1: "figures" is a string`},
		{`{"question":"q","corpus":"c","articles":[{"title":"t"}]}`, "one of the two"},
	}
	for _, test := range tests {
		if _, err := ReadRows("f", strings.NewReader(test.data)); err == nil || !strings.HasPrefix(err.Error(), strings.Split(test.want, "…")[0]) && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: error %v, want %q", test.data, err, test.want)
		}
	}
	for _, data := range []string{"", "{}", `{"corpus":"c","articles":[{"title":"t"}]}` + "\n" + `{"corpus":"c","articles":[{"title":"t"}]}`} {
		if _, err := ReadCorpora("f", strings.NewReader(data)); err == nil {
			t.Errorf("corpora %q: no error", data)
		}
	}
}

func TestRelabel(t *testing.T) {
	rows := []*Row{{ID: "a", Answerable: ptr(false), MustNot: []string{"x"}}, {ID: "b", Answerable: ptr(false)}, {ID: "c", Answers: []string{"1"}}}
	n, err := Relabel(rows, strings.NewReader("# note\n\na\t4\tFOUR DIED\nc\t2\nd\t3\n"))
	if err != nil || n != 1 || !rows[0].IsAnswerable() || rows[0].Answers[0] != "4" || rows[0].MustNot != nil || rows[1].IsAnswerable() || rows[2].Answers[0] != "1" {
		t.Errorf("%d changed, error %v, rows %+v %+v %+v", n, err, rows[0], rows[1], rows[2])
	}
	if _, err := Relabel(rows, strings.NewReader("a\n")); err == nil {
		t.Error("a line without an answer is no error")
	}
}

const village = `"articles":[{"title":"Village","text":"Forty people were killed in the village on Monday, police said.","date":"2024-03-05"}]`

func TestRun(t *testing.T) {
	rows, err := ReadRows("f", strings.NewReader(
		`{"id":"a","question":"How many people were killed?","kind":"count",`+village+`,"answers":["40"]}`+"\n"+
			`{"id":"b","question":"How many dogs were sold?","answerable":false,`+village+`}`+"\n"+
			`{"id":"c","question":"How many people were killed?","kind":"count","corpus":"v","gold_article":0,"answers":["40"]}`))
	if err != nil {
		t.Fatal(err)
	}
	corpora, err := ReadCorpora("g", strings.NewReader(`{"corpus":"v",`+village+`}`))
	if err != nil {
		t.Fatal(err)
	}
	builds := map[*answers.Base]bool{}
	count := make(chan *answers.Base, len(rows))
	results, err := Run(t.Context(), rows, Options{
		Corpora: corpora,
		Answer: func(b *answers.Base, ctx context.Context, q question.Question) (answers.Answer, error) {
			count <- b
			return b.Answer(ctx, q)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for range rows {
		builds[<-count] = true
	}
	if len(builds) != 2 {
		t.Errorf("%d bases were built, want one for the rows with the same articles and one for the named corpus", len(builds))
	}
	for i, r := range results {
		if r.Row != rows[i] {
			t.Errorf("result %d is of row %q", i, r.Row.ID)
		}
		if !r.Score.Right {
			t.Errorf("row %q: %s", r.Row.ID, r.Score.Why)
		}
	}
}

func TestRunErrors(t *testing.T) {
	tests := []struct{ row, want string }{
		{`{"id":"a","question":"q","corpus":"none"}`, `row "a": its corpus "none" is not known`},
		{`{"id":"a","question":"q","articles":[{"title":"t","text":"x"},{"title":"t","text":"y"}]}`, `ID "t"`},
		{`{"id":"a","question":"q","articles":[{"title":"t","text":"x","date":"soon"}]}`, `date "soon"`},
		{`{"id":"a","question":"` + strings.Repeat("long ", 500) + `","articles":[{"title":"t","text":"x"}]}`, "2000"},
		{`{"id":"a","question":"q"}`, "no folder"},
	}
	for _, test := range tests {
		rows, err := ReadRows("f", strings.NewReader(test.row))
		if err != nil {
			t.Fatal(err)
		}
		_, err = Run(t.Context(), rows, Options{Loaded: func() (*answers.Base, error) { return nil, errors.New("no folder") }})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%.60s: error %v, want %q", test.row, err, test.want)
		}
	}
}

func FuzzReadRows(f *testing.F) {
	f.Add(`{"id":"a","question":"q?","articles":[{"title":"t","text":"x"}],"must_quote":[{"file":"a.txt","contains":"x"}]}`)
	f.Add("{\"text\":\"3 cats\",\"quantities\":[{\"value\":\"3\"}]}\n{}")
	f.Fuzz(func(t *testing.T, data string) {
		rows, err := ReadRows("f", strings.NewReader(data))
		if err == nil && len(rows) == 0 {
			t.Error("no rows and no error")
		}
		for _, r := range rows {
			for _, q := range r.MustQuote {
				q.articleID()
			}
		}
	})
}
