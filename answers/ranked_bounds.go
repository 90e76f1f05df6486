package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/question"
	"sourceline/answers/rank"
)

// boundFeatures tell what the candidate takes in of what stands around a name
// and what it leaves out, whether it is a list or one of it, and what its noun
// names.
func (x *featurer) boundFeatures(v *rank.Tally, from, to int) {
	if from >= to || x.q.Type == question.Figure || x.q.Type == question.Reason {
		return
	}
	if x.q.Type == question.Time {
		x.timeBounds(v, from, to)
		return
	}
	several := x.form == "who is" && strings.Contains(x.q.Text, " are ") || x.form == "who was" && strings.Contains(x.q.Text, " were ")
	x.nameBounds(v, from, to)
	x.listFeatures(v, from, to, several)
	x.nounFeatures(v, from, to, several)
}

// title reports whether token i is a title before a name: "Sir".
func (x *featurer) title(i int) bool { return x.capital(i) && x.f.Tokens[i].Is(english.Honorific) }

// capital reports whether token i is a word with a capital letter that is no
// word of grammar.
func (x *featurer) capital(i int) bool {
	return i >= 0 && i < len(x.f.Tokens) && x.f.Tokens[i].Kind == english.Word && x.f.Tokens[i].Case != english.Lower && !x.f.Tokens[i].FunctionWord()
}

func (x *featurer) nameBounds(v *rank.Tally, from, to int) {
	opens, more := &x.f.Tokens[from], to-from > 1
	v.Is("title left out", x.title(from-1) && x.capital(from) && !x.title(from))
	v.Is("opens with a title", x.title(from) && more)
	v.Is("opens with two titles", to-from > 2 && x.title(from) && x.title(from+1))
	v.Is("name cut short", x.capital(to-1) && x.capital(to))
	v.Is("name begun late", x.capital(from) && x.capital(from-1) && !x.title(from-1))
	v.Is("small words before a name", !x.capital(from) && x.capital(to-1) && more)
	v.Is("opens with a number", opens.Kind == english.Number || opens.Is(english.NumberWord))
	v.Is("opens with a quantifier", opens.Is(english.Quantifier|english.Ordinal))
	if more && x.capital(from) {
		p, ok := english.PlaceCalled(x.f.Tokens[from : from+1])
		v.Is("opens with a people", ok && p.Adjective)
	}
}

// mark is the word or mark at token i; "" outside of the sentence.
func (x *featurer) mark(i int) string {
	if i < 0 || i >= len(x.f.Tokens) {
		return ""
	}
	return x.f.Tokens[i].Norm
}

func (x *featurer) listFeatures(v *rank.Tally, from, to int, several bool) {
	and := func(i int) bool { return x.mark(i) == "and" || x.mark(i) == "or" }
	list := false
	for i := from; i < to; i++ {
		switch x.mark(i) {
		case "and", "or":
			list = true
		case "(":
			v.Is("has brackets", true)
		case "of":
			v.Is("has an of", true)
		case "'s", "s", "'":
			v.Is("is somebody's", i < to-1)
		}
	}
	opens := slices.Contains(x.phraseStart, to+1) // a noun phrase, after the mark that follows
	v.Is("list", list)
	v.Is("list that goes on", list && (and(to) || x.mark(to) == "," && opens))
	v.Is("list, asked for several", list && several)
	one := !list && (and(to) && opens || and(from-1) && slices.Contains(x.phraseEnd, from-1) || x.mark(to) == "," && opens && x.mark(from-1) == ",")
	v.Is("one of a list", one)
	v.Is("one of a list, asked for several", one && several)
}

// nounFeatures tell what the noun of the candidate names: people, a body of
// them, a place, or by its ending what somebody does.
func (x *featurer) nounFeatures(v *rank.Tally, from, to int, several bool) {
	at := to - 1
	for k := from + 1; k < to; k++ {
		if x.f.Tokens[k].Is(english.Preposition) {
			at = k - 1
			break
		}
	}
	noun := &x.f.Tokens[at]
	small, people, body := noun.Case == english.Lower, english.IsPerson(noun.Lemma), bodies[noun.Lemma]
	v.Is("noun people", people)
	v.Is("noun a body", body)
	v.Is("noun a place", placeNouns[noun.Lemma])
	v.Is("noun small, no people", small && !people && !body)
	v.IsOf(small, "noun in -", ending(noun.Lemma))
	v.Is("noun plural, asked for several", several && noun.Norm != noun.Lemma && strings.HasSuffix(noun.Norm, "s"))
}

// endings are the endings of nouns that tell what they name: those who do
// something, or what is done.
var endings = []string{"er", "or", "ist", "ian", "ant", "ent", "man", "tion", "sion", "ment", "ness", "ity", "ism", "ship", "ance", "ence", "ing", "age", "ure", "al", "y"}

// ending is the ending of the noun; "" where it has none that tells.
func ending(lemma string) string {
	for _, e := range endings {
		if len(lemma) > len(e)+2 && strings.HasSuffix(lemma, e) {
			return e
		}
	}
	return ""
}

// timeParts are words that belong to the time that they stand beside.
var timeParts = []string{"early", "late", "mid", "end", "beginning", "start", "spring", "summer", "autumn", "fall", "winter", "about", "around", "circa", "c", "approximately", "nearly", "season", "century", "bc", "bce", "ad", "ce", "decade", "year", "years", "day", "month", "morning", "night", "ago", "later", "first", "last", "same", "present", "today", "now"}

// timeBounds tell which such words the candidate takes in, and which it leaves
// out.
func (x *featurer) timeBounds(v *rank.Tally, from, to int) {
	beside := func(name string, i int) {
		if w := x.mark(i); slices.Contains(timeParts, w) {
			v.IsOf(true, name, w)
		}
	}
	beside("leaves out before ", from-1)
	beside("leaves out after ", to)
	beside("opens with ", from)
	beside("ends with ", to-1)
}
