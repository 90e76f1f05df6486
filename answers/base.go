package answers

import (
	"context"
	"fmt"
	"time"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/index"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// A Base is a corpus made ready for questions: its facts and their index. It
// never changes and is safe for concurrent use.
type Base struct {
	articles  []*corpus.Article
	byID      map[string]*fact.Article
	titles    map[string][]english.Token // of each article, by its ID
	withdrawn []taken                    // the figures that some article takes back or denies
	names     *extract.AliasTable
	index     index.Index
	today     time.Time // the latest date of an article: what "yesterday" in a question is counted from
}

// New reads the articles and indexes them. Withdrawn articles are left out.
// Two articles with one ID are an error.
func New(articles []*corpus.Article) (*Base, error) {
	b := &Base{byID: map[string]*fact.Article{}, titles: map[string][]english.Token{}}
	var usable []*corpus.Article
	for _, a := range articles {
		if _, ok := b.byID[a.ID]; ok {
			return nil, fmt.Errorf("two articles have the ID %q: rename one of them", a.ID)
		}
		b.byID[a.ID] = nil
		if a.Status == corpus.Withdrawn {
			continue
		}
		usable = append(usable, a)
		if a.Date.After(b.today) {
			b.today = a.Date
		}
	}
	b.articles = usable
	found := extract.Articles(usable)
	for _, a := range found {
		b.byID[a.Article.ID] = a
		b.titles[a.Article.ID] = english.Tokens(a.Article.Title, 0)
	}
	b.withdrawn = takenBack(found)
	b.names = extract.Aliases(found)
	b.index = index.NewMemory(found)
	return b, nil
}

// Read turns a text into a question to this corpus. The turns are the ones
// before it in the conversation, the latest last. The error is a
// question.TooLongError, or one of the index.
func (b *Base) Read(ctx context.Context, text string, turns ...question.Turn) (question.Question, error) {
	return question.Parse(ctx, b.index, (*names)(b), b.today, text, turns...)
}

// Articles are the articles that the base answers from, in their order.
func (b *Base) Articles() []*corpus.Article { return b.articles }

// Found is everything that was found in the article with that ID; nil where
// the base does not answer from it.
func (b *Base) Found(id string) *fact.Article { return b.byID[id] }

// Sentences is how many sentences the base has.
func (b *Base) Sentences() int {
	n := 0
	for _, a := range b.articles {
		n += len(b.byID[a.ID].Facts)
	}
	return n
}

// facts are the facts of the article with that ID, in order. Nothing else
// reads the facts of an article at question time.
func (b *Base) facts(article string) []*fact.Fact {
	a := b.byID[article]
	out := make([]*fact.Fact, len(a.Facts))
	for i := range a.Facts {
		out[i] = &a.Facts[i]
	}
	return out
}

// factAt is the fact of that number of the article; nil where there is none.
func (b *Base) factAt(article string, number int) *fact.Fact {
	a := b.byID[article]
	if number < 0 || number >= len(a.Facts) {
		return nil
	}
	return &a.Facts[number]
}

// entities are what the names of the article with that ID name.
func (b *Base) entities(article string) []fact.Entity { return b.byID[article].Entities }

// Facts returns the facts with these IDs; those that are gone are left out.
func (b *Base) Facts(ctx context.Context, ids ...fact.ID) ([]*fact.Fact, error) {
	return b.index.Facts(ctx, ids...)
}

// names lets a question look names up.
type names Base

var _ question.Names = (*names)(nil)

// Aliases implements question.Names.
func (n *names) Aliases(name string) []string { return n.names.AliasesOf(name) }
