//go:build goolm

package matrixtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/crypto"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// A Person is somebody with an app that can encrypt.
type Person struct {
	*mautrix.Client
	olm  *crypto.OlmMachine
	mu   sync.Mutex
	read map[id.EventID]*event.Event // decrypted before
	stop context.CancelFunc
	done chan struct{}
}

// NewPerson registers somebody and lets the app sync until Close.
func (s *Server) NewPerson(ctx context.Context, user string) (*Person, error) {
	client, err := s.Register(ctx, user)
	if err != nil {
		return nil, err
	}
	return NewPersonFor(ctx, client)
}

// NewPersonFor gives an app to the owner of a login.
func NewPersonFor(ctx context.Context, client *mautrix.Client) (*Person, error) {
	state := mautrix.NewMemoryStateStore()
	client.StateStore = state
	client.DefaultHTTPRetries, client.DefaultHTTPBackoff = 8, 100*time.Millisecond
	p := &Person{Client: client, read: map[id.EventID]*event.Event{}, done: make(chan struct{})}
	p.olm = crypto.NewOlmMachine(client, nil, crypto.NewMemoryStore(nil), state.(crypto.StateStore))
	if err := p.olm.Load(ctx); err != nil {
		return nil, err
	}
	if err := p.olm.ShareKeys(ctx, 0); err != nil {
		return nil, fmt.Errorf("publish %s's keys: %w", client.UserID, err)
	}
	syncer := client.Syncer.(*mautrix.DefaultSyncer)
	syncer.OnSync(func(ctx context.Context, resp *mautrix.RespSync, since string) bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.olm.ProcessSyncResponse(ctx, resp, since)
	})
	syncer.OnEvent(client.StateStoreSyncHandler)
	syncer.OnEventType(event.StateMember, func(ctx context.Context, evt *event.Event) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.olm.HandleMemberEvent(ctx, evt)
	})
	syncCtx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	go func() {
		defer close(p.done)
		for syncCtx.Err() == nil {
			_ = client.SyncWithContext(syncCtx)
			time.Sleep(100 * time.Millisecond)
		}
	}()
	return p, nil
}

// Close ends the app.
func (p *Person) Close() {
	p.stop()
	<-p.done
}

// Sign gives the account signing keys and signs the device with them.
func (p *Person) Sign(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, _, err := p.olm.GenerateAndUploadCrossSigningKeysWithPassword(ctx, Password, ""); err != nil {
		return err
	}
	if err := p.olm.SignOwnDevice(ctx, p.olm.OwnIdentity()); err != nil {
		return err
	}
	return p.olm.SignOwnMasterKey(ctx)
}

// NewRoom makes a room. A direct one has no name.
func (p *Person) NewRoom(ctx context.Context, name string, encrypted bool, invite ...id.UserID) (id.RoomID, error) {
	req := &mautrix.ReqCreateRoom{Name: name, Preset: "private_chat", Invite: invite}
	if name == "" {
		req.Preset, req.IsDirect = "trusted_private_chat", true
	}
	if encrypted {
		req.InitialState = []*event.Event{{
			Type:    event.StateEncryption,
			Content: event.Content{Parsed: &event.EncryptionEventContent{Algorithm: id.AlgorithmMegolmV1}},
		}}
	}
	resp, err := p.CreateRoom(ctx, req)
	if err != nil {
		return "", fmt.Errorf("make a room: %w", err)
	}
	return resp.RoomID, nil
}

// Await waits until the person sees somebody in a room with that membership.
// Now and then it asks, for Dendrite's sync may leave out one of two joins
// that come at the same time.
func (p *Person) Await(ctx context.Context, room id.RoomID, user id.UserID, membership event.Membership) error {
	for n := 1; ctx.Err() == nil; n++ {
		if p.StateStore.IsMembership(ctx, room, user, membership) {
			return nil
		}
		time.Sleep(10 * time.Millisecond)
		if n%100 == 0 {
			_, _ = p.Members(ctx, room) // goes into the state store
		}
	}
	return fmt.Errorf("%s does not see %s of %s in %s: %w", p.UserID, membership, user, room, ctx.Err())
}

// Write sends a message, encrypted where the room is, and returns its event.
func (p *Person) Write(ctx context.Context, room id.RoomID, content *event.MessageEventContent) (id.EventID, error) {
	return p.WriteAs(ctx, room, event.EventMessage, content)
}

// WriteAs sends an event of any type, encrypted where the room is.
func (p *Person) WriteAs(ctx context.Context, room id.RoomID, kind event.Type, content any) (id.EventID, error) {
	secret, err := p.StateStore.IsEncrypted(ctx, room)
	if err != nil {
		return "", err
	}
	if secret && kind != event.EventReaction {
		if content, err = p.encrypt(ctx, room, kind, content); err != nil {
			return "", fmt.Errorf("%s encrypts: %w", p.UserID, err)
		}
		kind = event.EventEncrypted
	}
	resp, err := p.SendMessageEvent(ctx, room, kind, content, mautrix.ReqSendEvent{DontEncrypt: true, TransactionID: p.TxnID()})
	if err != nil {
		return "", fmt.Errorf("%s writes: %w", p.UserID, err)
	}
	return resp.EventID, nil
}

func (p *Person) encrypt(ctx context.Context, room id.RoomID, kind event.Type, content any) (any, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	secret, err := p.olm.EncryptMegolmEvent(ctx, room, kind, content)
	if !crypto.IsShareError(err) {
		return secret, err
	}
	if _, err := p.Members(ctx, room); err != nil {
		return nil, err
	}
	users, err := p.StateStore.GetRoomJoinedOrInvitedMembers(ctx, room)
	if err != nil {
		return nil, err
	}
	if err := p.olm.ShareGroupSession(ctx, room, users); err != nil {
		return nil, err
	}
	return p.olm.EncryptMegolmEvent(ctx, room, kind, content)
}

// ForgetKey makes the next message in a room use a new key.
func (p *Person) ForgetKey(ctx context.Context, room id.RoomID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.olm.CryptoStore.RemoveOutboundGroupSession(ctx, room)
}

// ShareWithNobody makes a new key for a room that no other device gets, and
// returns what shares it later.
func (p *Person) ShareWithNobody(ctx context.Context, room id.RoomID) error {
	if err := p.ForgetKey(ctx, room); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.olm.ShareGroupSession(ctx, room, []id.UserID{p.UserID})
}

// SendKey sends the key of a message to all devices of a user, late.
func (p *Person) SendKey(ctx context.Context, room id.RoomID, session id.SessionID, user id.UserID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	sess, err := p.olm.CryptoStore.GetGroupSession(ctx, room, session)
	if err != nil || sess == nil {
		return fmt.Errorf("no session %s: %w", session, err)
	}
	devices, err := p.olm.FetchKeys(ctx, []id.UserID{user}, true)
	if err != nil {
		return err
	}
	key, err := sess.Internal.Export(sess.Internal.FirstKnownIndex())
	if err != nil {
		return err
	}
	for _, device := range devices[user] {
		err := p.olm.SendEncryptedToDevice(ctx, device, event.ToDeviceForwardedRoomKey, event.Content{Parsed: &event.ForwardedRoomKeyEventContent{
			RoomKeyEventContent: event.RoomKeyEventContent{
				Algorithm: id.AlgorithmMegolmV1, RoomID: room, SessionID: session, SessionKey: string(key),
			},
			SenderKey:          sess.SenderKey,
			ForwardingKeyChain: []string{},
			SenderClaimedKey:   sess.SigningKey,
		}})
		if err != nil {
			return err
		}
	}
	return nil
}

// Read returns what was written in a room, the oldest first, in the clear.
// What cannot be decrypted yet is waited for, decryptTime in all; then it
// stands there encrypted. A room is read in one page, for which the filter has
// to ask: between two pages Dendrite leaves out events.
func (p *Person) Read(ctx context.Context, room id.RoomID) ([]*event.Event, error) {
	var events []*event.Event
	until := time.Now().Add(decryptTime)
	all := &mautrix.FilterPart{Limit: 10_000}
	for token := ""; ; {
		page, err := p.Messages(ctx, room, token, "", mautrix.DirectionBackward, all, 0)
		if err != nil {
			return nil, fmt.Errorf("%s reads: %w", p.UserID, err)
		}
		for _, evt := range page.Chunk {
			evt.RoomID = room
			_ = evt.Content.ParseRaw(evt.Type)
			events = append([]*event.Event{p.open(ctx, evt, until)}, events...)
		}
		if len(page.Chunk) == 0 || page.End == "" || page.End == token {
			return events, nil
		}
		token = page.End
	}
}

// decryptTime is how long one reading waits for keys.
const decryptTime = 5 * time.Second

func (p *Person) open(ctx context.Context, evt *event.Event, until time.Time) *event.Event {
	if evt.Type != event.EventEncrypted || evt.Content.AsEncrypted().Algorithm == "" {
		return evt
	}
	for {
		p.mu.Lock()
		plain, err := p.read[evt.ID], error(nil)
		if plain == nil {
			if plain, err = p.olm.DecryptMegolmEvent(ctx, evt); err == nil {
				p.read[evt.ID] = plain
			}
		}
		p.mu.Unlock()
		if err == nil {
			return plain
		}
		if !errors.Is(err, crypto.ErrNoSessionFound) || ctx.Err() != nil || time.Now().After(until) {
			return evt
		}
		select {
		case <-ctx.Done():
			return evt
		case <-time.After(10 * time.Millisecond):
		}
	}
}
