//go:build matrixe2e && goolm

package matrix_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"sync/atomic"
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

func TestConformancePlain(t *testing.T)     { conform(t, false) }
func TestConformanceEncrypted(t *testing.T) { conform(t, true) }

func conform(t *testing.T, encrypted bool) {
	t.Parallel()
	server := matrixtest.Start(t)
	adaptertest.Run(t, func(t *testing.T) adaptertest.Platform { return newWorld(t, server, encrypted) })
}

// worlds counts the worlds, so that each has accounts of its own.
var worlds atomic.Int32

// A world is a bot on a real homeserver with people around it.
type world struct {
	server    *matrixtest.Server
	proxy     *matrixtest.Proxy
	encrypted bool
	n         int32
	bot       id.UserID
	dir       string
	people    map[string]*matrixtest.Person
	rooms     map[string]id.RoomID
	written   map[id.EventID]*event.MessageEventContent
	hosts     map[id.RoomID]string // who made each room
}

func newWorld(t *testing.T, server *matrixtest.Server, encrypted bool) *world {
	t.Helper()
	w := &world{
		server: server, encrypted: encrypted, n: worlds.Add(1), dir: t.TempDir(),
		people: map[string]*matrixtest.Person{}, rooms: map[string]id.RoomID{},
		written: map[id.EventID]*event.MessageEventContent{}, hosts: map[id.RoomID]string{},
	}
	proxy, stop := matrixtest.NewProxy(server.URL)
	t.Cleanup(stop)
	w.proxy = proxy
	user, err := matrix.Register(ctxOf(t), server.URL, matrixtest.SharedSecret, w.name("bot"), matrixtest.Password)
	if err != nil {
		t.Fatal(err)
	}
	w.bot = id.UserID(user)
	return w
}

func (w *world) name(s string) string { return fmt.Sprintf("%s%d", s, w.n) }

// config is how the bot of this world is set up.
func (w *world) config() matrix.Config {
	return matrix.Config{
		Homeserver: w.proxy.URL, User: string(w.bot), Password: matrixtest.Password,
		RecoveryKey: "a passphrase for the tests", Allow: []string{matrixtest.ServerName},
	}
}

func (w *world) Lacks() []adaptertest.Feature {
	return []adaptertest.Feature{adaptertest.Actions, adaptertest.Ephemerals}
}

func (w *world) Adapter(t *testing.T, store adapters.Store) adapters.Adapter {
	return newAdapter(t, w.config(), filepath.Join(w.dir, "bot.db"), store)
}

// person returns somebody, registered when first named.
func (w *world) person(t *testing.T, who string) *matrixtest.Person {
	t.Helper()
	if p := w.people[who]; p != nil {
		return p
	}
	p, err := w.server.NewPerson(ctxOf(t), w.name(who))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	w.people[who] = p
	return p
}

// room returns a room with the bot and the person in it.
func (w *world) room(t *testing.T, act adaptertest.Act) id.RoomID {
	t.Helper()
	p, name := w.person(t, act.Who), act.Room
	if act.Kind == adapters.Direct {
		name = ""
	}
	key := name
	if name == "" {
		key = "direct " + act.Who
	}
	ctx := ctxOf(t)
	room, ok := w.rooms[key]
	if !ok {
		var err error
		if room, err = p.NewRoom(ctx, name, w.encrypted, w.bot); err != nil {
			t.Fatal(err)
		}
		w.rooms[key], w.hosts[room] = room, act.Who
	}
	host := w.host(t, ctx, room)
	must(t, host.Await(ctx, room, w.bot, event.MembershipJoin))
	if !p.StateStore.IsInRoom(ctx, room, p.UserID) && p != host {
		_, err := host.InviteUser(ctx, room, &mautrix.ReqInviteUser{UserID: p.UserID})
		must(t, err)
		_, err = p.JoinRoomByID(ctx, room)
		must(t, err)
	}
	must(t, p.Await(ctx, room, p.UserID, event.MembershipJoin))
	must(t, p.Await(ctx, room, w.bot, event.MembershipJoin))
	return room
}

// host is the one who made the room, and can read everything in it.
func (w *world) host(t *testing.T, ctx context.Context, room id.RoomID) *matrixtest.Person {
	t.Helper()
	p := w.people[w.hosts[room]]
	must(t, p.Await(ctx, room, p.UserID, event.MembershipJoin))
	return p
}

func (w *world) Do(t *testing.T, act adaptertest.Act) adaptertest.Ref {
	t.Helper()
	p, room, ctx := w.person(t, act.Who), w.room(t, act), ctxOf(t)
	on := id.EventID(act.On)
	var evt id.EventID
	var err error
	switch act.Kind {
	case adapters.Joined:
		return ""
	case adapters.Reaction:
		evt, err = p.WriteAs(ctx, room, event.EventReaction, &event.ReactionEventContent{RelatesTo: *(&event.RelatesTo{}).SetAnnotation(on, act.Value)})
	case adapters.Deleted:
		var resp *mautrix.RespSendEvent
		if resp, err = p.RedactEvent(ctx, room, on); err == nil {
			evt = resp.EventID
		}
	default:
		content := w.message(act)
		evt, err = p.Write(ctx, room, content)
		w.written[evt] = content
	}
	must(t, err)
	return adaptertest.Ref(evt)
}

// message is what the person's app makes of the act.
func (w *world) message(act adaptertest.Act) *event.MessageEventContent {
	c := &event.MessageEventContent{MsgType: event.MsgText, Body: act.Text, Mentions: &event.Mentions{}}
	mention := func() {
		c.Body = "Sourceline: " + act.Text
		c.Format = event.FormatHTML
		c.FormattedBody = fmt.Sprintf(`<a href="https://matrix.to/#/%s">Sourceline</a>: %s`, w.bot, event.TextToHTML(act.Text))
		c.Mentions = &event.Mentions{UserIDs: []id.UserID{w.bot}}
	}
	on := id.EventID(act.On)
	switch act.Kind {
	case adapters.Mention:
		mention()
	case adapters.Command:
		c.Body = "!sourceline " + act.Text
	case adapters.ThreadReply:
		root := on
		if original := w.written[on]; original != nil && original.RelatesTo.GetThreadParent() != "" {
			root = original.RelatesTo.GetThreadParent()
		}
		c.RelatesTo = (&event.RelatesTo{}).SetThread(root, on)
	case adapters.Edited:
		if original := w.written[on]; original != nil && original.Mentions.Has(w.bot) {
			mention()
		}
		c.SetEdit(on)
	}
	if act.Bot {
		c.MsgType = event.MsgNotice
	}
	return c
}

func (w *world) Repeat(t *testing.T, r adaptertest.Ref) {
	t.Helper()
	if !w.proxy.Repeat(string(r)) {
		t.Fatalf("no sync has brought %s", r)
	}
	// Something must end the long poll that is under way.
	for _, room := range w.rooms {
		_, err := w.host(t, ctxOf(t), room).UserTyping(ctxOf(t), room, true, time.Second)
		must(t, err)
		_, err = w.host(t, ctxOf(t), room).SendNotice(ctxOf(t), room, "never mind")
		must(t, err)
		return
	}
}

func (w *world) Lose(_ *testing.T, arrives bool) { w.proxy.Lose(arrives) }

// settled reads a room once everything that the homeserver took from the bot
// can be read in one of the rooms: reads lag behind.
func (w *world) settled(t *testing.T, ctx context.Context, room id.RoomID) []*event.Event {
	t.Helper()
	for {
		missing := map[string]bool{}
		for _, sent := range w.proxy.Sent() {
			missing[sent] = true
		}
		var wanted []*event.Event
		for _, r := range w.rooms {
			events, err := w.host(t, ctx, r).Read(ctx, r)
			must(t, err)
			for _, evt := range events {
				delete(missing, string(evt.ID))
			}
			if r == room {
				wanted = events
			}
		}
		if len(missing) == 0 || ctx.Err() != nil {
			return wanted
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (w *world) Posts(t *testing.T, c adapters.Conversation) []adaptertest.Post {
	t.Helper()
	room := id.RoomID(c.Room)
	ctx, cancel := context.WithTimeout(ctxOf(t), 30*time.Second)
	defer cancel()
	events := w.settled(t, ctx, room)
	var posts []adaptertest.Post
	for _, evt := range events {
		if evt.Sender != w.bot || evt.Type != event.EventMessage || evt.Unsigned.RedactedBecause != nil {
			if evt.Type == event.EventEncrypted && evt.Sender == w.bot && evt.Unsigned.RedactedBecause == nil {
				t.Errorf("a post cannot be decrypted: %s", evt.ID)
			}
			continue
		}
		if w.encrypted && !evt.Mautrix.WasEncrypted {
			t.Errorf("a post is not encrypted: %s", evt.Content.VeryRaw)
		}
		content := evt.Content.AsMessage()
		if content.MsgType != event.MsgNotice || content.Mentions == nil {
			t.Errorf("a post is not a notice with mentions: %s", evt.Content.VeryRaw)
		}
		if len(evt.Content.VeryRaw) > 65_000 {
			t.Errorf("a post has %d bytes", len(evt.Content.VeryRaw))
		}
		if target := content.RelatesTo.GetReplaceID(); target != "" {
			if i := slices.IndexFunc(posts, func(p adaptertest.Post) bool { return p.ID == adapters.PostID(target) }); i >= 0 {
				posts[i].Text, posts[i].Live = shown(content.NewContent)
			}
			continue
		}
		if string(content.RelatesTo.GetThreadParent()) != c.Thread {
			continue
		}
		post := adaptertest.Post{ID: adapters.PostID(evt.ID)}
		post.Text, post.Live = shown(content)
		posts = append(posts, post)
	}
	return posts
}

// ctxOf ends with the test, or after two minutes.
func ctxOf(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
