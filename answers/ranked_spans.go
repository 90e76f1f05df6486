package answers

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// spans are the candidates of the sentence.
func (x *featurer) spans() []corpus.Span {
	var out []corpus.Span
	add := func(s corpus.Span) {
		if s.Len() > 0 && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	switch x.q.Type {
	case question.Figure:
		for i := range x.f.Counts {
			c := &x.f.Counts[i]
			if !c.Implicit {
				add(c.Quantity.Span)
			}
		}
	case question.Time:
		for _, t := range x.f.Times {
			add(t.Span)
			x.partsOfTime(t.Span, add)
			for _, p := range x.grammar.Phrases {
				if p.Span.Contains(t.Span) {
					add(x.trimmed(p.Span)) // "the 2005–2006 season"
				}
			}
		}
		x.timeClauses(add)
		x.periodPhrases(add)
		for i := range x.f.Counts {
			if c := &x.f.Counts[i]; c.Quantity.Unit.Kind == quantity.Duration {
				add(c.Quantity.Span)
			}
		}
	case question.Reason:
		for _, s := range causers(x.q, x.f, x.grammar) {
			add(s)
		}
		for _, s := range reasonPhrases(x.f) {
			add(s)
		}
		x.reasonClauses(add)
	case question.Place:
		for _, s := range placePhrases(x.f) {
			add(s)
		}
		x.nominals(add)
		x.lists(add)
		x.wider(add)
		x.placed(add)
	default:
		x.nominals(add)
		x.lists(add)
		x.wider(add)
		if x.q.Type == question.Other {
			for i := range x.f.Counts {
				add(x.f.Counts[i].Quantity.Span)
			}
		}
	}
	return out
}

// partsOfTime adds what a coarser or finer question wants of a time: the year
// of a date, the month, the ends of a range, a century without "late".
func (x *featurer) partsOfTime(s corpus.Span, add func(corpus.Span)) {
	from, to := tokenRange(x.f, s)
	part := func(i, j int) {
		if i < j && (i > from || j < to) {
			add(corpus.Span{Start: x.f.Tokens[i].Start, End: x.f.Tokens[j-1].End})
		}
	}
	start := from
	for i := from; i < to; i++ {
		t := x.f.Tokens[i]
		switch {
		case t.Kind == english.Number && len(t.Text) == 4:
			part(i, i+1)
		case t.Is(english.Month) && t.Kind == english.Word:
			part(i, i+1)
			if i+1 < to && x.f.Tokens[i+1].Kind == english.Number && len(x.f.Tokens[i+1].Text) <= 2 {
				part(i, i+2)
			}
			if i > from && x.f.Tokens[i-1].Kind == english.Number && len(x.f.Tokens[i-1].Text) <= 2 {
				part(i-1, i+1)
			}
		case t.Norm == "century" || t.Norm == "centuries":
			for k := i - 1; k >= from; k-- {
				if x.f.Tokens[k].Kind == english.Number {
					part(k, i+1)
					part(k, i)
					break
				}
			}
		case t.Norm == "to" || t.Norm == "and" || t.Norm == "until" || t.Norm == "-":
			part(start, i)
			part(i+1, to)
		}
		if i == from && !t.Is(english.Month|english.Weekday) && t.Kind == english.Word {
			part(i+1, to)
		}
	}
}

// nominals adds names, names with their titles, neighbouring names joined by a
// comma, and noun phrases.
func (x *featurer) nominals(add func(corpus.Span)) {
	text := x.f.Sentence.Article.Text
	for i, m := range x.f.Mentions {
		add(m.Span)
		if x.q.Type != question.Place {
			add(m.Full)
		}
		if i+1 < len(x.f.Mentions) {
			next := x.f.Mentions[i+1]
			if m.Span.End < next.Span.Start && text[m.Span.End:next.Span.Start] == ", " && m.Type == fact.PlaceName {
				add(corpus.Span{Start: m.Span.Start, End: next.Span.End})
			}
		}
	}
	for _, p := range x.grammar.Phrases {
		add(x.trimmed(p.Span))
		add(x.trimmed(p.Whole))
		x.inner(x.trimmed(p.Span), add)
	}
}

// inner adds a phrase without its first word or words, where they are a number
// or stand before a name: "French immigrants" of "7,000 French immigrants",
// "Benjamin Franklin" of "Philadelphian Benjamin Franklin".
func (x *featurer) inner(s corpus.Span, add func(corpus.Span)) {
	from, to := tokenRange(x.f, s)
	if from >= to {
		return
	}
	for i := from + 1; i < to; i++ {
		before, t := x.f.Tokens[i-1], x.f.Tokens[i]
		if t.Kind != english.Mark && (before.Kind == english.Number || before.FunctionWord() || to-i >= 2 && t.Case != english.Lower && i == to-2 || t.Case != english.Lower && before.Case == english.Lower) {
			add(corpus.Span{Start: t.Start, End: s.End})
		}
	}
	if last := x.f.Tokens[to-1]; to-from > 1 && (last.Is(english.Adverb) || last.Norm != last.Lemma && x.f.Tokens[to-2].Case != english.Lower && last.Case == english.Lower) {
		add(corpus.Span{Start: s.Start, End: x.f.Tokens[to-2].End}) // a verb taken for a noun: "Senate sat"
	}
}

// trimmed leaves out the article that opens a phrase.
func (x *featurer) trimmed(s corpus.Span) corpus.Span {
	from, to := tokenRange(x.f, s)
	for from < to && (x.f.Tokens[from].Norm == "the" || x.f.Tokens[from].Norm == "a" || x.f.Tokens[from].Norm == "an" || x.f.Tokens[from].Kind == english.Mark) {
		from++
	}
	for to > from && x.f.Tokens[to-1].Kind == english.Mark {
		to--
	}
	if from >= to {
		return corpus.Span{}
	}
	return corpus.Span{Start: x.f.Tokens[from].Start, End: x.f.Tokens[to-1].End}
}

// maxList is how many parts a list may have.
const maxList = 8

// lists adds noun phrases joined by commas and "and": "local residents and
// tourists", "the French, the Dutch and the English".
func (x *featurer) lists(add func(corpus.Span)) {
	text := x.f.Sentence.Article.Text
	for i, p := range x.grammar.Phrases {
		end, last := p.Whole.End, ""
		for _, r := range x.grammar.Phrases[i+1 : min(len(x.grammar.Phrases), i+maxList)] {
			if r.Span.Start < end {
				continue
			}
			last = text[end:r.Span.Start]
			if last != ", " && last != " and " && last != ", and " && last != " or " && last != " & " {
				break
			}
			end = r.Whole.End
			if last != ", " || p.Whole.End < end {
				add(x.trimmed(corpus.Span{Start: p.Span.Start, End: end}))
			}
		}
	}
}
