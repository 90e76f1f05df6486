package evaluate

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sourceline/answers"
	"sourceline/corpus"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A set is a question file whose score is kept as a golden file.
type set struct {
	file     string
	folder   string // articles of the rows that bring none; "" for the embedded ones
	articles string // file of the articles that rows name
	force    bool
}

// TestQuality holds the score of every set to its golden file: a change of
// behaviour is a diff.
func TestQuality(t *testing.T) {
	sets := []set{
		{file: "testdata/kazakhstan-dev.jsonl"},
		{file: "testdata/wire.jsonl", articles: "testdata/wire-articles.jsonl"},
		{file: "testdata/encyclopedia.jsonl", articles: "testdata/encyclopedia-articles.jsonl"},
	}
	events, err := filepath.Glob("../../answers/testdata/events/*/questions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range events {
		sets = append(sets, set{file: file, folder: filepath.Dir(file)})
	}
	for _, s := range sets {
		t.Run(s.name(), func(t *testing.T) { s.check(t) })
	}
}

// TestBench does the same for the question sets that are no part of the
// repository. The environment variable SOURCELINE_BENCH names their folder.
func TestBench(t *testing.T) {
	bench := os.Getenv("SOURCELINE_BENCH")
	if bench == "" {
		t.Skip("SKIPPED: SOURCELINE_BENCH names no folder of question sets")
	}
	if testing.Short() {
		t.Skip("SKIPPED: short")
	}
	articles := filepath.Join(bench, "corpora", "newwiki.jsonl")
	files, err := filepath.Glob(filepath.Join(bench, "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no question sets in %s", bench)
	}
	for _, file := range files {
		s := set{file: file}
		if strings.HasPrefix(filepath.Base(file), "newwiki") {
			s.articles, s.force = articles, true
		}
		t.Run(s.name(), func(t *testing.T) { s.check(t) })
	}
}

// name is the file's, or of a file "questions" its folder's.
func (s set) name() string {
	name := strings.TrimSuffix(filepath.Base(s.file), ".jsonl")
	if name == "questions" {
		return filepath.Base(filepath.Dir(s.file))
	}
	return name
}

func (s set) check(t *testing.T) {
	f, err := os.Open(s.file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := ReadRows(s.file, f)
	if err != nil {
		t.Fatal(err)
	}
	s.relabel(t, rows)
	results, err := Run(t.Context(), rows, s.options(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		checkVerbatim(t, r)
	}
	got, err := json.MarshalIndent(Summarise(results), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	golden := filepath.Join("testdata/stats", s.name()+".json")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatalf("%v (go test ./bot/evaluate -update writes it)", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("the score has changed; where that is meant, run go test ./bot/evaluate -update (-want +got)\n%s", diff)
	}
}

// hardLabels are the rows of the hard refusals that the article answers after
// all.
const hardLabels = "../../answers/extract/testdata/hard_labels.txt"

func (s set) relabel(t *testing.T, rows []*Row) {
	f, err := os.Open(hardLabels)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := Relabel(rows, f); err != nil {
		t.Fatal(err)
	}
}

func (s set) options(t *testing.T) Options {
	o := Options{Loaded: sync.OnceValues(func() (*answers.Base, error) {
		articles, err := corpus.Embedded()
		if s.folder != "" {
			articles, _, err = corpus.Load(s.folder)
		}
		if err != nil {
			return nil, err
		}
		return answers.New(articles)
	})}
	if s.force {
		o.Answer = (*answers.Base).Force
	}
	if s.articles == "" {
		return o
	}
	f, err := os.Open(s.articles)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if o.Corpora, err = ReadCorpora(s.articles, f); err != nil {
		t.Fatal(err)
	}
	return o
}

// checkVerbatim holds what is promised of every answer: quotes are sentences of
// their articles, the headline and the figures stand in a quote.
func checkVerbatim(t *testing.T, r Result) {
	t.Helper()
	a := r.Answer
	var quotes []string
	for _, e := range append(append([]answers.Evidence(nil), a.Evidence...), a.Nearest...) {
		quotes = append(quotes, e.Quote())
		for _, h := range e.Highlight {
			if !e.Span.Contains(h) {
				t.Errorf("row %q: highlight %v lies outside of its quote %v", r.Row.ID, h, e.Span)
			}
		}
	}
	shown := []string{a.Headline}
	for _, f := range a.Figures {
		shown = append(shown, f.Text)
	}
	all := strings.Join(quotes, "\x00")
	for _, text := range shown {
		if !strings.Contains(all, text) {
			t.Errorf("row %q: %q stands in no quote", r.Row.ID, text)
		}
	}
	if !a.Answered() && len(a.Figures) > 0 {
		t.Errorf("row %q: a refusal with figures", r.Row.ID)
	}
}
