package inbox

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"sourceline/adapters"
)

// TestBatch: an operation that fails takes no other of its batch with it.
func TestBatch(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b := open(t, address, quietly())
		hold, entered := make(chan bool), make(chan bool)
		go b.writer.write(t.Context(), func(*tx) error { close(entered); <-hold; return nil })
		<-entered
		errs := make([]error, 10)
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() {
				errs[i] = b.writer.write(t.Context(), func(x *tx) error {
					if i%4 == 3 {
						_, err := x.exec(`INSERT INTO kept (space, key, value) VALUES ('bad', NULL, $1)`, []byte("x"))
						return err
					}
					_, err := x.exec(`INSERT INTO kept (space, key, value) VALUES ('good', $1, $2)`, fmt.Sprint(i), []byte("x"))
					return err
				})
			})
		}
		time.Sleep(50 * time.Millisecond)
		close(hold)
		wait.Wait()
		for i, err := range errs {
			if bad := i%4 == 3; bad != (err != nil) {
				t.Errorf("operation %d: %v", i, err)
			}
			if _, err := b.Store("good").Get(t.Context(), fmt.Sprint(i)); i%4 != 3 && err != nil {
				t.Errorf("operation %d was not kept: %v", i, err)
			}
		}
		if err := b.Ready(); err != nil {
			t.Errorf("Ready = %v after an operation that was wrong itself", err)
		}
	})
}

// TestPutEnds: a Put whose context ends returns, and the message may or may
// not be stored, once.
func TestPutEnds(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		for i := range 50 {
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i*20)*time.Microsecond)
			m := message(adapters.Mention, fmt.Sprint("m", i), fmt.Sprint("t", i), fmt.Sprint(i))
			if b.Put(ctx, m) != nil {
				mustPut(t, b, m)
			}
			cancel()
		}
		d.work(t, b)
		idle(t, b)
		if n := len(d.logged()); n != 50 {
			t.Errorf("%d posts, want 50", n)
		}
	})
}

func TestPrune(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		for _, c := range []struct {
			keep, age time.Duration
			messages  int
			texts     int
			posts     int
		}{
			{30 * 24 * time.Hour, 29 * 24 * time.Hour, 3, 3, 2},
			{30 * 24 * time.Hour, 31 * 24 * time.Hour, 1, 1, 0}, // what still waits stays
			{time.Hour, 2 * time.Hour, 3, 1, 0},                 // IDs are kept for two days
			{time.Hour, 49 * time.Hour, 1, 1, 0},
		} {
			t.Run(fmt.Sprint(c.keep, c.age), func(t *testing.T) {
				at := filepath.Join(t.TempDir(), "inbox.db")
				if IsPostgres(address) {
					at = postgresAddress(t)
				}
				clock := &testClock{}
				o := quietly()
				o.Keep, o.Now = c.keep, clock.Now
				b, d := open(t, at, o), newDesk()
				stop := d.work(t, b)
				mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"), message(adapters.Mention, "m2", "t2", "two"))
				idle(t, b)
				if err := b.SetFeedback(t.Context(), message(adapters.Mention, "", "", "").Conversation, "p1", "bob", "👍"); err != nil {
					t.Fatal(err)
				}
				stop()
				mustPut(t, b, message(adapters.Mention, "m3", "t3", "waits"))
				clock.offset.Store(int64(c.age))
				if _, err := b.Prune(t.Context()); err != nil {
					t.Fatal(err)
				}
				for query, want := range map[string]int{
					`SELECT COUNT(*) FROM message`:                    c.messages,
					`SELECT COUNT(*) FROM message WHERE text <> ''`:   c.texts,
					`SELECT COUNT(*) FROM post`:                       c.posts,
					`SELECT COUNT(*) FROM rests`:                      c.posts,
					`SELECT COUNT(*) FROM feedback`:                   min(c.posts, 1),
					`SELECT COUNT(*) FROM message WHERE sender <> ''`: c.texts,
				} {
					var n int
					if err := b.db.RawDB.QueryRow(query).Scan(&n); err != nil || n != want {
						t.Errorf("%s: %d, want %d (%v)", query, n, want, err)
					}
				}
			})
		}
	})
}

// TestDurable: what a commit has said is on disk.
func TestDurable(t *testing.T) {
	b := open(t, filepath.Join(t.TempDir(), "inbox.db"), quietly())
	for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal"} { // 2 is FULL
		var got string
		err := b.writer.write(t.Context(), func(x *tx) error {
			return x.conn.QueryRowContext(x.ctx, `PRAGMA `+pragma).Scan(&got)
		})
		if err != nil || got != want {
			t.Errorf("%s is %s on the connection that writes, want %s (%v)", pragma, got, want, err)
		}
	}
}

// TestLogStaysShort: under constant writing the write-ahead log does not grow
// without end.
func TestLogStaysShort(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in short mode: takes seconds")
	}
	path := filepath.Join(t.TempDir(), "inbox.db")
	b := open(t, path, quietly())
	size := func() int64 {
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	store := b.Store("x")
	write := func(d time.Duration) {
		for end := time.Now().Add(d); time.Now().Before(end); {
			if err := store.Put(t.Context(), "k", make([]byte, 20_000)); err != nil {
				t.Fatal(err)
			}
		}
	}
	write(3 * checkpointInterval)
	before := size()
	write(4 * checkpointInterval)
	if after := size(); after > 3*before {
		t.Errorf("the log grew from %d to %d bytes", before, after)
	}
}

// TestFilesAreForTheirOwner: what people wrote is nobody else's to read.
func TestFilesAreForTheirOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "inbox.db")
	b := open(t, path, quietly())
	mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"))
	for _, suffix := range []string{"", "-wal", "-shm", ".lock"} {
		info, err := os.Stat(path + suffix)
		if err != nil {
			t.Error(err)
		} else if mode := info.Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has the mode %o", path+suffix, mode)
		}
	}
}

// TestUpgradeFromVersion1: answers of a database of the first version are
// still found by their articles.
func TestUpgradeFromVersion1(t *testing.T) {
	path := filepath.Join(t.TempDir(), "inbox.db")
	all := versions
	versions = versions[:1]
	b, err := Open(t.Context(), path, quietly())
	if err == nil {
		_, err = b.db.RawDB.Exec(`INSERT INTO rests (article, post) VALUES ('fire', 7), ('flood', 7), ('fire', 9)`)
		b.Close()
	}
	versions = all
	if err != nil {
		t.Fatal(err)
	}
	b = open(t, path, quietly())
	var got []int64
	err = b.query(t.Context(), func(s scanner) error {
		var post int64
		err := s.Scan(&post)
		got = append(got, post)
		return err
	}, `SELECT post FROM rests WHERE article = 'fire' ORDER BY post`)
	if err != nil || !slices.Equal(got, []int64{7, 9}) {
		t.Errorf("posts %v rest on the article (%v), want 7 and 9", got, err)
	}
}
