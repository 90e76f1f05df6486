package adapters

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// TextOptions say how Text prints.
type TextOptions struct {
	Width int  // in terminal cells, at which lines wrap; 0 does not wrap
	Color bool // ANSI bold and dim; without it highlights stand in [ ]
}

// ANSI sequences that Text uses.
const (
	ansiBold  = "\x1b[1m"
	ansiDim   = "\x1b[2m"
	ansiReset = "\x1b[0m"
)

// between separates the items of a line: a figure and its summary, a source
// and its date.
const between = " · "

// Text prints a reply as plain text, a line end at its end; nil and a reply
// without parts print as "". Control and bidirectional characters of the
// reply's texts are dropped, nothing else of them is changed; where Width is
// set, lines break at white space, or within a word that is wider than that.
func Text(r *Reply, o TextOptions) string {
	if r == nil {
		return ""
	}
	p := textPrinter{TextOptions: o}
	for _, part := range Clean(*r).Parts {
		p.part(part)
	}
	return p.out.String()
}

type textPrinter struct {
	TextOptions
	out  strings.Builder
	last Part
}

func (p *textPrinter) part(part Part) {
	if c, ok := part.(Choices); ok && !slices.ContainsFunc(c.Options, typed) {
		return
	}
	if p.last != nil && p.apart(part) {
		p.out.WriteByte('\n')
	}
	switch part := part.(type) {
	case Headline:
		p.headline(part)
	case Paragraph:
		p.lines("", "", runs{{part.Text, ""}})
	case Note:
		p.lines("", "", runs{{part.Text, ansiDim}})
	case Quote:
		p.quote(part)
	case Choices:
		p.choices(part)
	}
	p.last = part
}

// apart tells whether an empty line stands before part: around groups of
// quotes and before choices.
func (p *textPrinter) apart(part Part) bool {
	return is[Quote](part) != is[Quote](p.last) || is[Choices](part)
}

func (p *textPrinter) headline(h Headline) {
	var line runs
	if h.Text != "" {
		line = append(line, run{h.Text, ansiBold})
	}
	if h.Summary != "" {
		line = line.and(run{h.Summary, ""})
	}
	if h.Caveat != "" {
		line = line.and(run{"⚠ " + h.Caveat, ""})
	}
	p.lines("", "", line)
}

func (p *textPrinter) quote(q Quote) {
	var text runs
	at := 0
	for _, h := range q.Highlight {
		text = append(text, run{q.Text[at:h[0]], ""}, p.marked(q.Text[h[0]:h[1]]))
		at = h[1]
	}
	p.lines("> ", "> ", append(text, run{q.Text[at:], ""}))

	var items []string
	for _, s := range []string{q.Source.Name, q.Source.Date, lineNumber(q.Source.Line), q.Source.Attribution, q.Label} {
		if s != "" {
			items = append(items, s)
		}
	}
	if len(items) > 0 {
		p.lines("  ", "  ", runs{{strings.Join(items, between), ansiDim}})
	}
}

func (p *textPrinter) marked(s string) run {
	if p.Color {
		return run{s, ansiBold}
	}
	return run{"[" + s + "]", ""}
}

func lineNumber(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf("line %d", n)
}

// typed tells whether a choice can be typed.
func typed(c Choice) bool { return c.Ask != "" }

// choices prints what can be typed next; a choice that cannot be typed is
// left out.
func (p *textPrinter) choices(c Choices) {
	for _, o := range c.Options {
		switch {
		case !typed(o):
		case o.Label == "" || o.Label == o.Ask:
			p.lines("- ", "  ", runs{{o.Ask, ""}})
		default:
			p.lines("- ", "  ", runs{{o.Label + ": " + o.Ask, ""}})
		}
	}
}

// lines writes text on one line or, where it is too wide or has line ends,
// on several; the first begins with head, the others with tail.
func (p *textPrinter) lines(head, tail string, text runs) {
	prefix := head
	for _, line := range wrap(text, p.Width-uniseg.StringWidth(head)) {
		p.out.WriteString(prefix)
		style := ""
		for _, c := range line {
			if c.style != style && p.Color {
				p.setStyle(style, c.style)
			}
			style = c.style
			p.out.WriteString(c.text)
		}
		if p.Color {
			p.setStyle(style, "")
		}
		p.out.WriteByte('\n')
		prefix = tail
	}
}

func (p *textPrinter) setStyle(from, to string) {
	if from != "" {
		p.out.WriteString(ansiReset)
	}
	p.out.WriteString(to)
}
