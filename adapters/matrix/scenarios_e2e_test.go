//go:build matrixe2e && goolm

package matrix_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/matrix"
	"sourceline/adapters/matrix/matrixtest"
)

// desk is an encrypted room with Ann and the bot, who has answered her once.
func desk(t *testing.T, w *world) (*matrixtest.Person, id.RoomID) {
	t.Helper()
	act := adaptertest.Act{Kind: adapters.Mention, Who: "ann", Room: "desk", Text: "hello?"}
	w.Do(t, act)
	ann, room := w.person(t, "ann"), w.room(t, act)
	awaitPost(t, ann, room, w.bot, "answer: hello?")
	return ann, room
}

// question is a message that mentions the bot.
func (w *world) question(text string) *event.MessageEventContent {
	return w.message(adaptertest.Act{Kind: adapters.Mention, Text: text})
}

// posts returns the bot's posts whose text contains text, as p reads them.
func posts(t *testing.T, p *matrixtest.Person, room id.RoomID, bot id.UserID, text string) []*event.Event {
	t.Helper()
	events, err := p.Read(ctxOf(t), room)
	must(t, err)
	return slices.DeleteFunc(events, func(evt *event.Event) bool {
		return evt.Sender != bot || evt.Type != event.EventMessage || !strings.Contains(evt.Content.AsMessage().Body, text)
	})
}

func awaitPost(t *testing.T, p *matrixtest.Person, room id.RoomID, bot id.UserID, text string) *event.Event {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if found := posts(t, p, room, bot, text); len(found) > 0 {
			return found[0]
		}
	}
	t.Fatalf("waited in vain for a post with %q", text)
	return nil
}

// TestLateKey: a question whose key comes late is answered, once; its sender
// has been told meanwhile, once, and why.
func TestLateKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t, matrixtest.Start(t), true)
	cfg := w.config()
	cfg.KeyWait = time.Second
	path := filepath.Join(w.dir, "bot.db")
	e := runEcho(t, newAdapter(t, cfg, path, adaptertest.NewStore()))
	ann, room := desk(t, w)
	ctx := ctxOf(t)

	must(t, ann.ShareWithNobody(ctx, room))
	first, err := ann.Write(ctx, room, w.question("one?"))
	must(t, err)
	_, err = ann.Write(ctx, room, w.question("two?"))
	must(t, err)
	notice := awaitPost(t, ann, room, w.bot, "could not decrypt")
	if body := notice.Content.AsMessage().Body; !strings.Contains(body, "has not sent me the key") {
		t.Errorf("the notice names no cause: %q", body)
	}
	time.Sleep(3 * time.Second) // a notice for the second message would be due
	if n := len(posts(t, ann, room, w.bot, "could not decrypt")); n != 1 {
		t.Errorf("%d notices, want 1", n)
	}
	if n := len(e.inbox.All(adapters.Mention, "one?")); n != 0 {
		t.Errorf("the bot has read what it has no key for")
	}

	must(t, ann.SendKey(ctx, room, sessionOf(t, ann, room, first), w.bot))
	awaitPost(t, ann, room, w.bot, "answer: one?")
	awaitPost(t, ann, room, w.bot, "answer: two?")
	time.Sleep(2 * time.Second)
	for _, text := range []string{"one?", "two?"} {
		if n := len(posts(t, ann, room, w.bot, "answer: "+text)); n != 1 {
			t.Errorf("%q has %d answers, want 1", text, n)
		}
	}
}

// sessionOf is the session that an event is encrypted with.
func sessionOf(t *testing.T, p *matrixtest.Person, room id.RoomID, evt id.EventID) id.SessionID {
	t.Helper()
	raw, err := p.GetEvent(ctxOf(t), room, evt)
	must(t, err)
	must(t, raw.Content.ParseRaw(raw.Type))
	return raw.Content.AsEncrypted().SessionID
}

// TestLoss: after the loss of the database, and after that of the device, the
// bot logs in anew, signs the new device with the recovery key, answers what
// is new and nothing that is old.
func TestLoss(t *testing.T) {
	t.Parallel()
	server := matrixtest.Start(t)
	for _, lost := range []string{"database", "device"} {
		t.Run(lost, func(t *testing.T) {
			w := newWorld(t, server, true)
			path, store := filepath.Join(w.dir, "bot.db"), adaptertest.NewStore()
			first := startEcho(t, newAdapter(t, w.config(), path, store))
			ann, room := desk(t, w)
			old, err := ann.Write(ctxOf(t), room, w.question("old?"))
			must(t, err)
			awaitPost(t, ann, room, w.bot, "answer: old?")
			first.stop()
			if lost == "database" {
				path, store = filepath.Join(w.dir, "new.db"), adaptertest.NewStore()
			} else {
				endDevice(t, server, w)
			}
			a := newAdapter(t, w.config(), path, store)
			second := startEcho(t, a)
			defer second.stop()
			for _, f := range a.Check(ctxOf(t)) {
				if f.Level == adapters.Failure {
					t.Errorf("after the loss of the %s: %s: %s", lost, f.What, f.Text)
				}
			}
			must(t, ann.ForgetKey(ctxOf(t), room))
			awaitDevices(t, ann, w.bot)
			_, err = ann.Write(ctxOf(t), room, w.question("new?"))
			must(t, err)
			awaitPost(t, ann, room, w.bot, "answer: new?")
			if n := len(posts(t, ann, room, w.bot, "answer: old?")); n != 1 {
				t.Errorf("%s has %d answers after the loss of the %s, want 1", old, n, lost)
			}
			for _, m := range second.inbox.Messages() {
				if m.Text != "new?" {
					t.Errorf("after the loss of the %s the bot took in %+v", lost, m)
				}
			}
		})
	}
}

// endDevice logs the bot out of its device, as an administrator would.
func endDevice(t *testing.T, server *matrixtest.Server, w *world) {
	t.Helper()
	client, err := mautrix.NewClient(server.URL, "", "")
	must(t, err)
	_, err = client.Login(ctxOf(t), &mautrix.ReqLogin{
		Type: mautrix.AuthTypePassword, Identifier: mautrix.UserIdentifier{Type: mautrix.IdentifierTypeUser, User: string(w.bot)},
		Password: matrixtest.Password, StoreCredentials: true,
	})
	must(t, err)
	_, err = client.LogoutAll(ctxOf(t))
	must(t, err)
}

// awaitDevices gives a person's app time to hear of a new device.
func awaitDevices(t *testing.T, p *matrixtest.Person, bot id.UserID) {
	t.Helper()
	_, err := p.QueryKeys(ctxOf(t), &mautrix.ReqQueryKeys{DeviceKeys: map[id.UserID]mautrix.DeviceIDList{bot: {}}})
	must(t, err)
	time.Sleep(time.Second)
}

// TestLoggedOut: a login that was ended is a clear end of Run, and a start
// without a password says so too.
func TestLoggedOut(t *testing.T) {
	t.Parallel()
	server := matrixtest.Start(t)
	w := newWorld(t, server, false)
	path, store := filepath.Join(w.dir, "bot.db"), adaptertest.NewStore()
	a := newAdapter(t, w.config(), path, store)
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctxOf(t), adaptertest.NewInbox()) }()
	for a.Ready() != nil {
		time.Sleep(10 * time.Millisecond)
	}
	endDevice(t, server, w)
	// Dendrite tells a long poll only when the next one begins.
	var err error
	select {
	case err = <-ended:
	case <-time.After(45 * time.Second):
		t.Fatal("Run did not end")
	}
	if !errors.Is(err, matrix.ErrLoggedOut) || !strings.Contains(err.Error(), "password") {
		t.Errorf("Run ended with %v, want ErrLoggedOut and what to do", err)
	}
	if a.Ready() == nil {
		t.Error("still ready")
	}
	cfg := w.config()
	cfg.Password = ""
	again := newAdapter(t, cfg, path, store)
	if err := again.Run(ctxOf(t), adaptertest.NewInbox()); !errors.Is(err, matrix.ErrLoggedOut) {
		t.Errorf("started again without a password: %v, want ErrLoggedOut", err)
	}
	found := again.Check(ctxOf(t))
	if f := found[len(found)-1]; f.Level != adapters.Failure || f.What != "login" || f.Mend == "" {
		t.Errorf("Check finds %+v", found)
	}
}

// TestInvites: the allow-list decides, invites from before the start count,
// and an upgraded room is followed.
func TestInvites(t *testing.T) {
	t.Parallel()
	w := newWorld(t, matrixtest.Start(t), false)
	ctx := ctxOf(t)
	ann, mallory := w.person(t, "ann"), w.person(t, "mallory")
	early, err := ann.NewRoom(ctx, "early", false, w.bot)
	must(t, err)
	refused, err := mallory.NewRoom(ctx, "strange", false, w.bot)
	must(t, err)

	cfg := w.config()
	cfg.Allow = []string{string(ann.UserID)}
	runEcho(t, newAdapter(t, cfg, filepath.Join(w.dir, "bot.db"), adaptertest.NewStore()))
	must(t, ann.Await(ctx, early, w.bot, event.MembershipJoin))
	must(t, mallory.Await(ctx, refused, w.bot, event.MembershipLeave))

	var upgraded struct {
		Room id.RoomID `json:"replacement_room"`
	}
	_, err = ann.MakeRequest(ctx, "POST", ann.BuildClientURL("v3", "rooms", early, "upgrade"), map[string]string{"new_version": "10"}, &upgraded)
	must(t, err)
	_, err = ann.InviteUser(ctx, upgraded.Room, &mautrix.ReqInviteUser{UserID: w.bot})
	if err != nil && !errors.Is(err, mautrix.MForbidden) { // it may have come by itself
		t.Fatal(err)
	}
	must(t, ann.Await(ctx, upgraded.Room, w.bot, event.MembershipJoin))
	_, err = ann.Write(ctx, upgraded.Room, w.question("still there?"))
	must(t, err)
	awaitPost(t, ann, upgraded.Room, w.bot, "answer: still there?")
}

// TestTwoBots: two bots in a room answer people and not each other.
func TestTwoBots(t *testing.T) {
	t.Parallel()
	server := matrixtest.Start(t)
	w, other := newWorld(t, server, true), newWorld(t, server, true)
	for _, b := range []*world{w, other} {
		runEcho(t, newAdapter(t, b.config(), filepath.Join(b.dir, "bot.db"), adaptertest.NewStore()))
	}
	ctx := ctxOf(t)
	ann := w.person(t, "ann")
	room, err := ann.NewRoom(ctx, "desk", true, w.bot, other.bot)
	must(t, err)
	must(t, ann.Await(ctx, room, w.bot, event.MembershipJoin))
	must(t, ann.Await(ctx, room, other.bot, event.MembershipJoin))
	both := w.question("who is there?")
	both.Mentions.UserIDs = []id.UserID{w.bot, other.bot}
	_, err = ann.Write(ctx, room, both)
	must(t, err)
	awaitPost(t, ann, room, w.bot, "answer: ")
	awaitPost(t, ann, room, other.bot, "answer: ")
	time.Sleep(3 * time.Second)
	for _, bot := range []id.UserID{w.bot, other.bot} {
		if n := len(posts(t, ann, room, bot, "")); n != 1 {
			t.Errorf("%s has posted %d times, want 1", bot, n)
		}
	}
}

// TestRegisterTwice: a name that is taken is said to be.
func TestRegisterTwice(t *testing.T) {
	t.Parallel()
	server := matrixtest.Start(t)
	ctx := ctxOf(t)
	_, err := matrix.Register(ctx, server.URL, matrixtest.SharedSecret, "twin", matrixtest.Password)
	must(t, err)
	if _, err = matrix.Register(ctx, server.URL, matrixtest.SharedSecret, "twin", matrixtest.Password); err == nil || !strings.Contains(err.Error(), "taken") {
		t.Errorf("a second registration: %v", err)
	}
	if _, err = matrix.Register(ctx, server.URL, "wrong", "third", matrixtest.Password); err == nil {
		t.Error("a wrong secret registered an account")
	}
}

// TestLatency: from the sync that brings a question to the answer's sending,
// the homeserver's own time apart, at most 50 ms at the 99th percentile. Other
// work on the machine may spoil a round, not all five.
func TestLatency(t *testing.T) {
	const rounds, questions, limit = 5, 100, 50 * time.Millisecond
	busy := 2 * float64(runtime.NumCPU())
	server := matrixtest.Start(t)
	for _, encrypted := range []bool{false, true} {
		t.Run(fmt.Sprintf("encrypted=%v", encrypted), func(t *testing.T) {
			w := newWorld(t, server, encrypted)
			runEcho(t, newAdapter(t, w.config(), filepath.Join(w.dir, "bot.db"), adaptertest.NewStore()))
			ann, room := desk(t, w)
			best, load := time.Hour, 0.0
			for round := 0; round < rounds && best > limit && load <= busy; round++ {
				w.proxy.Watch()
				for i := range questions {
					_, err := ann.Write(ctxOf(t), room, w.question(fmt.Sprintf("question %d?", i)))
					must(t, err)
					for end := time.Now().Add(10 * time.Second); len(w.proxy.Took()) <= i && time.Now().Before(end); {
						time.Sleep(time.Millisecond)
					}
				}
				took := w.proxy.Took()
				if len(took) != questions {
					t.Fatalf("%d of %d answers were measured", len(took), questions)
				}
				slices.Sort(took)
				p := func(q float64) time.Duration { return took[int(q*float64(len(took)-1))] }
				t.Logf("from sync to sent, %d questions: median %v, p95 %v, p99 %v, most %v", len(took), p(0.5), p(0.95), p(0.99), p(1))
				best, load = min(best, p(0.99)), loadAverage()
			}
			switch {
			case best <= limit:
			case load > busy:
				t.Skipf("not judged: the machine is busy with other things, its load is %.1f", load)
			default:
				t.Errorf("p99 is %v at best, want at most %v", best, limit)
			}
		})
	}
}

// loadAverage is how many programs wanted to run over the last minute, 0
// where the system does not tell.
func loadAverage() (load float64) {
	raw, err := os.ReadFile("/proc/loadavg")
	if err == nil {
		_, _ = fmt.Sscan(string(raw), &load)
	}
	return load
}

// A running echo that can be stopped before the test ends.
type stoppable struct {
	*echo
	stop func()
}

// startEcho is runEcho with a stop of its own.
func startEcho(t *testing.T, a *matrix.Adapter) *stoppable {
	t.Helper()
	e := newEcho(t, a)
	return &stoppable{echo: e, stop: e.start()}
}
