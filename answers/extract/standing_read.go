package extract

import (
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
)

// denial reads "denied that", "rejected the claims", "dismissed reports" at i.
func (s *standingScan) denial(i int) int {
	w := s.word(i)
	if s.passiveBefore(i) {
		from, _ := s.clause(i)
		if object := s.find(assertions, max(from, i-10), i); object >= 0 && s.word(object) != "that" && s.word(object) != "it" {
			return s.mark2(fact.Denied, i, object, true)
		}
		return i
	}
	object := s.objectOf(i, assertions)
	if object >= 0 && s.word(object) == "that" && publications.Has(s.word(object+1)) {
		object++ // "that figure"
	}
	if object < 0 && !(w[:3] == "den" && i+1 < len(s.t)) {
		return i
	}
	if w[:3] == "den" && object < 0 && !s.deniesClause(i) {
		return i
	}
	_, to := s.clause(i)
	last, from := max(object, i)+1, i
	if object >= 0 && s.takesUp(object) {
		to = s.secondVerb(last, to)
	}
	if object >= 0 && s.takesUp(object) && s.countBefore(i) {
		from = 0 // "issued 126 fines; her lawyers dispute the number"
	}
	return s.mark(fact.Denied, i, last, from, max(to, last))
}

// secondVerb is where the verb after "and" begins, at i or soon after: "disputes
// that figure AND SPEAKS of 74"; end where none does.
func (s *standingScan) secondVerb(i, end int) int {
	if i+1 < end && s.word(i) == "and" && s.t[i+1].Kind == english.Word && s.t[i+1].Norm != s.t[i+1].Lemma && !s.t[i+1].Is(english.Determiner|english.Pronoun) {
		return i
	}
	return end
}

// countBefore reports whether a number stands before the token at i.
func (s *standingScan) countBefore(i int) bool {
	for k := 0; k < i; k++ {
		if s.t[k].Kind == english.Number {
			return true
		}
	}
	return false
}

// deniesClause reports whether "denied" at i denies something said rather
// than withholds something ("denied him a visa").
func (s *standingScan) deniesClause(i int) bool {
	next := s.word(i + 1)
	return next == "that" || len(next) > 4 && next[len(next)-3:] == "ing"
}

// noTruth reads "no truth", "no evidence that" at i.
func (s *standingScan) noTruth(i int) int {
	st := fact.Denied
	if s.word(i+1) != "truth" {
		st = fact.Unverified
	}
	from, to := s.clause(i)
	return s.mark(st, i, i+2, from, max(to, i+2))
}

// unverified reads "could not be independently verified", "being verified",
// "not confirmed" at i, the verb.
func (s *standingScan) unverified(i int) int {
	first := s.verbGroup(i)
	negated, being := false, false
	for k := first; k < i; k++ {
		negated = negated || s.t[k].Is(english.Negation)
		being = being || s.word(k) == "being"
	}
	if s.word(first-1) == "to" && (s.word(first-2) == "unable" || s.word(first-2) == "impossible" || s.word(first-2) == "yet" || s.word(first-2) == "able" && s.word(first-3) == "not") {
		first -= 2
		negated = true
	}
	from, to := s.clause(i)
	for k := from; k < first && first < i && k < from+4; k++ {
		negated = negated || s.word(k) == "neither" || s.word(k) == "none" || s.word(k) == "no" // "neither account could be confirmed"
	}
	if s.word(i) == "determined" && !negated {
		return i
	}
	if !negated && !being {
		return i
	}
	if s.word(first) == "be" || s.word(first) == "being" && s.word(first-1) == "still" {
		first = max(first-1, 0)
	}
	if s.word(from) == "and" {
		from++
	}
	if w := s.word(i + 1); (w == "that" || w == "the" || w == "this") && publications.Has(s.word(i+2)) && s.countBefore(first) {
		from = 0 // "had put the number at 900, could not confirm that figure"
	}
	if s.word(from) == "which" || s.word(from) == "that" && s.t[from].Is(english.Relative) && from+1 == first {
		from = 0 // the relative clause speaks of what stands around it
		to = s.sentenceEnd()
	}
	return s.mark(fact.Unverified, first, i+1, min(from, first), max(to, i+1))
}

// unclear reads "it is unclear how many", "remains unknown", "unconfirmed
// reports" at i.
func (s *standingScan) unclear(i int) int {
	w := s.word(i)
	first := s.verbGroup(i)
	if k := first - 1; k >= 0 && (s.word(k) == "remains" || s.word(k) == "remained" || s.word(k) == "remain") {
		first = s.verbGroup(k)
	}
	predicate := first < i
	if (w == "unknown" || w == "unofficial" || w == "disputed" || w == "uncertain") && !predicate {
		if w != "unofficial" || s.find(publications, i+1, i+4) < 0 {
			return i // "an unknown location"
		}
	}
	from, to := s.clause(i)
	return s.mark(fact.Unverified, first, i+1, min(from, first), max(to, i+1))
}

// notClear reads "it was not immediately clear how many" at i.
func (s *standingScan) notClear(i int) int {
	first := s.verbGroup(i)
	if !s.passiveBefore(i) {
		return i // "had not known"
	}
	for k := first; k < i; k++ {
		if s.t[k].Is(english.Negation) {
			from, to := s.clause(i)
			return s.mark(fact.Unverified, first, i+1, min(from, first), max(to, i+1))
		}
	}
	return i
}

// claim reads "claims that", "alleged", "reportedly" at i: the weaker signs
// that nobody has verified it.
func (s *standingScan) claim(i int) int {
	w := s.word(i)
	if w == "unconfirmed" {
		return i
	}
	if (w == "claimed" || w == "claim" || w == "claims") && s.claimsLives(i) {
		return i
	}
	if (w == "claim" || w == "claims") && s.t[max(i-1, 0)].Is(english.Determiner|english.Preposition|english.NumberWord) && i > 0 {
		return i // insurance claims and the like
	}
	from, to := s.clause(i)
	switch w {
	case "alleged", "purported", "rumored", "rumoured", "supposed":
		if s.verbGroup(i) == i && i+1 < len(s.t) && s.t[i+1].Kind == english.Word && !s.t[i+1].Is(english.Auxiliary|english.Conjunction|english.Pronoun) {
			return s.mark(fact.Unverified, i, i+1, i, s.nounEnd(i+1)) // "alleged members of": these words alone
		}
	case "apparently", "presumably", "supposedly", "reportedly", "allegedly", "purportedly":
		from = s.subjectStart(i)
	}
	if w == "claims" || w == "claim" || w == "claimed" || w == "claiming" || w == "alleges" || w == "alleging" {
		from = i
	}
	return s.mark(fact.Unverified, i, i+1, from, max(to, i+1))
}

// nounEnd is the end of the noun phrase that goes on at i.
func (s *standingScan) nounEnd(i int) int {
	for i < len(s.t) && s.t[i].Kind == english.Word && !s.t[i].FunctionWord() {
		i++
	}
	return max(i, 1)
}

// claimsLives reports whether "claimed" at i is said of lives and the like.
func (s *standingScan) claimsLives(i int) bool {
	for k := i + 1; k < len(s.t) && k < i+8 && s.t[k].Text != ","; k++ {
		switch s.word(k) {
		case "lives", "life", "victims", "responsibility", "credit", "victory", "asylum", "title":
			return true
		}
	}
	return false
}

// expected reads "is expected to", "forecast", "projected" at i.
func (s *standingScan) expected(i int) int {
	w := s.word(i)
	first := s.verbGroup(i)
	if (w == "expected" || w == "anticipated" || w == "feared") && !s.passiveBefore(i) {
		return i
	}
	if first == i && w != "forecast" && w != "forecasts" && w != "predicted" && w != "predicts" && w != "predict" {
		return i
	}
	last := i + 1
	if s.word(last) == "to" {
		last++
	}
	from, to := s.clause(i)
	if w == "feared" {
		return s.mark(fact.Unverified, first, last, min(from, first), max(to, last))
	}
	return s.mark(fact.Expected, first, last, min(from, first), max(to, last))
}

// modal reads "could amount to", "will", "may" at i with the verb behind it.
func (s *standingScan) modal(i int) int {
	last := i + 1
	for last < len(s.t) && (s.t[last].Is(english.Adverb) || strings.HasSuffix(s.word(last), "ly") || s.word(last) == "be" || s.t[last].Is(english.Negation)) {
		if s.t[last].Is(english.Negation) {
			return i // "could not be verified" is another thing, "would not" no forecast
		}
		last++
	}
	if s.word(last) == "have" || last >= len(s.t) || s.t[last].Kind != english.Word {
		if s.word(last) != "have" {
			return i
		}
	}
	if w := s.word(i); w == "may" && (s.word(i+1) == "day" || s.t[i].Case == english.Title && i > 0) {
		return i
	}
	if w := s.word(i); w == "may" && s.t[i].Is(english.Month) && (i+1 < len(s.t) && s.t[i+1].Kind == english.Number || s.t[max(i-1, 0)].Kind == english.Number && i > 0) {
		return i
	}
	if verifying.Has(s.word(last)) || i > 0 && s.t[i-1].Is(english.Determiner) || s.t[last].Is(english.Preposition|english.Conjunction|english.Determiner|english.Pronoun) {
		return i // "against their will"
	}
	if s.t[last].Is(english.Person) || s.word(last) == "like" || s.word(last) == "it" || s.word(last) == "we" || s.word(last) == "say" {
		return i // "nor will we", "would like"
	}
	last++
	if s.word(last) == "to" || s.word(last) == "up" && s.word(last+1) == "to" {
		last++
	}
	_, to := s.clause(i)
	from := s.subjectStart(i)
	if from < i && isArticle(s.word(from)) && s.word(from) != "a" && s.word(from) != "an" && s.word(from) != "another" {
		from = i // "these 2,000 soldiers will leave": they are there already
	}
	if w := s.word(i - 1); w == "and" || w == "but" || w == "or" || s.countsAside(from, i) {
		from = i // "has signed for five years and WILL WEAR the number 9"
	}
	last = min(last, len(s.t))
	for k := last; k+1 < to; k++ {
		if s.t[k].Is(english.Relative) && (s.t[k+1].Lemma == "be" || s.t[k+1].Lemma == "have") && !modals.Has(s.word(k+1)) {
			to = k // "will discuss the release of 12 people who were abducted"
		}
		if (s.t[k].Is(english.Relative) || s.word(k) == "where") && s.word(k-1) == "," && !modals.Has(s.word(k+1)) {
			to = k // "will cut jobs in X, where it employs 900 people"
		}
		if w := s.word(k); w == "after" || w == "because" || w == "following" || w == "amid" {
			to = k // "will cut 400 jobs after it lost 3 million"
		}
	}
	return s.mark(fact.Expected, i, last, from, max(to, last))
}

// countsAside reports whether the figure of the subject tokens[from:to] is not
// that of what will be, but stands in what belongs to it: "a ballot of the
// union's 9,200 members will close".
func (s *standingScan) countsAside(from, to int) bool {
	for k := from; k < to; k++ {
		if s.t[k].Kind != english.Number && !s.t[k].Is(english.NumberWord) {
			continue
		}
		switch s.word(k - 1) {
		case "of":
			return k-2 >= from && !tollNouns.Has(s.t[k-2].Lemma)
		case "'s", "'", "’":
			return k > from
		}
		return false
	}
	return false
}

// subjectStart is where the clause of the verb at i begins: after the last
// joint, "that", relative or comma before it.
func (s *standingScan) subjectStart(i int) int {
	for k := i - 1; k >= max(0, i-maxClause); k-- {
		w := &s.t[k]
		if s.joint(k) || w.Norm == "that" && k+1 < i && !isNounAfterThat(w, s.t, k) || w.Text == "," || saysPast.Has(w.Norm) && k+1 < i || w.Is(english.Relative) && w.Norm != "that" {
			if k+1 < i || w.Is(english.Relative) {
				return min(k+1, i)
			}
		}
	}
	return max(0, i-maxClause)
}

// isNounAfterThat reports whether "that" at k points at a noun ("that
// figure") rather than opens a clause.
func isNounAfterThat(_ *english.Token, t []english.Token, k int) bool {
	return k+1 < len(t) && publications.Has(t[k+1].Norm)
}

// contrasted reads the figure that another one takes the place of: "900,000
// homes, NOT 1.2 million as first reported". With "as reported" it was given
// once and is withdrawn; without, it is denied.
func (s *standingScan) contrasted(i int) int {
	from := i + 1
	if s.word(i) != "not" {
		from++
	} else if i == 0 || !s.contrasts(i) {
		return i
	}
	to := from
	for to < len(s.t) && (s.t[to].Is(english.Determiner) || s.t[to].Norm == "about" || s.t[to].Norm == "some" || s.t[to].Norm == "nearly" || s.t[to].Norm == "around") {
		to++
	}
	if to == len(s.t) || s.t[to].Kind != english.Number && !s.t[to].Is(english.NumberWord) {
		return i
	}
	for to < len(s.t) && s.t[to].Kind != english.Mark && !s.t[to].Is(english.Preposition|english.Conjunction|english.Auxiliary|english.Relative) {
		to++
	}
	standing := fact.Denied
	if s.word(to) == "as" {
		for k := to + 1; k < len(s.t) && k < to+near; k++ {
			if s.t[k].Is(english.Reporting) || s.t[k].Lemma == "think" || s.t[k].Lemma == "believe" || s.t[k].Lemma == "give" {
				standing, to = fact.Withdrawn, k+1
				break
			}
		}
	}
	return s.mark(standing, i, to, from, to)
}

// contrasts reports whether the "not" at i sets a figure against one before it:
// it follows a comma, a dash or "and", and a number stands before that.
func (s *standingScan) contrasts(i int) bool {
	if w := s.t[i-1]; w.Text != "," && w.Text != "-" && w.Text != "–" && w.Text != "—" && w.Norm != "and" && w.Kind != english.Number {
		return false
	}
	for k := i - 1; k >= 0 && k > i-maxClause; k-- {
		if s.t[k].Kind == english.Number || s.t[k].Is(english.NumberWord) {
			return true
		}
	}
	return false
}
