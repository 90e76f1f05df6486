package answers

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// speaker answers who says something: from the attributions of the sentences
// that say it.
func (b *Base) speaker(ctx context.Context, q question.Question) (Answer, error) {
	a := Answer{Question: q, Agreement: None}
	if missing := b.unknown(q); missing != "" {
		a.Missing = missing
		return b.withNearest(ctx, a)
	}
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return a, err
	}
	var list []*spanCandidate
	said := quotedIn(q.Text)
	if said != "" && !slices.ContainsFunc(facts, func(f *fact.Fact) bool { return saysWord(f, said) }) {
		said = "" // no article has it word for word
	}
	for _, f := range facts {
		cover := b.coverage(q, f, nil)
		if cover < minSpanCover || !givenMet(q, f) || said != "" && !saysWord(f, said) {
			continue
		}
		if c := b.chanter(f, said); c != nil {
			c.cover, c.score, c.order = cover, spanCoverage*cover+roleWeight(f), len(list)
			list = append(list, c)
		}
		for i, s := range f.Says {
			span, g := b.speakerSpan(f, i)
			if span.Len() == 0 || !takesStand(q, f, s) {
				continue
			}
			c := &spanCandidate{fact: g, span: span, cover: cover, order: len(list)}
			c.score = spanCoverage*cover + roleWeight(f) + scopeShare(q, f, s.Scope)*spanNear
			if from, to := tokenRange(f, s.Cue); slices.ContainsFunc(f.Tokens[from:to], func(t english.Token) bool { return t.Lemma == q.Verb }) {
				c.score += spanEvent // of "A says that B reported", B reported
			}
			if g != f {
				c.score -= 0.5
			}
			list = append(list, c)
			if g != f { // the sentence that is said is evidence too
				if f.Sentence.Span.Contains(s.Speaker) {
					list = append(list, &spanCandidate{fact: f, span: s.Speaker, cover: cover, score: c.score - 0.1, order: len(list)})
				}
			}
		}
	}
	bestFirst(list)
	list = slices.DeleteFunc(list, func(c *spanCandidate) bool { return pronoun(c) && c == list[0] })
	if len(list) == 0 {
		a.Missing = b.unmet(q)
		return b.withNearest(ctx, a)
	}
	out, err := b.composeSpans(ctx, q, list)
	if err == nil {
		b.warnOfGiven(&out)
	}
	return out, err
}

// warnOfGiven adds the caveats of the figures that the question names and the
// answer's lines give: who asks who said so wants to know that it was taken
// back.
func (b *Base) warnOfGiven(a *Answer) {
	var list []*candidate
	w := &writer{base: b, answer: a, seen: map[fact.ID]int{}}
	for i, e := range a.Evidence {
		w.seen[e.Fact] = i
		f := b.factHolding(e.Fact.Article, e.Span)
		for n := 0; f != nil && n < len(f.Counts); n++ {
			if slices.ContainsFunc(a.Question.Given, func(g quantity.Quantity) bool { return g.Low > 1 && g.Compatible(f.Counts[n].Quantity) }) {
				list = append(list, &candidate{fact: f, number: n, strict: true, place: -1, order: len(list)})
			}
		}
	}
	clusters := clustered(list)
	b.takeBack(clusters)
	withdraw(clusters)
	for _, cl := range clusters {
		w.standingCaveats(cl)
	}
}

// stands are verbs that say more than that somebody said it, with those that say
// the same.
var stands = map[string]map[string]bool{"deny": wordSet("deny reject dismiss refute dispute contradict"), "reject": wordSet("deny reject dismiss refute"), "dismiss": wordSet("deny reject dismiss refute"), "confirm": wordSet("confirm verify acknowledge"), "dispute": wordSet("dispute deny contradict"), "call": wordSet("call label brand describe denounce condemn term dub consider")}

// takesStand reports whether the words of saying are the ones that the question
// asks with, where these say more than "said".
func takesStand(q question.Question, f *fact.Fact, s fact.Attribution) bool {
	for _, t := range q.Tokens() {
		if t.Lemma == "call" && len(q.Terms) > 1 {
			continue // what was called so is told beside what it was called
		}
		if same := stands[t.Lemma]; same != nil {
			if t.Lemma == "call" && s.Quote && scopeShare(q, f, s.Scope) == 1 {
				return true // "It is a theft", he said
			}
			from, to := tokenRange(f, s.Cue)
			if t.Lemma == "call" {
				from, to = 0, len(f.Tokens) // one may be said to call it so and to say more
			}
			return slices.ContainsFunc(f.Tokens[from:to], func(w english.Token) bool { return same[w.Lemma] })
		}
	}
	return true
}

// quotedIn is what a question puts in quotation marks, two words or more, folded;
// "" where it has none.
func quotedIn(text string) string {
	open := strings.IndexAny(text, "\"“”'‘")
	if open < 0 || open > 0 && text[open-1] != ' ' {
		return ""
	}
	end := strings.LastIndexAny(text, "\"“”'’")
	_, size := utf8.DecodeRuneInString(text[open:])
	if end < open+size {
		return ""
	}
	said := english.Fold(strings.Trim(text[open+size:end], " .,!?"))
	if len(strings.Fields(said)) < 2 {
		return ""
	}
	return said
}

// saysWord reports whether the sentence has the folded words as they stand.
func saysWord(f *fact.Fact, said string) bool {
	return wordAt(english.Fold(f.Sentence.Text()), said) >= 0
}

// wordAt is where the words stand in the text and no letter follows them, or -1.
func wordAt(text, words string) int {
	for from := 0; ; {
		i := strings.Index(text[from:], words)
		if i < 0 {
			return -1
		}
		i += from
		if next, _ := utf8.DecodeRuneInString(text[i+len(words):]); !unicode.IsLetter(next) {
			return i
		}
		from = i + len(words)
	}
}

// chanter is who says what stands in quotation marks after a verb that no
// attribution was read of: "with PEOPLE chanting “Out!”"; nil where nobody.
func (b *Base) chanter(f *fact.Fact, said string) *spanCandidate {
	if said == "" {
		return nil
	}
	text := f.Sentence.Text()
	at := wordAt(english.Fold(text), said)
	if at < 0 || len(english.Fold(text)) != len(text) {
		return nil
	}
	start := f.Sentence.Span.Start + at
	if slices.ContainsFunc(f.Says, func(a fact.Attribution) bool { return a.Scope.Start <= start && start < a.Scope.End }) {
		return nil
	}
	for _, p := range b.grammar(f).Phrases {
		for _, e := range p.Events {
			between := e.Span.End < start && start-e.Span.End <= len(" that “") && slices.Contains(english.Events(e.Lemma), "chant")
			if between && e.Relation == fact.Agent {
				return &spanCandidate{fact: f, span: p.Whole, own: 1, linked: true}
			}
		}
	}
	return nil
}

func pronoun(c *spanCandidate) bool {
	return english.ClassOf(english.Fold(c.text()))&english.Pronoun != 0
}

// speakerSpan is where the speaker of attribution i of the fact is named: its
// own words, or for "he said" the name before it.
func (b *Base) speakerSpan(f *fact.Fact, i int) (corpus.Span, *fact.Fact) {
	s := f.Says[i]
	own := f.Sentence.Article.Text[s.Speaker.Start:s.Speaker.End]
	if s.Speaker.Len() > 0 && !f.Sentence.Span.Contains(s.Speaker) {
		if g := b.factHolding(f.ID.Article, s.Speaker); g != nil {
			f = g // a quotation goes on: its speaker stood before
		}
	}
	if s.Speaker.Len() > 0 && english.ClassOf(english.Fold(own))&(english.Person|english.Pronoun|english.Relative) == 0 {
		if name := namedAfter(f, s.Speaker); name.Len() > 0 {
			return name, f
		}
		return s.Speaker, f
	}
	if s.Entity < 0 {
		return corpus.Span{}, f
	}
	o := b.of(f.ID.Article)
	for n := f.Number; n >= 0; n-- {
		for _, m := range slices.Backward(o.outline(n).Mentions) {
			if m.Entity == s.Entity && o.outline(n).Sentence.Role != corpus.Teaser {
				return m.Span, o.fact(n)
			}
		}
	}
	return corpus.Span{}, f
}

// namedAfter is the name that stands between commas after somebody who is only
// described: "A lawyer for the families, PETRA SOOL, called it"; empty where
// there is none.
func namedAfter(f *fact.Fact, s corpus.Span) corpus.Span {
	from, i := tokenRange(f, s)
	if from >= i || f.Tokens[i-1].Case != english.Lower {
		return corpus.Span{} // a name already
	}
	for i < len(f.Tokens) && i-from < maxRoleWords && f.Tokens[i].Kind != english.Mark {
		if f.Tokens[i].Is(english.Auxiliary | english.Reporting | english.Relative) {
			return corpus.Span{}
		}
		i++
	}
	for _, m := range f.Mentions {
		at, to := tokenRange(f, m.Full)
		if at == i+1 && i < len(f.Tokens) && f.Tokens[i].Norm == "," && m.Type != fact.PlaceName && m.Type != fact.OrgName && to < len(f.Tokens) && (f.Tokens[to].Norm == "," || f.Tokens[to].Is(english.Reporting)) {
			return m.Span
		}
	}
	return corpus.Span{}
}

// givenMet reports whether the fact has a figure for each that the question
// names.
func givenMet(q question.Question, f *fact.Fact) bool {
	for _, g := range q.Given {
		if !slices.ContainsFunc(f.Counts, func(c fact.Count) bool { return c.Quantity.SameValue(g) }) {
			return false
		}
	}
	return true
}

// scopeShare is the share of the question's terms that stand in what is said.
func scopeShare(q question.Question, f *fact.Fact, scope corpus.Span) float64 {
	n := 0
	for _, t := range q.Terms {
		for _, tok := range f.Tokens {
			if tok.Start >= scope.Start && tok.End <= scope.End && (slices.Contains(t.Forms, tok.Lemma) || slices.Contains(t.Forms, tok.Norm)) {
				n++
				break
			}
		}
	}
	return float64(n) / float64(max(1, len(q.Terms)))
}

// statement answers what somebody said about something: with the sentences in
// which they say it.
func (b *Base) statement(ctx context.Context, q question.Question) (Answer, error) {
	a := Answer{Question: q, Agreement: None}
	if missing := b.unknown(q); missing != "" {
		a.Missing = missing
		return b.withNearest(ctx, a)
	}
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return a, err
	}
	about := q
	about.Terms = slices.DeleteFunc(slices.Clone(q.Terms), func(t question.Term) bool {
		return strings.Contains(" "+q.Speaker+" ", " "+t.Norm+" ")
	})
	var list []*spanCandidate
	var named []*spanCandidate
	for _, f := range facts {
		cover := b.coverage(about, f, nil)
		if len(about.Terms) > 0 && cover < minSpanCover {
			continue
		}
		for i, s := range f.Says {
			who, g := b.speakerSpan(f, i)
			if who.Len() == 0 || !b.speaks(q, g, who) || s.Scope.Len() == 0 {
				continue
			}
			c := &spanCandidate{fact: f, span: closed(f, trim(f, withDenial(f, s))), cover: cover, order: len(list)}
			c.score = spanCoverage*cover + roleWeight(f) + spanNear*scopeShare(about, f, s.Scope)
			list = append(list, c)
			named = append(named, &spanCandidate{fact: g, span: who})
		}
	}
	if len(list) == 0 {
		if q.Cue != "say" {
			if c := b.quotedAfter(q, facts); c != nil {
				return b.composeSpans(ctx, q, []*spanCandidate{c})
			}
		}
		a.Missing = b.unmet(q)
		return b.withNearest(ctx, a)
	}
	best := slices.MinFunc(list, func(x, y *spanCandidate) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.order, y.order))
	})
	speaker := named[best.order]
	bestFirst(list)
	out, err := b.composeSpans(ctx, q, list)
	if err != nil {
		return out, err
	}
	// Who is meant by "he" stands in another line: quote that too.
	w := &writer{base: b, answer: &out, seen: map[fact.ID]int{}}
	for i, e := range out.Evidence {
		w.seen[e.Fact] = i
	}
	w.span(speaker)
	out.Agreement = Single
	return out, nil
}

// speaks reports whether the speaker is the one whose words are asked for.
func (b *Base) speaks(q question.Question, f *fact.Fact, who corpus.Span) bool {
	if q.Speaker == "" {
		return true
	}
	tokens := english.Tokens(f.Sentence.Article.Text[who.Start:who.End], 0)
	for _, n := range q.Names {
		if namedIn(tokens, phrasesOf(n)) && strings.Contains(q.Speaker, n.Words[0]) {
			return true
		}
	}
	// Every word of the speaker counts: the health ministry is not the interior
	// ministry. Titles alone ("president Smith") may be left out.
	words := strings.Fields(q.Speaker)
	named := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return english.ClassOf(w)&english.Honorific != 0 })
	if len(named) == 0 {
		named = words
	}
	return !slices.ContainsFunc(named, func(w string) bool { return !namedIn(tokens, [][]string{{w}}) })
}

// withDenial is what is said; of what is denied the denial with it: "DENIED that
// it had skipped inspections".
func withDenial(f *fact.Fact, s fact.Attribution) corpus.Span {
	from, to := tokenRange(f, s.Cue)
	denied := slices.ContainsFunc(f.Tokens[from:to], func(t english.Token) bool {
		return stands["deny"][t.Lemma] || t.Lemma == "doubt" || t.Is(english.Negation)
	})
	if !denied || s.Cue.Start > s.Scope.Start {
		return s.Scope
	}
	return corpus.Span{Start: s.Cue.Start, End: s.Scope.End}
}

// trim leaves out the white space and marks at the ends of a span.
func trim(f *fact.Fact, s corpus.Span) corpus.Span {
	from, to := tokenRange(f, s)
	for from < to && f.Tokens[from].Kind == english.Mark {
		from++
	}
	for to > from && f.Tokens[to-1].Kind == english.Mark {
		to--
	}
	if from == to {
		return s
	}
	return corpus.Span{Start: f.Tokens[from].Start, End: f.Tokens[to-1].End}
}

// closed is the span with the quotation mark beside it that would leave it open
// otherwise, and the mark before that: “nobody is above the law.”
func closed(f *fact.Fact, s corpus.Span) corpus.Span {
	text := f.Sentence.Article.Text
	if balanced(text[s.Start:s.End]) {
		return s
	}
	from, to := tokenRange(f, s)
	for k := to; k < len(f.Tokens) && k < to+2; k++ {
		if t := (corpus.Span{Start: s.Start, End: f.Tokens[k].End}); f.Tokens[k].Kind == english.Mark && balanced(text[t.Start:t.End]) {
			return t
		}
	}
	if from > 0 {
		if t := (corpus.Span{Start: f.Tokens[from-1].Start, End: s.End}); f.Tokens[from-1].Kind == english.Mark && balanced(text[t.Start:t.End]) {
			return t
		}
	}
	return s
}

// quotedAfter finds the quotation after the verb of the question: "chanting
// “Old man out!”".
func (b *Base) quotedAfter(q question.Question, facts []*fact.Fact) *spanCandidate {
	for _, f := range facts {
		verb := slices.IndexFunc(f.Tokens, func(t english.Token) bool { return t.Lemma == q.Cue })
		if verb < 0 {
			continue
		}
		open := -1
		for i := verb + 1; i < len(f.Tokens); i++ {
			if f.Tokens[i].Norm != "\"" && f.Tokens[i].Norm != "'" {
				continue
			}
			if open < 0 {
				open = i
				continue
			}
			if i > open+1 {
				return &spanCandidate{fact: f, span: corpus.Span{Start: f.Tokens[open+1].Start, End: f.Tokens[i-1].End}, cover: 1, score: minSpanScore}
			}
		}
	}
	return nil
}
