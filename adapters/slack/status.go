package slack

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	api "github.com/slack-go/slack"

	"sourceline/adapters"
)

const (
	statusText   = "is looking through the articles…"
	statusMemory = 15 * time.Minute // longer than Slack's second retry
)

// statuses shows that an answer is being worked on where it takes long.
type statuses struct {
	a       *Adapter
	mu      sync.Mutex
	waiting map[adapters.Conversation]*time.Timer
	running sync.WaitGroup // a clock each
	seen    memory[bool]   // messages that a status was considered for: a retry is not a new question
}

func newStatuses(a *Adapter) *statuses {
	return &statuses{a: a, waiting: map[adapters.Conversation]*time.Timer{}, seen: newMemory[bool](statusMemory)}
}

// expect starts the clock for a question that somebody is certain to get an
// answer to. Slack can show a status in a thread only.
func (s *statuses) expect(m adapters.Message) {
	in, id := m.Conversation, m.Conversation.Room+"/"+m.ID
	if in.Thread == "" || (m.Kind != adapters.Mention && m.Kind != adapters.Direct) || m.FromBot {
		return
	}
	if _, again := s.seen.held(id); again {
		return
	}
	s.seen.put(id, true)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiting[in] == nil {
		s.running.Add(1)
		s.waiting[in] = time.AfterFunc(s.a.pace.status, func() {
			defer s.running.Done()
			s.show(in)
		})
	}
}

// answered stops the clock of a conversation and reports whether it ran; Slack
// itself clears a status when a message comes.
func (s *statuses) answered(in adapters.Conversation) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	timer := s.waiting[in]
	if timer == nil {
		return false
	}
	if timer.Stop() {
		s.running.Done()
	}
	delete(s.waiting, in)
	return true
}

// stop stops all clocks; no question is expected any more.
func (s *statuses) stop() {
	s.mu.Lock()
	all := slices.Collect(maps.Keys(s.waiting))
	s.mu.Unlock()
	for _, in := range all {
		s.answered(in)
	}
	s.running.Wait()
}

func (s *statuses) show(in adapters.Conversation) {
	if !s.answered(in) {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), requestTimeout)
	defer cancel()
	if err := s.a.setStatus(ctx, in, statusText); err != nil {
		s.a.log.Debug("status not shown", "err", err)
	}
}

func (a *Adapter) setStatus(ctx context.Context, in adapters.Conversation, text string) error {
	return a.call(ctx, func(c *api.Client) error {
		return c.SetAssistantThreadsStatusContext(ctx, api.AssistantThreadsSetStatusParameters{
			ChannelID: in.Room, ThreadTS: in.Thread, Status: text,
		})
	})
}
