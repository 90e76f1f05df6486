package matrix

import (
	"context"
	"errors"
	"fmt"
	"net"
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
// nothing. op must be harmless to repeat. An error wraps ErrPermanent where
// trying again cannot help.
func retry[T any](ctx context.Context, p *pace, op func(context.Context) (T, error)) (T, error) {
	return attempt(ctx, p, op, passing)
}

// retrySend is retry for what must not be done twice. It tries again only
// where the earlier try cannot have been carried out; where it may have been,
// the error wraps ErrUncertain at once. A transaction ID alone does not help
// then: a homeserver that still works on the first try may take the second.
func retrySend[T any](ctx context.Context, p *pace, op func(context.Context) (T, error)) (T, error) {
	v, err := attempt(ctx, p, op, refused)
	if err != nil && passing(err) && !refused(err) {
		err = fmt.Errorf("%w: %w", adapters.ErrUncertain, err)
	}
	return v, err
}

// attempt calls op, and again after the errors that again accepts and after
// those that ask for fewer requests.
func attempt[T any](ctx context.Context, p *pace, op func(context.Context) (T, error), again func(error) bool) (T, error) {
	try := func() (T, error) {
		var zero T
		if err := p.wait(ctx); err != nil {
			return zero, backoff.Permanent(err)
		}
		tryCtx, cancel := context.WithTimeout(ctx, requestTime)
		defer cancel()
		v, err := op(tryCtx)
		if wait, limited := retryAfter(err); limited {
			p.slow(wait)
			return v, errors.Join(err, &backoff.RetryAfterError{Duration: wait})
		}
		if err != nil && !again(err) {
			return v, backoff.Permanent(err)
		}
		return v, err
	}
	steps := backoff.NewExponentialBackOff()
	steps.InitialInterval, steps.MaxInterval = firstRetry, lastRetry
	v, err := backoff.Retry(ctx, try, backoff.WithBackOff(steps), backoff.WithMaxElapsedTime(sendTime))
	if err != nil && hopeless(err) {
		err = fmt.Errorf("%w: %w", adapters.ErrPermanent, err)
	}
	return v, err
}

// refused reports whether the request never reached the homeserver.
func refused(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
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
		failed.Response.StatusCode != http.StatusTooManyRequests &&
		!errors.Is(err, mautrix.MUnknownToken)
}

// sleep waits for d or the end of ctx.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
