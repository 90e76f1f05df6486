package extract

import (
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// A personIndex finds the full names of an article by their words.
type personIndex struct {
	last, beforeLast map[string][]int // surname, first of two surnames → names
	initial          map[byte][]int   // first letter of the surname → names of people, full and single
}

// mergePersons joins surnames with full names and spellings with each other.
func (b *entityBuilder) mergePersons() {
	p := personIndex{last: map[string][]int{}, beforeLast: map[string][]int{}, initial: map[byte][]int{}}
	given := map[byte][]int{} // first letter of the given name → full names
	var single []int
	for i := range b.names {
		n := &b.names[i]
		words := len(n.words)
		switch {
		case words == 0 || strings.HasSuffix(n.key, "@") || n.typeOf() == fact.OrgName || n.typeOf() == fact.PlaceName:
		case words == 1:
			single = append(single, i)
		case n.typeOf() == fact.PersonName || words <= 4:
			for _, j := range given[n.key[0]] {
				if samePerson(n.words, b.names[j].words) {
					b.join(i, j)
				}
			}
			given[n.key[0]] = append(given[n.key[0]], i)
			surname := n.words[words-1]
			p.last[surname] = append(p.last[surname], i)
			p.initial[surname[0]] = append(p.initial[surname[0]], i)
			if words > 2 && n.typeOf() == fact.PersonName {
				p.beforeLast[n.words[words-2]] = append(p.beforeLast[n.words[words-2]], i)
			}
		}
	}
	for _, i := range single {
		b.mergeSurname(i, &p)
		if b.find(i) == i && !b.names[i].lone {
			b.mergeVariant(i, &p)
		}
		p.initial[b.names[i].key[0]] = append(p.initial[b.names[i].key[0]], i)
	}
}

// mergeSurname joins a surname with the one person who bears it.
func (b *entityBuilder) mergeSurname(i int, p *personIndex) {
	word := b.names[i].words[0]
	bearers := make([]int, 0, len(p.last[word]))
	for _, j := range p.last[word] {
		if b.names[j].typeOf() == fact.PersonName || b.names[i].typeOf() == fact.PersonName {
			bearers = append(bearers, j)
		}
	}
	match := b.only(bearers)
	if match < 0 && len(bearers) > 0 {
		b.names[i].lone = true
		b.names[i].votes[ballot(fact.PersonName)]++
		return
	}
	if match < 0 {
		match = b.only(p.beforeLast[word]) // "Quiroz" of "Rafael Quiroz Barreto"
	}
	if match >= 0 {
		b.join(match, i)
		b.names[match].votes[ballot(fact.PersonName)]++
	}
}

// mergeVariant joins a surname with the one that it is a spelling of.
func (b *entityBuilder) mergeVariant(i int, p *personIndex) {
	word := b.names[i].words[0]
	if len(word) < minVariantLen {
		return
	}
	var spellings []int
	for _, j := range p.initial[word[0]] {
		if words := b.names[j].words; variants(word, words[len(words)-1]) {
			spellings = append(spellings, j)
		}
	}
	if match := b.only(spellings); match >= 0 {
		b.join(match, i)
	}
}

// samePerson reports whether two full names name one person: the same first
// and last word, or the same given name and a surname in two spellings.
func samePerson(a, b []string) bool {
	la, lb := a[len(a)-1], b[len(b)-1]
	given := a[0] == b[0] || len(a[0]) == 1 && a[0][0] == b[0][0] || len(b[0]) == 1 && a[0][0] == b[0][0]
	if !given {
		return false
	}
	if la == lb {
		return len(a[0]) > 1 || len(b[0]) > 1
	}
	if len(la) < minSameGiven || len(lb) < minSameGiven || la[0] != lb[0] || a[0] != b[0] || feminine(la, lb) {
		return false
	}
	if english.LettersOf(la).Distance(lb) > maxGivenEdits {
		return false // most people of one given name
	}
	return variants(la, lb) || editDistance(la, lb) <= maxGivenEdits && skeleton(la) == skeleton(lb)
}

// variants reports whether two surnames are spellings of one: long enough,
// one letter apart, neither of them a word or a place.
func variants(a, b string) bool {
	if a == b || len(a) < minVariantLen || len(b) < minVariantLen || a[0] != b[0] || feminine(a, b) {
		return false
	}
	return editDistance(a, b) == 1 && !ordinary(a) && !ordinary(b)
}

func ordinary(w string) bool { return english.IsWord(w) || english.GazetteerWord(w) }

// feminine reports whether one surname is the other with "a" behind it, as
// women of one family bear it.
func feminine(a, b string) bool { return a+"a" == b || b+"a" == a }

// skeleton is a word without its vowels, double letters once.
func skeleton(w string) string {
	out := make([]byte, 0, len(w))
	for i := 0; i < len(w); i++ {
		if !strings.ContainsRune("aeiouy", rune(w[i])) && (len(out) == 0 || out[len(out)-1] != w[i]) {
			out = append(out, w[i])
		}
	}
	return string(out)
}

// editDistance counts the wrong, missing, added and swapped letters between
// two folded words; beyond 3 it may stop counting.
func editDistance(a, b string) int {
	if len(a)-len(b) > 3 || len(b)-len(a) > 3 {
		return 4
	}
	const few = 32 // letters that few words have more of
	var buf [3 * (few + 1)]int
	rows, n := buf[:], len(b)+1
	if 3*n > len(rows) {
		rows = make([]int, 3*n)
	}
	older, prev, cur := rows[:n], rows[n:2*n], rows[2*n:3*n]
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], older[j-2]+1)
			}
		}
		older, prev, cur = prev, cur, older
	}
	return prev[len(b)]
}
