package answers

import (
	"context"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// definition answers who somebody is or what a name stands for: with the
// title, the apposition or the written-out name that the articles give.
func (b *Base) definition(ctx context.Context, q question.Question) (Answer, error) {
	a := Answer{Question: q, Agreement: None}
	if missing := b.unknown(q); missing != "" {
		a.Missing = missing
		return b.withNearest(ctx, a)
	}
	if len(q.Names) == 0 && len(q.Terms) == 0 {
		a.Missing = b.unmet(q)
		return b.withNearest(ctx, a)
	}
	if len(q.Names) == 0 {
		return b.nounDefinition(ctx, q)
	}
	var list []*spanCandidate
	var phrases [][]string
	for _, n := range q.Names {
		phrases = append(phrases, phrasesOf(n)...)
	}
	for _, f := range b.having(phrases) {
		for _, m := range f.Mentions {
			if c := b.defines(q, f, m); c != nil {
				c.order = len(list)
				list = append(list, c)
			}
		}
	}
	bestFirst(list)
	if len(list) == 0 {
		a.Missing = b.unmet(q)
		return b.withNearest(ctx, a)
	}
	return b.composeSpans(ctx, q, list)
}

// defines is what the mention says of the name that is asked about; nil where
// it says nothing.
func (b *Base) defines(q question.Question, f *fact.Fact, m fact.Mention) *spanCandidate {
	text := f.Sentence.Article.Text
	name := nameWords(text[m.Span.Start:m.Span.End])
	for _, n := range q.Names {
		joined := strings.Join(n.Words, " ")
		if q.Cue == "stand for" {
			if name != joined && slices.Contains(n.Aliases, name) && strings.Contains(name, " ") {
				// Written out right beside the short form is best.
				score := 1.0
				if namedIn(f.Tokens, [][]string{n.Words}) {
					score += 2
				}
				return &spanCandidate{fact: f, span: m.Span, score: score + roleWeight(f)}
			}
			continue
		}
		surname := m.Type == fact.PersonName && len(n.Words) == 1 && strings.HasSuffix(name, " "+joined)
		if name != joined && !slices.Contains(n.Aliases, name) && !surname {
			continue
		}
		if role := trim(f, corpus.Span{Start: m.Full.Start, End: m.Span.Start}); m.Full.Start < m.Span.Start && !courtesy[english.Fold(text[role.Start:role.End])] {
			role = withCountry(f, role)
			return &spanCandidate{fact: f, span: role, score: 1 + roleWeight(f) + float64(min(role.Len(), longRole))/longRole + relative(f, role)}
		}
		if s := apposition(f, m); s.Len() > 0 {
			return &spanCandidate{fact: f, span: s, score: 2 + roleWeight(f) + relative(f, s)}
		}
		if s := extract.RoleBefore(f, m); m.Type == fact.PersonName && s.Len() > 0 {
			return &spanCandidate{fact: f, span: s, score: 2 + roleWeight(f) + relative(f, s)}
		}
	}
	return nil
}

// nameWords are the folded words of a name, as names are looked up: a hyphen
// parts words.
func nameWords(name string) string {
	var words []string
	for _, t := range english.Tokens(name, 0) {
		if t.Kind != english.Mark {
			words = append(words, t.Norm)
		}
	}
	return strings.Join(words, " ")
}

// withCountry is the role with the country or place before it: "FRENCH President",
// "Norway's President".
func withCountry(f *fact.Fact, role corpus.Span) corpus.Span {
	from, _ := tokenRange(f, role)
	if from > 0 && f.Tokens[from-1].Norm == "'s" {
		from--
	}
	if from == 0 {
		return role
	}
	end := f.Tokens[from-1].End
	for _, m := range f.Mentions {
		if m.Type == fact.PlaceName && m.Span.End == end && (adjective(f, m) || f.Tokens[from].Norm == "'s") {
			return corpus.Span{Start: m.Span.Start, End: role.End}
		}
	}
	return role
}

// relative is what a role loses that only says what somebody is to another one:
// "his COUNTERPART".
func relative(f *fact.Fact, role corpus.Span) float64 {
	from, to := tokenRange(f, role)
	less := 0.0
	for _, t := range f.Tokens[from:to] {
		if t.Is(english.Person) {
			less = relativeRole
		}
		switch t.Lemma {
		case "counterpart", "predecessor", "successor", "colleague", "ally", "rival", "neighbor":
			less = relativeRole
		}
	}
	return less
}

// relativeRole is the weight of a role that is said only of two.
const relativeRole = -1.0

// describesAs reports whether the tokens begin with a participle that tells more
// of the noun before: "a phrase USED TO describe", "a group KNOWN AS".
func describesAs(tokens []english.Token) bool {
	if len(tokens) < 2 || tokens[0].Norm == tokens[0].Lemma {
		return false
	}
	switch tokens[0].Lemma + " " + tokens[1].Norm {
	case "use to", "use for", "use in", "know as", "know for", "base in", "design to", "found in", "form in":
		return true
	}
	return false
}

// nounDefinition answers what a thing is that has no name of its own, with an
// apposition to it: "colour revolutions, a phrase that describes …". A line that
// only mentions it says nothing of what it is.
func (b *Base) nounDefinition(ctx context.Context, q question.Question) (Answer, error) {
	a := Answer{Question: q, Agreement: None}
	facts, err := b.candidates(ctx, q, false)
	if err != nil {
		return a, err
	}
	var list []*spanCandidate
	for _, f := range facts {
		if f.Sentence.Role != corpus.Body {
			continue
		}
		if s := describes(q, f); s.Len() > 0 {
			list = append(list, &spanCandidate{fact: f, span: s, cover: 1, own: 1, linked: true, score: 2 + roleWeight(f), order: len(list)})
		}
	}
	bestFirst(list)
	if len(list) == 0 {
		a.Missing = b.unmet(q)
		return b.withNearest(ctx, a)
	}
	return b.composeSpans(ctx, q, list)
}

// maxTail is how many tokens may stand between a noun and its apposition:
// "colour revolutions" in the former republics, a phrase that …
const maxTail = 6

// describes is the apposition to the noun phrase that the question asks about;
// empty where the sentence has none.
func describes(q question.Question, f *fact.Fact) corpus.Span {
	for i := range f.Tokens {
		k, t := i, 0
		for ; k < len(f.Tokens) && t < len(q.Terms); k++ {
			tok := f.Tokens[k]
			if tok.Kind == english.Mark && k > i {
				continue
			}
			if !slices.Contains(q.Terms[t].Forms, tok.Lemma) && !slices.Contains(q.Terms[t].Forms, tok.Norm) {
				break
			}
			t++
		}
		if t < len(q.Terms) {
			continue
		}
		for k < len(f.Tokens) && f.Tokens[k].Norm == "\"" {
			k++
		}
		for end := k; end < len(f.Tokens) && end <= k+maxTail && !f.Tokens[end].Is(english.Auxiliary|english.Reporting); end++ {
			if f.Tokens[end].Norm == "," || f.Tokens[end].Norm == "(" {
				if s := appositionAt(f, end); s.Len() > 0 && (end == k || f.Tokens[k].Norm == "in") {
					return s
				}
				break
			}
		}
	}
	return corpus.Span{}
}

// courtesy are titles that say nothing of what somebody is.
var courtesy = map[string]bool{"mr": true, "mrs": true, "ms": true, "miss": true, "mr.": true, "mrs.": true, "ms.": true, "dr": true, "sir": true, "lady": true}

// longRole is the length in bytes from which a title says all that it can.
const longRole = 40

// apposition is the noun phrase between commas after a name: "Ruth Engel,
// the former head of the committee,".
func apposition(f *fact.Fact, m fact.Mention) corpus.Span {
	_, i := tokenRange(f, m.Span)
	return appositionAt(f, i)
}

// appositionAt is the apposition to what ends before token i.
func appositionAt(f *fact.Fact, i int) corpus.Span {
	if i+2 < len(f.Tokens) && f.Tokens[i].Norm == "(" {
		for k := i + 1; k < len(f.Tokens) && k < i+5; k++ {
			if f.Tokens[k].Norm == ")" {
				i = k + 1 // "the Treaty Organization (TO), an alliance of"
				break
			}
		}
	}
	if i > 0 && i < len(f.Tokens) && f.Tokens[i].Norm == ")" {
		i++
	}
	if i+1 >= len(f.Tokens) || f.Tokens[i].Norm != "," && f.Tokens[i].Norm != "-" || !f.Tokens[i+1].Is(english.Determiner) && !(i+2 < len(f.Tokens) && f.Tokens[i+2].Norm == "'s") {
		return corpus.Span{}
	}
	to := i + 1
	for to < len(f.Tokens) && f.Tokens[to].Norm != "," && f.Tokens[to].Norm != "." && f.Tokens[to].Norm != ";" {
		to++
	}
	for k := i + 1; k < to; k++ {
		if t := f.Tokens[k]; describesAs(f.Tokens[k:to]) {
			break
		} else if t.Is(english.Auxiliary|english.Reporting) || strings.HasSuffix(t.Norm, "ed") && t.Norm != t.Lemma && !f.Tokens[k-1].Is(english.Determiner) && f.Tokens[k-1].Norm != "-" {
			if k == i+1 || !slices.ContainsFunc(f.Tokens[i+1:k], func(u english.Token) bool { return u.Is(english.Relative) }) {
				return corpus.Span{} // a clause of its own, no apposition
			}
		}
	}
	if to == len(f.Tokens) || f.Tokens[to].Norm != "," && f.Tokens[to].Norm != "." {
		return corpus.Span{}
	}
	return corpus.Span{Start: f.Tokens[i+1].Start, End: f.Tokens[to-1].End}
}
