package answers

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
)

// toldOf is the sentence that tells of what the count is: the one before, where the
// count is another source's figure for what that counts.
func (b *Base) toldOf(f *fact.Fact, c *fact.Count) *fact.Fact {
	if g := b.factAt(f.ID.Article, f.Number-1); c.Restated && g != nil && len(g.Counts) > 0 {
		return g
	}
	return f
}

// having are verbs by which somebody has what is counted: a museum DREW visitors.
var having = map[string]bool{"draw": true, "attract": true, "receive": true, "welcome": true, "serve": true, "own": true, "operate": true, "run": true, "boast": true, "possess": true, "count": true, "record": true}

// ownSubject reports whether the sentence itself has one of the words that say of
// what an amount is asked: "how much did the SHARES fall" is not told by a line
// about something else that fell.
func (b *Base) ownSubject(q question.Question, f *fact.Fact, i int) bool {
	if q.Has && q.Head != "" {
		if c := f.Counts[i]; !wholeOf(f, i) && !owned(f, &c) && slices.ContainsFunc(c.Events, func(e fact.Event) bool {
			return e.Relation != fact.Nominal && e.Lemma != "have" && e.Lemma != "employ" && !having[e.Lemma]
		}) {
			return false // "seven members of the union voted": some of them
		}
		return !slices.ContainsFunc(withoutTimes(q).Terms, func(t question.Term) bool { return !t.Name && t.Lemma != q.Head && !termIn(t, f) })
	}
	if q.Head != "" || q.Verb == "" || q.EventNoun || q.Sense == question.HowMany || len(q.Names) > 0 {
		return true
	}
	if !b.costs(q, f) {
		return false
	}
	asked := false
	for _, t := range withoutTimes(q).Terms {
		if t.Lemma == q.Verb {
			continue
		}
		if asked = true; termIn(t, f) && b.compoundMet(q, t, f) {
			return true
		}
	}
	return !asked
}

// compoundMet reports whether the word right before the term in the question, which
// says of what kind it is, is met too: HOUSE prices are not those of cobalt.
func (b *Base) compoundMet(q question.Question, t question.Term, f *fact.Fact) bool {
	i := slices.IndexFunc(q.Terms, func(u question.Term) bool { return u.Span == t.Span })
	if i < 1 || t.Span.Len() == 0 {
		return true
	}
	before := q.Terms[i-1]
	if before.Lemma == q.Verb || before.Span.End+1 != t.Span.Start {
		return true
	}
	return termIn(before, f) || b.inTitle(before, f) || b.besideIt(before, f)
}

// disasters are nouns for what happened that the article has told before.
var disasters = map[string]bool{"disaster": true, "accident": true, "incident": true, "tragedy": true, "catastrophe": true, "loss": true, "crisis": true}

// costs reports whether the article has a word for what the question
// says before its verb that it cost, paid or earned: who "will pay" is not whom the
// flood cost.
func (b *Base) costs(q question.Question, f *fact.Fact) bool {
	verb := slices.IndexFunc(q.Terms, func(t question.Term) bool { return t.Lemma == q.Verb })
	if verb < 1 || q.Sense != question.Money {
		return true
	}
	place := b.index.Place(f.ID.Article)
	return slices.ContainsFunc(q.Terms[:verb], func(t question.Term) bool {
		return slices.ContainsFunc(t.Forms, func(form string) bool { return form != q.Verb && b.index.Has(place, form) }) ||
			t.Known && len(english.Events(t.Lemma)) > 0 && slices.ContainsFunc(f.Tokens, func(w english.Token) bool { return disasters[w.Lemma] })
	})
}

// owned reports whether the count is said to be somebody's: "the union's 900
// members".
func owned(f *fact.Fact, c *fact.Count) bool {
	at, _ := tokenRange(f, c.Quantity.Span)
	if at == 0 {
		return false
	}
	switch f.Tokens[at-1].Norm {
	case "'s", "its", "their", "his", "her":
		return true
	}
	return false
}

// onlyMeant reports whether the verb of the count is one that somebody wants or
// means to do: "we will do what it takes TO BRING inflation back to 3 percent".
func (b *Base) onlyMeant(q question.Question, f *fact.Fact, c *fact.Count) bool {
	verbs := b.grammar(f).Governors(c.Phrase)
	if len(verbs) == 0 || verbs[0].Span.Start > c.Phrase.Start {
		return false
	}
	at, _ := tokenRange(f, verbs[0].Span)
	if f.Tokens[at].Norm != "to" {
		at--
	}
	if at > 1 && slices.ContainsFunc(q.Terms, func(t question.Term) bool { return metBy(t, f.Tokens[at-1:at]) }) {
		return false // it is asked for what it was "licensed TO carry"
	}
	return at > 1 && f.Tokens[at].Norm == "to" && f.Tokens[at+1].Norm == f.Tokens[at+1].Lemma && !come[f.Tokens[at-1].Lemma] && !madeTo(f.Tokens[:at])
}

// besideAge reports whether the noun itself stands by the age: "the CAPTAIN, Jonas
// Engel, 47".
func besideAge(noun string, f *fact.Fact, c *fact.Count) bool {
	const around = 9 // "the mayor of the port town of Selwyn, Ann Engel, 61"
	from, to := tokenRange(f, c.Phrase)
	return slices.ContainsFunc(f.Tokens[max(0, from-around):min(len(f.Tokens), to+around)], func(t english.Token) bool {
		return t.Kind == english.Word && (t.Lemma == noun || len(english.Events(t.Lemma)) == 0 && english.CoversThing(noun, t.Lemma))
	})
}
