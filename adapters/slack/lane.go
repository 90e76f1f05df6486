package slack

import (
	"context"
	"sync"
	"time"
)

// lanes lets one post a channel go at a time, in the order they came, with a
// pause between two: Slack takes about one a second in a channel.
type lanes struct {
	mu sync.Mutex
	of map[string]*lane
}

type lane struct {
	turn  chan struct{} // full while somebody posts; those who wait are served in order
	next  time.Time     // when the next post may go; guarded by turn
	users int           // who hold or wait for the turn; guarded by lanes.mu
}

// lanesKept bounds how many idle lanes are remembered.
const lanesKept = 4096

func newLanes() *lanes { return &lanes{of: map[string]*lane{}} }

// enter waits for the channel's turn. The caller posts and then calls leave with
// how long the channel is to rest.
func (l *lanes) enter(ctx context.Context, channel string) (leave func(rest time.Duration), err error) {
	way := l.join(channel)
	select {
	case way.turn <- struct{}{}:
	case <-ctx.Done():
		l.quit(way)
		return nil, ctx.Err()
	}
	leave = func(rest time.Duration) {
		if rest > 0 {
			way.next = time.Now().Add(rest)
		}
		<-way.turn
		l.quit(way)
	}
	if !sleep(ctx, time.Until(way.next)) {
		leave(0)
		return nil, ctx.Err()
	}
	return leave, nil
}

func (l *lanes) join(channel string) *lane {
	l.mu.Lock()
	defer l.mu.Unlock()
	way := l.of[channel]
	if way == nil {
		l.sweep()
		way = &lane{turn: make(chan struct{}, 1)}
		l.of[channel] = way
	}
	way.users++
	return way
}

func (l *lanes) quit(way *lane) {
	l.mu.Lock()
	defer l.mu.Unlock()
	way.users--
}

// sweep forgets idle lanes once there are many.
func (l *lanes) sweep() {
	if len(l.of) < lanesKept {
		return
	}
	now := time.Now()
	for channel, way := range l.of {
		if way.users == 0 && way.next.Before(now) {
			delete(l.of, channel)
		}
	}
}
