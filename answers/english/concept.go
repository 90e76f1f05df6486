package english

import (
	_ "embed"
	"fmt"
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
	covers map[string]map[string]bool // concept or word → the words that it covers beyond its own
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
	t := &conceptTable{byWord: map[string][]int{}, covers: map[string]map[string]bool{}}
	byName := map[string]int{}
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
				if i := len(t.all); !slices.Contains(t.byWord[w], i) {
					t.byWord[w] = append(t.byWord[w], i)
				}
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
	return t, nil
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
func Events(lemma string) []string {
	t := concepts()
	var out []string
	for _, i := range t.byWord[lemma] {
		if t.all[i].Event {
			out = append(out, t.all[i].Name)
		}
	}
	return out
}

// Same reports whether two lemmas are the same word or share a concept.
func Same(a, b string) bool {
	if a == b {
		return true
	}
	t := concepts()
	for _, i := range t.byWord[a] {
		if slices.Contains(t.byWord[b], i) {
			return true
		}
	}
	return false
}

// Covers reports whether what is general covers what is special: they are the
// same, or one is a class to which the other belongs ("people" covers
// "soldier", "soldier" does not cover "people").
func Covers(general, special string) bool {
	return Same(general, special) || concepts().covers[general][special]
}

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
// sorted.
func Members(general string) []string {
	var out []string
	for w := range concepts().covers[general] {
		out = append(out, w)
	}
	slices.Sort(out)
	return out
}
