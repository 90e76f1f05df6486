package extract

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// sentenceCounts are the counts of one sentence of an article of 14 June 2024.
func sentenceCounts(text string) []fact.Count {
	tokens := english.Tokens(text, 0)
	anchor := time.Date(2024, 6, 14, 0, 0, 0, 0, time.UTC)
	return counts(tokens, quantity.Find(text, tokens), timex.Find(text, tokens, anchor))
}

// countLine writes a count on one line.
func countLine(c fact.Count) string {
	var b strings.Builder
	fmt.Fprintf(&b, "> %s =", c.Quantity.Text)
	if len(c.Mods) > 0 {
		fmt.Fprintf(&b, " (%s)", strings.Join(c.Mods, " "))
	}
	if c.Head != "" {
		b.WriteString(" " + c.Head)
	}
	if c.Implied != "" {
		b.WriteString(" ~" + c.Implied)
	}
	if len(c.Of) > 0 {
		fmt.Fprintf(&b, " of %s", strings.Join(c.Of, ","))
	}
	b.WriteString(";")
	for _, e := range c.Events {
		fmt.Fprintf(&b, " %s:%s", e.Lemma, e.Relation)
		if len(e.Names) > 0 {
			fmt.Fprintf(&b, "[%s]", strings.Join(e.Names, " "))
		}
		if e.Negated {
			b.WriteString("(not)")
		}
	}
	if c.Part >= 0 {
		fmt.Fprintf(&b, " part=%d", c.Part)
	}
	for _, f := range []struct {
		name string
		is   bool
	}{{"implicit", c.Implicit}, {"partial", c.Partial}, {"others", c.Others}, {"increment", c.Increment}, {"toll", c.Toll}, {"earlier", c.Earlier}, {"background", c.Background}} {
		if f.is {
			b.WriteString(" " + f.name)
		}
	}
	return b.String()
}

func TestCounts(t *testing.T) {
	name := filepath.Join("testdata", "counts.txt")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, ">") {
			continue
		}
		got.WriteString(line)
		if s := strings.TrimSpace(line); s != "" && s[0] != '#' {
			for _, c := range sentenceCounts(s) {
				got.WriteString(countLine(c) + "\n")
			}
		}
	}
	if *update {
		if err := os.WriteFile(name, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(data), got.String()); diff != "" {
		t.Errorf("counts differ from %s (-want +got); run with -update if they are better:\n%s", name, diff)
	}
}

func FuzzCounts(f *testing.F) {
	for _, s := range []string{
		"Quake kills 14, dozens hurt", "16 killed and more than 1,600 wounded in the police", "(12 [of -- them), who, and 5",
		"of whom three; the toll rose to 17 from 14", "No 5 nobody including, among them 3 'a' soldier's", "to to be be killed killed 5 5",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		last := -1
		for i, c := range sentenceCounts(s) {
			if c.Quantity.Span.Start < last {
				t.Fatalf("count %d of %q comes before the one before it", i, s)
			}
			last = c.Quantity.Span.Start
			if c.Part == i || c.Part < -1 {
				t.Fatalf("count %d of %q is a part of %d", i, s, c.Part)
			}
			for _, span := range [...]struct{ start, end int }{{c.Phrase.Start, c.Phrase.End}, {c.Noun.Start, c.Noun.End}} {
				if span.start < 0 || span.end < span.start || span.end > len(s) {
					t.Fatalf("count %d of %q has the span %v", i, s, span)
				}
			}
			for _, e := range c.Events {
				if e.Lemma == "" || e.Span.End > len(s) || e.Span.Len() <= 0 {
					t.Fatalf("count %d of %q has the event %+v", i, s, e)
				}
			}
		}
	})
}

// TestMayCount holds the shortcut to its promise: no sentence that it passes
// over has a count.
func TestMayCount(t *testing.T) {
	passed := 0
	for _, a := range eventArticles(t) {
		for _, s := range corpus.Sentences(a) {
			tokens := english.Tokens(s.Text(), s.Span.Start)
			quantities := quantity.Find(a.Text, tokens)
			if len(quantities) > 0 || mayCount(tokens) {
				continue
			}
			passed++
			if c := new(linker).link(tokens, quantities, timex.Find(a.Text, tokens, a.Date)); len(c) > 0 {
				t.Errorf("%s is passed over: %s", s.Text(), countLine(c[0]))
			}
		}
	}
	if passed == 0 {
		t.Error("no sentence is passed over")
	}
}
