// Package dialogue decides what to say to a message: whether it is for the
// bot, what is asked or commanded, and how the answer reads.
//
// It keeps nothing between two messages but a count of answers by room. What
// was said before in a thread comes with each message.
package dialogue

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// A Library is a corpus that can be asked: *answers.Base.
type Library interface {
	Read(ctx context.Context, text string, turns ...question.Turn) (question.Question, error)
	Answer(ctx context.Context, q question.Question) (answers.Answer, error)
	Articles() []*corpus.Article   // those that are answered from
	Found(id string) *fact.Article // everything in one of them; nil where there is none of that ID
}

var _ Library = (*answers.Base)(nil)

// A Room is how one room or direct conversation is served.
type Room struct {
	Library  Library
	Examples []string // questions that the library answers, for those who are new
	Allowed  bool
	Locale   string // BCP 47: how dates and counts of the frame are written; "" is not said
	Quotes   int    // lines shown at first; 0 is DefaultQuotes
}

// DefaultQuotes is how many lines an answer shows at first.
const DefaultQuotes = 4

// A Turn is a message with what is needed to answer it.
type Turn struct {
	Message adapters.Message // of an edited question: Kind as it was, Text as it is now
	Earlier []Memory         // what was answered in the thread before, oldest first
	Room    Room
	View    View
	Edited  bool // it was answered before with another text: no new answer to count
}

// A View is how much of an answer is shown, and to whom.
type View string

// The views.
const (
	Brief  View = ""       // the best line of each article
	Full   View = "full"   // every line
	Shared View = "shared" // brief, and to everybody even if it was asked by a command
)

// An Outcome is what came of a message.
type Outcome string

// The outcomes.
const (
	Silent   Outcome = "silent"   // not for us, or nothing to say
	Answered Outcome = "answered" // with a figure or words of an article
	Refused  Outcome = "refused"  // no article says
	Declined Outcome = "declined" // too long, too many, or not in this room
	Talk     Outcome = "talk"     // help, greeting, sources: no question
)

// A Saying is what to say to a message.
type Saying struct {
	Outcome Outcome
	Reply   *adapters.Reply    // nil: silence
	Only    string             // the one reader; "" for all
	Answer  *answers.Answer    // what the reply shows; nil for Silent and Talk
	Shown   []answers.Evidence // the lines of it that the reply shows
	Memory  *Memory            // what the next message of the thread may lean on; nil where nothing was answered
}

// A Dialogue decides what to say. It is safe for concurrent use.
type Dialogue struct {
	rate   *limiter
	locale string
}

// Options say how a Dialogue behaves.
type Options struct {
	PerMinute int              // answers in one room and minute; 0 for no limit
	Locale    string           // where neither room nor sender has one
	Now       func() time.Time // the clock; nil for time.Now
}

// New returns a dialogue.
func New(o Options) *Dialogue {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Dialogue{rate: newLimiter(o.PerMinute, o.Now), locale: o.Locale}
}

// silence is what is said to all that is not for us.
var silence = Saying{Outcome: Silent}

// Respond says what to say to a message. Its error is the library's: the
// articles could not be asked, and trying again may help.
func (d *Dialogue) Respond(ctx context.Context, t Turn) (Saying, error) {
	m := t.Message
	if m.FromBot || t.Room.Library == nil {
		return silence, nil
	}
	f := newFrame(t.Room.Locale, m.Locale, d.locale)
	if !t.Room.Allowed {
		return refusedRoom(m), nil
	}
	switch m.Kind {
	case adapters.Joined:
		return Saying{Outcome: Talk, Reply: f.greeting(t.Room)}, nil
	case adapters.Home:
		return Saying{Outcome: Talk, Reply: f.home(t.Room)}, nil
	case adapters.Action:
		return d.action(ctx, t, f)
	case adapters.Mention, adapters.Direct, adapters.Command, adapters.ThreadReply:
		return d.text(ctx, t, f)
	}
	return silence, nil
}

// refusedRoom is silence in a room that is not served; a command gets an
// answer even there, since only its sender sees it.
func refusedRoom(m adapters.Message) Saying {
	if m.Kind != adapters.Command {
		return silence
	}
	return Saying{Outcome: Declined, Only: m.Sender, Reply: reply(adapters.Paragraph{Text: "I am not switched on for this room."})}
}

// action answers a button that stands for a question. The others are about a
// post: the caller looks up its question and asks for another View.
func (d *Dialogue) action(ctx context.Context, t Turn, f *frame) (Saying, error) {
	text, ok := strings.CutPrefix(t.Message.Value, AskPrefix)
	if !ok {
		return silence, nil
	}
	t.Message.Kind, t.Message.Text = adapters.Mention, text
	s, err := d.text(ctx, t, f)
	if s.Reply != nil {
		s.Reply.Parts = append([]adapters.Part{adapters.Note{Text: "Asked with a button: " + text}}, s.Reply.Parts...)
	}
	return s, err
}

// text answers what somebody wrote.
func (d *Dialogue) text(ctx context.Context, t Turn, f *frame) (Saying, error) {
	m := t.Message
	m.Text = strings.TrimSpace(m.Text)
	if m.Kind == adapters.ThreadReply {
		return d.overheard(ctx, t, f)
	}
	s, err := d.addressed(ctx, t, f)
	if err != nil {
		return Saying{}, err
	}
	if m.Kind == adapters.Command && t.View != Shared {
		s.Only = m.Sender
		if s.Outcome == Answered {
			addChoice(s.Reply, adapters.Choice{Label: "Share with everyone", Value: ShareValue})
		}
	}
	return s, nil
}

// overheard answers a message of a thread that did not name us: only if it is
// a question, and only if the articles answer it.
func (d *Dialogue) overheard(ctx context.Context, t Turn, f *frame) (Saying, error) {
	text := strings.TrimSpace(t.Message.Text)
	if utf8.RuneCountInString(text) > question.MaxLength || !looksAsked(text) {
		return silence, nil
	}
	s, err := d.ask(ctx, t, f, text)
	if err != nil || s.Outcome != Answered || d.allow(t) != granted {
		return silence, err
	}
	return s, nil
}

// addressed answers a message that is for us.
func (d *Dialogue) addressed(ctx context.Context, t Turn, f *frame) (Saying, error) {
	text := strings.TrimSpace(t.Message.Text)
	switch d.allow(t) {
	case refused:
		return silence, nil
	case lastWarning:
		return Saying{Outcome: Declined, Reply: f.tooMany(d.rate.perMinute)}, nil
	}
	if n := utf8.RuneCountInString(text); n > question.MaxLength {
		return Saying{Outcome: Declined, Reply: f.tooLong(n)}, nil
	}
	if t.Message.Value == CheckValue {
		return d.check(ctx, t, f, text)
	}
	name, rest := parseCommand(text)
	switch name {
	case helpCommand:
		return talk(f.help(t.Room)), nil
	case sourcesCommand:
		return talk(f.sources(t.Room.Library)), nil
	case thanksCommand:
		return talk(reply(adapters.Paragraph{Text: "Glad to help."})), nil
	case helloCommand:
		return talk(f.greeting(t.Room)), nil
	case linesCommand:
		return d.again(ctx, t, f, Full)
	case factsCommand:
		return d.facts(ctx, t, f, rest)
	case compareCommand:
		return d.compare(ctx, t, f, rest)
	case checkCommand:
		return d.check(ctx, t, f, rest)
	}
	return d.ask(ctx, t, f, text)
}

func talk(r *adapters.Reply) Saying { return Saying{Outcome: Talk, Reply: r} }

// ask answers a question.
func (d *Dialogue) ask(ctx context.Context, t Turn, f *frame, text string) (Saying, error) {
	turns, err := recall(ctx, t.Room.Library, t.Earlier)
	if err != nil {
		return Saying{}, err
	}
	q, err := t.Room.Library.Read(ctx, text, turns...)
	if err != nil {
		return Saying{}, err
	}
	if q.Type == question.Greeting {
		return talk(f.greeting(t.Room)), nil
	}
	a, err := t.Room.Library.Answer(ctx, q)
	if err != nil {
		return Saying{}, err
	}
	return f.say(&a, t.Room, t.View), nil
}

// again answers the last question of the thread once more, in another view.
func (d *Dialogue) again(ctx context.Context, t Turn, f *frame, v View) (Saying, error) {
	last, earlier, ok := lastQuestion(t.Earlier)
	if !ok {
		return talk(reply(adapters.Paragraph{Text: "Nothing was answered in this thread yet: ask a question first."})), nil
	}
	t.Earlier, t.View = earlier, v
	return d.ask(ctx, t, f, last)
}

// lastQuestion is the last question of a thread, and what went before it.
func lastQuestion(earlier []Memory) (text string, before []Memory, ok bool) {
	if len(earlier) == 0 {
		return "", nil, false
	}
	n := len(earlier) - 1
	return earlier[n].Text, earlier[:n], true
}

// say wraps an answer with what the next turn may lean on.
func (f *frame) say(a *answers.Answer, room Room, v View) Saying {
	if !a.Answered() {
		return Saying{Outcome: Refused, Reply: f.refusal(a), Answer: a}
	}
	r, shown := f.answer(a, room, v)
	return Saying{Outcome: Answered, Reply: r, Answer: a, Shown: shown, Memory: remember(a)}
}

// allow asks the room's limit, which does not count an edit: silence would
// take the earlier answer away.
func (d *Dialogue) allow(t Turn) verdict {
	if t.Edited {
		return granted
	}
	return d.rate.allow(place(t.Message))
}

// Unreachable is what is said when the articles could not be asked.
func Unreachable() *adapters.Reply {
	return reply(adapters.Paragraph{Text: "The articles cannot be reached at the moment, so I cannot tell what they say. Ask again in a few minutes."})
}

func reply(parts ...adapters.Part) *adapters.Reply { return &adapters.Reply{Parts: parts} }

// place is what answers are counted by: the room, threads included.
func place(m adapters.Message) adapters.Conversation {
	c := m.Conversation
	c.Thread = ""
	return c
}
