package matrix

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// A session is a login, as it is kept in the store.
type session struct {
	UserID      id.UserID   `json:"user_id"`
	DeviceID    id.DeviceID `json:"device_id"`
	AccessToken string      `json:"access_token"`
}

// discover returns the base URL of a homeserver that is given as a URL or as
// a server name.
func discover(ctx context.Context, homeserver string) (string, error) {
	if strings.Contains(homeserver, "://") {
		return strings.TrimSuffix(homeserver, "/"), nil
	}
	known, err := mautrix.DiscoverClientAPI(ctx, homeserver)
	if err != nil {
		return "", fmt.Errorf("matrix: look up homeserver %q: %w", homeserver, err)
	}
	if known == nil || known.Homeserver.BaseURL == "" {
		return (&url.URL{Scheme: "https", Host: homeserver}).String(), nil
	}
	return strings.TrimSuffix(known.Homeserver.BaseURL, "/"), nil
}

// login returns a client with a login that the homeserver accepts: the one
// kept in the store, the token of the settings, or a new one by password.
func (a *Adapter) login(ctx context.Context) (*mautrix.Client, error) {
	client, err := newClient(ctx, a.cfg.Homeserver, a.log)
	if err != nil {
		return nil, err
	}
	if _, err = client.Versions(ctx); err != nil {
		return nil, fmt.Errorf("matrix: ask %s for its versions: %w", client.HomeserverURL, err)
	}
	s, err := a.wantedSession(ctx)
	if err != nil {
		return nil, err
	}
	if s.AccessToken != "" {
		err = a.resume(ctx, client, s)
		if err == nil || !errors.Is(err, mautrix.MUnknownToken) {
			return client, err
		}
		if a.cfg.AccessToken != "" || a.cfg.Password == "" {
			return nil, loggedOut(err)
		}
		a.log.Warn("matrix: the last login was ended, logging in as a new device", "device", s.DeviceID)
	}
	return client, a.loginByPassword(ctx, client)
}

// loggedOut says what to do about a login that has ended.
func loggedOut(err error) error {
	return fmt.Errorf("matrix: %w: %w; if nobody ended it on purpose, start again with the password set "+
		"(it logs in as a new device) or with a new access token, and set the recovery key", ErrLoggedOut, err)
}

// sessionKey is where the login is kept: it must be found before the account
// is known in full.
func (a *Adapter) sessionKey() string { return "matrix/session/" + a.cfg.User }

// savedSession returns the login that the store keeps, or none.
func (a *Adapter) savedSession(ctx context.Context) (s session, err error) {
	raw, err := a.store.Get(ctx, a.sessionKey())
	if errors.Is(err, adapters.ErrNotFound) {
		return s, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &s)
	}
	if err != nil {
		return s, fmt.Errorf("matrix: read the saved login: %w", err)
	}
	return s, nil
}

// wantedSession returns the login to take up: the kept one, unless the
// settings have another token, or none.
func (a *Adapter) wantedSession(ctx context.Context) (session, error) {
	s, err := a.savedSession(ctx)
	if token := a.cfg.AccessToken.Reveal(); err == nil && token != "" && s.AccessToken != token {
		s = session{AccessToken: token}
	}
	return s, err
}

// resume takes up a login and makes sure whose it is.
func (a *Adapter) resume(ctx context.Context, client *mautrix.Client, s session) error {
	client.UserID, client.DeviceID, client.AccessToken = s.UserID, s.DeviceID, s.AccessToken
	who, err := a.owner(ctx, client)
	if err != nil {
		return err
	}
	client.UserID, client.DeviceID = who.UserID, who.DeviceID
	return a.saveSession(ctx, client)
}

// owner asks whose login a client has, and holds that to the settings.
func (a *Adapter) owner(ctx context.Context, client *mautrix.Client) (*mautrix.RespWhoami, error) {
	who, err := client.Whoami(ctx)
	if err != nil {
		return nil, fmt.Errorf("matrix: check the login: %w", err)
	}
	if want := a.cfg.DeviceID; want != "" && who.DeviceID != "" && string(who.DeviceID) != want {
		return nil, fmt.Errorf("matrix: the access token belongs to device %s, not to %s: set the right device ID or leave it out", who.DeviceID, want)
	}
	if full := a.cfg.User; strings.HasPrefix(full, "@") && string(who.UserID) != full {
		return nil, fmt.Errorf("matrix: the login belongs to %s, not to %s", who.UserID, full)
	}
	if who.DeviceID == "" {
		who.DeviceID = id.DeviceID(a.cfg.DeviceID)
	}
	if who.DeviceID == "" {
		return nil, errors.New("matrix: the homeserver does not tell the access token's device: set the device ID")
	}
	return who, nil
}

// mayLogIn says whether a login by password is possible.
func (a *Adapter) mayLogIn(ctx context.Context, client *mautrix.Client) error {
	if a.cfg.Password == "" {
		return errors.New("matrix: no login: set the password for the first start, or an access token")
	}
	flows, err := client.GetLoginFlows(ctx)
	if err != nil {
		return fmt.Errorf("matrix: ask how to log in: %w", err)
	}
	if !flows.HasFlow(mautrix.AuthTypePassword) {
		return errors.New("matrix: the homeserver takes no passwords: make an access token with its account service and set it with its device ID")
	}
	return nil
}

// loginByPassword makes a new login and keeps it.
func (a *Adapter) loginByPassword(ctx context.Context, client *mautrix.Client) error {
	client.UserID, client.DeviceID, client.AccessToken = "", "", ""
	if err := a.mayLogIn(ctx, client); err != nil {
		return err
	}
	_, err := client.Login(ctx, &mautrix.ReqLogin{
		Type:                     mautrix.AuthTypePassword,
		Identifier:               mautrix.UserIdentifier{Type: mautrix.IdentifierTypeUser, User: a.cfg.User},
		Password:                 a.cfg.Password.Reveal(),
		InitialDeviceDisplayName: a.cfg.DeviceName,
		StoreCredentials:         true,
	})
	if err != nil {
		return fmt.Errorf("matrix: log in as %s: %w", a.cfg.User, err)
	}
	return a.saveSession(ctx, client)
}

// saveSession keeps the client's login, so that the password is not needed
// again and transaction IDs stay valid across restarts.
func (a *Adapter) saveSession(ctx context.Context, client *mautrix.Client) error {
	raw, err := json.Marshal(session{client.UserID, client.DeviceID, client.AccessToken})
	if err == nil {
		err = a.store.Put(ctx, a.sessionKey(), raw)
	}
	if err != nil {
		return fmt.Errorf("matrix: save the login: %w", err)
	}
	return nil
}

// RecoveryKey returns the recovery key that was made at the first start
// because none was set, for the operator to keep as a secret. It is
// adapters.ErrNotFound where none was made.
func (a *Adapter) RecoveryKey(ctx context.Context) (Secret, error) {
	s, err := a.savedSession(ctx)
	if err != nil {
		return "", err
	}
	key, err := a.store.Get(ctx, madeKey(s.UserID))
	return Secret(key), err
}

// madeKey is where a recovery key is kept that was made here.
func madeKey(user id.UserID) string { return "matrix/" + string(user) + "/recovery" }
