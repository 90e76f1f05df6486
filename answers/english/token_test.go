package english

import (
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Nearly 8,000 people", "Nearly|8,000|people"},
		{"Kazakhstan's 81-year-old", "Kazakhstan|'s|81|-|year|-|old"},
		{"the U.S. didn’t say 200lbs.", "the|U.S.|did|n’t|say|200|lbs|."},
		{"“coup, ”he said", "“|coup|,|”|he|said"},
		{"d'état O'Brien 'soon'", "d'état|O'Brien|'|soon|'"},
		{"$1.5bn (CSTO)", "$|1.5|bn|(|CSTO|)"},
	}
	for _, test := range tests {
		var got []string
		for _, tok := range Tokens(test.text, 0) {
			got = append(got, tok.Text)
		}
		if s := strings.Join(got, "|"); s != test.want {
			t.Errorf("Tokens(%q) = %s, want %s", test.text, s, test.want)
		}
	}
}

func FuzzTokens(f *testing.F) {
	f.Add("Kazakhstan’s 7,939 people—“soon”\xff 'x' n't")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, tok := range Tokens(text, 0) {
			if tok.Start < end || tok.End <= tok.Start || text[tok.Start:tok.End] != tok.Text {
				t.Fatalf("token %+v of %q overlaps or is no slice", tok, text)
			}
			end = tok.End
		}
	})
}

func TestCovers(t *testing.T) {
	tests := []struct {
		general, special string
		want             bool
	}{
		{"people", "soldier", true}, {"soldier", "people", false}, {"troop", "personnel", true},
		{"vehicle", "hardware", true}, {"child", "people", false}, {"people", "child", true},
		{"journalist", "people", false}, {"death", "kill", true}, {"arrest", "detain", true}, {"kill", "detain", false},
	}
	for _, test := range tests {
		if got := Covers(test.general, test.special); got != test.want {
			t.Errorf("Covers(%q, %q) = %v, want %v", test.general, test.special, got, test.want)
		}
	}
}
