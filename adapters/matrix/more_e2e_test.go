//go:build matrixe2e && goolm

package matrix_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/matrix/matrixtest"
)

// TestPostgres: keys and ledger live in PostgreSQL as well, over a restart.
func TestPostgres(t *testing.T) {
	t.Parallel()
	address := os.Getenv("SOURCELINE_TEST_POSTGRES")
	if address == "" {
		t.Skip("SOURCELINE_TEST_POSTGRES is not set")
	}
	w, store := newWorld(t, matrixtest.Start(t), true), adaptertest.NewStore()
	path := newSchema(t, address)
	first := startEcho(t, newAdapter(t, w.config(), path, store))
	ann, room := desk(t, w)
	first.stop()
	_, err := ann.Write(ctxOf(t), room, w.question("meanwhile?"))
	must(t, err)
	second := startEcho(t, newAdapter(t, w.config(), path, store))
	defer second.stop()
	awaitPost(t, ann, room, w.bot, "answer: meanwhile?")
	for _, f := range second.Check(ctxOf(t)) {
		if f.Level != adapters.OK {
			t.Errorf("Check finds %+v", f)
		}
	}
}

// TestRepeated: a message that its app has sent twice, as one ciphertext in
// two events, is answered once, and nobody is told that it cannot be read.
func TestRepeated(t *testing.T) {
	t.Parallel()
	w := newWorld(t, matrixtest.Start(t), true)
	cfg := w.config()
	cfg.KeyWait = time.Second
	e := runEcho(t, newAdapter(t, cfg, filepath.Join(w.dir, "bot.db"), adaptertest.NewStore()))
	ann, room := desk(t, w)
	ctx := ctxOf(t)
	first, err := ann.Write(ctx, room, w.question("one?"))
	must(t, err)
	// A homeserver may have taken an event and not be able to give it yet.
	raw, err := ann.GetEvent(ctx, room, first)
	for until := time.Now().Add(20 * time.Second); err != nil && time.Now().Before(until); raw, err = ann.GetEvent(ctx, room, first) {
		time.Sleep(100 * time.Millisecond)
	}
	must(t, err)
	_, err = ann.SendMessageEvent(ctx, room, event.EventEncrypted, raw.Content.Raw, mautrix.ReqSendEvent{DontEncrypt: true})
	must(t, err)
	_, err = ann.Write(ctx, room, w.question("two?"))
	must(t, err)
	awaitPost(t, ann, room, w.bot, "answer: two?")
	time.Sleep(3 * time.Second) // a notice would be due
	if got := e.inbox.All(adapters.Mention, "one?"); len(got) != 1 {
		t.Errorf("the bot got %+v, want one message", got)
	}
	if n := len(posts(t, ann, room, w.bot, "answer: one?")); n != 1 {
		t.Errorf("%d answers, want 1", n)
	}
	if n := len(posts(t, ann, room, w.bot, "could not decrypt")); n != 0 {
		t.Errorf("%d notices, want none", n)
	}
}

// newSchema makes a schema for the test and returns the address that uses it.
func newSchema(t *testing.T, address string) string {
	t.Helper()
	db, err := sql.Open("pgx", address)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	name := fmt.Sprintf("matrix_%d", time.Now().UnixNano())
	_, err = db.Exec("CREATE SCHEMA " + name)
	must(t, err)
	t.Cleanup(func() { _, _ = db.Exec("DROP SCHEMA " + name + " CASCADE") })
	u, err := url.Parse(address)
	must(t, err)
	q := u.Query()
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

// TestRecoveryKeySetLater: without a recovery key one is made; when one is
// set later it opens the account's storage, after a loss of the database too.
func TestRecoveryKeySetLater(t *testing.T) {
	t.Parallel()
	w, store := newWorld(t, matrixtest.Start(t), true), adaptertest.NewStore()
	path := filepath.Join(w.dir, "bot.db")
	cfg := w.config()
	cfg.RecoveryKey = ""
	level := func(path string, store adapters.Store, what string) adapters.Level {
		e := startEcho(t, newAdapter(t, cfg, path, store))
		defer e.stop()
		found := e.Check(ctxOf(t))
		i := slices.IndexFunc(found, func(f adapters.Finding) bool { return f.What == what })
		if i < 0 {
			t.Fatalf("no finding on %s in %+v", what, found)
		}
		return found[i].Level
	}
	if got := level(path, store, "recovery key"); got != adapters.Warning {
		t.Errorf("without a recovery key: %s, want a warning", got)
	}
	cfg.RecoveryKey = "set later"
	if got := level(path, store, "recovery key"); got != adapters.OK {
		t.Errorf("with one set later: %s, want ok", got)
	}
	if got := level(filepath.Join(w.dir, "new.db"), adaptertest.NewStore(), "device"); got != adapters.OK {
		t.Errorf("the device after a loss of the database: %s, want ok", got)
	}
	cfg.RecoveryKey = "wrong"
	if got := level(path, store, "recovery key"); got != adapters.Failure {
		t.Errorf("with a wrong one: %s, want a failure", got)
	}
}

// TestCommandDescribed: where the bot's power level allows it, its command is
// described in the room.
func TestCommandDescribed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, matrixtest.Start(t), false)
	runEcho(t, newAdapter(t, w.config(), filepath.Join(w.dir, "bot.db"), adaptertest.NewStore()))
	ann, room := desk(t, w)
	ctx := ctxOf(t)
	described := func() bool {
		state, err := ann.StateAsArray(ctx, room)
		must(t, err)
		return slices.ContainsFunc(state, func(evt *event.Event) bool {
			return evt.Type.Type == event.StateMSC4391BotCommand.Type && evt.Sender == w.bot && evt.Content.Raw["command"] == "sourceline"
		})
	}
	if described() {
		t.Error("described without the power to")
	}
	var levels event.PowerLevelsEventContent
	must(t, ann.StateEvent(ctx, room, event.StatePowerLevels, "", &levels))
	levels.SetUserLevel(w.bot, 50)
	_, err := ann.SendStateEvent(ctx, room, event.StatePowerLevels, "", &levels)
	must(t, err)
	for end := time.Now().Add(20 * time.Second); !described(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the command is not described")
		}
	}
}

// TestCourtesy: a question is marked as read, and while it is answered the
// bot is seen typing.
func TestCourtesy(t *testing.T) {
	w := newWorld(t, matrixtest.Start(t), false)
	a := newAdapter(t, w.config(), filepath.Join(w.dir, "bot.db"), adaptertest.NewStore())
	inbox := adaptertest.NewInbox()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx, inbox) }()
	defer func() { cancel(); <-ended }()
	for a.Ready() != nil {
		time.Sleep(10 * time.Millisecond)
	}
	ann := w.person(t, "ann")
	typing, read := make(chan bool, 10), make(chan id.EventID, 10)
	syncer := ann.Syncer.(*mautrix.DefaultSyncer)
	syncer.OnEventType(event.EphemeralEventTyping, func(_ context.Context, evt *event.Event) {
		typing <- slices.Contains(evt.Content.AsTyping().UserIDs, w.bot)
	})
	syncer.OnEventType(event.EphemeralEventReceipt, func(_ context.Context, evt *event.Event) {
		for of, receipts := range *evt.Content.AsReceipt() {
			if _, ok := receipts[event.ReceiptTypeRead][w.bot]; ok {
				read <- of
			}
		}
	})
	asked := w.Do(t, adaptertest.Act{Kind: adapters.Mention, Who: "ann", Room: "desk", Text: "how many?"})
	m := inbox.Await(t, "the question", func(m adapters.Message) bool { return m.Text == "how many?" })
	await(t, "the read receipt", read, id.EventID(asked))
	await(t, "typing", typing, true)
	_, err := a.Post(ctxOf(t), adapters.Outgoing{Key: "k", Conversation: m.Conversation, Return: m.Return, Reply: reply("11")})
	must(t, err)
	await(t, "the end of typing", typing, false)
}

func await[T comparable](t *testing.T, what string, c chan T, want T) {
	t.Helper()
	for timeout := time.After(20 * time.Second); ; {
		select {
		case got := <-c:
			if got == want {
				return
			}
		case <-timeout:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// TestSignedDevicesOnly: where that is set, people read the bot on devices
// that they have signed, and on others they do not.
func TestSignedDevicesOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, matrixtest.Start(t), true)
	cfg := w.config()
	cfg.SignedTo = true
	must(t, w.person(t, "ann").Sign(ctxOf(t)))
	runEcho(t, newAdapter(t, cfg, filepath.Join(w.dir, "bot.db"), adaptertest.NewStore()))
	ann, room := desk(t, w)
	bob := w.person(t, "bob") // has signed nothing
	w.room(t, adaptertest.Act{Kind: adapters.Mention, Who: "bob", Room: "desk"})
	ctx := ctxOf(t)
	must(t, bob.ForgetKey(ctx, room))
	_, err := bob.Write(ctx, room, w.question("can I read it?"))
	must(t, err)
	awaitPost(t, ann, room, w.bot, "answer: can I read it?")
	time.Sleep(time.Second)
	if n := len(posts(t, bob, room, w.bot, "can I read it?")); n != 0 {
		t.Error("an unsigned device got the key")
	}
}
