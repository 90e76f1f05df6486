package answers

import (
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/question"
)

// summary is our frame for the answer: the question, or of one for a figure
// what is counted. A number never stands in it; what would not read well is
// left out.
func summary(q question.Question) string {
	text := question.Plain(q.Text)
	if q.Rest != "" {
		text = strings.TrimSuffix(strings.TrimSpace(text), q.Rest)
		text = strings.TrimSuffix(strings.TrimRight(text, " \n,;"), " and")
	}
	if counting[q.Sense] && q.Type == question.Figure {
		if s := countedWords(q, text); s != "" {
			return s
		}
	}
	if strings.ContainsAny(text, "0123456789") {
		return ""
	}
	for _, r := range q.Read {
		text = strings.ReplaceAll(text, r.From, r.To)
	}
	return strings.Join(strings.Fields(strings.TrimRight(strings.TrimSpace(text), "?!. ")), " ")
}

// counting are the senses of which the thing alone tells what the figure is.
var counting = map[question.Sense]bool{question.HowMany: true}

// countedWords is the question without the words that only ask: "people killed
// in the capital". What follows a verb before its subject ("how many soldiers
// DID THE PACT SEND") is left out.
func countedWords(q question.Question, text string) string {
	var words []string
	tokens := english.Tokens(text, 0)
	for i, t := range tokens {
		word := t.Text
		for _, r := range q.Read {
			if r.From == t.Text {
				word = r.To
			}
		}
		norm := english.Fold(word)
		class := english.ClassOf(norm)
		if class&english.Auxiliary != 0 && len(words) > 0 && inverted(tokens, i) {
			break
		}
		if t.Kind == english.Number || t.Kind == english.Mark && (t.Norm != "-" && t.Norm != "'" || t.Space) ||
			class&(english.Question|english.Auxiliary) != 0 || norm == "many" || norm == "there" || norm == "please" || (norm == "and" || norm == "or" || norm == "so") && len(words) == 0 {
			continue
		}
		if !t.Space && len(words) > 0 {
			words[len(words)-1] += word
			continue
		}
		words = append(words, word)
	}
	for len(words) > 0 && english.ClassOf(english.Fold(words[len(words)-1]))&(english.Preposition|english.Conjunction|english.Determiner) != 0 {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// inverted reports whether the auxiliary at token i stands before its subject:
// "did the pact send", not "were killed", "have been killed".
func inverted(tokens []english.Token, i int) bool {
	if tokens[i].Lemma == "be" || i+1 >= len(tokens) {
		return false
	}
	next := tokens[i+1]
	return !next.Is(english.Auxiliary) && (tokens[i].Lemma == "do" || next.Is(english.Determiner|english.Pronoun) || next.Case != english.Lower)
}
