package question

import (
	"fmt"
	"strings"
)

// String tells how the question was read, a line for each thing that was
// found in it.
func (q Question) String() string {
	var b strings.Builder
	line := func(name string, values ...string) {
		if s := strings.TrimSpace(strings.Join(values, " ")); s != "" {
			fmt.Fprintf(&b, "%-8s %s\n", name, s)
		}
	}
	line("type", string(q.Type), string(q.Sense))
	line("cue", q.Cue)
	line("head", q.Head)
	line("mods", q.Mods...)
	line("event", append([]string{q.Verb}, brackets(q.Events)...)...)
	for _, n := range q.Names {
		known := "unknown"
		if n.Known {
			known = strings.Join(n.Aliases, ", ")
		}
		line("name", fmt.Sprintf("%s (%s)", n.Text, known))
	}
	for _, t := range q.Times {
		line("time", t.Text)
	}
	for _, g := range q.Given {
		line("given", g.Text)
	}
	var terms []string
	for _, t := range q.Terms {
		s := t.Lemma
		if !t.Known {
			s += "?"
		}
		terms = append(terms, s)
	}
	line("terms", terms...)
	line("speaker", q.Speaker)
	line("source", q.Source...)
	line("agent", q.Agent)
	for _, n := range q.Names {
		if n.Actor {
			line("actor", n.Text)
		}
	}
	if q.Negated {
		line("negated", "yes")
	}
	if q.OfLast {
		line("of last", "yes")
	}
	line("rest", q.Rest)
	line("most", q.Superlative)
	if a := q.Attribute; a.Kind != "" {
		line("asks", append([]string{string(a.Kind)}, append(a.Names, a.Noun)...)...)
		for _, list := range [...][][]string{a.Of, a.Within} {
			for _, words := range list {
				line("of", strings.Join(words, " "))
			}
		}
		line("besides", a.Rest...)
	}
	line("follows", string(q.Follow))
	for _, r := range q.Read {
		line("read", fmt.Sprintf("%q as %q", r.From, r.To))
	}
	return b.String()
}

func brackets(events []string) []string {
	if len(events) == 0 {
		return nil
	}
	return []string{"(" + strings.Join(events, " ") + ")"}
}
