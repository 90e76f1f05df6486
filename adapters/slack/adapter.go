package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cenkalti/backoff/v5"
	api "github.com/slack-go/slack"

	"sourceline/adapters"
)

// An Adapter is the bot's connection to one Slack workspace or organisation.
type Adapter struct {
	cfg   Config
	store adapters.Store
	log   *slog.Logger
	http  *http.Client
	pace  pacing

	gate   *gate
	lanes  *lanes
	status *statuses
	tokens *tokens
	posted memory[adapters.PostID] // by key, so that a repeat is harmless

	me       atomic.Pointer[identity]
	broken   atomic.Pointer[error] // why nothing works any more, until it does again
	sockets  []*socket
	serving  atomic.Bool  // HTTP: requests are taken
	listener net.Listener // set by tests
}

var (
	_ adapters.Adapter = (*Adapter)(nil)
	_ adapters.Health  = (*Adapter)(nil)
)

// pacing is every time limit of the adapter, in one place so that a test can
// shorten them.
type pacing struct {
	ack        time.Duration // from an envelope's arrival until it must be stored; Slack allows 3 s for the acknowledgement
	post       time.Duration // between two posts in a channel
	patience   time.Duration // how long a post waits for its channel or for Slack; beyond it the bot is told to come later
	status     time.Duration // how long an answer may take before a status is shown
	pingAge    time.Duration // a connection without a ping for so long is dead
	reopen     time.Duration // before the second reconnect in a row to a connection that does not live
	reopenMax  time.Duration // the most that such a wait grows to
	shortLived time.Duration // a connection that ended sooner did not live
	stagger    time.Duration // between the first openings of the connections, so that they do not end together
	drain      time.Duration // how long a connection that Slack wants to close, or a shutdown, may take
}

// defaultPacing follows Slack's published limits: 3 s for an acknowledgement,
// 1 message a second in a channel, a ping well inside half a minute.
var defaultPacing = pacing{
	ack: 2500 * time.Millisecond, post: time.Second, patience: 10 * time.Second, status: time.Second, pingAge: 30 * time.Second,
	reopen: time.Second, reopenMax: 30 * time.Second, shortLived: 2 * time.Second, stagger: 5 * time.Second, drain: 5 * time.Second,
}

const (
	socketCount    = 2                // connections in Socket Mode; Slack allows 10 for an app
	requestTimeout = 10 * time.Second // for one call of the Web API
	postMemory     = time.Hour        // how long a post is known by its key without asking Slack
)

// New checks cfg and returns an adapter that is not yet connected. The store
// keeps rotated tokens; log never sees a token or a message's text.
func New(cfg Config, store adapters.Store, log *slog.Logger) (*Adapter, error) {
	cfg, err := cfg.withDefaults()
	if err != nil {
		return nil, err
	}
	client := cfg.HTTPClient
	if client == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxIdleConnsPerHost = 64 // all calls go to one host
		client = &http.Client{Transport: transport, Timeout: requestTimeout}
	}
	a := &Adapter{cfg: cfg, store: store, log: log, http: client, pace: defaultPacing}
	a.me.Store(&identity{})
	a.gate = newGate(a)
	a.lanes = newLanes()
	a.status = newStatuses(a)
	a.tokens = newTokens(a)
	for n := range socketCount {
		a.sockets = append(a.sockets, newSocket(a, n))
	}
	a.posted = newMemory[adapters.PostID](postMemory)
	return a, nil
}

// identity is who we are; zero before Slack has said.
func (a *Adapter) identity() identity { return *a.me.Load() }

// Run connects and hands what arrives to inbox until ctx ends.
func (a *Adapter) Run(ctx context.Context, inbox adapters.Inbox) error {
	if err := a.identify(ctx); err != nil {
		return endOf(ctx, err)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	defer a.status.stop()
	in := newIntake(a, inbox, stop)
	defer in.close()
	var group sync.WaitGroup
	defer group.Wait()
	if a.cfg.RefreshToken != "" {
		group.Go(func() { a.tokens.keep(ctx) })
	}
	group.Go(func() { a.gate.learn(ctx) })
	if a.cfg.Listen != "" {
		group.Go(func() { stop(a.serve(ctx, in)) })
	} else {
		for _, s := range a.sockets {
			group.Go(func() { stop(s.run(ctx, in)) })
		}
	}
	<-ctx.Done()
	return endOf(ctx, context.Cause(ctx))
}

// endOf is what Run returns: nothing where it was told to end.
func endOf(ctx context.Context, err error) error {
	if errors.Is(err, context.Canceled) || (ctx.Err() != nil && errors.Is(err, ctx.Err())) {
		return nil
	}
	return err
}

// identify asks Slack who we are, as often as it takes.
func (a *Adapter) identify(ctx context.Context) error {
	ask := func() (identity, error) {
		me, err := a.whoAmI(ctx)
		if isAuth(err) {
			return me, backoff.Permanent(err)
		}
		if err != nil {
			a.log.Warn("Slack cannot be reached", "err", err)
		}
		return me, err
	}
	patient := backoff.NewExponentialBackOff()
	patient.MaxInterval = a.pace.reopenMax
	me, err := backoff.Retry(ctx, ask, backoff.WithBackOff(patient), backoff.WithMaxElapsedTime(0))
	if isAuth(err) {
		err = fmt.Errorf("%w: %w", adapters.ErrPermanent, err)
	}
	if err != nil {
		return fmt.Errorf("slack: asking who the bot token belongs to: %w", err)
	}
	a.me.Store(&me)
	return nil
}

func (a *Adapter) whoAmI(ctx context.Context) (identity, error) {
	var r *api.AuthTestResponse
	err := a.call(ctx, func(c *api.Client) (err error) {
		r, err = c.AuthTestContext(ctx)
		return err
	})
	if err != nil {
		return identity{}, err
	}
	return identity{TeamID: r.TeamID, EnterpriseID: r.EnterpriseID, UserID: r.UserID, BotID: r.BotID}, nil
}

// call runs f with the current bot token, once more with a fresh one where it
// has expired, and remembers what it says about the installation.
func (a *Adapter) call(ctx context.Context, f func(*api.Client) error) error {
	token, client := a.tokens.current(ctx)
	err := f(client)
	if a.cfg.RefreshToken != "" && refused(err, "token_expired", "invalid_auth") {
		if err = a.tokens.renew(ctx, token); err == nil {
			_, client = a.tokens.current(ctx)
			err = f(client)
		}
	}
	switch {
	case isAuth(err):
		a.fail(err)
	case err == nil:
		a.mend()
	}
	return scrub(err)
}

// isAuth reports whether an error says that the token is good for nothing.
func isAuth(err error) bool {
	return refused(err, "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required", "team_access_not_granted", "invalid_refresh_token", "bad_client_secret", "invalid_client_id")
}

// fail notes that nothing works, and says so once.
func (a *Adapter) fail(err error) {
	if a.broken.Swap(&err) == nil {
		a.log.Error("Slack refuses the token: no question is answered until it is replaced", "err", err)
	}
}

func (a *Adapter) mend() {
	if a.broken.Load() != nil && a.broken.Swap(nil) != nil {
		a.log.Info("Slack accepts the token again")
	}
}

// IsPrivate reports whether c is a direct conversation, which Slack's IDs tell.
func (a *Adapter) IsPrivate(_ context.Context, c adapters.Conversation) (bool, error) {
	return innerEvent{Channel: c.Room}.direct(), nil
}

// Ready returns nil while questions arrive and can be answered.
func (a *Adapter) Ready() error {
	if err := a.broken.Load(); err != nil {
		return fmt.Errorf("slack: the token is refused: %w", *err)
	}
	if a.identity().UserID == "" {
		return errors.New("slack: not connected yet")
	}
	if a.cfg.Listen != "" {
		if !a.serving.Load() {
			return fmt.Errorf("slack: not listening on %s", a.cfg.Listen)
		}
		return nil
	}
	return a.heard()
}
