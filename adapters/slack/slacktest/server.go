// Package slacktest is a Slack of our own, at the wire: the Web API, Socket
// Mode, signed HTTP requests with their retries, and people who write.
//
// It offers what no package does: a Socket Mode server, slash commands,
// buttons, shortcuts, retries, rate limits and faults. It refuses blocks that
// break Slack's limits. Official Bolt certifies its Socket Mode and its
// signatures (see the folder e2e).
package slacktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Server is the fake. The exported fields may be changed before an adapter is
// started, and under Change after that.
type Server struct {
	// URL is where it listens; API and OtherHost are addresses under it.
	URL string

	Team, Enterprise   string
	BotUser, BotID     string
	BotToken, AppToken string
	SigningSecret      string
	AppID              string
	Scopes             []string      // that the bot token was granted
	BotEvents          []string      // that the app subscribes to
	RequestURL         string        // where events are sent by HTTP; "" is Socket Mode
	AckTimeout         time.Duration // until an event is sent again
	RetryDelays        []time.Duration
	PingEvery          time.Duration // 0: never
	Refresh            string        // the refresh token that is good now
	Expired            bool          // the bot token has expired
	PermissiveBlocks   bool          // take blocks that break the limits
	TooManySockets     bool          // answer each connection with too_many_websockets
	MaxPostsEachSecond bool          // answer 429 where a channel gets two posts in a second

	// Fault, where set, is asked before each call of the Web API or a
	// response_url (method "response_url"); nil lets it pass.
	Fault func(method string, form url.Values) *Fault

	server   *httptest.Server
	mu       sync.Mutex
	clock    int64 // the last timestamp, in microseconds
	users    map[string]User
	channels map[string]*Channel
	views    map[string]json.RawMessage
	prompts  map[string][]Prompt
	status   map[string]string
	hooks    map[string]*hook
	calls    []Call
	links    map[*link]bool
	opened   int
	queue    []*Delivery // waiting for a connection
	sent     []*Delivery // all
	envelope int
	closed   bool
}

// User is a member of the workspace.
type User struct {
	ID, Name, Team, Locale   string
	Guest, Stranger, IsRobot bool
}

// Channel is a conversation. Its posts are in order.
type Channel struct {
	ID, Name  string
	Member    bool // the bot is in it
	ExtShared bool
	Posts     []*Post
}

// Post is a message in a channel.
type Post struct {
	TS, ThreadTS string
	User, BotID  string
	Text         string
	Blocks       json.RawMessage
	Metadata     json.RawMessage
	Only         string // of an ephemeral post: who sees it
	Deleted      bool
	Edited       string
	At           time.Time
}

// Call is a call of the Web API.
type Call struct {
	Method string
	Form   url.Values // form fields, or the top-level fields of a JSON body
	At     time.Time
}

// Prompt is a suggested prompt.
type Prompt struct{ Title, Message string }

// Fault is what goes wrong with a call.
type Fault struct {
	Status     int           // answer this HTTP status
	RetryAfter int           // seconds, with status 429
	Error      string        // answer {"ok":false,"error":…}
	Delay      time.Duration // before anything else
	Cut        bool          // cut the connection instead of an answer
	Perform    bool          // do it all the same, before that
}

type hook struct {
	channel, user string
	target        string // the ephemeral post that was tapped
	uses          int
	expired       bool
}

// New starts a server with one workspace, to be closed.
func New() *Server {
	s := &Server{
		Team: "T0001", BotUser: "U0BOT", BotID: "B0BOT", BotToken: "xoxb-bot-token", AppToken: "xapp-app-token",
		SigningSecret: "signing-secret", AppID: "A0001",
		AckTimeout: 3 * time.Second, RetryDelays: []time.Duration{0, time.Minute, 5 * time.Minute}, PingEvery: 5 * time.Second,
		clock: time.Now().UnixMicro(),
		users: map[string]User{}, channels: map[string]*Channel{}, views: map[string]json.RawMessage{},
		prompts: map[string][]Prompt{}, status: map[string]string{}, hooks: map[string]*hook{}, links: map[*link]bool{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.api)
	mux.HandleFunc("/hook/{id}", s.hook)
	mux.HandleFunc("/link", s.link)
	s.server = httptest.NewServer(mux)
	s.URL = s.server.URL
	return s
}

// API is the address of the Web API.
func (s *Server) API() string { return s.URL + "/api/" }

// Close ends all connections and waits for none.
func (s *Server) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.KillSockets()
	s.server.CloseClientConnections()
	s.server.Close()
}

// Change runs f while the server does nothing else.
func (s *Server) Change(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

// AddUser adds or replaces a member.
func (s *Server) AddUser(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.Team == "" {
		u.Team = s.Team
	}
	s.users[u.ID] = u
}

// AddChannel adds or replaces a channel.
func (s *Server) AddChannel(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[c.ID] = &c
}

// HasChannel reports whether there is such a channel.
func (s *Server) HasChannel(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channels[id] != nil
}

// channel returns a channel, made with the bot in it where it is new. The
// caller holds mu.
func (s *Server) channel(id string) *Channel {
	c := s.channels[id]
	if c == nil {
		c = &Channel{ID: id, Name: strings.ToLower(id), Member: true}
		s.channels[id] = c
	}
	return c
}

// now returns a timestamp that no other message has. The caller holds mu.
func (s *Server) now() string {
	s.clock = max(s.clock+1, time.Now().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.clock/1e6, s.clock%1e6)
}

// Posts returns what stands in a channel, oldest first, ephemeral posts
// included; thread "" is all of it.
func (s *Server) Posts(channel, thread string) []Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	var posts []Post
	if c := s.channels[channel]; c != nil {
		for _, p := range c.Posts {
			if !p.Deleted && (thread == "" || p.TS == thread || p.ThreadTS == thread) {
				posts = append(posts, *p)
			}
		}
	}
	return posts
}

// find returns a post of a channel. The caller holds mu.
func (s *Server) find(channel, ts string) *Post {
	if c := s.channels[channel]; c != nil {
		for i := len(c.Posts) - 1; i >= 0; i-- {
			if c.Posts[i].TS == ts && !c.Posts[i].Deleted {
				return c.Posts[i]
			}
		}
	}
	return nil
}

// Where returns the channel that a post stands or stood in; "" where there is
// no such post.
func (s *Server) Where(ts string) (channel, thread string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, c := range s.channels {
		for _, p := range c.Posts {
			if p.TS == ts {
				return id, p.ThreadTS
			}
		}
	}
	return "", ""
}

// Calls returns the calls of a method, "" for all.
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var calls []Call
	for _, c := range s.calls {
		if method == "" || c.Method == method {
			calls = append(calls, c)
		}
	}
	return calls
}

// View returns the Home tab of a user as it was published.
func (s *Server) View(user string) json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.views[user]
}

// Prompts returns the suggested prompts of a conversation.
func (s *Server) Prompts(channel string) []Prompt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.prompts[channel]
}

// Status returns what is shown as the bot's status in a thread.
func (s *Server) Status(channel, thread string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status[channel+"/"+thread]
}

// ExpireHooks makes all response_urls useless.
func (s *Server) ExpireHooks() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, h := range s.hooks {
		h.expired = true
	}
}
