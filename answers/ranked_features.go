package answers

import (
	"math"
	"slices"
	"strconv"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/answers/rank"
	"sourceline/corpus"
)

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
