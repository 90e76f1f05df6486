// Command train makes the weights by which spans are ranked: from question
// sets with known answers, read from a folder of such sets. With -cv it
// measures them instead, in five folds of whole corpora, so that no corpus is
// ever trained and measured on.
//
// The same sets give the same file, bit for bit.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"slices"

	"sourceline/answers/rank"
)

// header opens the file of weights.
const header = "# The weights by which spans are ranked, made by: go run ./internal/train -out answers/rank/weights.txt\n"

// defaultPrior is the inverse variance of the weights: found by
// cross-validation, anything from 3 to 8 does as well.
const defaultPrior = 4

func main() {
	log.SetFlags(0)
	log.SetPrefix("train: ")
	bench := flag.String("bench", os.Getenv("SOURCELINE_BENCH"), "the folder of the question sets")
	out := flag.String("out", "", "where the weights are written; nowhere without")
	cv := flag.Bool("cv", false, "measure in five folds")
	show := flag.String("show", "", "with -cv, print the misses of the rows of this kind")
	prior := flag.Float64("prior", defaultPrior, "inverse variance of the prior on each weight")
	least := flag.Int("least", leastQuestions, "in how many questions a feature has to stand")
	flag.Parse()
	if *bench == "" {
		log.Fatal("name the folder of the question sets with -bench or $SOURCELINE_BENCH")
	}
	examples, err := load(*bench)
	if err != nil {
		log.Fatal(err)
	}
	if *cv {
		models := crossTrain(examples, *prior, *least)
		fmt.Print(measure(examples, models))
		if *show != "" {
			printMisses(os.Stdout, examples, models, *show)
		}
	}
	if *out == "" {
		return
	}
	w := rank.Train(lists(examples, allFolds, *least), *prior)
	if err := os.WriteFile(*out, []byte(header+w.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}

// allFolds stands for no fold left out.
const allFolds = -1

// leastQuestions is in how many questions a feature has to stand to get a
// weight: what is rarer is chance.
const leastQuestions = 8

// lists are the candidates of the examples that are not in the fold, without
// the features that hardly any question has.
func lists(examples []*example, fold, least int) []rank.List {
	var kept []*example
	for _, e := range examples {
		if e.fold != fold && slices.Max(append(e.list.Right, 0)) > 0 {
			kept = append(kept, e)
		}
	}
	var out []rank.List
	for _, e := range kept {
		out = append(out, e.list)
	}
	return rank.Prune(out, least)
}
