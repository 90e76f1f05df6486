package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
	api "github.com/slack-go/slack"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/slack/slacktest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// faultOn asks for a fault at each call of one method.
func faultOn(method string, ask func() *slacktest.Fault) func(string, url.Values) *slacktest.Fault {
	return func(called string, _ url.Values) *slacktest.Fault {
		if called == method {
			return ask()
		}
		return nil
	}
}

// eventually waits for ok.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("waited in vain: %s", what)
		}
	}
}

func testLog(t testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// run runs a until the test ends and waits until it is ready. The returned
// function ends it before and returns what Run returned.
func run(t testing.TB, a *Adapter, inbox adapters.Inbox) (stop func() error) {
	t.Helper()
	stop = start(t, a, inbox)
	eventually(t, "the adapter is ready", func() bool { return a.Ready() == nil })
	return stop
}

// start is run for an adapter that may never be ready.
func start(t testing.TB, a *Adapter, inbox adapters.Inbox) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	var err error
	go func() {
		defer close(ended)
		err = a.Run(ctx, inbox)
	}()
	stop = func() error {
		cancel()
		<-ended
		return err
	}
	t.Cleanup(func() { _ = stop() }) // what Run returned is for the test to look at
	return stop
}

// mustPost posts and must succeed.
func mustPost(t testing.TB, a *Adapter, o adapters.Outgoing) adapters.PostID {
	t.Helper()
	id, err := a.Post(context.Background(), o)
	if err != nil {
		t.Fatalf("Post %s: %v", o.Key, err)
	}
	return id
}

// say is a reply of one paragraph.
func say(text string) *adapters.Reply {
	return &adapters.Reply{Parts: []adapters.Part{adapters.Paragraph{Text: text}}}
}

// answerer is an inbox that answers everything that it is given once, as the
// bot would, in the background.
type answerer struct {
	*adaptertest.Inbox
	t     testing.TB
	reply func(adapters.Message) *adapters.Outgoing
	seen  memory[bool]
	post  func(context.Context, adapters.Outgoing) (adapters.PostID, error)
	done  chan error // one for each answer
}

func newAnswerer(t testing.TB, reply func(adapters.Message) *adapters.Outgoing) *answerer {
	return &answerer{Inbox: adaptertest.NewInbox(), t: t, reply: reply, seen: newMemory[bool](time.Hour), done: make(chan error, 10_000)}
}

func (b *answerer) Put(ctx context.Context, m adapters.Message) error {
	if err := b.Inbox.Put(ctx, m); err != nil {
		return err
	}
	key := m.Conversation.Room + "/" + m.ID
	if _, again := b.seen.held(key); again {
		return nil
	}
	b.seen.put(key, true)
	if o := b.reply(m); o != nil {
		go b.answer(*o)
	}
	return nil
}

// answer tries as the bot does: later where it is told to, and looking first
// where the outcome is unknown.
func (b *answerer) answer(o adapters.Outgoing) {
	for {
		_, err := b.post(context.Background(), o)
		wait, again := nextTry(err)
		if !again {
			b.done <- err
			return
		}
		o.Uncertain = o.Uncertain || wait == 0
		time.Sleep(wait)
	}
}

// picture is a reply of the documentation's pictures.
func picture(t testing.TB, name string) adapters.Reply {
	t.Helper()
	return replyIn(t, filepath.Join("testdata", "pictures", name+".txtar"))
}

func replyIn(t testing.TB, file string) (r adapters.Reply) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.Files {
		if f.Name == "reply.json" {
			if err := json.Unmarshal(f.Data, &r); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
		}
	}
	return r
}

// manyReplies are all that the tests know, the common ones of all adapters, a
// hostile and a long one for each place of a text included.
func manyReplies(t testing.TB) map[string]adapters.Reply {
	t.Helper()
	all := map[string]adapters.Reply{}
	for _, pattern := range []string{"testdata/pictures/*.txtar", "../testdata/replies/*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no replies in %s: %v", pattern, err)
		}
		for _, f := range files {
			all[f] = replyIn(t, f)
		}
	}
	for i, text := range adaptertest.Hostile {
		all[fmt.Sprint("hostile ", i)] = everywhere(text)
	}
	for _, n := range []int{74, 75, 76, 149, 150, 151, 2000, 3001, 20_000} {
		all[fmt.Sprint("long ", n)] = everywhere(strings.Repeat("many words ", n/11) + strings.Repeat("x", n%11))
		all[fmt.Sprint("emoji ", n)] = everywhere(strings.Repeat("🎉", n))
	}
	many := adapters.Reply{Parts: []adapters.Part{adapters.Headline{Text: "some 300", Summary: "people evacuated"}}}
	for i := range 200 {
		many.Parts = append(many.Parts, adapters.Quote{Text: "Some 300 people left.", Highlight: [][2]int{{0, 8}}, Source: adapters.Source{Name: "The Daily Post", Line: i + 1}})
	}
	all["many quotes"] = many
	return all
}

// everywhere is a reply with text in each of its places.
func everywhere(text string) adapters.Reply {
	return adapters.Reply{Parts: []adapters.Part{
		adapters.Headline{Text: text, Summary: text, Caveat: text},
		adapters.Paragraph{Text: text},
		adapters.Quote{Text: text, Highlight: [][2]int{{0, len(text)}}, Label: text,
			Source: adapters.Source{Name: text, Title: text, URL: "https://example.org/" + url.PathEscape(text), Date: text, Line: 3, Attribution: text}},
		adapters.Note{Text: text},
		adapters.Choices{Options: []adapters.Choice{{Label: text, Value: "ask:" + text, Ask: text}, {Label: text, Value: "up:1"}, {Label: text, Value: "down:1"}}},
	}}
}

// indented is v as readable JSON.
func indented(t testing.TB, v any) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func blocksJSON(t testing.TB, blocks []api.Block) json.RawMessage {
	t.Helper()
	b, err := encode(blocks)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// nextTry reads an error of Post as the bot does: when to try again, at once
// where the outcome is unknown, or not at all.
func nextTry(err error) (wait time.Duration, again bool) {
	var later *adapters.Later
	switch {
	case err == nil, errors.Is(err, adapters.ErrPermanent):
		return 0, false
	case errors.As(err, &later):
		return max(later.After, time.Millisecond), true
	}
	return 0, true
}
