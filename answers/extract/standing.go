package extract

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// The words that weaken or withdraw. All are folded.
var (
	// withdrawing verbs withdraw what they are said of, once that is a report.
	withdrawing = english.NewSet(`withdrew withdrawn withdraw withdraws withdrawing removed remove removing retracted retract
		retracts retracting recalled rescinded deleted delete deleting pulled scrubbed erased disavowed revoked corrected
		unpublished`)
	// publications are what can be withdrawn: a figure or what it stood in.
	publications = english.NewSet(`report reports figure figures number numbers toll statement statements post posts claim claims
		tweet tweets message messages article articles story stories information estimate estimates announcement
		announcements communique release bulletin statistic statistics data item page publication news count tally
		assertion comment remarks allegation allegations version account video footage text balance assessment`)
	denying = english.NewSet(`denied denies deny denying rejected rejects reject rejecting dismissed dismisses dismiss dismissing
		refuted refutes refute refuting disputed disputes dispute disputing contradicted contradicts contradict
		repudiated rebutted debunked`)
	assertions = english.NewSet(`report reports figure figures number numbers toll statement statements claim claims allegation
		allegations accusation accusations charge charges suggestion suggestions assertion assertions rumor rumors rumour
		rumours account accounts estimate estimates idea notion story stories information involvement responsibility
		version count tally speculation result results outcome that any having being it`)
	verifying = english.NewSet(`verified verify confirmed confirm corroborated corroborate authenticated substantiated checked
		established determined ascertained verifiable`)
	unverifiedWords = english.NewSet(`unverified unconfirmed unclear uncertain unknown unsubstantiated uncorroborated disputed
		undetermined unofficial`)
	claiming = english.NewSet(`claims claim claimed claiming alleges allege alleged alleging purported purportedly reportedly
		allegedly supposedly apparently rumored rumoured presumably purports unconfirmed`)
	expecting = english.NewSet(`expected forecast forecasts predicted projected anticipated predict predicts projects feared`)
	modals    = english.NewSet(`could may might would will should 'll`)
)

// standingWords are the words at which a standing may be read: all of the
// above that begin one.
var standingWords = english.Union(withdrawing, denying, verifying, unverifiedWords, claiming, expecting, modals,
	english.NewSet("took taken take no clear known version not rather instead"))

// weigh finds the words that weaken or withdraw in every sentence of an
// article. What a sentence says of the one before it ("That could not be
// verified") covers that one too.
func weigh(facts []fact.Fact) {
	for f := range facts {
		marks := standings(facts[f].Tokens)
		facts[f].Standings = marks
		if f == 0 || facts[f].Sentence.Paragraph-facts[f-1].Sentence.Paragraph > 1 || facts[f-1].Sentence.Role != corpus.Body {
			continue
		}
		for _, m := range marks {
			if m.Standing != fact.Expected && takesUpSentence(facts[f].Tokens, m) {
				m.Scope = facts[f-1].Sentence.Span
				facts[f-1].Standings = append(facts[f-1].Standings, m)
			}
		}
	}
}

// takesUpSentence reports whether the mark speaks of the sentence before: its
// subject is "that" or "the report", or it withdraws "the figure", and no
// number of its own stands in its scope.
func takesUpSentence(t []english.Token, m fact.StandingMark) bool {
	first := 0
	for first < len(t) && (t[first].Is(english.Conjunction|english.Adverb) && !t[first].Is(english.Pronoun|english.Determiner) || t[first].Text == ",") {
		first++
	}
	for i := range t {
		if t[i].Kind == english.Number && t[i].End <= m.Scope.End && (i == 0 || !t[i-1].Is(english.Month)) {
			return false
		}
	}
	if first+1 >= len(t) {
		return false
	}
	switch t[first].Norm {
	case "that", "this", "these", "those", "the", "such":
		next := &t[first+1]
		verb := next.Is(english.Auxiliary) || next.Start == m.Span.Start
		if (verb && t[first].Norm != "the" || publications.Has(next.Norm)) && m.Span.Start-next.End < 40 {
			return true
		}
	}
	for i := 1; i < len(t); i++ {
		if t[i].End == m.Span.End && publications.Has(t[i].Norm) && m.Standing != fact.Unverified {
			w := t[i-1].Norm
			return w == "the" || w == "that" || w == "this"
		}
	}
	return false
}

// standings finds the words of a sentence that weaken, deny or withdraw what
// its clauses say, ascending.
func standings(tokens []english.Token) []fact.StandingMark {
	s := standingScan{t: tokens}
	for i := 0; i < len(tokens); i++ {
		if tokens[i].Kind == english.Word && standingWords.Has(tokens[i].Norm) {
			i = max(i, s.at(i)-1)
		}
	}
	slices.SortStableFunc(s.out, func(a, b fact.StandingMark) int { return a.Span.Start - b.Span.Start })
	return s.out
}

// A standingScan is the search for such words in one sentence.
type standingScan struct {
	t   []english.Token
	out []fact.StandingMark
}

func (s *standingScan) word(i int) string {
	if i < 0 || i >= len(s.t) {
		return ""
	}
	return s.t[i].Norm
}

// mark adds the words tokens[i:j] with the clauses tokens[from:to] and
// returns j.
func (s *standingScan) mark(st fact.Standing, i, j, from, to int) int {
	s.out = append(s.out, fact.StandingMark{
		Standing: st,
		Span:     corpus.Span{Start: s.t[i].Start, End: s.t[j-1].End},
		Scope:    corpus.Span{Start: s.t[from].Start, End: s.t[to-1].End},
	})
	return j
}

// at looks for words of standing at i and returns the token after them, or i.
func (s *standingScan) at(i int) int {
	w := s.word(i)
	switch {
	case withdrawing.Has(w):
		return s.withdrawal(i)
	case w == "version":
		return s.correction(i)
	case w == "took" || w == "taken" || w == "take":
		return s.takeDown(i)
	case w == "not" || w == "rather" && s.word(i+1) == "than" || w == "instead" && s.word(i+1) == "of":
		return s.contrasted(i)
	case denying.Has(w):
		return s.denial(i)
	case w == "no" && (s.word(i+1) == "truth" || s.word(i+1) == "evidence" || s.word(i+1) == "confirmation"):
		return s.noTruth(i)
	case verifying.Has(w):
		return s.unverified(i)
	case unverifiedWords.Has(w):
		return s.unclear(i)
	case w == "clear" || w == "known":
		return s.notClear(i)
	case claiming.Has(w):
		return s.claim(i)
	case expecting.Has(w):
		return s.expected(i)
	case modals.Has(w) && s.t[i].Case != english.Title:
		return s.modal(i)
	}
	return i
}

// maxClause is how far a clause reaches on either side of a word, in tokens;
// only text that is no prose has longer ones.
const maxClause = 200

// clause is the clause around the token at i: from the joint before it to the
// joint after it. A comma alone is none.
func (s *standingScan) clause(i int) (from, to int) {
	from, to = max(0, i-maxClause), min(len(s.t), i+maxClause)
	for k := i - 1; k > from; k-- {
		if s.joint(k) {
			from = k + 1
			break
		}
	}
	for k := i + 1; k < to; k++ {
		if s.joint(k) || isDoubleQuote(s.t[k].Text) && s.endsSpeech(k) {
			to = k
			break
		}
	}
	for to > from+1 && s.t[to-1].Kind == english.Mark && s.t[to-1].Text != ")" && s.t[to-1].Text != "%" {
		to--
	}
	return from, to
}

// endsSpeech reports whether the mark at k closes a quotation behind a comma,
// where "he said" begins.
func (s *standingScan) endsSpeech(k int) bool {
	return k > 0 && k+1 < len(s.t) && (s.t[k-1].Text == "," || s.t[k+1].Text == ",")
}

// joint reports whether two clauses meet at k.
func (s *standingScan) joint(k int) bool {
	w := &s.t[k]
	switch {
	case w.Text == ";" || w.Text == "–" || w.Text == "—":
		return true
	case contrasts.Has(w.Norm) && w.Norm != "yet":
		return true
	case w.Text == "," && k+1 < len(s.t):
		return saysPast.Has(s.word(k+1)) || saysing.Has(s.word(k+1))
	case w.Norm == "and" && k > 0 && s.t[k-1].Text == ",":
		return k+1 < len(s.t) && (isArticle(s.word(k+1)) || s.t[k+1].Is(english.Person) || s.t[k+1].Norm == "which" || s.t[k+1].Case == english.Title)
	case w.Text == ":" && k > 0 && s.t[k-1].Kind != english.Number:
		return true
	}
	return false
}

// publicationIn is the first word for something published in tokens[i:j], or
// -1.
func (s *standingScan) find(list *english.Set, i, j int) int {
	for k := max(i, 0); k < j && k < len(s.t); k++ {
		if list.Has(s.word(k)) {
			return k
		}
	}
	return -1
}

// near limits how far from its verb an object stands, in tokens.
const near = 7

// withdrawal reads "withdrew a report", "that figure was later removed" at i.
func (s *standingScan) withdrawal(i int) int {
	w := s.word(i)
	passive := s.passiveBefore(i)
	object := -1
	if passive {
		from, _ := s.clause(i)
		if object = s.find(publications, max(from, i-16), i); object < 0 && s.afterAside(i) {
			object = s.find(publications, max(0, i-20), i) // "a toll of 12, published on Monday, was corrected"
		}
	} else if !s.t[max(i-1, 0)].Is(english.Determiner) || i == 0 {
		object = s.objectOf(i, publications)
	}
	if object < 0 || w == "corrected" && !passive && s.revises(object) {
		return i
	}
	return s.mark2(fact.Withdrawn, i, object, passive)
}

// revises reports whether a new figure for the object is given: "corrected the
// number of victims TO 29 from 31" takes back only one of the two.
func (s *standingScan) revises(object int) bool {
	for k := object + 1; k+1 < len(s.t) && s.t[k].Text != ";"; k++ {
		if w := s.word(k); (w == "to" || w == "from") && s.t[k+1].Kind == english.Number {
			return true
		}
	}
	return false
}

// correction reads what a newspaper takes back of its own: "an earlier VERSION
// of this article said that 12 had died".
func (s *standingScan) correction(i int) int {
	switch s.word(i - 1) {
	case "earlier", "previous", "original", "initial":
	default:
		return i
	}
	if s.word(i+1) != "of" {
		return i
	}
	for k := i + 2; k < len(s.t) && k < i+6; k++ {
		switch s.word(k) {
		case "article", "story", "report", "text", "headline", "dispatch", "post", "item", "piece", "caption":
			to := k + 1
			for to < len(s.t) && s.word(to) != ";" {
				to++
			}
			return s.mark(fact.Withdrawn, i-1, k+1, i-1, to)
		}
	}
	return i
}

// afterAside reports whether the verb group that ends at i follows a comma, so
// that its subject stands before what the comma closes.
func (s *standingScan) afterAside(i int) bool {
	for i--; i >= 0 && s.t[i].Is(english.Auxiliary|english.Adverb); i-- {
	}
	return i >= 0 && s.t[i].Norm == ","
}

// takeDown reads "took down the report", "the post was taken down".
func (s *standingScan) takeDown(i int) int {
	down := -1
	for k := i + 1; k < len(s.t) && k < i+near; k++ {
		if w := s.word(k); w == "down" || w == "offline" {
			down = k
			break
		}
		if s.t[k].Kind == english.Mark {
			break
		}
	}
	if down < 0 || down > i+1 && s.find(publications, i, down) < 0 {
		return i
	}
	passive := s.passiveBefore(i)
	object := s.find(publications, i, i+near)
	if passive {
		object = s.find(publications, i-10, i)
	}
	if object < 0 {
		return i
	}
	return s.mark2(fact.Withdrawn, i, object, passive)
}

// passiveBefore reports whether a form of "be" or "been" stands right before
// the participle at i, adverbs aside.
func (s *standingScan) passiveBefore(i int) bool {
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		w := &s.t[k]
		if w.Is(english.Auxiliary) && w.Lemma == "be" || w.Norm == "been" || w.Norm == "being" {
			return true
		}
		if !w.Is(english.Adverb|english.Auxiliary|english.Negation) && (len(w.Norm) < 4 || w.Norm[len(w.Norm)-2:] != "ly") {
			return false
		}
	}
	return false
}

// objectOf is the head of the object of the verb at i, where it is in list
// and the noun phrase right behind the verb: "withdrew an earlier REPORT",
// not "withdrew troops, reports said".
func (s *standingScan) objectOf(i int, list *english.Set) int {
	found := -1
	for k := i + 1; k < len(s.t) && k < i+near; k++ {
		w := &s.t[k]
		if list.Has(w.Norm) {
			found = k
			break
		}
		if w.Kind == english.Mark && w.Text != "-" && !isDoubleQuote(w.Text) || w.Is(english.Preposition) && w.Norm != "as" || w.Is(english.Auxiliary|english.Conjunction|english.Relative) && w.Norm != "'s" && w.Norm != "that" {
			break
		}
	}
	return found
}

// mark2 marks the verb at i with its object. What a withdrawal covers lies in
// its clause and what hangs on the object ("a report … according to which
// more than 50 people"); in the passive also in the clause before, which the
// object takes up ("more than 50 deaths, but that figure was removed").
func (s *standingScan) mark2(st fact.Standing, i, object int, passive bool) int {
	from, to := s.clause(i)
	first, last := i, i+1
	if passive {
		first = s.verbGroup(i)
		if s.takesUp(object) {
			from = 0
		}
	} else {
		last = object + 1
		to = s.sentenceEnd()
	}
	return s.mark(st, first, last, min(from, first), max(to, last))
}

// takesUp reports whether the noun at i means something named before: "that
// figure", "the report".
func (s *standingScan) takesUp(i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		switch s.word(k) {
		case "that", "the", "this", "these", "those", "which":
			return true
		}
	}
	return false
}

// verbGroup is the first auxiliary or adverb of the verb group that ends at
// i.
func (s *standingScan) verbGroup(i int) int {
	for n := 0; i > 0 && n < 8; n++ {
		w := &s.t[i-1]
		adverb := w.Is(english.Adverb) || len(w.Norm) > 4 && w.Norm[len(w.Norm)-2:] == "ly"
		if w.Kind != english.Word || !w.Is(english.Auxiliary|english.Negation) && !adverb && w.Norm != "since" || w.Norm == "'s" {
			break
		}
		i--
	}
	return i
}

// sentenceEnd is the token after the sentence's last word.
func (s *standingScan) sentenceEnd() int {
	to := len(s.t)
	for to > 1 && s.t[to-1].Kind == english.Mark && s.t[to-1].Text != ")" && s.t[to-1].Text != "%" {
		to--
	}
	return to
}
