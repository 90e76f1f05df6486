package english

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

//go:embed concepts.txt
var conceptsFile string

// A Concept is what several words of news mean: "troops" of soldier and
// personnel, "kill" of death and slay.
type Concept struct {
	Name  string
	Event bool     // something that happens or is done
	Words []string // the lemmas that mean it, in the file's order
}

type conceptTable struct {
	all    []Concept
	byWord map[string][]int           // lemma → concepts
	things map[string][]int           // lemma → concepts of things
	events *Table[[]string]           // lemma → names of concepts of events
	covers map[string]map[string]bool // concept or word → the words that it covers beyond its own
	member map[string][]string        // the same, sorted
}

var concepts = sync.OnceValue(func() *conceptTable {
	t, err := parseConcepts(conceptsFile)
	if err != nil {
		panic("english: concepts.txt: " + err.Error()) // compiled in, and held by a test
	}
	return t
})

// parseConcepts reads the table of concepts. Errors name the line.
func parseConcepts(file string) (*conceptTable, error) {
	t := &conceptTable{byWord: map[string][]int{}, things: map[string][]int{}, covers: map[string]map[string]bool{}, member: map[string][]string{}}
	byName, events := map[string]int{}, map[string][]string{}
	type class struct{ name, words string }
	var classLines []class
	for n, line := range strings.Split(file, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, words, ok := strings.Cut(line, ":")
		kind, name, ok2 := strings.Cut(head, " ")
		if !ok || !ok2 {
			return nil, fmt.Errorf("line %d: %q is not \"kind name: words\"", n+1, line)
		}
		switch kind {
		case "event", "thing":
			if _, ok := byName[name]; ok {
				return nil, fmt.Errorf("line %d: concept %q stands twice", n+1, name)
			}
			byName[name] = len(t.all)
			c := Concept{Name: name, Event: kind == "event", Words: strings.Fields(words)}
			for _, w := range c.Words {
				t.add(w, c, events)
			}
			t.all = append(t.all, c)
		case "class":
			classLines = append(classLines, class{name, words})
		default:
			return nil, fmt.Errorf("line %d: unknown kind %q", n+1, kind)
		}
	}
	wordsOf := func(name string) []string {
		if i, ok := byName[name]; ok {
			return t.all[i].Words
		}
		return []string{name}
	}
	for _, c := range classLines {
		for _, general := range wordsOf(c.name) {
			set := t.covers[general]
			if set == nil {
				set = map[string]bool{}
				t.covers[general] = set
			}
			for special := range strings.FieldsSeq(c.words) {
				for _, w := range wordsOf(special) {
					set[w] = true
				}
			}
		}
	}
	for general, set := range t.covers {
		t.member[general] = slices.Sorted(maps.Keys(set))
	}
	t.events = NewTable(events)
	return t, nil
}

// add makes lemma w one of the next concept's.
func (t *conceptTable) add(w string, c Concept, events map[string][]string) {
	i := len(t.all)
	if slices.Contains(t.byWord[w], i) {
		return
	}
	t.byWord[w] = append(t.byWord[w], i)
	if c.Event {
		events[w] = append(events[w], c.Name)
	} else {
		t.things[w] = append(t.things[w], i)
	}
}

// Concepts are the concepts that a lemma means, in the table's order.
func Concepts(lemma string) []Concept {
	t := concepts()
	var out []Concept
	for _, i := range t.byWord[lemma] {
		out = append(out, t.all[i])
	}
	return out
}

// Events are the names of the events that a lemma means: "kill" of "death".
// The slice is shared: do not change it.
func Events(lemma string) []string { return concepts().events.Of(lemma) }

// Same reports whether two lemmas are the same word or share a concept.
func Same(a, b string) bool {
	if a == b {
		return true
	}
	t := concepts()
	return share(t.byWord[a], t.byWord[b])
}

// SameThing is Same of what things are called: "protester" and "riot" are of
// one event, and are not the same thing.
func SameThing(a, b string) bool {
	if a == b || singular(a) == singular(b) {
		return true
	}
	t := concepts()
	x, y := t.things[singular(a)], t.things[singular(b)]
	if len(x) == 0 && len(y) == 0 {
		return share(t.byWord[a], t.byWord[b])
	}
	return share(x, y)
}

func share(a, b []int) bool {
	for _, i := range a {
		if slices.Contains(b, i) {
			return true
		}
	}
	return false
}

// singular takes the s from a plural that the dictionary does not have.
func singular(w string) string {
	if n := len(w); n > 4 && w[n-1] == 's' && w[n-2] != 's' && !Known(w) {
		return w[:n-1]
	}
	return w
}

// Covers reports whether what is general covers what is special: they are the
// same, or one is a class to which the other belongs ("people" covers
// "soldier", "soldier" does not cover "people"). Inhabitants of a place are
// people.
func Covers(general, special string) bool {
	if Same(general, special) {
		return true
	}
	t := concepts()
	covered := t.covers[general]
	if covered == nil {
		covered = t.covers[singular(general)]
	}
	if covered[special] || covered[singular(special)] {
		return true
	}
	return covered[peopleMember] && personByForm(special)
}

// peopleMember tells the class of people from the others: no other class has
// it.
const peopleMember = "bystander"

// personByForm reports whether a lemma that no concept has names people: an
// inhabitant of a place, a word such as "oarsman".
func personByForm(w string) bool {
	if p, ok := gazetteer().places[w]; ok && p.Adjective {
		return true
	}
	for _, end := range [...]string{"man", "woman", "men", "women", "ist", "ists", "eer", "ologist"} {
		if n := len(w) - len(end); n > 3 && w[n:] == end && len(concepts().byWord[w]) == 0 {
			return true
		}
	}
	return false
}

// CoversThing is Covers of what things are called, as SameThing is of Same.
func CoversThing(general, special string) bool {
	if SameThing(general, special) {
		return true
	}
	if Same(general, special) { // of one event only
		t := concepts()
		return t.covers[general][special]
	}
	return Covers(general, special)
}

// IsPerson reports whether a lemma names people.
func IsPerson(lemma string) bool { return CoversThing("people", lemma) }

// Synonyms are the other lemmas that share a concept with lemma, without the
// lemma itself, in the table's order.
func Synonyms(lemma string) []string {
	t := concepts()
	var out []string
	for _, i := range t.byWord[lemma] {
		for _, w := range t.all[i].Words {
			if w != lemma && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// Members are the lemmas that a general word covers beyond its synonyms,
// sorted. The caller must not change them.
func Members(general string) []string { return concepts().member[general] }
