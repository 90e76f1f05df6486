package terminal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
)

// TestLines: what each line of a script means.
func TestLines(t *testing.T) {
	const script = `
how many?
# a comment
/as bob
and where?
/in desk
nobody is addressed
@bot how many?
#m3 who says so?
#m3 @bot when?
/as
/ask how many?
/edit m3 @bot how much?
/edit how much money?
/delete m4
/react m3 👍
/press m3 lines:1
/joined sport
/bot hello
/in
//slash
/nonsense
/react p9 👍
/edit m99 x
/delete`
	var out strings.Builder
	inbox := adaptertest.NewInbox()
	a := New(NewConsole(strings.NewReader(script), &out), adaptertest.NewStore(), Options{})
	if err := a.Run(t.Context(), inbox); err != io.EOF {
		t.Errorf("Run = %v, want io.EOF", err)
	}
	var got []string
	for _, m := range inbox.Messages() {
		line := fmt.Sprintf("%s %s %s %s#%s %q", m.ID, m.Kind, m.Sender, m.Conversation.Room, m.Conversation.Thread, m.Text+m.Value)
		if m.Target != "" {
			line += " on " + m.Target
		}
		if m.FromBot {
			line += " (bot)"
		}
		got = append(got, line)
	}
	want := []string{
		`m1 direct you console# "how many?"`,
		`m2 direct bob console# "and where?"`,
		`m3 mention bob desk#m3 "how many?"`,
		`m4 thread_reply bob desk#m3 "who says so?"`,
		`m5 mention bob desk#m3 "when?"`,
		`m6 command you desk# "how many?"`,
		`m7 edited you desk#m3 "how much?" on m3`,
		`m8 edited you desk# "how much money?" on m6`,
		`m9 deleted you desk#m3 "" on m4`,
		`m10 reaction you desk#m3 "👍" on m3`,
		`m11 action you desk#m3 "lines:1" on m3`,
		`m12 joined you sport# ""`,
		`m13 mention robot desk#m13 "hello" (bot)`,
		`m14 direct you console# "/slash"`,
		`m15 deleted you console# "" on m14`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("messages (-want +got):\n%s", diff)
	}
	complaints := "/nonsense is no command of the terminal; there are /as, /in, /ask, /edit, /delete, /react, /press, /joined and /bot, and //… begins a message with a slash\n" +
		"there is no p9\nthere is no m99\n"
	if diff := cmp.Diff(complaints, out.String()); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}

// TestPrinting: what a post, an edit and a deletion look like, in a script
// and to a person.
func TestPrinting(t *testing.T) {
	room := adapters.Conversation{Platform: Name, Room: "desk", Thread: "m1"}
	say := func(s string) *adapters.Reply {
		return &adapters.Reply{Parts: []adapters.Part{adapters.Paragraph{Text: s}}}
	}
	for _, c := range []struct {
		name   string
		script bool
		want   string
	}{
		{"script", true, "[p1 in desk #m1]\n  eleven\n  [p1 deleted]\n\n[p2 for bob]\n  twelve\n\n[p1 edited in desk #m1]\n  thirteen\n\n[p1 deleted in desk #m1]\n\n"},
		{"person", false, "eleven\n[p1 deleted]\n\ntwelve\n\n(edited)\nthirteen\n\n(deleted)\n\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out strings.Builder
			a := New(NewConsole(strings.NewReader(""), &out), adaptertest.NewStore(), Options{Script: c.script})
			for _, o := range []adapters.Outgoing{
				{Key: "k1", Conversation: room, Reply: say("eleven\n[p1 deleted]")},
				{Key: "k2", Conversation: adapters.Conversation{Platform: Name, Room: directRoom}, Only: "bob", Reply: say("twelve")},
				{Key: "k1.2", Conversation: room, Replaces: "p1", Reply: say("thirteen")},
				{Key: "k1.3", Conversation: room, Replaces: "p1"},
				{Key: "k1.3", Conversation: room, Replaces: "p1", Uncertain: true},
			} {
				if _, err := a.Post(t.Context(), o); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(c.want, out.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestLongLine: a line without an end does not fill the memory.
func TestLongLine(t *testing.T) {
	inbox := adaptertest.NewInbox()
	in := io.MultiReader(bytes.NewReader(bytes.Repeat([]byte("x"), 3*maxLine)), strings.NewReader("\nnext"))
	if err := New(NewConsole(in, io.Discard), adaptertest.NewStore(), Options{}).Run(t.Context(), inbox); err != io.EOF {
		t.Fatal(err)
	}
	got := inbox.Messages()
	if len(got) != 2 || len(got[0].Text) != maxLine || got[1].Text != "next" {
		t.Errorf("%d messages, the first of %d bytes", len(got), len(got[0].Text))
	}
}

// badStore fails until it is told to work.
type badStore struct {
	*adaptertest.Store
	fail bool
}

func (s *badStore) Put(ctx context.Context, key string, value []byte) error {
	if s.fail {
		return errors.New("disk full")
	}
	return s.Store.Put(ctx, key, value)
}

// TestStoreFails: nothing is put or posted whose number could not be kept.
func TestStoreFails(t *testing.T) {
	store := &badStore{adaptertest.NewStore(), true}
	inbox := adaptertest.NewInbox()
	var out strings.Builder
	a := New(NewConsole(strings.NewReader("how many?"), &out), store, Options{})
	ctx, cancel := context.WithTimeout(t.Context(), 2*retryDelay)
	defer cancel()
	if err := a.Run(ctx, inbox); err != nil || len(inbox.Messages()) > 0 {
		t.Errorf("Run = %v with %d messages, want nil and none", err, len(inbox.Messages()))
	}
	_, err := a.Post(t.Context(), adapters.Outgoing{Key: "k", Reply: &adapters.Reply{}})
	if later, ok := errors.AsType[*adapters.Later](err); !ok || later.After <= 0 || out.Len() > 0 {
		t.Errorf("Post = %v after printing %q, want a Later error and nothing printed", err, out.String())
	}
	store.fail = false
	if err := a.Run(t.Context(), inbox); err != io.EOF || len(inbox.Messages()) != 1 {
		t.Errorf("Run = %v with %d messages, want io.EOF and the line that waited", err, len(inbox.Messages()))
	}
}

func TestReady(t *testing.T) {
	r, w := io.Pipe()
	a := New(NewConsole(r, io.Discard), adaptertest.NewStore(), Options{})
	if a.Ready() == nil {
		t.Error("ready before Run")
	}
	ended := make(chan error)
	go func() { ended <- a.Run(t.Context(), adaptertest.NewInbox()) }()
	for a.Ready() != nil {
		time.Sleep(time.Millisecond)
	}
	w.Close()
	if err := <-ended; err != io.EOF || a.Ready() != nil {
		t.Errorf("Run = %v, Ready = %v at the end of the input, want io.EOF and nil: answers still go out", err, a.Ready())
	}
}

func FuzzLine(f *testing.F) {
	for _, s := range []string{"how many?", "#m1 x", "/edit m1 x", "/react 👍", "//", "#", "/press p1", "/as", "@bot", "\x00\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		inbox := adaptertest.NewInbox()
		var out strings.Builder
		a := New(NewConsole(strings.NewReader("first\n"+line), &out), adaptertest.NewStore(), Options{})
		if err := a.Run(t.Context(), inbox); err != io.EOF {
			t.Fatal(err)
		}
		ids := map[string]bool{}
		for _, m := range inbox.Messages() {
			if m.ID == "" || ids[m.ID] || m.Conversation.Platform != Name {
				t.Errorf("%q makes %+v", line, m)
			}
			ids[m.ID] = true
		}
		if strings.ContainsAny(out.String(), "\x1b\x00") {
			t.Errorf("%q prints %q", line, out.String())
		}
	})
}
