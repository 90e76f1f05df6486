package matrix

import (
	"context"
	"encoding/json"
	"log/slog"

	"github.com/rs/zerolog"
)

// zeroLog lets the Matrix library, which logs with zerolog, write its
// warnings into log. Request bodies stay out: they hold what people wrote.
func zeroLog(log *slog.Logger) zerolog.Logger {
	return zerolog.New(logBridge{log}).Level(zerolog.WarnLevel)
}

type logBridge struct{ log *slog.Logger }

// Write takes one line of JSON.
func (b logBridge) Write(line []byte) (int, error) {
	var fields map[string]any
	if json.Unmarshal(line, &fields) != nil {
		return len(line), nil
	}
	level := slog.LevelWarn
	if fields["level"] == "error" {
		level = slog.LevelError
	}
	text, _ := fields["message"].(string)
	if text == "Request canceled" {
		return len(line), nil // by us, at the end
	}
	var attrs []slog.Attr
	for _, k := range []string{"error", "method", "url", "status_code", "room_id", "event_id", "sender", "session_id", "type", "action"} {
		if v, ok := fields[k]; ok {
			attrs = append(attrs, slog.Any(k, v))
		}
	}
	b.log.LogAttrs(context.Background(), level, "matrix library: "+text, attrs...)
	return len(line), nil
}
