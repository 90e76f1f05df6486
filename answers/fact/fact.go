// Package fact holds the types of what was found in an article.
package fact

import (
	"fmt"
	"strconv"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/quantity"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// An ID names a fact: the article and the byte range of the sentence that
// says it. Written as "article#start-end".
type ID struct {
	Article string
	Span    corpus.Span
}

func (id ID) String() string {
	return fmt.Sprintf("%s#%d-%d", id.Article, id.Span.Start, id.Span.End)
}

// ParseID reads what String wrote.
func ParseID(s string) (ID, error) {
	i, j := strings.LastIndexByte(s, '#'), strings.LastIndexByte(s, '-')
	if i < 0 || j < i {
		return ID{}, fmt.Errorf("fact id %q is not article#start-end", s)
	}
	start, err1 := strconv.Atoi(s[i+1 : j])
	end, err2 := strconv.Atoi(s[j+1:])
	if err1 != nil || err2 != nil {
		return ID{}, fmt.Errorf("fact id %q is not article#start-end", s)
	}
	return ID{s[:i], corpus.Span{Start: start, End: end}}, nil
}

// A Fact is what one sentence says. All spans are byte ranges of the
// article's text.
type Fact struct {
	ID        ID
	Sentence  corpus.Sentence
	Number    int             // 0-based place of the sentence in its article
	Tokens    []english.Token // offsets count in the article's text
	Counts    []Count         // in the order of their quantities
	Mentions  []Mention       // names of people, organisations, places; ascending
	Times     []timex.Time    // ascending
	Says      []Attribution   // ascending by Scope
	Standings []StandingMark  // words that weaken or withdraw; ascending
}

// A Count is a quantity with what it counts.
type Count struct {
	Quantity quantity.Quantity
	Phrase   corpus.Span // quantity and counted noun phrase together: "some 2,030 personnel"
	Head     string      // lemma of the counted noun; "" where it is left out ("16 killed")
	Noun     corpus.Span // the counted noun with its modifiers, without the quantity; empty where left out
	Mods     []string    // lemmas of its modifiers: "military" of "three military aircraft"
	Group    []string    // lemmas of the "of" phrase right after the noun: "members OF THE SECURITY FORCES"
	Of       []string    // lemmas of what its prepositional phrases name: "members OF the SECURITY FORCES", "wounded in the POLICE"
	Events   []Event     // what happened to what is counted, the closest first
	Part     int         // index of the count that this one is a part of ("including three children"); -1

	Implied    string // where Head is left out, the lemma that the coordination implies: soldier of "seven others wounded"
	Implicit   bool   // there is no number: "a soldier was wounded" is one
	Definite   bool   // said of something known: "the six priests", "these 12"
	Partial    bool   // some of a group: "two of his bodyguards", "including three children"
	Others     bool   // besides some counted before: "five others", "another 12"
	Increment  bool   // what is added: "four more people", "rose by 12"
	Toll       bool   // a running total: "the death toll rose to 17"
	Earlier    bool   // what the figure was before: 14 of "rose to 17 from 14"
	Restated   bool   // what it counts stands before, told by somebody else: "Organisers claimed 2,500"
	Background bool   // of a time long before: "in the 1980s"

	Says     int      // index into Fact.Says of who says so; -1
	Standing Standing // asserted unless the clause says otherwise
	Mark     int      // index into Fact.Standings of the words that say so; -1
}

// A Relation tells how a count hangs on its event.
type Relation string

// The relations of a count to an event.
const (
	Patient Relation = "patient" // the event was done to, or happened to, what is counted
	Agent   Relation = "agent"   // what is counted did it
	Nominal Relation = "nominal" // "160 deaths", "nearly 8,000 arrests": the noun is the event
)

// An Event is what happened, as one word of the sentence says it.
type Event struct {
	Lemma    string   // "detain"
	Names    []string // english.Events(Lemma): the concepts that it is
	Span     corpus.Span
	Relation Relation
	Negated  bool // "were not hurt"
}

// A NameType is what a name names.
type NameType string

// The types of a name.
const (
	PersonName  NameType = "person"
	OrgName     NameType = "organisation"
	PlaceName   NameType = "place"
	UnknownName NameType = "name"
)

// A Mention is a span that names something.
type Mention struct {
	Span   corpus.Span // the name alone: "Charles Michel"
	Full   corpus.Span // with titles and roles before it: "European Council President Charles Michel"
	Type   NameType
	Entity int // index into the article's Entities; -1 where it belongs to none
}

// An Entity is what the names of one article name, under all the names it
// bears there.
type Entity struct {
	Type  NameType
	Names []string // as written, the longest first: "North Atlantic Treaty Organization", "NATO"
	Roles []string // as written, from all mentions: "President", "Ruritania's President"
}

// An Attribution is a stretch of text and who says it.
type Attribution struct {
	Speaker corpus.Span // "the Danish leader", chains included: "According to the health ministry, state television"; empty where only Cue is known
	Cue     corpus.Span // "said", "according to"
	Scope   corpus.Span // the clauses that are said
	Entity  int         // index into the article's Entities of who it is, pronouns resolved; -1
	Quote   bool        // Scope is a direct quotation
}

// A Standing tells how firmly a figure stands.
type Standing string

// The standings.
const (
	Asserted   Standing = "asserted"
	Denied     Standing = "denied"
	Withdrawn  Standing = "withdrawn"
	Unverified Standing = "unverified"
	Expected   Standing = "expected"
)

// firmness orders the standings, the weakest first.
var firmness = map[Standing]int{Withdrawn: 0, Denied: 1, Unverified: 2, Expected: 3, Asserted: 4, "": 4}

// Weaker reports whether a figure of standing s is less firm than one of t.
func Weaker(s, t Standing) bool { return firmness[s] < firmness[t] }

// Stands reports whether a figure of that standing can be leant on: it was not
// taken back or denied.
func (s Standing) Stands() bool { return s != Withdrawn && s != Denied }

// A StandingMark is the words that give a standing, and what they cover.
type StandingMark struct {
	Standing Standing
	Span     corpus.Span // "could not be independently verified"
	Scope    corpus.Span // the clauses that it covers
}

// An Article is everything that was found in one article.
type Article struct {
	Article  *corpus.Article
	Facts    []Fact // one for each sentence that can be quoted or searched, in order
	Entities []Entity
}
