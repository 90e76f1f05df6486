package answers

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/index"
	"sourceline/answers/question"
)

// maxCandidates is how many facts are looked at for one question. The gold
// sentence is almost always among the first twenty; a figure that many
// articles give needs room for all of them.
const maxCandidates = 120

// archiveCandidates is maxCandidates for an archive: there are facts enough that
// have most of the question's words, and those after them answer nothing.
const archiveCandidates = 64

// found is where the facts are that share the question's rarest words: the best
// maxCandidates of all, or of those with figures.
func (b *Base) found(ctx context.Context, q question.Question, figures bool) ([]index.Location, error) {
	query := index.Query{Figures: figures}
	for _, t := range b.searched(q) {
		query.Groups = append(query.Groups, index.Group{Terms: t.Forms, Weight: max(t.Rarity, minRarity)})
	}
	given, err := b.given(ctx, q)
	if err != nil {
		return nil, err
	}
	query.Groups = append(query.Groups, given...)
	query.Places = b.telling(q)
	for _, n := range q.Names {
		for _, w := range b.aliasWords(n, query.Places != nil, maxAliasWords/len(q.Names)) {
			query.Groups = append(query.Groups, index.Group{Terms: []string{english.Lemma(w)}, Weight: minRarity})
		}
	}
	for _, e := range q.Events {
		query.Groups = append(query.Groups, index.Group{Terms: english.EventWords(e), Weight: minRarity})
	}
	return b.search(ctx, query)
}

// given are the numbers that the question names, which of an archive only few
// sentences have.
func (b *Base) given(ctx context.Context, q question.Question) ([]index.Group, error) {
	if !b.archive() || len(q.Given) == 0 {
		return nil, nil
	}
	all, err := b.index.Count(ctx, "")
	if err != nil {
		return nil, err
	}
	var out []index.Group
	for _, g := range q.Given {
		for _, t := range english.Tokens(g.Text, 0) {
			if t.Kind != english.Number {
				continue
			}
			n, err := b.index.Count(ctx, t.Norm)
			if err != nil {
				return nil, err
			}
			out = append(out, index.Group{Terms: []string{t.Norm}, Weight: math.Log(float64(all+1) / float64(n+1))})
		}
	}
	return out, nil
}

// searched are the words of the question that facts are looked for by. Of an
// archive these are not those of a hundred forms that every sentence has one of,
// as "people" is, unless the question has no others.
func (b *Base) searched(q question.Question) []question.Term {
	var out, common []question.Term
	for _, t := range q.Terms {
		switch {
		case !t.Known:
		case b.archive() && t.Rarity < minRarity:
			common = append(common, t)
		default:
			out = append(out, t)
		}
	}
	if len(out) == 0 {
		return common
	}
	if b.archive() && len(out) > maxSearched {
		slices.SortStableFunc(out, func(s, t question.Term) int { return cmp.Compare(t.Rarity, s.Rarity) })
		return out[:maxSearched]
	}
	return out
}

// maxSearched is by how many words of a question an archive is searched, the
// rarest: more than a question has that somebody would ask.
const maxSearched = 12

// maxAliasWords is how many words of the aliases of names an archive is searched
// for: a surname that many bear has the names of all of them.
const maxAliasWords = 12

// aliasWords are the words of the name in all ways in which articles write it. Of
// an archive they are so few and each is there once, and where only articles are
// looked at that have the name, there are none.
func (b *Base) aliasWords(n question.Name, narrow bool, few int) []string {
	var out []string
	if b.archive() && narrow {
		return nil
	}
	for _, p := range n.Written() {
		for _, w := range p {
			if b.archive() && (len(out) == few || slices.Contains(out, w)) {
				continue
			}
			out = append(out, w)
		}
	}
	return out
}

// Of an archive only those articles are looked at that have the names of the
// question: what is asked may stand in a sentence of theirs that does not repeat
// the name, and elsewhere it is another's. That goes for names of at most
// maxNaming sentences. Of others, and of places, which may be meant by the name
// of a town in them, there are sentences enough.
const maxNaming = 1000

// telling are the places of the articles that have all such names of the
// question, ascending; nil where all articles are to be looked at.
func (b *Base) telling(q question.Question) []int {
	if !b.archive() {
		return nil
	}
	var out []int
	for _, n := range q.Names {
		if _, place := english.PlaceOf(strings.Join(n.Words, " ")); place || !n.Known {
			continue
		}
		places, few := b.placesOfName(n)
		if !few {
			continue
		}
		if out != nil {
			places = slices.DeleteFunc(slices.Clone(places), func(at int) bool { _, both := slices.BinarySearch(out, at); return !both })
		}
		if len(places) == 0 {
			return nil
		}
		out = places
	}
	return out
}

// placesOfName are the places of the articles that have the name, ascending; few
// reports whether it is found, and not too often to go through them all. It is
// looked up once.
func (b *Base) placesOfName(n question.Name) (places []int, few bool) {
	if b.read != nil {
		if found, ok := b.read.telling[n.Text]; ok {
			return found, len(found) > 0
		}
		defer func() { b.read.telling[n.Text] = places }()
	}
	for _, p := range phrasesOf(n) {
		lemmas := make([]string, len(p))
		for i, w := range p {
			lemmas[i] = english.Lemma(w)
		}
		found := b.index.All(lemmas, maxNaming)
		if len(found) == maxNaming {
			return nil, false
		}
		for _, l := range found {
			places = append(places, l.Place)
		}
	}
	slices.Sort(places)
	places = slices.Compact(places)
	return places, len(places) > 0
}

// search is the best facts of the query, which is asked once.
func (b *Base) search(ctx context.Context, query index.Query) ([]index.Location, error) {
	if b.read != nil {
		for _, s := range b.read.searches {
			if s.query.Equal(query) {
				return s.found, ctx.Err()
			}
		}
	}
	k := maxCandidates
	if b.archive() {
		k = archiveCandidates
	}
	found, err := b.index.Best(ctx, query, k)
	if b.read != nil && err == nil {
		b.read.searches = append(b.read.searches, search{query, found})
	}
	return found, err
}

// candidates are the facts that share the question's rarest words, the best
// first; of those with figures the outlines, of which fit needs few as a whole.
func (b *Base) candidates(ctx context.Context, q question.Question, figures bool) ([]*fact.Fact, error) {
	found, err := b.found(ctx, q, figures)
	if err != nil {
		return nil, err
	}
	return b.open(found, !figures, len(found)), nil
}

// firstCandidates are the first k of the candidates, whole.
func (b *Base) firstCandidates(ctx context.Context, q question.Question, k int) ([]*fact.Fact, error) {
	found, err := b.found(ctx, q, false)
	if err != nil {
		return nil, err
	}
	return b.open(found, true, k), nil
}
