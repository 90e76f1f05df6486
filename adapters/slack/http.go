package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"time"

	api "github.com/slack-go/slack"
)

const (
	maxBody      = 4 << 20 // of a request
	replayWindow = 5 * time.Minute
)

// serve takes Slack's HTTP requests until ctx ends.
func (a *Adapter) serve(ctx context.Context, in *intake) error {
	listener := a.listener
	if listener == nil {
		var err error
		if listener, err = new(net.ListenConfig).Listen(ctx, "tcp", a.cfg.Listen); err != nil {
			return fmt.Errorf("slack: listening for Slack's requests: %w", err)
		}
	}
	mux := http.NewServeMux()
	mux.Handle("POST "+a.cfg.Path, &receiver{a: a, in: in, seen: newMemory[bool](2 * replayWindow)})
	server := &http.Server{Handler: mux, ReadTimeout: requestTimeout, WriteTimeout: requestTimeout, IdleTimeout: time.Minute}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	a.serving.Store(true)
	defer a.serving.Store(false)
	select {
	case err := <-failed:
		return fmt.Errorf("slack: taking Slack's requests on %s: %w", a.cfg.Listen, err)
	case <-ctx.Done():
	}
	a.serving.Store(false)
	late, cancel := context.WithTimeout(context.WithoutCancel(ctx), a.pace.drain)
	defer cancel()
	if err := server.Shutdown(late); err != nil {
		a.log.Warn("requests were cut off", "err", err)
	}
	return ctx.Err()
}

// receiver checks and takes requests of the Events API, slash commands and
// interactions, which all come to one address.
type receiver struct {
	a    *Adapter
	in   *intake
	seen memory[bool] // signatures of requests that were acknowledged
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, maxBody))
	if err != nil {
		http.Error(w, "the body cannot be read", http.StatusBadRequest)
		return
	}
	if err := verify(req.Header, body, string(r.a.cfg.SigningSecret)); err != nil {
		r.a.log.Warn("a request was refused", "from", req.RemoteAddr, "err", err)
		http.Error(w, "the signature is wrong", http.StatusUnauthorized)
		return
	}
	signature := req.Header.Get("X-Slack-Signature")
	if _, replayed := r.seen.held(signature); replayed {
		return // acknowledged once more, done once; a retry of Slack's is signed anew
	}
	if retry := req.Header.Get("X-Slack-Retry-Num"); retry != "" {
		r.a.log.Info("Slack sends an event again", "try", retry, "why", req.Header.Get("X-Slack-Retry-Reason"))
	}
	kind, payload, challenge := unwrap(req.Header.Get("Content-Type"), body)
	if challenge != "" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if _, err := io.WriteString(w, challenge); err != nil {
			r.a.log.Debug("challenge not answered", "err", err)
		}
		return
	}
	done := make(chan error, 1)
	r.in.take(kind, payload, func(err error) { done <- err })
	if err := <-done; err != nil {
		http.Error(w, "not taken in, please send it again", http.StatusServiceUnavailable)
		return
	}
	r.seen.put(signature, true)
}

// verify checks Slack's signature over the raw body and the request's age.
func verify(header http.Header, body []byte, secret string) error {
	v, err := api.NewSecretsVerifier(header, secret)
	if err != nil {
		return fmt.Errorf("slack: signature headers: %w", err)
	}
	if _, err := v.Write(body); err != nil {
		return fmt.Errorf("slack: hashing the body: %w", err)
	}
	if err := v.Ensure(); err != nil {
		return fmt.Errorf("slack: signature: %w", err)
	}
	return nil
}

// unwrap finds the payload in a body, and what kind it is; or the challenge with
// which Slack tries out an address.
func unwrap(contentType string, body []byte) (kind kindOf, payload []byte, challenge string) {
	if media, _, err := mime.ParseMediaType(contentType); err != nil || media != "application/x-www-form-urlencoded" {
		var outer outerEvent
		if json.Unmarshal(body, &outer) == nil && outer.Type == "url_verification" {
			return eventsAPI, body, outer.Challenge
		}
		return eventsAPI, body, ""
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return slashPrompt, nil, "" // read says that it is malformed
	}
	if p := form.Get("payload"); p != "" {
		return interactive, []byte(p), ""
	}
	fields := map[string]string{}
	for k := range form {
		fields[k] = form.Get(k)
	}
	payload, err = json.Marshal(fields)
	if err != nil {
		return slashPrompt, nil, ""
	}
	return slashPrompt, payload, ""
}
