package answers

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/answers/timex"
)

// formerly are words before the noun of an event that make it an earlier one; of
// "last" alone a year has to say so.
var formerly = map[string]bool{"last": true, "previous": true, "earlier": true, "preceding": true}

// ofFormer reports whether the sentence tells of an earlier event of the kind
// that the question asks about: "the LAST national rail strike, in 2017, lasted
// 11 days".
func ofFormer(q question.Question, f *fact.Fact) bool {
	if asksFormer(q.Tokens()) || len(q.Times) > 0 {
		return false
	}
	for i, t := range f.Tokens {
		if !formerly[t.Norm] || i == 0 || !f.Tokens[i-1].Is(english.Determiner) || t.Norm == "last" && !longAgo(f) {
			continue
		}
		for _, noun := range f.Tokens[i+1 : min(i+1+maxFormer, len(f.Tokens))] {
			if noun.Kind != english.Word || noun.FunctionWord() {
				break
			}
			if q.Verb != "" && sameEvent(q, noun.Lemma, english.Events(noun.Lemma)) || slices.ContainsFunc(q.Terms, func(t question.Term) bool { return t.Lemma == noun.Lemma && !t.Name }) {
				return true
			}
		}
	}
	return false
}

// asksFormer reports whether the question has such a word before a noun.
func asksFormer(tokens []english.Token) bool {
	for i := 1; i < len(tokens); i++ {
		if formerly[tokens[i].Norm] && tokens[i-1].Is(english.Determiner) {
			return true
		}
	}
	return false
}

// maxFormer is how many words such a word stands before its noun at most.
const maxFormer = 4

// longAgo reports whether the sentence names a year before that of its article.
func longAgo(f *fact.Fact) bool {
	written := f.Sentence.Article.Date
	return !written.IsZero() && slices.ContainsFunc(f.Times, func(t timex.Time) bool {
		return !t.To.IsZero() && t.To.Year() < written.Year()
	})
}
