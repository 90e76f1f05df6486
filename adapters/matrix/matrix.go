package matrix

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"go.mau.fi/util/dbutil"
	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
	"maunium.net/go/mautrix/sqlstatestore"

	"sourceline/adapters"
)

// Platform is what a conversation's Platform says.
const Platform = "matrix"

var (
	_ adapters.Adapter = (*Adapter)(nil)
	_ adapters.Health  = (*Adapter)(nil)
)

// ErrLoggedOut is what Run returns when the homeserver has ended the login:
// nothing can be read or sent until there is a new one.
var ErrLoggedOut = errors.New("the homeserver has ended this login (M_UNKNOWN_TOKEN)")

// An Adapter is the bot's account on a homeserver.
type Adapter struct {
	cfg    Config
	log    *slog.Logger
	store  adapters.Store
	db     *dbutil.Database
	ledger *ledger
	state  *sqlstatestore.SQLStateStore

	connecting sync.Mutex
	client     *mautrix.Client // nil until connected
	cipher     cipher          // nil where the build has no encryption
	online     chan struct{}   // closed once client and cipher can be used

	pace     pace
	courtesy *courtesy
	direct   directs
	facts    facts
	wake     chan struct{}  // a key has arrived, or an event waits for one
	invited  chan struct{}  // an invite was recorded
	copies   chan struct{}  // a post may stand twice
	rooms    chan id.RoomID // where the command is to be described

	mu       sync.Mutex
	lastSync time.Time
	fatal    error // why Run gave up
}

// New returns an adapter that keeps its keys and its ledger in db, whose
// tables it creates, and its login in store. It does not connect: Run does.
func New(cfg Config, db *dbutil.Database, store adapters.Store, log *slog.Logger) (*Adapter, error) {
	cfg = cfg.withDefaults()
	if err := cfg.validate(); err != nil {
		return nil, err
	}
	if db == nil {
		return nil, errors.New("matrix: no database: the keys of encrypted rooms must be kept")
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &Adapter{
		cfg: cfg, log: log, store: store, db: db,
		ledger:  newLedger(db),
		state:   sqlstatestore.NewSQLStateStore(db, nil, false),
		online:  make(chan struct{}),
		wake:    make(chan struct{}, 1),
		invited: make(chan struct{}, 1),
		copies:  make(chan struct{}, 1),
		rooms:   make(chan id.RoomID, 1000),
	}, nil
}

// Run connects, then hands what comes in to the inbox until ctx ends. It
// waits for a homeserver that is away. It returns ErrLoggedOut when the login
// was ended, and other errors that make going on pointless.
func (a *Adapter) Run(ctx context.Context, inbox adapters.Inbox) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	err := a.connectPatiently(ctx)
	if err == nil {
		err = a.work(ctx, inbox)
	}
	if ctx.Err() != nil {
		return nil
	}
	a.mu.Lock()
	a.fatal = err
	a.mu.Unlock()
	a.log.Error("matrix: giving up", "error", err)
	return err
}

// work runs the sync loop, and beside it what must not hold it up.
func (a *Adapter) work(ctx context.Context, inbox adapters.Inbox) error {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() { a.courtesy.run(ctx) })
	wg.Go(func() { a.answerInvites(ctx) })
	wg.Go(func() { a.awaitKeys(ctx, inbox) })
	wg.Go(func() { a.describeCommands(ctx) })
	wg.Go(func() { a.deleteCopies(ctx) })
	wg.Go(func() { a.selfCheck(ctx) })
	wg.Go(func() { a.tidy(ctx) })
	err := a.syncLoop(ctx, inbox)
	cancel()
	wg.Wait()
	return err
}

// connectPatiently connects, and tries again for as long as the homeserver
// cannot be reached.
func (a *Adapter) connectPatiently(ctx context.Context) error {
	for wait := firstRetry; ; wait = min(2*wait, lastRetry) {
		err := a.connect(ctx)
		if err == nil || ctx.Err() != nil || !passing(err) {
			return err
		}
		a.log.Warn("matrix: cannot connect, trying again", "homeserver", a.cfg.Homeserver, "wait", wait, "error", err)
		sleep(ctx, wait)
	}
}

// connect logs in and loads the keys, unless that is done already.
func (a *Adapter) connect(ctx context.Context) error {
	a.connecting.Lock()
	defer a.connecting.Unlock()
	if a.client != nil {
		return nil
	}
	if err := a.ledger.db.Upgrade(ctx); err != nil {
		return fmt.Errorf("matrix: create the ledger's tables: %w", err)
	}
	if err := a.state.Upgrade(ctx); err != nil {
		return fmt.Errorf("matrix: create the room tables: %w", err)
	}
	client, err := a.login(ctx)
	if err != nil {
		return err
	}
	client.StateStore = a.state
	if err := a.direct.load(ctx, client); err != nil {
		return err
	}
	c, err := newCipher(ctx, a, client)
	switch {
	case errors.Is(err, errNoEncryption):
		a.log.Warn("matrix: this build cannot encrypt: it refuses to write into encrypted rooms; build with -tags goolm")
	case err != nil:
		return err
	}
	a.cipher, a.client = c, client
	a.courtesy = newCourtesy(client, a.log)
	a.log.Info("matrix: connected", "user", client.UserID, "device", client.DeviceID, "encryption", c != nil)
	close(a.online)
	return nil
}

// tidy forgets what is too old to matter, once a day.
func (a *Adapter) tidy(ctx context.Context) {
	for ctx.Err() == nil {
		if err := a.ledger.prune(ctx); err != nil && ctx.Err() == nil {
			a.log.Warn("matrix: cannot prune the ledger", "error", err)
		}
		sleep(ctx, 24*time.Hour)
	}
}

// IsPrivate reports whether the bot and one person are alone in c.
func (a *Adapter) IsPrivate(ctx context.Context, c adapters.Conversation) (bool, error) {
	return a.isDirect(ctx, id.RoomID(c.Room))
}

// Ready is nil while events come in and can be answered.
func (a *Adapter) Ready() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case a.fatal != nil:
		return a.fatal
	case a.lastSync.IsZero():
		return errors.New("matrix: not connected yet")
	case time.Since(a.lastSync) > staleSync:
		return fmt.Errorf("matrix: no answer from the homeserver for %v", time.Since(a.lastSync).Round(time.Second))
	}
	return nil
}

// staleSync is how old the last sync may be for the adapter to be ready: more
// than two long polls.
const staleSync = 3 * pollTime

// key is where the adapter keeps something in its store, apart for each
// account. Only valid once connected.
func (a *Adapter) key(name string) string { return "matrix/" + string(a.client.UserID) + "/" + name }

// workspace is the server that the bot's account is on.
func (a *Adapter) workspace() string { return a.client.UserID.Homeserver() }

// newClient returns a client without a login. It neither retries nor encrypts
// by itself: both are done here, where it is known what failed.
func newClient(ctx context.Context, homeserver string, log *slog.Logger) (*mautrix.Client, error) {
	base, err := discover(ctx, homeserver)
	if err != nil {
		return nil, err
	}
	client, err := mautrix.NewClient(base, "", "")
	if err != nil {
		return nil, fmt.Errorf("matrix: homeserver %q: %w", homeserver, err)
	}
	client.Client = &http.Client{Timeout: pollTime + requestTime}
	client.Log = zeroLog(log)
	client.UserAgent = "sourceline"
	return client, nil
}

// classify gives an event's type the class that the event's place demands.
func classify(evt *event.Event) {
	evt.Type.Class = event.MessageEventType
	if evt.StateKey != nil {
		evt.Type.Class = event.StateEventType
	}
}
