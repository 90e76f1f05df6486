package answers

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// partOf is the count that the count is said to be a part of: the 27 of "21 of
// the 27"; nil where there is none.
func partOf(f *fact.Fact, c *fact.Count) *fact.Count {
	if !c.Partial {
		return nil
	}
	for k := range f.Counts {
		if w := &f.Counts[k]; w != c && c.Quantity.Span.End <= w.Quantity.Span.Start && c.Phrase.Contains(w.Quantity.Span) {
			return w
		}
	}
	return nil
}

// wholeOf reports whether count i is the whole of "21 of the 27": what happened,
// happened to the 21.
func wholeOf(f *fact.Fact, i int) bool {
	for k := range f.Counts {
		if c := &f.Counts[k]; k != i && c.Partial && c.Quantity.Span.End <= f.Counts[i].Quantity.Span.Start && c.Phrase.Contains(f.Counts[i].Quantity.Span) {
			return true
		}
	}
	return false
}

// partBeside reports whether the article gives a larger count of the same as the
// whole of which it tells parts: beside "40 of the 6,200 stations", nothing is
// said of all by "two stations were closed".
func (b *Base) partBeside(f *fact.Fact, c *fact.Count) bool {
	return slices.ContainsFunc(b.counts(f.ID.Article), func(g *fact.Fact) bool {
		for i := range g.Counts {
			w := &g.Counts[i]
			if w.Quantity.Low > c.Quantity.Low && w.Head != "" && w.Head == c.Head && wholeOf(g, i) {
				return true
			}
		}
		return false
	})
}

// allOf reports whether what is asked about happened to all that the count
// counts, whatever is said of a part of them: it stands inside its phrase ("two
// of the seven kidnapped students") or in a clause about them ("one of the two
// women who were hurt").
func allOf(q question.Question, f *fact.Fact, c *fact.Count) bool {
	own := corpus.Span{Start: c.Quantity.Span.End, End: c.Phrase.End}
	_, to := tokenRange(f, c.Phrase)
	if to+1 < len(f.Tokens) && f.Tokens[to].Is(english.Relative) && slices.Contains(pluralVerbs, f.Tokens[to+1].Norm) ||
		to+1 < len(f.Tokens) && c.Quantity.High > 1 && slices.Contains(nominatives, f.Tokens[to].Norm) { // "the 14 men THEY had seized"
		end := to
		for end < len(f.Tokens) && f.Tokens[end].Kind != english.Mark {
			end++
		}
		own.End = f.Tokens[end-1].End
	}
	if to+1 < len(f.Tokens) && f.Tokens[to].Norm == "on" && (f.Tokens[to+1].Norm == "board" || f.Tokens[to+1].Norm == "it") {
		own.End = f.Tokens[to+1].End // "none of the 138 people ON BOARD was hurt"
	}
	if to < len(f.Tokens) && (f.Tokens[to].Norm == "aboard" || f.Tokens[to].Norm == "onboard") {
		own.End = f.Tokens[to].End
	}
	return slices.ContainsFunc(c.Events, func(e fact.Event) bool {
		return own.Contains(e.Span) && (e.Lemma == q.Verb || shared(e.Names, q.Events))
	})
}

// nominatives begin a clause about what stands right before them.
var nominatives = []string{"they", "he", "she", "we", "it", "i"}

// pluralVerbs follow "who" where it stands for several.
var pluralVerbs = []string{"were", "are", "have"}
