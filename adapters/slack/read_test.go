package slack

import (
	"encoding/json"
	"log/slog"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/slack/slacktest"
)

var testMe = identity{TeamID: "T0001", UserID: "U0BOT", BotID: "B0BOT"}

// eventJSON wraps an inner event.
func eventJSON(inner string) []byte {
	return []byte(`{"type":"event_callback","team_id":"T0001","event_id":"Ev1","event_time":1641805200,"event":` + inner + `}`)
}

func TestReadEvent(t *testing.T) {
	type want struct {
		kind             adapters.Kind // "" where it is not for us
		id, target, text string
		thread           string
	}
	for _, c := range []struct {
		name, inner string
		want        want
	}{
		{"mention", `{"type":"app_mention","user":"U1","channel":"C1","ts":"1.1","text":"<@U0BOT> how many?"}`,
			want{adapters.Mention, "1.1", "", "how many?", "1.1"}},
		{"mention, as a message", `{"type":"message","user":"U1","channel":"C1","channel_type":"channel","ts":"1.1","text":"<@U0BOT> how many?"}`,
			want{adapters.Mention, "1.1", "", "how many?", "1.1"}},
		{"mention in a thread", `{"type":"app_mention","user":"U1","channel":"C1","ts":"1.2","thread_ts":"1.1","text":"and <@U0BOT>?"}`,
			want{adapters.Mention, "1.2", "", "and ?", "1.1"}},
		{"direct", `{"type":"message","user":"U1","channel":"D1","channel_type":"im","ts":"1.1","text":"how many?"}`,
			want{adapters.Direct, "1.1", "", "how many?", ""}},
		{"direct in a thread", `{"type":"message","user":"U1","channel":"D1","channel_type":"im","ts":"1.2","thread_ts":"1.1","text":"how many?"}`,
			want{adapters.Direct, "1.2", "", "how many?", "1.1"}},
		{"thread reply", `{"type":"message","user":"U1","channel":"C1","channel_type":"group","ts":"1.2","thread_ts":"1.1","text":"who says so?"}`,
			want{adapters.ThreadReply, "1.2", "", "who says so?", "1.1"}},
		{"thread reply shown in the channel", `{"type":"message","subtype":"thread_broadcast","user":"U1","channel":"C1","ts":"1.2","thread_ts":"1.1","text":"who?"}`,
			want{adapters.ThreadReply, "1.2", "", "who?", "1.1"}},
		{"said in a channel", `{"type":"message","user":"U1","channel":"C1","channel_type":"channel","ts":"1.1","text":"how many?"}`, want{}},
		{"our own post", `{"type":"message","user":"U0BOT","bot_id":"B0BOT","channel":"D1","ts":"1.1","text":"eleven"}`, want{}},
		{"our own post, by the bot's ID", `{"type":"message","subtype":"bot_message","bot_id":"B0BOT","channel":"D1","ts":"1.1","text":"eleven"}`, want{}},
		{"somebody joined", `{"type":"message","subtype":"channel_join","user":"U1","channel":"C1","ts":"1.1","text":"<@U1> joined"}`, want{}},
		{"hidden", `{"type":"message","hidden":true,"user":"U1","channel":"D1","ts":"1.1","text":"x"}`, want{}},
		{"edit", `{"type":"message","subtype":"message_changed","hidden":true,"channel":"C1","ts":"1.5","event_ts":"1.5",
			"message":{"user":"U1","ts":"1.1","text":"<@U0BOT> how many houses?","edited":{"ts":"1.4"}},"previous_message":{"user":"U1","ts":"1.1","text":"<@U0BOT> how many?"}}`,
			want{adapters.Edited, "edit:1.1:1.4", "1.1", "how many houses?", "1.1"}},
		{"edit that names us", `{"type":"message","subtype":"message_changed","channel":"C1","ts":"1.5",
			"message":{"user":"U1","ts":"1.1","text":"<@U0BOT> how many?"},"previous_message":{"user":"U1","ts":"1.1","text":"how many?"}}`,
			want{adapters.Mention, "1.1", "", "how many?", "1.1"}},
		{"link preview", `{"type":"message","subtype":"message_changed","channel":"C1","ts":"1.5",
			"message":{"user":"U1","ts":"1.1","text":"same"},"previous_message":{"user":"U1","ts":"1.1","text":"same"}}`, want{}},
		{"our own edit", `{"type":"message","subtype":"message_changed","channel":"C1","ts":"1.5",
			"message":{"user":"U0BOT","bot_id":"B0BOT","ts":"1.1","text":"new"},"previous_message":{"user":"U0BOT","ts":"1.1","text":"old"}}`, want{}},
		{"deletion", `{"type":"message","subtype":"message_deleted","channel":"C1","deleted_ts":"1.2","event_ts":"1.5","previous_message":{"user":"U1","ts":"1.2","thread_ts":"1.1"}}`,
			want{adapters.Deleted, "deletion:1.2", "1.2", "", "1.1"}},
		{"deletion that leaves a tombstone", `{"type":"message","subtype":"message_changed","channel":"C1","event_ts":"1.5",
			"message":{"subtype":"tombstone","user":"USLACKBOT","ts":"1.1","text":"This message was deleted."},"previous_message":{"user":"U1","ts":"1.1","text":"how many?"}}`,
			want{adapters.Deleted, "deletion:1.1", "1.1", "", "1.1"}},
		{"our own deletion", `{"type":"message","subtype":"message_deleted","channel":"C1","deleted_ts":"1.2","previous_message":{"user":"U0BOT","ts":"1.2"}}`, want{}},
		{"somebody else joined", `{"type":"member_joined_channel","user":"U1","channel":"C1"}`, want{}},
		{"joined", `{"type":"member_joined_channel","user":"U0BOT","channel":"C1"}`, want{adapters.Joined, "Ev1", "", "", ""}},
		{"home", `{"type":"app_home_opened","user":"U1","channel":"D1","tab":"home"}`, want{adapters.Home, "Ev1", "", "", ""}},
		{"another tab", `{"type":"app_home_opened","user":"U1","channel":"D1","tab":"about"}`, want{}},
		{"assistant", `{"type":"assistant_thread_started","assistant_thread":{"user_id":"U1","channel_id":"D1","thread_ts":"1.1"}}`, want{adapters.Home, "Ev1", "", "", "1.1"}},
		{"reaction to a file", `{"type":"reaction_added","user":"U1","reaction":"+1","item":{"type":"file"}}`, want{}},
	} {
		in, err := read(eventsAPI, eventJSON(c.inner), testMe)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got want
		if in != nil {
			m := in.message
			got = want{m.Kind, m.ID, m.Target, m.Text, m.Conversation.Thread}
			if m.Conversation.Platform != platform || m.Conversation.Workspace != "T0001" {
				t.Errorf("%s: conversation %+v", c.name, m.Conversation)
			}
		}
		if got != c.want {
			t.Errorf("%s: read %+v, want %+v", c.name, got, c.want)
		}
	}
}

// TestReadUnknown: what cannot be read is an error, which the intake logs and
// acknowledges.
func TestReadUnknown(t *testing.T) {
	for name, c := range map[string]struct {
		kind    kindOf
		payload string
	}{
		"no JSON":                {eventsAPI, `{`},
		"no event":               {eventsAPI, `{"type":"event_callback"}`},
		"an event of no type":    {eventsAPI, string(eventJSON(`[]`))},
		"an unknown event":       {eventsAPI, string(eventJSON(`{"type":"shared_channel_invite_received"}`))},
		"a channel as an object": {eventsAPI, string(eventJSON(`{"type":"message","channel":{"id":"C1"}}`))},
		"an unknown envelope":    {"workflow", `{}`},
		"an empty command":       {slashPrompt, `{}`},
		"an empty interaction":   {interactive, `{}`},
		"an unknown shortcut":    {interactive, `{"type":"message_action","callback_id":"other","user":{"id":"U1"}}`},
		"no action":              {interactive, `{"type":"block_actions","user":{"id":"U1"},"actions":[]}`},
	} {
		if in, err := read(c.kind, []byte(c.payload), testMe); err == nil || in != nil {
			t.Errorf("%s: read %+v, %v; want an error", name, in, err)
		}
	}
}

// FuzzRead: whatever Slack, or somebody else, sends: no panic, and what is read
// can be stored and handed back.
func FuzzRead(f *testing.F) {
	for _, inner := range []string{
		`{"type":"app_mention","user":"U1","channel":"C1","ts":"1.1","text":"<@U0BOT> how many?"}`,
		`{"type":"message","subtype":"message_changed","channel":"C1","message":{"ts":"1.1"},"previous_message":{}}`,
		`{"type":"message","subtype":"message_deleted","channel":"C1","deleted_ts":"1.1"}`,
		`{"type":"reaction_added","item":{"type":"message","channel":"C1","ts":"1.1"},"reaction":"+1::x"}`,
	} {
		f.Add("events_api", eventJSON(inner))
	}
	f.Add("slash_commands", []byte(`{"trigger_id":"1","channel_id":"C1","user_id":"U1","text":"x"}`))
	f.Add("interactive", []byte(`{"type":"block_actions","user":{"id":"U1"},"container":{"is_ephemeral":true},"actions":[{"block_id":":","value":"x"}]}`))
	f.Fuzz(func(t *testing.T, kind string, payload []byte) {
		in, err := read(kindOf(kind), payload, testMe)
		if err != nil || in == nil {
			return
		}
		back, err := readTicket(in.ticket.bytes())
		if err != nil {
			t.Errorf("ticket %+v: %v", in.ticket, err)
		}
		want, _ := json.Marshal(in.ticket) // strings only
		if got, _ := json.Marshal(back); string(got) != string(want) {
			t.Errorf("ticket %s came back as %s", want, got)
		}
	})
}

// FuzzAcknowledged: whatever an envelope holds, it is acknowledged, or Slack
// would send it for a day.
func FuzzAcknowledged(f *testing.F) {
	cfg := Config{BotToken: "xoxb-1", AppToken: "xapp-1", APIURL: "http://127.0.0.1:1/", Workspaces: []string{"T0001"}, AllowExternal: true, AllowGuests: true}
	a, err := New(cfg, adaptertest.NewStore(), slog.New(slog.DiscardHandler))
	if err != nil {
		f.Fatal(err)
	}
	a.me.Store(&testMe)
	k := newIntake(a, adaptertest.NewInbox(), func(error) {})
	f.Cleanup(k.close)
	f.Add("events_api", eventJSON(`{"type":"message","user":"U1","channel":"D1","ts":"1.1","text":"how many?"}`))
	f.Add("events_api", eventJSON(`{"type":"tokens_revoked"}`))
	f.Add("events_api", []byte(`{"type":"app_rate_limited"}`))
	f.Add("slash_commands", []byte(`{"trigger_id":"1","channel_id":"C1","user_id":"U1","team_id":"T0001","response_url":"http://127.0.0.1:1/"}`))
	f.Add("interactive", []byte(`{"type":"block_actions","user":{"id":"U1"},"actions":[{}]}`))
	f.Add("of_tomorrow", []byte(`[]`))
	f.Fuzz(func(t *testing.T, kind string, payload []byte) {
		done := make(chan error, 1)
		k.take(kindOf(kind), payload, func(err error) { done <- err })
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("%s with %q is not acknowledged: %v", kind, payload, err)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("%s with %q: nothing is said of it", kind, payload)
		}
	})
}

// TestCommandAndShare goes the way of a slash command: ephemeral, more lines in
// the same place, then shared with everybody.
func TestCommandAndShare(t *testing.T) {
	s := newServer(t)
	s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	s.Command("UANN", "CDESK", "how many?")
	asked := inbox.Await(t, "the command", func(m adapters.Message) bool { return m.Kind == adapters.Command })
	if asked.Conversation.Thread != "" || asked.Locale != "en-GB" {
		t.Errorf("command %+v", asked)
	}
	reply := &adapters.Reply{Parts: []adapters.Part{
		adapters.Headline{Text: "some 300", Summary: "people evacuated"},
		adapters.Choices{Options: []adapters.Choice{{Label: "All lines", Value: "lines:1"}, {Label: "Share to channel", Value: "share:1"}}},
	}}
	id := mustPost(t, a, adapters.Outgoing{Key: "k1", Conversation: asked.Conversation, Only: asked.Sender, Reply: reply, Return: asked.Return})
	whisper := s.Posts("CDESK", "")[0]
	if whisper.Only != "UANN" {
		t.Fatalf("the answer to a command is seen by %q", whisper.Only)
	}
	s.Tap("UANN", "CDESK", whisper.TS, "lines:1")
	tap := inbox.Await(t, "the tap", func(m adapters.Message) bool { return m.Value == "lines:1" })
	if tap.Target != string(id) {
		t.Errorf("the tap is on %q, the post is %q", tap.Target, id)
	}
	mustPost(t, a, adapters.Outgoing{Key: "k2", Conversation: tap.Conversation, Only: tap.Sender, Replaces: id, Reply: say("all lines"), Return: tap.Return})
	if posts := s.Posts("CDESK", ""); len(posts) != 1 || posts[0].Only != "UANN" || !shows(posts[0], "all lines") {
		t.Errorf("after the edit stand %+v", posts)
	}
	mustPost(t, a, adapters.Outgoing{Key: "k3", Conversation: tap.Conversation, Reply: reply, Return: tap.Return})
	if posts := s.Posts("CDESK", ""); len(posts) != 2 || posts[1].Only != "" {
		t.Errorf("after sharing stand %+v", posts)
	}
}

func shows(p slacktest.Post, text string) bool {
	shown, _ := p.Shown()
	return shown == text
}

// TestResponseURLExpires: an answer that comes too late for its response_url is
// whispered all the same.
func TestResponseURLExpires(t *testing.T) {
	s := newServer(t)
	s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	s.Command("UANN", "CDESK", "how many?")
	asked := inbox.Await(t, "the command", func(m adapters.Message) bool { return m.Kind == adapters.Command })
	s.ExpireHooks()
	mustPost(t, a, adapters.Outgoing{Key: "k1", Conversation: asked.Conversation, Only: asked.Sender, Reply: say("eleven"), Return: asked.Return})
	if posts := s.Posts("CDESK", ""); len(posts) != 1 || posts[0].Only != "UANN" {
		t.Errorf("stand %+v", posts)
	}
}

// TestShareWithoutTheBot: a command given in a public channel that the bot is
// not in can be shared there through the response_url.
func TestShareWithoutTheBot(t *testing.T) {
	s := newServer(t)
	s.AddChannel(slacktest.Channel{ID: "CPUBLIC", Name: "public"})
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	s.Command("UANN", "CPUBLIC", "how many?")
	asked := inbox.Await(t, "the command", func(m adapters.Message) bool { return m.Kind == adapters.Command })
	mustPost(t, a, adapters.Outgoing{Key: "k1", Conversation: asked.Conversation, Reply: say("eleven"), Return: asked.Return})
	if posts := s.Posts("CPUBLIC", ""); len(posts) != 1 || posts[0].Only != "" {
		t.Errorf("stand %+v", posts)
	}
}

// TestTrusts: answers go to Slack and nowhere else.
func TestTrusts(t *testing.T) {
	a, err := New(Config{BotToken: "xoxb-1", AppToken: "xapp-1"}, adaptertest.NewStore(), testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]bool{
		"https://hooks.slack.com/commands/T1/2/3": true,
		"https://slack.com/api/x":                 true,
		"https://hooks.slack-gov.com/actions/T1":  true,
		"http://hooks.slack.com/commands":         false,
		"https://slack.com.evil.example/":         false,
		"https://evilslack.com/":                  false,
		"https://evil.example/?.slack.com":        false,
		"":                                        false,
		"::":                                      false,
	} {
		if got := a.trusts(address) == nil; got != want {
			t.Errorf("trusts(%q) = %v, want %v", address, got, want)
		}
	}
}
