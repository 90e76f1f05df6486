package answers

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
)

// Opposite is the word that says the opposite of the folded word; "" where
// none is known.
func Opposite(word string) string { return opposites[word] }

// contradicted reports whether the fact lacks a word of the question but has
// the opposite: "the last" for "the first".
func contradicted(q question.Question, f *fact.Fact) bool {
	return slices.ContainsFunc(q.Terms, func(t question.Term) bool {
		other := opposites[t.Norm]
		if other == "" {
			return false
		}
		lemma := english.Lemma(other)
		has := func(tok english.Token) bool {
			return tok.Kind == english.Word && (tok.Norm == other || tok.Lemma == lemma || opposites[tok.Norm] == t.Norm)
		}
		is := func(tok english.Token) bool { return tok.Norm == t.Norm || tok.Lemma == t.Lemma }
		return slices.ContainsFunc(f.Tokens, has) && !slices.ContainsFunc(f.Tokens, is)
	})
}

// opposites are words of questions and what they are asked wrongly with.
var opposites = both(map[string]string{
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
