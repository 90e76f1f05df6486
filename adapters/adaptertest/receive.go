package adaptertest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"sourceline/adapters"
)

const question = "how many people were evacuated?"

// ask lets Ann mention the bot in the room "desk" and returns the platform's
// and the inbox's idea of it.
func ask(t *testing.T, s *session, text string) (Ref, adapters.Message) {
	t.Helper()
	ref := s.p.Do(t, Act{Kind: adapters.Mention, Who: "ann", Room: "desk", Text: text})
	return ref, s.inbox.await(t, adapters.Mention, text)
}

// checkMessage holds what is true of every message.
func checkMessage(t *testing.T, m adapters.Message) {
	t.Helper()
	if m.ID == "" || m.Sender == "" || m.Conversation.Platform == "" || m.Conversation.Room == "" {
		t.Errorf("ID, sender, platform and room must be set: %+v", m)
	}
	if m.FromBot {
		t.Errorf("a person's message is marked as a bot's: %+v", m)
	}
	if d := time.Since(m.Sent).Abs(); d > time.Hour {
		t.Errorf("Sent is %v, %v from now", m.Sent, d)
	}
}

func testMention(t *testing.T, p Platform) {
	_, m := ask(t, fresh(t, p), question)
	checkMessage(t, m)
}

func testDirect(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, mention := ask(t, s, question)
	p.Do(t, Act{Kind: adapters.Direct, Who: "ann", Text: question})
	m := s.inbox.await(t, adapters.Direct, question)
	checkMessage(t, m)
	if m.Conversation == mention.Conversation {
		t.Errorf("a direct message has the room's conversation %+v", m.Conversation)
	}
	if m.Sender != mention.Sender {
		t.Errorf("Ann is %q in the room and %q in a direct message", mention.Sender, m.Sender)
	}
}

// testVerbatim: what people type arrives as they typed it, whatever the
// platform does to it on the wire.
func testVerbatim(t *testing.T, p Platform) {
	s := fresh(t, p)
	for _, text := range []string{
		`is 5 < 7 & 9 > 8?`,
		`who said "it's over"?`,
		`&amp; is it <b>bold</b>?`,
		`how many in Zürich, 東京 and 👍🏽?`,
	} {
		p.Do(t, Act{Kind: adapters.Direct, Who: "ann", Text: text})
		s.inbox.await(t, adapters.Direct, text)
	}
}

func testCommand(t *testing.T, p Platform) {
	s := fresh(t, p)
	p.Do(t, Act{Kind: adapters.Command, Who: "ann", Room: "desk", Text: question})
	checkMessage(t, s.inbox.await(t, adapters.Command, question))
}

func testThread(t *testing.T, p Platform) {
	s := fresh(t, p)
	ref, m := ask(t, s, question)
	p.Do(t, Act{Kind: adapters.ThreadReply, Who: "bob", Room: "desk", On: ref, Text: "who says so?"})
	p.Do(t, Act{Kind: adapters.ThreadReply, Who: "ann", Room: "desk", On: ref, Text: "and when?"})
	first := s.inbox.await(t, adapters.ThreadReply, "who says so?")
	second := s.inbox.await(t, adapters.ThreadReply, "and when?")
	checkMessage(t, first)
	if first.Conversation.Thread == "" || first.Conversation != second.Conversation {
		t.Errorf("replies in one thread have the conversations %+v and %+v", first.Conversation, second.Conversation)
	}
	if m.Conversation.Thread != "" && m.Conversation != first.Conversation {
		t.Errorf("the question is in %+v, a reply in its thread in %+v", m.Conversation, first.Conversation)
	}
	if first.Sender == second.Sender {
		t.Errorf("Ann and Bob are both %q", first.Sender)
	}
}

func testEdit(t *testing.T, p Platform) {
	s := fresh(t, p)
	ref, m := ask(t, s, question)
	const changed = "how many houses were evacuated?"
	p.Do(t, Act{Kind: adapters.Edited, Who: "ann", Room: "desk", On: ref, Text: changed})
	e := s.inbox.await(t, adapters.Edited, changed)
	checkMessage(t, e)
	if e.Target != m.ID {
		t.Errorf("the edit targets %q, want %q", e.Target, m.ID)
	}
	if e.ID == m.ID {
		t.Errorf("the edit has its message's ID %q", e.ID)
	}
	if got := s.inbox.All(adapters.Mention, changed); len(got) > 0 {
		t.Errorf("the edit came as a new mention too: %+v", got)
	}
}

func testDeletion(t *testing.T, p Platform) {
	s := fresh(t, p)
	ref, m := ask(t, s, question)
	p.Do(t, Act{Kind: adapters.Deleted, Who: "ann", Room: "desk", On: ref})
	d := s.inbox.Await(t, "the deletion", func(m adapters.Message) bool { return m.Kind == adapters.Deleted })
	if d.Target != m.ID || d.ID == m.ID || d.ID == "" || d.Conversation.Room != m.Conversation.Room {
		t.Errorf("deletion of %+v is %+v", m, d)
	}
}

func testReaction(t *testing.T, p Platform) {
	s := fresh(t, p)
	ref, m := ask(t, s, question)
	id := mustPost(t, s, adapters.Outgoing{Key: "k1", Conversation: m.Conversation, Reply: short("eleven"), Return: m.Return})
	for _, c := range []struct {
		on     Ref
		target string
		emoji  string
	}{{Ref(id), string(id), "👍"}, {ref, m.ID, "👎"}} {
		p.Do(t, Act{Kind: adapters.Reaction, Who: "bob", Room: "desk", On: c.on, Value: c.emoji})
		r := s.inbox.Await(t, "the reaction "+c.emoji, func(m adapters.Message) bool {
			return m.Kind == adapters.Reaction && m.Value == c.emoji
		})
		checkMessage(t, r)
		if r.Target != c.target || r.Conversation.Room != m.Conversation.Room {
			t.Errorf("reaction to %q in %q is %+v", c.target, m.Conversation.Room, r)
		}
	}
}

func testAction(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	reply := short("eleven")
	reply.Parts = append(reply.Parts, adapters.Choices{Options: []adapters.Choice{{Label: "All lines", Value: "lines:1"}}})
	id := mustPost(t, s, adapters.Outgoing{Key: "k1", Conversation: m.Conversation, Reply: reply, Return: m.Return})
	p.Do(t, Act{Kind: adapters.Action, Who: "bob", Room: "desk", On: Ref(id), Value: "lines:1"})
	a := s.inbox.Await(t, "the action", func(m adapters.Message) bool { return m.Kind == adapters.Action })
	checkMessage(t, a)
	if a.Value != "lines:1" || a.Target != string(id) || a.Conversation != m.Conversation {
		t.Errorf("action on %q in %+v is %+v", id, m.Conversation, a)
	}
}

func testJoined(t *testing.T, p Platform) {
	s := fresh(t, p)
	p.Do(t, Act{Kind: adapters.Joined, Who: "ann", Room: "newroom"})
	m := s.inbox.Await(t, "joined", func(m adapters.Message) bool { return m.Kind == adapters.Joined })
	if m.ID == "" || m.Conversation.Room == "" {
		t.Errorf("joined: ID and room must be set: %+v", m)
	}
}

// testBots: another bot's message is marked or not handed over at all.
func testBots(t *testing.T, p Platform) {
	s := fresh(t, p)
	p.Do(t, Act{Kind: adapters.Mention, Who: "robot", Bot: true, Room: "desk", Text: "how many bots?"})
	ask(t, s, question) // comes later, so the bot's has been seen by now
	for _, m := range s.inbox.Messages() {
		if m.Text == "how many bots?" && !m.FromBot {
			t.Errorf("another bot's message is not marked: %+v", m)
		}
	}
}

// testItself: the bot's own posts and edits do not come back as people's.
func testItself(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	id := mustPost(t, s, adapters.Outgoing{Key: "k1", Conversation: m.Conversation, Reply: short("eleven"), Return: m.Return})
	mustPost(t, s, adapters.Outgoing{Key: "k2", Conversation: m.Conversation, Replaces: id, Reply: short("twelve"), Return: m.Return})
	ask(t, s, "and how many houses?")
	time.Sleep(quiet)
	for _, got := range s.inbox.Messages() {
		if got.Kind != adapters.Mention && got.Kind != adapters.Joined && !got.FromBot {
			t.Errorf("the bot's own post came back as %+v", got)
		}
	}
}

// testOrder: what one person writes in one conversation is put in that order.
func testOrder(t *testing.T, p Platform) {
	s := fresh(t, p)
	var want []string
	for i := range 10 {
		text := fmt.Sprintf("question %d?", i)
		want = append(want, text)
		p.Do(t, Act{Kind: adapters.Direct, Who: "ann", Text: text})
	}
	s.inbox.await(t, adapters.Direct, want[len(want)-1])
	var got []string
	eventually(t, "all ten questions", func() bool {
		got = got[:0]
		for _, m := range s.inbox.Messages() {
			if m.Kind == adapters.Direct && !slices.Contains(got, m.Text) {
				got = append(got, m.Text)
			}
		}
		return len(got) == len(want)
	})
	if !slices.Equal(got, want) {
		t.Errorf("ten questions were put in the order %q", got)
	}
}

// testRepeat: a message that the platform delivers twice has one ID, by which
// the inbox knows it.
func testRepeat(t *testing.T, p Platform) {
	s := fresh(t, p)
	ref, m := ask(t, s, question)
	p.Repeat(t, ref)
	ask(t, s, "and how many houses?")
	time.Sleep(quiet)
	for _, again := range s.inbox.Messages() {
		if again.Text != question {
			continue
		}
		if again.ID != m.ID || again.Conversation != m.Conversation {
			t.Errorf("one post was put as %q in %+v and as %q in %+v", m.ID, m.Conversation, again.ID, again.Conversation)
		}
	}
}

// testPutFails: what could not be stored is not acknowledged, so that it is
// delivered again.
func testPutFails(t *testing.T, p Platform) {
	s := fresh(t, p)
	ask(t, s, "is this on?")
	s.inbox.Fail(2)
	_, m := ask(t, s, question)
	checkMessage(t, m)
	if n := s.inbox.Failures(); n > 0 {
		t.Errorf("%d Puts were still to fail when %q was stored", n, question)
	}
	ask(t, s, "and how many houses?") // goes on
}

// testWrittenWhileDown: what is written while no adapter runs is put by the
// next one.
func testWrittenWhileDown(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, before := ask(t, s, "is this on?")
	s.stop()
	p.Do(t, Act{Kind: adapters.Mention, Who: "ann", Room: "desk", Text: question})
	s = start(t, p, s.store, s.inbox)
	after := s.inbox.await(t, adapters.Mention, question)
	if after.Conversation.Room != before.Conversation.Room {
		t.Errorf("the room is %q before the restart and %q after it", before.Conversation.Room, after.Conversation.Room)
	}
}

// testShutdown: a message whose Put fails while the adapter shuts down is
// delivered again to the next one, and Run ends all the same.
func testShutdown(t *testing.T, p Platform) {
	s := fresh(t, p)
	ask(t, s, "is this on?")
	release := s.inbox.Hold()
	t.Cleanup(release)
	p.Do(t, Act{Kind: adapters.Mention, Who: "ann", Room: "desk", Text: question})
	eventually(t, "the message is being put", func() bool { return s.inbox.Waiting() > 0 })
	s.inbox.Fail(s.inbox.Waiting())
	stopped := make(chan struct{})
	go func() { s.stop(); close(stopped) }()
	time.Sleep(10 * tick) // let the end of the context be noticed
	release()
	<-stopped
	s.inbox.Fail(0)
	s = start(t, p, s.store, s.inbox)
	s.inbox.await(t, adapters.Mention, question)
}
