package slack

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/slack/slacktest"
)

// TestGate: who is answered where. Each case asks once and then once more as
// somebody who is always answered, by which time the first has been seen.
func TestGate(t *testing.T) {
	mention := func(s *slacktest.Server, user, channel string) { s.Mention(user, channel, "", "how many?") }
	command := func(s *slacktest.Server, user, channel string) { s.Command(user, channel, "how many?") }
	for _, c := range []struct {
		name   string
		change func(*Config)
		prep   func(*slacktest.Server)
		do     func(s *slacktest.Server, user, channel string)
		user   string
		room   string
		want   bool
		told   bool // the person is told that there is no answer
	}{
		{name: "a colleague", do: mention, want: true},
		{name: "a colleague's command", do: command, want: true},
		{name: "a channel on the list", change: func(c *Config) { c.Channels = []string{"CROOM"} }, do: mention, want: true},
		{name: "a channel not on the list", change: func(c *Config) { c.Channels = []string{"CDESK"} }, do: mention},
		{name: "a command in a channel not on the list", change: func(c *Config) { c.Channels = []string{"CDESK"} }, do: command, told: true},
		{name: "a direct message with a list", change: func(c *Config) { c.Channels = []string{"CDESK"} }, room: "DROOM", do: mention, want: true},
		{name: "a guest", user: "UGUEST", do: mention},
		{name: "a guest's command", user: "UGUEST", do: command, told: true},
		{name: "a guest where allowed", user: "UGUEST", change: func(c *Config) { c.AllowGuests = true }, do: mention, want: true},
		{name: "a stranger", user: "USTRANGER", do: mention},
		{name: "a stranger whom Slack does not show", user: "UNOBODY", do: mention},
		{name: "another workspace's member", user: "UOTHER", do: mention},
		{name: "a stranger where allowed", user: "USTRANGER", change: func(c *Config) { c.AllowExternal = true }, do: mention, want: true},
		{name: "a shared channel", room: "CSHARED", do: mention},
		{name: "a command in a shared channel", room: "CSHARED", do: command, told: true},
		{name: "a command in a private channel without the bot", room: "GPRIVATE", do: command, told: true},
		{name: "a shared channel where allowed", room: "CSHARED", change: func(c *Config) { c.AllowExternal = true }, do: mention, want: true},
		{name: "another workspace", prep: func(s *slacktest.Server) { s.Team = "T0002" }, do: mention},
		{name: "another workspace of the organisation", prep: func(s *slacktest.Server) { s.Team, s.Enterprise = "T0002", "E0001" }, do: mention, want: true},
		{name: "a workspace on the list", change: func(c *Config) { c.Workspaces = []string{"T0001"} }, do: mention, want: true},
		{name: "a workspace not on the list", change: func(c *Config) { c.Workspaces = []string{"T0009"} }, do: mention},
		{name: "an organisation on the list", change: func(c *Config) { c.Workspaces = []string{"E0001"} }, do: mention, want: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			for id, shared := range map[string]bool{"CROOM": false, "CDESK": false, "CSHARED": true, "DROOM": false} {
				s.AddChannel(slacktest.Channel{ID: id, Name: strings.ToLower(id), Member: true, ExtShared: shared})
			}
			s.AddUser(slacktest.User{ID: "UGUEST", Name: "guest", Guest: true})
			s.AddUser(slacktest.User{ID: "USTRANGER", Name: "stranger", Stranger: true, Team: "T0666"})
			s.AddUser(slacktest.User{ID: "UOTHER", Name: "other", Team: "T0666"})
			if strings.Contains(c.name, "organisation") {
				s.Enterprise = "E0001"
			}
			a := newAdapter(t, s, adaptertest.NewStore(), c.change)
			inbox := adaptertest.NewInbox()
			run(t, a, inbox)
			if c.prep != nil {
				s.Change(func() { c.prep(s) })
			}
			user, room := c.user, c.room
			if user == "" {
				user = "UANN"
			}
			if room == "" {
				room = "CROOM"
			}
			c.do(s, user, room)
			if c.want {
				inbox.Await(t, "the question", func(m adapters.Message) bool { return m.Text == "how many?" })
				return
			}
			eventually(t, "Slack has its acknowledgement", func() bool { return s.Idle() })
			if got := inbox.Messages(); len(got) > 0 {
				t.Errorf("put %+v", got)
			}
			if c.told {
				eventually(t, "the person is told", func() bool { return len(s.Calls("response_url")) == 1 })
			} else if n := len(s.Calls("response_url")) + len(s.Calls("chat.postMessage")); n > 0 {
				t.Errorf("%d calls where there should be silence", n)
			}
		})
	}
}

// TestGateCannotKnow: where Slack does not say who asks, the question is neither
// answered nor acknowledged, and it is answered once Slack says.
func TestGateCannotKnow(t *testing.T) {
	s := newServer(t)
	var mu sync.Mutex
	left := 2
	lookUp := faultOn("users.info", func() *slacktest.Fault {
		mu.Lock()
		defer mu.Unlock()
		if left--; left < 0 {
			return nil
		}
		return &slacktest.Fault{Status: http.StatusInternalServerError}
	})
	s.Fault = func(method string, form url.Values) *slacktest.Fault {
		if method == "users.list" {
			return &slacktest.Fault{Error: "missing_scope"}
		}
		return lookUp(method, form)
	}
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	_, sent := s.Say("UANN", "DUANN", "", "how many?")
	inbox.Await(t, "the question", func(m adapters.Message) bool { return m.Text == "how many?" })
	<-sent[0].Acked()
	if n := sent[0].Tries(); n != 3 {
		t.Errorf("the question was sent %d times, want 3", n)
	}
}

// TestDirectory: members are known from the list, without a call for each.
func TestDirectory(t *testing.T) {
	s := newServer(t)
	for i := range 3 {
		s.AddUser(slacktest.User{ID: fmt.Sprintf("U%03d", i), Name: "member", Locale: "de-DE"})
	}
	s.AddUser(slacktest.User{ID: "UGUEST", Name: "guest", Guest: true})
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	eventually(t, "the list has been read", func() bool { _, ok := a.gate.users.held("UGUEST"); return ok })
	s.Say("UGUEST", "DGUEST", "", "how many?")
	for i := range 3 {
		s.Say(fmt.Sprintf("U%03d", i), fmt.Sprintf("D%03d", i), "", fmt.Sprint("question ", i))
		if m := inbox.Await(t, "the question", func(m adapters.Message) bool { return m.Text == fmt.Sprint("question ", i) }); m.Locale != "de-DE" {
			t.Errorf("the locale is %q", m.Locale)
		}
	}
	eventually(t, "all is acknowledged", s.Idle)
	if n := len(inbox.Messages()); n != 3 {
		t.Errorf("%d messages were put, want 3 without the guest's", n)
	}
	if n := len(s.Calls("users.info")); n != 0 {
		t.Errorf("%d members were looked up one by one", n)
	}
}

// TestNoSecretsLogged: no token, response_url, ticket or text of a message in
// the log, at its most talkative, whatever goes wrong.
func TestNoSecretsLogged(t *testing.T) {
	var log lockedBuffer
	s := newServer(t)
	s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	s.Expired, s.Refresh = true, "xoxe-first"
	cfg := Config{BotToken: Secret(s.BotToken), AppToken: Secret(s.AppToken), SigningSecret: "signing-secret", APIURL: s.API(),
		ClientID: "client", ClientSecret: "client-secret", RefreshToken: "xoxe-first", ConfigToken: "xoxe-config", AppID: "A1"}
	a, err := New(cfg, adaptertest.NewStore(), slog.New(slog.NewJSONHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	a.pace = quick
	a.log.Info("configured", "config", cfg, "token", cfg.BotToken)
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	s.Command("UANN", "CDESK", "a-secret-question")
	m := inbox.Await(t, "the command", func(m adapters.Message) bool { return m.Kind == adapters.Command })
	s.Change(func() {
		s.Fault = faultOn("response_url", func() *slacktest.Fault { return &slacktest.Fault{Cut: true} })
	})
	if _, err := a.Post(t.Context(), adapters.Outgoing{Key: "k", Conversation: m.Conversation, Only: m.Sender, Reply: say("a-secret-answer"), Return: m.Return}); err == nil {
		t.Error("a cut connection is no error")
	} else {
		a.log.Error("not posted", "err", err)
	}
	a.Check(t.Context())
	s.KillSockets()
	s.Close()
	inbox.Fail(1)
	time.Sleep(300 * time.Millisecond)
	got := log.String()
	for _, secret := range []string{s.BotToken, s.AppToken, "xoxb-", "xoxe-", "xapp-", "signing-secret", "client-secret", "a-secret", "/hook/", "secret-ticket"} {
		if strings.Contains(got, secret) {
			t.Errorf("the log has %q:\n%s", secret, got)
		}
	}
	if !strings.Contains(got, redacted) {
		t.Error("the log does not show that there is a secret")
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestConfig(t *testing.T) {
	ok := Config{BotToken: "xoxb-1", AppToken: "xapp-1"}
	for _, c := range []struct {
		name   string
		change func(*Config)
		want   string // in the error; "" for none
	}{
		{"complete", func(*Config) {}, ""},
		{"no bot token", func(c *Config) { c.BotToken = "" }, "xoxb-"},
		{"no app token", func(c *Config) { c.AppToken = "" }, "xapp-"},
		{"HTTP", func(c *Config) { c.AppToken, c.Listen, c.SigningSecret = "", ":8080", "s" }, ""},
		{"HTTP without a secret", func(c *Config) { c.Listen = ":8080" }, "signing secret"},
		{"HTTP with a bad path", func(c *Config) { c.Listen, c.SigningSecret, c.Path = ":8080", "s", "slack" }, `"slack"`},
		{"rotation without a client", func(c *Config) { c.RefreshToken = "xoxe-1" }, "client"},
		{"a channel's name", func(c *Config) { c.Channels = []string{"#desk"} }, `"#desk"`},
		{"a bad address", func(c *Config) { c.APIURL = "https://slack.com/api" }, `"/"`},
	} {
		cfg := ok
		c.change(&cfg)
		_, err := New(cfg, adaptertest.NewStore(), testLog(t))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want an error with %q", c.name, err, c.want)
		}
	}
}
