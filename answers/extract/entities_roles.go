package extract

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// maxRoleWords is the longest apposition that is taken for a role.
const maxRoleWords = 14

// addRoles collects what a sentence says that its people are: their titles,
// and appositions before and after the name.
func addRoles(text string, f *fact.Fact, out []fact.Entity) {
	next := 0
	for _, m := range f.Mentions {
		for next < len(f.Tokens) && f.Tokens[next].Start < m.Span.Start {
			next++
		}
		if m.Entity < 0 || m.Type == fact.PlaceName {
			continue
		}
		e := &out[m.Entity]
		if m.Type == fact.PersonName && m.Full.Start < m.Span.Start {
			addRole(e, strings.TrimSpace(text[m.Full.Start:m.Span.Start]))
		}
		last := next
		for last < len(f.Tokens) && f.Tokens[last].End <= m.Span.End {
			last++
		}
		if s := roleAfter(f.Tokens, last); s.Len() > 0 {
			addRole(e, text[s.Start:s.End])
		}
		if m.Type == fact.PersonName {
			if s := roleBefore(f.Tokens, next, last); s.Len() > 0 {
				addRole(e, text[s.Start:s.End])
			}
		}
	}
}

func addRole(e *fact.Entity, role string) {
	folded := english.Fold(role)
	if role == "" || slices.ContainsFunc(e.Roles, func(r string) bool { return english.Fold(r) == folded }) {
		return
	}
	e.Roles = append(e.Roles, role)
}

// roleAfter is the apposition that begins with the comma at i: "Karl
// Weber, THE FORMER HEAD OF THE COMMITTEE, who".
func roleAfter(t []english.Token, i int) corpus.Span {
	if i+1 >= len(t) || t[i].Text != "," || t[i+1].Kind != english.Word {
		return corpus.Span{}
	}
	from, role := i+1, false
	for k := from; k < len(t) && k-from <= maxRoleWords; k++ {
		switch w := &t[k]; {
		case w.Text == "," || w.Text == "." || w.Text == ";" || w.Text == ")" || w.Norm == "who":
			if role && k > from {
				return corpus.Span{Start: t[from].Start, End: t[k-1].End}
			}
			return corpus.Span{}
		case w.Kind == english.Mark && w.Text != "-" && w.Text != "'", w.Is(english.Auxiliary) && w.Norm != "'s",
			w.Is(english.Reporting) && !w.Is(english.Honorific), w.Is(english.Person) && w.Norm != "his" && w.Norm != "her" && w.Norm != "their":
			return corpus.Span{}
		case k == from && !appositionStart(t, k):
			return corpus.Span{}
		case nounRole(w):
			role = true
		case !role && w.Is(english.Preposition|english.Relative|english.Conjunction):
			return corpus.Span{}
		}
	}
	return corpus.Span{}
}

// nounRole reports whether a word says what a person or a body is.
func nounRole(w *english.Token) bool {
	return w.Kind == english.Word && (w.Is(english.Honorific) || roles.Has(w.Norm) || titles.Has(w.Norm) ||
		w.Case == english.Lower && (orgHeads.Has(w.Norm) || w.Norm == "agency" || w.Norm == "alliance" || w.Norm == "group"))
}

// appositionStart reports whether an apposition may begin with the word at
// k: an article, a possessive, a modifier of roles, a role, or a name with
// "'s" behind it.
func appositionStart(t []english.Token, k int) bool {
	w := &t[k]
	if w.Norm == "the" || w.Norm == "a" || w.Norm == "an" || w.Norm == "his" || w.Norm == "her" || w.Norm == "its" ||
		titleModifiers.Has(w.Norm) || nounRole(w) {
		return true
	}
	return capitalised(w) && k+1 < len(t) && (t[k+1].Norm == "'s" || nounRole(&t[k+1]))
}

// RoleBefore is the apposition that ends with the comma before the mention's
// name; empty where none does.
func RoleBefore(f *fact.Fact, m fact.Mention) corpus.Span {
	i := slices.IndexFunc(f.Tokens, func(t english.Token) bool { return t.Start >= m.Span.Start })
	if i < 0 {
		return corpus.Span{}
	}
	j := i
	for j < len(f.Tokens) && f.Tokens[j].End <= m.Span.End {
		j++
	}
	for i > 0 && (f.Tokens[i-1].Norm == "mr" || f.Tokens[i-1].Norm == "mrs" || f.Tokens[i-1].Norm == "ms" || f.Tokens[i-1].Norm == "dr" || f.Tokens[i-1].Text == "." && i > 1 && f.Tokens[i-2].Is(english.Honorific)) {
		i-- // "the chief of the police, MR. Smith"
	}
	return roleBefore(f.Tokens, i, j)
}

// roleBefore is the apposition that ends with the comma before the name
// tokens[i:j]: "THE PRESIDENT OF THE COUNCIL, Karl Weber, …".
func roleBefore(t []english.Token, i, j int) corpus.Span {
	if i < 3 || t[i-1].Text != "," || j < len(t) && t[j].Kind == english.Word && t[j].Norm != "and" {
		return corpus.Span{}
	}
	role := false
	for k := i - 2; k >= 0 && i-k <= maxRoleWords; k-- {
		w := &t[k]
		switch {
		case w.Kind == english.Mark && w.Text != "-" && w.Text != "'", w.Is(english.Auxiliary) && w.Norm != "'s",
			w.Is(english.Reporting) && !w.Is(english.Honorific), w.Is(english.Relative):
			return corpus.Span{}
		case w.Norm == "of" || w.Norm == "for" || w.Norm == "at":
			role = false
		case isRole(w) && w.Case != english.Upper:
			role = true
		case w.Norm == "the" && !role && k > 0 && (t[k-1].Norm == "of" || t[k-1].Norm == "for" || t[k-1].Norm == "at"):
		case w.Norm == "the" || w.Norm == "a" || w.Norm == "an" || w.Norm == "his" || w.Norm == "her" || w.Norm == "its" || w.Norm == "their":
			if !role {
				return corpus.Span{}
			}
			return corpus.Span{Start: w.Start, End: t[i-2].End}
		}
	}
	return corpus.Span{}
}
