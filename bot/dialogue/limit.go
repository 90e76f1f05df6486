package dialogue

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"sourceline/adapters"
)

// A limiter bounds the answers in each room. It counts in this process only:
// two replicas may together say twice as much.
type limiter struct {
	perMinute int
	now       func() time.Time

	mu    sync.Mutex
	rooms map[adapters.Conversation]*roomLimit
}

type roomLimit struct {
	rate   *rate.Limiter
	warned bool // that the limit was reached, since the last answer
}

// A verdict is what a limiter says to one more answer.
type verdict int

const (
	granted     verdict = iota
	lastWarning         // say that the limit is reached, this once
	refused
)

// manyRooms is how many rooms are counted before those at rest are forgotten.
const manyRooms = 10000

func newLimiter(perMinute int, now func() time.Time) *limiter {
	return &limiter{perMinute: perMinute, now: now, rooms: map[adapters.Conversation]*roomLimit{}}
}

func (l *limiter) allow(room adapters.Conversation) verdict {
	if l.perMinute <= 0 {
		return granted
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.rooms[room]
	if r == nil {
		l.forget()
		r = &roomLimit{rate: rate.NewLimiter(rate.Every(time.Minute/time.Duration(l.perMinute)), l.perMinute)}
		l.rooms[room] = r
	}
	switch {
	case r.rate.AllowN(l.now(), 1):
		r.warned = false
		return granted
	case !r.warned:
		r.warned = true
		return lastWarning
	}
	return refused
}

// forget drops the rooms that have their full allowance, once there are many.
func (l *limiter) forget() {
	if len(l.rooms) < manyRooms {
		return
	}
	for room, r := range l.rooms {
		if r.rate.TokensAt(l.now()) >= float64(l.perMinute) {
			delete(l.rooms, room)
		}
	}
}
