// Command negatives makes questions that their articles do not answer out of
// questions that they do: from each one, by asking it of another title's
// articles, by swapping one named thing, noun, number or antonym, or by taking
// away the sentence that answers it. It writes them beside the answerable ones
// as a question file for `sourceline eval`.
//
// The same sets and seed give the same file, bit for bit.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"sourceline/bot/evaluate"
)

var sets = []string{"newwiki_figures", "newwiki_when", "newwiki_who", "newwiki_where_why"}

// defaultSeed is the one that the published figures were measured with.
const defaultSeed = 1

func main() {
	log.SetFlags(0)
	log.SetPrefix("negatives: ")
	bench := flag.String("bench", os.Getenv("SOURCELINE_BENCH"), "the folder of the question sets")
	out := flag.String("out", "", "the file to write; standard output without")
	seed := flag.Uint64("seed", defaultSeed, "seed of the choices")
	only := flag.Bool("only", false, "leave out the answerable questions")
	flag.Parse()
	if *bench == "" {
		log.Fatal("name the folder of the question sets with -bench or $SOURCELINE_BENCH")
	}
	if err := run(*bench, *out, *seed, *only); err != nil {
		log.Fatal(err)
	}
}

func run(bench, out string, seed uint64, only bool) error {
	rows, corpora, err := read(bench)
	if err != nil {
		return err
	}
	w := io.Writer(os.Stdout)
	if out != "" {
		f, err := os.Create(out)
		if err != nil {
			return err
		}
		defer f.Close()
		w = f
	}
	buffer := bufio.NewWriter(w)
	enc := json.NewEncoder(buffer)
	enc.SetEscapeHTML(false)
	if !only {
		for _, r := range rows {
			if err := enc.Encode(entry{ID: r.ID, Corpus: r.Corpus, GoldArticle: r.GoldArticle, Question: r.Question, Answers: r.Answers, Answerable: true, Kind: r.Kind}); err != nil {
				return err
			}
		}
	}
	for _, e := range makeAll(rows, corpora, seed) {
		if err := enc.Encode(e); err != nil {
			return err
		}
	}
	return buffer.Flush()
}

// read reads the sets and their articles. IDs that stand in several sets get
// the set's name in front.
func read(bench string) ([]*evaluate.Row, map[string][]evaluate.Article, error) {
	var rows []*evaluate.Row
	seen := map[string]bool{}
	for _, set := range sets {
		f, err := os.Open(filepath.Join(bench, set+".jsonl"))
		if err != nil {
			return nil, nil, err
		}
		list, err := evaluate.ReadRows(f.Name(), f)
		f.Close()
		if err != nil {
			return nil, nil, err
		}
		for _, r := range list {
			if seen[r.ID] {
				r.ID = strings.TrimPrefix(set, "newwiki_") + "-" + r.ID
			}
			seen[r.ID] = true
			rows = append(rows, r)
		}
	}
	f, err := os.Open(filepath.Join(bench, "corpora", "newwiki.jsonl"))
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	corpora, err := evaluate.ReadCorpora(f.Name(), f)
	if err != nil {
		return nil, nil, fmt.Errorf("the articles of the sets: %w", err)
	}
	return rows, corpora, nil
}

// An entry is a row as it is written.
type entry struct {
	ID          string             `json:"id"`
	Corpus      string             `json:"corpus,omitempty"`
	Articles    []evaluate.Article `json:"articles,omitempty"`
	GoldArticle *int               `json:"gold_article,omitempty"`
	Question    string             `json:"question"`
	Answers     []string           `json:"answers,omitempty"`
	Answerable  bool               `json:"answerable"`
	Kind        string             `json:"kind"`
}
