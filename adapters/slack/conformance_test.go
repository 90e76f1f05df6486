package slack

import (
	"log/slog"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/slack/slacktest"
)

// quick is the pacing of tests: as Slack's, only faster.
var quick = pacing{
	ack: 2500 * time.Millisecond, post: time.Millisecond, patience: 10 * time.Second, status: 50 * time.Millisecond, pingAge: 2 * time.Second,
	reopen: 20 * time.Millisecond, reopenMax: 200 * time.Millisecond, shortLived: 20 * time.Millisecond, stagger: 0, drain: 5 * time.Second,
}

// newServer returns a Slack whose retries do not take minutes.
func newServer(t testing.TB) *slacktest.Server {
	s := slacktest.New()
	s.AckTimeout = 500 * time.Millisecond
	s.RetryDelays = []time.Duration{0, 50 * time.Millisecond, 100 * time.Millisecond}
	s.PingEvery = 100 * time.Millisecond
	for _, name := range []string{"ann", "bob"} {
		s.AddUser(slacktest.User{ID: userID(name), Name: name, Locale: "en-GB"})
	}
	s.AddUser(slacktest.User{ID: userID("robot"), Name: "robot", IsRobot: true})
	t.Cleanup(s.Close)
	return s
}

func userID(name string) string { return "U" + strings.ToUpper(name) }

// newAdapter returns an adapter for s, in HTTP mode where s.RequestURL is set to
// anything.
func newAdapter(t testing.TB, s *slacktest.Server, store adapters.Store, change func(*Config)) *Adapter {
	t.Helper()
	cfg := Config{BotToken: Secret(s.BotToken), AppToken: Secret(s.AppToken), SigningSecret: Secret(s.SigningSecret), APIURL: s.API()}
	overHTTP := false
	s.Change(func() { overHTTP = s.RequestURL != "" })
	var listener net.Listener
	if overHTTP {
		var err error
		if listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			t.Fatal(err)
		}
		cfg.Listen = listener.Addr().String()
		s.Change(func() { s.RequestURL = "http://" + cfg.Listen + "/slack" })
	}
	if change != nil {
		change(&cfg)
	}
	a, err := New(cfg, store, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	a.pace, a.listener = quick, listener
	return a
}

// bench is the fake as the conformance suite's platform.
type bench struct{ s *slacktest.Server }

func (b bench) Lacks() []adaptertest.Feature { return nil }

func (b bench) Adapter(t *testing.T, store adapters.Store) adapters.Adapter {
	return newAdapter(t, b.s, store, nil)
}

func (b bench) room(name string) string {
	id := "C" + strings.ToUpper(name)
	if !b.s.HasChannel(id) {
		b.s.AddChannel(slacktest.Channel{ID: id, Name: name, Member: true})
	}
	return id
}

// emojiNames are Slack's names of what people react with.
var emojiNames = map[string]string{"👍": "+1", "👎": "-1::skin-tone-2"}

func (b bench) Do(t *testing.T, act adaptertest.Act) adaptertest.Ref {
	who, ref := userID(act.Who), string(act.On)
	var ts string
	var sent []*slacktest.Delivery
	switch act.Kind {
	case adapters.Mention:
		ts, sent = b.s.Mention(who, b.room(act.Room), "", act.Text)
	case adapters.Direct:
		ts, sent = b.s.Say(who, "D"+who, "", act.Text)
	case adapters.ThreadReply:
		thread := ref
		if _, in := b.s.Where(ref); in != "" {
			thread = in
		}
		ts, sent = b.s.Say(who, b.room(act.Room), thread, act.Text)
	case adapters.Command:
		sent = append(sent, b.s.Command(who, b.room(act.Room), act.Text))
	case adapters.Edited:
		channel, _ := b.s.Where(ref)
		sent = append(sent, b.s.Edit(channel, ref, act.Text))
	case adapters.Deleted:
		channel, _ := b.s.Where(ref)
		sent = append(sent, b.s.Delete(channel, ref))
	case adapters.Reaction:
		channel, _ := b.s.Where(ref)
		sent = append(sent, b.s.React(who, channel, ref, emojiNames[act.Value]))
	case adapters.Action:
		channel, _ := b.s.Where(ref)
		sent = append(sent, b.s.Tap(who, channel, ref, act.Value))
	case adapters.Joined:
		sent = append(sent, b.s.Join(who, b.room(act.Room)))
	default:
		t.Fatalf("nobody does %q here", act.Kind)
	}
	b.typing(t, sent)
	return adaptertest.Ref(ts)
}

// typing waits a moment, so that what people write one after the other reaches
// two connections in that order.
func (b bench) typing(t *testing.T, sent []*slacktest.Delivery) {
	for _, d := range sent {
		if d == nil {
			t.Fatal("nothing to do that to")
		}
		select {
		case <-d.Acked():
		case <-time.After(30 * time.Millisecond):
		}
	}
}

func (b bench) Repeat(t *testing.T, r adaptertest.Ref) {
	channel, _ := b.s.Where(string(r))
	b.typing(t, b.s.Again(channel, string(r)))
}

func (b bench) Lose(t *testing.T, arrives bool) {
	var lost atomic.Bool
	b.s.Change(func() {
		b.s.Fault = faultOn("chat.postMessage", func() *slacktest.Fault {
			if lost.Swap(true) {
				return nil
			}
			return &slacktest.Fault{Cut: true, Perform: arrives}
		})
	})
}

func (b bench) Posts(t *testing.T, c adapters.Conversation) []adaptertest.Post {
	var posts []adaptertest.Post
	for _, p := range b.s.Posts(c.Room, c.Thread) {
		if p.BotID != b.s.BotID || p.ThreadTS != c.Thread {
			continue
		}
		text, live := p.Shown()
		posts = append(posts, adaptertest.Post{ID: adapters.PostID(p.TS), Only: p.Only, Text: text, Live: live})
	}
	return posts
}

func TestConformanceSocketMode(t *testing.T) {
	adaptertest.Run(t, func(t *testing.T) adaptertest.Platform { return bench{newServer(t)} })
}

func TestConformanceHTTP(t *testing.T) {
	adaptertest.Run(t, func(t *testing.T) adaptertest.Platform {
		s := newServer(t)
		s.RequestURL = "http://127.0.0.1:0/slack"
		return bench{s}
	})
}
