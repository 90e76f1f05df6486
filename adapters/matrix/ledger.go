package matrix

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"go.mau.fi/util/dbutil"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

//go:embed upgrades/*.sql
var upgradeFiles embed.FS

var upgradeTable dbutil.UpgradeTable

func init() { upgradeTable.RegisterFSPath(upgradeFiles, "upgrades") }

// keepLedger is how long events and posts are remembered: after that an edit,
// a reaction or a repeated key is taken for new.
const keepLedger = 90 * 24 * time.Hour

// A ledger remembers which events were handed over and what was posted.
type ledger struct{ db *dbutil.Database }

func newLedger(db *dbutil.Database) *ledger {
	return &ledger{db: db.Child("matrix_version", upgradeTable, nil)}
}

// An entry is one timeline event that was handed over.
type entry struct {
	event  id.EventID
	room   id.RoomID
	sender id.UserID
	thread id.EventID
	passed bool // it went to the inbox as a question
}

// entry returns what is known of an event; ok is false where it is new.
func (l *ledger) entry(ctx context.Context, evt id.EventID) (e entry, ok bool, err error) {
	e.event = evt
	err = l.db.QueryRow(ctx, `SELECT room_id, sender, thread, passed FROM matrix_event WHERE event_id=$1`, evt).
		Scan(&e.room, &e.sender, &e.thread, &e.passed)
	if errors.Is(err, sql.ErrNoRows) {
		return e, false, nil
	}
	if err != nil {
		return e, false, fmt.Errorf("matrix: read ledger entry of %s: %w", evt, err)
	}
	return e, true, nil
}

// add records entries, all or none; an entry that is there already only ever
// becomes passed.
func (l *ledger) add(ctx context.Context, entries []entry) error {
	if len(entries) == 0 {
		return nil
	}
	now := time.Now().UnixMilli()
	err := l.db.DoTxn(ctx, nil, func(ctx context.Context) error {
		for _, e := range entries {
			_, err := l.db.Exec(ctx, `
				INSERT INTO matrix_event (event_id, room_id, sender, thread, passed, seen_at)
				VALUES ($1, $2, $3, $4, $5, $6)
				ON CONFLICT (event_id) DO UPDATE SET passed=(matrix_event.passed OR excluded.passed), thread=excluded.thread`,
				e.event, e.room, e.sender, e.thread, e.passed, now)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("matrix: write ledger: %w", err)
	}
	return nil
}

// lastSeen is when the last event was recorded; zero where there is none.
func (l *ledger) lastSeen(ctx context.Context) (at time.Time, err error) {
	var ms sql.NullInt64
	if err := l.db.QueryRow(ctx, `SELECT max(seen_at) FROM matrix_event`).Scan(&ms); err != nil {
		return at, fmt.Errorf("matrix: when was the last event? %w", err)
	}
	if ms.Valid {
		at = time.UnixMilli(ms.Int64)
	}
	return at, nil
}

// prune forgets what is older than keepLedger.
func (l *ledger) prune(ctx context.Context) error {
	before := time.Now().Add(-keepLedger).UnixMilli()
	_, err := l.db.Exec(ctx, `DELETE FROM matrix_event WHERE seen_at<$1`, before)
	if err == nil {
		_, err = l.db.Exec(ctx, `DELETE FROM matrix_post WHERE sent_at<$1`, before)
	}
	return err
}

// A post is an event of the bot's own.
type post struct {
	room   id.RoomID
	event  id.EventID
	thread id.EventID
}

// postByKey returns what was posted for the key of an answer.
func (l *ledger) postByKey(ctx context.Context, key string) (post, bool, error) {
	return l.post(ctx, `SELECT room_id, event_id, thread FROM matrix_post WHERE post_key=$1`, key)
}

// postByEvent returns the post that an event is.
func (l *ledger) postByEvent(ctx context.Context, evt id.EventID) (post, bool, error) {
	return l.post(ctx, `SELECT room_id, event_id, thread FROM matrix_post WHERE event_id=$1`, evt)
}

func (l *ledger) post(ctx context.Context, query string, arg any) (p post, ok bool, err error) {
	err = l.db.QueryRow(ctx, query, arg).Scan(&p.room, &p.event, &p.thread)
	if errors.Is(err, sql.ErrNoRows) {
		return p, false, nil
	}
	if err != nil {
		return p, false, fmt.Errorf("matrix: read post: %w", err)
	}
	return p, true, nil
}

// addPost records what was posted for a key and returns what stands for it:
// the first record does.
func (l *ledger) addPost(ctx context.Context, key string, p post) (standing post, err error) {
	result, err := l.db.Exec(ctx, `
		INSERT INTO matrix_post (post_key, room_id, event_id, thread, sent_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (post_key) DO NOTHING`, key, p.room, p.event, p.thread, time.Now().UnixMilli())
	if err != nil {
		return p, fmt.Errorf("matrix: record post %s: %w", p.event, err)
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return p, err
	}
	standing, _, err = l.postByKey(ctx, key)
	return standing, err
}

// addResent notes that a post may stand twice; one that is noted is looked for
// anew.
func (l *ledger) addResent(ctx context.Context, r resent) error {
	_, err := l.db.Exec(ctx, `
		INSERT INTO matrix_resent (post_key, room_id, asked_at, since, due) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (post_key) DO UPDATE SET since=excluded.since, due=excluded.due`,
		r.key, r.room, r.asked, r.since.UnixMilli(), r.due.UnixMilli())
	if err != nil {
		return fmt.Errorf("matrix: note the second sending of a post: %w", err)
	}
	return nil
}

// renewResent makes all looks begin anew.
func (l *ledger) renewResent(ctx context.Context) error {
	_, err := l.db.Exec(ctx, `UPDATE matrix_resent SET since=$1, due=$1`, time.Now().UnixMilli())
	if err != nil {
		return fmt.Errorf("matrix: begin looking for copies anew: %w", err)
	}
	return nil
}

// allResent returns all posts that may stand twice.
func (l *ledger) allResent(ctx context.Context) ([]resent, error) {
	rows, err := l.db.Query(ctx, `SELECT post_key, room_id, asked_at, since, due FROM matrix_resent ORDER BY due, post_key`)
	list, err := dbutil.NewRowIterWithError(rows, func(row dbutil.Scannable) (r resent, err error) {
		var since, due int64
		err = row.Scan(&r.key, &r.room, &r.asked, &since, &due)
		r.since, r.due = time.UnixMilli(since), time.UnixMilli(due)
		return r, err
	}, err).AsList()
	if err != nil {
		return nil, fmt.Errorf("matrix: read which posts may stand twice: %w", err)
	}
	return list, nil
}

// setResent records when a post is looked for next.
func (l *ledger) setResent(ctx context.Context, key string, due time.Time) error {
	_, err := l.db.Exec(ctx, `UPDATE matrix_resent SET due=$2 WHERE post_key=$1`, key, due.UnixMilli())
	return err
}

// dropResent ends the looks for a post.
func (l *ledger) dropResent(ctx context.Context, key string) error {
	_, err := l.db.Exec(ctx, `DELETE FROM matrix_resent WHERE post_key=$1`, key)
	return err
}

// A pending event waits for its key.
type pending struct {
	event *event.Event
	since time.Time // when it was seen first
	asked bool      // its key was asked for
	told  bool      // its sender was told
}

// addPending keeps an encrypted event until its key arrives.
func (l *ledger) addPending(ctx context.Context, evt *event.Event) error {
	raw, err := json.Marshal(evt)
	if err != nil {
		return fmt.Errorf("matrix: encode pending event %s: %w", evt.ID, err)
	}
	_, err = l.db.Exec(ctx, `
		INSERT INTO matrix_pending (event_id, session_id, event, seen_at, asked, told) VALUES ($1, $2, $3, $4, false, false)
		ON CONFLICT (event_id) DO NOTHING`,
		evt.ID, evt.Content.AsEncrypted().SessionID, string(raw), time.Now().UnixMilli())
	if err != nil {
		return fmt.Errorf("matrix: keep pending event %s: %w", evt.ID, err)
	}
	return nil
}

// pending returns all events that wait, the oldest first.
func (l *ledger) pending(ctx context.Context) ([]pending, error) {
	rows, err := l.db.Query(ctx, `SELECT event, seen_at, asked, told FROM matrix_pending ORDER BY seen_at, event_id`)
	scan := func(row dbutil.Scannable) (p pending, err error) {
		var raw string
		var at int64
		if err = row.Scan(&raw, &at, &p.asked, &p.told); err != nil {
			return p, err
		}
		p.since = time.UnixMilli(at)
		p.event = new(event.Event)
		if err = json.Unmarshal([]byte(raw), p.event); err != nil {
			return p, err
		}
		p.event.Type.Class = event.MessageEventType
		return p, p.event.Content.ParseRaw(p.event.Type)
	}
	list, err := dbutil.NewRowIterWithError(rows, scan, err).AsList()
	if err != nil {
		return nil, fmt.Errorf("matrix: read pending events: %w", err)
	}
	return list, nil
}

// setPending records what was done about an event that waits.
func (l *ledger) setPending(ctx context.Context, evt id.EventID, asked, told bool) error {
	_, err := l.db.Exec(ctx, `UPDATE matrix_pending SET asked=$2, told=$3 WHERE event_id=$1`, evt, asked, told)
	return err
}

// dropPending forgets an event that waited.
func (l *ledger) dropPending(ctx context.Context, evt id.EventID) error {
	_, err := l.db.Exec(ctx, `DELETE FROM matrix_pending WHERE event_id=$1`, evt)
	return err
}

// An invite is not answered yet.
type invite struct {
	room    id.RoomID
	inviter id.UserID
	alias   string // the room's canonical alias, where the invite tells it
	direct  bool   // meant as a direct conversation
}

// addInvite keeps an invite until it is accepted or refused.
func (l *ledger) addInvite(ctx context.Context, i invite) error {
	_, err := l.db.Exec(ctx, `
		INSERT INTO matrix_invite (room_id, inviter, alias, direct) VALUES ($1, $2, $3, $4)
		ON CONFLICT (room_id) DO UPDATE SET inviter=excluded.inviter, alias=excluded.alias, direct=excluded.direct`,
		i.room, i.inviter, i.alias, i.direct)
	if err != nil {
		return fmt.Errorf("matrix: keep invite to %s: %w", i.room, err)
	}
	return nil
}

// invites returns the invites that are not answered yet.
func (l *ledger) invites(ctx context.Context) ([]invite, error) {
	rows, err := l.db.Query(ctx, `SELECT room_id, inviter, alias, direct FROM matrix_invite ORDER BY room_id`)
	list, err := dbutil.NewRowIterWithError(rows, func(row dbutil.Scannable) (i invite, err error) {
		return i, row.Scan(&i.room, &i.inviter, &i.alias, &i.direct)
	}, err).AsList()
	if err != nil {
		return nil, fmt.Errorf("matrix: read invites: %w", err)
	}
	return list, nil
}

// dropInvite forgets an invite that was answered.
func (l *ledger) dropInvite(ctx context.Context, room id.RoomID) error {
	_, err := l.db.Exec(ctx, `DELETE FROM matrix_invite WHERE room_id=$1`, room)
	return err
}
