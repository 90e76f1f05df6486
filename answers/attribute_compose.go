package answers

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
)

// sameValue reports whether two values could be one: the same words or the one
// within the other, figures that are compatible.
func sameValue(x, y givenValue) bool {
	if x.count >= 0 && y.count >= 0 {
		return x.quantity().Compatible(y.quantity())
	}
	if x.key == y.key {
		return true
	}
	return hasWords(x.key, y.key) || hasWords(y.key, x.key)
}

// hasWords reports whether the words of part stand in a row in whole.
func hasWords(whole, part string) bool {
	i := strings.Index(" "+whole+" ", " "+part+" ")
	return part != "" && i >= 0
}

// A valueGroup is the values of one meaning, the best first.
type valueGroup struct {
	values  []givenValue
	support float64 // of all articles that give it
}

// first is the ID of its first article.
func (g *valueGroup) first() string {
	best := g.values[0].fact.ID.Article
	for _, v := range g.values {
		best = min(best, v.fact.ID.Article)
	}
	return best
}

// support is how much an article that gives the value counts for it: three
// times as much where it says what the thing is as where it speaks of it in
// passing.
func support(v givenValue) float64 {
	switch {
	case v.score >= subjectDefined-1:
		return 3
	case v.score >= subjectNamed-0.5:
		return 2
	}
	return 1
}

// attributeTier is how much of a score makes a value no better grounded than
// another: below it the number of articles decides.
const attributeTier = 4.0

// grouped puts values of one meaning together, the group that the headline is
// taken from first: the better grounded one, then the one that the most articles support,
// the later, and of equals the one whose article's ID comes first.
func grouped(values []givenValue) []*valueGroup {
	slices.SortStableFunc(values, func(x, y givenValue) int {
		return cmp.Or(cmp.Compare(x.lies, y.lies), cmp.Compare(y.score, x.score), cmp.Compare(x.order, y.order))
	})
	var out []*valueGroup
	for _, v := range values {
		i := slices.IndexFunc(out, func(g *valueGroup) bool { return sameValue(g.values[0], v) })
		if i < 0 {
			out = append(out, &valueGroup{})
			i = len(out) - 1
		}
		g := out[i]
		if !slices.ContainsFunc(g.values, func(w givenValue) bool { return w.article == v.article }) {
			g.support += support(v)
		}
		g.values = append(g.values, v)
	}
	top := out[0].values[0].score
	weak := func(g *valueGroup) bool { return g.values[0].score < top-attributeTier }
	slices.SortStableFunc(out, func(x, y *valueGroup) int {
		return cmp.Or(
			cmp.Compare(x.values[0].lies, y.values[0].lies),
			compareBool(!weak(x), !weak(y)),
			cmp.Compare(y.support, x.support),
			y.values[0].fact.Sentence.Article.Date.Compare(x.values[0].fact.Sentence.Article.Date),
			cmp.Compare(x.first(), y.first()),
		)
	})
	return out
}

// maxValues is how many distinct values are shown.
const maxValues = 8

// composeAttribute builds the answer from the values of all articles.
func (b *Base) composeAttribute(ctx context.Context, q question.Question, values []givenValue) (Answer, error) {
	groups := grouped(values)
	groups = groups[:min(len(groups), maxValues)]
	a := Answer{Question: q, Headline: groups[0].values[0].text(), Summary: summary(q)}
	w := &writer{base: b, answer: &a, seen: map[fact.ID]int{}}
	for n := 0; ; n++ { // the best line of every value, then the second lines
		more := false
		for _, g := range groups {
			if n < len(g.values) {
				w.value(g, g.values[n])
				more = true
			}
		}
		if !more {
			break
		}
	}
	articles := map[string]bool{}
	var all []int
	for i, e := range a.Evidence {
		articles[e.Article.ID] = true
		a.Facts = append(a.Facts, e.Fact)
		all = append(all, i)
	}
	switch {
	case len(groups) > 1:
		a.Agreement = Conflicting
		a.Caveats = append(a.Caveats, Caveat{CaveatDisputed, "sources disagree, or speak of different things of that name", all})
	case len(articles) > 1:
		a.Agreement = Compatible
	default:
		a.Agreement = Single
	}
	var err error
	a.Related, err = b.related(ctx, q)
	return a, err
}

// value adds a value of the group to the answer.
func (w *writer) value(g *valueGroup, v givenValue) {
	says := ""
	for i, s := range v.fact.Says {
		if s.Scope.Contains(v.span) {
			says = b2s(w.base, v.fact, i)
		}
	}
	evidence := w.cite(v.fact, v.phrase, says)
	text := v.text()
	i := slices.IndexFunc(w.answer.Figures, func(f Figure) bool { return english.Fold(f.Text) == english.Fold(text) })
	if i < 0 {
		f := Figure{Text: text, Standing: fact.Asserted, When: whenOf(v.fact)}
		if v.count >= 0 {
			c := &v.fact.Counts[v.count]
			f.Quantity, f.Standing = c.Quantity, c.Standing
			if c.Noun.Len() > 0 {
				f.Counted = v.fact.Sentence.Article.Text[c.Noun.Start:c.Noun.End]
			}
		}
		w.answer.Figures = append(w.answer.Figures, f)
		i = len(w.answer.Figures) - 1
	}
	f := &w.answer.Figures[i]
	if !slices.Contains(f.Articles, v.fact.ID.Article) {
		f.Articles = append(f.Articles, v.fact.ID.Article)
	}
	if !slices.Contains(f.Evidence, evidence) {
		f.Evidence = append(f.Evidence, evidence)
	}
}
