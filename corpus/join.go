package corpus

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed lexicon/abbreviations.txt
var abbreviationsText string

// A following says what has to come after an abbreviation for the sentence to
// go on.
type following uint8

const (
	anything following = 1 + iota
	aName
	aNumber
	aDay
	aTime
	noStarter
)

var (
	abbreviations = map[string]following{} // without the point, lower case
	afterTime     = map[string]bool{}
	starters      = map[string]bool{}
)

func init() {
	classes := map[string]following{
		"always": anything, "title": aName, "number": aNumber, "month": aDay, "time": aTime, "soft": noStarter,
	}
	for line := range strings.Lines(abbreviationsText) {
		class, words, found := strings.Cut(strings.TrimSpace(line), ":")
		if !found || strings.HasPrefix(class, "#") {
			continue
		}
		for _, word := range strings.Fields(words) {
			switch class {
			case "starter":
				starters[word] = true
			case "after-time":
				afterTime[word] = true
			default:
				abbreviations[word] = classes[class]
			}
		}
	}
}

// joins reports whether the sentence on the left goes on in the piece on the
// right, although Unicode breaks between the two.
func joins(left, right string) bool {
	left = strings.TrimRightFunc(left, unicode.IsSpace)
	right = strings.TrimLeftFunc(right, unicode.IsSpace)
	if left == "" || right == "" || !hasWord(right) || !hasWord(left) || isListMark(left) {
		return true
	}
	if strings.ContainsRune("[(“‘«", lastRune(left)) {
		return true
	}
	core := strings.TrimRight(left, `”"’'»)] `)
	switch end := lastRune(core); {
	case end == '?' || end == '!':
		return startsLower(right) || len(core) < len(left) && isSpeechTag(right)
	case end == '.' && len(core) == len(left):
		return startsLower(right) || isAbbreviation(core, right)
	case end == '.' || end == '…' || end == '。':
		return startsLower(right)
	}
	return true // a line break of hard-wrapped text
}

// isAbbreviation reports whether the last word of left, which ends in a point,
// is an abbreviation that the sentence goes on after.
func isAbbreviation(left, right string) bool {
	word := lastWord(left[:len(left)-1])
	if word == "" {
		return false
	}
	next := firstWord(right)
	switch follows := abbreviations[strings.ToLower(word)]; follows {
	case anything:
		return true
	case aName:
		return !startsLower(word)
	case aNumber:
		return startsDigit(right) || isRoman(next)
	case aDay:
		return !startsLower(word) && startsDigit(right)
	case aTime:
		return startsDigit(right) || afterTime[strings.ToLower(next)]
	case noStarter:
		return next != "" && !isStarter(right)
	}
	return isInitial(word) && next != "" && (!isStarter(right) || isInitial(next) && strings.HasPrefix(right[len(next):], "."))
}

// isInitial reports whether a word without its last point is an initial ("J")
// or a run of letters with points ("U.S", "Ph.D"). A lone "I" is the pronoun.
func isInitial(word string) bool {
	if word == "I" {
		return false
	}
	letters, inner := 0, false
	for _, r := range word {
		switch {
		case r == '.':
			letters, inner = 0, true
		case !unicode.IsLetter(r):
			return false
		default:
			letters++
		}
		if letters > 2 {
			return false
		}
	}
	if inner {
		return true
	}
	r, n := utf8.DecodeRuneInString(word)
	return n == len(word) && unicode.IsUpper(r)
}

// speechVerbs are those that stand after a quoted question or shout.
var speechVerbs = map[string]bool{
	"said": true, "says": true, "asked": true, "asks": true, "added": true, "told": true, "replied": true,
	"answered": true, "wrote": true, "shouted": true, "chanted": true, "cried": true, "exclaimed": true,
	"tweeted": true, "yelled": true, "warned": true, "demanded": true,
}

// maxSpeaker is how many words may name the speaker in a speech tag.
const maxSpeaker = 4

// isSpeechTag reports whether the text begins like the "Jane Doe asked" after a
// quoted question.
func isSpeechTag(text string) bool {
	for range maxSpeaker + 1 {
		word := firstWord(text)
		if speechVerbs[word] {
			return true
		}
		if word == "" || startsLower(word) {
			return false
		}
		text = strings.TrimLeft(text[len(word):], ". ")
	}
	return false
}

// isStarter reports whether the text begins with a capitalised word of the kind
// that starts sentences.
func isStarter(text string) bool {
	text = strings.TrimLeft(text, `“"‘'«([`)
	word := firstWord(text)
	return word != "" && !startsLower(word) && starters[strings.ToLower(strings.ReplaceAll(word, "’", "'"))]
}

// isListMark reports whether a text is but the mark of a list item: "1.", "b)".
func isListMark(text string) bool {
	text = strings.TrimSuffix(strings.TrimPrefix(text, "("), ")")
	text = strings.TrimSuffix(text, ".")
	if len(text) == 1 && unicode.IsLetter(rune(text[0])) {
		return true
	}
	return len(text) <= 3 && strings.Trim(text, "0123456789") == ""
}

func hasWord(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) >= 0
}

func isWordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’'
}

// firstWord is the run of letters, digits and apostrophes that text begins with.
func firstWord(text string) string {
	if i := strings.IndexFunc(text, func(r rune) bool { return !isWordRune(r) }); i >= 0 {
		return text[:i]
	}
	return text
}

// lastWord is the run of letters, digits and inner points that text ends with.
func lastWord(text string) string {
	i := strings.LastIndexFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.'
	})
	if i < 0 {
		return text
	}
	_, n := utf8.DecodeRuneInString(text[i:])
	return text[i+n:]
}

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}

func startsLower(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, `“"‘'«([`))
	return unicode.IsLower(r)
}

func startsDigit(text string) bool { return text != "" && '0' <= text[0] && text[0] <= '9' }

func isRoman(word string) bool { return word != "" && strings.Trim(word, "IVXLC") == "" }
