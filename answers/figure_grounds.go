package answers

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// groundsMet reports whether the sentence names all that the question says it
// happened for or in, or one beside it does in the very words, or, of an event,
// the title.
func (b *Base) groundsMet(q question.Question, f *fact.Fact) bool {
	for _, t := range q.Terms {
		if !slices.Contains(q.Grounds, t.Lemma) || termIn(t, f) {
			continue
		}
		has := func(tokens []english.Token) bool {
			return slices.ContainsFunc(tokens, func(tok english.Token) bool { return tok.Lemma == t.Lemma })
		}
		if f.Sentence.Role == corpus.Teaser || b.otherGrounds(q, t, f) {
			return false
		}
		if (len(english.Events(t.Lemma)) > 0 || ofTheOutbreak(f)) && (metBy(t, b.title(f.ID.Article)) || b.opensWith(t, f.ID.Article)) {
			continue
		}
		if !slices.ContainsFunc(b.around(f, 1), func(g *fact.Fact) bool { return has(g.Tokens) }) {
			return false
		}
	}
	return true
}

// otherGrounds reports whether the sentence says of what happened that it was of
// something else than the term: "died of OTHER CAUSES".
func (b *Base) otherGrounds(q question.Question, t question.Term, f *fact.Fact) bool {
	for i, w := range f.Tokens {
		if i+2 >= len(f.Tokens) || w.Kind != english.Word || !sameEvent(q, w.Lemma, english.Events(w.Lemma)) {
			continue
		}
		if prep := f.Tokens[i+1].Norm; prep != "of" && prep != "from" {
			continue
		}
		end := i + 2
		for end < len(f.Tokens) && f.Tokens[end].Kind == english.Word && !f.Tokens[end].Is(english.Preposition|english.Auxiliary|english.Conjunction) {
			end++
		}
		if end > i+2 && f.Tokens[end-1].Case == english.Lower && !metBy(t, f.Tokens[i+2:end]) {
			return true
		}
	}
	return false
}

// outbreaks are nouns for a disease that the article has named before.
var outbreaks = map[string]bool{"outbreak": true, "epidemic": true, "pandemic": true, "disease": true, "illness": true, "virus": true, "infection": true, "bacterium": true}

// ofTheOutbreak reports whether the sentence speaks of the disease that the article
// is about by such a noun: "THE OUTBREAK has killed 12".
func ofTheOutbreak(f *fact.Fact) bool {
	for i := 1; i < len(f.Tokens); i++ {
		if outbreaks[f.Tokens[i].Lemma] && (f.Tokens[i-1].Norm == "the" || f.Tokens[i-1].Norm == "this") {
			return true
		}
	}
	return false
}
