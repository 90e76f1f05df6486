package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// fitEvent weighs what happened. It reports whether the count can be meant at
// all: where people were killed, hurt or detained only a linked count can be.
func (b *Base) fitEvent(q question.Question, f *fact.Fact, count *fact.Count, c *candidate) bool {
	if len(q.Events) == 0 && q.Verb == "" {
		c.linked = true
		return true
	}
	for i, e := range count.Events {
		if shared(e.Names, q.Events) || e.Lemma == q.Verb {
			if e.Relation == fact.Agent && personAsked(q) {
				continue
			}
			if e.Relation == fact.Nominal && !personAsked(q) && happenedTo(count) {
				return false // of those who protested the ones who were arrested
			}
			if e.Negated != q.Negated && count.Quantity.Low != 0 {
				return false
			}
			if q.Past && q.Sense == question.HowMany && (ahead(f, e.Span) || b.nounAhead(f, count, e)) {
				return false
			}
			c.linked = true
			c.add("what happened", weightEvent-eventStep*float64(i))
			return true
		}
	}
	if shared(english.Events(count.Head), q.Events) {
		if !personAsked(q) && happenedTo(count) {
			return false
		}
		c.linked = true // "12 hostages", "the detainees"
		c.add("what happened, by what is counted", weightEvent/2)
		return true
	}
	if personAsked(q) {
		return false
	}
	inSentence := slices.ContainsFunc(f.Tokens, func(t english.Token) bool {
		return t.Kind == english.Word && (t.Lemma == q.Verb || shared(english.Events(t.Lemma), q.Events))
	})
	switch {
	case inSentence && (q.Sense != question.HowMany || len(count.Events) == 0 || q.EventNoun || len(q.Events) == 0):
		c.add("what happened stands in the sentence", weightEventNear)
	case q.Sense != question.HowMany:
	default:
		c.unhappened(q, "what happened")
	}
	return true
}

// nounAhead reports whether the event is told by a noun, and what is said of it is
// still to come: "a BALLOT of 900 members will close in May".
func (b *Base) nounAhead(f *fact.Fact, c *fact.Count, e fact.Event) bool {
	r := b.grammar(f)
	if slices.ContainsFunc(r.Verbs, func(v extract.Verb) bool { return v.Span.Contains(e.Span) }) {
		return false
	}
	return slices.ContainsFunc(r.Governors(c.Phrase), func(v extract.Verb) bool {
		from, to := tokenRange(f, v.Span)
		return slices.ContainsFunc(f.Tokens[from:to], func(t english.Token) bool { return t.Norm == "will" })
	})
}

// happenedTo reports whether something happened to what is counted that counts
// people.
func happenedTo(c *fact.Count) bool {
	return slices.ContainsFunc(c.Events, func(e fact.Event) bool {
		return e.Relation != fact.Nominal && slices.ContainsFunc(e.Names, question.CountsPeople)
	})
}

// fitNames weighs how close to the count the named things of the question are.
func (b *Base) fitNames(q question.Question, f *fact.Fact, c *candidate) {
	for _, n := range q.Names {
		r := b.reachOf(n, f)
		c.reach = max(c.reach, r)
		c.add("name "+n.Text, weightReach[r])
		before := n.Modifies && r <= nearby && b.introduced(n, f, c.count())
		if r > nearby || n.Modifies && r != inSentence && !before && !b.titled(n, f) {
			c.reject("name " + n.Text)
		}
		if n.Actor && !n.Place && r != inSentence && !b.actsHere(n, f, c.count()) && !(n.Done && b.doneHere(n, f)) {
			c.bar("who did it: " + n.Text)
		}
		if n.Actor && r == inSentence && !q.Passive && !n.Done && (onlyFrom(n, f) || onlyLeads(n, f) || b.othersDid(q, n, f)) {
			c.bar("who did it: " + n.Text)
		}
		if n.Done && r == inSentence && b.doneToOthers(q, n, f) {
			c.bar("to whom it was done: " + n.Text)
		}
		if n.Place && (elsewhere(n, f, c.count()) || r == inSentence && !q.EventNoun && b.ofAnotherPlace(n, f, c.count())) {
			c.bar("where: " + n.Text)
		}
		if n.Source && !b.tells(n, f, c.count()) {
			c.bar("who says it: " + n.Text)
		}
		if q.Sense == question.HowOld && !besides(n, f, c.count()) {
			c.bar("whose age it is: " + n.Text)
		}
		if r != inSentence && !n.Place && b.ofAnother(n, f) {
			c.bar("of another than " + n.Text)
		}
		if n.Modifies && (personAsked(q) || isPlaceWord(n)) && !before && !phraseNames(n, f, c.count()) {
			c.bar("whose they are: " + n.Text)
		}
	}
}

// doneToOthers reports whether the sentence says to whom was done what is asked
// about, and that is neither of that name nor a pronoun.
func (b *Base) doneToOthers(q question.Question, n question.Name, f *fact.Fact) bool {
	others := false
	for _, p := range b.grammar(f).Phrases {
		if !slices.ContainsFunc(p.Events, func(e fact.Event) bool { return e.Relation == fact.Patient && sameEvent(q, e.Lemma, e.Names) }) {
			continue
		}
		from, to := tokenRange(f, p.Whole)
		if words := f.Tokens[from:to]; namedIn(words, phrasesOf(n)) || slices.ContainsFunc(words, func(t english.Token) bool { return t.Is(english.Person|english.Relative) || t.Norm == "it" }) {
			return false
		}
		others = true
	}
	return others
}

// doneHere reports whether the sentence is about "the company" or a pronoun that may
// stand for the name, and names nobody else but those who say so.
func (b *Base) doneHere(n question.Name, f *fact.Fact) bool {
	if slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool {
		return m.Type != fact.PlaceName && !slices.ContainsFunc(f.Says, func(s fact.Attribution) bool { return s.Speaker.Overlaps(m.Span) })
	}) {
		return false
	}
	person := slices.ContainsFunc(b.entities(f.ID.Article), func(e fact.Entity) bool {
		return slices.ContainsFunc(e.Names, func(name string) bool {
			surname := e.Type == fact.UnknownName && strings.HasSuffix(english.Fold(name), " "+strings.Join(n.Words, " "))
			return (surname || e.Type == fact.PersonName) && namedIn(english.Tokens(name, 0), phrasesOf(n))
		})
	})
	switch openingWord(f.Tokens) {
	case "he", "she":
		return person
	case "it", "they":
		return !person
	case "the":
		words := b.subjectOf(f)
		return !person && len(words) > 1 && slices.ContainsFunc(words, func(t english.Token) bool { return acts(t.Lemma) })
	}
	return false
}

// titled reports whether the article's title names it.
func (b *Base) titled(n question.Name, f *fact.Fact) bool {
	return namedIn(b.title(f.ID.Article), phrasesOf(n))
}

// doneBy reports whether the sentence says that it was done by the agent.
func doneBy(f *fact.Fact, agent string) bool {
	const between = 4 // "by the country's security forces"
	for i, t := range f.Tokens {
		if t.Kind != english.Word || !english.Covers(agent, t.Lemma) {
			continue
		}
		for k := i - 1; k >= 0 && k >= i-between; k-- {
			if f.Tokens[k].Norm == "by" {
				return true
			}
		}
	}
	return false
}

// tells reports whether the count is said by the one of that name.
func (b *Base) tells(n question.Name, f *fact.Fact, c *fact.Count) bool {
	if c.Says < 0 || c.Says >= len(f.Says) {
		return false
	}
	s, g := b.speakerSpan(f, c.Says)
	own := f.Says[c.Says].Speaker
	if cue := f.Says[c.Says].Cue; own.Len() > 0 && cue.Start > own.End && f.Sentence.Span.Contains(own) {
		own.End = cue.Start // "The operator, NordRail, said": the name stands beside
	}
	text := f.Sentence.Article.Text
	return namedIn(english.Tokens(text[own.Start:own.End], 0), phrasesOf(n)) || s.Len() > 0 && namedIn(english.Tokens(g.Sentence.Article.Text[s.Start:s.End], 0), phrasesOf(n))
}

// besides reports whether the name stands right beside the count: "81-year-old
// X", "X, 66,".
func besides(n question.Name, f *fact.Fact, c *fact.Count) bool {
	const around = 6
	from, to := tokenRange(f, c.Phrase)
	return namedIn(f.Tokens[max(0, from-around):min(len(f.Tokens), to+around)], phrasesOf(n))
}

// ofAnother reports whether the name is one of an organisation and the sentence
// names others, who do not merely say it: the figure is theirs.
func (b *Base) ofAnother(n question.Name, f *fact.Fact) bool {
	if !b.isOrg(n) {
		return false
	}
	return slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool {
		return (m.Type == fact.OrgName || m.Type == fact.UnknownName) && !slices.ContainsFunc(f.Says, func(s fact.Attribution) bool { return s.Speaker.Overlaps(m.Span) })
	})
}

// elsewhere reports whether another count of the sentence is the one that is
// said to be in that place: "2,700 people, 900 of them in X".
func elsewhere(n question.Name, f *fact.Fact, c *fact.Count) bool {
	at := func(c *fact.Count) bool {
		return slices.ContainsFunc(n.Words, func(w string) bool { return slices.Contains(c.Of, w) || slices.Contains(c.Of, english.Lemma(w)) })
	}
	return !at(c) && !whereClause(n, f, c) && slices.ContainsFunc(f.Counts, func(d fact.Count) bool { return d.Quantity.Unit == c.Quantity.Unit && at(&d) })
}

// asides are words that open a clause of its own.
var asides = map[string]bool{"as": true, "while": true, "when": true, "after": true, "before": true, "whereas": true, "but": true, "because": true}

// ofAnotherPlace reports whether what is said of the count, up to where another
// clause begins, names another place than that: "31 people died IN X, as it grew
// hot in Y".
func (b *Base) ofAnotherPlace(n question.Name, f *fact.Fact, c *fact.Count) bool {
	_, from := tokenRange(f, c.Quantity.Span)
	to := from
	for to < len(f.Tokens) && !asides[f.Tokens[to].Norm] {
		to++
	}
	if from >= to || to == len(f.Tokens) || namedIn(f.Tokens[:to], phrasesOf(n)) {
		return false
	}
	clause := corpus.Span{Start: f.Tokens[from].Start, End: f.Tokens[to-1].End}
	for _, m := range f.Mentions {
		if i, _ := tokenRange(f, m.Span); m.Type == fact.PlaceName && clause.Contains(m.Span) && i > 0 && (f.Tokens[i-1].Norm == "in" || f.Tokens[i-1].Norm == "at" || f.Tokens[i-1].Norm == "near" || f.Tokens[i-1].Norm == "across") {
			return !b.placeIn(n, f)
		}
	}
	return false
}

// whereClause reports whether the count stands in the clause that tells of the
// place: "in X, WHERE it employs 900 people".
func whereClause(n question.Name, f *fact.Fact, c *fact.Count) bool {
	at := slices.IndexFunc(f.Tokens, func(t english.Token) bool { return t.Norm == "where" })
	if at < 0 || f.Tokens[at].Start > c.Quantity.Span.Start {
		return false
	}
	before := f.Tokens[max(0, at-len(n.Words)-2):at]
	return namedIn(before, [][]string{n.Words})
}

// isPlaceWord reports whether the name is a place or its adjective.
func isPlaceWord(n question.Name) bool {
	_, ok := english.PlaceOf(strings.Join(n.Words, " "))
	return ok
}

// isOrg reports whether some article has the name as one of an organisation.
func (b *Base) isOrg(n question.Name) bool {
	key, ok := b.names.Lookup(strings.Join(n.Words, " "))
	return ok && b.names.Type(key) != fact.PlaceName && b.names.Type(key) != fact.PersonName
}

// leads are words that tell who stands behind somebody who acts, and not who
// acts: "LED BY X", "X-BACKED".
var leads = map[string]bool{"lead": true, "back": true, "head": true, "chair": true, "support": true, "sponsor": true}

// onlyLeads reports whether the sentence names it only as what leads or backs
// those who act.
func onlyLeads(n question.Name, f *fact.Fact) bool {
	found := false
	for _, p := range phrasesOf(n) {
		for i := range f.Tokens {
			if !phraseAt(f.Tokens, i, p) {
				continue
			}
			end := i + len(p)
			behind := end+1 < len(f.Tokens) && f.Tokens[end].Norm == "-" && leads[f.Tokens[end+1].Lemma]
			ahead := i > 1 && f.Tokens[i-1].Norm == "by" && leads[f.Tokens[i-2].Lemma]
			if !behind && !ahead {
				return false
			}
			found = true
		}
	}
	return found
}

// antecedentReach is how many tokens before "which" what it stands for may begin.
const antecedentReach = 6

// othersDid reports whether the sentence says who did what is asked about, and
// that is neither of that name nor a pronoun.
func (b *Base) othersDid(q question.Question, n question.Name, f *fact.Fact) bool {
	if q.Verb == "" || q.EventNoun {
		return false
	}
	others := false
	for _, p := range b.grammar(f).Phrases {
		if !slices.ContainsFunc(p.Events, func(e fact.Event) bool {
			return e.Relation == fact.Agent && sameEvent(q, e.Lemma, e.Names)
		}) {
			continue
		}
		from, to := tokenRange(f, p.Whole)
		words := f.Tokens[from:to]
		if to-from == 1 && words[0].Is(english.Relative) {
			words = f.Tokens[max(0, from-antecedentReach):from]
		}
		if namedIn(words, phrasesOf(n)) || slices.ContainsFunc(words, func(t english.Token) bool { return t.Is(english.Person) || t.Norm == "it" }) {
			return false
		}
		others = true
	}
	return others
}

// onlyFrom reports whether the sentence names it only as what something comes
// from or goes to: "taking bribes FROM THE BUILDER Smith".
func onlyFrom(n question.Name, f *fact.Fact) bool {
	found := false
	for _, p := range phrasesOf(n) {
		for i := range f.Tokens {
			if !phraseAt(f.Tokens, i, p) {
				continue
			}
			if goesOn(f.Tokens[i+len(p):]) {
				return false // "belongs to Smith, WHICH employs 300"
			}
			k := i - 1
			for k > 0 && i-k < 4 && !f.Tokens[k].Is(english.Preposition|english.Auxiliary) && f.Tokens[k].Kind == english.Word {
				k--
			}
			if k < 0 || f.Tokens[k].Norm != "from" && f.Tokens[k].Norm != "to" && f.Tokens[k].Norm != "against" {
				return false
			}
			found = true
		}
	}
	return found
}

// goesOn reports whether a relative clause about it follows the name.
func goesOn(tokens []english.Token) bool {
	for i, t := range tokens[:min(len(tokens), maxOwned+1)] {
		switch {
		case t.Is(english.Relative):
			return true
		case t.Norm != "," && (i > 0 && tokens[i-1].Norm == "," || t.Case == english.Lower):
			return false
		}
	}
	return false
}

// introduced reports whether the count is of those whom a sentence before
// introduced by the name: "two French women … the two women".
func (b *Base) introduced(n question.Name, f *fact.Fact, c *fact.Count) bool {
	if !c.Definite || c.Head == "" || c.Quantity.Low != c.Quantity.High {
		return false
	}
	for i := max(0, f.Number-nearSentences); i < f.Number; i++ {
		g := b.factAt(f.ID.Article, i)
		if slices.ContainsFunc(g.Counts, func(d fact.Count) bool {
			return d.Head == c.Head && d.Quantity.Low == c.Quantity.Low && d.Quantity.High == c.Quantity.High && phraseNames(n, g, &d)
		}) {
			return true
		}
	}
	return false
}

// phraseNames reports whether what is counted is said to be of the name: "three
// FRENCH soldiers", "two soldiers from FRANCE". Other people's dead are no
// answer.
func phraseNames(n question.Name, f *fact.Fact, c *fact.Count) bool {
	if len(n.Words) == 1 && (english.Lemma(n.Words[0]) == c.Head || slices.Contains(c.Group, english.Lemma(n.Words[0])) || slices.Contains(c.Mods, n.Words[0])) {
		return true // "five of whom were Spaniards", "the Spaniards suffered five dead"
	}
	from, to := tokenRange(f, c.Phrase)
	for to < len(f.Tokens) && f.Tokens[to].Kind == english.Word && !f.Tokens[to].Is(english.Auxiliary|english.Relative) {
		to++
	}
	return namedIn(f.Tokens[from:to], phrasesOf(n))
}
