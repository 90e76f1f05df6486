package inbox

import (
	"context"
	"sync"
	"testing"
	"time"

	"sourceline/adapters"
)

// TestFence: a process that cannot show that it lives ends its posts before
// its lease is over, begins none, and goes on with them, in doubt, when it
// can show it again.
func TestFence(t *testing.T) {
	b := open(t, postgresAddress(t), quietly())
	hold := make(chan bool)
	var mu sync.Mutex
	var tries []adapters.Outgoing
	var ended time.Duration
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		done <- b.Work(ctx, Worker{
			Handle: func(_ context.Context, it Item) (Result, error) { return shout(it.Text), nil },
			Post: func(ctx context.Context, o adapters.Outgoing) (adapters.PostID, error) {
				mu.Lock()
				tries = append(tries, o)
				first := len(tries) == 1
				mu.Unlock()
				if !first {
					return "p1", nil
				}
				stuck := time.Now()
				go b.writer.write(context.Background(), func(*tx) error { <-hold; return nil })
				<-ctx.Done()
				mu.Lock()
				defer mu.Unlock()
				ended = time.Since(stuck)
				return "", ctx.Err()
			},
		})
	}()
	mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"))
	time.Sleep(3 * b.Lease)
	mu.Lock()
	if len(tries) != 1 || ended == 0 || ended > b.Lease {
		t.Errorf("%d tries, the first ended after %v, want one that ends within the lease of %v", len(tries), ended, b.Lease)
	}
	mu.Unlock()
	close(hold)
	idle(t, b)
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if len(tries) != 2 || !tries[1].Uncertain || tries[1].Key != tries[0].Key {
		t.Errorf("tries %+v, want a second one of the same key that is in doubt", tries)
	}
}
