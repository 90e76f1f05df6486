package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// Scores of how closely the sentence that gives a value speaks of the thing.
const (
	subjectDefined   = 10.0 // the sentence says what the thing is
	subjectNamed     = 7.0  // it names the thing
	subjectShort     = 6.0  // it names a person by the last name
	subjectDescribed = 6.5  // it goes on where the article has said what the thing is
	subjectContinued = 5.0  // one near before names it, and the article is about it
	subjectAround    = 3.5  // the article is about it
	subjectKeyed     = 1.5  // more, where the attribute's own word stands beside the value
	tokenAway        = 0.05 // less for each word between
	sentenceAway     = 0.02 // less for each sentence from the beginning, at most maxAway of it
	maxAway          = 0.5
)

// continued is how many sentences a thing is spoken of without being named.
const continued = 3

// A subject is the thing that is asked about as one article speaks of it.
type subject struct {
	base  *Base
	q     question.Question
	attrs []*english.Attribute
	of    [][]string    // folded words by which this article names it
	facts []*fact.Fact  // those that are read, in order
	named [][]tokenSpan // where each of them names it
	about bool          // the article is about it
	lies  int           // how the article stands to what narrows the thing down
}

// A tokenSpan is a half-open range of a fact's tokens.
type tokenSpan struct{ from, to int }

func (s tokenSpan) empty() bool { return s.to <= s.from }

// newSubject is the thing in the article of which the index found the facts of
// these numbers; nil where the article does not speak of it.
func (b *Base) newSubject(q question.Question, article string, found []int) *subject {
	q.Times = slices.DeleteFunc(slices.Clone(q.Times), func(x timex.Time) bool {
		return !slices.ContainsFunc(strings.Fields(english.Fold(x.Text)), func(w string) bool { return !slices.Contains(q.Attribute.Of[0], w) })
	}) // "the 2013 Open" names it, and asks for nothing of 2013 alone
	s := &subject{base: b, q: q}
	for _, name := range q.Attribute.Names {
		s.attrs = append(s.attrs, english.AttributeOf(name))
	}
	numbers := make([]int, 0, attributeLead+len(found)*(2*attributeAround+1))
	for n := range attributeLead {
		numbers = append(numbers, n)
	}
	for _, n := range found {
		for k := n - attributeAround; k <= n+attributeAround; k++ {
			numbers = append(numbers, k)
		}
	}
	numbers = append(numbers, s.byLastName(article)...)
	slices.Sort(numbers)
	for _, n := range slices.Compact(numbers) {
		if f := b.factAt(article, n); f != nil && f.Sentence.Role != corpus.Furniture && f.Sentence.Role != corpus.Teaser {
			s.facts = append(s.facts, f)
		}
	}
	s.of = s.namesOf(article)
	mentions, lead := 0, false
	for i, f := range s.facts {
		n := s.namesIn(f.Tokens)
		s.named = append(s.named, n)
		if len(n) > 0 {
			mentions++
			lead = lead || i < leadSentences
		}
	}
	titled := len(s.namesIn(b.title(article))) > 0
	if s.lies = s.place(article); mentions == 0 && !titled || s.lies == liesElsewhere {
		return nil
	}
	s.about = titled || lead || mentions > 1 || slices.ContainsFunc(s.facts[:min(len(s.facts), leadSentences)], s.byHead)
	return s
}

// values are all values that the article gives.
func (s *subject) values() []givenValue {
	var out []givenValue
	last, defined := -continued-1, false
	for i, f := range s.facts {
		if !s.base.timeMet(s.q, f) {
			continue
		}
		r := &sentenceOf{s: s, f: f, t: f.Tokens, names: s.named[i], predicate: -1}
		switch {
		case len(r.names) > 0:
			last = f.Number
			r.level = subjectNamed
			for _, n := range r.names {
				switch k := definedFrom(f.Tokens, n); {
				case k > 0 && r.predicate < 0:
					r.level, r.predicate, defined = subjectDefined, k, true
				case k < 0 && f.Number < leadSentences:
					defined = true
				}
			}
		case s.about && len(s.shortIn(f.Tokens)) > 0:
			last = f.Number
			r.names, r.level = s.shortIn(f.Tokens), subjectShort
			if k := definedFrom(f.Tokens, r.names[0]); k > 0 && f.Number < leadSentences && !defined {
				r.level, r.predicate, defined = subjectDefined-1, k, true
			}
		case s.about && s.byHead(f):
			r.level = subjectDescribed
		case f.Number-last <= continued && s.about && s.otherPerson(i, last):
			continue
		case f.Number-last <= continued && defined:
			r.level = subjectDescribed
		case f.Number-last <= continued && s.about:
			r.level = subjectContinued
		case s.about:
			r.level = subjectAround
		default:
			continue
		}
		for _, v := range r.values() {
			v.fact = f
			v.score += rolePenaltyScore(f) - min(maxAway, sentenceAway*float64(f.Number))
			out = append(out, v)
		}
	}
	return out
}

// otherPerson reports whether sentence i speaks of "he" or "she", and the person
// named last before it, since the sentence of that number that names the thing,
// is another one.
func (s *subject) otherPerson(i, since int) bool {
	t := s.facts[i].Tokens
	if !slices.ContainsFunc(t[:min(len(t), personReach)], func(w english.Token) bool {
		return w.Norm == "he" || w.Norm == "she" || w.Norm == "his" || w.Norm == "her"
	}) {
		return false
	}
	for k := i - 1; k >= 0 && s.facts[k].Number >= since; k-- {
		for _, m := range s.facts[k].Mentions {
			if m.Type != fact.PersonName && m.Type != fact.UnknownName {
				continue // who is named first is spoken of
			}
			text := s.facts[k].Sentence.Article.Text[m.Span.Start:m.Span.End]
			words := english.Tokens(text, 0)
			if len(s.namesIn(words)) > 0 || len(s.shortIn(words)) > 0 {
				return false
			}
			if m.Type == fact.PersonName {
				return true
			}
		}
	}
	return false
}

// personReach is how many tokens from its beginning a sentence says of whom it
// speaks.
const personReach = 6

// rolePenaltyScore takes from values that stand in a caption or a headline.
func rolePenaltyScore(f *fact.Fact) float64 { return -0.25 * float64(rolePenalty(f)) }

// A sentenceOf is a sentence that may give the attribute.
type sentenceOf struct {
	s         *subject
	f         *fact.Fact
	t         []english.Token
	names     []tokenSpan // where it names the thing
	predicate int         // the token from which it says what the thing is; -1
	level     float64
}

// values are the values that the sentence gives.
func (r *sentenceOf) values() []givenValue {
	switch r.s.q.Attribute.Kind {
	case english.Trait:
		return r.traits()
	case english.Maker:
		return r.makers()
	case english.Date:
		return r.dates()
	case english.Site:
		return r.sites()
	case english.Measure:
		return r.measures()
	case english.Nature:
		return r.nature()
	case english.Open:
		return r.open()
	}
	return nil
}

// maxBeforePredicate is how many tokens stand between a name and the verb that
// says what it names, brackets apart.
const maxBeforePredicate = 24

// definedFrom is the token after the "is" by which a sentence says what the
// thing named there is: "Ruth Engel (born 1 May 1950), also known as R. E.,
// WAS an English …"; -1 where it says only what was done to it, and 0 where it
// is not what the verb is said of.
func definedFrom(t []english.Token, named tokenSpan) int {
	depth, commas, seen := 0, 0, 0
	for _, w := range t[:named.to] {
		switch w.Norm {
		case "(", "[":
			depth++
		case ")", "]":
			depth = max(0, depth-1)
		}
	}
	for i := named.to; i < len(t) && seen < maxBeforePredicate; i++ {
		w := &t[i]
		switch {
		case w.Norm == "(" || w.Norm == "[":
			depth++
			continue
		case w.Norm == ")" || w.Norm == "]":
			depth = max(0, depth-1)
			continue
		case depth > 0:
			continue
		}
		seen++
		switch {
		case w.Norm == ";" && i+1 < len(t) && t[i+1].Norm == "born":
			commas++ // "Ruth Engel; born 1 May 1950, is"
		case w.Norm == "." && !(i > 0 && t[i-1].Is(english.Abbreviation) || i > 0 && len(t[i-1].Text) == 1) || w.Norm == ";":
			return 0
		case w.Norm == ",":
			commas++
		case w.Lemma == "be" && w.Kind == english.Word && w.Norm != "being" && w.Norm != "been":
			return nounFrom(t, i+1)
		case w.Norm == "'s" && i+1 < len(t) && t[i+1].Case == english.Lower:
			return 0
		case commas%2 == 0 && w.Kind == english.Word && w.Case == english.Lower && w.Content():
			return 0
		}
	}
	return 0
}

// nounFrom is the token from which a noun phrase follows a form of "be", adverbs
// passed over; -1 where a participle, a preposition or a negation does.
func nounFrom(t []english.Token, i int) int {
	for i < len(t) && t[i].Is(english.Adverb) && !t[i].Is(english.Negation) && !t[i].Is(english.Determiner) {
		i++
	}
	if i >= len(t) {
		return -1
	}
	w := &t[i]
	switch {
	case w.Is(english.Negation):
		return -1
	case w.Is(english.Determiner), w.Kind == english.Number, w.Case != english.Lower:
		return i
	case w.Is(english.Preposition | english.Auxiliary | english.Conjunction), w.Kind == english.Mark && w.Norm != "\"", pastForm(w), strings.HasSuffix(w.Norm, "ing"):
		return -1
	}
	return i
}

// predicateEnd is where the noun phrase ends that begins at token i: at a
// mark, a relative clause or a verb of place or making.
func predicateEnd(t []english.Token, i int) int {
	for k := i; k < len(t); k++ {
		w := &t[k]
		if k > i && (w.Norm == "," || w.Norm == ";" || w.Norm == "." && k+1 == len(t) || w.Norm == "(" || w.Is(english.Relative) && w.Norm != "where" || w.Norm == ":") {
			return k
		}
		if k-i > maxPredicate {
			return k
		}
	}
	return len(t)
}

// maxPredicate is how many tokens of what the thing is are shown.
const maxPredicate = 18

// spanOf is the stretch of the tokens [from, to).
func spanOf(t []english.Token, from, to int) corpus.Span {
	if to <= from || to > len(t) {
		return corpus.Span{}
	}
	return corpus.Span{Start: t[from].Start, End: t[to-1].End}
}

// phrase is what is highlighted with a value at the tokens [from, to): all
// that the sentence says the thing is, where the value stands in that.
func (r *sentenceOf) phrase(from, to int) corpus.Span {
	if r.predicate >= 0 && r.predicate <= from {
		if end := predicateEnd(r.t, r.predicate); end >= to {
			lo := r.predicate
			for lo < from && r.t[lo].Is(english.Determiner) {
				lo++
			}
			return spanOf(r.t, lo, end)
		}
	}
	return spanOf(r.t, from, to)
}

// near is how far the tokens [from, to) lie from where the thing is named, or
// from the beginning of a sentence that does not name it.
func (r *sentenceOf) near(from, to int) int {
	if len(r.names) == 0 {
		return from
	}
	best := len(r.t)
	for _, n := range r.names {
		switch {
		case from >= n.to:
			best = min(best, from-n.to)
		case to <= n.from:
			best = min(best, n.from-to)
		default:
			return 0
		}
	}
	return best
}

// own reports whether the words are no part of the thing's own name.
func (r *sentenceOf) own(s tokenSpan) bool {
	return !slices.ContainsFunc(r.names, func(n tokenSpan) bool { return s.from < n.to && n.from < s.to })
}

// keyed reports whether one of the words stands right before token i, as in a
// table or a list: "Position(s): defender", "Genre = pop".
func (r *sentenceOf) keyed(i int, is func(t []english.Token) int) bool {
	k := i - 1
	for k >= 0 && (r.t[k].Kind == english.Mark && r.t[k].Norm != "." || r.t[k].Norm == "s" && k > 0 && r.t[k-1].Norm == "(" || r.t[k].Lemma == "be" || r.t[k].Norm == "the") && i-k < 6 {
		k--
	}
	for lo := max(0, k-2); lo <= k; lo++ {
		if n := is(r.t[lo:]); n > 0 && lo+n == k+1 {
			return true
		}
	}
	return false
}

// asked is how many tokens of a noun that asks for the attribute stand at the
// beginning.
func (s *subject) asked(t []english.Token) int {
	list, n := english.AttributesAt(t)
	if slices.ContainsFunc(list, func(a *english.Attribute) bool { return slices.Contains(s.attrs, a) }) {
		return n
	}
	return 0
}
