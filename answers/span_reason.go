package answers

import (
	"slices"
	"strings"

	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// resultOpenings open a sentence whose reason is the one before it.
var resultOpenings = [][]string{{"as", "a", "result", ","}, {"as", "a", "consequence", ","}, {"consequently", ","}, {"therefore", ","}, {"for", "this", "reason", ","}, {"for", "that", "reason", ","}, {"because", "of", "this", ","}, {"because", "of", "that", ","}, {"that", "is", "why"}, {"that", "'s", "why"}, {"this", "is", "why"}}

// asResult is the sentence before the fact as the reason of what it says: "The
// line was cut. AS A RESULT, it was hard to phone." Nil where it does not say so.
func (b *Base) asResult(q question.Question, f *fact.Fact) *spanCandidate {
	if q.Type != question.Reason || !slices.ContainsFunc(resultOpenings, func(words []string) bool {
		for i, w := range words {
			if i >= len(f.Tokens) || f.Tokens[i].Norm != w {
				return false
			}
		}
		return true
	}) {
		return nil
	}
	if len(q.Terms) < minLineTerms || b.coverage(q, f, nil) < minLineCover || q.EventNoun || q.Verb != "" && !slices.ContainsFunc(b.grammar(f).Verbs, func(v extract.Verb) bool { return sameEvent(q, v.Lemma, v.Names) }) {
		return nil // it only mentions what is asked about
	}
	g := b.factAt(f.ID.Article, f.Number-1)
	if g == nil || g.Sentence.Role != corpus.Body || g.Sentence.Line != f.Sentence.Line || deniedAround(g, corpus.Span{}) {
		return nil
	}
	text := g.Sentence.Text()
	span := corpus.Span{Start: g.Sentence.Span.Start, End: g.Sentence.Span.Start + len(strings.TrimRight(text, " .\n"))}
	if span.Len() > maxLine || !balanced(text) {
		return nil
	}
	return &spanCandidate{fact: g, span: span, after: f, linked: true}
}
