package slacktest

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Delivery is an envelope on its way to the app.
type Delivery struct {
	ID      string
	Kind    string // events_api, slash_commands, interactive
	Payload json.RawMessage
	once    sync.Once
	acked   chan struct{}

	mu      sync.Mutex
	tries   int
	ackedAt time.Time
	sentAt  time.Time // first
}

// Acked is closed once the app has acknowledged it.
func (d *Delivery) Acked() <-chan struct{} { return d.acked }

// Tries is how often it was sent.
func (d *Delivery) Tries() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.tries
}

// Took is how long from the first sending to the acknowledgement.
func (d *Delivery) Took() time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ackedAt.Sub(d.sentAt)
}

func (d *Delivery) ack() {
	d.once.Do(func() {
		d.mu.Lock()
		d.ackedAt = time.Now()
		d.mu.Unlock()
		close(d.acked)
	})
}

func (d *Delivery) isAcked() bool {
	select {
	case <-d.acked:
		return true
	default:
		return false
	}
}

// link is a Socket Mode connection.
type link struct {
	conn *websocket.Conn
	mu   sync.Mutex // of writing
	wait map[string]*Delivery
	deaf chan struct{}
	once sync.Once
}

// deafen stops the pings.
func (l *link) deafen() { l.once.Do(func() { close(l.deaf) }) }

func (l *link) write(v any) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if raw, ok := v.(json.RawMessage); ok {
		return l.conn.WriteMessage(websocket.TextMessage, raw)
	}
	return l.conn.WriteJSON(v)
}

var upgrader = websocket.Upgrader{}

// link takes a Socket Mode connection.
func (s *Server) link(w http.ResponseWriter, r *http.Request) {
	conn, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	l := &link{conn: conn, wait: map[string]*Delivery{}, deaf: make(chan struct{})}
	defer conn.Close()
	s.mu.Lock()
	tooMany := s.TooManySockets
	every := s.PingEvery
	s.mu.Unlock()
	if tooMany {
		l.write(object{"type": "disconnect", "reason": "too_many_websockets", "debug_info": object{"host": "fake"}})
		return
	}
	if l.write(object{"type": "hello", "num_connections": 1, "connection_info": object{"app_id": s.AppID},
		"debug_info": object{"host": "fake", "approximate_connection_time": 18060}}) != nil {
		return
	}
	s.attach(l)
	defer s.detach(l)
	if every > 0 {
		defer l.deafen()
		go ping(l, every)
	}
	for {
		var ack struct {
			EnvelopeID string `json:"envelope_id"`
		}
		if err := conn.ReadJSON(&ack); err != nil {
			return
		}
		l.mu.Lock()
		d := l.wait[ack.EnvelopeID]
		l.mu.Unlock()
		if d != nil {
			d.ack()
		}
	}
}

func ping(l *link, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if l.conn.WriteControl(websocket.PingMessage, []byte("ping"), time.Now().Add(time.Second)) != nil {
			return
		}
		select {
		case <-l.deaf:
			return
		case <-tick.C:
		}
	}
}

// attach makes a connection one that envelopes are sent to, those first that
// waited for one.
func (s *Server) attach(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.links[l] = true
	queue := s.queue
	s.queue = nil
	for _, d := range queue {
		s.send(d)
	}
}

func (s *Server) detach(l *link) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.links, l)
	// What was not acknowledged is sent again, on another connection.
	for _, d := range l.wait {
		if !d.isAcked() && d.Tries() <= len(s.RetryDelays) {
			s.send(d)
		}
	}
}

// Sockets is how many connections are open; Opened how many were asked for.
func (s *Server) Sockets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.links)
}

// Opened is how many Socket Mode addresses were handed out.
func (s *Server) Opened() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened
}

// KillSockets cuts all connections.
func (s *Server) KillSockets() {
	for _, l := range s.open() {
		l.conn.Close()
	}
}

// Disconnect asks for all connections to be replaced, as Slack does every hour
// or so, and closes them after grace.
func (s *Server) Disconnect(reason string, grace time.Duration) {
	for _, l := range s.open() {
		l.write(object{"type": "disconnect", "reason": reason, "debug_info": object{"host": "fake"}})
		s.mu.Lock()
		delete(s.links, l) // nothing new comes on it
		s.mu.Unlock()
		time.AfterFunc(grace, func() { l.conn.Close() })
	}
}

func (s *Server) open() []*link {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*link
	for l := range s.links {
		all = append(all, l)
	}
	return all
}

// Raw sends a frame as it is on one of the connections.
func (s *Server) Raw(frame string) error {
	for _, l := range s.open() {
		return l.write(json.RawMessage(frame))
	}
	return fmt.Errorf("no connection")
}

// Deliver sends an envelope, again and again until it is acknowledged.
func (s *Server) Deliver(kind string, payload any) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.deliver(kind, payload)
}

func (s *Server) deliver(kind string, payload any) *Delivery {
	raw, err := json.Marshal(payload)
	if err != nil {
		panic(err)
	}
	s.envelope++
	d := &Delivery{ID: fmt.Sprintf("envelope-%d", s.envelope), Kind: kind, Payload: raw, acked: make(chan struct{})}
	s.sent = append(s.sent, d)
	s.send(d)
	return d
}

// send sends d once and sees to its retries. The caller holds mu.
func (s *Server) send(d *Delivery) {
	if s.closed {
		return
	}
	d.mu.Lock()
	try := d.tries
	d.tries++
	if try == 0 {
		d.sentAt = time.Now()
	}
	d.mu.Unlock()
	if s.RequestURL != "" {
		address, secret := s.RequestURL, s.SigningSecret
		go s.post(d, try, address, secret)
		return
	}
	for l := range s.links { // in no order: each envelope goes to one connection at random
		l.mu.Lock()
		l.wait[d.ID] = d
		l.mu.Unlock()
		frame := object{"type": d.Kind, "envelope_id": d.ID, "payload": d.Payload, "accepts_response_payload": d.Kind != "events_api"}
		if try > 0 {
			frame["retry_attempt"], frame["retry_reason"] = try, "timeout"
		}
		if l.write(frame) != nil {
			continue
		}
		s.retryLater(d, try, s.AckTimeout)
		return
	}
	d.mu.Lock()
	d.tries--
	d.mu.Unlock()
	s.queue = append(s.queue, d)
}

// retryLater sends d again where it is not acknowledged in time. The caller
// holds mu.
func (s *Server) retryLater(d *Delivery, try int, timeout time.Duration) {
	if try >= len(s.RetryDelays) {
		return
	}
	time.AfterFunc(timeout+s.RetryDelays[try], func() {
		if d.isAcked() || d.Tries() != try+1 {
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.send(d)
	})
}

// post sends d by HTTP. Where nobody listens it tries again without counting:
// a fake need not give up.
func (s *Server) post(d *Delivery, try int, address, secret string) {
	req, err := s.Request(d.Kind, d.Payload, address, secret, time.Now())
	if err != nil {
		panic(err)
	}
	if try > 0 {
		req.Header.Set("X-Slack-Retry-Num", strconv.Itoa(try))
		req.Header.Set("X-Slack-Retry-Reason", "http_timeout")
	}
	client := http.Client{Timeout: s.AckTimeout}
	r, err := client.Do(req)
	if err == nil {
		io.Copy(io.Discard, r.Body)
		r.Body.Close()
		if r.StatusCode == http.StatusOK {
			d.ack()
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil { // nobody listens
		time.AfterFunc(10*time.Millisecond, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			d.mu.Lock()
			d.tries--
			d.mu.Unlock()
			s.send(d)
		})
		return
	}
	s.retryLater(d, try, 0)
}

// Request is the signed HTTP request for an envelope.
func (s *Server) Request(kind string, payload []byte, address, secret string, at time.Time) (*http.Request, error) {
	body, media := payload, "application/json"
	switch kind {
	case "interactive":
		body, media = []byte(url.Values{"payload": {string(payload)}}.Encode()), "application/x-www-form-urlencoded"
	case "slash_commands":
		fields := map[string]string{}
		if err := json.Unmarshal(payload, &fields); err != nil {
			return nil, err
		}
		form := url.Values{}
		for k, v := range fields {
			form.Set(k, v)
		}
		body, media = []byte(form.Encode()), "application/x-www-form-urlencoded"
	}
	req, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	stamp := strconv.FormatInt(at.Unix(), 10)
	req.Header.Set("Content-Type", media)
	req.Header.Set("X-Slack-Request-Timestamp", stamp)
	req.Header.Set("X-Slack-Signature", Sign(secret, stamp, body))
	return req, nil
}

// Sign is Slack's signature of a request body.
func Sign(secret, stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// Idle reports whether everything that was delivered is acknowledged or given
// up.
func (s *Server) Idle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.sent {
		if !d.isAcked() && d.Tries() <= len(s.RetryDelays) {
			return false
		}
	}
	return len(s.queue) == 0
}

// Delivered returns all that was ever delivered.
func (s *Server) Delivered() []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.sent)
}

// Deafen stops the pings on all connections, which stay open.
func (s *Server) Deafen() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for l := range s.links {
		l.deafen()
	}
}
