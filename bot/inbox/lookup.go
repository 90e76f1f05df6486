package inbox

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"sourceline/adapters"
)

// maxThread is how many turns of a thread are looked up at most: follow-ups
// refer to the last few.
const maxThread = 20

// query runs a lookup outside of the writer: it sees what is committed.
func (b *Box) query(ctx context.Context, scan func(scanner) error, query string, args ...any) error {
	rows, err := b.db.RawDB.QueryContext(ctx, dialect(query, b.sqlite()), args...)
	if err != nil {
		return fmt.Errorf("inbox: look up: %w", explain(err))
	}
	if err := eachRow(rows, scan); err != nil {
		return fmt.Errorf("inbox: look up: %w", explain(err))
	}
	return nil
}

const turnColumns = `m.seq, m.room, m.thread, m.id, m.target, m.kind, m.sender, m.text, m.value, m.locale, m.sent, m.ret,
	m.arrived, m.state, m.error, m.outcome, m.turn`

// A turnRow is a turn with what its row has beside.
type turnRow struct {
	Turn
	seq     int64
	arrived int64
}

func scanTurn(s scanner) (turnRow, error) {
	var t turnRow
	var place, thread, failure string
	var sent int64
	var state int
	m := &t.Message
	err := s.Scan(&t.seq, &place, &thread, &m.ID, &m.Target, (*string)(&m.Kind), &m.Sender, &m.Text, &m.Value, &m.Locale,
		&sent, &m.Return, &t.arrived, &state, &failure, (*string)(&t.Outcome), &t.State)
	m.Conversation = parseRoom(place, thread)
	m.Sent = time.UnixMilli(sent)
	if state == givenUp {
		t.Err = failure
	}
	return t, err
}

// turns looks up messages and their posts.
func (b *Box) turns(ctx context.Context, where string, args ...any) ([]turnRow, error) {
	var turns []turnRow
	err := b.query(ctx, func(s scanner) error {
		t, err := scanTurn(s)
		turns = append(turns, t)
		return err
	}, `SELECT `+turnColumns+` FROM message m `+where, args...)
	if err != nil {
		return nil, err
	}
	for i := range turns {
		if turns[i].Posts, err = b.posts(ctx, `p.message = $1 ORDER BY p.part`, turns[i].seq); err != nil {
			return nil, err
		}
	}
	return turns, nil
}

// posts looks up posts that stand or are on their way.
func (b *Box) posts(ctx context.Context, where string, args ...any) ([]Posted, error) {
	var posts []Posted
	err := b.query(ctx, func(s scanner) error {
		p, err := scanPosted(s)
		posts = append(posts, p)
		return err
	}, `
SELECT p.key, COALESCE(m.id, ''), p.room, p.thread, p.reader, p.reply, p.facts, p.post_id, p.made, p.state, p.error
FROM post p LEFT JOIN message m ON m.seq = p.message WHERE p.state <> 4 AND p.reply IS NOT NULL AND `+where, args...)
	return posts, err
}

func scanPosted(s scanner) (Posted, error) {
	var p Posted
	var place, thread, facts, failure string
	var reply sql.NullString
	var made int64
	var state int
	if err := s.Scan(&p.Key, &p.Question, &place, &thread, &p.Only, &reply, &facts, (*string)(&p.ID), &made, &state, &failure); err != nil {
		return p, err
	}
	p.Conversation = parseRoom(place, thread)
	p.Made = time.UnixMilli(made)
	if state == givenUp {
		p.Err = failure
	}
	if facts != "" {
		if err := json.Unmarshal([]byte(facts), &p.Facts); err != nil {
			return p, err
		}
	}
	return p, json.Unmarshal([]byte(reply.String), &p.Reply)
}

// Thread returns the turns of a conversation, oldest first, the last 20 at
// most: questions and commands that were handled, not reactions or buttons.
// With Thread empty it is the room itself, as in a direct conversation.
func (b *Box) Thread(ctx context.Context, c adapters.Conversation) ([]Turn, error) {
	rows, err := b.turns(ctx, `
WHERE m.room = $1 AND m.thread = $2 AND m.state = 2 AND m.kind IN ('mention', 'direct', 'command', 'thread_reply')
ORDER BY m.seq DESC LIMIT $3`, room(c), c.Thread, maxThread)
	if err != nil {
		return nil, err
	}
	turns := make([]Turn, len(rows))
	for i, t := range rows {
		turns[len(rows)-1-i] = t.Turn
	}
	return turns, nil
}

// AnswerTo returns what came of the message with that ID in c's room, or
// adapters.ErrNotFound.
func (b *Box) AnswerTo(ctx context.Context, c adapters.Conversation, messageID string) (Turn, error) {
	rows, err := b.turns(ctx, `WHERE m.room = $1 AND m.id = $2 AND m.state <> 4`, room(c), messageID)
	if err != nil {
		return Turn{}, err
	}
	if len(rows) == 0 {
		return Turn{}, fmt.Errorf("inbox: message %s: %w", messageID, adapters.ErrNotFound)
	}
	return rows[0].Turn, nil
}

// ByPost returns the turn that a post in c's room belongs to, or
// adapters.ErrNotFound. For a post that answers no message the turn has that
// post alone.
func (b *Box) ByPost(ctx context.Context, c adapters.Conversation, id adapters.PostID) (Turn, error) {
	posts, err := b.posts(ctx, `p.room = $1 AND p.post_id = $2 AND p.post_id <> ''`, room(c), string(id))
	if err != nil {
		return Turn{}, err
	}
	if len(posts) == 0 {
		return Turn{}, fmt.Errorf("inbox: post %s: %w", id, adapters.ErrNotFound)
	}
	if posts[0].Question == "" {
		return Turn{Posts: posts}, nil
	}
	rows, err := b.turns(ctx, `
WHERE m.seq = (SELECT p.message FROM post p WHERE p.room = $1 AND p.post_id = $2 AND p.post_id <> '' LIMIT 1)`, room(c), string(id))
	if err != nil || len(rows) == 0 {
		return Turn{Posts: posts}, err
	}
	return rows[0].Turn, nil
}

// RestingOn returns the posts that stand, or are on their way, and rest on a
// fact of the article, oldest first.
func (b *Box) RestingOn(ctx context.Context, article string) ([]Posted, error) {
	return b.posts(ctx, `p.state <> 3 AND p.seq IN (SELECT post FROM rests WHERE article = $1) ORDER BY p.seq`, article)
}

// SetFeedback notes what a person thinks of a post; a later value replaces an
// earlier one, "" takes it back. It returns adapters.ErrNotFound for a post
// that is not ours.
func (b *Box) SetFeedback(ctx context.Context, c adapters.Conversation, id adapters.PostID, sender, value string) error {
	if b.writer == nil {
		return errReadOnly
	}
	found := false
	err := b.writer.write(ctx, func(x *tx) (err error) {
		var seq int64
		found, err = x.row(`SELECT seq FROM post WHERE room = $1 AND post_id = $2 AND post_id <> ''`, []any{room(c), string(id)}, &seq)
		if !found || err != nil {
			return err
		}
		if value == "" {
			_, err = x.exec(`DELETE FROM feedback WHERE post = $1 AND sender = $2`, seq, sender)
			return err
		}
		_, err = x.exec(`
INSERT INTO feedback (post, sender, value, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (post, sender) DO UPDATE SET value = excluded.value, at = excluded.at`, seq, sender, value, b.millis())
		return err
	})
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("inbox: feedback on post %s: %w", id, adapters.ErrNotFound)
	}
	return nil
}

// Feedback returns how many gave which value to a post.
func (b *Box) Feedback(ctx context.Context, c adapters.Conversation, id adapters.PostID) (map[string]int, error) {
	return b.feedback(ctx, `p.room = $1 AND p.post_id = $2 AND p.post_id <> ''`, room(c), string(id))
}

func (b *Box) feedback(ctx context.Context, where string, args ...any) (map[string]int, error) {
	counts := map[string]int{}
	err := b.query(ctx, func(s scanner) error {
		var value string
		var n int
		err := s.Scan(&value, &n)
		counts[value] = n
		return err
	}, `SELECT f.value, COUNT(*) FROM feedback f JOIN post p ON p.seq = f.post WHERE `+where+` GROUP BY f.value`, args...)
	return counts, err
}

// Report returns what the desk should look at since then, oldest first:
// messages that were refused or given up, and those whose answer got the
// feedback bad or could not be posted.
func (b *Box) Report(ctx context.Context, since time.Time, bad string) ([]Entry, error) {
	rows, err := b.turns(ctx, `
WHERE m.arrived >= $1 AND m.state <> 4 AND (m.outcome = $2 OR m.state = 3 OR EXISTS (
	SELECT 1 FROM post p WHERE p.message = m.seq AND (p.state = 3 OR EXISTS (
		SELECT 1 FROM feedback f WHERE f.post = p.seq AND f.value = $3))))
ORDER BY m.seq`, since.UnixMilli(), string(Refused), bad)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, len(rows))
	for i, t := range rows {
		entries[i] = Entry{Turn: t.Turn, Arrived: time.UnixMilli(t.arrived)}
		if entries[i].Feedback, err = b.feedback(ctx, `p.message = $1`, t.seq); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// Stats returns the figures of the queues now.
func (b *Box) Stats(ctx context.Context) (Stats, error) {
	var s Stats
	if b.writer != nil {
		s = b.writer.stats()
	}
	var oldest sql.NullInt64
	one := func(query string, into ...any) error {
		return b.query(ctx, func(row scanner) error { return row.Scan(into...) }, query)
	}
	var oldestPost sql.NullInt64
	err := errors.Join(
		one(`SELECT COUNT(*), MIN(arrived) FROM message WHERE state < 2`, &s.Messages, &oldest),
		one(`SELECT COUNT(*), MIN(asked) FROM post WHERE state < 2`, &s.Posts, &oldestPost),
		one(`SELECT COUNT(*) FROM message WHERE state = 3`, &s.Dead),
		one(`SELECT COUNT(*) FROM post WHERE state = 3`, &s.DeadPosts),
	)
	for _, o := range []sql.NullInt64{oldest, oldestPost} {
		if o.Valid {
			s.Oldest = max(s.Oldest, b.age(o.Int64))
		}
	}
	return s, err
}

// Check reads through the whole database for damage, for `doctor`: it may
// take seconds.
func (b *Box) Check(ctx context.Context) error {
	if !b.sqlite() {
		return explain(b.db.RawDB.PingContext(ctx))
	}
	var faults []string
	err := b.query(ctx, func(s scanner) error {
		var line string
		err := s.Scan(&line)
		faults = append(faults, line)
		return err
	}, `PRAGMA quick_check`)
	if err != nil {
		return err
	}
	if !slices.Equal(faults, []string{"ok"}) {
		return fmt.Errorf("inbox: the database file is damaged (%v); restore a backup or move it aside", faults)
	}
	return nil
}
