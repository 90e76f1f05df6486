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
	articles := lib.Articles()
	next := make([]int, len(articles)) // the first fact of each article not yet looked at
	for tried, found := 0, true; found && len(out) < n; {
		found = false
		for i, a := range articles {
			if len(out) == n || tried == examplesTried {
				break
			}
			facts := lib.Found(a.ID).Facts
			for ; next[i] < len(facts) && len(out) < n && tried < examplesTried; next[i]++ {
				q := exampleOf(&facts[next[i]])
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
	for _, c := range f.Counts {
		if c.Part < 0 && c.Standing == fact.Asserted && len(c.Events) > 0 && c.Events[0].Relation == fact.Patient {
			if q := questionFor(f, c); q != "" {
				return q
			}
		}
	}
	return ""
}

// questionFor asks for the figure of a count: "how many soldiers were killed?"
// It is "" where that cannot be said simply.
func questionFor(f *fact.Fact, c fact.Count) string {
	if c.Quantity.Unit.Kind != quantity.Count || c.Quantity.Vague || c.Noun.Len() == 0 {
		return ""
	}
	text := f.Sentence.Article.Text
	noun := strings.Join(strings.Fields(text[c.Noun.Start:c.Noun.End]), " ")
	if strings.ContainsAny(noun, "“”\"()") {
		return ""
	}
	q := "how many " + noun
	if len(c.Events) == 0 {
		return q + "?"
	}
	e := c.Events[0]
	word := text[e.Span.Start:e.Span.End]
	switch {
	case e.Negated:
		return ""
	case e.Relation == fact.Patient:
		return q + " were " + word + "?"
	case e.Relation == fact.Agent:
		return q + " " + word + "?"
	}
	return q + "?" // the noun is the event
}

func answered(ctx context.Context, lib Library, text string) bool {
	q, err := lib.Read(ctx, text)
	if err != nil {
		return false
	}
	a, err := lib.Answer(ctx, q)
	return err == nil && a.Answered()
}
