package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"
)

// A Problem is what is wrong with a file of a corpus, and where.
type Problem struct {
	File string // as it was named to us
	Line int    // 1-based line of the file; 0 where the whole file is meant
	Text string
}

// String is "file:line: text".
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// Error makes a Problem an error.
func (p Problem) Error() string { return p.String() }

const (
	fence        = "---"        // the line before and after front matter
	dateFormat   = "2006-01-02" // of front matter; RFC 3339 is read too
	maxTitleSize = 200          // bytes; a longer first line is a paragraph, not a title
)

// Parse reads one article: front matter, where there is any, and the text.
// The name gives the article its ID and the errors their file. Without a title
// in the front matter the first line is the title. The error joins every
// Problem that was found.
func Parse(name string, data []byte) (*Article, error) {
	a, problems := parse(name, data)
	if len(problems) == 0 {
		return a, nil
	}
	return nil, joinProblems(problems)
}

func joinProblems(problems []Problem) error {
	errs := make([]error, len(problems))
	for i, p := range problems {
		errs[i] = p
	}
	return errors.Join(errs...)
}

func parse(name string, data []byte) (*Article, []Problem) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF")) // a byte order mark is no part of the text
	if p, bad := checkText(name, data); bad {
		return nil, []Problem{p}
	}
	a := &Article{ID: articleID(name), Status: Usable}
	matter, body, problems := splitMatter(name, string(data))
	if matter != "" {
		problems = append(problems, a.readMatter(name, matter)...)
	}
	a.Text = body
	if strings.TrimSpace(body) == "" {
		problems = append(problems, Problem{File: name, Text: "no text: write the article below the front matter, or remove the file"})
	}
	if len(problems) > 0 {
		return nil, problems
	}
	if a.Title == "" {
		a.Title = firstLineTitle(body)
	}
	if a.Date.IsZero() {
		a.Date = datelineDate(body)
	}
	return a, nil
}

// articleID is the base name without its extension.
func articleID(name string) string {
	base := filepath.Base(name)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// checkText finds what makes data no text at all.
func checkText(name string, data []byte) (Problem, bool) {
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return Problem{name, lineAt(data, i), "binary file (a zero byte): articles are UTF-8 text"}, true
	}
	if utf8.Valid(data) {
		return Problem{}, false
	}
	i := 0
	for i < len(data) {
		r, n := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	return Problem{name, lineAt(data, i), fmt.Sprintf("invalid UTF-8 (byte 0x%02x): convert the file to UTF-8", data[i])}, true
}

// lineAt is the 1-based line of the byte at offset i.
func lineAt(data []byte, i int) int { return 1 + bytes.Count(data[:i], []byte("\n")) }

// splitMatter cuts the front matter off the text. Its text keeps its first
// fence as an empty line, so that its lines are those of the file.
func splitMatter(name, text string) (matter, body string, problems []Problem) {
	first, rest, found := strings.Cut(text, "\n")
	if strings.TrimRight(first, " \t\r") != fence || !found {
		return "", text, nil
	}
	for at := 0; at < len(rest); {
		line, _, _ := strings.Cut(rest[at:], "\n")
		next := min(at+len(line)+1, len(rest))
		if strings.TrimRight(line, " \t\r") == fence {
			return "\n" + rest[:at], rest[next:], nil
		}
		at = next
	}
	return "", text, []Problem{{name, 1, "front matter is not closed: end it with a line of three dashes (---)"}}
}

// readMatter fills the article from its front matter.
func (a *Article) readMatter(name, matter string) (problems []Problem) {
	report := func(line int, format string, args ...any) {
		problems = append(problems, Problem{name, line, "front matter: " + fmt.Sprintf(format, args...)})
	}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(matter), &doc); err != nil {
		report(brokenLine(matter), "%s", yamlText(err))
		return problems
	}
	if len(doc.Content) == 0 {
		return nil
	}
	top := doc.Content[0]
	if top.Kind != yaml.MappingNode {
		report(top.Line, "lines of the form \"key: value\" are expected")
		return problems
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(top.Content); i += 2 {
		key, value := top.Content[i], top.Content[i+1]
		if seen[key.Value] {
			report(key.Line, "key %q is given twice", key.Value)
		}
		seen[key.Value] = true
		if value.Kind != yaml.ScalarNode {
			report(value.Line, "%s: a single value is expected", key.Value)
			continue
		}
		if err := a.set(key.Value, strings.TrimSpace(value.Value)); err != nil {
			report(key.Line, "%v", err)
		}
	}
	return problems
}

// set gives the article one value of its front matter.
func (a *Article) set(key, value string) error {
	switch key {
	case "title":
		a.Title = value
	case "publisher":
		a.Publisher = value
	case "url":
		u, err := url.Parse(value)
		if value != "" && (err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https")) {
			return fmt.Errorf("url %q: a full http or https address is expected", value)
		}
		a.URL = value
	case "language":
		if _, err := language.Parse(value); value != "" && err != nil {
			return fmt.Errorf("language %q: a language tag such as \"en\" is expected", value)
		}
		a.Language = value
	case "date":
		return a.setDate(value)
	case "status":
		switch s := Status(value); s {
		case Usable, Withdrawn:
			a.Status = s
		default:
			return fmt.Errorf("status %q: %q or %q is expected", value, Usable, Withdrawn)
		}
	default:
		return fmt.Errorf("unknown key %q: title, publisher, date, language, url and status are known", key)
	}
	return nil
}

func (a *Article) setDate(value string) error {
	if value == "" {
		return nil
	}
	for _, layout := range []string{dateFormat, time.RFC3339} {
		if t, err := time.Parse(layout, value); err == nil {
			a.Date = t
			return nil
		}
	}
	return fmt.Errorf("date %q: a date such as 2006-01-02 is expected", value)
}

// brokenLine is the first line of a front matter that cannot be read: the lines
// before it can. (The library's own count is one off for some errors.)
func brokenLine(matter string) int {
	var doc yaml.Node
	line := 0
	for at := 0; at < len(matter) && line < maxMatterLines; line++ {
		if n := strings.IndexByte(matter[at:], '\n'); n >= 0 {
			at += n + 1
		} else {
			at = len(matter)
		}
		if yaml.Unmarshal([]byte(matter[:at]), &doc) != nil {
			return line + 1
		}
	}
	return 1
}

// maxMatterLines is how far a broken line is searched for.
const maxMatterLines = 100

// yamlText is what an error of the YAML library says, without its line.
func yamlText(err error) string {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	if strings.HasPrefix(text, "line ") {
		_, text, _ = strings.Cut(text, ": ")
	}
	return text
}

// firstLineTitle is the first line with something on it, cut where it is too
// long to be a title.
func firstLineTitle(text string) string {
	title, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	title = strings.TrimSpace(strings.TrimLeft(title, "# "))
	if len(title) <= maxTitleSize {
		return title
	}
	cut := strings.LastIndexByte(title[:maxTitleSize/2], ' ')
	if cut <= 0 {
		cut = maxTitleSize / 2
		for cut > 0 && !utf8.RuneStart(title[cut]) {
			cut--
		}
	}
	return title[:cut] + "…"
}

// Inline makes an article of a text that is no file. Its ID is its title. A
// zero date is read from the dateline, where there is one with a year.
func Inline(title, text string, date time.Time) *Article {
	if date.IsZero() {
		date = datelineDate(text)
	}
	return &Article{ID: title, Title: title, Date: date, Status: Usable, Text: text}
}
