package terminal

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"sourceline/adapters"
)

// directRoom is the room of the conversation with the bot alone.
const directRoom = "console"

// mention is how the bot is named in a room.
const mention = "@bot"

// A liner is what earlier lines set for later ones.
type liner struct {
	user string // "" for the user of the terminal
	room string // "" for the conversation with the bot alone
	last string // the last message that was written
}

// read makes a message of a line, with Kind "" where the line says nothing to
// the bot, and what holds after it.
func (a *Adapter) read(ctx context.Context, line string) (m adapters.Message, after liner, err error) {
	after = a.console.said
	line = strings.TrimSpace(line)
	if line == "" || line == "#" || strings.HasPrefix(line, "# ") {
		return m, after, nil
	}
	m, err = a.parse(ctx, &after, line)
	if err != nil || m.Kind == "" {
		return adapters.Message{}, after, err
	}
	n, err := a.number(ctx, messagesKey)
	if err != nil {
		return adapters.Message{}, after, err
	}
	m.ID = "m" + strconv.Itoa(n+1)
	m.Sent = a.o.Now()
	m.Conversation.Platform = Name
	if m.Conversation.Room == "" {
		m.Conversation.Room = room(after)
	}
	if m.Sender == "" {
		m.Sender = cmp.Or(after.user, a.o.User)
	}
	if m.Kind == adapters.Mention && m.Conversation.Thread == "" {
		m.Conversation.Thread = m.ID
	}
	switch m.Kind {
	case adapters.Mention, adapters.Direct, adapters.ThreadReply, adapters.Command:
		after.last = m.ID
	}
	return m, after, nil
}

func room(l liner) string {
	if l.room == "" {
		return directRoom
	}
	return l.room
}

// parse reads one line.
func (a *Adapter) parse(ctx context.Context, l *liner, line string) (adapters.Message, error) {
	if strings.HasPrefix(line, "//") {
		line = line[1:]
	} else if strings.HasPrefix(line, "/") {
		return a.command(ctx, l, line)
	}
	var m adapters.Message
	if rest, ok := strings.CutPrefix(line, "#"); ok {
		m.Conversation.Thread, line, _ = strings.Cut(rest, " ")
		line = strings.TrimSpace(line)
	}
	text, named := strings.CutPrefix(line, mention)
	m.Text = strings.TrimSpace(text)
	switch {
	case l.room == "":
		m.Kind, m.Text = adapters.Direct, line
	case named:
		m.Kind = adapters.Mention
	case m.Conversation.Thread != "":
		m.Kind = adapters.ThreadReply
	}
	return m, nil
}

// command reads a line that begins with a slash.
func (a *Adapter) command(ctx context.Context, l *liner, line string) (m adapters.Message, err error) {
	name, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch name {
	case "/as":
		l.user = rest
	case "/in":
		l.room = rest
	case "/ask":
		m.Kind, m.Text = adapters.Command, rest
	case "/bot":
		m.Kind, m.Text, m.Sender, m.FromBot = adapters.Mention, rest, "robot", true
	case "/joined":
		m.Kind, m.Conversation.Room = adapters.Joined, rest
	case "/edit", "/delete", "/react", "/press":
		err = a.about(ctx, l, &m, name, rest)
	default:
		err = usageError(name + " is no command of the terminal; there are /as, /in, /ask, /edit, /delete, /react, /press, /joined and /bot, and //… begins a message with a slash")
	}
	return m, err
}

// about reads a command that is about a message or post.
func (a *Adapter) about(ctx context.Context, l *liner, m *adapters.Message, name, rest string) (err error) {
	switch name {
	case "/edit":
		m.Kind = adapters.Edited
		m.Target, m.Text = target(rest, l.last)
		m.Text = strings.TrimSpace(strings.TrimPrefix(m.Text, mention))
	case "/delete":
		m.Kind = adapters.Deleted
		m.Target, _ = target(rest, l.last)
	case "/react", "/press":
		if m.Kind = adapters.Reaction; name == "/press" {
			m.Kind = adapters.Action
		}
		last, err := a.number(ctx, postsKey)
		if err != nil {
			return err
		}
		m.Target, m.Value = target(rest, "p"+strconv.Itoa(last))
	}
	if m.Target == "" {
		return usageError(name + " needs the ID of a message, as in " + name + " m1")
	}
	m.Conversation, err = a.place(ctx, m.Target)
	return err
}

// A usageError tells a writer what is wrong with a line.
type usageError string

func (e usageError) Error() string { return string(e) }

// target reads an ID from the start of rest, or takes the last one.
func target(rest, last string) (id, text string) {
	first, after, _ := strings.Cut(rest, " ")
	if len(first) > 1 && (first[0] == 'm' || first[0] == 'p') {
		if _, err := strconv.Atoi(first[1:]); err == nil {
			return first, strings.TrimSpace(after)
		}
	}
	return last, rest
}
