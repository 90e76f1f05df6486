// Package question turns what somebody typed into what is asked.
package question

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// MaxLength is how many characters a question may have: longer ones are
// pasted text, and are refused at every entrance.
const MaxLength = 2000

// A Type is the kind of answer that is expected.
type Type string

// The question types.
const (
	Figure     Type = "figure"
	Time       Type = "time"
	Person     Type = "person"
	Place      Type = "place"
	Reason     Type = "reason"
	Statement  Type = "statement"  // what did X say about Y; who said Z is a Person
	Definition Type = "definition" // who is X, what does NATO stand for
	YesNo      Type = "yes_no"
	Other      Type = "other"    // a question of no type that is known: lines, never a headline
	Greeting   Type = "greeting" // not a question
)

// A Term is a word that the question is about.
type Term struct {
	Text   string      // as typed
	Norm   string      // folded, as read
	Lemma  string      // as read, spelling mended
	Span   corpus.Span // in Question.Text; zero where it comes from an earlier turn
	Name   bool        // part of a name
	Rarity float64     // how rare it is in the corpus: log((n+1)/(df+1)), 0 for a word of every sentence
	Known  bool        // the corpus has it, a synonym of it or a form of it
	Forms  []string    // the corpus's terms that meet it: itself, synonyms, spellings

	set map[string]bool // of Forms where they are many; see Met
}

// manyForms is from how many forms on a term keeps a set of them: "people" has a
// hundred.
const manyForms = 8

// add adds a form that the term has not.
func (t *Term) add(form string) {
	t.Forms = append(t.Forms, form)
	switch {
	case t.set != nil:
		t.set[form] = true
	case len(t.Forms) > manyForms:
		t.set = map[string]bool{}
		for _, f := range t.Forms {
			t.set[f] = true
		}
	}
}

// Met reports whether one of the words is a form of the term.
func (t *Term) Met(lemma, norm string) bool {
	if t.set != nil {
		return t.set[lemma] || t.set[norm]
	}
	return slices.Contains(t.Forms, lemma) || slices.Contains(t.Forms, norm)
}

// A Name is a named thing that the fact has to meet.
type Name struct {
	Text     string // as typed
	Words    []string
	Known    bool     // an alias of it is in the corpus
	Aliases  []string // what the corpus calls it, folded, the longest first
	Modifies bool     // it stands before what is counted and says whose they are: "NATO troops"
	Place    bool     // the question says where with it: "in Springfield"
	Source   bool     // it is asked what they say: "according to the ministry"
	Done     bool     // it is asked what was done to them: "was Smith fined"
	Actor    bool     // it is asked what they did or have, or what was done to them: "did Smith arrest", "by Smith", "was Smith fined", "Smith's profit"

	phrases [][]string // see Phrases; nil where not yet made
}

// maxWritten is how many of the names are looked for that articles call a thing
// by. One that has more is many things that the articles call by one name.
const maxWritten = 24

// Written are the ways in which articles write the name, word by word: its own
// first, and at most maxWritten.
func (n *Name) Written() [][]string {
	out := [][]string{n.Words}
	for _, a := range n.Aliases[:min(len(n.Aliases), maxWritten)] {
		if w := strings.Fields(a); !slices.Equal(w, n.Words) {
			out = append(out, w)
		}
	}
	return out
}

// Phrases are the ways of Written but those that another one is a part of: where
// they stand, that stands too.
func (n *Name) Phrases() [][]string {
	if n.phrases != nil {
		return n.phrases
	}
	all := n.Written()
	var out [][]string
	for i, p := range all {
		if !slices.ContainsFunc(all[:i], func(o []string) bool { return partOf(o, p) }) &&
			!slices.ContainsFunc(all[i+1:], func(o []string) bool { return len(o) < len(p) && partOf(o, p) }) {
			out = append(out, p)
		}
	}
	return out
}

// partOf reports whether the words stand in the phrase, in a row.
func partOf(words, phrase []string) bool {
	for i := 0; len(words) > 0 && i+len(words) <= len(phrase); i++ {
		if slices.Equal(words, phrase[i:i+len(words)]) {
			return true
		}
	}
	return false
}

// A Reading is a word that was read as another.
type Reading struct{ From, To string }

// A Sense is what kind of thing a figure is asked of.
type Sense string

// The senses of a figure question.
const (
	HowMany    Sense = "count"
	HowMuch    Sense = "amount"
	Percentage Sense = "percent"
	Money      Sense = "money"
	HowLong    Sense = "duration"
	HowOld     Sense = "age"
	HowFar     Sense = "distance"
	HowBig     Sense = "measure"
	AnyFigure  Sense = "any"
)

// A Question is what is asked.
type Question struct {
	Text  string // as typed
	Read  []Reading
	Type  Type
	Sense Sense             // of a figure question
	Unit  quantity.UnitKind // what the unit measures that a figure is asked for in: "how many hectares"; "" where none is named
	Cue   string            // the lemma that gave the type: "who", "why", "stand for", "said"

	Head        string              // lemma of the focus: "troops" of "how many NATO troops"; "" where only an event is asked
	Carrier     string              // lemma of the noun that only carries the head: "members" of "members of the security forces"
	Mods        []string            // lemmas of its modifiers that are no names
	Events      []string            // concepts of the event that is asked about ("kill"), english.Events
	Verb        string              // lemma of the event's word as typed; "" where none
	Passive     bool                // the one is asked for to whom it was done: "who was arrested", "whom did they arrest"
	Agent       string              // lemma of who did it, where a figure is asked of what somebody did: "killed by police"
	Did         string              // lemma of the verb of a figure question, where it is no event's: "how many cars did the firm recall"
	Past        bool                // it is asked what has happened, not what will
	Has         bool                // it is asked how many somebody has: all of them, not a part
	Carried     bool                // the event comes from an earlier turn: "and aircraft?"
	Each        bool                // an amount is asked for that each gets or costs
	Negated     bool                // it is asked what did not happen
	Source      []string            // lemmas of who says the figure that is asked for, where it is no name: "according to local authorities"
	Grounds     []string            // lemmas of what it happened for or of: "arrested for LOOTING", "died of CHOLERA"
	Rest        string              // a second question in the message, which is not read
	OfLast      bool                // asks of those that the last question counted: "how many of them"
	Earlier     bool                // the figure is asked for that was one before: "what was the age before"
	TakenBack   bool                // the figures are asked for that were taken back: "which figure was withdrawn"
	EventNoun   bool                // the event is named by a noun alone: "the day of mourning"
	Terms       []Term              // every content word, in order
	Names       []Name              // every named thing
	Times       []timex.Time        // every time that is named, unresolved where the corpus has no date
	Added       bool                // what comes on top is asked for: "how much more", "by how much"
	Given       []quantity.Quantity // figures that the question itself names
	Superlative string              // "worst", "first", "largest": "" where none

	Attribute Attribute // what is asked of one thing, where just that is

	RoleAsked bool // the holder of a title is asked for: "who is the mayor of …"

	Speaker string   // of a statement question: whose words are asked for, as typed
	About   []string // lemmas of what they are about

	Unclear bool // it asks of "it" or "they" alone, and no turn before says who or what that is

	Follow Follow // how it leans on the turns before
	Turns  []Turn // the turns before, the latest last

	tokens   []english.Token // of the text tokensOf, see Tokens
	tokensOf string
}

// Tokens are those of the question as typed. The caller must not change them.
func (q *Question) Tokens() []english.Token {
	if q.tokensOf != q.Text || q.tokens == nil {
		return english.Tokens(q.Text, 0) // made by hand, or its text was changed
	}
	return q.tokens
}

// AsFigure is the question read as one for a figure of the thing after "what";
// its Head is "" where there is none.
func (q Question) AsFigure() Question {
	as := q
	as.Type, as.Sense, as.Head, as.Mods = Figure, AnyFigure, "", nil
	for _, t := range q.Terms {
		before := strings.Fields(q.Text[:t.Span.Start])
		if len(before) == 0 || !strings.EqualFold(before[len(before)-1], "what") {
			break // "what raise", but not "what were the protests about" or "which plane"
		}
		if !t.Name && t.Span.Start > 0 && len(english.Concepts(t.Lemma)) > 0 {
			as.Head = t.Lemma
			if slices.Contains(english.Events(t.Lemma), first(q.Events)) {
				as.Events, as.Verb = nil, ""
			}
			break
		}
	}
	return as
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// A Follow tells how a question leans on the turn before.
type Follow string

// The ways to follow a turn.
const (
	NoFollow   Follow = ""
	SameThing  Follow = "same thing"  // "and how many of them were children?", "and vehicles?"
	SameFacts  Follow = "same facts"  // "who says so?", "when was that?": asks about the facts given
	SamePerson Follow = "same person" // "why was he arrested?"
)

// A Turn is a question that was answered and what its answer rested on.
type Turn struct {
	Question Question  `json:"question"`
	Facts    []fact.ID `json:"facts"`
}
