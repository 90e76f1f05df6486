package bot

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"sourceline/answers"
	"sourceline/bot/evaluate"
)

type evalCommand struct {
	Files    []string `arg:"" name:"file" help:"Question files (JSON, one question a line)."`
	Articles string   `placeholder:"FILE" help:"File of the articles that rows name by \"corpus\"."`
	Out      string   `placeholder:"FILE" help:"Write each answer there, as ask --json prints it, one a line."`
	JSON     bool     `name:"json" help:"Print the statistics as JSON."`
	Failures bool     `help:"List the rows that failed, and why."`
	Labels   string   `placeholder:"FILE" help:"Corrections to rows marked unanswerable: \"ID, tab, answer\" a line."`
	Force    bool     `help:"Show the best span and three lines even where the product would refuse."`
}

// Help is what --help adds.
func (*evalCommand) Help() string {
	return "A row brings its own articles, names a corpus of --articles, or is asked of the loaded corpus. " +
		"The exit code is 0 when every row was asked, whatever the score."
}

// An evaluation is a question file with its results.
type evaluation struct {
	file    string
	results []evaluate.Result
}

// Run asks all rows and prints the scores.
func (c *evalCommand) Run(p *program) error {
	rows, err := c.rows()
	if err != nil {
		return err
	}
	options, err := c.options(p)
	if err != nil {
		return err
	}
	done := c.progress(p, rows, &options)
	var all []evaluation
	for i, file := range c.Files {
		results, err := evaluate.Run(p, rows[i], options)
		if err != nil {
			done()
			return fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, evaluation{file, results})
	}
	done()
	if c.Out != "" {
		if err := writeAnswers(c.Out, all); err != nil {
			return err
		}
	}
	return c.report(p.stdout, all)
}

// rows reads all question files before the first question is asked.
func (c *evalCommand) rows() ([][]*evaluate.Row, error) {
	var out [][]*evaluate.Row
	for _, file := range c.Files {
		f, err := os.Open(file)
		if err != nil {
			return nil, fmt.Errorf("question file: %w", err)
		}
		rows, err := evaluate.ReadRows(file, f)
		f.Close()
		if err != nil {
			return nil, err
		}
		if err := c.relabel(rows); err != nil {
			return nil, err
		}
		out = append(out, rows)
	}
	return out, nil
}

func (c *evalCommand) relabel(rows []*evaluate.Row) error {
	if c.Labels == "" {
		return nil
	}
	f, err := os.Open(c.Labels)
	if err != nil {
		return fmt.Errorf("file of labels: %w", err)
	}
	defer f.Close()
	_, err = evaluate.Relabel(rows, f)
	return err
}

func (c *evalCommand) options(p *program) (evaluate.Options, error) {
	o := evaluate.Options{Loaded: sync.OnceValues(p.base)}
	if c.Force {
		o.Answer = (*answers.Base).Force
	}
	if c.Articles == "" {
		return o, nil
	}
	f, err := os.Open(c.Articles)
	if err != nil {
		return o, fmt.Errorf("file of articles: %w", err)
	}
	defer f.Close()
	o.Corpora, err = evaluate.ReadCorpora(c.Articles, f)
	return o, err
}

// progress shows a bar where standard error is a terminal, and returns what
// takes it away.
func (c *evalCommand) progress(p *program, rows [][]*evaluate.Row, o *evaluate.Options) func() {
	if !isTerminal(p.stderr) {
		return func() {}
	}
	total := 0
	for _, list := range rows {
		total += len(list)
	}
	bar := progressbar.NewOptions(total,
		progressbar.OptionSetWriter(p.stderr), progressbar.OptionSetDescription("asking"),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
	o.Progress = func() { _ = bar.Add(1) } // a bar that cannot be drawn harms nobody
	return func() { _ = bar.Finish() }
}

// writeAnswers writes the answers in the order of their rows; rows with a text
// have none.
func writeAnswers(file string, all []evaluation) (err error) {
	f, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("file of answers: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	for _, e := range all {
		for _, r := range e.results {
			if r.Row.IsText() {
				continue
			}
			line, err := r.Answer.JSON(r.Row.ID, r.Elapsed)
			if err != nil {
				return fmt.Errorf("row %q: %w", r.Row.ID, err)
			}
			w.Write(append(line, '\n')) // Flush tells the error
		}
	}
	return w.Flush()
}

// A fileReport is what --json prints of a file.
type fileReport struct {
	File string `json:"file"`
	evaluate.Summary
	Median int64 `json:"elapsed_us_median"`
	P99    int64 `json:"elapsed_us_p99"`
}

func (c *evalCommand) report(w io.Writer, all []evaluation) error {
	var reports []fileReport
	for _, e := range all {
		r := fileReport{File: e.file, Summary: evaluate.Summarise(e.results)}
		r.Median, r.P99 = elapsed(e.results)
		reports = append(reports, r)
	}
	if c.JSON {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(map[string][]fileReport{"files": reports})
	}
	for i, r := range reports {
		if i > 0 {
			fmt.Fprintln(w)
		}
		if c.Failures {
			failures(w, all[i].results)
		}
		fmt.Fprintf(w, "%s\n", filepath.Base(r.File))
		if err := r.Print(w); err != nil {
			return err
		}
		if r.P99 > 0 {
			fmt.Fprintf(w, "a question took %d µs (median), %d µs (99th percentile)\n", r.Median, r.P99)
		}
	}
	return nil
}

// failures lists the rows that did not come out right.
func failures(w io.Writer, results []evaluate.Result) {
	for _, r := range results {
		if r.Score.Right {
			continue
		}
		asked := r.Row.Question
		if r.Row.IsText() {
			asked = r.Row.Text
		}
		fmt.Fprintf(w, "%s  %s\n    %s\n", r.Row.ID, asked, r.Score.Why)
	}
}

// elapsed is the median and the 99th percentile of the answering times, in
// microseconds.
func elapsed(results []evaluate.Result) (median, p99 int64) {
	var times []int64
	for _, r := range results {
		if !r.Row.IsText() {
			times = append(times, r.Elapsed.Microseconds())
		}
	}
	if len(times) == 0 {
		return 0, 0
	}
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*99/100]
}
