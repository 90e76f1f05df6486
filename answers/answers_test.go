package answers_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sourceline/answers"
	"sourceline/answers/question"
	"sourceline/corpus"
)

var update = flag.Bool("update", false, "write the goldens anew")

// base builds the base of a folder of articles; of the embedded ones for "".
func base(t testing.TB, dir string) *answers.Base {
	t.Helper()
	articles, err := corpus.Embedded()
	if dir != "" {
		articles, _, err = corpus.Load(dir)
	}
	if err != nil {
		t.Fatal(err)
	}
	b, err := answers.New(articles)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ask asks the turns of a conversation, " / " between them, and returns the
// last answer.
func ask(t testing.TB, b *answers.Base, conversation string) answers.Answer {
	t.Helper()
	var turns []question.Turn
	var a answers.Answer
	for text := range strings.SplitSeq(conversation, " / ") {
		var err error
		if a, err = b.Ask(context.Background(), text, turns...); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		turns = append(turns, question.Turn{Question: a.Question, Facts: a.Facts})
	}
	return a
}

// print writes what a reader would check first, short.
func print(a answers.Answer) string {
	var b strings.Builder
	if !a.Answered() {
		fmt.Fprintf(&b, "refused: %s\n", a.Missing)
		return b.String()
	}
	fmt.Fprintf(&b, "%s [%s]\n", a.Headline, a.Agreement)
	for _, f := range a.Figures {
		fmt.Fprintf(&b, "figure %s (%s) %s\n", f.Text, f.Standing, strings.Join(f.Articles, " "))
	}
	for _, c := range a.Caveats {
		fmt.Fprintf(&b, "caveat %s: %s\n", c.Kind, c.Text)
	}
	for _, e := range a.Evidence {
		fmt.Fprintf(&b, "line %s:%d %s\n", e.Article.ID, e.Line, e.Attribution)
	}
	return b.String()
}

// TestGoldens asks the questions of testdata/*.txtar. The archive's comment is
// the folder of the articles, or "embedded"; each file is named by a
// conversation and holds the answer to its last question.
func TestGoldens(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no goldens: ", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		dir := strings.TrimSpace(string(archive.Comment))
		if dir == "embedded" {
			dir = ""
		}
		b := base(t, dir)
		for i := range archive.Files {
			f := &archive.Files[i]
			got := print(ask(t, b, f.Name))
			if *update {
				f.Data = []byte(got)
			} else if diff := cmp.Diff(string(f.Data), got); diff != "" {
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

// sound reports what is wrong with an answer whatever was asked; "" for
// nothing.
func sound(a answers.Answer) string {
	in := func(text string) bool {
		for _, e := range a.Evidence {
			if strings.Contains(e.Quote(), text) {
				return true
			}
		}
		return false
	}
	if a.Answered() && !in(a.Headline) {
		return fmt.Sprintf("headline %q stands in no quote", a.Headline)
	}
	if !a.Answered() && (len(a.Figures) > 0 || a.Missing == "") {
		return "a refusal has figures or gives no reason"
	}
	for _, f := range a.Figures {
		if !in(f.Text) || len(f.Evidence) == 0 || len(f.Articles) == 0 {
			return fmt.Sprintf("figure %q has no quote", f.Text)
		}
	}
	if strings.ContainsAny(a.Summary, "0123456789") {
		return fmt.Sprintf("summary %q has a number", a.Summary)
	}
	for _, c := range a.Caveats {
		for _, i := range c.Evidence {
			if i < 0 || i >= len(a.Evidence) {
				return fmt.Sprintf("caveat %q names line %d of %d", c.Text, i, len(a.Evidence))
			}
		}
	}
	for _, e := range append(a.Evidence, a.Nearest...) {
		if e.Role == corpus.Furniture {
			return fmt.Sprintf("furniture is quoted: %q", e.Quote())
		}
		end := e.Span.Start
		for _, h := range e.Highlight {
			if h.Start < end || h.End > e.Span.End {
				return fmt.Sprintf("highlight %v lies outside of %v", h, e.Span)
			}
			end = h.End
		}
	}
	return ""
}

// corpusDate is the date of the articles that tests make.
var corpusDate = time.Date(2031, 4, 14, 0, 0, 0, 0, time.UTC)

var folders = []string{"", "testdata/events/earthquake", "testdata/events/strike", "testdata/events/election", "testdata/events/stadium", "testdata/events/recall"}

var questions = []string{
	"how many people were killed?", "death toll?", "how many were injured?", "how many CSTO troops?", "who is the president?", "when did it begin?",
	"why was he arrested?", "what did the president say about the protests?", "where was the violence worst?", "how much damage?", "was it 6,000 or 8,000?",
	"who says so?", "hello", "", "?", "how many people were killed in Ruritania?", "what is the turnout", "is the figure of 164 dead confirmed?", "who won the election?",
	"how many casualties?", "what does CSTO stand for?", "how old is Ana Mercer?", "how strong was the quake?", "how many drivers are on strike?",
}

func TestSound(t *testing.T) {
	for _, dir := range folders {
		b := base(t, dir)
		for _, q := range questions {
			if wrong := sound(ask(t, b, q)); wrong != "" {
				t.Errorf("%s: %q: %s", dir, q, wrong)
			}
		}
	}
}

// TestWithdrawnNeverAlone asks for the withdrawn toll in many words: the figure
// must never come without its caveat.
func TestWithdrawnNeverAlone(t *testing.T) {
	b := base(t, "")
	for _, q := range []string{"how many people were killed?", "death toll?", "how many casualties?", "victims?", "how many dead", "fatalities", "how many died in Kazakhstan?", "how many people lost their lives?", "number of deaths"} {
		a := ask(t, b, q)
		if !strings.Contains(a.Headline, "16") {
			continue
		}
		warned := false
		for _, c := range a.Caveats {
			warned = warned || c.Kind == answers.CaveatWithdrawn
		}
		if !warned {
			t.Errorf("%q: %q comes without its withdrawal", q, a.Headline)
		}
	}
}

// TestSameBytes asks twice, of two bases of the same articles, and many at a
// time.
func TestSameBytes(t *testing.T) {
	for _, dir := range folders {
		b, c := base(t, dir), base(t, dir)
		var wg sync.WaitGroup
		for _, q := range questions {
			want := form(t, ask(t, b, q))
			for range 4 {
				wg.Go(func() {
					if got := form(t, ask(t, c, q)); !bytes.Equal(got, want) {
						t.Errorf("%s: %q differs:\n%s\n%s", dir, q, want, got)
					}
				})
			}
		}
		wg.Wait()
	}
}

func form(t testing.TB, a answers.Answer) []byte {
	data, err := a.JSON("", 0)
	if err != nil {
		t.Error(err)
	}
	return data
}

func TestTwoArticlesOneID(t *testing.T) {
	a, b := *corpus.Inline("x", "One.", corpusDate), *corpus.Inline("x", "Two.", corpusDate)
	if _, err := answers.New([]*corpus.Article{&a, &b}); err == nil || !strings.Contains(err.Error(), `"x"`) {
		t.Errorf("got %v, want an error that names the ID", err)
	}
}

func TestWithdrawnArticle(t *testing.T) {
	a := corpus.Inline("gone", "Forty people were killed on Monday.", corpusDate)
	a.Status = corpus.Withdrawn
	b, err := answers.New([]*corpus.Article{a, corpus.Inline("other", "Rain is expected.", corpusDate)})
	if err != nil {
		t.Fatal(err)
	}
	if got := ask(t, b, "how many people were killed?"); got.Answered() {
		t.Errorf("answered %q from a withdrawn article", got.Headline)
	}
}

func FuzzAsk(f *testing.F) {
	for _, q := range questions {
		f.Add(q)
	}
	b := base(f, "")
	f.Fuzz(func(t *testing.T, text string) {
		a, err := b.Ask(context.Background(), text)
		if err != nil {
			return
		}
		if wrong := sound(a); wrong != "" {
			t.Fatalf("%q: %s", text, wrong)
		}
		again, err := b.Ask(context.Background(), text, question.Turn{Question: a.Question, Facts: a.Facts})
		if err != nil {
			t.Fatal(err)
		}
		if wrong := sound(again); wrong != "" {
			t.Fatalf("%q again: %s", text, wrong)
		}
	})
}

func BenchmarkNew(b *testing.B) {
	articles, err := corpus.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	size := 0
	for _, a := range articles {
		size += len(a.Text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		if _, err := answers.New(articles); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAsk(b *testing.B) {
	base := base(b, "")
	for _, q := range []string{"how many CSTO troops?", "death toll?", "when did the protests begin?", "who was arrested for treason?", "why did the protests start?", "how many NATO troops?"} {
		b.Run(strings.ReplaceAll(q, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				if _, err := base.Ask(context.Background(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
