package inbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sourceline/adapters"
)

// errLost says that somebody else has the claim, or the row changed so that
// the work on it is void.
var errLost = errors.New("the claim was lost")

// maxDelay is the longest delay after a failure, a message's or a post's. A
// row that is due later than this from now was dated by a clock that was
// wrong, and is due.
const maxDelay = 5 * time.Minute

// delay is how long to wait after the nth failure: 0.1 s, doubling.
func delay(try int) time.Duration {
	if try > 12 {
		return maxDelay
	}
	return min(maxDelay, 100*time.Millisecond<<max(0, try-1))
}

// claimMessages takes up to n messages, the oldest of each thread in which
// none is being handled.
func (b *Box) claimMessages(ctx context.Context, n int) ([]Item, error) {
	var items []Item
	owner := b.name()
	left, more := b.queues[forMessages].left.Load(), false
	err := b.writer.write(ctx, func(x *tx) error {
		items = items[:0]
		now := b.millis()
		err := x.each(claimSQL("message", `tries = tries + 1`, x.sqlite)+` RETURNING seq, room, thread, id, target, kind, sender,
	text, value, locale, sent, ret, arrived, version, tries`,
			[]any{owner, now, now + maxDelay.Milliseconds(), n}, func(s scanner) error {
				it, err := b.scanItem(s)
				it.owner = owner
				items = append(items, it)
				return err
			})
		if err != nil {
			return err
		}
		var one int
		more, err = x.row(`SELECT 1 FROM message WHERE state = 0 LIMIT 1`, nil, &one)
		return err
	})
	if err != nil {
		b.unsure.Store(true)
		return nil, fmt.Errorf("inbox: claim messages: %w", err)
	}
	if !more {
		b.queues[forMessages].seen.Store(left)
	}
	slices.SortFunc(items, func(a, b Item) int { return cmp.Compare(a.seq, b.seq) })
	for _, it := range items {
		b.Observe(StageWait, b.age(it.arrived), nil)
	}
	return items, nil
}

// claimSQL claims rows of a table: $1 owner, $2 now, $3 the latest credible
// due time, $4 how many.
func claimSQL(table, set string, sqlite bool) string {
	lock := ""
	if !sqlite {
		lock = "FOR UPDATE OF c SKIP LOCKED"
	}
	return `
UPDATE ` + table + ` SET state = 1, owner = $1, ` + set + ` WHERE seq IN (
	SELECT c.seq FROM ` + table + ` c WHERE c.state = 0 AND (c.due <= $2 OR c.due > $3)
		AND NOT EXISTS (SELECT 1 FROM ` + table + ` e WHERE e.room = c.room AND e.thread = c.thread AND e.seq < c.seq AND e.state < 2)
	ORDER BY c.seq LIMIT $4 ` + lock + `)`
}

func (b *Box) scanItem(s scanner) (Item, error) {
	var it Item
	var place, thread string
	var sent int64
	err := s.Scan(&it.seq, &place, &thread, &it.ID, &it.Target, (*string)(&it.Kind), &it.Sender,
		&it.Text, &it.Value, &it.Locale, &sent, &it.ret, &it.arrived, &it.version, &it.Try)
	it.Conversation = parseRoom(place, thread)
	it.Sent = time.UnixMilli(sent)
	it.Return = it.ret
	it.Edited = it.version > 1
	it.Last = it.Try >= b.Tries
	return it, err
}

// finish stores the result of an item and, in the same transaction, what is to
// be posted for it. Where now is set, the first post is claimed at once, if no
// other post of the thread comes before it, and returned. A result for a
// message that was deleted in the meantime is dropped; one that was edited is
// handled again.
func (b *Box) finish(ctx context.Context, it Item, r Result, now bool) (*delivery, error) {
	posts, err := it.encode(r.Posts)
	if err != nil {
		return nil, err
	}
	var d *delivery
	err = b.writer.write(ctx, func(x *tx) (err error) {
		d = nil
		n, err := x.exec(`
UPDATE message SET state = 2, outcome = $4, turn = $5, error = '' WHERE seq = $1 AND owner = $2 AND version = $3 AND tries = $6 AND state = 1`,
			it.seq, it.owner, it.version, string(r.Outcome), r.State, it.Try)
		if err != nil {
			return err
		}
		if n == 0 {
			d, err = b.unfinished(x, it)
			return err
		}
		d, err = b.owe(x, it, posts, now)
		return err
	})
	if err != nil {
		return nil, err
	}
	if d != nil && !b.begins(claim{"post", d.seq}) {
		d = nil // a dispatcher has found it meanwhile
	}
	return d, nil
}

// unfinished finds out why an item could not be finished. The name of the
// owner does not suffice to tell whose a claim is: while a process that was
// taken for dead takes its new name it may claim a message under the old one,
// under which it is still handled. The try does.
func (b *Box) unfinished(x *tx, it Item) (*delivery, error) {
	var state, version, tries int
	var owner string
	found, err := x.row(`SELECT state, version, owner, tries FROM message WHERE seq = $1`, []any{it.seq}, &state, &version, &owner, &tries)
	switch {
	case err != nil:
		return nil, err
	case found && state == settled && version == it.version && owner == it.owner && tries == it.Try:
		return b.claimedPost(x, it.seq, owner) // the first commit had arrived
	case found && state == claimed && version != it.version && owner == it.owner: // edited: a new version waits
		_, err := x.exec(`UPDATE message SET state = 0, owner = '', tries = 0 WHERE seq = $1`, it.seq)
		b.queues[forMessages].left.Add(1)
		return nil, err
	case found && state == gone:
		return nil, nil
	}
	return nil, errLost
}

// fail gives an item back after a failed try, or gives it up.
func (b *Box) fail(ctx context.Context, it Item, cause error) error {
	state := waiting
	if it.Last {
		state = givenUp
	}
	return b.writer.write(ctx, func(x *tx) error {
		_, err := x.exec(`
UPDATE message SET owner = '', error = $3, due = $4, state = CASE WHEN version = $5 THEN CAST($6 AS INTEGER) ELSE 0 END
WHERE seq = $1 AND owner = $2 AND state = 1 AND (version <> $5 OR tries = $7)`,
			it.seq, it.owner, plain(cause), b.millis()+delay(it.Try).Milliseconds(), it.version, state, it.Try)
		return err
	})
}

// release gives an item back untouched: its try does not count.
func (b *Box) release(ctx context.Context, it Item) error {
	return b.writer.write(ctx, func(x *tx) error {
		_, err := x.exec(`UPDATE message SET owner = '', state = 0, tries = CASE WHEN version = $3 THEN tries - 1 ELSE tries END
WHERE seq = $1 AND owner = $2 AND state = 1 AND (version <> $3 OR tries = $4)`,
			it.seq, it.owner, it.version, it.Try)
		return err
	})
}

// plain is the text of an error as every database takes it.
func plain(err error) string {
	return strings.ReplaceAll(strings.ToValidUTF8(err.Error(), "\uFFFD"), "\x00", "")
}

// age is how old what was dated at millis is, by the wall clock; never
// negative, even where the clock was put back.
func (b *Box) age(millis int64) time.Duration {
	return max(0, time.Duration(b.millis()-millis)*time.Millisecond)
}

// conversation is where a post of an item goes.
func (it Item) conversation(p Post) adapters.Conversation {
	if p.Conversation == (adapters.Conversation{}) {
		return it.Conversation
	}
	return p.Conversation
}

// encode makes the posts of an item's answer ready to be stored.
func (it Item) encode(posts []Post) ([]encoded, error) {
	place := room(it.Conversation)
	list := make([]encoded, len(posts))
	for i, p := range posts {
		var err error
		if list[i], err = encode(p, postKey(place, it.ID, i)); err != nil {
			return nil, err
		}
	}
	return list, nil
}
