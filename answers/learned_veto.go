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

// unsupported says what the grammar of the sentence has against the span as an
// answer; "" where nothing.
func (b *Base) unsupported(q question.Question, c *Candidate, sure float64) string {
	f, s := c.Fact, c.Span
	switch {
	case (q.Type == question.Person || q.Type == question.Place || q.Type == question.Other) && onlyAdjective(f, s):
		return "it only says of what country something is"
	case (q.Type == question.Place || q.Type == question.Person) && ownsNext(f, s):
		return "it is only whose something is"
	case q.Type == question.Place && anyPlace(f, s):
		return "it does not say where"
	case q.Type == question.Person && (!somebody(f, s) || onlySpot(f, s) || claims(f, s)):
		return "it is nobody"
	case q.Type == question.Person && q.Verb == "" && q.RoleAsked && len(q.Names) > 0 && sure < minOtherVerb:
		return "what is said of somebody near by is no title"
	case q.Type == question.Person && q.Verb == "" && !q.Past && lostRole(c.grammar, s):
		return "it is said to hold that no more"
	case b.aboutOthers(q, f, c.grammar):
		return "it happened to others"
	case q.Type == question.Person && q.Verb == "" && slices.ContainsFunc(f.Counts, func(c fact.Count) bool { return c.Quantity.Span.Overlaps(s) }):
		return "it is how many there are"
	case q.Type == question.Person && manyMeanings[q.Verb] && !slices.ContainsFunc(f.Tokens, func(t english.Token) bool { return t.Lemma == q.Verb }):
		return "its verb means something else"
	case q.Type == question.Person && nobodyDid(q, f, c.grammar):
		return "it is not said who did it"
	case q.Type == question.Person && sure < minOtherNoun && doesOther(q, c):
		return "it did something else"
	case b.untold(q, c):
		return "its sentence tells of something else"
	case q.Type == question.Time && whenSaid(q, f, s):
		return "it is when that was said"
	case b.aboutNothing(q, f):
		return "nothing of what is asked about is near"
	case q.Type == question.Person && onlyAsNoun(q, f):
		return "its verb means something else"
	case particleMissing(q, f):
		return "its verb means something else"
	case isLength(q, f, s):
		return "it is how long, not when"
	case q.Type == question.Reason && onlyWithin(q, f, s):
		return "it is what is asked about itself"
	case otherTitle(q, f):
		return "its title is another"
	case stillAhead(q, f, c.grammar, s):
		return "it was still to come"
	case q.Type == question.Time && len(q.Events) > 0 && toldElse(q, c):
		return "its sentence tells of something else"
	case q.Type == question.Time && beforeOrAfter(q, f, s):
		return "it is when something else happened"
	case q.Type == question.Place && q.Verb == "" && onlyNames(q) && slices.ContainsFunc(q.Names, func(n question.Name) bool { return isPersonIn(f, n) }):
		return "where somebody is, is said of nobody by the way"
	case q.Type == question.Place && q.Verb == "" && slices.ContainsFunc(q.Terms, func(t question.Term) bool { return !t.Name && english.IsPerson(t.Lemma) }):
		return "where somebody is, is said of nobody by the way"
	case sure < minOtherVerb && onlyNames(q) && !happens(q, f):
		return "nothing but a name is asked about"
	}
	return ""
}

// lostRole reports whether the sentence says that the span's person was dismissed,
// replaced or stepped down: it does not tell who holds a role.
func lostRole(r *extract.Reading, s corpus.Span) bool {
	return slices.ContainsFunc(r.Phrases, func(p extract.Phrase) bool {
		return p.Span.Overlaps(s) && slices.ContainsFunc(p.Events, func(e fact.Event) bool {
			return e.Relation == fact.Patient && slices.Contains(e.Names, "dismiss") || e.Relation == fact.Agent && slices.Contains(e.Names, "resign")
		})
	})
}

// onlyAdjective reports whether the span is no more than the adjective of a
// place: "Central Asian".
func onlyAdjective(f *fact.Fact, s corpus.Span) bool {
	return slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool {
		return m.Type == fact.PlaceName && m.Span.Contains(s) && adjective(f, m)
	})
}

// ownsNext reports whether the span is followed by "'s" and what it owns.
func ownsNext(f *fact.Fact, s corpus.Span) bool {
	_, to := tokenRange(f, s)
	return to < len(f.Tokens) && f.Tokens[to].Norm == "'s"
}

// onlySpot reports whether the span is a place that nobody would name for the
// people of it: a country or its capital can act, a village cannot.
func onlySpot(f *fact.Fact, s corpus.Span) bool {
	return slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool {
		if m.Type != fact.PlaceName || m.Span != s {
			return false
		}
		p, ok := english.PlaceOf(f.Sentence.Article.Text[s.Start:s.End])
		return !ok || p.Kind != english.Country && p.Kind != english.City
	})
}

// somebody reports whether the span can be the answer to "who": its last word
// is written as a name, or names people or a body.
func somebody(f *fact.Fact, s corpus.Span) bool {
	from, to := tokenRange(f, s)
	for i := from; i < to; i++ {
		t := f.Tokens[i]
		if t.Norm == "of" || t.Norm == "in" || t.Norm == "for" || t.Norm == "from" {
			to = i
		}
	}
	if from >= to {
		return false
	}
	last := f.Tokens[to-1]
	if to == 1 && len(f.Tokens) > 0 && last.English() {
		return acts(last.Lemma) // "Shares" at the head of a sentence is no name
	}
	return last.Case != english.Lower || acts(last.Lemma) || !placeNouns[last.Lemma] && len(english.Events(last.Lemma)) == 0
}

// doesOther reports whether the grammar gives the span a part in another verb
// of the sentence, and the verb that is asked about other people or none: "the
// ministry WITHDREW a report published on the channel".
func doesOther(q question.Question, c *Candidate) bool {
	if q.Verb == "" || linked(q, c.Fact, c.grammar, c.Span) {
		return false
	}
	other := false
	for _, p := range c.grammar.Phrases {
		if !p.Span.Overlaps(c.Span) {
			continue
		}
		for _, e := range p.Events {
			other = other || e.Relation != fact.Nominal && !sameEvent(q, e.Lemma, e.Names)
		}
	}
	return other && happens(q, c.Fact)
}

// untold reports whether the question asks what a person did or suffered, the
// articles have a word for it, and the sentence has none.
func (b *Base) untold(q question.Question, c *Candidate) bool {
	if q.Type == question.Other || len(q.Events) == 0 || happens(q, c.Fact) || c.sentence.kin > 0 {
		return false
	}
	i := slices.IndexFunc(q.Terms, func(t question.Term) bool { return t.Lemma == q.Verb })
	if i >= 0 && q.Terms[i].Known && slices.ContainsFunc(q.Terms, func(t question.Term) bool {
		return !t.Name && t.Lemma != "people" && english.IsPerson(t.Lemma) && termIn(t, c.Fact)
	}) {
		return true
	}
	return i >= 0 && q.Terms[i].Known && slices.ContainsFunc(q.Names, func(n question.Name) bool {
		return slices.ContainsFunc(c.Fact.Mentions, func(m fact.Mention) bool {
			return (m.Type == fact.PersonName || m.Type == fact.UnknownName && lives(q)) && namedIn(english.Tokens(c.Fact.Sentence.Article.Text[m.Span.Start:m.Span.End], 0), phrasesOf(n))
		})
	})
}

// isSomebody reports whether the span is the name of a person, or a part of it.
func isSomebody(f *fact.Fact, s corpus.Span) bool {
	return slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool { return m.Type == fact.PersonName && m.Full.Contains(s) })
}

// lives reports whether the question asks what only people do: to be born, to
// marry, to die.
func lives(q question.Question) bool {
	return slices.ContainsFunc(q.Events, func(e string) bool { return e == "born" || e == "marry" }) || q.Verb == "die"
}

// nounOnlyDone reports whether a question of no type asks what the one noun was
// that it has, and the sentence has that word only as a verb: who SCORED is not
// what the score was.
func nounOnlyDone(q question.Question, c *Candidate) bool {
	if q.Type != question.Other || len(q.Terms) != 1 || q.Verb != "" || q.Terms[0].Norm != q.Terms[0].Lemma {
		return false
	}
	t := q.Terms[0]
	return !slices.ContainsFunc(c.Fact.Tokens, func(w english.Token) bool {
		return w.Kind == english.Word && t.Met(w.Lemma, w.Norm) && !pastForm(&w) && !strings.HasSuffix(w.Norm, "ing")
	})
}

// toldElse reports whether no word of the sentence is akin to the verb that is
// asked about, and the time belongs to a verb that tells of another event of news:
// when the mayor was CHARGED is not when he was elected.
func toldElse(q question.Question, c *Candidate) bool {
	at, _ := tokenRange(c.Fact, c.Span)
	if happens(q, c.Fact) || c.sentence.kin > 0 || at > 0 && comesBefore[c.Fact.Tokens[at-1].Norm] {
		return false // "closed UNTIL Monday" tells when it will open
	}
	verbs := c.grammar.Governors(c.Span)
	return len(verbs) > 0 && len(verbs[0].Names) > 0 && !shared(verbs[0].Names, q.Events)
}

// whenSaid reports whether the time stands with the words of saying and not in
// what is said: "the mayor assured MONDAY that order had been restored".
func whenSaid(q question.Question, f *fact.Fact, s corpus.Span) bool {
	if english.ClassOf(q.Verb)&english.Reporting != 0 {
		return false
	}
	return slices.ContainsFunc(f.Says, func(a fact.Attribution) bool {
		return a.Cue.Len() > 0 && a.Scope.Len() > 0 && !a.Scope.Contains(s) && !a.Cue.Contains(s) && besideCue(f, a, s)
	})
}

// beforeOrAfter reports whether what is asked about is named only as what came
// before or after the event of the time: "was restored on MONDAY after a
// five-day outage".
func beforeOrAfter(q question.Question, f *fact.Fact, s corpus.Span) bool {
	if q.Verb == "" {
		return false
	}
	apart := false
	for i, t := range f.Tokens {
		if t.Kind != english.Word || !sameEvent(q, t.Lemma, english.Events(t.Lemma)) || t.Start >= s.Start && t.End <= s.End {
			continue
		}
		if !apartBy(f.Tokens, i) || t.End < s.Start && sameStretch(f, t.End, s) {
			return false
		}
		apart = true
	}
	return apart
}

// inRelative reports whether the time stands in a relative clause between two
// commas that has no word of the question and is not said of its names: "Lund, WHO TOOK OVER IN MAY 2032, blamed
// the grounding of the jet".
func inRelative(q question.Question, f *fact.Fact, s corpus.Span) bool {
	from, to := tokenRange(f, s)
	for from > 0 && f.Tokens[from-1].Norm != "," {
		from--
	}
	for to < len(f.Tokens) && f.Tokens[to].Norm != "," {
		to++
	}
	if from == 0 || to == len(f.Tokens) || !f.Tokens[from].Is(english.Relative) {
		return false
	}
	said := f.Tokens[max(0, from-maxApart):from]
	return !slices.ContainsFunc(q.Names, func(n question.Name) bool { return namedIn(said, phrasesOf(n)) }) &&
		!slices.ContainsFunc(q.Terms, func(t question.Term) bool { return metBy(t, f.Tokens[from:to]) })
}

// sameStretch reports whether no mark or verb stands between the place and the
// span after it: "after the DEATH of the king in 1532".
func sameStretch(f *fact.Fact, end int, s corpus.Span) bool {
	return !slices.ContainsFunc(f.Tokens, func(t english.Token) bool {
		return t.Start >= end && t.End <= s.Start && (t.Kind == english.Mark && t.Norm != "-" || t.Is(english.Auxiliary|english.Reporting))
	})
}

// apartWords set what follows them apart in time from what the clause says.
var apartWords = map[string]bool{"after": true, "before": true, "until": true, "till": true, "since": true, "following": true, "despite": true, "amid": true}

// apartBy reports whether the noun at token i follows such a word: "after a
// five-day OUTAGE".
func apartBy(tokens []english.Token, i int) bool {
	for k := i - 1; k >= 0 && k >= i-maxApart; k-- {
		t := tokens[k]
		switch {
		case apartWords[t.Norm]:
			return true
		case t.Kind == english.Mark && t.Norm != "-", t.Is(english.Auxiliary):
			return false
		}
	}
	return false
}

// maxApart is how many tokens such a word stands before its noun at most.
const maxApart = 6

// onlyNames reports whether the question says nothing of what is asked but a
// name and where that is, or one word whose verb is not met.
func onlyNames(q question.Question) bool {
	named := !slices.ContainsFunc(q.Terms, func(t question.Term) bool { return !t.Name })
	return q.Type == question.Place && named || len(q.Terms) == 1 && !named && q.Verb != "" && q.Terms[0].Lemma != q.Verb
}
