package dialogue

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// ferry is a library of the articles in testdata/corpus.
func ferry(t testing.TB) *answers.Base {
	t.Helper()
	articles, _, err := corpus.Load("testdata/corpus")
	if err != nil {
		t.Fatal(err)
	}
	base, err := answers.New(articles)
	if err != nil {
		t.Fatal(err)
	}
	return base
}

func TestParseCommand(t *testing.T) {
	tests := []struct {
		text string
		name command
		rest string
	}{
		{"", helpCommand, ""},
		{"Help!", helpCommand, ""},
		{"?", helpCommand, ""},
		{"what can you do?", helpCommand, ""},
		{"sources", sourcesCommand, ""},
		{"what do you cover?", sourcesCommand, ""},
		{"sources say how many were killed", noCommand, ""},
		{"which sources say so?", noCommand, ""},
		{"facts", factsCommand, ""},
		{"facts about the ferry", factsCommand, "the ferry"},
		{"facts: ferry", noCommand, ""},
		{"Compare  the   dead", compareCommand, "the dead"},
		{"compare", compareCommand, ""},
		{"all lines", linesCommand, ""},
		{"show me all the lines please", linesCommand, ""},
		{"more", linesCommand, ""},
		{"more than how many were killed?", noCommand, ""},
		{"check: 200 people were killed", checkCommand, "200 people were killed"},
		{"check this claim: it sank", checkCommand, "it sank"},
		{"check the ferry carried 200", checkCommand, "the ferry carried 200"},
		{"check", noCommand, ""},
		{"thanks", thanksCommand, ""},
		{"thank you so much!!", thanksCommand, ""},
		{"thanks to whom was it rescued?", noCommand, ""},
		{"hi there", helloCommand, ""},
		{"high water?", noCommand, ""},
		{"how many help workers came?", noCommand, ""},
	}
	for _, tt := range tests {
		if name, rest := parseCommand(tt.text); name != tt.name || rest != tt.rest {
			t.Errorf("%q is %q %q, want %q %q", tt.text, name, rest, tt.name, tt.rest)
		}
	}
}

func TestLooksAsked(t *testing.T) {
	for _, text := range []string{"how many?", "and vehicles?", "who said so", "And how many of them were children", "was it 6,000 or 8,000", "death toll ?", "hw many were killed"} {
		if !looksAsked(text) {
			t.Errorf("%q is not taken for a question", text)
		}
	}
	for _, text := range []string{"death toll", "that is a lot", "wow, 143 passengers", "ok", "thanks", "help?", "more", "However many it was", "I wonder who"} {
		if looksAsked(text) {
			t.Errorf("%q is taken for a question", text)
		}
	}
}

func TestFeedback(t *testing.T) {
	for value, want := range map[string]int{
		"👍": 1, "👍🏽": 1, ":+1:": 1, "up:": 1, "up:x": 1, "👎": -1, "👎🏿": -1, ":-1:": -1, ":thumbsdown:": -1, "down:": -1,
		"❤️": 0, "": 0, "upside": 0, "lines:": 0, ":tada:": 0,
	} {
		if got := Feedback(value); got != want {
			t.Errorf("Feedback(%q) = %d, want %d", value, got, want)
		}
	}
}

func TestLimit(t *testing.T) {
	now := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	l := newLimiter(2, func() time.Time { return now })
	here, there := adapters.Conversation{Room: "here"}, adapters.Conversation{Room: "there"}
	expect := func(room adapters.Conversation, want ...verdict) {
		t.Helper()
		for i, w := range want {
			if got := l.allow(room); got != w {
				t.Errorf("%s: %d. verdict %d, want %d", room.Room, i+1, got, w)
			}
		}
	}
	expect(here, granted, granted, lastWarning, refused, refused)
	expect(there, granted)
	now = now.Add(30 * time.Second)
	expect(here, granted, lastWarning, refused)
	now = now.Add(-time.Hour) // a clock that goes backwards shuts nobody out for an hour
	expect(here, refused)
	now = now.Add(time.Hour + time.Minute)
	expect(here, granted, granted, lastWarning)
	for i := range manyRooms + 10 {
		l.allow(adapters.Conversation{Room: string(rune('a' + i%26)), Workspace: time.Duration(i).String()})
		now = now.Add(time.Minute)
	}
	if n := len(l.rooms); n > manyRooms {
		t.Errorf("%d rooms are kept", n)
	}
}

// TestSilence: what is not for us gets no answer, whatever it says.
func TestSilence(t *testing.T) {
	d, lib := New(Options{}), ferry(t)
	const q = "how many passengers were rescued?"
	for name, m := range map[string]adapters.Message{
		"another bot":        {Kind: adapters.Mention, Text: q, FromBot: true},
		"no kind":            {Text: q},
		"an edit":            {Kind: adapters.Edited, Text: q},
		"a reaction":         {Kind: adapters.Reaction, Text: q, Value: "👍"},
		"an unknown button":  {Kind: adapters.Action, Value: "dance:"},
		"a remark":           {Kind: adapters.ThreadReply, Text: "143 passengers were rescued"},
		"not answered":       {Kind: adapters.ThreadReply, Text: "how many submarines sank?"},
		"a command in talk":  {Kind: adapters.ThreadReply, Text: "help"},
		"a long thread text": {Kind: adapters.ThreadReply, Text: strings.Repeat(q, 100)},
	} {
		s, err := d.Respond(t.Context(), Turn{Message: m, Room: Room{Library: lib, Allowed: true}})
		if err != nil || s.Reply != nil || s.Outcome != Silent {
			t.Errorf("%s: %s, %v", name, s.Outcome, err)
		}
	}
	for _, room := range []Room{{Library: lib}, {Allowed: true}} {
		s, err := d.Respond(t.Context(), Turn{Message: adapters.Message{Kind: adapters.Mention, Text: q}, Room: room})
		if err != nil || s.Reply != nil {
			t.Errorf("room %+v: %s, %v", room, s.Outcome, err)
		}
	}
}

// TestHome: the page has a headline, what is covered, and examples that can be
// asked, as the platforms want them.
func TestHome(t *testing.T) {
	lib := ferry(t)
	room := Room{Library: lib, Allowed: true, Examples: Examples(t.Context(), lib, 6)}
	s, err := New(Options{}).Respond(t.Context(), Turn{Message: adapters.Message{Kind: adapters.Home}, Room: room})
	if err != nil || s.Outcome != Talk {
		t.Fatalf("%s, %v", s.Outcome, err)
	}
	if h, ok := s.Reply.Parts[0].(adapters.Headline); !ok || h.Text != "" || h.Summary == "" {
		t.Errorf("the page begins with %#v", s.Reply.Parts[0])
	}
	choices, ok := s.Reply.Parts[len(s.Reply.Parts)-1].(adapters.Choices)
	if !ok || len(choices.Options) == 0 {
		t.Fatalf("the page ends with %#v", s.Reply.Parts[len(s.Reply.Parts)-1])
	}
	for _, c := range choices.Options {
		if c.Value != AskPrefix+c.Ask || !answered(t.Context(), lib, c.Ask) {
			t.Errorf("the example %q is no question that is answered", c.Ask)
		}
	}
}

// unreachable is a library whose index cannot be asked.
type unreachable struct{ *answers.Base }

var errDown = errors.New("the index is down")

func (unreachable) Answer(context.Context, question.Question) (answers.Answer, error) {
	return answers.Answer{}, errDown
}

// TestUnreachable: that the articles cannot be asked is an error, never "no
// article says".
func TestUnreachable(t *testing.T) {
	lib := unreachable{ferry(t)}
	for _, text := range []string{"how many passengers were rescued?", "compare passengers rescued", "check 143 passengers were rescued"} {
		for _, kind := range []adapters.Kind{adapters.Direct, adapters.ThreadReply} {
			if kind == adapters.ThreadReply && !looksAsked(text) {
				continue
			}
			s, err := New(Options{}).Respond(t.Context(), Turn{Message: adapters.Message{Kind: kind, Text: text}, Room: Room{Library: lib, Allowed: true}})
			if !errors.Is(err, errDown) || s.Reply != nil {
				t.Errorf("%s %q: %v, reply %v", kind, text, err, s.Reply)
			}
		}
	}
}

// FuzzRespond: no text makes the bot panic, quote what no article says, or
// mark what lies outside of a quote.
func FuzzRespond(f *testing.F) {
	for _, text := range []string{"how many passengers were rescued?", "compare rescued", "check 200 passengers were rescued", "facts ferry", "<!channel> @room", "\u202e", "all lines", strings.Repeat("?", 2500)} {
		f.Add(text, uint8(0))
	}
	lib := ferry(f)
	said := ""
	for _, a := range lib.Articles() {
		said += a.Text + "\n"
	}
	kinds := []adapters.Kind{adapters.Mention, adapters.Direct, adapters.Command, adapters.ThreadReply, adapters.Action}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		m := adapters.Message{Kind: kinds[int(kind)%len(kinds)], Text: text, Value: AskPrefix + text}
		s, err := New(Options{}).Respond(t.Context(), Turn{
			Message: m, Room: Room{Library: lib, Allowed: true}, View: Full,
			Earlier: []Memory{{Text: "how many passengers were rescued?", Facts: []string{"harbour#0-5", text}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if (s.Reply == nil) != (s.Outcome == Silent) {
			t.Fatalf("outcome %s with reply %v", s.Outcome, s.Reply)
		}
		if s.Reply == nil {
			return
		}
		for _, part := range s.Reply.Parts {
			q, ok := part.(adapters.Quote)
			if !ok {
				continue
			}
			if !strings.Contains(said, q.Text) {
				t.Errorf("no article says %q", q.Text)
			}
			at := 0
			for _, h := range q.Highlight {
				if h[0] < at || h[1] <= h[0] || h[1] > len(q.Text) {
					t.Errorf("highlights %v of %q", q.Highlight, q.Text)
				}
				at = h[1]
			}
		}
	})
}
