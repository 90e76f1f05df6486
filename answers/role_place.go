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

// placeCalled answers which place is the capital, the largest city and the like:
// with the place beside which the articles say so ("the capital Springfield",
// "Springfield, the largest city of the state").
func (b *Base) placeCalled(ctx context.Context, q question.Question) (Answer, error) {
	a := Answer{Question: q, Agreement: None}
	if q.Verb != "" || !slices.ContainsFunc(q.Terms, func(t question.Term) bool { return !t.Name && placeNouns[t.Lemma] }) || b.unknown(q) != "" {
		return a, nil
	}
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return a, err
	}
	var list []*spanCandidate
	for _, f := range facts {
		if f.Sentence.Role == corpus.Teaser || slices.ContainsFunc(q.Names, func(n question.Name) bool { return b.reachOf(n, f) > inTopic }) {
			continue
		}
		for _, m := range f.Mentions {
			if m.Type == fact.PlaceName && !adjective(f, m) && calledSo(q, f, m) {
				list = append(list, &spanCandidate{fact: f, span: m.Span, cover: 1, own: 1, linked: true, score: roleBeside + roleWeight(f), order: len(list)})
			}
		}
	}
	bestFirst(list)
	if len(list) == 0 {
		return a, nil
	}
	return b.composeSpans(ctx, q, list)
}

// calledSo reports whether what stands beside the place says that it is what the
// question asks for, and no more than that: an economic capital is no capital.
func calledSo(q question.Question, f *fact.Fact, m fact.Mention) bool {
	from, _ := tokenRange(f, m.Span)
	low := from
	for low > 0 && f.Tokens[low-1].Kind == english.Word && f.Tokens[low-1].Case == english.Lower && !f.Tokens[low-1].FunctionWord() {
		low--
	}
	if low < from && onlyAsked(q, f.Tokens[low:from]) {
		return true
	}
	s := apposition(f, m)
	if s.Len() == 0 {
		return false
	}
	at, to := tokenRange(f, s)
	for end := at; end < to; end++ {
		if f.Tokens[end].Is(english.Preposition) {
			to = end
		}
	}
	return onlyAsked(q, f.Tokens[at:to])
}

// onlyAsked reports whether the noun phrase has all words of the question that
// are no names, and no other word but a possessor before it.
func onlyAsked(q question.Question, words []english.Token) bool {
	if i := slices.IndexFunc(words, func(t english.Token) bool { return t.Norm == "'s" }); i >= 0 {
		words = words[i+1:] // "the country's economic capital"
	}
	in := func(t english.Token) bool {
		return slices.ContainsFunc(q.Terms, func(w question.Term) bool { return !w.Name && (w.Norm == t.Norm || w.Lemma == t.Lemma) })
	}
	for _, t := range words {
		if t.Content() && !in(t) {
			return false
		}
	}
	return !slices.ContainsFunc(q.Terms, func(w question.Term) bool {
		return !w.Name && !slices.ContainsFunc(words, func(t english.Token) bool { return w.Norm == t.Norm || w.Lemma == t.Lemma })
	})
}

// aims are nouns of which a colon may say what they are: "The goal was clear: to
// seize power".
var aims = wordSet("goal aim purpose objective demand plan reason cause motive target message condition task mission priority problem idea")

// afterColon answers what somebody's goal, demand or the like was, with what
// follows the colon of the sentence that says so.
func (b *Base) afterColon(ctx context.Context, q question.Question) (Answer, error) {
	a := Answer{Question: q, Agreement: None}
	i := slices.IndexFunc(q.Terms, func(t question.Term) bool { return aims[t.Lemma] })
	if i < 0 || q.Verb != "" || b.unknown(q) != "" {
		return a, nil
	}
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return a, err
	}
	var list []*spanCandidate
	for _, f := range facts {
		s := colonAfter(f, q.Terms[i])
		if s.Len() == 0 || b.coverage(q, f, b.around(f, 1)) < minWhoCover || slices.ContainsFunc(q.Names, func(n question.Name) bool { return b.reachOf(n, f) > nearby }) {
			continue
		}
		list = append(list, &spanCandidate{fact: f, span: s, cover: 1, own: 1, linked: true, score: minSpanScore + roleWeight(f), order: len(list)})
	}
	if len(list) == 0 {
		return a, nil
	}
	return b.composeSpans(ctx, q, list)
}

// colonAfter is what follows the colon after the noun and a form of "be" or
// "become"; empty where the sentence has no such thing.
func colonAfter(f *fact.Fact, noun question.Term) corpus.Span {
	const to = 6 // tokens from the noun to its colon: "The main GOAL was quite obvious:"
	at := slices.IndexFunc(f.Tokens, func(t english.Token) bool { return slices.Contains(noun.Forms, t.Lemma) })
	if at < 0 || at+1 >= len(f.Tokens) || f.Tokens[at+1].Lemma != "be" && f.Tokens[at+1].Lemma != "become" {
		return corpus.Span{}
	}
	for i := at + 2; i < len(f.Tokens) && i <= at+to; i++ {
		if f.Tokens[i].Norm != ":" || i+1 >= len(f.Tokens) {
			continue
		}
		end := i + 1
		for end < len(f.Tokens) && !strings.Contains(".\"", f.Tokens[end].Norm) {
			end++
		}
		if end > i+1 {
			return corpus.Span{Start: f.Tokens[i+1].Start, End: f.Tokens[end-1].End}
		}
	}
	return corpus.Span{}
}
