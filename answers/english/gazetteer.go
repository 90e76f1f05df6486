package english

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed gazetteer.txt
var gazetteerFile string

// A PlaceKind tells what sort of place a name of the gazetteer names.
type PlaceKind string

// The kinds of a place.
const (
	Country PlaceKind = "country"
	State   PlaceKind = "state"  // a part of a country: a state, a province, an island
	Region  PlaceKind = "region" // a continent, a part of it, a sea
	City    PlaceKind = "city"
)

// A Place is what a name of the gazetteer names.
type Place struct {
	Name      string // its first name in the table: "United States" of "U.S." and of "Americans"
	Kind      PlaceKind
	In        string // of a city, the place that it lies in; otherwise ""
	Adjective bool   // the name is an adjective or says who lives there: "French", "Frenchmen"
}

// gazetteerTable holds the names of places by their folded tokens, joined by
// single spaces, hyphens and points gone.
type gazetteerTable struct {
	places map[string]Place
	forms  map[string][]string // Place.Name → every folded name it has
	orgs   map[string]string   // folded name → first name of the organisation
	first  map[string]starts
	words  map[string]bool // of names of places and of persons: true of given names

	firstOf *Table[starts] // first and words, once they are read
	wordOf  *Table[bool]
}

// Starts are the most words that the names have which begin with a word.
type starts struct{ place, org int }

var gazetteer = sync.OnceValue(func() *gazetteerTable {
	g, err := parseGazetteer(gazetteerFile)
	if err != nil {
		panic("english: gazetteer.txt: " + err.Error()) // compiled in, and held by a test
	}
	return g
})

// parseGazetteer reads the table of places and given names. Errors name the
// line.
func parseGazetteer(file string) (*gazetteerTable, error) {
	g := &gazetteerTable{
		places: map[string]Place{}, forms: map[string][]string{}, orgs: map[string]string{},
		first: map[string]starts{}, words: map[string]bool{},
	}
	n := 0
	for line := range strings.Lines(file) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		kind, rest, _ := strings.Cut(line, " ")
		switch k := PlaceKind(kind); k {
		case Country, State, Region, City:
			if err := g.addPlace(k, rest); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
		case "org":
			g.addOrg(rest)
		case "given":
			for name := range strings.FieldsSeq(rest) {
				g.words[Fold(name)] = true
			}
		default:
			return nil, fmt.Errorf("line %d: unknown kind %q", n, kind)
		}
	}
	g.firstOf, g.wordOf = NewTable(g.first), NewTable(g.words)
	return g, nil
}

// addPlace reads "Name, other names | adjectives | cities". A name that
// stands twice keeps its first place: the table lists countries first.
func (g *gazetteerTable) addPlace(kind PlaceKind, line string) error {
	fields := strings.Split(line, "|")
	if len(fields) > 3 {
		return fmt.Errorf("%q has more than names, adjectives and cities", line)
	}
	var place Place
	for i, field := range fields {
		for name := range strings.SplitSeq(field, ",") {
			name = strings.TrimSpace(name)
			switch {
			case name == "" && i == 0:
				return fmt.Errorf("%q has an empty name", line)
			case name == "":
			case i == 0:
				if place.Name == "" {
					place = Place{Name: name, Kind: kind}
				}
				g.add(name, place)
			case i == 1:
				g.add(name, Place{Name: place.Name, Kind: kind, Adjective: true})
			default:
				g.add(name, Place{Name: name, Kind: City, In: place.Name})
			}
		}
	}
	return nil
}

func (g *gazetteerTable) add(name string, p Place) {
	words := placeWords(name)
	key := strings.Join(words, " ")
	if _, ok := g.places[key]; ok {
		return
	}
	g.places[key] = p
	g.forms[p.Name] = append(g.forms[p.Name], key)
	begins := g.first[words[0]]
	begins.place = max(begins.place, len(words))
	g.first[words[0]] = begins
	for _, w := range words {
		if !g.words[w] {
			g.words[w] = false
		}
	}
}

// addOrg reads "Name, other names" of an organisation.
func (g *gazetteerTable) addOrg(line string) {
	first, _, _ := strings.Cut(line, ",")
	for name := range strings.SplitSeq(line, ",") {
		words := placeWords(name)
		key := strings.Join(words, " ")
		if g.orgs[key] == "" {
			g.orgs[key] = first
			begins := g.first[words[0]]
			begins.org = max(begins.org, len(words))
			g.first[words[0]] = begins
		}
	}
}

// placeWords are the folded words of a name, marks left out.
func placeWords(name string) []string {
	var words []string
	for _, t := range Tokens(name, 0) {
		if t.Kind != Mark {
			words = append(words, t.Norm)
		}
	}
	return words
}

// Plain reports whether the text is words of the letters a to z alone with one
// space between each two: its tokens are just these words.
func Plain(text string) bool {
	space := true
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z':
			space = false
		case c != ' ' || space:
			return false
		default:
			space = true
		}
	}
	return !space
}

// PlaceAt is the place whose name, the longest possible, begins with
// tokens[0], and the number of tokens that the name takes, hyphens and points
// inside it counted. n is 0 where no place of the gazetteer begins there. It
// looks at words only, not at their case.
func PlaceAt(tokens []Token) (p Place, n int) {
	g := gazetteer()
	if len(tokens) == 0 || tokens[0].Kind != Word {
		return p, 0
	}
	return longestName(g.places, tokens, g.firstOf.Of(tokens[0].Norm).place)
}

// OrgAt is the same for the well-known organisations: the full name of the
// one whose name begins with tokens[0], and the tokens that the name takes.
func OrgAt(tokens []Token) (org string, n int) {
	g := gazetteer()
	if len(tokens) == 0 || tokens[0].Kind != Word {
		return "", 0
	}
	return longestName(g.orgs, tokens, g.firstOf.Of(tokens[0].Norm).org)
}

// longestName is what the longest of the names stands for that begins with
// tokens[0] and has at most so many words, and how many tokens it takes; n is 0
// where there is none.
func longestName[V any](names map[string]V, tokens []Token, words int) (found V, n int) {
	if words == 0 {
		return found, 0
	}
	var buf [64]byte
	key := append(buf[:0], tokens[0].Norm...)
	if v, ok := names[string(key)]; ok {
		found, n = v, 1
	}
	for i := 1; i < len(tokens) && words > 1; i++ {
		t := &tokens[i]
		if t.Kind == Mark {
			if t.Space || t.Text != "-" && t.Text != "." && t.Text != "‑" && t.Text != "'" {
				break
			}
			continue
		}
		key = append(append(key, ' '), t.Norm...)
		words--
		if v, ok := names[string(key)]; ok {
			found, n = v, i+1
		}
	}
	return found, n
}

// PlaceOf is the place that a whole name names ("U.S.", "french", "New
// York"), in any case and with any diacritics.
func PlaceOf(name string) (Place, bool) {
	if Plain(name) { // as a question looks up every run of its words
		p, ok := gazetteer().places[name]
		return p, ok
	}
	var buf [nameTokens]Token
	return PlaceCalled(AppendTokens(buf[:0], name, 0))
}

// nameTokens is how many tokens few names are longer than.
const nameTokens = 12

// PlaceCalled is the place that the tokens name, all of them: PlaceOf of their
// text.
func PlaceCalled(name []Token) (Place, bool) {
	var buf [64]byte
	g := gazetteer()
	key, words, most := g.wholeName(buf[:0], name)
	if words == 0 || words > most.place {
		return Place{}, false
	}
	p, ok := g.places[string(key)]
	return p, ok
}

// OrgCalled is the full name of a well-known organisation that the tokens, all
// of them, name ("EU" → "European Union"), in any case.
func OrgCalled(name []Token) (string, bool) {
	var buf [64]byte
	g := gazetteer()
	key, words, most := g.wholeName(buf[:0], name)
	if words == 0 || words > most.org {
		return "", false
	}
	org, ok := g.orgs[string(key)]
	return org, ok
}

// wholeName appends the folded words of a name to key, with their number and
// how many words the names of the table have that begin with the first of
// them.
func (g *gazetteerTable) wholeName(key []byte, name []Token) (_ []byte, words int, most starts) {
	for i := range name {
		if name[i].Kind == Mark {
			continue
		}
		if words == 0 {
			if most = g.firstOf.Of(name[i].Norm); most.place == 0 && most.org == 0 {
				return key, 0, most
			}
		} else {
			key = append(key, ' ')
		}
		key = append(key, name[i].Norm...)
		words++
	}
	return key, words, most
}

// PlaceNames are all folded names and adjectives of the place that is called
// name in the gazetteer (Place.Name), in the table's order.
func PlaceNames(name string) []string { return gazetteer().forms[name] }

// GivenName reports whether the folded word is a common given name.
func GivenName(folded string) bool { return gazetteer().wordOf.Of(folded) }

// GazetteerWord reports whether the folded word stands in a name of the
// gazetteer, of a place or of a person: no such word is a misspelling.
func GazetteerWord(folded string) bool { return gazetteer().wordOf.Has(folded) }
