// Package answers answers questions from articles: with the figure or the
// words that answer, the lines that say so, who says it, who disagrees, and
// what was withdrawn. It never composes a figure, and where no article has the
// answer it says what is missing.
package answers

import (
	"time"

	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/question"
	"sourceline/corpus"
)

// An Answer is what the articles say to a question.
type Answer struct {
	Question  question.Question
	Headline  string   // verbatim from one of the evidence quotes, the shortest span that answers; "" where there is no answer
	Summary   string   // our frame for it; never a figure that is not in Figures
	Figures   []Figure // the distinct figures, the one in the headline first
	Agreement Agreement
	Evidence  []Evidence // best first; at least one for each figure and each caveat
	Caveats   []Caveat   // the ones about the headline first
	Missing   string     // why there is no answer
	Nearest   []Evidence // with no answer: the lines that come closest, quotes only
	Related   []string   // questions that this corpus can answer, nearest first
	Facts     []fact.ID  // what the answer rests on, for the next turn

	firm bool // a sentence has all the words of the question, and its grammar ties the headline to them
}

// Answered reports whether there is an answer.
func (a Answer) Answered() bool { return a.Headline != "" }

// An Agreement tells how the figures of an answer stand to each other.
type Agreement string

// The agreements.
const (
	None        Agreement = "none"        // no answer
	Single      Agreement = "single"      // one article says so
	Compatible  Agreement = "compatible"  // several do, and could all be right
	Conflicting Agreement = "conflicting" // they cannot all be right
)

// A Figure is one distinct figure of an answer.
type Figure struct {
	Text     string // as written: "some 2,030"
	Quantity quantity.Quantity
	Counted  string        // the counted noun as written: "personnel"
	When     string        // the day that it is said of or on, as written; "" where none
	Standing fact.Standing // the weakest that some article gives it
	Beside   CaveatKind    // what sets it apart from the headline's figure: of another scope, an earlier one; "" where it stands as an equal
	Articles []string      // the IDs of the articles that give it
	Evidence []int         // indexes into Answer.Evidence
}

// Evidence is a quoted sentence.
type Evidence struct {
	Article     *corpus.Article
	Line        int
	Span        corpus.Span   // in the article's text
	Highlight   []corpus.Span // in the article's text, ascending, not overlapping
	Attribution string        // who says so, as the article gives it; "" where it speaks itself
	Role        corpus.Role
	Times       []ResolvedTime
	Fact        fact.ID
}

// Quote is the sentence, word for word.
func (e Evidence) Quote() string { return e.Article.Text[e.Span.Start:e.Span.End] }

// A ResolvedTime is a time as written and the day that it means.
type ResolvedTime struct {
	Text string
	Date time.Time
}

// A CaveatKind tells what weakens or qualifies an answer.
type CaveatKind string

// The kinds of caveat.
const (
	CaveatWithdrawn  CaveatKind = "withdrawn"
	CaveatDenied     CaveatKind = "denied"
	CaveatUnverified CaveatKind = "unverified"
	CaveatExpected   CaveatKind = "expected"
	CaveatDisputed   CaveatKind = "disputed"
	CaveatEarlier    CaveatKind = "earlier figure"
	CaveatScope      CaveatKind = "other scope"
	CaveatTeaser     CaveatKind = "teaser" // stands only in a link to another story or a caption
)

// A Caveat is what weakens or qualifies an answer, with the lines that say so.
type Caveat struct {
	Kind     CaveatKind
	Text     string // our words: "withdrawn by the Information Ministry"
	Evidence []int  // indexes into Answer.Evidence
}
