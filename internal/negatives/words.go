package main

import (
	"strconv"
	"time"

	"sourceline/answers/english"
	"sourceline/corpus"
)

// time0 is the date of articles that have none.
var time0 time.Time

func itoa(n int) string { return strconv.Itoa(n) }

// names are the capitalised words in a row, the first word of the question
// aside.
func names(question string) []corpus.Span {
	var out []corpus.Span
	open := false
	for i, t := range english.Tokens(question, 0) {
		capital := t.Kind == english.Word && t.Case != english.Lower && !t.FunctionWord()
		switch {
		case i == 0 || !capital:
			open = false
		case open:
			out[len(out)-1].End = t.End
		default:
			out = append(out, corpus.Span{Start: t.Start, End: t.End})
			open = true
		}
	}
	return out
}

// nouns are lower-case words that stand where nouns stand: after an article or
// a word that asks, before a word of grammar.
func nouns(question string) []corpus.Span {
	var out []corpus.Span
	tokens := english.Tokens(question, 0)
	for i := 1; i < len(tokens); i++ {
		t := tokens[i]
		if !t.Content() || t.Kind != english.Word || t.Case != english.Lower || t.Is(english.Adverb) {
			continue
		}
		ends := i+1 == len(tokens) || tokens[i+1].FunctionWord() || tokens[i+1].Kind == english.Mark
		opens := tokens[i-1].Is(english.Determiner) || asks[tokens[i-1].Norm] || i > 1 && tokens[i-2].Is(english.Determiner)
		if ends && opens {
			out = append(out, corpus.Span{Start: t.Start, End: t.End})
		}
	}
	return out
}

var asks = map[string]bool{"many": true, "much": true, "what": true, "which": true, "whose": true}
