package matrix

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"sync"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// decode is json.Unmarshal for what other people's apps send.
func decode(raw []byte, into any) error { return json.Unmarshal(raw, into) }

// unescape undoes the escaping of a link; what is not escaped stays.
func unescape(s string) string {
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

// directs are the rooms that were opened as direct conversations.
type directs struct {
	mu    sync.Mutex
	users event.DirectChatsEventContent
}

// update takes in the account's list of direct rooms.
func (d *directs) update(accountData []*event.Event) {
	for _, evt := range accountData {
		var users event.DirectChatsEventContent
		if evt.Type.Type != event.AccountDataDirectChats.Type || decode(evt.Content.VeryRaw, &users) != nil {
			continue
		}
		d.mu.Lock()
		d.users = users
		d.mu.Unlock()
	}
}

// has reports whether the room is on the list.
func (d *directs) has(room id.RoomID) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, rooms := range d.users {
		for _, r := range rooms {
			if r == room {
				return true
			}
		}
	}
	return false
}

// load asks for the list, which syncs bring only when it changes.
func (d *directs) load(ctx context.Context, client *mautrix.Client) error {
	var users event.DirectChatsEventContent
	err := client.GetAccountData(ctx, event.AccountDataDirectChats.Type, &users)
	if err != nil && !errors.Is(err, mautrix.MNotFound) {
		return fmt.Errorf("matrix: ask for the direct conversations: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.users = users
	return nil
}

// isDirect reports whether everything said in a room is said to the bot: two
// are in it, and it was opened as a direct conversation or bears no name.
func (a *Adapter) isDirect(ctx context.Context, room id.RoomID) (bool, error) {
	members, err := a.state.GetRoomJoinedOrInvitedMembers(ctx, room)
	if err != nil {
		return false, fmt.Errorf("matrix: who is in %s? %w", room, err)
	}
	if len(members) != 2 {
		return false, nil
	}
	if a.direct.has(room) {
		return true, nil
	}
	named, err := a.facts.isNamed(ctx, a.client, room)
	return !named, err
}

// noteInvite keeps an invite, so that it is answered even after a crash.
func (a *Adapter) noteInvite(ctx context.Context, room id.RoomID, news *mautrix.SyncInvitedRoom) error {
	i := invite{room: room}
	for _, evt := range news.State.Events {
		switch {
		case evt.Type.Type == event.StateMember.Type && evt.GetStateKey() == string(a.client.UserID):
			i.inviter = evt.Sender
			i.direct, _ = evt.Content.Raw["is_direct"].(bool)
		case evt.Type.Type == event.StateCanonicalAlias.Type:
			i.alias, _ = evt.Content.Raw["alias"].(string)
		}
	}
	if i.inviter == "" {
		return nil
	}
	if err := a.ledger.addInvite(ctx, i); err != nil {
		return err
	}
	signal(a.invited)
	return nil
}

// answerInvites accepts and refuses invites, those from before the start too.
func (a *Adapter) answerInvites(ctx context.Context) {
	for wait := firstRetry; ctx.Err() == nil; {
		again := false
		invites, err := a.ledger.invites(ctx)
		for _, i := range invites {
			if e := a.answerInvite(ctx, i); e != nil {
				a.log.Warn("matrix: cannot answer an invite, trying again", "room", i.room, "by", i.inviter, "error", e)
				again = true
			}
		}
		if err != nil || again {
			sleep(ctx, wait)
			wait = min(2*wait, lastRetry)
			continue
		}
		wait = firstRetry
		select {
		case <-ctx.Done():
		case <-a.invited:
		}
	}
}

// answerInvite joins the room or declines. It returns an error where trying
// again may help.
func (a *Adapter) answerInvite(ctx context.Context, i invite) error {
	var err error
	if a.cfg.allows(i.inviter, string(i.room), i.alias) || a.succeeds(ctx, i.room) {
		_, err = retry(ctx, &a.pace, func(ctx context.Context) (*mautrix.RespJoinRoom, error) {
			return a.client.JoinRoom(ctx, string(i.room), &mautrix.ReqJoinRoom{Via: []string{i.inviter.Homeserver()}})
		})
		if err == nil {
			a.log.Info("matrix: joined", "room", i.room, "invited by", i.inviter)
			a.markDirect(ctx, i)
		}
	} else {
		a.log.Info("matrix: declined an invite that nothing in allow permits", "room", i.room, "by", i.inviter)
		_, err = retry(ctx, &a.pace, func(ctx context.Context) (*mautrix.RespLeaveRoom, error) {
			return a.client.LeaveRoom(ctx, i.room)
		})
	}
	if err != nil && !errors.Is(err, adapters.ErrPermanent) {
		return err
	}
	if err != nil {
		a.log.Warn("matrix: the invite is void", "room", i.room, "by", i.inviter, "error", err)
	}
	return a.ledger.dropInvite(ctx, i.room)
}

// markDirect puts a direct conversation on the account's list of them, where
// it outlives a loss of the database. Failing is no harm: a nameless room of
// two counts as direct all the same.
func (a *Adapter) markDirect(ctx context.Context, i invite) {
	if !i.direct || a.direct.has(i.room) {
		return
	}
	a.direct.mu.Lock()
	users := event.DirectChatsEventContent{}
	for user, rooms := range a.direct.users {
		users[user] = append([]id.RoomID(nil), rooms...)
	}
	users[i.inviter] = append(users[i.inviter], i.room)
	a.direct.users = users
	a.direct.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, requestTime)
	defer cancel()
	if err := a.client.SetAccountData(ctx, event.AccountDataDirectChats.Type, users); err != nil {
		a.log.Warn("matrix: cannot list a direct conversation", "room", i.room, "error", err)
	}
}

// noteUpgrade follows a room to its successor: by joining it where that is
// open to the bot, and else by accepting the invite to it when it comes.
func (a *Adapter) noteUpgrade(ctx context.Context, room id.RoomID, evt *event.Event) {
	content, ok := evt.Content.Parsed.(*event.TombstoneEventContent)
	if !ok || content.ReplacementRoom == "" || a.succeeds(ctx, content.ReplacementRoom) {
		return
	}
	if err := a.store.Put(ctx, a.successorKey(content.ReplacementRoom), []byte(room)); err != nil {
		a.log.Error("matrix: cannot note a room upgrade", "room", room, "error", err)
		return
	}
	if err := a.ledger.addInvite(ctx, invite{room: content.ReplacementRoom, inviter: evt.Sender}); err != nil {
		a.log.Error("matrix: cannot follow a room upgrade", "room", room, "error", err)
		return
	}
	a.log.Info("matrix: following an upgraded room", "room", room, "successor", content.ReplacementRoom)
	signal(a.invited)
}

func (a *Adapter) successorKey(room id.RoomID) string { return a.key("successor/" + string(room)) }

// succeeds reports whether a room is the successor of one that the bot was in.
func (a *Adapter) succeeds(ctx context.Context, room id.RoomID) bool {
	_, err := a.store.Get(ctx, a.successorKey(room))
	return err == nil
}

// signal wakes the reader of c up, unless it is awake.
func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func (a *Adapter) wakeUp() { signal(a.wake) }
