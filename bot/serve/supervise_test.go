package serve

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"

	"sourceline/adapters"
)

// scripted is an adapter whose Run does one step after another.
type scripted struct {
	adapters.Adapter
	steps []func(context.Context) error
	runs  int
}

func (s *scripted) Run(ctx context.Context, _ adapters.Inbox) error {
	s.runs++
	return s.steps[s.runs-1](ctx)
}

func untilDone(ctx context.Context) error { <-ctx.Done(); return nil }

func TestSupervise(t *testing.T) {
	fails := func(context.Context) error { return errors.New("the wire broke") }
	panics := func(context.Context) error { panic("oh") }
	returns := func(context.Context) error { return nil }
	revoked := func(context.Context) error { return fmt.Errorf("token revoked: %w", adapters.ErrPermanent) }
	tests := []struct {
		name      string
		steps     []func(context.Context) error
		runs      int
		restarts  int
		wantReady bool
	}{
		{"runs to the end", []func(context.Context) error{untilDone}, 1, 0, true},
		{"starts again", []func(context.Context) error{fails, panics, returns, untilDone}, 4, 3, true},
		{"stays stopped", []func(context.Context) error{fails, revoked}, 2, 1, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
			defer cancel()
			a := &scripted{steps: tt.steps}
			e := newEntrance("test", a)
			e.pause = func() backoff.BackOff { return backoff.NewConstantBackOff(time.Millisecond) }
			restarts := 0
			_ = e.supervise(ctx, nil, slog.New(slog.DiscardHandler), func() { restarts++ })
			if a.runs != tt.runs || restarts != tt.restarts {
				t.Errorf("%d runs, %d restarts; want %d, %d", a.runs, restarts, tt.runs, tt.restarts)
			}
			if got := e.ready() == nil; got != tt.wantReady {
				t.Errorf("ready: %v", e.ready())
			}
		})
	}
}
