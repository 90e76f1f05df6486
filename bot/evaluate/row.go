package evaluate

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"sourceline/corpus"
)

// A Row is one line of a question file. Unknown keys are ignored.
type Row struct {
	ID         string `json:"id"`
	Question   string `json:"question"`
	Kind       string `json:"kind"`
	Answerable *bool  `json:"answerable"` // true where it is left out

	Figures   []string `json:"figures"`
	MustQuote []Quote  `json:"must_quote"`
	MinQuotes *int     `json:"min_quotes"` // how many of MustQuote; all where it is left out
	Conflict  bool     `json:"conflict"`
	MustNot   []string `json:"must_not"`
	Context   []string `json:"context"` // earlier turns

	Answers     []string `json:"answers"`
	Wrong       []string `json:"wrong_answers"`
	GoldArticle *int     `json:"gold_article"` // index into the articles of Corpus

	Corpus   string    `json:"corpus"`   // names articles of another file
	Articles []Article `json:"articles"` // or brings its own

	Text       string     `json:"text"`
	Quantities []Quantity `json:"quantities"`

	Line int `json:"-"` // of its file
}

// A Quote is a line that an answer has to show.
type Quote struct {
	File     string `json:"file"` // the article's file; its base name is the article's ID
	Contains string `json:"contains"`
}

// An Article stands in a row or in a file of articles.
type Article struct {
	Title string `json:"title"`
	Text  string `json:"text"`
	Date  string `json:"date"` // 2006-01-02; "" where unknown
}

// A Quantity is one that a text holds.
type Quantity struct {
	Value string `json:"value"`
	Unit  string `json:"normalized_unit"`
}

// IsAnswerable reports whether the articles have an answer.
func (r *Row) IsAnswerable() bool { return r.Answerable == nil || *r.Answerable }

// IsText reports whether the row asks nothing but holds a text to extract from.
func (r *Row) IsText() bool { return r.Question == "" && r.Text != "" }

// maxRow is the longest line of a question file in bytes: rows bring whole
// articles.
const maxRow = 64 << 20

// ReadRows reads a question file. The name is for errors, which tell the line.
func ReadRows(name string, r io.Reader) ([]*Row, error) {
	var rows []*Row
	seen := map[string]int{}
	err := eachLine(name, r, func(line int, data []byte) error {
		row := &Row{Line: line}
		if err := json.Unmarshal(data, row); err != nil {
			return jsonProblem(err)
		}
		if row.Question == "" && row.Text == "" {
			return errors.New(`the row has neither "question" nor "text"`)
		}
		if row.ID == "" {
			row.ID = fmt.Sprintf("line %d", line)
		}
		if first, twice := seen[row.ID]; twice {
			return fmt.Errorf("id %q is also that of line %d", row.ID, first)
		}
		seen[row.ID] = line
		if row.Corpus != "" && len(row.Articles) > 0 {
			return fmt.Errorf("row %q has articles of its own and names the corpus %q: one of the two is expected", row.ID, row.Corpus)
		}
		rows = append(rows, row)
		return nil
	})
	if err == nil && len(rows) == 0 {
		err = fmt.Errorf("%s: no rows in it", name)
	}
	return rows, err
}

// ReadCorpora reads a file of articles: {corpus, articles:[{title,text}]} a
// line. The result is by the name of the corpus.
func ReadCorpora(name string, r io.Reader) (map[string][]Article, error) {
	corpora := map[string][]Article{}
	err := eachLine(name, r, func(_ int, data []byte) error {
		var c struct {
			Corpus   string    `json:"corpus"`
			Articles []Article `json:"articles"`
		}
		if err := json.Unmarshal(data, &c); err != nil {
			return jsonProblem(err)
		}
		if c.Corpus == "" || len(c.Articles) == 0 {
			return errors.New(`a line {"corpus": …, "articles": […]} is expected`)
		}
		if _, twice := corpora[c.Corpus]; twice {
			return fmt.Errorf("corpus %q stands there twice", c.Corpus)
		}
		corpora[c.Corpus] = c.Articles
		return nil
	})
	if err == nil && len(corpora) == 0 {
		err = fmt.Errorf("%s: no articles in it", name)
	}
	return corpora, err
}

// Relabel reads corrections to rows that a rule has marked as unanswerable and
// that people, reading the articles, have found answerable: "ID, tab, answer,
// tab, anything" a line, lines that begin with # left out. Labels of rows that
// are not there are for other files. It returns how many rows it changed.
func Relabel(rows []*Row, r io.Reader) (int, error) {
	labels := map[string]string{}
	scanner := bufio.NewScanner(r)
	for n := 1; scanner.Scan(); n++ {
		line := scanner.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fields := strings.Split(line, "\t")
		if len(fields) < 2 {
			return 0, fmt.Errorf("labels, line %d: an ID and an answer with a tab between them are expected", n)
		}
		labels[fields[0]] = fields[1]
	}
	changed := 0
	for _, row := range rows {
		if answer, found := labels[row.ID]; found && !row.IsAnswerable() {
			yes := true
			row.Answerable, row.Answers, row.MustNot = &yes, []string{answer}, nil
			changed++
		}
	}
	return changed, scanner.Err()
}

// eachLine hands out the lines that are not empty; an error gets the line.
func eachLine(name string, r io.Reader, do func(line int, data []byte) error) error {
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, maxRow)
	line := 0
	for scanner.Scan() {
		line++
		if len(strings.TrimSpace(scanner.Text())) == 0 {
			continue
		}
		if err := do(line, scanner.Bytes()); err != nil {
			return fmt.Errorf("%s:%d: %w", name, line, err)
		}
	}
	if err := scanner.Err(); err != nil {
		return fmt.Errorf("%s:%d: %w", name, line+1, err)
	}
	return nil
}

// jsonProblem says what is wrong with a line in the words of its keys.
func jsonProblem(err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return fmt.Errorf("%q is a %s, which is not what the key takes", wrong.Field, wrong.Value)
	}
	return fmt.Errorf("not a JSON object: %w", err)
}

// corpusArticles makes articles of a row's.
func corpusArticles(list []Article) ([]*corpus.Article, error) {
	out := make([]*corpus.Article, 0, len(list))
	for _, a := range list {
		var date time.Time
		if a.Date != "" {
			var err error
			if date, err = time.Parse(time.DateOnly, a.Date); err != nil {
				return nil, fmt.Errorf("article %q: date %q: a date such as 2006-01-02 is expected", a.Title, a.Date)
			}
		}
		out = append(out, corpus.Inline(a.Title, a.Text, date))
	}
	return out, nil
}

// articleID is the ID of the article that a quote names by its file.
func (q Quote) articleID() string {
	base := filepath.Base(q.File)
	switch ext := filepath.Ext(base); strings.ToLower(ext) {
	case ".txt", ".md":
		return strings.TrimSuffix(base, ext)
	}
	return q.File // the title of an inline article
}
