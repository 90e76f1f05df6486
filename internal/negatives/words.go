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

// antonyms are words of questions and their opposites.
var antonyms = both(map[string]string{
	"first": "last", "largest": "smallest", "biggest": "littlest", "highest": "lowest", "most": "fewest", "best": "worst",
	"oldest": "youngest", "longest": "shortest", "before": "after", "more": "less", "north": "south", "east": "west",
	"northern": "southern", "eastern": "western", "increase": "decrease", "increased": "decreased", "old": "new",
	"male": "female", "men": "women", "win": "lose", "won": "lost", "begin": "end", "began": "ended", "open": "close",
	"opened": "closed", "start": "stop", "started": "stopped", "rise": "fall", "rose": "fell", "large": "small",
	"high": "low", "major": "minor", "early": "late", "earliest": "latest", "maximum": "minimum", "public": "private",
	"born": "buried", "introduced": "abolished", "founded": "dissolved", "established": "disbanded", "built": "demolished",
	"create": "destroy", "created": "destroyed", "allowed": "forbidden", "support": "oppose", "supported": "opposed",
	"urban": "rural", "domestic": "foreign", "above": "below", "arrive": "leave", "arrived": "left", "accepted": "rejected",
	"married": "divorced", "attack": "defend", "attacked": "defended", "rich": "poor", "modern": "ancient", "approved": "vetoed",
	"main": "minor", "common": "rare", "gained": "forfeited", "appointed": "dismissed", "released": "withheld", "joined": "quit",
})

// both is the pairs with each word of a pair as a key; the first pair of a word
// holds.
func both(pairs map[string]string) map[string]string {
	out := map[string]string{}
	for a, b := range pairs {
		out[a] = b
	}
	for a, b := range pairs {
		if old, ok := out[b]; !ok || a < old && pairs[b] == "" {
			out[b] = a
		}
	}
	return out
}
