package inbox

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"sourceline/adapters"
)

// A delivery is a claimed post, as the adapter wants it.
type delivery struct {
	adapters.Outgoing
	seq     int64
	try     int
	version int   // that is sent
	asked   int64 // when the message arrived
	owner   string
}

// postKey is the key of a part of a message's answer. It is made from what
// the platform knows the message by, so that it is the same after the
// database was lost.
func postKey(place, id string, part int) string {
	sum := sha256.Sum256([]byte(fmt.Sprintf("%s\x00%s\x00%d", place, id, part)))
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:15]))
}

// versionKey is the key under which a version of a post is sent.
func versionKey(key string, version int) string {
	if version == 1 {
		return key
	}
	return fmt.Sprintf("%s.%d", key, version)
}

// owe writes the posts of an item's answer down. Posts of an earlier answer
// get the new content, part by part; those too many are taken away.
func (b *Box) owe(x *tx, it Item, posts []encoded, now bool) (*delivery, error) {
	earlier := map[int]int64{} // part to seq
	if it.Edited {
		err := x.each(`SELECT part, seq FROM post WHERE message = $1`, []any{it.seq}, func(s scanner) error {
			var part int
			var seq int64
			err := s.Scan(&part, &seq)
			earlier[part] = seq
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	var first *delivery
	for part, p := range posts {
		if seq, ok := earlier[part]; ok {
			if err := b.revise(x, seq, it, p); err != nil {
				return nil, err
			}
			continue
		}
		row := postRow{encoded: p, message: it.seq, part: part, where: it.conversation(p.Post), ret: it.ret, asked: it.arrived}
		claimNow := now && part == 0 && len(earlier) == 0
		d, _, err := b.insertPost(x, row, it.owner, claimNow)
		if err != nil {
			return nil, err
		}
		if part == 0 {
			first = d
		}
	}
	if len(earlier) > 0 {
		return first, withdraw(x, it.seq, len(posts))
	}
	return first, nil
}

// A postRow is a new post.
type postRow struct {
	encoded
	message int64
	part    int
	where   adapters.Conversation
	ret     []byte
	asked   int64
}

// insertPost takes the state, which is waiting or claimed, for sending and
// tries too: both are 0 or 1 with it.
const insertPost = `
INSERT INTO post (key, message, part, room, thread, reader, reply, ret, facts, post_id, want, have, sending, doubtful,
	state, owner, tries, due, error, asked, made)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', 1, 0, $10, 0, $10, $11, $10, 0, '', $12, $13)
ON CONFLICT DO NOTHING`

// insertPost writes a new post, claimed by owner where that is wanted and no
// other post of the thread waits; fresh tells whether the key was new.
func (b *Box) insertPost(x *tx, p postRow, owner string, claimNow bool) (d *delivery, fresh bool, err error) {
	place := room(p.where)
	state := waiting
	if claimNow {
		var one int
		busy, err := x.row(`SELECT 1 FROM post WHERE room = $1 AND thread = $2 AND state < 2 LIMIT 1`, []any{place, p.where.Thread}, &one)
		if err != nil {
			return nil, false, err
		}
		if !busy {
			state = claimed
		}
	}
	if state == waiting {
		owner = ""
	}
	seq, fresh, err := x.insert(insertPost, p.key, p.message, p.part, place, p.where.Thread, p.Only, p.reply, p.ret, p.facts, state, owner, p.asked, b.millis())
	if !fresh || err != nil {
		return nil, false, err
	}
	if err := addRests(x, seq, p.Facts); err != nil {
		return nil, false, err
	}
	if state == waiting {
		return nil, true, nil
	}
	return &delivery{seq: seq, try: 1, version: 1, asked: p.asked, owner: owner, Outgoing: adapters.Outgoing{
		Key: p.key, Conversation: p.where, Only: p.Only, Reply: &p.Reply, Return: p.ret,
	}}, true, nil
}

// An encoded is a post as it is stored. It is made before its transaction, for
// which all others wait.
type encoded struct {
	Post
	key          string
	reply, facts string // JSON
}

func encode(p Post, key string) (encoded, error) {
	r, err := json.Marshal(p.Reply)
	if err != nil {
		return encoded{}, fmt.Errorf("inbox: store reply: %w", err)
	}
	e := encoded{Post: p, key: key, reply: string(r)}
	if len(p.Facts) == 0 {
		return e, nil
	}
	f, err := json.Marshal(p.Facts)
	e.facts = string(f)
	return e, err
}

func addRests(x *tx, seq int64, facts []Fact) error {
	for i, f := range facts {
		if slices.ContainsFunc(facts[:i], func(g Fact) bool { return g.Article == f.Article }) {
			continue
		}
		if _, err := x.exec(`INSERT INTO rests (post, article) VALUES ($1, $2) ON CONFLICT DO NOTHING`, seq, f.Article); err != nil {
			return err
		}
	}
	return nil
}

// keepDoubt keeps the content that is on its way before it is replaced.
const keepDoubt = `doubt = CASE WHEN sending <> 0 AND sending = want THEN reply ELSE doubt END`

// revise makes a new version of a post. One that somebody took away stays
// away.
func (b *Box) revise(x *tx, seq int64, it Item, p encoded) error {
	n, err := x.exec(`
UPDATE post SET `+keepDoubt+`, reply = $2, facts = $3, ret = $4, want = want + 1, tries = 0, due = 0, error = '',
	state = CASE WHEN state = 1 THEN 1 ELSE 0 END
WHERE seq = $1 AND state <> 4`, seq, p.reply, p.facts, it.ret)
	if n == 0 || err != nil {
		return err
	}
	if _, err := x.exec(`DELETE FROM rests WHERE post = $1`, seq); err != nil {
		return err
	}
	return addRests(x, seq, p.Facts)
}

// withdraw takes the posts of a message from the given part on away: those
// that stand or may have arrived are deleted there, the others are never sent.
func withdraw(x *tx, message int64, part int) error {
	_, err := x.exec(`
UPDATE post SET `+keepDoubt+`, reply = NULL, facts = '', want = want + 1, tries = 0, due = 0, error = '',
	have  = CASE WHEN post_id = '' AND sending = 0 THEN want + 1 ELSE have END,
	state = CASE WHEN state = 1 THEN 1 WHEN post_id = '' AND sending = 0 THEN 2 ELSE 0 END
WHERE message = $1 AND part >= $2 AND state <> 4 AND reply IS NOT NULL`, message, part)
	return err
}

// claimPosts takes up to n posts, the oldest of each thread in which none is
// being posted.
func (b *Box) claimPosts(ctx context.Context, n int) ([]*delivery, error) {
	var ds []*delivery
	owner := b.name()
	const set = `tries = tries + 1, doubtful = CASE WHEN sending = 0 THEN 0 ELSE 1 END,
	sending = CASE WHEN sending = 0 THEN want ELSE sending END`
	left, more := b.queues[forPosts].left.Load(), false
	err := b.writer.write(ctx, func(x *tx) error {
		ds = ds[:0]
		now := b.millis()
		err := x.each(claimSQL("post", set, x.sqlite)+` RETURNING `+deliveryColumns,
			[]any{owner, now, now + maxDelay.Milliseconds(), n}, func(s scanner) error {
				d, err := scanDelivery(s)
				ds = append(ds, d)
				return err
			})
		if err != nil {
			return err
		}
		var one int
		more, err = x.row(`SELECT 1 FROM post WHERE state = 0 LIMIT 1`, nil, &one)
		return err
	})
	if err != nil {
		b.unsure.Store(true)
		return nil, fmt.Errorf("inbox: claim posts: %w", err)
	}
	if !more {
		b.queues[forPosts].seen.Store(left)
	}
	slices.SortFunc(ds, func(a, b *delivery) int { return cmp.Compare(a.seq, b.seq) })
	return b.notPosting(ctx, ds), nil
}

// notPosting gives those back that this very process is posting under an
// earlier claim, which it lost because it was taken for dead: when that has
// ended, they can be looked for.
func (b *Box) notPosting(ctx context.Context, ds []*delivery) []*delivery {
	free := ds[:0]
	for _, d := range ds {
		if b.begins(claim{"post", d.seq}) {
			free = append(free, d)
			continue
		}
		err := b.settle(ctx, d, func(x *tx) (int64, error) {
			return x.exec(`UPDATE post SET `+released["post"]+`, due = $3 WHERE seq = $1 AND owner = $2 AND state = 1`,
				d.seq, d.owner, b.millis()+delay(1).Milliseconds())
		})
		if err != nil {
			b.unsure.Store(true) // it is swept up
		}
	}
	return free
}

// claimedPost finds the first post of a message that its owner has claimed
// and not sent.
func (b *Box) claimedPost(x *tx, message int64, owner string) (*delivery, error) {
	var d *delivery
	err := x.each(`SELECT `+deliveryColumns+` FROM post WHERE message = $1 AND owner = $2 AND state = 1 ORDER BY seq LIMIT 1`,
		[]any{message, owner}, func(s scanner) (err error) {
			d, err = scanDelivery(s)
			return err
		})
	return d, err
}

const deliveryColumns = `seq, key, room, thread, reader, reply, doubt, ret, post_id, want, sending, doubtful, tries, asked, owner`

func scanDelivery(s scanner) (*delivery, error) {
	var d delivery
	var key, place, thread string
	var reply, doubt sql.NullString
	var want int
	err := s.Scan(&d.seq, &key, &place, &thread, &d.Only, &reply, &doubt, &d.Return, (*string)(&d.Replaces), &want,
		&d.version, &d.Uncertain, &d.try, &d.asked, &d.owner)
	if err != nil {
		return nil, err
	}
	if d.version != want {
		reply = doubt
	}
	d.Conversation = parseRoom(place, thread)
	d.Key = versionKey(key, d.version)
	if reply.Valid {
		d.Reply = new(adapters.Reply)
		err = json.Unmarshal([]byte(reply.String), d.Reply)
	}
	return &d, err
}

// posted notes that a delivery stands, or that it is deleted. A newer version
// goes out next.
func (b *Box) posted(ctx context.Context, d *delivery, id adapters.PostID) error {
	if d.Reply == nil {
		id = ""
	}
	return b.settle(ctx, d, func(x *tx) (int64, error) {
		note := func(state int, which string) (int64, error) {
			return x.exec(`
UPDATE post SET have = sending, sending = 0, doubt = NULL, post_id = $3, owner = '', tries = 0, error = '', state = $4
WHERE seq = $1 AND owner = $2 AND state = 1 AND want `+which+` sending`, d.seq, d.owner, string(id), state)
		}
		n, err := note(settled, "<=")
		if n > 0 || err != nil {
			return n, err
		}
		n, err = note(waiting, ">")
		if n > 0 {
			b.queues[forPosts].left.Add(1)
		}
		return n, err
	})
}

// unposted notes that a delivery failed: it is tried again later, or given
// up. While the platform says "later", it is never given up: no clock that
// could be wrong decides over an answer.
func (b *Box) unposted(ctx context.Context, d *delivery, cause error) error {
	later, isLater := errors.AsType[*adapters.Later](cause)
	switch {
	case errors.Is(cause, adapters.ErrNotFound) && d.Replaces != "":
		return b.abandon(ctx, d, gone, cause) // somebody took it away
	case errors.Is(cause, adapters.ErrPermanent), !isLater && d.try >= b.PostTries:
		return b.abandon(ctx, d, givenUp, cause)
	}
	wait, set := delay(d.try), ``
	if isLater { // the try does not count
		wait = min(maxDelay, max(delay(1), later.After))
		set = `tries = tries - 1, `
		if !d.Uncertain { // nothing was posted, now or before
			set += `sending = 0, doubt = NULL, `
		}
	}
	return b.settle(ctx, d, func(x *tx) (int64, error) {
		return x.exec(`UPDATE post SET `+set+`state = 0, owner = '', due = $3, error = $4 WHERE seq = $1 AND owner = $2 AND state = 1`,
			d.seq, d.owner, b.millis()+wait.Milliseconds(), plain(cause))
	})
}

// abandon gives a version of a post up; a newer one is still tried where the
// post is not gone.
func (b *Box) abandon(ctx context.Context, d *delivery, state int, cause error) error {
	return b.settle(ctx, d, func(x *tx) (int64, error) {
		return x.exec(`
UPDATE post SET sending = 0, doubt = NULL, owner = '', tries = 0, error = $3,
	post_id = CASE WHEN $4 = 4 THEN '' ELSE post_id END,
	state   = CASE WHEN want > sending AND $4 <> 4 THEN 0 ELSE CAST($4 AS INTEGER) END
WHERE seq = $1 AND owner = $2 AND state = 1`, d.seq, d.owner, plain(cause), state)
	})
}

// settle ends a claim of a post.
func (b *Box) settle(ctx context.Context, d *delivery, update func(*tx) (int64, error)) error {
	return b.writer.write(ctx, func(x *tx) error {
		n, err := update(x)
		if err == nil && n == 0 {
			return errLost
		}
		return err
	})
}

// Send owes a post that answers no message, such as a correction: p goes to
// its Conversation. The same key sends once, however often it is called.
func (b *Box) Send(ctx context.Context, key string, p Post) error {
	if b.writer == nil {
		return errReadOnly
	}
	if p.Conversation == (adapters.Conversation{}) {
		return fmt.Errorf("inbox: send %s: it has no conversation", key)
	}
	sum := sha256.Sum256([]byte(key))
	e, err := encode(p, "s"+strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:15])))
	if err != nil {
		return err
	}
	row := postRow{encoded: e, where: p.Conversation, asked: b.millis()}
	start := time.Now()
	err = b.writer.write(ctx, func(x *tx) error {
		_, _, err := b.insertPost(x, row, "", false)
		return err
	})
	b.Observe(StageRecord, time.Since(start), err)
	b.leave(forPosts)
	return err
}
