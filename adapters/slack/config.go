package slack

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A Secret is a token, already resolved, that prints as "[secret]".
type Secret string

const redacted = "[secret]"

// String returns a placeholder, never the secret.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// GoString returns a placeholder, never the secret.
func (s Secret) GoString() string { return `"` + s.String() + `"` }

// LogValue returns a placeholder, never the secret.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText returns a placeholder, never the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Config is what the adapter needs to know.
type Config struct {
	BotToken      Secret // xoxb-… (or xoxe.xoxb-… with token rotation)
	AppToken      Secret // xapp-…, for Socket Mode
	SigningSecret Secret // for HTTP

	// Listen is the address ("host:port") to take Slack's HTTP requests on;
	// "" means Socket Mode. All requests come to the one path Path.
	Listen string
	Path   string // "/slack" where empty

	Workspaces    []string // IDs of the workspaces or organisations that may ask; empty: the token's own
	Channels      []string // IDs of the channels that may ask; empty: each that the bot was invited to
	AllowExternal bool     // answer in channels shared with other organisations, and their members
	AllowGuests   bool     // answer guests

	// With token rotation: how to get the next bot token.
	ClientID     string
	ClientSecret Secret
	RefreshToken Secret

	// ConfigToken and AppID let Check read the app's manifest; optional.
	ConfigToken Secret
	AppID       string

	APIURL     string       // Slack's Web API where empty; ends in "/"
	HTTPClient *http.Client // one with Slack's time limits where nil
}

const (
	defaultAPIURL = "https://slack.com/api/"
	defaultPath   = "/slack"
)

// withDefaults fills what was left empty and says what is missing or wrong.
func (c Config) withDefaults() (Config, error) {
	if c.APIURL == "" {
		c.APIURL = defaultAPIURL
	}
	if c.Path == "" {
		c.Path = defaultPath
	}
	if u, err := url.Parse(c.APIURL); err != nil || u.Host == "" || !strings.HasSuffix(c.APIURL, "/") {
		return c, fmt.Errorf("slack: API address %q must be a URL that ends in \"/\"", c.APIURL)
	}
	var errs []error
	need := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf("slack: "+format, args...))
		}
	}
	need(c.BotToken != "", "no bot token: set the token that starts with xoxb-")
	if c.Listen == "" {
		need(c.AppToken != "", "no app-level token: Socket Mode needs the token that starts with xapp-")
	} else {
		need(c.SigningSecret != "", "no signing secret: HTTP requests on %s cannot be checked", c.Listen)
		need(strings.HasPrefix(c.Path, "/"), "path %q must start with \"/\"", c.Path)
	}
	if c.RefreshToken != "" {
		need(c.ClientID != "" && c.ClientSecret != "", "token rotation needs the client ID and the client secret beside the refresh token")
	}
	for _, id := range c.Channels {
		need(strings.HasPrefix(id, "C") || strings.HasPrefix(id, "G"), "channel %q is not an ID: copy it from the channel's details (C0123456789)", id)
	}
	return c, errors.Join(errs...)
}

func (c Config) allowsChannel(id string) bool {
	return len(c.Channels) == 0 || slices.Contains(c.Channels, id)
}
