package matrix

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// facts are what the homeserver said about rooms since the start; the sync
// makes the adapter forget what changes.
type facts struct {
	mu    sync.Mutex
	clear map[id.RoomID]bool // said to be unencrypted
	named map[id.RoomID]bool // whether it has a name
}

// forget makes a room be asked about again.
func (f *facts) forget(room id.RoomID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.clear, room)
	delete(f.named, room)
}

// isNamed reports whether a room has a name. A room that the bot may not ask
// about counts as named: then not everything said there is taken for a
// question.
func (f *facts) isNamed(ctx context.Context, client *mautrix.Client, room id.RoomID) (bool, error) {
	f.mu.Lock()
	named, known := f.named[room]
	f.mu.Unlock()
	if known {
		return named, nil
	}
	var name event.RoomNameEventContent
	err := client.StateEvent(ctx, room, event.StateRoomName, "", &name)
	switch {
	case errors.Is(err, mautrix.MNotFound):
	case err != nil && hopeless(err):
		return true, nil
	case err != nil:
		return false, fmt.Errorf("matrix: what is %s called? %w", room, err)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.named == nil {
		f.named = map[id.RoomID]bool{}
	}
	f.named[room] = name.Name != ""
	return f.named[room], nil
}

// isClear reports whether the homeserver has said that a room is not
// encrypted.
func (f *facts) isClear(room id.RoomID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.clear[room]
}

// setClear notes that a room is not encrypted.
func (f *facts) setClear(room id.RoomID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.clear == nil {
		f.clear = map[id.RoomID]bool{}
	}
	f.clear[room] = true
}

// encrypted reports whether events for a room must be encrypted. It fails
// closed: where that is not known for certain it is an error, and so is an
// encryption that the adapter does not know. A room that was ever seen
// encrypted stays so.
func (a *Adapter) encrypted(ctx context.Context, room id.RoomID) (bool, error) {
	content, err := a.state.GetEncryptionEvent(ctx, room)
	if err != nil {
		return false, fmt.Errorf("matrix: is %s encrypted? %w", room, err)
	}
	if content == nil && a.facts.isClear(room) {
		return false, nil
	}
	if content == nil {
		content, err = a.askEncryption(ctx, room)
		if content == nil || err != nil {
			return false, err
		}
	}
	if content.Algorithm != id.AlgorithmMegolmV1 {
		return false, fmt.Errorf("%w: matrix: %s is encrypted with %q, which is not known here", adapters.ErrPermanent, room, content.Algorithm)
	}
	return true, a.knowMembers(ctx, room)
}

// askEncryption asks the homeserver how a room is encrypted; nil where it is
// not.
func (a *Adapter) askEncryption(ctx context.Context, room id.RoomID) (*event.EncryptionEventContent, error) {
	content, err := retry(ctx, &a.pace, func(ctx context.Context) (*event.EncryptionEventContent, error) {
		var c event.EncryptionEventContent
		return &c, a.client.StateEvent(ctx, room, event.StateEncryption, "", &c)
	})
	if errors.Is(err, mautrix.MNotFound) {
		a.facts.setClear(room)
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("matrix: is %s encrypted? %w", room, err)
	}
	if err := a.state.SetEncryptionEvent(ctx, room, content); err != nil {
		return nil, fmt.Errorf("matrix: note the encryption of %s: %w", room, err)
	}
	return content, nil
}

// knowMembers makes sure that all members of an encrypted room are known, for
// the key goes to those alone.
func (a *Adapter) knowMembers(ctx context.Context, room id.RoomID) error {
	fetched, err := a.state.HasFetchedMembers(ctx, room)
	if err != nil || fetched {
		return err
	}
	_, err = retry(ctx, &a.pace, func(ctx context.Context) (*mautrix.RespMembers, error) {
		return a.client.Members(ctx, room) // puts them into the state store
	})
	if err != nil {
		return fmt.Errorf("matrix: who is in %s? %w", room, err)
	}
	return nil
}
