package english

import (
	"slices"
	"strings"
	"testing"
)

func TestPlaceAt(t *testing.T) {
	tests := []struct {
		text, name string
		kind       PlaceKind
		in         string
		adjective  bool
		n          int
	}{
		{"Kazakhstan's president", "Kazakhstan", Country, "", false, 1},
		{"U.S. troops", "United States", Country, "", false, 1},
		{"the US", "", "", "", false, 0},
		{"Russians fled", "Russia", Country, "", true, 1},
		{"Nur-Sultan was quiet", "Nur-Sultan", City, "Kazakhstan", false, 3},
		{"NEW YORK CITY POLICE", "New York City", City, "New York", false, 3},
		{"St. Petersburg", "St. Petersburg", City, "Russia", false, 3},
		{"São Paulo state", "Sao Paulo", City, "Brazil", false, 2},
		{"South Korean officials", "South Korea", Country, "", true, 2},
		{"South of the river", "", "", "", false, 0},
		{"Saint Vincent and the Grenadines", "Saint Vincent and the Grenadines", Country, "", false, 5},
		{"Middle East", "Middle East", Region, "", false, 2},
		{"", "", "", "", false, 0},
	}
	for _, test := range tests {
		p, n := PlaceAt(Tokens(test.text, 0))
		if want := (Place{test.name, test.kind, test.in, test.adjective}); p != want || n != test.n {
			t.Errorf("PlaceAt(%q) = %+v, %d; want %+v, %d", test.text, p, n, want, test.n)
		}
	}
}

func TestPlaceCalledIsPlaceOf(t *testing.T) {
	for _, name := range []string{"côte d’ivoire", "troops", "U.S.", "New York", "NEW-YORK", "French", "", "-", "New York City Council"} {
		want, named := PlaceOf(name)
		if got, ok := PlaceCalled(Tokens(name, 0)); got != want || ok != named {
			t.Errorf("PlaceCalled(%q) = %+v, %v; PlaceOf says %+v, %v", name, got, ok, want, named)
		}
	}
}

func TestPlaceOf(t *testing.T) {
	if p, ok := PlaceOf("côte d’ivoire"); !ok || p.Name != "Ivory Coast" {
		t.Errorf("PlaceOf(côte d’ivoire) = %+v, %v", p, ok)
	}
	if p, ok := PlaceOf("troops"); ok {
		t.Errorf("PlaceOf(troops) = %+v", p)
	}
	if got := PlaceNames("France"); !slices.Equal(got, []string{"france", "french", "frenchman", "frenchmen", "frenchwoman"}) {
		t.Errorf("PlaceNames(France) = %q", got)
	}
	if org, ok := OrgCalled(Tokens("e.u.", 0)); !ok || org != "European Union" {
		t.Errorf("OrgCalled(e.u.) = %q, %v", org, ok)
	}
	if !GivenName("vladimir") || GivenName("ministry") || !GazetteerWord("grenadines") || GazetteerWord("trops") {
		t.Error("given names or words of the gazetteer are wrong")
	}
}

func TestGazetteerErrors(t *testing.T) {
	for _, test := range []struct{ file, want string }{
		{"town Paris", `line 1: unknown kind "town"`},
		{"\ncountry A | B | C | D", "line 2: "},
		{"country , B", "line 1: "},
	} {
		if _, err := parseGazetteer(test.file); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("parseGazetteer(%q): error %v, want %q", test.file, err, test.want)
		}
	}
}

// Every country is known by its own name, and no adjective is left alone.
func TestGazetteerWhole(t *testing.T) {
	countries := map[string]bool{}
	for _, p := range gazetteer().places {
		if p.Kind == Country {
			countries[p.Name] = true
		}
	}
	if len(countries) < 195 {
		t.Errorf("%d countries, want 195 at least", len(countries))
	}
	for name := range countries {
		if p, ok := PlaceOf(name); !ok || p.Adjective {
			t.Errorf("PlaceOf(%q) = %+v, %v", name, p, ok)
		}
	}
}

// TestPlain holds Plain to its promise: the words are the tokens.
func TestPlain(t *testing.T) {
	for text, want := range map[string]bool{
		"new york": true, "don": true, "cannot go": true, "": false, " york": false, "york ": false, "new  york": false,
		"New york": false, "st. john": false, "o'brien": false, "são paulo": false, "u2": false,
	} {
		if got := Plain(text); got != want {
			t.Errorf("Plain(%q) = %v", text, got)
		}
		if !want {
			continue
		}
		var words []string
		for _, token := range Tokens(text, 0) {
			words = append(words, token.Norm)
		}
		if got := strings.Join(words, " "); got != text {
			t.Errorf("the tokens of %q are %q", text, got)
		}
	}
}
