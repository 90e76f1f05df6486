package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
)

// looseTraits are traits whose words say so wherever they stand near a name in
// a sentence that has one of these words too: a text about somebody that speaks
// of football and of a season speaks of her football. Of the others the sentence
// has to say that the thing is one.
var looseTraits = map[string]map[string]bool{
	"sport":      wordSet("play player coach team club league season goal midfielder champion championship draft career score sign cup tournament win winner stadium debut medal athlete rookie final competition known associate professional bowl umpire roster"),
	"party":      wordSet("member elect election candidate representative senator sen congressman congresswoman legislator politician join serve nominate nomination caucus affiliate belong background seat constituency"),
	"position":   wordSet("play player season career club position sign goal coach team begin league draft"),
	"instrument": wordSet("play player study learn record musician perform teach performance"),
	"style":      wordSet("style architecture build church house building design facade architectural structure"),
	"religion":   wordSet("church faith religion member convert raise practice bishop priest follower adherent"),
}

// besideName is how far from the name a word still says what is named, where
// no verb does: "the actor Peter Engel", "Peter Engel, an actor,".
const besideName = 3

// Weights of a trait.
const (
	traitBracket   = 9.5  // in brackets right after the name: "Ruth Engel (footballer)"
	traitItself    = 0.4  // more, where it is the word itself: "football", not "footballer"
	maxNamedAway   = 2.0  // the most that the words between take from a value
	maxUnnamedAway = 0.8  // likewise where the sentence does not name the thing
	traitOfKind    = -1.0 // a word of the kind of work where its genre is asked for
)

// A traitRun is a stretch of words of a trait: "comedy drama film".
type traitRun struct {
	tokenSpan
	key    string
	itself bool // of the word, not of one that only says so
	weight float64
}

// traitRuns are the values in the sentence, those side by side as one.
func (r *sentenceOf) traitRuns() []traitRun {
	attrs := r.s.attrs
	genre := slices.ContainsFunc(attrs, func(a *english.Attribute) bool { return a.Name == "genre" })
	if genre {
		attrs = append(slices.Clone(attrs), english.AttributeOf("medium"))
	}
	var out []traitRun
	for i := 0; i < len(r.t); i++ {
		best := traitRun{}
		for _, a := range attrs {
			if v, n := a.ValueAt(r.t[i:]); n > best.to-best.from {
				best = traitRun{tokenSpan{i, i + n}, v, sameWords(r.t[i:i+n], v), 0}
				if genre && a.Name == "medium" {
					best.weight = traitOfKind
				}
			}
		}
		if best.empty() || !r.own(best.tokenSpan) && attrs[0].Name != "institution" {
			continue
		}
		i = best.to - 1
		if n := len(out); n > 0 && r.joined(out[n-1].to, best.from) {
			out[n-1].key += " " + best.key
			out[n-1].to = best.to
			out[n-1].weight = max(out[n-1].weight, best.weight)
			continue
		}
		out = append(out, best)
	}
	return out
}

// joined reports whether the values that end and begin there are one: side by
// side, or two that the thing is both of.
func (r *sentenceOf) joined(end, from int) bool {
	switch r.s.attrs[0].Name {
	case "genre", "occupation", "medium", "style":
	default:
		return false
	}
	if from == end {
		return true
	}
	return from == end+1 && (r.t[end].Norm == "and" || r.t[end].Norm == "-" || r.t[end].Norm == "/") && r.predicate >= 0 && r.s.attrs[0].Name != "medium"
}

func sameWords(t []english.Token, value string) bool {
	joined := ""
	for i := range t {
		if t[i].Kind == english.Mark && t[i].Norm == "-" {
			continue
		}
		if joined != "" {
			joined += " "
		}
		joined += t[i].Norm
	}
	return joined == value
}

// traits are the values of a list that the sentence gives.
func (r *sentenceOf) traits() []givenValue {
	if r.s.attrs[0].Name == "nationality" {
		return r.nationalities()
	}
	cues := looseTraits[r.s.attrs[0].Name]
	loose := slices.ContainsFunc(r.t, func(t english.Token) bool { return cues[t.Lemma] })
	runs := r.traitRuns()
	if isList(runs) {
		return nil
	}
	var out []givenValue
	for _, run := range runs {
		if r.s.attrs[0].Name == "party" {
			run = r.wholeParty(run)
		}
		score := r.traitScore(run, loose)
		if last := &r.t[run.to-1]; score == 0 || r.s.attrs[0].Name == "occupation" && last.Norm == last.Lemma+"s" {
			continue // nobody is "players"
		}
		to := run.to
		if r.s.attrs[0].Name == "occupation" && to+1 < len(r.t) && r.t[to].Norm == "of" && r.t[to+1].Case == english.Lower && r.t[to+1].Content() {
			to += 2 // "instructor of physics"
		}
		if r.s.attrs[0].Name == "language" && to+1 < len(r.t) && r.t[to].Norm == "-" && r.t[to+1].Norm == "language" {
			to += 2
		}
		if run.itself {
			score += traitItself
		}
		span := spanOf(r.t, run.from, to)
		if r.s.attrs[0].Name == "sport" && to == run.from+1 && strings.HasPrefix(r.t[run.from].Norm, run.key) && len(r.t[run.from].Norm) == span.Len() {
			span.End = span.Start + len(run.key) // the sport of a "footballer"
		}
		out = append(out, givenValue{span: span, phrase: r.phrase(run.from, to), key: run.key, count: -1, score: score + run.weight})
	}
	return out
}

// wholeParty is the whole name of a party: "Quebec LIBERAL Party".
func (r *sentenceOf) wholeParty(run traitRun) traitRun {
	whole := tokenSpan{runBefore(r.t, run.from).from, runFrom(r.t, run.from).to}
	last := &r.t[whole.to-1]
	if last.Norm != "party" || last.Case == english.Lower {
		return run
	}
	for whole.from < run.from && !capitalAt(r.t, whole.from) {
		whole.from++
	}
	run.tokenSpan = whole
	return run
}

// maxListed is how many values a sentence may name and still say of one thing
// what it is: a list of all sports is none of them.
const maxListed = 4

func isList(runs []traitRun) bool {
	seen := map[string]bool{}
	for _, run := range runs {
		seen[run.key] = true
	}
	return len(seen) > maxListed
}

// traitScore weighs the place of a value; 0 where it does not say what the
// thing is.
func (r *sentenceOf) traitScore(run traitRun, loose bool) float64 {
	away := tokenAway * float64(r.near(run.from, run.to))
	switch {
	case r.keyed(run.from, r.s.asked):
		return min(subjectDefined-0.5, r.level+subjectKeyed)
	case r.bracketed(run.tokenSpan):
		return traitBracket
	case r.predicate >= 0 && run.from >= r.predicate:
		if looseTraits[r.s.attrs[0].Name] == nil && run.from >= predicateEnd(r.t, r.predicate) {
			return 0
		}
		return subjectDefined - tokenAway*float64(run.from-r.predicate)
	case r.saidOf(run.from):
		return r.level
	case r.level == subjectDefined && !loose:
		return 0
	case !loose && (len(r.names) == 0 || r.near(run.from, run.to) > besideName):
		return 0
	}
	if len(r.names) == 0 {
		return r.level - min(away, maxUnnamedAway)
	}
	return r.level - min(away, maxNamedAway)
}

// saidOf reports whether the words before token i make it what the thing is:
// "became an instructor", "worked as a nurse"; and of a work that it opens a
// sentence that goes on about it: "The play opened in".
func (r *sentenceOf) saidOf(i int) bool {
	switch name := r.s.attrs[0].Name; {
	case name == "medium":
		return i == 1 && r.level >= subjectContinued && r.t[0].Norm == "the"
	case name != "occupation" || r.level < subjectContinued:
		return false
	}
	for i > 0 && (r.t[i-1].Is(english.Determiner) || r.t[i-1].Kind == english.Word && r.t[i-1].Case == english.Lower && !r.t[i-1].FunctionWord() && r.t[i-1].Lemma != "become") {
		i--
	}
	if i == 0 {
		return false
	}
	w := &r.t[i-1]
	return w.Norm == "became" || w.Norm == "as" && i > 1 && (r.t[i-2].Lemma == "work" || r.t[i-2].Lemma == "serve" || r.t[i-2].Lemma == "career")
}

// bracketed reports whether the tokens stand in brackets that follow the name.
func (r *sentenceOf) bracketed(s tokenSpan) bool {
	return slices.ContainsFunc(r.names, func(n tokenSpan) bool {
		return n.to < len(r.t) && r.t[n.to].Norm == "(" && s.from > n.to && r.closing(n.to) >= s.to
	})
}

// closing is where the brackets close that open at token i, or the end.
func (r *sentenceOf) closing(i int) int {
	for k := i + 1; k < len(r.t); k++ {
		if r.t[k].Norm == ")" || r.t[k].Norm == "]" {
			return k
		}
	}
	return len(r.t)
}

// nationalities are the adjectives of a country in what the thing is said to
// be.
func (r *sentenceOf) nationalities() []givenValue {
	if r.predicate < 0 {
		return nil
	}
	end := predicateEnd(r.t, r.predicate)
	for i := r.predicate; i < end; i++ {
		if p, n := english.PlaceAt(r.t[i:end]); n > 0 && p.Adjective {
			return []givenValue{{span: spanOf(r.t, i, i+n), phrase: r.phrase(i, i+n), key: english.Fold(p.Name), count: -1, score: subjectDefined}}
		}
	}
	return nil
}

// nature is what the sentence says the thing is.
func (r *sentenceOf) nature() []givenValue {
	if r.predicate < 0 {
		return nil
	}
	from, to := r.predicate, predicateEnd(r.t, r.predicate)
	if from < to && r.t[from].Is(english.Determiner) {
		from++
	} else if from < to && (r.t[from].Case == english.Lower || r.t[from].Kind != english.Word) {
		return nil // "is going to", "is 20": not what it is
	}
	if to <= from {
		return nil
	}
	span := spanOf(r.t, from, to)
	return []givenValue{{span: span, phrase: span, key: english.Fold(r.f.Sentence.Article.Text[span.Start:span.End]), count: -1, score: subjectDefined}}
}
