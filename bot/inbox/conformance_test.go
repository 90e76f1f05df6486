package inbox

import (
	"context"
	"testing"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/terminal/terminaltest"
)

// TestConformance: the terminal passes the suite of adapters with its store in
// the database, and with all that it puts going through a Box first.
func TestConformance(t *testing.T) {
	onEach(t, func(t *testing.T, address string) {
		b := open(t, address, quietly())
		newPlatform := func(t *testing.T) adaptertest.Platform {
			return &boxed{Screen: terminaltest.New(t), box: b, space: t.Name()}
		}
		adaptertest.RunOn(t, newPlatform, func(t *testing.T) adapters.Store { return b.Store(t.Name()) })
	})
}

// boxed is a terminal whose messages are stored in a Box before the suite sees
// them.
type boxed struct {
	*terminaltest.Screen
	box   *Box
	space string // a room for each case of the suite: they share the database
}

func (p *boxed) Adapter(t *testing.T, store adapters.Store) adapters.Adapter {
	return &boxedAdapter{Adapter: p.Screen.Adapter(t, store), boxed: p}
}

type boxedAdapter struct {
	adapters.Adapter
	*boxed
}

func (a *boxedAdapter) Ready() error { return a.Adapter.(adapters.Health).Ready() }

func (a *boxedAdapter) Check(ctx context.Context) []adapters.Finding {
	return a.Adapter.(adapters.Health).Check(ctx)
}

func (a *boxedAdapter) Run(ctx context.Context, inbox adapters.Inbox) error {
	return a.Adapter.Run(ctx, both{a.boxed, inbox})
}

type both struct {
	*boxed
	then adapters.Inbox
}

func (b both) Put(ctx context.Context, m adapters.Message) error {
	stored := m
	stored.Conversation.Workspace = b.space
	if err := b.box.Put(ctx, stored); err != nil {
		return err
	}
	if direct := m.Kind != adapters.Reaction && m.Kind != adapters.Edited && m.Kind != adapters.Deleted && m.Kind != adapters.ThreadReply && !m.FromBot; direct {
		if _, err := b.box.AnswerTo(ctx, stored.Conversation, m.ID); err != nil {
			return err // it was not stored: the suite will wait for it in vain
		}
	}
	return b.then.Put(ctx, m)
}
