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

var remembered [rememberedWords]atomic.Pointer[Form]

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

// formOf is the form of a token.
func formOf(s string, k Kind) *Form {
	if len(s) > longestRemembered {
		return newForm(s, k)
	}
	slot := &remembered[hash(s)%rememberedWords]
	if f := slot.Load(); f != nil && f.Text == s && f.Kind == k {
		return f
	}
	f := newForm(strings.Clone(s), k) // a text must not be kept for one of its words
	slot.Store(f)
	return f
}

func newForm(s string, k Kind) *Form {
	f := &Form{Text: s, Kind: k, Norm: Fold(s)}
	f.ofNorm, f.particle = hash(f.Norm), phrasal.Has(f.Norm)
	f.Class = classes.Of(f.Norm)
	f.Lemma = f.Norm
	if k == Word {
		f.Case = caseOf(s)
		f.Lemma = Lemma(f.Norm)
	}
	return f
}
