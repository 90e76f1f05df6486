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

// absence is what lies between the questions that are too old and the others.
// Nearly as long may the bot take over its start and the reading of the rooms.
const absence = 30 * time.Second

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
	f.stale = true
	f.write("stale", tooOld, 0)
	f.stale = false
	since := time.Now()
	time.Sleep(absence)
	f.write("down", whileDown, whileDown)
	f.bot.cfg.Matrix.MaxAge = time.Since(since) - time.Second
	f.bot.start()
	f.awaitAnswers()
	f.bot.kill()
	f.bot.cfg.Matrix.MaxAge = time.Hour
	f.bot.start()
	kills += f.withKills(random, func() { time.Sleep(5 * time.Second) })

	time.Sleep(5 * time.Second) // what should not come has time to come
	f.check()
	t.Logf("%d questions in %d rooms, %d kills", len(f.asked), rooms, kills)
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
		p.DefaultHTTPRetries = 0                                            // a homeserver that was restarted would take the same ciphertext twice, and the bot drops the second one
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
	servers, _ := filepath.Glob(filepath.Join(filepath.Dir(f.server.Log()), "*.db*"))
	for _, name := range append(servers, f.bot.cfg.Log, f.bot.cfg.Database, f.bot.cfg.Database+"-wal", f.server.Log()) {
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

// mention begins a question.
const mention = "bot: "

func (f *faults) say(p *matrixtest.Person, room id.RoomID, text string, question bool) {
	c := &event.MessageEventContent{MsgType: event.MsgText, Body: text, Mentions: &event.Mentions{}}
	if question {
		c.Body, c.Mentions.UserIDs = mention+text, []id.UserID{f.user}
	}
	ctx, cancel := context.WithTimeout(f.t.Context(), time.Minute)
	defer cancel()
	evt, err := p.Write(ctx, room, c)
	for err != nil && ctx.Err() == nil { // the homeserver is being restarted; the event may be there all the same
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

// A tally is what people find in the rooms.
type tally struct {
	questions map[id.EventID]string // what was asked, whether its writer was told so or not
	answers   map[id.EventID]int    // that stand, by the question whose thread they are in
	deleted   int                   // messages that the bot has taken away again
}

// tally reads all rooms.
func (f *faults) tally() tally {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), time.Minute)
	defer cancel()
	found := tally{questions: map[id.EventID]string{}, answers: map[id.EventID]int{}}
	for i, p := range f.people {
		events, err := p.Read(ctx, f.rooms[i])
		for err != nil && ctx.Err() == nil { // a busy homeserver says 500
			time.Sleep(200 * time.Millisecond)
			events, err = p.Read(ctx, f.rooms[i])
		}
		if err != nil {
			f.t.Fatal(err)
		}
		for _, evt := range events {
			f.count(&found, p.UserID, evt)
		}
	}
	return found
}

// count takes an event of a room into a tally.
func (f *faults) count(found *tally, person id.UserID, evt *event.Event) {
	f.t.Helper()
	written := evt.Type == event.EventMessage || evt.Type == event.EventEncrypted
	switch {
	case !written:
	case evt.Sender == f.user && (evt.Unsigned.RedactedBecause != nil || len(evt.Content.Raw) == 0):
		found.deleted++
	case evt.Type == event.EventEncrypted:
		f.t.Errorf("%s of %s cannot be decrypted", evt.ID, evt.Sender)
	case evt.Sender == person:
		if text, ok := strings.CutPrefix(evt.Content.AsMessage().Body, mention); ok {
			found.questions[evt.ID] = text
		}
	case evt.Sender == f.user:
		c := evt.Content.AsMessage()
		root := c.RelatesTo.GetThreadParent()
		if text := f.asked[root]; text != "" && !strings.Contains(c.Body, "answer to "+text) {
			f.t.Errorf("the answer to %q is %q", text, c.Body)
		}
		found.answers[root]++
	}
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
	found := f.tally()
	missing := map[id.EventID]string{}
	for evt, text := range f.asked {
		if found.answers[evt] == 0 {
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
	found := f.tally()
	for evt, text := range events {
		if found.questions[evt] != "" {
			shown = append(shown, text)
		}
	}
	slices.Sort(shown)
	return shown
}

// copyTime is how long an answer may stand twice. The homeserver keeps what it
// was at work on when it was stopped, and may bring it up half a minute after
// its start, when the bot has sent it once more: no look before the second
// sending finds it, so the bot deletes it when it shows up. It looks for it 10
// and 40 seconds after the sending, and after two minutes.
const copyTime = 150 * time.Second

// fewCopies is how many answers may have stood twice: some that were on their
// way when the homeserver was stopped.
const fewCopies = 8

// check holds every question to exactly one answer, one whose writer was told
// that it failed to one at most, and the old ones to none.
func (f *faults) check() {
	f.t.Helper()
	found := f.tally()
	for end := time.Now().Add(copyTime); len(f.wrong(found)) > 0 && time.Now().Before(end); found = f.tally() {
		time.Sleep(time.Second)
	}
	for _, what := range f.wrong(found) {
		f.t.Error(what)
	}
	if found.deleted > fewCopies {
		f.t.Errorf("%d answers stood twice before the bot deleted one, want %d at most", found.deleted, fewCopies)
	}
	if want := rooms * (underKills + underBoth + whileDown); len(f.asked) != want {
		f.t.Errorf("%d questions were asked, want %d", len(f.asked), want)
	}
	f.t.Logf("%d answers stood twice for a while", found.deleted)
}

// wrong says what is wrong in a tally.
func (f *faults) wrong(found tally) (wrong []string) {
	for evt, text := range f.asked {
		if n := found.answers[evt]; n != 1 {
			wrong = append(wrong, fmt.Sprintf("%q (%s) has %d answers, want 1", text, evt, n))
		}
	}
	for evt, text := range found.questions {
		if n := found.answers[evt]; n > 1 && f.asked[evt] == "" {
			wrong = append(wrong, fmt.Sprintf("%q (%s), of which its writer was told that it failed, has %d answers, want 1 at most", text, evt, n))
		}
	}
	for evt, text := range f.old {
		if n := found.answers[evt]; n != 0 {
			wrong = append(wrong, fmt.Sprintf("%q (%s) was older than the cap and has %d answers", text, evt, n))
		}
	}
	slices.Sort(wrong)
	return wrong
}
