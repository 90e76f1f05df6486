package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// Sentences splits an article into the passages that can be quoted, in their
// order. Each is trimmed of white space, none overlaps another, and together
// they hold every visible character of the text.
//
// A line break ends a sentence, except inside a paragraph of hard-wrapped
// text. Inside a paragraph the breaks are those of Unicode (UAX #29), joined
// and split again by what it cannot know: abbreviations, initials, quotes,
// missing spaces.
func Sentences(a *Article) []Sentence {
	paragraphs := splitParagraphs(a.Text)
	assignRoles(a, paragraphs)
	out := make([]Sentence, 0, len(a.Text)/averageSentence+1)
	line, counted := 1, 0
	headed := false
	for i, p := range paragraphs {
		add := func(s Span, role Role) {
			line += strings.Count(a.Text[counted:s.Start], "\n")
			counted = s.Start
			out = append(out, Sentence{Article: a, Line: line, Span: s, Role: role, Paragraph: i})
		}
		if p.role == Body && !headed {
			headed = true
			if n := wireHeader(a.Text[p.span.Start:p.span.End]); n > 0 {
				add(trim(a.Text, p.span.Start, p.span.Start+n), Furniture)
				p.span = trim(a.Text, p.span.Start+n, p.span.End)
			}
		}
		splitSentences(a.Text, p.span, p.role == Caption, func(s Span) {
			if p.role == Body && isCredit(a.Text[s.Start:s.End]) {
				add(s, Furniture) // an agency's name below its text
				return
			}
			add(s, p.role)
		})
	}
	return out
}

// averageSentence is the usual length of a sentence of news in bytes, a short
// one's, to size the result by.
const averageSentence = 80

// splitSentences hands out the sentences of one paragraph. The last piece of a
// caption is its credit and stays with it.
func splitSentences(text string, paragraph Span, caption bool, emit func(Span)) {
	unit := text[paragraph.Start:paragraph.End]
	start, end := 0, 0 // the sentence so far
	flush := func() {
		if s := trim(unit, start, end); s.Len() > 0 {
			splitAgain(unit, s, func(s Span) {
				emit(Span{paragraph.Start + s.Start, paragraph.Start + s.End})
			})
		}
		start = end
	}
	if isOne(unit) {
		emit(paragraph)
		return
	}
	for pieces := sentences.FromString(unit); pieces.Next(); {
		if end > start {
			end = takeClosers(unit, start, end, pieces.End())
			switch {
			case end >= pieces.End():
				continue
			case caption && pieces.End() == len(unit) && isCredit(unit[end:]):
			case !joins(unit[start:end], unit[end:pieces.End()]):
				flush()
			}
		}
		end = pieces.End()
	}
	flush()
}

// isOne reports whether a paragraph, without white space around it, is surely one
// sentence: plain text that has no mark that could end one before its last byte.
func isOne(unit string) bool {
	for i := range len(unit) - 1 {
		switch c := unit[i]; {
		case c == '.', c == '?', c == '!', c < ' ', c >= utf8.RuneSelf:
			return false
		}
	}
	return unit != "" && unit[len(unit)-1] < utf8.RuneSelf
}

// trim narrows a range to what lies between its white space.
func trim(text string, start, end int) Span {
	left := strings.TrimLeftFunc(text[start:end], unicode.IsSpace)
	start = end - len(left)
	return Span{start, start + len(strings.TrimRightFunc(left, unicode.IsSpace))}
}

// takeClosers moves the end of a sentence behind the closing quotes that a
// stray space has cut off from it: `coup. ”He said` breaks before "He".
func takeClosers(unit string, start, end, limit int) int {
	i := end
	for i < limit {
		r, n := utf8.DecodeRuneInString(unit[i:])
		switch {
		case r == '”' || r == '»' || r == ')' || r == ']':
		case r == '"' && closesStraight(unit[start:end], unit[i+n:limit]):
		default:
			return end
		}
		i += n
		end = i
	}
	return end
}

// closesStraight reports whether a straight quote between the two closes one
// that is open on the left: it can only open another where a word follows it.
func closesStraight(left, right string) bool {
	if strings.Count(left, `"`)%2 == 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(right)
	return right == "" || unicode.IsSpace(r)
}

// splitAgain splits where Unicode sees no break: after "[12]" that follows a
// full stop, after an ellipsis, and where the space after a full stop is
// missing.
func splitAgain(unit string, s Span, emit func(Span)) {
	start := s.Start
	for i := s.Start; i < s.End; {
		n := nextPoint(unit[i:s.End])
		if n < 0 {
			break
		}
		i += n
		cut := breakAfter(unit[start:s.End], i-start)
		if cut > 0 {
			if t := trim(unit, start, start+cut); t.Len() > 0 {
				emit(t)
			}
			start += cut
			i = max(i, start)
			continue
		}
		_, n = utf8.DecodeRuneInString(unit[i:])
		i += n
	}
	if t := trim(unit, start, s.End); t.Len() > 0 {
		emit(t)
	}
}

// nextPoint is the offset of the next full stop or ellipsis, -1 without one.
func nextPoint(text string) int {
	point := strings.IndexByte(text, '.')
	head := text
	if point >= 0 {
		head = text[:point]
	}
	if dots := strings.Index(head, "…"); dots >= 0 {
		return dots
	}
	return point
}

// minWordBeforeBreak is how many lower-case letters have to stand before a
// full stop without a space, for it to end a sentence and not a part of a name
// or an address.
const minWordBeforeBreak = 3

// breakAfter is where the sentence ends that has its point at i, or 0.
func breakAfter(s string, i int) int {
	r, n := utf8.DecodeRuneInString(s[i:])
	rest := s[i+n:]
	if r == '…' {
		after := strings.TrimLeft(rest, "”\"’'»)")
		if strings.HasPrefix(after, " ") && isStarter(after[1:]) {
			return len(s) - len(after)
		}
		return 0
	}
	if strings.HasPrefix(rest, "[") {
		return citationBreak(s, i+n)
	}
	word := 0
	for word < i && 'a' <= s[i-1-word] && s[i-1-word] <= 'z' {
		word++
	}
	if word >= minWordBeforeBreak && isStarter(rest) && rest[0] <= 'Z' {
		return i + n
	}
	return 0
}

// maxCitation is the length in bytes of the longest "[citation]" that is taken
// for one.
const maxCitation = 40

// citationBreak is the end of the run of "[…]" at i, where white space and no
// small letter follow; else 0.
func citationBreak(s string, i int) int {
	for strings.HasPrefix(s[i:], "[") {
		closing := strings.IndexByte(s[i:min(len(s), i+maxCitation)], ']')
		if closing < 0 {
			return 0
		}
		i += closing + 1
	}
	rest := s[i:]
	trimmed := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if len(trimmed) == len(rest) || trimmed == "" || startsLower(trimmed) {
		return 0
	}
	return i
}
