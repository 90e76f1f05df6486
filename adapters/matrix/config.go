package matrix

import (
	"cmp"
	"fmt"
	"log/slog"
	"net/url"
	"path"
	"strings"
	"time"

	"maunium.net/go/mautrix/id"
)

// Defaults of the settings.
const (
	DefaultMaxAge     = 24 * time.Hour
	DefaultKeyWait    = 30 * time.Second
	DefaultCommand    = "sourceline"
	DefaultDeviceName = "Sourceline"
)

// Config is how the bot logs in to its homeserver and whom it listens to.
type Config struct {
	Homeserver  string // base URL ("https://matrix.example.org") or a server name to look up
	User        string // "@sourceline:example.org", or the part before the colon
	Password    Secret // used for the first login, and again only after that login was lost
	AccessToken Secret // instead of Password, for servers without password login
	DeviceID    string // the device that AccessToken is for; "" asks the server
	DeviceName  string // what people see in the list of the bot's devices

	RecoveryKey Secret // opens the account's secret storage; creates it where there is none
	PickleKey   Secret // encrypts the keys in the database; "" makes one and keeps it there

	// Allow says whose invites are accepted. "@anna:example.org" is a user,
	// "example.org" every user of a server, "!id:example.org" or
	// "#news:example.org" a room whoever invites; * and ? match as in file
	// names. An empty list accepts nobody's.
	Allow []string

	Command  string        // the word after the exclamation mark; "sourceline"
	MaxAge   time.Duration // older messages are never answered; 24 h
	KeyWait  time.Duration // how long a missing key is waited for before the sender is told; 30 s
	Replies  bool          // answer in rooms with plain replies instead of threads
	SignedTo bool          // send keys only to devices that their owner has signed
}

// withDefaults returns c with its empty settings filled in.
func (c Config) withDefaults() Config {
	c.Command = cmp.Or(c.Command, DefaultCommand)
	c.MaxAge = cmp.Or(c.MaxAge, DefaultMaxAge)
	c.KeyWait = cmp.Or(c.KeyWait, DefaultKeyWait)
	c.DeviceName = cmp.Or(c.DeviceName, DefaultDeviceName)
	return c
}

// validate says what is wrong with the settings, and what to do.
func (c Config) validate() error {
	if c.Homeserver == "" {
		return fmt.Errorf("matrix: no homeserver: set its base URL, such as https://matrix.example.org")
	}
	if strings.Contains(c.Homeserver, "://") {
		if u, err := url.Parse(c.Homeserver); err != nil || u.Host == "" {
			return fmt.Errorf("matrix: homeserver %q is not a URL: write it like https://matrix.example.org", c.Homeserver)
		}
	}
	if c.AccessToken == "" && c.User == "" {
		return fmt.Errorf("matrix: no user: set the bot's Matrix ID, such as @sourceline:example.org")
	}
	for _, pattern := range c.Allow {
		if _, err := path.Match(pattern, ""); err != nil {
			return fmt.Errorf("matrix: allow: %q is not a pattern: %w", pattern, err)
		}
	}
	return nil
}

// allows reports whether an invite by sender to a room is accepted. names are
// the room's ID and its alias where the invite tells it.
func (c Config) allows(sender id.UserID, names ...string) bool {
	for _, pattern := range c.Allow {
		subjects := names
		switch {
		case strings.HasPrefix(pattern, "@"):
			subjects = []string{string(sender)}
		case !strings.HasPrefix(pattern, "!") && !strings.HasPrefix(pattern, "#"):
			subjects = []string{sender.Homeserver()}
		}
		for _, subject := range subjects {
			if ok, _ := path.Match(pattern, subject); ok {
				return true
			}
		}
	}
	return false
}

// A Secret is a password, token or key. It prints as [redacted] wherever it is
// printed, logged or encoded; Reveal gives the value.
type Secret string

const redacted = "[redacted]"

// Reveal returns the value itself.
func (s Secret) Reveal() string { return string(s) }

// String hides the value.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return redacted
}

// GoString hides the value from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the value from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the value from encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
