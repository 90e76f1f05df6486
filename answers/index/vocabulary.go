package index

import (
	"sort"

	"sourceline/answers/english"
)

// A vocabulary is the words of the articles as they are written, folded.
type vocabulary struct {
	terms []Term // sorted
}

// with are the terms with the prefix and of these lengths in bytes.
func (v *vocabulary) with(prefix string, minLen, maxLen int) []Term {
	var out []Term
	for _, w := range v.prefixed(prefix) {
		if len(w.Text) >= minLen && len(w.Text) <= maxLen {
			out = append(out, w)
		}
	}
	return out
}

func (v *vocabulary) prefixed(prefix string) []Term {
	from := sort.Search(len(v.terms), func(i int) bool { return v.terms[i].Text >= prefix })
	n := sort.Search(len(v.terms)-from, func(i int) bool {
		t := v.terms[from+i].Text
		return len(t) < len(prefix) || t[:len(prefix)] != prefix
	})
	return v.terms[from : from+n]
}

// similar are terms with the word's first letter, sorted: at least all that are
// no more than distance edits away, a swap of neighbours being one. They are all
// looked at: an edit changes no more than one letter of what a word is made of,
// and most words are made of quite others.
func (v *vocabulary) similar(word string, distance int) []Term {
	if word == "" {
		return nil
	}
	letters := english.LettersOf(word)
	var out []Term
	for _, t := range v.prefixed(word[:1]) {
		if n := len(t.Text) - len(word); n <= distance && -n <= distance && letters.Distance(t.Text) <= distance {
			out = append(out, t)
		}
	}
	return out
}
