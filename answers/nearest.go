package answers

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/corpus"
)

const (
	// nearestFacts is of how many facts the lines are chosen that are shown where
	// there is no answer, and maxNearest how many these are.
	nearestFacts = 40
	maxNearest   = 3
	// minNearest is the share of the question's words that such a line has.
	minNearest = 0.34
	// relatedFacts is of how many facts with figures the questions are made that
	// are offered, and maxRelated how many these are.
	relatedFacts = 24
	maxRelated   = 3
)

// unknown names the things of the question that no article mentions; "" where
// there are none.
func (b *Base) unknown(q question.Question) string {
	var missing []string
	for _, n := range q.Names {
		if !n.Known {
			missing = append(missing, n.Text)
		}
	}
	if len(missing) == 0 {
		for _, t := range q.Terms {
			if personAsked(q) && (t.Lemma == q.Verb || general(t.Lemma)) {
				continue // it may be said in words that are no synonyms: "claimed the lives of", "there were 16 deaths"
			}
			if q.Type == question.YesNo && verifies[t.Lemma] && ofFigure(q) {
				continue // "retract" asks whether it was withdrawn, in whatever words
			}
			if !t.Known && !t.Name && b.matters(q, t) {
				missing = append(missing, t.Text)
			}
		}
	}
	if len(missing) == 0 {
		return ""
	}
	if foreign(q) {
		return notEnglish
	}
	return "no article mentions " + strings.Join(echoed(q, missing), " or ")
}

// notEnglish is said to a question in another language.
const notEnglish = "that does not look like English, and English is all that I read: ask in English"

// foreign reports whether most words of the question are none of English, none
// of the articles and none of places.
func foreign(q question.Question) bool {
	const least = 2 // one strange word is a name
	strange, all := 0, 0
	for _, t := range english.Tokens(question.Plain(q.Text), 0) {
		if t.Kind != english.Word || len(t.Norm) < 2 {
			continue
		}
		all++
		known := english.Known(t.Norm) || t.Class != 0 || slices.ContainsFunc(q.Terms, func(w question.Term) bool { return w.Span.Start == t.Start && w.Known })
		if _, place := english.PlaceOf(t.Norm); !known && !place {
			strange++
		}
	}
	return strange >= least && 2*strange > all
}

// maxEcho is how many characters of a word are said back.
const maxEcho = 40

// echoed are the words as the asker wrote them, each once, words that stand side
// by side together, long ones cut.
func echoed(q question.Question, missing []string) []string {
	var out []string
	end := -1
	for _, m := range missing {
		at := strings.Index(q.Text[max(end, 0):], m)
		if at >= 0 {
			at += max(end, 0)
		}
		if at >= 0 && end > 0 && strings.TrimSpace(q.Text[end:at]) == "" {
			out[len(out)-1] += " " + m // "prime minister"
			end = at + len(m)
			continue
		}
		if at >= 0 {
			end = at + len(m)
		}
		if !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	for i, w := range out {
		if r := []rune(w); len(r) > maxEcho {
			out[i] = string(r[:maxEcho]) + "…"
		}
	}
	return out
}

// matters reports whether the question turns on the term: what is counted,
// what happened, or what narrows it down.
func (b *Base) matters(q question.Question, t question.Term) bool {
	return t.Lemma == q.Head || t.Lemma == q.Verb || slices.Contains(q.Mods, t.Lemma) || !english.FixedAdverb(t.Norm)
}

// maxThing is how many characters of a question are said back.
const maxThing = 200

// unmet says what no article gives, where all that is named is known.
func (b *Base) unmet(q question.Question) string {
	thing := strings.Join(strings.Fields(question.Plain(q.Text)), " ")
	if r := []rune(thing); len(r) > maxThing {
		thing = string(r[:maxThing]) + "…"
	}
	switch q.Type {
	case question.Figure:
		return fmt.Sprintf("no article gives a figure for “%s”", thing)
	case question.Time:
		return fmt.Sprintf("no article says when: “%s”", thing)
	case question.Person:
		return fmt.Sprintf("no article says who: “%s”", thing)
	case question.Place:
		return fmt.Sprintf("no article says where: “%s”", thing)
	case question.Reason:
		return fmt.Sprintf("no article says why: “%s”", thing)
	}
	return fmt.Sprintf("no article answers “%s”", thing)
}

// withNearest adds the lines that come closest and the questions that can be
// answered.
func (b *Base) withNearest(ctx context.Context, a Answer) (Answer, error) {
	q := a.Question
	facts, err := b.firstCandidates(ctx, q, nearestFacts)
	if err != nil {
		return a, err
	}
	if len(q.Terms) > 0 {
		type line struct {
			f *fact.Fact
			c float64
		}
		var lines []line
		for _, f := range facts {
			if c := b.coverage(q, f, nil); c >= minNearest && f.Sentence.Role != corpus.Teaser {
				lines = append(lines, line{f, c})
			}
		}
		slices.SortStableFunc(lines, func(x, y line) int {
			switch {
			case x.c > y.c:
				return -1
			case x.c < y.c:
				return 1
			}
			return 0
		})
		for _, l := range lines[:min(maxNearest, len(lines))] {
			says := ""
			if len(l.f.Says) > 0 {
				says = b2s(b, l.f, 0)
			}
			a.Nearest = append(a.Nearest, evidence(l.f, says))
		}
	}
	a.Related, err = b.related(ctx, q)
	return a, err
}

// related are questions that the corpus answers, about what the question
// names.
func (b *Base) related(ctx context.Context, q question.Question) ([]string, error) {
	found, err := b.found(ctx, q, true)
	if err != nil {
		return nil, err
	}
	found = found[:min(len(found), relatedFacts)]
	var out []string
	for _, l := range found {
		f := b.opened(l.Place).outline(l.Number)
		for i := range f.Counts {
			if s := asks(f, &f.Counts[i], q); s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
			if len(out) == maxRelated {
				return out, nil
			}
		}
	}
	return out, nil
}

// asks is the question that a count answers; "" where it makes none.
func asks(f *fact.Fact, c *fact.Count, q question.Question) string {
	if c.Head == "" || c.Noun.Len() == 0 || c.Quantity.Unit.Name != "" || f.Sentence.Role == corpus.Teaser || c.Part >= 0 || c.Head == q.Head || c.Head == "member" || c.Head == "other" {
		return ""
	}
	noun := f.Sentence.Article.Text[c.Noun.Start:c.Noun.End]
	if words := english.Tokens(noun, 0); len(words) == 0 || !strings.HasSuffix(noun, "s") && words[len(words)-1].Lemma == words[len(words)-1].Norm && c.Head != "people" && c.Head != "personnel" && c.Head != "police" {
		return "" // "how many hardware" is no English
	}
	for _, e := range c.Events {
		if e.Relation == fact.Patient && e.Span.Len() > 0 && !e.Negated {
			verb := f.Sentence.Article.Text[e.Span.Start:e.Span.End]
			if strings.HasSuffix(verb, "ed") {
				return fmt.Sprintf("how many %s were %s?", lowered(f, c, noun), english.Fold(verb))
			}
		}
	}
	return ""
}

// lowered is the noun without the capitals of a headline.
func lowered(f *fact.Fact, c *fact.Count, noun string) string {
	for _, m := range f.Mentions {
		if m.Span.Overlaps(c.Noun) {
			return noun
		}
	}
	return strings.ToLower(noun)
}
