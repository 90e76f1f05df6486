package answers

import (
	"context"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

const (
	// minLineCover is the share of the question's words that a line has to have
	// to answer by itself: all of them, rounding aside.
	minLineCover = 0.999
	// minLineTerms is how many words of substance a question needs for that. One
	// word is a topic, and every line that has it only mentions it.
	minLineTerms = 2
	// maxLine is the length in bytes up to which a whole sentence is a headline;
	// of a longer one it is the clauses that have the question's words.
	maxLine = 160
	// maxWords is how many tokens apart the words of the question may stand.
	maxWords = 24
)

// line answers a question that asks for no time, person, place or figure ("what
// was burnt in the harbour?") with the line that has all of its words, where
// there is one: a reader sees at once what it says, and nothing is taken out of
// it that it does not say. The answer has no headline where no line does.
func (b *Base) line(ctx context.Context, q question.Question) (Answer, error) {
	a := Answer{Question: q, Agreement: None}
	if !lineAsked(q) || b.unknown(q) != "" {
		return a, nil
	}
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return a, err
	}
	var list []*spanCandidate
	for _, f := range facts {
		if f.Sentence.Role != corpus.Body || b.coverage(q, f, nil) < minLineCover || !b.timeMet(q, f) {
			continue
		}
		if slices.ContainsFunc(q.Names, func(n question.Name) bool { return b.reachOf(n, f) != inSentence }) {
			continue
		}
		s, width := clausesOf(q, f)
		if width > maxWords || !wordForWord(q, f) || deniedAround(f, s) {
			continue
		}
		list = append(list, &spanCandidate{fact: f, span: s, cover: 1, own: 1, linked: true, order: len(list),
			score: spanCoverage + roleWeight(f) + spanNear/float64(1+width)})
	}
	bestFirst(list)
	if len(list) == 0 {
		return a, nil
	}
	return b.composeSpans(ctx, q, list)
}

// wordForWord reports whether the sentence has the words of the question
// themselves, all or all but one: of two synonyms each may be of another sense.
func wordForWord(q question.Question, f *fact.Fact) bool {
	same, other := 0, 0
	for _, t := range q.Terms {
		if t.Lemma == q.Verb && !slices.ContainsFunc(f.Tokens, func(tok english.Token) bool {
			return tok.Lemma == q.Verb || !tok.Is(english.Reporting) && shared(english.Events(tok.Lemma), q.Events)
		}) {
			return false
		}
		if slices.ContainsFunc(f.Tokens, func(tok english.Token) bool { return tok.Lemma == t.Lemma || tok.Norm == t.Norm }) {
			same++
		} else {
			other++
			if strings.HasSuffix(strings.TrimSpace(q.Text[:t.Span.Start]), q.Cue) && t.Span.Start > 0 {
				return false // "what WEAPONS were used": just these
			}
		}
	}
	return other == 0 || other == 1 && same > 0
}

// lineAsked reports whether the question says enough for a line to answer it.
func lineAsked(q question.Question) bool {
	if q.Type != question.Other || len(q.Given) > 0 {
		return false
	}
	n := 0
	for _, t := range q.Terms {
		if t.Known && !t.Name {
			n++
		}
	}
	return n >= minLineTerms || n == 1 && q.Verb != "" && len(q.Names) > 0
}

// clausesOf is the sentence, or of a long one those clauses that have the words of
// the question, and over how many tokens the words lie.
func clausesOf(q question.Question, f *fact.Fact) (corpus.Span, int) {
	from, to := len(f.Tokens), 0
	for i, tok := range f.Tokens {
		if tok.Kind != english.Mark && slices.ContainsFunc(q.Terms, func(t question.Term) bool {
			return slices.Contains(t.Forms, tok.Lemma) || slices.Contains(t.Forms, tok.Norm)
		}) {
			from, to = min(from, i), i+1
		}
	}
	width := to - from
	first := datelineEnd(f.Tokens)
	whole := corpus.Span{Start: f.Tokens[min(first, len(f.Tokens)-1)].Start, End: f.Sentence.Span.End}
	if whole.Len() > maxLine && from < to {
		for from > first && !clauseMark(f.Tokens[from-1]) {
			from--
		}
		for to < len(f.Tokens) && !clauseMark(f.Tokens[to]) {
			to++
		}
		part := corpus.Span{Start: f.Tokens[from].Start, End: f.Tokens[to-1].End}
		if balanced(f.Sentence.Article.Text[part.Start:part.End]) {
			return part, width
		}
	}
	return whole, width
}

// clauseMark reports whether a clause ends at the token.
func clauseMark(t english.Token) bool {
	return t.Kind == english.Mark && strings.Contains(",;:.!?", t.Norm)
}

// balanced reports whether every quotation that the text opens is closed.
func balanced(text string) bool {
	return strings.Count(text, "“") == strings.Count(text, "”") && strings.Count(text, "\"")%2 == 0
}
