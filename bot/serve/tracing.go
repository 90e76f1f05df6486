package serve

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// Tracing makes a tracer that sends spans to a collector by OTLP over HTTP
// with JSON, and what ends it. Endpoint is the collector's address without
// the path ("http://127.0.0.1:4318"). Spans carry platform, kind and outcome,
// never a text.
//
// The exporter is our own: the one of OpenTelemetry brings gRPC with it, which
// would make up half of the program.
func Tracing(endpoint string) (trace.Tracer, func(context.Context) error) {
	exporter := &otlp{
		url:    strings.TrimSuffix(endpoint, "/") + "/v1/traces",
		client: &http.Client{Timeout: 10 * time.Second},
	}
	provider := sdktrace.NewTracerProvider(
		sdktrace.WithBatcher(exporter),
		sdktrace.WithResource(resource.NewSchemaless(attribute.String("service.name", "sourceline"))),
	)
	return provider.Tracer("sourceline"), provider.Shutdown
}

// otlp exports spans in the JSON form of the OpenTelemetry protocol.
type otlp struct {
	url    string
	client *http.Client
}

var _ sdktrace.SpanExporter = (*otlp)(nil)

// The parts of the protocol that are used.
type (
	otlpRequest struct {
		ResourceSpans []otlpResourceSpans `json:"resourceSpans"`
	}
	otlpResourceSpans struct {
		Resource   otlpResource     `json:"resource"`
		ScopeSpans []otlpScopeSpans `json:"scopeSpans"`
	}
	otlpResource struct {
		Attributes []otlpAttribute `json:"attributes"`
	}
	otlpScopeSpans struct {
		Scope otlpScope  `json:"scope"`
		Spans []otlpSpan `json:"spans"`
	}
	otlpScope struct {
		Name string `json:"name"`
	}
	otlpSpan struct {
		TraceID      string          `json:"traceId"`
		SpanID       string          `json:"spanId"`
		ParentSpanID string          `json:"parentSpanId,omitempty"`
		Name         string          `json:"name"`
		Kind         int             `json:"kind"`
		Start        string          `json:"startTimeUnixNano"`
		End          string          `json:"endTimeUnixNano"`
		Attributes   []otlpAttribute `json:"attributes,omitempty"`
		Status       otlpStatus      `json:"status"`
	}
	otlpStatus struct {
		Code    int    `json:"code,omitempty"`
		Message string `json:"message,omitempty"`
	}
	otlpAttribute struct {
		Key   string    `json:"key"`
		Value otlpValue `json:"value"`
	}
	otlpValue struct {
		String string `json:"stringValue"`
	}
)

// ExportSpans implements sdktrace.SpanExporter.
func (e *otlp) ExportSpans(ctx context.Context, spans []sdktrace.ReadOnlySpan) error {
	if len(spans) == 0 {
		return nil
	}
	scope := otlpScopeSpans{Scope: otlpScope{Name: "sourceline"}}
	for _, s := range spans {
		scope.Spans = append(scope.Spans, spanForm(s))
	}
	body, err := json.Marshal(otlpRequest{[]otlpResourceSpans{{
		Resource: otlpResource{attributesForm(spans[0].Resource().Attributes())}, ScopeSpans: []otlpScopeSpans{scope},
	}}})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := e.client.Do(req)
	if err != nil {
		return fmt.Errorf("traces: %w", err)
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body) // so that the connection is used again
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("traces: the collector %s answered %s", e.url, resp.Status)
	}
	return nil
}

// Shutdown implements sdktrace.SpanExporter.
func (e *otlp) Shutdown(context.Context) error {
	e.client.CloseIdleConnections()
	return nil
}

func spanForm(s sdktrace.ReadOnlySpan) otlpSpan {
	out := otlpSpan{
		TraceID: s.SpanContext().TraceID().String(), SpanID: s.SpanContext().SpanID().String(),
		Name: s.Name(), Kind: int(s.SpanKind()), Attributes: attributesForm(s.Attributes()),
		Start: strconv.FormatInt(s.StartTime().UnixNano(), 10), End: strconv.FormatInt(s.EndTime().UnixNano(), 10),
	}
	if s.Parent().SpanID().IsValid() {
		out.ParentSpanID = s.Parent().SpanID().String()
	}
	if s.Status().Code == codes.Error {
		out.Status = otlpStatus{2, s.Status().Description} // STATUS_CODE_ERROR
	}
	return out
}

func attributesForm(list []attribute.KeyValue) []otlpAttribute {
	var out []otlpAttribute
	for _, a := range list {
		out = append(out, otlpAttribute{string(a.Key), otlpValue{a.Value.String()}})
	}
	return out
}

// span begins a span; its end notes the error.
func (s *Server) span(ctx context.Context, name string, attributes ...attribute.KeyValue) (context.Context, func(error, ...attribute.KeyValue)) {
	if s.Tracer == nil {
		return ctx, func(error, ...attribute.KeyValue) {}
	}
	ctx, span := s.Tracer.Start(ctx, name, trace.WithAttributes(attributes...))
	return ctx, func(err error, more ...attribute.KeyValue) {
		span.SetAttributes(more...)
		if err != nil {
			span.SetStatus(codes.Error, err.Error())
		}
		span.End()
	}
}
