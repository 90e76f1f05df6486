package matrixtest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// JS is the environment variable that names the folder with person.mjs and
// its modules.
const JS = "SOURCELINE_MATRIX_JS"

// A JSPerson is somebody whose app is built on matrix-js-sdk and excludes
// insecure devices.
type JSPerson struct {
	UserID id.UserID

	in      io.WriteCloser
	mu      sync.Mutex
	n       int
	waiting map[int]chan jsAnswer
}

type jsAnswer struct {
	ID    int             `json:"id"`
	Value json.RawMessage `json:"value"`
	Error string          `json:"error"`
}

// A JSEvent is an event as the app reads it.
type JSEvent struct {
	ID       id.EventID                `json:"id"`
	Sender   id.UserID                 `json:"sender"`
	Type     string                    `json:"type"`
	Secret   bool                      `json:"secret"`
	Failed   string                    `json:"failed"` // why it cannot be read
	Redacted bool                      `json:"redacted"`
	Relation *event.RelatesTo          `json:"relation"`
	Content  event.MessageEventContent `json:"content"`
}

// NewJSPerson registers somebody and starts the app, which ends with the test.
func (s *Server) NewJSPerson(t testing.TB, ctx context.Context, user string) *JSPerson {
	t.Helper()
	dir := os.Getenv(JS)
	if dir == "" {
		t.Fatalf("%s is not set: .ci/matrix installs the app and runs these tests", JS)
	}
	client, err := s.Register(ctx, user)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "--no-warnings", filepath.Join(dir, "person.mjs"))
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = dieWithParent()
	p := &JSPerson{waiting: map[int]chan jsAnswer{}}
	if p.in, err = cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("start node: %v", err)
	}
	go p.listen(out)
	t.Cleanup(func() { p.in.Close(); _ = cmd.Wait() })
	var who struct {
		User id.UserID `json:"user"`
	}
	p.Do(t, ctx, map[string]any{"do": "login", "url": s.URL, "user": string(client.UserID), "password": Password}, &who)
	p.UserID = who.User
	return p
}

func (p *JSPerson) listen(out io.Reader) {
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		var a jsAnswer
		if json.Unmarshal(lines.Bytes(), &a) != nil {
			continue
		}
		p.mu.Lock()
		c := p.waiting[a.ID]
		delete(p.waiting, a.ID)
		p.mu.Unlock()
		if c != nil {
			c <- a
		}
	}
}

// Do runs one command of person.mjs and decodes its answer.
func (p *JSPerson) Do(t testing.TB, ctx context.Context, command map[string]any, into any) {
	t.Helper()
	p.mu.Lock()
	p.n++
	command["id"] = p.n
	c := make(chan jsAnswer, 1)
	p.waiting[p.n] = c
	p.mu.Unlock()
	raw, err := json.Marshal(command)
	if err == nil {
		_, err = fmt.Fprintf(p.in, "%s\n", raw)
	}
	if err != nil {
		t.Fatal(err)
	}
	select {
	case a := <-c:
		if a.Error != "" {
			t.Fatalf("%v: %s", command["do"], a.Error)
		}
		if into != nil && json.Unmarshal(a.Value, into) != nil {
			t.Fatalf("%v answered %s", command["do"], a.Value)
		}
	case <-ctx.Done():
		t.Fatalf("%v: %v", command["do"], ctx.Err())
	}
}

// Read returns what the app shows of a room.
func (p *JSPerson) Read(t testing.TB, ctx context.Context, room id.RoomID) []JSEvent {
	t.Helper()
	var events []JSEvent
	p.Do(t, ctx, map[string]any{"do": "read", "room": room}, &events)
	return events
}
