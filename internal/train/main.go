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
	"io"
	"log"
	"maps"
	"os"
	"regexp"
	"slices"

	"sourceline/answers/rank"
)

// header opens the file of weights.
const header = "# The weights by which spans are ranked and shown, made as docs/ranking.md tells.\n"

// defaultPrior is the inverse variance of the weights: found by
// cross-validation, anything from 3 to 8 does as well.
const defaultPrior = 5

func main() {
	log.SetFlags(0)
	log.SetPrefix("train: ")
	bench := flag.String("bench", os.Getenv("SOURCELINE_BENCH"), "the folder of the question sets")
	out := flag.String("out", "", "where the weights are written; nowhere without")
	negatives := flag.String("negatives", "", "a file of unanswerable questions, to learn what to show; nothing is learned without")
	cv := flag.Bool("cv", false, "measure in five folds")
	show := flag.String("show", "", "with -cv, print the misses of the rows of this kind")
	rows := flag.String("rows", "", "with -cv and -negatives, write how each question comes out there")
	prior := flag.Float64("prior", defaultPrior, "inverse variance of the prior on each weight")
	least := flag.Int("least", leastQuestions, "in how many questions a feature has to stand")
	drop := flag.String("drop", "", "leave out the features whose names match this regular expression")
	flag.Parse()
	if *bench == "" {
		log.Fatal("name the folder of the question sets with -bench or $SOURCELINE_BENCH")
	}
	examples, err := load(*bench, *negatives)
	if err != nil {
		log.Fatal(err)
	}
	if *drop != "" {
		pattern, err := regexp.Compile(*drop)
		if err != nil {
			log.Fatal("-drop: ", err)
		}
		without(examples, pattern)
	}
	logTo := io.Discard
	if *rows != "" {
		f, err := os.Create(*rows)
		if err != nil {
			log.Fatal(err)
		}
		defer f.Close()
		logTo = f
	}
	if *cv {
		models := crossTrain(examples, *prior, *least)
		fmt.Print(measure(examples, models))
		if *negatives != "" {
			shown, table := measureShown(examples, models)
			fmt.Print(table)
			product, err := measureProduct(examples, models, shown, logTo)
			if err != nil {
				log.Fatal(err)
			}
			fmt.Print(product)
		}
		if *show != "" {
			printMisses(os.Stdout, examples, models, *show)
		}
	}
	if *out == "" {
		return
	}
	w := rank.Train(lists(examples, allFolds, *least), *prior)
	if *negatives != "" {
		// What to show is learned from how the ranking does on questions
		// that it was not trained on.
		shown, _ := trainShown(examples, crossTrain(examples, *prior, *least), allFolds)
		maps.Copy(w, shown)
	}
	if err := os.WriteFile(*out, []byte(header+w.String()), 0o644); err != nil {
		log.Fatal(err)
	}
}

// allFolds stands for no fold left out.
const allFolds = -1

// leastQuestions is in how many questions a feature has to stand to get a
// weight: what is rarer is chance.
const leastQuestions = 20

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

// without takes features away from the examples, to measure what they are
// worth.
func without(examples []*example, pattern *regexp.Regexp) {
	for _, e := range examples {
		for i, x := range e.list.Vectors {
			e.list.Vectors[i] = slices.DeleteFunc(x, func(f rank.Feature) bool { return pattern.MatchString(f.Name) })
		}
	}
}
