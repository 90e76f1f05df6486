// Package extract finds the facts in articles: what is counted and what
// happened to it, names and times, who says so and how firmly it stands.
package extract

import (
	"runtime"

	"golang.org/x/sync/errgroup"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// Articles finds the facts of all articles, in their order; articles are
// worked on side by side.
func Articles(articles []*corpus.Article) []*fact.Article {
	out := make([]*fact.Article, len(articles))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, a := range articles {
		g.Go(func() error {
			out[i] = Article(a)
			return nil
		})
	}
	_ = g.Wait() // no article fails
	return out
}

// Article finds the facts of one article: one for each sentence, in order.
func Article(a *corpus.Article) *fact.Article {
	sentences := corpus.Sentences(a)
	out := &fact.Article{Article: a, Facts: make([]fact.Fact, len(sentences))}
	for i, s := range sentences {
		text := s.Text()
		out.Facts[i] = fact.Fact{
			ID:       fact.ID{Article: a.ID, Span: s.Span},
			Sentence: s,
			Number:   i,
			Tokens:   english.Tokens(text, s.Span.Start),
		}
	}
	nameFacts(out.Facts)
	out.Entities = entities(out.Facts)
	attribute(out.Facts, out.Entities)
	weigh(out.Facts)
	weigh(out.Facts)
	for i := range out.Facts {
		f := &out.Facts[i]
		f.Times = timex.Find(a.Text, f.Tokens, a.Date)
		quantities := quantity.Find(a.Text, f.Tokens)
		f.Counts = counts(a.Text, f.Tokens, quantities, f.Times, f.Mentions)
	}
	restate(out.Facts)
	for i := range out.Facts {
		stand(&out.Facts[i])
	}
	return out
}

// stand writes into each count of the fact who says it and how firmly it
// stands: the innermost attribution and the weakest standing whose scope holds
// it.
func stand(f *fact.Fact) {
	for i := range f.Counts {
		c := &f.Counts[i]
		c.Says, c.Mark, c.Standing = saidBy(f.Says, c.Quantity.Span), -1, fact.Asserted
		for m, s := range f.Standings {
			if s.Scope.Contains(c.Quantity.Span) && !(s.Standing == fact.Expected && aside(f, c, s)) && (c.Mark < 0 || fact.Weaker(s.Standing, c.Standing)) {
				c.Mark, c.Standing = m, s.Standing
			}
		}
	}
}

// aside reports whether what is expected says nothing of the count: an age, or
// a count in an apposition before the verb ("Oster, an island of 900
// inhabitants, WILL HOLD").
func aside(f *fact.Fact, c *fact.Count, m fact.StandingMark) bool {
	if c.Quantity.Unit.Kind == quantity.Age {
		return true
	}
	at, closed := -1, false
	for i, t := range f.Tokens {
		switch {
		case t.End <= c.Quantity.Span.Start && t.Text == ",":
			at = i
		case t.Start >= c.Quantity.Span.End && t.End <= m.Span.Start && t.Text == ",":
			closed = true
		}
	}
	return closed && at > 0 && f.Tokens[at+1].Is(english.Determiner) && f.Tokens[at-1].Case != english.Lower
}
