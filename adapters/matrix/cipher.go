package matrix

import (
	"context"
	"errors"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// errNoEncryption is what newCipher returns in a build without encryption.
var errNoEncryption = errors.New("built without encryption (build tag goolm)")

// errRepeated is what decrypt returns for a ciphertext that another event has
// brought: an app that got no answer has sent it once more, and a homeserver
// that was restarted meanwhile has taken both; or somebody replays it.
var errRepeated = errors.New("the message was read before, in another event")

// A cipher keeps the device's keys. newCipher, of which each build has its
// own, returns one whose device is known to the homeserver.
type cipher interface {
	// sync takes in what a sync brought for the device: keys, changed
	// devices of others, the count of its one-time keys.
	sync(ctx context.Context, resp *mautrix.RespSync, since string)
	// member takes in who came and went in a room.
	member(ctx context.Context, evt *event.Event)
	encrypt(ctx context.Context, room id.RoomID, kind event.Type, content any) (*event.EncryptedEventContent, error)
	// decrypt returns the event in the clear; errRepeated where another event
	// has the same ciphertext; or an undecryptable.
	decrypt(ctx context.Context, evt *event.Event) (*event.Event, error)
	// ask requests the key of an event from the sender's devices.
	ask(ctx context.Context, evt *event.Event) error
}

// undecryptable says, for the sender of an event, why it cannot be read.
type undecryptable struct {
	cause string // "your app has not sent me the key"
	mend  string // what the sender can do; "" where there is nothing
	err   error
}

func (u *undecryptable) Error() string { return u.cause + ": " + u.err.Error() }
func (u *undecryptable) Unwrap() error { return u.err }
