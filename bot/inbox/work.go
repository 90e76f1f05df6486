package inbox

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"sourceline/adapters"
)

// A Worker says what to do with messages and how to post.
type Worker struct {
	// Handle makes an answer. An error, or a panic, has the message handled
	// again later, up to Options.Tries times. Messages of one thread are
	// handled one after the other. Its ctx ends when Grace is over.
	Handle func(ctx context.Context, it Item) (Result, error)
	// Post hands a post to the adapter of its platform.
	Post func(ctx context.Context, o adapters.Outgoing) (adapters.PostID, error)
	// Handlers and Posters are how many run at once: twice the processors
	// (16 at least) and 128 by default.
	Handlers, Posters int
	// Grace is how long what is claimed may go on when ctx has ended, 10 s
	// by default.
	Grace time.Duration
}

// Defaults of a Worker.
const (
	DefaultPosters = 128
	DefaultGrace   = 10 * time.Second
)

// DefaultHandlers is the default of Worker.Handlers.
func DefaultHandlers() int { return max(16, 2*runtime.GOMAXPROCS(0)) }

// ahead is how many messages are claimed beyond those that are being handled:
// their results are being stored, or they are the next ones, so that no
// handler waits for the disk.
const ahead = 256

// Work handles messages and posts answers until ctx ends. Then it claims
// nothing more, finishes what it has claimed within Grace, and returns nil.
// Errors of the database are logged, reported by Ready, and tried again.
func (b *Box) Work(ctx context.Context, w Worker) error {
	if b.writer == nil {
		return errReadOnly
	}
	if w.Handle == nil || w.Post == nil {
		return errors.New("inbox: a worker needs Handle and Post")
	}
	if w.Handlers <= 0 {
		w.Handlers = DefaultHandlers()
	}
	if w.Posters <= 0 {
		w.Posters = DefaultPosters
	}
	if w.Grace <= 0 {
		w.Grace = DefaultGrace
	}
	late, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(w.Grace, cancel) })()

	j := &job{Box: b, Worker: w, ctx: late, stopping: ctx.Done(),
		claims: newSlots(w.Handlers + ahead), handlers: newSlots(w.Handlers), posters: newSlots(w.Posters)}
	b.job.Store(j)
	var loops sync.WaitGroup
	loops.Go(func() { j.dispatch(ctx, forMessages, j.claims, j.takeMessages) })
	loops.Go(func() { j.dispatch(ctx, forPosts, j.posters, j.takePosts) })
	loops.Go(func() { b.pruneNowAndThen(ctx) })
	loops.Wait()
	b.job.CompareAndSwap(j, nil)
	j.end()
	return nil
}

// A job is a Work that runs.
type job struct {
	*Box
	Worker
	ctx      context.Context // ends when the grace is over
	stopping <-chan struct{} // closed when nothing more is begun
	claims   *slots          // messages that are claimed
	handlers *slots          // of these, messages that are handled
	posters  *slots          // posts that are claimed
	running  sync.WaitGroup

	mu    sync.Mutex
	ended bool // begin must not add to running any more
}

// begin handles a claimed item, which holds a slot of claims.
func (j *job) begin(it Item) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ended {
		j.unsure.Store(true) // it is swept up
		return
	}
	j.hold(claim{"message", it.seq}, true)
	j.running.Go(func() {
		defer j.next(forMessages) // of its thread
		defer j.claims.give(1)
		j.handle(it)
	})
}

// end waits for what has begun, and lets nothing more begin.
func (j *job) end() {
	j.mu.Lock()
	j.ended = true
	j.mu.Unlock()
	j.running.Wait()
}

// dispatch claims as much as there are free slots whenever there may be
// something to claim.
func (j *job) dispatch(ctx context.Context, which int, s *slots, take func(ctx context.Context, n int) (int, error)) {
	poke := j.listen(which)
	defer j.unlisten(which, poke)
	var failures int
	for ctx.Err() == nil {
		n := s.take(ctx)
		if n == 0 {
			return // ctx has ended
		}
		// What is claimed is worked on, even if ctx ends meanwhile.
		claiming, cancel := context.WithTimeout(context.WithoutCancel(ctx), persistTimeout)
		got, err := take(claiming, n)
		cancel()
		s.give(n - got)
		switch {
		case err != nil && ctx.Err() == nil:
			failures++
			j.Log.Error("inbox: nothing could be claimed", "err", err)
			sleep(ctx, delay(failures))
		case got == n: // there may be more
			failures = 0
		default:
			failures = 0
			select {
			case <-poke:
			case <-ctx.Done():
			case <-time.After(pollInterval):
			}
		}
	}
}

// pollInterval is how often to look for what became due or what another
// process left, where nothing else tells.
const pollInterval = 200 * time.Millisecond

// maxClaim is how many rows are claimed at once at most: a crash puts what it
// had claimed back by a lease.
const maxClaim = 64

func (j *job) takeMessages(ctx context.Context, n int) (int, error) {
	items, err := j.claimMessages(ctx, n)
	for _, it := range items {
		j.begin(it)
	}
	return len(items), err
}

func (j *job) takePosts(ctx context.Context, n int) (int, error) {
	ds, err := j.claimPosts(ctx, n)
	for _, d := range ds {
		j.running.Go(func() { j.post(d) })
	}
	return len(ds), err
}

// handle makes and stores the answer to one item.
func (j *job) handle(it Item) {
	defer j.hold(claim{"message", it.seq}, false)
	if !j.handlers.wait(j.stopping) {
		j.persist("give a message back", func(ctx context.Context) error { return j.release(ctx, it) })
		return
	}
	start := time.Now()
	r, err := j.call(it)
	j.handlers.give(1)
	j.Observe(StageHandle, time.Since(start), err)
	if err != nil {
		j.Log.Error("inbox: a message could not be handled", "id", it.ID, "try", it.Try, "last", it.Last, "err", err)
		if j.ctx.Err() != nil {
			j.persist("give a message back", func(ctx context.Context) error { return j.release(ctx, it) })
			return
		}
		j.persist("give a message back", func(ctx context.Context) error { return j.fail(ctx, it, err) })
		return
	}
	start = time.Now()
	slot := j.posters.try()
	var d *delivery
	err = j.persist("store an answer", func(ctx context.Context) (err error) {
		d, err = j.finish(ctx, it, r, slot)
		return err
	})
	j.Observe(StageRecord, time.Since(start), err)
	if d != nil && err == nil {
		if len(r.Posts) > 1 {
			j.leave(forPosts)
		}
		j.running.Go(func() { j.post(d) })
		return
	}
	if slot {
		j.posters.give(1)
	}
	if err == nil && (len(r.Posts) > 0 || it.Edited) {
		j.leave(forPosts)
	}
}

// call runs the handler; a panic is an error.
func (j *job) call(it Item) (r Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
			j.Log.Error("inbox: the handler panicked", "id", it.ID, "stack", string(debug.Stack()))
		}
	}()
	return j.Handle(j.ctx, it)
}

// post hands one claimed post to its adapter and stores what came of it.
func (j *job) post(d *delivery) {
	defer j.next(forPosts) // of its thread
	defer j.posters.give(1)
	defer j.hold(claim{"post", d.seq}, false)
	start := time.Now()
	ctx, cancel, err := j.fenced(j.ctx, d.owner)
	if err != nil { // it is not ours any more, or runs out with its lease
		j.unsure.Store(true)
		j.Log.Warn("inbox: a post was left to others", "key", d.Key, "err", err)
		return
	}
	id, err := j.callPost(ctx, d)
	cancel()
	j.Observe(StagePost, time.Since(start), err)
	if err == nil {
		if d.version == 1 && !d.Uncertain {
			j.Observe(StageTotal, j.age(d.asked), nil)
		}
		j.persist("note a post", func(ctx context.Context) error { return j.posted(ctx, d, id) })
		return
	}
	if _, ok := errors.AsType[*adapters.Later](err); !ok {
		j.Log.Error("inbox: a post failed", "key", d.Key, "platform", d.Conversation.Platform, "try", d.try, "err", err)
	}
	j.persist("note a failed post", func(ctx context.Context) error { return j.unposted(ctx, d, err) })
}

func (j *job) callPost(ctx context.Context, d *delivery) (id adapters.PostID, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v: %w", p, adapters.ErrUncertain)
			j.Log.Error("inbox: the adapter panicked", "key", d.Key, "stack", string(debug.Stack()))
		}
	}()
	return j.Post(ctx, d.Outgoing)
}

// persist writes what must not be lost: it tries until the database takes it,
// or the grace is over. After that the claim runs out and the work is done
// again; what was posted is found by its key then.
func (j *job) persist(what string, write func(context.Context) error) error {
	for try := 1; ; try++ {
		// Even when the grace is over, one quick try is worth making.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(j.ctx), persistTimeout)
		err := write(ctx)
		cancel()
		switch {
		case err == nil:
			return nil
		case errors.Is(err, errLost):
			j.unsure.Store(true)
			j.Log.Warn("inbox: somebody else took this over", "what", what)
			return err
		case errors.Is(err, errClosed) || j.ctx.Err() != nil:
			return err
		}
		j.Log.Error("inbox: could not "+what, "try", try, "err", err)
		sleep(j.ctx, min(delay(try), maxPersistDelay))
	}
}

const (
	persistTimeout  = 15 * time.Second
	maxPersistDelay = 2 * time.Second
)

func (b *Box) listen(which int) chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	c := make(chan struct{}, 1)
	b.queues[which].pokes = append(b.queues[which].pokes, c)
	return c
}

func (b *Box) unlisten(which int, c chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	q := &b.queues[which]
	q.pokes = slices.DeleteFunc(q.pokes, func(p chan struct{}) bool { return p == c })
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// slots bound how many of something run at once.
type slots struct{ free chan struct{} }

func newSlots(n int) *slots {
	s := &slots{free: make(chan struct{}, n)}
	s.give(n)
	return s
}

func (s *slots) give(n int) {
	for range n {
		s.free <- struct{}{}
	}
}

func (s *slots) try() bool {
	select {
	case <-s.free:
		return true
	default:
		return false
	}
}

// wait takes a slot; false where stop is closed first, or already.
func (s *slots) wait(stop <-chan struct{}) bool {
	select {
	case <-stop:
		return false
	default:
	}
	select {
	case <-stop:
		return false
	case <-s.free:
		return true
	}
}

// take waits for a free slot and takes as many as are free then, up to
// maxClaim; 0 where ctx has ended.
func (s *slots) take(ctx context.Context) int {
	select {
	case <-ctx.Done():
		return 0
	case <-s.free:
	}
	n := 1
	for n < maxClaim && s.try() {
		n++
	}
	return n
}
