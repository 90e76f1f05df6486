package matrix

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// origin is what a message's Return holds: what the answer relates to.
type origin struct {
	Event id.EventID `json:"e"`
	Sent  int64      `json:"t"` // milliseconds since 1970, by its server's clock
}

func (o origin) encode() []byte {
	raw, _ := json.Marshal(o) // cannot fail: two plain fields
	return raw
}

// handOver gives one timeline event to the inbox, unless it was given before
// or is none of the bot's business. It returns what the ledger should
// remember, once the rest of the sync was handed over too.
func (a *Adapter) handOver(ctx context.Context, inbox adapters.Inbox, evt *event.Event) ([]entry, error) {
	if evt.ID == "" {
		return nil, nil
	}
	if _, seen, err := a.ledger.entry(ctx, evt.ID); seen || err != nil {
		return nil, err
	}
	marks := entriesOf([]*event.Event{evt})
	if evt.Sender == a.client.UserID && evt.Type.Type != event.StateMember.Type {
		return marks, a.recognise(ctx, evt)
	}
	if time.Since(time.UnixMilli(evt.Timestamp)) > a.cfg.MaxAge {
		return marks, nil
	}
	if evt.Type.Type == event.EventEncrypted.Type {
		plain, err := a.open(ctx, evt)
		if plain == nil {
			return marks, err
		}
		evt = plain
	}
	e, err := a.pass(ctx, inbox, evt)
	return append(marks, e...), err
}

// recognise records an event of the bot's own that comes back with its
// transaction ID.
func (a *Adapter) recognise(ctx context.Context, evt *event.Event) error {
	if evt.Type.Type == event.EventRedaction.Type || deleted(evt) {
		return nil
	}
	rel := relation(evt)
	key := a.keyOf(ctx, evt)
	if rel.GetReplaceID() != "" || !strings.HasPrefix(key, txnPrefix) {
		return nil
	}
	_, err := a.record(ctx, key, post{evt.RoomID, evt.ID, rel.GetThreadParent()}, evt.Timestamp-lateness.Milliseconds())
	return err
}

// open decrypts an event. One whose key is missing is kept for later; then,
// and for what nobody can read, it returns nil.
func (a *Adapter) open(ctx context.Context, evt *event.Event) (*event.Event, error) {
	content, ok := evt.Content.Parsed.(*event.EncryptedEventContent)
	if !ok || content.Algorithm != id.AlgorithmMegolmV1 || a.cipher == nil {
		return nil, nil // redacted, odd, or nothing to read it with
	}
	plain, err := a.cipher.decrypt(ctx, evt)
	if errors.Is(err, errRepeated) {
		a.log.Info("matrix: a message came twice, under two events: the first one counts", "room", evt.RoomID, "event", evt.ID)
		return nil, nil
	}
	var u *undecryptable
	if errors.As(err, &u) {
		a.wakeUp()
		return nil, a.ledger.addPending(ctx, evt)
	}
	return plain, err
}

// pass gives an event in the clear to the inbox.
func (a *Adapter) pass(ctx context.Context, inbox adapters.Inbox, evt *event.Event) ([]entry, error) {
	m, e, err := a.translate(ctx, evt)
	if err != nil || m == nil {
		return e, err
	}
	if err := inbox.Put(ctx, *m); err != nil {
		return nil, fmt.Errorf("matrix: the inbox did not take %s: %w", evt.ID, err)
	}
	switch m.Kind {
	case adapters.Mention, adapters.Direct, adapters.Command:
		a.courtesy.accepted(evt.RoomID, evt.ID, id.EventID(m.Conversation.Thread))
	}
	return e, nil
}

// translate turns an event into a message; nil where the bot takes no part.
func (a *Adapter) translate(ctx context.Context, evt *event.Event) (*adapters.Message, []entry, error) {
	m := &adapters.Message{
		ID:           string(evt.ID),
		Conversation: a.conversation(evt.RoomID, ""),
		Sender:       string(evt.Sender),
		Sent:         time.UnixMilli(evt.Timestamp),
		Return:       origin{evt.ID, evt.Timestamp}.encode(),
	}
	switch evt.Type.Type {
	case event.StateMember.Type:
		return a.joined(m, evt), nil, nil
	case event.EventMessage.Type:
		return a.message(ctx, m, evt)
	case event.EventReaction.Type:
		rel := relation(evt)
		m.Kind, m.Target, m.Value = adapters.Reaction, string(rel.GetAnnotationID()), plainEmoji(rel.GetAnnotationKey())
	case event.EventRedaction.Type:
		m.Kind, m.Target = adapters.Deleted, string(redacts(evt))
	}
	if m.Target == "" {
		return nil, nil, nil
	}
	return m, nil, a.place(ctx, m)
}

// joined is the bot's own arrival in a room.
func (a *Adapter) joined(m *adapters.Message, evt *event.Event) *adapters.Message {
	if evt.GetStateKey() != string(a.client.UserID) || membership(evt) != event.MembershipJoin {
		return nil
	}
	if prev := evt.Unsigned.PrevContent; prev != nil && prev.Raw["membership"] == string(event.MembershipJoin) {
		return nil // a new name or picture
	}
	m.Kind = adapters.Joined
	a.describe(evt.RoomID)
	return m
}

// message is something written: a question, or the new text of one.
func (a *Adapter) message(ctx context.Context, m *adapters.Message, evt *event.Event) (*adapters.Message, []entry, error) {
	content := evt.Content.AsMessage()
	if content.MsgType != event.MsgText {
		return nil, nil, nil
	}
	rel := relation(evt)
	if target := rel.GetReplaceID(); target != "" {
		return a.edited(ctx, m, evt, target)
	}
	direct, err := a.isDirect(ctx, evt.RoomID)
	if err != nil {
		return nil, nil, err
	}
	text, kind := a.names(ctx, evt.RoomID).address(content, direct)
	thread := rel.GetThreadParent()
	if thread == "" {
		answered, ours, err := a.ledger.postByEvent(ctx, rel.GetReplyTo())
		switch {
		case err != nil:
			return nil, nil, err
		case ours:
			thread = answered.thread
			if kind == "" {
				kind = adapters.ThreadReply
			}
		case kind != "" && !direct && !a.cfg.Replies:
			thread = evt.ID // the question opens a thread
		}
	} else if kind == "" {
		kind = adapters.ThreadReply
	}
	if kind == "" || text == "" && kind == adapters.ThreadReply {
		return nil, nil, nil
	}
	m.Kind, m.Text, m.Conversation.Thread = kind, text, string(thread)
	return m, []entry{{event: evt.ID, room: evt.RoomID, sender: evt.Sender, thread: thread, passed: true}}, nil
}

// edited is the new text of a message. Where the old one did not name the bot
// and the new one does, it becomes a question now, under the old one's ID.
func (a *Adapter) edited(ctx context.Context, m *adapters.Message, evt *event.Event, target id.EventID) (*adapters.Message, []entry, error) {
	content := evt.Content.AsMessage()
	if content.NewContent == nil || content.NewContent.MsgType != event.MsgText {
		return nil, nil, nil
	}
	original, known, err := a.ledger.entry(ctx, target)
	if err != nil {
		return nil, nil, err
	}
	if known && original.sender != evt.Sender {
		return nil, nil, nil // nobody edits another's words
	}
	direct, err := a.isDirect(ctx, evt.RoomID)
	if err != nil {
		return nil, nil, err
	}
	text, kind := a.names(ctx, evt.RoomID).address(content.NewContent, direct)
	m.Return = origin{target, evt.Timestamp}.encode()
	if known && !original.passed && kind != "" {
		thread := original.thread
		if thread == "" && !direct && !a.cfg.Replies {
			thread = target
		}
		m.ID, m.Kind, m.Text, m.Conversation.Thread = string(target), kind, text, string(thread)
		return m, []entry{{event: target, room: evt.RoomID, sender: evt.Sender, thread: thread, passed: true}}, nil
	}
	m.Kind, m.Target, m.Text = adapters.Edited, string(target), text
	return m, nil, a.place(ctx, m)
}

// place sets the thread of what is done to an earlier message.
func (a *Adapter) place(ctx context.Context, m *adapters.Message) error {
	e, ok, err := a.ledger.entry(ctx, id.EventID(m.Target))
	if err == nil && ok && e.thread != "" {
		m.Conversation.Thread = string(e.thread)
		return nil
	}
	if err != nil {
		return err
	}
	p, ok, err := a.ledger.postByEvent(ctx, id.EventID(m.Target))
	if ok {
		m.Conversation.Thread = string(p.thread)
	}
	return err
}

// conversation names a room and a thread in it.
func (a *Adapter) conversation(room id.RoomID, thread id.EventID) adapters.Conversation {
	return adapters.Conversation{Platform: Platform, Workspace: a.workspace(), Room: string(room), Thread: string(thread)}
}

// relation returns what an event relates to; empty where it stands alone.
func relation(evt *event.Event) *event.RelatesTo {
	if content, ok := evt.Content.Parsed.(event.Relatable); ok {
		if rel := content.OptionalGetRelatesTo(); rel != nil {
			return rel
		}
	}
	if content, ok := evt.Content.Parsed.(*event.EncryptedEventContent); ok && content.RelatesTo != nil {
		return content.RelatesTo
	}
	return &event.RelatesTo{}
}

// redacts returns what an event deletes: in newer rooms its content says so.
func redacts(evt *event.Event) id.EventID {
	if target, ok := evt.Content.Raw["redacts"].(string); ok && target != "" {
		return id.EventID(target)
	}
	return evt.Redacts
}

// plainEmoji drops the variation selector, which some apps add and some do
// not.
func plainEmoji(s string) string { return strings.TrimSuffix(s, "\ufe0f") }
