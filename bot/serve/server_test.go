package serve

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/bot/config"
	"sourceline/bot/inbox"
)

// A room is a chat platform in memory: people write with say, and what the
// bot posted stands in posts.
type room struct {
	mu    sync.Mutex
	posts map[adapters.PostID]post
	made  int
	inbox chan adapters.Inbox
	in    adapters.Inbox
}

type post struct {
	order int
	where adapters.Conversation
	only  string
	text  string
	reply adapters.Reply
}

func newRoom() *room {
	return &room{posts: map[adapters.PostID]post{}, inbox: make(chan adapters.Inbox, 1)}
}

func (r *room) Run(ctx context.Context, in adapters.Inbox) error {
	r.inbox <- in
	<-ctx.Done()
	return nil
}

func (r *room) Post(_ context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if o.Reply == nil {
		delete(r.posts, o.Replaces)
		return "", nil
	}
	id, order := o.Replaces, r.posts[o.Replaces].order
	if id == "" {
		r.made++
		id, order = adapters.PostID(fmt.Sprintf("p%d", r.made)), r.made
	}
	r.posts[id] = post{order, o.Conversation, o.Only, adapters.Text(o.Reply, adapters.TextOptions{}), *o.Reply}
	return id, nil
}

// standing are the posts that stand, in the order in which they were made.
func (r *room) standing() []post {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.SortedFunc(maps.Values(r.posts), func(a, b post) int { return a.order - b.order })
}

// say is somebody writing.
func (r *room) say(t *testing.T, m adapters.Message) {
	t.Helper()
	m.Conversation.Platform, m.Conversation.Room = "test", "newsroom"
	if m.Sent.IsZero() {
		m.Sent = time.Now()
	}
	if m.Sender == "" {
		m.Sender = "anna"
	}
	if err := r.in.Put(context.Background(), m); err != nil {
		t.Fatal(err)
	}
}

// patience is how long a test waits for what must come.
const patience = 10 * time.Second

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("%s did not happen within %s", what, patience)
}

// expect waits until just as many posts stand and each has its text.
func (r *room) expect(t *testing.T, texts ...string) []post {
	t.Helper()
	var got []post
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		got = r.standing()
		if len(got) == len(texts) && slices.EqualFunc(got, texts, func(p post, s string) bool { return strings.Contains(p.text, s) }) {
			return got
		}
	}
	for _, p := range got {
		t.Logf("post:\n%s", p.text)
	}
	t.Fatalf("%d posts stand, want %d with %q", len(got), len(texts), texts)
	return nil
}

// A bot under test, with its folder of articles.
type bot struct {
	*room
	*Server
	t      *testing.T
	setup  Setup
	folder string
	db     string
	stop   func()
}

func newBot(t *testing.T, change func(*Setup)) *bot {
	t.Helper()
	dir := t.TempDir()
	b := &bot{room: newRoom(), t: t, folder: filepath.Join(dir, "articles"), db: filepath.Join(dir, "bot.db")}
	if err := os.CopyFS(b.folder, os.DirFS("../dialogue/testdata/corpus")); err != nil {
		t.Fatal(err)
	}
	b.setup = Setup{
		Folders:  map[string]string{"": b.folder},
		Adapters: map[string]adapters.Adapter{"test": b.room},
		Room:     func(adapters.Conversation, bool) RoomSetting { return config.RoomSetting{Allowed: true} },
		Locale:   "en-GB", Corrections: true, Grace: 5 * time.Second, Listen: "127.0.0.1:0",
	}
	if change != nil {
		change(&b.setup)
	}
	b.start()
	t.Cleanup(func() { b.stop() })
	return b
}

// start starts the bot, again where it was stopped.
func (b *bot) start() {
	b.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	log := slog.New(slog.NewTextHandler(testLog{b.t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	setup := b.setup
	setup.Log, setup.Metrics = log, NewMetrics()
	var err error
	if setup.Box, err = inbox.Open(ctx, b.db, inbox.Options{Log: log, Observe: setup.Metrics.Observe}); err != nil {
		b.t.Fatal(err)
	}
	if b.Server, err = New(ctx, setup); err != nil {
		b.t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := b.Server.Run(ctx); err != nil {
			b.t.Errorf("Run: %v", err)
		}
	}()
	b.stop = sync.OnceFunc(func() {
		cancel()
		<-done
		if err := setup.Box.Close(); err != nil {
			b.t.Errorf("Close: %v", err)
		}
	})
	b.in = <-b.room.inbox
}

type testLog struct{ t *testing.T }

func (l testLog) Write(p []byte) (int, error) {
	l.t.Helper()
	l.t.Log(strings.TrimSpace(string(p)))
	return len(p), nil
}

func mention(id, text string) adapters.Message {
	return adapters.Message{ID: id, Kind: adapters.Mention, Text: text, Conversation: adapters.Conversation{Thread: id}}
}

const rescued = "how many passengers were rescued?"

func TestQuestionEditedAndDeleted(t *testing.T) {
	b := newBot(t, nil)
	b.say(t, mention("1", rescued))
	b.expect(t, "143 · ")
	b.say(t, adapters.Message{ID: "1e", Kind: adapters.Edited, Target: "1", Text: "how many people were injured?", Conversation: adapters.Conversation{Thread: "1"}, Sent: time.Now().Add(time.Second)})
	p := b.expect(t, "Five")
	if strings.Contains(p[0].text, "143") {
		t.Errorf("the edited answer still has the old figure:\n%s", p[0].text)
	}
	b.say(t, adapters.Message{ID: "1d", Kind: adapters.Deleted, Target: "1", Conversation: adapters.Conversation{Thread: "1"}})
	b.expect(t)
}

func TestThreads(t *testing.T) {
	b := newBot(t, nil)
	in := func(id, text string) adapters.Message {
		return adapters.Message{ID: id, Kind: adapters.ThreadReply, Text: text, Conversation: adapters.Conversation{Thread: "1"}}
	}
	b.say(t, mention("1", rescued))
	b.expect(t, "143 · ")
	b.say(t, in("2", "that is a lot of passengers"))
	b.say(t, in("3", "will it rain on the moon?"))
	b.say(t, in("4", "thanks"))
	b.say(t, in("5", "and how many children?"))
	b.expect(t, "143 · ", "Three")
	other := in("6", rescued)
	other.Conversation.Thread = "elsewhere"
	b.say(t, other) // the bot is not in that thread
	b.say(t, mention("7", "all lines"))
	b.expect(t, "143 · ", "Three", "Nothing was answered in this thread")
}

func TestButtonsAndFeedback(t *testing.T) {
	b := newBot(t, func(s *Setup) { s.Quotes = 1 })
	b.say(t, adapters.Message{ID: "1", Kind: adapters.Command, Text: rescued})
	p := b.expect(t, "143 · ")
	if p[0].only != "anna" {
		t.Errorf("a command is answered to %q", p[0].only)
	}
	if n := strings.Count(p[0].text, "\n> "); n != 1 {
		t.Errorf("%d lines are shown, want 1:\n%s", n, p[0].text)
	}
	act := func(id, value string) adapters.Message {
		return adapters.Message{ID: id, Kind: adapters.Action, Target: "p1", Value: value}
	}
	b.say(t, act("2", "lines:"))
	p = b.expect(t, "143 · ", "143 · ")
	if n := strings.Count(p[1].text, "\n> "); n != 3 || p[1].only != "anna" {
		t.Errorf("%d lines to %q, want 3 to anna:\n%s", n, p[1].only, p[1].text)
	}
	b.say(t, act("3", "share:"))
	p = b.expect(t, "143 · ", "143 · ", "143 · ")
	if p[2].only != "" {
		t.Errorf("the shared answer is for %q alone", p[2].only)
	}
	b.say(t, act("4", "ask:how many people were injured?"))
	b.expect(t, "143 · ", "143 · ", "143 · ", "Five")
	b.say(t, act("5", "up:"))
	b.say(t, adapters.Message{ID: "6", Kind: adapters.Reaction, Target: "p1", Value: "👎"})
	eventually(t, "the feedback", func() bool {
		f, err := b.Box.Feedback(context.Background(), adapters.Conversation{Platform: "test", Room: "newsroom"}, "p1")
		return err == nil && f[FeedbackDown] == 1 && f[FeedbackUp] == 0
	})
}

// TestFeedbackBeforeThePost: a button that is tapped before its post was noted is
// not lost.
func TestFeedbackBeforeThePost(t *testing.T) {
	b := newBot(t, nil)
	b.say(t, adapters.Message{ID: "1", Kind: adapters.Action, Target: "p1", Value: "down:"})
	eventually(t, "the first try", func() bool { return strings.Contains(b.metrics(), `sourceline_stage_failures_total{stage="handle"} 1`) })
	b.say(t, adapters.Message{ID: "2", Kind: adapters.Command, Conversation: adapters.Conversation{Thread: "another"}, Text: rescued})
	b.expect(t, "143 · ")
	eventually(t, "the feedback", func() bool {
		f, err := b.Box.Feedback(context.Background(), adapters.Conversation{Platform: "test", Room: "newsroom"}, "p1")
		return err == nil && f[FeedbackDown] == 1
	})
}

// TestCommandsOfTwo: nobody's command leans on what another's showed to them
// alone.
func TestCommandsOfTwo(t *testing.T) {
	b := newBot(t, nil)
	ask := func(id, who, text string) {
		b.say(t, adapters.Message{ID: id, Kind: adapters.Command, Sender: who, Text: text})
	}
	ask("1", "anna", rescued)
	b.expect(t, "143 · ")
	ask("2", "bob", "all lines")
	b.expect(t, "143 · ", "Nothing was answered")
	ask("3", "anna", "all lines")
	b.expect(t, "143 · ", "Nothing was answered", "143 · ")
}

// replace changes the articles while the bot runs.
func (b *bot) replace(file, old, with string) {
	b.t.Helper()
	path := filepath.Join(b.folder, file)
	data, err := os.ReadFile(path)
	if err != nil {
		b.t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		b.t.Fatalf("%s has no %q", file, old)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(data), old, with, 1)), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

func TestCorrection(t *testing.T) {
	b := newBot(t, nil)
	b.say(t, mention("1", rescued))
	b.expect(t, "143 · ")
	b.say(t, mention("2", "how many people were injured?"))
	b.expect(t, "143 · ", "Five")

	// A line that no answer showed, and one that moved: nothing to correct.
	b.replace("harbour.md", "“The sea was calm,”", "“The sea was rough,”")
	b.replace("radio.txt", "The operator", "A new paragraph.\n\nThe operator")
	if err := b.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.replace("radio.txt", "143 passengers", "144 passengers")
	if err := b.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	p := b.expect(t, "143 · ", "Five", "144 · ")
	for _, want := range []string{"Correction: ", "a line that the answer to", "has changed", rescued, "[144 passengers]"} {
		if !strings.Contains(p[2].text, want) {
			t.Errorf("the correction lacks %q:\n%s", want, p[2].text)
		}
	}
	if p[2].where.Thread != "1" {
		t.Errorf("the correction is in thread %q", p[2].where.Thread)
	}

	// Once: neither a new look nor a restart repeats it.
	b.replace("wire.md", "Five people", "Five persons")
	if err := b.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.expect(t, "143 · ", "Five", "144 · ", "Five persons")

	// What changes while the bot is down is seen at the next start, the line
	// of a correction included.
	b.stop()
	if err := os.Remove(filepath.Join(b.folder, "radio.txt")); err != nil {
		t.Fatal(err)
	}
	b.start()
	p = b.expect(t, "143 · ", "Five", "144 · ", "Five persons", "was withdrawn")
	if strings.Contains(p[4].text, "144") {
		t.Errorf("the withdrawn figure is quoted again:\n%s", p[4].text)
	}
}

func TestCorrectionsOff(t *testing.T) {
	b := newBot(t, func(s *Setup) { s.Corrections = false })
	b.say(t, mention("1", rescued))
	b.expect(t, "143 · ")
	b.replace("radio.txt", "143 passengers", "144 passengers")
	if err := b.Reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.say(t, mention("2", rescued))
	b.expect(t, "143 · ", "144 · ")
}

func TestOtherFolderIsNoCorrection(t *testing.T) {
	b := newBot(t, nil)
	b.say(t, mention("1", rescued))
	b.expect(t, "143 · ")
	b.stop()
	b.folder += "2"
	b.setup.Folders = map[string]string{"": b.folder}
	if err := os.Mkdir(b.folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(b.folder, "other.txt"), []byte("Rain\n\nIt rained for 3 days in May.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	b.start()
	b.say(t, mention("2", "help"))
	b.expect(t, "143 · ", "Ask in English")
}

func TestOldCorpusStays(t *testing.T) {
	b := newBot(t, nil)
	for _, f := range []string{"harbour.md", "wire.md", "radio.txt"} {
		if err := os.WriteFile(filepath.Join(b.folder, f), []byte{0xff, 0x00}, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Reload(t.Context()); err == nil {
		t.Error("a folder without a readable article was taken")
	}
	b.say(t, mention("1", rescued))
	b.expect(t, "143 · ")
	if got := b.metrics(); !strings.Contains(got, `sourceline_corpus_stale{corpus="default"} 1`) {
		t.Error("the metrics do not tell that the corpus is stale")
	}
}

func TestRoomsAndCorpora(t *testing.T) {
	b := newBot(t, func(s *Setup) {
		s.Folders["built"] = ""
		s.Room = func(c adapters.Conversation, direct bool) RoomSetting {
			return config.RoomSetting{Allowed: c.Thread != "shut", Corpus: map[bool]string{true: "built"}[direct]}
		}
	})
	shut := mention("shut", rescued)
	b.say(t, shut)
	b.say(t, adapters.Message{ID: "2", Kind: adapters.Command, Text: rescued, Conversation: adapters.Conversation{Thread: "shut"}})
	b.expect(t, "not switched on")
	b.say(t, adapters.Message{ID: "3", Kind: adapters.Direct, Text: rescued})
	b.expect(t, "not switched on", "No article")
}

// A roomAlone is a room whose thread "alone" is a conversation of two.
type roomAlone struct{ *room }

func (roomAlone) IsPrivate(_ context.Context, c adapters.Conversation) (bool, error) {
	return c.Thread == "alone", nil
}

var _ adapters.Private = roomAlone{}

// TestCommandInDirectConversation: what the kind of a message does not tell,
// its adapter does.
func TestCommandInDirectConversation(t *testing.T) {
	b := newBot(t, func(s *Setup) {
		s.Folders["built"] = ""
		s.Adapters["test"] = roomAlone{s.Adapters["test"].(*room)}
		s.Room = func(_ adapters.Conversation, direct bool) RoomSetting {
			return config.RoomSetting{Allowed: true, Corpus: map[bool]string{true: "built"}[direct]}
		}
	})
	for i, thread := range []string{"desk", "alone"} {
		b.say(t, adapters.Message{ID: fmt.Sprint(i), Kind: adapters.Command, Text: rescued, Conversation: adapters.Conversation{Thread: thread}})
		b.expect(t, []string{"143 · ", "No article"}[:i+1]...)
	}
}

// TestStopping: what is claimed when the bot is told to stop is finished, and
// what came in and was not claimed is answered after the next start.
func TestStopping(t *testing.T) {
	b := newBot(t, func(s *Setup) { s.Workers = 1 })
	const n = 40
	for i := range n {
		b.say(t, mention(fmt.Sprint(i), rescued))
	}
	b.stop()
	before := len(b.standing())
	b.start()
	eventually(t, "every answer", func() bool { return len(b.standing()) == n })
	t.Logf("%d of %d were answered before the stop", before, n)
	seen := map[string]bool{}
	for _, p := range b.standing() {
		seen[p.where.Thread] = true
	}
	if len(seen) != n {
		t.Errorf("%d of %d questions were answered", len(seen), n)
	}
}
