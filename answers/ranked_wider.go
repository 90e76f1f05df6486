package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/corpus"
)

// wider adds noun phrases with what belongs to them and stands after: "Pliny
// the Elder", "Alfonso I", "the Society (SOC)", "people from Connecticut".
func (x *featurer) wider(add func(corpus.Span)) {
	for i := range x.grammar.Phrases {
		p := &x.grammar.Phrases[i]
		s := x.trimmed(p.Whole)
		if s.Len() == 0 {
			continue
		}
		_, to := tokenRange(x.f, s)
		if to >= len(x.f.Tokens) {
			continue
		}
		last, next := x.f.Tokens[to-1], x.f.Tokens[to]
		named := last.Case != english.Lower && last.Kind == english.Word
		switch {
		case named && next.Text == "I":
			add(corpus.Span{Start: s.Start, End: next.End})
		case named && next.Norm == "the" && to+1 < len(x.f.Tokens) && x.f.Tokens[to+1].Case != english.Lower:
			add(corpus.Span{Start: s.Start, End: x.f.Tokens[to+1].End})
		case next.Norm == "(":
			for k := to + 1; k < len(x.f.Tokens) && k-to <= maxAside; k++ {
				if x.f.Tokens[k].Norm == ")" {
					add(corpus.Span{Start: s.Start, End: x.f.Tokens[k].End})
					break
				}
			}
		case slices.Contains(attaching, next.Norm):
			for _, r := range x.grammar.Phrases[i+1:] {
				from, _ := tokenRange(x.f, r.Span)
				if from > to+1 {
					break
				}
				if from == to+1 {
					add(corpus.Span{Start: s.Start, End: r.Whole.End})
				}
			}
		}
	}
}

// maxAside is how many tokens stand in brackets that belong to a name at most.
const maxAside = 6

// attaching are the prepositions by which one noun phrase belongs to another.
var attaching = []string{"from", "for", "on", "with", "in", "at", "near"}

// placing are the prepositions that say more than "in" of where something is.
var placing = []string{"between", "under", "underneath", "below", "above", "beneath", "behind", "throughout", "within", "near", "along", "outside", "inside", "across", "around", "beside", "before", "after", "atop", "from", "on", "at", "in"}

// placed adds places with the preposition that tells where: "between Port Azul
// and Merrow", "underneath the ice".
func (x *featurer) placed(add func(corpus.Span)) {
	for i := range x.grammar.Phrases {
		p := &x.grammar.Phrases[i]
		from, _ := tokenRange(x.f, p.Span)
		if from == 0 || !slices.Contains(placing, x.f.Tokens[from-1].Norm) {
			continue
		}
		start := x.f.Tokens[from-1].Start
		add(corpus.Span{Start: start, End: p.Whole.End})
		if x.f.Tokens[from-1].Norm == "between" && i+1 < len(x.grammar.Phrases) {
			r := x.grammar.Phrases[i+1]
			if strings.TrimSpace(x.f.Sentence.Article.Text[p.Whole.End:max(p.Whole.End, r.Span.Start)]) == "and" {
				add(corpus.Span{Start: start, End: r.Whole.End})
			}
		}
	}
}

// periods are nouns that tell when by what is said of them: "the second year",
// "the end of the war".
var periods = map[string]bool{"year": true, "month": true, "week": true, "day": true, "season": true, "century": true, "decade": true, "era": true, "age": true, "period": true, "semester": true, "grade": true, "night": true, "time": true, "term": true,
	"end": true, "beginning": true, "start": true, "close": true, "outset": true, "onset": true, "reign": true, "turn": true, "eve": true, "middle": true, "midst": true, "aftermath": true, "outbreak": true}

// timing are the prepositions before a period.
var timing = []string{"in", "during", "since", "until", "till", "at", "by", "from", "before", "after", "on", "of", "to", "throughout", "following", "with"}

// periodPhrases adds the phrases of such nouns, and named periods: "during the
// Renaissance".
func (x *featurer) periodPhrases(add func(corpus.Span)) {
	for i := range x.grammar.Phrases {
		p := &x.grammar.Phrases[i]
		from, to := tokenRange(x.f, p.Span)
		named := from > 0 && to > from && slices.Contains(timing[:6], x.f.Tokens[from-1].Norm) && x.f.Tokens[to-1].Case != english.Lower && x.f.Tokens[from].Norm == "the"
		if !periods[p.Head] && !named {
			continue
		}
		add(x.trimmed(p.Span))
		add(x.trimmed(p.Whole))
	}
	for i, t := range x.f.Tokens {
		digits := len(t.Text) == 4 && t.Text[0] <= '2' || len(t.Text) == 3 && i > 0 && x.f.Tokens[i-1].Norm == "in"
		if t.Kind == english.Number && digits && strings.Trim(t.Text, "0123456789") == "" {
			add(corpus.Span{Start: t.Start, End: t.End})
		}
	}
}
