package extract

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// headsOfState are called by each other's words: "the Kenyan leader" is the
// president.
var headsOfState = english.NewSet("president leader chancellor premier king emperor")

// A description is a role taken apart: "the former Kenyan interior minister".
type description struct {
	noun    string   // "minister"
	country string   // as the gazetteer calls it; "" where none is named
	rest    []string // the other words that narrow it down, sorted: "former", "interior"
}

// describe takes the words of a role apart; noun is its head.
func describe(t []english.Token, noun string) description {
	d := description{noun: noun}
	for i := 0; i < len(t); i++ {
		w := &t[i]
		if w.Kind != english.Word || w.FunctionWord() || w.Norm == noun || w.Norm == "'s" {
			continue
		}
		if p, n := english.PlaceAt(t[i:]); n > 0 && capitalised(w) {
			d.country = p.Name
			if p.In != "" {
				d.country = p.In
			}
			i += n - 1
			continue
		}
		if !slices.Contains(d.rest, w.Norm) {
			d.rest = append(d.rest, w.Norm)
		}
	}
	slices.Sort(d.rest)
	return d
}

// How well a role fits a description.
const (
	fitsNot     = iota
	fitsSilent  // the role names no country, the description does
	fitsSilent2 // the description names no country
	fitsWhole   // both name the same country, or none
)

// byRole is the person whom a description means ("the Kenyan leader"): the
// one of the article's people whose role fits it best; -1 where none or
// several do.
func (a *attributor) byRole(c *cue) int {
	s := a.scan
	if c.head < 0 || c.head >= len(s.t) || s.at[c.head] >= 0 || !isRole(&s.t[c.head]) {
		return -1
	}
	want := describe(s.t[c.from:c.to], s.word(c.head))
	best, fit, several := -1, fitsNot, false
	for e := range a.entities {
		if a.entities[e].Type != fact.PersonName {
			continue
		}
		switch f := a.fits(e, want); {
		case f == fitsNot || f < fit:
		case f > fit:
			best, fit, several = e, f, false
		default:
			several = true
		}
	}
	if fit == fitsSilent && want.country != a.country {
		return -1
	}
	if !several {
		return best
	}
	if a.person >= 0 && a.fits(a.person, want) == fit {
		return a.person
	}
	if want.country == "" && a.country != "" {
		want.country = a.country
		return a.only(want)
	}
	return -1
}

// only is the one person whose role fits the description wholly, or -1.
func (a *attributor) only(want description) int {
	found := -1
	for e := range a.entities {
		if a.entities[e].Type == fact.PersonName && a.fits(e, want) == fitsWhole {
			if found >= 0 {
				return -1
			}
			found = e
		}
	}
	return found
}

// fits tells how well the best of the entity's roles fits a description.
func (a *attributor) fits(e int, want description) int {
	best := fitsNot
	for _, t := range a.roles[e] {
		noun := roleNounIn(t, want.noun)
		if noun == "" {
			continue
		}
		has := describe(t, noun)
		switch {
		case !slices.Equal(has.rest, want.rest):
		case has.country == want.country && (noun != "counterpart" || has.country != ""):
			best = max(best, fitsWhole)
		case noun == "counterpart":
		case want.country == "":
			best = max(best, fitsSilent2)
		case has.country == "":
			best = max(best, fitsSilent)
		}
	}
	return best
}

// roleNounIn is the word of the role that the noun can stand for, or "".
func roleNounIn(t []english.Token, noun string) string {
	for i := range t {
		w := t[i].Norm
		if w == "counterpart" {
			if headsOfState.Has(noun) || noun == "minister" {
				return w
			}
			return ""
		}
		if w == noun || noun == "leader" && headsOfState.Has(w) {
			return w
		}
	}
	return ""
}

// tokenizeRoles cuts the roles of all entities into tokens once.
func tokenizeRoles(entities []fact.Entity) [][][]english.Token {
	out := make([][][]english.Token, len(entities))
	for e := range entities {
		for _, role := range entities[e].Roles {
			out[e] = append(out[e], english.Tokens(role, 0))
		}
	}
	return out
}

// mainCountry is the country that the article names most often, as the
// gazetteer calls it; "" where it names none.
func mainCountry(text string, facts []fact.Fact) string {
	times := map[string]int{}
	best := ""
	for f := range facts {
		for _, m := range facts[f].Mentions {
			if m.Type != fact.PlaceName {
				continue
			}
			p, ok := english.PlaceOf(text[m.Span.Start:m.Span.End])
			if !ok {
				continue
			}
			name := p.Name
			if p.In != "" {
				name = p.In
			}
			times[name]++
			if n := times[name]; n > times[best] || n == times[best] && name < best {
				best = name
			}
		}
	}
	return best
}
