package matrix

import (
	"context"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// names are what the bot is called in a room.
type names struct {
	user    id.UserID
	display string // "" where it has none
	command string // without the exclamation mark
}

// names returns what the bot is called in a room.
func (a *Adapter) names(ctx context.Context, room id.RoomID) names {
	n := names{user: a.client.UserID, command: a.cfg.Command}
	if member, err := a.state.TryGetMember(ctx, room, a.client.UserID); err == nil && member != nil {
		n.display = member.Displayname
	}
	return n
}

// address tells how a message addresses the bot, "" where it does not, and
// what it says apart from that. A list of mentions decides where there is
// one, empty as it may be; older apps have none, and then a link to the bot
// or its name in front count.
func (n names) address(content *event.MessageEventContent, direct bool) (string, adapters.Kind) {
	body := withoutFallback(content)
	if input := content.MSC4391BotCommand; input != nil && content.Mentions.Has(n.user) {
		return n.arguments(input), adapters.Command
	}
	if rest, ok := cutWord(body, "!"+n.command); ok {
		return rest, adapters.Command
	}
	rest, named := n.cutName(body)
	pill := n.pill(content)
	if !named && pill != "" {
		if rest, named = cutWord(body, pill); !named {
			rest = strings.TrimSpace(strings.Replace(body, pill, "", 1))
		}
	}
	mentioned := named || pill != ""
	if content.Mentions != nil {
		mentioned = content.Mentions.Has(n.user)
	}
	switch {
	case direct:
		return rest, adapters.Direct
	case mentioned:
		return rest, adapters.Mention
	}
	return body, ""
}

// arguments are what was typed into a command that the bot described.
func (n names) arguments(input *event.MSC4391BotCommandInput) string {
	var args struct {
		Question string `json:"question"`
	}
	if decode(input.Arguments, &args) != nil {
		return ""
	}
	word, _ := cutWord(input.Command, n.command)
	return strings.TrimSpace(word + " " + args.Question)
}

// cutName cuts one of the bot's names, and what parts it from the text, off
// the front of body.
func (n names) cutName(body string) (string, bool) {
	for _, name := range []string{string(n.user), n.display, "@" + n.display, n.user.Localpart(), "@" + n.user.Localpart()} {
		if strings.Trim(name, "@") == "" {
			continue
		}
		if rest, ok := cutWord(body, name); ok {
			return rest, true
		}
	}
	return body, false
}

// cutWord cuts a word, in any case, and the punctuation after it off the
// front of body. The word must end there.
func cutWord(body, word string) (string, bool) {
	body = strings.TrimSpace(body)
	if len(body) < len(word) || !strings.EqualFold(body[:len(word)], word) {
		return body, false
	}
	rest := body[len(word):]
	if rest != "" && !strings.ContainsRune(" \t\n:,", rune(rest[0])) {
		return body, false
	}
	rest = strings.TrimLeft(rest, " \t\n")
	if rest != "" && strings.ContainsRune(":,", rune(rest[0])) {
		rest = rest[1:]
	}
	return strings.TrimSpace(rest), true
}

// linkTo finds the user in a link that stands for one.
var linkTo = regexp.MustCompile(`^(?:https://matrix\.to/#/|matrix:u/)(.+?)(?:\?.*)?$`)

// pill returns the text of a link to the bot, "" where there is none.
func (n names) pill(content *event.MessageEventContent) string {
	if content.Format != event.FormatHTML {
		return ""
	}
	z := html.NewTokenizer(strings.NewReader(content.FormattedBody))
	inside := false
	for {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.TextToken:
			if inside {
				return string(z.Text())
			}
		case html.StartTagToken:
			tag, more := z.TagName()
			for isLink := string(tag) == "a"; isLink && more; {
				var key, value []byte
				key, value, more = z.TagAttr()
				if string(key) == "href" && n.isLinked(string(value)) {
					inside = true
				}
			}
		}
	}
}

// isLinked reports whether an address stands for the bot.
func (n names) isLinked(href string) bool {
	found := linkTo.FindStringSubmatch(href)
	if found == nil {
		return false
	}
	user := unescape(found[1])
	return strings.TrimPrefix(user, "@") == strings.TrimPrefix(string(n.user), "@")
}

// withoutFallback is the text of a message without the quotation that old
// apps put before a reply.
func withoutFallback(content *event.MessageEventContent) string {
	body := content.Body
	if content.RelatesTo.GetReplyTo() == "" || !strings.HasPrefix(body, "> <") {
		return strings.TrimSpace(body)
	}
	lines := strings.Split(body, "\n")
	for len(lines) > 0 && strings.HasPrefix(lines[0], "> ") {
		lines = lines[1:]
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
