package matrix_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/matrix"
)

// A fake is a homeserver of a few lines, for what the real one of the tests
// does not do: limits, lost answers, logins without passwords.
type fake struct {
	*httptest.Server
	mu       sync.Mutex
	override map[string]http.HandlerFunc // by a part of method and path; the longest match wins
	syncs    []string                    // the next answers to /sync
	since    []string                    // the tokens that syncs came with
	calls    []string                    // method and path of each request but syncs
	bodies   map[string]string           // the last body by method and path
}

const (
	fakeUser   = "@bot:example.org"
	fakeDevice = "DEVICE"
	fakeRoom   = "!room:example.org"
)

func newFake(t *testing.T) *fake {
	f := &fake{override: map[string]http.HandlerFunc{}, bodies: map[string]string{}}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.Close)
	f.on("GET /versions", 200, `{"versions":["v1.12"]}`)
	f.on("GET /login", 200, `{"flows":[{"type":"m.login.password"}]}`)
	f.on("POST /login", 200, `{"user_id":"`+fakeUser+`","device_id":"`+fakeDevice+`","access_token":"first"}`)
	f.on("GET /whoami", 200, `{"user_id":"`+fakeUser+`","device_id":"`+fakeDevice+`"}`)
	f.on("POST /keys/upload", 200, `{"one_time_key_counts":{"signed_curve25519":50}}`)
	f.on("GET /state/m.room.encryption", 404, `{"errcode":"M_NOT_FOUND"}`)
	f.on("GET /state/m.room.name", 200, `{"name":"desk"}`)
	f.on("PUT /send/", 200, `{"event_id":"$sent"}`)
	f.on("GET /messages", 200, `{"chunk":[],"start":"a"}`)
	return f
}

// on answers requests whose method and path contain the words of what.
func (f *fake) on(what string, status int, body string) {
	f.handle(what, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	})
}

func (f *fake) handle(what string, h http.HandlerFunc) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.override[what] = h
}

// sync queues an answer to a sync.
func (f *fake) sync(body string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.syncs = append(f.syncs, body)
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	if strings.HasSuffix(r.URL.Path, "/sync") && f.match(r) == nil {
		f.serveSync(w, r)
		return
	}
	f.mu.Lock()
	call := r.Method + " " + r.URL.Path
	f.calls = append(f.calls, call)
	f.bodies[call] = string(body)
	f.mu.Unlock()
	if h := f.match(r); h != nil {
		h(w, r)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, "{}")
}

func (f *fake) match(r *http.Request) http.HandlerFunc {
	f.mu.Lock()
	defer f.mu.Unlock()
	best := ""
	for what := range f.override {
		method, path, _ := strings.Cut(what, " ")
		if r.Method == method && strings.Contains(r.URL.Path, path) && len(what) > len(best) {
			best = what
		}
	}
	return f.override[best]
}

func (f *fake) serveSync(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.since = append(f.since, r.URL.Query().Get("since"))
	body := fmt.Sprintf(`{"next_batch":"idle%d"}`, len(f.since))
	idle := len(f.syncs) == 0
	if !idle {
		body, f.syncs = f.syncs[0], f.syncs[1:]
	}
	f.mu.Unlock()
	if idle {
		select {
		case <-r.Context().Done():
		case <-time.After(20 * time.Millisecond):
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, body)
}

// count is how many requests so far contain the words of what.
func (f *fake) count(what string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	method, path, _ := strings.Cut(what, " ")
	n := 0
	for _, call := range f.calls {
		if strings.HasPrefix(call, method+" ") && strings.Contains(call, path) {
			n++
		}
	}
	return n
}

func (f *fake) config() matrix.Config {
	return matrix.Config{Homeserver: f.URL, User: fakeUser, Password: "hunter2", Allow: []string{"example.org"}}
}

// run runs an adapter on the fake until the test ends, and waits for it to be
// ready.
func (f *fake) run(t *testing.T, a *matrix.Adapter, inbox adapters.Inbox) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx, inbox) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	for end := time.Now().Add(20 * time.Second); a.Ready() != nil; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not ready: %v", a.Ready())
		}
	}
}

// start is run with a new adapter.
func (f *fake) start(t *testing.T, inbox adapters.Inbox) *matrix.Adapter {
	t.Helper()
	a := newAdapter(t, f.config(), filepath.Join(t.TempDir(), "bot.db"), adaptertest.NewStore())
	f.run(t, a, inbox)
	return a
}

// message is a message of Ann's that mentions the bot, as JSON.
func message(id, text string, at time.Time) string {
	raw, err := json.Marshal(map[string]any{
		"event_id": id, "type": "m.room.message", "sender": "@ann:example.org", "origin_server_ts": at.UnixMilli(),
		"content": map[string]any{"msgtype": "m.text", "body": text, "m.mentions": map[string]any{"user_ids": []string{fakeUser}}},
	})
	if err != nil {
		panic(err) // plain values
	}
	return string(raw)
}

// timeline is a sync that brings events of the room.
func timeline(next string, limited bool, prev string, events ...string) string {
	return fmt.Sprintf(`{"next_batch":%q,"rooms":{"join":{%q:{"timeline":{"limited":%v,"prev_batch":%q,"events":[%s]}}}}}`,
		next, fakeRoom, limited, prev, strings.Join(events, ","))
}

// to is where answers of these tests go.
var to = adapters.Conversation{Platform: matrix.Platform, Workspace: "example.org", Room: fakeRoom}

func reply(text string) *adapters.Reply {
	return &adapters.Reply{Parts: []adapters.Part{adapters.Headline{Text: text}}}
}
