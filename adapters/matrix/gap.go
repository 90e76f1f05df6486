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
	gapPage = 100
	// settled is how many events in a row must be known or too old before
	// the gap counts as read. More than one, for what other servers sent
	// late lies before what was seen earlier.
	settled = 10
	// gapMost bounds what is read of one gap.
	gapMost = 20_000
)

// fillGap returns the events of a room that lie before a timeline which the
// server cut short, the oldest first: back to what is known, to what is
// older than MaxAge, or to where the bot came in.
func (a *Adapter) fillGap(ctx context.Context, room id.RoomID, from string) ([]*event.Event, error) {
	var gap []*event.Event
	known, oldest := 0, time.Now().Add(-a.cfg.MaxAge)
	for read := 0; from != "" && read < gapMost; {
		page, err := a.messages(ctx, room, from)
		if err != nil {
			if !errors.Is(err, adapters.ErrPermanent) {
				return nil, fmt.Errorf("matrix: fill the gap in %s: %w", room, err)
			}
			a.log.Error("matrix: cannot read a gap, its messages stay unanswered", "room", room, "error", err)
			break
		}
		for _, evt := range page.Chunk {
			_, seen, err := a.ledger.entry(ctx, evt.ID)
			if err != nil {
				return nil, err
			}
			if seen || time.UnixMilli(evt.Timestamp).Before(oldest) {
				known++
			} else {
				known = 0
				gap = append(gap, evt)
			}
			if known >= settled || cameIn(evt, a.client.UserID) {
				slices.Reverse(gap)
				return gap, nil
			}
		}
		read += len(page.Chunk)
		if len(page.Chunk) == 0 || page.End == from {
			break
		}
		from = page.End
	}
	slices.Reverse(gap)
	return gap, nil
}

// messages reads one page of a room backwards from a token, "" for the end.
func (a *Adapter) messages(ctx context.Context, room id.RoomID, from string) (*mautrix.RespMessages, error) {
	page, err := retry(ctx, &a.pace, func(ctx context.Context) (*mautrix.RespMessages, error) {
		return a.client.Messages(ctx, room, from, "", mautrix.DirectionBackward, nil, gapPage)
	})
	if err != nil {
		return nil, err
	}
	for _, evt := range page.Chunk {
		evt.RoomID = room
		classify(evt)
		_ = evt.Content.ParseRaw(evt.Type) // an odd event is skipped where it is read
	}
	return page, nil
}
