package dialogue

import (
	"slices"

	"sourceline/adapters"
	"sourceline/answers"
	"sourceline/corpus"
)

// A picked is which lines of an answer are shown.
type picked struct {
	shown []int          // indexes into Answer.Evidence, in the order to show
	label map[int]string // our word for what a line is
	left  int            // lines that are not shown
}

// pick chooses the lines: the headline's, those of its caveats (a withdrawn
// figure never stands without the line that withdraws it, however many there
// are), one of each figure where they disagree, then the best of each article
// until there are most.
func pick(a *answers.Answer, most int, all bool) picked {
	p := picked{label: labels(a)}
	show := func(i int) {
		if i >= 0 && i < len(a.Evidence) && !slices.Contains(p.shown, i) {
			p.shown = append(p.shown, i)
		}
	}
	if len(a.Figures) > 0 && len(a.Figures[0].Evidence) > 0 {
		show(a.Figures[0].Evidence[0])
	} else {
		show(0)
	}
	for _, c := range a.Caveats {
		if len(c.Evidence) > 0 && c.Kind != answers.CaveatScope {
			show(c.Evidence[0])
		}
	}
	show = capped(show, &p, most)
	if a.Agreement == answers.Conflicting {
		for _, fig := range a.Figures {
			if len(fig.Evidence) > 0 {
				show(fig.Evidence[0])
			}
		}
	}
	for i, e := range a.Evidence {
		if !p.hasArticle(a, e.Article) {
			show(i)
		}
	}
	if all {
		p.shown = rest(p.shown, len(a.Evidence))
	}
	p.left = len(a.Evidence) - len(p.shown)
	return p
}

// capped is show until the limit is reached.
func capped(show func(int), p *picked, most int) func(int) {
	return func(i int) {
		if len(p.shown) < most {
			show(i)
		}
	}
}

// rest adds all the other lines, in their order.
func rest(shown []int, n int) []int {
	for i := range n {
		if !slices.Contains(shown, i) {
			shown = append(shown, i)
		}
	}
	return shown
}

func (p picked) hasArticle(a *answers.Answer, article *corpus.Article) bool {
	return slices.ContainsFunc(p.shown, func(i int) bool { return a.Evidence[i].Article == article })
}

// labels are our words for what the lines of an answer are.
func labels(a *answers.Answer) map[int]string {
	out := map[int]string{}
	for i, e := range a.Evidence {
		out[i] = roleLabel(e.Role)
	}
	for _, c := range a.Caveats {
		for _, i := range c.Evidence {
			if c.Kind == answers.CaveatScope && ofFirst(a, i) {
				continue // the line has the headline's figure too
			}
			if word := caveatLabel(c.Kind); word != "" {
				out[i] = joinNonEmpty(", ", word, roleLabel(a.Evidence[i].Role))
			}
		}
	}
	return out
}

// ofFirst reports whether a line gives the figure of the headline.
func ofFirst(a *answers.Answer, i int) bool {
	return len(a.Figures) > 0 && slices.Contains(a.Figures[0].Evidence, i)
}

// caveatLabel is the word for a line that gives a caveat; "" where the line is
// evidence like any other.
func caveatLabel(k answers.CaveatKind) string {
	switch k {
	case answers.CaveatDisputed, answers.CaveatTeaser:
		return ""
	}
	return string(k)
}

// roleLabel names lines that are not of the body of an article.
func roleLabel(r corpus.Role) string {
	switch r {
	case corpus.Caption:
		return "caption"
	case corpus.Teaser:
		return "link to another story"
	case corpus.Headline:
		return "headline"
	}
	return ""
}

// quote prints a line with its source.
func (f *frame) quote(e answers.Evidence, label string) adapters.Quote {
	q := adapters.Quote{
		Text:  e.Quote(),
		Label: label,
		Source: adapters.Source{
			Name: e.Article.Source(), Title: e.Article.Title, URL: e.Article.URL,
			Date: f.date(e.Article.Date), Line: e.Line, Attribution: e.Attribution,
		},
	}
	at := e.Span.Start
	for _, h := range e.Highlight {
		if h.Start < at || h.End <= h.Start || h.End > e.Span.End {
			continue // a mark outside of its line would mark something else
		}
		q.Highlight = append(q.Highlight, [2]int{h.Start - e.Span.Start, h.End - e.Span.Start})
		at = h.End
	}
	return q
}
