package extract

import (
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// scope is the text that the cue at index i covers: the clauses after it,
// before it, or on both sides.
func (s *sayScan) scope(i int) corpus.Span {
	c := &s.cues[i]
	from, to := c.end, c.start
	if c.dir != forward {
		from = s.backwardStart(i)
	}
	if c.dir == backward {
		for k := i; k > 0 && s.cues[k-1].dir == backward && !s.hasClause(s.cues[k-1].end, s.cues[k].start); k-- {
			to = s.cues[k-1].start
		}
	} else {
		to = s.forwardEnd(i)
		if c.dir == around && to <= c.end+1 {
			to = c.start
		}
	}
	if c.dir == forward {
		from = s.contentStart(s.pastAddressee(c), to)
	}
	return s.trim(from, to)
}

// trim is the text of tokens[from:to] without marks and joints at its ends.
func (s *sayScan) trim(from, to int) corpus.Span {
	for from < to && (s.t[from].Kind == english.Mark && !isBracketOrCurrency(s.t[from].Text) && !s.quoteAt(from) || s.word(from) == "and" || contrasts.Has(s.word(from))) {
		from++
	}
	for to > from && (s.t[to-1].Kind == english.Mark && s.t[to-1].Text != ")" && s.t[to-1].Text != "%" && !s.quoteAt(to-1) ||
		s.word(to-1) == "and" || s.word(to-1) == "as" || contrasts.Has(s.word(to-1))) {
		to--
	}
	return s.span(from, to)
}

func isBracketOrCurrency(mark string) bool {
	switch mark {
	case "$", "€", "£", "¥", "₹", "(", "[", "~", "+":
		return true
	}
	return false
}

// quoteAt reports whether the token at i is a mark that opens or closes a
// quotation.
func (s *sayScan) quoteAt(i int) bool {
	for _, p := range s.pieces {
		if p.opens && p.from-1 == i || p.closes && p.to == i {
			return true
		}
	}
	return false
}

// contentStart is where what is said begins after a cue that ends at i:
// behind "that", where it stands within a few words.
func (s *sayScan) contentStart(i, to int) int {
	const near = 14 // words in which addressee, time and place of the saying fit
	for j := i; j < to && j < i+near; j++ {
		switch w := &s.t[j]; {
		case w.Norm == "that" && j+1 < to:
			return j + 1
		case w.Is(english.Auxiliary) && w.Norm != "'s", w.Kind == english.Number && j > i, w.Text == ",", isDoubleQuote(w.Text),
			w.Is(english.Reporting) && !w.Is(english.Honorific), saysPast.Has(w.Norm), len(w.Norm) > 4 && strings.HasSuffix(w.Norm, "ed") && j > i:
			return s.pastTime(i)
		}
	}
	return s.pastTime(i)
}

// pastAddressee is the token after whom the cue's verb tells, where a clause
// or a quotation follows at once: "told the BBC: …".
func (s *sayScan) pastAddressee(c *cue) int {
	if c.end == 0 || !telling.Has(s.word(c.end-1)) || blaming(s.word(c.end-1)) {
		return c.end
	}
	if to, _, ok := s.nounAfter(c.end); ok && to < len(s.t) && (s.t[to].Kind == english.Mark || s.word(to) == "that") {
		return to
	}
	return c.end
}

// pastTime passes over a weekday or a word of time at i.
func (s *sayScan) pastTime(i int) int {
	j := i
	if s.word(j) == "on" || s.word(j) == "late" || s.word(j) == "early" {
		j++
	}
	if j < len(s.t) && (s.t[j].Is(english.Weekday) || s.word(j) == "yesterday" || s.word(j) == "today") {
		return j + 1
	}
	return i
}

// forwardEnd is the token at which what is said after the cue at index i
// ends: a contrast, a semicolon, the clause of the next cue, or the end of
// the sentence.
func (s *sayScan) forwardEnd(i int) int {
	c := &s.cues[i]
	limit := len(s.t)
	if i+1 < len(s.cues) {
		limit = s.beforeCue(c, &s.cues[i+1])
	}
	depth := 0
	for k := c.end; k < limit; k++ {
		if s.quoted[k] {
			continue
		}
		switch w := &s.t[k]; {
		case w.Text == "(" || w.Text == "[":
			depth++
		case w.Text == ")" || w.Text == "]":
			if depth--; depth < 0 {
				return k
			}
		case w.Text == ";":
			return k
		case w.Text == "," && k > c.end && s.endsAtComma(c, k):
			return k
		case contrasts.Has(w.Norm) && k > c.end && w.Norm != "yet" && s.newClause(k):
			return k
		}
	}
	return limit
}

// endsAtComma reports whether the comma at k ends what the cue covers.
func (s *sayScan) endsAtComma(c *cue, k int) bool {
	next := s.word(k + 1)
	if contrasts.Has(next) {
		return s.word(k+2) != "that" && next != "however"
	}
	if s.role == corpus.Headline && k+2 < len(s.t) && !c.leading {
		return isBody(next) || s.at[k+1] >= 0 && s.m[s.at[k+1]].Type != fact.PlaceName // "union says …, company speaks of …"
	}
	if !c.relative {
		return false
	}
	switch next {
	case "including", "and", "or", "among", "as", "at", "most", "some", "many", "with", "of", "half", "nearly", "about":
		return false
	}
	return k+1 < len(s.t) && s.t[k+1].Kind != english.Number
}

// newClause reports whether the contrast at k begins a clause with a subject
// of its own and no "that" before it.
func (s *sayScan) newClause(k int) bool {
	if k+1 >= len(s.t) {
		return false
	}
	w := &s.t[k+1]
	if s.word(k-1) == "even" || w.Norm == "that" || w.Norm == "also" || w.Norm == "not" || w.Norm == "only" {
		return false
	}
	return isArticle(w.Norm) || w.Is(english.Person) || w.Norm == "it" || s.at[k+1] >= 0
}

// beforeCue is where what c covers ends because of the next cue.
func (s *sayScan) beforeCue(c, next *cue) int {
	if next.goesOn {
		return next.start
	}
	if next.dir != forward || next.relative {
		if b := s.boundary(c.end, next.start, true); b >= 0 && next.dir == backward {
			return b
		}
		return s.lastOf(next)
	}
	if b := s.boundary(c.end, next.start, false); b >= 0 {
		return b
	}
	return s.lastOf(next)
}

// lastOf is the end of the sentence, or the start of a cue that looks back.
func (s *sayScan) lastOf(next *cue) int {
	if next.dir == backward {
		return next.start
	}
	return len(s.t)
}

// boundary is the last joint between two clauses in tokens[i:j]: a semicolon
// or a contrast; unless strict also ", and". -1 where there is none.
func (s *sayScan) boundary(i, j int, strict bool) int {
	for k := j - 1; k > i; k-- {
		if s.quoted[k] {
			continue
		}
		w := &s.t[k]
		switch {
		case w.Text == ";", contrasts.Has(w.Norm):
			if k > i && s.t[k-1].Text == "," {
				return k - 1
			}
			return k
		case !strict && (w.Norm == "and" || w.Norm == "or") && (k == j-1 || s.t[k-1].Text == ","):
			if s.word(k+1) == "that" {
				continue
			}
			if k > i && s.t[k-1].Text == "," {
				return k - 1
			}
			return k
		case !strict && w.Text == "," && k == j-1:
			return k
		}
	}
	return -1
}

// backwardStart is where what is said before the cue at index i begins: the
// start of the sentence, or where the clause of the cue before it ends.
func (s *sayScan) backwardStart(i int) int {
	c := &s.cues[i]
	for k := c.start - 1; k >= 0; k-- {
		if s.t[k].Text == ";" && !s.quoted[k] {
			return k + 1
		}
	}
	if k := s.loneFigure(c.start); c.aside && k > 0 {
		return k
	}
	if i == 0 {
		return s.pastDateline()
	}
	p := &s.cues[i-1]
	if p.dir == backward && !s.hasClause(p.end, c.start) {
		return s.backwardStart(i - 1) // "…, assured X in the evening, according to Y"
	}
	if c.dir == around && p.dir == forward {
		if b := s.lastComma(p.end, c.start-1); b >= 0 {
			return b + 1 // an aside inside what somebody else says
		}
	}
	if b := s.boundary(p.end, c.start, p.dir != forward || p.leading); b >= 0 && b < c.start-1 {
		return b
	}
	switch {
	case p.dir == forward && c.aside:
		return s.contentStart(p.end, c.start) // "he said 5 had died, according to the police"
	case p.dir == forward:
		return min(p.start, s.backwardStart(i-1)) // "he believes 5 have died, an official said"
	}
	return p.end
}

// loneFigure is where the figure begins that stands alone before the token at i,
// a second one beside another source's: "300 people, 2,000 according to the
// organisers"; -1 where none does.
func (s *sayScan) loneFigure(i int) int {
	k := i - 1
	for k > 0 && (s.t[k].Kind == english.Number || s.t[k].Is(english.Hedge|english.NumberWord)) {
		k--
	}
	if k <= 0 || k == i-1 || s.quoted[k] || s.t[k].Text != "," && s.t[k].Text != "(" && s.t[k].Norm != "or" && s.t[k].Norm != "but" {
		return -1
	}
	for j := k - 1; j >= 0; j-- {
		if s.t[j].Kind == english.Number || s.t[j].Is(english.NumberWord) {
			return k + 1
		}
	}
	return -1
}

// hasClause reports whether tokens[i:j] have a verb or a number in them.
func (s *sayScan) hasClause(i, j int) bool {
	for ; i < j; i++ {
		if w := &s.t[i]; w.Is(english.Auxiliary) && w.Norm != "'s" || w.Kind == english.Number || strings.HasSuffix(w.Norm, "ed") {
			return true
		}
	}
	return false
}

// lastComma is the last comma in tokens[i:j], or -1.
func (s *sayScan) lastComma(i, j int) int {
	for k := j - 1; k > i; k-- {
		if s.t[k].Text == "," && !s.quoted[k] {
			return k
		}
	}
	return -1
}

// pastDateline is the first token after a dateline ("PARIS (AFP) -").
func (s *sayScan) pastDateline() int {
	const longest = 14
	for k := 1; k < len(s.t) && k < longest; k++ {
		w := &s.t[k]
		if (w.Text == "-" || w.Text == "–" || w.Text == "—") && w.Space && s.t[0].Case == english.Upper {
			for k++; s.pastBracket(k) > k; {
				k = s.pastBracket(k) // "[TEXT]"
			}
			return k
		}
		if w.Is(english.Auxiliary) {
			return 0
		}
	}
	return 0
}
