package terminal_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/terminal/terminaltest"
)

// sabotageVar, set, names what TestSabotaged breaks.
const sabotageVar = "SOURCELINE_TEST_SABOTAGE"

// sabotages are faults of adapters, and the case of the suite that must find
// each.
var sabotages = map[string]struct {
	finds string
	put   func(ctx context.Context, inbox adapters.Inbox, m adapters.Message) error
	post  func(o adapters.Outgoing) adapters.Outgoing
}{
	"an uncertain post is posted again": {finds: "answer_lost", post: func(o adapters.Outgoing) adapters.Outgoing {
		if o.Uncertain {
			o.Key += "again"
		}
		return o
	}},
	"an edit is a new post": {finds: "post_edited", post: func(o adapters.Outgoing) adapters.Outgoing {
		if o.Reply != nil {
			o.Replaces = ""
		}
		return o
	}},
	"threads are mixed up": {finds: "post_in_thread", post: func(o adapters.Outgoing) adapters.Outgoing {
		o.Conversation.Thread = "m1"
		return o
	}},
	"an ephemeral post is seen by all": {finds: "ephemeral", post: func(o adapters.Outgoing) adapters.Outgoing {
		o.Only = ""
		return o
	}},
	"quotes are cut": {finds: "many_quotes", post: func(o adapters.Outgoing) adapters.Outgoing {
		for i, p := range o.Reply.Parts {
			if q, ok := p.(adapters.Quote); ok {
				q.Text = q.Text[:len(q.Text)/2]
				o.Reply.Parts[i] = q
			}
		}
		return o
	}},
	"text is altered": {finds: "hostile_text", post: func(o adapters.Outgoing) adapters.Outgoing {
		for i, p := range o.Reply.Parts {
			if q, ok := p.(adapters.Quote); ok {
				q.Text, q.Highlight = strings.ReplaceAll(q.Text, "@", "(at)"), nil
				o.Reply.Parts[i] = q
			}
		}
		return o
	}},
	"an edit points at itself": {finds: "edit", put: func(ctx context.Context, inbox adapters.Inbox, m adapters.Message) error {
		if m.Kind == adapters.Edited {
			m.Target = m.ID
		}
		return inbox.Put(ctx, m)
	}},
	"another bot is a person": {finds: "bots", put: func(ctx context.Context, inbox adapters.Inbox, m adapters.Message) error {
		m.FromBot = false
		return inbox.Put(ctx, m)
	}},
}

// TestSabotage: the suite finds what is wrong with an adapter.
func TestSabotage(t *testing.T) {
	for name, s := range sabotages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.Command(os.Args[0], "-test.run", "^TestSabotaged$/^"+s.finds+"$")
			cmd.Env = append(os.Environ(), sabotageVar+"="+name)
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(out), "--- FAIL: TestSabotaged/"+s.finds) {
				t.Errorf("case %s did not find it (%v):\n%s", s.finds, err, out)
			}
		})
	}
}

// TestSabotaged is what TestSabotage runs.
func TestSabotaged(t *testing.T) {
	name := os.Getenv(sabotageVar)
	if name == "" {
		t.Skip("run by TestSabotage")
	}
	adaptertest.Run(t, func(t *testing.T) adaptertest.Platform { return &sabotaged{terminaltest.New(t), name} })
}

type sabotaged struct {
	*terminaltest.Screen
	name string
}

func (s *sabotaged) Adapter(t *testing.T, store adapters.Store) adapters.Adapter {
	return &saboteur{s.Screen.Adapter(t, store), s.name}
}

type saboteur struct {
	adapters.Adapter
	name string
}

func (s *saboteur) Run(ctx context.Context, inbox adapters.Inbox) error {
	return s.Adapter.Run(ctx, saboteurInbox{inbox, s.name})
}

func (s *saboteur) Post(ctx context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	if post := sabotages[s.name].post; post != nil {
		o = post(o)
	}
	return s.Adapter.Post(ctx, o)
}

func (s *saboteur) Ready() error { return s.Adapter.(adapters.Health).Ready() }

func (s *saboteur) Check(ctx context.Context) []adapters.Finding {
	return s.Adapter.(adapters.Health).Check(ctx)
}

type saboteurInbox struct {
	adapters.Inbox
	name string
}

func (s saboteurInbox) Put(ctx context.Context, m adapters.Message) error {
	if put := sabotages[s.name].put; put != nil {
		return put(ctx, s.Inbox, m)
	}
	return s.Inbox.Put(ctx, m)
}
