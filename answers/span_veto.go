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

// onlyDenied reports whether the sentence says of all that the question asks
// about that it did not happen: "his forces would NOT SHOOT" tells nobody who
// shot.
func onlyDenied(q question.Question, f *fact.Fact) bool {
	if q.Verb == "" || slices.ContainsFunc(q.Tokens(), func(t english.Token) bool { return t.Is(english.Negation) }) {
		return false
	}
	if onlyWished(q, f) {
		return true
	}
	met, denied := 0, 0
	for i, t := range f.Tokens {
		if t.Kind != english.Word || !sameEvent(q, t.Lemma, english.Events(t.Lemma)) {
			continue
		}
		met++
		around := f.Tokens[max(0, i-negationReach):min(len(f.Tokens), i+negationReach-1)] // "would shoot never", as translated
		if denies(around) && !moreThan(f.Tokens[i+1:min(len(f.Tokens), i+negationReach)]) {
			denied++
		}
	}
	return met > 0 && met == denied
}

// moreThan reports whether the tokens after a verb only bound how much was done:
// "no driver worked MORE THAN 60 hours".
func moreThan(after []english.Token) bool {
	return len(after) > 1 && (after[0].Norm == "more" || after[0].Norm == "fewer" || after[0].Norm == "less") && after[1].Norm == "than"
}

// minOther is the share of what a question names beside its verb, rare words
// weighing more, that the sentence itself has to have.
const minOther = 0.5

// saysOf reports whether the sentence has the verb of the question and, of what
// else it asks about, enough: who called the answers a shambles did not call
// anything a theft.
func (b *Base) saysOf(q question.Question, f *fact.Fact) bool {
	if q.Verb == "" || q.RoleAsked || q.EventNoun {
		return true
	}
	all, met := 0.0, 0.0
	terms := withoutTimes(q).Terms
	for i, t := range terms {
		if t.Name || t.Lemma == q.Verb {
			continue
		}
		w := max(t.Rarity, minRarity)
		if all += w; termIn(t, f) || i > 0 && joined(terms[i-1], t, f) || i+1 < len(terms) && joined(t, terms[i+1], f) {
			met += w
		}
	}
	return happens(q, f) && met >= minOther*all
}

// phases are the events that say only that something began or ended: what, has to
// be told as well.
var phases = []string{"begin", "end", "close", "continue"}

// phaseOfOther reports whether the question asks when something began or ended,
// and neither the sentence nor one beside it names any of what the question
// does.
func (b *Base) phaseOfOther(q question.Question, f *fact.Fact) bool {
	if !shared(q.Events, phases) || q.EventNoun {
		return false
	}
	asked := slices.DeleteFunc(slices.Clone(withoutTimes(q).Terms), func(t question.Term) bool { return t.Lemma == q.Verb })
	return len(asked) > 0 && !slices.ContainsFunc(asked, func(t question.Term) bool {
		return termIn(t, f) || slices.ContainsFunc(b.around(f, 1), func(g *fact.Fact) bool { return termIn(t, g) })
	})
}

// joined reports whether the sentence writes the two words as one:
// "videoconference".
func joined(a, b question.Term, f *fact.Fact) bool {
	return slices.ContainsFunc(f.Tokens, func(t english.Token) bool {
		return len(t.Norm) == len(a.Norm)+len(b.Norm) && strings.HasPrefix(t.Norm, a.Norm) && strings.HasSuffix(t.Norm, b.Norm)
	})
}

// onlyWished reports whether the sentence tells of what the question asks about
// only as something that is wished, refused or to come: "rejected calls TO
// RESIGN".
func onlyWished(q question.Question, f *fact.Fact) bool {
	if q.Verb == "" || !q.Past || q.Passive {
		return false
	}
	met := false
	for i, t := range f.Tokens {
		if t.Kind != english.Word || !sameEvent(q, t.Lemma, english.Events(t.Lemma)) {
			continue
		}
		if t.Lemma != q.Verb && wishedFor(f.Tokens[:i]) {
			met = true
			continue
		}
		if i < 2 || f.Tokens[i-1].Norm != "to" || come[f.Tokens[i-2].Lemma] || f.Tokens[i-2].Lemma == "fail" && i > 2 && f.Tokens[i-3].Is(english.Negation) || madeTo(f.Tokens[:i-1]) {
			return false
		}
		met = true
	}
	return met
}

// wishes are verbs whose object has not happened: "OFFERED her resignation".
var wishes = map[string]bool{"offer": true, "demand": true, "urge": true, "reject": true, "refuse": true, "threaten": true, "seek": true, "request": true, "propose": true, "consider": true, "expect": true}

// wishedFor reports whether the tokens before a noun end in such a verb, or in a
// call for it.
func wishedFor(before []english.Token) bool {
	i := len(before) - 1
	for i >= 0 && (before[i].Is(english.Determiner) || before[i].Norm == "'s" || before[i].Kind == english.Word && before[i].Case != english.Lower) {
		i--
	}
	return i >= 0 && (wishes[before[i].Lemma] || i > 0 && before[i].Norm == "for" && before[i-1].Lemma == "call")
}

// madeTo reports whether the tokens before "to" say that somebody was brought to
// what follows: "LED the president to call".
func madeTo(before []english.Token) bool {
	for k := len(before) - 1; k >= 0 && k >= len(before)-6 && before[k].Kind == english.Word; k-- {
		switch before[k].Lemma {
		case "lead", "force", "oblige", "compel", "cause", "prompt", "push", "drive":
			return true
		}
	}
	return false
}

// come are words after which "to" and a verb tell what was done.
var come = map[string]bool{"have": true, "force": true, "agree": true, "decide": true, "manage": true, "begin": true, "start": true, "continue": true, "go": true, "come": true, "lead": true, "be": true, "first": true, "last": true, "use": true, "help": true, "choose": true, "need": true, "rush": true, "move": true, "able": true, "oblige": true, "compel": true, "order": true}

// denies reports whether one of the tokens negates: not where it is "not fail to".
func denies(tokens []english.Token) bool {
	for i, t := range tokens {
		if t.Is(english.Negation) && !(i+1 < len(tokens) && tokens[i+1].Lemma == "fail") {
			return true
		}
	}
	return false
}

// didItself reports whether the one whom the question names as the one to whom
// it was done is the one who did it: "A replaced B" tells nobody who replaced A.
func didItself(q question.Question, f *fact.Fact, r *extract.Reading) bool {
	return q.Type == question.Person && !q.Passive && q.Verb != "" && namedDid(q, f, r)
}

// namedDid reports whether one whom the question names did what it asks about.
func namedDid(q question.Question, f *fact.Fact, r *extract.Reading) bool {
	for _, m := range f.Mentions {
		words := english.Tokens(f.Sentence.Article.Text[m.Span.Start:m.Span.End], 0)
		if !slices.ContainsFunc(q.Names, func(n question.Name) bool { return namedIn(words, phrasesOf(n)) }) {
			continue
		}
		if before(q, f, m.Span) {
			return true
		}
		for _, p := range r.Phrases {
			if p.Span.Overlaps(m.Span) && slices.ContainsFunc(p.Events, func(e fact.Event) bool {
				return e.Relation == fact.Agent && sameEvent(q, e.Lemma, e.Names)
			}) {
				return true
			}
		}
	}
	return false
}

// mutual are verbs that say of the object what they say of the subject.
var mutual = map[string]bool{"border": true, "neighbor": true, "neighbour": true, "join": true, "meet": true, "adjoin": true, "share": true}

// subjectAsked reports whether the question asks for the places that did
// something: "which countries SENT troops", not "which country was it sent to".
func subjectAsked(q question.Question) bool {
	tokens := q.Tokens()
	if q.Type != question.Place || q.Verb == "" || mutual[q.Verb] || len(tokens) < 3 || tokens[0].Norm != "which" && tokens[0].Norm != "what" {
		return false
	}
	return tokens[2].Lemma == q.Verb
}

// didNot reports whether the span is no part of who did what the question asks
// about.
func didNot(q question.Question, f *fact.Fact, r *extract.Reading, s corpus.Span) bool {
	if _, to := tokenRange(f, s); to+1 < len(f.Tokens) && f.Tokens[to].Norm == "-" && leads[f.Tokens[to+1].Lemma] {
		return true // "the X-LED alliance sent"
	}
	return !slices.ContainsFunc(r.Phrases, func(p extract.Phrase) bool {
		return p.Whole.Overlaps(s) && slices.ContainsFunc(p.Events, func(e fact.Event) bool {
			return e.Relation == fact.Agent && sameEvent(q, e.Lemma, e.Names)
		})
	})
}

// ofAnotherSubject reports whether the verb that is asked about has its subject
// in the sentence, and neither what stands before it nor its object is anything
// that the question names: when the MISSION ends is not when the protests ended.
func ofAnotherSubject(q question.Question, f *fact.Fact, r *extract.Reading) bool {
	if q.Type != question.Time && q.Type != question.Place || q.Verb == "" || q.EventNoun {
		return false
	}
	named := func(tokens []english.Token) bool {
		return slices.ContainsFunc(tokens, func(t english.Token) bool {
			return t.Is(english.Person) || t.Norm == "it" || t.Norm == "who" || t.Norm == "which" || slices.ContainsFunc(q.Terms, func(w question.Term) bool {
				return slices.Contains(w.Forms, t.Lemma) || slices.Contains(w.Forms, t.Norm)
			})
		}) || slices.ContainsFunc(q.Names, func(n question.Name) bool { return namedIn(tokens, phrasesOf(n)) })
	}
	subject := false
	for _, p := range r.Phrases {
		for _, e := range p.Events {
			if e.Relation == fact.Nominal || !sameEvent(q, e.Lemma, e.Names) {
				continue
			}
			verb, _ := tokenRange(f, e.Span)
			from, to := tokenRange(f, p.Whole)
			if to+1 < len(f.Tokens) && f.Tokens[to].Is(english.Relative) && f.Tokens[to+1].Lemma == "be" {
				for to++; to < len(f.Tokens) && !clauseMark(f.Tokens[to]); to++ { // "two officials WHO WERE DEPUTIES"
				}
			}
			if named(f.Tokens[:verb]) || named(f.Tokens[from:to]) {
				return false
			}
			subject = subject || p.Span.End <= e.Span.Start
		}
	}
	return subject
}

// nobodyDid reports whether the sentence says to whom it was done, and not by
// whom, or that it was done to others than the one whom the question names:
// "he sacked the deputies of Smith, who WAS ARRESTED" tells neither who arrested
// nor who sacked Smith.
func nobodyDid(q question.Question, f *fact.Fact, r *extract.Reading) bool {
	if q.Type != question.Person || q.Passive || q.Verb == "" {
		return false
	}
	object, people := objectName(q), objectPeople(q)
	if (object == nil || !isPersonIn(f, *object)) && people == "" {
		return false
	}
	did, done, met := false, false, false
	for _, p := range r.Phrases {
		from, to := tokenRange(f, p.Span)
		words := f.Tokens[from:to]
		for _, e := range p.Events {
			if e.Relation == fact.Nominal || !sameEvent(q, e.Lemma, e.Names) {
				continue
			}
			did = did || e.Relation == fact.Agent
			if e.Relation == fact.Patient {
				done = true
				met = met || onlyPronoun(f, p.Span) || object != nil && namedIn(words, phrasesOf(*object)) ||
					people != "" && slices.ContainsFunc(words, func(t english.Token) bool {
						return english.CoversThing(people, t.Lemma) || english.CoversThing(t.Lemma, people)
					})
			}
		}
	}
	return done && (!did || !met)
}

// objectPeople is the noun for people after the verb of a question in the active
// voice: "who paid the PROTESTERS"; "" where there is none.
func objectPeople(q question.Question) string {
	verb := slices.IndexFunc(q.Terms, func(t question.Term) bool { return t.Lemma == q.Verb })
	if verb < 0 || verb+1 >= len(q.Terms) {
		return ""
	}
	if next := q.Terms[verb+1]; !next.Name && next.Lemma != "people" && english.IsPerson(next.Lemma) {
		return next.Lemma
	}
	return ""
}

// namedDead reports whether the span may be one of those whom a question for
// the dead or hurt asks for by nothing but what happened ("who was killed?"):
// those have names.
func namedDead(q question.Question, f *fact.Fact, s corpus.Span) bool {
	if q.Type != question.Person || len(q.Terms) > 1 || !shared(q.Events, []string{"kill", "injure"}) {
		return true
	}
	return slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool { return m.Type == fact.PersonName && s.Overlaps(m.Span) })
}

// isEvent reports whether the span names what happened rather than where: "in
// the PROTESTS".
func isEvent(f *fact.Fact, s corpus.Span) bool {
	from, to := tokenRange(f, s)
	if from >= to {
		return false
	}
	head := f.Tokens[to-1]
	return head.Case == english.Lower && len(english.Events(head.Lemma)) > 0 && !placeNouns[head.Lemma]
}

// stillAhead reports whether the time is one at which something will happen, and
// the question asks what has.
func stillAhead(q question.Question, f *fact.Fact, r *extract.Reading, s corpus.Span) bool {
	if q.Type != question.Time || !q.Past {
		return false
	}
	switch english.Fold(f.Sentence.Article.Text[s.Start:s.End]) {
	case "soon", "shortly":
		return true
	}
	verbs := r.Governors(s)
	if len(verbs) == 0 {
		return false
	}
	from, to := tokenRange(f, verbs[0].Span)
	return slices.ContainsFunc(f.Tokens[from:to], func(t english.Token) bool { return t.Norm == "will" || t.Norm == "shall" })
}

// beforeTitle reports whether the name only says whose title the person bears who
// is named right after it: "UNITED captain Rita Engel".
func beforeTitle(f *fact.Fact, m fact.Mention) bool {
	const title = 3 // words: "interim chief executive"
	_, to := tokenRange(f, m.Span)
	for i := to; i < len(f.Tokens) && i <= to+title; i++ {
		t := f.Tokens[i]
		if i > to && slices.ContainsFunc(f.Mentions, func(p fact.Mention) bool {
			return p.Type == fact.PersonName && p.Span.Start == t.Start
		}) {
			return true
		}
		if t.Kind != english.Word || t.Case != english.Lower || t.FunctionWord() || t.Is(english.Reporting) {
			return false
		}
	}
	return false
}
