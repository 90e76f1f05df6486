package dialogue

import (
	"regexp"
	"strings"
)

// What a message's Value may be: those of the buttons under an answer, and
// that of the "Check this claim" shortcut.
const (
	LinesValue = "lines:" // all lines of the post's answer
	ShareValue = "share:" // the post's answer, for everybody
	UpValue    = "up:"    // feedback
	DownValue  = "down:"
	AskPrefix  = "ask:" // a question follows
	CheckValue = "check"
)

// A command is something that is wanted other than an answer.
type command string

const (
	noCommand      command = ""
	helpCommand    command = "help"
	sourcesCommand command = "sources"
	factsCommand   command = "facts"
	compareCommand command = "compare"
	linesCommand   command = "lines"
	checkCommand   command = "check"
	thanksCommand  command = "thanks"
	helloCommand   command = "hello"
)

// commands are tried in turn; what the group "rest" matches goes with the
// command. Only whole messages are commands, so that no question is taken for
// one ("thanks to whom did …", "which sources say …").
var commands = []struct {
	name command
	re   *regexp.Regexp
}{
	{helpCommand, whole(`|help( me)?|how (do|does) (i|you|this) work|what can you do`)},
	{sourcesCommand, whole(`sources|articles|corpus|what (articles|sources) do you (have|know)|what do you (cover|know)|how fresh (are you|is it)`)},
	{linesCommand, whole(`((quote|show|give)( me)? )?((all|more)( the| of the)?( lines| quotes)?|lines)( please)?`)},
	{thanksCommand, whole(`(ok |great |perfect |many )?(thanks|thank you|thx|ty|cheers|ta)( a lot| so much| very much| all| bot| again)?`)},
	{helloCommand, whole(`(hi|hello|hey|hallo|good (morning|afternoon|evening)|moin|yo)( there| all| bot| everyone)?`)},
	{factsCommand, whole(`facts?( (about|on|of|for))?(?P<rest> .+)?`)},
	{compareCommand, whole(`compare(?P<rest> .+)?`)},
	{checkCommand, whole(`(check|fact-check|verify)( (this|the) claim| this)?(:|\s)(?P<rest>.+)`)},
}

func whole(pattern string) *regexp.Regexp {
	return regexp.MustCompile(`(?is)^(?:` + pattern + `)$`)
}

// parseCommand tells which command a text is, and what follows it.
func parseCommand(text string) (name command, rest string) {
	bare := strings.Join(strings.Fields(strings.TrimRight(text, "!?. ")), " ")
	for _, c := range commands {
		m := c.re.FindStringSubmatch(bare)
		if m == nil {
			continue
		}
		if i := c.re.SubexpIndex("rest"); i >= 0 {
			rest = strings.TrimSpace(m[i])
		}
		return c.name, rest
	}
	return noCommand, ""
}

// askingWords open a question.
var askingWords = regexp.MustCompile(`(?i)^(and |but |so |ok |then )*(who|whom|whose|what|when|where|why|which|how|hw|was|were|is|are|did|does|do|has|have|had|can|could|will|would)\b`)

// looksAsked reports whether a message that did not name us is a question and
// no remark: telegram style ("death toll") is too much like talk.
func looksAsked(text string) bool {
	if name, _ := parseCommand(text); name != noCommand {
		return false
	}
	return strings.HasSuffix(strings.TrimRight(text, " !"), "?") || askingWords.MatchString(text)
}

// Feedback is what a reaction or button says of an answer: 1 for good, -1 for
// bad, 0 for neither.
func Feedback(value string) int {
	value = strings.TrimRight(value, "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff") // variants and skin tones
	switch {
	case value == "👍" || value == ":+1:" || value == ":thumbsup:" || strings.HasPrefix(value, UpValue):
		return 1
	case value == "👎" || value == ":-1:" || value == ":thumbsdown:" || strings.HasPrefix(value, DownValue):
		return -1
	}
	return 0
}
