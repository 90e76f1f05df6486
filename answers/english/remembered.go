package english

import (
	"strings"
	"sync/atomic"
)

// What a word is takes five look-ups in large tables, and a text repeats its
// words: the last ones are remembered. A slot holds one word, the next that
// falls on it takes its place; there are no locks, and nothing depends on what
// is remembered.
const rememberedWords = 1 << 15

// A knownWord is what a token is but for where it stands.
type knownWord struct {
	text, norm, lemma string
	kind              Kind
	letters           Case
	class             Class
}

var remembered [rememberedWords]atomic.Pointer[knownWord]

// longestRemembered is the length in bytes of the longest text that is
// remembered.
const longestRemembered = 32

// hash is FNV-1a of a text, its upper bits folded into the lower ones.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h ^ h>>15
}

// Hash spreads the token's folded form, for tables of words as they come by.
func (t *Token) Hash() uint32 { return hash(t.Norm) }

// wordOf is what the text of a token is.
func wordOf(s string, k Kind) *knownWord {
	if len(s) > longestRemembered {
		return newWord(s, k)
	}
	slot := &remembered[hash(s)%rememberedWords]
	if w := slot.Load(); w != nil && w.text == s && w.kind == k {
		return w
	}
	w := newWord(strings.Clone(s), k) // a text must not be kept for one of its words
	slot.Store(w)
	return w
}

func newWord(s string, k Kind) *knownWord {
	w := &knownWord{text: s, kind: k, norm: Fold(s)}
	w.class = classes.Of(w.norm)
	w.lemma = w.norm
	if k == Word {
		w.letters = caseOf(s)
		w.lemma = Lemma(w.norm)
	}
	return w
}
