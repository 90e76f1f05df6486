package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"go.opentelemetry.io/otel/attribute"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/bot/dialogue"
	"sourceline/bot/inbox"
)

// Failed is the outcome of a message that could not be answered because the
// articles could not be asked.
const Failed inbox.Outcome = "failed"

// Feedback as it is kept.
const (
	FeedbackUp   = "up"
	FeedbackDown = "down"
)

// A state is what is kept with an answered message.
type state struct {
	dialogue.Memory
	Corpus string `json:"corpus,omitempty"` // that it was answered from
}

// handle makes the answer to one message; it is the inbox.Worker's Handle.
func (s *Server) handle(ctx context.Context, it inbox.Item) (inbox.Result, error) {
	platform := it.Conversation.Platform
	s.Metrics.messages.WithLabelValues(platform, string(it.Kind)).Inc()
	s.Log.Debug("message", "platform", platform, "room", it.Conversation.Room, "kind", it.Kind, "id", it.ID, "text", it.Text, "value", it.Value)
	ctx, end := s.span(ctx, "handle", attribute.String("platform", platform), attribute.String("kind", string(it.Kind)))
	r, err := s.result(ctx, it)
	end(err, attribute.String("outcome", string(r.Outcome)))
	if err != nil && it.Last && ctx.Err() == nil {
		s.Log.Error("a question was given up", "platform", platform, "id", it.ID, "err", err)
		r, err = inbox.Result{Outcome: Failed, Posts: []inbox.Post{{Reply: *dialogue.Unreachable()}}}, nil
	}
	if err == nil {
		s.Metrics.answers.WithLabelValues(platform, string(r.Outcome)).Inc()
		s.Log.Info("handled", "platform", platform, "room", it.Conversation.Room, "kind", it.Kind, "id", it.ID, "outcome", r.Outcome, "posts", len(r.Posts))
	}
	return r, err
}

func (s *Server) result(ctx context.Context, it inbox.Item) (inbox.Result, error) {
	silent := inbox.Result{Outcome: inbox.Silent}
	if it.Kind == adapters.Reaction {
		return silent, s.feedback(ctx, it)
	}
	t := dialogue.Turn{Message: it.Message, Edited: it.Edited}
	direct, err := s.isDirect(ctx, it.Message)
	if err != nil {
		return inbox.Result{}, err
	}
	if it.Kind == adapters.Action {
		if dialogue.Feedback(it.Value) != 0 {
			return silent, s.feedback(ctx, it)
		}
		about, err := s.Box.ByPost(ctx, it.Conversation, adapters.PostID(it.Target))
		if err != nil && !errors.Is(err, adapters.ErrNotFound) {
			return inbox.Result{}, err
		}
		direct = direct || about.Message.Kind == adapters.Direct || about.Message.Kind == adapters.Home
		if v := viewOf(it.Value); v != dialogue.Brief {
			if about.Message.ID == "" {
				return silent, nil // its question is gone
			}
			t.Message, t.View, t.Edited = about.Message, v, true
			t.Message.Return = it.Return
		}
	}
	setting := s.Room(it.Conversation, direct)
	t.Room = s.room(setting)
	if t.Earlier, err = s.earlier(ctx, t.Message, it.Conversation, setting.Corpus); err != nil {
		return inbox.Result{}, err
	}
	said, err := s.talk.Respond(ctx, t)
	if err != nil {
		return inbox.Result{}, err
	}
	return s.resultOf(said, setting.Corpus, t.View)
}

// isDirect tells whether a message was written to the bot alone: by its kind,
// or else by what its adapter knows of the conversation.
func (s *Server) isDirect(ctx context.Context, m adapters.Message) (bool, error) {
	if m.Kind == adapters.Direct || m.Kind == adapters.Home {
		return true, nil
	}
	if p, ok := s.Adapters[m.Conversation.Platform].(adapters.Private); ok {
		return p.IsPrivate(ctx, m.Conversation)
	}
	return false, nil
}

// viewOf is the view that a button asks for.
func viewOf(value string) dialogue.View {
	switch {
	case strings.HasPrefix(value, dialogue.LinesValue):
		return dialogue.Full
	case strings.HasPrefix(value, dialogue.ShareValue):
		return dialogue.Shared
	}
	return dialogue.Brief
}

// resultOf is what the inbox has to do about what is said.
func (s *Server) resultOf(said dialogue.Saying, corpus string, v dialogue.View) (inbox.Result, error) {
	r := inbox.Result{Outcome: inbox.Outcome(said.Outcome)}
	if said.Reply != nil {
		r.Posts = []inbox.Post{{Reply: *said.Reply, Only: said.Only, Facts: restsOn(corpus, said.Shown)}}
	}
	if said.Memory != nil {
		var err error
		if r.State, err = json.Marshal(state{*said.Memory, corpus}); err != nil {
			return inbox.Result{}, fmt.Errorf("remember the answer: %w", err)
		}
	}
	return r, nil
}

// room is what the dialogue has to know of a room.
func (s *Server) room(setting RoomSetting) dialogue.Room {
	r := dialogue.Room{Allowed: setting.Allowed, Locale: setting.Locale, Quotes: s.Quotes}
	if b := s.Shelf.Book(setting.Corpus); b != nil {
		r.Library, r.Examples = b, b.Examples
	}
	return r
}

// earlier are the answered turns of the conversation before m, from the same
// corpus. In a room outside of threads, where many talk at once and commands
// are seen by their senders alone, they are those of the same sender.
func (s *Server) earlier(ctx context.Context, m adapters.Message, c adapters.Conversation, corpus string) ([]dialogue.Memory, error) {
	opens := c.Thread == m.ID && m.ID != "" // its own thread: nothing was said there before
	if opens || m.Kind == adapters.Home || m.Kind == adapters.Joined {
		return nil, nil
	}
	turns, err := s.Box.Thread(ctx, c)
	if err != nil {
		return nil, err
	}
	var out []dialogue.Memory
	for _, t := range turns {
		if t.Message.ID == m.ID {
			break // an edited question leans on what went before it
		}
		if c.Thread == "" && t.Message.Sender != m.Sender {
			continue
		}
		if st, ok := parseState(t.State); ok && st.Corpus == corpus {
			out = append(out, st.Memory)
		}
	}
	return out, nil
}

func parseState(data []byte) (state, bool) {
	var st state
	if len(data) == 0 || json.Unmarshal(data, &st) != nil {
		return state{}, false
	}
	return st, true
}

// feedbackTries is how often a button's post is looked for, over about a second:
// it may be tapped before its post was noted. What comes after it in its thread
// waits for it, so that it is not much more.
const feedbackTries = 5

// feedback notes what a reaction or button says of a post; the last one wins.
func (s *Server) feedback(ctx context.Context, it inbox.Item) error {
	value := ""
	switch dialogue.Feedback(it.Value) {
	case 1:
		value = FeedbackUp
	case -1:
		value = FeedbackDown
	default:
		return nil
	}
	err := s.Box.SetFeedback(ctx, it.Conversation, adapters.PostID(it.Target), it.Sender, value)
	if errors.Is(err, adapters.ErrNotFound) && (it.Kind != adapters.Action || it.Try >= feedbackTries) {
		return nil // on a question, or on a post that is gone
	}
	if err == nil {
		s.Metrics.feedback.WithLabelValues(value).Inc()
	}
	return err
}

// post hands a post to the adapter of its platform; it is the inbox.Worker's
// Post.
func (s *Server) post(ctx context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	for _, e := range s.entrances {
		if e.name == o.Conversation.Platform {
			ctx, end := s.span(ctx, "post", attribute.String("platform", e.name))
			id, err := e.adapter.Post(ctx, o)
			end(err)
			s.Metrics.posted(e.name, err)
			return id, err
		}
	}
	return "", fmt.Errorf("no adapter of %q is configured: %w", o.Conversation.Platform, adapters.ErrPermanent)
}

// restsOn names the lines that a reply shows, each with a sum of its words.
func restsOn(corpus string, lines []answers.Evidence) []inbox.Fact {
	var out []inbox.Fact
	for _, e := range lines {
		out = append(out, inbox.Fact{ID: e.Fact.String() + sumMark + sum(e.Quote()), Article: restKey(corpus, e.Article.ID)})
	}
	return out
}
