package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sourceline/bot/evaluate"
)

func rowsOf() ([]*evaluate.Row, map[string][]evaluate.Article) {
	zero := 0
	row := func(id, in, question, answer string) *evaluate.Row {
		return &evaluate.Row{ID: id, Corpus: in, Question: question, Answers: []string{answer}, GoldArticle: &zero, Kind: "when"}
	}
	rows := []*evaluate.Row{
		row("a1", "Ports", "When did the first ferry reach Port Azul?", "1911"),
		row("a2", "Ports", "How many boats were lost in 1920?", "three"),
		row("b1", "Mills", "When did the mill of Anders Holt open?", "1840"),
		row("b2", "Mills", "Who built the largest wheel in Northfield?", "Anders Holt"),
		row("b3", "Mills", "When was the mill closed?", "1902"),
		row("b4", "Mills", "Why did the mill close in 1902?", "a flood"),
	}
	return rows, map[string][]evaluate.Article{
		"Ports": {{Title: "Ports#0", Text: "The first ferry reached Port Azul in 1911. In 1920 three boats were lost. It was a bad year."}},
		"Mills": {{Title: "Mills#0", Text: "Anders Holt opened the mill in 1840. It closed in 1902 after a flood. The wheel was his."}},
	}
}

func TestMakeAll(t *testing.T) {
	rows, corpora := rowsOf()
	made := makeAll(rows, corpora, 1)
	if again := makeAll(rows, corpora, 1); !cmp.Equal(made, again) {
		t.Errorf("the same seed made other questions: %s", cmp.Diff(made, again))
	}
	seen := map[string]int{}
	for _, e := range made {
		seen[e.Kind]++
		if e.Answerable {
			t.Errorf("%s is said to be answerable", e.ID)
		}
		r := rows[0]
		for _, r = range rows {
			if strings.HasPrefix(e.ID, r.ID) {
				break
			}
		}
		switch e.Kind {
		case "other_title":
			if e.Corpus == r.Corpus {
				t.Errorf("%s is asked of its own title %q", e.ID, e.Corpus)
			}
		case "sentence_removed":
			for _, a := range e.Articles {
				if holds(a.Text, r.Answers) {
					t.Errorf("%s: %q still holds %q", e.ID, a.Text, r.Answers)
				}
			}
		default:
			if e.Question == r.Question {
				t.Errorf("%s: nothing was swapped in %q", e.ID, e.Question)
			}
		}
	}
	if len(seen) < len(kinds)-1 {
		t.Errorf("only the kinds %v were made", seen)
	}
}

func TestSwaps(t *testing.T) {
	rows, corpora := rowsOf()
	m := &maker{rows: rows, corpora: corpora}
	if got, ok := m.swapAntonym("When did the first ferry leave?"); !ok || got != "When did the last ferry leave?" {
		t.Errorf("antonym: got %q, %v", got, ok)
	}
	if _, ok := m.swapAntonym("When did ferries go?"); ok {
		t.Error("an antonym was found where there is none")
	}
}
