package english

import "testing"

func TestHomographs(t *testing.T) {
	for text, want := range map[string]string{
		"a beetle that lives on ice": "live", "She still lives here": "live",
		"the lives of beetles": "life", "It cost 12 lives": "life", "who lost their lives": "life",
	} {
		for _, token := range Tokens(text, 0) {
			if token.Norm == "lives" && token.Lemma != want {
				t.Errorf("%q: lives is of %q, want %q", text, token.Lemma, want)
			}
		}
	}
}
