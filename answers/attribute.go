package answers

import (
	"cmp"
	"context"
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/index"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// Limits of what one question about an attribute looks at, whatever the size
// of the corpus.
const (
	attributeFound    = 60 // sentences that the index gives
	attributeNames    = 4  // names of the thing that are looked for
	attributeArticles = 16 // articles that are read for it, those that name the thing best first
	attributeLead     = 6  // sentences from the beginning of each of them
	attributeAround   = 2  // sentences beside each that the index found
	attributeShort    = 8  // sentences of each that have the last name
)

// A givenValue is a value of the attribute that a sentence gives.
type givenValue struct {
	fact    *fact.Fact
	span    corpus.Span // the value
	phrase  corpus.Span // the words around that say so: "a former American football linebacker"
	key     string      // what it means, for comparing: "football" of "footballer"
	count   int         // of a measure, index into fact.Counts; -1
	score   float64
	order   int
	article int // in the order of the index's best facts
	lies    int // how its article stands to what narrows the thing down
}

func (v givenValue) quantity() quantity.Quantity { return v.fact.Counts[v.count].Quantity }

func (v givenValue) text() string { return v.fact.Sentence.Article.Text[v.span.Start:v.span.End] }

// attribute answers a question for an attribute of one thing: with the value
// of each article that speaks of a thing of that name, so that namesakes stand
// apart and articles that contradict each other are seen to. It reports false
// where no article gives the attribute.
func (b *Base) attribute(ctx context.Context, q question.Question) (Answer, bool, error) {
	values, err := b.attributeValues(ctx, q)
	if err != nil || len(values) == 0 {
		return Answer{}, false, err
	}
	a, err := b.composeAttribute(ctx, q, values)
	return a, true, err
}

// attributeValues are the values that articles give, the best of each article.
func (b *Base) attributeValues(ctx context.Context, q question.Question) ([]givenValue, error) {
	facts, err := b.attributeFacts(ctx, q)
	if err != nil {
		return nil, err
	}
	var articles []string
	found := map[string][]int{}
	for _, f := range facts {
		id := f.ID.Article
		if found[id] == nil {
			if len(articles) == attributeArticles {
				continue
			}
			articles = append(articles, id)
		}
		found[id] = append(found[id], f.Number)
	}
	var out []givenValue
	for n, id := range articles {
		s := b.newSubject(q, id, found[id])
		if s == nil {
			continue
		}
		for _, v := range bestOfArticle(s.values()) {
			v.article, v.order, v.lies = n, len(out), s.lies
			out = append(out, v)
		}
	}
	if !slices.ContainsFunc(out, func(v givenValue) bool { return v.lies == liesWithin }) {
		return nil, nil // none of them need be the one that is meant
	}
	return out, nil
}

// attributeFacts are the facts that name the thing, or failing that its words.
func (b *Base) attributeFacts(ctx context.Context, q question.Question) ([]*fact.Fact, error) {
	var ids []fact.ID
	add := func(query index.Query) error {
		if len(query.Groups) == 0 || len(ids) >= attributeFound {
			return nil
		}
		for _, t := range q.Terms {
			query.Groups = append(query.Groups, index.Group{Terms: t.Forms, Weight: minRarity})
		}
		more, err := b.index.Candidates(ctx, query, attributeFound-len(ids))
		for _, id := range more {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		return err
	}
	var any index.Query
	for _, words := range q.Attribute.Of[:min(len(q.Attribute.Of), attributeNames)] {
		var whole index.Query
		for _, w := range words {
			if len(w) < 2 || english.ClassOf(w)&(english.Determiner|english.Preposition|english.Auxiliary|english.Conjunction) != 0 {
				continue
			}
			terms := append([]string{english.Lemma(w)}, english.GivenNameForms(w)...)
			whole.Groups = append(whole.Groups, index.Group{Terms: terms, Weight: 1, Required: true})
			any.Groups = append(any.Groups, index.Group{Terms: terms, Weight: 1})
		}
		if err := add(whole); err != nil {
			return nil, err
		}
		for _, parts := range b.inTwo(words) {
			if err := add(index.Query{Groups: []index.Group{{Terms: parts[:1], Weight: 1, Required: true}, {Terms: parts[1:], Weight: 1, Required: true}}}); err != nil {
				return nil, err
			}
		}
	}
	if len(ids) == 0 { // no sentence has all of a name
		if err := add(any); err != nil {
			return nil, err
		}
	}
	facts, err := b.Facts(ctx, ids...)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(facts, func(f *fact.Fact) bool {
		return f.Sentence.Role == corpus.Furniture || f.Sentence.Role == corpus.Teaser
	}), nil
}

// minPart is how many letters each part of a name has that may be written in two
// words.
const minPart = 3

// inTwo are the two words that a name of one word may be written in, both of
// which articles have: "Mooretown" as "Moore Town".
func (b *Base) inTwo(name []string) [][]string {
	var out [][]string
	for i := minPart; len(name) == 1 && i <= len(name[0])-minPart; i++ {
		if first, second := name[0][:i], name[0][i:]; b.index.All([]string{first, second}, 1) != nil {
			out = append(out, []string{first, second})
		}
	}
	return out
}

const (
	// minAttribute is the score from which a value is an answer.
	minAttribute = 4.0
	// alsoInArticle is how far below its best value another one of an article
	// may score and be shown too.
	alsoInArticle = 0.9
	// maxOfArticle is how many values of one article are shown.
	maxOfArticle = 3
)

// bestOfArticle are the values of an article that are as good as any: mostly
// one.
func bestOfArticle(list []givenValue) []givenValue {
	slices.SortStableFunc(list, func(x, y givenValue) int { return cmp.Compare(y.score, x.score) })
	var out []givenValue
	for _, v := range list {
		if v.score < minAttribute {
			break
		}
		i := slices.IndexFunc(out, func(o givenValue) bool { return sameValue(o, v) })
		switch {
		case i >= 0 && v.count < 0 && len(v.key) > len(out[i].key):
			v.score = out[i].score // "ice hockey" says more than "hockey"
			out[i] = v
		case i < 0 && v.score >= list[0].score-alsoInArticle && len(out) < maxOfArticle:
			out = append(out, v)
		}
	}
	return out
}
