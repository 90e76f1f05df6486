package english

// EventWords are the lemmas of the event of that name; nil where there is
// none.
func EventWords(name string) []string {
	for _, c := range concepts().all {
		if c.Event && c.Name == name {
			return c.Words
		}
	}
	return nil
}

// FixedAdverb reports whether the folded word only colours what is asked:
// adverbs, ordinals and hedges.
func FixedAdverb(folded string) bool {
	n := len(folded)
	return classes.Of(folded)&(Adverb|Hedge|Quantifier) != 0 || n > 4 && folded[n-2:] == "ly"
}

// LightVerb reports whether the lemma of a verb says nothing itself of what
// happened: "take" of "take place", "say", "be".
func LightVerb(lemma string) bool {
	return classes.Of(lemma)&(Auxiliary|Stop|Reporting) != 0
}
