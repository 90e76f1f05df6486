// Package index finds the facts that may answer a question.
//
// An index returns candidates only: ranking is the work of package answers,
// which never trusts an engine's scores.
package index

import (
	"context"
	"slices"

	"sourceline/answers/fact"
)

// A Query is what the facts have to have.
type Query struct {
	Groups  []Group // the rarer the group, the more it weighs
	Figures bool    // only facts with a count
	Times   bool    // only facts with a time
	Article string  // only facts of that article; "" for all
	Places  []int   // only facts of the articles at these places of Memory, ascending; nil for all
}

// Equal reports whether two queries ask for the same.
func (q Query) Equal(p Query) bool {
	return q.Figures == p.Figures && q.Times == p.Times && q.Article == p.Article && slices.Equal(q.Places, p.Places) && slices.EqualFunc(q.Groups, p.Groups, func(g, h Group) bool {
		return g.Weight == h.Weight && g.Required == h.Required && slices.Equal(g.Terms, h.Terms)
	})
}

// A Group is a word with what stands for it: any of its terms meets it.
type Group struct {
	Terms    []string // lemmas of the corpus
	Weight   float64  // how much a fact gains that meets it
	Required bool     // facts that do not meet it are left out
}

// A Term is a word of the corpus with the number of facts that have it.
type Term struct {
	Text  string
	Facts int
}

// An Index holds facts and finds candidates among them. It is safe for
// concurrent use, and an error means that the index could not be asked, never
// that it has nothing.
type Index interface {
	// Candidates returns at most k facts, those that meet the heaviest
	// groups first, ties in the order of the corpus. All or an error,
	// never a part.
	Candidates(ctx context.Context, q Query, k int) ([]fact.ID, error)
	// Facts returns the facts with these IDs in their order; IDs that are
	// gone are left out.
	Facts(ctx context.Context, ids ...fact.ID) ([]*fact.Fact, error)
	// Around returns the n facts before and after, the fact itself
	// included, in the order of the article.
	Around(ctx context.Context, id fact.ID, n int) ([]*fact.Fact, error)
	// Terms returns the words of the corpus that begin with prefix and have
	// between minLen and maxLen bytes, sorted.
	Terms(ctx context.Context, prefix string, minLen, maxLen int) ([]Term, error)
	// Similar returns words of the corpus with the word's first letter,
	// sorted: at least all that are no more than distance edits away (1 or
	// 2), a swap of neighbouring letters being one.
	Similar(ctx context.Context, word string, distance int) ([]Term, error)
	// Count returns the number of facts that have the term; of all facts for
	// the empty term.
	Count(ctx context.Context, term string) (int, error)
}
