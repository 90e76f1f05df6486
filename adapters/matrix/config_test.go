package matrix

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"maunium.net/go/mautrix/id"
)

func TestAllows(t *testing.T) {
	for _, c := range []struct {
		allow  string
		sender id.UserID
		room   string
		alias  string
		want   bool
	}{
		{"", "@ann:example.org", "!r:example.org", "", false},
		{"@ann:example.org", "@ann:example.org", "!r:example.org", "", true},
		{"@ann:example.org", "@anna:example.org", "!r:example.org", "", false},
		{"@*:example.org", "@bob:example.org", "!r:example.org", "", true},
		{"@*:example.org", "@bob:evil.example", "!r:example.org", "", false},
		{"@*:example.org", "@bob:example.org.evil.example", "!r:example.org", "", false},
		{"example.org", "@bob:example.org", "!r:elsewhere.example", "", true},
		{"example.org", "@bob:notexample.org", "!r:example.org", "", false},
		{"*.example.org", "@bob:news.example.org", "!r:x", "", true},
		{"!r:example.org", "@mallory:evil.example", "!r:example.org", "", true},
		{"!r:example.org", "@mallory:evil.example", "!s:example.org", "", false},
		{"#news-*:example.org", "@mallory:evil.example", "!s:x", "#news-desk:example.org", true},
		{"#news-*:example.org", "@mallory:evil.example", "!s:x", "", false},
		{"*", "@mallory:evil.example", "!s:x", "", true},
	} {
		cfg := Config{}
		if c.allow != "" {
			cfg.Allow = []string{c.allow}
		}
		if got := cfg.allows(c.sender, c.room, c.alias); got != c.want {
			t.Errorf("%q allows %s into %s %s: %v, want %v", c.allow, c.sender, c.room, c.alias, got, c.want)
		}
	}
}

func TestValidate(t *testing.T) {
	for _, c := range []struct {
		cfg  Config
		want string
	}{
		{Config{User: "@b:x"}, "no homeserver"},
		{Config{Homeserver: "https://", User: "@b:x"}, "not a URL"},
		{Config{Homeserver: "example.org"}, "no user"},
		{Config{Homeserver: "example.org", User: "@b:x", Allow: []string{"[x"}}, "not a pattern"},
		{Config{Homeserver: "example.org", User: "@b:x"}, ""},
		{Config{Homeserver: "https://example.org", AccessToken: "t"}, ""},
	} {
		err := c.cfg.validate()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%+v: %v, want %q", c.cfg, err, c.want)
		}
	}
}

// TestSecret: no way of printing shows a secret.
func TestSecret(t *testing.T) {
	cfg := Config{Password: "hunter2", AccessToken: "hunter2", RecoveryKey: "hunter2", PickleKey: "hunter2"}
	raw, err := json.Marshal(cfg)
	if err != nil {
		t.Fatal(err)
	}
	var logged strings.Builder
	slog.New(slog.NewTextHandler(&logged, nil)).Info("x", "password", cfg.Password, "config", cfg)
	for _, s := range []string{string(raw), logged.String(), fmt.Sprint(cfg), fmt.Sprintf("%+v %#v %s %q %x", cfg, cfg, cfg.Password, cfg.Password, cfg.Password)} {
		if strings.Contains(s, "hunter2") || strings.Contains(s, "68756e74657232") {
			t.Errorf("a secret shows: %s", s)
		}
	}
	if cfg.Password.Reveal() != "hunter2" {
		t.Error("Reveal does not")
	}
}
