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

// peopleMet reports whether the people that the question asks about are met by
// people: whoever PROTESTED is not met by the protests.
func peopleMet(q question.Question, f *fact.Fact) bool {
	return !slices.ContainsFunc(q.Terms, func(t question.Term) bool {
		return !t.Name && english.IsPerson(t.Lemma) && !slices.ContainsFunc(f.Tokens, func(w english.Token) bool {
			return w.Lemma == t.Lemma || english.CoversThing(t.Lemma, w.Lemma) && slices.Contains(t.Forms, w.Lemma)
		})
	})
}

// ofOthers reports whether the sentence says it of others than the question:
// the grammar ties somebody to the verb, and none of those who are asked about.
func (b *Base) ofOthers(q question.Question, f *fact.Fact) bool {
	if q.Verb == "" || q.EventNoun {
		return false
	}
	want := fact.Agent
	if english.Lemma(q.Cue) == "be" || q.Verb == "die" {
		want = fact.Patient
	}
	r := b.grammar(f)
	switch {
	case !nearestPerson(q, f), want == fact.Patient && namedDid(q, f, r):
		return true
	case countedIn(q, f):
		return false
	}
	return tiesOf(q, f, r).ofOthers(want == fact.Patient)
}

// aboutOthers reports whether a question for when, where or why something happened
// to somebody, or was done by somebody, meets a sentence in which it happened
// to others: "12 people were arrested, THE MAYOR SAID".
func (b *Base) aboutOthers(q question.Question, f *fact.Fact, r *extract.Reading) bool {
	if q.Type != question.Time && q.Type != question.Place && q.Type != question.Reason || q.Verb == "" || q.EventNoun {
		return false
	}
	if !slices.ContainsFunc(q.Terms, func(t question.Term) bool { return !t.Name && t.Lemma != "people" && english.IsPerson(t.Lemma) }) {
		return false
	}
	be := slices.ContainsFunc(q.Tokens(), func(t english.Token) bool { return t.Lemma == "be" })
	t := tiesOf(q, f, r)
	part := 0
	if be {
		part = 1
	}
	return t.people[part] && !t.like && !t.named[part]
}

// countedIn reports whether the sentence counts those who are asked about as
// some to whom it happened: "164 people, including three CHILDREN".
func countedIn(q question.Question, f *fact.Fact) bool {
	return slices.ContainsFunc(f.Counts, func(c fact.Count) bool {
		return c.Head != "" && slices.ContainsFunc(q.Terms, func(t question.Term) bool { return t.Lemma == c.Head }) &&
			slices.ContainsFunc(c.Events, func(e fact.Event) bool { return sameEvent(q, e.Lemma, e.Names) })
	})
}

// ties tell whom the grammar of a sentence ties to the verb of a question, by
// their part in it: 0 those who did it, 1 those to whom it was done.
type ties struct {
	named  [2]bool // somebody whom the question names
	like   bool    // somebody whom it may mean
	others [2]bool
	people [2]bool // others who are people
	object bool    // the question names to whom it was done, and the sentence others
}

// ofOthers reports whether none of those who are asked about has the part that
// is asked for.
func (t ties) ofOthers(passive bool) bool {
	part := 0
	if passive {
		part = 1
	}
	asked := t.named[part] || t.like
	return t.object || !asked && (t.others[part] || passive && t.named[0])
}

func tiesOf(q question.Question, f *fact.Fact, r *extract.Reading) ties {
	var out ties
	object := objectName(q)
	objects, met := false, false
	troops := slices.ContainsFunc(q.Terms, func(t question.Term) bool { return english.CoversThing("troop", t.Lemma) })
	person := slices.ContainsFunc(q.Names, func(n question.Name) bool { return isPersonIn(f, n) })
	for i, p := range r.Phrases {
		from, to := tokenRange(f, p.Span)
		own := f.Tokens[from:to]
		words := f.Tokens[besideComma(f, r, i, -1):besideComma(f, r, i, +1)]
		_, to = tokenRange(f, p.Whole)
		if to+1 < len(f.Tokens) && f.Tokens[to].Is(english.Relative) && f.Tokens[to+1].Lemma == "be" {
			for to++; to < len(f.Tokens) && !clauseMark(f.Tokens[to]); to++ { // "two officials WHO WERE DEPUTIES"
			}
		}
		whole := f.Tokens[from:to]
		for _, e := range p.Events {
			if e.Relation == fact.Nominal || !sameEvent(q, e.Lemma, e.Names) {
				continue
			}
			part := 0
			if e.Relation == fact.Patient {
				part = 1
				objects = true
				met = met || object != nil && namedIn(own, phrasesOf(*object))
			}
			switch {
			case slices.ContainsFunc(q.Names, func(n question.Name) bool {
				return namedIn(words, phrasesOf(n)) || !isPersonIn(f, n) && namedIn(whole, phrasesOf(n)) // the allies of X are not X
			}):
				out.named[part] = true
			case askedIn(q, whole, person) && !(troops && otherForces(q, lemmas(whole))):
				out.like = true
			default:
				out.others[part] = true
				out.people[part] = out.people[part] || english.IsPerson(p.Head)
			}
		}
	}
	out.object = object != nil && objects && !met
	return out
}

// besideComma is where phrase i begins (step -1) or ends (+1), with the phrase that
// only a comma parts from it: "Ann Engel, 52, THE MANAGER, pleaded".
func besideComma(f *fact.Fact, r *extract.Reading, i, step int) int {
	from, to := tokenRange(f, r.Phrases[i].Span)
	at := from
	if step > 0 {
		at = to
	}
	for k := i + step; k >= 0 && k < len(r.Phrases); k += step {
		low, high := tokenRange(f, r.Phrases[k].Span)
		switch {
		case step < 0 && high == at-1 && f.Tokens[high].Norm == ",":
			at = low
		case step > 0 && low == at+1 && f.Tokens[at].Norm == ",":
			at = high
		default:
			return at
		}
	}
	return at
}

func lemmas(tokens []english.Token) []string {
	var out []string
	for _, t := range tokens {
		out = append(out, t.Lemma)
	}
	return out
}

// objectName is the name after the verb of a question in the active voice: "did
// the president sack SMITH"; nil where there is none.
func objectName(q question.Question) *question.Name {
	if english.Lemma(q.Cue) == "be" {
		return nil
	}
	verb := slices.IndexFunc(q.Terms, func(t question.Term) bool { return t.Lemma == q.Verb })
	if verb < 0 || verb+1 >= len(q.Terms) || !q.Terms[verb+1].Name || strings.TrimSpace(q.Text[q.Terms[verb].Span.End:q.Terms[verb+1].Span.Start]) != "" {
		return nil
	}
	for i := range q.Names {
		if slices.Contains(q.Names[i].Words, q.Terms[verb+1].Norm) {
			return &q.Names[i]
		}
	}
	return nil
}

// askedIn reports whether a phrase may be what the question asks about without
// a name: a pronoun or, where no person is asked about, a word of the question.
func askedIn(q question.Question, words []english.Token, person bool) bool {
	return slices.ContainsFunc(words, func(t english.Token) bool {
		return t.Is(english.Person) || t.Norm == "it" || t.Norm == "one" || !person && slices.ContainsFunc(q.Terms, func(w question.Term) bool {
			return !w.Name && (!english.IsPerson(w.Lemma) || w.Lemma == t.Lemma || english.CoversThing(w.Lemma, t.Lemma)) && (slices.Contains(w.Forms, t.Lemma) || slices.Contains(w.Forms, t.Norm))
		})
	})
}

// underWhat are the words that say how something is, for a question without a
// verb: "is UNDER CONTROL" of "is the situation under control?"; empty where
// the sentence says it of something else or not at all.
func underWhat(q question.Question, f *fact.Fact) corpus.Span {
	if len(q.Terms) < 2 || q.Terms[len(q.Terms)-1].Name {
		return corpus.Span{}
	}
	last := q.Terms[len(q.Terms)-1]
	for i, t := range f.Tokens {
		if t.Kind != english.Word || t.Lemma != last.Lemma {
			continue
		}
		from := i
		for from > 0 && (f.Tokens[from-1].Is(english.Preposition|english.Adverb|english.Negation) || f.Tokens[from-1].Norm == "under") {
			from--
		}
		if from == 0 || f.Tokens[from-1].Lemma != "be" {
			continue
		}
		from--
		if !slices.ContainsFunc(q.Terms[:len(q.Terms)-1], func(w question.Term) bool {
			return !slices.ContainsFunc(f.Tokens[:from], func(t english.Token) bool {
				return slices.Contains(w.Forms, t.Lemma) || slices.Contains(w.Forms, t.Norm)
			})
		}) {
			return corpus.Span{Start: f.Tokens[from].Start, End: t.End}
		}
	}
	return corpus.Span{}
}
