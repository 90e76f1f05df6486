package slack

import (
	"strings"

	"sourceline/adapters"
)

// fallback is the text beside the blocks, which notifications show and screen
// readers read: figure, what weakens it, date and source of the first quote. It
// is cut to limit before it is escaped, and escaped so that nothing in it comes
// alive.
func fallback(r adapters.Reply, limit int) string {
	var first string
	var source string
	for _, part := range r.Parts {
		switch part := part.(type) {
		case adapters.Headline:
			first = firstOf(first, headlineText(part))
		case adapters.Paragraph:
			first = firstOf(first, part.Text)
		case adapters.Note:
			first = firstOf(first, part.Text)
		case adapters.Quote:
			first = firstOf(first, part.Text)
			source = firstOf(source, sourceLine(part.Source, part.Label))
		}
	}
	if source == "" {
		return escapedWithin(first, limit)
	}
	source = cut(source, limit/2)
	return escapedWithin(cut(first, limit-length(source)-3)+" — "+source, limit)
}

// firstOf is a, or b on one line where there is no a.
func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return strings.TrimSpace(clean(b))
}

// escapedWithin cuts s until it is within limit once it is escaped.
func escapedWithin(s string, limit int) string {
	out := inert(s)
	for n := length(s); length(out) > limit && n > 1; {
		n = n * limit / length(out)
		out = inert(cut(s, max(n, 1)))
	}
	if out == "" {
		return "…" // Slack refuses a message without text
	}
	return out
}
