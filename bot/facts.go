package bot

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

type factsCommand struct {
	Words   []string `arg:"" optional:"" help:"Only sentences that have all of these words, in any form."`
	Kind    []string `enum:"figure,time,person,organisation,place,name,statement,standing" placeholder:"KIND" help:"Only sentences with one of these: ${enum}."`
	Article []string `placeholder:"ID" help:"Only articles whose ID, title or publisher has this in it."`
	JSON    bool     `name:"json" help:"Print one JSON object a line."`
}

// Run lists the facts.
func (c *factsCommand) Run(p *program) error {
	base, err := p.base()
	if err != nil {
		return err
	}
	words := lemmas(strings.Join(c.Words, " "))
	found := 0
	for _, a := range base.Articles() {
		if !c.wantsArticle(a) {
			continue
		}
		whole := base.Found(a.ID)
		for i := range whole.Facts {
			f := newFoundFact(whole, &whole.Facts[i])
			if !c.wantsKind(f) || !hasLemmas(&whole.Facts[i], words) {
				continue
			}
			found++
			if err := c.print(p, f); err != nil {
				return err
			}
		}
	}
	if found > 0 {
		return nil
	}
	if !c.JSON {
		fmt.Fprintln(p.stdout, "No sentence of the articles has that.")
	}
	return exitCode(exitNoAnswer)
}

func (c *factsCommand) wantsArticle(a *corpus.Article) bool {
	return len(c.Article) == 0 || slices.ContainsFunc(c.Article, func(part string) bool {
		part = strings.ToLower(part)
		return strings.Contains(strings.ToLower(a.ID), part) ||
			strings.Contains(strings.ToLower(a.Title), part) ||
			strings.Contains(strings.ToLower(a.Publisher), part)
	})
}

func (c *factsCommand) wantsKind(f foundFact) bool {
	kinds := f.kinds()
	return len(c.Kind) == 0 || slices.ContainsFunc(c.Kind, func(k string) bool { return slices.Contains(kinds, k) })
}

func (c *factsCommand) print(p *program, f foundFact) error {
	if !c.JSON {
		_, err := fmt.Fprint(p.stdout, f.text())
		return err
	}
	line, err := json.Marshal(f)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "%s\n", line)
	return err
}

// lemmas are the base forms of the words of a text.
func lemmas(text string) []string {
	var out []string
	for _, t := range english.Tokens(text, 0) {
		if t.Kind != english.Mark {
			out = append(out, t.Lemma)
		}
	}
	return out
}

func hasLemmas(f *fact.Fact, words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(f.Tokens, func(t english.Token) bool { return t.Lemma == w || t.Norm == w }) {
			return false
		}
	}
	return true
}
