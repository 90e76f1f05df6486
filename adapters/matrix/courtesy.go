package matrix

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// typingTime is how long the homeserver shows the bot as typing, unless an
// answer comes first.
const typingTime = 15 * time.Second

// courtesyDelay is how much longer than the question gestures may take:
// answers go first, and most are there before anybody need see typing.
const courtesyDelay = 150 * time.Millisecond

// courtesy sends read receipts and typing notices, beside the answers and
// never in their way: of a room only the last matter.
type courtesy struct {
	client *mautrix.Client
	log    *slog.Logger
	more   chan struct{}

	mu    sync.Mutex
	rooms map[id.RoomID]gesture
	shown map[id.RoomID]bool // where the bot is seen typing
}

// A gesture is what people in a room should see next.
type gesture struct {
	read   id.EventID // "" for nothing new
	thread id.EventID
	typing bool
}

func newCourtesy(client *mautrix.Client, log *slog.Logger) *courtesy {
	return &courtesy{client: client, log: log, more: make(chan struct{}, 1), rooms: map[id.RoomID]gesture{}, shown: map[id.RoomID]bool{}}
}

// accepted shows that a question was read and is being answered.
func (c *courtesy) accepted(room id.RoomID, evt, thread id.EventID) {
	c.set(room, gesture{read: evt, thread: thread, typing: true})
}

// answered ends the typing, or keeps it from being shown.
func (c *courtesy) answered(room id.RoomID) {
	c.mu.Lock()
	g, due := c.rooms[room]
	shown := c.shown[room]
	c.mu.Unlock()
	if due || shown {
		g.typing = false
		c.set(room, g)
	}
}

func (c *courtesy) set(room id.RoomID, g gesture) {
	c.mu.Lock()
	c.rooms[room] = g
	c.mu.Unlock()
	signal(c.more)
}

// run sends what was asked for until ctx ends.
func (c *courtesy) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-c.more:
		}
		sleep(ctx, courtesyDelay)
		c.mu.Lock()
		rooms := c.rooms
		c.rooms = map[id.RoomID]gesture{}
		c.mu.Unlock()
		for room, g := range rooms {
			c.send(ctx, room, g)
		}
	}
}

// send sends one gesture, and lets failures be: nobody misses them.
func (c *courtesy) send(ctx context.Context, room id.RoomID, g gesture) {
	ctx, cancel := context.WithTimeout(ctx, requestTime)
	defer cancel()
	var err error
	if g.read != "" {
		thread := "main"
		if g.thread != "" && g.thread != g.read {
			thread = string(g.thread)
		}
		err = c.client.SendReceipt(ctx, room, g.read, event.ReceiptTypeRead, map[string]string{"thread_id": thread})
	}
	c.mu.Lock()
	change := c.shown[room] != g.typing
	c.shown[room] = g.typing
	c.mu.Unlock()
	if err == nil && change {
		_, err = c.client.UserTyping(ctx, room, g.typing, typingTime)
	}
	if err != nil {
		c.log.Debug("matrix: receipt or typing notice not sent", "room", room, "error", err)
	}
}
