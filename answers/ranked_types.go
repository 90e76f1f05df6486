package answers

import (
	"cmp"
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/answers/rank"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// typeFeatures tell how the span fits the type that is asked for.
func (x *featurer) typeFeatures(v *rank.Tally, s corpus.Span) {
	for i := range x.f.Counts {
		if c := &x.f.Counts[i]; c.Quantity.Span == s {
			x.countFeatures(v, c)
		}
	}
	for _, t := range x.f.Times {
		if t.Span != s {
			continue
		}
		v.IsOf(true, "grain ", string(t.Grain))
		v.IsOf(true, "cue ", x.q.Cue, ", grain ", string(t.Grain))
		v.Is("range", t.Range)
		v.Is("relative", t.Relative)
		v.Is("grain fits", grainFits(x.q.Cue, t))
		v.Is("vague", t.Grain == timex.Vague)
	}
	if x.q.Type == question.Time {
		shape := x.timeShape(s)
		v.IsOf(true, "shape ", shape)
		v.IsOf(true, "cue ", x.q.Cue, ", shape ", shape)
		whole := slices.ContainsFunc(x.f.Times, func(t timex.Time) bool { return t.Span == s })
		named := slices.ContainsFunc(x.f.Times, func(t timex.Time) bool { return t.Span.Overlaps(s) })
		v.IsOf(!named, "time clause, cue ", x.q.Cue)
		v.Is("more than a time", named && slices.ContainsFunc(x.f.Times, func(t timex.Time) bool { return t.Span != s && s.Contains(t.Span) }))
		v.Is("part of a time", !whole && slices.ContainsFunc(x.f.Times, func(t timex.Time) bool { return t.Span.Contains(s) }))
		v.Is("time next to its event", linked(x.q, x.f, x.grammar, s) && !whole)
	}
	if x.q.Type == question.Reason {
		v.Is("after a reason word", slices.Contains(reasonPhrases(x.f), s))
		from, to := tokenRange(x.f, s)
		x.cueFeatures(v, from, to)
	}
	if x.q.Type == question.Place || x.q.Type == question.Person || x.q.Type == question.Definition {
		v.IsOf(false, "cue ", x.q.Cue)
		from, to := tokenRange(x.f, s)
		p, ok := english.PlaceCalled(x.f.Tokens[from:to])
		v.Is("in the gazetteer", ok && !p.Adjective)
		v.IsOf(ok && !p.Adjective, "gazetteer ", string(p.Kind), ", cue ", x.q.Cue)
		v.Is("adjective of a place", ok && p.Adjective)
	}
}

// nameFeatures tell what kind of name the candidate is, or has in it, and
// whether words stand around the name.
func (x *featurer) nameFeatures(v *rank.Tally, s corpus.Span, from, to int) {
	kind := "thing"
	for _, m := range x.f.Mentions {
		if m.Span == s {
			kind = string(m.Type)
			break
		}
		if s.Contains(m.Span) {
			kind = "more than a " + string(m.Type)
			v.IsOf(m.Span.Start > s.Start, "words before its ", string(m.Type))
			v.IsOf(m.Span.End < s.End, "words after its ", string(m.Type))
		}
	}
	if kind == "thing" && slices.ContainsFunc(x.f.Tokens[from:to], func(t english.Token) bool { return english.IsPerson(t.Lemma) }) {
		kind = "people"
	}
	v.IsOf(true, "kind ", kind)
	v.IsOf(x.formed(), "form ", x.form, ", kind ", kind)
	v.IsOf(true, "cue ", x.q.Cue, ", kind ", kind)
	capital := 0
	for _, t := range x.f.Tokens[from:to] {
		if t.Kind == english.Word && t.Case != english.Lower {
			capital++
		}
	}
	v.Add("capital share", float64(capital)/float64(max(1, to-from)))
}

func (x *featurer) countFeatures(v *rank.Tally, c *fact.Count) {
	kind := string(c.Quantity.Unit.Kind)
	v.IsOf(true, "unit ", kind)
	v.IsOf(true, "sense ", string(x.q.Sense), ", unit ", kind)
	v.Is("sense fits", senseFits(x.q, c))
	v.Is("vague", c.Quantity.Vague)
	v.IsOf(true, "bound ", string(c.Quantity.Bound))
	v.Is("small", c.Quantity.Low <= 1)
	v.Is("background", c.Background)
	v.Is("part", c.Part >= 0)
	v.Is("others", c.Others || c.Increment)
	head := cmp.Or(c.Head, c.Implied)
	switch {
	case x.q.Head == "":
	case head == x.q.Head:
		v.Is("head same", true)
	case head != "" && english.Covers(x.q.Head, head):
		v.Is("head covered", true)
	case slices.Contains(c.Of, x.q.Head) || slices.Contains(c.Mods, x.q.Head):
		v.Is("head around", true)
	case head == "":
		v.Is("head missing", true)
	default:
		v.Is("head other", true)
	}
	if len(x.q.Mods) > 0 {
		met := 0
		for _, m := range x.q.Mods {
			if slices.Contains(c.Mods, m) || slices.Contains(c.Of, m) {
				met++
			}
		}
		v.Add("modifiers", float64(met)/float64(len(x.q.Mods)))
	}
	for _, e := range c.Events {
		if e.Lemma == x.q.Verb || shared(e.Names, x.q.Events) {
			v.Is("event linked", true)
			break
		}
	}
}

// timeShape is what a time looks like: "year", "month year", "day month year".
func (x *featurer) timeShape(s corpus.Span) string {
	from, to := tokenRange(x.f, s)
	var year, month, day, weekday, century, decade bool
	for _, t := range x.f.Tokens[from:to] {
		switch {
		case t.Kind == english.Number && len(t.Text) == 4:
			year = true
		case t.Kind == english.Number && len(t.Text) <= 2:
			day = true
		case t.Is(english.Month) && t.Kind == english.Word:
			month = true
		case t.Is(english.Weekday):
			weekday = true
		case t.Lemma == "century":
			century = true
		case t.Norm == "s":
			decade = true
		}
	}
	out := ""
	for _, c := range []struct {
		is   bool
		name string
	}{{weekday, "weekday "}, {day, "day "}, {month, "month "}, {year, "year "}, {century, "century "}, {decade, "decade "}} {
		if c.is {
			out += c.name
		}
	}
	return out
}
