package matrix

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

const (
	// settled is how many events in a row must be known or too old before
	// the gap counts as read. More than one, for what other servers sent
	// late lies before what was seen earlier.
	settled = 10
	// gapMost bounds what is read of one gap.
	gapMost = 20_000
)

// everything was written before this time.
var everything = time.Unix(1<<40, 0)

// fillGap returns the events of a room that lie before a timeline which the
// server cut short, the oldest first: back to what is known and was written
// before the time sound, to what is older than MaxAge or than the database, or
// to where the bot came in. An empty token begins at the end of the room.
func (a *Adapter) fillGap(ctx context.Context, room id.RoomID, from string, sound time.Time) ([]*event.Event, error) {
	var gap []*event.Event
	end, err := a.gapEnd(ctx, sound)
	if err != nil {
		return nil, err
	}
	read := 0
	for evt, err := range a.backwards(ctx, room, from) {
		if errors.Is(err, adapters.ErrPermanent) {
			a.log.Error("matrix: cannot read a gap, its messages stay unanswered", "room", room, "error", err)
			break
		}
		if err != nil {
			return nil, fmt.Errorf("matrix: fill the gap in %s: %w", room, err)
		}
		_, seen, err := a.ledger.entry(ctx, evt.ID)
		if err != nil {
			return nil, err
		}
		if end.passes(evt, seen) {
			gap = append(gap, evt)
		}
		if read++; end.reached || read >= gapMost || cameIn(evt, a.client.UserID) {
			break
		}
	}
	slices.Reverse(gap)
	return gap, nil
}

// A gapEnd finds where the reading of a gap may end.
type gapEnd struct {
	expired time.Time // what was written before is older than MaxAge,
	oldest  time.Time // and what was before this that or older than the database
	sound   time.Time // what is known counts where it was written before
	known   int       // how many in a row count
	reached bool
}

func (a *Adapter) gapEnd(ctx context.Context, sound time.Time) (*gapEnd, error) {
	end := &gapEnd{expired: time.Now().Add(-a.cfg.MaxAge), sound: sound}
	born, err := a.born(ctx)
	end.oldest = end.expired
	if born.After(end.oldest) {
		end.oldest = born
	}
	return end, err
}

// passes tells whether an event is new and belongs to the gap. What is older
// than MaxAge does, for it is noted as such, so that it stays unanswered under
// another MaxAge.
func (g *gapEnd) passes(evt *event.Event, seen bool) bool {
	written := time.UnixMilli(evt.Timestamp)
	old := written.Before(g.oldest)
	switch {
	case old || seen && written.Before(g.sound):
		g.known++
	case !seen:
		g.known = 0
	}
	g.reached = g.known >= settled
	return !seen && (!old || written.Before(g.expired))
}

// beBorn notes that the database begins now: nobody knows what was answered
// before.
func (a *Adapter) beBorn(ctx context.Context) error {
	now, err := time.Now().MarshalText()
	if err == nil {
		err = a.store.Put(ctx, a.key("born"), now)
	}
	if err != nil {
		return fmt.Errorf("matrix: note the first sync: %w", err)
	}
	return nil
}

// born is when the first sync was.
func (a *Adapter) born(ctx context.Context) (at time.Time, err error) {
	raw, err := a.store.Get(ctx, a.key("born"))
	if errors.Is(err, adapters.ErrNotFound) {
		return at, nil
	}
	if err == nil {
		err = at.UnmarshalText(raw)
	}
	if err != nil {
		return at, fmt.Errorf("matrix: when was the first sync? %w", err)
	}
	return at, nil
}

// lookBacks are the times after a start, and after a trouble with the
// homeserver is over, at which all rooms are read back. A homeserver that is
// stopped or started has been seen to answer syncs whose token lies beyond
// messages that they do not bring, and to show those only some time later.
var lookBacks = []time.Duration{0, 10 * time.Second, time.Minute}

// lateness is how long a homeserver may have kept a message to itself before
// the trouble with it was seen. Once it shows the message, it is among those
// that were written at the same time and are known.
const lateness = 10 * time.Minute

// A schedule says when to look back, and how far.
type schedule struct {
	at    []time.Time
	sound time.Time // all that was written before it was seen in its time
}

// newSchedule begins lookBacks now, after a trouble before which all was well
// until the given time; zero where that is not known.
func newSchedule(well time.Time) (s schedule) {
	for _, d := range lookBacks {
		s.at = append(s.at, time.Now().Add(d))
	}
	s.sound = well.Add(-lateness)
	return s
}

// next returns how long a poll may last until the next look, and whether one
// is due.
func (s schedule) next() (poll time.Duration, due bool) {
	if len(s.at) == 0 {
		return pollTime, false
	}
	wait := time.Until(s.at[0])
	return min(pollTime, max(wait, 0)), wait <= 0
}

// lookBack hands over what is new in any room, however it was missed, of what
// was not written before the time sound.
func (a *Adapter) lookBack(ctx context.Context, inbox adapters.Inbox, sound time.Time) error {
	joined, err := retry(ctx, &a.pace, a.client.JoinedRooms)
	if err != nil {
		return fmt.Errorf("matrix: which rooms to look back in? %w", err)
	}
	for _, room := range joined.JoinedRooms {
		missed, err := a.fillGap(ctx, room, "", sound)
		if err == nil {
			err = a.catchUp(ctx, room, missed)
		}
		if err == nil {
			err = a.handOverAll(ctx, inbox, missed)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// catchUp learns what events that were missed say about their room. What they
// say may be out of date by now, so members are asked for; but once
// encrypted, a room stays so.
func (a *Adapter) catchUp(ctx context.Context, room id.RoomID, missed []*event.Event) error {
	for _, evt := range missed {
		if evt.Type == event.StateEncryption {
			a.learn(ctx, room, evt)
		}
	}
	if !slices.ContainsFunc(missed, func(evt *event.Event) bool { return evt.Type == event.StateMember }) {
		return nil
	}
	_, err := retry(ctx, &a.pace, func(ctx context.Context) (*mautrix.RespMembers, error) {
		return a.client.Members(ctx, room) // puts them into the state store
	})
	if err != nil && !errors.Is(err, adapters.ErrPermanent) {
		return fmt.Errorf("matrix: who is in %s? %w", room, err)
	}
	return nil
}
