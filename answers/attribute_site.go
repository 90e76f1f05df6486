package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
)

// maxToSite is how many tokens stand between a verb and where it was: "was
// born on 1 May 1950 in".
const maxToSite = 12

// maxSiteName is how many tokens after a name its place begins.
const maxSiteName = 4

// sites are the places that the sentence gives for where the thing lies or was
// done.
func (r *sentenceOf) sites() []givenValue {
	var out []givenValue
	add := func(run tokenSpan, score float64) {
		if run.empty() {
			return
		}
		part := r.sitePart(run)
		if part.empty() || !r.own(part) || r.isThing(part) {
			return
		}
		span := spanOf(r.t, part.from, part.to)
		out = append(out, givenValue{span: span, phrase: spanOf(r.t, run.from, run.to), key: english.Fold(r.f.Sentence.Article.Text[span.Start:span.End]), count: -1, score: score})
	}
	birth := r.s.attrs[0].Name == "birthplace"
	for i := range r.t {
		w := &r.t[i]
		if w.Kind == english.Word && slices.Contains(r.s.attrs[0].Verbs, w.Lemma) && (w.Norm != w.Lemma || birth) {
			if run := r.siteAfter(i+1, maxToSite); !run.empty() {
				add(run, r.level+1-tokenAway*float64(min(r.near(run.from, run.to), 20)))
			}
		}
		if n := r.s.asked(r.t[i:]); n > 0 && i+n < len(r.t) && capitalAt(r.t, i+n) {
			add(placeRun(r.t, i+n), r.level+1)
		}
	}
	if birth {
		return out
	}
	for _, n := range r.names {
		if k := n.to; k+1 < len(r.t) && r.t[k].Norm == "(" {
			n.to = min(r.closing(k)+1, len(r.t)-1)
		}
		for i := n.from + 1; i < n.to-1; i++ { // "the 2017 Peru Census"
			if p, m := english.PlaceAt(r.t[i:n.to]); m > 0 && !p.Adjective && r.s.q.Attribute.Noun != "" {
				inside := tokenSpan{i, i + m}
				if part := r.sitePart(inside); part == inside && r.inserted(inside) {
					span := spanOf(r.t, i, i+m)
					out = append(out, givenValue{span: span, phrase: span, key: english.Fold(p.Name), count: -1, score: r.level})
				}
			}
		}
		switch k := n.to; {
		case k+1 >= len(r.t):
		case r.t[k].Norm == "of" && capitalAt(r.t, k+1):
			if p, m := english.PlaceAt(r.t[k+1:]); m > 0 && !p.Adjective {
				run := tokenSpan{k + 1, k + 1 + m} // "the 2nd district of Lyon, France"
				for run.to+1 < len(r.t) && r.t[run.to].Norm == "," {
					p, m := english.PlaceAt(r.t[run.to+1:])
					if m == 0 || p.Adjective {
						break
					}
					run.to += 1 + m
				}
				add(run, r.level+1)
			}
		case r.t[k].Norm == "in" || r.t[k].Norm == "at" || r.t[k].Norm == "near":
			add(r.siteAfter(k, maxSiteName), r.level) // "the house in Tyler, Texas, is"
		case r.t[k].Norm == "," && r.s.q.Attribute.Noun != "city":
			if p, m := english.PlaceAt(r.t[k+1:]); m > 0 && !p.Adjective && p.Kind != english.City {
				add(placeRun(r.t, k+1), r.level-1) // "Fort Engel, Arizona"
			}
		}
	}
	if r.predicate < 0 {
		return out
	}
	if run := r.siteAfter(r.predicate, maxPredicate+maxToSite); !run.empty() {
		add(run, subjectDefined-1-tokenAway*float64(run.from-r.predicate))
	}
	return out
}

// inserted reports whether the words stand inside a name of the thing and are
// none of the question's.
func (r *sentenceOf) inserted(s tokenSpan) bool {
	for i := s.from; i < s.to; i++ {
		if slices.ContainsFunc(r.s.of, func(words []string) bool { return slices.Contains(words, r.t[i].Norm) }) {
			return false
		}
	}
	return true
}

// besidePlace are prepositions by which something lies at a place rather than in
// it.
var besidePlace = wordSet("at on near above below outside beside opposite")

// wordSet is a set of the words of a list.
func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// siteAfter is the first place after "in", or failing that "at", "on", "near",
// within so many tokens from i on and before another clause.
func (r *sentenceOf) siteAfter(i, most int) tokenSpan {
	var second tokenSpan
	for k := i; k+1 < len(r.t) && k < i+most; k++ {
		w := &r.t[k]
		if w.Norm == ";" || w.Norm == "." && r.t[k+1].Space && k+1 < len(r.t) && !r.t[k-1].Is(english.Abbreviation) && len(r.t[k-1].Text) > 2 || w.Is(english.Relative) {
			break
		}
		if w.Norm != "in" && !besidePlace[w.Norm] {
			continue
		}
		from := k + 1
		for from < len(r.t) && from < k+7 && r.t[from].Kind == english.Word && (r.t[from].Case == english.Lower && (!r.t[from].FunctionWord() || r.t[from].Is(english.Determiner) || r.t[from].Norm == "of")) {
			from++
		}
		run := placeRun(r.t, from)
		if run.empty() {
			continue
		}
		if w.Norm == "in" {
			return run
		}
		if second.empty() {
			second = run
		}
	}
	return second
}

// placeRun is the name of a place from token i on, with the larger places
// after commas: "Stanford, Kentucky, USA".
func placeRun(t []english.Token, i int) tokenSpan {
	if !capitalAt(t, i) {
		return tokenSpan{}
	}
	run := runFrom(t, i)
	if p, n := english.PlaceAt(t[i:]); n > 0 && p.Adjective && run.to == i+n {
		if i+n >= len(t) || !placeNouns[t[i+n].Lemma] {
			return tokenSpan{} // "in American hands"
		}
		run.to++ // "on the Polish coast"
	}
	for run.to+1 < len(t) && t[run.to].Norm == "," && capitalAt(t, run.to+1) {
		next := runFrom(t, run.to+1)
		if next.to < len(t) && t[next.to].Kind == english.Word && t[next.to].Case == english.Lower && !t[next.to].FunctionWord() {
			break // "in Boston, Ruth Engel founded": a clause of its own
		}
		run.to = next.to
	}
	return run
}

// sitePart is the part of a place that the question asks for: its state, its
// country; all of it where it asks only where.
func (r *sentenceOf) sitePart(run tokenSpan) tokenSpan {
	var kind english.PlaceKind
	switch r.s.q.Attribute.Noun {
	case "state", "province", "county":
		kind = english.State
	case "country", "nation":
		kind = english.Country
	case "city", "town", "village":
		kind = english.City
	default:
		return run
	}
	part := tokenSpan{run.from, run.from}
	for i := run.from; i <= run.to; i++ {
		if i < run.to && r.t[i].Norm != "," {
			continue
		}
		part.to = i
		p, n := english.PlaceAt(r.t[part.from:part.to])
		known := n > 0 && n == part.to-part.from
		if known && p.Kind == kind && !p.Adjective || kind == english.City && !known || r.s.q.Attribute.Noun == "county" && strings.EqualFold(r.t[part.to-1].Text, "county") {
			return part
		}
		part.from = i + 1
	}
	return tokenSpan{}
}
