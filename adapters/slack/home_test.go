package slack

import (
	"context"
	"strings"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/slack/slacktest"
)

// homeReply is what the bot says of itself.
func homeReply() *adapters.Reply {
	return &adapters.Reply{Parts: []adapters.Part{
		adapters.Headline{Summary: "Ask the articles"},
		adapters.Paragraph{Text: "5 articles of 2 publishers, the latest of 10 January 2022."},
		adapters.Paragraph{Text: "Try one of these:"},
		adapters.Choices{Options: []adapters.Choice{
			{Label: "How many troops?", Value: "ask:how many troops?", Ask: "how many troops?"},
			{Label: "Death toll?", Value: "ask:death toll?", Ask: "death toll?"},
			{Label: "Sources", Value: "sources:"},
			{Label: "Who resigned?", Value: "ask:who resigned?", Ask: "who resigned?"},
			{Label: "When?", Value: "ask:when?", Ask: "when did it begin?"},
			{Label: "Where?", Value: "ask:where?", Ask: "where did it begin?"},
		}},
	}}
}

// TestHome: the Home tab is published from the bot's reply, and a tap on an
// example is answered in the direct message channel.
func TestHome(t *testing.T) {
	s := newServer(t)
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	s.OpenHome("UANN", "DUANN", "home")
	home := inbox.Await(t, "Home", func(m adapters.Message) bool { return m.Kind == adapters.Home })
	id := mustPost(t, a, adapters.Outgoing{Key: "h", Conversation: home.Conversation, Reply: homeReply(), Return: home.Return})
	if id == "" {
		t.Error("the tab was published without an ID")
	}
	view := string(s.View("UANN"))
	for _, want := range []string{"Ask the articles", "5 articles", "ask:death toll?", `"type":"home"`} {
		if !strings.Contains(view, want) {
			t.Errorf("the Home tab lacks %q: %s", want, view)
		}
	}
	if s.TapHome("UANN", "ask:death toll?") == nil {
		t.Fatal("the example is no button")
	}
	tap := inbox.Await(t, "the tap", func(m adapters.Message) bool { return m.Kind == adapters.Action })
	if tap.Value != "ask:death toll?" || tap.Conversation.Room != "DUANN" || tap.Target != string(id) {
		t.Errorf("the tap is %+v", tap)
	}
	mustPost(t, a, adapters.Outgoing{Key: "a", Conversation: tap.Conversation, Reply: say("164"), Return: tap.Return})
	if posts := s.Posts("DUANN", ""); len(posts) != 1 {
		t.Errorf("in the direct message channel stand %+v", posts)
	}
}

// TestPrompts: the same reply becomes the suggested prompts of the agent view
// and of its predecessor.
func TestPrompts(t *testing.T) {
	for _, c := range []struct {
		name string
		open func(*slacktest.Server) (thread string)
	}{
		{"agent view", func(s *slacktest.Server) string { s.OpenHome("UANN", "DUANN", "messages"); return "" }},
		{"assistant view", func(s *slacktest.Server) string { thread, _ := s.StartAssistant("UANN", "DUANN"); return thread }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			a := newAdapter(t, s, adaptertest.NewStore(), nil)
			inbox := adaptertest.NewInbox()
			run(t, a, inbox)
			thread := c.open(s)
			home := inbox.Await(t, "Home", func(m adapters.Message) bool { return m.Kind == adapters.Home })
			if home.Conversation.Thread != thread {
				t.Errorf("the conversation is %+v, want the thread %q", home.Conversation, thread)
			}
			mustPost(t, a, adapters.Outgoing{Key: "h", Conversation: home.Conversation, Reply: homeReply(), Return: home.Return})
			got := s.Prompts("DUANN")
			if len(got) != 4 || got[0] != (slacktest.Prompt{Title: "How many troops?", Message: "how many troops?"}) || got[2].Message != "who resigned?" {
				t.Errorf("prompts %+v", got)
			}
			call := s.Calls("assistant.threads.setSuggestedPrompts")[0].Form
			if call.Get("title") != "Ask the articles" || call.Get("thread_ts") != thread {
				t.Errorf("called with %v", call)
			}
			if len(s.Posts("DUANN", "")) > 0 || s.View("UANN") != nil {
				t.Error("prompts were posted or published too")
			}
		})
	}
}

// TestShortcut: the text of the message is the question, and the answer goes
// to the one who asked.
func TestShortcut(t *testing.T) {
	s := newServer(t)
	s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	ts, _ := s.Say("UBOB", "CDESK", "", "2,030 troops & no more were sent")
	s.Check("UANN", "CDESK", ts)
	m := inbox.Await(t, "the shortcut", func(m adapters.Message) bool { return m.Kind == adapters.Command })
	if m.Value != "check" || m.Text != "2,030 troops & no more were sent" || m.Target != ts || m.Sender != "UANN" || m.Conversation.Thread != ts {
		t.Errorf("the shortcut is %+v", m)
	}
	mustPost(t, a, adapters.Outgoing{Key: "c", Conversation: m.Conversation, Only: m.Sender, Reply: say("some 2,030"), Return: m.Return})
	posts := s.Posts("CDESK", "")
	if last := posts[len(posts)-1]; last.Only != "UANN" || last.ThreadTS != "" {
		t.Errorf("the answer is %+v, want it where the person looks", last)
	}
}

// TestRotation: a token that expires is replaced, the new one is stored before
// the old is forgotten, and the next process starts with it.
func TestRotation(t *testing.T) {
	s := newServer(t)
	s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	s.Refresh = "xoxe-1"
	store := adaptertest.NewStore()
	rotating := func(c *Config) { c.ClientID, c.ClientSecret, c.RefreshToken = "id", "secret", "xoxe-1" }
	a := newAdapter(t, s, store, rotating)
	stop := run(t, a, adaptertest.NewInbox())
	eventually(t, "the token is exchanged at the start: its age is not known", func() bool { return len(s.Calls("oauth.v2.access")) == 1 })
	room := adapters.Conversation{Room: "CDESK"}
	mustPost(t, a, adapters.Outgoing{Key: "1", Conversation: room, Reply: say("one")})

	s.Change(func() { s.Expired = true })
	mustPost(t, a, adapters.Outgoing{Key: "2", Conversation: room, Reply: say("two")})
	if n := len(s.Calls("oauth.v2.access")); n != 2 {
		t.Errorf("%d exchanges, want 2", n)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	next := newAdapter(t, s, store, rotating)
	run(t, next, adaptertest.NewInbox())
	mustPost(t, next, adapters.Outgoing{Key: "3", Conversation: room, Reply: say("three")})
	if n := len(s.Calls("oauth.v2.access")); n != 2 {
		t.Errorf("%d exchanges after a restart, want still 2: a refresh token is good for once", n)
	}
	if n := len(s.Posts("CDESK", "")); n != 3 {
		t.Errorf("%d posts, want 3", n)
	}
}

// TestRotationByTwo: two replicas share the store; the one whose refresh token
// has been used takes over the other's new token.
func TestRotationByTwo(t *testing.T) {
	s := newServer(t)
	s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	s.Refresh, s.Expired = "xoxe-1", true
	store := adaptertest.NewStore()
	rotating := func(c *Config) { c.ClientID, c.ClientSecret, c.RefreshToken = "id", "secret", "xoxe-1" }
	one, two := newAdapter(t, s, store, rotating), newAdapter(t, s, store, rotating)
	for _, a := range []*Adapter{one, two} {
		a.tokens.current(t.Context()) // both have looked at the empty store
	}
	mustPost(t, one, adapters.Outgoing{Key: "1", Conversation: adapters.Conversation{Room: "CDESK"}, Reply: say("one")})
	mustPost(t, two, adapters.Outgoing{Key: "2", Conversation: adapters.Conversation{Room: "CDESK"}, Reply: say("two")})
	if n := len(s.Calls("oauth.v2.access")); n != 1 {
		t.Errorf("%d exchanges, want 1", n)
	}
}

// TestCheck: the doctor finds what is wrong and says how to mend it.
func TestCheck(t *testing.T) {
	all := func(s *slacktest.Server) {
		s.Scopes, s.BotEvents = keys(scopes()), keys(subscriptions())
		s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	}
	for _, c := range []struct {
		name   string
		prep   func(*slacktest.Server)
		change func(*Config)
		level  adapters.Level // of the worst
		want   string         // in a finding of that level
	}{
		{"all is well", all, nil, adapters.OK, "belongs to sourceline"},
		{"a wrong bot token", all, func(c *Config) { c.BotToken = "xoxb-wrong" }, adapters.Failure, "invalid_auth"},
		{"a wrong app token", all, func(c *Config) { c.AppToken = "xapp-wrong" }, adapters.Failure, "invalid_auth"},
		{"a scope is missing", func(s *slacktest.Server) { all(s); s.Scopes = s.Scopes[1:] }, nil, adapters.Failure, "lacks app_mentions:read"},
		{"a scope too many", func(s *slacktest.Server) { all(s); s.Scopes = append(s.Scopes, "files:read") }, nil, adapters.Warning, "files:read"},
		{"an event is missing", func(s *slacktest.Server) { all(s); s.BotEvents = s.BotEvents[1:] }, nil, adapters.Failure, "app_home_opened"},
		{"no configuration token", all, func(c *Config) { c.ConfigToken = "" }, adapters.Warning, "configuration token"},
		{"not in a channel of the list", func(s *slacktest.Server) { all(s); s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk"}) },
			func(c *Config) { c.Channels = []string{"CDESK"} }, adapters.Warning, "not a member of #desk"},
		{"a shared channel on the list", func(s *slacktest.Server) {
			all(s)
			s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true, ExtShared: true})
		}, func(c *Config) { c.Channels = []string{"CDESK"} }, adapters.Warning, "shared with another organisation"},
		{"an unknown channel on the list", all, func(c *Config) { c.Channels = []string{"CNONE"} }, adapters.Warning, "channel_not_found"},
		{"another workspace allowed only", all, func(c *Config) { c.Workspaces = []string{"T0009"} }, adapters.Failure, "T0001"},
		{"Slack cannot be reached", func(s *slacktest.Server) { s.Close() }, nil, adapters.Failure, "cannot be reached"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			a := newAdapter(t, s, adaptertest.NewStore(), func(cfg *Config) {
				cfg.ConfigToken, cfg.AppID = "xoxe-config", "A0001"
				if c.change != nil {
					c.change(cfg)
				}
			})
			c.prep(s)
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			rank := map[adapters.Level]int{adapters.OK: 0, adapters.Warning: 1, adapters.Failure: 2}
			worst, found := adapters.OK, false
			for _, f := range a.Check(ctx) {
				if rank[f.Level] > rank[worst] {
					worst = f.Level
				}
				found = found || f.Level == c.level && strings.Contains(f.Text, c.want)
				if (f.Mend == "") != (f.Level == adapters.OK) {
					t.Errorf("%+v: what is wrong, and only that, has a way to mend it", f)
				}
			}
			if worst != c.level || !found {
				t.Errorf("the worst is %q, want %q with %q: %+v", worst, c.level, c.want, a.Check(ctx))
			}
		})
	}
}

func keys(m map[string]bool) []string { return difference(m, nil) }
