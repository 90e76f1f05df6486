package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
)

// makers are the names that the sentence gives as the one who did it or is it
// to the thing.
func (r *sentenceOf) makers() []givenValue {
	var out []givenValue
	add := func(run tokenSpan, score float64) {
		if run.empty() || !r.own(run) || r.isThing(run) || !namesSomebody(r.t[run.from:run.to]) {
			return
		}
		span := spanOf(r.t, run.from, run.to)
		out = append(out, givenValue{span: span, phrase: span, key: english.Fold(r.f.Sentence.Article.Text[span.Start:span.End]), count: -1, score: score})
	}
	for _, n := range r.names {
		if run := r.makerBracketed(n.to); !run.empty() {
			add(run, traitBracket)
		}
	}
	if len(r.names) > 0 {
		if run := r.makerOwning(); !run.empty() {
			add(run, subjectDefined-0.5)
		}
	}
	for i := range r.t {
		for _, a := range r.s.attrs {
			if run, strong := r.makerAt(a, i); !run.empty() {
				score := r.level - tokenAway*float64(min(20, r.near(run.from, run.to)))
				if strong {
					score++
				}
				add(run, score)
			}
		}
	}
	return out
}

// namesSomebody reports whether the run is more than a title or the noun of a
// body: "University", "Rev".
func namesSomebody(t []english.Token) bool {
	return slices.ContainsFunc(t, func(w english.Token) bool {
		return w.Kind == english.Word && !w.Is(english.Honorific) && !placeNouns[w.Lemma] && w.Norm != "'s"
	})
}

// isThing reports whether the name is the one of the thing itself.
func (r *sentenceOf) isThing(run tokenSpan) bool {
	n := r.s.namesIn(r.t[run.from:run.to])
	return len(n) > 0 && n[0].to-n[0].from == run.to-run.from
}

// makerAt is the name that token i leads to; strong where its words leave no
// doubt.
func (r *sentenceOf) makerAt(a *english.Attribute, i int) (run tokenSpan, strong bool) {
	t := r.t
	w := &t[i]
	if w.Kind != english.Word {
		return tokenSpan{}, false
	}
	switch {
	case slices.Contains(a.Verbs, w.Lemma) && w.Norm != w.Lemma:
		if k := byAfter(t, i+1); k > 0 {
			return r.nameRun(k), true // "directed by Y"
		}
		if r.namedWithin(i+1, 8) && i > 0 && !strings.HasSuffix(w.Norm, "ing") {
			return runBefore(t, i), false // "Y directed X"
		}
		if i+1 < len(t) && i > 1 && t[i-1].Norm == "-" {
			return runBefore(t, i-1), true // "Y-produced"
		}
	case slices.Contains(a.Inverse, w.Lemma) && i+1 < len(t) && t[i+1].Norm == "of":
		return r.nameRun(i + 2), true // "wife of Y"
	case worksOf[a.Name][w.Lemma]:
		if k := byAfter(t, i+1); k > 0 && !slices.ContainsFunc(t[i+1:k], func(v english.Token) bool { return pastForm(&v) && !slices.Contains(a.Verbs, v.Lemma) }) {
			return r.nameRun(k), true // "an album by Y"
		}
	}
	if n := r.s.asked(t[i:]); n > 0 {
		return r.makerKeyed(i + n), r.level >= subjectContinued
	}
	return tokenSpan{}, false
}

// namedWithin reports whether the thing is named within so many tokens from
// token i on.
func (r *sentenceOf) namedWithin(i, most int) bool {
	return slices.ContainsFunc(r.names, func(n tokenSpan) bool { return n.from >= i && n.from < i+most })
}

// makerKeyed is the name right after the noun that ends at token i: "director
// Y", "Architect(s): Y", "its owner, Y,", "the minister is Y".
func (r *sentenceOf) makerKeyed(i int) tokenSpan {
	t := r.t
	k := i
	for k < len(t) && k-i < 5 && (t[k].Kind == english.Mark && t[k].Norm != "." && t[k].Norm != ";" && t[k].Norm != ")" || t[k].Norm == ")" && k > i && t[k-1].Norm == "s" || t[k].Norm == "s" || t[k].Norm == "is" || t[k].Norm == "was") {
		k++
	}
	if k >= len(t) || t[k].Kind != english.Word || t[k].Case == english.Lower {
		return tokenSpan{}
	}
	return r.nameRun(k)
}

// makerBracketed is the name in the brackets that open at that token after the
// thing: "X (Y album)".
func (r *sentenceOf) makerBracketed(open int) tokenSpan {
	if open >= len(r.t) || r.t[open].Norm != "(" || r.s.attrs[0].Name == "director" || worksOf[r.s.attrs[0].Name] == nil {
		return tokenSpan{}
	}
	end := r.closing(open)
	work := open + 1
	for work < end && !r.workAt(work) {
		work++
	}
	if work == end { // "(Caravaggio, Rome)"
		for work = open + 1; work < end && r.t[work].Norm != ","; work++ {
		}
	}
	if _, n := english.PlaceAt(r.t[open+1:]); work <= open+1 || n > 0 && n >= work-open-1 {
		return tokenSpan{}
	}
	run := tokenSpan{open + 1, work}
	for i := run.from; i < run.to; i++ {
		if t := r.t[i]; t.Kind == english.Number && run.to == i+1 || t.Kind == english.Mark && t.Norm == ":" || t.Kind == english.Word && t.Case == english.Lower && !t.FunctionWord() {
			return tokenSpan{} // "(1987 album)", "(live album)"
		}
	}
	return run
}

// makerOwning is the name that owns the work that the thing is said to be: "X
// is Y's third album".
func (r *sentenceOf) makerOwning() tokenSpan {
	if r.predicate < 0 || worksOf[r.s.attrs[0].Name] == nil {
		return tokenSpan{}
	}
	end := predicateEnd(r.t, r.predicate)
	for i := r.predicate + 1; i < end; i++ {
		if r.t[i].Norm != "'s" && r.t[i].Norm != "'" {
			continue
		}
		for k := i + 1; k < end && k < i+8; k++ {
			if r.workAt(k) {
				return runBefore(r.t, i)
			}
		}
	}
	return tokenSpan{}
}

// worksOf are the works that somebody makes of whom that attribute asks: "an
// album BY" has its artist, "a novel BY" its author.
var worksOf = map[string]map[string]bool{
	"artist":   wordSet("album ep lp single song record recording mixtape track release soundtrack work painting sculpture photograph mural fresco print"),
	"author":   wordSet("novel novella book story play poem memoir essay comic manga series trilogy work"),
	"composer": wordSet("symphony opera ballet concerto sonata suite quartet quintet trio composition piece work song score waltz march overture requiem mass"),
	"creator":  wordSet("series game comic webcomic podcast sitcom work album film show"),
	"director": wordSet("film movie documentary"),
}

// workAt reports whether token i is a work of those who are asked for.
func (r *sentenceOf) workAt(i int) bool {
	return r.t[i].Kind == english.Word && worksOf[r.s.attrs[0].Name][r.t[i].Lemma]
}

// byAfter is the token after "by" or "from" that follows token i closely: "and
// built by", "released in 1990 by" does not; 0 where there is none.
func byAfter(t []english.Token, i int) int {
	for k := i; k < len(t) && k < i+4; k++ {
		switch {
		case t[k].Norm == "by" || t[k].Norm == "from" && k == i:
			return k + 1
		case t[k].Norm == "," || t[k].Norm == "and" || t[k].Norm == "-" || t[k].Is(english.Adverb) || pastForm(&t[k]):
		case t[k].Norm == "in" && k+1 < len(t) && t[k+1].Kind == english.Number || t[k].Kind == english.Number && t[k-1].Norm == "in":
		case k == i && t[k].Kind == english.Word && t[k].Case == english.Lower && !t[k].FunctionWord():
		default:
			return 0
		}
	}
	return 0
}

// pastForm reports whether the word is written as a participle.
func pastForm(t *english.Token) bool {
	return t.Kind == english.Word && t.Norm != t.Lemma && t.Case == english.Lower && !strings.HasSuffix(t.Norm, "s") && !strings.HasSuffix(t.Norm, "ing")
}

// nameParticles are small words inside names.
var nameParticles = map[string]bool{"of": true, "the": true, "de": true, "da": true, "di": true, "du": true, "del": true, "della": true, "la": true, "le": true, "van": true, "von": true, "der": true, "den": true, "bin": true, "ibn": true, "al": true, "el": true, "y": true, "dos": true}

// maxDescribed is how many words may describe somebody before the name: "by the
// American alternative country band Blitzen Trapper".
const maxDescribed = 8

// nameRun is the name that the phrase from token i on comes to: the words
// before it that only describe are passed over.
func (r *sentenceOf) nameRun(i int) tokenSpan {
	t := r.t
	k := i
	for k < len(t) && k < i+maxDescribed {
		w := &t[k]
		switch {
		case w.Kind == english.Word && w.Case == english.Lower && !w.Is(english.Preposition|english.Auxiliary|english.Relative|english.Conjunction) || w.Norm == "-" || w.Is(english.Determiner) && !capitalAt(t, k+1) || w.Is(english.Determiner) && w.Case == english.Lower:
			k++
			continue
		case w.Norm == "both" || w.Norm == "/" || w.Norm == "\"" && k > i:
			k++
			continue
		}
		if p, n := english.PlaceAt(t[k:]); n > 0 && p.Adjective && k+n < len(t) && t[k+n].Kind == english.Word && !t[k+n].FunctionWord() {
			k += n
			continue
		}
		break
	}
	if !capitalAt(t, k) {
		return tokenSpan{}
	}
	run := runFrom(t, k)
	// "by R&B singer Shae Jones", "by Tyler architect Carl Gregory": what stands
	// before a word for people described the one named after it.
	for e := run.to; e < len(t) && e < run.to+3 && t[e].Kind == english.Word && t[e].Case == english.Lower && !t[e].FunctionWord(); e++ {
		if saysTrade(&t[e]) && capitalAt(t, e+1) {
			return runFrom(t, e+1)
		}
	}
	return run
}

// saysTrade reports whether the word says what somebody is by trade, or a
// group of such.
func saysTrade(t *english.Token) bool {
	if _, n := english.AttributeOf("occupation").ValueAt([]english.Token{*t}); n > 0 {
		return true
	}
	switch t.Lemma {
	case "band", "group", "duo", "trio", "quartet", "quintet", "orchestra", "ensemble", "king", "queen", "mogul", "frontman", "saxophonist", "trumpeter", "drummer", "bassist", "performer", "operator", "company", "firm":
		return true
	}
	return false
}

func capitalAt(t []english.Token, i int) bool {
	if i >= len(t) || t[i].Kind != english.Word {
		return false
	}
	w := &t[i]
	return w.Case != english.Lower && !w.Is(english.Month|english.Weekday) && (i == 0 || !w.Is(english.Preposition|english.Auxiliary|english.Conjunction) || w.Case == english.Upper || i+1 < len(t) && t[i+1].Kind == english.Word && t[i+1].Case != english.Lower && w.Is(english.Preposition))
}

// runFrom is the run of capitalised words from token i on, with the small
// words and points inside.
func runFrom(t []english.Token, i int) tokenSpan {
	end := i + 1
	for k := i + 1; k < len(t); k++ {
		w := &t[k]
		switch {
		case tableWord(t, k):
			return tokenSpan{i, end}
		case w.Kind == english.Word && w.Case != english.Lower && (capitalAt(t, k) || w.Case == english.Upper):
			end = k + 1
		case w.Norm == "'s" && k+1 < len(t) && t[k+1].Kind == english.Mark && t[k+1].Norm != "-":
			end = k + 1 // "the Go-Go's,"
		case w.Norm == "." && (len(t[k-1].Text) == 1 || t[k-1].Is(english.Abbreviation)) && capitalAt(t, k+1):
		case (w.Norm == "-" || w.Norm == "'" || w.Norm == "/") && !w.Space && k+1 < len(t) && t[k+1].Kind == english.Word && !t[k+1].Space:
			if t[k+1].Case == english.Lower && !strings.HasSuffix(t[k+1].Norm, "ed") {
				k++
				end = k + 1 // "Park Ji-yeon"
			}
		case w.Norm == "\"" && quotedName(t, k) > 0:
			k = quotedName(t, k) - 1
			end = k + 1
		case (nameParticles[w.Norm] || w.Norm == "&") && followedByCapital(t, k+1):
		case w.Norm == "and" && capitalAt(t, k+1):
		default:
			return tokenSpan{i, end}
		}
	}
	return tokenSpan{i, end}
}

// tableWord reports whether the capitalised word at token i opens the next entry
// of a table or a list that has no marks: "Elia Kazan WRITTEN by", "Joe Engel
// ALBUMS".
func tableWord(t []english.Token, i int) bool {
	w := &t[i]
	if w.Kind != english.Word || w.Case != english.Title {
		return false
	}
	switch w.Norm {
	case "written", "directed", "produced", "starring", "released", "recorded", "published", "built", "born", "year", "genre", "label", "length", "distributed", "edited", "music":
		return true
	}
	_, n := english.AttributeOf("medium").ValueAt(t[i : i+1])
	return n > 0 && w.Norm != w.Lemma
}

// followedByCapital reports whether a name goes on after small words.
func followedByCapital(t []english.Token, i int) bool {
	for i < len(t) && nameParticles[t[i].Norm] && t[i].Case == english.Lower {
		i++
	}
	return capitalAt(t, i)
}

// quotedName is the token after a nickname in quotation marks that opens at
// token i and is followed by more of the name; 0 where there is none.
func quotedName(t []english.Token, i int) int {
	for k := i + 1; k < len(t) && k < i+4; k++ {
		if t[k].Norm == "\"" && capitalAt(t, k+1) {
			return k + 1
		}
	}
	return 0
}

// runBefore is the run of capitalised words that ends before token i.
func runBefore(t []english.Token, i int) tokenSpan {
	from := i
	for k := i - 1; k >= 0; k-- {
		w := &t[k]
		switch {
		case w.Kind == english.Word && w.Case != english.Lower && !(w.Class&(english.Determiner|english.Pronoun|english.Conjunction|english.Preposition) != 0 && w.Case != english.Upper):
			from = k
		case from < i && k > 0 && (w.Norm == "-" || w.Norm == "." || w.Norm == "&" || w.Norm == "'" || nameParticles[w.Norm] && w.Case == english.Lower) && t[k-1].Kind == english.Word && t[k-1].Case != english.Lower:
		default:
			return tokenSpan{from, i}
		}
	}
	return tokenSpan{from, i}
}
