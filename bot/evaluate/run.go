package evaluate

import (
	"context"
	"crypto/sha256"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"sourceline/answers"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// A Result is a row with its answer and score.
type Result struct {
	Row     *Row
	Answer  answers.Answer // zero for rows with a text
	Elapsed time.Duration  // of reading and answering the question, the base not counted
	Score   Score
}

// Options say how rows are asked.
type Options struct {
	// Loaded is the base for rows that bring no articles and name none.
	Loaded func() (*answers.Base, error)
	// Corpora are the articles that rows name.
	Corpora map[string][]Article
	// Answer is the method that answers; nil is (*answers.Base).Answer.
	Answer func(*answers.Base, context.Context, question.Question) (answers.Answer, error)
	// Progress is told after each row that one more is done; it may be nil.
	Progress func()
}

// A task is a row with the base that it is asked of.
type task struct {
	row   int
	group *group
}

// A group is the rows that share articles. Their base is built when the first
// is asked and let go with the last.
type group struct {
	build func() (*answers.Base, error)
	once  sync.Once
	base  *answers.Base
	err   error

	mu   sync.Mutex
	left int
}

func (g *group) get() (*answers.Base, error) {
	g.once.Do(func() { g.base, g.err = g.build() })
	return g.base, g.err
}

func (g *group) done() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.left--; g.left == 0 {
		g.base = nil
	}
}

// Run asks every row, on all cores, and returns the results in their order. The
// error is the first one that a row could not be asked for.
func Run(ctx context.Context, rows []*Row, o Options) ([]Result, error) {
	if o.Answer == nil {
		o.Answer = (*answers.Base).Answer
	}
	tasks, err := o.tasks(rows)
	if err != nil {
		return nil, err
	}
	results, errs := make([]Result, len(rows)), make([]error, len(rows))
	queue := make(chan task)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for t := range queue {
				results[t.row], errs[t.row] = o.ask(ctx, rows[t.row], t.group)
				t.group.done()
				if o.Progress != nil {
					o.Progress()
				}
			}
		})
	}
	for _, t := range tasks {
		queue <- t
	}
	close(queue)
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			return nil, fmt.Errorf("line %d, row %q: %w", rows[i].Line, rows[i].ID, err)
		}
	}
	return results, nil
}

// tasks orders the rows by the articles that they share.
func (o Options) tasks(rows []*Row) ([]task, error) {
	groups := map[string]*group{}
	var order []string
	members := map[string][]int{}
	for i, r := range rows {
		key, build, err := o.baseOf(r)
		if err != nil {
			return nil, fmt.Errorf("line %d, row %q: %w", r.Line, r.ID, err)
		}
		if groups[key] == nil {
			groups[key] = &group{build: build}
			order = append(order, key)
		}
		groups[key].left++
		members[key] = append(members[key], i)
	}
	var tasks []task
	for _, key := range order {
		for _, i := range members[key] {
			tasks = append(tasks, task{i, groups[key]})
		}
	}
	return tasks, nil
}

// baseOf names the base that a row is asked of and says how to build it.
func (o Options) baseOf(r *Row) (key string, build func() (*answers.Base, error), err error) {
	switch {
	case r.IsText():
		return "text " + r.Text, func() (*answers.Base, error) {
			return answers.New([]*corpus.Article{corpus.Inline(r.ID, r.Text, time.Time{})})
		}, nil
	case len(r.Articles) > 0:
		return "own " + digest(r.Articles), func() (*answers.Base, error) { return newBase(r.Articles) }, nil
	case r.Corpus != "":
		list, found := o.Corpora[r.Corpus]
		if !found {
			return "", nil, fmt.Errorf("its corpus %q is not known: give the file that has it by --articles", r.Corpus)
		}
		return "named " + r.Corpus, func() (*answers.Base, error) { return newBase(list) }, nil
	}
	return "loaded", o.Loaded, nil
}

func digest(list []Article) string {
	h := sha256.New()
	for _, a := range list {
		fmt.Fprintf(h, "%q %q %q\n", a.Title, a.Date, a.Text)
	}
	return string(h.Sum(nil))
}

func newBase(list []Article) (*answers.Base, error) {
	articles, err := corpusArticles(list)
	if err != nil {
		return nil, err
	}
	return answers.New(articles)
}

// ask asks one row.
func (o Options) ask(ctx context.Context, r *Row, g *group) (Result, error) {
	res := Result{Row: r}
	base, err := g.get()
	if err != nil {
		return res, err
	}
	if r.IsText() {
		res.Score = scoreText(r, base)
		return res, nil
	}
	var turns []question.Turn
	for _, text := range r.Context {
		q, a, err := o.answer(ctx, base, text, turns)
		if err != nil {
			return res, fmt.Errorf("earlier turn %q: %w", text, err)
		}
		turns = append(turns, question.Turn{Question: q, Facts: a.Facts})
	}
	start := time.Now()
	_, res.Answer, err = o.answer(ctx, base, r.Question, turns)
	if err != nil {
		return res, err
	}
	res.Elapsed = time.Since(start)
	res.Score = score(r, res.Answer, o.gold(r))
	return res, nil
}

func (o Options) answer(ctx context.Context, base *answers.Base, text string, turns []question.Turn) (question.Question, answers.Answer, error) {
	q, err := base.Read(ctx, text, slices.Clone(turns)...)
	if err != nil {
		return q, answers.Answer{}, err
	}
	a, err := o.Answer(base, ctx, q)
	return q, a, err
}

// gold is the ID of the article that a row says has the answer.
func (o Options) gold(r *Row) string {
	list := r.Articles
	if r.Corpus != "" {
		list = o.Corpora[r.Corpus]
	}
	if r.GoldArticle == nil || *r.GoldArticle < 0 || *r.GoldArticle >= len(list) {
		return ""
	}
	return list[*r.GoldArticle].Title
}
