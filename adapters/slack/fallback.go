package slack

import "sourceline/adapters"

// fallback is the text beside the blocks, which notifications show and screen
// readers read: figure, what weakens it, date and source of the first quote. It
// is cut to limit before it is escaped, and escaped so that nothing in it comes
// alive.
func fallback(r adapters.Reply, limit int) string {
	var first, source string
	say := func(s string) {
		if first == "" {
			first = oneLine(s)
		}
	}
	for _, part := range r.Parts {
		switch part := part.(type) {
		case adapters.Headline:
			say(headlineText(part))
		case adapters.Paragraph:
			say(part.Text)
		case adapters.Note:
			say(part.Text)
		case adapters.Quote:
			say(part.Text)
			if source == "" {
				source = sourceLine(part.Source, part.Label)
			}
		}
	}
	source = cut(source, limit/2)
	return escapedWithin(join(" — ", cut(first, limit-length(source)-3), source), limit)
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
