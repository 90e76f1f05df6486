package slack

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sourceline/adapters"
)

// platform is the name of Slack in a Conversation.
const platform = "slack"

// checkShortcut is the callback ID of the message shortcut in the manifest, and
// checkValue what its Command carries as Value.
const (
	checkShortcut = "check_claim"
	checkValue    = "check"
)

// identity is who the bot is in its workspace.
type identity struct {
	TeamID, EnterpriseID string
	UserID, BotID        string
}

// A ticket is what the adapter needs to answer a message and hands to the bot as
// Message.Return.
type ticket struct {
	Locale      string `json:"locale,omitempty"`
	ResponseURL string `json:"response_url,omitempty"`
	Page        page   `json:"page,omitempty"`
	User        string `json:"user,omitempty"` // whose page
}

// page is where the answer to a Home message goes.
type page string

const (
	homeTab page = "home"    // published as the App Home tab
	prompts page = "prompts" // set as a conversation's suggested prompts
)

func (t ticket) bytes() []byte {
	b, err := json.Marshal(t)
	if err != nil {
		panic("slack: a ticket of strings cannot fail to encode: " + err.Error())
	}
	return b
}

func readTicket(b []byte) (t ticket, err error) {
	if len(b) == 0 {
		return t, nil
	}
	if err := json.Unmarshal(b, &t); err != nil {
		return t, fmt.Errorf("slack: Return %q is not what the adapter handed out: %w", b, err)
	}
	return t, nil
}

// incoming is one envelope, read: a message and what the gate wants to know of
// it, or a change of the installation.
type incoming struct {
	message  adapters.Message
	ticket   ticket
	team     string // the workspace that the event is about
	org      string // its organisation
	external bool   // the event says that the channel is shared with another organisation
	asked    bool   // somebody tapped or typed a command and waits to be told, even if only no
	removed  bool   // the app may have been uninstalled or its token revoked
	limited  bool   // Slack holds back events because there are too many
}

// key is what incoming messages are kept in order by.
func (in *incoming) key() string { return in.message.Conversation.Room }

// read turns an envelope's payload into a message; nil where it is not for us.
// An error means that the payload is malformed and always will be.
func read(kind kindOf, payload []byte, me identity) (*incoming, error) {
	switch kind {
	case eventsAPI:
		return readEvent(payload, me)
	case slashPrompt:
		return readCommand(payload, me)
	case interactive:
		return readInteraction(payload, me)
	}
	return nil, fmt.Errorf("slack: envelope of unknown type %q", kind)
}

func readEvent(payload []byte, me identity) (*incoming, error) {
	var outer outerEvent
	if err := json.Unmarshal(payload, &outer); err != nil {
		return nil, fmt.Errorf("slack: event: %w", err)
	}
	if outer.Type == "app_rate_limited" {
		return &incoming{limited: true}, nil
	}
	var kind struct{ Type string }
	if err := json.Unmarshal(outer.Event, &kind); err != nil {
		return nil, fmt.Errorf("slack: event %s of type %q: %w", outer.EventID, outer.Type, err)
	}
	handle, ok := events[kind.Type]
	if !ok {
		return nil, fmt.Errorf("slack: event %s is of type %q, which nothing here reads", outer.EventID, kind.Type)
	}
	var e innerEvent
	if err := json.Unmarshal(outer.Event, &e); err != nil {
		return nil, fmt.Errorf("slack: %s event %s: %w", kind.Type, outer.EventID, err)
	}
	in := handle.read(outer, e, me)
	if in == nil {
		return nil, nil
	}
	in.team, in.org, in.external = outer.TeamID, outer.EnterpriseID, outer.IsExtSharedChannel
	m := &in.message
	m.Conversation.Platform, m.Conversation.Workspace = platform, me.TeamID
	if m.ID == "" {
		m.ID = outer.EventID
	}
	if m.Sent.IsZero() && outer.EventTime > 0 {
		m.Sent = time.Unix(outer.EventTime, 0).UTC()
	}
	return in, nil
}

// readMention reads app_mention; the same post also comes as a message event.
func readMention(_ outerEvent, e innerEvent, me identity) *incoming {
	if e.ours(me) {
		return nil
	}
	return written(adapters.Mention, e, me)
}

// readMessage reads the message events.
func readMessage(_ outerEvent, e innerEvent, me identity) *incoming {
	switch e.Subtype {
	case "", "file_share", "thread_broadcast", "me_message", "bot_message":
		if e.Hidden || e.ours(me) {
			return nil
		}
	case "message_changed":
		return readChange(e, me)
	case "message_deleted":
		return readDeletion(e, e.DeletedTS, e.PreviousMessage, me)
	default:
		return nil // somebody joined, the topic changed
	}
	switch {
	case e.direct():
		return written(adapters.Direct, e, me)
	case names(e.Text, me.UserID):
		return written(adapters.Mention, e, me)
	case e.ThreadTS != "" && e.ThreadTS != e.TS:
		return written(adapters.ThreadReply, e, me)
	}
	return nil // said in a channel, not to us
}

// ours reports whether we wrote it.
func (e innerEvent) ours(me identity) bool {
	return e.User == me.UserID || (e.BotID != "" && e.BotID == me.BotID)
}

func (e innerEvent) direct() bool {
	return e.ChannelType == "im" || strings.HasPrefix(e.Channel, "D")
}

// place is the conversation that a post belongs to.
func place(channel, ts, threadTS string, direct bool) adapters.Conversation {
	if threadTS == "" && !direct {
		threadTS = ts
	}
	return adapters.Conversation{Room: channel, Thread: threadTS}
}

// written makes a message of what somebody wrote.
func written(kind adapters.Kind, e innerEvent, me identity) *incoming {
	if e.TS == "" || e.Channel == "" {
		return nil
	}
	return &incoming{
		message: adapters.Message{
			ID:           e.TS,
			Conversation: place(e.Channel, e.TS, e.ThreadTS, e.direct()),
			Sender:       e.User,
			Text:         plain(e.Text, me.UserID),
			Kind:         kind,
			FromBot:      e.BotID != "",
			Sent:         moment(e.TS),
		},
	}
}

// readChange reads message_changed: an edit by its author, a deletion that left
// a tombstone because the message has a thread, or only a preview of a link.
func readChange(e innerEvent, me identity) *incoming {
	now, before := e.Message, e.PreviousMessage
	if now == nil {
		return nil
	}
	if now.Subtype == "tombstone" {
		return readDeletion(e, now.TS, before, me)
	}
	if before != nil && before.Text == now.Text {
		return nil
	}
	changed := innerEvent{
		User: now.User, BotID: now.BotID, Text: now.Text, TS: now.TS, ThreadTS: now.ThreadTS,
		Channel: e.Channel, ChannelType: e.ChannelType,
	}
	if changed.ours(me) {
		return nil
	}
	if before != nil && names(now.Text, me.UserID) && !names(before.Text, me.UserID) && !e.direct() {
		return written(adapters.Mention, changed, me) // named us only now: a question like any other
	}
	in := written(adapters.Edited, changed, me)
	if in == nil {
		return nil
	}
	stamp := now.Edited.TS
	if stamp == "" {
		stamp = e.EventTS
	}
	in.message.ID, in.message.Target = "edit:"+now.TS+":"+stamp, now.TS
	in.message.Sent = moment(stamp)
	return in
}

// readDeletion reads that the message ts is gone; before is what it was.
func readDeletion(e innerEvent, ts string, before *post, me identity) *incoming {
	if ts == "" || e.Channel == "" {
		return nil
	}
	gone := innerEvent{TS: ts, Channel: e.Channel, ChannelType: e.ChannelType}
	if before != nil {
		gone.User, gone.BotID, gone.ThreadTS = before.User, before.BotID, before.ThreadTS
	}
	if gone.ours(me) {
		return nil
	}
	in := written(adapters.Deleted, gone, me)
	in.message.ID, in.message.Target, in.message.Sent = "deletion:"+ts, ts, moment(e.EventTS)
	return in
}

// readReaction reads reaction_added; the inbox knows whether the post concerns us.
func readReaction(outer outerEvent, e innerEvent, me identity) *incoming {
	if e.Item.Type != "message" || e.User == me.UserID {
		return nil
	}
	return &incoming{message: adapters.Message{
		Target:       e.Item.TS,
		Conversation: adapters.Conversation{Room: e.Item.Channel}, // Slack does not tell the thread
		Sender:       e.User,
		Value:        emoji(e.Reaction),
		Kind:         adapters.Reaction,
		Sent:         moment(e.EventTS),
	}}
}

// emoji turns Slack's name of a reaction into the emoji where the bot knows what
// it means.
func emoji(name string) string {
	name, _, _ = strings.Cut(name, "::") // the skin's tone
	switch name {
	case "+1", "thumbsup":
		return "👍"
	case "-1", "thumbsdown":
		return "👎"
	}
	return ":" + name + ":"
}

// readHomeOpened reads app_home_opened. Its tab "messages" is how a
// conversation with the agent begins.
func readHomeOpened(_ outerEvent, e innerEvent, _ identity) *incoming {
	in := &incoming{message: adapters.Message{
		Conversation: adapters.Conversation{Room: e.Channel},
		Sender:       e.User,
		Kind:         adapters.Home,
		Sent:         moment(e.EventTS),
	}}
	in.ticket.User = e.User
	switch e.Tab {
	case "home":
		in.ticket.Page = homeTab
	case "messages":
		in.ticket.Page = prompts
	default:
		return nil
	}
	return in
}

// readAssistantStarted reads how a conversation began in the assistant view, the
// agent view's predecessor.
func readAssistantStarted(_ outerEvent, e innerEvent, _ identity) *incoming {
	t := e.AssistantThread
	return &incoming{
		ticket: ticket{Page: prompts},
		message: adapters.Message{
			Conversation: adapters.Conversation{Room: t.ChannelID, Thread: t.ThreadTS},
			Sender:       t.UserID,
			Kind:         adapters.Home,
			Sent:         moment(e.EventTS),
		},
	}
}

// readJoined reads member_joined_channel, which tells of everybody's joining.
func readJoined(_ outerEvent, e innerEvent, me identity) *incoming {
	if e.User != me.UserID {
		return nil
	}
	return &incoming{message: adapters.Message{
		Conversation: adapters.Conversation{Room: e.Channel},
		Kind:         adapters.Joined,
		Sent:         moment(e.EventTS),
	}}
}

// readRemoved reads app_uninstalled and tokens_revoked.
func readRemoved(outerEvent, innerEvent, identity) *incoming { return &incoming{removed: true} }

// readIgnored acknowledges an event that comes along with a feature.
func readIgnored(outerEvent, innerEvent, identity) *incoming { return nil }

func readCommand(payload []byte, me identity) (*incoming, error) {
	var c command
	if err := json.Unmarshal(payload, &c); err != nil {
		return nil, fmt.Errorf("slack: slash command: %w", err)
	}
	if c.TriggerID == "" || c.ChannelID == "" || c.UserID == "" {
		return nil, fmt.Errorf("slack: slash command without trigger, channel or user")
	}
	return &incoming{
		team: c.TeamID, org: c.EnterpriseID, asked: true,
		ticket: ticket{ResponseURL: c.ResponseURL},
		message: adapters.Message{
			ID:           "command:" + c.TriggerID,
			Conversation: adapters.Conversation{Platform: platform, Workspace: me.TeamID, Room: c.ChannelID},
			Sender:       c.UserID,
			Text:         plain(c.Text, ""),
			Kind:         adapters.Command,
			Sent:         time.Now().UTC(),
		},
	}, nil
}

func readInteraction(payload []byte, me identity) (*incoming, error) {
	var i interaction
	if err := json.Unmarshal(payload, &i); err != nil {
		return nil, fmt.Errorf("slack: interaction: %w", err)
	}
	in := &incoming{asked: true, ticket: ticket{ResponseURL: i.ResponseURL}}
	if i.Team != nil {
		in.team = i.Team.ID
	}
	if i.Enterprise != nil {
		in.org = i.Enterprise.ID
	}
	in.message = adapters.Message{
		Conversation: adapters.Conversation{Platform: platform, Workspace: me.TeamID, Room: i.Channel.ID},
		Sender:       i.User.ID,
		Sent:         time.Now().UTC(),
	}
	switch {
	case i.User.ID == "":
		return nil, fmt.Errorf("slack: interaction of type %q without a user", i.Type)
	case i.Type == "message_action" && i.CallbackID == checkShortcut:
		i.asCheck(&in.message)
	case i.Type == "block_actions" && len(i.Actions) > 0:
		i.asAction(&in.message)
	default:
		return nil, fmt.Errorf("slack: interaction of type %q with callback %q, which nothing here reads", i.Type, i.CallbackID)
	}
	return in, nil
}

// asCheck makes m the command to check the claim of a message.
func (i interaction) asCheck(m *adapters.Message) {
	m.Kind, m.Value = adapters.Command, checkValue
	m.ID, m.Target = "check:"+i.TriggerID, i.Message.TS
	m.Text = plain(i.Message.Text, "")
	m.Conversation.Thread = i.Message.ThreadTS
	if m.Conversation.Thread == "" {
		m.Conversation.Thread = i.Message.TS
	}
}

// asAction makes m the tap on a button.
func (i interaction) asAction(m *adapters.Message) {
	action := i.Actions[0]
	m.Kind, m.Value = adapters.Action, action.Value
	m.ID = "action:" + action.ActionTS + ":" + i.User.ID
	m.Target = i.Container.MessageTS
	m.Conversation.Thread = i.Container.ThreadTS
	if m.Conversation.Thread == "" {
		m.Conversation.Thread = i.Message.ThreadTS
	}
	if i.Container.IsEphemeral {
		m.Target = string(whispered(keyOf(action.BlockID)))
	}
	if i.Container.Type == "view" {
		m.Target = i.Container.ViewID
		m.Conversation.Room = i.View.PrivateMetadata // where the tab's owner talks with us
	}
}

// moment is the time that a Slack timestamp ("1641805200.000100") tells; zero
// where it tells none.
func moment(ts string) time.Time {
	whole, part, _ := strings.Cut(ts, ".")
	sec, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return time.Time{}
	}
	micro, err := strconv.ParseInt((part + "000000")[:6], 10, 64)
	if err != nil {
		micro = 0
	}
	return time.Unix(sec, micro*1000).UTC()
}
