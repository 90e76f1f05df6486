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
	byWord *Table[[]int]       // lemma → concepts
	things *Table[[]int]       // lemma → concepts of things
	events *Table[[]string]    // lemma → names of concepts of events
	covers *Table[*Set]        // concept or word → the words that it covers beyond its own
	member map[string][]string // the same, sorted
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
	t := &conceptTable{member: map[string][]string{}}
	byName, lists := map[string]int{}, conceptLists{map[string][]int{}, map[string][]int{}, map[string][]string{}}
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
				lists.add(w, c, len(t.all))
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
	covers := map[string]map[string]struct{}{}
	for _, c := range classLines {
		for _, general := range wordsOf(c.name) {
			set := covers[general]
			if set == nil {
				set = map[string]struct{}{}
				covers[general] = set
			}
			for special := range strings.FieldsSeq(c.words) {
				for _, w := range wordsOf(special) {
					set[w] = struct{}{}
				}
			}
		}
	}
	sets := map[string]*Set{}
	for general, set := range covers {
		t.member[general], sets[general] = slices.Sorted(maps.Keys(set)), NewTable(set)
	}
	t.byWord, t.things, t.events, t.covers = NewTable(lists.byWord), NewTable(lists.things), NewTable(lists.events), NewTable(sets)
	return t, nil
}

// conceptLists are the lists of a conceptTable while it is read.
type conceptLists struct {
	byWord, things map[string][]int
	events         map[string][]string
}

// add makes lemma w one of concept i's.
func (l *conceptLists) add(w string, c Concept, i int) {
	if slices.Contains(l.byWord[w], i) {
		return
	}
	l.byWord[w] = append(l.byWord[w], i)
	if c.Event {
		l.events[w] = append(l.events[w], c.Name)
	} else {
		l.things[w] = append(l.things[w], i)
	}
}

// Concepts are the concepts that a lemma means, in the table's order.
func Concepts(lemma string) []Concept {
	t := concepts()
	var out []Concept
	for _, i := range t.byWord.Of(lemma) {
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
	return share(t.byWord.Of(a), t.byWord.Of(b))
}

// SameThing is Same of what things are called: "protester" and "riot" are of
// one event, and are not the same thing.
func SameThing(a, b string) bool {
	if a == b || singular(a) == singular(b) {
		return true
	}
	t := concepts()
	x, y := t.things.Of(singular(a)), t.things.Of(singular(b))
	if len(x) == 0 && len(y) == 0 {
		return share(t.byWord.Of(a), t.byWord.Of(b))
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
	covered, ok := t.covers.Find(general)
	if !ok {
		covered, ok = t.covers.Find(singular(general))
	}
	return ok && (covered.Has(special) || covered.Has(singular(special)) || covered.Has(peopleMember) && personByForm(special))
}

// peopleMember tells the class of people from the others: no other class has
// it.
const peopleMember = "bystander"

// personByForm reports whether a lemma that no concept has names people: an
// inhabitant of a place, a word such as "oarsman".
func personByForm(w string) bool {
	if g := gazetteer(); g.firstOf.Of(w).place > 0 && g.places[w].Adjective {
		return true
	}
	for _, end := range [...]string{"man", "woman", "men", "women", "ist", "ists", "eer", "ologist"} {
		if n := len(w) - len(end); n > 3 && w[n:] == end && len(concepts().byWord.Of(w)) == 0 {
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
		covered, ok := concepts().covers.Find(general)
		return ok && covered.Has(special)
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
	for _, i := range t.byWord.Of(lemma) {
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
