package matrix

import (
	"context"
	"errors"
	"time"

	"maunium.net/go/mautrix/event"

	"sourceline/adapters"
)

const (
	pendingTick = time.Second     // how often waiting events are looked at
	askAfter    = 3 * time.Second // a key that is later than this is asked for
)

// awaitKeys hands over events whose key arrives late, and tells their senders
// where it does not arrive at all.
func (a *Adapter) awaitKeys(ctx context.Context, inbox adapters.Inbox) {
	if a.cipher == nil {
		return
	}
	for ctx.Err() == nil {
		waiting, err := a.ledger.pending(ctx)
		for _, p := range waiting {
			if e := a.tryPending(ctx, inbox, p); e != nil {
				err = e
			}
		}
		if err != nil && ctx.Err() == nil {
			a.log.Warn("matrix: a message that waits for its key could not be handed over, trying again", "error", err)
		}
		if len(waiting) > 0 || err != nil {
			select {
			case <-ctx.Done():
			case <-a.wake:
			case <-time.After(pendingTick):
			}
			continue
		}
		select {
		case <-ctx.Done():
		case <-a.wake:
		}
	}
}

// tryPending does what is due for one event that waits.
func (a *Adapter) tryPending(ctx context.Context, inbox adapters.Inbox, p pending) error {
	evt := p.event
	if time.Since(time.UnixMilli(evt.Timestamp)) > a.cfg.MaxAge {
		return a.ledger.dropPending(ctx, evt.ID)
	}
	plain, err := a.cipher.decrypt(ctx, evt)
	if err == nil {
		a.untell(ctx, evt)
		entries, err := a.pass(ctx, inbox, plain)
		if err == nil {
			err = a.ledger.add(ctx, entries)
		}
		if err == nil {
			err = a.ledger.dropPending(ctx, evt.ID)
		}
		return err
	}
	if errors.Is(err, errRepeated) {
		return a.ledger.dropPending(ctx, evt.ID)
	}
	var u *undecryptable
	if !errors.As(err, &u) {
		return err
	}
	age := time.Since(p.since)
	if !p.asked && age > askAfter {
		if err := a.cipher.ask(ctx, evt); err != nil {
			a.log.Warn("matrix: cannot ask for a key", "sender", evt.Sender, "error", err)
		}
		p.asked = true
	}
	if !p.told && age > a.cfg.KeyWait {
		if err := a.tell(ctx, evt, u); err != nil {
			return err
		}
		p.told = true
	}
	return a.ledger.setPending(ctx, evt.ID, p.asked, p.told)
}

// tell lets the sender of a message know that it cannot be read, and why:
// once, until a message of the sender's could be read again.
func (a *Adapter) tell(ctx context.Context, evt *event.Event, u *undecryptable) error {
	key := a.key("told/" + string(evt.Sender))
	if _, err := a.store.Get(ctx, key); err == nil {
		return nil
	}
	a.log.Warn("matrix: cannot read a message", "room", evt.RoomID, "sender", evt.Sender, "event", evt.ID, "cause", u.cause, "error", u.err)
	reply := &adapters.Reply{Parts: []adapters.Part{adapters.Paragraph{Text: "I could not decrypt a message of yours: " + u.cause + "."}}}
	if u.mend != "" {
		reply.Parts = append(reply.Parts, adapters.Note{Text: u.mend})
	}
	notice := adapters.Outgoing{
		Key:          "undecryptable " + string(evt.ID),
		Conversation: a.conversation(evt.RoomID, relation(evt).GetThreadParent()),
		Reply:        reply,
		Return:       origin{evt.ID, evt.Timestamp}.encode(),
	}
	_, err := a.Post(ctx, notice)
	if errors.Is(err, adapters.ErrUncertain) {
		notice.Uncertain = true
		_, err = a.Post(ctx, notice)
	}
	if err != nil && !errors.Is(err, adapters.ErrPermanent) {
		return err
	}
	return a.store.Put(ctx, key, []byte(evt.ID))
}

// untell makes the next unreadable message of a sender be told of again.
func (a *Adapter) untell(ctx context.Context, evt *event.Event) {
	if err := a.store.Delete(ctx, a.key("told/"+string(evt.Sender))); err != nil {
		a.log.Warn("matrix: cannot forget a notice", "sender", evt.Sender, "error", err)
	}
}
