package slack

import (
	"context"
	"sync"
	"time"

	api "github.com/slack-go/slack"

	"sourceline/adapters"
)

// statuses shows that an answer is being worked on where it takes long.
type statuses struct {
	a       *Adapter
	mu      sync.Mutex
	waiting map[adapters.Conversation]*watch
	seen    memory[bool] // messages that a status was considered for: a retry is not a new question
}

// watch is one question that is being answered.
type watch struct {
	s     *statuses
	in    adapters.Conversation
	timer *time.Timer
}

const statusMemory = 15 * time.Minute // longer than Slack's second retry

const statusText = "is looking through the articles…"

func newStatuses(a *Adapter) *statuses {
	return &statuses{a: a, waiting: map[adapters.Conversation]*watch{}, seen: newMemory[bool](statusMemory)}
}

// expect starts the clock for a question that somebody is certain to get an
// answer to. Slack can show a status in a thread only.
func (s *statuses) expect(m adapters.Message) *watch {
	w := &watch{s: s, in: m.Conversation}
	if m.Conversation.Thread == "" || (m.Kind != adapters.Mention && m.Kind != adapters.Direct) || m.FromBot {
		return w
	}
	id := m.Conversation.Room + "/" + m.ID
	if _, again := s.seen.held(id); again {
		return w
	}
	s.seen.put(id, true)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.waiting[w.in] == nil {
		s.waiting[w.in] = w
		w.timer = time.AfterFunc(s.a.pace.status, w.show)
	}
	return w
}

// answered stops the clock of a conversation; Slack itself clears a status when
// a message comes.
func (s *statuses) answered(in adapters.Conversation) {
	s.mu.Lock()
	w := s.waiting[in]
	s.mu.Unlock()
	if w != nil {
		w.cancel()
	}
}

func (w *watch) cancel() {
	if w.timer == nil {
		return
	}
	w.timer.Stop()
	w.s.mu.Lock()
	defer w.s.mu.Unlock()
	if w.s.waiting[w.in] == w {
		delete(w.s.waiting, w.in)
	}
}

func (w *watch) show() {
	w.cancel()
	ctx, cancel := context.WithTimeout(context.Background(), requestTimeout)
	defer cancel()
	if err := w.s.a.setStatus(ctx, w.in, statusText); err != nil {
		w.s.a.log.Debug("status not shown", "err", err)
	}
}

func (a *Adapter) setStatus(ctx context.Context, in adapters.Conversation, text string) error {
	return a.call(ctx, func(c *api.Client) error {
		return c.SetAssistantThreadsStatusContext(ctx, api.AssistantThreadsSetStatusParameters{
			ChannelID: in.Room, ThreadTS: in.Thread, Status: text,
		})
	})
}
