package answers

import (
	"slices"
	"sync/atomic"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/index"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// A reading is what was read of the articles for one question: a fact is
// unpacked once and is the same pointer until the question is answered. It
// belongs to one question, and so needs no lock and no bound of its own: a
// question looks at so many facts and no more.
type reading struct {
	articles map[int]*openedArticle
	last     *openedArticle  // the one that was asked for last
	tokens   []english.Token // of the sentences that were read last
	scope    *scope          // of the question; nil where not yet read
	searches []search
	phrases  map[nameKey][][]string
	names    map[nameKey]nameOf
	telling  map[string][]int // name → places of the articles that have it; none where these are too many
}

// A search is what the index was asked for the question, and what it found.
type search struct {
	query index.Query
	found []index.Location
}

// An openedArticle is an article of which some facts were unpacked.
type openedArticle struct {
	base     *Base
	place    int
	article  *corpus.Article
	packed   fact.Packed
	facts    []openedFact
	roles    []corpus.Role
	entities []fact.Entity
	title    []english.Token
	marks    []mark
}

// An openedFact is what was read of one sentence.
type openedFact struct {
	*fact.Fact                                 // nil where not yet unpacked
	whole      bool                            // it has its tokens
	grammar    atomic.Pointer[extract.Reading] // nil where not yet read
}

// reads is the base for one question: what it unpacks it keeps until it is
// dropped.
func (b *Base) reads() *Base {
	if b.read != nil {
		return b
	}
	c := *b
	c.read = &reading{articles: map[int]*openedArticle{}, phrases: map[nameKey][][]string{}, names: map[nameKey]nameOf{}, telling: map[string][]int{}}
	if b.archive() {
		c.read.articles = make(map[int]*openedArticle, archiveCandidates) // few candidates share one
	}
	return &c
}

// opened is the article at that place of the index.
func (b *Base) opened(place int) *openedArticle {
	if b.kept != nil {
		return b.kept[place]
	}
	if b.read != nil {
		if o := b.read.articles[place]; o != nil {
			return o
		}
	}
	o := &openedArticle{
		base: b, place: place, article: b.index.Articles()[place], packed: b.index.Packed(place),
		facts: make([]openedFact, b.index.Len(place)),
	}
	if b.read != nil {
		b.read.articles[place] = o
	}
	return o
}

// maxKept is up to how many sentences a base keeps its facts unpacked: some 3 kB
// each, which the articles of a few weeks may take and an archive may not.
const maxKept = 5_000

// keep unpacks all of a small base. What questions look at afterwards they only
// read, so that it needs no lock.
func (b *Base) keep() {
	if b.Sentences() > maxKept {
		return
	}
	kept := make([]*openedArticle, len(b.index.Articles()))
	for place := range kept {
		o := b.opened(place)
		for n := range o.facts {
			if f := o.fact(n); f.Tokens == nil {
				f.Tokens = []english.Token{}
			}
		}
		o.roles = append([]corpus.Role{}, o.packed.Roles()...)
		o.entities = append([]fact.Entity{}, o.packed.Entities()...)
		o.title = append([]english.Token{}, english.Tokens(o.article.Title, 0)...)
		o.marks = append([]mark{}, marksOf(o.entities)...)
		kept[place] = o
	}
	b.kept = kept
}

// archive reports whether the base is too large for a question to look at all of
// it.
func (b *Base) archive() bool { return b.kept == nil }

// of is the article of that ID, which a fact of the base has.
func (b *Base) of(article string) *openedArticle {
	if b.read == nil {
		return b.opened(b.index.Place(article))
	}
	if o := b.read.last; o == nil || o.article.ID != article {
		b.read.last = b.opened(b.index.Place(article))
	}
	return b.read.last
}

// outline is fact n, with or without its tokens.
func (o *openedArticle) outline(n int) *fact.Fact {
	f := &o.facts[n]
	if f.Fact == nil {
		f.Fact = o.packed.Outline(o.article, n)
	}
	return f.Fact
}

// fact is fact n.
func (o *openedArticle) fact(n int) *fact.Fact {
	f := o.outline(n)
	if !o.facts[n].whole {
		f.Tokens = o.base.tokens(f.Sentence)
		o.facts[n].whole = true
	}
	return f
}

// tokensTogether is for how many tokens memory is taken at once: those of some
// thirty sentences.
const tokensTogether = 1 << 10

// tokens are those of the sentence. The tokens of the sentences of one question
// stand together: it reads a hundred of them.
func (b *Base) tokens(s corpus.Sentence) []english.Token {
	if b.read == nil {
		return english.Tokens(s.Text(), s.Span.Start)
	}
	if expected := s.Span.Len() / 2; cap(b.read.tokens)-len(b.read.tokens) < expected {
		b.read.tokens = make([]english.Token, 0, max(tokensTogether, expected))
	}
	from := len(b.read.tokens)
	b.read.tokens = english.AppendTokens(b.read.tokens, s.Text(), s.Span.Start)
	return slices.Clip(b.read.tokens[from:])
}

// grammar is the grammar of the fact's sentence. That of an article that is kept
// may be read by several questions at once: each reads the same in it.
func (b *Base) grammar(f *fact.Fact) *extract.Reading {
	o := b.of(f.ID.Article)
	if f.Number >= len(o.facts) || o.facts[f.Number].Fact != f {
		return extract.Read(f)
	}
	kept := &o.facts[f.Number].grammar
	if r := kept.Load(); r != nil {
		return r
	}
	r := extract.Read(f)
	kept.Store(r)
	return r
}

// uncounted stands for every fact without a count.
var uncounted = &fact.Fact{}

// counts are the facts of the article with that ID, in order, of which some have
// no tokens; for each that has no count there is uncounted.
func (b *Base) counts(article string) []*fact.Fact {
	o := b.of(article)
	out := make([]*fact.Fact, len(o.facts))
	for n := range out {
		if out[n] = uncounted; b.index.Counted(o.place, n) {
			out[n] = o.outline(n)
		}
	}
	return out
}

// factAt is the fact of that number of the article; nil where there is none.
func (b *Base) factAt(article string, number int) *fact.Fact {
	o := b.of(article)
	if number < 0 || number >= len(o.facts) {
		return nil
	}
	return o.fact(number)
}

// factHolding is the fact of the article whose sentence holds the span; nil
// where none does.
func (b *Base) factHolding(article string, s corpus.Span) *fact.Fact {
	o := b.of(article)
	if n, ok := o.packed.Holding(s); ok {
		return o.fact(n)
	}
	return nil
}

// rolesOf are the roles of the sentences of the article with that ID.
func (b *Base) rolesOf(article string) []corpus.Role {
	o := b.of(article)
	if o.roles == nil {
		o.roles = o.packed.Roles()
	}
	return o.roles
}

// entities are what the names of the article with that ID name.
func (b *Base) entities(article string) []fact.Entity {
	o := b.of(article)
	if o.entities == nil {
		o.entities = o.packed.Entities()
	}
	return o.entities
}

// title is the title of the article with that ID, word by word.
func (b *Base) title(article string) []english.Token {
	o := b.of(article)
	if o.title == nil {
		o.title = english.Tokens(o.article.Title, 0)
	}
	return o.title
}

// mentioned reports whether the article with that ID has the term anywhere.
func (b *Base) mentioned(t question.Term, article string) bool {
	place := b.of(article).place
	return slices.ContainsFunc(t.Forms, func(form string) bool { return b.index.Has(place, form) })
}

// naming are the facts of the article, in order, that may have one of the
// phrases: all that have a first word of one.
func (b *Base) naming(article string, phrases [][]string) []*fact.Fact {
	o := b.of(article)
	var numbers []int
	for _, p := range phrases {
		if len(p) == 0 {
			continue
		}
		for _, term := range []string{p[0], english.Lemma(p[0])} {
			for n := b.index.Next(o.place, 0, term); n >= 0; n = b.index.Next(o.place, n+1, term) {
				numbers = append(numbers, n)
			}
		}
	}
	slices.Sort(numbers)
	out := make([]*fact.Fact, 0, len(numbers))
	for _, n := range slices.Compact(numbers) {
		out = append(out, o.fact(n))
	}
	return out
}

// whole gives the fact its tokens, where it is an outline.
func (b *Base) whole(f *fact.Fact) {
	if f.Tokens == nil {
		f.Tokens = b.factAt(f.ID.Article, f.Number).Tokens
	}
}

// countsAt is the fact of that number of the article, perhaps without tokens;
// nil where there is none that has a count.
func (b *Base) countsAt(article string, number int) *fact.Fact {
	o := b.of(article)
	if number < 0 || number >= len(o.facts) || !b.index.Counted(o.place, number) {
		return nil
	}
	return o.outline(number)
}

// open are the facts that are there, in that order, whole or as they come,
// furniture left out: at most k.
func (b *Base) open(found []index.Location, whole bool, k int) []*fact.Fact {
	out := make([]*fact.Fact, 0, min(k, len(found)))
	for _, l := range found {
		if len(out) == k {
			break
		}
		o := b.opened(l.Place)
		f := o.outline(l.Number)
		if f.Sentence.Role == corpus.Furniture {
			continue
		}
		if whole {
			o.fact(l.Number)
		}
		out = append(out, f)
	}
	return out
}

// maxHaving is how many facts are looked at that have the words of a name.
const maxHaving = 400

// having are facts that have all words of one of the phrases, in the order of
// the articles: the first maxHaving of each.
func (b *Base) having(phrases [][]string) []*fact.Fact {
	var found []index.Location
	for _, p := range phrases {
		found = append(found, b.index.All(p, maxHaving)...)
	}
	slices.SortFunc(found, index.Location.Compare)
	out := make([]*fact.Fact, 0, len(found))
	for _, l := range slices.Compact(found) {
		out = append(out, b.opened(l.Place).fact(l.Number))
	}
	return out
}
