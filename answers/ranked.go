package answers

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strconv"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/answers/rank"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

const (
	// rankedPool is how many facts of the index are weighed again by how many
	// of the question's words they and their neighbours have.
	rankedPool = 60
	// rankedFacts is how many of these give candidates: the right sentence is
	// hardly ever further down.
	rankedFacts = 8
)

// A Candidate is a span that the model weighs, with its features.
type Candidate struct {
	Fact     *fact.Fact
	Span     corpus.Span
	Features rank.Vector
	Score    float64
}

// Text is the candidate's words.
func (c *Candidate) Text() string { return c.Fact.Sentence.Article.Text[c.Span.Start:c.Span.End] }

// A scored fact is a sentence with how well its words fit.
type scoredFact struct {
	fact  *fact.Fact
	cover float64
	score float64
}

// Candidates are the spans that the model has to choose from, unscored, in the
// order of their sentences.
func (b *Base) Candidates(ctx context.Context, q question.Question) ([]*Candidate, error) {
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return nil, err
	}
	return b.rankedOf(q, facts), nil
}

// rankedOf makes the candidates of the best of the facts.
func (b *Base) rankedOf(q question.Question, facts []*fact.Fact) []*Candidate {
	pool := b.sentences(q, facts[:min(len(facts), rankedPool)])
	var out []*Candidate
	for n, s := range pool[:min(len(pool), rankedFacts)] {
		x := newFeaturer(b, q, s, n, pool[0].score)
		for _, span := range x.spans() {
			out = append(out, &Candidate{Fact: s.fact, Span: span, Features: x.features(span)})
		}
	}
	return out
}

const (
	windowShare = 0.35 // a word next door counts that much
	topicShare  = 0.15 // one anywhere in the article that much
)

// sentences weighs the facts by the question's words, rare ones more, in the
// sentence, beside it and in its article; the best first.
func (b *Base) sentences(q question.Question, facts []*fact.Fact) []scoredFact {
	out := make([]scoredFact, 0, len(facts))
	topics := map[string][]bool{}
	for _, f := range facts {
		topic, ok := topics[f.ID.Article]
		if !ok {
			topic = b.topicOf(q, f.ID.Article)
			topics[f.ID.Article] = topic
		}
		window := b.around(f, 1)
		var here, all, score float64
		for i, t := range q.Terms {
			w := max(t.Rarity, minRarity)
			all += w
			switch {
			case termIn(t, f):
				here += w
				score += w
				if exactIn(t, f) {
					score += w * exactBonus
				}
			case slices.ContainsFunc(window, func(g *fact.Fact) bool { return termIn(t, g) }):
				score += w * windowShare
			case topic[i]:
				score += w * topicShare
			}
		}
		if all > 0 {
			here, score = here/all, score/all
		}
		out = append(out, scoredFact{f, here, score + roleWeight(f)/10})
	}
	slices.SortStableFunc(out, func(x, y scoredFact) int { return cmp.Compare(y.score, x.score) })
	return out
}

// exactBonus is what the very word is worth above one that means the same.
const exactBonus = 0.25

func exactIn(t question.Term, f *fact.Fact) bool {
	return slices.ContainsFunc(f.Tokens, func(tok english.Token) bool { return tok.Lemma == t.Lemma || tok.Norm == t.Norm })
}

func (b *Base) topicOf(q question.Question, article string) []bool {
	out := make([]bool, len(q.Terms))
	a := b.byID[article]
	for i, t := range q.Terms {
		out[i] = slices.ContainsFunc(a.Facts, func(f fact.Fact) bool { return termIn(t, &f) })
	}
	return out
}

// A featurer makes the candidates of one sentence and their features.
type featurer struct {
	b       *Base
	q       question.Question
	s       scoredFact
	f       *fact.Fact
	place   int
	best    float64
	grammar *extract.Reading
	matched []int // of each token the term of the question that it meets; -1
	verb    []bool
	group   string // the type that weights are crossed with
}

func newFeaturer(b *Base, q question.Question, s scoredFact, place int, best float64) *featurer {
	x := &featurer{b: b, q: q, s: s, f: s.fact, place: place, best: best, grammar: extract.Read(s.fact), group: group(q)}
	x.matched = make([]int, len(x.f.Tokens))
	x.verb = make([]bool, len(x.f.Tokens))
	for i, tok := range x.f.Tokens {
		x.matched[i] = slices.IndexFunc(q.Terms, func(t question.Term) bool {
			return tok.Kind != english.Mark && (slices.Contains(t.Forms, tok.Lemma) || slices.Contains(t.Forms, tok.Norm))
		})
		x.verb[i] = q.Verb != "" && tok.Kind == english.Word && (tok.Lemma == q.Verb || shared(english.Events(tok.Lemma), q.Events))
	}
	return x
}

// group is the kind of question that has weights of its own.
func group(q question.Question) string {
	if q.Type == question.Definition {
		return string(question.Person)
	}
	return string(q.Type)
}

// spans are the candidates of the sentence.
func (x *featurer) spans() []corpus.Span {
	var out []corpus.Span
	add := func(s corpus.Span) {
		if s.Len() > 0 && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	switch x.q.Type {
	case question.Figure:
		for i := range x.f.Counts {
			c := &x.f.Counts[i]
			if !c.Implicit {
				add(c.Quantity.Span)
			}
		}
	case question.Time:
		for _, t := range x.f.Times {
			add(t.Span)
			x.partsOfTime(t.Span, add)
		}
		for i := range x.f.Counts {
			if c := &x.f.Counts[i]; c.Quantity.Unit.Kind == quantity.Duration {
				add(c.Quantity.Span)
			}
		}
	case question.Reason:
		for _, s := range reasonPhrases(x.f) {
			add(s)
		}
		for _, s := range clauses(x.f) {
			add(s)
		}
	case question.Place:
		for _, s := range placePhrases(x.f) {
			add(s)
		}
		x.nominals(add)
	default:
		x.nominals(add)
		for _, s := range x.lists() {
			add(s)
		}
		if x.q.Type == question.Other {
			for i := range x.f.Counts {
				add(x.f.Counts[i].Quantity.Span)
			}
		}
	}
	return out
}

// partsOfTime adds what a coarser or finer question wants of a time: the year
// of a date, the month, the ends of a range, a century without "late".
func (x *featurer) partsOfTime(s corpus.Span, add func(corpus.Span)) {
	from, to := tokenRange(x.f, s)
	part := func(i, j int) {
		if i < j && (i > from || j < to) {
			add(corpus.Span{Start: x.f.Tokens[i].Start, End: x.f.Tokens[j-1].End})
		}
	}
	start := from
	for i := from; i < to; i++ {
		t := x.f.Tokens[i]
		switch {
		case t.Kind == english.Number && len(t.Text) == 4:
			part(i, i+1)
		case t.Is(english.Month) && t.Kind == english.Word:
			part(i, i+1)
			if i+1 < to && x.f.Tokens[i+1].Kind == english.Number && len(x.f.Tokens[i+1].Text) <= 2 {
				part(i, i+2)
			}
			if i > from && x.f.Tokens[i-1].Kind == english.Number && len(x.f.Tokens[i-1].Text) <= 2 {
				part(i-1, i+1)
			}
		case t.Norm == "century" || t.Norm == "centuries":
			for k := i - 1; k >= from; k-- {
				if x.f.Tokens[k].Kind == english.Number {
					part(k, i+1)
					part(k, i)
					break
				}
			}
		case t.Norm == "to" || t.Norm == "and" || t.Norm == "until" || t.Norm == "-":
			part(start, i)
			part(i+1, to)
		}
		if i == from && !t.Is(english.Month|english.Weekday) && t.Kind == english.Word {
			part(i+1, to)
		}
	}
}

// timeShape is what a time looks like: "year", "month year", "day month year".
func (x *featurer) timeShape(s corpus.Span) string {
	from, to := tokenRange(x.f, s)
	var year, month, day, weekday, century, decade bool
	for _, t := range x.f.Tokens[from:to] {
		switch {
		case t.Kind == english.Number && len(t.Text) == 4:
			year = true
		case t.Kind == english.Number && len(t.Text) <= 2:
			day = true
		case t.Is(english.Month) && t.Kind == english.Word:
			month = true
		case t.Is(english.Weekday):
			weekday = true
		case t.Lemma == "century":
			century = true
		case t.Norm == "s":
			decade = true
		}
	}
	out := ""
	for _, c := range []struct {
		is   bool
		name string
	}{{weekday, "weekday "}, {day, "day "}, {month, "month "}, {year, "year "}, {century, "century "}, {decade, "decade "}} {
		if c.is {
			out += c.name
		}
	}
	return out
}

// nominals adds names, names with their titles, neighbouring names joined by a
// comma, and noun phrases.
func (x *featurer) nominals(add func(corpus.Span)) {
	text := x.f.Sentence.Article.Text
	for i, m := range x.f.Mentions {
		add(m.Span)
		if x.q.Type != question.Place {
			add(m.Full)
		}
		if i+1 < len(x.f.Mentions) {
			next := x.f.Mentions[i+1]
			if m.Span.End < next.Span.Start && text[m.Span.End:next.Span.Start] == ", " && m.Type == fact.PlaceName {
				add(corpus.Span{Start: m.Span.Start, End: next.Span.End})
			}
		}
	}
	for _, p := range x.grammar.Phrases {
		add(x.trimmed(p.Span))
		add(x.trimmed(p.Whole))
	}
}

// trimmed leaves out the article that opens a phrase.
func (x *featurer) trimmed(s corpus.Span) corpus.Span {
	from, to := tokenRange(x.f, s)
	for from < to && (x.f.Tokens[from].Norm == "the" || x.f.Tokens[from].Norm == "a" || x.f.Tokens[from].Norm == "an" || x.f.Tokens[from].Kind == english.Mark) {
		from++
	}
	for to > from && x.f.Tokens[to-1].Kind == english.Mark {
		to--
	}
	if from >= to {
		return corpus.Span{}
	}
	return corpus.Span{Start: x.f.Tokens[from].Start, End: x.f.Tokens[to-1].End}
}

// lists are noun phrases joined by "and": "local residents and tourists".
func (x *featurer) lists() []corpus.Span {
	var out []corpus.Span
	text := x.f.Sentence.Article.Text
	for i, p := range x.grammar.Phrases {
		for _, r := range x.grammar.Phrases[i+1 : min(len(x.grammar.Phrases), i+2)] {
			between := text[min(p.Whole.End, r.Span.Start):r.Span.Start]
			if between == " and " || between == ", and " || between == " or " {
				out = append(out, x.trimmed(corpus.Span{Start: p.Span.Start, End: r.Whole.End}))
			}
		}
	}
	return out
}

// clauses are the stretches of the sentence between marks, and the whole of
// it.
func clauses(f *fact.Fact) []corpus.Span {
	var out []corpus.Span
	start := 0
	flush := func(i int) {
		if i-start >= 3 {
			out = append(out, corpus.Span{Start: f.Tokens[start].Start, End: f.Tokens[i-1].End})
		}
		start = i + 1
	}
	for i, t := range f.Tokens {
		if t.Kind == english.Mark && (t.Norm == "," || t.Norm == ";" || t.Norm == ":" || t.Norm == "." || t.Norm == "(" || t.Norm == ")") {
			flush(i)
		}
	}
	flush(len(f.Tokens))
	if n := len(f.Tokens); n > 0 {
		out = append(out, corpus.Span{Start: f.Tokens[0].Start, End: f.Tokens[n-1].End})
	}
	return out
}

// features tells what is true of the candidate, each once for every question
// and once for its type.
func (x *featurer) features(s corpus.Span) rank.Vector {
	var v rank.Vector
	from, to := tokenRange(x.f, s)
	x.sentenceFeatures(&v)
	x.nearFeatures(&v, from, to)
	x.contextFeatures(&v, from, to)
	x.shapeFeatures(&v, s, from, to)
	x.typeFeatures(&v, s)
	if n := len(v); x.group != "" {
		for _, f := range v[:n] {
			v = append(v, rank.Feature{Name: x.group + ":" + f.Name, Value: f.Value})
		}
	}
	return v
}

func (x *featurer) sentenceFeatures(v *rank.Vector) {
	v.Add("cover", x.s.cover)
	v.Add("fit", x.s.score)
	if x.best > 0 {
		v.Add("fit to best", x.s.score/x.best)
	}
	v.Is("first sentence", x.place == 0)
	v.Add("place", 1/(1+float64(x.place)))
	v.Is("verb here", slices.Contains(x.verb, true))
	v.Is("role "+string(x.f.Sentence.Role), true)
}

// nearFeatures tell how near the question's words stand.
func (x *featurer) nearFeatures(v *rank.Vector, from, to int) {
	var near, all, clause, inside float64
	verbNear := math.Inf(1)
	lo, hi := x.clauseOf(from, to)
	closest := 99
	for i, t := range x.q.Terms {
		w := max(t.Rarity, minRarity)
		all += w
		best, inClause, within := 99, false, false
		for k, m := range x.matched {
			if m != i {
				continue
			}
			switch {
			case k < from:
				best = min(best, from-k)
			case k >= to:
				best = min(best, k-to+1)
			default:
				within = true
			}
			inClause = inClause || k >= lo && k < hi
		}
		if best < 99 {
			near += w / (1 + float64(best)/4)
			closest = min(closest, best)
		}
		if inClause {
			clause += w
		}
		if within {
			inside += w
		}
	}
	for k, ok := range x.verb {
		if ok && (k < from || k >= to) {
			d := from - k
			if k >= to {
				d = k - to + 1
			}
			verbNear = min(verbNear, float64(d))
		}
	}
	if all > 0 {
		v.Add("near", near/all)
		v.Add("clause", clause/all)
		v.Add("inside", inside/all)
	}
	v.Add("verb near", 1/(1+verbNear/3))
	v.Is("beside", closest == 1)
	v.Is("close", closest <= 3)
}

// clauseOf is the stretch between marks that the tokens stand in.
func (x *featurer) clauseOf(from, to int) (lo, hi int) {
	lo, hi = from, to
	for lo > 0 && x.f.Tokens[lo-1].Norm != "," && x.f.Tokens[lo-1].Norm != ";" && x.f.Tokens[lo-1].Norm != "." {
		lo--
	}
	for hi < len(x.f.Tokens) && x.f.Tokens[hi].Norm != "," && x.f.Tokens[hi].Norm != ";" && x.f.Tokens[hi].Norm != "." {
		hi++
	}
	return lo, hi
}

// contextFeatures are the words of grammar before and after.
func (x *featurer) contextFeatures(v *rank.Vector, from, to int) {
	for d := 1; d <= 2; d++ {
		v.Is("before"+strconv.Itoa(d)+" "+x.context(from-d), true)
		v.Is("after"+strconv.Itoa(d)+" "+x.context(to+d-1), true)
	}
	v.Is("asked word before", from > 0 && x.matched[from-1] >= 0)
	v.Is("asked word after", to < len(x.matched) && x.matched[to] >= 0)
	v.Is("opens", from <= 1)
}

// context is a word of grammar as it is, and of any other what it is.
func (x *featurer) context(i int) string {
	if i < 0 || i >= len(x.f.Tokens) {
		return "edge"
	}
	t := x.f.Tokens[i]
	switch {
	case t.Kind == english.Mark:
		return t.Norm
	case t.FunctionWord():
		return t.Lemma
	case x.verb[i]:
		return "the verb"
	case t.Is(english.Reporting):
		return "saying"
	case t.Kind == english.Number:
		return "number"
	case t.Case != english.Lower:
		return "Name"
	case t.Norm != t.Lemma && len(t.Norm) > 3 && t.Norm[len(t.Norm)-2:] == "ed":
		return "past"
	}
	return "word"
}

// shapeFeatures tell what the span looks like.
func (x *featurer) shapeFeatures(v *rank.Vector, s corpus.Span, from, to int) {
	n := to - from
	v.Add("tokens", math.Min(float64(n), 30)/10)
	v.Is("one token", n == 1)
	v.Is("long", n > 6)
	asked, content := 0, 0
	for k := from; k < to; k++ {
		if x.f.Tokens[k].Content() {
			content++
			if x.matched[k] >= 0 {
				asked++
			}
		}
	}
	v.Is("repeats all", content > 0 && asked == content)
	v.Is("repeats some", asked > 0 && asked < content)
	v.Is("nothing", content == 0)
	if n > 0 {
		v.Is("capital", x.f.Tokens[from].Case != english.Lower && x.f.Tokens[from].Kind == english.Word)
		v.Is("pronoun", n == 1 && x.f.Tokens[from].Is(english.Pronoun))
		v.Is("function first", x.f.Tokens[from].FunctionWord())
	}
	for _, m := range x.f.Mentions {
		switch {
		case m.Span == s:
			v.Is("is "+string(m.Type), true)
		case s.Contains(m.Span):
			v.Is("has "+string(m.Type), true)
		case m.Full == s:
			v.Is("is titled", true)
		case m.Span.Contains(s):
			v.Is("part of a name", true)
		}
	}
	for _, p := range x.grammar.Phrases {
		if p.Span == s || p.Whole == s {
			v.Is("is a phrase", true)
		}
		if !p.Whole.Overlaps(s) {
			continue
		}
		for _, e := range p.Events {
			v.Is("is "+string(e.Relation), true)
			if e.Lemma == x.q.Verb || shared(e.Names, x.q.Events) {
				v.Is("is "+string(e.Relation)+" of the verb, asked "+voiceName(x.q.Passive), true)
			}
		}
	}
	v.Is("linked", linked(x.q, x.f, x.grammar, s))
	for _, a := range x.f.Says {
		v.Is("speaker", a.Speaker.Overlaps(s))
	}
}

func voiceName(passive bool) string {
	if passive {
		return "passively"
	}
	return "actively"
}

// typeFeatures tell how the span fits the type that is asked for.
func (x *featurer) typeFeatures(v *rank.Vector, s corpus.Span) {
	for i := range x.f.Counts {
		if c := &x.f.Counts[i]; c.Quantity.Span == s {
			x.countFeatures(v, c)
		}
	}
	for _, t := range x.f.Times {
		if t.Span != s {
			continue
		}
		v.Is("grain "+string(t.Grain), true)
		v.Is("cue "+x.q.Cue+", grain "+string(t.Grain), true)
		v.Is("range", t.Range)
		v.Is("relative", t.Relative)
		v.Is("grain fits", grainFits(x.q.Cue, t))
		v.Is("vague", t.Grain == timex.Vague)
	}
	if x.q.Type == question.Time {
		shape := x.timeShape(s)
		v.Is("shape "+shape, true)
		v.Is("cue "+x.q.Cue+", shape "+shape, true)
		whole := slices.ContainsFunc(x.f.Times, func(t timex.Time) bool { return t.Span == s })
		v.Is("part of a time", !whole && slices.ContainsFunc(x.f.Times, func(t timex.Time) bool { return t.Span.Contains(s) }))
		v.Is("time next to its event", linked(x.q, x.f, x.grammar, s) && !whole)
	}
	if x.q.Type == question.Reason {
		v.Is("after a reason word", slices.Contains(reasonPhrases(x.f), s))
	}
	if x.q.Type == question.Place || x.q.Type == question.Person || x.q.Type == question.Definition {
		v.Is("cue "+x.q.Cue, false)
		p, ok := english.PlaceOf(x.f.Sentence.Article.Text[s.Start:s.End])
		v.Is("in the gazetteer", ok && !p.Adjective)
		v.Is("gazetteer "+string(p.Kind)+", cue "+x.q.Cue, ok && !p.Adjective)
		v.Is("adjective of a place", ok && p.Adjective)
	}
}

func (x *featurer) countFeatures(v *rank.Vector, c *fact.Count) {
	kind := string(c.Quantity.Unit.Kind)
	v.Is("unit "+kind, true)
	v.Is("sense "+string(x.q.Sense)+", unit "+kind, true)
	v.Is("sense fits", senseFits(x.q, c))
	v.Is("vague", c.Quantity.Vague)
	v.Is("bound "+string(c.Quantity.Bound), true)
	v.Is("small", c.Quantity.Low <= 1)
	v.Is("background", c.Background)
	v.Is("part", c.Part >= 0)
	v.Is("others", c.Others || c.Increment)
	head := cmp.Or(c.Head, c.Implied)
	switch {
	case x.q.Head == "":
	case head == x.q.Head:
		v.Is("head same", true)
	case head != "" && english.Covers(x.q.Head, head):
		v.Is("head covered", true)
	case slices.Contains(c.Of, x.q.Head) || slices.Contains(c.Mods, x.q.Head):
		v.Is("head around", true)
	case head == "":
		v.Is("head missing", true)
	default:
		v.Is("head other", true)
	}
	if len(x.q.Mods) > 0 {
		met := 0
		for _, m := range x.q.Mods {
			if slices.Contains(c.Mods, m) || slices.Contains(c.Of, m) {
				met++
			}
		}
		v.Add("modifiers", float64(met)/float64(len(x.q.Mods)))
	}
	for _, e := range c.Events {
		if e.Lemma == x.q.Verb || shared(e.Names, x.q.Events) {
			v.Is("event linked", true)
			break
		}
	}
}

// Force answers with the best span even where the product would refuse: to
// measure ranking apart from refusing.
func (b *Base) Force(ctx context.Context, q question.Question) (Answer, error) {
	return b.force(ctx, q, rank.Default())
}

// forcedQuotes is how many sentences Force shows.
const forcedQuotes = 3

func (b *Base) force(ctx context.Context, q question.Question, w rank.Weights) (Answer, error) {
	a := Answer{Question: q, Agreement: None}
	list, err := b.Candidates(ctx, q)
	if err != nil || len(list) == 0 {
		return a, err
	}
	for _, c := range list {
		c.Score = w.Score(c.Features)
	}
	slices.SortStableFunc(list, func(x, y *Candidate) int { return cmp.Compare(y.Score, x.Score) })
	a.Headline, a.Summary, a.Agreement = list[0].Text(), summary(q), Single
	wr := &writer{base: b, answer: &a, seen: map[fact.ID]int{}}
	for _, c := range list {
		if len(wr.seen) == forcedQuotes {
			break
		}
		if _, ok := wr.seen[c.Fact.ID]; !ok {
			wr.cite(c.Fact, c.Span, "")
		}
	}
	a.Figures = []Figure{{Text: a.Headline, Standing: fact.Asserted, Articles: []string{list[0].Fact.ID.Article}, Evidence: []int{0}}}
	return a, nil
}
