package inbox

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sourceline/adapters"
)

// postgresVar names the environment variable with the address of a PostgreSQL
// in which tests may make and drop schemas.
const postgresVar = "SOURCELINE_TEST_POSTGRES"

// onEach runs a test on a new SQLite file, and on PostgreSQL where there is
// one.
func onEach(t *testing.T, test func(t *testing.T, address string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "inbox.db")) })
	t.Run("postgres", func(t *testing.T) { test(t, postgresAddress(t)) })
}

// quietly are options for tests: silent, with a short lease.
func quietly() Options {
	return Options{Lease: 500 * time.Millisecond, Log: slog.New(slog.DiscardHandler)}
}

func open(t *testing.T, address string, o Options) *Box {
	t.Helper()
	b, err := Open(t.Context(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

func message(kind adapters.Kind, id, thread, text string) adapters.Message {
	return adapters.Message{ID: id, Kind: kind, Text: text, Sender: "ann", Sent: time.UnixMilli(1_600_000_000_000),
		Conversation: adapters.Conversation{Platform: "test", Workspace: "w", Room: "desk", Thread: thread}}
}

func mustPut(t *testing.T, b *Box, ms ...adapters.Message) {
	t.Helper()
	for _, m := range ms {
		if err := b.Put(t.Context(), m); err != nil {
			t.Fatalf("Put %s: %v", m.ID, err)
		}
	}
}

// A desk is a worker that answers each message with its text in capitals, and
// a platform that keeps posts.
type desk struct {
	mu      sync.Mutex
	handled []string // texts
	posts   map[adapters.PostID]string
	keys    map[string]adapters.PostID
	log     []string // what was done to the platform
	handle  func(Item) (Result, error)
	posting sync.Mutex
	post    func(adapters.Outgoing) error // before it is done
}

func newDesk() *desk {
	return &desk{posts: map[adapters.PostID]string{}, keys: map[string]adapters.PostID{}}
}

func shout(text string) Result {
	return Result{Outcome: Answered, State: []byte(text), Posts: []Post{{
		Reply: adapters.Reply{Parts: []adapters.Part{adapters.Paragraph{Text: strings.ToUpper(text)}}},
		Facts: []Fact{{ID: "f:" + text, Article: "a1"}},
	}}}
}

func (d *desk) Handle(_ context.Context, it Item) (Result, error) {
	d.mu.Lock()
	d.handled = append(d.handled, it.Text)
	handle := d.handle
	d.mu.Unlock()
	if handle != nil {
		return handle(it)
	}
	return shout(it.Text), nil
}

func (d *desk) Post(_ context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	if err := d.before(o); err != nil {
		return "", err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if o.Reply == nil {
		delete(d.posts, o.Replaces)
		d.log = append(d.log, "delete")
		return o.Replaces, nil
	}
	text := strings.TrimSpace(adapters.Text(o.Reply, adapters.TextOptions{}))
	id := o.Replaces
	if known, ok := d.keys[o.Key]; ok {
		if !o.Uncertain {
			d.log = append(d.log, "TWICE "+text)
		}
		return known, nil
	}
	if id == "" {
		id = adapters.PostID(fmt.Sprint("p", len(d.keys)+1))
		d.log = append(d.log, "post "+text)
	} else {
		d.log = append(d.log, "edit "+text)
	}
	d.keys[o.Key] = id
	d.posts[id] = text
	return id, nil
}

// before calls the test's hook, one post at a time.
func (d *desk) before(o adapters.Outgoing) error {
	d.posting.Lock()
	defer d.posting.Unlock()
	if d.post == nil {
		return nil
	}
	return d.post(o)
}

func (d *desk) logged() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.log)
}

// work runs a worker until the test ends or stop is called.
func (d *desk) work(t *testing.T, b *Box) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- b.Work(ctx, Worker{Handle: d.Handle, Post: d.Post}) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Work: %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

// idle waits until nothing is left to do.
func idle(t *testing.T, b *Box) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(2 * time.Millisecond) {
		s, err := b.Stats(t.Context())
		if err == nil && s.Messages == 0 && s.Posts == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("still to do: %+v, %v\n%s", s, err, undone(b))
		}
	}
}

// undone lists what is not done, for a test that failed.
func undone(b *Box) string {
	var list strings.Builder
	for _, table := range []string{"message", "post"} {
		rows, err := b.db.RawDB.Query(`SELECT seq, state, owner, tries, due, error FROM ` + table + ` WHERE state < 2 ORDER BY seq`)
		if err != nil {
			return err.Error()
		}
		defer rows.Close()
		for rows.Next() {
			var seq, state, tries, due int64
			var owner, failure string
			if err := rows.Scan(&seq, &state, &owner, &tries, &due, &failure); err != nil {
				return err.Error()
			}
			fmt.Fprintf(&list, "%s %d: state %d, owner %q of %q, try %d, due %d, %q\n", table, seq, state, owner, b.name(), tries, due, failure)
		}
	}
	return list.String()
}

func wantLog(t *testing.T, d *desk, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, d.logged()); diff != "" {
		t.Errorf("what was posted (-want +got):\n%s", diff)
	}
}

func postgresAddress(t *testing.T) string {
	t.Helper()
	address := os.Getenv(postgresVar)
	if address == "" {
		t.Skipf("SKIPPED: set %s to the address of a PostgreSQL (.ci/postgres does)", postgresVar)
	}
	return schemaIn(t, address)
}
