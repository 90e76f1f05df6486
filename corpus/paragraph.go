package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A paragraph is a line, or the lines that a hard-wrapped one takes.
type paragraph struct {
	span   Span // without the white space around it
	role   Role
	spaced bool // nothing but it stands between two empty lines
}

const (
	// minWrapped and maxWrapped are the widths in runes between which text is
	// wrapped by hand or by an agency's wire.
	minWrapped = 40
	maxWrapped = 120
	// minWrappedLines is how many lines a block has to have before they are
	// taken to be wrapped.
	minWrappedLines = 3
)

// splitParagraphs finds the paragraphs of a text.
func splitParagraphs(text string) []paragraph {
	out := make([]paragraph, 0, strings.Count(text, "\n")/2+1) // most stand between empty lines
	var block []Span                                           // lines up to the next empty one
	flush := func() {
		first := len(out)
		wrapped := len(block) >= minWrappedLines && isWrapped(text, block)
		for i := 0; i < len(block); {
			j := i + 1
			for j < len(block) && continues(text, block[j-1], block[j], wrapped && first+j > 1) {
				j++
			}
			out = append(out, paragraph{span: Span{block[i].Start, block[j-1].End}})
			i = j
		}
		if len(out) == first+1 {
			out[first].spaced = true
		}
		block = block[:0]
	}
	for at := 0; at < len(text); {
		end := len(text)
		if n := strings.IndexByte(text[at:], '\n'); n >= 0 {
			end = at + n
		}
		if line := trim(text, at, end); line.Len() > 0 {
			block = append(block, line)
		} else {
			flush()
		}
		at = end + 1
	}
	flush()
	return out
}

// continues reports whether a line goes on with the sentence of the line before
// it. Wrapped says that the two stand in hard-wrapped text; else it takes a
// small letter at the break. (The first line of a text, which is often its
// headline, is never taken for wrapped.)
func continues(text string, before, line Span, wrapped bool) bool {
	left, right := text[before.Start:before.End], text[line.Start:line.End]
	if isListItem(right) || utf8.RuneCountInString(left) < minWrapped {
		return false
	}
	if startsLower(right) && !endsSentence(left) {
		return true
	}
	if !wrapped {
		return false
	}
	_, other := phraseRole(normalise(right[:min(len(right), maxFurniture)]))
	return !other
}

// isWrapped reports whether the lines of a block were filled up to one width:
// the first word of each would not have fitted on the line before it.
func isWrapped(text string, block []Span) bool {
	width := 0
	for _, l := range block {
		width = max(width, utf8.RuneCountInString(text[l.Start:l.End]))
	}
	if width > maxWrapped {
		return false
	}
	for i, l := range block[:len(block)-1] {
		next := text[block[i+1].Start:block[i+1].End]
		word, _, _ := strings.Cut(next, " ")
		if utf8.RuneCountInString(text[l.Start:l.End])+1+utf8.RuneCountInString(word) <= width-wrapSlack {
			return false
		}
	}
	return true
}

// wrapSlack is how many runes a wrapped line may lack to the width, for the
// words that a wire's typist has not broken.
const wrapSlack = 4

// endsSentence reports whether a line ends in a mark that ends sentences.
func endsSentence(line string) bool {
	core := strings.TrimRight(line, `”"“’'»)] `)
	switch lastRune(core) {
	case '.', '?', '!', '…', ':', ';':
		return true
	}
	return false
}

// listMarks begin the items of a list.
const listMarks = "•*-–—▪‣·>»▶►●○"

// isListItem reports whether a line begins with the mark of a list item.
func isListItem(line string) bool {
	r, n := utf8.DecodeRuneInString(line)
	if strings.ContainsRune(listMarks, r) {
		next, _ := utf8.DecodeRuneInString(line[n:])
		return unicode.IsSpace(next) || r == '•'
	}
	mark, _, found := strings.Cut(line, " ")
	return found && len(mark) > 1 && strings.HasSuffix(strings.TrimSuffix(mark, ")"), ".") && startsDigit(mark) && isListMark(mark)
}
