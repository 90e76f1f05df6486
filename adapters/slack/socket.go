package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
	api "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"sourceline/adapters"
)

// Socket Mode. The SDK's own loop is not used, its wire types are: it reopens
// without a pause (10,063 times in 2 s when Slack said too_many_websockets),
// closes a connection before it opens the next, drops what it cannot parse
// without acknowledging it, and keeps to itself when the last ping came.

const (
	writeTimeout = 5 * time.Second
	// maxFrame bounds what is read from Slack at once; events are a few kilobytes.
	maxFrame = 4 << 20
	// quietAge is how long all connections may be without a ping before the
	// adapter is not ready: longer than a reconnect takes.
	quietAgeFactor = 2
)

// socket is one of the connections, which is opened again and again.
type socket struct {
	a     *Adapter
	n     int
	heard atomic.Int64 // when the last hello or ping came, in Unix nanoseconds
}

func newSocket(a *Adapter, n int) *socket { return &socket{a: a, n: n} }

// heard returns nil where one of the connections is alive.
func (a *Adapter) heard() error {
	var last int64
	for _, s := range a.sockets {
		last = max(last, s.heard.Load())
	}
	if last == 0 {
		return errors.New("slack: no Socket Mode connection yet")
	}
	if age := time.Since(time.Unix(0, last)); age > quietAgeFactor*a.pace.pingAge {
		return fmt.Errorf("slack: no sign of life on any Socket Mode connection for %s", age.Round(time.Second))
	}
	return nil
}

// run keeps a connection open until ctx ends or Slack refuses the token.
func (s *socket) run(ctx context.Context, in *intake) error {
	var dying sync.WaitGroup // connections that Slack is about to close
	defer dying.Wait()
	if !sleep(ctx, time.Duration(s.n)*s.a.pace.stagger) {
		return nil
	}
	failures := 0 // in a row
	for {
		opened := time.Now()
		lived, err := s.once(ctx, in, &dying)
		if ctx.Err() != nil {
			return nil
		}
		if isAuth(err) {
			s.a.fail(err)
			return fmt.Errorf("slack: opening a Socket Mode connection: %w: %w", adapters.ErrPermanent, err)
		}
		if lived && time.Since(opened) >= s.a.pace.shortLived {
			failures = 0
		} else {
			failures++
		}
		wait := s.a.pace.before(failures)
		var limited *api.RateLimitedError
		if errors.As(err, &limited) {
			wait = max(wait, limited.RetryAfter)
		}
		s.a.log.Info("Socket Mode connection ended", "connection", s.n, "why", err, "again in", wait)
		if !sleep(ctx, wait) {
			return nil
		}
	}
}

// before is how long to wait before a reconnect, after so many short-lived
// connections in a row: not at all after one that lived.
func (p pacing) before(failures int) time.Duration {
	if failures == 0 {
		return 0
	}
	wait := p.reopen
	for range failures - 1 {
		if wait *= 2; wait >= p.reopenMax {
			return p.reopenMax
		}
	}
	return wait
}

// errLeaving says that Slack asked for the connection to be replaced.
type errLeaving struct{ reason string }

func (e errLeaving) Error() string { return "Slack asked to reconnect: " + e.reason }

// once opens a connection and reads it until it ends or Slack wants it replaced;
// then it goes on being read aside, so that there is no gap. It reports whether
// Slack said hello.
func (s *socket) once(ctx context.Context, in *intake, dying *sync.WaitGroup) (bool, error) {
	link, err := s.open(ctx)
	if err != nil {
		return false, err
	}
	link.pending = new(sync.WaitGroup)
	stop := context.AfterFunc(ctx, func() { link.hurry(time.Now()) })
	err = link.read(in)
	if !errors.As(err, new(errLeaving)) {
		stop()
		link.close(s.a.pace.drain)
		return link.greeted, err
	}
	dying.Go(func() {
		defer stop()
		link.drain = true
		link.hurry(time.Now().Add(s.a.pace.drain))
		err := link.read(in)
		s.a.log.Debug("replaced connection closed", "connection", s.n, "err", err)
		link.close(s.a.pace.drain)
	})
	return link.greeted, err
}

// open asks for an address and connects to it.
func (s *socket) open(ctx context.Context) (*link, error) {
	_, client := s.a.tokens.current(ctx)
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	_, address, err := client.StartSocketModeContext(ctx)
	if err != nil {
		return nil, scrub(err)
	}
	dialer := websocket.Dialer{Proxy: http.ProxyFromEnvironment, HandshakeTimeout: requestTimeout}
	conn, answer, err := dialer.DialContext(ctx, address, nil)
	if answer != nil && answer.Body != nil {
		answer.Body.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("slack: connecting to the Socket Mode address: %w", scrub(err))
	}
	conn.SetReadLimit(maxFrame)
	l := &link{s: s, conn: conn}
	l.extend()
	conn.SetPingHandler(func(data string) error {
		l.extend()
		s.heard.Store(time.Now().UnixNano())
		err := conn.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(writeTimeout))
		if err != nil {
			s.a.log.Debug("pong not sent", "err", err) // the next read shows what is wrong
		}
		return nil
	})
	return l, nil
}

// link is one open connection.
type link struct {
	s       *socket
	conn    *websocket.Conn
	greeted bool
	drain   bool            // a disconnect is nothing new any more
	pending *sync.WaitGroup // envelopes that are not acknowledged yet

	mu       sync.Mutex // of writing
	hurrying sync.Mutex
	latest   time.Time // no read deadline past this; zero: none
}

// extend moves the read deadline: a connection without pings is dead.
func (l *link) extend() {
	l.hurrying.Lock()
	defer l.hurrying.Unlock()
	deadline := time.Now().Add(l.s.a.pace.pingAge)
	if !l.latest.IsZero() && l.latest.Before(deadline) {
		deadline = l.latest
	}
	l.setDeadline(deadline)
}

// hurry ends reading at t.
func (l *link) hurry(t time.Time) {
	l.hurrying.Lock()
	defer l.hurrying.Unlock()
	if l.latest.IsZero() || t.Before(l.latest) {
		l.latest = t
		l.setDeadline(t)
	}
}

func (l *link) setDeadline(t time.Time) {
	if err := l.conn.SetReadDeadline(t); err != nil {
		l.s.a.log.Debug("read deadline", "err", err) // closed: the read says so
	}
}

// read takes envelopes until the connection ends, and says why it did.
func (l *link) read(in *intake) error {
	for {
		_, frame, err := l.conn.ReadMessage()
		if err != nil {
			return err
		}
		var envelope socketmode.Request
		if err := json.Unmarshal(frame, &envelope); err != nil {
			envelope.EnvelopeID = envelopeID(frame)
			l.s.a.log.Warn("Slack sent a frame that cannot be read", "connection", l.s.n, "err", err)
			l.acknowledge(envelope.EnvelopeID)
			continue
		}
		switch envelope.Type {
		case socketmode.RequestTypeHello:
			l.greeted = true
			l.s.heard.Store(time.Now().UnixNano())
			l.s.a.log.Info("Socket Mode connected", "connection", l.s.n)
		case socketmode.RequestTypeDisconnect:
			if !l.drain {
				return errLeaving{envelope.Reason}
			}
		default:
			l.take(in, envelope)
		}
	}
}

// take hands an envelope to the intake, which says when to acknowledge it.
func (l *link) take(in *intake, e socketmode.Request) {
	l.pending.Add(1)
	in.take(kindOf(e.Type), e.Payload, func(err error) {
		defer l.pending.Done()
		if err == nil {
			l.acknowledge(e.EnvelopeID)
		}
	})
}

// envelopeID finds the ID in a frame whose other fields are not what they should
// be; "" where it has none.
func envelopeID(frame []byte) string {
	var bare struct {
		EnvelopeID string `json:"envelope_id"`
	}
	if json.Unmarshal(frame, &bare) != nil {
		return ""
	}
	return bare.EnvelopeID
}

func (l *link) acknowledge(id string) {
	if id == "" {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	err := l.conn.SetWriteDeadline(time.Now().Add(writeTimeout))
	if err == nil {
		err = l.conn.WriteJSON(socketmode.Response{EnvelopeID: id})
	}
	if err != nil {
		l.s.a.log.Info("acknowledgement not sent; Slack will send the event again", "connection", l.s.n, "err", err)
	}
}

// close waits, but not for long, until what was taken is acknowledged, says
// goodbye and closes.
func (l *link) close(limit time.Duration) {
	done := make(chan struct{})
	go func() { l.pending.Wait(); close(done) }()
	select {
	case <-done:
	case <-time.After(limit):
	}
	bye := websocket.FormatCloseMessage(websocket.CloseNormalClosure, "")
	if err := l.conn.WriteControl(websocket.CloseMessage, bye, time.Now().Add(writeTimeout)); err != nil {
		l.s.a.log.Debug("goodbye not sent", "err", err)
	}
	if err := l.conn.Close(); err != nil {
		l.s.a.log.Debug("connection not closed", "err", err)
	}
}

// sleep waits for d; false where ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
