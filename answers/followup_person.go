package answers

import (
	"context"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// samePerson is the question with the name of the one whom "he" or "she" means in
// the place of the pronoun: somebody whom the last question named, or who was
// its answer. It reports false where there is none: nobody may be given
// another's arrest.
func (b *Base) samePerson(ctx context.Context, q question.Question) (question.Question, bool, error) {
	if len(q.Turns) == 0 {
		return q, false, nil
	}
	name, err := b.antecedent(ctx, q.Turns[len(q.Turns)-1].Question)
	if name == "" || err != nil {
		return q, false, err
	}
	named, err := b.Read(ctx, withName(q.Text, name))
	named.Text = q.Text
	return named, err == nil, err
}

// antecedent is the person of the question: of the names in it the one of a
// person, or else its answer.
func (b *Base) antecedent(ctx context.Context, last question.Question) (string, error) {
	for _, n := range last.Names {
		key, ok := b.names.Lookup(strings.Join(n.Words, " "))
		if ok && b.names.Type(key) == fact.PersonName || last.Type == question.Definition && strings.HasPrefix(last.Cue, "who") {
			return strings.Join(n.Words, " "), nil
		}
	}
	if last.Type != question.Person {
		return "", nil
	}
	a, err := b.Answer(ctx, last)
	if err != nil || len(a.Evidence) == 0 {
		return "", err
	}
	f := b.factHolding(a.Evidence[0].Article.ID, a.Evidence[0].Span)
	if f == nil {
		return "", nil
	}
	text := f.Sentence.Article.Text
	for _, m := range f.Mentions {
		if name := text[m.Span.Start:m.Span.End]; m.Type == fact.PersonName && strings.Contains(a.Headline, name) {
			return name, nil
		}
	}
	return "", nil
}

// withName is the text with the name in the place of each pronoun for a person.
func withName(text, name string) string {
	var out strings.Builder
	last := 0
	tokens := english.Tokens(text, 0)
	for i, t := range tokens {
		put := name
		switch t.Norm {
		case "he", "she", "him":
		case "her":
			if i+1 < len(tokens) && tokens[i+1].Content() {
				put += "'s"
			}
		case "his":
			put += "'s"
		default:
			continue
		}
		span := corpus.Span{Start: t.Start, End: t.End}
		out.WriteString(text[last:span.Start])
		out.WriteString(put)
		last = span.End
	}
	out.WriteString(text[last:])
	return out.String()
}
