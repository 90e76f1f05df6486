package english

// Letters are how often a word has each letter, and its length.
type Letters struct {
	count [1 << letterBits]int8
	n     int
}

// letterBits are the bits of a letter that are looked at. Two that share them
// only make words more alike.
const letterBits = 5

// LettersOf counts the letters of a folded word.
func LettersOf(word string) Letters {
	l := Letters{n: len(word)}
	for i := range len(word) {
		l.count[word[i]&(1<<letterBits-1)]++
	}
	return l
}

// Distance is how many letters the one of the two words has that the other has
// not, whichever has more such: never more than the edits between them, a swap of
// neighbours being one, and found much sooner. It is 0 for a word with other
// letters than those of ASCII.
func (l Letters) Distance(word string) int {
	common := 0
	for i := range len(word) {
		c := word[i]
		if c >= 0x80 {
			return 0
		}
		if left := &l.count[c&(1<<letterBits-1)]; *left > 0 {
			*left--
			common++
		}
	}
	return max(l.n, len(word)) - common
}
