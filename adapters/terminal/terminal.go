// Package terminal is the console as a chat platform: lines that are read are
// messages, replies are printed.
//
// A person at a terminal is alone with the bot, so each line is a direct
// message. Lines that begin with a slash play what happens on other platforms,
// so that a script can drive a whole bot:
//
//	how many?            a direct message
//	/as bob              what follows is written by Bob; /as alone: by the user again
//	/in desk             what follows is written in the room desk; /in alone: directly again
//	@bot how many?       in a room: a mention; its answers open a thread with its ID
//	#m3 who says so?     a reply in the thread m3; a mention where the text begins with @bot
//	/ask how many?       a command
//	/edit m3 how much?   the message m3 has a new text; without an ID the last message of the writer
//	/delete m3           the message or post is gone; without an ID the last message of the writer
//	/react p2 👍         a reaction; without an ID to the last post
//	/press p2 value      a button of a post is pressed; without an ID of the last post
//	/joined desk         the bot was brought into a room
//	/bot text            another bot mentions ours
//	//text               the text /text
//
// Empty lines and, in scripts, lines that begin with "# " are nothing. What is
// said in a room without addressing the bot or being in a thread is nothing
// either. Messages are numbered m1, m2, …, posts p1, p2, …, across restarts.
package terminal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"sourceline/adapters"
)

// Name is the platform's name in a Conversation.
const Name = "terminal"

// Options say how an adapter looks and behaves.
type Options struct {
	adapters.TextOptions
	// Script prints before each post its ID and where it stands, and sets its
	// text in by two spaces, so that a reader of the output can tell posts
	// apart. Without it a post is its text alone.
	Script bool
	// User is who writes, "you" by default.
	User string
	// Now dates messages; time.Now where nil.
	Now func() time.Time
}

var (
	_ adapters.Adapter = (*Adapter)(nil)
	_ adapters.Health  = (*Adapter)(nil)
)

// An Adapter connects a console. It is safe for concurrent use.
type Adapter struct {
	console *Console
	store   adapters.Store
	o       Options

	mu      sync.Mutex // held while something is printed or counted
	running bool
	ended   bool
}

// New returns an adapter on a console. The store keeps the numbers of
// messages and posts.
func New(console *Console, store adapters.Store, o Options) *Adapter {
	if o.User == "" {
		o.User = "you"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Adapter{console: console, store: store, o: o}
}

// retryDelay is how long to wait before a line is put again that could not be
// stored.
const retryDelay = 50 * time.Millisecond

// Run reads lines until ctx ends or the input does: then it returns io.EOF. A
// line that cannot be stored is tried again until it is, or is left in the
// console for the next Run.
func (a *Adapter) Run(ctx context.Context, inbox adapters.Inbox) error {
	a.setRunning(true)
	defer a.setRunning(false)
	for {
		line, err := a.console.peek(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			a.mu.Lock()
			a.ended = true
			a.mu.Unlock()
			return err // io.EOF, or why the input cannot be read
		}
		if !a.take(ctx, inbox, line) {
			return nil
		}
		a.console.next()
	}
}

// take puts what a line says; it returns false where ctx ended first.
func (a *Adapter) take(ctx context.Context, inbox adapters.Inbox, line string) bool {
	for ; ; sleep(ctx, retryDelay) {
		if ctx.Err() != nil {
			return false
		}
		m, after, err := a.read(ctx, line)
		if _, ok := errors.AsType[usageError](err); ok {
			a.complain(err)
			return true
		}
		if err == nil && m.Kind != "" {
			err = a.put(ctx, inbox, m)
		}
		if err == nil {
			a.console.said = after
			return true
		}
	}
}

// put stores m and moves the numbers on.
func (a *Adapter) put(ctx context.Context, inbox adapters.Inbox, m adapters.Message) error {
	if err := a.setPlace(ctx, m.ID, m.Conversation); err != nil {
		return err
	}
	if err := inbox.Put(ctx, m); err != nil {
		return err
	}
	return a.store.Put(ctx, messagesKey, []byte(m.ID))
}

// setPlace keeps where a message or post stands.
func (a *Adapter) setPlace(ctx context.Context, id string, c adapters.Conversation) error {
	place, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return a.store.Put(ctx, placePrefix+id, place)
}

// place is where a message or post stands.
func (a *Adapter) place(ctx context.Context, id string) (c adapters.Conversation, err error) {
	place, err := a.store.Get(ctx, placePrefix+id)
	if errors.Is(err, adapters.ErrNotFound) {
		return c, usageError("there is no " + id)
	}
	if err != nil {
		return c, err
	}
	return c, json.Unmarshal(place, &c)
}

func (a *Adapter) setRunning(on bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.running = on
}

// complain tells the writer of a line that it cannot be understood.
func (a *Adapter) complain(err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.console.print(adapters.CleanText(err.Error()) + "\n")
}

// Keys of the store.
const (
	messagesKey = "messages" // the last message's ID
	postsKey    = "posts"    // the last post's ID
	keyPrefix   = "key/"     // of a post's key: its ID
	gonePrefix  = "gone/"    // of a post's ID: it was deleted
	placePrefix = "place/"   // of an ID: its conversation, in JSON
)

// number reads the number of an ID in the store; 0 where there is none.
func (a *Adapter) number(ctx context.Context, key string) (int, error) {
	id, err := a.store.Get(ctx, key)
	if errors.Is(err, adapters.ErrNotFound) {
		return 0, nil
	}
	if err != nil || len(id) == 0 {
		return 0, err
	}
	return strconv.Atoi(string(id[1:]))
}

// Post prints a reply. The ID of a post is stored before it is printed; an
// uncertain one is printed again under the same ID, as a screen is redrawn.
func (a *Adapter) Post(ctx context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	id, err := a.postID(ctx, o)
	if err != nil {
		return "", err
	}
	if o.Reply == nil {
		return id, a.delete(ctx, o, id)
	}
	if _, err := a.store.Get(ctx, gonePrefix+string(id)); err == nil {
		return "", fmt.Errorf("terminal: post %s was deleted: %w", id, adapters.ErrNotFound)
	}
	verb := ""
	if o.Replaces != "" {
		verb = "edited"
	}
	if err := a.show(id, verb, o, adapters.Text(o.Reply, a.o.TextOptions)); err != nil {
		return "", err
	}
	return id, nil
}

// postID finds or makes the ID under which o stands.
func (a *Adapter) postID(ctx context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	if o.Replaces != "" {
		return o.Replaces, nil
	}
	if known, err := a.store.Get(ctx, keyPrefix+o.Key); err == nil {
		return adapters.PostID(known), nil
	} else if !errors.Is(err, adapters.ErrNotFound) {
		return "", notPosted(err)
	}
	n, err := a.number(ctx, postsKey)
	if err != nil {
		return "", notPosted(err)
	}
	id := []byte("p" + strconv.Itoa(n+1))
	err = errors.Join(a.store.Put(ctx, postsKey, id), a.setPlace(ctx, string(id), o.Conversation), a.store.Put(ctx, keyPrefix+o.Key, id))
	if err != nil {
		return "", notPosted(err)
	}
	return adapters.PostID(id), nil
}

// notPosted is for errors before anything was printed.
func notPosted(err error) error {
	return &adapters.Later{After: retryDelay, Err: fmt.Errorf("terminal: %w", err)}
}

func (a *Adapter) delete(ctx context.Context, o adapters.Outgoing, id adapters.PostID) error {
	if _, err := a.store.Get(ctx, gonePrefix+string(id)); err == nil {
		return nil
	}
	if err := a.show(id, "deleted", o, ""); err != nil {
		return err
	}
	if err := a.store.Put(ctx, gonePrefix+string(id), nil); err != nil {
		return notPosted(err)
	}
	return nil
}

// show prints a post with, in scripts, a line that tells which it is.
func (a *Adapter) show(id adapters.PostID, verb string, o adapters.Outgoing, text string) error {
	var b strings.Builder
	if a.o.Script {
		fmt.Fprintf(&b, "[%s]\n", strings.Join(header(id, verb, o), " "))
		for line := range strings.Lines(text) {
			b.WriteString("  " + line)
		}
	} else {
		if verb != "" {
			fmt.Fprintf(&b, "(%s)\n", verb)
		}
		b.WriteString(text)
	}
	b.WriteByte('\n')
	if err := a.console.print(b.String()); err != nil {
		return fmt.Errorf("terminal: print: %w (%w)", err, adapters.ErrUncertain)
	}
	return nil
}

// header says which post it is: "p2 edited in desk #m1 for bob".
func header(id adapters.PostID, verb string, o adapters.Outgoing) []string {
	words := []string{string(id)}
	if verb != "" {
		words = append(words, verb)
	}
	if c := o.Conversation; c.Room != directRoom {
		words = append(words, "in "+c.Room)
	}
	if o.Conversation.Thread != "" {
		words = append(words, "#"+o.Conversation.Thread)
	}
	if o.Only != "" {
		words = append(words, "for "+o.Only)
	}
	return words
}

// Ready is nil while lines are read, and after the end of the input.
func (a *Adapter) Ready() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.running && !a.ended {
		return errors.New("terminal: no input is being read")
	}
	return nil
}

// Check has nothing to check.
func (a *Adapter) Check(context.Context) []adapters.Finding {
	return []adapters.Finding{{Level: adapters.OK, What: "console", Text: "reads lines and prints replies"}}
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// A Console is an input and an output that outlive the adapters on them: a
// line that one adapter could not store waits for the next.
type Console struct {
	in   io.Reader
	out  io.Writer
	once sync.Once
	// lines has what was read; ready has a token while a line waits. Reading
	// cannot be interrupted, so it has a goroutine of its own.
	lines chan []byte
	err   error // why lines is closed

	said liner // what earlier lines set; the running adapter's

	mu      sync.Mutex
	pending []byte // nil for none
}

// NewConsole returns a console on the two.
func NewConsole(in io.Reader, out io.Writer) *Console {
	return &Console{in: in, out: out, lines: make(chan []byte)}
}

// peek waits for a line and leaves it there.
func (c *Console) peek(ctx context.Context) (string, error) {
	c.once.Do(func() { go c.readAll() })
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pending == nil {
		select {
		case line, ok := <-c.lines:
			if !ok {
				return "", c.err
			}
			c.pending = line
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	return string(c.pending), nil
}

// next takes the line that peek returned away.
func (c *Console) next() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending = nil
}

// maxLine is the longest line that is read; more of it is cut off. It is far
// over what a question may be, so that the limit is named by who checks it.
const maxLine = 64 << 10

// readAll reads lines until the input ends.
func (c *Console) readAll() {
	defer close(c.lines)
	line := []byte{}
	buffer := make([]byte, 4096)
	for {
		n, err := c.in.Read(buffer)
		for rest := buffer[:n]; len(rest) > 0; {
			head, tail, ended := bytes.Cut(rest, []byte("\n"))
			line = append(line, head[:min(len(head), maxLine-len(line))]...)
			rest = tail
			if ended {
				c.lines <- line
				line = []byte{}
			}
		}
		if err != nil {
			if len(line) > 0 {
				c.lines <- line
			}
			c.err = err
			return
		}
	}
}

func (c *Console) print(s string) error {
	_, err := io.WriteString(c.out, s)
	return err
}
