package dialogue

import (
	"slices"
	"strings"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
)

const (
	nearestShown = 3 // lines that come closest, under a refusal
	offer        = "The articles do answer:"
	relatedShown = 3 // questions offered after an answer or a refusal
	timesShown   = 3 // relative times that are explained
	alsoShown    = 4 // figures of another scope that are named
)

// answer prints what the articles say, the figure first, and returns the lines
// that it shows.
func (f *frame) answer(a *answers.Answer, room Room, v View) (*adapters.Reply, []answers.Evidence) {
	p := pick(a, room.quotes(), v == Full)
	r := reply(adapters.Headline{Text: a.Headline, Summary: a.Summary, Caveat: headlineCaveat(a)})
	add := func(text string) {
		if text != "" {
			r.Parts = append(r.Parts, adapters.Paragraph{Text: text})
		}
	}
	add(f.agreement(a))
	add(others(a))
	var shown []answers.Evidence
	for _, i := range p.shown {
		r.Parts = append(r.Parts, f.quote(a.Evidence[i], p.label[i]))
		shown = append(shown, a.Evidence[i])
	}
	note(r, times(f, a, p.shown), sideCaveats(a), readings(a.Question.Read))
	choices := adapters.Choices{}
	if p.left > 0 {
		choices.Options = append(choices.Options, adapters.Choice{
			Label: "All " + f.counted(len(a.Evidence), "line", "lines"), Value: LinesValue, Ask: "all lines"})
	}
	related := asks(a.Related[:min(relatedShown, len(a.Related))])
	choices.Options = append(choices.Options, append(related.Options, feedback()...)...)
	r.Parts = append(r.Parts, choices)
	return r, shown
}

// refusal says what is missing, and shows what comes closest as quotes only.
func (f *frame) refusal(a *answers.Answer) *adapters.Reply {
	missing := a.Missing
	if missing == "" {
		missing = "no article answers that"
	}
	r := reply(adapters.Paragraph{Text: sentence(missing)})
	note(r, readings(a.Question.Read))
	if n := min(nearestShown, len(a.Nearest)); n > 0 {
		note(r, "The nearest lines, which do not answer it:")
		for _, e := range a.Nearest[:n] {
			r.Parts = append(r.Parts, f.quote(e, roleLabel(e.Role)))
		}
	}
	related := asks(a.Related[:min(relatedShown, len(a.Related))])
	if len(related.Options) > 0 {
		note(r, offer)
	}
	related.Options = append(related.Options, feedback()...)
	r.Parts = append(r.Parts, related)
	return r
}

// feedback are the buttons that tell whether an answer helped.
func feedback() []adapters.Choice {
	return []adapters.Choice{{Label: "👍", Value: UpValue}, {Label: "👎", Value: DownValue}}
}

func (r Room) quotes() int {
	if r.Quotes <= 0 {
		return DefaultQuotes
	}
	return r.Quotes
}

// note adds notes, the empty ones left out.
func note(r *adapters.Reply, texts ...string) {
	for _, t := range texts {
		if t != "" {
			r.Parts = append(r.Parts, adapters.Note{Text: t})
		}
	}
}

// addChoice adds an option to the reply's choices.
func addChoice(r *adapters.Reply, c adapters.Choice) {
	for i, p := range r.Parts {
		if choices, ok := p.(adapters.Choices); ok {
			choices.Options = append([]adapters.Choice{c}, choices.Options...)
			r.Parts[i] = choices
			return
		}
	}
	r.Parts = append(r.Parts, adapters.Choices{Options: []adapters.Choice{c}})
}

// headlineCaveat is what weakens the figure of the headline and so stands on
// its line.
func headlineCaveat(a *answers.Answer) string {
	var texts []string
	for _, c := range a.Caveats {
		if ofHeadline(a, c) {
			texts = append(texts, c.Text)
		}
	}
	return strings.Join(texts, "; ")
}

// sideCaveats are those of other figures; they follow the quotes.
func sideCaveats(a *answers.Answer) string {
	var texts []string
	for _, c := range a.Caveats {
		if !ofHeadline(a, c) && c.Kind != answers.CaveatScope {
			texts = append(texts, c.Text)
		}
	}
	return sentence(strings.Join(texts, "; "))
}

// ofHeadline reports whether a caveat is about the figure in the headline. A
// standing is where the figure itself has it, or where there are no figures.
func ofHeadline(a *answers.Answer, c answers.Caveat) bool {
	switch c.Kind {
	case answers.CaveatScope, answers.CaveatEarlier:
		return false
	case answers.CaveatWithdrawn, answers.CaveatDenied, answers.CaveatUnverified, answers.CaveatExpected:
		if len(a.Figures) == 0 {
			return true
		}
		return string(a.Figures[0].Standing) == string(c.Kind)
	}
	return true
}

// agreement says how the sources stand to each other.
func (f *frame) agreement(a *answers.Answer) string {
	switch a.Agreement {
	case answers.Conflicting:
		if len(a.Figures) < 2 {
			return "Sources disagree on where this stands."
		}
		return "Sources disagree: " + f.byFigure(a) + "."
	case answers.Compatible:
		if stands(a) {
			return f.agree(a)
		}
	}
	return ""
}

// stands reports whether the figure in the headline was neither withdrawn nor
// denied: who agrees on one that was says nothing.
func stands(a *answers.Answer) bool {
	return !slices.ContainsFunc(a.Caveats, func(c answers.Caveat) bool {
		return (c.Kind == answers.CaveatWithdrawn || c.Kind == answers.CaveatDenied) && ofHeadline(a, c)
	})
}

// agree counts the articles that agree, and how exact they are.
func (f *frame) agree(a *answers.Answer) string {
	all, exact := map[string]bool{}, map[string]bool{}
	for _, fig := range a.Figures {
		if fig.Beside != "" {
			continue // of another scope, or an earlier one: it does not agree
		}
		for _, id := range fig.Articles {
			all[id] = true
			if fig.Quantity.Bound == quantity.Exact && !fig.Quantity.Vague {
				exact[id] = true
			}
		}
	}
	if len(all) == 0 {
		for _, e := range a.Evidence {
			all[e.Article.ID] = true
		}
		return f.counted(len(all), "article says so.", "articles say so.")
	}
	if len(all) == 1 {
		return "" // one article that gives its figure twice
	}
	text := f.count(len(all)) + " articles agree"
	if rounded := len(all) - len(exact); len(exact) > 0 && rounded > 0 {
		text += "; " + f.counted(len(exact), "is exact", "are exact") + ", " + f.counted(rounded, "rounds it", "round it")
	}
	return text + "."
}

// byFigure lists the figures that disagree, each with its sources.
func (f *frame) byFigure(a *answers.Answer) string {
	names := sourceNames(a)
	var items []string
	for _, fig := range a.Figures {
		if fig.Beside != "" {
			continue // of another scope, or an earlier one: it disputes nothing
		}
		var from []string
		for _, id := range fig.Articles {
			if names[id] != "" {
				from = append(from, names[id])
			}
		}
		item := fig.Text
		if len(from) > 0 {
			item += " (" + strings.Join(from, ", ") + ")"
		}
		items = append(items, item)
	}
	return strings.Join(items, " · ")
}

// sourceNames are the names of the articles of an answer by their IDs.
func sourceNames(a *answers.Answer) map[string]string {
	names := map[string]string{}
	for _, e := range a.Evidence {
		names[e.Article.ID] = e.Article.Source()
	}
	return names
}

// others names the figures of another scope.
func others(a *answers.Answer) string {
	var items []string
	for _, c := range a.Caveats {
		if c.Kind == answers.CaveatScope && len(items) < alsoShown {
			items = append(items, c.Text)
		}
	}
	if len(items) == 0 {
		return ""
	}
	return "Also: " + strings.Join(items, " · ")
}

// times explains the relative times of the lines that are shown.
func times(f *frame, a *answers.Answer, shown []int) string {
	var items []string
	seen := map[string]bool{}
	for _, i := range shown {
		for _, t := range a.Evidence[i].Times {
			item := "“" + t.Text + "” is " + f.date(t.Date)
			if t.Date.IsZero() || strings.Contains(t.Text, t.Date.Format("2006")) || seen[item] || len(items) == timesShown {
				continue
			}
			seen[item] = true
			items = append(items, item)
		}
	}
	return sentence(strings.Join(items, ", "))
}

// readings says which words were read as others.
func readings(read []question.Reading) string {
	if len(read) == 0 {
		return ""
	}
	var items []string
	for _, r := range read {
		items = append(items, "“"+r.From+"” as “"+r.To+"”")
	}
	return "Read " + strings.Join(items, ", ") + "."
}

// sentence makes a sentence of a phrase: a capital in front, a full stop at
// the end.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	if c := s[0]; 'a' <= c && c <= 'z' {
		s = string(c-'a'+'A') + s[1:]
	}
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, ":") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") {
		return s
	}
	return s + "."
}
