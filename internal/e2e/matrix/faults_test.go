//go:build matrixe2e && goolm

package matrix_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
	"sourceline/adapters/matrix"
	"sourceline/adapters/matrix/matrixtest"
	"sourceline/bot/inbox"
)

// childEnv makes the test's program be the bot: a childConfig in JSON.
const childEnv = "SOURCELINE_FAULTS_CHILD"

type childConfig struct {
	Matrix   matrix.Config
	Password string // secrets do not travel in Matrix
	Database string
	Log      string
}

func TestMain(m *testing.M) {
	if raw := os.Getenv(childEnv); raw != "" {
		if err := runBot(raw); err != nil {
			fmt.Fprintln(os.Stderr, "bot:", err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// runBot answers every question with "answer to …" until it is killed.
func runBot(raw string) error {
	var c childConfig
	if err := json.Unmarshal([]byte(raw), &c); err != nil {
		return err
	}
	out, err := os.OpenFile(c.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: slog.LevelDebug}))
	ctx := context.Background()
	box, err := inbox.Open(ctx, c.Database, inbox.Options{Log: log})
	if err != nil {
		return err
	}
	c.Matrix.Password, c.Matrix.RecoveryKey, c.Matrix.PickleKey = matrix.Secret(c.Password), matrix.Secret(c.Password), ""
	adapter, err := matrix.New(c.Matrix, box.Database(), box.Store("matrix"), log)
	if err != nil {
		return err
	}
	go func() {
		_ = box.Work(ctx, inbox.Worker{Post: adapter.Post, Handle: func(_ context.Context, it inbox.Item) (inbox.Result, error) {
			if it.Kind != adapters.Mention && it.Kind != adapters.Direct {
				return inbox.Result{Outcome: inbox.Silent}, nil
			}
			reply := adapters.Reply{Parts: []adapters.Part{adapters.Headline{Text: "answer to " + it.Text}}}
			return inbox.Result{Outcome: inbox.Answered, Posts: []inbox.Post{{Reply: reply}}}, nil
		}})
	}()
	return adapter.Run(ctx, box)
}

// A bot is the child process.
type bot struct {
	t   *testing.T
	cfg childConfig
	cmd *exec.Cmd
}

func (b *bot) start() {
	b.t.Helper()
	raw, err := json.Marshal(b.cfg)
	if err != nil {
		b.t.Fatal(err)
	}
	b.cmd = exec.Command(os.Args[0])
	b.cmd.Env = append(os.Environ(), childEnv+"="+string(raw))
	b.cmd.Stderr = os.Stderr
	if err := b.cmd.Start(); err != nil {
		b.t.Fatal(err)
	}
}

// kill ends the bot as a power failure would.
func (b *bot) kill() {
	_ = b.cmd.Process.Kill()
	_ = b.cmd.Wait()
}

// The faults: 300 questions in 4 rooms.
const (
	rooms      = 4
	underKills = 20 // questions a room while the bot is killed again and again
	underBoth  = 20 // and while the homeserver is restarted too
	whileDown  = 35 // and while the bot is down, with as many other messages between them
	tooOld     = 3  // questions a room that are older than the cap when the bot comes back
)

// TestFaults: every question is answered exactly once, none that is older
// than the cap, through kills of the bot at random points, a restart of the
// homeserver and a long absence.
func TestFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("takes minutes")
	}
	f := newFaults(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))

	f.bot.start()
	f.awaitBot()
	kills := f.withKills(random, func() { f.write("kills", underKills, 0) })
	f.awaitAnswers()

	kills += f.withKills(random, func() {
		var wg sync.WaitGroup
		wg.Go(func() { f.write("restart", underBoth, 0) })
		time.Sleep(2 * time.Second)
		f.server.Stop()
		if err := f.server.Resume(); err != nil {
			t.Error(err)
		}
		wg.Wait()
	})
	f.awaitAnswers()

	f.bot.kill()
	since := time.Now()
	f.stale = true
	f.write("stale", tooOld, 0)
	f.stale = false
	time.Sleep(40 * time.Second)
	f.write("down", whileDown, whileDown)
	f.bot.cfg.Matrix.MaxAge = time.Since(since) - 5*time.Second
	f.bot.start()
	f.awaitAnswers()
	f.bot.kill()
	f.bot.cfg.Matrix.MaxAge = time.Hour
	f.bot.start()
	kills += f.withKills(random, func() { time.Sleep(5 * time.Second) })

	time.Sleep(5 * time.Second) // what should not come has time to come
	f.check()
	t.Logf("%d questions in %d rooms, %d kills, all answered once", len(f.asked), rooms, kills)
}

// faults is what the test works on.
type faults struct {
	t      *testing.T
	server *matrixtest.Server
	bot    *bot
	user   id.UserID
	people []*matrixtest.Person
	rooms  []id.RoomID

	mu    sync.Mutex
	asked map[id.EventID]string // questions that must be answered
	old   map[id.EventID]string // questions that must not
	stale bool                  // what is written now is for old
}

func newFaults(t *testing.T) *faults {
	t.Helper()
	ctx := t.Context()
	f := &faults{t: t, server: matrixtest.Start(t), asked: map[id.EventID]string{}, old: map[id.EventID]string{}}
	user, err := matrix.Register(ctx, f.server.URL, matrixtest.SharedSecret, "bot", matrixtest.Password)
	if err != nil {
		t.Fatal(err)
	}
	f.user = id.UserID(user)
	dir := t.TempDir()
	f.bot = &bot{t: t, cfg: childConfig{Password: matrixtest.Password, Database: filepath.Join(dir, "bot.db"), Log: filepath.Join(dir, "bot.log"),
		Matrix: matrix.Config{Homeserver: f.server.URL, User: user, Allow: []string{matrixtest.ServerName}, MaxAge: time.Hour}}}
	t.Cleanup(func() {
		if f.bot.cmd != nil {
			f.bot.kill()
		}
		if t.Failed() {
			f.keep()
		}
	})
	for i := range rooms {
		p, err := f.server.NewPerson(ctx, fmt.Sprint("person", i))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(p.Close)
		room, err := p.NewRoom(ctx, fmt.Sprint("room ", i), i == 0, f.user) // the first one is encrypted
		if err != nil {
			t.Fatal(err)
		}
		f.people, f.rooms = append(f.people, p), append(f.rooms, room)
	}
	return f
}

// keep copies what tells why the test failed to where it outlives the test.
func (f *faults) keep() {
	dir, err := os.MkdirTemp("", "sourceline-faults-*")
	if err != nil {
		return
	}
	for _, name := range []string{f.bot.cfg.Log, f.bot.cfg.Database, f.bot.cfg.Database + "-wal", f.server.Log()} {
		if raw, err := os.ReadFile(name); err == nil {
			_ = os.WriteFile(filepath.Join(dir, filepath.Base(name)), raw, 0o600)
		}
	}
	f.t.Logf("logs and database are in %s", dir)
}

// awaitBot waits until the bot is in all rooms.
func (f *faults) awaitBot() {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), time.Minute)
	defer cancel()
	for i, p := range f.people {
		if err := p.Await(ctx, f.rooms[i], f.user, event.MembershipJoin); err != nil {
			f.t.Fatal(err)
		}
	}
}

// withKills kills and restarts the bot at random moments while do runs, and
// returns how often.
func (f *faults) withKills(random *rand.Rand, do func()) int {
	done := make(chan struct{})
	go func() { defer close(done); do() }()
	for kills := 0; ; kills++ {
		select {
		case <-done:
			return kills
		case <-time.After(time.Duration(100+random.IntN(1500)) * time.Millisecond):
			f.bot.kill()
			f.bot.start()
		}
	}
}

// write lets the people of all rooms ask, and say other things between.
func (f *faults) write(what string, questions, chatter int) {
	var wg sync.WaitGroup
	for i, p := range f.people {
		wg.Go(func() {
			for n := range max(questions, chatter) {
				if n < chatter {
					f.say(p, f.rooms[i], fmt.Sprintf("chatter %d", n), false)
				}
				if n < questions {
					f.say(p, f.rooms[i], fmt.Sprintf("%s %d-%d?", what, i, n), true)
				}
				if chatter == 0 {
					time.Sleep(100 * time.Millisecond)
				}
			}
		})
	}
	wg.Wait()
}

func (f *faults) say(p *matrixtest.Person, room id.RoomID, text string, question bool) {
	c := &event.MessageEventContent{MsgType: event.MsgText, Body: text, Mentions: &event.Mentions{}}
	if question {
		c.Body, c.Mentions.UserIDs = "bot: "+text, []id.UserID{f.user}
	}
	ctx, cancel := context.WithTimeout(f.t.Context(), time.Minute)
	defer cancel()
	evt, err := p.Write(ctx, room, c)
	for err != nil && ctx.Err() == nil { // the homeserver is being restarted
		time.Sleep(200 * time.Millisecond)
		evt, err = p.Write(ctx, room, c)
	}
	if err != nil {
		f.t.Error(err)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case question && f.stale:
		f.old[evt] = text
	case question:
		f.asked[evt] = text
	}
}

// answers counts the answers to each question, by the thread that they are
// in.
func (f *faults) answers() map[id.EventID]int {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), time.Minute)
	defer cancel()
	count := map[id.EventID]int{}
	for i, p := range f.people {
		events, err := p.Read(ctx, f.rooms[i])
		if err != nil {
			f.t.Fatal(err)
		}
		for _, evt := range events {
			if evt.Sender != f.user || evt.Type != event.EventMessage {
				if evt.Sender == f.user && evt.Type == event.EventEncrypted {
					f.t.Errorf("an answer cannot be decrypted: %s", evt.ID)
				}
				continue
			}
			c := evt.Content.AsMessage()
			root := c.RelatesTo.GetThreadParent()
			if text := f.asked[root]; text != "" && !strings.Contains(c.Body, "answer to "+text) {
				f.t.Errorf("the answer to %q is %q", text, c.Body)
			}
			count[root]++
		}
	}
	return count
}

// awaitAnswers waits until every question asked so far has an answer. What the
// homeserver took and then lost in its restart, so that not even its writer
// can read it, its writer asks again.
func (f *faults) awaitAnswers() {
	f.t.Helper()
	if f.tryAnswers(60 * time.Second) {
		return
	}
	f.askAgain()
	if !f.tryAnswers(60 * time.Second) {
		missing := f.missing()
		f.t.Fatalf("%d of %d questions are not answered: %v; their writers can read %v", len(missing), len(f.asked), missing, f.readable(missing))
	}
}

// tryAnswers reports whether every question is answered in time.
func (f *faults) tryAnswers(patience time.Duration) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(500 * time.Millisecond) {
		if len(f.missing()) == 0 {
			return true
		}
	}
	return false
}

// missing returns the questions without an answer.
func (f *faults) missing() map[id.EventID]string {
	count := f.answers()
	missing := map[id.EventID]string{}
	for evt, text := range f.asked {
		if count[evt] == 0 {
			missing[evt] = text
		}
	}
	return missing
}

// askAgain asks again what the homeserver has lost.
func (f *faults) askAgain() {
	missing := f.missing()
	shown := f.readable(missing)
	for evt, text := range missing {
		if slices.Contains(shown, text) {
			continue
		}
		f.t.Logf("the homeserver has lost %q (%s): asked again", text, evt)
		delete(f.asked, evt)
		var i int
		_, _ = fmt.Sscanf(text[strings.Index(text, " ")+1:], "%d-", &i)
		f.say(f.people[i], f.rooms[i], text, true)
	}
}

// readable returns which of the events the homeserver shows in their rooms.
func (f *faults) readable(events map[id.EventID]string) (shown []string) {
	f.t.Helper()
	for i, p := range f.people {
		all, err := p.Read(f.t.Context(), f.rooms[i])
		if err != nil {
			f.t.Fatal(err)
		}
		for _, evt := range all {
			if text, ok := events[evt.ID]; ok {
				shown = append(shown, text)
			}
		}
	}
	return shown
}

// check holds every question to exactly one answer, and the old ones to none.
func (f *faults) check() {
	f.t.Helper()
	count := f.answers()
	for evt, text := range f.asked {
		if count[evt] != 1 {
			f.t.Errorf("%q (%s) has %d answers, want 1", text, evt, count[evt])
		}
	}
	for evt, text := range f.old {
		if count[evt] != 0 {
			f.t.Errorf("%q (%s) was older than the cap and has %d answers", text, evt, count[evt])
		}
	}
	if want := rooms * (underKills + underBoth + whileDown); len(f.asked) != want {
		f.t.Errorf("%d questions were asked, want %d", len(f.asked), want)
	}
}
