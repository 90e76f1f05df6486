package slack

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"sync"
	"time"

	"sourceline/adapters"
)

const (
	intakeLines = 32  // envelopes that are worked on at once
	intakeQueue = 256 // envelopes that wait in one line; more are left to Slack's retry
)

// errBusy says that too many envelopes wait; Slack sends this one again.
var errBusy = errors.New("slack: too many events are waiting")

// intake takes envelopes from whatever brings them, keeps those of one channel
// in order, and says when each may be acknowledged.
type intake struct {
	a     *Adapter
	inbox adapters.Inbox
	stop  context.CancelCauseFunc // ends Run
	seed  maphash.Seed
	lines [intakeLines]chan envelope
	group sync.WaitGroup

	mu     sync.RWMutex
	closed bool // nothing is taken any more
}

// envelope is one delivery of Slack's.
type envelope struct {
	in      *incoming
	arrived time.Time
	done    func(error) // nil: acknowledge
}

func newIntake(a *Adapter, inbox adapters.Inbox, stop context.CancelCauseFunc) *intake {
	k := &intake{a: a, inbox: inbox, stop: stop, seed: maphash.MakeSeed()}
	for i := range k.lines {
		line := make(chan envelope, intakeQueue)
		k.lines[i] = line
		k.group.Go(func() {
			for e := range line {
				e.done(k.handle(e))
			}
		})
	}
	return k
}

// close takes no more and waits for what is being worked on.
func (k *intake) close() {
	k.mu.Lock()
	k.closed = true
	k.mu.Unlock()
	for _, line := range k.lines {
		close(line)
	}
	k.group.Wait()
}

// take reads a payload and queues it; done is called once, with nil when the
// envelope may be acknowledged. It never blocks.
func (k *intake) take(kind kindOf, payload []byte, done func(error)) {
	in, err := read(kind, payload, k.a.identity())
	if err != nil {
		k.a.log.Warn("Slack sent what cannot be read; acknowledged, since a retry cannot help", "kind", kind, "err", err)
	}
	if in == nil || err != nil {
		done(nil)
		return
	}
	k.mu.RLock()
	defer k.mu.RUnlock()
	if k.closed {
		done(errBusy)
		return
	}
	line := k.lines[maphash.String(k.seed, in.key())%intakeLines]
	select {
	case line <- envelope{in: in, arrived: time.Now(), done: done}:
	default:
		k.a.log.Warn("more events than can be taken in; Slack will send this one again")
		done(errBusy)
	}
}

// handle sees one envelope to the inbox.
func (k *intake) handle(e envelope) error {
	ctx, cancel := context.WithDeadline(context.Background(), e.arrived.Add(k.a.pace.ack))
	defer cancel()
	in := e.in
	switch {
	case in.limited:
		k.a.log.Warn("Slack holds back events: the workspace sends more than 30,000 an hour")
		return nil
	case in.removed:
		k.checkRemoved(ctx)
		return nil
	}
	err := k.a.gate.admit(ctx, in)
	if err == nil {
		in.message.Return = in.ticket.bytes()
		k.a.status.expect(in.message)
		if err = k.inbox.Put(ctx, in.message); err != nil {
			k.a.status.answered(in.message.Conversation)
		}
	}
	return k.outcome(in, err)
}

// outcome logs what became of an envelope and tells those who wait for an answer
// that there will be none. It returns nil where Slack need not send it again.
func (k *intake) outcome(in *incoming, err error) error {
	m := in.message
	log := k.a.log.With("kind", m.Kind, "channel", m.Conversation.Room, "id", m.ID)
	var no refusal
	switch {
	case err == nil:
		log.Debug("taken in")
		return nil
	case errors.As(err, &no):
		log.Info("not answered", "why", no.why)
		if in.asked {
			k.tell(in.ticket.ResponseURL, "Sourceline does not answer here: "+no.why+".")
		}
		return nil
	case in.asked: // Slack does not send commands and buttons again
		log.Error("lost: the person was told to ask again", "err", err)
		k.tell(in.ticket.ResponseURL, "Sourceline could not take this in. Please try again in a moment.")
		return nil
	}
	log.Error("not taken in; Slack will send it again", "err", err)
	return err
}

// checkRemoved finds out whether the token still works after Slack said that the
// app was uninstalled or a token revoked, perhaps somewhere else.
func (k *intake) checkRemoved(ctx context.Context) {
	if _, err := k.a.whoAmI(ctx); isAuth(err) {
		k.stop(fmt.Errorf("slack: the app was uninstalled or its token revoked: %w: %w", adapters.ErrPermanent, err))
	}
}

// tell shows the sender of a command or button a line that nobody else sees.
// It is a courtesy: a failure is only logged.
func (k *intake) tell(responseURL, text string) {
	if responseURL == "" {
		return
	}
	k.group.Go(func() { // called by a line, so close is still waiting
		ctx, cancel := context.WithTimeout(context.Background(), requestTimeout)
		defer cancel()
		if err := k.a.respond(ctx, responseURL, response{Type: ephemeral, Text: inert(text)}); err != nil {
			k.a.log.Debug("could not tell the sender", "err", err)
		}
	})
}
