package quantity

import (
	"sort"
	"strings"

	"sourceline/answers/english"
	"sourceline/corpus"
)

// nounReach is how many words the noun phrase after a quantity may have.
const nounReach = 6

// CountedNoun finds the noun phrase that follows a plain count by the forms
// of its words alone: its span and its lemmas with a space between them, the
// head last ("cabinet minister" of "eight cabinet ministers"). Both are empty
// where no noun follows. It is for those who have nothing better; package
// extract reads the whole clause.
func CountedNoun(tokens []english.Token, q Quantity) (corpus.Span, string) {
	i := sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= q.Span.End })
	if i+1 < len(tokens) && dash(&tokens[i]) && tokens[i].Space == tokens[i+1].Space {
		return hyphenated(tokens, i+1)
	}
	if i+2 < len(tokens) && tokens[i].Norm == "of" && tokens[i+1].Is(english.Determiner) { // "one of coke's largest acquisitions"
		i += 2
	}
	if q.Vague && i+1 < len(tokens) && tokens[i].Norm == "of" { // "dozens of families"
		i++
	}
	for i < len(tokens) && (tokens[i].Norm == "most" || tokens[i].Norm == "such") {
		i++
	}
	end, plural := i, false
	for end < len(tokens) && end < i+nounReach && !plural {
		t := &tokens[end]
		if end > i && end+1 < len(tokens) && dash(t) && !t.Space && !tokens[end+1].Space && nominal(&tokens[end+1]) { // "six intensive-care beds"
			end++
			continue
		}
		if t.Kind != english.Word || t.Norm != "more" && !nominal(t) || t.Norm == "more" && end > i {
			break
		}
		plural = t.Countable()
		end++
	}
	if end == i || !plural && q.Low != 1 && end > i+1 {
		return corpus.Span{}, ""
	}
	if !plural && q.Low != 1 && !english.Known(tokens[i].Norm) {
		return corpus.Span{}, ""
	}
	return phraseOf(tokens[i:end])
}

// hyphenated is the noun of "two-door version" from "door" on.
func hyphenated(tokens []english.Token, i int) (corpus.Span, string) {
	end := i + 1
	for end < len(tokens) && end < i+2 && nominal(&tokens[end]) && tokens[end].Kind == english.Word {
		end++
	}
	if tokens[i].Kind != english.Word {
		return corpus.Span{}, ""
	}
	return phraseOf(tokens[i:end])
}

// nominal reports whether a word may be part of a noun phrase.
func nominal(t *english.Token) bool {
	return !t.FunctionWord() && !t.Is(english.Adverb|english.Reporting|english.NumberWord|english.Month|english.Weekday)
}

func phraseOf(tokens []english.Token) (corpus.Span, string) {
	var lemmas strings.Builder
	for i := range tokens {
		t := &tokens[i]
		if i > 0 && t.Space {
			lemmas.WriteByte(' ')
		}
		if t.Norm == "more" {
			lemmas.WriteString(t.Norm)
		} else {
			lemmas.WriteString(t.Lemma)
		}
	}
	return corpus.Span{Start: tokens[0].Start, End: tokens[len(tokens)-1].End}, lemmas.String()
}
