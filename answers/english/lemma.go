package english

import (
	"strings"
	"sync"

	"github.com/aaaton/golem/v4/dicts/en"
)

// forms is how many forms the dictionary has, to make room at once.
const forms = 1 << 17

// dictionary maps every form to the base form that the word list of the golem
// library gives first. The list is read here rather than by the library, whose
// own table takes five times as long to make and half of a short command's
// time.
var dictionary = sync.OnceValue(func() map[string]string {
	data, err := en.New().GetResource()
	if err != nil {
		// The list is compiled in: it cannot fail but by a broken build.
		panic("english: the built-in dictionary cannot be read: " + err.Error())
	}
	table := make(map[string]string, forms)
	text := string(data)
	for len(text) > 0 {
		line := text
		if i := strings.IndexByte(text, '\n'); i >= 0 {
			line, text = text[:i], text[i+1:]
		} else {
			text = ""
		}
		base, _, _ := strings.Cut(line, "\t")
		for rest, more := line, line != ""; more; {
			var form string
			form, rest, more = strings.Cut(rest, "\t")
			if _, ok := table[form]; !ok {
				table[form] = base
			}
		}
	}
	return table
})

// inDictionary reports whether the word list has the folded word.
func inDictionary(word string) bool {
	_, ok := dictionary()[word]
	return ok
}

// misread corrects the dictionary where news means another word than it does.
var misread = NewTable(map[string]string{
	"found": "find", "founded": "found", "founding": "found", "left": "leave", "leaves": "leave",
	"dead": "dead", "hanged": "hanged", "dozens": "dozen", "lives": "life", "tens": "ten", "burnt": "burn", "felt": "feel",
	"saw": "see", "fell": "fall", "shot": "shoot", "shots": "shot", "lay": "lie", "wound": "wound",
	"wounded": "wound", "ground": "ground", "does": "do", "did": "do", "done": "do", "is": "be", "are": "be",
	"was": "be", "were": "be", "has": "have", "had": "have", "worst": "bad", "worse": "bad", "best": "good",
	"better": "good", "media": "media", "data": "data", "news": "news", "police": "police", "us": "us",
	"as": "as", "his": "his", "this": "this", "killings": "killing", "forces": "force",
	"organisation": "organization", "organisations": "organization", "organise": "organize", "organised": "organize",
	"crew": "crew", "crews": "crew", "rose": "rise", "broke": "break", "bore": "bear", "known": "know", "given": "give",
	"colour": "color", "colours": "color", "coloured": "color", "colored": "color", "centre": "center", "centres": "center",
	"defence": "defense", "labour": "labor", "programme": "program", "programmes": "program", "metres": "meter",
	"metre": "meter", "kilometre": "kilometer", "kilometres": "kilometer", "litre": "liter", "litres": "liter",
	"tonnes": "tonne", "harbour": "harbor", "neighbour": "neighbor", "neighbours": "neighbor", "theatre": "theater",
	"grey": "gray", "favour": "favor", "honour": "honor", "rumour": "rumor", "rumours": "rumor", "behaviour": "behavior",
})

// Lemma is the dictionary form of a folded word ("children" → "child"),
// British spellings brought to one form; a word that the dictionary does not
// have is its own lemma.
func Lemma(folded string) string {
	if l, ok := misread.Find(folded); ok {
		return l
	}
	l, ok := dictionary()[folded]
	if !ok {
		l = folded
	}
	if n, ok := americanize(l); ok {
		return n
	}
	return l
}

// Known reports whether the dictionary of English has the folded word.
func Known(folded string) bool {
	if classes.Has(folded) {
		return true
	}
	if misread.Has(folded) {
		return true
	}
	return inDictionary(folded)
}

// americanize brings "-ise", "-isation" and "-our" endings to their other
// spelling where the dictionary has that too.
func americanize(w string) (string, bool) {
	for _, e := range [...][2]string{{"isation", "ization"}, {"ise", "ize"}, {"our", "or"}} {
		if n := len(w) - len(e[0]); n >= 3 && w[n:] == e[0] {
			if s := w[:n] + e[1]; inDictionary(s) {
				return s, true
			}
		}
	}
	return w, false
}
