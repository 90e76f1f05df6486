package answers

import (
	"sourceline/answers/english"
	"sourceline/answers/question"
)

// formed reports whether the form of the question says more of its answer than
// its type: "where is" wants another place than "where did", "who is" no other
// person than "who did".
func (x *featurer) formed() bool { return x.q.Type == question.Time || x.q.Type == question.Place }

// form is how the question is built, by the word that asks and the auxiliary
// after it: "when is", "where did", "who verb", "which".
func form(q question.Question) string {
	tokens := q.Tokens()
	for i, t := range tokens {
		if !t.Is(english.Question) {
			continue
		}
		if i+1 == len(tokens) {
			return t.Norm + " last"
		}
		switch next := tokens[i+1]; {
		case next.Norm == "is" || next.Norm == "are":
			return t.Norm + " is"
		case next.Norm == "was" || next.Norm == "were":
			return t.Norm + " was"
		case next.Norm == "did":
			return t.Norm + " did"
		case next.Norm == "do" || next.Norm == "does":
			return t.Norm + " does"
		case next.Is(english.Auxiliary):
			return t.Norm + " can"
		default:
			if t.Norm == "who" || t.Norm == "when" || t.Norm == "where" {
				return t.Norm + " verb"
			}
			return "which"
		}
	}
	return "none"
}
