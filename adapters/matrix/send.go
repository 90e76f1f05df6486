package matrix

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"maunium.net/go/mautrix"

	"sourceline/adapters"
)

// How long things take, and how they are tried again.
const (
	pollTime    = 30 * time.Second       // of a long poll
	requestTime = 30 * time.Second       // of any other request, and beyond a poll
	sendTime    = time.Minute            // of all tries of one send
	firstRetry  = 200 * time.Millisecond // before the second try
	lastRetry   = 30 * time.Second       // between later tries
)

// pace holds back requests while the homeserver wants fewer.
type pace struct {
	mu      sync.Mutex
	until   time.Time
	limited int // how often the homeserver said so
	last    time.Time
}

// wait waits until requests are welcome again.
func (p *pace) wait(ctx context.Context) error {
	p.mu.Lock()
	until := p.until
	p.mu.Unlock()
	if d := time.Until(until); d > 0 {
		sleep(ctx, d)
	}
	return ctx.Err()
}

// slow notes that requests are unwelcome for d.
func (p *pace) slow(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.limited++
	p.last = now
	if until := now.Add(d); until.After(p.until) {
		p.until = until
	}
}

// retry calls op until it succeeds, fails for good, or sendTime has passed.
// It waits as long as the homeserver says, and longer each time where it says
// nothing. An error wraps ErrPermanent where trying again cannot help, and
// ErrUncertain where an earlier try may have been carried out.
func retry[T any](ctx context.Context, p *pace, op func(context.Context) (T, error)) (T, error) {
	uncertain := false
	try := func() (T, error) {
		var zero T
		if err := p.wait(ctx); err != nil {
			return zero, backoff.Permanent(err)
		}
		tryCtx, cancel := context.WithTimeout(ctx, requestTime)
		defer cancel()
		v, err := op(tryCtx)
		if err == nil {
			return v, nil
		}
		wait, limited := retryAfter(err)
		switch {
		case limited:
			p.slow(wait)
			return v, &backoff.RetryAfterError{Duration: wait}
		case passing(err):
			uncertain = true
			return v, err
		}
		return v, backoff.Permanent(err)
	}
	steps := backoff.NewExponentialBackOff()
	steps.InitialInterval, steps.MaxInterval = firstRetry, lastRetry
	v, err := backoff.Retry(ctx, try, backoff.WithBackOff(steps), backoff.WithMaxElapsedTime(sendTime))
	var waiting *backoff.RetryAfterError
	switch {
	case err == nil:
		return v, nil
	case uncertain:
		return v, fmt.Errorf("%w: %w", adapters.ErrUncertain, err)
	case errors.As(err, &waiting):
		return v, fmt.Errorf("the homeserver allows no more requests for %v", waiting.Duration)
	case hopeless(err):
		return v, fmt.Errorf("%w: %w", adapters.ErrPermanent, err)
	}
	return v, err
}

// retryAfter returns how long the homeserver wants to be left alone, in case
// err says that there were too many requests. The body's retry_after_ms and
// the header Retry-After both count, the longer one wins.
func retryAfter(err error) (time.Duration, bool) {
	var failed mautrix.HTTPError
	if !errors.As(err, &failed) || failed.Response == nil || failed.Response.StatusCode != http.StatusTooManyRequests {
		return 0, false
	}
	wait := firstRetry
	if failed.RespError != nil {
		if ms, ok := failed.RespError.ExtraData["retry_after_ms"].(float64); ok {
			wait = max(wait, time.Duration(ms)*time.Millisecond)
		}
	}
	header := failed.Response.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(header); err == nil {
		wait = max(wait, time.Duration(seconds)*time.Second)
	} else if at, err := http.ParseTime(header); err == nil {
		wait = max(wait, time.Until(at))
	}
	return wait, true
}

// passing reports whether err may go away by itself: no connection, or a
// homeserver in trouble.
func passing(err error) bool {
	if _, limited := retryAfter(err); limited {
		return true
	}
	var failed mautrix.HTTPError
	if !errors.As(err, &failed) {
		return false
	}
	return failed.Response == nil || failed.Response.StatusCode >= 500
}

// hopeless reports whether the homeserver refused the request itself, rather
// than the login it was made with.
func hopeless(err error) bool {
	var failed mautrix.HTTPError
	return errors.As(err, &failed) && failed.Response != nil &&
		failed.Response.StatusCode >= 400 && failed.Response.StatusCode < 500 &&
		!errors.Is(err, mautrix.MUnknownToken)
}

// sleep waits for d or the end of ctx.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
