package slack

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/slack/slacktest"
)

// day is a channel's day: people act, the bot's part is played by the test, and
// what goes out to Slack is held to golden files.
type day struct {
	t     *testing.T
	s     *slacktest.Server
	a     *Adapter
	inbox *adaptertest.Inbox
	seen  int // messages of the inbox that were answered
	calls int // calls that were written down
	step  int
	names map[string]string // of timestamps in the golden files
}

// next waits for the next message that is not a repeat.
func (d *day) next(kind adapters.Kind) adapters.Message {
	d.t.Helper()
	var found adapters.Message
	eventually(d.t, string(kind), func() bool {
		all := d.inbox.Messages()
		for i := d.seen; i < len(all); i++ {
			if all[i].Kind == kind {
				d.seen, found = i+1, all[i]
				return true
			}
		}
		return false
	})
	return found
}

// answer posts r as the answer to m.
func (d *day) answer(m adapters.Message, r adapters.Reply, change func(*adapters.Outgoing)) adapters.PostID {
	d.t.Helper()
	d.step++
	o := adapters.Outgoing{Key: fmt.Sprintf("answer-%d", d.step), Conversation: m.Conversation, Reply: &r, Return: m.Return}
	if change != nil {
		change(&o)
	}
	return mustPost(d.t, d.a, o)
}

var (
	timestamp = regexp.MustCompile(`\b\d{10}\.\d{6}\b`)
	quietly   = map[string]bool{"auth.test": true, "apps.connections.open": true, "users.info": true, "users.list": true, "conversations.info": true}
)

// golden holds what went out since the last time to a file.
func (d *day) golden(name string) {
	d.t.Helper()
	var out []map[string]any
	all := d.s.Calls("")
	for _, c := range all[d.calls:] {
		if !quietly[c.Method] {
			out = append(out, readable(c.Method, c.Form))
		}
	}
	d.calls = len(all)
	text := timestamp.ReplaceAllStringFunc(indented(d.t, out), func(ts string) string {
		if d.names[ts] == "" {
			d.names[ts] = fmt.Sprintf("ts-%d", len(d.names)+1)
		}
		return d.names[ts]
	})
	file := filepath.Join("testdata", "day", name+".json")
	if *update {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			d.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		d.t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		d.t.Errorf("%s (-golden +got):\n%s", name, diff)
	}
}

// readable is a call with the JSON in its fields unpacked.
func readable(method string, form url.Values) map[string]any {
	call := map[string]any{"method": method}
	for field := range form {
		value := form.Get(field)
		var unpacked any
		if strings.ContainsAny(value[:min(1, len(value))], "[{") && json.Unmarshal([]byte(value), &unpacked) == nil {
			call[field] = unpacked
		} else {
			call[field] = value
		}
	}
	return call
}

// TestDay is one day in one channel.
func TestDay(t *testing.T) {
	s := newServer(t)
	s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	d := &day{t: t, s: s, inbox: adaptertest.NewInbox(), names: map[string]string{}}
	d.a = newAdapter(t, s, adaptertest.NewStore(), nil)
	d.a.pace.status = time.Minute // what takes long is the machine, not the answer
	run(t, d.a, d.inbox)
	troops, deaths, refusal := picture(t, "troops"), picture(t, "deaths"), picture(t, "refusal")
	whisper := func(m adapters.Message) func(*adapters.Outgoing) {
		return func(o *adapters.Outgoing) { o.Only = m.Sender }
	}

	// Invited, and a first look around.
	s.Join("UANN", "CDESK")
	d.answer(d.next(adapters.Joined), *say("I answer from 5 articles. Mention me with a question in English."), nil)
	d.golden("01-joined")
	s.OpenHome("UANN", "DUANN", "home")
	d.answer(d.next(adapters.Home), *homeReply(), nil)
	d.golden("02-home")
	s.OpenHome("UANN", "DUANN", "messages")
	d.answer(d.next(adapters.Home), *homeReply(), nil)
	d.golden("03-prompts")

	// A mention, a follow-up in its thread, feedback.
	ts, _ := s.Mention("UANN", "CDESK", "", "how many CSTO troops?")
	first := d.answer(d.next(adapters.Mention), troops, nil)
	d.golden("04-mention")
	s.Say("UBOB", "CDESK", ts, "who says so?")
	d.answer(d.next(adapters.ThreadReply), adapters.Reply{Parts: troops.Parts[3:4]}, nil)
	d.golden("05-follow-up")
	s.Tap("UBOB", "CDESK", string(first), "down:1")
	tap := d.next(adapters.Action)
	d.answer(tap, *say("Thanks. The desk will see this."), whisper(tap))
	d.golden("06-feedback")
	s.Tap("UBOB", "CDESK", string(first), "ask:who says so?")
	if tap := d.next(adapters.Action); tap.Value != "ask:who says so?" || tap.Target != string(first) || tap.Conversation.Thread != ts {
		t.Errorf("a related question came as %+v", tap)
	}

	// The question is edited, then deleted.
	s.Edit("CDESK", ts, "death toll?")
	edit := d.next(adapters.Edited)
	d.answer(edit, deaths, func(o *adapters.Outgoing) { o.Replaces = first })
	d.golden("07-edited")
	s.Delete("CDESK", ts)
	gone := d.next(adapters.Deleted)
	if gone.Target != ts {
		t.Errorf("the deletion is of %q, want %q", gone.Target, ts)
	}
	if _, err := d.a.Post(t.Context(), adapters.Outgoing{Key: "gone", Conversation: gone.Conversation, Replaces: first}); err != nil {
		t.Error(err)
	}
	d.golden("08-deleted")

	// A direct message: a disagreement; then a refusal.
	s.Say("UANN", "DUANN", "", "death toll?")
	d.answer(d.next(adapters.Direct), deaths, nil)
	d.golden("09-disagreement")
	s.Say("UANN", "DUANN", "", "hw many trops did nato send")
	d.answer(d.next(adapters.Direct), refusal, nil)
	d.golden("10-refusal")

	// The slash command, shared.
	s.Command("UBOB", "CDESK", "how many CSTO troops?")
	asked := d.next(adapters.Command)
	sharable := troops
	sharable.Parts = append(troops.Parts[:len(troops.Parts)-1:len(troops.Parts)-1], adapters.Choices{Options: []adapters.Choice{{Label: "Share to channel", Value: "share:7"}}})
	d.answer(asked, sharable, whisper(asked))
	d.golden("11-command")
	posts := s.Posts("CDESK", "")
	s.Tap("UBOB", "CDESK", posts[len(posts)-1].TS, "share:7")
	d.answer(d.next(adapters.Action), troops, nil)
	d.golden("12-shared")

	// The shortcut on somebody's claim.
	claim, _ := s.Say("UBOB", "CDESK", "", "7,939 people were arrested")
	s.Check("UANN", "CDESK", claim)
	check := d.next(adapters.Command)
	d.answer(check, refusal, whisper(check))
	d.golden("13-shortcut")

	// An answer that is too long.
	s.Mention("UANN", "CDESK", "", "everything?")
	long := adapters.Reply{Parts: []adapters.Part{adapters.Headline{Text: "some 300", Summary: "people evacuated"}}}
	for i := range 60 {
		long.Parts = append(long.Parts, adapters.Quote{Text: strings.Repeat("It went on in the town. ", 20), Source: adapters.Source{Name: "The Daily Post", Line: i + 1}})
	}
	d.answer(d.next(adapters.Mention), long, nil)
	d.golden("14-too-long")
}
