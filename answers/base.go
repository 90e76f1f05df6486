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
	articles  []*fact.Article
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
	b.articles = extract.Articles(usable)
	for _, a := range b.articles {
		b.byID[a.Article.ID] = a
		b.titles[a.Article.ID] = english.Tokens(a.Article.Title, 0)
	}
	b.withdrawn = takenBack(b.articles)
	b.names = extract.Aliases(b.articles)
	b.index = index.NewMemory(b.articles)
	return b, nil
}

// Read turns a text into a question to this corpus. The turns are the ones
// before it in the conversation, the latest last. The error is a
// question.TooLongError, or one of the index.
func (b *Base) Read(ctx context.Context, text string, turns ...question.Turn) (question.Question, error) {
	return question.Parse(ctx, b.index, (*names)(b), b.today, text, turns...)
}

// Articles are the articles that the base answers from, in their order.
func (b *Base) Articles() []*fact.Article { return b.articles }

// Facts returns the facts with these IDs; those that are gone are left out.
func (b *Base) Facts(ctx context.Context, ids ...fact.ID) ([]*fact.Fact, error) {
	return b.index.Facts(ctx, ids...)
}

// names lets a question look names up.
type names Base

var _ question.Names = (*names)(nil)

// Aliases implements question.Names.
func (n *names) Aliases(name string) []string { return n.names.AliasesOf(name) }
