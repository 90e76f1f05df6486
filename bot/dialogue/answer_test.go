package dialogue

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/corpus"
)

var update = flag.Bool("update", false, "write the golden files anew")

// written is an answer as the golden files write it: evidence by its words.
type written struct {
	Headline, Summary, Missing string
	Agreement                  answers.Agreement
	Read                       []question.Reading
	Figures                    []struct {
		Text     string
		Bound    quantity.Bound
		Standing fact.Standing
		Articles []string
		Evidence []int
	}
	Evidence, Nearest []writtenEvidence
	Caveats           []answers.Caveat
	Related           []string
	Quotes            int
	View              View
	Locale            string
}

type writtenEvidence struct {
	Article, Quote, Mark, Attribution string
	Role                              corpus.Role
	Times                             []answers.ResolvedTime
}

func (w written) answer(t *testing.T, articles map[string]*corpus.Article) *answers.Answer {
	a := &answers.Answer{
		Headline: w.Headline, Summary: w.Summary, Missing: w.Missing, Agreement: w.Agreement,
		Caveats: w.Caveats, Related: w.Related, Question: question.Question{Read: w.Read},
	}
	for _, f := range w.Figures {
		a.Figures = append(a.Figures, answers.Figure{
			Text: f.Text, Quantity: quantity.Quantity{Bound: f.Bound}, Standing: f.Standing, Articles: f.Articles, Evidence: f.Evidence})
	}
	for _, e := range w.Evidence {
		a.Evidence = append(a.Evidence, e.evidence(t, articles))
	}
	for _, e := range w.Nearest {
		a.Nearest = append(a.Nearest, e.evidence(t, articles))
	}
	return a
}

func (w writtenEvidence) evidence(t *testing.T, articles map[string]*corpus.Article) answers.Evidence {
	article := articles[w.Article]
	if article == nil {
		t.Fatalf("no article %q", w.Article)
	}
	at := strings.Index(article.Text, w.Quote)
	if at < 0 {
		t.Fatalf("%s does not say %q", w.Article, w.Quote)
	}
	e := answers.Evidence{
		Article: article, Line: 1 + strings.Count(article.Text[:at], "\n"), Span: corpus.Span{Start: at, End: at + len(w.Quote)},
		Attribution: w.Attribution, Role: w.Role, Times: w.Times,
	}
	if w.Mark != "" {
		m := at + strings.Index(w.Quote, w.Mark)
		e.Highlight = []corpus.Span{{Start: m, End: m + len(w.Mark)}}
	}
	return e
}

// TestAnswer prints answers that are written out, so that what the core finds
// has no say in how it looks.
func TestAnswer(t *testing.T) {
	files, err := filepath.Glob("testdata/replies/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	articles := map[string]*corpus.Article{}
	list, _, err := corpus.Load("testdata/corpus")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		articles[a.ID] = a
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var w written
			d := json.NewDecoder(strings.NewReader(string(ar.Files[0].Data)))
			d.DisallowUnknownFields()
			if err := d.Decode(&w); err != nil {
				t.Fatal(err)
			}
			s := newFrame(w.Locale).say(w.answer(t, articles), Room{Quotes: w.Quotes}, w.View)
			got := adapters.Text(s.Reply, adapters.TextOptions{Width: 100})
			if *update {
				ar.Files = append(ar.Files[:1], txtar.File{Name: "reply", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if len(ar.Files) != 2 {
				t.Fatalf("%s has %d parts, want answer.json and reply", file, len(ar.Files))
			}
			if diff := cmp.Diff(string(ar.Files[1].Data), got); diff != "" {
				t.Errorf("reply (-want +got):\n%s", diff)
			}
		})
	}
}

// TestQuotesOfEveryCaveat: a figure that does not stand is never shown
// without the line that says so, however few lines a room shows.
func TestQuotesOfEveryCaveat(t *testing.T) {
	article := &corpus.Article{ID: "a", Text: "0123456789"}
	a := &answers.Answer{Headline: "0", Figures: []answers.Figure{{Text: "0", Standing: fact.Withdrawn, Evidence: []int{1}}}}
	for i := range 8 {
		a.Evidence = append(a.Evidence, answers.Evidence{Article: article, Span: corpus.Span{Start: i, End: i + 1}})
	}
	for _, i := range []int{5, 6, 7} {
		a.Caveats = append(a.Caveats, answers.Caveat{Kind: answers.CaveatWithdrawn, Evidence: []int{i}})
	}
	p := pick(a, 1, false)
	if diff := cmp.Diff([]int{1, 5, 6, 7}, p.shown); diff != "" {
		t.Errorf("shown (-want +got):\n%s", diff)
	}
	if p.left != 4 {
		t.Errorf("%d left, want 4", p.left)
	}
}

func TestFrame(t *testing.T) {
	day := time.Date(2022, 3, 4, 0, 0, 0, 0, time.UTC)
	tests := []struct{ locale, date, count string }{
		{"en-GB", "4 Mar 2022", "12,345"},
		{"en-US", "Mar 4, 2022", "12,345"},
		{"", "4 Mar 2022", "12,345"},
		{"nonsense!", "4 Mar 2022", "12,345"},
		{"de", "04.03.2022", "12.345"},
		{"de-AT", "04.03.2022", "12\u00a0345"},
		{"fr-FR", "4 mars 2022", "12\u00a0345"},
		{"kk", "4 нау 2022 ж.", "12\u00a0345"},
	}
	for _, tt := range tests {
		f := newFrame(tt.locale)
		if got := f.date(day); got != tt.date {
			t.Errorf("%s: date %q, want %q", tt.locale, got, tt.date)
		}
		if got := f.count(12345); got != tt.count {
			t.Errorf("%s: count %q, want %q", tt.locale, got, tt.count)
		}
	}
	if got := newFrame("", "", "de").date(time.Time{}); got != "" {
		t.Errorf("no day prints as %q", got)
	}
}
