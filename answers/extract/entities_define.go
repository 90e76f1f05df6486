package extract

import (
	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// Lengths of an abbreviation in brackets, in letters.
const (
	maxAcronym = 10
	minWordLen = 4 // from here on a word of English is none
)

// definitions are the abbreviations that a sentence defines: in brackets
// after their long form, or with the long form in brackets after them.
func definitions(text string, t []english.Token, mentions []fact.Mention) []definition {
	var out []definition
	for k := 1; k+2 < len(t); k++ {
		if t[k].Text != "(" && t[k].Text != "[" {
			continue
		}
		closing := ")"
		if t[k].Text == "[" {
			closing = "]"
		}
		if t[k+2].Text == closing && acronymToken(&t[k+1]) {
			if from := longBefore(t, mentions, k); from >= 0 {
				out = append(out, newDefinition(text, t, from, k, k+1, k+2))
			}
			continue
		}
		if acronymToken(&t[k-1]) {
			if end := longInside(t, mentions, k, closing); end > 0 {
				out = append(out, newDefinition(text, t, k+1, end, k-1, k))
			}
		}
	}
	return out
}

// newDefinition is the definition with the long form tokens[from:to] and the
// short one tokens[s]; last is the last token of whichever stands last.
func newDefinition(text string, t []english.Token, from, to, s, last int) definition {
	d := definition{
		longSpan:  corpus.Span{Start: t[from].Start, End: t[to-1].End},
		shortSpan: corpus.Span{Start: t[s].Start, End: t[s].End},
	}
	d.span = corpus.Span{Start: min(d.longSpan.Start, d.shortSpan.Start), End: max(d.longSpan.End, d.shortSpan.End, t[last].End)}
	if last < to { // the bracket closes behind the long form
		d.span.End = t[to].End
	}
	d.long, d.short = text[d.longSpan.Start:d.longSpan.End], text[d.shortSpan.Start:d.shortSpan.End]
	return d
}

// acronymToken reports whether a token may be an abbreviation.
func acronymToken(t *english.Token) bool {
	return t.Kind == english.Word && t.Case == english.Upper && len(t.Text) <= maxAcronym && isAcronymText(t.Text) &&
		(len(t.Text) < minWordLen || !t.English())
}

// longBefore is where the long form of the abbreviation after the bracket at
// k begins: by its initials, or else the organisation named right there; -1.
func longBefore(t []english.Token, mentions []fact.Mention, k int) int {
	if from := byInitials(t, k, t[k+1].Norm); from >= 0 {
		return from
	}
	if _, n := english.PlaceAt(t[k+1:]); n > 0 {
		return -1
	}
	for _, m := range mentions {
		if m.Span.End == t[k-1].End && m.Type == fact.OrgName {
			from := k - 1
			for from > 0 && t[from-1].Start >= m.Span.Start {
				from--
			}
			if k-from > 1 {
				return from
			}
		}
	}
	return -1
}

// byInitials is where the words before k that have the letters of acronym as
// their initials begin, or -1. Small words may be left out of the letters.
func byInitials(t []english.Token, k int, acronym string) int {
	i, letter := k-1, len(acronym)-1
	for ; i >= 0 && letter >= 0; i-- {
		if acronym[letter] == '.' {
			letter--
			i++
			continue
		}
		w := &t[i]
		switch {
		case w.Text == "-":
		case w.Kind != english.Word:
			return -1
		case w.Norm[0] == acronym[letter]:
			letter--
		case w.Is(english.Preposition | english.Determiner | english.Conjunction):
		default:
			return -1
		}
	}
	if letter >= 0 || t[i+1].FunctionWord() {
		return -1
	}
	return i + 1
}

// longInside is the end of the long form that the bracket at k holds for the
// abbreviation before it, or 0.
func longInside(t []english.Token, mentions []fact.Mention, k int, closing string) int {
	for end := k + 1; end < len(t) && end-k <= 2*maxAcronym; end++ {
		if t[end].Text != closing {
			continue
		}
		if end-k > 2 && byInitials(t[:end], end, t[k-1].Norm) == k+1 {
			return end
		}
		for _, m := range mentions {
			if end-k > 2 && m.Type == fact.OrgName && m.Span.Start == t[k+1].Start && m.Span.End == t[end-1].End {
				return end
			}
		}
		return 0
	}
	return 0
}
