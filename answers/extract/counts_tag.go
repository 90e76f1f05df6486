package extract

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/quantity"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// A tagged token is a token with what it does in the sentence.
type tagged struct {
	tag tag
	q   int32 // index of the quantity that it is in; -1
}

// tagTokens says what each token of a sentence does. It is no part-of-speech
// tagger: it looks one word to each side, and tells apart only what counting
// needs. The tags are written over those of out.
func tagTokens(out []tagged, tokens []english.Token, quantities []quantity.Quantity, times []timex.Time) []tagged {
	out = slices.Grow(out[:0], len(tokens))[:len(tokens)]
	clear(out)
	nq, nt := 0, 0
	for i := range tokens {
		t := &tokens[i]
		for nq < len(quantities) && quantities[nq].Span.End <= t.Start {
			nq++
		}
		for nt < len(times) && times[nt].Span.End <= t.Start {
			nt++
		}
		out[i].q = -1
		switch {
		case nq < len(quantities) && quantities[nq].Span.Start <= t.Start:
			out[i] = tagged{number, int32(nq)}
		case nt < len(times) && covers(times[nt].Span, t), t.Is(english.Weekday) && len(t.Norm) > 5:
			out[i].tag = timeWord
			if i+1 < len(tokens) && tokens[i+1].Norm == "'s" {
				out[i].tag = nominal // "Monday's earthquake"
			}
		case adverbHere(tokens, out, i):
			out[i].tag = adverb
		case t.Kind == english.Mark:
			out[i].tag = markTag(tokens, i)
		case t.Kind == english.Number:
			out[i].tag = nominal
		default:
			out[i].tag = wordTag(tokens, out, i)
		}
	}
	hideAsides(tokens, out)
	pluralPossessives(tokens, out)
	return out
}

// adverbHere reports whether the word at i says where people go, after a noun:
// "sent 1,800 workers home".
func adverbHere(tokens []english.Token, out []tagged, i int) bool {
	switch tokens[i].Norm {
	case "home", "abroad", "overseas", "aboard", "ashore", "overnight", "elsewhere", "nationwide", "worldwide":
		return i > 0 && tokens[i].Space && pluralNoun(&tokens[i-1]) && out[i-1].tag == nominal && (i+1 == len(tokens) || tokens[i+1].Kind == english.Mark || tokens[i+1].FunctionWord())
	}
	return false
}

// pluralPossessives tells the apostrophe of "the six miners' deaths" from a
// quotation mark.
func pluralPossessives(tokens []english.Token, out []tagged) {
	open := false
	for i := range tokens {
		t := &tokens[i]
		if t.Norm != "'" || t.Kind != english.Mark {
			continue
		}
		switch {
		case t.Space:
			open = true
		case open:
			open = false
		case i+1 < len(out) && i > 0 && tokens[i+1].Space && out[i+1].tag == nominal && out[i-1].tag == nominal && strings.HasSuffix(tokens[i-1].Norm, "s"):
			out[i].tag = possessive
		}
	}
}

// maxAside is how many tokens a bracket inside a noun phrase has at most.
const maxAside = 10

// hideAsides makes brackets inside a noun phrase transparent: "six UCA
// [Central American University] priests", "seven [number as heard] others".
func hideAsides(tokens []english.Token, out []tagged) {
	for i := 1; i < len(out)-2; i++ {
		if out[i].tag != opening || out[i-1].tag != nominal && out[i-1].tag != number || pluralNoun(&tokens[i-1]) {
			continue
		}
		end := i + 1
		for end < len(out) && end < i+maxAside && out[end].tag != closing && out[end].tag != number {
			end++
		}
		if end+1 >= len(out) || out[end].tag != closing || out[end+1].tag != nominal && tokens[end+1].Norm != "other" {
			continue
		}
		for ; i <= end; i++ {
			out[i].tag = quote
		}
		i--
	}
}

func covers(s corpus.Span, t *english.Token) bool { return s.Start <= t.Start && t.End <= s.End }

func markTag(tokens []english.Token, i int) tag {
	t := &tokens[i]
	switch t.Norm {
	case ",":
		return comma
	case "(", "[", "{":
		return opening
	case ")", "]", "}":
		return closing
	case "\"", "'":
		return quote
	case "-":
		next := i+1 < len(tokens) && !tokens[i+1].Space
		if !t.Space && i > 0 && tokens[i-1].Kind == english.Number && i+1 < len(tokens) && tokens[i+1].Kind == english.Word {
			return hyphen // "4- years-old"
		}
		if !t.Space && next && t.Text == "-" && tokens[i+1].Norm != "-" && tokens[i-1].Norm != "-" {
			return hyphen
		}
		return dash
	case ";", ":", ".", "?", "!", "|", "•", "…", "*":
		return stop
	case "&", "/":
		return coordinator
	}
	return quote
}

// wordTag tags word i; what stands before it is tagged already.
func wordTag(tokens []english.Token, out []tagged, i int) tag {
	t := &tokens[i]
	prev := before(out, i)
	if c, ok := closedTags.Find(t.Norm); ok {
		return closedTag(tokens, out, i, c, prev)
	}
	n := t.Norm
	switch {
	case n == "'s" || n == "'":
		return possessive
	case len(n) > 4 && strings.HasSuffix(n, "ly") && !notAdverbs.Has(n):
		return adverb
	case prev == determiner && t.Case != english.Lower && t.Case != english.Upper && !strings.HasSuffix(n, "ed"):
		return nominal
	case pasts.Has(n):
		return finite
	case participles.Has(n):
		if nounVerbs.Has(n) && prev == determiner {
			return nominal
		}
		return participle
	case n == "amount" && i+1 < len(tokens) && tokens[i+1].Norm == "to":
		return finite
	case n != t.Lemma && n[len(n)-1] != 's' && !strings.HasSuffix(n, "ing") && !strings.HasSuffix(n, "ed") && verbs.Has(t.Lemma) && prev != determiner:
		return participle // an irregular form: "shrank"
	case strings.HasSuffix(n, "ed") && len(n) > 3 && !notParticiples.Has(n) && (t.Lemma != n || verbLemma(n, n) != n):
		return participle
	case strings.HasSuffix(n, "ing") && len(n) > 4:
		return gerundTag(tokens, out, i, prev)
	}
	if verbHere(tokens, out, i, prev) {
		return finite
	}
	return nominal
}

// before is the tag before token i, adverbs and quotes skipped; stop at the
// start.
func before(out []tagged, i int) tag {
	for i--; i >= 0; i-- {
		if out[i].tag != adverb && out[i].tag != quote {
			return out[i].tag
		}
	}
	return stop
}

// closedTag settles the words of grammar that can be several things.
func closedTag(tokens []english.Token, out []tagged, i int, c tag, prev tag) tag {
	t := &tokens[i]
	if (c == preposition || c == pronoun) && prev == determiner && possessor.Has(tokens[i-1].Norm) {
		return nominal // "the following", "the UP" in capitals
	}
	if t.Norm == "up" && (prev == determiner || prev == number) && i+1 < len(tokens) && pluralNoun(&tokens[i+1]) {
		return nominal // a party's name: "six UP followers"
	}
	next := ""
	if i+1 < len(tokens) {
		next = tokens[i+1].Norm
	}
	switch t.Norm {
	case "to":
		if bareVerbNext(tokens, i) {
			return infinitive
		}
		return preposition
	case "that":
		switch {
		case prev == preposition || prev == ofWord:
			return determiner
		case (prev == nominal || prev == number || prev == timeWord) && verbalWord(tokens, i+1):
			return relative
		}
		return subordinator
	case "her":
		return determiner
	case "those", "others":
		return nominal
	case "no":
		if next == "longer" {
			return negation
		}
		return determiner
	case "many", "most", "more", "few", "less", "all", "some", "other", "both", "such":
		return determiner
	case "own":
		return nominal
	case "include", "includes", "included":
		return preposition
	case "can", "may", "will", "might", "must":
		return modal
	case "us":
		if t.Case == english.Upper && prev == determiner || t.Case == english.Upper && i+1 < len(tokens) && tokens[i+1].Kind == english.Word && closedTags.Of(next) == nominal && next != "" {
			return nominal
		}
		return c
	}
	return c
}

// possessor are the determiners that cannot stand alone.
var possessor = english.NewSet("the a an his its their our my your")

// bareVerbNext reports whether the "to" at token i stands before a verb.
func bareVerbNext(tokens []english.Token, i int) bool {
	for i++; i < len(tokens); i++ {
		t := &tokens[i]
		if t.Kind != english.Word {
			return false
		}
		if strings.HasSuffix(t.Norm, "ly") && !notAdverbs.Has(t.Norm) || closedTags.Of(t.Norm) == adverb {
			continue
		}
		switch t.Norm {
		case "be", "have", "do", "get":
			return true
		}
		if _, closed := closedTags.Find(t.Norm); closed {
			return false
		}
		return verbs.Has(t.Norm) || t.Norm == t.Lemma && t.Case == english.Lower && objectNext(tokens, i)
	}
	return false
}

// verbalWord reports whether a verb group can begin at token i.
func verbalWord(tokens []english.Token, i int) bool {
	for ; i < len(tokens); i++ {
		t := &tokens[i]
		if t.Kind != english.Word {
			return false
		}
		switch closedTags.Of(t.Norm) {
		case beAux, haveAux, doAux, modal, negation:
			return true
		case adverb:
			continue
		}
		n := t.Norm
		if strings.HasSuffix(n, "ly") && !notAdverbs.Has(n) {
			continue
		}
		if _, closed := closedTags.Find(n); closed {
			return false
		}
		return participles.Has(n) || pasts.Has(n) || strings.HasSuffix(n, "ed") && t.Lemma != n && !notParticiples.Has(n) ||
			pureVerbs.Has(t.Lemma) || nounVerbs.Has(t.Lemma) && n != t.Lemma
	}
	return false
}

// gerundTag tells "killing 12 people" from "the killing of 12 people".
func gerundTag(tokens []english.Token, out []tagged, i int, prev tag) tag {
	t := &tokens[i]
	if t.Norm == "missing" {
		return participle
	}
	if t.Lemma == t.Norm && verbLemma(t.Norm, t.Norm) == t.Norm {
		return nominal // "building", "morning"
	}
	nextOf := i+1 < len(tokens) && tokens[i+1].Norm == "of"
	if nextOf || prev == possessive {
		return nominal
	}
	if prev == determiner && !objectNext(tokens, i) {
		return nominal
	}
	if prev == nominal && i > 0 && out[i-1].tag == hyphen {
		return nominal
	}
	return gerund
}

// objectNext reports whether a noun phrase with its determiner begins after
// token i.
func objectNext(tokens []english.Token, i int) bool {
	if i+1 >= len(tokens) {
		return false
	}
	t := &tokens[i+1]
	return t.Kind == english.Number || closedTags.Of(t.Norm) == determiner || t.Is(english.NumberWord)
}

// verbHere reports whether the bare or -s form at token i is a verb.
func verbHere(tokens []english.Token, out []tagged, i int, prev tag) bool {
	t := &tokens[i]
	bare := t.Norm == t.Lemma
	if !bare && !strings.HasSuffix(t.Norm, "s") {
		return false
	}
	pure, noun := pureVerbs.Has(t.Lemma), nounVerbs.Has(t.Lemma)
	if !pure && !noun {
		return !bare && (prev == relative || prev == pronoun) && objectNext(tokens, i)
	}
	switch prev {
	case infinitive, modal, doAux:
		return bare
	case negation:
		return bare
	case relative:
		return true
	case pronoun:
		return pure || !bare || objectNext(tokens, i)
	case determiner, preposition, ofWord, possessive, hyphen, number, opening, beAux, haveAux:
		return prev == number && pure && bare && (pluralBefore(tokens, out, i) || i+1 < len(tokens) && tokens[i+1].Is(english.Preposition)) // "48 remain in hospital"
	case nominal, timeWord, closing:
		if i+1 < len(tokens) && tokens[i+1].Norm == "of" {
			return false
		}
		if t.Norm == "cost" && objectNext(tokens, i) {
			return true // a past tense too
		}
		if bare {
			return pluralBefore(tokens, out, i) && (pure || verbContext(tokens, i))
		}
		return pure || objectNext(tokens, i)
	case comma, coordinator:
		if bare {
			return prev == coordinator && (pure && !nounFollows(tokens, i) || objectNext(tokens, i))
		}
		return pure || objectNext(tokens, i)
	case stop:
		return pure && objectNext(tokens, i)
	}
	return pure && !bare
}

// pluralBefore reports whether the word before token i is a plural noun, so
// that a bare verb can follow it.
func pluralBefore(tokens []english.Token, out []tagged, i int) bool {
	for i--; i >= 0; i-- {
		if out[i].tag == adverb || out[i].tag == quote || out[i].tag == closing {
			continue
		}
		t := &tokens[i]
		switch t.Lemma {
		case "people", "police", "personnel", "dozen", "hundred", "thousand", "million":
			return true
		}
		return t.Kind == english.Word && t.Norm != t.Lemma && !strings.HasSuffix(t.Norm, "ing") && !strings.HasSuffix(t.Norm, "ed")
	}
	return false
}

// verbContext reports whether what follows token i speaks for a verb.
func verbContext(tokens []english.Token, i int) bool {
	if i+1 >= len(tokens) {
		return true
	}
	t := &tokens[i+1]
	if t.Kind != english.Word {
		return true
	}
	switch closedTags.Of(t.Norm) {
	case preposition, determiner, adverb, coordinator, subordinator, infinitive:
		return true
	}
	return t.Is(english.NumberWord)
}

func nounFollows(tokens []english.Token, i int) bool {
	if i+1 >= len(tokens) || tokens[i+1].Kind != english.Word {
		return false
	}
	_, closed := closedTags.Find(tokens[i+1].Norm)
	return !closed
}
