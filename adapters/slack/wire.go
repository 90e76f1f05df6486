package slack

import "encoding/json"

// The parts of Slack's JSON that are read. The SDK's own types decode far more,
// and so refuse an envelope for a field that nobody asked about.

// kindOf an envelope, named as in Socket Mode.
type kindOf string

const (
	eventsAPI   kindOf = "events_api"
	slashPrompt kindOf = "slash_commands"
	interactive kindOf = "interactive"
)

// outerEvent is what the Events API sends.
type outerEvent struct {
	Type               string          `json:"type"` // event_callback, url_verification, app_rate_limited
	Challenge          string          `json:"challenge"`
	TeamID             string          `json:"team_id"`
	EnterpriseID       string          `json:"enterprise_id"`
	EventID            string          `json:"event_id"`
	EventTime          int64           `json:"event_time"`
	IsExtSharedChannel bool            `json:"is_ext_shared_channel"`
	Event              json.RawMessage `json:"event"`
}

// innerEvent is the union of the events that we subscribe to.
type innerEvent struct {
	Type            string `json:"type"`
	Subtype         string `json:"subtype"`
	Hidden          bool   `json:"hidden"`
	User            string `json:"user"`
	BotID           string `json:"bot_id"`
	Text            string `json:"text"`
	TS              string `json:"ts"`
	ThreadTS        string `json:"thread_ts"`
	EventTS         string `json:"event_ts"`
	Channel         string `json:"channel"`
	ChannelType     string `json:"channel_type"`
	DeletedTS       string `json:"deleted_ts"`
	Tab             string `json:"tab"`
	Reaction        string `json:"reaction"`
	Message         *post  `json:"message"`
	PreviousMessage *post  `json:"previous_message"`
	Item            struct {
		Type    string `json:"type"`
		Channel string `json:"channel"`
		TS      string `json:"ts"`
	} `json:"item"`
	AssistantThread struct {
		UserID    string `json:"user_id"`
		ChannelID string `json:"channel_id"`
		ThreadTS  string `json:"thread_ts"`
	} `json:"assistant_thread"`
}

// post is a message inside another event.
type post struct {
	Subtype  string `json:"subtype"`
	User     string `json:"user"`
	BotID    string `json:"bot_id"`
	Text     string `json:"text"`
	TS       string `json:"ts"`
	ThreadTS string `json:"thread_ts"`
	Edited   struct {
		TS string `json:"ts"`
	} `json:"edited"`
}

// command is a slash command.
type command struct {
	TeamID       string `json:"team_id"`
	EnterpriseID string `json:"enterprise_id"`
	ChannelID    string `json:"channel_id"`
	UserID       string `json:"user_id"`
	Text         string `json:"text"`
	ResponseURL  string `json:"response_url"`
	TriggerID    string `json:"trigger_id"`
}

type named struct {
	ID string `json:"id"`
}

// interaction is a tap on a button or a message shortcut.
type interaction struct {
	Type        string `json:"type"` // block_actions, message_action
	CallbackID  string `json:"callback_id"`
	TriggerID   string `json:"trigger_id"`
	ActionTS    string `json:"action_ts"`
	ResponseURL string `json:"response_url"`
	Team        *named `json:"team"` // null for an organisation's user
	Enterprise  *named `json:"enterprise"`
	Channel     named  `json:"channel"`
	User        named  `json:"user"`
	Message     post   `json:"message"`
	View        struct {
		PrivateMetadata string `json:"private_metadata"`
	} `json:"view"`
	Container struct {
		Type        string `json:"type"` // message, view
		ViewID      string `json:"view_id"`
		MessageTS   string `json:"message_ts"`
		ThreadTS    string `json:"thread_ts"`
		IsEphemeral bool   `json:"is_ephemeral"`
	} `json:"container"`
	Actions []struct {
		BlockID  string `json:"block_id"`
		Value    string `json:"value"`
		ActionTS string `json:"action_ts"`
	} `json:"actions"`
}
