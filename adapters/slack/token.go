package slack

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	api "github.com/slack-go/slack"

	"sourceline/adapters"
)

const (
	tokenKey    = "slack/token" // where the store has the rotated token
	renewBefore = time.Hour     // a token lives 12 hours
	renewCheck  = 10 * time.Minute
)

// tokens holds the bot token and, with token rotation, the next ones. A refresh
// token is good for one use, so what Slack returned is stored before it is used.
type tokens struct {
	a  *Adapter
	mu sync.Mutex // held while a token is renewed

	now struct {
		sync.Mutex
		loaded bool
		rotated
		client *api.Client
	}
}

// rotated is the token as stored.
type rotated struct {
	Access  string    `json:"access"`
	Refresh string    `json:"refresh"`
	Expires time.Time `json:"expires"`
	Seed    string    `json:"seed"` // hash of the configured refresh token that it descends from
}

func newTokens(a *Adapter) *tokens {
	t := &tokens{a: a}
	t.now.rotated = rotated{Access: string(a.cfg.BotToken), Refresh: string(a.cfg.RefreshToken), Seed: t.seed()}
	t.now.client = t.clientFor(t.now.Access)
	return t
}

// seed tells a new installation's refresh token from the one that the stored
// token descends from.
func (t *tokens) seed() string {
	sum := sha256.Sum256([]byte(t.a.cfg.RefreshToken))
	return hex.EncodeToString(sum[:8])
}

func (t *tokens) clientFor(token string) *api.Client {
	return api.New(token,
		api.OptionAPIURL(t.a.cfg.APIURL),
		api.OptionHTTPClient(t.a.http),
		api.OptionAppLevelToken(string(t.a.cfg.AppToken)),
		api.OptionConfigToken(string(t.a.cfg.ConfigToken)))
}

// current returns the token to use and a client that uses it.
func (t *tokens) current(ctx context.Context) (string, *api.Client) {
	t.now.Lock()
	loaded := t.now.loaded || t.a.cfg.RefreshToken == ""
	t.now.loaded = true
	t.now.Unlock()
	if !loaded {
		t.load(ctx)
	}
	t.now.Lock()
	defer t.now.Unlock()
	return t.now.Access, t.now.client
}

// load takes over what this or another replica stored.
func (t *tokens) load(ctx context.Context) bool {
	b, err := t.a.store.Get(ctx, tokenKey)
	if errors.Is(err, adapters.ErrNotFound) {
		return false
	}
	var stored rotated
	if err == nil {
		err = json.Unmarshal(b, &stored)
	}
	if err != nil {
		t.a.log.Error("the stored Slack token cannot be read", "err", err)
		return false
	}
	if stored.Seed != t.seed() || stored.Access == "" {
		return false // of an earlier installation
	}
	return t.use(stored)
}

// use makes r the current token; false where it was already.
func (t *tokens) use(r rotated) bool {
	t.now.Lock()
	defer t.now.Unlock()
	changed := t.now.Access != r.Access
	t.now.rotated = r // with its expiry, which a configured token does not tell
	if changed {
		t.now.client = t.clientFor(r.Access)
	}
	return changed
}

// renew replaces the expired token old, unless that has been done meanwhile, here or by
// another replica.
func (t *tokens) renew(ctx context.Context, old string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now, _ := t.current(ctx); now != old || t.load(ctx) {
		return nil
	}
	t.now.Lock()
	refresh := t.now.Refresh
	t.now.Unlock()
	r, err := api.RefreshOAuthV2TokenContext(ctx, t.a.http, t.a.cfg.ClientID, string(t.a.cfg.ClientSecret), refresh, api.OAuthOptionAPIURL(t.a.cfg.APIURL))
	if err != nil {
		if t.load(ctx) {
			return nil // another replica was faster
		}
		return fmt.Errorf("slack: renewing the bot token: %w", scrub(err))
	}
	next := rotated{Access: r.AccessToken, Refresh: r.RefreshToken, Expires: time.Now().Add(time.Duration(r.ExpiresIn) * time.Second), Seed: t.seed()}
	t.use(next)
	b, err := json.Marshal(next)
	if err == nil {
		err = t.a.store.Put(context.WithoutCancel(ctx), tokenKey, b)
	}
	if err != nil {
		t.a.log.Error("the new Slack token could not be stored: after a restart the app must be installed again", "err", err)
	}
	t.a.log.Info("Slack token renewed", "expires", next.Expires)
	return nil
}

// keep renews the token before it expires.
func (t *tokens) keep(ctx context.Context) {
	tick := time.NewTicker(renewCheck)
	defer tick.Stop()
	for {
		token, _ := t.current(ctx)
		t.now.Lock()
		due := time.Until(t.now.Expires) < renewBefore
		t.now.Unlock()
		if due {
			if err := t.renew(ctx, token); err != nil && ctx.Err() == nil {
				t.a.log.Error("Slack token not renewed", "err", err)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// scrub removes the address from an error of the HTTP client: a response_url is
// as good as a password.
func scrub(err error) error {
	var bad *url.Error
	if errors.As(err, &bad) {
		return fmt.Errorf("%s: %w", bad.Op, bad.Err)
	}
	return err
}
