//go:build slacke2e

package slack

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/slack/slacktest"
)

// The tests of this file run the adapter, and its fake, against software that
// was not written here. .ci/slack installs it and sets the build tag.

// node starts a script of the folder e2e and returns its lines of JSON.
func node(t *testing.T, script string, env ...string) <-chan map[string]string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, "node", script)
	cmd.Dir, cmd.Env, cmd.Stderr = "e2e", append(os.Environ(), env...), t.Output()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("node %s: %v", script, err)
	}
	lines := make(chan map[string]string, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		scan := bufio.NewScanner(out)
		for scan.Scan() {
			line := map[string]string{}
			if err := json.Unmarshal(scan.Bytes(), &line); err == nil {
				lines <- line
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		<-done
		var killed *exec.ExitError
		if err := cmd.Wait(); err != nil && !errors.As(err, &killed) {
			t.Error(err)
		}
	})
	return lines
}

// next waits for the line that says what.
func next(t *testing.T, lines <-chan map[string]string, what string) map[string]string {
	t.Helper()
	timeout := time.After(30 * time.Second)
	for {
		select {
		case line := <-lines:
			if what == "" || line["what"] == what {
				return line
			}
		case <-timeout:
			t.Fatalf("waited in vain for %q", what)
		}
	}
}

// acts are deliveries of every kind, each with what Bolt must say of it.
func acts(s *slacktest.Server) []struct {
	what, text string
	sent       []*slacktest.Delivery
} {
	s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	type act = struct {
		what, text string
		sent       []*slacktest.Delivery
	}
	one := func(what, text string, d *slacktest.Delivery) act {
		return act{what, text, []*slacktest.Delivery{d}}
	}
	ts, mention := s.Mention("UANN", "CDESK", "", "how many?")
	_, direct := s.Say("UANN", "DUANN", "", "is 5 < 7 & 9 > 8?")
	_, reply := s.Say("UBOB", "CDESK", ts, "who says so?")
	return []act{
		{"app_mention", "<@U0BOT> how many?", mention},
		{"message", "is 5 &lt; 7 &amp; 9 &gt; 8?", direct},
		{"message", "who says so?", reply},
		one("message_changed", "", s.Edit("CDESK", ts, "how many houses?")),
		one("command", "how many?", s.Command("UANN", "CDESK", "how many?")),
		one("shortcut", "<@U0BOT> how many houses?", s.Check("UANN", "CDESK", ts)),
		one("reaction_added", "+1", s.React("UBOB", "CDESK", ts, "+1")),
		one("app_home_opened", "home", s.OpenHome("UANN", "DUANN", "home")),
		one("member_joined_channel", "CDESK", s.Join("UANN", "CDESK")),
		one("message_changed", "", s.Delete("CDESK", ts)), // its thread leaves a tombstone
	}
}

// certify delivers one of each and holds Bolt to have understood and
// acknowledged all.
func certify(t *testing.T, s *slacktest.Server, lines <-chan map[string]string) {
	t.Helper()
	next(t, lines, "ready")
	var heard []map[string]string
	for _, act := range acts(s) {
		for _, d := range act.sent {
			select {
			case <-d.Acked():
			case <-time.After(20 * time.Second):
				t.Fatalf("Bolt did not acknowledge %s: %s", act.what, d.Payload)
			}
			if n := d.Tries(); n != 1 {
				t.Errorf("%s was sent %d times", act.what, n)
			}
		}
		for !contains(heard, act.what, act.text) {
			heard = append(heard, next(t, lines, ""))
		}
	}
	tapped := slacktest.Post{}
	for _, p := range s.Posts("CDESK", "") {
		tapped = p
	}
	t.Logf("Bolt heard %d things; last post %q", len(heard), tapped.Text)
}

func contains(heard []map[string]string, what, text string) bool {
	for _, h := range heard {
		if h["what"] == what && h["text"] == text {
			return true
		}
	}
	return false
}

// tapThroughBolt posts a reply with buttons as the adapter does and taps one:
// Bolt must get its value and be able to answer through the response_url.
func tapThroughBolt(t *testing.T, s *slacktest.Server, lines <-chan map[string]string) {
	t.Helper()
	a, err := New(Config{BotToken: Secret(s.BotToken), AppToken: Secret(s.AppToken), APIURL: s.API()}, adaptertest.NewStore(), testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	id, err := a.Post(t.Context(), adapters.Outgoing{Key: "k", Conversation: adapters.Conversation{Room: "CDESK"}, Reply: &adapters.Reply{Parts: []adapters.Part{
		adapters.Headline{Text: "some 300", Summary: "people evacuated"},
		adapters.Choices{Options: []adapters.Choice{{Label: "All lines", Value: "lines:1"}, {Label: "Good", Value: "up:1"}, {Label: "Bad", Value: "down:1"}}},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, value := range []string{"lines:1", "down:1"} {
		d := s.Tap("UANN", "CDESK", string(id), value)
		if line := next(t, lines, "action"); line["text"] != value {
			t.Errorf("Bolt got the value %q, want %q", line["text"], value)
		}
		<-d.Acked()
	}
	eventually(t, "Bolt's answers through the response_url", func() bool { return len(s.Calls("response_url")) == 2 })
}

// TestBoltSocketMode certifies the fake's Socket Mode, its reconnects included.
func TestBoltSocketMode(t *testing.T) {
	s := newServer(t)
	s.AckTimeout = 10 * time.Second
	lines := node(t, "bolt.mjs", "API_URL="+s.API(), "BOT_TOKEN="+s.BotToken, "APP_TOKEN="+s.AppToken)
	certify(t, s, lines)
	tapThroughBolt(t, s, lines)
	s.Disconnect("refresh_requested", time.Second)
	eventually(t, "Bolt has reconnected", func() bool { return s.Opened() == 2 && s.Sockets() == 1 })
	_, sent := s.Say("UANN", "DUANN", "", "still there?")
	if line := next(t, lines, "message"); line["text"] != "still there?" {
		t.Errorf("after the reconnect Bolt heard %v", line)
	}
	<-sent[0].Acked()
}

// TestBoltHTTP certifies the fake's HTTP requests, and holds the adapter's idea
// of a good signature to Bolt's.
func TestBoltHTTP(t *testing.T) {
	s := newServer(t)
	s.AckTimeout = 10 * time.Second
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	s.RequestURL = "http://127.0.0.1:" + port + "/slack"
	lines := node(t, "bolt.mjs", "API_URL="+s.API(), "BOT_TOKEN="+s.BotToken, "SIGNING_SECRET="+s.SigningSecret, "PORT="+port)
	certify(t, s, lines)
	tapThroughBolt(t, s, lines)

	ours := newServer(t)
	ours.RequestURL = "http://127.0.0.1:0/slack"
	run(t, newAdapter(t, ours, adaptertest.NewStore(), nil), adaptertest.NewInbox())
	for _, c := range signatureCases {
		bolts, mine := c.status(t, s.RequestURL), c.status(t, ours.RequestURL)
		if (bolts == http.StatusOK) != c.good || (mine == http.StatusOK) != c.good {
			t.Errorf("%s: Bolt answers %d, the adapter %d, good is %v", c.name, bolts, mine, c.good)
		}
	}
}

// TestEmulate takes the adapter through a conversation on the emulate package's
// Slack.
func TestEmulate(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	const botToken, userToken, secret = "xoxb-emulated", "xoxp-ann", "emulated-secret"
	lines := node(t, "emulate.mjs", "REQUEST_URL=http://"+listener.Addr().String()+"/slack", "SIGNING_SECRET="+secret,
		"BOT_TOKEN="+botToken, "USER_TOKEN="+userToken)
	where := next(t, lines, "")
	ann := caller{t, where["url"] + "/api/", userToken}
	a, err := New(Config{BotToken: botToken, SigningSecret: secret, Listen: listener.Addr().String(), APIURL: ann.api,
		HTTPClient: &http.Client{Transport: bearer{botToken}}}, adaptertest.NewStore(), testLog(t))
	if err != nil {
		t.Fatal(err)
	}
	a.pace, a.listener = quick, listener
	inbox := adaptertest.NewInbox()
	run(t, a, inbox)
	bot := a.identity()
	ann.call("conversations.join", url.Values{"channel": {where["channel"]}})

	asked := ann.call("chat.postMessage", url.Values{"channel": {where["channel"]}, "text": {"<@" + bot.UserID + "> death toll?"}})
	m := inbox.Await(t, "the question", func(m adapters.Message) bool { return m.Kind == adapters.Mention && m.Text == "death toll?" })
	reply := picture(t, "deaths")
	o := adapters.Outgoing{Key: "answer:1", Conversation: m.Conversation, Reply: &reply, Return: m.Return}
	id := mustPost(t, a, o)
	thread := func() string {
		return ann.raw("conversations.replies", url.Values{"channel": {m.Conversation.Room}, "ts": {m.ID}})
	}
	if got := thread(); !strings.Contains(got, string(id)) || !strings.Contains(got, "164") {
		t.Fatalf("the answer is not in the thread of %v: %s", asked["ts"], got)
	}
	o.Replaces, o.Reply = id, &adapters.Reply{Parts: []adapters.Part{adapters.Paragraph{Text: "changed"}}}
	mustPost(t, a, o)
	if got := thread(); !strings.Contains(got, "changed") {
		t.Errorf("the answer was not edited: %s", got)
	}
	ann.call("chat.update", url.Values{"channel": {m.Conversation.Room}, "ts": {m.ID}, "text": {"<@" + bot.UserID + "> how many injured?"}})
	inbox.Await(t, "the edit", func(e adapters.Message) bool {
		return e.Kind == adapters.Edited && e.Target == m.ID && e.Text == "how many injured?"
	})
	o.Reply = nil
	mustPost(t, a, o)
	if got := thread(); strings.Contains(got, "changed") {
		t.Errorf("the answer was not deleted: %s", got)
	}
	ann.call("chat.delete", url.Values{"channel": {m.Conversation.Room}, "ts": {m.ID}})
	inbox.Await(t, "the deletion", func(d adapters.Message) bool { return d.Kind == adapters.Deleted && d.Target == m.ID })

	direct := ann.call("conversations.open", url.Values{"users": {bot.UserID}})["channel"].(map[string]any)["id"].(string)
	ann.call("chat.postMessage", url.Values{"channel": {direct}, "text": {"how many troops?"}})
	m = inbox.Await(t, "the direct question", func(m adapters.Message) bool { return m.Text == "how many troops?" })
	if m.Kind != adapters.Direct {
		t.Errorf("a direct message came as %q", m.Kind)
	}
	mustPost(t, a, adapters.Outgoing{Key: "answer:2", Conversation: m.Conversation, Reply: &reply, Return: m.Return})
	home := adapters.Outgoing{Key: "home", Conversation: m.Conversation, Reply: &reply, Return: ticket{Page: homeTab, User: where["ann"]}.bytes()}
	if id := mustPost(t, a, home); id == "" {
		t.Error("the Home tab was published without an ID")
	}
}

// bearer sends the token as a header too: the SDK sends it as a form field,
// which emulate does not read.
type bearer struct{ token string }

func (b bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+b.token)
	return http.DefaultTransport.RoundTrip(r)
}

// caller calls a Web API as a person.
type caller struct {
	t          *testing.T
	api, token string
}

func (c caller) raw(method string, form url.Values) string {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.api+method, strings.NewReader(form.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Authorization", "Bearer "+c.token)
	r, err := http.DefaultClient.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer r.Body.Close()
	var body bytes.Buffer
	if _, err := body.ReadFrom(r.Body); err != nil {
		c.t.Fatal(err)
	}
	return body.String()
}

func (c caller) call(method string, form url.Values) map[string]any {
	c.t.Helper()
	var answer map[string]any
	raw := c.raw(method, form)
	if err := json.Unmarshal([]byte(raw), &answer); err != nil || answer["ok"] != true {
		c.t.Fatalf("%s: %s (%v)", method, raw, err)
	}
	return answer
}

// TestSchema holds every payload of the golden files, and of hostile and long
// replies, to the schema that is generated from Slack's own types.
func TestSchema(t *testing.T) {
	var in bytes.Buffer
	n := 0
	add := func(name string, reply adapters.Reply) {
		for _, tab := range []bool{false, true} {
			p := printer{key: "key", tab: tab}
			blocks := p.print(reply)
			if len(blocks) == 0 {
				continue // a reply that says nothing
			}
			line := map[string]any{"name": name, "blocks": blocks}
			if tab {
				line = map[string]any{"name": name + " (Home)", "home": map[string]any{"type": "home", "blocks": blocks, "private_metadata": "D1"}}
			}
			if err := json.NewEncoder(&in).Encode(line); err != nil {
				t.Fatal(err)
			}
			n++
		}
	}
	for name, reply := range manyReplies(t) {
		add(name, reply)
	}
	goldens, err := filepath.Glob("testdata/day/*.json")
	if err != nil || len(goldens) == 0 {
		t.Fatalf("no golden payloads: %v", err)
	}
	for _, file := range goldens {
		for i, blocks := range payloadBlocks(t, file) {
			if err := json.NewEncoder(&in).Encode(map[string]any{"name": file + " " + strconv.Itoa(i), "blocks": blocks}); err != nil {
				t.Fatal(err)
			}
			n++
		}
	}
	cmd := exec.CommandContext(t.Context(), "node", "schema.mjs")
	cmd.Dir, cmd.Stdin = "e2e", &in
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%d payloads: %s", n, out)
}

// payloadBlocks returns the blocks of the calls in a golden file.
func payloadBlocks(t testing.TB, file string) [][]json.RawMessage {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var calls []struct {
		Blocks []json.RawMessage
		View   struct{ Blocks []json.RawMessage }
	}
	if err := json.Unmarshal(b, &calls); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var all [][]json.RawMessage
	for _, c := range calls {
		all = append(all, append(c.Blocks, c.View.Blocks...))
	}
	return all
}
