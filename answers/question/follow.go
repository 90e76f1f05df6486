package question

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/timex"
)

// follow resolves what leans on the turns before.
func (p *parser) follow() {
	if len(p.q.Turns) == 0 || p.q.Type == Greeting {
		p.q.Unclear = p.q.Type != Greeting && p.onlyPronoun()
		return
	}
	last := p.q.Turns[len(p.q.Turns)-1].Question
	if p.aboutFacts() && p.has("article", "articles") {
		p.q.Cue = "article"
	}
	switch {
	case p.aboutFacts() && !(p.q.Type == Figure && p.has("he", "she")):
		p.q.Follow = SameFacts
		p.inherit(last, false)
	case p.has("them", "those", "these") && p.q.Type == Figure:
		p.q.Follow = SameThing
		p.q.OfLast = len(p.q.Events) > 0 && p.q.Head == ""
		p.drop("them", "those", "these")
		p.inherit(last, true)
	case p.has("he", "she", "him", "her", "his"):
		p.q.Follow = SamePerson
		if p.q.Type == Figure && len(p.q.Names) == 0 && last.Type == Definition {
			p.inherit(last, false)
		}
	case p.has("they", "their", "it", "its", "that", "this", "there", "then") && len(p.q.Names) == 0:
		p.q.Follow = SameThing
		p.inherit(last, p.q.Type == Figure && p.q.Verb == "")
	case p.and && (len(p.q.Terms) <= 3 || p.q.Type == Other):
		p.q.Follow = SameThing
		p.elliptic(last)
	case len(p.q.Terms) == 0:
		p.q.Follow = SameFacts
		p.inherit(last, false)
	}
}

// onlyPronoun reports whether the subject of the question is "it" or "they", and
// it says nothing else of what it is about than its verb: "when did it start?".
func (p *parser) onlyPronoun() bool {
	last := len(p.tokens) - 1
	for last > 0 && p.tokens[last].Kind == english.Mark {
		last--
	}
	if w := p.norm(last); (w == "it" || w == "them") && len(p.q.Names) == 0 && !slices.ContainsFunc(p.q.Terms, func(t Term) bool { return t.Lemma != p.q.Verb }) {
		return true // "who caused it?"
	}
	aux := slices.IndexFunc(p.tokens, func(t english.Token) bool { return t.Is(english.Auxiliary) })
	if aux < 0 || aux+1 >= len(p.tokens) || len(p.q.Names) > 0 || len(p.q.Given) > 0 {
		return false
	}
	switch p.norm(aux + 1) {
	case "it", "they", "he", "she":
	default:
		return false
	}
	if p.has("rain", "snow", "hail", "freeze", "thunder") {
		return false // nothing is meant by "it"
	}
	return !slices.ContainsFunc(p.q.Terms, func(t Term) bool { return t.Lemma != p.q.Verb && t.Lemma != p.q.Did && t.Lemma != p.q.Head })
}

// aboutFacts reports whether the question asks about the facts just given:
// "who says so?", "says who?", "when was that?", "source?".
func (p *parser) aboutFacts() bool {
	for _, t := range p.q.Terms {
		if !slices.Contains([]string{"so", "source", "that", "this", "it", "line", "article", "sure", "true", "claim", "confirm", "verify", "correct", "official", "still", "late", "latest", "valid", "right", "newest"}, t.Lemma) {
			return false
		}
	}
	return true
}

func (p *parser) has(words ...string) bool {
	for i := p.from; i < len(p.tokens); i++ {
		if slices.Contains(words, p.norm(i)) && p.name[i] < 0 {
			return true
		}
	}
	return false
}

func (p *parser) drop(words ...string) {
	p.q.Terms = slices.DeleteFunc(p.q.Terms, func(t Term) bool { return slices.Contains(words, t.Norm) })
}

// inherit carries over from the last question what this one does not name
// itself: names, times and, where event is set, what happened.
func (p *parser) inherit(last Question, event bool) {
	if event && len(p.q.Events) == 0 {
		p.q.Events, p.q.Verb = last.Events, last.Verb
		p.carryTerms(last, func(t Term) bool { return t.Lemma == last.Verb })
	}
	if len(p.q.Names) == 0 {
		p.q.Names = last.Names
		p.carryTerms(last, func(t Term) bool { return t.Name })
	}
	if len(p.q.Times) == 0 {
		p.q.Times = last.Times
	}
}

// elliptic reads "and vehicles?" as the last question with another thing in
// it.
func (p *parser) elliptic(last Question) {
	if p.q.Type == Other || p.q.Type == Figure && p.q.Cue == "telegram" {
		p.q.Type, p.q.Sense, p.q.Cue = last.Type, last.Sense, last.Cue
		if last.Type == Figure && p.q.Head == "" && len(p.q.Events) == 0 {
			p.figureFocus()
		}
	}
	if p.q.Type != last.Type {
		return
	}
	if p.q.Head == "" && len(p.q.Names) == 0 && len(p.q.Events) > 0 {
		p.q.Head = last.Head // "and wounded?"
	} else if p.q.Head == "" {
		p.q.Head, p.q.Mods = last.Head, last.Mods // "and in the capital?"
		p.carryTerms(last, func(t Term) bool { return t.Lemma == last.Head || slices.Contains(last.Mods, t.Lemma) })
	}
	p.q.Times = append(p.q.Times, p.otherPeriod()...)
	p.q.Carried = p.q.Head != "" && p.q.Head != last.Head && len(p.q.Events) == 0 && len(last.Events) > 0
	p.inherit(last, true)
}

// otherPeriod is a time that is told by its place before or after another one:
// "and THE YEAR BEFORE?". No article has it in these words, and none is guessed.
func (p *parser) otherPeriod() []timex.Time {
	unit, side := false, false
	for i := p.from; i < len(p.tokens); i++ {
		switch l := p.lemma(i); {
		case timeNouns[l] || l == "week" || l == "quarter":
			unit = true
		case l == "before" || l == "earlier" || l == "early" || l == "previous" || l == "prior" || l == "after" || l == "later" || l == "next":
			side = true
		}
	}
	if !unit || !side || len(p.q.Times) > 0 {
		return nil
	}
	return []timex.Time{{Text: p.q.Text, Grain: timex.Year}}
}

// carryTerms adds the terms of the last question that pick chooses.
func (p *parser) carryTerms(last Question, pick func(Term) bool) {
	for _, t := range last.Terms {
		if pick(t) && !slices.ContainsFunc(p.q.Terms, func(u Term) bool { return u.Lemma == t.Lemma }) {
			t.Span.Start, t.Span.End = 0, 0
			p.q.Terms = append(p.q.Terms, t)
		}
	}
}
