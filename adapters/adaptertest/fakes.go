package adaptertest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"sourceline/adapters"
)

var (
	_ adapters.Inbox = (*Inbox)(nil)
	_ adapters.Store = (*Store)(nil)
)

// ErrPut is what an Inbox answers that was told to fail.
var ErrPut = errors.New("adaptertest: the inbox cannot store this now")

// An Inbox remembers in memory what was put into it. It is safe for
// concurrent use.
type Inbox struct {
	mu   sync.Mutex
	got  []adapters.Message
	fail int
	hold chan struct{} // while not nil, Put waits for it to be closed
	wait int           // Puts that wait
}

// NewInbox returns an empty inbox.
func NewInbox() *Inbox { return &Inbox{} }

// Put keeps m, or fails where it was told to. It ignores an ended ctx, so
// that what an adapter hands over is seen.
func (b *Inbox) Put(_ context.Context, m adapters.Message) error {
	b.mu.Lock()
	if hold := b.hold; hold != nil {
		b.wait++
		b.mu.Unlock()
		<-hold
		b.mu.Lock()
		b.wait--
	}
	defer b.mu.Unlock()
	if b.fail > 0 {
		b.fail--
		return ErrPut
	}
	b.got = append(b.got, m)
	return nil
}

// Fail makes the next n Puts fail.
func (b *Inbox) Fail(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fail = n
}

// Failures is how many Puts are still to fail.
func (b *Inbox) Failures() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.fail
}

// Hold makes Puts wait until the returned function is called.
func (b *Inbox) Hold() (release func()) {
	hold := make(chan struct{})
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hold = hold
	return sync.OnceFunc(func() {
		b.mu.Lock()
		b.hold = nil
		b.mu.Unlock()
		close(hold)
	})
}

// Waiting is how many Puts wait for a Hold to end.
func (b *Inbox) Waiting() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.wait
}

// Messages returns what was stored, in order of arrival, repeats included.
func (b *Inbox) Messages() []adapters.Message {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.got)
}

// All returns the stored messages of that kind and text.
func (b *Inbox) All(kind adapters.Kind, text string) []adapters.Message {
	var all []adapters.Message
	for _, m := range b.Messages() {
		if m.Kind == kind && m.Text == text {
			all = append(all, m)
		}
	}
	return all
}

// Await waits for the first message that ok accepts and returns it.
func (b *Inbox) Await(t *testing.T, what string, ok func(adapters.Message) bool) adapters.Message {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(tick) {
		for _, m := range b.Messages() {
			if ok(m) {
				return m
			}
		}
	}
	t.Fatalf("waited %v in vain for %s; the inbox has %+v", patience, what, b.Messages())
	panic("not reached")
}

// await waits for a message of that kind and text.
func (b *Inbox) await(t *testing.T, kind adapters.Kind, text string) adapters.Message {
	t.Helper()
	return b.Await(t, string(kind)+" "+text, func(m adapters.Message) bool {
		return m.Kind == kind && m.Text == text
	})
}

// A Store keeps bytes in memory. It is safe for concurrent use.
type Store struct {
	mu sync.Mutex
	m  map[string][]byte
}

// NewStore returns an empty store.
func NewStore() *Store { return &Store{m: map[string][]byte{}} }

// Get returns a copy of what is kept under key, or adapters.ErrNotFound.
func (s *Store) Get(_ context.Context, key string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, ok := s.m[key]
	if !ok {
		return nil, adapters.ErrNotFound
	}
	return slices.Clone(v), nil
}

// Put keeps a copy of value under key.
func (s *Store) Put(_ context.Context, key string, value []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[key] = slices.Clone(value)
	return nil
}

// Delete forgets key.
func (s *Store) Delete(_ context.Context, key string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.m, key)
	return nil
}

// runAdapter runs a in the background; the returned function ends it, waits,
// and fails the test where it does not end or ends with an error.
func runAdapter(t *testing.T, a adapters.Adapter, inbox adapters.Inbox) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx, inbox) }()
	stop = sync.OnceFunc(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("Run returned %v after its context ended, want nil", err)
			}
		case <-time.After(patience):
			t.Errorf("Run did not return within %v after its context ended", patience)
		}
	})
	t.Cleanup(stop)
	return stop
}
