package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/rank"
	"sourceline/corpus"
)

// timeWords open a clause or phrase that tells a time without naming one.
var timeWords = []string{"when", "whenever", "after", "before", "during", "until", "since", "while", "upon", "following"}

// timeClauses adds what follows such a word, with the word and without:
// "after emancipation".
func (x *featurer) timeClauses(add func(corpus.Span)) {
	for i, t := range x.f.Tokens {
		if t.Kind != english.Word || !slices.Contains(timeWords, t.Norm) {
			continue
		}
		for _, to := range x.ends(i+1, false) {
			add(x.stretch(i, to))
			if t.Norm == "during" || t.Norm == "when" {
				add(x.trimmed(x.stretch(i+1, to)))
			}
		}
	}
}

// stretch is the span of the tokens in the half-open range.
func (x *featurer) stretch(from, to int) corpus.Span {
	if from >= to || from >= len(x.f.Tokens) {
		return corpus.Span{}
	}
	return corpus.Span{Start: x.f.Tokens[from].Start, End: x.f.Tokens[to-1].End}
}

// ends are the tokens at which what opens at token i may end: the first mark
// or new verb and, where it is to reach far, the end of the sentence.
func (x *featurer) ends(i int, far bool) []int {
	var out []int
	add := func(k int) {
		if k > i && !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	for k := i; k < len(x.f.Tokens); k++ {
		t := x.f.Tokens[k]
		if len(out) == 0 && newVerb(x.f.Tokens, k) {
			add(k)
		}
		if t.Kind == english.Mark && strings.ContainsAny(t.Norm, ",;:()\"—") {
			add(k)
			if !far || t.Norm != "," {
				return out
			}
		}
	}
	end := len(x.f.Tokens)
	for end > i && x.f.Tokens[end-1].Kind == english.Mark {
		end--
	}
	add(end)
	return out
}

// A reasonCue opens what gives a reason.
type reasonCue struct {
	words []string
	skip  int // how many of the words are left out
	name  string
}

var reasonCues = []reasonCue{
	{[]string{"because", "of"}, 2, "because of"},
	{[]string{"because"}, 1, "because"},
	{[]string{"due", "to"}, 2, "due to"},
	{[]string{"owing", "to"}, 2, "due to"},
	{[]string{"thanks", "to"}, 2, "due to"},
	{[]string{"as", "a", "result", "of"}, 4, "because of"},
	{[]string{"in", "order", "to"}, 2, "purpose"},
	{[]string{"so", "as", "to"}, 2, "purpose"},
	{[]string{"so", "that"}, 2, "so that"},
	{[]string{"since"}, 1, "since"},
	{[]string{"as"}, 1, "as"},
	{[]string{"for"}, 1, "for"},
	{[]string{"by"}, 1, "by"},
	{[]string{"from"}, 1, "from"},
	{[]string{"over"}, 1, "over"},
	{[]string{"after"}, 1, "after"},
	{[]string{"if"}, 1, "if"},
	{[]string{"when"}, 1, "when"},
	{[]string{"while"}, 1, "while"},
	{[]string{"that"}, 1, "that"},
	{[]string{"which"}, 1, "which"},
	{[]string{"but"}, 1, "but"},
	{[]string{"and"}, 1, "and"},
	{[]string{"with"}, 1, "with"},
	{[]string{"to"}, 0, "to"},
}

// cueAt is the reason cue that stands at token i.
func (x *featurer) cueAt(i int) (reasonCue, bool) {
	for _, c := range reasonCues {
		if i+len(c.words) <= len(x.f.Tokens) && x.wordsAt(i, c.words) {
			return c, true
		}
	}
	return reasonCue{}, false
}

func (x *featurer) wordsAt(i int, words []string) bool {
	for k, w := range words {
		if x.f.Tokens[i+k].Norm != w {
			return false
		}
	}
	return true
}

// reasonClauses adds the clauses after words that may give a reason, a purpose
// with its "to" and without, and the clauses between marks.
func (x *featurer) reasonClauses(keep func(corpus.Span)) {
	add := func(s corpus.Span) {
		if !onlyTells(x.f, s) {
			keep(withoutTeller(x.f, s))
		}
	}
	for i := range x.f.Tokens {
		c, ok := x.cueAt(i)
		if !ok {
			continue
		}
		start := i + c.skip
		for _, to := range x.ends(start, true) {
			add(x.stretch(start, to))
			if c.name == "to" || c.name == "purpose" {
				add(x.stretch(start+1, to))
			}
		}
	}
	for _, s := range clauses(x.f) {
		add(s)
	}
}

// onlyTells reports whether the stretch says no more than who says the rest of
// the sentence: "the mayor said on Friday".
func onlyTells(f *fact.Fact, s corpus.Span) bool {
	return slices.ContainsFunc(f.Says, func(a fact.Attribution) bool { return s.Contains(a.Cue) && !s.Overlaps(a.Scope) })
}

// withoutTeller is the stretch without who says so at its end: "he was hit, HIS
// LAWYER SAID".
func withoutTeller(f *fact.Fact, s corpus.Span) corpus.Span {
	for _, a := range f.Says {
		if told := a.Scope.End; s.Contains(a.Cue) && s.Start < told && told < s.End && told <= a.Cue.Start && (a.Speaker.Len() == 0 || told <= a.Speaker.Start) {
			return corpus.Span{Start: s.Start, End: told}
		}
	}
	return s
}

// cueFeatures tell which word opens the candidate's reason, and how far it
// reaches.
func (x *featurer) cueFeatures(v *rank.Tally, from, to int) {
	for back := range 5 {
		i := from - back
		if i < 0 {
			break
		}
		if c, ok := x.cueAt(i); ok && (back == c.skip || back == 1 && i+c.skip == from-1 && c.words[len(c.words)-1] == "to") {
			v.IsOf(true, "reason by ", c.name)
			v.IsOf(back > c.skip, "reason by ", c.name, ", without its to")
			break
		}
	}
	end := to >= len(x.f.Tokens)-1
	v.Is("to the end", end)
	v.Is("the whole sentence", end && from == 0)
	v.Add("share of the sentence", float64(to-from)/float64(max(1, len(x.f.Tokens))))
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
