package answers

import (
	"fmt"
	"slices"
	"strings"

	"sourceline/answers/fact"
	"sourceline/corpus"
)

// caveats adds what weakens the figures: standings, figures of another scope.
func (w *writer) caveats(clusters []*cluster, lead *cluster) {
	for _, cl := range clusters {
		if cl.standing == fact.Asserted || cl.standing == "" {
			continue
		}
		w.standingCaveats(cl)
	}
	if !lead.narrower {
		var others []int
		var texts []string
		for _, cl := range clusters {
			if !cl.narrower {
				continue
			}
			c := cl.counts[0]
			others = append(others, w.seen[c.fact.ID])
			texts = append(texts, c.fact.Sentence.Article.Text[c.count().Phrase.Start:c.count().Phrase.End])
		}
		if len(others) > 0 {
			w.answer.Caveats = append(w.answer.Caveats, Caveat{CaveatScope, strings.Join(texts, " · "), others})
		}
	}
	w.earlier()
	if a := w.answer; a.Agreement == Conflicting {
		var all []int
		for _, f := range a.Figures {
			if f.Beside == "" {
				all = append(all, f.Evidence...)
			}
		}
		slices.Sort(all)
		a.Caveats = append(a.Caveats, Caveat{CaveatDisputed, "sources disagree", slices.Compact(all)})
	}
}

// standingCaveats adds one caveat for each standing that weakens the cluster.
func (w *writer) standingCaveats(cl *cluster) {
	byKind := map[fact.Standing]*Caveat{}
	var kinds []fact.Standing
	for _, c := range cl.counts {
		s := c.count().Standing
		if s == fact.Asserted || s == "" {
			continue
		}
		caveat := byKind[s]
		if caveat == nil {
			caveat = &Caveat{Kind: caveatKinds[s], Text: w.standingText(s, c)}
			byKind[s] = caveat
			kinds = append(kinds, s)
		}
		mark := corpus.Span{}
		if m := c.count().Mark; m >= 0 && m < len(c.fact.Standings) {
			mark = c.fact.Standings[m].Span
		}
		i := w.cite(c.fact, mark, b2s(w.base, c.fact, c.count().Says))
		if !slices.Contains(caveat.Evidence, i) {
			caveat.Evidence = append(caveat.Evidence, i)
		}
	}
	for _, s := range kinds {
		same := func(c Caveat) bool { return c.Kind == byKind[s].Kind && c.Text == byKind[s].Text }
		if !slices.ContainsFunc(w.answer.Caveats, same) {
			w.answer.Caveats = append(w.answer.Caveats, *byKind[s])
		}
	}
}

// earlier adds one caveat that names the earlier figures.
func (w *writer) earlier() {
	var texts []string
	var lines []int
	for _, f := range w.answer.Figures {
		if f.Beside == CaveatEarlier {
			texts = append(texts, f.Text)
			for _, i := range f.Evidence {
				if !slices.ContainsFunc(w.answer.Figures, func(g Figure) bool { return g.Beside == "" && slices.Contains(g.Evidence, i) }) {
					lines = append(lines, i) // a line that gives the new figure too is no line of the earlier one
				}
			}
		}
	}
	if len(texts) > 0 {
		slices.Sort(lines)
		w.answer.Caveats = append(w.answer.Caveats, Caveat{CaveatEarlier, "earlier: " + strings.Join(texts, " · "), slices.Compact(lines)})
	}
}

var caveatKinds = map[fact.Standing]CaveatKind{
	fact.Withdrawn: CaveatWithdrawn, fact.Denied: CaveatDenied, fact.Unverified: CaveatUnverified, fact.Expected: CaveatExpected,
}

// standingText is our frame for a standing, with the article's own words.
func (w *writer) standingText(s fact.Standing, c *candidate) string {
	m := c.count().Mark
	if m < 0 || m >= len(c.fact.Standings) {
		return string(s)
	}
	span := c.fact.Standings[m].Span
	return fmt.Sprintf("%s: “%s” (%s)", s, c.fact.Sentence.Article.Text[span.Start:span.End], c.fact.Sentence.Article.Source())
}
