package slack

import (
	"context"
	"errors"
	"sync"
	"time"

	"sourceline/adapters"
)

// lanes lets one post a channel go at a time, in the order they came, with a
// pause between two: Slack takes about one a second in a channel.
type lanes struct {
	mu sync.Mutex
	of map[string]*lane
}

type lane struct {
	turn  chan struct{} // full while somebody posts; those who wait are served in order
	next  time.Time     // when the next post may go
	users int           // who hold or wait for the turn
} // next and users are guarded by lanes.mu

// errFar says that a channel's turn is too far off to wait for.
var errFar = errors.New("slack: too many posts wait for this channel")

// lanesKept bounds how many idle lanes are remembered.
const lanesKept = 4096

func newLanes() *lanes { return &lanes{of: map[string]*lane{}} }

// enter waits for the channel's turn, or returns *adapters.Later where that would
// take longer than p.patience. The caller posts and then calls leave with how
// long the channel is to rest.
func (l *lanes) enter(ctx context.Context, channel string, p pacing) (leave func(rest time.Duration), err error) {
	way, wait := l.join(channel, p)
	if way == nil {
		return nil, &adapters.Later{After: wait, Err: errFar}
	}
	select {
	case way.turn <- struct{}{}:
	case <-ctx.Done():
		l.quit(way, 0)
		return nil, &adapters.Later{Err: ctx.Err()}
	}
	leave = func(rest time.Duration) {
		l.quit(way, rest)
		<-way.turn
	}
	if !sleep(ctx, l.untilNext(way)) {
		leave(0)
		return nil, &adapters.Later{Err: ctx.Err()}
	}
	return leave, nil
}

// join takes a place in the channel's queue; nil where the wait is too long.
func (l *lanes) join(channel string, p pacing) (*lane, time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	way := l.of[channel]
	if way == nil {
		l.sweep()
		way = &lane{turn: make(chan struct{}, 1)}
		l.of[channel] = way
	}
	wait := max(time.Until(way.next), 0) + time.Duration(way.users)*p.post
	if wait > p.patience {
		return nil, wait
	}
	way.users++
	return way, wait
}

func (l *lanes) untilNext(way *lane) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(way.next)
}

// quit gives a place back and lets the channel rest.
func (l *lanes) quit(way *lane, rest time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	way.users--
	if next := time.Now().Add(rest); rest > 0 && next.After(way.next) {
		way.next = next
	}
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
