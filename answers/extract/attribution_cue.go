package extract

import (
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// findCues finds the words of saying in the sentence, in their order. What is
// said inside a quotation is the quoted one's business.
func (s *sayScan) findCues() {
	for k := 0; k < len(s.t); k++ {
		w := &s.t[k]
		if w.Kind != english.Word || s.quoted[k] || !cueWords.Has(w.Norm) {
			continue
		}
		c, ok := cue{}, false
		switch {
		case w.Norm == "according" && s.word(k+1) == "to":
			c, ok = s.accordingTo(k)
		case w.Norm == "citing" || w.Norm == "quoting":
			c, ok = s.citing(k)
		case w.Norm == "by" && k > 0 && reportedBy.Has(s.word(k-1)) && !s.dataVerbAhead(k):
			c, ok = s.reportedBy(k)
		case w.Norm == "put" || w.Norm == "puts" || w.Norm == "putting" || w.Norm == "gave" || w.Norm == "gives" || w.Norm == "given":
			c, ok = s.putAt(k)
		case revising.Has(w.Norm), counting.Has(w.Norm) && s.numberSoon(k+1):
			c, ok = s.revises(k)
		case w.Case != english.Lower && !s.loud():
			// "the United States": no verb is capitalised
		case saysPast.Has(w.Norm) || saysNow.Has(w.Norm) || saysing.Has(w.Norm):
			c, ok = s.verb(k)
		}
		if !ok {
			continue
		}
		if n := len(s.cues); n > 0 && c.start < s.cues[n-1].end {
			if k < s.cues[n-1].end || c.from >= c.to {
				continue
			}
			c.start, c.dir = k, forward // "NP, which claims …, said": the relative clause lies inside
		}
		s.cues = append(s.cues, c)
		k = max(k, c.end-1)
	}
	if len(s.cues) == 0 {
		s.forWhom()
		s.headlineTail()
	}
}

// forWhom reads "For the minister, “the figures are false”": translations
// write so.
func (s *sayScan) forWhom() {
	if s.word(0) != "for" {
		return
	}
	to, head, ok := s.nounAfter(1)
	if !ok || s.word(to) != "," || s.at[head] < 0 && !isRole(&s.t[head]) || !s.canSpeak(1, to, head, false) {
		return
	}
	for k := to + 1; k < len(s.t) && k < to+4; k++ {
		if isDoubleQuote(s.t[k].Text) {
			s.cues = append(s.cues, cue{start: 0, end: to, from: 1, to: to, head: head, span: s.span(0, 1), dir: forward, leading: true})
			return
		}
	}
}

// loud reports whether the sentence is written in capitals or as a headline.
func (s *sayScan) loud() bool {
	if s.letters == unseenCase {
		s.letters = caseOf(s.t)
	}
	return s.letters == upperCase || s.letters == titleCase || s.role == corpus.Headline
}

// accordingTo reads "according to NP" at k.
func (s *sayScan) accordingTo(k int) (cue, bool) {
	c := cue{start: k, span: s.span(k, k+2), head: -1, aside: true}
	if r := s.word(k + 2); r == "which" || r == "whom" {
		c.end, c.from, c.to = k+3, k+2, k+2
		c.head, c.from, c.to = s.reportNoun(k)
		c.dir = forward
		return c, true
	}
	to, head, ok := s.nounAfter(k + 2)
	if site := k + 2; site+2 < len(s.t) && s.word(site+1) == "." && !s.t[site+1].Space && !s.t[site+2].Space && s.t[site+2].Kind == english.Word {
		c.from, c.to, c.head, c.end, c.dir = site, site+3, site, site+3, backward // "according to example.com"
		return c, true
	}
	if !ok || !s.canSpeak(k+2, to, head, false) && !sources.Has(s.word(head)) && !isPeople(s.word(head)) && !s.t[head].Is(english.Person) {
		return c, false // "according to plan"
	}
	if by := s.participleBy(to); by > 0 {
		if end, _, ok := s.nounAfter(by + 1); ok {
			to = end // "results issued by the commission"
		}
	}
	if b := s.nextComma(to); b > 0 && b-to < 9 && (reportedBy.Has(s.word(to)) || s.word(to) == "conducted" || s.word(to) == "obtained" || s.word(to) == "seen" || s.word(to) == "by") {
		to = b // "a survey by the institute published on Friday, …"
	}
	c.from, c.to, c.head, c.end = k+2, to, head, s.pastBracket(to)
	to = c.end
	switch before := s.before(k); {
	case before == "" || before == "“" || before == "]" || before == "-" || before == "–" || before == "—" || before == ":" || before == "that" || before == "and" || before == "but" || before == "which" || before == "who":
		c.dir, c.leading = forward, true
	case s.word(to) == "," && before == "," && s.hasContent(to+1), before != "," && s.word(to) == "by" && len(s.cues) > 0:
		c.dir = around
	default:
		c.dir = backward
	}
	return c, true
}

// pastBracket is the token after a short bracket at i ("(DAS)"), or i.
func (s *sayScan) pastBracket(i int) int {
	if (s.word(i) == "(" || s.word(i) == "[") && (s.word(i+2) == ")" || s.word(i+2) == "]") {
		return i + 3
	}
	return i
}

// participleBy is the "by" after a participle at i ("issued by", "carried out
// by"), or -1.
func (s *sayScan) participleBy(i int) int {
	w := s.word(i)
	if !reportedBy.Has(w) && (len(w) < 5 || !strings.HasSuffix(w, "ed")) {
		return -1
	}
	for k := i + 1; k <= i+2; k++ {
		if s.word(k) == "by" {
			return k
		}
	}
	return -1
}

// before is the folded word left of k, quotation marks and bullets at the
// start of the sentence passed over; "" at the start.
func (s *sayScan) before(k int) string {
	for k > 0 && s.t[k-1].Kind == english.Mark && (s.t[k-1].Text == "•" || s.t[k-1].Text == "*" || s.t[k-1].Text == "–" && k == 1) {
		k--
	}
	if k == 0 {
		return ""
	}
	return s.t[k-1].Text
}

// hasContent reports whether a word that can go on with what is said stands
// at i: no participle of saying, no contrast.
func (s *sayScan) hasContent(i int) bool {
	if i >= len(s.t) || contrasts.Has(s.word(i)) || saysing.Has(s.word(i)) || s.word(i) == "who" || s.word(i) == "citing" {
		return false
	}
	n := 0
	for j := i; j < len(s.t); j++ {
		if s.t[j].Kind != english.Mark {
			n++
		}
	}
	return n > 1
}

// reportNoun is the last noun before k that can say something ("a report …
// according to which").
func (s *sayScan) reportNoun(k int) (head, from, to int) {
	for i := k - 1; i >= 0; i-- {
		if s.at[i] < 0 && (dataHeads.Has(s.word(i)) || s.word(i) == "statement" || s.word(i) == "source") && s.t[i].Kind == english.Word {
			if f, h, ok := s.nounBefore(i); ok {
				to = i + 1
				for to < k && s.t[to].Kind != english.Mark && !s.t[to].Is(english.Relative) {
					to++ // "a report published on its channel – according to which"
				}
				return h, f, to
			}
		}
	}
	return -1, k, k
}

// citing reads "citing NP" at k: the words belong to the speaker before.
func (s *sayScan) citing(k int) (cue, bool) {
	to, head, ok := s.nounAfter(k + 1)
	if !ok || !s.canSpeak(k+1, to, head, true) || s.word(to) == "," && saysPast.Has(s.word(to+1)) {
		return cue{}, false // "Reuters, citing officials, reported": the verb has it all
	}
	c := cue{start: k, end: to, from: k + 1, to: to, head: head, span: s.span(k, k+1), dir: backward, aside: true}
	if n := len(s.cues); n > 0 && !s.hasClause(s.cues[n-1].end, k) && k-s.cues[n-1].end < 6 && s.cues[n-1].from < s.cues[n-1].to {
		p := &s.cues[n-1]
		p.to, p.end = to, to // "Reuters reported, citing officials"
		if p.from >= p.to {
			p.from = p.start
		}
		return cue{}, false
	}
	if s.before(k) == "" || s.hasContent(to+1) && s.word(to) == "," {
		c.dir = around
	}
	return c, true
}

// dataVerbAhead reports whether a verb of saying follows the noun phrase behind
// k: "figures released by the ministry show" is read there.
func (s *sayScan) dataVerbAhead(k int) bool {
	to, _, ok := s.nounAfter(k + 1)
	return ok && (s.t[min(to, len(s.t)-1)].Lemma == "show" || saysNow.Has(s.word(to)) || saysPast.Has(s.word(to)))
}

// reportedBy reads "reported by NP" with the "by" at k.
func (s *sayScan) reportedBy(k int) (cue, bool) {
	to, head, ok := s.nounAfter(k + 1)
	if !ok || !s.canSpeak(k+1, to, head, false) || s.at[head] >= 0 && s.m[s.at[head]].Type == fact.PlaceName {
		return cue{}, false
	}
	side := s.leftOf(k - 1)
	if w := s.word(side.at); side.been && (w == "that" || w == "which" || w == "who") {
		return cue{}, false // "a proposal that was announced by": the rest of the sentence is not theirs
	}
	if !strictlySays(s.word(k-1)) && !dataHeads.Has(s.word(side.at)) && !tollWords.Has(s.word(side.at)) &&
		!(s.t[max(side.at, 0)].Kind == english.Number && s.word(side.at-1) == "of" && tollWords.Has(s.word(side.at-2))) {
		return cue{}, false
	}
	return cue{start: k - 1, end: to, from: k + 1, to: to, head: head, span: s.span(k-1, k+1), dir: around, aside: true}, true
}

// strictlySays reports whether a participle before "by" speaks of saying and
// of nothing else.
func strictlySays(w string) bool {
	switch w {
	case "reported", "confirmed", "announced", "disclosed", "estimated", "verified", "stated":
		return true
	}
	return false
}

// putAt reads "NP put the toll at" with the verb at k.
func (s *sayScan) putAt(k int) (cue, bool) {
	toll := false
	for i := k + 1; i < len(s.t) && i < k+12; i++ {
		switch w := s.word(i); {
		case tollWords.Has(w):
			toll = true
		case (toll || s.t[k].Norm[0] == 'p' && s.numberSoon(i+1)) && (w == "at" || w == "as" && s.t[k].Norm[0] == 'g' || w == "around" || w == "between"):
			c, ok := s.withSubject(k, s.leftOf(k))
			c.dir, c.end = forward, k+1
			return c, ok
		case s.t[i].Kind == english.Mark && w != "-":
			return cue{}, false
		}
	}
	return cue{}, false
}

// revises reads "NP lowered its count of the dead from 31 to 29" with the verb
// at k: a figure is told by the one that gives it a new value.
func (s *sayScan) revises(k int) (cue, bool) {
	const objectReach = 4 // "its official estimate"
	if w := s.word(k); counting.Has(w) {
		if !s.numberSoon(k + 1) {
			return cue{}, false
		}
		c, ok := s.withSubject(k, s.leftOf(k))
		c.dir, c.end = forward, k+1
		return c, ok
	}
	toll := false
	for i := k + 1; i < len(s.t) && s.t[i].Text != "," && s.t[i].Text != ";"; i++ {
		switch w := s.word(i); {
		case tollNouns.Has(s.t[i].Lemma) || s.t[i].Lemma == "estimate":
			toll = toll || i <= k+objectReach
		case toll && (w == "to" || w == "from") && s.numberSoon(i+1):
			c, ok := s.withSubject(k, s.leftOf(k))
			c.dir, c.end = forward, k+1
			return c, ok
		}
	}
	return cue{}, false
}

// numberSoon reports whether a number stands at i or right behind a hedge or
// a currency there.
func (s *sayScan) numberSoon(i int) bool {
	for k := i; k < len(s.t) && k < i+3; k++ {
		if s.t[k].Kind == english.Number || s.t[k].Is(english.NumberWord) {
			return true
		}
	}
	return false
}

// participle reads "…, adding that" and "a statement saying that".
func (s *sayScan) participleForm(k, left int, c *cue) bool {
	switch w := s.word(left); {
	case w == "," || w == "while" || w == "and" || w == "before" || w == "by" || s.t[left].Kind == english.Mark && isDoubleQuote(s.t[left].Text):
		c.start, c.goesOn = left, true
		for c.start > 0 && (s.word(c.start-1) == "," || s.word(c.start-1) == "while") {
			c.start--
		}
		return len(s.cues) > 0 || s.goesOnHere(left) && (freelySaying(s.word(k)) || s.saysClause(k+1))
	}
	from, head, ok := s.nounBefore(left)
	if ok && s.at[head] >= 0 && s.m[s.at[head]].Type != fact.PlaceName && (s.word(from-1) == "," || s.word(from-1) == "with") &&
		(freelySaying(s.word(k)) || s.word(k) == "confirming" || s.word(k) == "reporting" || s.saysClause(k+1)) {
		c.start, c.from, c.to, c.head = from, from, left+1, head // "…, Karl Weber confirming that"
		return true
	}
	if !ok || s.at[head] >= 0 || !dataHeads.Has(s.word(head)) && s.word(head) != "statement" && s.word(head) != "letter" &&
		s.word(head) != "post" && s.word(head) != "message" && s.word(head) != "tweet" && s.word(head) != "communique" {
		return false
	}
	c.start, c.from, c.to, c.head = from, from, left+1, head
	return true
}

// direct finds out on which side of the cue at c stands what is said; k is
// its verb. It reports false where nothing is said.
func (s *sayScan) direct(k int, c *cue) bool {
	c.dir = forward
	if c.goesOn {
		return true
	}
	before := s.before(c.start)
	dash := before == "–" || before == "—" || before == "-"
	detached := before == "," || before == ";" || dash && s.t[c.start].Space || before == "?" || before == "!" || before == "." ||
		isDoubleQuote(before) || isSingleQuote(before)
	end := s.pastAdverbials(k, c)
	if end < len(s.t) && s.t[end].Text == "(" {
		end = s.pastBracket(end) // "announced on Monday (10 January)."
		for k := end; k < len(s.t) && k < end+6; k++ {
			if s.t[k].Text == ")" {
				end = k + 1
				break
			}
		}
	}
	inverted := c.from > k
	switch {
	case inverted:
		c.dir = backward
		if s.word(end) == "," && s.hasContent(end+1) && !s.afterQuote(c.start) {
			c.dir = around
		}
		if c.start == 0 {
			c.dir = forward
		}
	case end >= len(s.t) || s.t[end].Text == "." || s.t[end].Text == ")":
		if c.start > 0 && !c.relative {
			c.dir = backward
			return detached || before == "as" || c.goesOn
		}
	case s.t[end].Text == "," && detached && !c.relative:
		c.dir = backward
		if s.hasContent(end+1) && !s.opensQuote(end+1) {
			c.dir = around
		}
	case isDoubleQuote(before) && s.word(end) != "that":
		c.dir = backward
	}
	c.aside = before == "as" || before == "As"
	if c.dir == forward && c.aside {
		if b := s.nextComma(c.end); b > 0 {
			c.end = b // "As the ministry reported in May, …"
		}
	}
	c.relative = c.relative || c.dir == forward && c.start > 1 && (s.word(c.start-1) == "which" || s.word(c.start-1) == "who")
	return true
}

// afterQuote reports whether a quotation ends before the token at i.
func (s *sayScan) afterQuote(i int) bool {
	for i > 0 && (s.t[i-1].Text == "," || s.t[i-1].Text == ".") {
		i--
	}
	return i > 0 && isDoubleQuote(s.t[i-1].Text)
}

// nextComma is the first comma in the tokens from i on, or -1.
func (s *sayScan) nextComma(i int) int {
	for ; i < len(s.t); i++ {
		if s.t[i].Text == "," {
			return i
		}
	}
	return -1
}

func (s *sayScan) opensQuote(i int) bool { return i < len(s.t) && isDoubleQuote(s.t[i].Text) }

// pastAdverbials is the token after the adverbials and the addressee behind
// the verb where nothing but them stands before the clause's end: "told
// reporters in Paris on Monday". Where something else follows, it is the
// token after the verb.
func (s *sayScan) pastAdverbials(k int, c *cue) int {
	i := c.end
	if telling.Has(s.word(k)) && !blaming(s.word(k)) && c.from <= k {
		if to, _, ok := s.nounAfter(i); ok {
			i = to
		}
	}
	start := i
	for i < len(s.t) {
		w := &s.t[i]
		switch {
		case w.Kind == english.Mark && w.Text != "'" && !(w.Text == "-" && !w.Space) && !(w.Text == "." && i+1 < len(s.t)):
			return i
		case w.Norm == "that" && i == start, isArticle(w.Norm) && i == start, w.Is(english.Pronoun) && !w.Is(english.Determiner) && i == start,
			i < start+3 && s.isCount(i), w.Norm == "there" && i == start, w.Is(english.Hedge|english.Quantifier) && i == start && w.Norm != "at":
			return c.end
		case i == start && !w.Is(english.Preposition|english.Adverb|english.Weekday) && w.Norm != "when" && w.Norm != "as" && w.Norm != "late" && w.Norm != "early" && w.Norm != "last" && w.Norm != "while":
			return c.end
		case w.Is(english.Auxiliary) && w.Norm != "'s" && c.start == 0:
			return c.end
		case w.Norm == "that" && c.start == 0, w.Norm == "that" && i < start+8 && !s.t[i-1].Is(english.Preposition):
			return c.end
		}
		i++
	}
	return i
}

// isCount reports whether the token at i is a number that belongs to no date.
func (s *sayScan) isCount(i int) bool {
	w := &s.t[i]
	if w.Kind != english.Number && !w.Is(english.NumberWord) {
		return false
	}
	month := i > 0 && s.t[i-1].Is(english.Month) || i+1 < len(s.t) && s.t[i+1].Is(english.Month)
	return !month && !(len(w.Text) == 4 && s.word(i-1) == "in")
}

// clauseAfter reports whether something that can be said begins at i: "that",
// an article, a number, a quotation, a pronoun.
func (s *sayScan) clauseAfter(i int, tell bool) bool {
	if i >= len(s.t) {
		return false
	}
	w := &s.t[i]
	return w.Norm == "that" || isArticle(w.Norm) || w.Kind == english.Number || w.Is(english.NumberWord|english.Hedge|english.Pronoun) ||
		isDoubleQuote(w.Text) || w.Text == ":" || w.Text == "," || tell || s.at[i] >= 0 || w.Is(english.Quantifier)
}

// saysClause reports whether "that", "to be" or a quotation follows within a
// few words.
func (s *sayScan) saysClause(i int) bool {
	subject := i < len(s.t) && (isArticle(s.word(i)) || s.at[i] >= 0 || s.t[i].Is(english.Person))
	for j := i; j < len(s.t) && j < i+10; j++ {
		switch w := &s.t[j]; {
		case w.Norm == "that" && j+1 < len(s.t) && s.t[j+1].Text != ".", w.Norm == "be" && s.word(j-1) == "to", isDoubleQuote(w.Text) && j < i+4, w.Text == ":":
			return true
		case subject && j > i && w.Is(english.Auxiliary) && w.Norm != "'s":
			return true // "admitted the party had no proof"
		case w.Is(english.Relative):
			subject = false
		case w.Norm == "he" || w.Norm == "she" || w.Norm == "they" || w.Norm == "it":
			return j == i
		case w.Text == ";" || w.Text == "." || w.Text == "," && j > i:
			return false
		}
	}
	return false
}

// headlineTail reads a headline's "…: ministry" and "… - officials".
func (s *sayScan) headlineTail() {
	n := len(s.t)
	if s.role != "headline" || n < 4 || s.t[n-1].Text == "." {
		return
	}
	for k := n - 2; k > 1 && k >= n-7; k-- {
		if mark := s.t[k].Text; mark == ":" || s.t[k].Space && (mark == "-" || mark == "–" || mark == "—") {
			to, head, ok := s.nounAfter(k + 1)
			named := ok && s.at[head] >= 0 && s.m[s.at[head]].Type == fact.PersonName
			if ok && to == n && (named || s.at[head] < 0 && bodies.Has(s.word(head))) {
				s.cues = append(s.cues, cue{start: k, end: n, from: k + 1, to: n, head: head, span: s.span(k, k+1), dir: backward})
			}
			return
		}
	}
}
