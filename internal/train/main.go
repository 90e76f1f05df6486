// Command train makes the weights by which spans are ranked: from question
// sets with known answers, read from a folder of such sets. With -cv it
// measures them instead, in five folds of whole corpora, so that no corpus is
// ever trained and measured on.
//
// The same sets give the same file, bit for bit.
package main

import (
	"context"
	"flag"
	"fmt"
	"hash/fnv"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"sourceline/answers"
	"sourceline/answers/question"
	"sourceline/answers/rank"
	"sourceline/bot/evaluate"
	"sourceline/corpus"
)

// folds is how many parts the corpora are dealt into, by the hash of their
// names.
const folds = 5

var sets = []string{"newwiki_figures", "newwiki_when", "newwiki_who", "newwiki_where_why"}

// An example is a question with its candidates.
type example struct {
	row    *evaluate.Row
	typ    question.Type
	list   rank.List
	texts  []string
	gold   []bool // the candidate's sentence has an answer
	facts  []string
	fold   int
	set    string
	titles string
}

func main() {
	log.SetFlags(0)
	bench := flag.String("bench", os.Getenv("SOURCELINE_BENCH"), "the folder of the question sets")
	out := flag.String("out", "", "where the weights are written; nowhere without")
	cv := flag.Bool("cv", false, "measure in five folds")
	prior := flag.Float64("prior", 2, "inverse variance of the prior on each weight")
	flag.Parse()
	if *bench == "" {
		log.Fatal("train: name the folder of the question sets with -bench or $SOURCELINE_BENCH")
	}
	examples, err := load(*bench)
	if err != nil {
		log.Fatal("train: ", err)
	}
	if *cv {
		crossValidate(examples, *prior)
	}
	if *out == "" {
		return
	}
	w := rank.Train(lists(examples, -1), *prior)
	text := "# The weights by which spans are ranked, made by: go run ./internal/train -out answers/rank/weights.txt\n" + w.String()
	if err := os.WriteFile(*out, []byte(text), 0o644); err != nil {
		log.Fatal("train: ", err)
	}
}

// lists are the candidates of the examples that are not in the fold; of all for
// fold -1.
func lists(examples []*example, fold int) []rank.List {
	var out []rank.List
	for _, e := range examples {
		if e.fold != fold && slices.Max(append(e.list.Right, 0)) > 0 {
			out = append(out, e.list)
		}
	}
	return out
}

// load reads the sets and makes the candidates of their questions.
func load(bench string) ([]*example, error) {
	file, err := os.Open(filepath.Join(bench, "corpora", "newwiki.jsonl"))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	corpora, err := evaluate.ReadCorpora(file.Name(), file)
	if err != nil {
		return nil, err
	}
	byCorpus := map[string][]*example{}
	for _, set := range sets {
		f, err := os.Open(filepath.Join(bench, set+".jsonl"))
		if err != nil {
			return nil, err
		}
		rows, err := evaluate.ReadRows(f.Name(), f)
		f.Close()
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			h := fnv.New32a()
			h.Write([]byte(r.Corpus))
			byCorpus[r.Corpus] = append(byCorpus[r.Corpus], &example{row: r, set: set, fold: int(h.Sum32() % folds)})
		}
	}
	var names []string
	for n := range byCorpus {
		names = append(names, n)
	}
	slices.Sort(names)
	var wg sync.WaitGroup
	errs := make([]error, len(names))
	limit := make(chan bool, runtime.GOMAXPROCS(0))
	for i, n := range names {
		wg.Go(func() {
			limit <- true
			defer func() { <-limit }()
			errs[i] = fill(corpora[n], byCorpus[n])
		})
	}
	wg.Wait()
	var out []*example
	for i, n := range names {
		if errs[i] != nil {
			return nil, errs[i]
		}
		out = append(out, byCorpus[n]...)
	}
	return out, nil
}

// fill makes the candidates of the questions to one corpus.
func fill(articles []evaluate.Article, examples []*example) error {
	var list []*corpus.Article
	for _, a := range articles {
		list = append(list, corpus.Inline(a.Title, a.Text, time.Time{}))
	}
	b, err := answers.New(list)
	if err != nil {
		return err
	}
	ctx := context.Background()
	for _, e := range examples {
		q, err := b.Read(ctx, e.row.Question)
		if err != nil {
			return err
		}
		e.typ = q.Type
		candidates, err := b.Candidates(ctx, q)
		if err != nil {
			return err
		}
		for _, c := range candidates {
			e.list.Vectors = append(e.list.Vectors, c.Features)
			e.list.Right = append(e.list.Right, right(e.row, c))
			e.texts = append(e.texts, c.Text())
			e.facts = append(e.facts, c.Fact.ID.String())
		}
	}
	return nil
}

// right tells how right a candidate is: 1 word for word (or, of a figure, by
// its number) in a sentence of the right article, less for other articles, and
// for reasons and long answers the part that it shares.
func right(r *evaluate.Row, c *answers.Candidate) float64 {
	isExact, f1, numeric := evaluate.Measure(r, c.Text())
	home := 1.0
	if r.GoldArticle != nil && !strings.HasSuffix(c.Fact.ID.Article, fmt.Sprintf("#%d", *r.GoldArticle)) {
		home = otherArticle
	}
	switch {
	case isExact:
		return home
	case numeric && (strings.HasPrefix(r.Kind, "how") || strings.HasPrefix(r.Kind, "what")):
		return home * numericShare
	case f1 >= minShared:
		return home * f1 * f1 / 2
	}
	return 0
}

const (
	otherArticle = 0.2 // the same words elsewhere are mostly an accident
	numericShare = 0.8
	minShared    = 0.5
)

// crossValidate measures each fold with the weights of the others.
func crossValidate(examples []*example, prior float64) {
	type sum struct {
		n, exact, numeric, ceiling, first int
		f1                                float64
	}
	sums := map[string]*sum{}
	models := make([]rank.Weights, folds)
	var wg sync.WaitGroup
	for f := range folds {
		wg.Go(func() { models[f] = rank.Train(lists(examples, f), prior) })
	}
	wg.Wait()
	for _, e := range examples {
		for _, key := range []string{e.set, e.row.Kind} {
			s := sums[key]
			if s == nil {
				s = &sum{}
				sums[key] = s
			}
			s.n++
			best, top := -1, 0.0
			ceiling := false
			for i, v := range e.list.Vectors {
				score := models[e.fold].Score(v)
				if best < 0 || score > top {
					best, top = i, score
				}
				ok, _, num := evaluate.Measure(e.row, e.texts[i])
				ceiling = ceiling || ok || num && e.set == "newwiki_figures"
			}
			if ceiling {
				s.ceiling++
			}
			if best < 0 {
				continue
			}
			ok, f1, num := evaluate.Measure(e.row, e.texts[best])
			s.f1 += f1
			if ok {
				s.exact++
			}
			if num {
				s.numeric++
			}
			if os.Getenv("TRAIN_SHOW") == e.row.Kind && !ok {
				fmt.Printf("%q got %q want %q\n", e.row.Question, e.texts[best], e.row.Answers)
			}
		}
	}
	var keys []string
	for k := range sums {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	fmt.Printf("%-20s %5s %6s %6s %6s %8s\n", "set", "rows", "exact", "F1", "number", "ceiling")
	for _, k := range keys {
		s := sums[k]
		n := float64(s.n)
		fmt.Printf("%-20s %5d %6.3f %6.3f %6.3f %8.3f\n", k, s.n, float64(s.exact)/n, s.f1/n, float64(s.numeric)/n, float64(s.ceiling)/n)
	}
}
