// Package terminaltest plays the person at a terminal, for the conformance
// suite and for tests of a whole bot.
package terminaltest

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"testing"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/terminal"
)

// A Screen is a person at a terminal: types lines, and reads what is printed.
type Screen struct {
	console *terminal.Console
	typed   chan string
	count   int // messages typed

	mu    sync.Mutex
	shown strings.Builder
	lose  string // "arrives" or "is lost": the next print
}

// New returns a screen on which nothing was typed.
func New(t *testing.T) *Screen {
	r, w := io.Pipe()
	s := &Screen{typed: make(chan string, 1000)}
	s.console = terminal.NewConsole(r, s)
	go func() { // the adapter may be down while somebody types
		defer w.Close()
		for line := range s.typed {
			io.WriteString(w, line)
		}
	}()
	t.Cleanup(func() { r.Close(); close(s.typed) })
	return s
}

func (s *Screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	lose := s.lose
	s.lose = ""
	if lose != "is lost" {
		s.shown.Write(p)
	}
	if lose != "" {
		return 0, errors.New("the line " + lose)
	}
	return len(p), nil
}

func (s *Screen) Lacks() []adaptertest.Feature { return nil }

func (s *Screen) Adapter(t *testing.T, store adapters.Store) adapters.Adapter {
	return terminal.New(s.console, store, terminal.Options{Script: true, TextOptions: adapters.TextOptions{Color: true}})
}

func (s *Screen) Do(t *testing.T, a adaptertest.Act) adaptertest.Ref {
	t.Helper()
	room := a.Room
	if a.Kind == adapters.Direct {
		room = ""
	}
	lines := []string{"/as " + a.Who, "/in " + room}
	switch a.Kind {
	case adapters.Mention:
		if a.Bot {
			lines = append(lines, "/bot "+a.Text)
		} else {
			lines = append(lines, "@bot "+a.Text)
		}
	case adapters.Direct:
		lines = append(lines, a.Text)
	case adapters.ThreadReply:
		lines = append(lines, fmt.Sprintf("#%s %s", a.On, a.Text))
	case adapters.Command:
		lines = append(lines, "/ask "+a.Text)
	case adapters.Edited:
		lines = append(lines, fmt.Sprintf("/edit %s %s", a.On, a.Text))
	case adapters.Deleted:
		lines = append(lines, fmt.Sprintf("/delete %s", a.On))
	case adapters.Reaction:
		lines = append(lines, fmt.Sprintf("/react %s %s", a.On, a.Value))
	case adapters.Action:
		lines = append(lines, fmt.Sprintf("/press %s %s", a.On, a.Value))
	case adapters.Joined:
		lines = append(lines, "/joined "+a.Room)
	default:
		t.Fatalf("no way to do %+v", a)
	}
	s.count++
	s.typed <- strings.Join(lines, "\n") + "\n"
	return adaptertest.Ref(fmt.Sprint("m", s.count))
}

// Repeat: a line is never read twice.
func (s *Screen) Repeat(*testing.T, adaptertest.Ref) {}

func (s *Screen) Lose(_ *testing.T, arrives bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lose = "is lost"
	if arrives {
		s.lose = "arrives"
	}
}

var postHeader = regexp.MustCompile(`^\[(p\d+)( edited| deleted)?(?: in (\S+))?(?: #(\S+))?(?: for (\S+))?\]$`)

// styles are the printer's own.
var styles = regexp.MustCompile("\x1b\\[[012]m")

func (s *Screen) Posts(t *testing.T, c adapters.Conversation) []adaptertest.Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	var posts []adaptertest.Post
	in := map[adapters.PostID]bool{}
	var at *adaptertest.Post
	for line := range strings.SplitSeq(s.shown.String(), "\n") {
		if h := postHeader.FindStringSubmatch(line); h != nil {
			at = nil
			id := adapters.PostID(h[1])
			if room := h[3]; (room != c.Room && !(room == "" && c.Room == directRoom)) || h[4] != c.Thread {
				continue
			}
			if !in[id] {
				in[id] = true
				posts = append(posts, adaptertest.Post{ID: id})
			}
			for i := range posts {
				if posts[i].ID == id {
					posts[i] = adaptertest.Post{ID: id, Only: h[5]}
					at = &posts[i]
				}
			}
			if h[2] == " deleted" {
				at.ID = ""
			}
			continue
		}
		if text, ok := strings.CutPrefix(line, "  "); ok && at != nil {
			text = strings.TrimPrefix(text, "> ")
			at.Text += styles.ReplaceAllString(text, "") + "\n"
			if i := strings.Index(styles.ReplaceAllString(text, ""), "\x1b"); i >= 0 {
				at.Live = append(at.Live, text)
			}
		}
	}
	var standing []adaptertest.Post
	for _, p := range posts {
		if p.ID != "" {
			standing = append(standing, p)
		}
	}
	return standing
}

// directRoom is the room of the conversation with the bot alone.
const directRoom = "console"
