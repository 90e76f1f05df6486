package matrix_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/matrix"
)

// TestLimits: a 429 is waited out as long as its body or its header say, and
// the answer is sent once after that, under the same transaction ID.
func TestLimits(t *testing.T) {
	for _, c := range []struct {
		name, header, body string
		atLeast            time.Duration
	}{
		{"body", "", `{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":600}`, 600 * time.Millisecond},
		{"header", "1", `{"errcode":"M_LIMIT_EXCEEDED"}`, time.Second},
		{"both", "1", `{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":1300}`, 1300 * time.Millisecond},
		{"neither", "", `{"errcode":"M_LIMIT_EXCEEDED"}`, 100 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			a := f.start(t, adaptertest.NewInbox())
			var paths []string
			f.handle("PUT /send/", func(w http.ResponseWriter, r *http.Request) {
				paths = append(paths, r.URL.Path)
				if len(paths) == 1 {
					if c.header != "" {
						w.Header().Set("Retry-After", c.header)
					}
					w.WriteHeader(http.StatusTooManyRequests)
					_, _ = io.WriteString(w, c.body)
					return
				}
				_, _ = io.WriteString(w, `{"event_id":"$sent"}`)
			})
			start := time.Now()
			id, err := a.Post(t.Context(), adapters.Outgoing{Key: "k", Conversation: to, Reply: reply("11")})
			took := time.Since(start)
			if err != nil || id != "$sent" {
				t.Fatalf("Post: %q, %v", id, err)
			}
			if took < c.atLeast || took > c.atLeast+5*time.Second {
				t.Errorf("waited %v, want %v", took, c.atLeast)
			}
			if len(paths) != 2 || paths[0] != paths[1] {
				t.Errorf("sent to %q, want the same transaction twice", paths)
			}
			i := slices.IndexFunc(a.Check(t.Context()), func(f adapters.Finding) bool { return f.What == "rate limits" && f.Level == adapters.Warning })
			if i < 0 {
				t.Error("Check does not tell of the limit")
			}
		})
	}
}

// TestErrors: what Post says of each failure.
func TestErrors(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		body   string
		want   error
		sends  int
	}{
		{"forbidden", 403, `{"errcode":"M_FORBIDDEN"}`, adapters.ErrPermanent, 1},
		{"too large", 413, `{"errcode":"M_TOO_LARGE"}`, adapters.ErrPermanent, 1},
		{"server error", 500, `{"errcode":"M_UNKNOWN"}`, adapters.ErrUncertain, 1},
		{"gateway", 504, ``, adapters.ErrUncertain, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			a := f.start(t, adaptertest.NewInbox())
			f.on("PUT /send/", c.status, c.body)
			_, err := a.Post(t.Context(), adapters.Outgoing{Key: "k", Conversation: to, Reply: reply("11")})
			if !errors.Is(err, c.want) || f.count("PUT /send/") != c.sends {
				t.Errorf("%v after %d tries, want %v after %d", err, f.count("PUT /send/"), c.want, c.sends)
			}
		})
	}
}

// TestLookBefore: an answer that may have arrived is looked for, and not sent
// again where it is there.
func TestLookBefore(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	a := f.start(t, adaptertest.NewInbox())
	o := adapters.Outgoing{Key: "k", Conversation: to, Reply: reply("11")}
	f.on("PUT /send/", 500, `{}`)
	if _, err := a.Post(t.Context(), o); !errors.Is(err, adapters.ErrUncertain) {
		t.Fatalf("Post: %v", err)
	}
	txn := ""
	f.mu.Lock()
	for call := range f.bodies {
		if i := strings.LastIndex(call, "/sl-"); i >= 0 {
			txn = call[i+1:]
		}
	}
	f.mu.Unlock()
	f.on("GET /messages", 200, fmt.Sprintf(`{"start":"a","chunk":[
		{"event_id":"$other","type":"m.room.message","sender":%q,"content":{"org.sourceline.key":"sl-other"}},
		{"event_id":"$forged","type":"m.room.message","sender":"@mallory:example.org","content":{"org.sourceline.key":%q}},
		{"event_id":"$there","type":"m.room.message","sender":%q,"content":{"org.sourceline.key":%q}}]}`, fakeUser, txn, fakeUser, txn))
	o.Uncertain = true
	sent := f.count("PUT /send/")
	id, err := a.Post(t.Context(), o)
	if err != nil || id != "$there" || f.count("PUT /send/") != sent {
		t.Errorf("Post: %q, %v, %d sends; want $there and none", id, err, f.count("PUT /send/")-sent)
	}
}

// TestFailClosed: nothing is sent into a room of which it is not certain that
// it is unencrypted.
func TestFailClosed(t *testing.T) {
	for _, c := range []struct {
		name   string
		status int
		body   string
	}{
		{"not allowed to know", 403, `{"errcode":"M_FORBIDDEN"}`},
		{"unknown algorithm", 200, `{"algorithm":"m.megolm.v9"}`},
		{"emptied state", 200, `{}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			a := f.start(t, adaptertest.NewInbox())
			f.on("GET /state/m.room.encryption", c.status, c.body)
			_, err := a.Post(t.Context(), adapters.Outgoing{Key: "k", Conversation: to, Reply: reply("11")})
			if err == nil || f.count("PUT /send/") != 0 {
				t.Errorf("%v with %d sends, want an error and none", err, f.count("PUT /send/"))
			}
		})
	}
}

// TestEncryptionArrives: a room that was clear is not written in the clear
// after a sync said that it is encrypted.
func TestEncryptionArrives(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	inbox := adaptertest.NewInbox()
	a := f.start(t, inbox)
	o := adapters.Outgoing{Key: "k", Conversation: to, Reply: reply("11")}
	if _, err := a.Post(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	f.sync(timeline("s2", false, "", `{"event_id":"$e","type":"m.room.encryption","state_key":"","sender":"@ann:example.org","content":{"algorithm":"m.megolm.v1.aes-sha2"}}`,
		message("$q", "bot: x?", time.Now())))
	inbox.Await(t, "the message after it", func(m adapters.Message) bool { return m.ID == "$q" })
	o.Key = "k2"
	_, _ = a.Post(t.Context(), o) // the plain build refuses, the other encrypts
	if n := f.count("PUT /send/m.room.message/"); n != 1 {
		t.Errorf("%d events were sent in the clear, want the one from before", n)
	}
}

// TestFirstSync: after the first sync of all nothing is handed over, for
// nobody knows what was answered before a loss of the database.
func TestFirstSync(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.sync(timeline("s1", true, "p1", message("$old", "bot: old?", time.Now())))
	f.sync(timeline("s2", false, "p2", message("$new", "bot: new?", time.Now())))
	inbox := adaptertest.NewInbox()
	f.start(t, inbox)
	inbox.Await(t, "the new one", func(m adapters.Message) bool { return m.ID == "$new" })
	if got := inbox.Messages(); len(got) != 1 {
		t.Errorf("got %+v, want the new one alone", got)
	}
}

// TestTokenAfterPut: the sync token moves on when everything that it stands
// for was stored, and not before.
func TestTokenAfterPut(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	inbox := adaptertest.NewInbox()
	f.sync(`{"next_batch":"s1"}`)
	inbox.Fail(2)
	bring := timeline("s2", false, "", message("$q", "bot: x?", time.Now()))
	for range 3 {
		f.sync(bring)
	}
	f.start(t, inbox)
	inbox.Await(t, "the question", func(m adapters.Message) bool { return m.ID == "$q" })
	for len(f.tokens()) < 6 {
		time.Sleep(time.Millisecond)
	}
	if got := f.tokens()[:5]; !slices.Equal(got, []string{"", "s1", "s1", "s1", "s2"}) {
		t.Errorf("synced from %q", got)
	}
}

func (f *fake) tokens() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.since)
}

// TestIgnored: what is no question is not handed over.
func TestIgnored(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	now := time.Now()
	swap := func(old, new string) string { return strings.Replace(message("$x", "bot: x?", now), old, new, 1) }
	f.sync(`{"next_batch":"s1"}`)
	f.sync(timeline("s2", false, "",
		swap(`"m.text"`, `"m.notice"`), swap(`"m.text"`, `"m.emote"`), swap(`"m.text"`, `"m.image"`),
		swap(`"m.text"`, `"m.key.verification.request"`), swap(`@ann:example.org`, fakeUser),
		message("$ancient", "bot: ancient?", now.Add(-25*time.Hour)),
		`{"event_id":"$r","type":"m.room.message","sender":"@ann:example.org","content":{},"unsigned":{"redacted_because":{}}}`,
		`{"event_id":"$s","type":"m.room.encrypted","sender":"@ann:example.org","content":{}}`,
		`{"event_id":"$t","type":"m.room.topic","state_key":"","sender":"@ann:example.org","content":{"topic":"bot: x?"}}`,
		`{"event_id":"$u","type":"m.room.message","sender":"@ann:example.org","content":{"msgtype":1,"body":{}}}`))
	f.sync(timeline("s3", false, "", message("$q", "bot: x?", now)))
	inbox := adaptertest.NewInbox()
	f.start(t, inbox)
	inbox.Await(t, "the question", func(m adapters.Message) bool { return m.ID == "$q" })
	if got := inbox.Messages(); len(got) != 1 {
		t.Errorf("got %+v, want the question alone", got)
	}
}

// TestEdits: an edit that names the bot for the first time is a question; one
// by somebody else is nothing.
func TestEdits(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	now := time.Now()
	edit := func(id, target, sender, text, mentions string) string {
		return fmt.Sprintf(`{"event_id":%q,"type":"m.room.message","sender":%q,"origin_server_ts":%d,"content":{"msgtype":"m.text","body":"* x",
			"m.relates_to":{"rel_type":"m.replace","event_id":%q},"m.new_content":{"msgtype":"m.text","body":%q,"m.mentions":%s}}}`,
			id, sender, now.UnixMilli(), target, text, mentions)
	}
	us := `{"user_ids":["` + fakeUser + `"]}`
	unnamed := strings.Replace(message("$plain", "how many?", now), `"user_ids":["`+fakeUser+`"]`, ``, 1)
	f.sync(`{"next_batch":"s1"}`)
	f.sync(timeline("s2", false, "", message("$q", "bot: one?", now), unnamed,
		edit("$e1", "$q", "@ann:example.org", "bot: two?", us),
		edit("$e2", "$q", "@mallory:example.org", "bot: three?", us),
		edit("$e3", "$plain", "@ann:example.org", "bot: how many?", us)))
	f.sync(timeline("s3", false, "", edit("$e4", "$plain", "@ann:example.org", "bot: how few?", us), message("$end", "bot: end?", now)))
	inbox := adaptertest.NewInbox()
	f.start(t, inbox)
	inbox.Await(t, "the end", func(m adapters.Message) bool { return m.ID == "$end" })
	var got []string
	for _, m := range inbox.Messages() {
		got = append(got, fmt.Sprintf("%s %s %s %s in %s", m.Kind, m.ID, m.Target, m.Text, m.Conversation.Thread))
	}
	want := []string{
		"mention $q  one? in $q", "edited $e1 $q two? in $q",
		"mention $plain  how many? in $plain", "edited $e4 $plain how few? in $plain",
		"mention $end  end? in $end",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestDirect: in a room of two everything is said to the bot, if it was
// opened for that or has no name; a room whose name cannot be asked now is
// asked about again, and the message waits.
func TestDirect(t *testing.T) {
	member := func(user, membership string) string {
		return fmt.Sprintf(`{"event_id":"$m%s","type":"m.room.member","state_key":%q,"sender":%q,"origin_server_ts":1,"content":{"membership":%q}}`, user, user, user, membership)
	}
	two := []string{member(fakeUser, "join"), member("@ann:example.org", "join")}
	three := append(slices.Clone(two), member("@bob:example.org", "invite"))
	for _, c := range []struct {
		name    string
		members []string
		set     func(*fake)
		direct  bool
	}{
		{"nameless", two, func(f *fake) { f.on("GET /state/m.room.name", 404, `{"errcode":"M_NOT_FOUND"}`) }, true},
		{"named", two, func(*fake) {}, false},
		{"named and listed", two, func(f *fake) { f.on("GET /account_data/m.direct", 200, `{"@ann:example.org":["`+fakeRoom+`"]}`) }, true},
		{"three", three, func(f *fake) { f.on("GET /state/m.room.name", 404, `{"errcode":"M_NOT_FOUND"}`) }, false},
		{"not allowed to know", two, func(f *fake) { f.on("GET /state/m.room.name", 403, `{"errcode":"M_FORBIDDEN"}`) }, false},
		{"not now", two, func(f *fake) {
			var n atomic.Int32
			f.handle("GET /state/m.room.name", func(w http.ResponseWriter, _ *http.Request) {
				if n.Add(1) < 3 {
					w.WriteHeader(http.StatusBadGateway)
					return
				}
				w.WriteHeader(http.StatusNotFound)
				_, _ = io.WriteString(w, `{"errcode":"M_NOT_FOUND"}`)
			})
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			c.set(f)
			plain := strings.Replace(message("$q", "how many?", time.Now()), `"user_ids":["`+fakeUser+`"]`, ``, 1)
			f.sync(timeline("s1", false, "", c.members...))
			for range 3 {
				f.sync(timeline("s2", false, "", plain, message("$end", "bot: end?", time.Now())))
			}
			inbox := adaptertest.NewInbox()
			f.start(t, inbox)
			inbox.Await(t, "the end", func(m adapters.Message) bool { return m.ID == "$end" })
			if got := len(inbox.All(adapters.Direct, "how many?")) == 1; got != c.direct {
				t.Errorf("taken as direct: %v, want %v; got %+v", got, c.direct, inbox.Messages())
			}
		})
	}
}

// TestReply: a reply to an answer, in no thread itself, belongs to the
// answer's thread, named or not.
func TestReply(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	inbox := adaptertest.NewInbox()
	f.sync(`{"next_batch":"s1"}`)
	f.sync(timeline("s2", false, "", message("$q", "bot: x?", time.Now())))
	a := f.start(t, inbox)
	m := inbox.Await(t, "the question", func(m adapters.Message) bool { return m.ID == "$q" })
	if _, err := a.Post(t.Context(), adapters.Outgoing{Key: "k", Conversation: m.Conversation, Return: m.Return, Reply: reply("11")}); err != nil {
		t.Fatal(err)
	}
	answers := func(id, mentions string) string {
		return fmt.Sprintf(`{"event_id":%q,"type":"m.room.message","sender":"@ann:example.org","origin_server_ts":%d,"content":{"msgtype":"m.text","body":"who says so?",
			"m.mentions":%s,"m.relates_to":{"m.in_reply_to":{"event_id":"$sent"}}}}`, id, time.Now().UnixMilli(), mentions)
	}
	f.sync(timeline("s3", false, "", answers("$r1", `{}`), answers("$r2", `{"user_ids":["`+fakeUser+`"]}`)))
	for id, kind := range map[string]adapters.Kind{"$r1": adapters.ThreadReply, "$r2": adapters.Mention} {
		got := inbox.Await(t, id, func(m adapters.Message) bool { return m.ID == id })
		if got.Kind != kind || got.Conversation != m.Conversation {
			t.Errorf("%s: %s in %+v, want %s in %+v", id, got.Kind, got.Conversation, kind, m.Conversation)
		}
	}
}

// TestPasswordOnce: the password makes the first login; later starts take up
// that login. Check makes none, and changes nothing at all.
func TestPasswordOnce(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	path, store := filepath.Join(t.TempDir(), "bot.db"), adaptertest.NewStore()
	check := func(what string) {
		t.Helper()
		for _, found := range newAdapter(t, f.config(), path, store).Check(t.Context()) {
			if found.What == "login" && (found.Level != adapters.OK || !strings.Contains(found.Text, what)) {
				t.Errorf("Check finds %+v, want %q", found, what)
			}
		}
	}
	check("not made yet")
	for _, call := range []string{"POST /login", "POST /keys/upload", "PUT /"} {
		if n := f.count(call); n != 0 {
			t.Errorf("Check has made %d calls of %s", n, call)
		}
	}
	for range 2 {
		t.Run("start", func(t *testing.T) {
			f.run(t, newAdapter(t, f.config(), path, store), adaptertest.NewInbox())
		})
	}
	if n := f.count("POST /login"); n != 1 {
		t.Errorf("logged in %d times, want 1", n)
	}
	check("on device " + fakeDevice)
}

// TestLogins: what each way of logging in comes to, at a start and in a
// check.
func TestLogins(t *testing.T) {
	const gone = `{"errcode":"M_UNKNOWN_TOKEN","error":"unknown token"}`
	for _, c := range []struct {
		name  string
		set   func(*fake, *matrix.Config)
		start string // what Run says; "" where it goes on
		check string // what Check says; "" for no failure
	}{
		{"token", func(_ *fake, c *matrix.Config) { c.Password, c.AccessToken = "", "mct_x" }, "", ""},
		{"token and device", func(_ *fake, c *matrix.Config) { c.Password, c.AccessToken, c.DeviceID = "", "mct_x", fakeDevice }, "", ""},
		{"token of another device", func(_ *fake, c *matrix.Config) { c.AccessToken, c.DeviceID = "mct_x", "OTHER" }, "belongs to device DEVICE", "belongs to device DEVICE"},
		{"token of another user", func(_ *fake, c *matrix.Config) { c.AccessToken, c.User = "mct_x", "@other:example.org" }, "belongs to @bot:example.org", "belongs to @bot:example.org"},
		{"token that was ended", func(f *fake, c *matrix.Config) { c.AccessToken = "mct_x"; f.on("GET /whoami", 401, gone) }, "M_UNKNOWN_TOKEN", "M_UNKNOWN_TOKEN"},
		{"server without passwords", func(f *fake, _ *matrix.Config) { f.on("GET /login", 200, `{"flows":[{"type":"m.login.sso"}]}`) }, "takes no passwords", "takes no passwords"},
		{"wrong password", func(f *fake, _ *matrix.Config) { f.on("POST /login", 403, `{"errcode":"M_FORBIDDEN"}`) }, "M_FORBIDDEN", ""},
		{"nothing set", func(_ *fake, c *matrix.Config) { c.Password = "" }, "set the password", "set the password"},
		{"no homeserver", func(_ *fake, c *matrix.Config) { c.Homeserver = "http://127.0.0.1:1" }, "", "connection refused"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			cfg := f.config()
			c.set(f, &cfg)
			path, store := filepath.Join(t.TempDir(), "bot.db"), adaptertest.NewStore()
			failures := ""
			for _, found := range newAdapter(t, cfg, path, store).Check(t.Context()) {
				if (found.What == "login" || found.What == "homeserver") && found.Level == adapters.Failure {
					failures += found.Text + found.Mend
				}
			}
			if !strings.Contains(failures, c.check) || c.check == "" && failures != "" {
				t.Errorf("Check finds %q, want %q", failures, c.check)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			err := newAdapter(t, cfg, path, store).Run(ctx, adaptertest.NewInbox())
			if c.start == "" && err != nil || c.start != "" && (err == nil || !strings.Contains(err.Error(), c.start)) {
				t.Errorf("Run: %v, want %q", err, c.start)
			}
		})
	}
}

// TestLoginEnded: Run ends with ErrLoggedOut when the homeserver ends the
// login.
func TestLoginEnded(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.on("GET /sync", 401, `{"errcode":"M_UNKNOWN_TOKEN","error":"unknown token"}`)
	a := newAdapter(t, f.config(), filepath.Join(t.TempDir(), "bot.db"), adaptertest.NewStore())
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := a.Run(ctx, adaptertest.NewInbox()); !errors.Is(err, matrix.ErrLoggedOut) {
		t.Errorf("Run: %v, want ErrLoggedOut", err)
	}
	if err := a.Ready(); !errors.Is(err, matrix.ErrLoggedOut) {
		t.Errorf("Ready: %v, want ErrLoggedOut", err)
	}
}
