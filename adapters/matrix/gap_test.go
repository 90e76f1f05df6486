package matrix_test

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
)

// TestGap: what a limited timeline leaves out is read back to what is known,
// to the age cap or to where the bot came in, in its order.
func TestGap(t *testing.T) {
	now := time.Now().Add(time.Minute) // after the first sync
	joined := func(id string) string {
		return fmt.Sprintf(`{"event_id":%q,"type":"m.room.member","state_key":%q,"sender":%q,"origin_server_ts":%d,"content":{"membership":"join"}}`, id, fakeUser, fakeUser, now.UnixMilli())
	}
	var known, long []string
	for i := range 10 {
		known = append(known, message(fmt.Sprint("$known", i), "bot: known?", now))
	}
	for i := range 10 {
		long = append(long, message(fmt.Sprint("$ancient", i), "bot: ancient?", now.Add(-48*time.Hour)))
	}
	for _, c := range []struct {
		name  string
		pages [][]string // newest first, as the homeserver has them
		want  []string
	}{
		{"known events", [][]string{{message("$3", "bot: 3?", now), message("$2", "bot: 2?", now)}, append([]string{message("$1", "bot: 1?", now)}, known...), {message("$0", "bot: 0?", now)}},
			[]string{"$1", "$2", "$3", "$4"}},
		{"known events before late ones", [][]string{append([]string{message("$3", "bot: 3?", now)}, known[:9]...), {message("$2", "bot: 2?", now)}},
			[]string{"$2", "$3", "$4"}},
		{"age cap", [][]string{{message("$3", "bot: 3?", now)}, long, {message("$0", "bot: 0?", now)}}, []string{"$3", "$4"}},
		{"where the bot came in", [][]string{{message("$3", "bot: 3?", now), joined("$j"), message("$2", "bot: 2?", now)}}, []string{"$j", "$3", "$4"}},
		{"begin of the room", [][]string{{message("$3", "bot: 3?", now)}}, []string{"$3", "$4"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.handle("GET /messages", func(w http.ResponseWriter, r *http.Request) {
				page := 0
				_, _ = fmt.Sscanf(r.URL.Query().Get("from"), "p%d", &page)
				if page >= len(c.pages) {
					_, _ = io.WriteString(w, `{"chunk":[],"start":"x"}`)
					return
				}
				_, _ = fmt.Fprintf(w, `{"start":"p%d","end":"p%d","chunk":[%s]}`, page, page+1, strings.Join(c.pages[page], ","))
			})
			f.sync(timeline("s1", false, "", known...))
			f.sync(timeline("s2", true, "p0", message("$4", "bot: 4?", now)))
			inbox := adaptertest.NewInbox()
			f.start(t, inbox)
			inbox.Await(t, "the last one", func(m adapters.Message) bool { return m.ID == "$4" })
			var got []string
			for _, m := range inbox.Messages() {
				got = append(got, m.ID)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestSeam: what a homeserver shows neither at the end of one page nor at the
// begin of the next is found all the same.
func TestSeam(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	now := time.Now().Add(time.Minute) // after the first sync
	one := func(n int) string { return message(fmt.Sprint("$", n), fmt.Sprintf("bot: %d?", n), now) }
	pages := map[string]string{"p0": one(5) + "," + one(4), "p1": one(2) + "," + one(1)}
	f.handle("GET /messages", func(w http.ResponseWriter, r *http.Request) {
		from := r.URL.Query().Get("from")
		_, _ = fmt.Fprintf(w, `{"start":%q,"end":"p1","chunk":[%s]}`, from, pages[from])
	})
	f.on("GET /context/$4", 200, fmt.Sprintf(`{"event":%s,"events_before":[%s,%s]}`, one(4), one(3), one(2)))
	f.sync(`{"next_batch":"s1"}`)
	f.sync(timeline("s2", true, "p0", one(6)))
	inbox := adaptertest.NewInbox()
	f.start(t, inbox)
	inbox.Await(t, "the last one", func(m adapters.Message) bool { return m.ID == "$6" })
	var got []string
	for _, m := range inbox.Messages() {
		got = append(got, m.ID)
	}
	if want := []string{"$1", "$2", "$3", "$4", "$5", "$6"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestGapRetried: a gap that cannot be read now is read later, and nothing
// counts as handed over meanwhile.
func TestGapRetried(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	var tries atomic.Int32
	f.handle("GET /messages", func(w http.ResponseWriter, _ *http.Request) {
		if tries.Add(1) < 3 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_, _ = fmt.Fprintf(w, `{"start":"a","chunk":[%s]}`, message("$gap", "bot: gap?", time.Now()))
	})
	f.sync(`{"next_batch":"s1"}`)
	f.sync(timeline("s2", true, "p0", message("$q", "bot: x?", time.Now())))
	inbox := adaptertest.NewInbox()
	f.start(t, inbox)
	inbox.Await(t, "the gap", func(m adapters.Message) bool { return m.ID == "$gap" })
	inbox.Await(t, "the question", func(m adapters.Message) bool { return m.ID == "$q" })
}

// TestSkippedBySync: what a troubled homeserver leaves out of its syncs,
// while their token moves on, is found by looking back, below much that is
// known too; what is older than the database is not.
func TestSkippedBySync(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.on("GET /joined_rooms", 200, `{"joined_rooms":["`+fakeRoom+`"]}`)
	inbox := adaptertest.NewInbox()
	var known []string
	for i := range 15 {
		known = append(known, message(fmt.Sprint("$known", i), "bot: known?", time.Now().Add(time.Second)))
	}
	f.sync(timeline("s1", false, "", known...))
	f.start(t, inbox)
	before := message("$older", "bot: older?", time.Now().Add(-time.Hour))
	f.on("GET /messages", 200, fmt.Sprintf(`{"start":"a","chunk":[%s,%s,%s]}`,
		strings.Join(known, ","), message("$skipped", "bot: skipped?", time.Now().Add(time.Second)), before))
	var failures atomic.Int32
	f.handle("GET /sync", func(w http.ResponseWriter, r *http.Request) {
		if failures.Add(1) <= 2 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		f.serveSync(w, r)
	})
	inbox.Await(t, "what was skipped", func(m adapters.Message) bool { return m.ID == "$skipped" })
	if got := inbox.Messages(); len(got) != 1 {
		t.Errorf("got %+v, want what was skipped alone", got)
	}
}
