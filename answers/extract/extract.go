// Package extract finds the facts in articles: what is counted and what
// happened to it, names and times, who says so and how firmly it stands.
package extract

import (
	"runtime"
	"sync"

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
	inOrder(articles, func(a *corpus.Article) *fact.Article { return Article(a) }, func(a *fact.Article) { out = append(out, a) })
	return out
}

// Each finds the facts of all articles, side by side, and hands them to use
// one after another in the order of the articles, in packed form too. The
// facts and their tokens are use's until it returns: their memory is that of
// a later article then. A panic over an article is one of Each.
func Each(articles []*corpus.Article, use func(*fact.Article, fact.Packed)) {
	type result struct {
		article *fact.Article
		packed  fact.Packed
		desk    *desk
	}
	var free desks
	inOrder(articles, func(a *corpus.Article) result {
		d := free.take()
		found := d.article(a)
		return result{found, fact.Pack(found), d}
	}, func(r result) {
		use(r.article, r.packed)
		free.put(r.desk)
	})
}

// ahead is how many articles a processor may be ahead of the one that is used
// next: some are a hundred times as long as others.
const ahead = 16

// inOrder works on articles side by side and hands what comes of each to use,
// in the order of the articles. A panic of work is one of inOrder.
func inOrder[T any](articles []*corpus.Article, work func(*corpus.Article) T, use func(T)) {
	type result struct {
		value T
		panic any
	}
	type job struct {
		article *corpus.Article
		done    chan result
	}
	workers := min(runtime.GOMAXPROCS(0), len(articles))
	jobs, queue := make(chan job), make(chan chan result, workers*ahead)
	stop := make(chan struct{})
	defer close(stop)
	try := func(a *corpus.Article) (r result) {
		defer func() { r.panic = recover() }()
		r.value = work(a)
		return r
	}
	for range workers { // each keeps the stack that it has grown
		go func() {
			for j := range jobs {
				j.done <- try(j.article)
			}
		}()
	}
	go func() {
		defer close(queue)
		defer close(jobs)
		for _, a := range articles {
			j := job{a, make(chan result, 1)}
			select {
			case queue <- j.done:
				jobs <- j
			case <-stop:
				return
			}
		}
	}()
	for done := range queue {
		r := <-done
		if r.panic != nil {
			panic(r.panic)
		}
		use(r.value)
	}
}

// Article finds the facts of one article: one for each sentence, in order.
func Article(a *corpus.Article) *fact.Article { return new(desk).article(a) }

// A desk is the memory that an article is worked on with. Who keeps the facts
// of the article keeps the desk.
type desk struct {
	facts    []fact.Fact
	tokens   []english.Token
	letters  []letterCase // of each fact
	mentions []fact.Mention
	context  nameContext
	entities entityBuilder
	scan     sayScan
	found    []quantity.Quantity // of one fact
	linker   linker
}

// desks are the desks that nobody works at, the one that was left last on top.
type desks struct {
	mu   sync.Mutex
	free []*desk
}

func (d *desks) take() *desk {
	d.mu.Lock()
	defer d.mu.Unlock()
	last := len(d.free) - 1
	if last < 0 {
		return new(desk)
	}
	top := d.free[last]
	d.free = d.free[:last]
	return top
}

func (d *desks) put(left *desk) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.free = append(d.free, left)
}

func (d *desk) article(a *corpus.Article) *fact.Article {
	d.read(a)
	out := &fact.Article{Article: a, Facts: d.facts}
	d.names()
	out.Entities = d.entities.entities(out.Facts)
	attribute(out.Facts, out.Entities, &d.scan)
	weigh(out.Facts)
	for i := range out.Facts {
		f := &out.Facts[i]
		f.Times = timex.Find(a.Text, f.Tokens, a.Date)
		d.found = quantity.AppendFound(d.found[:0], a.Text, f.Tokens)
		f.Counts = d.linker.counts(f.Tokens, d.found, f.Times)
	}
	restate(out.Facts)
	resume(out.Facts)
	for i := range out.Facts {
		stand(&out.Facts[i])
	}
	return out
}

// read lays out the sentences of an article with their tokens.
func (d *desk) read(a *corpus.Article) {
	sentences := corpus.Sentences(a)
	if cap(d.facts) < len(sentences) {
		d.facts = make([]fact.Fact, len(sentences))
	}
	d.facts, d.tokens, d.linker.finished = d.facts[:len(sentences)], d.tokens[:0], d.linker.finished[:0]
	if expected := len(a.Text) / bytesAToken; cap(d.tokens) < expected {
		d.tokens = make([]english.Token, 0, expected)
	}
	for i, s := range sentences {
		from := len(d.tokens)
		d.tokens = english.AppendTokens(d.tokens, s.Text(), s.Span.Start)
		d.facts[i] = fact.Fact{
			ID:       fact.ID{Article: a.ID, Span: s.Span},
			Sentence: s,
			Number:   i,
			Tokens:   d.tokens[from:len(d.tokens):len(d.tokens)],
		}
	}
}

// bytesAToken is how many bytes of news a token takes, at least, its space
// included.
const bytesAToken = 5

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
