//go:build unix

package inbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sourceline/adapters"
)

// onWriter runs a statement on the connection that writes.
func onWriter(t *testing.T, b *Box, query string) {
	t.Helper()
	err := b.writer.write(t.Context(), func(x *tx) error {
		_, err := x.conn.ExecContext(x.ctx, query)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// testOutage breaks the database of a Box, or rather its writing, and mends
// it: what was acknowledged before is answered after, Put fails in between
// and says what to do, and so does Ready.
func testOutage(t *testing.T, b *Box, hint string, broken, mended func()) {
	t.Helper()
	d := newDesk()
	acknowledged := 0
	put := func() error {
		err := b.Put(t.Context(), message(adapters.Mention, fmt.Sprint("m", acknowledged), fmt.Sprint("t", acknowledged), strings.Repeat("how many? ", 1000)))
		if err == nil {
			acknowledged++
		}
		return err
	}
	for range 5 {
		if err := put(); err != nil {
			t.Fatal(err)
		}
	}
	broken()
	var err error
	for range 1000 {
		if err = put(); err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), hint) {
		t.Errorf("Put into a broken database: %v, want an error that says %q", err, hint)
	}
	if ready := b.Ready(); ready == nil || !strings.Contains(ready.Error(), hint) {
		t.Errorf("Ready = %v, want an error that says %q", ready, hint)
	}
	d.work(t, b) // it starts in the middle of the outage
	time.Sleep(200 * time.Millisecond)
	mended()
	if err := put(); err != nil {
		t.Errorf("Put after the outage: %v", err)
	}
	idle(t, b)
	if err := b.Ready(); err != nil {
		t.Errorf("Ready after the outage: %v", err)
	}
	if n := len(d.logged()); n != acknowledged {
		t.Errorf("%d messages were acknowledged, %d answered", acknowledged, n)
	}
}

func TestDiskFull(t *testing.T) {
	b := open(t, filepath.Join(t.TempDir(), "inbox.db"), quietly())
	testOutage(t, b, "the disk is full",
		func() { onWriter(t, b, `PRAGMA max_page_count = 60`) },
		func() { onWriter(t, b, `PRAGMA max_page_count = 1000000`) })
}

// TestRealDiskFull fills a small file system; that needs root.
func TestRealDiskFull(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("SKIPPED: a small file system cannot be mounted here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(folder, syscall.MNT_DETACH) })
	b := open(t, filepath.Join(folder, "inbox.db"), quietly())
	testOutage(t, b, "the disk is full", func() {}, func() {
		if err := syscall.Mount("tmpfs", folder, "tmpfs", syscall.MS_REMOUNT, "size=64m"); err != nil {
			t.Fatal(err)
		}
	})
	b.Close()
}

func TestReadOnly(t *testing.T) {
	b := open(t, filepath.Join(t.TempDir(), "inbox.db"), quietly())
	testOutage(t, b, "the database cannot be written",
		func() { onWriter(t, b, `PRAGMA query_only = 1`) },
		func() {
			b.writer.write(t.Context(), func(x *tx) error {
				_, err := x.conn.ExecContext(x.ctx, `PRAGMA query_only = 0`)
				return err
			})
		})
}

func TestPostgresDown(t *testing.T) {
	b := open(t, postgresAddress(t), quietly())
	if os.Getenv(restartVar) == "" {
		t.Skipf("SKIPPED: %s is not set", restartVar)
	}
	d := newDesk()
	d.work(t, b)
	mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"))
	restartPostgres(t)
	m := message(adapters.Mention, "m2", "t2", "two")
	for try := 0; b.Put(t.Context(), m) != nil; try++ {
		if b.Ready() == nil || try > 500 {
			t.Fatalf("try %d: Put fails, and Ready is %v", try, b.Ready())
		}
		time.Sleep(10 * time.Millisecond)
	}
	idle(t, b)
	if err := b.Ready(); err != nil {
		t.Errorf("Ready after the restart: %v", err)
	}
	got := d.logged()
	slices.Sort(got)
	if diff := cmp.Diff([]string{"post ONE", "post TWO"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDamagedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "inbox.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("this is no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path, quietly()); err == nil || !strings.Contains(err.Error(), "not a SQLite database") {
		t.Errorf("Open of a text file: %v", err)
	}

	path = filepath.Join(t.TempDir(), "inbox.db")
	b := open(t, path, quietly())
	for i := range 200 {
		mustPut(t, b, message(adapters.Mention, fmt.Sprint("m", i), fmt.Sprint("t", i), strings.Repeat("x", 500)))
	}
	if err := b.Check(t.Context()); err != nil {
		t.Errorf("Check of a sound file: %v", err)
	}
	b.Close()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 20 << 12; i < 60<<12 && i < len(data); i++ { // pages of tables and indexes
		data[i] ^= 0x5a
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	b, err = Open(t.Context(), path, quietly())
	if err != nil { // found at once
		if !strings.Contains(err.Error(), "damaged") {
			t.Errorf("Open of a damaged file: %v", err)
		}
		return
	}
	defer b.Close()
	if err := b.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("Check of a damaged file: %v", err)
	}
	for i := range 300 {
		if err = b.Put(t.Context(), message(adapters.Mention, fmt.Sprint("n", i), fmt.Sprint("t", i), "x")); err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), "damaged") || b.Ready() == nil {
		t.Errorf("Put into a damaged file: %v; Ready = %v", err, b.Ready())
	}
}

func TestOpenErrors(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "inbox.db")
	for address, want := range map[string]string{
		"":                                  "no database is configured",
		filepath.Join(folder, "no", "x.db"): "folder",
		"postgres://u:secret@127.0.0.1:1/x": "connect",
	} {
		_, err := Open(t.Context(), address, quietly())
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("Open(%q) = %v, want an error that says %q", address, err, want)
		}
	}
	o := quietly()
	o.ReadOnly = true
	if _, err := Open(t.Context(), path, o); err == nil {
		t.Error("a file that is not there is opened for reading")
	}
	b := open(t, path, quietly())
	if _, err := Open(t.Context(), path, quietly()); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("a file is opened twice: %v", err)
	}
	reader := open(t, path, o) // beside the writer
	if err := reader.Put(t.Context(), message(adapters.Mention, "m", "", "")); err == nil || reader.Ready() == nil || reader.Work(t.Context(), Worker{}) == nil {
		t.Error("a Box that reads only takes messages")
	}
	if _, err := reader.Report(t.Context(), time.Time{}, "👎"); err != nil {
		t.Errorf("Report: %v", err)
	}
	if _, err := b.db.RawDB.Exec(`UPDATE ` + versionTable + ` SET version = 999, compat = 999`); err != nil {
		t.Fatal(err)
	}
	b.Close()
	if _, err := Open(t.Context(), path, quietly()); err == nil || !strings.Contains(err.Error(), "newer version") {
		t.Errorf("tables of the future are opened: %v", err)
	}
}

// A testClock can be put back and forward.
type testClock struct{ offset atomic.Int64 }

func (c *testClock) Now() time.Time { return time.Now().Add(time.Duration(c.offset.Load())) }

// TestClock: a wall clock that jumps neither loses nor doubles nor keeps
// waiting.
func TestClock(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		clock := &testClock{}
		o := quietly()
		o.Now = clock.Now
		b, d := open(t, address, o), newDesk()
		d.handle = func(it Item) (Result, error) {
			if it.Try == 1 {
				return Result{}, errors.New("try again")
			}
			return shout(it.Text), nil
		}
		tries := map[string]int{}
		d.post = func(o adapters.Outgoing) error {
			if tries[o.Key]++; tries[o.Key] == 1 {
				return &adapters.Later{After: 50 * time.Millisecond, Err: errors.New("busy")}
			}
			return nil
		}
		d.work(t, b)
		start := time.Now()
		for i, jump := range []time.Duration{0, -time.Hour, -24 * 365 * time.Hour, 48 * time.Hour, -time.Hour, 0} {
			clock.offset.Store(int64(jump))
			mustPut(t, b, message(adapters.Mention, fmt.Sprint("m", i), "t1", fmt.Sprint(i)))
			time.Sleep(30 * time.Millisecond)
		}
		idle(t, b)
		wantLog(t, d, "post 0", "post 1", "post 2", "post 3", "post 4", "post 5")
		if took := time.Since(start); took > 15*time.Second {
			t.Errorf("it took %v", took)
		}
		if s, err := b.Stats(t.Context()); err != nil || s.Oldest != 0 {
			t.Errorf("stats %+v, %v", s, err)
		}
	})
}

// TestLostClaims: a process that was taken for dead while it worked finds its
// claims gone, and what it did then counts for nothing. It may lose the second
// claim too, where it was made under the old name while it took the new one.
func TestLostClaims(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		again := make(chan bool)
		begun := sync.OnceFunc(func() { close(again) })
		d.handle = func(it Item) (Result, error) {
			r := shout(it.Text)
			switch {
			case it.Text == "one" && it.Try == 1:
				if _, err := b.db.RawDB.Exec(`DELETE FROM replica`); err != nil {
					t.Error(err)
				}
				<-again // another has it
				r = shout("from the dead")
			case it.Text == "one":
				begun()
			}
			return r, nil
		}
		d.work(t, b)
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"))
		idle(t, b)
		mustPut(t, b, message(adapters.Mention, "m2", "t1", "two"))
		idle(t, b)
		wantLog(t, d, "post ONE", "post TWO")
	})
}

// TestClaimedTwice: of two claims of a message under one name the later one
// counts, whichever is finished first, and its answer is posted once.
func TestClaimedTwice(t *testing.T) {
	for _, name := range []string{"the earlier first", "the later first"} {
		t.Run(name, func(t *testing.T) {
			onEach(t, func(t *testing.T, address string) {
				o := quietly()
				o.Lease = time.Hour // nothing is swept up
				b := open(t, address, o)
				mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"))
				var claims []Item
				for range 2 {
					items, err := b.claimMessages(t.Context(), 1)
					if err != nil || len(items) != 1 {
						t.Fatalf("claimed %d messages, %v; want 1", len(items), err)
					}
					claims = append(claims, items[0])
					if _, err := b.db.RawDB.Exec(`UPDATE message SET state = 0 WHERE state = 1 AND tries = 1`); err != nil {
						t.Fatal(err)
					}
				}
				finish := []Item{claims[0], claims[1], claims[1], claims[0]}
				if name == "the later first" {
					slices.Reverse(finish)
					finish = finish[1:]
				}
				posts := 0
				for _, it := range finish {
					d, err := b.finish(t.Context(), it, shout(it.Text), true)
					if want := it.Try == 1; errors.Is(err, errLost) != want || err != nil && !want {
						t.Errorf("finish of try %d: %v", it.Try, err)
					}
					if d != nil {
						posts++
					}
				}
				if posts != 1 {
					t.Errorf("%d posts were to be sent, want 1", posts)
				}
			})
		})
	}
}

// TestCrashesAreNoTries: a post that was on its way whenever the bot was
// killed is not given up for that.
func TestCrashesAreNoTries(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		o := quietly()
		o.Lease = time.Hour // no beat comes between
		b := open(t, address, o)
		if err := b.Send(t.Context(), "k", Post{Conversation: message("", "", "t1", "").Conversation}); err != nil {
			t.Fatal(err)
		}
		for crash := range 5 {
			ds, err := b.claimPosts(t.Context(), 1)
			if err != nil || len(ds) != 1 {
				t.Fatalf("claimed %d posts, %v; want 1", len(ds), err)
			}
			if d := ds[0]; d.try != 1 || d.Uncertain != (crash > 0) {
				t.Errorf("after %d crashes: try %d, uncertain %v", crash, d.try, d.Uncertain)
			}
			b.hold(claim{"post", ds[0].seq}, false)
			if _, err := b.db.RawDB.Exec(`DELETE FROM replica`); err != nil {
				t.Fatal(err)
			}
			if err := b.enlist(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestObserve(t *testing.T) {
	const lease = 10 * time.Second
	others := map[string]watch{}
	for i, c := range []struct {
		seen    map[string]int64
		elapsed time.Duration
		want    []string
	}{
		{map[string]int64{"a": 1, "b": 1}, 4 * time.Second, nil}, // new
		{map[string]int64{"a": 2, "b": 1}, 4 * time.Second, nil},
		{map[string]int64{"a": 3, "b": 1}, 4 * time.Second, nil},           // b: 8 s
		{map[string]int64{"a": 3, "b": 1}, 4 * time.Second, []string{"b"}}, // b: 12 s
		{map[string]int64{"a": 3}, 4 * time.Second, nil},                   // b is buried
		{map[string]int64{"a": 3, "b": 1}, 4 * time.Second, []string{"a"}}, // b is back: a full lease again
		{map[string]int64{"a": 2, "b": 2}, time.Second, nil},               // any change is a sign of life
	} {
		if got := observe(others, c.seen, c.elapsed, lease); !slices.Equal(got, c.want) {
			t.Errorf("step %d: dead are %v, want %v", i, got, c.want)
		}
	}
}

// TestSweep: rows that are claimed in our name while nobody works on them are
// given back.
func TestSweep(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"))
		items, err := b.claimMessages(t.Context(), 1)
		if err != nil || len(items) != 1 {
			t.Fatalf("claimed %v, %v", items, err)
		}
		b.hold(claim{"message", items[0].seq}, false) // as if the answer to the claim had been lost
		b.unsure.Store(true)
		d.work(t, b)
		idle(t, b)
		wantLog(t, d, "post ONE")
		if b.unsure.Load() {
			t.Error("the Box is still unsure")
		}
	})
}

// TestShutdown: what is claimed is finished, what is not stays; a handler that
// does not end in time gives its message back.
func TestShutdown(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		started, release := make(chan string, 10), make(chan bool)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			done <- b.Work(ctx, Worker{Post: d.Post, Handlers: 2, Grace: 300 * time.Millisecond,
				Handle: func(ctx context.Context, it Item) (Result, error) {
					started <- it.Text
					if it.Text == "slow" {
						<-ctx.Done()
						return Result{}, ctx.Err()
					}
					<-release
					return shout(it.Text), nil
				}})
		}()
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "quick"), message(adapters.Mention, "m2", "t2", "slow"))
		<-started
		<-started
		mustPut(t, b, message(adapters.Mention, "m3", "t3", "waits"))
		cancel()
		time.Sleep(20 * time.Millisecond)
		close(release)
		if err := <-done; err != nil {
			t.Errorf("Work = %v", err)
		}
		wantLog(t, d, "post QUICK")
		d.handle = func(it Item) (Result, error) {
			if it.Try != 1 {
				t.Errorf("%s: try %d, want 1: the stop was not its fault", it.Text, it.Try)
			}
			return shout(it.Text), nil
		}
		d.work(t, b)
		idle(t, b)
		got := d.logged()
		slices.Sort(got)
		if diff := cmp.Diff([]string{"post QUICK", "post SLOW", "post WAITS"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}
