package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"unicode"

	api "github.com/slack-go/slack"

	"sourceline/adapters"
)

// Everything that an article or a question says goes into text elements of
// rich_text blocks or into plain_text, which Slack shows as they are: no mention,
// link, markup or emoji code in them comes alive.

// printer turns one reply into blocks.
type printer struct {
	key string // of the outgoing message, kept in block IDs
	tab bool   // for the Home tab, which has no feedback buttons

	blocks []api.Block
	chars  int // of all texts so far
	over   bool
	ids    int
}

// print returns the blocks of r within Slack's limits: a reply that is too long
// is cut at its quotes' boundaries and says how many lines are missing.
func (p *printer) print(r adapters.Reply) []api.Block {
	r = adapters.Cut(adapters.Clean(r), func(r adapters.Reply) bool {
		try := printer{key: p.key, tab: p.tab}
		for _, part := range r.Parts {
			try.part(part)
		}
		return !try.over && try.chars <= maxMessage
	})
	for _, part := range r.Parts {
		p.part(part)
	}
	return p.blocks
}

// text books a text and cuts what is too long even so.
func (p *printer) text(s string, limit int) string {
	n := length(s)
	p.chars += n
	if n > limit {
		p.over = true
		return cut(s, limit)
	}
	return s
}

func (p *printer) part(part adapters.Part) {
	switch part := part.(type) {
	case adapters.Headline:
		p.headline(part)
	case adapters.Paragraph:
		if text := p.text(part.Text, maxSection); !blank(text) {
			p.add(richText(section(textElement(text, nil))))
		}
	case adapters.Quote:
		p.quote(part)
	case adapters.Note:
		if text := p.text(part.Text, maxContext); !blank(text) {
			p.add(api.NewContextBlock("", plainText(text)))
		}
	case adapters.Choices:
		p.choices(part.Options)
	}
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// add appends a block while Slack takes another.
func (p *printer) add(b api.Block) {
	if len(p.blocks) == maxBlocks {
		p.over = true
		return
	}
	p.blocks = append(p.blocks, b)
}

// headlineText is the line that is read from across the desk: the figure, what
// it counts, and what weakens it.
func headlineText(h adapters.Headline) string {
	caveat := oneLine(h.Caveat)
	if caveat != "" {
		caveat = "⚠ " + caveat
	}
	return join(" · ", oneLine(h.Text), oneLine(h.Summary), caveat)
}

// join joins those of the parts that are not empty.
func join(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(parts), func(s string) bool { return s == "" }), between)
}

// headline prints the figure big. Where the line is too long for a header, the
// summary goes below; where that does not help, the line is bold instead. The
// caveat is always beside the figure.
func (p *printer) headline(h adapters.Headline) {
	line := headlineText(h)
	figure := headlineText(adapters.Headline{Text: h.Text, Caveat: h.Caveat})
	switch {
	case line == "":
	case length(line) <= maxHeader:
		p.add(api.NewHeaderBlock(plainText(p.text(line, maxHeader))))
	case h.Text != "" && length(figure) <= maxHeader:
		p.add(api.NewHeaderBlock(plainText(p.text(figure, maxHeader))))
		p.add(richText(section(textElement(p.text(oneLine(h.Summary), maxSection), nil))))
	default:
		p.add(richText(section(textElement(p.text(line, maxSection), bold))))
	}
}

// quote prints a line of an article, marked where it answers, and under it where
// it stands.
func (p *printer) quote(q adapters.Quote) {
	if length(q.Text) > maxSection {
		p.over = true
		q = adapters.Quote{Text: cut(q.Text, maxSection), Source: q.Source, Label: q.Label}
	}
	p.chars += length(q.Text)
	var words []api.RichTextSectionElement
	put := func(text string, style *api.RichTextSectionTextStyle) {
		if text != "" {
			words = append(words, textElement(text, style))
		}
	}
	at := 0
	for _, h := range q.Highlight { // ascending and within the text since the reply is clean
		put(q.Text[at:h[0]], nil)
		put(q.Text[h[0]:h[1]], bold)
		at = h[1]
	}
	put(q.Text[at:], nil)
	if len(words) == 0 {
		return
	}
	elements := []api.RichTextElement{&api.RichTextQuote{Type: api.RTEQuote, Elements: words}}
	if under := sourceElements(q.Source, q.Label); len(under) > 0 {
		p.chars += length(sourceLine(q.Source, q.Label))
		elements = append(elements, section(under...))
	}
	p.add(richText(elements...))
}

// sourceElements is the line under a quote. Only an article that has an address
// becomes a link.
func sourceElements(s adapters.Source, label string) []api.RichTextSectionElement {
	parts := sourceParts(s, label)
	name, rest, label := parts[namePart], join(" · ", parts[namePart+1:labelPart]...), parts[labelPart]
	var out []api.RichTextSectionElement
	if name != "" && s.URL != "" && length(s.URL) <= maxURL {
		out = append(out, &api.RichTextSectionLinkElement{Type: api.RTSELink, URL: s.URL, Text: name})
		if rest != "" {
			rest = " · " + rest
		}
	} else {
		rest = join(" · ", name, rest)
	}
	if label != "" && (rest != "" || len(out) > 0) {
		rest += " · "
	}
	if rest != "" {
		out = append(out, textElement(rest, nil))
	}
	if label != "" {
		out = append(out, textElement(label, italic))
	}
	return out
}

const (
	namePart        = 0
	labelPart       = 4
	sourcePartCount = 5
)

// maxSourcePart bounds each part of a source line.
const maxSourcePart = 300

// sourceParts are name, date, line, attribution and label, each "" where unknown.
func sourceParts(s adapters.Source, label string) [sourcePartCount]string {
	name := s.Name
	if name == "" {
		name = s.Title
	}
	line := ""
	if s.Line > 0 {
		line = "line " + strconv.Itoa(s.Line)
	}
	parts := [sourcePartCount]string{name, s.Date, line, s.Attribution, label}
	for i := range parts {
		parts[i] = cut(oneLine(parts[i]), maxSourcePart)
	}
	return parts
}

// sourceLine is sourceElements as text.
func sourceLine(s adapters.Source, label string) string {
	parts := sourceParts(s, label)
	return join(" · ", parts[:]...)
}

// choices prints buttons, and "up:…" with "down:…" as Slack's pair of feedback
// buttons.
func (p *printer) choices(options []adapters.Choice) {
	var buttons []api.BlockElement
	var up, down *adapters.Choice
	for i, c := range options {
		switch {
		case blank(c.Label) || length(c.Value) > maxValue:
			// Nothing to tap, or a value that would come back as another.
		case verb(c) == "up" && up == nil && !p.tab:
			up = &options[i]
		case verb(c) == "down" && down == nil && !p.tab:
			down = &options[i]
		case len(buttons) < maxButtons:
			p.chars += min(length(c.Label), maxButton)
			buttons = append(buttons, button(c, len(buttons)))
		}
	}
	if (up == nil) != (down == nil) {
		for _, c := range []*adapters.Choice{up, down} {
			if c != nil {
				buttons = append(buttons, button(*c, len(buttons)))
			}
		}
		up, down = nil, nil
	}
	if len(buttons) > 0 {
		p.add(api.NewActionBlock(p.id("choices"), buttons...))
	}
	if up != nil {
		pair := api.NewFeedbackButtonsBlockElement("feedback", feedback(*up, "Good answer"), feedback(*down, "Bad answer"))
		p.add(api.NewContextActionsBlock(p.id("feedback"), pair))
	}
}

func verb(c adapters.Choice) string {
	v, _, _ := strings.Cut(c.Value, ":")
	return v
}

func button(c adapters.Choice, n int) api.BlockElement {
	label := cut(oneLine(c.Label), maxButton)
	b := api.NewButtonBlockElement("choice-"+strconv.Itoa(n), c.Value, plainText(label))
	b.AccessibilityLabel = label
	return b
}

// feedback is half of the pair, which Slack draws as a thumb: an emoji as label
// says nothing to a screen reader.
func feedback(c adapters.Choice, spoken string) *api.FeedbackButton {
	label := cut(oneLine(c.Label), maxButton)
	if !strings.ContainsFunc(label, unicode.IsLetter) {
		label = spoken
	}
	return &api.FeedbackButton{Text: plainText(label), Value: c.Value, AccessibilityLabel: label}
}

// id makes a block ID from which a tap tells the outgoing message: an ephemeral
// reply has nothing else to be known by.
func (p *printer) id(name string) string {
	p.ids++
	return name + strconv.Itoa(p.ids) + ":" + shortKey(p.key)
}

// keyOf finds the key in a block ID.
func keyOf(blockID string) string {
	_, key, _ := strings.Cut(blockID, ":")
	return key
}

// shortKey is the key itself, or a hash of one that is too long for Slack.
func shortKey(key string) string {
	if length(key) <= maxBlockID-50 {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

var (
	bold   = &api.RichTextSectionTextStyle{Bold: true}
	italic = &api.RichTextSectionTextStyle{Italic: true}
)

func plainText(text string) *api.TextBlockObject {
	return api.NewTextBlockObject(api.PlainTextType, text, false, false)
}

func textElement(text string, style *api.RichTextSectionTextStyle) *api.RichTextSectionTextElement {
	return api.NewRichTextSectionTextElement(text, style)
}

func section(elements ...api.RichTextSectionElement) *api.RichTextSection {
	return api.NewRichTextSection(elements...)
}

func richText(elements ...api.RichTextElement) *api.RichTextBlock {
	return api.NewRichTextBlock("", elements...)
}
