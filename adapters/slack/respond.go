package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	api "github.com/slack-go/slack"
)

// ephemeral is the response type of a reply that one person sees.
const ephemeral = "ephemeral"

// response is what a response_url takes.
type response struct {
	Type        string          `json:"response_type,omitempty"`
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks,omitempty"`
	Replace     bool            `json:"replace_original"`
	Delete      bool            `json:"delete_original,omitempty"`
	UnfurlLinks bool            `json:"unfurl_links"`
	UnfurlMedia bool            `json:"unfurl_media"`
}

// respond sends r to a response_url, which is good for five times in half an
// hour. Its errors are those of the SDK's calls.
func (a *Adapter) respond(ctx context.Context, to string, r response) error {
	if err := a.trusts(to); err != nil {
		return err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("slack: encoding a response: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return errors.New("slack: the response_url is not an address")
	}
	req.Header.Set("Content-Type", "application/json")
	answer, err := a.http.Do(req)
	if err != nil {
		return scrub(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusTooManyRequests {
		seconds, err := strconv.Atoi(answer.Header.Get("Retry-After"))
		if err != nil {
			seconds = 1
		}
		return &api.RateLimitedError{RetryAfter: time.Duration(seconds) * time.Second}
	}
	var said struct {
		OK    *bool  `json:"ok"`
		Error string `json:"error"`
	}
	// Slack answers "ok" or a JSON object; what is neither is judged by its status.
	if json.NewDecoder(answer.Body).Decode(&said) == nil && said.OK != nil && !*said.OK {
		return api.SlackErrorResponse{Err: said.Error}
	}
	if answer.StatusCode != http.StatusOK {
		return api.StatusCodeError{Code: answer.StatusCode, Status: answer.Status}
	}
	return nil
}

// trusts refuses to send an answer anywhere but to Slack.
func (a *Adapter) trusts(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return errors.New("slack: the response_url is not an address")
	}
	own, err := url.Parse(a.cfg.APIURL)
	if err == nil && u.Host == own.Host && u.Scheme == own.Scheme {
		return nil
	}
	if u.Scheme == "https" && (strings.HasSuffix(u.Hostname(), ".slack.com") || strings.HasSuffix(u.Hostname(), ".slack-gov.com")) {
		return nil
	}
	return fmt.Errorf("slack: the response_url is at %q, which is not Slack's", u.Host)
}
