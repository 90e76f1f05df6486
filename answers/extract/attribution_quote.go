package extract

import (
	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// minQuoteWords is the fewest words in quotation marks that are a quotation
// by themselves inside a longer clause; fewer may be a word held at arm's
// length.
const minQuoteWords = 3

// A quotePiece is the part of a direct quotation that lies in one sentence.
type quotePiece struct {
	from, to      int // the tokens between the marks
	id            int // number of the quotation in the article
	opens, closes bool
}

// findQuotes finds the direct quotations of an article, sentence by sentence.
// Any mark of double quotation opens where none is open and closes where one
// is, since texts mix them up; no quotation runs past its paragraph.
func findQuotes(facts []fact.Fact) [][]quotePiece {
	out := make([][]quotePiece, len(facts))
	q := quoteFinder{out: out}
	for f := range facts {
		if f > 0 && facts[f].Sentence.Paragraph != facts[f-1].Sentence.Paragraph {
			q.endParagraph(startsQuote(facts[f].Tokens))
		}
		q.sentence(f, facts[f].Tokens)
	}
	q.endParagraph(false)
	return out
}

func startsQuote(t []english.Token) bool { return len(t) > 0 && isDoubleQuote(t[0].Text) }

func isDoubleQuote(s string) bool {
	switch s {
	case "\"", "“", "”", "„", "«", "»", "‟", "〝", "〞":
		return true
	}
	return false
}

func isSingleQuote(s string) bool {
	return s == "'" || s == "‘" || s == "’" || s == "‚" || s == "`"
}

type quoteFinder struct {
	out    [][]quotePiece
	next   int // number of the next quotation
	open   bool
	single bool // opened by a single mark
	whole  bool // opened at the start of a paragraph's sentence
	pieces []int
}

// sentence finds the pieces of one sentence.
func (q *quoteFinder) sentence(f int, t []english.Token) {
	from := 0
	opened := false
	for i := range t {
		mark := t[i].Text
		double := isDoubleQuote(mark)
		switch {
		case t[i].Kind != english.Mark || !double && !isSingleQuote(mark):
		case !q.open && (double || opensSingle(t, i)):
			q.open, q.single, q.whole, opened, from = true, !double, i == 0, true, i+1
			q.pieces = q.pieces[:0]
		case q.open && (double != q.single) && (double || closesSingle(t, i)):
			q.add(f, from, i, opened, true)
			q.open, opened = false, false
			q.next++
		}
	}
	if q.open {
		q.add(f, from, len(t), opened, false)
	}
}

// opensSingle reports whether the single mark at i opens a quotation.
func opensSingle(t []english.Token, i int) bool {
	return t[i].Space && i+1 < len(t) && !t[i+1].Space && t[i+1].Kind == english.Word && hasClosingSingle(t, i+1)
}

func hasClosingSingle(t []english.Token, i int) bool {
	for ; i < len(t); i++ {
		if isSingleQuote(t[i].Text) && closesSingle(t, i) {
			return true
		}
	}
	return false
}

func closesSingle(t []english.Token, i int) bool {
	return isSingleQuote(t[i].Text) && !t[i].Space && (i+1 == len(t) || t[i+1].Space || t[i+1].Kind == english.Mark)
}

func (q *quoteFinder) add(f, from, to int, opens, closes bool) {
	if from < to {
		q.out[f] = append(q.out[f], quotePiece{from: from, to: to, id: q.next, opens: opens, closes: closes})
		q.pieces = append(q.pieces, f)
	}
}

// endParagraph ends a paragraph. A quotation that is still open is none (a
// mark was forgotten), unless the next paragraph takes it up with a mark.
func (q *quoteFinder) endParagraph(takenUp bool) {
	if !q.open {
		return
	}
	q.open = false
	if takenUp && q.whole {
		return // the same quotation goes on
	}
	for _, f := range q.pieces {
		if n := len(q.out[f]); n > 0 && q.out[f][n-1].id == q.next {
			q.out[f] = q.out[f][:n-1]
		}
	}
	q.next++
}

// words counts the words of the piece.
func (s *sayScan) words(p quotePiece) int {
	n := 0
	for i := p.from; i < p.to; i++ {
		if s.t[i].Kind != english.Mark {
			n++
		}
	}
	return n
}

// pureQuote reports whether scope, which the cue covers, is a quotation and
// nothing else: it is attributed as such.
func (s *sayScan) pureQuote(c *cue, scope corpus.Span) bool {
	for _, p := range s.pieces {
		q := s.span(p.from, p.to)
		rest := scope.Len() - q.Len()
		if scope.Contains(q) && rest <= 8 && !s.wordOutside(scope) {
			return true
		}
	}
	return false
}

// wordOutside reports whether scope has a word outside of quotations and
// cues.
func (s *sayScan) wordOutside(scope corpus.Span) bool {
	for i := range s.t {
		w := &s.t[i]
		if w.Start >= scope.Start && w.End <= scope.End && w.Kind != english.Mark && !s.quoted[i] && !s.inCue(i) {
			return true
		}
	}
	return false
}

func (s *sayScan) inCue(i int) bool {
	for k := range s.cues {
		if s.cues[k].start <= i && i < s.cues[k].end {
			return true
		}
	}
	return false
}

// attributeQuotes adds the quotations of a sentence: to the cue beside them,
// else to whoever says the clause around them, else to the speaker of the
// quotation that they go on with.
func (a *attributor) attributeQuotes(f int, says []fact.Attribution) []fact.Attribution {
	s := a.scan
	n := len(says)
	for k, p := range s.pieces {
		span := s.span(p.from, p.to)
		say, ok := a.speakerOf(f, k, p)
		if !ok {
			if i := saidBy(says[:n], span); i >= 0 && s.words(p) >= minQuoteWords {
				say, ok = says[i], true
			}
		}
		if !ok {
			continue
		}
		say.Scope, say.Quote = span, true
		says = append(says, say)
		a.setSpeaker(p.id, say)
	}
	return says
}

func (a *attributor) setSpeaker(id int, say fact.Attribution) {
	for len(a.speakers) <= id {
		a.speakers = append(a.speakers, speakerOfQuote{})
	}
	a.speakers[id] = speakerOfQuote{true, say}
}

// speakerOf is who says the piece p, the k-th of sentence f.
func (a *attributor) speakerOf(f, k int, p quotePiece) (fact.Attribution, bool) {
	s := a.scan
	if p.id < len(a.speakers) && a.speakers[p.id].known {
		return a.speakers[p.id].say, true // the quotation began in an earlier sentence
	}
	if c := s.cueBeside(p); c != nil {
		return fact.Attribution{Speaker: c.speaker, Cue: c.span, Entity: c.entity}, true
	}
	if c := s.cueBetween(k); c != nil {
		return fact.Attribution{Speaker: c.speaker, Cue: c.span, Entity: c.entity}, true
	}
	if !p.closes {
		if say, ok := a.lookAhead(f, p.id); ok {
			return say, true
		}
	}
	if k > 0 && s.pieces[k-1].id+1 == p.id && p.from-s.pieces[k-1].to < 2 {
		return fact.Attribution{}, false
	}
	if !a.alone(f, p) {
		return fact.Attribution{}, false
	}
	// A sentence that is a quotation and nothing else goes on with the last
	// speaker's, in the paragraph or right after it.
	if f > 0 && f-a.lastFact <= 2 && a.last.Cue.Len() > 0 &&
		a.facts[f].Sentence.Paragraph-a.facts[a.lastFact].Sentence.Paragraph <= 1 {
		return a.last, true
	}
	return fact.Attribution{}, false
}

// alone reports whether the sentence has no word outside the quotation.
func (a *attributor) alone(f int, p quotePiece) bool {
	for i := range a.facts[f].Tokens {
		if t := &a.facts[f].Tokens[i]; t.Kind != english.Mark && (i < p.from || i >= p.to) {
			return false
		}
	}
	return p.to-p.from > 1
}

// lookAhead finds the speaker of a quotation that ends in a later sentence.
func (a *attributor) lookAhead(f, id int) (fact.Attribution, bool) {
	for g := f + 1; g < len(a.facts); g++ {
		for _, p := range a.quotes[g] {
			if p.id != id || !p.closes {
				continue
			}
			ahead := sayScan{}
			ft := &a.facts[g]
			ahead.reset(ft.Tokens, ft.Mentions, a.quotes[g], ft.Sentence.Role)
			ahead.findCues()
			c := ahead.cueBeside(p)
			if c == nil {
				return fact.Attribution{}, false
			}
			held := a.scan
			a.scan = &ahead
			a.resolve(c, 0)
			a.scan = held
			return fact.Attribution{Speaker: c.speaker, Cue: c.span, Entity: c.entity}, true
		}
		if len(a.quotes[g]) == 0 || a.quotes[g][0].id != id {
			break
		}
	}
	return fact.Attribution{}, false
}

// cueBeside is the cue right after the piece or right before it; nil where
// there is none.
func (s *sayScan) cueBeside(p quotePiece) *cue {
	for k := range s.cues {
		c := &s.cues[k]
		if p.closes && c.start >= p.to && c.dir != forward && s.onlyMarks(p.to, c.start) {
			return c
		}
	}
	for k := range s.cues {
		c := &s.cues[k]
		if p.opens && c.end <= p.from && (c.dir == forward || c.dir == around) && s.leadsTo(c.end, p.from) && (s.words(p) >= minQuoteWords || s.onlyMarks(c.end, p.from)) {
			return c
		}
	}
	return nil
}

// cueBetween is the cue of the quotation before the k-th, where it stands
// between the two and no other clause does: “The vote was fair,” he told the
// meeting in Nairobi, “and we have nothing to hide.”
func (s *sayScan) cueBetween(k int) *cue {
	if k == 0 || s.pieces[k].from < 2 {
		return nil
	}
	c := s.cueBeside(s.pieces[k-1])
	open := s.pieces[k].from - 1
	if c == nil || c.end > open || c.start < s.pieces[k-1].to || s.hasClause(c.end, open) || s.t[open-1].Text != "," && s.t[open-1].Text != "." && s.t[open-1].Text != ":" {
		return nil
	}
	return c
}

func (s *sayScan) onlyMarks(i, j int) bool {
	for ; i < j; i++ {
		if s.t[i].Kind != english.Mark || s.t[i].Text == ";" {
			return false
		}
	}
	return true
}

// leadsTo reports whether nothing but an addressee, a time or "that" stands
// between the cue's end and the quotation that opens before j.
func (s *sayScan) leadsTo(i, j int) bool {
	words := 0
	for ; i < j; i++ {
		w := &s.t[i]
		switch {
		case w.Kind == english.Mark:
			if w.Text == ";" || w.Text == "." {
				return false
			}
		case w.Is(english.Auxiliary), w.Is(english.Person):
			return false
		default:
			words++
		}
	}
	return words <= 4
}
