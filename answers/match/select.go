package match

import (
	"cmp"
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/corpus"
)

// A Choice is a count that meets a query.
type Choice struct {
	Fact  int // index into the facts
	Index int // index into the fact's Counts
	Count *fact.Count
	Fit   Fit
	Said  int // how many of the choices give the same figure
}

// Select returns the counts of the facts, which are of one article and in its
// order, that meet the query, the one to answer with first. Zero is an answer
// only where nothing else is.
func Select(q Query, facts []*fact.Fact) []Choice {
	var out []Choice
	for i := range facts {
		if facts[i].Sentence.Role == corpus.Furniture {
			continue
		}
		for j := range facts[i].Counts {
			c := &facts[i].Counts[j]
			if f, ok := Count(q, c); ok {
				out = append(out, Choice{Fact: i, Index: j, Count: c, Fit: f})
			}
		}
	}
	for i := range out {
		for j := range out {
			if out[i].Count.Quantity.Low == out[j].Count.Quantity.Low {
				out[i].Said++
			}
		}
	}
	slices.SortStableFunc(out, Compare)
	return out
}

// bridged are the counts that meet the query only together with another of
// the same number, of which one is definite: "gunmen shot 12 people", "the 12
// were members of a commission". The first index of each pair is the count
// that has the noun that is asked for.
func bridged(q Query, facts []*fact.Fact) []Choice {
	var all []Choice
	for i := range facts {
		for j := range facts[i].Counts {
			c := &facts[i].Counts[j]
			if Counted(c) && c.Quantity.High > 1 && c.Quantity.Low == c.Quantity.High && !c.Quantity.Vague && c.Part < 0 && facts[i].Sentence.Role != corpus.Furniture {
				all = append(all, Choice{Fact: i, Index: j, Count: c})
			}
		}
	}
	var out []Choice
	for _, a := range all {
		for _, b := range all {
			x, y := a.Count, b.Count
			if x == y || x.Quantity.Low != y.Quantity.Low || !x.Definite && !y.Definite || !sameGroup(x, y) || max(a.Fact-b.Fact, b.Fact-a.Fact) > bridgeReach {
				continue
			}
			both := *x
			both.Mods = slices.Concat(x.Mods, y.Mods)
			both.Of = slices.Concat(x.Of, y.Of)
			both.Events = slices.Concat(x.Events, y.Events)
			if f, ok := Count(q, &both); ok && len(f.Unmet) == 0 && !f.Zero {
				out = append(out, Choice{Fact: a.Fact, Index: a.Index, Count: x, Fit: f, Said: 1})
			}
		}
	}
	slices.SortStableFunc(out, Compare)
	return out
}

// bridgeReach is how many sentences apart two counts of one group may stand.
const bridgeReach = 8

// sameGroup reports whether two counts of one number can count the same: they
// have one noun, or one has its noun from its predicate ("the 12 were members
// of a commission") and the other's covers it.
func sameGroup(x, y *fact.Count) bool {
	a, b := x.Head, y.Head
	if a == "" || b == "" {
		return false
	}
	if x.Noun.Len() == 0 || y.Noun.Len() == 0 {
		return english.CoversThing(a, b) || english.CoversThing(b, a)
	}
	return english.SameThing(a, b)
}

// Compare orders the choices for one query: negative where a is the better
// one. Ties keep the order of the articles.
func Compare(a, b Choice) int {
	for _, less := range [...]func(Choice) int{
		func(c Choice) int { return len(c.Fit.Unmet) },
		func(c Choice) int { return bit(c.Fit.Zero) },
		func(c Choice) int { return bit(c.Count.Background) },
		func(c Choice) int { return bit(c.Count.Earlier) },
		func(c Choice) int { return bit(c.Fit.Weak) },
		func(c Choice) int { return bit(c.Count.Part >= 0 || c.Count.Partial) },
		func(c Choice) int { return bit(c.Count.Part >= 0) }, // "57 of the injured, 12 of them seriously"
		func(c Choice) int { return bit(c.Count.Increment) },
		func(c Choice) int { return bit(c.Count.Quantity.High <= 1) },
		func(c Choice) int { return bit(c.Count.Quantity.Vague) },
		func(c Choice) int { return -group(c.Fit.Head) },
		func(c Choice) int { return bit(c.Count.Implicit) },
		func(c Choice) int { return bit(c.Count.Others) },
		func(c Choice) int { return -c.Said },
		func(c Choice) int { return -int(min(c.Count.Quantity.Low, 1e9)) },
	} {
		if d := cmp.Compare(less(a), less(b)); d != 0 {
			return d
		}
	}
	return 0
}

// group puts the ways to meet the head together that are equally good.
func group(h HeadFit) int {
	switch h {
	case Same:
		return 3
	case Synonym:
		return 2
	case Implied:
		return 1
	}
	return 0
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Counted reports whether the count is of things, rather than an amount of
// money, a share, a duration.
func Counted(c *fact.Count) bool { return c.Quantity.Unit.Kind == quantity.Count }

// Answer is Select for a question that has to be met in full: the choices
// whose modifiers are all met or, where there is none, counts that meet the
// query together with another of the same number.
func Answer(q Query, facts []*fact.Fact) []Choice {
	choices := slices.DeleteFunc(Select(q, facts), func(c Choice) bool { return len(c.Fit.Unmet) > 0 || !Counted(c.Count) })
	if len(choices) == 0 && q.Head != "" {
		return bridged(q, facts)
	}
	return choices
}
