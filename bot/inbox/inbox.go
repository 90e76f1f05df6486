// Package inbox keeps what came in and what went out, durably: no message is
// lost, none is answered twice, and an answer follows its question when that
// is edited or deleted.
//
// # How a message goes through
//
// Put stores a message in a transaction before the platform hears that we have
// it. A worker claims it, in order within its thread, and hands it to the
// handler; what the handler returns is stored together with the message's end
// in one transaction: from then on the posts are owed, and the question will
// not be handled again. A poster claims each post, again in order within its
// thread, which writes down that it is on its way, and posts it. A crash
// before that is written down posts again with Outgoing.Uncertain set, and the
// adapter looks first.
//
// A post is a row that says how it should stand (version want) and how it
// stands (version have). An edit of the question makes a new version of the
// row, a deletion an empty one, and posting goes on until both are the same.
//
// # Claims and clocks
//
// A claim belongs to a process and holds as long as the process shows that it
// lives, by a counter in the table replica. The others watch the counter
// against their own monotonic clock, so that no wall clock needs to be right,
// or the same, anywhere. A process that could not show it for most of a lease
// ends its posts by itself, before others begin with them. On SQLite, where
// one process has the file, a lock beside it tells at once that the claims of
// an earlier process are void.
package inbox

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"go.mau.fi/util/dbutil"

	"sourceline/adapters"
)

var _ adapters.Inbox = (*Box)(nil)

// Options are the settings of a Box; the zero value has the defaults.
type Options struct {
	// Keep is how long done messages, posts and feedback are kept, 30 days
	// by default. The IDs of messages are kept for two days at least, so
	// that a late repeat is known.
	Keep time.Duration
	// Lease is how long a process may be silent before its claims are
	// given to others, 10 s by default.
	Lease time.Duration
	// Tries is how often a message is handled at most before it is given
	// up, 10 by default; PostTries is how often a platform may fail to take
	// a post, 100 by default.
	Tries, PostTries int
	// Observe, where set, is told how long each stage of a message took. It
	// is called from many goroutines and must be quick.
	Observe func(stage Stage, took time.Duration, err error)
	// Log is slog.Default() where nil. Texts of messages are logged at the
	// debug level at most.
	Log *slog.Logger
	// Now is the wall clock, time.Now where nil. It dates entries and
	// delays; nothing is lost or done twice where it is wrong.
	Now func() time.Time
	// ReadOnly opens the database for lookups alone: Put and Work fail,
	// nothing is upgraded.
	ReadOnly bool
}

// Defaults of Options.
const (
	DefaultKeep      = 30 * 24 * time.Hour
	DefaultLease     = 10 * time.Second
	DefaultTries     = 10
	DefaultPostTries = 100
)

// keepIDs is how long the ID of a message is known at least: platforms
// deliver again for up to 24 hours.
const keepIDs = 48 * time.Hour

func (o Options) withDefaults() Options {
	set := func(d *time.Duration, v time.Duration) {
		if *d <= 0 {
			*d = v
		}
	}
	set(&o.Keep, DefaultKeep)
	set(&o.Lease, DefaultLease)
	if o.Tries <= 0 {
		o.Tries = DefaultTries
	}
	if o.PostTries <= 0 {
		o.PostTries = DefaultPostTries
	}
	if o.Observe == nil {
		o.Observe = func(Stage, time.Duration, error) {}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// A Stage is a part of a message's way, for metrics.
type Stage string

// The stages, in their order.
const (
	StagePut    Stage = "put"    // Put: until it was stored
	StageWait   Stage = "wait"   // from stored to claimed, by the wall clock
	StageHandle Stage = "handle" // the handler
	StageRecord Stage = "record" // storing its result
	StagePost   Stage = "post"   // the adapter's Post
	StageTotal  Stage = "total"  // from stored to posted, by the wall clock; first tries of first versions only
)

// A Box is an inbox and outbox in a database. It is safe for concurrent use.
type Box struct {
	Options
	db      *dbutil.Database
	writer  *writer
	lock    *os.File // on SQLite; nil on PostgreSQL
	stop    context.CancelFunc
	job     atomic.Pointer[job] // the Work that runs
	unsure  atomic.Bool         // the answer to a claim was lost: rows may be claimed that nobody works on
	running sync.WaitGroup

	mu    sync.Mutex
	owner string         // our name in the table replica
	held  map[claim]bool // what we work on
	lost  map[claim]bool // claimed in our name but not held, at the last beat
	fence *fence         // nil where nobody else could take our claims over

	queues [2]queue // of messages and of posts
}

// A claim names a claimed row.
type claim struct {
	table string // "message" or "post"
	seq   int64
}

// Open opens the inbox at address: "postgres://…" for PostgreSQL, and
// otherwise the path of a SQLite file, which is made where there is none (its
// folder must exist). It brings the tables to the newest version. On SQLite it
// fails where another process has the file open in this way.
func Open(ctx context.Context, address string, o Options) (*Box, error) {
	b := &Box{Options: o.withDefaults(), held: map[claim]bool{}, lost: map[claim]bool{}}
	if err := b.open(ctx, address); err != nil {
		b.Close()
		return nil, err
	}
	return b, nil
}

func (b *Box) open(ctx context.Context, address string) error {
	var err error
	if b.db, err = openDatabase(address, b.ReadOnly); err != nil {
		return err
	}
	if b.ReadOnly {
		return checkVersion(ctx, b.db)
	}
	if b.sqlite() {
		if b.lock, err = lockFile(address + ".lock"); err != nil {
			return fmt.Errorf("inbox %s: %w", address, err)
		}
	}
	if err := upgrade(ctx, b.db); err != nil {
		return fmt.Errorf("inbox %s: %w", redact(address), explain(err))
	}
	b.writer = newWriter(b.db)
	background, stop := context.WithCancel(context.Background())
	b.stop = stop
	b.running.Go(func() { b.writer.run(background) })
	if err := b.enlist(ctx); err != nil {
		return fmt.Errorf("inbox %s: %w", redact(address), err)
	}
	b.running.Go(func() { b.beat(background) })
	if b.sqlite() {
		b.running.Go(func() { b.checkpoints(background) })
	}
	return nil
}

// Close gives back what is claimed and closes the database. Work must have
// returned.
func (b *Box) Close() error {
	if b.writer != nil {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		if err := b.resign(ctx); err != nil {
			b.Log.Warn("inbox: claims were not given back and must run out", "err", err)
		}
		cancel()
	}
	if b.stop != nil {
		b.stop()
		b.running.Wait()
	}
	var err error
	if b.db != nil {
		err = b.db.Close()
	}
	if b.lock != nil {
		b.lock.Close()
	}
	return err
}

// Database returns the database, for an adapter whose SDK keeps its own
// tables in it.
func (b *Box) Database() *dbutil.Database { return b.db }

// Ready returns nil while messages can be stored, and otherwise what is wrong
// and what to do: the disk is full, the database cannot be reached.
func (b *Box) Ready() error {
	if b.writer == nil {
		return errReadOnly
	}
	return b.writer.failure()
}

// millis is the wall clock as it is stored.
func (b *Box) millis() int64 { return b.Now().UnixMilli() }

// The indexes of Box.queues.
const (
	forMessages = iota
	forPosts
)

// A queue tells its dispatcher when there may be something to claim.
type queue struct {
	// left counts the times at which something was left to be claimed; up to
	// seen, none of that waits any more. Most rows are claimed as they are
	// written, and looking for others costs a statement.
	left, seen atomic.Int64
	pokes      []chan struct{} // guarded by Box.mu
}

// leave notes that something is left to be claimed.
func (b *Box) leave(which int) {
	b.queues[which].left.Add(1)
	b.poke(which)
}

// next has the next of a thread claimed, if anything waits at all.
func (b *Box) next(which int) {
	if q := &b.queues[which]; q.left.Load() > q.seen.Load() {
		b.poke(which)
	}
}

// poke wakes the dispatchers of a queue.
func (b *Box) poke(which int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.queues[which].pokes {
		select {
		case c <- struct{}{}:
		default: // it is awake already
		}
	}
}

// newOwner makes a name that no other process has or had.
func newOwner() string {
	host, err := os.Hostname()
	if err != nil {
		host = "host"
	}
	var random [8]byte
	rand.Read(random[:])
	return fmt.Sprintf("%s/%d/%s", host, os.Getpid(), hex.EncodeToString(random[:]))
}

func (b *Box) sqlite() bool { return b.db.Dialect == dbutil.SQLite }
