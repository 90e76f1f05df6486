// Package adaptertest is the conformance suite that every adapter passes.
//
// An adapter's test implements Platform over a fake or a real server of its
// platform and calls Run:
//
//	func TestConformance(t *testing.T) {
//		adaptertest.Run(t, func(t *testing.T) adaptertest.Platform { return newPlatform(t) })
//	}
//
// The suite plays the people who write, the inbox that stores and the
// readers who see the answers. It never looks inside the adapter.
package adaptertest

import (
	"testing"
	"time"

	"sourceline/adapters"
)

// A Platform is the other side of an adapter: a server with people in it.
//
// What was written and not acknowledged it delivers again, soon (a fake need
// not wait the minutes that a real platform would), also to an adapter that
// was started after an earlier one had stopped.
type Platform interface {
	// Lacks names what the platform does not have; cases that need it are
	// skipped.
	Lacks() []Feature
	// Adapter returns a new adapter for this platform, not yet running. It
	// is called again, with the same store, for a restart: after the Run of
	// the earlier one has returned.
	Adapter(t *testing.T, store adapters.Store) adapters.Adapter
	// Do lets a person do something and returns the message that it made;
	// "" where the act makes none that could be referred to.
	Do(t *testing.T, act Act) Ref
	// Repeat delivers the message again as the platform does when it is not
	// sure of the first time, or when one post makes two events.
	Repeat(t *testing.T, r Ref)
	// Lose breaks the connection under the next post (not edit, not
	// deletion) before its answer comes back: after the platform took it
	// where arrives is set, before that otherwise.
	Lose(t *testing.T, arrives bool)
	// Posts returns what the bot posted in the conversation, its room and
	// thread, and what still stands there, oldest first. Reads that are
	// delayed by the platform are waited for.
	Posts(t *testing.T, c adapters.Conversation) []Post
}

// A Feature is something that not every platform has.
type Feature string

// The features that a platform may lack. Mentions, direct messages and plain
// posts are what makes a chat: none lacks them.
const (
	Commands   Feature = "commands"
	Threads    Feature = "threads"
	Edits      Feature = "edits"      // people's edits
	Deletions  Feature = "deletions"  // people's deletions
	Reactions  Feature = "reactions"  // people's reactions
	Actions    Feature = "actions"    // buttons
	Invites    Feature = "invites"    // the bot is told that it was brought into a room
	Ephemerals Feature = "ephemerals" // posts that one reader alone sees
	Bots       Feature = "bots"       // other bots
)

// A Ref names a message in the platform's own terms: a timestamp, an event
// ID. Where a Ref is taken, Ref(postID) of a post of the bot's is taken too.
type Ref string

// An Act is what a person does.
type Act struct {
	Kind  adapters.Kind // what the adapter should make of it
	Who   string        // a first name; the platform has its own ID for it
	Bot   bool          // Who is another bot
	Room  string        // a short name; a platform makes the room, with the bot in it, when it is first named; ignored for Direct
	On    Ref           // ThreadReply: the message in whose thread it is written; Edited, Deleted, Reaction, Action: the message that it is done to
	Text  string        // without the mention or command, which the platform adds; Edited: the new text
	Value string        // the emoji, in Unicode, or the button's value
}

// A Post is one of the bot's, as a reader sees it.
type Post struct {
	ID   adapters.PostID
	Only string // the one who sees it, as in Message.Sender; "" for everybody
	Text string // all that is shown, as plain text, markup taken away and entities read
	// Live is what the platform makes live of the post: each ping as it is
	// written on the wire, each link as its address, each HTML element that
	// an article could have brought (not the printer's own), each :emoji:
	// that is turned into a picture. Bold, quote and list marks of the
	// printer's own are not live, those out of a quote's text are.
	Live []string
}

// How long the suite waits for what must come, and for what must not.
const (
	patience = 30 * time.Second
	quiet    = 300 * time.Millisecond
	tick     = 5 * time.Millisecond
)

// Run runs the suite; each case gets a platform of its own.
func Run(t *testing.T, newPlatform func(t *testing.T) Platform) {
	RunOn(t, newPlatform, func(*testing.T) adapters.Store { return NewStore() })
}

// RunOn runs the suite with adapters on stores of another kind than the one in
// memory; each case gets a new one.
func RunOn(t *testing.T, newPlatform func(t *testing.T) Platform, newStore func(t *testing.T) adapters.Store) {
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := &stocked{newPlatform(t), newStore(t)}
			lacks := map[Feature]bool{}
			for _, f := range p.Lacks() {
				lacks[f] = true
			}
			for _, f := range c.needs {
				if lacks[f] {
					t.Skipf("the platform has no %s", f)
				}
			}
			c.run(t, p)
		})
	}
}

// A stocked platform has the store of its adapters.
type stocked struct {
	Platform
	store adapters.Store
}

// A suiteCase is one thing that every adapter must do.
type suiteCase struct {
	name  string
	needs []Feature
	run   func(t *testing.T, p Platform)
}

var cases = []suiteCase{
	{"mention", nil, testMention},
	{"direct", nil, testDirect},
	{"verbatim", nil, testVerbatim},
	{"command", []Feature{Commands}, testCommand},
	{"thread", []Feature{Threads}, testThread},
	{"edit", []Feature{Edits}, testEdit},
	{"deletion", []Feature{Deletions}, testDeletion},
	{"reaction", []Feature{Reactions}, testReaction},
	{"action", []Feature{Actions}, testAction},
	{"joined", []Feature{Invites}, testJoined},
	{"bots", []Feature{Bots}, testBots},
	{"itself", nil, testItself},
	{"order", nil, testOrder},
	{"repeat", nil, testRepeat},
	{"put fails", nil, testPutFails},
	{"written while down", nil, testWrittenWhileDown},
	{"put fails at shutdown", nil, testShutdown},
	{"post", nil, testPost},
	{"post edited", nil, testPostEdited},
	{"post deleted", nil, testPostDeleted},
	{"post in thread", []Feature{Threads}, testPostInThread},
	{"ephemeral", []Feature{Ephemerals}, testEphemeral},
	{"answer lost", nil, func(t *testing.T, p Platform) { testLost(t, p, true) }},
	{"post lost", nil, func(t *testing.T, p Platform) { testLost(t, p, false) }},
	{"uncertain after restart", nil, testUncertainAfterRestart},
	{"posts at once", nil, testPostsAtOnce},
	{"many quotes", nil, testManyQuotes},
	{"long quote", nil, testLongQuote},
	{"hostile text", nil, testHostile},
}

// A session is an adapter that runs against a platform.
type session struct {
	adapters.Adapter
	p     Platform
	inbox *Inbox
	store adapters.Store
	stop  func() // ends Run and waits for it
}

// start runs a new adapter of p on the store and the inbox, and waits until
// it is ready.
func start(t *testing.T, p Platform, store adapters.Store, inbox *Inbox) *session {
	t.Helper()
	s := &session{Adapter: p.Adapter(t, store), p: p, inbox: inbox, store: store}
	health, ok := s.Adapter.(adapters.Health)
	if !ok {
		t.Fatalf("%T does not satisfy adapters.Health", s.Adapter)
	}
	s.stop = runAdapter(t, s.Adapter, inbox)
	eventually(t, "the adapter is ready", func() bool { return health.Ready() == nil })
	return s
}

// fresh starts an adapter on an empty store and inbox.
func fresh(t *testing.T, p Platform) *session {
	t.Helper()
	return start(t, p, p.(*stocked).store, NewInbox())
}

// eventually waits for ok, and fails the test where it does not come.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(tick) {
		if time.Now().After(end) {
			t.Fatalf("waited %v in vain: %s", patience, what)
		}
	}
}
