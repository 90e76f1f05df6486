package matrix

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// timelineLimit is how many events of a room one sync brings at most; what
// lies before them is a gap, which is filled.
const timelineLimit = 50

// filter asks for what the adapter reads and nothing else.
var filter = func() string {
	none := &mautrix.FilterPart{NotTypes: []event.Type{{Type: "*"}}}
	raw, err := json.Marshal(&mautrix.Filter{
		Presence:    none,
		AccountData: &mautrix.FilterPart{Types: []event.Type{event.AccountDataDirectChats}},
		Room: &mautrix.RoomFilter{
			Ephemeral:   none,
			AccountData: none,
			Timeline:    &mautrix.FilterPart{Limit: timelineLimit},
		},
	})
	if err != nil {
		panic(err) // a constant
	}
	return string(raw)
}()

// syncLoop hands over what comes in until ctx ends or the login does.
func (a *Adapter) syncLoop(ctx context.Context, inbox adapters.Inbox) error {
	s := syncing{hasty: true}
	var err error
	if s.since, err = a.syncToken(ctx); err != nil {
		return err
	}
	if s.since != "" {
		if s.well, err = a.ledger.lastSeen(ctx); err != nil {
			return err
		}
		s.looks = newSchedule(s.well)
	}
	for wait := firstRetry; ctx.Err() == nil; {
		err := a.syncOnce(ctx, inbox, &s)
		switch {
		case err == nil:
			wait, s.well = firstRetry, time.Now()
			a.mu.Lock()
			a.lastSync = s.well
			a.mu.Unlock()
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, mautrix.MUnknownToken):
			return loggedOut(err)
		default:
			if d, limited := retryAfter(err); limited {
				wait = d
			}
			a.log.Warn("matrix: sync failed, trying again", "wait", wait, "error", err)
			sleep(ctx, wait)
			wait, s.hasty, s.failed = min(2*wait, lastRetry), true, true
		}
	}
	return nil
}

// syncing is how far the sync loop is.
type syncing struct {
	since  string    // the token of the last sync; "" before the first of all
	hasty  bool      // the next answer is wanted at once
	failed bool      // the last try failed
	well   time.Time // when the last try was that did not fail
	looks  schedule  // when to look back
}

// syncOnce syncs, hands over what came in, and then stores the sync token.
func (a *Adapter) syncOnce(ctx context.Context, inbox adapters.Inbox, s *syncing) error {
	poll, due := s.looks.next()
	if s.hasty {
		poll = 0
	}
	resp, err := a.client.FullSyncRequest(ctx, mautrix.ReqSync{
		Timeout: int(poll.Milliseconds()), Since: s.since, FilterID: filter, SetPresence: event.PresenceOnline,
	})
	if err != nil {
		return err
	}
	if err := a.takeIn(ctx, inbox, resp, s.since); err != nil {
		return err
	}
	if s.since == "" {
		if err := a.beBorn(ctx); err != nil {
			return err
		}
	} else if s.failed {
		s.looks, due = newSchedule(s.well), true
		if err := a.ledger.renewResent(ctx); err != nil {
			return err
		}
		signal(a.copies)
	}
	if resp.NextBatch != s.since {
		if err := a.store.Put(ctx, a.key("sync"), []byte(resp.NextBatch)); err != nil {
			return fmt.Errorf("matrix: store the sync token: %w", err)
		}
	}
	s.since, s.hasty = resp.NextBatch, false
	if due {
		if err := a.lookBack(ctx, inbox, s.looks.sound); err != nil {
			return err
		}
		s.looks.at = s.looks.at[1:]
	}
	s.failed = false
	return nil
}

// syncToken returns where the last run stopped, "" at the first one.
func (a *Adapter) syncToken(ctx context.Context) (string, error) {
	token, err := a.store.Get(ctx, a.key("sync"))
	if err != nil && !errors.Is(err, adapters.ErrNotFound) {
		return "", fmt.Errorf("matrix: read the sync token: %w", err)
	}
	return string(token), nil
}

// takeIn hands over one sync response. After an error nothing of it counts
// as handed over: it is asked for again.
func (a *Adapter) takeIn(ctx context.Context, inbox adapters.Inbox, resp *mautrix.RespSync, since string) error {
	if a.cipher != nil {
		a.cipher.sync(ctx, resp, since)
	}
	a.direct.update(resp.AccountData.Events)
	for _, room := range slices.Sorted(maps.Keys(resp.Rooms.Invite)) {
		if err := a.noteInvite(ctx, room, resp.Rooms.Invite[room]); err != nil {
			return err
		}
	}
	for _, room := range slices.Sorted(maps.Keys(resp.Rooms.Join)) {
		if err := a.takeInRoom(ctx, inbox, room, resp.Rooms.Join[room], since); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// takeInRoom hands over what happened in one room, the oldest first. At the
// first sync of all there is no telling what was answered before, so the room
// is learned and nothing is handed over.
func (a *Adapter) takeInRoom(ctx context.Context, inbox adapters.Inbox, room id.RoomID, news *mautrix.SyncJoinedRoom, since string) error {
	for _, evt := range news.State.Events {
		a.learn(ctx, room, evt)
	}
	timeline := news.Timeline.Events
	for _, evt := range timeline {
		a.learn(ctx, room, evt)
	}
	if since == "" {
		return a.ledger.add(ctx, entriesOf(timeline))
	}
	if start := begin(timeline, a.client.UserID); start >= 0 {
		timeline = timeline[start:]
	} else if news.Timeline.Limited && news.Timeline.PrevBatch != "" {
		older, err := a.fillGap(ctx, room, news.Timeline.PrevBatch, everything)
		if err != nil {
			return err
		}
		timeline = append(older, timeline...)
	}
	return a.handOverAll(ctx, inbox, timeline)
}

// handOverAll hands over events of one room, the oldest first, and remembers
// them.
func (a *Adapter) handOverAll(ctx context.Context, inbox adapters.Inbox, events []*event.Event) error {
	for _, evt := range events {
		entries, err := a.handOver(ctx, inbox, evt)
		if err == nil {
			err = a.ledger.add(ctx, entries)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// learn takes in what an event says about its room: members, encryption,
// power levels, an upgrade.
func (a *Adapter) learn(ctx context.Context, room id.RoomID, evt *event.Event) {
	evt.RoomID = room
	classify(evt)
	if err := evt.Content.ParseRaw(evt.Type); err != nil && !errors.Is(err, event.ErrContentAlreadyParsed) || evt.StateKey == nil {
		return
	}
	switch evt.Type {
	case event.StateEncryption, event.StateRoomName:
		a.facts.forget(room)
	case event.StateTombstone:
		a.noteUpgrade(ctx, room, evt)
	}
	mautrix.UpdateStateStore(ctx, a.state, evt)
	if evt.Type == event.StatePowerLevels {
		a.describe(room) // the bot may be allowed to now
	}
	if evt.Type == event.StateMember && a.cipher != nil {
		a.cipher.member(ctx, evt)
	}
}

// begin returns the index of the last event by which the bot came into the
// room, -1 where there is none: an invite, or a join without one. What was
// said before was not said to the bot.
func begin(timeline []*event.Event, me id.UserID) int {
	for i := len(timeline) - 1; i >= 0; i-- {
		if cameIn(timeline[i], me) {
			return i
		}
	}
	return -1
}

// cameIn reports whether by this event the bot came into the room.
func cameIn(evt *event.Event, me id.UserID) bool {
	if evt.Type.Type != event.StateMember.Type || evt.GetStateKey() != string(me) {
		return false
	}
	before := event.Membership("")
	if prev := evt.Unsigned.PrevContent; prev != nil {
		m, _ := prev.Raw["membership"].(string)
		before = event.Membership(m)
	}
	switch membership(evt) {
	case event.MembershipInvite:
		return true
	case event.MembershipJoin:
		return before != event.MembershipJoin && before != event.MembershipInvite
	}
	return false
}

// membership is what a member event says, parsed or not.
func membership(evt *event.Event) event.Membership {
	m, _ := evt.Content.Raw["membership"].(string)
	return event.Membership(m)
}

// entriesOf marks events as seen and not passed on.
func entriesOf(events []*event.Event) []entry {
	var entries []entry
	for _, evt := range events {
		entries = append(entries, entry{event: evt.ID, room: evt.RoomID, sender: evt.Sender})
	}
	return entries
}
