package corpus

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:embed lexicon/furniture.txt
var furnitureText string

// Limits in bytes. A longer paragraph is the article's own text, whatever
// phrase is in it.
const (
	maxFurniture   = 400
	maxCaption     = 300
	maxSubheading  = 110
	maxCredit      = 90
	maxLinkHeading = 24 // "Related articles", over links
	minTitlePart   = 12 // of a title that a line repeats in part
)

// minMenu is how many strokes between words make a line a menu.
const minMenu = 2

// maxCaptionPoints is how many full stops a caption may have before its
// credit. With more, the agency's name is the sign-off of a story.
const maxCaptionPoints = 2

// maxByline is the length in words of a byline or a credit line.
const maxByline = 7

// A phrase tells the role of the line that it stands in.
type phrase struct {
	text       string
	pairs      pairs // of text
	begin, end bool
	role       Role
}

var (
	anchored = map[byte][]phrase{} // those bound to the beginning, by its first byte
	floating []phrase
	agencies = map[string]bool{}
)

func init() {
	for line := range strings.Lines(furnitureText) {
		line = strings.TrimRight(line, "\r\n")
		kind, text, found := strings.Cut(line, " ")
		if !found || strings.HasPrefix(kind, "#") {
			continue
		}
		if kind == "agency" {
			agencies[text] = true
			continue
		}
		p := phrase{role: Role(kind)}
		text, p.begin = strings.CutPrefix(text, "^")
		p.text, p.end = strings.CutSuffix(text, "$")
		if p.begin {
			anchored[p.text[0]] = append(anchored[p.text[0]], p)
		} else {
			p.pairs = pairsOf(p.text)
			floating = append(floating, p)
		}
	}
}

// assignRoles finds out what each paragraph is in its article.
func assignRoles(a *Article, paragraphs []paragraph) {
	title := normalise(a.Title)
	begun, linking := false, false // the text has begun; a list of links to other stories goes on
	for i := range paragraphs {
		p := &paragraphs[i]
		text := a.Text[p.span.Start:p.span.End]
		last := i == len(paragraphs)-1
		p.role = Body
		if len(text) <= maxFurniture {
			p.role = shortRole(text, title, begun, last)
		}
		switch {
		case linking && p.role == Body && !endsSentence(text) && len(text) <= maxCaption:
			p.role = Teaser
		case p.role == Teaser && len(text) <= maxLinkHeading:
			linking = true // "Related articles": a heading over links
		case p.role == Body:
			linking = false
		}
		begun = begun || p.role == Body
	}
	for i := range paragraphs[:max(0, len(paragraphs)-1)] {
		p, next := &paragraphs[i], &paragraphs[i+1]
		if p.role == Body && p.spaced && isSubheading(a.Text[p.span.Start:p.span.End]) && next.role == Body &&
			endsSentence(a.Text[next.span.Start:next.span.End]) {
			p.role = Headline
		}
	}
}

// shortRole is the role of a paragraph short enough to be no text.
func shortRole(text, title string, begun, last bool) Role {
	if !hasWord(text) {
		return Furniture
	}
	line := normalise(text)
	if repeatsTitle(line, title) {
		if begun {
			return Furniture // a link back to the article
		}
		return Headline
	}
	if role, found := phraseRole(strings.TrimLeft(line, listMarks+" ")); found {
		return role
	}
	switch {
	case isByline(text, line), isCreditLine(line), isDateLine(line):
		return Furniture
	case strings.Count(line, " | ") >= minMenu && !endsSentence(line):
		return Furniture // the site's menu
	case len(text) <= maxCaption && !last && endsInCredit(text):
		return Caption
	}
	return Body
}

// normalise folds case, white space and quotes, so that a phrase can be found.
func normalise(text string) string {
	var out strings.Builder
	out.Grow(len(text))
	space := false
	for i, n := 0, 0; i < len(text); i += n {
		n = 1
		folded := plain[text[i]]
		r := rune(folded)
		if folded == 0 {
			if r, n = utf8.DecodeRuneInString(text[i:]); unicode.IsSpace(r) {
				space = true
				continue
			}
			r = fold(r)
		}
		if space {
			if out.Len() > 0 {
				out.WriteByte(' ')
			}
			space = false
		}
		if r < utf8.RuneSelf {
			out.WriteByte(byte(r))
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// plain is what fold makes of the bytes that are no white space and a rune of
// their own; 0 of the others.
var plain = func() (table [256]byte) {
	for b := range byte(utf8.RuneSelf) {
		if !unicode.IsSpace(rune(b)) {
			table[b] = byte(fold(rune(b)))
		}
	}
	return table
}()

// fold is the small letter or the straight quote for a rune.
func fold(r rune) rune {
	switch {
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	case r < utf8.RuneSelf && r != '`':
		return r
	}
	switch r {
	case '“', '”', '«', '»', '„':
		return '"'
	case '‘', '’', '`':
		return '\''
	}
	return unicode.ToLower(r)
}

// repeatsTitle reports whether a line is the title, or the title and the name
// of the publication, or the title up to that name.
func repeatsTitle(line, title string) bool {
	line = strings.TrimLeft(line, "# ")
	if line == title {
		return title != ""
	}
	short, long := line, title
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) < minTitlePart || !strings.HasPrefix(long, short) {
		return false
	}
	rest := long[len(short):]
	for _, mark := range []string{" - ", " | ", " – ", " — "} {
		if strings.HasPrefix(rest, mark) {
			return true
		}
	}
	return false
}

// phraseRole looks a normalised line up in the lexicon.
func phraseRole(line string) (Role, bool) {
	if line == "" {
		return "", false
	}
	for _, p := range anchored[line[0]] {
		if strings.HasPrefix(line, p.text) && (!p.end || line == p.text) && wordEnds(line, len(p.text)) {
			return p.role, true
		}
	}
	has := pairsOf(line)
	for i := range floating {
		if p := &floating[i]; has.all(&p.pairs) && strings.Contains(line, p.text) {
			return p.role, true
		}
	}
	return "", false
}

// pairs are the pairs of neighbouring bytes in a text, several pairs to a bit: a
// text that lacks a pair of a phrase lacks the phrase.
type pairs [4]uint64

func pairsOf(text string) (p pairs) {
	for i := 1; i < len(text); i++ {
		n := text[i-1]*31 + text[i]
		p[n>>6] |= 1 << (n & 63)
	}
	return p
}

// all reports whether p has all of q.
func (p *pairs) all(q *pairs) bool {
	return q[0]&^p[0]|q[1]&^p[1]|q[2]&^p[2]|q[3]&^p[3] == 0
}

// wordEnds reports whether no word of line runs across offset i.
func wordEnds(line string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	after, _ := utf8.DecodeRuneInString(line[i:])
	return i == len(line) || !isWordRune(before) || !isWordRune(after)
}

// isByline reports whether a line is "By" and names.
func isByline(text, line string) bool {
	if !strings.HasPrefix(line, "by ") || endsSentence(text) {
		return false
	}
	words := strings.Fields(text)
	if len(words) > maxByline {
		return false
	}
	for _, w := range words[1:] {
		if startsLower(w) && w != "and" && w != "in" && w != "with" && w != "de" && w != "van" && w != "von" {
			return false
		}
	}
	return true
}

// isCreditLine reports whether a short line ends in an agency's name and is no
// sentence: "Our paper with Reuters".
func isCreditLine(line string) bool {
	if len(line) > maxCredit || endsSentence(line) {
		return false
	}
	words := strings.Fields(line)
	if len(words) == 0 || len(words) > maxByline {
		return false
	}
	for n := range min(3, len(words)) {
		if agencies[strings.Trim(strings.Join(words[len(words)-1-n:], " "), "()[]")] {
			return len(words) <= maxByline-2
		}
	}
	return false
}

// isDateLine reports whether a short line has but a date and a time.
func isDateLine(line string) bool {
	if len(line) > maxCredit || endsSentence(line) {
		return false
	}
	named := false
	words := strings.FieldsFunc(line, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, w := range words {
		switch {
		case afterTime[w]:
			named = true
		case strings.Trim(w, "0123456789") == "", w == "am", w == "pm", w == "at", w == "on", w == "of", w == "th", w == "st":
		default:
			return false
		}
	}
	return named && len(words) > 1
}

// endsInCredit reports whether a line ends in the credit of a photograph,
// after a full stop or a dash.
func endsInCredit(text string) bool {
	if endsSentence(text) || strings.Count(text, ". ") > maxCaptionPoints {
		return false
	}
	for _, mark := range []string{". ", ".\u00a0", ".) ", ".\" ", ".” ", " - ", " – ", " — ", " | ", " ("} {
		if i := strings.LastIndex(text, mark); i >= 0 && isCredit(text[i+1:]) {
			return true
		}
	}
	return false
}

// isCredit reports whether a text is but a credit: agencies' names, with the
// photographer's before a stroke, or a copyright note.
func isCredit(text string) bool {
	if len(text) > maxCredit || endsSentence(strings.TrimRight(text, ")]")) {
		return false
	}
	text = strings.Trim(normalise(text), "-–—|()[].\" ")
	for _, opening := range []string{"copyright", "©", "photo by ", "photo: ", "picture: ", "image: "} {
		if strings.HasPrefix(text, opening) {
			return true
		}
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == '/' || r == '|' || r == ',' || r == '•' })
	for _, part := range parts {
		if agencies[strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(part), "via "))] {
			return len(strings.Fields(text)) <= maxByline
		}
	}
	return false
}

// isSubheading reports whether a line looks like a heading inside an article.
func isSubheading(text string) bool {
	if len(text) > maxSubheading || strings.ContainsRune(text, '\n') || isListItem(text) || startsLower(text) {
		return false
	}
	return !endsSentence(text) && lastRune(text) != ',' && strings.ContainsRune(text, ' ')
}
