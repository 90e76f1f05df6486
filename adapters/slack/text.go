package slack

import (
	"regexp"
	"strings"

	"sourceline/adapters"
)

// special is what Slack puts between < and > in a message's text: a mention, a
// channel, a command such as !here, or a link, with an optional label.
var special = regexp.MustCompile(`<([^<>|]*)(?:\|([^<>]*))?>`)

var unescaper = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")

// plain turns the text of a Slack message into what its author saw, without
// mentions of the user me.
func plain(text, me string) string {
	text = special.ReplaceAllStringFunc(text, func(s string) string {
		m := special.FindStringSubmatch(s)
		target, label := m[1], m[2]
		switch {
		case target == "@"+me:
			return " "
		case strings.HasPrefix(target, "@"), strings.HasPrefix(target, "#"):
			if label == "" {
				return " " // an ID says nothing to anybody
			}
			return target[:1] + strings.TrimLeft(label, "@#")
		case strings.HasPrefix(target, "!"):
			return label
		case label != "":
			return label
		}
		return strings.TrimPrefix(target, "mailto:")
	})
	return strings.Join(strings.Fields(unescaper.Replace(text)), " ")
}

// names reports whether a message's text mentions the user.
func names(text, user string) bool {
	return user != "" && (strings.Contains(text, "<@"+user+">") || strings.Contains(text, "<@"+user+"|"))
}

// oneLine is a clean text without line ends and without white space around it.
func oneLine(s string) string {
	return strings.TrimSpace(lineEnds.Replace(adapters.CleanText(s)))
}

var lineEnds = strings.NewReplacer("\n", " ", "\t", " ")

// inertText is for the text field, the one place of a message that Slack parses.
// Escaping takes care of mentions and links; what else would become formatting,
// an emoji or a link by itself is parted by a zero-width space or replaced by
// its look-alike.
var inertText = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;",
	"*", "∗", "_", "＿", "~", "∼", "`", "ˋ",
	"://", ":\u200b//",
)

var emojiCode = regexp.MustCompile(`:[a-zA-Z0-9_+'-]+:`)

func inert(s string) string {
	s = oneLine(s)
	if emojiCode.MatchString(s) {
		s = strings.ReplaceAll(s, ":", ":\u200b")
	}
	return inertText.Replace(s)
}

// length counts as Slack does, in UTF-16 code units: the safe reading of
// "characters" for text with emoji.
func length(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// cut shortens s to at most limit characters as Slack counts them, at a space
// where there is one near, and marks the cut.
func cut(s string, limit int) string {
	if length(s) <= limit {
		return s
	}
	n, end := 1, 0 // one for the mark
	for i, r := range s {
		n += length(string(r))
		if n > limit {
			end = i
			break
		}
	}
	kept := s[:end]
	if i := strings.LastIndexByte(kept, ' '); i > end*3/4 {
		kept = kept[:i]
	}
	return strings.TrimRight(kept, " ") + "…"
}
