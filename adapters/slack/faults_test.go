package slack

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/slack/slacktest"
)

// answerEach answers each question with its own text, so that posts can be
// told apart.
func answerEach(m adapters.Message) *adapters.Outgoing {
	if m.Kind != adapters.Mention && m.Kind != adapters.Direct && m.Kind != adapters.Command {
		return nil
	}
	o := &adapters.Outgoing{Key: "answer:" + m.Conversation.Room + ":" + m.ID, Conversation: m.Conversation, Return: m.Return, Reply: say("answer to " + m.Text)}
	if m.Kind == adapters.Command {
		o.Only = m.Sender
	}
	return o
}

// answersTo counts the posts that answer each question, in all channels.
func answersTo(s *slacktest.Server, channels []string) map[string]int {
	n := map[string]int{}
	for _, c := range channels {
		for _, p := range s.Posts(c, "") {
			if p.BotID == s.BotID {
				text, _ := p.Shown()
				n[strings.TrimPrefix(text, "answer to ")]++
			}
		}
	}
	return n
}

// wantOnce holds each of n questions "question i" to one answer.
func wantOnce(t *testing.T, s *slacktest.Server, channels []string, n int) {
	t.Helper()
	got := answersTo(s, channels)
	for i := range n {
		if q := fmt.Sprintf("question %d", i); got[q] != 1 {
			t.Errorf("%s has %d answers", q, got[q])
		}
	}
	if len(got) != n {
		t.Errorf("%d questions have answers, want %d", len(got), n)
	}
}

// TestDyingSockets: 300 questions while the connections die every few seconds,
// calls fail in every way, and acknowledgements come late: each is answered once
// and the reconnects are bounded. It takes a minute; with -short, a few seconds
// at ten times the pace.
func TestDyingSockets(t *testing.T) {
	const questions = 300
	every, took := 3*time.Second, time.Minute
	if testing.Short() {
		every, took = 300*time.Millisecond, 6*time.Second
	}
	s := newServer(t)
	s.AckTimeout, s.PingEvery = every, every/10
	s.RetryDelays = []time.Duration{0, every, 2 * every, 4 * every, 8 * every}
	s.Fault = randomFaults(0.05)
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	a.pace.pingAge, a.pace.reopen, a.pace.reopenMax, a.pace.shortLived = every, every/3, 10*every, every/5
	inbox := newAnswerer(t, answerEach)
	inbox.post = a.Post
	run(t, a, inbox)

	stop := make(chan struct{})
	var killer sync.WaitGroup
	killer.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(every):
			}
			if i%2 == 0 {
				s.KillSockets()
			} else {
				s.Disconnect("refresh_requested", every/10)
			}
		}
	})
	var channels []string
	for i := range questions {
		channel := fmt.Sprintf("C%03d", i%100)
		if !slices.Contains(channels, channel) {
			channels = append(channels, channel)
		}
		s.Mention("UANN", channel, "", fmt.Sprintf("question %d", i))
		time.Sleep(took / questions)
	}
	for range questions {
		select {
		case err := <-inbox.done:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(took):
			t.Fatal("not every question was answered")
		}
	}
	close(stop)
	killer.Wait()
	wantOnce(t, s, channels, questions)
	if n, most := s.Opened(), 3*int(took/every)+20; n > most {
		t.Errorf("%d connections were asked for, want at most %d", n, most)
	} else {
		t.Logf("%d questions in %s, %d connections asked for, %d posts and %d searches", questions, took, n, len(s.Calls("chat.postMessage")), len(s.Calls("conversations.replies")))
	}
	eventually(t, "the adapter is ready", func() bool { return a.Ready() == nil })
}

// randomFaults lets calls of the methods that matter fail, each in the given
// share of the calls and way.
func randomFaults(share float64) func(string, url.Values) *slacktest.Fault {
	ways := []slacktest.Fault{
		{Status: http.StatusTooManyRequests, RetryAfter: 1},
		{Status: http.StatusInternalServerError},
		{Status: http.StatusBadGateway, Perform: true},
		{Cut: true},
		{Cut: true, Perform: true},
		{Error: "internal_error", Perform: true},
	}
	var mu sync.Mutex
	random := rand.New(rand.NewPCG(1, 2))
	return func(method string, _ url.Values) *slacktest.Fault {
		if method != "chat.postMessage" && method != "conversations.replies" && method != "users.info" && method != "apps.connections.open" {
			return nil
		}
		mu.Lock()
		defer mu.Unlock()
		if random.Float64() >= share {
			return nil
		}
		way := ways[random.IntN(len(ways))]
		return &way
	}
}

// TestLateAcks: Put takes longer than Slack waits, so that Slack sends the
// question again, to the other connection too: one answer.
func TestLateAcks(t *testing.T) {
	s := newServer(t)
	s.AckTimeout = 30 * time.Millisecond
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := newAnswerer(t, answerEach)
	inbox.post = a.Post
	run(t, a, inbox)
	release := inbox.Hold()
	_, sent := s.Say("UANN", "DUANN", "", "question 0")
	eventually(t, "Slack sends it again", func() bool { return sent[0].Tries() > 2 })
	release()
	if err := <-inbox.done; err != nil {
		t.Error(err)
	}
	<-sent[0].Acked()
	eventually(t, "all is acknowledged", s.Idle)
	wantOnce(t, s, []string{"DUANN"}, 1)
}

// TestMalformedFrames: what cannot be read is acknowledged, so that Slack does
// not send it for a day, and the connection stays.
func TestMalformedFrames(t *testing.T) {
	s := newServer(t)
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	for _, payload := range []any{
		map[string]any{"type": "event_callback", "event": map[string]any{"type": "of_tomorrow"}},
		map[string]any{"type": "event_callback", "event": "text"},
		[]int{1, 2}, "text", nil,
	} {
		for _, kind := range []string{"events_api", "slash_commands", "interactive", "of_tomorrow"} {
			select {
			case <-s.Deliver(kind, payload).Acked():
			case <-time.After(5 * time.Second):
				t.Errorf("%s with %v was not acknowledged", kind, payload)
			}
		}
	}
	for _, frame := range []string{`{"type":7,"envelope_id":"x"}`, `[]`, `"text"`, `{`, ``, `{"type":"disconnect_"}`, `{"envelope_id":{}}`} {
		if err := s.Raw(frame); err != nil {
			t.Fatal(err)
		}
	}
	opened := s.Opened()
	s.Say("UANN", "DUANN", "", "how many?")
	inbox.Await(t, "the question after the noise", func(m adapters.Message) bool { return m.Text == "how many?" })
	if n := s.Opened(); n != opened {
		t.Errorf("noise made the adapter reconnect: %d connections, then %d", opened, n)
	}
}

// TestTooManyWebsockets: Slack refuses every connection at once. Attempts are
// bounded, the adapter says that it is not ready, and recovers.
func TestTooManyWebsockets(t *testing.T) {
	s := newServer(t)
	s.TooManySockets = true
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	a.pace.reopen, a.pace.reopenMax, a.pace.shortLived = 100*time.Millisecond, 400*time.Millisecond, 100*time.Millisecond
	inbox := adaptertest.NewInbox()
	start(t, a, inbox)
	time.Sleep(2 * time.Second)
	// 2 connections, each after 0.1, 0.2, 0.4, 0.4, … s
	if n := s.Opened(); n < 4 || n > 16 {
		t.Errorf("%d connections were asked for in 2 s, want 4 to 16", n)
	}
	if a.Ready() == nil {
		t.Error("ready without a connection")
	}
	s.Change(func() { s.TooManySockets = false })
	eventually(t, "the adapter recovers", func() bool { return a.Ready() == nil })
}

// TestBackoff is the throttle of reconnects as it is outside of tests.
func TestBackoff(t *testing.T) {
	var got []string
	for failures := range 8 {
		got = append(got, defaultPacing.before(failures).String())
	}
	if want := "0s 1s 2s 4s 8s 16s 30s 30s"; strings.Join(got, " ") != want {
		t.Errorf("waits %v, want %s", got, want)
	}
}

// TestNoGap: while Slack replaces a connection, no moment is without one, and
// what comes on the old one is still taken.
func TestNoGap(t *testing.T) {
	s := newServer(t)
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := newAnswerer(t, answerEach)
	inbox.post = a.Post
	run(t, a, inbox)
	eventually(t, "both connections", func() bool { return s.Sockets() == 2 })
	s.Disconnect("warning", 300*time.Millisecond)
	eventually(t, "two new connections", func() bool { return s.Opened() == 4 && s.Sockets() == 2 })
	for i := range 20 {
		s.Say("UANN", fmt.Sprintf("D%d", i), "", fmt.Sprintf("question %d", i))
	}
	for range 20 {
		<-inbox.done
	}
	for _, d := range s.Delivered() {
		if d.Tries() != 1 {
			t.Errorf("%s was sent %d times", d.Payload, d.Tries())
		}
	}
}

// TestDeafSockets: connections that are open but dead are found by their
// missing pings; ones that only have nothing to say are left alone.
func TestDeafSockets(t *testing.T) {
	s := newServer(t)
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	a.pace.pingAge = 250 * time.Millisecond
	run(t, a, adaptertest.NewInbox())
	eventually(t, "both connections", func() bool { return s.Sockets() == 2 })
	opened := s.Opened()
	time.Sleep(time.Second)
	if n := s.Opened(); n != opened {
		t.Errorf("quiet connections with pings were replaced: %d, then %d", opened, n)
	}
	s.Change(func() { s.PingEvery = 0 }) // for new connections
	s.Deafen()
	eventually(t, "deaf connections are replaced", func() bool { return s.Opened() >= opened+2 })
	s.Change(func() { s.TooManySockets = true })
	eventually(t, "the adapter is not ready", func() bool { return a.Ready() != nil })
}

// TestRevokedToken: Run ends with an error that says so, and so does Ready.
func TestRevokedToken(t *testing.T) {
	s := newServer(t)
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	stop := run(t, a, adaptertest.NewInbox())
	// Somebody else's token: nothing happens.
	d := s.Emit(map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{"U1"}}}, "")
	<-d.Acked()
	if err := a.Ready(); err != nil {
		t.Errorf("another's token was revoked: %v", err)
	}
	s.Change(func() { s.BotToken = "xoxb-next" })
	s.Emit(map[string]any{"type": "app_uninstalled"}, "")
	eventually(t, "the adapter is not ready", func() bool { return a.Ready() != nil })
	time.Sleep(100 * time.Millisecond)
	err := stop()
	if !errors.Is(err, adapters.ErrPermanent) || !strings.Contains(err.Error(), "uninstalled") {
		t.Errorf("Run returned %v", err)
	}
	var later *adapters.Later
	if _, err := a.Post(t.Context(), adapters.Outgoing{Key: "k", Conversation: adapters.Conversation{Room: "CDESK"}, Reply: say("x")}); !errors.As(err, &later) {
		t.Errorf("Post with a revoked token: %v, want Later", err)
	}
}

// TestBadTokens: a token that was never good ends Run, in both places.
func TestBadTokens(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"bot": func(c *Config) { c.BotToken = "xoxb-wrong" },
		"app": func(c *Config) { c.AppToken = "xapp-wrong" },
	} {
		s := newServer(t)
		a := newAdapter(t, s, adaptertest.NewStore(), change)
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		if err := a.Run(ctx, adaptertest.NewInbox()); err == nil || !strings.Contains(err.Error(), "invalid_auth") {
			t.Errorf("%s token: Run returned %v", name, err)
		}
		if a.Ready() == nil {
			t.Errorf("%s token: ready", name)
		}
	}
}

// TestPostFaults: what Post makes of each of Slack's answers.
func TestPostFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		faults []*slacktest.Fault // one call after the other; then none
		want   error              // nil: posted
		calls  int
	}{
		{"429", []*slacktest.Fault{{Status: 429, RetryAfter: 1}}, nil, 2},
		{"429 for long", []*slacktest.Fault{{Status: 429, RetryAfter: 60}}, new(adapters.Later), 1},
		{"500", []*slacktest.Fault{{Status: 500}}, adapters.ErrUncertain, 1},
		{"cut", []*slacktest.Fault{{Cut: true}}, adapters.ErrUncertain, 1},
		{"internal_error", []*slacktest.Fault{{Error: "internal_error"}}, adapters.ErrUncertain, 1},
		{"invalid_blocks", []*slacktest.Fault{{Error: "invalid_blocks"}}, nil, 2},
		{"msg_too_long", []*slacktest.Fault{{Error: "msg_too_long"}, {Error: "msg_too_long"}}, nil, 3},
		{"refused thrice", []*slacktest.Fault{{Error: "invalid_blocks"}, {Error: "msg_too_long"}, {Error: "msg_too_long"}}, adapters.ErrPermanent, 3},
		{"is_archived", []*slacktest.Fault{{Error: "is_archived"}}, adapters.ErrPermanent, 1},
		{"not_in_channel", []*slacktest.Fault{{Error: "not_in_channel"}}, adapters.ErrPermanent, 1},
		{"404", []*slacktest.Fault{{Status: 404}}, adapters.ErrPermanent, 1},
		{"missing_scope", []*slacktest.Fault{{Error: "missing_scope"}}, new(adapters.Later), 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
			var mu sync.Mutex
			left := c.faults
			s.Fault = faultOn("chat.postMessage", func() *slacktest.Fault {
				mu.Lock()
				defer mu.Unlock()
				if len(left) == 0 {
					return nil
				}
				f := left[0]
				left = left[1:]
				return f
			})
			a := newAdapter(t, s, adaptertest.NewStore(), nil)
			reply := picture(t, "deaths")
			began := time.Now()
			_, err := a.Post(t.Context(), adapters.Outgoing{Key: "k", Conversation: adapters.Conversation{Room: "CDESK"}, Reply: &reply})
			switch want := c.want.(type) {
			case *adapters.Later:
				var later *adapters.Later
				if !errors.As(err, &later) || later.After <= 0 {
					t.Errorf("Post returned %v, want Later", err)
				}
			default:
				if !errors.Is(err, want) {
					t.Errorf("Post returned %v, want %v", err, want)
				}
			}
			if n := len(s.Calls("chat.postMessage")); n != c.calls {
				t.Errorf("%d calls, want %d", n, c.calls)
			}
			if c.name == "429" && time.Since(began) < time.Second {
				t.Error("Retry-After was not waited for")
			}
			if posts := s.Posts("CDESK", ""); c.want == nil && (len(posts) != 1 || !strings.Contains(posts[0].Text, "164") || !strings.Contains(posts[0].Text, "withdrawn")) {
				t.Errorf("posted %+v, want the figure and its caveat in the text", posts)
			}
		})
	}
}

// TestRepeatedKey: the same key twice is one post, also at once and without
// asking Slack; after a deletion it is posted anew.
func TestRepeatedKey(t *testing.T) {
	s := newServer(t)
	s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	room := adapters.Conversation{Room: "CDESK"}
	o := adapters.Outgoing{Key: "k", Conversation: room, Reply: say("eleven")}
	first := mustPost(t, a, o)
	if again := mustPost(t, a, o); again != first || len(s.Posts("CDESK", "")) != 1 {
		t.Errorf("posted as %q and as %q", first, again)
	}
	mustPost(t, a, adapters.Outgoing{Key: "gone", Conversation: room, Replaces: first})
	if anew := mustPost(t, a, o); anew == first || len(s.Posts("CDESK", "")) != 1 {
		t.Errorf("after its deletion it is posted as %q", anew)
	}
}

// TestUnreachable: nothing listens; nothing was sent, and Post says so.
func TestUnreachable(t *testing.T) {
	s := newServer(t)
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	s.Close()
	a.pace.patience = 100 * time.Millisecond
	var later *adapters.Later
	if _, err := a.Post(t.Context(), adapters.Outgoing{Key: "k", Conversation: adapters.Conversation{Room: "CDESK"}, Reply: say("x")}); !errors.As(err, &later) {
		t.Errorf("Post returned %v, want Later", err)
	}
}

// TestEphemeralAgain: a whisper of unknown outcome is sent again.
func TestEphemeralAgain(t *testing.T) {
	s := newServer(t)
	s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	var once atomic.Bool
	s.Fault = faultOn("response_url", func() *slacktest.Fault {
		if once.Swap(true) {
			return nil
		}
		return &slacktest.Fault{Cut: true, Perform: true}
	})
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := newAnswerer(t, answerEach)
	inbox.post = a.Post
	run(t, a, inbox)
	s.Command("UANN", "CDESK", "question 0")
	if err := <-inbox.done; err != nil {
		t.Error(err)
	}
	if n := len(s.Posts("CDESK", "")); n != 2 {
		t.Errorf("%d whispers, want 2: the first arrived, which nobody could know", n)
	}
}

// TestFlood: more envelopes than can be taken in are not acknowledged; nothing
// blocks, and Slack's retries bring them.
func TestFlood(t *testing.T) {
	s := newServer(t)
	s.AckTimeout = 300 * time.Millisecond
	s.RetryDelays = slices.Repeat([]time.Duration{200 * time.Millisecond}, 50)
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	release := inbox.Hold()
	const n = intakeQueue * 2
	for i := range n {
		s.Say("UANN", "DUANN", "", fmt.Sprintf("question %d", i))
	}
	time.Sleep(100 * time.Millisecond)
	release()
	eventually(t, "all questions", func() bool {
		seen := map[string]bool{}
		for _, m := range inbox.Messages() {
			seen[m.ID] = true
		}
		return len(seen) == n
	})
	if a.Ready() != nil {
		t.Error("a flood made the adapter unready")
	}
}

// TestStatus: a status is shown where an answer takes long, and only there, and
// a retry does not bring it back.
func TestStatus(t *testing.T) {
	s := newServer(t)
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	ask := func(text string) adapters.Message {
		s.Mention("UANN", "CDESK", "", text)
		return inbox.Await(t, text, func(m adapters.Message) bool { return m.Text == text })
	}
	quickly := ask("quick?")
	mustPost(t, a, adapters.Outgoing{Key: "1", Conversation: quickly.Conversation, Reply: say("eleven"), Return: quickly.Return})
	s.Again("CDESK", quickly.ID)
	time.Sleep(3 * quick.status)
	if n := len(s.Calls("assistant.threads.setStatus")); n != 0 {
		t.Errorf("%d statuses for an answer at once", n)
	}
	slowly := ask("slow?")
	eventually(t, "a status", func() bool { return s.Status("CDESK", slowly.ID) == statusText })
	mustPost(t, a, adapters.Outgoing{Key: "2", Conversation: slowly.Conversation, Reply: say("twelve"), Return: slowly.Return})
	if got := s.Status("CDESK", slowly.ID); got != "" {
		t.Errorf("the status %q stays", got)
	}
}
