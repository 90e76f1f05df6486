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
	out := make([]*fact.Article, 0, len(articles))
	Each(articles, func(a *fact.Article, _ fact.Packed) { out = append(out, a) })
	return out
}

// ahead is how many articles a processor may be ahead of the one that is used
// next: some are a hundred times as long as others.
const ahead = 16

// Each finds the facts of all articles, side by side, and hands them to use
// one after another in the order of the articles, in packed form too. A panic
// over an article is one of Each.
func Each(articles []*corpus.Article, use func(*fact.Article, fact.Packed)) {
	type result struct {
		article *fact.Article
		packed  fact.Packed
		panic   any
	}
	workers := runtime.GOMAXPROCS(0)
	queue := make(chan chan result, workers*ahead)
	stop := make(chan struct{})
	var g errgroup.Group
	g.SetLimit(workers)
	go func() {
		defer close(queue)
		for _, a := range articles {
			c := make(chan result, 1)
			select {
			case queue <- c:
			case <-stop:
				return
			}
			g.Go(func() error {
				var r result
				defer func() {
					r.panic = recover()
					c <- r
				}()
				r.article = Article(a)
				r.packed = fact.Pack(r.article)
				return nil
			})
		}
	}()
	defer close(stop)
	for c := range queue {
		r := <-c
		if r.panic != nil {
			panic(r.panic)
		}
		use(r.article, r.packed)
	}
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
