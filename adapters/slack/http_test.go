package slack

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/slack/slacktest"
)

const testSecret = "signing-secret"

// signatureCase is a request with a good or a bad signature.
type signatureCase struct {
	name   string
	good   bool
	change func(*http.Request)
}

const signedBody = `{"type":"event_callback","team_id":"T0001","event_id":"Ev77","event":{"type":"app_home_opened","user":"UANN","channel":"DUANN","tab":"about"}}`

// signed signs a request that is so old.
func signed(age time.Duration, secret string) func(*http.Request) {
	return func(r *http.Request) {
		stamp := strconv.FormatInt(time.Now().Add(-age).Unix(), 10)
		r.Header.Set("X-Slack-Request-Timestamp", stamp)
		r.Header.Set("X-Slack-Signature", slacktest.Sign(secret, stamp, []byte(signedBody)))
	}
}

func header(name, value string) func(*http.Request) {
	return func(r *http.Request) {
		signed(0, testSecret)(r)
		r.Header.Set(name, value)
		if value == "" {
			r.Header.Del(name)
		}
	}
}

var signatureCases = []signatureCase{
	{"good", true, signed(0, testSecret)},
	{"four minutes old", true, signed(4*time.Minute, testSecret)},
	{"another secret", false, signed(0, "other")},
	{"six minutes old", false, signed(6*time.Minute, testSecret)},
	{"no signature", false, header("X-Slack-Signature", "")},
	{"no time", false, header("X-Slack-Request-Timestamp", "")},
	{"a time that is no number", false, header("X-Slack-Request-Timestamp", "now")},
	{"another time", false, func(r *http.Request) {
		signed(time.Minute, testSecret)(r)
		r.Header.Set("X-Slack-Request-Timestamp", strconv.FormatInt(time.Now().Unix(), 10))
	}},
	{"no hex", false, header("X-Slack-Signature", "v0=zz")},
	{"another version", false, header("X-Slack-Signature", "v1="+strings.Repeat("0", 64))},
	{"another body", false, func(r *http.Request) {
		signed(0, testSecret)(r)
		r.Body = io.NopCloser(strings.NewReader(signedBody + " "))
		r.ContentLength++
	}},
}

// status sends the request and returns the answer's status.
func (c signatureCase) status(t *testing.T, address string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(signedBody))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	c.change(r)
	status, _ := do(t, r)
	return status
}

func do(t *testing.T, r *http.Request) (int, string) {
	t.Helper()
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

// newHTTP runs an adapter in HTTP mode.
func newHTTP(t *testing.T, inbox adapters.Inbox) (*slacktest.Server, *Adapter) {
	s := newServer(t)
	s.SigningSecret = testSecret
	s.RequestURL = "http://127.0.0.1:0/slack"
	a := newAdapter(t, s, adaptertest.NewStore(), nil)
	run(t, a, inbox)
	return s, a
}

func TestSignatures(t *testing.T) {
	inbox := adaptertest.NewInbox()
	s, _ := newHTTP(t, inbox)
	for _, c := range signatureCases {
		want := http.StatusUnauthorized
		if c.good {
			want = http.StatusOK
		}
		if got := c.status(t, s.RequestURL); got != want {
			t.Errorf("%s: answered %d, want %d", c.name, got, want)
		}
	}
}

// TestReplay: the very same request is acknowledged again and does nothing, as
// long as its signature is good.
func TestReplay(t *testing.T) {
	inbox := adaptertest.NewInbox()
	s, _ := newHTTP(t, inbox)
	payload := eventJSON(`{"type":"message","user":"UANN","channel":"DUANN","channel_type":"im","ts":"1.1","text":"how many?"}`)
	now := time.Now()
	for range 3 {
		r, err := s.Request("events_api", payload, s.RequestURL, s.SigningSecret, now)
		if err != nil {
			t.Fatal(err)
		}
		if status, _ := do(t, r); status != http.StatusOK {
			t.Errorf("answered %d", status)
		}
	}
	if n := len(inbox.Messages()); n != 1 {
		t.Errorf("one request, sent three times, was put %d times", n)
	}
}

func TestURLVerification(t *testing.T) {
	s, _ := newHTTP(t, adaptertest.NewInbox())
	body := []byte(`{"type":"url_verification","token":"x","challenge":"3eZbrw1a<b>"}`)
	r, err := s.Request("events_api", body, s.RequestURL, s.SigningSecret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if status, got := do(t, r); status != http.StatusOK || got != "3eZbrw1a<b>" {
		t.Errorf("the challenge was answered with %d %q", status, got)
	}
	forged, err := s.Request("events_api", body, s.RequestURL, "other", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if status, got := do(t, forged); status != http.StatusUnauthorized || strings.Contains(got, "3eZ") {
		t.Errorf("a forged challenge was answered with %d %q", status, got)
	}
}

// TestPutFailsOverHTTP: what is not stored is refused, so that Slack sends it
// again; what cannot be read is acknowledged.
func TestPutFailsOverHTTP(t *testing.T) {
	inbox := adaptertest.NewInbox()
	s, _ := newHTTP(t, inbox)
	inbox.Fail(1)
	for i, c := range []struct {
		body string
		want int
	}{
		{string(eventJSON(`{"type":"message","user":"UANN","channel":"DUANN","ts":"1.1","text":"how many?"}`)), http.StatusServiceUnavailable},
		{string(eventJSON(`{"type":"message","user":"UANN","channel":"DUANN","ts":"1.1","text":"how many?"}`)), http.StatusOK},
		{string(eventJSON(`{"type":"nobody_knows"}`)), http.StatusOK},
		{`{`, http.StatusOK},
		{``, http.StatusOK},
	} {
		// Each second has another signature: these are retries, not replays.
		r, err := s.Request("events_api", []byte(c.body), s.RequestURL, s.SigningSecret, time.Now().Add(time.Duration(-i)*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := do(t, r); got != c.want {
			t.Errorf("%q was answered with %d, want %d", c.body, got, c.want)
		}
	}
}

func FuzzSignature(f *testing.F) {
	f.Add("v0=00", "1641805200", []byte(signedBody), "application/json")
	f.Add("", "", []byte("payload=%7B"), "application/x-www-form-urlencoded")
	f.Add("v0="+strings.Repeat("0", 64), "99999999999999999999", []byte("a=%zz"), "application/x-www-form-urlencoded; charset")
	f.Fuzz(func(t *testing.T, signature, stamp string, body []byte, media string) {
		h := http.Header{"X-Slack-Signature": {signature}, "X-Slack-Request-Timestamp": {stamp}}
		if verify(h, body, testSecret) == nil && slacktest.Sign(testSecret, stamp, body) != strings.ToLower(signature) {
			t.Errorf("signature %q of %q at %q is taken", signature, body, stamp)
		}
		kind, payload, _ := unwrap(media, body)
		if _, err := read(kind, payload, testMe); err == nil && bytes.Equal(payload, nil) {
			t.Errorf("%q as %q was read", body, media)
		}
	})
}
