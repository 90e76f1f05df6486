package english

import (
	"slices"
	"strings"
	"testing"
)

func TestEvents(t *testing.T) {
	tests := []struct{ lemma, event string }{
		{"death", "kill"}, {"murder", "kill"}, {"arrest", "detain"}, {"wound", "injure"}, {"abduct", "kidnap"}, {"send", "deploy"},
		{"sack", "dismiss"}, {"walkout", "strike"}, {"ballot", "vote"}, {"quake", "earthquake"}, {"evacuate", "displace"}, {"demolish", "destroy"},
		{"blackout", "shutdown"}, {"wage", "pay"}, {"surge", "rise"}, {"plunge", "fall"}, {"probe", "investigate"}, {"ratify", "approve"},
		{"vaccine", "vaccinate"}, {"donation", "donate"}, {"indict", "charge"}, {"truce", "agree"}, {"typhoon", "storm"}, {"derail", "crash"},
	}
	for _, test := range tests {
		if got := Events(test.lemma); !slices.Contains(got, test.event) {
			t.Errorf("Events(%q) = %v, want %q among them", test.lemma, got, test.event)
		}
	}
	for _, apart := range [][2]string{{"wound", "kill"}, {"detain", "kidnap"}, {"protest", "strike"}, {"deploy", "withdraw"}, {"rise", "fall"}, {"convict", "acquit"}} {
		if got := Events(apart[0]); slices.Contains(got, apart[1]) {
			t.Errorf("Events(%q) = %v, which has %q", apart[0], got, apart[1])
		}
	}
}

func TestCoversThing(t *testing.T) {
	tests := []struct {
		general, special string
		want             bool
	}{
		{"people", "peasant", true}, {"people", "spaniards", true}, {"people", "watchman", true}, {"people", "jesuit", true}, {"person", "nurse", true},
		{"people", "rifle", false}, {"people", "home", false}, {"soldier", "people", false}, {"troop", "marine", true}, {"officer", "detective", true},
		{"farmer", "peasant", true}, {"priest", "bishop", true}, {"bishop", "priest", false}, {"child", "girl", true}, {"girl", "child", false},
		{"vehicle", "truck", true}, {"truck", "lorry", true}, {"car", "truck", false}, {"aircraft", "helicopter", true}, {"building", "hospital", true},
		{"protester", "violence", false}, {"policeman", "soldier", false}, {"worker", "miner", true}, {"student", "teacher", false}, {"rebel", "guerrilla", true},
		{"weapon", "rifle", true}, {"ship", "ferry", true}, {"lawmaker", "senator", true}, {"company", "firm", true}, {"salvadorans", "salvadoran", true},
	}
	for _, test := range tests {
		if got := CoversThing(test.general, test.special); got != test.want {
			t.Errorf("CoversThing(%q, %q) = %v, want %v", test.general, test.special, got, test.want)
		}
	}
}

// TestConceptsAreLemmas holds the table to lemmas: a form in it would never be
// met by a token.
func TestConceptsAreLemmas(t *testing.T) {
	forms := map[string]bool{}
	for _, line := range strings.Split(conceptsFile, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "class") { // "the wounded" stay as written
			continue
		}
		_, words, _ := strings.Cut(line, ":")
		for w := range strings.FieldsSeq(words) {
			if strings.ContainsRune(w, '-') || forms[w] || isConcept(w) {
				continue
			}
			forms[w] = true
			if l := Lemma(w); l != w {
				t.Errorf("concepts.txt has %q, whose lemma is %q", w, l)
			}
		}
	}
}

func isConcept(name string) bool {
	return slices.ContainsFunc(concepts().all, func(c Concept) bool { return c.Name == name })
}

func TestParseConceptsErrors(t *testing.T) {
	for file, want := range map[string]string{
		"event kill kill die":            "line 1",
		"event kill: a\nevent kill: b":   "line 2",
		"# fine\n\nnothing such: a":      "line 3",
		"thing:":                         "line 1",
		"event kill: a\nclass people: b": "",
	} {
		_, err := parseConcepts(file)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("parseConcepts(%q) = %v, want an error with %q", file, err, want)
		}
	}
}
