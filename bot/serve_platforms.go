package bot

import (
	"errors"
	"log/slog"

	"sourceline/adapters"
	"sourceline/adapters/matrix"
	"sourceline/adapters/slack"
	"sourceline/adapters/terminal"
	"sourceline/bot/config"
	"sourceline/bot/inbox"
)

// newPlatforms makes the adapters that are enabled, by the name that their
// conversations bear.
func newPlatforms(p *program, cfg *config.Config, box *inbox.Box, log *slog.Logger) (map[string]adapters.Adapter, error) {
	out := map[string]adapters.Adapter{}
	var errs []error
	add := func(name string, enabled bool, make func(*slog.Logger) (adapters.Adapter, error)) {
		if !enabled {
			return
		}
		a, err := make(log.With("platform", name))
		if err != nil {
			errs = append(errs, err)
			return
		}
		out[name] = a
	}
	add("slack", cfg.Slack.Enabled, func(log *slog.Logger) (adapters.Adapter, error) { return newSlack(cfg.Slack, box, log) })
	add("matrix", cfg.Matrix.Enabled, func(log *slog.Logger) (adapters.Adapter, error) { return newMatrix(cfg.Matrix, box, log) })
	if cfg.Terminal.Enabled {
		out[terminal.Name] = terminal.New(terminal.NewConsole(p.stdin, p.stdout), box.Store(terminal.Name), terminal.Options{
			TextOptions: textOptions(p.stdout), Script: cfg.Terminal.Script,
		})
	}
	if len(out) == 0 && len(errs) == 0 {
		return nil, errNoPlatform
	}
	return out, errors.Join(errs...)
}

func newSlack(c config.Slack, box *inbox.Box, log *slog.Logger) (adapters.Adapter, error) {
	var s secrets
	cfg := slack.Config{
		BotToken: slack.Secret(s.need("Slack bot token", c.BotTokenEnv, c.BotTokenFile)),
		Listen:   c.Listen, Path: c.Path, Workspaces: c.Workspaces, Channels: c.Channels,
		AllowExternal: c.AllowExternal, AllowGuests: c.AllowGuests,
		ClientID:     c.ClientID,
		ClientSecret: slack.Secret(s.may("Slack client secret", c.ClientSecretEnv, c.ClientSecretFile)),
		RefreshToken: slack.Secret(s.may("Slack refresh token", c.RefreshTokenEnv, c.RefreshTokenFile)),
		ConfigToken:  slack.Secret(s.may("Slack configuration token", c.ConfigTokenEnv, c.ConfigTokenFile)),
		AppID:        c.AppID, APIURL: c.APIURL,
	}
	if c.Listen == "" {
		cfg.AppToken = slack.Secret(s.need("Slack app token", c.AppTokenEnv, c.AppTokenFile))
	} else {
		cfg.SigningSecret = slack.Secret(s.need("Slack signing secret", c.SigningSecretEnv, c.SigningSecretFile))
	}
	if err := s.err(); err != nil {
		return nil, err
	}
	return slack.New(cfg, box.Store("slack"), log)
}

func newMatrix(c config.Matrix, box *inbox.Box, log *slog.Logger) (adapters.Adapter, error) {
	var s secrets
	cfg := matrix.Config{
		Homeserver: c.Homeserver, User: c.User, DeviceID: c.DeviceID, DeviceName: c.DeviceName,
		Password:    matrix.Secret(s.may("Matrix password", c.PasswordEnv, c.PasswordFile)),
		AccessToken: matrix.Secret(s.may("Matrix access token", c.TokenEnv, c.TokenFile)),
		RecoveryKey: matrix.Secret(s.may("Matrix recovery key", c.RecoveryKeyEnv, c.RecoveryKeyFile)),
		PickleKey:   matrix.Secret(s.may("Matrix pickle key", c.PickleKeyEnv, c.PickleKeyFile)),
		Allow:       c.Allow, Command: c.Command, MaxAge: c.MaxAge, KeyWait: c.KeyWait,
		Replies: c.Replies, SignedTo: c.SignedTo,
	}
	if err := s.err(); err != nil {
		return nil, err
	}
	return matrix.New(cfg, box.Database(), box.Store("matrix"), log)
}

// secrets reads secrets and collects what is wrong with them.
type secrets struct{ errs []error }

func (s *secrets) need(name, env, file string) string {
	return s.take(config.NeedSecret(name, env, file))
}

func (s *secrets) may(name, env, file string) string {
	return s.take(config.Secret(name, env, file))
}

func (s *secrets) take(secret string, err error) string {
	if err != nil {
		s.errs = append(s.errs, err)
	}
	return secret
}

func (s *secrets) err() error { return errors.Join(s.errs...) }
