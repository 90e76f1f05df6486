package inbox

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"sourceline/adapters"
)

// The states of a row.
const (
	waiting = 0
	claimed = 1
	settled = 2 // a message: handled; a post: stands as wanted
	givenUp = 3
	gone    = 4 // a message: deleted by its writer; a post: taken away by somebody
)

// Put stores m, on disk when it returns, if it is for us: addressed to the
// bot, in a thread in which it was asked, or about a message or post that is
// stored. Everything else, and everything of other bots, is never written. The
// same ID in a room is stored once.
//
// An edit gives the stored message its new text and has it handled again; a
// deletion takes the message's posts away.
//
// Nil means stored or not ours; an error that m must be delivered again.
func (b *Box) Put(ctx context.Context, m adapters.Message) error {
	if b.writer == nil {
		return errReadOnly
	}
	if m.FromBot {
		return nil
	}
	if m.ID == "" {
		return fmt.Errorf("inbox: a message of kind %s in %+v has no ID: its adapter must give it one, or repeats are not known", m.Kind, m.Conversation)
	}
	m = b.storable(m)
	start := time.Now()
	stored := false
	j := b.worker()
	direct := j != nil && j.claims.try()
	var it *Item
	err := b.writer.writeThen(ctx, func(x *tx) (err error) {
		stored, it, err = b.put(x, m, direct)
		return err
	}, func(err error) {
		switch {
		case !direct:
		case err != nil || it == nil:
			j.claims.give(1)
		default:
			j.begin(*it)
		}
	})
	if err != nil || stored { // on an error stored may still be written to
		b.Observe(StagePut, time.Since(start), err)
	}
	if err != nil {
		b.Log.Error("inbox: a message could not be stored", "platform", m.Conversation.Platform, "kind", m.Kind, "err", err)
		return err
	}
	if stored && it == nil {
		b.leave(forMessages)
	}
	if stored && m.Kind == adapters.Deleted {
		b.leave(forPosts)
	}
	return nil
}

// put tells whether there is something to do now, and returns the item to
// handle where it claimed it at once.
func (b *Box) put(x *tx, m adapters.Message, direct bool) (todo bool, it *Item, err error) {
	switch m.Kind {
	case adapters.Edited:
		todo, err = b.putEdit(x, m)
		return todo, nil, err
	case adapters.Deleted:
		todo, err = b.putDeletion(x, m)
		return todo, nil, err
	case adapters.Reaction:
		thread, ok, err := targetThread(x, m)
		if !ok || err != nil {
			return false, nil, err
		}
		m.Conversation.Thread = thread
	case adapters.ThreadReply:
		ok, err := inThread(x, m)
		if !ok || err != nil {
			return false, nil, err
		}
	}
	state := waiting
	if direct {
		var one int
		busy, err := x.row(`SELECT 1 FROM message WHERE room = $1 AND thread = $2 AND state < 2 LIMIT 1`,
			[]any{room(m.Conversation), m.Conversation.Thread}, &one)
		if err != nil {
			return false, nil, err
		}
		if !busy {
			state = claimed
		}
	}
	it, err = b.insert(x, m, state)
	switch {
	case err != nil:
		return false, nil, err
	case it == nil:
		todo, err = b.promote(x, m)
		return todo, nil, err
	case state == waiting:
		return true, nil, nil
	}
	return true, it, nil
}

// worker is the Work that may take a message right when it is put: one on
// SQLite, where no other process can be at work in the same thread.
func (b *Box) worker() *job {
	if !b.sqlite() {
		return nil
	}
	return b.job.Load()
}

// insertMessage takes the state, which is waiting, claimed or settled, and the
// number of tries.
const insertMessage = `
INSERT INTO message (room, thread, id, target, kind, sender, text, value, locale, sent, ret, arrived,
	version, state, owner, tries, due, error, outcome)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14, $15, 0, '', '')
ON CONFLICT (room, id) DO NOTHING`

// insert returns the new row; nil where the message was known.
func (b *Box) insert(x *tx, m adapters.Message, state int) (*Item, error) {
	it := Item{Message: m, version: 1, arrived: b.millis(), ret: m.Return}
	it.Sent = time.UnixMilli(m.Sent.UnixMilli()) // as it is read back
	if state == claimed {
		it.owner, it.Try, it.Last = b.name(), 1, b.Tries <= 1
	}
	seq, isNew, err := x.insert(insertMessage, room(m.Conversation), m.Conversation.Thread, m.ID, m.Target, string(m.Kind),
		m.Sender, m.Text, m.Value, m.Locale, m.Sent.UnixMilli(), nullable(m.Return), it.arrived, state, it.owner, it.Try)
	if !isNew || err != nil {
		return nil, err
	}
	it.seq = seq
	return &it, nil
}

// promote handles a message again that was known as a reply in a thread only
// and turns out to address us: some platforms tell of one post twice.
func (b *Box) promote(x *tx, m adapters.Message) (bool, error) {
	if m.Kind != adapters.Mention && m.Kind != adapters.Direct && m.Kind != adapters.Command {
		return false, nil
	}
	n, err := x.exec(`
UPDATE message SET kind = $3, text = $4, version = version + 1, tries = 0, due = 0,
	state = CASE WHEN state = 1 THEN 1 ELSE 0 END
WHERE room = $1 AND id = $2 AND kind = $5 AND state < 4`,
		room(m.Conversation), m.ID, string(m.Kind), m.Text, string(adapters.ThreadReply))
	return n > 0, err
}

// inThread tells whether the bot was asked in m's thread, or the thread hangs
// on a question or a post of its own.
func inThread(x *tx, m adapters.Message) (bool, error) {
	if m.Conversation.Thread == "" {
		return false, nil
	}
	var one int
	return x.row(`
SELECT 1 WHERE EXISTS (SELECT 1 FROM message WHERE room = $1 AND thread = $2 AND state <> 4)
	OR EXISTS (SELECT 1 FROM message WHERE room = $1 AND id = $2 AND state <> 4)
	OR EXISTS (SELECT 1 FROM post WHERE room = $1 AND post_id = $2 AND post_id <> '')`,
		[]any{room(m.Conversation), m.Conversation.Thread}, &one)
}

// targetThread finds the stored message or post that m is about, and its
// thread.
func targetThread(x *tx, m adapters.Message) (thread string, ok bool, err error) {
	if m.Target == "" {
		return "", false, nil
	}
	ok, err = x.row(`
SELECT thread FROM message WHERE room = $1 AND id = $2 AND state <> 4
UNION ALL SELECT thread FROM post WHERE room = $1 AND post_id = $2 AND post_id <> '' LIMIT 1`,
		[]any{room(m.Conversation), m.Target}, &thread)
	return thread, ok, err
}

// putEdit gives the target its new text. The edit itself is kept too, without
// its text, so that a late repeat of it does nothing.
func (b *Box) putEdit(x *tx, m adapters.Message) (bool, error) {
	var text, thread string
	var sent int64
	found, err := x.row(`SELECT text, thread, sent FROM message WHERE room = $1 AND id = $2 AND state <> 4 AND kind <> $3`,
		[]any{room(m.Conversation), m.Target, string(adapters.Edited)}, &text, &thread, &sent)
	if !found || err != nil || text == m.Text || m.Sent.UnixMilli() < sent {
		return false, err
	}
	note := m
	note.Conversation.Thread, note.Text, note.Return = thread, "", nil
	isNew, err := b.insert(x, note, settled)
	if isNew == nil || err != nil {
		return false, err
	}
	_, err = x.exec(`
UPDATE message SET text = $3, sent = $4, ret = COALESCE($5, ret), version = version + 1, tries = 0, due = 0, error = '',
	state = CASE WHEN state = 1 THEN 1 ELSE 0 END
WHERE room = $1 AND id = $2`, room(m.Conversation), m.Target, m.Text, m.Sent.UnixMilli(), nullable(m.Return))
	return true, err
}

// putDeletion forgets what the target said and takes its answer away, or,
// where the target is a post of ours, notes that it does not stand any more.
func (b *Box) putDeletion(x *tx, m adapters.Message) (bool, error) {
	place := room(m.Conversation)
	if m.Target == "" {
		return false, nil
	}
	var seq int64
	found, err := x.row(`SELECT seq FROM message WHERE room = $1 AND id = $2 AND state <> 4`, []any{place, m.Target}, &seq)
	if err != nil {
		return false, err
	}
	if !found {
		_, err := x.exec(`UPDATE post SET state = 4, post_id = '', have = want, sending = 0, doubt = NULL WHERE room = $1 AND post_id = $2 AND post_id <> ''`,
			place, m.Target)
		return false, err
	}
	if _, err := x.exec(`UPDATE message SET state = 4, text = '', value = '', ret = NULL, turn = NULL WHERE seq = $1`, seq); err != nil {
		return false, err
	}
	return true, withdraw(x, seq, 0)
}

// nullable is b, or NULL where there is nothing.
func nullable(b []byte) any {
	if len(b) == 0 {
		return nil
	}
	return b
}

// room is the room of c as one string; parseRoom reads it.
func room(c adapters.Conversation) string {
	return url.PathEscape(c.Platform) + "/" + url.PathEscape(c.Workspace) + "/" + url.PathEscape(c.Room)
}

func parseRoom(room, thread string) adapters.Conversation {
	part := func(s string) string {
		if p, err := url.PathUnescape(s); err == nil {
			return p
		}
		return s
	}
	parts := strings.SplitN(room+"//", "/", 3)
	return adapters.Conversation{Platform: part(parts[0]), Workspace: part(parts[1]), Room: part(strings.TrimSuffix(parts[2], "//")), Thread: thread}
}

// storable makes the texts of m such that every database takes them: a
// message that could never be stored would be delivered again for ever. One
// without a date is of now.
func (b *Box) storable(m adapters.Message) adapters.Message {
	if m.Sent.IsZero() {
		m.Sent = b.Now()
	}
	for _, s := range []*string{&m.ID, &m.Target, &m.Sender, &m.Text, &m.Value, &m.Locale, &m.Conversation.Platform,
		&m.Conversation.Workspace, &m.Conversation.Room, &m.Conversation.Thread, (*string)(&m.Kind)} {
		*s = strings.ReplaceAll(strings.ToValidUTF8(*s, "\uFFFD"), "\x00", "")
	}
	return m
}
