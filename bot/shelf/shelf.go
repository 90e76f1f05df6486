// Package shelf holds the corpora that rooms are answered from, and builds
// them anew when their folders change.
//
// A corpus is built aside and then swapped in whole: whoever was answering
// from the old one goes on with it. Where the new one cannot be built the old
// one stays.
package shelf

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"sourceline/answers"
	"sourceline/corpus"
)

// A Book is one corpus, ready for questions. It never changes.
type Book struct {
	*answers.Base
	Name     string // "" is the default corpus
	Folder   string // "" is the corpus that is built in
	All      map[string]*corpus.Article
	Problems []corpus.Problem // files that were left out
	Examples []string         // questions that it answers
	Built    time.Time
}

// Newest is the date of the latest article; zero where none has a date.
func (b *Book) Newest() time.Time {
	var newest time.Time
	for _, a := range b.All {
		if a.Date.After(newest) {
			newest = a.Date
		}
	}
	return newest
}

// Usable is the article with that ID, nil where it is withdrawn or gone.
func (b *Book) Usable(id string) *corpus.Article {
	if a := b.All[id]; a != nil && a.Status != corpus.Withdrawn {
		return a
	}
	return nil
}

// A Shelf holds the books by name. It is safe for concurrent use.
type Shelf struct {
	folders map[string]string
	books   map[string]*atomic.Pointer[Book]
	state   map[string]*atomic.Pointer[error] // why the last build failed
	log     *slog.Logger
	now     func() time.Time
	ask     func(context.Context, *answers.Base) []string
	saved   string // folder of the snapshots; "" for none

	mu      sync.Mutex // one reload at a time
	swapped func(old, new *Book)
}

// Options are what a Shelf may be given.
type Options struct {
	Log       *slog.Logger // nil for slog.Default()
	Now       func() time.Time
	Examples  func(context.Context, *answers.Base) []string // finds questions for those who are new; nil for none
	Snapshots string                                        // folder of the snapshots; "" for none
	Swapped   func(old, new *Book)                          // told after a book was swapped; nil for nobody
}

// Open builds the corpora of the folders, by name. The name "" is the default
// corpus, and its folder "" the one that is built in. A file that is no
// article is left out and reported in Problems; it is an error when a corpus
// cannot be built at all.
func Open(ctx context.Context, folders map[string]string, o Options) (*Shelf, error) {
	s := &Shelf{
		folders: maps.Clone(folders), books: map[string]*atomic.Pointer[Book]{}, state: map[string]*atomic.Pointer[error]{},
		log: o.Log, now: o.Now, ask: o.Examples, swapped: o.Swapped, saved: o.Snapshots,
	}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.now == nil {
		s.now = time.Now
	}
	for _, name := range s.Names() {
		s.books[name], s.state[name] = new(atomic.Pointer[Book]), new(atomic.Pointer[error])
		articles, problems, err := s.load(name)
		if err != nil {
			return nil, err
		}
		book, err := s.build(ctx, name, articles, problems)
		if err != nil {
			return nil, err
		}
		s.books[name].Store(book)
	}
	return s, nil
}

// Names are the names of the corpora, sorted.
func (s *Shelf) Names() []string { return slices.Sorted(maps.Keys(s.folders)) }

// Book is the corpus of that name as it is now; nil where there is none.
func (s *Shelf) Book(name string) *Book {
	if p := s.books[name]; p != nil {
		return p.Load()
	}
	return nil
}

// Failure is why the last build of a corpus failed and an old one is in use;
// nil where none did.
func (s *Shelf) Failure(name string) error {
	if p := s.state[name]; p != nil && p.Load() != nil {
		return *p.Load()
	}
	return nil
}

// Reload reads every folder again and builds what has changed. Where that
// fails the old corpus stays, and the error says which and why.
func (s *Shelf) Reload(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var first error
	for _, name := range s.Names() {
		if err := s.reload(ctx, name); err != nil {
			s.log.Error("the corpus was not renewed; the old one stays", "corpus", name, "err", err)
			s.state[name].Store(&err)
			if first == nil {
				first = err
			}
			continue
		}
		s.state[name].Store(nil)
	}
	return first
}

func (s *Shelf) reload(ctx context.Context, name string) error {
	old := s.Book(name)
	articles, problems, err := s.load(name)
	if err != nil {
		return err
	}
	if same(old, articles) && slices.Equal(old.Problems, problems) {
		return nil
	}
	book, err := s.build(ctx, name, articles, problems)
	if err != nil {
		return err
	}
	s.books[name].Store(book)
	s.log.Info("corpus renewed", "corpus", name, "articles", len(book.Articles()), "left_out", len(problems))
	if s.swapped != nil {
		s.swapped(old, book)
	}
	return nil
}

// load reads the articles of a corpus and reports those that are broken.
func (s *Shelf) load(name string) ([]*corpus.Article, []corpus.Problem, error) {
	folder := s.folders[name]
	if folder == "" {
		articles, err := corpus.Embedded()
		return articles, nil, err
	}
	articles, problems, err := corpus.Load(folder)
	for _, p := range problems {
		s.log.Warn("article left out", "corpus", name, "problem", p.Error())
	}
	return articles, problems, err
}

// build makes a book. A panic over an article is an error like any other: the
// old book must stay.
func (s *Shelf) build(ctx context.Context, name string, articles []*corpus.Article, problems []corpus.Problem) (b *Book, err error) {
	defer func() {
		if r := recover(); r != nil {
			b, err = nil, fmt.Errorf("corpus %q: reading the articles failed: %v", name, r)
		}
	}()
	base, err := s.base(name, articles)
	if err != nil {
		return nil, fmt.Errorf("corpus %q: %w", name, err)
	}
	b = &Book{Base: base, Name: name, Folder: s.folders[name], All: map[string]*corpus.Article{}, Problems: problems, Built: s.now()}
	for _, a := range articles {
		b.All[a.ID] = a
	}
	if s.ask != nil {
		b.Examples = s.ask(ctx, base)
	}
	return b, nil
}

// same reports whether a book was made of just these articles.
func same(b *Book, articles []*corpus.Article) bool {
	if len(b.All) != len(articles) {
		return false
	}
	for _, a := range articles {
		if old := b.All[a.ID]; old == nil || *old != *a {
			return false
		}
	}
	return true
}
