package inbox

import (
	"time"

	"sourceline/adapters"
)

// An Item is a stored message that is to be handled.
type Item struct {
	adapters.Message      // an edited message has its new text
	Edited           bool // it was handled before with another text; posts replace those of the last answer, part by part
	Try              int  // 1 at the first try
	Last             bool // the message is given up if this try fails

	seq     int64
	version int
	arrived int64
	owner   string
	ret     []byte
}

// A Result is what a handler makes of an item.
type Result struct {
	// Posts go out in their order. None is silence; for an edited message
	// it takes the earlier posts away.
	Posts []Post
	// State is kept with the message and comes back in its Turn: whatever
	// the next turns of the conversation need.
	State []byte
	// Outcome is for reports and metrics.
	Outcome Outcome
}

// An Outcome is what came of a message.
type Outcome string

// The outcomes that Report knows; a handler may have others.
const (
	Answered Outcome = "answered" // with a figure or words of an article
	Refused  Outcome = "refused"  // no article says: what the desk should file next
	Silent   Outcome = "silent"   // not for us after all
)

// A Post is what is to be posted.
type Post struct {
	Conversation adapters.Conversation // the message's own where zero
	Only         string                // the one reader; "" for all
	Reply        adapters.Reply
	Facts        []Fact // that the reply rests on
}

// A Fact names a fact and the article that it stands in.
type Fact struct {
	ID      string `json:"id"`
	Article string `json:"article"`
}

// A Turn is a message that was handled and what came of it.
type Turn struct {
	Message adapters.Message // zero for posts that answer none
	Outcome Outcome
	State   []byte
	Posts   []Posted // those that stand or are on their way
	Err     string   // why it was given up; "" where it was not
}

// A Posted is a post that stands on its platform or is on its way.
type Posted struct {
	ID           adapters.PostID // "" while it is on its way
	Key          string
	Question     string // ID of the message that it answers; "" for none
	Conversation adapters.Conversation
	Only         string
	Reply        adapters.Reply
	Facts        []Fact
	Made         time.Time
	Err          string // why it was given up; "" where it was not
}

// An Entry is a line of a report: a turn that the desk should look at.
type Entry struct {
	Turn
	Arrived  time.Time
	Feedback map[string]int // how many gave which value
}

// Stats are the figures of the queues.
type Stats struct {
	Messages  int           // that wait or are handled
	Posts     int           // that wait or are posted
	Oldest    time.Duration // age of the oldest of these messages and posts, 0 where there is none
	Dead      int           // messages that were given up
	DeadPosts int           // posts that were given up

	// Since the Box was opened:
	Commits    int64         // transactions
	Operations int64         // what they held: puts, claims, results, posts
	Committing time.Duration // spent waiting for the disk or the server at the end of each
}
