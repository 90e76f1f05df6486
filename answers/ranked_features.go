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
	s       *scoredFact
	f       *fact.Fact
	place   int
	best    float64
	grammar *extract.Reading
	matched []int  // of each token the term of the question that it meets; -1
	verb    []bool // of each token whether it is the verb of the question, or one like it
	form    string // how the question is built

	phraseStart, phraseEnd []int // of each noun phrase its tokens, half-open
}

func newFeaturer(b *Base, q question.Question, form string, s *scoredFact, place int, best float64) *featurer {
	x := &featurer{b: b, q: q, form: form, s: s, f: s.fact, place: place, best: best, grammar: b.grammar(s.fact)}
	x.matched = make([]int, len(x.f.Tokens))
	x.verb = make([]bool, len(x.f.Tokens))
	for i := range x.f.Tokens {
		tok := &x.f.Tokens[i]
		x.matched[i] = -1
		best := noTerm
		for k := range q.Terms {
			if m := meets(&q.Terms[k], tok); m < best {
				best, x.matched[i] = m, k
			}
		}
		x.verb[i] = q.Verb != "" && tok.Kind == english.Word && (tok.Lemma == q.Verb || shared(english.Events(tok.Lemma), q.Events) || kin(tok.Lemma, q.Verb))
	}
	for i := range x.grammar.Phrases {
		from, to := tokenRange(x.f, x.grammar.Phrases[i].Span)
		x.phraseStart, x.phraseEnd = append(x.phraseStart, from), append(x.phraseEnd, to)
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

// features tells what is true of the candidate, beside what the tally already
// has of its sentence.
func (x *featurer) features(v *rank.Tally, s corpus.Span) {
	from, to := tokenRange(x.f, s)
	x.nearFeatures(v, from, to)
	x.contextFeatures(v, from, to)
	x.shapeFeatures(v, s, from, to)
	x.nameFeatures(v, s, from, to)
	x.typeFeatures(v, s)
	x.boundFeatures(v, from, to)
}

// sentenceFeatures tell what is true of every candidate of the sentence.
func (x *featurer) sentenceFeatures(v *rank.Tally) {
	v.Add("cover", x.s.cover)
	v.Add("fit", x.s.score)
	if x.best > 0 {
		v.Add("fit to best", x.s.score/x.best)
	}
	v.Add("exact cover", x.s.exact)
	v.Add("kin cover", x.s.kin)
	v.Add("window cover", x.s.window)
	v.Add("topic cover", x.s.topic)
	v.Add("pairs", x.s.pairs)
	v.Is("rarest here", x.s.rarest)
	v.Add("length of sentence", math.Log1p(float64(len(x.f.Tokens)))/4)
	v.Is("first sentence", x.place == 0)
	v.Add("place", 1/(1+float64(x.place)))
	v.Is("verb here", slices.Contains(x.verb, true))
	v.IsOf(true, "role ", string(x.f.Sentence.Role))
}

// A nearness is how near the question's words stand to a candidate: shares of
// them, rare ones weighing more.
type nearness struct {
	near, clause, inside float64
	before               float64 // of those that stand before it
	closest              int     // tokens to the closest
}

// nearScale is the distance in tokens at which a word counts half.
const nearScale = 4

func (x *featurer) nearness(from, to int) nearness {
	n := nearness{closest: far}
	lo, hi := x.clauseOf(from, to)
	all := 0.0
	for i, t := range x.q.Terms {
		w := max(t.Rarity, minRarity)
		all += w
		best, side, inClause, within := far, 0, false, false
		for k, m := range x.matched {
			switch {
			case m != i:
				continue
			case k < from:
				if from-k < best {
					best, side = from-k, -1
				}
			case k >= to:
				if k-to+1 < best {
					best, side = k-to+1, 1
				}
			default:
				within = true
			}
			inClause = inClause || k >= lo && k < hi
		}
		if best < far {
			n.near += w / (1 + float64(best)/nearScale)
			n.closest = min(n.closest, best)
		}
		if side < 0 {
			n.before += w
		}
		if inClause {
			n.clause += w
		}
		if within {
			n.inside += w
		}
	}
	if all > 0 {
		n.near, n.clause, n.inside, n.before = n.near/all, n.clause/all, n.inside/all, n.before/all
	}
	return n
}

// far stands for no word in the sentence.
const far = 99

// verbDistance is how many tokens lie between the candidate and the verb of
// the question; far where the sentence has none.
func (x *featurer) verbDistance(from, to int) int {
	best := far
	for k, ok := range x.verb {
		switch {
		case !ok || k >= from && k < to:
		case k < from:
			best = min(best, from-k)
		default:
			best = min(best, k-to+1)
		}
	}
	return best
}

// nearFeatures tell how near the question's words stand, and on which side.
func (x *featurer) nearFeatures(v *rank.Tally, from, to int) {
	n := x.nearness(from, to)
	v.Add("near", n.near)
	v.Add("clause", n.clause)
	v.Add("inside", n.inside)
	v.Add("words before", n.before)
	v.Is("beside", n.closest == 1)
	v.Is("close", n.closest <= 3)
	d := x.verbDistance(from, to)
	if d == far {
		return
	}
	v.Add("verb near", 1/(1+float64(d)/3))
	side := "after"
	if slices.Contains(x.verb[:from], true) && (!slices.Contains(x.verb[to:], true) || x.verb[max(0, from-d)]) {
		side = "before"
	}
	v.IsOf(x.formed(), "form ", x.form, ", verb ", side)
	asked := voiceName(x.q.Passive)
	v.IsOf(true, "verb ", side, ", asked ", asked)
	v.IsOf(d <= 2, "verb right ", side, ", asked ", asked)
	v.IsOf(side == "before" && x.context(from-1) == "by", "by it, asked ", asked)
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
func (x *featurer) contextFeatures(v *rank.Tally, from, to int) {
	for d := 1; d <= 2; d++ {
		v.IsOf(true, "before", strconv.Itoa(d), " ", x.context(from-d))
		v.IsOf(true, "after", strconv.Itoa(d), " ", x.context(to+d-1))
	}
	v.IsOf(x.formed(), "form ", x.form, ", before ", x.context(from-1))
	v.IsOf(x.formed(), "form ", x.form, ", after ", x.context(to))
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
func (x *featurer) shapeFeatures(v *rank.Tally, s corpus.Span, from, to int) {
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
			v.IsOf(true, "is ", string(m.Type))
			v.IsOf(true, "is ", string(m.Type), ", cue ", x.q.Cue)
		case s.Contains(m.Span):
			v.IsOf(true, "has ", string(m.Type))
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
			v.IsOf(true, "is ", string(e.Relation))
			if e.Lemma == x.q.Verb || shared(e.Names, x.q.Events) {
				v.IsOf(true, "is ", string(e.Relation), " of the verb, asked ", voiceName(x.q.Passive))
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
