package english

import (
	"strings"
	"testing"
)

func TestAttributesAt(t *testing.T) {
	for _, c := range []struct {
		text, want string
		n          int
	}{
		{"director of the film", "director", 1},
		{"directors of the film", "director", 1},
		{"political party was she", "party", 2},
		{"designer of the bridge", "designer", 1},
		{"total population of", "population", 2},
		{"bridge of sighs", "", 0},
		{"", "", 0},
	} {
		list, n := AttributesAt(Tokens(c.text, 0))
		got := ""
		if n > 0 {
			got = list[0].Name
		}
		if got != c.want || n != c.n {
			t.Errorf("AttributesAt(%q) = %q, %d; want %q, %d", c.text, got, n, c.want, c.n)
		}
	}
}

func TestValueAt(t *testing.T) {
	for _, c := range []struct {
		attribute, text, want string
		n                     int
	}{
		{"sport", "American football coach", "american football", 2},
		{"sport", "cross-country skier from", "cross country skiing", 4},
		{"sport", "footballers", "football", 1},
		{"genre", "R&B singer", "r&b", 3},
		{"occupation", "singer-songwriter who", "singer songwriter", 3},
		{"party", "Democrats", "democratic", 1},
		{"medium", "movies", "film", 1},
		{"medium", "a film", "", 0},
		{"director", "film", "", 0},
	} {
		got, n := AttributeOf(c.attribute).ValueAt(Tokens(c.text, 0))
		if got != c.want || n != c.n {
			t.Errorf("%s: ValueAt(%q) = %q, %d; want %q, %d", c.attribute, c.text, got, n, c.want, c.n)
		}
	}
}

func TestAttributesOfVerb(t *testing.T) {
	for _, c := range []struct {
		kind        AttributeKind
		lemma, want string
	}{
		{Date, "bear", "birth"}, {Site, "bear", "birthplace"}, {Maker, "direct", "director"}, {Maker, "sleep", ""},
	} {
		got := ""
		if list := AttributesOfVerb(c.kind, c.lemma); len(list) > 0 {
			got = list[0].Name
		}
		if got != c.want {
			t.Errorf("AttributesOfVerb(%s, %q) = %q, want %q", c.kind, c.lemma, got, c.want)
		}
	}
}

func TestParseAttributesErrors(t *testing.T) {
	for _, c := range []struct{ file, want string }{
		{"trait sport football", `line 1: "trait sport football" is not`},
		{"\nvalue sport: football", `line 2: no trait "sport"`},
		{"colour sky: blue", `line 1: unknown kind "colour"`},
	} {
		if _, err := parseAttributes(c.file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("parseAttributes(%q): error %v, want one with %q", c.file, err, c.want)
		}
	}
}

func TestSameGivenName(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{{"nick", "nicholas", true}, {"nicholas", "nick", true}, {"bob", "rob", true}, {"bob", "bill", false}, {"engel", "engel", false}} {
		if got := SameGivenName(c.a, c.b); got != c.want {
			t.Errorf("SameGivenName(%q, %q) = %v, want %v", c.a, c.b, got, c.want)
		}
	}
}
