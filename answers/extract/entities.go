package extract

import (
	"cmp"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// Limits of what counts as one name spelt in two ways.
const (
	minVariantLen = 6 // letters of a surname that a misspelling of one letter leaves alone
	minSameGiven  = 4 // letters of a surname where the given name is the same
	maxGivenEdits = 2 // wrong letters of a surname where the given name is the same
)

// A definition is an abbreviation with what it stands for, side by side:
// "Harbour Safety Council (HSC)".
type definition struct {
	long, short string      // as written
	span        corpus.Span // both of them with the bracket
	longSpan    corpus.Span
	shortSpan   corpus.Span
}

// entities finds out which mentions of an article name the same, sets their
// Entity and the Type of those that had none, and returns the entities in the
// order of their first mention.
func (b *entityBuilder) entities(facts []fact.Fact) []fact.Entity {
	if len(facts) == 0 {
		return nil
	}
	b.reset()
	text := facts[0].Sentence.Article.Text
	for f := range facts {
		for m := range facts[f].Mentions {
			b.note(text, &facts[f].Mentions[m])
		}
	}
	for i := range b.names {
		b.parent = append(b.parent, i)
	}
	for f := range facts {
		for _, d := range definitions(text, facts[f].Tokens, facts[f].Mentions) {
			b.define(d)
		}
	}
	b.mergeAcronyms()
	b.mergePersons()
	return b.finish(text, facts)
}

// A nameForm is one name of an article, however often it is mentioned.
type nameForm struct {
	key   string   // words compared: folded, British spellings brought to one form
	words []string // of key
	texts []string // as written, in the order of appearance
	votes votes
	lone  bool // a surname that several people bear: it names none of them
}

// nameTypes is how many types a name can have.
const nameTypes = 4

// Votes is how many mentions speak for each type of a name.
type votes [nameTypes]int

// ballot is the place of a type in votes.
func ballot(t fact.NameType) int {
	switch t {
	case fact.PersonName:
		return 1
	case fact.OrgName:
		return 2
	case fact.PlaceName:
		return 3
	}
	return 0
}

// An entityBuilder joins the names of one article that name the same.
type entityBuilder struct {
	names  []nameForm // in the order of appearance
	byKey  map[string]int
	seen   map[string][nameTypes]int // of a name as written and its type one more than its place in names; 0 before it is noted
	of     []int                     // name of each mention, in the order of the text
	parent []int                     // union-find over names
}

// reset makes the builder ready for another article, in the memory of the last.
func (b *entityBuilder) reset() {
	if b.byKey == nil {
		b.byKey, b.seen = map[string]int{}, map[string][nameTypes]int{}
	}
	clear(b.byKey)
	clear(b.seen)
	b.names, b.of, b.parent = b.names[:0], b.of[:0], b.parent[:0]
}

// add is a new name, the last of all.
func (b *entityBuilder) add(key string) *nameForm {
	b.names = slices.Grow(b.names, 1)[:len(b.names)+1]
	n := &b.names[len(b.names)-1]
	n.key, n.words, n.texts, n.votes, n.lone = key, n.words[:0], n.texts[:0], votes{}, false
	for word := range strings.FieldsSeq(key) {
		n.words = append(n.words, word)
	}
	return n
}

// note enters a mention.
func (b *entityBuilder) note(text string, m *fact.Mention) {
	written := text[m.Span.Start:m.Span.End]
	typ := ballot(m.Type)
	seen := b.seen[written]
	if i := seen[typ] - 1; i >= 0 {
		b.names[i].votes[typ]++
		b.of = append(b.of, i)
		return
	}
	key := nameKey(written, m.Type)
	i, ok := b.byKey[key]
	if !ok {
		i = len(b.names)
		b.byKey[key] = i
		b.add(key)
	}
	n := &b.names[i]
	n.votes[typ]++
	if !slices.Contains(n.texts, written) {
		n.texts = append(n.texts, written)
	}
	b.of = append(b.of, i)
	seen[typ] = i + 1
	b.seen[written] = seen
}

// nameKey is the form in which names are compared: the words folded, without
// marks and articles, "Ministry of Health" as "health ministry", a place as
// the gazetteer calls it.
func nameKey(written string, typ fact.NameType) string {
	var buf [nameWords]english.Token
	tokens := english.AppendTokens(buf[:0], written, 0)
	if typ == fact.PlaceName || typ == fact.UnknownName {
		if p, ok := english.PlaceCalled(tokens); ok {
			return strings.ToLower(p.Name) + " @" // no person's or organisation's key ends so
		}
	}
	if typ != fact.PersonName {
		if org, ok := english.OrgCalled(tokens); ok {
			return strings.ToLower(org)
		}
	}
	var list [nameWords]string
	words := list[:0]
	for i := range tokens {
		switch t := &tokens[i]; {
		case t.Kind == english.Mark || t.Norm == "the":
		case typ == fact.OrgName:
			words = append(words, orgWord(t.Norm))
		default:
			words = append(words, strings.TrimSuffix(t.Norm, "."))
		}
	}
	if len(words) > 2 && words[1] == "of" && (words[0] == "ministry" || words[0] == "department") {
		words = append(words[2:], words[0])
	}
	return strings.Join(words, " ")
}

// nameWords is how many words few names have more of.
const nameWords = 12

// orgWord brings the spellings of a word in an organisation's name to one.
func orgWord(w string) string {
	if stem, ok := strings.CutSuffix(w, "isation"); ok {
		return stem + "ization"
	}
	switch w {
	case "defence":
		return "defense"
	case "labour":
		return "labor"
	case "centre":
		return "center"
	}
	return strings.ReplaceAll(w, ".", "")
}

func (b *entityBuilder) find(i int) int {
	for b.parent[i] != i {
		i = b.parent[i]
	}
	return i
}

// join makes two names one entity; the one that appeared first leads.
func (b *entityBuilder) join(i, j int) {
	i, j = b.find(i), b.find(j)
	b.parent[max(i, j)] = min(i, j)
}

// define joins an abbreviation with what it stands for.
func (b *entityBuilder) define(d definition) {
	short, ok1 := b.byKey[nameKey(d.short, fact.OrgName)]
	long, ok2 := b.byKey[nameKey(d.long, fact.OrgName)]
	if !ok2 {
		long, ok2 = b.byKey[nameKey(d.long, fact.UnknownName)]
	}
	if ok1 && ok2 {
		b.join(short, long)
		b.names[long].votes[ballot(fact.OrgName)]++
	}
}

// typeOf is the type that most mentions of a name have; a known type beats
// none.
func (n *nameForm) typeOf() fact.NameType { return n.votes.most() }

// placeShare: one mention in so many has to look like a place's before the
// others, which look like nothing, are taken for one too: "in" stands before
// many things.
const placeShare = 4

// most is the type that most mentions speak for.
func (v *votes) most() fact.NameType {
	best, most := fact.UnknownName, 0
	for _, t := range [...]fact.NameType{fact.PersonName, fact.OrgName, fact.PlaceName} {
		if n := v[ballot(t)]; n > most && (t != fact.PlaceName || n*placeShare >= v[ballot(fact.UnknownName)]) {
			best, most = t, n
		}
	}
	return best
}

// mergeAcronyms joins an acronym that the article does not define with the
// one organisation whose initials it has.
func (b *entityBuilder) mergeAcronyms() {
	long := map[string][]int{} // initials → organisations of several words
	for i := range b.names {
		if n := &b.names[i]; len(n.words) > 1 && n.typeOf() == fact.OrgName {
			with, without := initials(n.words, true), initials(n.words, false)
			long[with] = append(long[with], i)
			if without != with {
				long[without] = append(long[without], i)
			}
		}
	}
	for i := range b.names {
		short := &b.names[i]
		if len(short.words) != 1 || !isAcronymText(short.texts[0]) || b.find(i) != i {
			continue
		}
		if match := b.only(long[strings.ReplaceAll(short.key, ".", "")]); match >= 0 {
			b.join(i, match)
		}
	}
}

// only is the first of names where they all are one entity; -1 where they are
// several, or none.
func (b *entityBuilder) only(names []int) int {
	for _, n := range names {
		if b.find(n) != b.find(names[0]) {
			return -1
		}
	}
	if len(names) == 0 {
		return -1
	}
	return names[0]
}

// isAcronymText reports whether s is two letters or more, all capitals,
// points aside.
func isAcronymText(s string) bool {
	letters := 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] >= 'A' && s[i] <= 'Z':
			letters++
		case s[i] != '.':
			return false
		}
	}
	return letters > 1
}

func initials(words []string, small bool) string {
	var b strings.Builder
	for _, w := range words {
		if w != "" && (small || english.ClassOf(w)&(english.Preposition|english.Determiner|english.Conjunction) == 0) {
			b.WriteByte(w[0])
		}
	}
	return b.String()
}

// finish numbers the entities, writes them into the mentions and collects
// their names and roles.
func (b *entityBuilder) finish(text string, facts []fact.Fact) []fact.Entity {
	number := make([]int, len(b.names))
	var out []fact.Entity
	var counted []votes
	for i := range b.names {
		root := b.find(i)
		if root == i {
			number[i] = len(out)
			counted = append(counted, votes{})
			out = append(out, fact.Entity{})
		}
		e := &out[number[root]]
		number[i] = number[root]
		for _, s := range b.names[i].texts {
			if !slices.Contains(e.Names, s) {
				e.Names = append(e.Names, s)
			}
		}
		for t, n := range b.names[i].votes {
			counted[number[i]][t] += n
		}
	}
	for e := range out {
		out[e].Type = counted[e].most()
		slices.SortStableFunc(out[e].Names, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	}
	k := 0
	before := map[string][]int{} // surname → people of whom the text has spoken so far
	for f := range facts {
		for m := range facts[f].Mentions {
			mention := &facts[f].Mentions[m]
			name := &b.names[b.of[k]]
			if surname := name.words; len(surname) > 1 && out[number[b.of[k]]].Type == fact.PersonName {
				last := surname[len(surname)-1]
				if e := number[b.of[k]]; !slices.Contains(before[last], e) {
					before[last] = append(before[last], e)
				}
			}
			if name.lone && len(before[name.key]) == 1 {
				mention.Entity, mention.Type = before[name.key][0], fact.PersonName // the other one comes later
			} else if !name.lone {
				mention.Entity = number[b.of[k]]
				if e := &out[mention.Entity]; mention.Type == fact.UnknownName ||
					e.Type == fact.PersonName && mention.Type != fact.PersonName {
					mention.Type = e.Type
				}
			} else if mention.Type == fact.UnknownName {
				mention.Type = fact.PersonName
			}
			k++
		}
		addRoles(text, &facts[f], out)
	}
	return out
}
