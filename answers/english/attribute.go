package english

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed attributes.txt
var attributesFile string

// An AttributeKind tells in which way articles give an attribute.
type AttributeKind string

// The kinds of attribute.
const (
	Trait   AttributeKind = "trait"   // one of a list of words: a sport, a party, a profession
	Maker   AttributeKind = "maker"   // who did it or is it to the thing: its director, its owner, her father
	Date    AttributeKind = "date"    // when it was done: born, built, released
	Site    AttributeKind = "site"    // where it lies, or somebody was born
	Measure AttributeKind = "measure" // how much of it there is: its population, its length
	Nature  AttributeKind = "nature"  // what it is at all; no attribute of the table has it
	Open    AttributeKind = "open"    // what a noun asks for that the table does not have: a war, a line
)

// An Attribute is something that is asked of a thing: its director, its
// population, the sport that somebody plays.
type Attribute struct {
	Name    string
	Kind    AttributeKind
	Nouns   []string // phrases that ask for it: "political party"
	Verbs   []string // lemmas of what gives it: "direct"; of a measure the words after its number: "resident"
	Inverse []string // nouns that turn it around: "wife" of "husband"

	values  map[string]string // folded words of a value → the value that it says: "footballer" → "football"
	longest int               // the most words of a value
}

type attributeTable struct {
	all     []*Attribute
	byNoun  map[string][]*Attribute // folded phrase → attributes, in the file's order
	longest int                     // the most words of a noun phrase
}

var attributes = sync.OnceValue(func() *attributeTable {
	t, err := parseAttributes(attributesFile)
	if err != nil {
		panic("english: attributes.txt: " + err.Error()) // compiled in, and held by a test
	}
	return t
})

// parseAttributes reads the table of attributes. Errors name the line.
func parseAttributes(file string) (*attributeTable, error) {
	t := &attributeTable{byNoun: map[string][]*Attribute{}}
	for n, line := range strings.Split(file, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		head, rest, ok := strings.Cut(line, ":")
		kind, name, ok2 := strings.Cut(head, " ")
		if !ok || !ok2 {
			return nil, fmt.Errorf("line %d: %q is not \"kind name: words\"", n+1, line)
		}
		if kind == "value" {
			i := slices.IndexFunc(t.all, func(a *Attribute) bool { return a.Name == name && a.Kind == Trait })
			if i < 0 {
				return nil, fmt.Errorf("line %d: no trait %q stands before its values", n+1, name)
			}
			t.all[i].addValues(rest)
			continue
		}
		if !slices.Contains([]AttributeKind{Trait, Maker, Date, Site, Measure}, AttributeKind(kind)) {
			return nil, fmt.Errorf("line %d: unknown kind %q", n+1, kind)
		}
		t.add(&Attribute{Name: name, Kind: AttributeKind(kind)}, rest)
	}
	return t, nil
}

// add reads "nouns | verbs | inverse nouns".
func (t *attributeTable) add(a *Attribute, rest string) {
	fields := strings.Split(rest, "|")
	lists := [...]*[]string{&a.Nouns, &a.Verbs, &a.Inverse}
	for i, field := range fields[:min(len(fields), len(lists))] {
		for w := range strings.SplitSeq(field, ",") {
			if w = strings.TrimSpace(w); w != "" {
				*lists[i] = append(*lists[i], w)
			}
		}
	}
	for _, noun := range a.Nouns {
		t.byNoun[noun] = append(t.byNoun[noun], a)
		t.longest = max(t.longest, len(strings.Fields(noun)))
	}
	t.all = append(t.all, a)
}

func (a *Attribute) addValues(rest string) {
	if a.values == nil {
		a.values = map[string]string{}
	}
	for v := range strings.SplitSeq(rest, ",") {
		word, means, ok := strings.Cut(strings.TrimSpace(v), "=")
		if !ok {
			means = word
		}
		word = Fold(strings.ReplaceAll(word, "-", " "))
		a.values[word] = Fold(strings.ReplaceAll(means, "-", " "))
		a.longest = max(a.longest, len(strings.Fields(word)))
	}
}

// AttributesAt are the attributes that a noun phrase at the start of the
// tokens asks for ("director of", "political party"), with the number of its
// tokens; the longest phrase that there is. None where n is 0.
func AttributesAt(tokens []Token) (list []*Attribute, n int) {
	t := attributes()
	key, ok := phraseKey(tokens, t.longest, func(key string) bool { return t.byNoun[key] != nil })
	if !ok {
		return nil, 0
	}
	return t.byNoun[key.words], key.n
}

// AttributesOfVerb are the attributes of that kind that a verb gives, by its
// lemma: the birth of "bear", the director of "direct".
func AttributesOfVerb(kind AttributeKind, lemma string) []*Attribute {
	var out []*Attribute
	for _, a := range attributes().all {
		if a.Kind == kind && slices.Contains(a.Verbs, lemma) {
			out = append(out, a)
		}
	}
	return out
}

// AttributeOf is the attribute of that name; nil where there is none.
func AttributeOf(name string) *Attribute {
	for _, a := range attributes().all {
		if a.Name == name {
			return a
		}
	}
	return nil
}

// ValueAt is the value of a trait that stands at the start of the tokens, the
// longest that there is, with the number of its tokens; "" and 0 for none.
func (a *Attribute) ValueAt(tokens []Token) (value string, n int) {
	if a.values == nil {
		return "", 0
	}
	key, ok := phraseKey(tokens, a.longest, func(key string) bool { _, ok := a.values[key]; return ok })
	if !ok {
		return "", 0
	}
	return a.values[key.words], key.n
}

type phrase struct {
	words string
	n     int // tokens
}

// phraseKey is the longest run of words at the start of the tokens that is
// known, hyphens passed over, of at most that many words; the last one may be
// a form of the known word.
func phraseKey(tokens []Token, words int, known func(string) bool) (best phrase, ok bool) {
	var b strings.Builder
	for i := 0; i < len(tokens) && words > 0; i++ {
		t := &tokens[i]
		if t.Kind == Mark {
			if i == 0 || t.Norm != "-" && t.Norm != "&" {
				break
			}
			if t.Norm == "-" {
				continue
			}
		}
		before := b.String()
		if t.Norm == "&" || i > 0 && tokens[i-1].Norm == "&" || before == "" {
			b.WriteString(t.Norm)
		} else {
			b.WriteString(" " + t.Norm)
		}
		words--
		for _, form := range [...]string{b.String(), strings.TrimSpace(before + " " + t.Lemma)} {
			if known(form) {
				best, ok = phrase{form, i + 1}, true
				break
			}
		}
	}
	return best, ok
}
