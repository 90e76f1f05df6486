package matrix

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// A homeserver that is stopped while it takes an event can neither show it nor
// say what became of it, and then bring it up after the answer was sent once
// more: it keeps what it was at work on in a queue, and no memory of
// transaction IDs. Dendrite takes such events up again half a minute after its
// start, or five minutes. No look before the second sending finds them; so
// there are looks after it, and what is too much is deleted.

// copyLooks are the times after a second sending at which the room is looked
// at for the first one.
var copyLooks = []time.Duration{10 * time.Second, 40 * time.Second, 2 * time.Minute, 6 * time.Minute}

// copyRetry is how long after a failed look the next one is.
const copyRetry = 5 * time.Second

// A resent post may stand in its room twice.
type resent struct {
	key   string // its transaction ID
	room  id.RoomID
	asked int64 // what was written before is not looked at, in milliseconds since 1970
	since time.Time
	due   time.Time // when to look next
}

// mind begins looking for copies of a post.
func (a *Adapter) mind(ctx context.Context, r resent) error {
	if err := a.ledger.addResent(ctx, r); err != nil {
		return err
	}
	signal(a.copies)
	return nil
}

// deleteCopies looks for copies of posts, as they are due, until ctx ends.
func (a *Adapter) deleteCopies(ctx context.Context) {
	err := a.ledger.renewResent(ctx)
	for ctx.Err() == nil {
		var next time.Time
		if err == nil {
			next, err = a.lookForCopies(ctx)
		}
		if err != nil {
			if ctx.Err() == nil {
				a.log.Warn("matrix: cannot look whether an answer stands twice, trying again", "error", err)
			}
			next, err = time.Now().Add(copyRetry), nil
		}
		var alarm <-chan time.Time // never, where nothing is due
		if !next.IsZero() {
			alarm = time.After(time.Until(next))
		}
		select {
		case <-ctx.Done():
		case <-a.copies:
		case <-alarm:
		}
	}
}

// lookForCopies does the looks that are due and returns when the next one is;
// zero where there is none.
func (a *Adapter) lookForCopies(ctx context.Context) (next time.Time, err error) {
	all, err := a.ledger.allResent(ctx)
	if err != nil {
		return next, err
	}
	now, due := time.Now(), map[id.RoomID][]resent{}
	for _, r := range all {
		if !r.due.After(now) {
			due[r.room] = append(due[r.room], r)
		} else if next.IsZero() || r.due.Before(next) {
			next = r.due
		}
	}
	for _, room := range slices.Sorted(maps.Keys(due)) {
		if err := a.deleteCopiesIn(ctx, room, due[room]); err != nil {
			return next, err
		}
		for _, r := range due[room] {
			at := nextLook(r.since, now)
			if at.IsZero() {
				err = a.ledger.dropResent(ctx, r.key)
			} else {
				err = a.ledger.setResent(ctx, r.key, at)
			}
			if err != nil {
				return next, err
			}
			if !at.IsZero() && (next.IsZero() || at.Before(next)) {
				next = at
			}
		}
	}
	return next, nil
}

// nextLook returns the first of copyLooks that lies after now; zero after the
// last one.
func nextLook(since, now time.Time) time.Time {
	for _, d := range copyLooks {
		if at := since.Add(d); at.After(now) {
			return at
		}
	}
	return time.Time{}
}

// deleteCopiesIn reads a room once and deletes what bears the keys of posts
// and is not the event that stands for the post, unless that is not there
// itself.
func (a *Adapter) deleteCopiesIn(ctx context.Context, room id.RoomID, posts []resent) error {
	from := origin{Sent: math.MaxInt64}
	for _, r := range posts {
		from.Sent = min(from.Sent, r.asked)
	}
	there, bearers := map[id.EventID]bool{}, map[string][]id.EventID{}
	for evt, err := range a.written(ctx, room, from) {
		if err != nil {
			return fmt.Errorf("matrix: look for a second copy of an answer: %w", err)
		}
		there[evt.ID] = true
		if key := a.keyOf(ctx, evt); key != "" && !deleted(evt) {
			bearers[key] = append(bearers[key], evt.ID)
		}
	}
	for _, r := range posts {
		standing, ok, err := a.ledger.postByKey(ctx, r.key)
		if err != nil {
			return err
		}
		if !ok || !there[standing.event] {
			continue
		}
		for _, evt := range bearers[r.key] {
			if evt == standing.event {
				continue
			}
			if err := a.redact(ctx, room, evt, transaction("copy "+string(evt))); err != nil && !errors.Is(err, adapters.ErrPermanent) {
				return err
			}
			a.log.Info("matrix: deleted the second copy of an answer, which the homeserver took before it was stopped and showed late",
				"room", room, "event", evt, "answer", standing.event)
		}
	}
	return nil
}

// deleted reports whether an event was emptied by a redaction.
func deleted(evt *event.Event) bool {
	return evt.Unsigned.RedactedBecause != nil || len(evt.Content.Raw) == 0
}

// keyOf returns the transaction ID under which an event of the bot's own was
// sent, "" for any other: the homeserver tells it to the device that sent it,
// and the content holds it too.
func (a *Adapter) keyOf(ctx context.Context, evt *event.Event) string {
	if evt.Sender != a.client.UserID {
		return ""
	}
	if txn := evt.Unsigned.TransactionID; txn != "" {
		return txn
	}
	if evt.Type.Type == event.EventEncrypted.Type && a.cipher != nil {
		plain, err := a.cipher.decrypt(ctx, evt)
		if err != nil {
			return ""
		}
		evt = plain
	}
	key, _ := evt.Content.Raw["org.sourceline.key"].(string)
	return key
}

// record notes that an event bears the key of a post and returns the event
// that stands for the post: the first that was noted. Another one is a copy.
func (a *Adapter) record(ctx context.Context, key string, p post, asked int64) (id.EventID, error) {
	standing, err := a.ledger.addPost(ctx, key, p)
	if err == nil && standing.event != p.event && standing.room == p.room {
		now := time.Now()
		err = a.mind(ctx, resent{key, p.room, asked, now, now})
	}
	return standing.event, err
}
