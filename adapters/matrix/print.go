package matrix

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"

	"sourceline/adapters"
)

// printHTML prints a reply in the subset of HTML that Matrix allows. Nothing
// of the reply's texts becomes markup, a link or a mention.
func printHTML(r adapters.Reply) string {
	var b strings.Builder
	for _, part := range r.Parts {
		switch p := part.(type) {
		case adapters.Headline:
			printHeadline(&b, p)
		case adapters.Paragraph:
			fmt.Fprintf(&b, "<p>%s</p>", inert(p.Text))
		case adapters.Note:
			fmt.Fprintf(&b, "<p><em>%s</em></p>", inert(p.Text))
		case adapters.Quote:
			printQuote(&b, p)
		case adapters.Choices:
			printChoices(&b, p)
		}
	}
	return b.String()
}

func printHeadline(b *strings.Builder, h adapters.Headline) {
	var items []string
	if h.Text != "" {
		items = append(items, "<strong>"+inert(h.Text)+"</strong>")
	}
	if h.Summary != "" {
		items = append(items, inert(h.Summary))
	}
	if h.Caveat != "" {
		items = append(items, "⚠ "+inert(h.Caveat))
	}
	if len(items) > 0 {
		fmt.Fprintf(b, "<p>%s</p>", strings.Join(items, " · "))
	}
}

// printQuote prints the line of the article as a block quote and, outside of
// it, in our words, where it stands.
func printQuote(b *strings.Builder, q adapters.Quote) {
	b.WriteString("<blockquote>")
	at := 0
	for _, h := range q.Highlight {
		fmt.Fprintf(b, "%s<strong>%s</strong>", inert(q.Text[at:h[0]]), inert(q.Text[h[0]:h[1]]))
		at = h[1]
	}
	fmt.Fprintf(b, "%s</blockquote>", inert(q.Text[at:]))

	var items []string
	add := func(s string) {
		if s != "" {
			items = append(items, s)
		}
	}
	add(printSource(q.Source))
	add(inert(q.Source.Date))
	if q.Source.Line > 0 {
		add(fmt.Sprintf("line %d", q.Source.Line))
	}
	add(inert(q.Source.Attribution))
	add(inert(q.Label))
	if len(items) > 0 {
		fmt.Fprintf(b, "<p><em>%s</em></p>", strings.Join(items, " · "))
	}
}

// printSource prints a source's name, as a link where it has an address that
// leads out of Matrix.
func printSource(s adapters.Source) string {
	u, err := url.Parse(s.URL)
	if s.Name == "" || s.URL == "" || err != nil || strings.EqualFold(u.Hostname(), "matrix.to") {
		return inert(s.Name)
	}
	// Within a link nothing is made live, and code would be no link's text.
	return fmt.Sprintf(`<a href="%s">%s</a>`, html.EscapeString(s.URL), html.EscapeString(s.Name))
}

// printChoices prints what can be typed next; what cannot be typed is left
// out, for Matrix has no buttons.
func printChoices(b *strings.Builder, c adapters.Choices) {
	open := false
	for _, o := range c.Options {
		if o.Ask == "" {
			continue
		}
		if !open {
			b.WriteString("<ul>")
			open = true
		}
		ask := "ask: " + inert(o.Ask)
		if o.Label != "" && o.Label != o.Ask {
			ask = inert(o.Label) + " – " + ask
		}
		fmt.Fprintf(b, "<li>%s</li>", ask)
	}
	if open {
		b.WriteString("</ul>")
	}
}

// live finds what apps turn into links, pills and mentions by themselves:
// addresses with and without a scheme, Matrix IDs and aliases, @room.
var live = regexp.MustCompile(`(?i)\S*(?:://|\bwww\.|\bmailto:|\btel:|\bmatrix:)\S*` +
	`|\S*[\pL\pN_-]\.[a-z]{2,}(?:[/:?#]\S*|\b)` +
	`|[@#!+$]\S+:\S+` +
	`|@(?:room|here|channel|everyone)\b`)

// inert escapes text, and sets what an app would make live in code type,
// where apps leave it alone. Line ends become breaks.
func inert(text string) string {
	var b strings.Builder
	at := 0
	for _, m := range live.FindAllStringIndex(text, -1) {
		b.WriteString(html.EscapeString(text[at:m[0]]))
		b.WriteString("<code>" + html.EscapeString(text[m[0]:m[1]]) + "</code>")
		at = m[1]
	}
	b.WriteString(html.EscapeString(text[at:]))
	return strings.ReplaceAll(b.String(), "\n", "<br>")
}
