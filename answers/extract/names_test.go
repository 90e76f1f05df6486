package extract

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// mentionLine prints the names of a text: "person: Charles Michel <full>".
func mentionLine(text string) string {
	var out []string
	for _, m := range Names(english.Tokens(text, 0)) {
		s := fmt.Sprintf("%s: %s", m.Type, text[m.Span.Start:m.Span.End])
		if m.Full != m.Span {
			s += " <" + text[m.Full.Start:m.Full.End] + ">"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestNames(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Officials spoke to European Council President Charles Michel.", "organisation: European Council; person: Charles Michel <European Council President Charles Michel>"},
		{"President Kassym-Jomart Tokayev flew from Nur-Sultan.", "person: Kassym-Jomart Tokayev <President Kassym-Jomart Tokayev>; place: Nur-Sultan"},
		{"The Kazakh Interior Ministry and the health ministry agreed.", "place: Kazakh; organisation: Interior Ministry <Kazakh Interior Ministry>; organisation: health ministry"},
		{"In most places, the ministry of health of Peru paid.", "organisation: ministry of health; place: Peru"},
		{"Large protests began. Yesterday troops left.", ""},
		{"Kazakhstan's former president Nursultan Nazarbayev left.", "place: Kazakhstan; person: Nursultan Nazarbayev <Kazakhstan's former president Nursultan Nazarbayev>"},
		{"The Organization for Security and Co-operation in Europe met.", "organisation: Organization for Security and Co-operation in Europe"},
		{"He joined the Food and Drug Administration.", "organisation: Food and Drug Administration"},
		{"She works at the University of Cape Town in South Africa.", "organisation: University of Cape Town; place: South Africa"},
		{"U.S. Secretary of State Antony Blinken met Mr. Putin on Monday in May.", "place: U.S.; person: Antony Blinken <U.S. Secretary of State Antony Blinken>; person: Putin <Mr. Putin>"},
		{"The NHL, NATO and the CSTO said so.", "organisation: NHL; organisation: NATO; organisation: CSTO"},
		{"The minister, Theresa May, was in San Fernando.", "person: Theresa May; place: San Fernando"},
		{"The river rose in Gran Colina province.", "place: Gran Colina"},
		{"Martin Luther King spoke to John F. Kennedy and J.K. Rowling.", "person: Martin Luther King; person: John F. Kennedy; name: J.K. Rowling"},
		{"General Motors and the General Assembly paid General James Mattis.", "organisation: General Motors; organisation: General Assembly; person: James Mattis <General James Mattis>"},
		{"THE SANTA CLARA BRIGADE REPORTED THAT GENERAL RAFAEL QUIROZ DIED IN PUERTO VERDE DEPARTMENT.", "organisation: SANTA CLARA BRIGADE; person: RAFAEL QUIROZ <GENERAL RAFAEL QUIROZ>; place: PUERTO VERDE DEPARTMENT"},
		{"how many troops did russia send to nur-sultan", "place: russia; place: nur-sultan"},
		{"", ""},
	}
	for _, test := range tests {
		if got := mentionLine(test.text); got != test.want {
			t.Errorf("Names(%q)\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

// printArticle prints what was found in an article, sentence by sentence.
func printArticle(a *fact.Article) []byte {
	var b bytes.Buffer
	text := a.Article.Text
	cut := func(s corpus.Span) string { return strings.ReplaceAll(text[s.Start:s.End], "\n", " ") }
	name := func(e int) string {
		if e < 0 {
			return "-"
		}
		return a.Entities[e].Names[0]
	}
	for _, f := range a.Facts {
		fmt.Fprintf(&b, "> %s\n", cut(f.Sentence.Span))
		for _, m := range f.Mentions {
			fmt.Fprintf(&b, "  %s %s", m.Type, cut(m.Span))
			if m.Full != m.Span {
				fmt.Fprintf(&b, " <%s>", cut(m.Full))
			}
			if n := name(m.Entity); n != cut(m.Span) {
				fmt.Fprintf(&b, " = %s", n)
			}
			b.WriteByte('\n')
		}
		for _, s := range f.Says {
			kind := "says"
			if s.Quote {
				kind = "quote"
			}
			fmt.Fprintf(&b, "  %s [%s|%s|%s] %s\n", kind, cut(s.Speaker), cut(s.Cue), name(s.Entity), cut(s.Scope))
		}
		for _, s := range f.Standings {
			fmt.Fprintf(&b, "  %s [%s] %s\n", s.Standing, cut(s.Span), cut(s.Scope))
		}
	}
	for _, e := range a.Entities {
		if len(e.Names) > 1 || len(e.Roles) > 0 {
			fmt.Fprintf(&b, "# %s %q %q\n", e.Type, e.Names, e.Roles)
		}
	}
	return b.Bytes()
}

// TestArticles compares names, speakers and standings of invented articles
// with a golden file; "go test -update" rewrites it.
func TestArticles(t *testing.T) {
	name := filepath.Join("testdata", "names_articles.txt")
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2024, 3, 6, 0, 0, 0, 0, time.UTC)
	var out []txtar.File
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".found") {
			continue
		}
		found := printArticle(Article(corpus.Inline(f.Name, string(f.Data), day)))
		out = append(out, f, txtar.File{Name: f.Name + ".found", Data: found})
		if want := fileOf(archive, f.Name+".found"); !*update && !bytes.Equal(found, want) {
			t.Errorf("%s differs (-want +got); run with -update if it is better:\n%s", f.Name, cmp.Diff(string(want), string(found)))
		}
	}
	if *update {
		if err := os.WriteFile(name, txtar.Format(&txtar.Archive{Comment: archive.Comment, Files: out}), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func fileOf(a *txtar.Archive, name string) []byte {
	for _, f := range a.Files {
		if f.Name == name {
			return f.Data
		}
	}
	return nil
}

// TestEmbeddedNames does the same for the articles that the program brings.
func TestEmbeddedNames(t *testing.T) {
	name := filepath.Join("testdata", "names_embedded.txt")
	articles, err := corpus.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	for _, a := range Articles(articles) {
		fmt.Fprintf(&got, "== %s\n%s", a.Article.ID, printArticle(a))
	}
	if *update {
		if err := os.WriteFile(name, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got.String()); diff != "" {
		t.Errorf("the embedded articles differ (-want +got); run with -update if they are better:\n%s", diff)
	}
}

// Whatever the text, every span lies in it, the names do not overlap, and
// everything is ascending.
func FuzzNames(f *testing.F) {
	f.Add("President A. B-C said: “X (CSTO) … ”he added, “1,000 dead”.\n\nIt was denied.")
	f.Add("THE FRONT [ABC] REPORTED \"5 DEAD\" ACCORDING TO SOURCES (X) -- 'SO")
	f.Add("al- - . of the and 's ’ “ „ ” by by put at 5 according to according to")
	f.Add("Mr. \xff Ministry of . The U.S. (a) , who said, said, said said by")
	f.Fuzz(func(t *testing.T, text string) {
		a := Article(corpus.Inline("a", text, time.Time{}))
		in := corpus.Span{Start: 0, End: len(a.Article.Text)}
		for i := range a.Facts {
			checkSpans(t, in, &a.Facts[i], a.Entities)
		}
		Names(english.Tokens(text, 0))
		table := Aliases([]*fact.Article{a})
		for _, entity := range a.Entities {
			for _, name := range entity.Names {
				if folded := foldName(name); folded != "" && len(table.Keys(folded)) == 0 {
					t.Fatalf("the table does not have the name %q", name)
				}
			}
		}
	})
}

func checkSpans(t *testing.T, in corpus.Span, f *fact.Fact, entities []fact.Entity) {
	end := 0
	for _, m := range f.Mentions {
		if !f.Sentence.Span.Contains(m.Full) || !m.Full.Contains(m.Span) || m.Span.Len() <= 0 || m.Span.Start < end ||
			m.Entity >= len(entities) {
			t.Fatalf("mention %+v of %+v overlaps or lies outside", m, f.Sentence.Span)
		}
		end = m.Span.End
	}
	start := 0
	for _, s := range f.Says {
		if !f.Sentence.Span.Contains(s.Scope) || s.Scope.Len() <= 0 || s.Scope.Start < start || !in.Contains(s.Speaker) ||
			!in.Contains(s.Cue) || s.Cue.Len() <= 0 || s.Speaker.Len() < 0 || s.Entity >= len(entities) {
			t.Fatalf("attribution %+v of %+v lies outside", s, f.Sentence.Span)
		}
		start = s.Scope.Start
	}
	start = 0
	for _, s := range f.Standings {
		if !in.Contains(s.Span) || !f.Sentence.Span.Contains(s.Scope) || s.Span.Len() <= 0 || s.Scope.Len() <= 0 || s.Span.Start < start {
			t.Fatalf("mark %+v of %+v lies outside", s, f.Sentence.Span)
		}
		start = s.Span.Start
	}
}

// BenchmarkNames measures what this file's functions cost for a token; the
// whole of them should stay near a microsecond.
func BenchmarkNames(b *testing.B) {
	articles, err := corpus.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	var facts [][]fact.Fact
	tokens := 0
	for _, a := range Articles(articles) {
		facts = append(facts, a.Facts)
		for _, f := range a.Facts {
			tokens += len(f.Tokens)
		}
	}
	for b.Loop() {
		for _, f := range facts {
			d := desk{facts: f}
			d.names()
			attribute(f, d.entities.entities(f), &d.scan)
			weigh(f)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(tokens), "ns/token")
}
