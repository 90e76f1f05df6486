package serve

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"sourceline/adapters"
	"sourceline/bot/dialogue"
	"sourceline/bot/inbox"
	"sourceline/bot/shelf"
)

// Corrections go out when an article changed or was withdrawn and a line that
// a thread was shown is gone with it.
//
// What the articles were like when we last looked is kept in the store, so
// that changes made while the program was down are seen too. What a post was
// already corrected for is kept as well: each line is corrected once.

const (
	correctionStore = "corrections"
	articlesKey     = "articles/" // + corpus: an archive
	toldKey         = "told/"     // + key of a post: the facts that were corrected
	sumMark         = "@"         // between the ID of a fact and the sum of its words
)

// An archive is what the articles of a corpus were like.
type archive struct {
	Folder   string            `json:"folder"`
	Articles map[string]string `json:"articles"` // ID to sum; withdrawn ones are not in it
}

// archiveOf is what the articles of a corpus are like. One whose file is broken
// is as it was before: somebody is working on it, nobody has withdrawn it.
func archiveOf(b *shelf.Book, before archive) archive {
	a := archive{b.Folder, map[string]string{}}
	for _, article := range b.Articles() {
		a.Articles[article.ID] = sum(article.Text)
	}
	for _, p := range b.Problems {
		id := strings.TrimSuffix(filepath.Base(p.File), filepath.Ext(p.File))
		if old, ok := before.Articles[id]; ok && b.All[id] == nil {
			a.Articles[id] = old
		}
	}
	return a
}

// correct compares a corpus with what it was like when it was last compared,
// and owes corrections to the threads whose lines are gone.
func (s *Server) correct(ctx context.Context, b *shelf.Book) error {
	before, known, err := load[archive](ctx, s.store, articlesKey+b.Name)
	if err != nil {
		return err
	}
	now := archiveOf(b, before)
	if known && continues(before, now) {
		var errs []error
		for _, id := range slices.Sorted(maps.Keys(before.Articles)) {
			if before.Articles[id] != now.Articles[id] {
				errs = append(errs, s.correctArticle(ctx, b, id))
			}
		}
		if err := errors.Join(errs...); err != nil {
			return err // compared again the next time; what was sent is not sent twice
		}
	}
	return save(ctx, s.store, articlesKey+b.Name, now)
}

// continues reports whether a corpus is the one that it was. A folder of quite
// other articles is another corpus, and says nothing about the lines of the old
// one.
func continues(before, now archive) bool {
	if before.Folder != now.Folder {
		return false
	}
	for id := range before.Articles {
		if _, ok := now.Articles[id]; ok {
			return true
		}
	}
	return len(now.Articles) == 0
}

// A reader is who gets a correction: a thread, or one person in it.
type reader struct {
	where adapters.Conversation
	only  string
}

// correctArticle owes a correction to each thread that was shown a line which
// the article no longer has.
func (s *Server) correctArticle(ctx context.Context, b *shelf.Book, id string) error {
	posts, err := s.Box.RestingOn(ctx, restKey(b.Name, id))
	if err != nil {
		return err
	}
	affected := map[reader][]inbox.Posted{}
	var order []reader
	for _, p := range posts {
		if p.Err != "" {
			continue // nobody has seen it
		}
		r := reader{p.Conversation, p.Only}
		if affected[r] == nil {
			order = append(order, r)
		}
		affected[r] = append(affected[r], p)
	}
	for _, r := range order {
		if err := s.correctThread(ctx, b, id, r, affected[r]); err != nil {
			return err
		}
	}
	return nil
}

// correctThread sends one correction for all of a thread's posts that show
// lines which the article no longer has. The last question of them is the one
// that is answered anew.
func (s *Server) correctThread(ctx context.Context, b *shelf.Book, id string, r reader, posts []inbox.Posted) error {
	var changes []dialogue.Change
	var keys []string
	told := map[string][]string{}
	question := ""
	for _, p := range posts {
		already, _, err := load[[]string](ctx, s.store, toldKey+p.Key)
		if err != nil {
			return err
		}
		for _, f := range p.Facts {
			if f.Article != restKey(b.Name, id) || slices.Contains(already, f.ID) {
				continue
			}
			c, gone := change(b, id, f, p.Reply)
			if !gone {
				continue
			}
			already = append(already, f.ID)
			told[p.Key] = already
			keys = append(keys, p.Key+" "+f.ID)
			if !slices.ContainsFunc(changes, func(o dialogue.Change) bool { return o.Line == c.Line }) {
				changes = append(changes, c)
			}
			if p.Question != "" {
				question = p.Question
			}
		}
	}
	if len(changes) == 0 {
		return nil
	}
	if err := s.sendCorrection(ctx, b, r, question, strings.Join(keys, "\n"), changes); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(told)) {
		if err := save(ctx, s.store, toldKey+key, told[key]); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) sendCorrection(ctx context.Context, b *shelf.Book, r reader, question, key string, changes []dialogue.Change) error {
	turn, asked, err := s.questionOf(ctx, r.where, question)
	if errors.Is(err, adapters.ErrNotFound) {
		return nil // it was deleted, and its answer with it
	}
	if err != nil {
		return err
	}
	earlier, err := s.earlier(ctx, turn.Message, r.where, b.Name)
	if err != nil {
		return err
	}
	room := s.room(s.Room(r.where, turn.Message.Kind == adapters.Direct))
	room.Library = b
	said, err := s.talk.Correct(ctx, room, asked.Memory, earlier, changes)
	if err != nil {
		return err
	}
	s.Log.Info("a correction is owed", "platform", r.where.Platform, "room", r.where.Room, "question", question, "lines", len(changes))
	s.Metrics.fixes.Inc()
	return s.Box.Send(ctx, "correction "+sum(key), inbox.Post{
		Conversation: r.where, Only: r.only, Reply: *said.Reply, Facts: restsOn(b.Name, said.Shown)})
}

// questionOf looks up an answered question. A correction answers none: for it
// that is the last one of the thread.
func (s *Server) questionOf(ctx context.Context, where adapters.Conversation, id string) (inbox.Turn, state, error) {
	var turns []inbox.Turn
	var err error
	if id != "" {
		var t inbox.Turn
		t, err = s.Box.AnswerTo(ctx, where, id)
		turns = append(turns, t)
	} else {
		turns, err = s.Box.Thread(ctx, where)
	}
	if err != nil {
		return inbox.Turn{}, state{}, err
	}
	for _, t := range slices.Backward(turns) {
		if st, ok := parseState(t.State); ok {
			return t, st, nil
		}
	}
	return inbox.Turn{}, state{}, adapters.ErrNotFound
}

// change tells what became of a line that a reply showed; gone is false where
// the article still has it, word for word, wherever that may be.
func change(b *shelf.Book, id string, f inbox.Fact, shown adapters.Reply) (c dialogue.Change, gone bool) {
	_, lineSum, ok := strings.Cut(f.ID, sumMark)
	if !ok {
		return c, false
	}
	for _, part := range shown.Parts {
		q, ok := part.(adapters.Quote)
		if !ok || sum(q.Text) != lineSum {
			continue
		}
		c = dialogue.Change{Source: q.Source.Name, Line: q.Text, Now: b.Found(id)}
		return c, c.Now == nil || !strings.Contains(plain(c.Now.Article.Text), plain(q.Text))
	}
	return c, false
}

// restKey names an article across corpora.
func restKey(corpus, id string) string { return corpus + "/" + id }

// sum identifies a text, white space aside.
func sum(text string) string {
	h := sha256.Sum256([]byte(plain(text)))
	return hex.EncodeToString(h[:8])
}

// plain is a text with its white space made single.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }

// load reads a value of the store; known is false where there is none.
func load[T any](ctx context.Context, store adapters.Store, key string) (v T, known bool, err error) {
	data, err := store.Get(ctx, key)
	if errors.Is(err, adapters.ErrNotFound) {
		return v, false, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	if err != nil {
		return v, false, fmt.Errorf("stored %s: %w", key, err)
	}
	return v, true, nil
}

func save(ctx context.Context, store adapters.Store, key string, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return store.Put(ctx, key, data)
}
