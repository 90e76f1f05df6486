package question

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/index"
	"sourceline/corpus"
)

var update = flag.Bool("update", false, "write the goldens anew")

// words is an index of sentences that hold no facts but their words.
func words(lines string) index.Index {
	article := corpus.Inline("a", lines, time.Time{})
	out := &fact.Article{Article: article}
	start := 0
	for i, line := range strings.SplitAfter(article.Text, "\n") {
		span := corpus.Span{Start: start, End: start + len(line)}
		start = span.End
		out.Facts = append(out.Facts, fact.Fact{ID: fact.ID{Article: "a", Span: span}, Sentence: corpus.Sentence{Article: article, Span: span}, Number: i, Tokens: english.Tokens(line, span.Start)})
	}
	return index.NewMemory([]*fact.Article{out})
}

// listed are the names of a golden file, one a line, its aliases after it.
type listed map[string][]string

func (l listed) Aliases(name string) []string { return l[name] }

func listNames(lines string) listed {
	l := listed{}
	for line := range strings.Lines(lines) {
		names := strings.Split(strings.TrimSpace(line), ", ")
		for _, n := range names {
			if n != "" {
				l[n] = names
			}
		}
	}
	return l
}

// TestParse reads the questions of testdata/*.txtar: the file "corpus" holds
// the words that the articles have, "names" their names; each other file is
// named by a question (later turns after " / ") and holds how it is read.
func TestParse(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no goldens", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var idx index.Index
		var names listed
		for i := range archive.Files {
			f := &archive.Files[i]
			switch f.Name {
			case "corpus":
				idx = words(string(f.Data))
				continue
			case "names":
				names = listNames(string(f.Data))
				continue
			}
			var turns []Turn
			var q Question
			for text := range strings.SplitSeq(f.Name, " / ") {
				q, err = Parse(context.Background(), idx, names, time.Time{}, text, turns...)
				if err != nil {
					t.Fatal(err)
				}
				turns = append(turns, Turn{Question: q})
			}
			if *update {
				f.Data = []byte(q.String())
				continue
			}
			if diff := cmp.Diff(string(f.Data), q.String()); diff != "" {
				t.Errorf("%s: %q (-want +got)\n%s", file, f.Name, diff)
			}
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestParseTooLong(t *testing.T) {
	_, err := Parse(context.Background(), words("x"), listed{}, time.Time{}, strings.Repeat("é", MaxLength+1))
	var long TooLongError
	if !errors.As(err, &long) || long.Length != MaxLength+1 {
		t.Errorf("got %v, want a TooLongError of %d", err, MaxLength+1)
	}
	if _, err := Parse(context.Background(), words("x"), listed{}, time.Time{}, strings.Repeat("é", MaxLength)); err != nil {
		t.Error(err)
	}
}

func FuzzParse(f *testing.F) {
	idx := words("Three hundred soldiers were killed in Ruritania.\nThe strike began on Monday.\n")
	names := listNames("ruritania\n")
	for _, s := range []string{"how many", "hw mny ppl kiled?", "and them?", "what did", "who is", "", "…", "\xff how \x00 many", "from when to when", "what does X stand for", "was it 6,000 or 8,000?", "how many lives were lost overall", "what age is the ex-president", "what happened to X", "what did X do on Monday", "which figure was withdrawn", "what was the age before"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q, err := Parse(context.Background(), idx, names, time.Time{}, text)
		if err != nil {
			return
		}
		again, err := Parse(context.Background(), idx, names, time.Time{}, text, Turn{Question: q})
		if err != nil {
			t.Fatal(err)
		}
		for _, term := range again.Terms {
			if term.Span.End > len(text) || term.Span.Start > term.Span.End {
				t.Fatalf("term %+v lies outside %q", term, text)
			}
		}
	})
}

// TestParseSharesForms holds Parse to leaving the forms of words alone, which all
// tokens of a word share: one question must not change how the next is read.
func TestParseSharesForms(t *testing.T) {
	idx := words("Michael was charged with treason. Officials were sacked in Zenda.\n")
	names := listNames("michael\nzenda\n")
	for _, text := range []string{
		"who fired Michael", "why were the officials fired", "what is Michael accused of", "what are the charges against Michael", "how many lost their lives overall",
		"which officials stepped down", "u s troops", "how many in hospital", "hw many ppl detaned", "what age is the ex-president", "who is missing",
	} {
		before := forms(text)
		if _, err := Parse(context.Background(), idx, names, time.Time{}, text); err != nil {
			t.Fatal(err)
		}
		if after := forms(text); before != after {
			t.Errorf("%q changed its words:\n%s\nwas\n%s", text, after, before)
		}
	}
}

func forms(text string) string {
	var b strings.Builder
	for _, t := range english.Tokens(text, 0) {
		fmt.Fprintf(&b, "%s %s %d; ", t.Norm, t.Lemma, t.Class)
	}
	return b.String()
}
