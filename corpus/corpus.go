// Package corpus holds the articles that answers are taken from, and splits
// them into the sentences that are quoted.
package corpus

import "time"

// A Span is a half-open byte range of an article's text.
type Span struct{ Start, End int }

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps reports whether s and t share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Status says whether an article may be answered from.
type Status string

// The statuses of an article, as its front matter gives them.
const (
	Usable    Status = "usable"
	Withdrawn Status = "withdrawn"
)

// An Article is a document of the corpus. Its text is immutable: lines and
// offsets count from its first byte, the front matter left out.
type Article struct {
	ID        string // the file's base name without extension; of an inline article its title
	Title     string // of the front matter, or else the first line
	Publisher string // "" where the article names none
	URL       string
	Language  string    // BCP 47; "" where unknown
	Date      time.Time // what "Monday" is counted from; zero where unknown
	Status    Status
	Text      string
}

// Source names the article to a reader: its publisher, or else its title.
func (a *Article) Source() string {
	if a.Publisher != "" {
		return a.Publisher
	}
	return a.Title
}

// A Role is what a sentence is in its article.
type Role string

// The roles of a sentence.
const (
	Headline  Role = "headline"
	Body      Role = "body"
	Caption   Role = "caption"
	Teaser    Role = "teaser"    // a link to another story
	Furniture Role = "furniture" // cookie lines, comment forms: never quoted
)

// A Sentence is a passage that can be quoted.
type Sentence struct {
	Article   *Article
	Line      int // 1-based line of Article.Text that it begins on
	Span      Span
	Role      Role
	Paragraph int // 0-based number of its paragraph: a line, or the lines that a hard-wrapped one takes
}

// Text is the sentence, word for word.
func (s Sentence) Text() string { return s.Article.Text[s.Span.Start:s.Span.End] }
