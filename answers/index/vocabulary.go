package index

import (
	"bytes"
	"fmt"
	"sort"
	"sync"

	"github.com/blevesearch/vellum"
	"github.com/blevesearch/vellum/levenshtein"
)

// A vocabulary is the words of the articles as they are written, folded.
type vocabulary struct {
	terms []Term // sorted

	once sync.Once
	fst  *vellum.FST // the terms by their places; nil where it could not be made
	err  error
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

// fewTerms is how many terms of one first letter are looked at one by one
// rather than by the automaton.
const fewTerms = 1500

// similar are terms with the word's first letter, sorted: at least all that are
// no more than distance edits away, a swap of neighbours being one.
//
// In a large vocabulary a Levenshtein automaton is run over the sorted terms
// (K. Schulz, S. Mihov: Fast String Correction with Levenshtein-Automata, 2002).
func (v *vocabulary) similar(word string, distance int) ([]Term, error) {
	if word == "" {
		return nil, nil
	}
	if same := v.prefixed(word[:1]); len(same) < fewTerms {
		return v.with(word[:1], len(word)-distance, len(word)+distance), nil
	}
	v.once.Do(v.compile)
	if v.err != nil {
		return nil, v.err
	}
	automata, err := builders()
	if err != nil {
		return nil, err
	}
	dfa, err := automata[min(distance, maxDistance)-1].BuildDfa(word, uint8(min(distance, maxDistance)))
	if err != nil {
		return nil, fmt.Errorf("words like %q: %w", word, err)
	}
	var out []Term
	it, err := v.fst.Search(dfa, []byte(word[:1]), []byte{word[0] + 1})
	for err == nil {
		_, n := it.Current()
		out = append(out, v.terms[n])
		err = it.Next()
	}
	if err != vellum.ErrIteratorDone {
		return nil, fmt.Errorf("words like %q: %w", word, err)
	}
	return out, nil
}

// compile makes the automaton of the terms.
func (v *vocabulary) compile() {
	var buf bytes.Buffer
	b, err := vellum.New(&buf, nil)
	for i := 0; err == nil && i < len(v.terms); i++ {
		err = b.Insert([]byte(v.terms[i].Text), uint64(i))
	}
	if err == nil {
		err = b.Close()
	}
	if err == nil {
		v.fst, err = vellum.Load(buf.Bytes())
	}
	if err != nil {
		v.err = fmt.Errorf("the automaton of the vocabulary: %w", err)
	}
}

// maxDistance is the most edits that words are found by.
const maxDistance = 2

// builders make Levenshtein automata, by distance less one.
var builders = sync.OnceValues(func() (out [maxDistance]*levenshtein.LevenshteinAutomatonBuilder, err error) {
	for d := range out {
		if out[d], err = levenshtein.NewLevenshteinAutomatonBuilder(uint8(d+1), true); err != nil {
			return out, fmt.Errorf("the Levenshtein automaton: %w", err)
		}
	}
	return out, nil
})
