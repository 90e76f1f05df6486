//go:build goolm

package matrix

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"sync"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/crypto"
	"maunium.net/go/mautrix/crypto/olm"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// A machine is the cipher of builds with encryption. Its lock keeps the
// database transactions of one call from waiting for the locks that another
// call holds inside the library.
type machine struct {
	a      *Adapter
	client *mautrix.Client
	mu     sync.Mutex
	olm    *crypto.OlmMachine
	store  *crypto.SQLCryptoStore
}

// newCipher loads the device's keys from the database, makes them at the
// first start, and sees to it that the device is signed by its account.
func newCipher(ctx context.Context, a *Adapter, client *mautrix.Client) (cipher, error) {
	pickle, err := a.pickleKey(ctx)
	if err != nil {
		return nil, err
	}
	account := string(client.UserID) + "/" + string(client.DeviceID)
	store := crypto.NewSQLCryptoStore(a.db, nil, account, client.DeviceID, pickle)
	if err := store.DB.Upgrade(ctx); err != nil {
		return nil, fmt.Errorf("matrix: create the key tables: %w", err)
	}
	log := zeroLog(a.log)
	m := &machine{a: a, client: client, store: store}
	m.olm = crypto.NewOlmMachine(client, &log, store, a.state)
	m.olm.DisableRatchetTracking = true // it is for bots that throw old keys away, and costs a write a message
	if a.cfg.SignedTo {
		m.olm.SendKeysMinTrust = id.TrustStateCrossSignedTOFU
	}
	if err := m.olm.Load(ctx); err != nil {
		return nil, fmt.Errorf("matrix: load the device's keys (has the pickle key changed?): %w", err)
	}
	if err := m.publish(ctx); err != nil {
		return nil, err
	}
	if err := m.sign(ctx); err != nil {
		// Messages can be read and written all the same, but not by people
		// whose apps exclude unsigned devices.
		a.log.Error("matrix: the bot's device is not signed: people whose apps exclude unsigned devices cannot read it", "error", err)
	}
	return m, nil
}

// pickleKey is what the keys in the database are encrypted with.
func (a *Adapter) pickleKey(ctx context.Context) ([]byte, error) {
	if a.cfg.PickleKey != "" {
		return []byte(a.cfg.PickleKey.Reveal()), nil
	}
	const name = "matrix/pickle"
	key, err := a.store.Get(ctx, name)
	if errors.Is(err, adapters.ErrNotFound) {
		raw := make([]byte, 32)
		_, _ = rand.Read(raw)
		key = []byte(hex.EncodeToString(raw))
		err = a.store.Put(ctx, name, key)
	}
	if err != nil {
		return nil, fmt.Errorf("matrix: keep the pickle key: %w", err)
	}
	return key, nil
}

// publish makes sure that the homeserver has this device's keys and no others.
func (m *machine) publish(ctx context.Context) error {
	resp, err := m.client.QueryKeys(ctx, &mautrix.ReqQueryKeys{
		DeviceKeys: map[id.UserID]mautrix.DeviceIDList{m.client.UserID: {m.client.DeviceID}},
	})
	if err != nil {
		return fmt.Errorf("matrix: ask for the device's keys: %w", err)
	}
	keys, known := resp.DeviceKeys[m.client.UserID][m.client.DeviceID]
	ours := m.olm.GetAccount().SigningKey()
	switch {
	case known && len(keys.Keys) > 0 && keys.Keys.GetEd25519(m.client.DeviceID) != ours:
		return fmt.Errorf("matrix: device %s has other keys on the homeserver than in the database, which was lost or replaced: "+
			"log in as a new device (with the password, or a new access token)", m.client.DeviceID)
	case known && len(keys.Keys) > 0:
		m.olm.GetAccount().Shared = true
		return nil
	}
	m.olm.GetAccount().Shared = false // the homeserver has lost them, or never had them
	if err := m.olm.ShareKeys(ctx, 0); err != nil {
		return fmt.Errorf("matrix: publish the device's keys: %w", err)
	}
	return nil
}

func (m *machine) sync(ctx context.Context, resp *mautrix.RespSync, since string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.olm.HandleDeviceLists(ctx, &resp.DeviceLists, since)
	for _, evt := range resp.ToDevice.Events {
		evt.Type.Class = event.ToDeviceEventType
		if err := evt.Content.ParseRaw(evt.Type); err != nil {
			m.a.log.Debug("matrix: odd to-device event", "type", evt.Type.Type, "error", err)
			continue
		}
		m.toDevice(ctx, evt)
	}
	m.olm.HandleOTKCounts(ctx, &resp.DeviceOTKCount)
	m.olm.MarkOlmHashSavePoint(ctx)
	if len(resp.ToDevice.Events) > 0 {
		m.a.wakeUp() // a key may be among them
	}
}

// toDevice takes in one to-device event. An encrypted one moves a ratchet and
// then stores the key that it brought: in one transaction, for after a crash
// in between the second delivery would be taken for a repeat and the key be
// lost.
func (m *machine) toDevice(ctx context.Context, evt *event.Event) {
	if evt.Type != event.ToDeviceEncrypted {
		m.olm.HandleToDeviceEvent(ctx, evt)
		return
	}
	err := m.store.DB.DoTxn(ctx, nil, func(ctx context.Context) error {
		m.olm.HandleToDeviceEvent(ctx, evt)
		return nil
	})
	if err != nil {
		m.a.log.Error("matrix: cannot store a key", "sender", evt.Sender, "error", err)
	}
}

func (m *machine) member(ctx context.Context, evt *event.Event) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.olm.HandleMemberEvent(ctx, evt)
}

func (m *machine) encrypt(ctx context.Context, room id.RoomID, kind event.Type, content any) (*event.EncryptedEventContent, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	encrypted, err := m.olm.EncryptMegolmEvent(ctx, room, kind, content)
	if err == nil || !crypto.IsShareError(err) {
		return encrypted, err
	}
	// A new key: it must reach everybody who is there now, and syncs have
	// been seen to leave somebody out.
	if _, err := m.client.Members(ctx, room); err != nil {
		return nil, fmt.Errorf("members of %s: %w", room, err)
	}
	users, err := m.a.state.GetRoomJoinedOrInvitedMembers(ctx, room)
	if err != nil {
		return nil, fmt.Errorf("members of %s: %w", room, err)
	}
	if err := m.olm.ShareGroupSession(ctx, room, users); err != nil {
		return nil, fmt.Errorf("share the key for %s: %w", room, err)
	}
	return m.olm.EncryptMegolmEvent(ctx, room, kind, content)
}

func (m *machine) decrypt(ctx context.Context, evt *event.Event) (*event.Event, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	plain, err := m.olm.DecryptMegolmEvent(ctx, evt)
	if err == nil {
		return plain, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if errors.Is(err, crypto.ErrDuplicateMessageIndex) {
		return nil, errRepeated
	}
	u := &undecryptable{cause: "it is damaged, or of a kind that I do not know", err: err}
	switch {
	case errors.Is(err, crypto.ErrNoSessionFound):
		u.cause = "your app has not sent me the key for it"
		u.mend = "It may still arrive; then I answer. Otherwise send the message again."
	case errors.Is(err, crypto.ErrGroupSessionWithheld):
		u.cause = "your app holds back its key from me (" + err.Error() + ")"
		u.mend = "Verify me in your app, or allow keys to be sent to unverified devices, and send the message again."
	case errors.Is(err, olm.ErrUnknownMessageIndex):
		u.cause = "it was written before I was given the key"
		u.mend = "Send the message again."
	}
	return nil, u
}

func (m *machine) ask(ctx context.Context, evt *event.Event) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	content := evt.Content.AsEncrypted()
	device := content.DeviceID //lint:ignore SA1019 narrows the request where an old app still tells it
	if device == "" {
		device = "*"
	}
	return m.olm.SendRoomKeyRequest(ctx, evt.RoomID, content.SenderKey, content.SessionID, "", map[id.UserID][]id.DeviceID{
		evt.Sender:      {device},
		m.client.UserID: {"*"},
	})
}
