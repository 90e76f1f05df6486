package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// anyPlace reports whether the span is only "the country" or the like, which
// says nothing to who asks where.
func anyPlace(f *fact.Fact, s corpus.Span) bool {
	from, to := tokenRange(f, s)
	for from < to && f.Tokens[from].Is(english.Determiner|english.Person) {
		from++
	}
	if from >= to {
		return false
	}
	switch f.Tokens[to-1].Lemma {
	case "country", "state", "nation", "republic": // "this former Soviet nation"
		return f.Tokens[to-1].Case == english.Lower && !slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool {
			return m.Type == fact.PlaceName && s.Contains(m.Span) && !adjective(f, m)
		})
	}
	if to-from != 1 {
		return false
	}
	switch f.Tokens[from].Lemma {
	case "country", "state", "nation", "city", "town", "region", "area", "place", "republic", "district":
		return f.Tokens[from].Case == english.Lower
	}
	return false
}

// maxPlaced is how many tokens stand before the preposition of a place at most
// for all words of the question to be among them.
const maxPlaced = 9

// placed reports whether the span is the place that is said of the thing, in a
// question without a verb: "the residence and the hall OF Springfield".
func placed(q question.Question, f *fact.Fact, r *extract.Reading, s corpus.Span) bool {
	if !slices.ContainsFunc(q.Terms, func(t question.Term) bool { return !t.Name }) || slices.ContainsFunc(q.Terms, func(t question.Term) bool { return english.IsPerson(t.Lemma) }) {
		return false // where somebody is, is said of nobody by the way
	}
	from, _ := tokenRange(f, s)
	i := from - 1
	for i >= 0 && (f.Tokens[i].Is(english.Determiner) || f.Tokens[i].Kind == english.Word && f.Tokens[i].Case == english.Lower && !f.Tokens[i].FunctionWord()) {
		i-- // "in the capital Springfield"
	}
	if i < 0 {
		return false
	}
	switch f.Tokens[i].Norm {
	case "of", "in", "at", "near", "off", "on", "outside":
	default:
		return false
	}
	verb := func(t english.Token) bool {
		return slices.ContainsFunc(r.Verbs, func(v extract.Verb) bool { return v.Span.Start <= t.Start && t.End <= v.Span.End })
	}
	low := i
	for low > 0 && i-low < maxPlaced && !placeBreak(f.Tokens[low-1]) && !verb(f.Tokens[low-1]) {
		low--
	}
	words := f.Tokens[low:i]
	if slices.ContainsFunc(words, func(t english.Token) bool {
		return t.Norm == "second" || t.Norm == "another" || t.Norm == "other" || t.Norm == "similar"
	}) {
		return false
	}
	return !slices.ContainsFunc(q.Terms, func(t question.Term) bool {
		return !slices.ContainsFunc(words, func(w english.Token) bool {
			return slices.Contains(t.Forms, w.Lemma) || slices.Contains(t.Forms, w.Norm)
		})
	})
}

// severalPlaces reports whether a question for where one thing is finds it in
// several places: they are of several things.
func severalPlaces(q question.Question, list []*spanCandidate) bool {
	return q.Type == question.Place && q.Verb == "" && !asksOrigin(q) && !asksSeveral(q) &&
		slices.ContainsFunc(list, func(c *spanCandidate) bool { return !overlapping(c.text(), list[0].text()) })
}

// placeBreak reports whether a noun phrase with its place does not go on over
// the token.
func placeBreak(t english.Token) bool {
	return t.Kind == english.Mark && t.Norm != "-" || t.Is(english.Auxiliary|english.Reporting|english.Relative|english.Person)
}

// asksOrigin reports whether the question asks where those come from whom it
// names: "where are the fighters from?".
func asksOrigin(q question.Question) bool {
	words := strings.Fields(strings.TrimRight(english.Fold(q.Text), " ?!."))
	return q.Type == question.Place && len(words) > 2 && words[len(words)-1] == "from" && (q.Verb == "" || q.Verb == "come" || q.Verb == "originate")
}

// possessed is the place, or the phrase that it begins as the one whose something
// is: "St Mary's CHURCH".
func possessed(f *fact.Fact, r *extract.Reading, m fact.Mention) corpus.Span {
	_, to := tokenRange(f, m.Span)
	if to >= len(f.Tokens) || f.Tokens[to].Norm != "'s" {
		return m.Span
	}
	for _, p := range r.Phrases {
		if p.Span.Start <= m.Span.Start && p.Span.End > f.Tokens[to].End {
			return corpus.Span{Start: m.Span.Start, End: p.Span.End}
		}
	}
	return m.Span
}

// fromThere reports whether something only comes from the place, which is not
// where it happened.
func fromThere(q question.Question, f *fact.Fact, s corpus.Span) bool {
	from, _ := tokenRange(f, s)
	for from > 0 && f.Tokens[from-1].Is(english.Determiner) {
		from--
	}
	return from > 0 && f.Tokens[from-1].Norm == "from" && !strings.Contains(" "+english.Fold(q.Text)+" ", " from ")
}

// withoutCome leaves out the verb of "where do they come from".
func withoutCome(q question.Question) question.Question {
	q.Terms = slices.DeleteFunc(slices.Clone(q.Terms), func(t question.Term) bool { return t.Lemma == q.Verb })
	q.Verb, q.Events = "", nil
	return q
}

// origins are the places after "from" behind what the question asks about:
// "fighters FROM the coast".
func origins(q question.Question, f *fact.Fact) []corpus.Span {
	var head question.Term
	for _, t := range q.Terms {
		if t.Lemma != q.Verb {
			head = t
		}
	}
	var out []corpus.Span
	for i := 1; i+1 < len(f.Tokens); i++ {
		before := f.Tokens[i-1]
		if f.Tokens[i].Norm != "from" || !slices.Contains(head.Forms, before.Lemma) && !slices.Contains(head.Forms, before.Norm) {
			continue
		}
		to := i + 1
		for to < len(f.Tokens) && f.Tokens[to].Kind == english.Word && (!f.Tokens[to].FunctionWord() || f.Tokens[to].Is(english.Determiner)) && f.Tokens[to].Class&english.Adverb == 0 {
			to++
		}
		s := corpus.Span{Start: f.Tokens[i+1].Start, End: f.Tokens[max(to, i+2)-1].End}
		if to > i+1 && slices.ContainsFunc(f.Mentions, func(m fact.Mention) bool { return m.Type == fact.PlaceName && m.Span.Overlaps(s) }) {
			out = append(out, s)
		}
	}
	return out
}

// asksSeveral reports whether the question asks for more than one: "which
// COUNTRIES".
func asksSeveral(q question.Question) bool {
	return slices.ContainsFunc(q.Tokens(), func(t english.Token) bool { return t.Lemma == q.Cue && t.Norm != t.Lemma })
}

// listed is the span with the names of its kind that stand in one list with it:
// "Russia and China".
func listed(f *fact.Fact, s corpus.Span) corpus.Span {
	text := f.Sentence.Article.Text
	i := slices.IndexFunc(f.Mentions, func(m fact.Mention) bool { return m.Span == s })
	if i < 0 {
		return s
	}
	joins := func(a, b fact.Mention) bool {
		if a.Type != b.Type || a.Span.End > b.Full.Start {
			return false
		}
		switch strings.TrimSpace(text[a.Span.End:b.Full.Start]) {
		case ",", "and", ", and", "or", "&":
			return true
		}
		return false
	}
	lo, hi := i, i
	for lo > 0 && joins(f.Mentions[lo-1], f.Mentions[lo]) {
		lo--
	}
	for hi+1 < len(f.Mentions) && joins(f.Mentions[hi], f.Mentions[hi+1]) {
		hi++
	}
	return corpus.Span{Start: f.Mentions[lo].Span.Start, End: f.Mentions[hi].Span.End}
}
