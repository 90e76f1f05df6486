//go:build matrixe2e && goolm

package matrix_test

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"maunium.net/go/mautrix/event"
)

// ours are the elements that the printer makes itself.
var ours = []string{"p", "strong", "em", "blockquote", "br", "code", "ul", "li", "a"}

// turned finds what apps make live of plain text: addresses, IDs, @room. It is
// written apart from the printer's own, so that the two can disagree.
var turned = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://\S+`),
	regexp.MustCompile(`(?i)\b(?:mailto|tel|matrix):\S+`),
	regexp.MustCompile(`(?i)\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|example|to|io)\b\S*`),
	regexp.MustCompile(`(?:^|\s)[@#!][\w.=/-]+:[\w.-]+`),
	regexp.MustCompile(`@(?:room|here|channel|everyone)\b`),
}

// shown is what a reader sees of a message, and what of it is live.
func shown(content *event.MessageEventContent) (text string, live []string) {
	if content.Mentions == nil {
		live = append(live, "no m.mentions: old rules decide who is pinged")
	} else {
		for _, user := range content.Mentions.UserIDs {
			live = append(live, string(user))
		}
		if content.Mentions.Room {
			live = append(live, "@room")
		}
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(content.FormattedBody))
	quiet := 0 // inside of elements whose text apps leave alone
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return b.String(), live
		}
		token := z.Token()
		switch kind {
		case html.TextToken:
			b.WriteString(token.Data)
			for _, r := range turned {
				if quiet == 0 {
					live = append(live, r.FindAllString(token.Data, -1)...)
				}
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			if !slices.Contains(ours, token.Data) {
				live = append(live, "<"+token.Data+">")
			}
			for _, attr := range token.Attr {
				live = append(live, attr.Val) // a link's address; nothing else has attributes
			}
			if token.Data == "code" || token.Data == "a" {
				quiet++
			}
			if token.Data == "br" || token.Data == "p" || token.Data == "blockquote" || token.Data == "li" {
				b.WriteString("\n")
			}
		case html.EndTagToken:
			if token.Data == "code" || token.Data == "a" {
				quiet--
			}
		default:
			live = append(live, token.String()) // a comment or a doctype
		}
	}
}
