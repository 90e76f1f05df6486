package corpus

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/clipperhouse/uax29/v2/sentences"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// In each text "‖" stands for the space between two sentences, and "¦" for a
// break without one.
func TestSentenceBreaks(t *testing.T) {
	tests := []string{
		"Mr. Smith met Gen. Jones on Jan. 2 in St. Louis.‖They spoke.",
		"She lives in the U.S. Army base.‖He moved to the U.S.‖The flight took hours.",
		"George W. Bush and J. K. Rowling came.‖So did he.",
		"He had vitamin C.‖It helped.",
		"The talks ended at 5 p.m. Monday.‖Police came at 6 p.m.‖Nobody was hurt.",
		"Acme Inc. Chief Executive Jo Doe left Acme Inc.‖He was 60.",
		"No. 10 said no.‖Fifty came.",
		"“Will it rain?” he asked.‖“Yes!” she said.",
		"“Old man out!” Jane Doe shouted.‖Nobody answered.",
		"“Why?”‖The president left.",
		"It came to light... it was late.‖He waited...‖The train left.",
		"He waited…‖The train left.",
		"“It was an attempt. ”¦He said no more.",
		"\"It is over. \"‖He left.",
		"We will not let them. “",
		"It rose to 2.5 percent, i.e. more than in Jan. 2020.‖That is a lot.",
		"Prices rose by 3 percent.[12]‖In 2019 they fell.[a][3]‖They rose again.",
		"The states.[page needed]‖Between 1917 and 1939 they fell.",
		"They left the square.¦The police came.",
		"See example.com and Node.Js today.",
		"The fire is out.”¦He left.",
		"1. The first item is long.",
		"PARIS, Jan. 3 (Agency) - The minister resigned.‖A new one comes.",
		"THE U.S. ARMY CAME TO ST. PAUL ON DEC. 3.‖IT LEFT.",
		"Dr. No and Prof. Yes met vs. Mr. Maybe.‖Ok.",
		"He said that (it rained.)‖They left.",
		"Ph.D. students came.‖The Ph.D. Program ended.",
	}
	for _, marked := range tests {
		text := strings.NewReplacer("‖", " ", "¦", "").Replace(marked)
		var got []string
		for _, s := range Sentences(Inline("t", text, time.Time{})) {
			got = append(got, s.Text())
		}
		want := strings.FieldsFunc(marked, func(r rune) bool { return r == '‖' || r == '¦' })
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s\n(-want +got)\n%s", marked, diff)
		}
	}
}

// TestSentencesGolden holds lines, paragraphs and roles: each archive has an
// article and its sentences, one a line.
func TestSentencesGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/sentences/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a, err := Parse(ar.Files[0].Name, ar.Files[0].Data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
			continue
		}
		got := dump(a)
		if *update {
			ar.Files = []txtar.File{ar.Files[0], {Name: "sentences", Data: []byte(got)}}
			if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if diff := cmp.Diff(string(ar.Files[1].Data), got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", file, diff)
		}
	}
}

// TestEmbeddedGolden holds the sentences of the embedded articles.
func TestEmbeddedGolden(t *testing.T) {
	articles, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		file := filepath.Join("testdata/embedded", a.ID+".golden")
		got := dump(a)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", a.ID, diff)
		}
	}
}

func dump(a *Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "title %s\n", a.Title)
	if !a.Date.IsZero() {
		fmt.Fprintf(&b, "date %s\n", a.Date.Format(dateFormat))
	}
	for _, s := range Sentences(a) {
		fmt.Fprintf(&b, "%d p%d %s: %s\n", s.Line, s.Paragraph, s.Role, strings.ReplaceAll(s.Text(), "\n", "⏎"))
	}
	return b.String()
}

// checkSentences holds what is true of the sentences of any text.
func checkSentences(t *testing.T, a *Article) {
	t.Helper()
	at, paragraph := 0, 0
	for _, s := range Sentences(a) {
		if s.Span.Start < at || s.Span.End <= s.Span.Start || s.Span.End > len(a.Text) {
			t.Fatalf("span %v after offset %d of %d", s.Span, at, len(a.Text))
		}
		if gap := a.Text[at:s.Span.Start]; strings.TrimSpace(gap) != "" {
			t.Fatalf("text outside of every sentence: %q", gap)
		}
		if text := s.Text(); strings.TrimSpace(text) != text {
			t.Fatalf("sentence is not trimmed: %q", text)
		}
		if line := 1 + strings.Count(a.Text[:s.Span.Start], "\n"); line != s.Line {
			t.Fatalf("line %d, want %d", s.Line, line)
		}
		if s.Paragraph < paragraph {
			t.Fatalf("paragraph %d after %d", s.Paragraph, paragraph)
		}
		at, paragraph = s.Span.End, s.Paragraph
	}
	if rest := a.Text[at:]; strings.TrimFunc(rest, unicode.IsSpace) != "" {
		t.Fatalf("text after the last sentence: %q", rest)
	}
}

func FuzzSentences(f *testing.F) {
	articles, err := Embedded()
	if err != nil {
		f.Fatal(err)
	}
	for _, a := range articles {
		f.Add(a.Text)
	}
	f.Add("A.B. ” [1] … “?” x\r\n\r\n• Read also: y\n1. Z")
	f.Add("ROME, 3 JAN 90 -- [REPORT] [TEXT] U.S. NO. 4.”HE[")
	f.Fuzz(func(t *testing.T, text string) {
		checkSentences(t, Inline("title", text, time.Time{}))
		checkSentences(t, Inline(firstLineTitle(text), text, time.Time{}))
	})
}

// FuzzIsOne: what is taken for one sentence at sight is one by the rules of
// Unicode too.
func FuzzIsOne(f *testing.F) {
	for _, s := range []string{"Rain fell.", "Rain fell (12 mm), said J", "a; b: c\x7f!", "Rain fell?!", "Who? Me", "\"Yes.\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		pieces := sentences.FromString(text)
		if isOne(text) && (!pieces.Next() || pieces.Next()) {
			t.Errorf("%q is not one sentence", text)
		}
	})
}

func BenchmarkSentences(b *testing.B) {
	articles, err := Embedded()
	if err != nil {
		b.Fatal(err)
	}
	size := 0
	for _, a := range articles {
		size += len(a.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range articles {
			Sentences(a)
		}
	}
}

// TestLongLines keeps the splitter linear: a line of a megabyte, and a block of
// many lines.
func TestLongLines(t *testing.T) {
	for name, text := range map[string]string{
		"one line":  strings.Repeat("The man came in and left again. ", 1<<15),
		"no points": strings.Repeat("word ", 1<<18),
		"points":    strings.Repeat("a.b…", 1<<17),
		"quotes":    strings.Repeat(`". "`, 1<<16),
		"lines":     strings.Repeat("The man came into the town and left again for the next\n", 1<<14),
	} {
		start := time.Now()
		checkSentences(t, Inline("t", text, time.Time{}))
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %d bytes took %v", name, len(text), took)
		}
	}
}
