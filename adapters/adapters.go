// Package adapters is the contract between the bot and a chat platform.
//
// An adapter translates messages and replies and keeps its platform's rules:
// acknowledgements, rate limits, sizes, encryption, escaping. It decides
// nothing about answers.
package adapters

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A Conversation is the place where a message was written and is answered.
//
// Thread is the thread that the answer belongs in: where a platform's answers
// open a thread under the question, it is that thread already for the
// question, so that a reply in it has the same Conversation. "" is the room
// itself. A reaction, an edit or a deletion, for which some platforms do not
// tell the thread, may leave it empty: the Target is looked up in the room.
type Conversation struct{ Platform, Workspace, Room, Thread string }

// A Kind is what a message is to the bot.
type Kind string

// The kinds of a message.
const (
	Mention     Kind = "mention"      // names the bot in a room
	Direct      Kind = "direct"       // in a conversation with the bot alone
	Command     Kind = "command"      // a slash or ! command
	ThreadReply Kind = "thread_reply" // in a thread, without naming the bot
	Edited      Kind = "edited"       // Target has a new text
	Deleted     Kind = "deleted"      // Target is gone
	Reaction    Kind = "reaction"     // Value is the emoji, Target the message reacted to
	Action      Kind = "action"       // Value is the button's value, Target the post that it is on
	Home        Kind = "home"         // the bot's home page was opened
	Joined      Kind = "joined"       // the bot was invited to the room and is in it now
)

// A Message is one event of a platform, as the bot sees it.
//
// ID and Target are unique in the room; Target is the ID of a Message or the
// PostID of a post as a string. Text is what the person typed as plain text:
// without the mention or the command's name, entities read. Value of a
// Reaction is the emoji in Unicode.
type Message struct {
	ID           string // of this event, unique with Conversation; an edit, a deletion, a reaction has its own
	Target       string // the message that is edited, deleted, reacted to or acted on
	Conversation Conversation
	Sender, Text string
	Value        string // the emoji or the button's value
	Locale       string // of the sender, where the platform tells
	Kind         Kind
	FromBot      bool
	Sent         time.Time
	Return       []byte // the adapter's own, kept and handed back with the answer (a response_url, say)
}

// A PostID names a post of the bot's on its platform.
type PostID string

// Outgoing is what the bot wants posted, edited or deleted.
type Outgoing struct {
	Key          string // makes a repeat harmless
	Conversation Conversation
	Only         string // the one reader of an ephemeral reply; "" for all
	Replaces     PostID // edits that post
	Reply        *Reply // nil deletes Replaces
	Return       []byte // of the message that is answered
	Uncertain    bool   // an earlier try may have arrived: look before posting again
}

// Inbox takes in messages.
type Inbox interface {
	// Put stores what is addressed to us, belongs to a thread that we
	// answered in, or targets a stored message; the rest is never written.
	// Nil means stored or not ours: acknowledge either way. An error: do not
	// acknowledge, the platform will send it again.
	Put(context.Context, Message) error
}

// An Adapter connects the bot to one chat platform.
type Adapter interface {
	// Run hands incoming messages to the inbox until ctx ends; it
	// reconnects by itself. It returns nil when ctx ended, and otherwise
	// the error that makes going on pointless.
	Run(context.Context, Inbox) error
	// Post delivers o and returns the post it made or changed.
	Post(context.Context, Outgoing) (PostID, error)
}

// Private is what an adapter has besides where its Kind does not tell whether
// a message was written to the bot alone: commands, buttons, invitations.
type Private interface {
	// IsPrivate reports whether the bot and one person are alone in c.
	IsPrivate(ctx context.Context, c Conversation) (bool, error)
}

// Health tells how an adapter is.
type Health interface {
	Ready() error                    // nil while messages come in and can be answered; for /readyz
	Check(context.Context) []Finding // for `sourceline doctor`
}

// A Level grades a finding.
type Level string

// The levels of a finding.
const (
	OK      Level = "ok"
	Warning Level = "warning"
	Failure Level = "failure"
)

// A Finding is one line of what a check found, with how to mend it.
type Finding struct {
	Level Level
	What  string // "bot token"
	Text  string // what was found
	Mend  string // what to do; "" where nothing is wrong
}

// A Store is the small durable store that an adapter needs for itself.
type Store interface {
	Get(ctx context.Context, key string) ([]byte, error) // ErrNotFound where there is none
	Put(ctx context.Context, key string, value []byte) error
	Delete(ctx context.Context, key string) error // nil where there is none
}

// Errors that an adapter's Post wraps, so that the bot knows what to do. Any
// other error counts as ErrUncertain, which is always safe.
var (
	ErrNotFound  = errors.New("not found")
	ErrUncertain = errors.New("outcome unknown")  // it may have arrived: try again with Uncertain set
	ErrPermanent = errors.New("refused for good") // trying again cannot help
)

// A Later is an error of Post that says that nothing was posted, because the
// platform is busy or cannot be reached, and when to try again. An adapter
// whose platform limits a room's rate should rather return it than block for
// long.
type Later struct {
	After time.Duration
	Err   error
}

// Error names the cause and the delay.
func (e *Later) Error() string { return fmt.Sprintf("%v; try again in %v", e.Err, e.After) }

// Unwrap returns the cause.
func (e *Later) Unwrap() error { return e.Err }
