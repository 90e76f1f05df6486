package bot

import (
	"errors"
	"fmt"

	"sourceline/answers"
	"sourceline/corpus"
)

// articles loads the corpus that the command line names. A command that
// answers once must not do so from a part of it: a broken file is an error.
func (p *program) articles() ([]*corpus.Article, error) {
	if p.corpus == "" {
		return corpus.Embedded()
	}
	articles, problems, err := corpus.Load(p.corpus)
	if err != nil {
		return nil, err
	}
	if len(problems) > 0 {
		errs := []error{fmt.Errorf("corpus %s: %d of its files cannot be used (sourceline corpus check lists them)", p.corpus, countFiles(problems))}
		for _, problem := range problems {
			errs = append(errs, problem)
		}
		return nil, errors.Join(errs...)
	}
	return articles, nil
}

// base makes the corpus ready for questions.
func (p *program) base() (*answers.Base, error) {
	articles, err := p.articles()
	if err != nil {
		return nil, err
	}
	return answers.New(articles)
}

func countFiles(problems []corpus.Problem) int {
	files := map[string]bool{}
	for _, problem := range problems {
		files[problem.File] = true
	}
	return len(files)
}

// corpusCommand groups what can be done with a folder of articles.
type corpusCommand struct {
	Check checkCommand `cmd:"" help:"List every problem of a folder of articles, with file and line."`
}

type checkCommand struct {
	Dir string `arg:"" placeholder:"DIR" help:"The folder."`
}

// Run lists the problems. Its exit code is 1 where there are some.
func (c *checkCommand) Run(p *program) error {
	problems, err := corpus.Check(c.Dir)
	if err != nil {
		return err
	}
	for _, problem := range problems {
		fmt.Fprintln(p.stdout, problem)
	}
	if n := countFiles(problems); n > 0 {
		fmt.Fprintf(p.stdout, "%d of the files cannot be used\n", n)
		return exitCode(exitNoAnswer)
	}
	articles, _, err := corpus.Load(c.Dir)
	if err != nil {
		return err
	}
	withdrawn, sentences := 0, 0
	for _, a := range articles {
		if a.Status == corpus.Withdrawn {
			withdrawn++
		}
		sentences += len(corpus.Sentences(a))
	}
	fmt.Fprintf(p.stdout, "%d articles, %d of them withdrawn, %d sentences: no problems\n", len(articles), withdrawn, sentences)
	return nil
}
