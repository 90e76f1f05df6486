package matrixtest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"time"
)

// A Proxy stands between the bot and its homeserver and makes trouble when
// told to.
type Proxy struct {
	URL string

	mu    sync.Mutex
	lose  string   // "", "before" or "after"
	syncs [][]byte // bodies of recent syncs
	again []byte   // the body to answer the next sync with
	sent  []string // events that the homeserver took

	watching bool
	arrived  map[string]time.Time // when the sync that brought an event was passed on
	took     []time.Duration      // from there to the answer's coming by
}

// keptSyncs is how many syncs are remembered for a repeat.
const keptSyncs = 200

// NewProxy returns a proxy for a homeserver, and what ends it.
func NewProxy(homeserver string) (*Proxy, func()) {
	target, err := url.Parse(homeserver)
	if err != nil {
		panic(err) // the caller's own server
	}
	p := &Proxy{}
	reverse := httputil.NewSingleHostReverseProxy(target)
	reverse.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.serve(reverse, w, r) }))
	p.URL = server.URL
	return p, func() { server.CloseClientConnections(); server.Close() }
}

// Lose breaks the connection under the next event that is sent, after or
// before the homeserver took it.
func (p *Proxy) Lose(after bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lose = "before"
	if after {
		p.lose = "after"
	}
}

// Repeat answers the next sync once more with the one that brought an event.
// It reports whether there was one.
func (p *Proxy) Repeat(event string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, body := range p.syncs {
		if bytes.Contains(body, []byte(`"`+event+`"`)) {
			p.again = body
			return true
		}
	}
	return false
}

func (p *Proxy) serve(next http.Handler, w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodPut && (strings.Contains(r.URL.Path, "/send/") || strings.Contains(r.URL.Path, "/redact/")):
		p.serveSend(next, w, r)
	case strings.HasSuffix(r.URL.Path, "/sync"):
		p.serveSync(next, w, r)
	default:
		next.ServeHTTP(w, r)
	}
}

func (p *Proxy) serveSend(next http.Handler, w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	lose := p.lose
	p.lose = ""
	p.mu.Unlock()
	if lose == "before" {
		_, _ = io.Copy(io.Discard, r.Body)
		panic(http.ErrAbortHandler)
	}
	p.note(r)
	rec := httptest.NewRecorder()
	next.ServeHTTP(rec, r)
	var took struct {
		Event string `json:"event_id"`
	}
	if rec.Code == http.StatusOK && json.Unmarshal(rec.Body.Bytes(), &took) == nil {
		p.mu.Lock()
		p.sent = append(p.sent, took.Event)
		p.mu.Unlock()
	}
	if lose == "after" {
		panic(http.ErrAbortHandler)
	}
	copyTo(w, rec)
}

// Watch begins, or begins anew, to measure how long answers take.
func (p *Proxy) Watch() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.watching, p.arrived, p.took = true, map[string]time.Time{}, nil
}

// Took returns how long answers took: from the passing on of the sync that
// brought a question to the coming by of the answer, whose relation names it.
// The homeserver's own time is not in it.
func (p *Proxy) Took() []time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]time.Duration(nil), p.took...)
}

// note measures an answer that comes by.
func (p *Proxy) note(r *http.Request) {
	now := time.Now()
	body, err := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	var answer struct {
		Relation struct {
			Question struct {
				ID string `json:"event_id"`
			} `json:"m.in_reply_to"`
		} `json:"m.relates_to"`
	}
	if err != nil || json.Unmarshal(body, &answer) != nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if at, ok := p.arrived[answer.Relation.Question.ID]; ok && p.watching {
		p.took = append(p.took, now.Sub(at))
		delete(p.arrived, answer.Relation.Question.ID)
	}
}

// eventID finds the events of a sync.
var eventID = regexp.MustCompile(`"event_id":"(\$[^"]+)"`)

// Sent returns the events that the homeserver took from the bot.
func (p *Proxy) Sent() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.sent...)
}

func copyTo(w http.ResponseWriter, rec *httptest.ResponseRecorder) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(rec.Code)
	_, _ = w.Write(rec.Body.Bytes())
}

func (p *Proxy) serveSync(next http.Handler, w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	again := p.again
	p.again = nil
	p.mu.Unlock()
	if again != nil {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(again)
		return
	}
	r.Header.Del("Accept-Encoding")
	rec := httptest.NewRecorder()
	next.ServeHTTP(rec, r)
	if rec.Code == http.StatusOK {
		p.mu.Lock()
		p.syncs = append(p.syncs, rec.Body.Bytes())
		if len(p.syncs) > keptSyncs {
			p.syncs = p.syncs[1:]
		}
		for _, found := range eventID.FindAllSubmatch(rec.Body.Bytes(), -1) {
			if evt := string(found[1]); p.watching && p.arrived[evt].IsZero() {
				p.arrived[evt] = time.Now()
			}
		}
		p.mu.Unlock()
	}
	copyTo(w, rec)
}
