//go:build matrixe2e && goolm

package matrix_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/matrix"
	"sourceline/adapters/matrix/matrixtest"
)

// An echo is a small bot: it answers questions with "answer: …" and follows
// edits and deletions.
type echo struct {
	*matrix.Adapter
	t     *testing.T
	inbox *adaptertest.Inbox
	posts map[string]adapters.PostID // by the question's ID; the answering goroutine's own
}

func newEcho(t *testing.T, a *matrix.Adapter) *echo {
	return &echo{Adapter: a, t: t, inbox: adaptertest.NewInbox(), posts: map[string]adapters.PostID{}}
}

// runEcho runs an echo until the test ends.
func runEcho(t *testing.T, a *matrix.Adapter) *echo {
	t.Helper()
	e := newEcho(t, a)
	t.Cleanup(e.start())
	return e
}

// start runs the echo, waits until it is ready and returns what stops it.
func (e *echo) start() (stop func()) {
	e.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	go func() { ended <- e.Run(ctx, e.inbox) }()
	go func() { e.answer(ctx); ended <- nil }()
	for end := time.Now().Add(time.Minute); e.Ready() != nil && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	return sync.OnceFunc(func() {
		cancel()
		for range 2 {
			if err := <-ended; err != nil {
				e.t.Errorf("Run: %v", err)
			}
		}
	})
}

func (e *echo) answer(ctx context.Context) {
	for done := 0; ctx.Err() == nil; time.Sleep(time.Millisecond) {
		messages := e.inbox.Messages()
		for ; done < len(messages); done++ {
			e.handle(ctx, messages[done])
		}
	}
}

func (e *echo) handle(ctx context.Context, m adapters.Message) {
	o := adapters.Outgoing{Key: fmt.Sprint(m.ID, " ", m.Target), Conversation: m.Conversation, Return: m.Return,
		Reply: &adapters.Reply{Parts: []adapters.Part{adapters.Headline{Text: "answer: " + m.Text}}}}
	switch m.Kind {
	case adapters.Joined, adapters.Reaction:
		return
	case adapters.Edited, adapters.Deleted:
		o.Replaces = e.posts[m.Target]
		if o.Replaces == "" {
			return
		}
		if m.Kind == adapters.Deleted {
			o.Reply = nil
		}
	default:
		if e.posts[m.ID] != "" {
			return // delivered again
		}
	}
	id, err := e.Post(ctx, o)
	if err != nil {
		if ctx.Err() == nil {
			e.t.Errorf("Post: %v", err)
		}
		return
	}
	if o.Replaces == "" {
		e.posts[m.ID] = id
	}
}

// ask is what an app sends for a message that mentions the bot.
func ask(bot id.UserID, text string) map[string]any {
	return map[string]any{
		"msgtype": "m.text", "body": "Sourceline: " + text, "format": "org.matrix.custom.html",
		"formatted_body": fmt.Sprintf(`<a href="https://matrix.to/#/%s">Sourceline</a>: %s`, bot, text),
		"m.mentions":     map[string]any{"user_ids": []id.UserID{bot}},
	}
}

// TestElement: in encrypted rooms, with an app that excludes insecure
// devices: mention, thread, direct message, edit, deletion, reaction.
func TestElement(t *testing.T) {
	t.Parallel()
	server := matrixtest.Start(t)
	w := newWorld(t, server, true)
	e := runEcho(t, newAdapter(t, w.config(), filepath.Join(w.dir, "bot.db"), adaptertest.NewStore()))
	ctx := ctxOf(t)
	anna := server.NewJSPerson(t, ctx, w.name("anna"))

	room := jsRoom(t, ctx, anna, "desk", w.bot)
	send := func(room id.RoomID, content map[string]any) (evt id.EventID) {
		anna.Do(t, ctx, map[string]any{"do": "send", "room": room, "content": content}, &evt)
		return evt
	}
	question := send(room, ask(w.bot, "how many?"))
	answer := awaitJS(t, ctx, anna, room, "an answer", func(ev matrixtest.JSEvent) bool { return says(ev, w.bot, "answer: how many?") })
	if answer.Relation.GetThreadParent() != question || answer.Relation.GetReplyTo() != question {
		t.Errorf("the answer relates to %+v, want the thread of %s", answer.Relation, question)
	}

	follow := map[string]any{"msgtype": "m.text", "body": "who says so?", "m.mentions": map[string]any{},
		"m.relates_to": map[string]any{"rel_type": "m.thread", "event_id": question, "is_falling_back": true,
			"m.in_reply_to": map[string]any{"event_id": answer.ID}}}
	send(room, follow)
	awaitJS(t, ctx, anna, room, "an answer in the thread", func(ev matrixtest.JSEvent) bool {
		return says(ev, w.bot, "answer: who says so?") && ev.Relation.GetThreadParent() == question
	})

	edit := ask(w.bot, "* how many people?")
	edit["m.new_content"] = ask(w.bot, "how many people?")
	edit["m.relates_to"] = map[string]any{"rel_type": "m.replace", "event_id": question}
	send(room, edit)
	awaitJS(t, ctx, anna, room, "an edited answer", func(ev matrixtest.JSEvent) bool {
		return ev.Sender == w.bot && ev.Secret && ev.Relation.GetReplaceID() == answer.ID && ev.Content.NewContent != nil &&
			strings.Contains(ev.Content.NewContent.Body, "answer: how many people?")
	})

	anna.Do(t, ctx, map[string]any{"do": "send", "room": room, "type": "m.reaction",
		"content": map[string]any{"m.relates_to": map[string]any{"rel_type": "m.annotation", "event_id": answer.ID, "key": "👍️"}}}, nil)
	e.inbox.Await(t, "the reaction", func(m adapters.Message) bool {
		return m.Kind == adapters.Reaction && m.Value == "👍" && m.Target == string(answer.ID) && m.Conversation.Thread == string(question)
	})

	anna.Do(t, ctx, map[string]any{"do": "redact", "room": room, "event": question}, nil)
	awaitJS(t, ctx, anna, room, "a deleted answer", func(ev matrixtest.JSEvent) bool { return ev.ID == answer.ID && ev.Redacted })

	direct := jsRoom(t, ctx, anna, "", w.bot)
	send(direct, map[string]any{"msgtype": "m.text", "body": "how many, between us?"})
	awaitJS(t, ctx, anna, direct, "an answer to a direct message", func(ev matrixtest.JSEvent) bool {
		return says(ev, w.bot, "answer: how many, between us?") && ev.Content.MsgType == event.MsgNotice
	})
	for _, r := range []id.RoomID{room, direct} {
		for _, ev := range anna.Read(t, ctx, r) {
			if ev.Failed != "" {
				t.Errorf("the app cannot read %s of %s: %s", ev.ID, ev.Sender, ev.Failed)
			}
		}
	}
}

// jsRoom makes an encrypted room and waits for the bot to come.
func jsRoom(t *testing.T, ctx context.Context, p *matrixtest.JSPerson, name string, bot id.UserID) (room id.RoomID) {
	t.Helper()
	p.Do(t, ctx, map[string]any{"do": "room", "name": name, "encrypted": true, "invite": []id.UserID{bot}}, &room)
	for ctx.Err() == nil {
		var members []id.UserID
		p.Do(t, ctx, map[string]any{"do": "members", "room": room}, &members)
		if slices.Contains(members, bot) {
			return room
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("the bot does not come into %s", room)
	return ""
}

// says reports whether an event is an encrypted post of the bot's with that
// text.
func says(ev matrixtest.JSEvent, bot id.UserID, text string) bool {
	return ev.Sender == bot && ev.Secret && ev.Type == "m.room.message" && ev.Relation.GetReplaceID() == "" &&
		strings.Contains(ev.Content.Body, text)
}

// awaitJS waits until the app shows an event.
func awaitJS(t *testing.T, ctx context.Context, p *matrixtest.JSPerson, room id.RoomID, what string, ok func(matrixtest.JSEvent) bool) matrixtest.JSEvent {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		for _, ev := range p.Read(t, ctx, room) {
			if ok(ev) {
				return ev
			}
		}
	}
	t.Fatalf("waited in vain for %s; the room shows %+v", what, p.Read(t, ctx, room))
	panic("not reached")
}
