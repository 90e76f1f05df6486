package slack

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strconv"
	"strings"

	api "github.com/slack-go/slack"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"sourceline/adapters"
)

// Everything that an article or a question says goes into text elements of
// rich_text blocks or into plain_text, which Slack shows as they are: no mention,
// link, markup or emoji code in them comes alive.

// printer turns one reply into blocks.
type printer struct {
	key    string // of the outgoing message, kept in block IDs
	locale string
	tab    bool // for the Home tab, which has no feedback buttons

	blocks []api.Block
	left   int // characters that may still be used
	ids    int
}

// print returns the blocks of r, within Slack's limits: where it is too long,
// quotes are left out from the end, whole, and their number is given.
func (p *printer) print(r adapters.Reply) []api.Block {
	p.left = maxMessage
	frame, frameBlocks := 0, 0
	for _, part := range r.Parts {
		if _, ok := part.(adapters.Quote); !ok {
			n, b := p.cost(part)
			frame, frameBlocks = frame+n, frameBlocks+b
		}
	}
	room := quoteRoom{chars: max(maxMessage-frame-100, maxMessage/4), blocks: max(maxBlocks-frameBlocks-1, 1)}
	var left []adapters.Quote
	flush := func() {
		if len(left) > 0 {
			p.add(p.context(p.moreLines(len(left))))
			left = nil
		}
	}
	for _, part := range r.Parts {
		q, ok := part.(adapters.Quote)
		if !ok {
			flush()
			p.part(part)
			continue
		}
		if len(left) > 0 || !room.takes(&q) {
			left = append(left, q)
			continue
		}
		p.quote(q)
	}
	flush()
	return p.blocks
}

// quoteRoom is what is left for quotes.
type quoteRoom struct {
	chars, blocks int
	some          bool // one was taken
}

// takes reports whether q fits, and books it. The first quote always fits: too
// long a one is cut around what it is quoted for.
func (r *quoteRoom) takes(q *adapters.Quote) bool {
	limit := maxSection
	if !r.some {
		limit = min(limit, max(r.chars-length(sourceLine(q.Source, q.Label)), maxShort))
	}
	*q = shortened(*q, limit)
	n := length(q.Text) + length(sourceLine(q.Source, q.Label))
	if r.some && (n > r.chars || r.blocks < 1) {
		return false
	}
	r.chars, r.blocks, r.some = r.chars-n, r.blocks-1, true
	return true
}

// shortened cuts a quote that is longer than limit, around its first highlight.
func shortened(q adapters.Quote, limit int) adapters.Quote {
	if length(q.Text) <= limit {
		return q
	}
	start, end := 0, 0
	if len(q.Highlight) > 0 {
		start, end = q.Highlight[0][0], q.Highlight[0][1]
	}
	from := 0
	if length(q.Text[:min(end, len(q.Text))]) > limit/2 {
		// The highlight lies far behind: begin at a word shortly before it.
		from = start
		for n := 0; from > 0 && n < limit/4; n++ {
			from--
		}
		if i := strings.IndexByte(q.Text[from:start], ' '); i >= 0 {
			from += i + 1
		} else {
			from = start
		}
	}
	lead := ""
	if from > 0 {
		lead = "…"
	}
	text := cut(lead+q.Text[from:], limit)
	short := adapters.Quote{Text: text, Source: q.Source, Label: q.Label}
	for _, h := range q.Highlight {
		s, e := h[0]-from+len(lead), h[1]-from+len(lead)
		if s >= len(lead) && e <= len(text)-len("…") {
			short.Highlight = append(short.Highlight, [2]int{s, e})
		}
	}
	return short
}

// cost is what a part of the frame takes: characters and blocks.
func (p *printer) cost(part adapters.Part) (chars, blocks int) {
	switch part := part.(type) {
	case adapters.Headline:
		return min(length(part.Text+part.Summary+part.Caveat)+10, maxSection), 2
	case adapters.Paragraph:
		return min(length(part.Text), maxSection), 1
	case adapters.Note:
		return min(length(part.Text), maxContext), 1
	case adapters.Choices:
		n := 0
		for _, c := range part.Options {
			n += min(length(c.Label), maxButton)
		}
		return n, 2
	}
	return 0, 0
}

func (p *printer) part(part adapters.Part) {
	switch part := part.(type) {
	case adapters.Headline:
		p.headline(part)
	case adapters.Paragraph:
		p.paragraph(part.Text)
	case adapters.Note:
		if text := cut(cleanLines(part.Text), maxContext); strings.TrimSpace(text) != "" && p.fits(text) {
			p.add(p.context(text))
		}
	case adapters.Choices:
		p.choices(part.Options)
	}
}

// add appends a block while Slack takes another.
func (p *printer) add(b api.Block) {
	if len(p.blocks) < maxBlocks {
		p.blocks = append(p.blocks, b)
	}
}

// fits books a text of the frame.
func (p *printer) fits(text string) bool {
	if n := length(text); n <= p.left {
		p.left -= n
		return true
	}
	return false
}

// headlineText is the line that is read from across the desk: the figure, what
// it counts, and what weakens it.
func headlineText(h adapters.Headline) string {
	var parts []string
	for _, s := range []string{clean(h.Text), clean(h.Summary)} {
		if s = strings.TrimSpace(s); s != "" {
			parts = append(parts, s)
		}
	}
	line := strings.Join(parts, " · ")
	if caveat := strings.TrimSpace(clean(h.Caveat)); caveat != "" {
		line += "   ⚠ " + caveat
	}
	return strings.TrimSpace(line)
}

// headline prints the figure big. Where the line is too long for a header, it
// is bold instead, the caveat still beside the figure.
func (p *printer) headline(h adapters.Headline) {
	line := headlineText(h)
	if line == "" {
		return
	}
	if length(line) <= maxHeader {
		p.fits(line)
		p.add(api.NewHeaderBlock(plainText(line)))
		return
	}
	figure := headlineText(adapters.Headline{Text: h.Text, Caveat: h.Caveat})
	if summary := strings.TrimSpace(clean(h.Summary)); h.Text != "" && summary != "" && length(figure) <= maxHeader {
		summary = cut(summary, maxSection)
		p.fits(figure + summary)
		p.add(api.NewHeaderBlock(plainText(figure)))
		p.add(richText(section(textElement(summary, nil))))
		return
	}
	line = cut(line, maxSection)
	p.fits(line)
	p.add(richText(section(textElement(line, bold))))
}

func (p *printer) paragraph(text string) {
	text = cut(cleanLines(text), maxSection)
	if strings.TrimSpace(text) != "" && p.fits(text) {
		p.add(richText(section(textElement(text, nil))))
	}
}

// quote prints a line of an article, marked where it answers, and under it where
// it stands.
func (p *printer) quote(q adapters.Quote) {
	var words []api.RichTextSectionElement
	put := func(text string, style *api.RichTextSectionTextStyle) {
		if text = clean(text); text != "" {
			words = append(words, textElement(text, style))
		}
	}
	at := 0
	for _, h := range q.Highlight {
		if h[0] < at || h[1] < h[0] || h[1] > len(q.Text) {
			continue // not a range of this text
		}
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
		elements = append(elements, section(under...))
	}
	p.add(richText(elements...))
}

// sourceElements is the line under a quote. Only an article that has an address
// becomes a link.
func sourceElements(s adapters.Source, label string) []api.RichTextSectionElement {
	var out []api.RichTextSectionElement
	put := func(e api.RichTextSectionElement) {
		if len(out) > 0 {
			out = append(out, textElement(" · ", nil))
		}
		out = append(out, e)
	}
	for i, text := range sourceParts(s, label) {
		switch {
		case text == "":
		case i == labelPart:
			put(textElement(text, italic))
		case i == namePart && linkable(s.URL):
			put(&api.RichTextSectionLinkElement{Type: api.RTSELink, URL: s.URL, Text: text})
		default:
			put(textElement(text, nil))
		}
	}
	return out
}

const (
	labelPart = iota
	namePart
	sourcePartCount = 5
)

// maxSourcePart bounds each part of a source line.
const maxSourcePart = 300

// sourceParts are label, name, date, line and attribution, each "" where unknown.
func sourceParts(s adapters.Source, label string) [sourcePartCount]string {
	name := s.Name
	if name == "" {
		name = s.Title
	}
	line := ""
	if s.Line > 0 {
		line = "line " + strconv.Itoa(s.Line)
	}
	parts := [sourcePartCount]string{label, name, s.Date, line, s.Attribution}
	for i := range parts {
		parts[i] = cut(strings.TrimSpace(clean(parts[i])), maxSourcePart)
	}
	return parts
}

// sourceLine is sourceElements as text.
func sourceLine(s adapters.Source, label string) string {
	var parts []string
	for _, part := range sourceParts(s, label) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

// linkable reports whether an article's address is one that a browser opens.
func linkable(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(address) <= maxURL && clean(address) == address
}

// choices prints buttons, and "up:…" with "down:…" as Slack's pair of feedback
// buttons.
func (p *printer) choices(options []adapters.Choice) {
	var buttons []api.BlockElement
	var up, down *adapters.Choice
	for i, c := range options {
		switch {
		case c.Label == "" || length(c.Value) > maxValue:
			// Nothing to tap, or a value that would come back as another.
		case verb(c) == "up" && up == nil && !p.tab:
			up = &options[i]
		case verb(c) == "down" && down == nil && !p.tab:
			down = &options[i]
		case len(buttons) < maxButtons:
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
		pair := api.NewFeedbackButtonsBlockElement("feedback", feedback(*up), feedback(*down))
		p.add(api.NewContextActionsBlock(p.id("feedback"), pair))
	}
}

func verb(c adapters.Choice) string {
	v, _, _ := strings.Cut(c.Value, ":")
	return v
}

func button(c adapters.Choice, n int) api.BlockElement {
	label := cut(clean(c.Label), maxButton)
	b := api.NewButtonBlockElement("choice-"+strconv.Itoa(n), c.Value, plainText(label))
	b.AccessibilityLabel = label
	return b
}

func feedback(c adapters.Choice) *api.FeedbackButton {
	label := cut(clean(c.Label), maxButton)
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

// moreLines says how many lines were left out, the number as the reader writes
// numbers.
func (p *printer) moreLines(n int) string {
	number := message.NewPrinter(language.Make(p.locale)).Sprintf("%d", n)
	if n == 1 {
		return number + " more line"
	}
	return number + " more lines"
}

var (
	bold   = &api.RichTextSectionTextStyle{Bold: true}
	italic = &api.RichTextSectionTextStyle{Italic: true}
)

func (p *printer) context(text string) api.Block {
	return api.NewContextBlock("", plainText(text))
}

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
