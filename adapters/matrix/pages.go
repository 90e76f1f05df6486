package matrix

import (
	"context"
	"errors"
	"iter"
	"slices"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

const (
	pageSize = 100
	// seam is how many events around the end of a page are asked for.
	seam = 20
)

// backwards yields the events of a room from a token on, "" for the end of the
// room, the newest first. It ends after an error.
//
// Of several events that were sent at the same moment, and so have the same
// place in the room's graph, Dendrite shows one at the end of a page and none
// at the begin of the next. So it is asked for what came before that one too,
// in the order in which events came in.
func (a *Adapter) backwards(ctx context.Context, room id.RoomID, token string) iter.Seq2[*event.Event, error] {
	return func(yield func(*event.Event, error) bool) {
		shown := map[id.EventID]bool{}
		var before []*event.Event
		for {
			page, err := a.page(ctx, room, token)
			if err != nil {
				yield(nil, err)
				return
			}
			for _, evt := range skipped(before, page.Chunk) {
				if !shown[evt.ID] && !yield(evt, nil) {
					return
				}
			}
			for _, evt := range page.Chunk {
				shown[evt.ID] = true
				if !yield(evt, nil) {
					return
				}
			}
			if len(page.Chunk) == 0 || page.End == "" || page.End == token {
				return
			}
			token = page.End
			if before, err = a.before(ctx, room, page.Chunk[len(page.Chunk)-1].ID); err != nil {
				yield(nil, err)
				return
			}
		}
	}
}

// skipped returns the events before a seam that are not in the page after it.
func skipped(before, page []*event.Event) []*event.Event {
	return slices.DeleteFunc(before, func(evt *event.Event) bool {
		return slices.ContainsFunc(page, func(e *event.Event) bool { return e.ID == evt.ID })
	})
}

// page reads one page of a room backwards from a token, "" for the end.
func (a *Adapter) page(ctx context.Context, room id.RoomID, from string) (*mautrix.RespMessages, error) {
	page, err := retry(ctx, &a.pace, func(ctx context.Context) (*mautrix.RespMessages, error) {
		return a.client.Messages(ctx, room, from, "", mautrix.DirectionBackward, nil, pageSize)
	})
	if err != nil {
		return nil, err
	}
	parse(room, page.Chunk)
	return page, nil
}

// before returns some events that came in before another one; none where the
// homeserver does not tell.
func (a *Adapter) before(ctx context.Context, room id.RoomID, evt id.EventID) ([]*event.Event, error) {
	around, err := retry(ctx, &a.pace, func(ctx context.Context) (*mautrix.RespContext, error) {
		return a.client.Context(ctx, room, evt, nil, seam)
	})
	if errors.Is(err, adapters.ErrPermanent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	parse(room, around.EventsBefore)
	return around.EventsBefore, nil
}

// parse makes events that were asked for as if a sync had brought them.
func parse(room id.RoomID, events []*event.Event) {
	for _, evt := range events {
		evt.RoomID = room
		classify(evt)
		_ = evt.Content.ParseRaw(evt.Type) // an odd event is skipped where it is read
	}
}
