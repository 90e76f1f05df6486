package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"sourceline/adapters"
)

// A refusal says why a message is not for us to answer. It is not an error of
// ours: the envelope is acknowledged.
type refusal struct{ why string }

func (r refusal) Error() string { return r.why }

const (
	userMemory    = time.Hour        // how long a person's standing and locale are believed
	channelMemory = 10 * time.Minute // how long a channel is believed not to be shared
)

// gate decides who may ask what where. What it cannot find out it refuses: a
// leak into another organisation is worse than a question asked twice.
type gate struct {
	a        *Adapter
	users    memory[person]
	channels memory[bool] // shared with another organisation
}

// person is what the gate knows of a user.
type person struct {
	guest, stranger bool
	locale          string
}

func newGate(a *Adapter) *gate {
	return &gate{a: a, users: newMemory[person](userMemory), channels: newMemory[bool](channelMemory)}
}

// admit completes in with the sender's locale, or returns a refusal, or another
// error where it cannot know.
func (g *gate) admit(ctx context.Context, in *incoming) error {
	room := in.message.Conversation.Room
	if !g.knows(in.team, in.org) {
		return refusal{fmt.Sprintf("workspace %q is not one that may ask", in.team)}
	}
	if room == "" {
		return refusal{"the event names no channel"}
	}
	if !isDirect(room) && !g.a.cfg.allowsChannel(room) {
		return refusal{fmt.Sprintf("channel %s is not on the list of channels", room)}
	}
	if err := g.admitChannel(ctx, in, room); err != nil {
		return err
	}
	return g.admitSender(ctx, in)
}

func isDirect(channel string) bool { return strings.HasPrefix(channel, "D") }

// knows reports whether a workspace or its organisation may ask.
func (g *gate) knows(team, org string) bool {
	allowed := g.a.cfg.Workspaces
	if len(allowed) == 0 {
		me := g.a.identity()
		allowed = []string{me.TeamID, me.EnterpriseID}
	}
	return slices.ContainsFunc(allowed, func(id string) bool {
		return id != "" && (id == team || id == org)
	})
}

// admitChannel refuses channels that are shared with another organisation. Events
// tell it themselves; for commands and buttons Slack is asked.
func (g *gate) admitChannel(ctx context.Context, in *incoming, room string) error {
	if g.a.cfg.AllowExternal || isDirect(room) {
		return nil
	}
	shared := in.external
	if !shared && in.needsLookup() {
		var err error
		shared, err = g.channels.get(room, func() (bool, error) { return g.lookUpChannel(ctx, room) })
		if err != nil {
			return err
		}
	}
	if shared {
		return refusal{"the channel is shared with another organisation"}
	}
	return nil
}

// needsLookup reports whether the envelope leaves open if its channel is shared.
func (in *incoming) needsLookup() bool {
	switch in.message.Kind {
	case adapters.Command, adapters.Action, adapters.Joined:
		return true
	}
	return false
}

func (g *gate) lookUpChannel(ctx context.Context, id string) (bool, error) {
	var channel *api.Channel
	err := g.a.call(ctx, func(c *api.Client) (err error) {
		channel, err = c.GetConversationInfoContext(ctx, &api.GetConversationInfoInput{ChannelID: id})
		return err
	})
	if refused(err, "channel_not_found", "missing_scope") {
		return false, refusal{"the bot is not in this channel and cannot see whether it is shared"}
	}
	if err != nil {
		return false, fmt.Errorf("slack: looking up channel %s: %w", id, err)
	}
	return channel.IsExtShared || channel.IsPendingExtShared, nil
}

// admitSender refuses guests and members of other organisations. Deletions and
// reactions are taken from everybody: nothing is said to those, and there are
// too many reactions to look up who it was.
func (g *gate) admitSender(ctx context.Context, in *incoming) error {
	kind, id := in.message.Kind, in.message.Sender
	if kind == adapters.Deleted || kind == adapters.Reaction || kind == adapters.Joined || in.message.FromBot {
		return nil
	}
	if id == "" {
		return refusal{"the event names no sender"}
	}
	who, err := g.users.get(id, func() (person, error) { return g.lookUpUser(ctx, id) })
	if err != nil {
		if g.a.cfg.AllowExternal && g.a.cfg.AllowGuests {
			return nil // nothing to refuse anybody for; only the locale is not known
		}
		return err
	}
	switch {
	case who.stranger && !g.a.cfg.AllowExternal:
		return refusal{"the sender belongs to another organisation"}
	case who.guest && !g.a.cfg.AllowGuests:
		return refusal{"guests may not ask"}
	}
	in.message.Locale, in.ticket.Locale = who.locale, who.locale
	return nil
}

func (g *gate) lookUpUser(ctx context.Context, id string) (person, error) {
	var u *api.User
	err := g.a.call(ctx, func(c *api.Client) (err error) {
		u, err = c.GetUserInfoContext(ctx, id)
		return err
	})
	if refused(err, "user_not_found", "user_not_visible") {
		return person{stranger: true}, nil
	}
	if err != nil {
		return person{}, fmt.Errorf("slack: looking up user %s: %w", id, err)
	}
	return g.judge(u), nil
}

// judge is what the gate makes of what Slack says of a user.
func (g *gate) judge(u *api.User) person {
	return person{
		guest:    u.IsRestricted || u.IsUltraRestricted,
		stranger: u.IsStranger || !g.knows(u.TeamID, u.Enterprise.EnterpriseID),
		locale:   u.Locale,
	}
}

// refused reports whether Slack answered with one of the errors.
func refused(err error, codes ...string) bool {
	var answer api.SlackErrorResponse
	if !errors.As(err, &answer) {
		return false
	}
	return slices.Contains(codes, answer.Err)
}
