package serve

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"

	"sourceline/adapters"
)

// How an adapter that stopped is started again.
const (
	firstPause = time.Second
	longPause  = 2 * time.Minute
	settled    = 5 * time.Minute // an adapter that ran so long begins with the first pause again
)

// An entrance is a running adapter with its state.
type entrance struct {
	name    string
	adapter adapters.Adapter
	stopped atomic.Pointer[error] // why it is not running; nil while it is
	pause   func() backoff.BackOff
}

func newEntrance(name string, a adapters.Adapter) *entrance {
	return &entrance{name: name, adapter: a, pause: func() backoff.BackOff {
		return &backoff.ExponentialBackOff{
			InitialInterval: firstPause, MaxInterval: longPause,
			Multiplier: backoff.DefaultMultiplier, RandomizationFactor: backoff.DefaultRandomizationFactor,
		}
	}}
}

// ready is nil while messages come in.
func (e *entrance) ready() error {
	if err := e.stopped.Load(); err != nil {
		return *err
	}
	if h, ok := e.adapter.(adapters.Health); ok {
		return h.Ready()
	}
	return nil
}

// supervise runs the adapter until ctx ends, again after a pause whenever it
// stops before that. An error that is for good ends it: it stays stopped, and
// readiness says why. So does io.EOF, the end of an input that has one. It
// returns the error that ended it, nil for ctx. restarted is told of each new
// start.
func (e *entrance) supervise(ctx context.Context, in adapters.Inbox, log *slog.Logger, restarted func()) error {
	pauses := e.pause()
	pauses.Reset()
	for {
		began := time.Now()
		err := runSafely(ctx, e.adapter, in)
		if ctx.Err() != nil {
			return nil
		}
		if errors.Is(err, io.EOF) {
			log.Info("end of input", "platform", e.name)
			return err
		}
		if err == nil {
			err = errors.New("it ended without being told to")
		}
		e.stopped.Store(&err)
		if errors.Is(err, adapters.ErrPermanent) {
			log.Error("adapter stopped for good; mend it and restart the program", "platform", e.name, "err", err)
			return err
		}
		if time.Since(began) > settled {
			pauses.Reset()
		}
		pause := pauses.NextBackOff()
		log.Error("adapter stopped; it is started again", "platform", e.name, "err", err, "in", pause)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
		e.stopped.Store(nil)
		restarted()
	}
}

// runSafely makes an error of a panic.
func runSafely(ctx context.Context, a adapters.Adapter, in adapters.Inbox) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return a.Run(ctx, in)
}
