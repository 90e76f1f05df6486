package extract

import (
	"cmp"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// An AliasTable knows what the articles call the same: names that belong to
// one key name one person, organisation or place. It never changes once it is
// built and is safe for concurrent use.
type AliasTable struct {
	keys     []aliasKey
	byName   map[string][]int // folded name → keys, ascending; several where it is ambiguous
	byForm   map[string][]int // nameKey of an organisation → keys
	byPlace  map[string]int   // name in the gazetteer → key
	initials map[string][]int // initials of an organisation → keys
}

// aliasKey is one person, organisation or place.
type aliasKey struct {
	typ    fact.NameType
	names  []string // as written, the longest first
	folded []string // the same folded, ambiguous ones left out
}

// Aliases joins the entities of all articles.
func Aliases(articles []*fact.Article) *AliasTable {
	b := NewAliasBuilder()
	for _, a := range articles {
		b.Add(a.Entities)
	}
	return b.Table()
}

// Lookup is the key of a folded name (words with single spaces between them).
// Ok is false where no article has the name and where it is ambiguous.
func (t *AliasTable) Lookup(folded string) (key int, ok bool) {
	keys := t.Keys(folded)
	if len(keys) != 1 {
		return 0, false
	}
	return keys[0], true
}

// Keys are the keys of a folded name, ascending: more than one where several
// people bear it. A place is found by any of its names in the gazetteer, an
// organisation by its initials too.
func (t *AliasTable) Keys(folded string) []int {
	if keys := t.byName[folded]; keys != nil {
		return keys
	}
	if keys := t.byForm[nameKey(folded, fact.OrgName)]; keys != nil {
		return keys
	}
	if p, ok := english.PlaceOf(folded); ok {
		if key, ok := t.byPlace[p.Name]; ok {
			return []int{key}
		}
	}
	return t.initials[strings.ReplaceAll(folded, ".", "")]
}

// Names are the names of a key as the articles write them, the longest first.
func (t *AliasTable) Names(key int) []string { return t.keys[key].names }

// Type is what the key's names name.
func (t *AliasTable) Type(key int) fact.NameType { return t.keys[key].typ }

// AliasesOf are all folded names of what the articles call by this folded
// name, the name itself first; nil where no article has it. A surname that
// several people bear is an alias of none of them.
func (t *AliasTable) AliasesOf(folded string) []string {
	keys := t.Keys(folded)
	if keys == nil {
		return nil
	}
	out := []string{folded}
	for _, key := range keys {
		for _, name := range t.keys[key].folded {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}

// foldName is a name in the form in which the table is asked: the folded
// words, "the" left out, a space between them.
func foldName(written string) string {
	var buf [nameWords]english.Token
	var list [nameWords]string
	words := list[:0]
	for _, t := range english.AppendTokens(buf[:0], written, 0) {
		if t.Kind != english.Mark && (t.Norm != "the" || len(words) > 0) {
			words = append(words, t.Norm)
		}
	}
	return strings.Join(words, " ")
}

// An AliasBuilder joins the entities of articles that are handed in one after
// another. A node is one entity of one article.
type AliasBuilder struct {
	nodes  []aliasNode
	parent []int
	forms  []aliasForm    // in the order of their appearance
	byForm map[string]int // nameKey → its place in forms
	recent map[typedName]int
}

// A typedName is a name as written with its type.
type typedName struct {
	name string
	typ  fact.NameType
}

// maxRecent is of how many names the forms are remembered at once: articles of
// one event, which have the same names, come together.
const maxRecent = 1 << 10

type aliasNode struct {
	typ   fact.NameType
	names []string // as written
	forms int      // how many nameKeys its names have
}

// An aliasForm is a nameKey.
type aliasForm struct {
	text    string
	nodes   []int // that have a name of that form, ascending
	acronym bool  // written in capitals somewhere
}

// single reports whether the form is one word.
func (f *aliasForm) single() bool { return strings.IndexByte(f.text, ' ') < 0 }

// NewAliasBuilder is a builder without an article.
func NewAliasBuilder() *AliasBuilder {
	return &AliasBuilder{byForm: map[string]int{}, recent: map[typedName]int{}}
}

// Add adds the entities of one article.
func (b *AliasBuilder) Add(entities []fact.Entity) {
	for _, e := range entities {
		n := len(b.nodes)
		node := aliasNode{typ: e.Type, names: e.Names}
		for _, name := range e.Names {
			at := b.form(name, e.Type)
			if at < 0 {
				continue
			}
			form := &b.forms[at]
			form.acronym = form.acronym || isAcronymText(name)
			if last := len(form.nodes) - 1; last >= 0 && form.nodes[last] == n {
				continue
			}
			form.nodes = append(form.nodes, n)
			node.forms++
		}
		b.nodes = append(b.nodes, node)
		b.parent = append(b.parent, n)
	}
}

// form is the place of the form of a name; -1 where nothing is left of it.
func (b *AliasBuilder) form(name string, typ fact.NameType) int {
	if at, ok := b.recent[typedName{name, typ}]; ok {
		return at
	}
	text := nameKey(name, typ)
	at, ok := b.byForm[text]
	switch {
	case text == "":
		at = -1
	case !ok:
		at = len(b.forms)
		b.byForm[text] = at
		b.forms = append(b.forms, aliasForm{text: text})
	}
	if len(b.recent) == maxRecent {
		clear(b.recent)
	}
	b.recent[typedName{name, typ}] = at
	return at
}

// Table is what the articles call the same. Persons who share a surname but no
// given name stay apart, and their surname alone names none of them. The
// builder is done for then.
func (b *AliasBuilder) Table() *AliasTable {
	b.joinForms()
	b.joinAcronyms()
	b.joinPersons()
	return b.table()
}

func (b *AliasBuilder) find(i int) int {
	for b.parent[i] != i {
		b.parent[i] = b.parent[b.parent[i]]
		i = b.parent[i]
	}
	return i
}

func (b *AliasBuilder) join(i, j int) {
	i, j = b.find(i), b.find(j)
	b.parent[max(i, j)] = min(i, j)
}

// person reports whether a node is, or may be, a person.
func (b *AliasBuilder) person(node int) bool {
	typ := b.nodes[node].typ
	return typ == fact.PersonName || typ == fact.UnknownName
}

// joinForms joins the nodes that share a name of several words, a place, or
// an organisation's single word that is no acronym.
func (b *AliasBuilder) joinForms() {
	for i := range b.forms {
		f := &b.forms[i]
		if f.single() && (f.acronym || b.anyPerson(f.nodes)) {
			continue // acronyms and surnames are looked at later
		}
		for _, n := range f.nodes[1:] {
			b.join(f.nodes[0], n)
		}
	}
}

func (b *AliasBuilder) anyPerson(nodes []int) bool {
	return slices.ContainsFunc(nodes, func(n int) bool { return b.nodes[n].typ == fact.PersonName })
}

// joinAcronyms joins the nodes of an acronym, unless articles define it in
// different ways.
func (b *AliasBuilder) joinAcronyms() {
	long := b.byInitials()
	for i := range b.forms {
		f := &b.forms[i]
		if !f.single() || !f.acronym {
			continue
		}
		nodes := f.nodes
		defined := -1
		several := false
		for _, n := range nodes {
			if b.nodes[n].forms > 1 {
				several = several || defined >= 0 && b.find(defined) != b.find(n)
				defined = n
			}
		}
		if several {
			continue
		}
		if defined < 0 {
			defined = nodes[0]
			if group, one := b.group(long[strings.ReplaceAll(f.text, ".", "")]); one {
				defined = group
			}
		}
		for _, n := range nodes {
			b.join(defined, n)
		}
	}
}

// byInitials are the organisations of several words by their initials.
func (b *AliasBuilder) byInitials() map[string][]int {
	out := map[string][]int{}
	for i := range b.forms {
		f := &b.forms[i]
		n := f.nodes[0]
		if b.nodes[n].typ != fact.OrgName || f.single() {
			continue
		}
		words := strings.Fields(f.text)
		with, without := initials(words, true), initials(words, false)
		out[with] = append(out[with], n)
		if without != with {
			out[without] = append(out[without], n)
		}
	}
	return out
}

// joinPersons joins full names that are one person's, and then the surnames
// that only one person bears.
func (b *AliasBuilder) joinPersons() {
	type person struct {
		words []string
		node  int
	}
	type initialled struct {
		given   string
		initial byte // of the surname
	}
	given := map[initialled][]person{}
	bearers := map[string][]int{} // surname → nodes with a full name
	for i := range b.forms {
		f := &b.forms[i]
		node := f.nodes[0]
		if f.single() || strings.HasSuffix(f.text, "@") || !b.person(node) {
			continue
		}
		words := strings.Fields(f.text)
		if len(words) < 2 {
			continue
		}
		surname := words[len(words)-1]
		key := initialled{words[0], surname[0]}
		for _, other := range given[key] {
			if samePerson(words, other.words) {
				b.join(other.node, node)
			}
		}
		given[key] = append(given[key], person{words, node})
		bearers[surname] = append(bearers[surname], node)
	}
	b.joinSurnames(bearers)
}

// joinSurnames joins each node that has a surname only with the person who
// bears it, where that is one; else with those who write the same surname, or
// a spelling of it.
func (b *AliasBuilder) joinSurnames(bearers map[string][]int) {
	var left []*aliasForm
	for i := range b.forms {
		f := &b.forms[i]
		if !f.single() || f.acronym {
			continue
		}
		nodes := f.nodes
		if !slices.ContainsFunc(nodes, b.person) {
			continue
		}
		group, one := b.group(bearers[f.text])
		switch {
		case len(bearers[f.text]) == 0:
			for _, n := range nodes[1:] {
				b.join(nodes[0], n)
			}
			if len(f.text) >= minVariantLen {
				left = append(left, f)
			}
		case one:
			for _, n := range nodes {
				b.join(group, n)
			}
		}
	}
	spellings := map[string][]string{} // surname, or one with a letter left out → surnames
	for s := range bearers {
		if len(s) >= minVariantLen {
			for w := range shortened(s) {
				spellings[w] = append(spellings[w], s)
			}
		}
	}
	for _, f := range left {
		b.joinVariant(f, spellings, bearers)
	}
}

// shortened are a word and the word with each of its letters left out. Two
// words that are one edit apart, a swap of neighbours included, have one of
// these in common.
func shortened(w string) map[string]bool {
	out := map[string]bool{w: true}
	for i := range len(w) {
		out[w[:i]+w[i+1:]] = true
	}
	return out
}

// joinVariant joins a surname with the one person whose surname it is a
// spelling of.
func (b *AliasBuilder) joinVariant(f *aliasForm, spellings map[string][]string, bearers map[string][]int) {
	var match []int
	for w := range shortened(f.text) {
		for _, s := range spellings[w] {
			if variants(f.text, s) {
				match = append(match, bearers[s]...)
			}
		}
	}
	if group, one := b.group(match); one {
		b.join(group, f.nodes[0])
	}
}

// group is the root of the nodes, where they have one in common.
func (b *AliasBuilder) group(nodes []int) (root int, one bool) {
	for i, n := range nodes {
		r := b.find(n)
		if i > 0 && r != root {
			return 0, false
		}
		root = r
	}
	return root, len(nodes) > 0
}

// table numbers the groups and indexes their names.
func (b *AliasBuilder) table() *AliasTable {
	t := &AliasTable{byName: map[string][]int{}, byForm: map[string][]int{}, byPlace: map[string]int{}, initials: map[string][]int{}}
	number := make([]int, len(b.nodes))
	var counted []votes
	for n, e := range b.nodes {
		root := b.find(n)
		if root == n {
			number[n] = len(t.keys)
			t.keys = append(t.keys, aliasKey{})
			counted = append(counted, votes{})
		}
		number[n] = number[root]
		key := &t.keys[number[n]]
		counted[number[n]][ballot(e.typ)]++
		for _, name := range e.names {
			if !slices.Contains(key.names, name) {
				key.names = append(key.names, name)
			}
		}
	}
	folded := make([][]string, 0, len(t.keys))
	for k := range t.keys {
		t.keys[k].typ = counted[k].most()
		slices.SortStableFunc(t.keys[k].names, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
		folded = append(folded, t.index(k))
	}
	t.foldNames(folded)
	return t
}

// index enters the names of key k and returns them folded.
func (t *AliasTable) index(k int) (folded []string) {
	add := func(m map[string][]int, name string) {
		if list := m[name]; name != "" && (len(list) == 0 || list[len(list)-1] != k) {
			m[name] = append(list, k) // the keys come in their order
		}
	}
	for _, name := range t.keys[k].names {
		f := foldName(name)
		folded = append(folded, f)
		add(t.byName, f)
		switch t.keys[k].typ {
		case fact.OrgName:
			form := nameKey(name, fact.OrgName)
			add(t.byForm, form)
			if words := strings.Fields(form); len(words) > 1 {
				add(t.initials, initials(words, false))
				add(t.initials, initials(words, true))
			}
		case fact.PlaceName:
			if p, ok := english.PlaceOf(name); ok {
				t.byPlace[p.Name] = k
			}
		}
	}
	return folded
}

// foldNames lists those of the folded names of every key that name nothing else.
func (t *AliasTable) foldNames(folded [][]string) {
	for k := range t.keys {
		for _, f := range folded[k] {
			if len(t.byName[f]) == 1 && !slices.Contains(t.keys[k].folded, f) {
				t.keys[k].folded = append(t.keys[k].folded, f)
			}
		}
	}
}
