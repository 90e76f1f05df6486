package english

import "testing"

func TestPhrasal(t *testing.T) {
	for _, test := range []struct{ text, lemma string }{
		{"she stepped down", "resign"},
		{"prices went up", "rise"},
		{"they called it off", "cancel"},
		{"six countries took part", "participate"},
		{"police rounded up protesters", "arrest"},
		{"they walked down", "walk"},
		{"12 were pulled out", "pull"}, // rescued, or withdrawn
		{"it went on", "go"},
	} {
		found := false
		for _, token := range Tokens(test.text, 0) {
			found = found || token.Lemma == test.lemma
		}
		if !found {
			t.Errorf("no token of %q has the lemma %q: %v", test.text, test.lemma, lemmas(test.text))
		}
	}
}

func lemmas(text string) []string {
	var out []string
	for _, t := range Tokens(text, 0) {
		out = append(out, t.Lemma)
	}
	return out
}
