package question

import "sourceline/answers/english"

// isPlace reports whether the world has a place of that name.
func isPlace(folded string) bool {
	_, ok := english.PlaceOf(folded)
	return ok
}

// demonyms are the other names and adjectives of a place: "french" of
// "france".
func demonyms(folded string) []string { return english.PlaceNames(folded) }
