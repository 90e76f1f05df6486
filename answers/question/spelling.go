package question

import (
	"context"
	"slices"
	"strings"

	"github.com/hbollon/go-edlib"
	"github.com/sahilm/fuzzy"

	"sourceline/answers/english"
	"sourceline/answers/index"
)

const (
	// minSpelled is the length of the shortest word that is respelled:
	// shorter ones are a letter away from too many others.
	minSpelled = 4
	// farSpelled is the length from which two wrong letters are allowed.
	farSpelled = 7
	// maxSpelled bounds the work that a word can cause.
	maxSpelled = 24
)

// respell finds the word of the corpus that a word unknown to English and to
// the corpus is most likely meant to be; "" where there is none.
//
// Fuzzy matching narrows the words of the same first letter down: a dropped
// letter is a subsequence of the word itself, a wrong, doubled or swapped one
// of the word with one letter left out. An edit distance that knows
// transpositions (optimal string alignment) then decides; ties go to the more
// frequent word, then to the first in the alphabet.
func respell(ctx context.Context, idx index.Index, word string) (string, error) {
	if len(word) < minSpelled || len(word) > maxSpelled || !letters(word) {
		return "", nil
	}
	limit := 1
	if len(word) >= farSpelled {
		limit = 2
	}
	terms, err := idx.Similar(ctx, word, limit)
	if err != nil {
		return "", err
	}
	best, bestDistance, bestFacts := "", limit+1, 0
	for _, t := range narrowed(word, terms) {
		d := edlib.OSADamerauLevenshteinDistance(word, t.Text)
		if d > limit || len(t.Text) < minSpelled && d > 0 {
			continue
		}
		if d > 0 && anagram(word, t.Text) {
			d-- // letters in the wrong order are a likelier slip than a wrong one
		}
		if d < bestDistance || d == bestDistance && t.Facts > bestFacts {
			best, bestDistance, bestFacts = t.Text, d, t.Facts
		}
	}
	return best, nil
}

// narrowed are the terms that fuzzy matching finds for the word or for the
// word with one letter dropped, in their order.
func narrowed(word string, terms []index.Term) []index.Term {
	source := termSource(terms)
	hit := make([]bool, len(terms))
	for i := -1; i < len(word); i++ {
		pattern := word
		if i >= 0 {
			pattern = word[:i] + word[i+1:]
		}
		for _, m := range fuzzy.FindFromNoSort(pattern, source) {
			hit[m.Index] = true
		}
	}
	var out []index.Term
	for i, t := range terms {
		if hit[i] {
			out = append(out, t)
		}
	}
	return out
}

type termSource []index.Term

func (s termSource) String(i int) string { return s[i].Text }
func (s termSource) Len() int            { return len(s) }

func letters(word string) bool {
	for i := 0; i < len(word); i++ {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}

// fixed are words that a misspelt one must never be respelled from or to:
// all that English knows, forms included.
func fixed(word string) bool {
	if english.Known(word) || english.IsWord(word) {
		return true
	}
	for _, suffix := range []string{"s", "es", "ed", "ing", "d"} {
		if suffix == "d" && !strings.HasSuffix(word, "ed") {
			continue // "killd" is no form of "kill"
		}
		if stem, ok := strings.CutSuffix(word, suffix); ok && len(stem) >= 3 && (suffix != "es" || hisses(stem)) && (english.Known(stem) || english.IsWord(stem)) {
			return true
		}
	}
	return false
}

// closest is the one of the words that a misspelt word is nearest to, at most
// one letter away; "" where none is. It mends the words of the question's own
// grammar, which the corpus need not have.
func closest(word string, words []string) string {
	if len(word) < minSpelled {
		return ""
	}
	i := slices.IndexFunc(words, func(w string) bool {
		return w[0] == word[0] && edlib.OSADamerauLevenshteinDistance(word, w) == 1
	})
	if i < 0 {
		return ""
	}
	return words[i]
}

// anagram reports whether two words have the same letters.
func anagram(x, y string) bool {
	if len(x) != len(y) {
		return false
	}
	a, b := []byte(x), []byte(y)
	slices.Sort(a)
	slices.Sort(b)
	return string(a) == string(b)
}

// hisses reports whether the forms of a word end in "-es": "pass", "go", but not
// "employ".
func hisses(stem string) bool {
	for _, end := range [...]string{"s", "x", "z", "ch", "sh", "o"} {
		if strings.HasSuffix(stem, end) {
			return true
		}
	}
	return false
}
