package adapters

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean returns a copy of r that is safe to hand to any printer: control and
// bidirectional formatting characters and bytes that are not UTF-8 are gone
// from every text, highlights have moved along, and an address of a source
// that is not http or https is dropped. Everything else is as it was. Every
// adapter cleans a reply first; escaping its platform's markup is its own.
func Clean(r Reply) Reply {
	parts := make([]Part, len(r.Parts))
	for i, p := range r.Parts {
		parts[i] = cleanPart(p)
	}
	return Reply{Parts: parts}
}

func cleanPart(p Part) Part {
	switch p := p.(type) {
	case Headline:
		return Headline{Text: CleanText(p.Text), Summary: CleanText(p.Summary), Caveat: CleanText(p.Caveat)}
	case Paragraph:
		return Paragraph{Text: CleanText(p.Text)}
	case Note:
		return Note{Text: CleanText(p.Text)}
	case Choices:
		options := make([]Choice, len(p.Options))
		for i, c := range p.Options {
			// Value comes back to us as it is and is never shown.
			options[i] = Choice{Label: CleanText(c.Label), Value: c.Value, Ask: CleanText(c.Ask)}
		}
		return Choices{Options: options}
	case Quote:
		return cleanQuote(p)
	}
	return p
}

func cleanQuote(q Quote) Quote {
	out := Quote{Label: CleanText(q.Label), Source: Source{
		Name: CleanText(q.Source.Name), Title: CleanText(q.Source.Title), URL: webAddress(q.Source.URL),
		Date: CleanText(q.Source.Date), Line: q.Source.Line, Attribution: CleanText(q.Source.Attribution),
	}}
	at := 0 // bytes of q.Text that are in out.Text, cleaned
	upTo := func(end int) int {
		if end > at {
			out.Text += CleanText(q.Text[at:end])
			at = end
		}
		return len(out.Text)
	}
	for _, h := range q.Highlight {
		start, end := max(h[0], at), min(h[1], len(q.Text))
		if start >= end {
			continue
		}
		moved := [2]int{upTo(start), upTo(end)}
		if moved[0] < moved[1] {
			out.Highlight = append(out.Highlight, moved)
		}
	}
	upTo(len(q.Text))
	return out
}

// CleanText returns s without control characters (tabs and line ends stay,
// line ends as \n), without the characters that change the direction of text,
// and with U+FFFD for bytes that are not UTF-8. Text that has none of these
// comes back as it is.
func CleanText(s string) string {
	if !needsCleaning(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == '\r':
			if !strings.HasPrefix(s[i+1:], "\n") {
				b.WriteByte('\n')
			}
		case r == '\u2028' || r == '\u2029': // line and paragraph separator
			b.WriteByte('\n')
		case !dropped(r):
			b.WriteRune(r) // a broken byte ranges as U+FFFD
		}
	}
	return b.String()
}

func needsCleaning(s string) bool {
	return !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool {
		return dropped(r) || r == '\r' || r == '\u2028' || r == '\u2029'
	})
}

// dropped tells the characters that a reader never sees and that can make
// what he sees lie.
func dropped(r rune) bool {
	if r == '\n' || r == '\t' {
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
}

// webAddress returns s where it is an absolute http or https address without
// white space or characters that end one in some markup, and "" otherwise.
func webAddress(s string) string {
	if s != CleanText(s) || strings.ContainsAny(s, " \t\n<>\"|") {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return s
}
