package inbox

import (
	"context"
	"errors"
	"time"
)

// beats is how many beats a lease has: so many may be late before a process
// counts as dead.
const beats = 4

// name is our name in the table replica.
func (b *Box) name() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.owner
}

// A fence lets posts through while nobody else can have taken our claims over:
// for three quarters of a lease since we last showed that we live.
type fence struct {
	owner string
	ctx   context.Context // ends when the fence closes
	close context.CancelFunc
	timer *time.Timer
}

// errFenced says that it could not be shown in time that we live.
var errFenced = errors.New("the lease ran out")

// renew opens the fence, or keeps it open, for owner, who showed at the moment
// since that he lives.
func (b *Box) renew(owner string, since time.Time) {
	if b.lock != nil {
		return // the file is ours alone
	}
	left := b.Lease - b.Lease/beats - time.Since(since)
	b.mu.Lock()
	defer b.mu.Unlock()
	if f := b.fence; f != nil && f.owner == owner && f.ctx.Err() == nil && f.timer.Reset(max(0, left)) {
		return
	}
	if left <= 0 {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	b.fence = &fence{owner: owner, ctx: ctx, close: cancel, timer: time.AfterFunc(left, cancel)}
}

// fenced returns a context that ends when the fence of owner closes. Where it
// is closed it waits for it to open again, and returns errLost where the
// claims of owner are gone.
func (b *Box) fenced(ctx context.Context, owner string) (context.Context, context.CancelFunc, error) {
	for {
		b.mu.Lock()
		name, f := b.owner, b.fence
		b.mu.Unlock()
		switch {
		case name != owner:
			return nil, nil, errLost
		case b.lock != nil:
			ctx, cancel := context.WithCancel(ctx)
			return ctx, cancel, nil
		case f != nil && f.owner == owner && f.ctx.Err() == nil:
			ctx, cancel := context.WithCancel(ctx)
			stop := context.AfterFunc(f.ctx, cancel)
			return ctx, func() { stop(); cancel() }, nil
		case ctx.Err() != nil:
			return nil, nil, errFenced
		}
		sleep(ctx, b.Lease/(10*beats))
	}
}

// begins notes that we work on a claim; false where we do already.
func (b *Box) begins(c claim) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.held[c] {
		return false
	}
	b.held[c] = true
	return true
}

// hold notes that we work on a claim, or do not any more.
func (b *Box) hold(c claim, on bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if on {
		b.held[c] = true
	} else {
		delete(b.held, c)
	}
}

// enlist makes us known as a process that claims, under a new name. With the
// lock of a SQLite file in hand, all other claims are void.
func (b *Box) enlist(ctx context.Context) error {
	owner, began := newOwner(), time.Now()
	err := b.writer.write(ctx, func(x *tx) error {
		if b.lock != nil {
			if _, err := x.exec(`DELETE FROM replica`); err != nil {
				return err
			}
		}
		if _, err := x.exec(`INSERT INTO replica (owner, beat) VALUES ($1, 1)`, owner); err != nil {
			return err
		}
		return releaseOrphans(x)
	})
	if err != nil {
		return err
	}
	b.mu.Lock()
	b.owner = owner
	b.mu.Unlock()
	b.renew(owner, began)
	return nil
}

// released is what is set in a row, by its table, whose claim is given back
// unfinished. A message's try counts, for it may be what ended the process; a
// post's does not: only a platform's refusals give an answer up, never crashes.
var released = map[string]string{
	"message": `state = 0, owner = ''`,
	"post":    `state = 0, owner = '', tries = CASE WHEN tries > 0 THEN tries - 1 ELSE 0 END`,
}

// releaseOrphans gives back what is claimed by processes that are not known
// (any more). What they were posting stays in doubt.
func releaseOrphans(x *tx) error {
	for _, table := range []string{"message", "post"} {
		_, err := x.exec(`UPDATE ` + table + ` SET ` + released[table] + ` WHERE state = 1 AND state < 2 AND owner NOT IN (SELECT owner FROM replica)`)
		if err != nil {
			return err
		}
	}
	return nil
}

// resign gives back our claims.
func (b *Box) resign(ctx context.Context) error {
	owner := b.name()
	return b.writer.write(ctx, func(x *tx) error {
		if _, err := x.exec(`DELETE FROM replica WHERE owner = $1`, owner); err != nil {
			return err
		}
		return releaseOrphans(x)
	})
}

// A watch is what we saw of another process.
type watch struct {
	beat   int64
	silent time.Duration // for how long, as far as we looked
}

// beat shows until ctx ends that we live, watches the others, and gives back
// claims that nobody works on. Only time in which we could look counts as
// silence: after an outage of the database everybody gets a full lease.
func (b *Box) beat(ctx context.Context) {
	interval := b.Lease / beats
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	others := map[string]watch{}
	for last := time.Now(); ; {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		now := time.Now()
		elapsed := min(now.Sub(last), 2*interval) // monotonic, whatever the wall clock does
		last = now
		if err := b.oneBeat(ctx, others, elapsed); err != nil && ctx.Err() == nil {
			b.Log.Warn("inbox: the database did not take our sign of life", "err", err)
		}
	}
}

func (b *Box) oneBeat(ctx context.Context, others map[string]watch, elapsed time.Duration) error {
	owner, began := b.name(), time.Now()
	alive, seen := false, map[string]int64{}
	err := b.writer.write(ctx, func(x *tx) error {
		n, err := x.exec(`UPDATE replica SET beat = beat + 1 WHERE owner = $1`, owner)
		if err != nil {
			return err
		}
		alive = n > 0
		clear(seen)
		return x.each(`SELECT owner, beat FROM replica WHERE owner <> $1`, []any{owner}, func(s scanner) error {
			var name string
			var beat int64
			err := s.Scan(&name, &beat)
			seen[name] = beat
			return err
		})
	})
	if err != nil {
		return err
	}
	if alive {
		b.renew(owner, began)
	} else { // somebody took us for dead: what we hold is lost, we go on under a new name
		b.Log.Warn("inbox: this process was silent for too long and lost its claims", "owner", owner)
		if err := b.enlist(ctx); err != nil {
			return err
		}
		b.unsure.Store(true) // something may have been claimed under the old name meanwhile
	}
	dead := observe(others, seen, elapsed, b.Lease)
	if err := b.bury(ctx, dead); err != nil {
		return err
	}
	if err := b.sweep(ctx); err != nil {
		return err
	}
	b.poke(forMessages) // others' rows, and ours that are due
	b.poke(forPosts)
	return nil
}

// observe brings others up to date with what was seen and returns who has
// been silent for a lease.
func observe(others map[string]watch, seen map[string]int64, elapsed, lease time.Duration) (dead []string) {
	for name := range others {
		if _, ok := seen[name]; !ok {
			delete(others, name)
		}
	}
	for name, beat := range seen {
		w, known := others[name]
		if known && w.beat == beat {
			w.silent += elapsed
		} else {
			w = watch{beat: beat}
		}
		others[name] = w
		if w.silent >= lease {
			dead = append(dead, name)
		}
	}
	return dead
}

// bury gives the claims of dead processes back.
func (b *Box) bury(ctx context.Context, dead []string) error {
	if len(dead) == 0 {
		return nil
	}
	b.Log.Warn("inbox: taking over from processes that are silent", "owners", dead)
	return b.writer.write(ctx, func(x *tx) error {
		for _, name := range dead {
			if _, err := x.exec(`DELETE FROM replica WHERE owner = $1`, name); err != nil {
				return err
			}
		}
		return releaseOrphans(x)
	})
}

// sweep gives back rows that nobody works on: those that are claimed in a name
// that is not known, and those that are claimed in our name but that we do not
// work on, found so at two beats, because the answer to a claim was lost with
// the connection.
func (b *Box) sweep(ctx context.Context) error {
	if b.lock != nil && !b.unsure.Load() { // on PostgreSQL it costs little and others may have a part in it
		return nil
	}
	owner := b.name()
	b.unsure.Store(false) // what happens from here on is for the next time
	ours, err := b.claimedBy(ctx, owner)
	if err != nil {
		b.unsure.Store(true)
		return err
	}
	b.mu.Lock()
	lost := map[claim]bool{}
	var release []claim
	for _, c := range ours {
		switch {
		case b.held[c]:
		case b.lost[c]:
			release = append(release, c)
		default:
			lost[c] = true
		}
	}
	b.lost = lost
	b.mu.Unlock()
	if len(lost) > 0 {
		b.unsure.Store(true)
	}
	if len(release) == 0 {
		return nil
	}
	err = b.writer.write(ctx, func(x *tx) error {
		for _, c := range release {
			if _, err := x.exec(`UPDATE `+c.table+` SET `+released[c.table]+` WHERE seq = $1 AND owner = $2 AND state = 1`, c.seq, owner); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.unsure.Store(true)
	}
	return err
}

// claimedBy gives back what is claimed in no known name, and returns what is
// claimed in a process's name.
func (b *Box) claimedBy(ctx context.Context, owner string) ([]claim, error) {
	var claims []claim
	err := b.writer.write(ctx, func(x *tx) error {
		claims = claims[:0]
		if err := releaseOrphans(x); err != nil {
			return err
		}
		for _, table := range []string{"message", "post"} {
			err := x.each(`SELECT seq FROM `+table+` WHERE state = 1 AND state < 2 AND owner = $1`, []any{owner}, func(s scanner) error {
				c := claim{table: table}
				err := s.Scan(&c.seq)
				claims = append(claims, c)
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return claims, nil
}
