// Package match tells which counts meet what is asked, and which of them to
// answer with.
package match

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
)

// A Query is what a question asks the number of.
type Query struct {
	Head   string   // lemma of what is counted; "" where only an event is asked about
	Mods   []string // lemmas of its modifiers, and of what its "of" names, that have to be met
	Events []string // concepts of the event, english.Events of its word; empty where none is asked or none is known
	Verb   string   // lemma of the event's word; "" where none is asked
}

// A Fit tells how a count meets a query. The better fit has the higher Rank;
// see Compare.
type Fit struct {
	Head    HeadFit
	Event   int      // which of the count's events meets the query, the closest is 0; -1 where none is asked
	Weak    bool     // the event is told by a word of another meaning: "casualties" for "killed"
	Unmet   []string // modifiers of the query that the count does not have
	Zero    bool     // nothing of the kind happened: "nobody was hurt"
	Special bool     // the count has modifiers that were not asked for: "peasant leaders" for "leaders"
}

// A HeadFit tells how the counted noun meets the one that is asked for.
type HeadFit uint8

// The ways to meet the head, the better the higher.
const (
	Assumed HeadFit = iota // the noun is left out, and the event happens to people
	Covered                // a member of the class that is asked for: "soldiers" for "people"
	Implied                // left out, and the same or covered by what the coordination implies
	Synonym                // another word for it
	Same                   // the same word, or none is asked for
)

// doneTo are the events that are done to people or things: their agents are
// never counted by a question that names only the event.
var doneTo = map[string]bool{
	"kill": true, "injure": true, "casualty": true, "detain": true, "kidnap": true, "release": true, "attack": true, "shoot": true, "stab": true,
	"rescue": true, "deploy": true, "displace": true, "destroy": true, "burn": true, "charge": true, "sentence": true, "convict": true,
	"torture": true, "dismiss": true, "layoff": true, "hospitalize": true, "vaccinate": true, "deport": true, "seize": true, "rape": true, "trap": true,
}

// Count tells how count c meets the query, and whether it does.
func Count(q Query, c *fact.Count) (Fit, bool) {
	f := Fit{Event: -1, Head: Same}
	if len(q.Events) > 0 || q.Verb != "" {
		if !f.event(q, c) {
			return f, false
		}
	}
	if q.Head != "" && !f.head(q, c) {
		return f, false
	}
	f.mods(q, c)
	return f, true
}

// event finds the count's event that is asked about.
func (f *Fit) event(q Query, c *fact.Count) bool {
	for i, e := range c.Events {
		weak, ok := sameEvent(q, e)
		if !ok || e.Relation == fact.Agent && slices.ContainsFunc(e.Names, func(n string) bool { return doneTo[n] }) && !selfDone(e, q) {
			continue
		}
		if e.Negated != (c.Quantity.High == 0) {
			continue
		}
		if f.Event < 0 || f.Weak && !weak {
			f.Event, f.Weak, f.Zero = i, weak, e.Negated
		}
	}
	return f.Event >= 0
}

// selfDone reports whether those who did what is asked are what is counted:
// "5,000 people fled" though people are also displaced by others.
func selfDone(e fact.Event, q Query) bool {
	return e.Lemma == q.Verb && e.Lemma != "" && !slices.ContainsFunc(e.Names, func(n string) bool { return doneTo[n] && n != "displace" })
}

// sameEvent reports whether event e is what is asked about, and whether by a
// word that only comes close.
func sameEvent(q Query, e fact.Event) (weak, ok bool) {
	if e.Lemma == q.Verb && q.Verb != "" {
		return false, true
	}
	for _, n := range e.Names {
		if slices.Contains(q.Events, n) {
			return false, true
		}
	}
	for _, n := range e.Names {
		for _, want := range q.Events {
			if harm[n] && want == "casualty" || harm[want] && n == "casualty" && e.Negated {
				return true, true // "no casualties": nobody was killed
			}
		}
	}
	return false, false
}

// harm are the events that make casualties.
var harm = map[string]bool{"kill": true, "injure": true}

// head compares the counted noun with the one that is asked for.
func (f *Fit) head(q Query, c *fact.Count) bool {
	people := english.IsPerson(q.Head) && english.SameThing(q.Head, "people")
	h := c.Head
	if h == "" {
		if c.Implied != "" {
			if !covers(q.Head, c.Implied, people) {
				return false
			}
			f.Head = Implied
			return true
		}
		if !people && f.Event >= 0 && slices.ContainsFunc(c.Of, func(o string) bool {
			return o != "authority" && o != "official" && o != "source" && english.CoversThing(q.Head, o)
		}) {
			f.Head = Implied // "1,600 wounded in the police"
			return true
		}
		f.Head = Assumed
		return people && f.Event >= 0 && c.Quantity.Unit.Kind == quantity.Count && toPeople(c.Events[f.Event].Names)
	}
	switch {
	case h == q.Head:
		f.Head = Same
	case english.SameThing(q.Head, h):
		if soldierly(c) && english.SameThing(q.Head, "policeman") {
			return false
		}
		f.Head = Synonym
	case covers(q.Head, h, people):
		f.Head = Covered
	case f.Event >= 0 && c.Events[f.Event].Relation == fact.Nominal:
		// "12 deaths" are 12 people; "the deaths of 12" have their own noun
		if !people || !toPeople(c.Events[f.Event].Names) {
			return of(c, q.Head)
		}
		f.Head = Covered
	case people && f.Event >= 0 && slices.ContainsFunc(c.Events, func(e fact.Event) bool { return e.Lemma == h && toPeople(e.Names) }): // "two bodies were found"
		f.Head = Covered
	case slices.Contains(c.Mods, q.Head) && english.IsPerson(h) && english.IsPerson(q.Head):
		f.Head = Covered // "six Jesuit priests" are Jesuits
	case english.SameThing(h, "member") && english.IsPerson(q.Head) && inGroup(c, q):
		f.Head = Covered // "three members of the police"
	default:
		return false
	}
	return true
}

// soldierlyWord are words that make an officer one of the army, not of the
// police.
var soldierlyWord = map[string]bool{"army": true, "military": true, "navy": true, "naval": true, "marine": true}

func soldierly(c *fact.Count) bool {
	return c.Head == "officer" && slices.ContainsFunc(c.Mods, func(m string) bool { return soldierlyWord[m] })
}

func covers(general, special string, people bool) bool {
	return english.CoversThing(general, special) || people && english.IsPerson(special)
}

// inGroup reports whether the count is of members of what is asked for:
// members of the security forces are no soldiers.
func inGroup(c *fact.Count, q Query) bool {
	if slices.Contains(c.Group, "security") && !slices.Contains(q.Mods, "security") && q.Head != "force" {
		return false
	}
	return slices.ContainsFunc(c.Group, func(o string) bool { return english.CoversThing(q.Head, o) })
}

// of reports whether the phrases after the count's noun name w.
func of(c *fact.Count, w string) bool {
	return slices.ContainsFunc(c.Of, func(o string) bool { return english.SameThing(w, o) || english.CoversThing(w, o) })
}

// toPeople reports whether events of these names happen to people, so that a
// count without a noun counts people.
func toPeople(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		switch n {
		case "kill", "injure", "casualty", "detain", "kidnap", "missing", "rescue", "release", "displace", "hospitalize", "infect", "sicken", "vaccinate", "sentence", "convict", "charge", "dismiss", "layoff", "deport", "trap":
			return true
		}
		return false
	})
}

// mods collects the modifiers that are not met.
func (f *Fit) mods(q Query, c *fact.Count) {
	for _, m := range q.Mods {
		if !meets(m, c) {
			f.Unmet = append(f.Unmet, m)
		}
	}
	f.Special = len(c.Mods) > len(q.Mods)
}

// meets reports whether modifier m is met by the count's own words.
func meets(m string, c *fact.Count) bool {
	if english.SameThing(m, c.Head) || english.SameThing(m, c.Implied) {
		return true
	}
	for _, w := range c.Mods {
		if english.CoversThing(m, w) {
			return true
		}
	}
	for _, w := range c.Of {
		if english.CoversThing(m, w) {
			return true
		}
	}
	return false
}
