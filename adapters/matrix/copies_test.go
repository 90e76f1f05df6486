package matrix_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/matrix"
)

// A forgetful homeserver keeps the first event that it is sent to itself,
// says that something went wrong, and does not know it again when it is sent
// once more: so does one that was stopped in between.
type forgetful struct {
	*fake
	mu      sync.Mutex
	room    []string // what it shows, the newest first
	txn     string
	deleted []string
}

func newForgetful(t *testing.T) *forgetful {
	f := &forgetful{fake: newFake(t)}
	f.handle("PUT /send/", func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		path, _ := url.PathUnescape(r.URL.Path)
		again := f.txn != ""
		f.txn = path[strings.LastIndex(path, "/")+1:]
		if !again {
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = io.WriteString(w, `{"errcode":"M_UNKNOWN"}`)
			return
		}
		f.room = append([]string{f.answer("$second")}, f.room...)
		_, _ = io.WriteString(w, `{"event_id":"$second"}`)
	})
	f.handle("GET /messages", func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		_, _ = fmt.Fprintf(w, `{"start":"a","chunk":[%s]}`, strings.Join(f.room, ","))
	})
	f.handle("PUT /redact/", func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		parts := strings.Split(r.URL.Path, "/")
		f.deleted = append(f.deleted, parts[len(parts)-2])
		f.room = slices.DeleteFunc(f.room, func(evt string) bool { return strings.Contains(evt, parts[len(parts)-2]) })
		_, _ = io.WriteString(w, `{"event_id":"$redaction"}`)
	})
	return f
}

// answer is the answer as an event; the caller holds the lock.
func (f *forgetful) answer(id string) string {
	return fmt.Sprintf(`{"event_id":%q,"type":"m.room.message","sender":%q,"origin_server_ts":%d,
		"content":{"msgtype":"m.notice","body":"11","org.sourceline.key":%q,"m.relates_to":{"m.in_reply_to":{"event_id":"$q"}}}}`,
		id, fakeUser, time.Now().UnixMilli(), f.txn)
}

// show lets the first event come up, below what was written since.
func (f *forgetful) show() (event string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	event = f.answer("$first")
	f.room = append(f.room, event)
	return event
}

// gone are the events that the bot has deleted.
func (f *forgetful) gone() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.deleted)
}

// TestSecondCopy: an answer that was sent twice, because the homeserver
// brought the first event up only after the second, stands once in the end:
// whether a sync tells of it or not, and through a restart of the bot. Never
// is the only one deleted.
func TestSecondCopy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		bySync  bool
		restart bool // before the first event comes up
		lost    bool // the second event vanishes
		want    []string
	}{
		{name: "a sync brings it", bySync: true, want: []string{"$first"}},
		{name: "no sync brings it", want: []string{"$first"}},
		{name: "after a restart", restart: true, want: []string{"$first"}},
		{name: "the second is lost", bySync: true, lost: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newForgetful(t)
			path, store := filepath.Join(t.TempDir(), "bot.db"), adaptertest.NewStore()
			t.Run("post", func(t *testing.T) {
				a := newAdapter(t, f.config(), path, store)
				f.run(t, a, adaptertest.NewInbox())
				f.sendTwice(t, a)
				if !c.restart {
					f.comeUp(t, c.bySync, c.lost, c.want)
				}
			})
			if c.restart {
				f.show()
				f.run(t, newAdapter(t, f.config(), path, store), adaptertest.NewInbox())
				f.awaitGone(t, c.want)
			}
		})
	}
}

// sendTwice posts an answer, as the inbox does: again, for its fate is unknown.
func (f *forgetful) sendTwice(t *testing.T, a *matrix.Adapter) {
	t.Helper()
	o := adapters.Outgoing{Key: "k", Conversation: to, Reply: reply("11")}
	if _, err := a.Post(t.Context(), o); err == nil {
		t.Fatal("the first event was accepted")
	}
	o.Uncertain = true
	if id, err := a.Post(t.Context(), o); err != nil || id != "$second" {
		t.Fatalf("Post: %q, %v; want $second", id, err)
	}
}

func (f *forgetful) comeUp(t *testing.T, bySync, lost bool, want []string) {
	t.Helper()
	first := f.show()
	if lost {
		f.mu.Lock()
		f.room = f.room[1:]
		f.mu.Unlock()
	}
	if bySync {
		f.sync(timeline("s2", false, "", first))
	}
	f.awaitGone(t, want)
}

func (f *forgetful) awaitGone(t *testing.T, want []string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); len(f.gone()) == 0 && len(want) > 0 && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	time.Sleep(1500 * time.Millisecond) // one more look
	if got := f.gone(); !slices.Equal(got, want) {
		t.Errorf("deleted %q, want %q", got, want)
	}
}
