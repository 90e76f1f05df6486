package inbox

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"sourceline/adapters"
)

// The fault tests run the bot's inbox in child processes, which are this test
// binary started anew, against a platform in this process, and kill the
// children with SIGKILL at random moments.

// childVar, set, makes the test binary a child: "platform database".
const childVar = "SOURCELINE_TEST_CHILD"

// seedVar sets the seed of the fault tests, to repeat one that failed.
const seedVar = "SOURCELINE_TEST_SEED"

func TestMain(m *testing.M) {
	if child := os.Getenv(childVar); child != "" {
		platform, database, _ := strings.Cut(child, " ")
		if err := runChild(platform, database); err != nil {
			fmt.Fprintln(os.Stderr, "child:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// faultLease is short, so that a test need not wait long for the claims of a
// process that was killed, and long enough for a request to the platform to
// get through on a busy machine.
const faultLease = 3 * time.Second

// runChild is the bot: an adapter and a worker on the database.
func runChild(platform, database string) error {
	ctx := context.Background()
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	box, err := Open(ctx, database, Options{Lease: faultLease, Log: log})
	for try := 0; err != nil && IsPostgres(database) && try < 100; try++ { // the database restarts
		time.Sleep(100 * time.Millisecond)
		box, err = Open(ctx, database, Options{Lease: faultLease, Log: log})
	}
	if err != nil {
		return err
	}
	a := &wireAdapter{url: platform}
	go box.Work(ctx, Worker{Post: a.Post, Handle: func(_ context.Context, it Item) (Result, error) {
		time.Sleep(rand.N(3 * time.Millisecond))
		return Result{Outcome: Answered, Posts: []Post{{Reply: adapters.Reply{Parts: []adapters.Part{adapters.Note{Text: it.Text}}},
			Facts: []Fact{{ID: it.ID, Article: "a"}}}}}, nil
	}})
	return a.Run(ctx, box)
}

// A wireAdapter speaks to the platform of the test.
type wireAdapter struct{ url string }

// call posts in as JSON and reads the answer into out.
func (a *wireAdapter) call(ctx context.Context, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.url+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, resp.Status)
	}
	return json.NewDecoder(resp.Body).Decode(out)
}

// Run fetches messages, some at once, and acknowledges those that are stored.
func (a *wireAdapter) Run(ctx context.Context, inbox adapters.Inbox) error {
	for {
		var ms []adapters.Message
		if err := a.call(ctx, "/fetch", struct{}{}, &ms); err != nil {
			return err
		}
		var wait sync.WaitGroup
		for _, m := range ms {
			wait.Go(func() {
				if inbox.Put(ctx, m) == nil {
					var ok bool
					a.call(ctx, "/ack", m.ID, &ok)
				}
			})
		}
		wait.Wait()
	}
}

// A wirePost is a post on the wire.
type wirePost struct{ Key, Thread, Text string }

// Post looks for an uncertain post before it posts it.
func (a *wireAdapter) Post(ctx context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	var id string
	if o.Uncertain {
		if err := a.call(ctx, "/find", o.Key, &id); err != nil {
			return "", err
		}
		if id != "" {
			return adapters.PostID(id), nil
		}
	}
	note := o.Reply.Parts[0].(adapters.Note)
	if err := a.call(ctx, "/post", wirePost{o.Key, o.Conversation.Thread, note.Text}, &id); err != nil {
		return "", fmt.Errorf("%w: %w", err, adapters.ErrUncertain)
	}
	return adapters.PostID(id), nil
}

// A wirePlatform outlives the bot: it delivers what was not acknowledged, in
// order within a thread, and keeps every post, twice where it gets it twice.
type wirePlatform struct {
	*httptest.Server
	mu      sync.Mutex
	rand    *rand.Rand
	threads [][]adapters.Message // not acknowledged
	offered map[string]time.Time // when a message was last delivered
	posts   []wirePost
	lost    int // answers to posts that were dropped on the way
}

const (
	faultQuestions = 2000
	faultThreads   = 50
	offerAgain     = 300 * time.Millisecond // to whoever asks, where a message was not acknowledged
	offerAtOnce    = 20
	loseOneIn      = 100 // posts whose answer is lost on the way
)

func newWirePlatform(t *testing.T, r *rand.Rand) *wirePlatform {
	p := &wirePlatform{rand: rand.New(rand.NewPCG(r.Uint64(), 0)), offered: map[string]time.Time{}, threads: make([][]adapters.Message, faultThreads)}
	for i := range faultQuestions {
		th := i % faultThreads
		p.threads[th] = append(p.threads[th], adapters.Message{
			ID: fmt.Sprint("q", i), Kind: adapters.Mention, Sender: "ann", Text: fmt.Sprintf("%d in %d", i/faultThreads, th), Sent: time.Now(),
			Conversation: adapters.Conversation{Platform: "wire", Room: "desk", Thread: fmt.Sprint("t", th)},
		})
	}
	mux := http.NewServeMux()
	handle(mux, "/fetch", func(struct{}) any { return p.fetch() })
	handle(mux, "/ack", func(id string) any { return p.ack(id) })
	handle(mux, "/find", p.find)
	handle(mux, "/post", p.take)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

// handle serves do as JSON; an answer of nil breaks the connection.
func handle[In any](mux *http.ServeMux, path string, do func(In) any) {
	mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		var in In
		body, err := io.ReadAll(r.Body)
		if err == nil {
			err = json.Unmarshal(body, &in)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest) // cut off: the child was killed
			return
		}
		out := do(in)
		if out == nil {
			panic(http.ErrAbortHandler)
		}
		json.NewEncoder(w).Encode(out)
	})
}

// fetch offers the first message of some threads, after a moment.
func (p *wirePlatform) fetch() []adapters.Message {
	time.Sleep(5 * time.Millisecond)
	p.mu.Lock()
	defer p.mu.Unlock()
	var ms []adapters.Message
	for _, th := range p.rand.Perm(faultThreads) {
		if len(p.threads[th]) == 0 || len(ms) == offerAtOnce {
			continue
		}
		m := p.threads[th][0]
		if time.Since(p.offered[m.ID]) < offerAgain {
			continue
		}
		p.offered[m.ID] = time.Now()
		ms = append(ms, m)
	}
	return ms
}

func (p *wirePlatform) ack(id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for th, ms := range p.threads {
		if len(ms) > 0 && ms[0].ID == id {
			p.threads[th] = ms[1:]
		}
	}
	return true
}

func (p *wirePlatform) find(key string) any {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, post := range p.posts {
		if post.Key == key {
			return fmt.Sprint("p", i)
		}
	}
	return ""
}

func (p *wirePlatform) take(post wirePost) any {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.posts = append(p.posts, post)
	if p.rand.IntN(loseOneIn) == 0 {
		p.lost++
		return nil
	}
	return fmt.Sprint("p", len(p.posts)-1)
}

// count is how many posts there are.
func (p *wirePlatform) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.posts)
}

// check holds that every question was answered exactly once, in order within
// its thread.
func (p *wirePlatform) check(t *testing.T) {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	t.Logf("the answers to %d posts were lost on the way", p.lost)
	next := map[string]int{}
	keys := map[string]bool{}
	for i, post := range p.posts {
		var n, th int
		if _, err := fmt.Sscanf(post.Text, "%d in %d", &n, &th); err != nil || fmt.Sprint("t", th) != post.Thread {
			t.Errorf("post %d %+v is no answer in its thread (%v)", i, post, err)
			continue
		}
		if keys[post.Key] {
			t.Errorf("post %d %+v is there twice", i, post)
			continue
		}
		if n != next[post.Thread] {
			t.Errorf("post %d answers question %d of thread %s, want %d", i, n, post.Thread, next[post.Thread])
		}
		keys[post.Key] = true
		next[post.Thread] = n + 1
	}
	if len(keys) != faultQuestions {
		t.Errorf("%d of %d questions were answered", len(keys), faultQuestions)
	}
}

// A child is the bot in a process of its own.
type child struct {
	*exec.Cmd
	log *bytes.Buffer
}

func startChild(t *testing.T, p *wirePlatform, database string) *child {
	t.Helper()
	c := &child{Cmd: exec.Command(os.Args[0]), log: new(bytes.Buffer)}
	c.Env = append(os.Environ(), childVar+"="+p.URL+" "+database)
	c.Stderr = c.log
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.kill)
	return c
}

// kill ends the child at once and waits until it is gone.
func (c *child) kill() {
	c.Process.Kill()
	c.Wait()
}

// seeded returns a random generator whose seed is printed.
func seeded(t *testing.T) *rand.Rand {
	seed := rand.Uint64()
	if s := os.Getenv(seedVar); s != "" {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatalf("%s: %v", seedVar, err)
		}
		seed = n
	}
	t.Logf("%s=%d", seedVar, seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// faultTime is how long a fault test may take before it counts as stuck.
const faultTime = 4 * time.Minute

// await waits until the platform has n posts or the moment has come.
func (p *wirePlatform) await(t *testing.T, n int, until time.Time) {
	t.Helper()
	for p.count() < n && time.Now().Before(until) {
		time.Sleep(time.Millisecond)
	}
}

// TestKilled: one bot on SQLite, killed at random moments: soon after its
// start, or when it has posted some more answers.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED in short mode: takes half a minute")
	}
	const kills = 25
	r := seeded(t)
	p := newWirePlatform(t, r)
	database := filepath.Join(t.TempDir(), "inbox.db")
	end := time.Now().Add(faultTime)
	bot := startChild(t, p, database)
	for range kills {
		if r.IntN(4) == 0 {
			time.Sleep(time.Duration(r.IntN(100)) * time.Millisecond)
		} else {
			p.await(t, p.count()+1+r.IntN(faultQuestions/kills), end)
			time.Sleep(time.Duration(r.IntN(5000)) * time.Microsecond)
		}
		bot.kill()
		bot = startChild(t, p, database)
	}
	before := p.count()
	p.await(t, faultQuestions, end)
	time.Sleep(2 * faultLease) // for what comes too much
	bot.kill()
	p.check(t)
	t.Logf("killed %d times, the last time after %d posts", kills, before)
	if t.Failed() {
		t.Logf("the last child said:\n%s", tail(bot.log))
	}
}

// TestReplicasKilled: two bots on PostgreSQL, of which one or the other is
// killed, and the database too, once.
func TestReplicasKilled(t *testing.T) {
	address := postgresAddress(t)
	if testing.Short() {
		t.Skip("SKIPPED in short mode: takes half a minute")
	}
	const kills = 8
	r := seeded(t)
	p := newWirePlatform(t, r)
	end := time.Now().Add(faultTime)
	bots := []*child{startChild(t, p, address), startChild(t, p, address)}
	for i := range kills {
		p.await(t, p.count()+1+r.IntN(faultQuestions/kills), end)
		time.Sleep(time.Duration(r.IntN(5000)) * time.Microsecond)
		if i == kills/2 {
			restartPostgres(t)
		}
		n := r.IntN(len(bots))
		bots[n].kill()
		if r.IntN(2) == 0 { // the other goes on alone for a while
			p.await(t, p.count()+r.IntN(50), time.Now().Add(2*faultLease))
		}
		bots[n] = startChild(t, p, address)
	}
	before := p.count()
	p.await(t, faultQuestions, end)
	time.Sleep(2 * faultLease)
	for _, b := range bots {
		b.kill()
	}
	p.check(t)
	t.Logf("killed %d times, the last time after %d posts", kills, before)
	if t.Failed() {
		for i, b := range bots {
			t.Logf("child %d said:\n%s", i, tail(b.log))
		}
	}
}

// restartVar names the environment variable with the command that restarts
// the PostgreSQL of the tests.
const restartVar = postgresVar + "_RESTART"

func restartPostgres(t *testing.T) {
	t.Helper()
	command := os.Getenv(restartVar)
	if command == "" {
		t.Skipf("SKIPPED: set %s to a command that restarts the database (.ci/postgres does)", restartVar)
	}
	if out, err := exec.Command("sh", "-c", command).CombinedOutput(); err != nil {
		t.Fatalf("restart PostgreSQL: %v\n%s", err, out)
	}
}

// tail is the end of a log.
func tail(log *bytes.Buffer) string {
	const most = 4000
	s := log.String()
	return s[max(0, len(s)-most):]
}
