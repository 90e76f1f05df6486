package answers

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// withSubject is the fact of a sentence that opens with a pronoun with the words of
// the subject of the sentence before it too, which the pronoun stands for: "The
// TRIAL opened. IT was moved because …". Any other fact it returns as it is. What
// it returns serves to look for words in only.
func (b *Base) withSubject(f *fact.Fact) *fact.Fact {
	g := b.factAt(f.ID.Article, f.Number-1)
	if g == nil || f.Sentence.Role != corpus.Body || g.Sentence.Role != corpus.Body {
		return f
	}
	person := false
	switch openingWord(f.Tokens) {
	case "he", "she":
		person = true
	case "it", "they":
	default:
		return f
	}
	words := b.subjectOf(g)
	named := slices.ContainsFunc(g.Mentions, func(m fact.Mention) bool {
		return m.Type == fact.PersonName && len(words) > 0 && m.Span.End <= words[len(words)-1].End
	}) || slices.ContainsFunc(words, func(t english.Token) bool { return english.IsPerson(t.Lemma) })
	if len(words) == 0 || person && !named {
		return f
	}
	out := *f
	out.Tokens = append(slices.Clone(words), f.Tokens...)
	return &out
}

// openingWord is the first word of a sentence, quotation marks passed over.
func openingWord(tokens []english.Token) string {
	i := slices.IndexFunc(tokens, func(t english.Token) bool { return t.Kind == english.Word })
	if i < 0 || i > 1 {
		return ""
	}
	return tokens[i].Norm
}

// subjectOf are the words of the sentence before its first verb.
func (b *Base) subjectOf(f *fact.Fact) []english.Token {
	from := datelineEnd(f.Tokens)
	for _, v := range b.grammar(f).Verbs {
		if to, _ := tokenRange(f, v.Span); to > from {
			return f.Tokens[from:to]
		}
	}
	return nil
}

// withApposed is the span of somebody who is only described with the name that a
// comma parts from it: "his deputy, ANA ENGEL".
func withApposed(f *fact.Fact, s corpus.Span) corpus.Span {
	_, to := tokenRange(f, s)
	if to+1 >= len(f.Tokens) || f.Tokens[to].Norm != "," {
		return s
	}
	for _, m := range f.Mentions {
		if m.Type == fact.PersonName && m.Full.Start == f.Tokens[to+1].Start {
			return corpus.Span{Start: s.Start, End: m.Span.End}
		}
	}
	return s
}

// saidOfSelf is the speaker who says of himself what a question for a person asks:
// "RITA ENGEL said she would resign"; nil where nobody does.
func (b *Base) saidOfSelf(q question.Question, f *fact.Fact, r *extract.Reading) *spanCandidate {
	if q.Type != question.Person || q.Passive || q.Verb == "" {
		return nil
	}
	for _, p := range r.Phrases {
		if !slices.ContainsFunc(p.Events, func(e fact.Event) bool {
			return !e.Negated && (e.Relation == fact.Agent || intransitive[e.Lemma]) && sameEvent(q, e.Lemma, e.Names)
		}) {
			continue
		}
		switch english.Fold(f.Sentence.Article.Text[p.Span.Start:p.Span.End]) {
		case "he", "she":
		default:
			continue
		}
		for i, a := range f.Says {
			if a.Quote || !a.Scope.Contains(p.Span) || a.Speaker.Len() == 0 || a.Speaker.Start > p.Span.Start || !f.Sentence.Span.Contains(a.Speaker) {
				continue
			}
			if s, g := b.speakerSpan(f, i); s.Len() > 0 && english.ClassOf(english.Fold(g.Sentence.Article.Text[s.Start:s.End]))&english.Pronoun == 0 {
				return &spanCandidate{fact: g, span: s, linked: true}
			}
		}
	}
	return nil
}
