package english

import (
	_ "embed"
	"strings"
	"sync"
	"sync/atomic"
)

//go:embed words.txt
var wordsFile string

// uninflected are the words that Known's dictionary of forms lacks because
// they have one form only: "peaceful", "violence", "abroad".
var uninflected = sync.OnceValue(func() *Set {
	var lines []string
	for line := range strings.Lines(wordsFile) {
		if line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return NewSet(lines...)
})

// minStem is the fewest letters of a word before or after an affix.
const minStem = 3

// IsWord reports whether the folded word is English rather than a name: the
// dictionary has it, it is one of the words of a single form, or it is made
// of one of these with "-ly", "-ness", "-less", "un-", "non" or "anti".
func IsWord(folded string) bool {
	return simpleWord(folded) || derived(folded)
}

// What Form.English remembers.
const (
	isEnglish = 1 + iota
	isForeign
)

// English is IsWord of the folded form. Whoever asks first looks it up.
func (f *Form) English() bool {
	switch atomic.LoadUint32(&f.english) {
	case isEnglish:
		return true
	case isForeign:
		return false
	}
	if IsWord(f.Norm) {
		atomic.StoreUint32(&f.english, isEnglish)
		return true
	}
	atomic.StoreUint32(&f.english, isForeign)
	return false
}

func simpleWord(w string) bool { return Known(w) || uninflected().Has(w) }

func derived(w string) bool {
	for _, suffix := range [...]string{"ly", "ness", "less", "ally", "ily"} {
		stem, ok := strings.CutSuffix(w, suffix)
		if !ok || len(stem) < minStem {
			continue
		}
		if simpleWord(stem) || suffix == "ily" && simpleWord(stem+"y") || suffix == "ly" && simpleWord(stem+"le") {
			return true
		}
	}
	for _, prefix := range [...]string{"un", "non", "anti", "counter"} {
		if stem, ok := strings.CutPrefix(w, prefix); ok && len(stem) >= minStem && simpleWord(stem) {
			return true
		}
	}
	return false
}
