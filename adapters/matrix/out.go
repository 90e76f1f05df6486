package matrix

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// txnPrefix begins the transaction IDs of answers.
const txnPrefix = "sl-"

// maxContent is how long the content of an event may be, in bytes of JSON. An
// event may have 65,536: encryption makes four bytes of three, and servers
// add their own.
const maxContent = 44_000

// content is what the bot sends: a notice that bears the key of its answer,
// by which it is found again when nobody knows whether it arrived.
type content struct {
	event.MessageEventContent
	Key string `json:"org.sourceline.key,omitempty"`
}

// Post delivers o and returns the event that it made or changed. The key of o
// becomes the transaction ID, so that the homeserver takes a repeat for what
// it is; whether o is already there is looked up where that is Uncertain.
//
// Matrix has no post that one reader alone sees: Only is not kept to.
func (a *Adapter) Post(ctx context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	if err := a.waitOnline(ctx); err != nil {
		return "", err
	}
	room := id.RoomID(o.Conversation.Room)
	txn := transaction(o.Key)
	if o.Reply == nil {
		return o.Replaces, a.redact(ctx, room, id.EventID(o.Replaces), txn)
	}
	defer a.courtesy.answered(room)
	if o.Replaces != "" {
		_, err := a.send(ctx, room, a.edit(o, txn), txn)
		return o.Replaces, err
	}
	if sent, ok, err := a.ledger.postByKey(ctx, txn); ok || err != nil {
		return adapters.PostID(sent.event), err
	}
	var from origin
	_ = json.Unmarshal(o.Return, &from) // without it the answer stands alone
	evt, err := a.postNew(ctx, room, o, txn, from)
	if err != nil {
		return "", err
	}
	standing, err := a.record(ctx, txn, post{room, evt, id.EventID(o.Conversation.Thread)}, from.Sent)
	if err != nil {
		return "", fmt.Errorf("%w: %w", adapters.ErrUncertain, err)
	}
	return adapters.PostID(standing), nil
}

// postNew posts o, unless it is found to be there.
func (a *Adapter) postNew(ctx context.Context, room id.RoomID, o adapters.Outgoing, txn string, from origin) (id.EventID, error) {
	if o.Uncertain {
		evt, err := a.find(ctx, room, txn, from)
		if evt == "" && err == nil {
			// The homeserver may still be at work on it.
			sleep(ctx, settleTime)
			evt, err = a.find(ctx, room, txn, from)
		}
		if evt != "" || err != nil {
			return evt, err
		}
		now := time.Now()
		if err := a.mind(ctx, resent{txn, room, from.Sent, now, nextLook(now, now)}); err != nil {
			return "", err // before the sending: afterwards there may be no time for it
		}
	}
	c := a.notice(*o.Reply, txn)
	c.RelatesTo = relate(id.EventID(o.Conversation.Thread), from.Event)
	return a.send(ctx, room, c, txn)
}

// waitOnline waits until the adapter is connected; Run connects it.
func (a *Adapter) waitOnline(ctx context.Context) error {
	select {
	case <-a.online:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("matrix: not connected: %w", ctx.Err())
	}
}

// transaction makes a transaction ID of a key: the same key, the same ID.
func transaction(key string) string {
	sum := sha256.Sum256([]byte(key))
	return txnPrefix + base64.RawURLEncoding.EncodeToString(sum[:18])
}

// relate puts an answer into a thread, or makes it a reply to the question.
func relate(thread, question id.EventID) *event.RelatesTo {
	switch {
	case thread != "" && question != "":
		return (&event.RelatesTo{}).SetThread(thread, question)
	case thread != "":
		return (&event.RelatesTo{}).SetThread(thread, thread)
	case question != "":
		return (&event.RelatesTo{}).SetReplyTo(question)
	}
	return nil
}

// notice prints a reply, cut at its quotes to what an event may hold.
func (a *Adapter) notice(r adapters.Reply, txn string) *content {
	r = adapters.Cut(adapters.Clean(r), func(r adapters.Reply) bool {
		raw, err := json.Marshal(printNotice(r, txn))
		return err == nil && len(raw) <= maxContent
	})
	return printNotice(r, txn)
}

// printNotice prints a reply as a notice that mentions nobody.
func printNotice(r adapters.Reply, txn string) *content {
	return &content{Key: txn, MessageEventContent: event.MessageEventContent{
		MsgType:       event.MsgNotice,
		Body:          strings.TrimSuffix(adapters.Text(&r, adapters.TextOptions{}), "\n"),
		Format:        event.FormatHTML,
		FormattedBody: printHTML(r),
		Mentions:      &event.Mentions{},
	}}
}

// edit prints the new form of a post. What apps without edits show beside it
// is the first line alone, so that the event stays small.
func (a *Adapter) edit(o adapters.Outgoing, txn string) *content {
	fresh := a.notice(*o.Reply, "").MessageEventContent
	first, _, _ := strings.Cut(fresh.Body, "\n")
	return &content{Key: txn, MessageEventContent: event.MessageEventContent{
		MsgType:    event.MsgNotice,
		Body:       "* " + adapters.Shorten(first, maxFallback),
		Mentions:   &event.Mentions{},
		NewContent: &fresh,
		RelatesTo:  (&event.RelatesTo{}).SetReplace(id.EventID(o.Replaces)),
	}}
}

// maxFallback is how many bytes of an edit old apps see.
const maxFallback = 300

// send sends an event, encrypted where its room is. The same transaction ID
// is used for all tries, and so is the ciphertext.
func (a *Adapter) send(ctx context.Context, room id.RoomID, c *content, txn string) (id.EventID, error) {
	secret, err := a.encrypted(ctx, room)
	if err != nil {
		return "", err
	}
	kind, body := event.EventMessage, any(c)
	if secret {
		if a.cipher == nil {
			return "", fmt.Errorf("%w: matrix: %s is encrypted and this build cannot encrypt: build with -tags goolm", adapters.ErrPermanent, room)
		}
		kind = event.EventEncrypted
		if body, err = a.cipher.encrypt(ctx, room, event.EventMessage, c); err != nil {
			return "", fmt.Errorf("matrix: encrypt for %s: %w", room, err)
		}
	}
	evt, err := retrySend(ctx, &a.pace, func(ctx context.Context) (id.EventID, error) {
		resp, err := a.client.SendMessageEvent(ctx, room, kind, body, mautrix.ReqSendEvent{TransactionID: txn, DontEncrypt: true})
		if err != nil {
			return "", err
		}
		return resp.EventID, nil
	})
	if err != nil {
		return "", fmt.Errorf("matrix: send to %s: %w", room, err)
	}
	return evt, nil
}

// redact deletes a post; one that is gone already is no error.
func (a *Adapter) redact(ctx context.Context, room id.RoomID, evt id.EventID, txn string) error {
	if evt == "" {
		return fmt.Errorf("%w: matrix: nothing to delete", adapters.ErrPermanent)
	}
	_, err := retry(ctx, &a.pace, func(ctx context.Context) (*mautrix.RespSendEvent, error) {
		return a.client.RedactEvent(ctx, room, evt, mautrix.ReqRedact{TxnID: txn})
	})
	if err != nil && !errors.Is(err, mautrix.MNotFound) {
		return fmt.Errorf("matrix: delete %s in %s: %w", evt, room, err)
	}
	return nil
}

// settleTime is what a homeserver may take over an event whose sender is gone.
var settleTime = 5 * time.Second

// How a post is looked for.
const (
	findMost = 2_000           // events, where the question is not met before
	skew     = 5 * time.Minute // by which servers' clocks may differ
)

// find looks for the post with a transaction ID in what was written in the
// room since the question; "" where there is none.
func (a *Adapter) find(ctx context.Context, room id.RoomID, txn string, from origin) (id.EventID, error) {
	for evt, err := range a.written(ctx, room, from) {
		if err != nil {
			return "", fmt.Errorf("matrix: look for an answer: %w", err)
		}
		if a.keyOf(ctx, evt) == txn {
			return evt.ID, nil
		}
	}
	return "", nil
}

// written yields what was written in a room since a question, the newest
// first. It ends after an error.
func (a *Adapter) written(ctx context.Context, room id.RoomID, from origin) iter.Seq2[*event.Event, error] {
	return func(yield func(*event.Event, error) bool) {
		oldest, read := time.UnixMilli(from.Sent).Add(-skew), 0
		for evt, err := range a.backwards(ctx, room, "") {
			if err != nil {
				yield(nil, err)
				return
			}
			if evt.ID == from.Event || time.UnixMilli(evt.Timestamp).Before(oldest) || !yield(evt, nil) {
				return
			}
			if read++; read >= findMost {
				return
			}
		}
	}
}
