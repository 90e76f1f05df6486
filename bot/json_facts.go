package bot

import (
	"fmt"
	"math"
	"strings"
	"time"

	"sourceline/answers/fact"
	"sourceline/corpus"
)

// The printed form of a fact; its JSON is only ever added to.
type (
	foundFact struct {
		ID         string           `json:"id"`
		Article    string           `json:"article"`
		Line       int              `json:"line"`
		Start      int              `json:"start"` // of the sentence, in the article's text
		End        int              `json:"end"`
		Role       string           `json:"role"`
		Text       string           `json:"text"`
		Figures    []foundFigure    `json:"figures"`
		Times      []foundTime      `json:"times"`
		Names      []foundName      `json:"names"`
		Statements []foundStatement `json:"statements"`
		Standings  []foundStanding  `json:"standings"`
	}
	foundFigure struct {
		Text     string   `json:"text"`
		Phrase   string   `json:"phrase"`
		Low      *float64 `json:"low"`
		High     *float64 `json:"high"` // null where it has no upper end
		Bound    string   `json:"bound"`
		Unit     string   `json:"unit"`
		Counted  string   `json:"counted"` // base form of the counted noun
		Events   []string `json:"events"`  // what happened to it, the closest first
		Source   string   `json:"source"`  // who says so
		Standing string   `json:"standing"`
	}
	foundTime struct {
		Text string `json:"text"`
		From string `json:"from"` // first day; "" where it cannot be told
		To   string `json:"to"`   // first day after it
	}
	foundName struct {
		Text string `json:"text"` // with titles and roles
		Name string `json:"name"`
		Type string `json:"type"`
	}
	foundStatement struct {
		Speaker string `json:"speaker"`
		Cue     string `json:"cue"`
		Text    string `json:"text"`
		Quote   bool   `json:"quote"` // word for word
	}
	foundStanding struct {
		Standing string `json:"standing"`
		Text     string `json:"text"`
	}
)

func newFoundFact(a *fact.Article, f *fact.Fact) foundFact {
	cut := func(s corpus.Span) string { return a.Article.Text[s.Start:s.End] }
	out := foundFact{
		ID: f.ID.String(), Article: a.Article.ID, Line: f.Sentence.Line, Start: f.Sentence.Span.Start, End: f.Sentence.Span.End,
		Role: string(f.Sentence.Role), Text: f.Sentence.Text(),
		Figures: []foundFigure{}, Times: []foundTime{}, Names: []foundName{}, Statements: []foundStatement{}, Standings: []foundStanding{},
	}
	for _, c := range f.Counts {
		fig := foundFigure{
			Text: cut(c.Quantity.Span), Phrase: cut(c.Phrase), Low: finite(c.Quantity.Low), High: finite(c.Quantity.High),
			Bound: string(c.Quantity.Bound), Unit: c.Quantity.Unit.Name, Counted: c.Head, Events: []string{}, Standing: string(c.Standing),
		}
		for _, e := range c.Events {
			fig.Events = append(fig.Events, e.Lemma)
		}
		if c.Says >= 0 {
			fig.Source = cut(f.Says[c.Says].Speaker)
		}
		out.Figures = append(out.Figures, fig)
	}
	for _, t := range f.Times {
		out.Times = append(out.Times, foundTime{t.Text, isoDay(t.From), isoDay(t.To)})
	}
	for _, m := range f.Mentions {
		out.Names = append(out.Names, foundName{cut(m.Full), cut(m.Span), string(m.Type)})
	}
	for _, s := range f.Says {
		out.Statements = append(out.Statements, foundStatement{cut(s.Speaker), cut(s.Cue), cut(s.Scope), s.Quote})
	}
	for _, m := range f.Standings {
		out.Standings = append(out.Standings, foundStanding{string(m.Standing), cut(m.Span)})
	}
	return out
}

// finite is x, or nil where JSON has no number for it.
func finite(x float64) *float64 {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return nil
	}
	return &x
}

func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// kinds are the kinds of things that the fact has, as --kind names them.
func (f foundFact) kinds() []string {
	var out []string
	add := func(has bool, kind string) {
		if has {
			out = append(out, kind)
		}
	}
	add(len(f.Figures) > 0, "figure")
	add(len(f.Times) > 0, "time")
	for _, n := range f.Names {
		out = append(out, n.Type)
	}
	add(len(f.Names) > 0, string(fact.UnknownName)) // "name" is any of them
	add(len(f.Statements) > 0, "statement")
	add(len(f.Standings) > 0, "standing")
	return out
}

// text prints the fact for a reader: where it stands, the sentence, and a line
// for each thing found in it.
func (f foundFact) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s line %d, %s\n  %s\n", f.Article, f.Line, f.Role, strings.ReplaceAll(f.Text, "\n", "\n  "))
	line := func(kind string, parts ...string) {
		kept := parts[:0]
		for _, part := range parts {
			if part != "" {
				kept = append(kept, part)
			}
		}
		fmt.Fprintf(&b, "    %-10s %s\n", kind, strings.Join(kept, " · "))
	}
	for _, c := range f.Figures {
		standing := c.Standing
		if standing == string(fact.Asserted) {
			standing = ""
		}
		line("figure", c.Phrase, c.value(), strings.Join(c.Events, ", "), c.Source, standing)
	}
	for _, t := range f.Times {
		line("time", t.Text, days(t))
	}
	for _, n := range f.Names {
		line(n.Type, n.Text)
	}
	for _, s := range f.Statements {
		line("says", s.Speaker, s.Text)
	}
	for _, s := range f.Standings {
		line(s.Standing, s.Text)
	}
	return b.String()
}

// value writes what a figure means: "about 2000 to 3000 dollar".
func (c foundFigure) value() string {
	number := func(x *float64) string {
		if x == nil {
			return "any"
		}
		return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.4f", *x), "0"), ".")
	}
	text := number(c.Low)
	if c.High == nil || c.Low == nil || *c.High != *c.Low {
		text += " to " + number(c.High)
	}
	if c.Bound != "exact" {
		text = c.Bound + " " + text
	}
	return strings.TrimSpace(text + " " + c.Unit)
}

// days writes what a time means: a day, or the first and the last.
func days(t foundTime) string {
	from, err1 := time.Parse(time.DateOnly, t.From)
	to, err2 := time.Parse(time.DateOnly, t.To)
	if err1 != nil || err2 != nil {
		return t.From
	}
	last := to.AddDate(0, 0, -1)
	if !last.After(from) {
		return t.From
	}
	return t.From + " to " + last.Format(time.DateOnly)
}
