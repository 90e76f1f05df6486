package main

import (
	"context"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

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

// unanswerable is the set of the questions that have no answer.
const unanswerable = "unanswerable"

// An example is a question with its candidates.
type example struct {
	row  *evaluate.Row
	set  string
	fold int
	typ  question.Type
	list rank.List
	of   []candidate // one of each of the list's vectors

	base       *answers.Base
	question   question.Question
	candidates []*answers.Candidate
	rules      answers.Answer // what is answered without the model
}

// A candidate is what measuring needs to know of one.
type candidate struct {
	text     string
	fact     string
	sentence string
	gold     bool // its sentence is in the right article and has an answer
}

// load reads the sets and makes the candidates of their questions.
func load(bench, negatives string) ([]*example, error) {
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
		rows, err := readRows(filepath.Join(bench, set+".jsonl"))
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			byCorpus[r.Corpus] = append(byCorpus[r.Corpus], &example{row: r, set: set, fold: foldOf(r.Corpus)})
		}
	}
	if negatives != "" {
		rows, err := readRows(negatives)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			title, articles := r.Corpus, r.Corpus
			if len(r.Articles) > 0 {
				title, _, _ = strings.Cut(r.Articles[0].Title, "#")
				articles = r.ID
				corpora[articles] = r.Articles
			}
			byCorpus[articles] = append(byCorpus[articles], &example{row: r, set: unanswerable, fold: foldOf(title)})
		}
	}
	var names []string
	for n := range byCorpus {
		names = append(names, n)
	}
	slices.Sort(names)
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, n := range names {
		g.Go(func() error { return fill(corpora[n], byCorpus[n]) })
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	var out []*example
	for _, n := range names {
		out = append(out, byCorpus[n]...)
	}
	return out, nil
}

func readRows(path string) ([]*evaluate.Row, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return evaluate.ReadRows(path, f)
}

// foldOf deals a corpus to a fold by its name.
func foldOf(corpus string) int {
	h := fnv.New32a()
	h.Write([]byte(corpus))
	return int(h.Sum32() % folds)
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
		e.typ, e.base, e.question = q.Type, b, q
		candidates, err := b.Candidates(ctx, q)
		if err != nil {
			return err
		}
		e.candidates = candidates
		if e.rules, _, err = b.Rules(ctx, q); err != nil {
			return err
		}
		for _, c := range candidates {
			e.list.Vectors = append(e.list.Vectors, c.Features)
			e.list.Right = append(e.list.Right, right(e.row, c))
			e.of = append(e.of, candidate{
				text:     c.Text(),
				fact:     c.Fact.ID.String(),
				sentence: c.Fact.Sentence.Text(),
				gold:     home(e.row, c) && holdsAnswer(e.row, c.Fact.Sentence.Text()),
			})
		}
	}
	return nil
}

// home reports whether the candidate stands in the article that the row's
// answer was taken from.
func home(r *evaluate.Row, c *answers.Candidate) bool {
	return r.GoldArticle == nil || strings.HasSuffix(c.Fact.ID.Article, fmt.Sprintf("#%d", *r.GoldArticle))
}

// holdsAnswer reports whether the sentence has one of the answers, the marks
// and the case aside.
func holdsAnswer(r *evaluate.Row, sentence string) bool {
	sentence = plain(sentence)
	return slices.ContainsFunc(r.Answers, func(a string) bool { return strings.Contains(sentence, plain(a)) })
}

// plain is the words of the text in lower case, a space around each.
func plain(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	})
	words = slices.DeleteFunc(words, func(w string) bool { return w == "the" || w == "a" || w == "an" })
	return " " + strings.Join(words, " ") + " "
}

const (
	otherArticle = 0.2 // the same words elsewhere are mostly an accident
	numericShare = 0.8
	minShared    = 0.5
)

// right tells how right a candidate is: 1 word for word (or, of a figure, by
// its number) in a sentence of the right article, less for other articles, and
// for reasons and long answers the part that it shares.
func right(r *evaluate.Row, c *answers.Candidate) float64 {
	if !r.IsAnswerable() {
		return 0
	}
	isExact, f1, numeric := evaluate.Measure(r, c.Text())
	worth := 1.0
	if !home(r, c) {
		worth = otherArticle
	}
	switch {
	case isExact:
		return worth
	case numeric && (strings.HasPrefix(r.Kind, "how") || strings.HasPrefix(r.Kind, "what")):
		return worth * numericShare
	case f1 >= minShared:
		return worth * f1 * f1 / 2
	}
	return 0
}
