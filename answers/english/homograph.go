package english

// readHomographs gives "lives" the lemma of the verb where only a verb can stand:
// "a beetle that LIVES on ice", not "the LIVES of beetles".
func readHomographs(tokens []Token) {
	for i := 1; i < len(tokens); i++ {
		t := &tokens[i]
		if t.Lemma != "life" || t.Norm != "lives" {
			continue
		}
		at := i - 1
		if at > 0 && tokens[at].Is(Adverb) {
			at--
		}
		switch tokens[at].Norm {
		case "who", "that", "which", "he", "she", "it":
			t.Reread(t.Norm, "live", t.Class)
		}
	}
}
