package inbox

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sourceline/adapters"
)

func TestAnswers(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		d.work(t, b)
		m := message(adapters.Mention, "m1", "t1", "how many?")
		mustPut(t, b, m, m) // a repeat is the same message
		idle(t, b)
		mustPut(t, b, m)
		idle(t, b)
		wantLog(t, d, "post HOW MANY?")
		turn, err := b.AnswerTo(t.Context(), m.Conversation, "m1")
		if err != nil {
			t.Fatal(err)
		}
		if turn.Message.Text != m.Text || turn.Outcome != Answered || string(turn.State) != m.Text ||
			len(turn.Posts) != 1 || turn.Posts[0].ID != "p1" || turn.Posts[0].Question != "m1" || turn.Message.Conversation != m.Conversation {
			t.Errorf("turn %+v", turn)
		}
	})
}

func TestNotOurs(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		d.work(t, b)
		bot := message(adapters.Mention, "m0", "t1", "a bot's")
		bot.FromBot = true
		edit := message(adapters.Edited, "e1", "", "an edit of something")
		edit.Target = "unknown"
		reaction := message(adapters.Reaction, "r1", "", "")
		reaction.Target, reaction.Value = "unknown", "👍"
		deletion := message(adapters.Deleted, "d1", "", "")
		deletion.Target = "unknown"
		mustPut(t, b, bot, edit, reaction, deletion,
			message(adapters.ThreadReply, "m1", "t9", "chatter in a thread"), message(adapters.ThreadReply, "m2", "", "chatter in a room"))
		idle(t, b)
		wantLog(t, d)
		var n int
		if err := b.db.RawDB.QueryRow(`SELECT COUNT(*) FROM message`).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d messages that are not ours were written (%v)", n, err)
		}
	})
}

func TestThread(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		d.work(t, b)
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"),
			message(adapters.ThreadReply, "m2", "t1", "two"), // before the answer is there
			message(adapters.Direct, "m3", "", "elsewhere"))
		idle(t, b)
		mustPut(t, b, message(adapters.ThreadReply, "m4", "t1", "three"),
			message(adapters.ThreadReply, "m5", "m3", "on our question"), message(adapters.ThreadReply, "m6", "p1", "on our post"))
		idle(t, b)
		turns, err := b.Thread(t.Context(), adapters.Conversation{Platform: "test", Workspace: "w", Room: "desk", Thread: "t1"})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, turn := range turns {
			got = append(got, string(turn.State))
		}
		if diff := cmp.Diff([]string{"one", "two", "three"}, got); diff != "" {
			t.Errorf("turns (-want +got):\n%s", diff)
		}
		if n := len(d.logged()); n != 6 {
			t.Errorf("%d posts, want 6: %q", n, d.logged())
		}
	})
}

// TestOrder: messages of a thread are handled and posted in order, those of
// different threads at the same time.
func TestOrder(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		var mu sync.Mutex
		busy := map[string]bool{}
		most := 0
		d.handle = func(it Item) (Result, error) {
			mu.Lock()
			if busy[it.Conversation.Thread] {
				t.Errorf("two of thread %s are handled at once", it.Conversation.Thread)
			}
			busy[it.Conversation.Thread] = true
			n := 0
			for _, on := range busy {
				if on {
					n++
				}
			}
			most = max(most, n)
			mu.Unlock()
			time.Sleep(time.Millisecond)
			mu.Lock()
			busy[it.Conversation.Thread] = false
			mu.Unlock()
			if it.Try == 1 && strings.HasSuffix(it.Text, "3") {
				return Result{}, errors.New("try again")
			}
			return shout(it.Text), nil
		}
		const threads, each = 8, 10
		for i := range each {
			for th := range threads {
				mustPut(t, b, message(adapters.Mention, fmt.Sprintf("m%d-%d", th, i), fmt.Sprint("t", th), fmt.Sprintf("%d says %d", th, i)))
			}
		}
		d.work(t, b)
		idle(t, b)
		next := map[string]int{}
		for _, line := range d.logged() {
			var th string
			var i int
			if _, err := fmt.Sscanf(line, "post %s SAYS %d", &th, &i); err != nil || i != next[th] {
				t.Errorf("%q in thread %s, want number %d", line, th, next[th])
			}
			next[th]++
		}
		if most < 2 {
			t.Errorf("threads were handled one after the other")
		}
	})
}

func TestEdit(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		d.handle = func(it Item) (Result, error) {
			r := shout(it.Text)
			switch it.Text {
			case "two posts":
				r.Posts = append(r.Posts, shout("second").Posts...)
			case "never mind":
				r.Posts = nil
			}
			return r, nil
		}
		d.work(t, b)
		edit := func(id, text string, after time.Duration) adapters.Message {
			m := message(adapters.Edited, id, "", text)
			m.Target, m.Sent = "m1", m.Sent.Add(after)
			return m
		}
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "how many?"))
		idle(t, b)
		for _, m := range []adapters.Message{
			edit("e1", "how much?", time.Second),
			edit("e1", "how much?", time.Second),       // a repeat
			edit("e2", "how much?", 2*time.Second),     // without a new text
			edit("e3", "two posts", 3*time.Second),     // one more post
			edit("e1", "how much?", time.Second),       // a late repeat
			edit("e0", "too late", time.Second/2),      // out of order
			edit("e4", "one again", 4*time.Second),     // one post less
			edit("e5", "never mind", 5*time.Second),    // silence
			edit("e6", "and yet again", 6*time.Second), // an answer anew
		} {
			mustPut(t, b, m)
			idle(t, b)
		}
		wantLog(t, d, "post HOW MANY?", "edit HOW MUCH?", "edit TWO POSTS", "post SECOND", "edit ONE AGAIN", "delete", "delete", "post AND YET AGAIN")
		turn, err := b.AnswerTo(t.Context(), message(adapters.Mention, "", "", "").Conversation, "m1")
		if err != nil || turn.Message.Text != "and yet again" || len(turn.Posts) != 1 || turn.Posts[0].Facts[0].ID != "f:and yet again" {
			t.Errorf("turn %+v, %v", turn, err)
		}
	})
}

// TestEditWhileHandled: an answer to the old text never goes out.
func TestEditWhileHandled(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		d.handle = func(it Item) (Result, error) {
			if it.Text == "old" {
				e := message(adapters.Edited, "e1", "", "new")
				e.Target, e.Sent = "m1", e.Sent.Add(time.Second)
				mustPut(t, b, e)
			}
			return shout(it.Text), nil
		}
		d.work(t, b)
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "old"))
		idle(t, b)
		wantLog(t, d, "post NEW")
	})
}

// TestEditWhilePosted: the answer to the old text may be on its way; it is
// edited when it is there, even if its outcome was unknown at first.
func TestEditWhilePosted(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		edited := false
		d.post = func(o adapters.Outgoing) error {
			if edited {
				return nil
			}
			edited = true
			e := message(adapters.Edited, "e1", "", "new")
			e.Target, e.Sent = "m1", e.Sent.Add(time.Second)
			mustPut(t, b, e)
			for end := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) { // the new answer is there before the outcome of the old one
				if time.Now().After(end) {
					t.Error("the edited question was not handled while its answer was being posted")
					return nil
				}
				if turn, err := b.AnswerTo(t.Context(), e.Conversation, "m1"); err == nil && string(turn.State) == "new" {
					return fmt.Errorf("time-out: %w", adapters.ErrUncertain)
				}
			}
		}
		d.work(t, b)
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "old"))
		idle(t, b)
		wantLog(t, d, "post OLD", "edit NEW")
	})
}

func TestDeletion(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		deletion := func(target string) adapters.Message {
			m := message(adapters.Deleted, "d-"+target, "", "")
			m.Target = target
			return m
		}
		d.handle = func(it Item) (Result, error) {
			if it.Text == "deleted while handled" {
				mustPut(t, b, deletion("m2"))
			}
			return shout(it.Text), nil
		}
		d.work(t, b)
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "answered"))
		idle(t, b)
		mustPut(t, b, deletion("m1"), deletion("m1"))
		idle(t, b)
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "answered")) // a late repeat
		mustPut(t, b, message(adapters.Mention, "m2", "t2", "deleted while handled"))
		idle(t, b)
		mustPut(t, b, message(adapters.Mention, "m3", "t3", "its post is removed"))
		idle(t, b)
		edit := message(adapters.Edited, "e1", "", "and it is edited")
		edit.Target, edit.Sent = "m3", edit.Sent.Add(time.Second)
		mustPut(t, b, deletion("p2"), edit)
		idle(t, b)
		wantLog(t, d, "post ANSWERED", "delete", "post ITS POST IS REMOVED")
		if _, err := b.AnswerTo(t.Context(), edit.Conversation, "m1"); !errors.Is(err, adapters.ErrNotFound) {
			t.Errorf("a deleted question is still there: %v", err)
		}
		var texts int
		if err := b.db.RawDB.QueryRow(`SELECT COUNT(*) FROM message WHERE state = 4 AND text <> ''`).Scan(&texts); err != nil || texts > 0 {
			t.Errorf("%d deleted questions still have their text (%v)", texts, err)
		}
	})
}

// TestPromotion: one post that comes as a reply in a thread and as a mention
// is one message, and the mention counts.
func TestPromotion(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		d.handle = func(it Item) (Result, error) {
			if it.Kind == adapters.ThreadReply {
				return Result{Outcome: Silent}, nil
			}
			return shout(it.Text), nil
		}
		d.work(t, b)
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"), message(adapters.ThreadReply, "m2", "t1", "two"))
		idle(t, b)
		mustPut(t, b, message(adapters.Mention, "m2", "t1", "two"), message(adapters.Mention, "m3", "t1", "three"), message(adapters.ThreadReply, "m3", "t1", "three"))
		idle(t, b)
		mustPut(t, b, message(adapters.ThreadReply, "m2", "t1", "two"), message(adapters.Mention, "m2", "t1", "two"))
		idle(t, b)
		wantLog(t, d, "post ONE", "post TWO", "post THREE")
	})
}

func TestFailures(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		o := quietly()
		o.Tries, o.PostTries = 3, 3
		b, d := open(t, address, o), newDesk()
		d.handle = func(it Item) (Result, error) {
			switch {
			case it.Text == "never":
				return Result{}, errors.New("cannot \x00\xff")
			case it.Text == "panic" && it.Try < 3:
				panic("oh")
			case it.Last != (it.Try == 3):
				t.Errorf("try %d: Last is %v", it.Try, it.Last)
			}
			return shout(it.Text), nil
		}
		tries := map[string]int{}
		d.post = func(o adapters.Outgoing) error {
			text := strings.TrimSpace(adapters.Text(o.Reply, adapters.TextOptions{}))
			tries[text]++
			switch {
			case text == "REFUSED":
				return fmt.Errorf("no: %w", adapters.ErrPermanent)
			case text == "LATER" && tries[text] < 6:
				if o.Uncertain {
					t.Errorf("a post that was put off is in doubt")
				}
				return &adapters.Later{After: time.Millisecond, Err: errors.New("busy")}
			case text == "LOST":
				return errors.New("who knows")
			case text == "LOST ONCE" && tries[text] == 1:
				return errors.New("who knows")
			}
			return nil
		}
		d.work(t, b)
		for i, text := range []string{"never", "panic", "refused", "later", "lost", "lost once"} {
			mustPut(t, b, message(adapters.Mention, fmt.Sprint("m", i), fmt.Sprint("t", i), text))
		}
		idle(t, b)
		got := d.logged()
		slices.Sort(got)
		if diff := cmp.Diff([]string{"post LATER", "post LOST ONCE", "post PANIC"}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		entries, err := b.Report(t.Context(), time.Time{}, "👎")
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, e := range entries {
			line := e.Message.Text + ": " + e.Err
			for _, p := range e.Posts {
				line += p.Err
			}
			lines = append(lines, line)
		}
		want := []string{"never: cannot \uFFFD", "refused: no: refused for good", "lost: who knows"}
		if diff := cmp.Diff(want, lines); diff != "" {
			t.Errorf("report (-want +got):\n%s", diff)
		}
		if s, err := b.Stats(t.Context()); err != nil || s.Dead != 1 || s.DeadPosts != 2 {
			t.Errorf("stats %+v, %v", s, err)
		}
	})
}

func TestLookups(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		d.handle = func(it Item) (Result, error) {
			r := shout(it.Text)
			r.Posts[0].Facts = []Fact{{"f1", it.Text}, {"f2", it.Text}, {"f3", "both"}}
			if it.Text == "refused" {
				r.Outcome = Refused
			}
			return r, nil
		}
		d.work(t, b)
		ctx, where := t.Context(), message(adapters.Mention, "", "", "").Conversation
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"))
		idle(t, b)
		mustPut(t, b, message(adapters.Mention, "m2", "t2", "refused"))
		idle(t, b)
		keys := func(article string) (qs []string) {
			posts, err := b.RestingOn(ctx, article)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range posts {
				qs = append(qs, p.Question)
			}
			return qs
		}
		for article, want := range map[string][]string{"one": {"m1"}, "refused": {"m2"}, "both": {"m1", "m2"}, "none": nil} {
			if diff := cmp.Diff(want, keys(article)); diff != "" {
				t.Errorf("resting on %s (-want +got):\n%s", article, diff)
			}
		}
		turn, err := b.ByPost(ctx, where, "p1")
		if err != nil || turn.Message.ID != "m1" {
			t.Errorf("by post: %+v, %v", turn, err)
		}
		if _, err := b.ByPost(ctx, where, "p9"); !errors.Is(err, adapters.ErrNotFound) {
			t.Errorf("by an unknown post: %v", err)
		}
		if err := b.SetFeedback(ctx, where, "p9", "bob", "👎"); !errors.Is(err, adapters.ErrNotFound) {
			t.Errorf("feedback on an unknown post: %v", err)
		}
		for _, f := range [][2]string{{"bob", "👍"}, {"bob", "👎"}, {"cleo", "👎"}, {"dan", "👍"}, {"eve", "👎"}, {"eve", ""}} {
			if err := b.SetFeedback(ctx, where, "p1", f[0], f[1]); err != nil {
				t.Fatal(err)
			}
		}
		counts, err := b.Feedback(ctx, where, "p1")
		if diff := cmp.Diff(map[string]int{"👎": 2, "👍": 1}, counts); diff != "" || err != nil {
			t.Errorf("feedback (-want +got):\n%s%v", diff, err)
		}
		entries, err := b.Report(ctx, time.Time{}, "👎")
		if err != nil || len(entries) != 2 || entries[0].Feedback["👎"] != 2 || entries[1].Outcome != Refused {
			t.Errorf("report %+v, %v", entries, err)
		}
		where.Thread = "t1"
		for range 2 {
			if err := b.Send(ctx, "correction/1", Post{Conversation: where, Reply: shout("sorry").Posts[0].Reply}); err != nil {
				t.Fatal(err)
			}
		}
		idle(t, b)
		wantLog(t, d, "post ONE", "post REFUSED", "post SORRY")
		if turn, err := b.ByPost(ctx, where, "p3"); err != nil || turn.Message.ID != "" || len(turn.Posts) != 1 {
			t.Errorf("a correction's turn is %+v, %v", turn, err)
		}
	})
}

func TestReactionAndAction(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		var mu sync.Mutex
		threads := map[string]string{}
		d.handle = func(it Item) (Result, error) {
			mu.Lock()
			defer mu.Unlock()
			threads[it.ID] = it.Conversation.Thread
			return Result{}, nil
		}
		d.work(t, b)
		if err := b.Send(t.Context(), "x", Post{Conversation: message(adapters.Mention, "", "t2", "").Conversation, Reply: shout("hello").Posts[0].Reply}); err != nil {
			t.Fatal(err)
		}
		idle(t, b)
		mustPut(t, b, message(adapters.Mention, "m1", "t1", "one"))
		for _, m := range []struct{ id, target string }{{"r1", "m1"}, {"r2", "p1"}} {
			r := message(adapters.Reaction, m.id, "", "")
			r.Target = m.target
			mustPut(t, b, r)
		}
		mustPut(t, b, message(adapters.Action, "a1", "t3", ""), message(adapters.Home, "h1", "", ""), message(adapters.Joined, "j1", "", ""))
		idle(t, b)
		want := map[string]string{"m1": "t1", "r1": "t1", "r2": "t2", "a1": "t3", "h1": "", "j1": ""}
		if diff := cmp.Diff(want, threads); diff != "" {
			t.Errorf("threads (-want +got):\n%s", diff)
		}
	})
}

func TestStore(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b := open(t, address, quietly())
		ctx, one, two := t.Context(), b.Store("one"), b.Store("two")
		if _, err := one.Get(ctx, "k"); !errors.Is(err, adapters.ErrNotFound) {
			t.Errorf("Get of nothing: %v", err)
		}
		for _, v := range [][]byte{[]byte("a\x00b"), []byte("c"), nil} {
			if err := one.Put(ctx, "k", v); err != nil {
				t.Fatal(err)
			}
			if got, err := one.Get(ctx, "k"); err != nil || string(got) != string(v) {
				t.Errorf("Get after Put %q: %q, %v", v, got, err)
			}
		}
		if _, err := two.Get(ctx, "k"); !errors.Is(err, adapters.ErrNotFound) {
			t.Errorf("another name sees it: %v", err)
		}
		for range 2 {
			if err := one.Delete(ctx, "k"); err != nil {
				t.Error(err)
			}
		}
		if _, err := one.Get(ctx, "k"); !errors.Is(err, adapters.ErrNotFound) {
			t.Errorf("Get after Delete: %v", err)
		}
	})
}

// TestStrangeText: whatever comes in is stored, on every database.
func TestStrangeText(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b, d := open(t, address, quietly()), newDesk()
		d.work(t, b)
		m := message(adapters.Mention, "m\x00/1%2F\xff", "t/%/\x00", "a\x00b\xff\u202e'\"; DROP TABLE message; --")
		m.Conversation.Room, m.Conversation.Workspace, m.Return = "a/b%2F c", "", []byte{0, 255}
		mustPut(t, b, m, m)
		idle(t, b)
		wantLog(t, d, "post AB\uFFFD'\"; DROP TABLE MESSAGE; --")
		m = b.storable(m)
		turn, err := b.AnswerTo(t.Context(), m.Conversation, m.ID)
		if err != nil || turn.Message.Conversation != m.Conversation || string(turn.Message.Return) != "\x00\xff" {
			t.Errorf("turn %+v, %v, want conversation %+v", turn, err, m.Conversation)
		}
	})
}

func FuzzRoom(f *testing.F) {
	f.Add("slack", "T1/2", "C%2F", "t")
	f.Add("", "", "", "")
	f.Add("a//", "/", "//", "/")
	f.Fuzz(func(t *testing.T, platform, workspace, place, thread string) {
		c := adapters.Conversation{Platform: platform, Workspace: workspace, Room: place, Thread: thread}
		if got := parseRoom(room(c), thread); got != c {
			t.Errorf("%+v is read back as %+v", c, got)
		}
	})
}
