package answers

import (
	"context"
	"fmt"
	"slices"
	"time"

	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/index"
	"sourceline/answers/question"
	"sourceline/answers/rank"
	"sourceline/corpus"
)

// A Base is a corpus made ready for questions: its facts and their index. It
// never changes and is safe for concurrent use.
type Base struct {
	articles  []*corpus.Article // as they were given
	index     *index.Memory     // of the articles, those of an archive the latest first
	withdrawn withdrawals
	names     *extract.AliasTable
	today     time.Time        // the latest date of an article: what "yesterday" in a question is counted from
	kept      []*openedArticle // the articles of a small base, unpacked once and for all; nil for a large one
	read      *reading         // what was read for the question at hand; nil outside of one
	model     *rank.Model      // nil for rank.Default
}

// New reads the articles and indexes them. Withdrawn articles are left out.
// Two articles with one ID are an error.
func New(articles []*corpus.Article) (*Base, error) {
	usable, err := usableOf(articles)
	if err != nil {
		return nil, err
	}
	idx, names := index.NewBuilder(), extract.NewAliasBuilder()
	b := &Base{articles: usable, today: newest(usable)}
	extract.Each(latestFirst(usable), func(a *fact.Article, packed fact.Packed) {
		idx.AddPacked(a, packed)
		names.Add(a.Entities)
		var taken []taken
		for i := range a.Facts {
			taken = append(taken, takenFrom(&a.Facts[i])...)
		}
		b.withdrawn.add(taken, a.Article.Date, a.Entities)
	})
	b.index, b.names = idx.Memory(), names.Table()
	b.withdrawn.sort()
	b.keep()
	return b, nil
}

// usableOf leaves the withdrawn articles out.
func usableOf(articles []*corpus.Article) ([]*corpus.Article, error) {
	seen := make(map[string]bool, len(articles))
	var usable []*corpus.Article
	for _, a := range articles {
		if seen[a.ID] {
			return nil, fmt.Errorf("two articles have the ID %q: rename one of them", a.ID)
		}
		seen[a.ID] = true
		if a.Status != corpus.Withdrawn {
			usable = append(usable, a)
		}
	}
	return usable, nil
}

// latestFirst are the articles of an archive by date, the latest first, those of
// one date in their order: of sentences that meet a question equally the index
// finds the first, and an archive has more of them than are looked at. Of so few
// articles that a question can look at all the order is kept.
func latestFirst(articles []*corpus.Article) []*corpus.Article {
	if len(articles) <= maxCandidates {
		return articles
	}
	out := slices.Clone(articles)
	slices.SortStableFunc(out, func(x, y *corpus.Article) int { return y.Date.Compare(x.Date) })
	return out
}

// newest is the latest date of an article.
func newest(articles []*corpus.Article) time.Time {
	var t time.Time
	for _, a := range articles {
		if a.Date.After(t) {
			t = a.Date
		}
	}
	return t
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
func (b *Base) Found(id string) *fact.Article {
	place := b.index.Place(id)
	if place < 0 {
		return nil
	}
	return b.index.Packed(place).Article(b.index.Articles()[place])
}

// Sentences is how many sentences the base has.
func (b *Base) Sentences() int {
	n := 0
	for place := range b.index.Articles() {
		n += b.index.Len(place)
	}
	return n
}

// Facts returns the facts with these IDs; those that are gone are left out.
func (b *Base) Facts(ctx context.Context, ids ...fact.ID) ([]*fact.Fact, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := make([]*fact.Fact, 0, len(ids))
	for _, id := range ids {
		if place, number, ok := b.index.Find(id); ok {
			out = append(out, b.opened(place).fact(number))
		}
	}
	return out, nil
}

// names lets a question look names up.
type names Base

var _ question.Names = (*names)(nil)

// Aliases implements question.Names.
func (n *names) Aliases(name string) []string { return n.names.AliasesOf(name) }
