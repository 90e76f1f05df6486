package answers

import (
	"cmp"
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
)

// senseFits reports whether the quantity measures what is asked for.
func senseFits(q question.Question, c *fact.Count) bool {
	k := c.Quantity.Unit.Kind
	if q.Unit != "" && k != q.Unit {
		return false
	}
	switch q.Sense {
	case question.HowMany:
		return k == quantity.Count || k == ""
	case question.Percentage:
		return k == quantity.Percent
	case question.Money:
		return k == quantity.Money
	case question.HowLong:
		return k == quantity.Duration || k == quantity.Length && q.Cue == "how long" && q.Verb == "" && q.Did == ""
	case question.HowOld:
		return k == quantity.Age
	case question.HowFar:
		return k == quantity.Length
	case question.HowBig:
		return k != quantity.Count && k != quantity.Duration && k != quantity.Age && k != quantity.Money && k != quantity.Percent && k != quantity.Multiple && k != quantity.Share && k != ""
	case question.HowMuch:
		return k != quantity.Age && k != quantity.Duration
	}
	return true
}

// countsThings reports whether the count is of things or people, of which nobody
// asks how much there is.
func countsThings(c *fact.Count) bool {
	k := c.Quantity.Unit.Kind
	return (k == quantity.Count || k == "") && !(c.Head == "" && c.Implied == "" && c.Quantity.Low >= scaled)
}

// scaled is from what value on a number without a unit can be an amount whose
// unit is left out: "to two billion florins from 1.9 BILLION".
const scaled = 1e6

// carriers are counted nouns that say nothing themselves: what is counted
// follows them.
var carriers = map[string]bool{"piece": true, "item": true, "unit": true, "member": true, "number": true, "group": true, "set": true, "type": true, "kind": true, "case": true, "total": true, "other": true, "more": true, "people": true, "person": true}

// fitHead weighs what is counted against what is asked for. Narrower reports
// that the count is of a part of it.
func fitHead(q question.Question, f *fact.Fact, c *fact.Count) (score float64, narrower, ok bool) {
	asked := q.Head
	if asked == "" && personAsked(q) {
		asked = "people"
	}
	if asked == "" {
		// Only an event or a measure is asked for: "magnitude?", "turnout?"
		return 0, false, len(q.Mods) == 0 || modsMet(q.Mods, f, c) > 0
	}
	head := cmp.Or(c.Head, c.Implied)
	if q.Sense != question.HowMany && !c.Restated && onlyLoosely(f, asked) {
		return 0, false, false
	}
	if english.IsPerson(asked) && head != "" && !english.IsPerson(head) && !carriers[head] && len(english.Events(head)) > 0 && !personNominal(c) {
		return 0, false, false // "several disturbances" are no protesters
	}
	met := modsMet(q.Mods, f, c)
	unmet := len(q.Mods) - met
	score = weightModifier * float64(met-unmet)
	switch {
	case head != "" && (english.Covers(asked, head) || nominalOf(c, asked)):
		score += weightHead
		narrower = general(asked) && !general(head) && !english.Same(asked, head) && !(q.Verb == "hospitalize" && theHurt[head])
	case head == "" && (general(asked) || slices.ContainsFunc(c.Of, func(w string) bool {
		return english.Covers(asked, w) && (!english.IsPerson(asked) || english.IsPerson(w))
	})):
		score += weightElliptic
		if !general(asked) {
			score = weightHead + weightModifier*float64(met-unmet)
		}
	case (carriers[head] || len(c.Events) > 0 && nominal(c)) && slices.ContainsFunc(c.Of, func(w string) bool {
		return english.Covers(asked, w) && (!english.IsPerson(asked) || english.IsPerson(w))
	}) && !otherForces(q, c.Of) && !countedApart(f, c, asked):
		score += weightHead
	case asked == "people" && personNominal(c):
		score += weightHead
	case q.Sense != question.HowMany && (slices.Contains(c.Of, asked) || slices.ContainsFunc(c.Of, func(w string) bool { return english.Same(asked, w) })):
		score += weightHead
	case q.Sense != question.HowMany && c.Restated && slices.ContainsFunc(c.Events, func(e fact.Event) bool { return e.Lemma == asked }):
		score += weightHead // "The town hall speaks of 350 million": of the damage told before
	case q.Sense != question.HowMany && q.Sense != question.AnyFigure:
		// A measure often hangs on its noun loosely: "damage could amount
		// to two billion dollars". The noun has to stand in the sentence.
		if !has(f, asked) || onlyLoosely(f, asked) {
			return 0, false, false
		}
		score += weightElliptic
	default:
		return 0, false, false
	}
	// A group that is counted and was not asked for makes the count narrower.
	for _, w := range c.Of {
		if tellers[w] {
			continue // "counted in tens according to local authorities"
		}
		if general(asked) && english.Covers("people", w) && !general(w) && !asksFor(q, w) {
			narrower = true
		}
	}
	return score, narrower, unmet == 0 || met > 0 || len(q.Mods) == 0
}

// theHurt are nouns for people of whom those in hospital are no part: who is in
// hospital is hurt.
var theHurt = map[string]bool{"injured": true, "wounded": true, "casualty": true, "victim": true}

// loosely are words of the same kind as a measure that say something else: what a
// thing is worth is no damage.
var loosely = map[string]map[string]bool{"damage": wordSet("worth price expense value"), "loss": wordSet("worth price expense value"), "turnout": wordSet("vote ballot poll cast")}

// onlyLoosely reports whether the sentence has only such words for it.
func onlyLoosely(f *fact.Fact, asked string) bool {
	return loosely[asked] != nil && !slices.ContainsFunc(f.Tokens, func(t english.Token) bool {
		only := loosely[asked][t.Lemma] || asked == "damage" && (t.Lemma == "cost" || t.Lemma == "loss") && !harmful(f)
		return t.Kind == english.Word && english.Covers(asked, t.Lemma) && !only
	})
}

// harming are the events that do damage: what they cost is damage, what a parade
// costs is none.
var harming = []string{
	"attack", "explode", "crash", "sink", "earthquake", "flood", "storm", "landslide", "erupt", "drought", "tsunami", "heatwave", "destroy", "burn",
	"clash", "protest", "strike", "shutdown", "rob", "epidemic", "blockade", "invade",
}

// harmful reports whether the sentence speaks of such an event.
func harmful(f *fact.Fact) bool {
	return slices.ContainsFunc(f.Tokens, func(t english.Token) bool {
		return t.Kind == english.Word && (shared(english.Events(t.Lemma), harming) || t.Lemma == "disaster" || t.Lemma == "accident")
	})
}

// countedApart reports whether another count of the sentence is the one of what
// is asked for: "four members of ONE FAMILY" are not four families.
func countedApart(f *fact.Fact, c *fact.Count, asked string) bool {
	return slices.ContainsFunc(f.Counts, func(d fact.Count) bool { return d.Quantity.Span != c.Quantity.Span && english.Same(d.Head, asked) })
}

// tellers are those who tell a figure rather than being counted.
var tellers = map[string]bool{"authority": true, "official": true, "ministry": true, "source": true, "witness": true, "spokesman": true, "spokeswoman": true}

// otherForces reports whether the count is of security forces, and troops were
// asked for.
func otherForces(q question.Question, of []string) bool {
	return slices.Contains(of, "security") && !asksFor(q, "security")
}

func asksFor(q question.Question, lemma string) bool {
	return english.Same(q.Head, lemma) || slices.ContainsFunc(q.Mods, func(m string) bool { return english.Same(m, lemma) }) ||
		slices.ContainsFunc(q.Terms, func(t question.Term) bool { return english.Same(t.Lemma, lemma) })
}

// general reports whether the noun counts people of every kind: "people", "the
// dead", "the wounded".
func general(lemma string) bool {
	return english.Same("people", lemma) || lemma == "other" || slices.ContainsFunc(english.Events(lemma), question.CountsPeople)
}

// personAsked reports whether the question asks how many people something
// happened to: "how many arrests?".
func personAsked(q question.Question) bool {
	return slices.ContainsFunc(q.Events, question.CountsPeople)
}

func nominal(c *fact.Count) bool {
	return slices.ContainsFunc(c.Events, func(e fact.Event) bool { return e.Relation == fact.Nominal })
}

// personNominal reports whether the counted noun is an event that counts
// people: "nearly 8,000 arrests".
func personNominal(c *fact.Count) bool {
	return slices.ContainsFunc(c.Events, func(e fact.Event) bool {
		return e.Relation == fact.Nominal && slices.ContainsFunc(e.Names, question.CountsPeople)
	})
}

// nominalOf reports whether the counted noun is the event that is asked for
// by its noun.
func nominalOf(c *fact.Count, asked string) bool {
	names := english.Events(asked)
	return slices.ContainsFunc(c.Events, func(e fact.Event) bool {
		return e.Relation == fact.Nominal && shared(e.Names, names)
	})
}

func shared(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// modsMet counts the modifiers that the counted phrase, or failing that the
// sentence, has.
func modsMet(mods []string, f *fact.Fact, c *fact.Count) int {
	n := 0
	for _, m := range mods {
		meets := func(w string) bool { return english.Covers(m, w) }
		if slices.ContainsFunc(c.Mods, meets) || slices.ContainsFunc(c.Of, meets) || meets(c.Head) || has(f, m) {
			n++
		}
	}
	return n
}

// has reports whether the fact has the lemma or a word for it.
func has(f *fact.Fact, lemma string) bool {
	return slices.ContainsFunc(f.Tokens, func(t english.Token) bool {
		return t.Kind == english.Word && english.Covers(lemma, t.Lemma)
	})
}
