package extract

import (
	"cmp"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
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
	entities map[string][]int // article ID → key of each of its entities
	expand   map[string]Expansion
}

// aliasKey is one person, organisation or place.
type aliasKey struct {
	typ    fact.NameType
	names  []string // as written, the longest first
	folded []string // the same folded, ambiguous ones left out
}

// An Expansion is where an article says what an abbreviation stands for.
type Expansion struct {
	Long    string      // as written: "Harbour Safety Council"
	Article string      // ID
	Span    corpus.Span // of the long form with the abbreviation
}

// Aliases joins the entities of all articles. Persons who share a surname but
// no given name stay apart, and their surname alone names none of them.
func Aliases(articles []*fact.Article) *AliasTable {
	b := newAliasBuilder(articles)
	b.joinForms()
	b.joinAcronyms()
	b.joinPersons()
	return b.table(articles)
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

// KeyOf is the key of an article's entity; -1 where the table has none.
func (t *AliasTable) KeyOf(article string, entity int) int {
	if keys := t.entities[article]; entity >= 0 && entity < len(keys) {
		return keys[entity]
	}
	return -1
}

// Expand says what a folded abbreviation stands for, and where an article
// says so. Of several articles it is the first.
func (t *AliasTable) Expand(acronym string) (Expansion, bool) {
	e, ok := t.expand[strings.ReplaceAll(acronym, ".", "")]
	return e, ok
}

// foldName is a name in the form in which the table is asked: the folded
// words, "the" left out, a space between them.
func foldName(written string) string {
	words := make([]string, 0, 4)
	for _, t := range english.Tokens(written, 0) {
		if t.Kind != english.Mark && (t.Norm != "the" || len(words) > 0) {
			words = append(words, t.Norm)
		}
	}
	return strings.Join(words, " ")
}

// An aliasBuilder joins entities; a node is one entity of one article.
type aliasBuilder struct {
	nodes  []*fact.Entity
	forms  [][]string // of each node the nameKeys of its names
	parent []int
	byForm map[string][]int // form → nodes, ascending
	order  []string         // the forms in the order of their appearance
}

func newAliasBuilder(articles []*fact.Article) *aliasBuilder {
	b := &aliasBuilder{byForm: map[string][]int{}}
	for _, a := range articles {
		for e := range a.Entities {
			node := len(b.nodes)
			b.nodes = append(b.nodes, &a.Entities[e])
			b.parent = append(b.parent, node)
			var forms []string
			for _, name := range a.Entities[e].Names {
				form := nameKey(name, a.Entities[e].Type)
				if form == "" || slices.Contains(forms, form) {
					continue
				}
				forms = append(forms, form)
				if b.byForm[form] == nil {
					b.order = append(b.order, form)
				}
				b.byForm[form] = append(b.byForm[form], node)
			}
			b.forms = append(b.forms, forms)
		}
	}
	return b
}

func (b *aliasBuilder) find(i int) int {
	for b.parent[i] != i {
		b.parent[i] = b.parent[b.parent[i]]
		i = b.parent[i]
	}
	return i
}

func (b *aliasBuilder) join(i, j int) {
	i, j = b.find(i), b.find(j)
	b.parent[max(i, j)] = min(i, j)
}

// person reports whether a node is, or may be, a person.
func (b *aliasBuilder) person(node int) bool {
	typ := b.nodes[node].Type
	return typ == fact.PersonName || typ == fact.UnknownName
}

// joinForms joins the nodes that share a name of several words, a place, or
// an organisation's single word that is no acronym.
func (b *aliasBuilder) joinForms() {
	for _, form := range b.order {
		nodes := b.byForm[form]
		if !strings.Contains(form, " ") && (b.acronym(form) || b.anyPerson(nodes)) {
			continue // acronyms and surnames are looked at later
		}
		for _, n := range nodes[1:] {
			b.join(nodes[0], n)
		}
	}
}

func (b *aliasBuilder) anyPerson(nodes []int) bool {
	return slices.ContainsFunc(nodes, func(n int) bool { return b.nodes[n].Type == fact.PersonName })
}

// acronym reports whether a form is written in capitals where it stands.
func (b *aliasBuilder) acronym(form string) bool {
	for _, n := range b.byForm[form] {
		for _, name := range b.nodes[n].Names {
			if isAcronymText(name) && nameKey(name, b.nodes[n].Type) == form {
				return true
			}
		}
	}
	return false
}

// joinAcronyms joins the nodes of an acronym, unless articles define it in
// different ways.
func (b *aliasBuilder) joinAcronyms() {
	long := b.byInitials()
	for _, form := range b.order {
		if strings.Contains(form, " ") || !b.acronym(form) {
			continue
		}
		nodes := b.byForm[form]
		defined := -1
		several := false
		for _, n := range nodes {
			if len(b.forms[n]) > 1 {
				several = several || defined >= 0 && b.find(defined) != b.find(n)
				defined = n
			}
		}
		if several {
			continue
		}
		if defined < 0 {
			defined = nodes[0]
			if groups := b.groups(long[strings.ReplaceAll(form, ".", "")]); len(groups) == 1 {
				defined = groups[0]
			}
		}
		for _, n := range nodes {
			b.join(defined, n)
		}
	}
}

// byInitials are the organisations of several words by their initials.
func (b *aliasBuilder) byInitials() map[string][]int {
	out := map[string][]int{}
	for _, form := range b.order {
		n := b.byForm[form][0]
		if b.nodes[n].Type != fact.OrgName || !strings.Contains(form, " ") {
			continue
		}
		words := strings.Fields(form)
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
func (b *aliasBuilder) joinPersons() {
	given := map[string][]string{} // given name → full names
	bearers := map[string][]int{}  // surname → nodes with a full name
	for _, form := range b.order {
		words := strings.Fields(form)
		node := b.byForm[form][0]
		if len(words) < 2 || strings.HasSuffix(form, "@") || !b.person(node) {
			continue
		}
		for _, other := range given[words[0]] {
			if samePerson(words, strings.Fields(other)) {
				b.join(b.byForm[other][0], node)
			}
		}
		given[words[0]] = append(given[words[0]], form)
		surname := words[len(words)-1]
		bearers[surname] = append(bearers[surname], node)
	}
	b.joinSurnames(bearers)
}

// joinSurnames joins each node that has a surname only with the person who
// bears it, where that is one; else with those who write the same surname, or
// a spelling of it.
func (b *aliasBuilder) joinSurnames(bearers map[string][]int) {
	var left []string
	for _, form := range b.order {
		if strings.Contains(form, " ") || b.acronym(form) {
			continue
		}
		nodes := b.byForm[form]
		if !slices.ContainsFunc(nodes, b.person) {
			continue
		}
		switch groups := b.groups(bearers[form]); len(groups) {
		case 0:
			for _, n := range nodes[1:] {
				b.join(nodes[0], n)
			}
			left = append(left, form)
		case 1:
			for _, n := range nodes {
				b.join(groups[0], n)
			}
		}
	}
	surnames := make([]string, 0, len(bearers))
	for s := range bearers {
		surnames = append(surnames, s)
	}
	slices.Sort(surnames)
	for _, form := range left {
		b.joinVariant(form, surnames, bearers)
	}
}

// joinVariant joins a surname with the one person whose surname it is a
// spelling of.
func (b *aliasBuilder) joinVariant(form string, surnames []string, bearers map[string][]int) {
	if len(form) < minVariantLen {
		return
	}
	var match []int
	// Sorted, the surnames with the same first letter lie together.
	from, _ := slices.BinarySearch(surnames, form[:1])
	for _, s := range surnames[from:] {
		if s[0] != form[0] {
			break
		}
		if variants(form, s) {
			match = append(match, bearers[s]...)
		}
	}
	if groups := b.groups(match); len(groups) == 1 {
		b.join(groups[0], b.byForm[form][0])
	}
}

// groups are the roots of nodes, each once, ascending.
func (b *aliasBuilder) groups(nodes []int) []int {
	var out []int
	for _, n := range nodes {
		if r := b.find(n); !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	slices.Sort(out)
	return out
}

// table numbers the groups and indexes their names.
func (b *aliasBuilder) table(articles []*fact.Article) *AliasTable {
	t := &AliasTable{
		byName: map[string][]int{}, byForm: map[string][]int{}, byPlace: map[string]int{}, initials: map[string][]int{},
		entities: map[string][]int{}, expand: map[string]Expansion{},
	}
	number := make([]int, len(b.nodes))
	votes := []map[fact.NameType]int{}
	for n, e := range b.nodes {
		root := b.find(n)
		if root == n {
			number[n] = len(t.keys)
			t.keys = append(t.keys, aliasKey{})
			votes = append(votes, map[fact.NameType]int{})
		}
		number[n] = number[root]
		key := &t.keys[number[n]]
		votes[number[n]][e.Type]++
		for _, name := range e.Names {
			if !slices.Contains(key.names, name) {
				key.names = append(key.names, name)
			}
		}
	}
	for k := range t.keys {
		t.keys[k].typ = mostVoted(votes[k])
		slices.SortStableFunc(t.keys[k].names, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
		t.index(k)
	}
	t.foldNames()
	n := 0
	for _, a := range articles {
		for range a.Entities {
			t.entities[a.Article.ID] = append(t.entities[a.Article.ID], number[n])
			n++
		}
		t.define(a)
	}
	return t
}

// index enters the names of key k.
func (t *AliasTable) index(k int) {
	add := func(m map[string][]int, name string) {
		if name != "" && !slices.Contains(m[name], k) {
			m[name] = append(m[name], k)
		}
	}
	for _, name := range t.keys[k].names {
		add(t.byName, foldName(name))
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
}

// foldNames lists the folded names of every key that name nothing else.
func (t *AliasTable) foldNames() {
	for k := range t.keys {
		for _, name := range t.keys[k].names {
			if f := foldName(name); len(t.byName[f]) == 1 && !slices.Contains(t.keys[k].folded, f) {
				t.keys[k].folded = append(t.keys[k].folded, f)
			}
		}
	}
}

// define enters the abbreviations that an article defines.
func (t *AliasTable) define(a *fact.Article) {
	for f := range a.Facts {
		for _, d := range definitions(a.Article.Text, a.Facts[f].Tokens, a.Facts[f].Mentions) {
			short := strings.ReplaceAll(english.Fold(d.short), ".", "")
			if _, ok := t.expand[short]; !ok {
				t.expand[short] = Expansion{Long: d.long, Article: a.Article.ID, Span: d.span}
			}
		}
	}
}
