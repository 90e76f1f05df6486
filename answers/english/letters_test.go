package english

import (
	"testing"

	"github.com/hbollon/go-edlib"
)

// TestLetters holds Distance to its promise: it is never above the edits between
// two words.
func TestLetters(t *testing.T) {
	for _, pair := range [][2]string{
		{"", ""}, {"a", ""}, {"government", "govermnent"}, {"soldier", "soliders"}, {"abc", "xyz"}, {"smith", "smyth"},
		{"aaaa", "aa"}, {"listen", "silent"}, {"tokayev", "tokaev"}, {"qazaq", "kazakh"},
	} {
		edits := edlib.OSADamerauLevenshteinDistance(pair[0], pair[1])
		there, back := LettersOf(pair[0]).Distance(pair[1]), LettersOf(pair[1]).Distance(pair[0])
		if there > edits || there != back {
			t.Errorf("%q: %d and %d, edits %d", pair, there, back, edits)
		}
	}
	if d := LettersOf("government").Distance("parliament"); d < 3 {
		t.Errorf("quite other words are %d apart", d)
	}
	if d := LettersOf("naive").Distance("na\u00efve"); d != 0 {
		t.Errorf("a word of other letters is %d away", d)
	}
}
