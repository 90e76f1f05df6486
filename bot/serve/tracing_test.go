package serve

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"go.opentelemetry.io/otel/attribute"
)

func TestTracing(t *testing.T) {
	var got otlpRequest
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/v1/traces" || r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("%s %s", r.URL.Path, r.Header.Get("Content-Type"))
		}
		body, _ := io.ReadAll(r.Body)
		if err := json.Unmarshal(body, &got); err != nil {
			t.Error(err)
		}
	}))
	defer collector.Close()
	tracer, flush := Tracing(collector.URL)
	s := &Server{Setup: Setup{Tracer: tracer}}
	ctx, end := s.span(context.Background(), "handle", attribute.String("platform", "test"))
	_, endInner := s.span(ctx, "post")
	endInner(errors.New("no wire"))
	end(nil)
	if err := flush(context.Background()); err != nil {
		t.Fatal(err)
	}
	if len(got.ResourceSpans) != 1 || len(got.ResourceSpans[0].ScopeSpans[0].Spans) != 2 {
		t.Fatalf("got %+v", got)
	}
	if a := got.ResourceSpans[0].Resource.Attributes; len(a) != 1 || a[0].Value.String != "sourceline" {
		t.Errorf("resource %+v", a)
	}
	post, handle := got.ResourceSpans[0].ScopeSpans[0].Spans[0], got.ResourceSpans[0].ScopeSpans[0].Spans[1]
	if post.Name != "post" || post.ParentSpanID != handle.SpanID || post.TraceID != handle.TraceID || len(post.TraceID) != 32 {
		t.Errorf("post %+v is not within handle %+v", post, handle)
	}
	if post.Status.Code != 2 || post.Status.Message != "no wire" || handle.Status.Code != 0 {
		t.Errorf("status %+v and %+v", post.Status, handle.Status)
	}
	if len(handle.Attributes) != 1 || handle.Attributes[0] != (otlpAttribute{"platform", otlpValue{"test"}}) {
		t.Errorf("attributes %+v", handle.Attributes)
	}
}
