package dialogue

import (
	"context"
	"strings"

	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/corpus"
)

// examplesTried bounds how many questions are tried out for examples.
const examplesTried = 200

// Examples finds at most n questions that the library answers, taken from what
// its articles count, one an article before any gives a second. The order is
// that of the articles.
func Examples(ctx context.Context, lib Library, n int) []string {
	var out []string
	seen := map[string]bool{}
	next := make([]int, len(lib.Articles())) // the first fact of each article not yet looked at
	for tried, found := 0, true; found && len(out) < n; {
		found = false
		for i, a := range lib.Articles() {
			for ; next[i] < len(a.Facts) && len(out) < n && tried < examplesTried; next[i]++ {
				q := exampleOf(&a.Facts[next[i]])
				if q == "" || seen[q] {
					continue
				}
				seen[q] = true
				tried++
				if answered(ctx, lib, q) {
					out = append(out, q)
					found = true
					next[i]++
					break
				}
			}
		}
	}
	return out
}

// exampleOf asks for the first thing that a fact counts and that something
// happened to; "" where there is none.
func exampleOf(f *fact.Fact) string {
	if f.Sentence.Role != corpus.Body {
		return ""
	}
	text := f.Sentence.Article.Text
	for _, c := range f.Counts {
		if c.Quantity.Unit.Kind != quantity.Count || c.Noun.Len() == 0 || len(c.Events) == 0 {
			continue
		}
		e := c.Events[0]
		if e.Relation != fact.Patient || e.Negated || c.Part >= 0 || c.Standing != fact.Asserted {
			continue
		}
		noun := strings.Join(strings.Fields(text[c.Noun.Start:c.Noun.End]), " ")
		if strings.ContainsAny(noun, "“”\"()") || !strings.HasSuffix(noun, "s") && c.Head == noun {
			continue
		}
		return "how many " + noun + " were " + text[e.Span.Start:e.Span.End] + "?"
	}
	return ""
}

func answered(ctx context.Context, lib Library, text string) bool {
	q, err := lib.Read(ctx, text)
	if err != nil {
		return false
	}
	a, err := lib.Answer(ctx, q)
	return err == nil && a.Answered()
}
