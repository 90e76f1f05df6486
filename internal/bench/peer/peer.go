// Package peer measures the answers beside a full-text engine: bleve, indexing
// and querying the same sentences in the same run. It is a module of its own,
// so that the product does not carry the engine.
package peer

import (
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"sourceline/corpus"
)

// batch is how many sentences are indexed at once.
const batch = 5_000

// An Engine is a bleve index of sentences, in memory.
type Engine struct{ index bleve.Index }

// Open indexes every sentence of the articles, and says how many there are.
func Open(articles []*corpus.Article) (*Engine, int, error) {
	// With a storage name the setting of the scoring counts; see bleve.NewUsing.
	index, err := bleve.NewUsing("", bleve.NewIndexMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		return nil, 0, err
	}
	n := 0
	b := index.NewBatch()
	for _, a := range articles {
		for _, s := range corpus.Sentences(a) {
			if err := b.Index(fmt.Sprintf("%09d", n), map[string]string{"text": s.Text()}); err != nil {
				return nil, 0, err
			}
			if n++; n%batch == 0 {
				if err := index.Batch(b); err != nil {
					return nil, 0, err
				}
				b.Reset()
			}
		}
	}
	return &Engine{index}, n, index.Batch(b)
}

// Close drops the index.
func (e *Engine) Close() error { return e.index.Close() }

// Best is the ten best sentences for the words of a question, best first; ties
// in the order of the articles.
func (e *Engine) Best(question string) ([]string, error) {
	q := bleve.NewMatchQuery(question)
	q.SetField("text")
	r := bleve.NewSearchRequestOptions(q, 10, 0, false)
	r.SortBy([]string{"-_score", "_id"})
	res, err := e.index.Search(r)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, h := range res.Hits {
		out = append(out, h.ID)
	}
	return out, nil
}
