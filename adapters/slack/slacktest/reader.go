package slacktest

import (
	"encoding/json"
	"regexp"
	"strings"
)

// Shown is what a reader sees of a post: its text, markup taken away, a line a
// block or part of one; and what Slack makes live of it: mentions, links, emoji
// and formatting that its text brought along.
func (p Post) Shown() (text string, live []string) {
	r := &reader{}
	if len(p.Blocks) == 0 {
		r.parsed(p.Text)
		return strings.Join(r.lines, "\n"), r.live
	}
	var blocks []object
	if json.Unmarshal(p.Blocks, &blocks) != nil {
		return "", []string{"blocks that are no JSON"}
	}
	for _, b := range blocks {
		r.block(b)
	}
	return strings.Join(r.lines, "\n"), r.live
}

type reader struct {
	lines []string
	live  []string
}

func (r *reader) block(b object) {
	for _, key := range []string{"text", "label", "positive_button", "negative_button"} {
		if t, ok := b[key].(object); ok {
			r.block(t)
		}
	}
	kind, _ := b["type"].(string)
	text, _ := b["text"].(string)
	elements, _ := b["elements"].([]any)
	switch kind {
	case "plain_text":
		if b["emoji"] != false {
			r.live = append(r.live, emojiCode.FindAllString(text, -1)...)
		}
		r.lines = append(r.lines, text)
		return
	case "mrkdwn":
		r.parsed(text)
		return
	case "rich_text_section", "rich_text_quote", "rich_text_preformatted":
		r.lines = append(r.lines, r.rich(elements))
		return
	}
	for _, e := range elements {
		if o, ok := e.(object); ok {
			r.block(o)
		}
	}
}

// rich reads the elements of a rich text section.
func (r *reader) rich(elements []any) string {
	var line strings.Builder
	for _, e := range elements {
		o, _ := e.(object)
		text, _ := o["text"].(string)
		line.WriteString(text)
		switch o["type"] {
		case "text":
		case "link":
			address, _ := o["url"].(string)
			r.live = append(r.live, address)
		default:
			raw, err := json.Marshal(o)
			if err != nil {
				raw = []byte("an element that is no JSON")
			}
			r.live = append(r.live, string(raw))
		}
	}
	return line.String()
}

var (
	angled    = regexp.MustCompile(`<[^<>]*>`)
	emojiCode = regexp.MustCompile(`:[a-zA-Z0-9_+'-]+:`)
	markup    = regexp.MustCompile("\\*[^*\n]+\\*|_[^_\n]+_|~[^~\n]+~|`[^`\n]+`")
	bareLink  = regexp.MustCompile(`[a-z]+://[^\s]+`)
	entities  = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">", "\u200b", "")
)

// parsed reads a text that Slack parses.
func (r *reader) parsed(text string) {
	for _, live := range []*regexp.Regexp{angled, emojiCode, markup, bareLink} {
		r.live = append(r.live, live.FindAllString(text, -1)...)
	}
	r.lines = append(r.lines, entities.Replace(text))
}
