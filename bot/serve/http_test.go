package serve

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"sourceline/adapters"
)

func (b *bot) get(path string) (int, string) {
	b.t.Helper()
	w := httptest.NewRecorder()
	b.handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return w.Code, string(body)
}

func (b *bot) metrics() string {
	_, body := b.get("/metrics")
	return body
}

func TestHealth(t *testing.T) {
	b := newBot(t, nil)
	for _, path := range []string{"/healthz", "/readyz"} {
		if code, body := b.get(path); code != http.StatusOK || body != "ok\n" {
			t.Errorf("%s: %d %q", path, code, body)
		}
	}
	gone := errors.New("token revoked")
	b.entrances[0].stopped.Store(&gone)
	if code, body := b.get("/readyz"); code != http.StatusServiceUnavailable || !strings.Contains(body, "test: token revoked") {
		t.Errorf("/readyz with a stopped adapter: %d %q", code, body)
	}
	if code, _ := b.get("/healthz"); code != http.StatusOK {
		t.Errorf("/healthz with a stopped adapter: %d", code)
	}
	if got := b.metrics(); !strings.Contains(got, `sourceline_adapter_ready{platform="test"} 0`) {
		t.Error("the metrics do not tell that the adapter stopped")
	}
}

var ownMetric = regexp.MustCompile(`(?m)^# TYPE (sourceline_\w+)`)

// TestMetricsAreDocumented makes each metric move and looks it up in the
// manual.
func TestMetricsAreDocumented(t *testing.T) {
	b := newBot(t, nil)
	b.say(t, mention("1", rescued))
	b.expect(t, "143 · ")
	b.say(t, mention("2", "how many submarines sank?"))
	b.expect(t, "143 · ", "No article")
	b.say(t, adapters.Message{ID: "3", Kind: adapters.Reaction, Target: "p1", Value: "👍"})
	eventually(t, "the feedback", func() bool { return strings.Contains(b.metrics(), `sourceline_feedback_total{value="up"} 1`) })
	b.Metrics.restarts.WithLabelValues("test").Inc()
	b.Metrics.failures.WithLabelValues("post").Inc()
	text := b.metrics()
	for _, want := range []string{
		`sourceline_messages_total{kind="mention",platform="test"} 2`,
		`sourceline_answers_total{outcome="answered",platform="test"} 1`,
		`sourceline_answers_total{outcome="refused",platform="test"} 1`,
		`sourceline_posts_total{platform="test",result="posted"} 2`,
		`sourceline_stage_seconds_count{stage="handle"} 3`,
		`sourceline_corpus_articles{corpus="default"} 3`,
		`sourceline_queue_given_up{what="messages"} 0`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	manual, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	names := ownMetric.FindAllStringSubmatch(text, -1)
	if len(names) < 15 {
		t.Errorf("only %d metrics", len(names))
	}
	for _, m := range names {
		if !strings.Contains(string(manual), m[1]) {
			t.Errorf("docs/operations.md says nothing about %s", m[1])
		}
	}
}
