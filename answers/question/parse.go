package question

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"sourceline/answers/english"
	"sourceline/answers/index"
	"sourceline/answers/quantity"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// Names knows what the articles call things.
type Names interface {
	// Aliases returns all that the articles call what they call by this
	// name (folded words, a space between them), the name itself included;
	// nil where no article has such a name.
	Aliases(name string) []string
}

// A TooLongError says that a question has more than MaxLength characters.
type TooLongError struct{ Length int }

func (e TooLongError) Error() string {
	return fmt.Sprintf("the question has %d characters; at most %d are read: ask for one thing", e.Length, MaxLength)
}

// ErrEncoding says that a question is no text.
var ErrEncoding = errors.New("the question is not valid UTF-8: type it again")

// Parse reads a question that is asked of the corpus behind idx and names.
// Day is today's date, from which "yesterday" in the question is counted; the
// turns are the ones before, the latest last. The error is a TooLongError or
// one of the index.
func Parse(ctx context.Context, idx index.Index, names Names, day time.Time, text string, turns ...Turn) (Question, error) {
	if !utf8.ValidString(text) {
		return Question{}, ErrEncoding
	}
	if n := utf8.RuneCountInString(text); n > MaxLength {
		return Question{}, TooLongError{n}
	}
	p := &parser{ctx: ctx, idx: idx, names: names, q: Question{Text: text, tokens: english.Tokens(text, 0), tokensOf: text, Turns: turns}, known: map[string]bool{}}
	text = Plain(text)
	p.words(text)
	p.split(text)
	p.q.Given = alternatives(quantity.Find(text, p.tokens))
	p.q.Times = timex.Find(text, p.tokens, day)
	p.kind()
	p.findNames()
	p.firing()
	p.sourceNoun()
	p.focus()
	p.tense()
	p.actors()
	p.grounds()
	p.terms()
	p.causeOnly()
	if p.accused {
		p.q.Events = append(slices.Clone(p.q.Events), "detain") // "was arrested on suspicion of fraud"
	}
	p.attribute()
	if p.err == nil {
		p.follow()
	}
	return p.q, p.err
}

type parser struct {
	ctx      context.Context
	idx      index.Index
	names    Names
	err      error
	q        Question
	tokens   []english.Token   // of the question as read: spelling mended, offsets those of the text as typed
	used     []bool            // tokens that are grammar, cue or opening, not content
	name     []int             // token → index into q.Names, -1
	shout    bool              // written without a difference between capitals and small letters
	nounOnly bool              // the event is named by a noun alone
	from     int               // first token after the opening words
	accused  bool              // it asks of what somebody is accused
	and      bool              // it opens like an addition: "and vehicles?"
	spelt    map[string]string // misspelt words with what they are read as; "" for as they are
	known    map[string]bool   // runs of words that were looked up, and whether they are a name
}

func (p *parser) norm(i int) string {
	if i < 0 || i >= len(p.tokens) {
		return ""
	}
	return p.tokens[i].Norm
}

func (p *parser) lemma(i int) string {
	if i < 0 || i >= len(p.tokens) {
		return ""
	}
	return p.tokens[i].Lemma
}

func (p *parser) count(lemma string) int {
	if p.err != nil {
		return 0
	}
	n, err := p.idx.Count(p.ctx, lemma)
	if err != nil {
		p.err = err
	}
	return n
}

// words cuts the text into tokens, mends chat spelling and misspellings, and
// drops opening words.
func (p *parser) words(text string) {
	p.tokens = english.Tokens(text, 0)
	capitals, small := 0, 0
	for i, t := range p.tokens {
		if t.Kind != english.Word {
			continue
		}
		switch prev := p.norm(i - 1); {
		case t.Norm == "missing":
			p.tokens[i].Reread(t.Norm, t.Norm, t.Class) // the event of that name, not to miss
		case t.Norm == "lay" && slices.ContainsFunc(p.tokens[:i], func(t english.Token) bool { return t.Lemma == "do" }):
			p.tokens[i].Reread(t.Norm, t.Norm, t.Class) // "how many eggs does a hen LAY": not the past of lie
		case t.Norm == "board" && prev == "on":
			p.tokens[i].Reread("aboard", "aboard", t.Class)
		case t.Norm == "hospital" && (prev == "in" || prev == "the" && p.norm(i-2) == "in"):
			p.tokens[i].Reread(t.Norm, "hospitalize", t.Class)
		}
		if t.Case == english.Lower {
			small++
		} else if i > 0 {
			capitals++
		}
	}
	p.shout = small == 0 && capitals > 1
	for i := range p.tokens {
		p.mend(i)
	}
	p.plainer()
	p.used = make([]bool, len(p.tokens))
	p.name = make([]int, len(p.tokens))
	for i := range p.name {
		p.name[i] = -1
	}
	p.open()
}

// mend reads token i as the word that is meant, and remembers that.
func (p *parser) mend(i int) {
	t := &p.tokens[i]
	if t.Kind != english.Word || i+1 < len(p.tokens) && p.tokens[i+1].Kind == english.Number && !p.tokens[i+1].Space {
		return // "N70" is a name as it is
	}
	if t.Norm == "u" && p.norm(i+1) == "s" {
		t.Reread("u.s.", "u.s.", t.Class) // "u s citizens"
		s := &p.tokens[i+1]
		s.Reread("'s", s.Lemma, s.Class)
		return
	}
	if to, ok := chatSpelling[t.Norm]; ok && (t.Case != english.Upper || p.shout) {
		p.reread(t, to)
		return
	}
	if t.Class != 0 || p.count(t.Lemma) > 0 || p.names.Aliases(t.Norm) != nil || fixed(t.Norm) || isPlace(t.Norm) {
		return
	}
	if t.Case == english.Upper && !p.shout {
		return // an acronym of its own
	}
	if to := closest(t.Norm, grammar); to != "" && t.Case == english.Lower {
		p.reread(t, to)
		return
	}
	to, known := p.spelt[t.Norm]
	if !known && len(p.spelt) < maxRespelled {
		var err error
		if to, err = respell(p.ctx, p.idx, t.Norm); err != nil {
			p.err = err
			return
		}
		if p.spelt == nil {
			p.spelt = map[string]string{}
		}
		p.spelt[t.Norm] = to
	}
	if name := t.Case == english.Title && i > 0 && !p.shout; to != "" && !(name && english.IsWord(to)) {
		p.reread(t, to) // a name that no article has is no misspelt word
	}
}

// maxRespelled is how many different words of a question are looked for among
// those of the corpus: a question of more unknown words is none.
const maxRespelled = 16

// grammar are the words of questions that a misspelt word may be meant for.
var grammar = []string{"many", "much", "where", "which", "when", "what", "there", "their", "people", "were", "killed", "injured", "arrested", "wounded", "number", "percent", "happened", "said", "employees", "detained", "evacuated", "rescued", "resigned", "deployed", "destroyed", "displaced"}

func (p *parser) reread(t *english.Token, to string) {
	p.q.Read = append(p.q.Read, Reading{From: t.Text, To: to})
	meant := english.Tokens(to, 0)
	t.Reread(meant[0].Norm, meant[0].Lemma, meant[0].Class)
	if len(meant) > 1 { // "didn't"
		p.q.Negated = p.q.Negated || meant[1].Is(english.Negation)
	}
}

// open passes over words that say nothing about what is asked.
func (p *parser) open() {
	for again := true; again; {
		again = false
		for p.from < len(p.tokens) && p.tokens[p.from].Kind == english.Mark {
			p.used[p.from] = true
			p.from++
		}
		for _, o := range additions {
			if p.from+len(o) < len(p.tokens) && p.matches(p.from, o...) {
				p.use(p.from, len(o))
				p.from += len(o)
				p.and, again = true, true
				break
			}
		}
		for _, o := range openings {
			if p.from+len(o) < len(p.tokens) && p.matches(p.from, o...) {
				for i := range o {
					p.used[p.from+i] = true
				}
				p.from += len(o)
				again = true
				break
			}
		}
	}
}

// matches reports whether the tokens from i on are these words, each a folded
// form or a lemma.
func (p *parser) matches(i int, words ...string) bool {
	for k, w := range words {
		if p.norm(i+k) != w && p.lemma(i+k) != w {
			return false
		}
	}
	return true
}

// at is where these words stand in a row, from p.from on, or -1.
func (p *parser) at(words ...string) int {
	for i := p.from; i+len(words) <= len(p.tokens); i++ {
		if p.matches(i, words...) {
			return i
		}
	}
	return -1
}

func (p *parser) use(i, n int) {
	for k := i; k < i+n && k < len(p.used); k++ {
		p.used[k] = true
	}
}

// terms collects the content words with the corpus's words that meet them.
func (p *parser) terms() {
	terms := p.contentTerms(false)
	if len(terms) == 0 && p.q.Type == Person {
		terms = p.contentTerms(true) // "who says 164?"
	}
	for _, t := range few(terms) {
		p.q.Terms = append(p.q.Terms, p.weigh(t))
	}
	p.joined()
}

// contentTerms are the content words, with or without the figures that the
// question names.
func (p *parser) contentTerms(given bool) []Term {
	var terms []Term
	for i := p.from; i < len(p.tokens); i++ {
		t := p.tokens[i]
		if t.Kind == english.Number && !given && slices.ContainsFunc(p.q.Given, func(g quantity.Quantity) bool { return g.Span.Start <= t.Start && t.End <= g.Span.End }) {
			continue
		}
		report := t.Lemma == "report" && i > 0 && p.tokens[i-1].Is(english.Determiner)
		if p.used[i] || t.Kind == english.Mark || !t.Content() && p.name[i] < 0 && !report || t.Norm == "'s" {
			continue
		}
		term := Term{Text: p.q.Text[t.Start:t.End], Norm: t.Norm, Lemma: t.Lemma, Span: corpus.Span{Start: t.Start, End: t.End}, Name: p.name[i] >= 0}
		terms = append(terms, term)
	}
	return terms
}

// joined lets two words side by side be met by the one that articles may write
// for them: "video conference" by "videoconference".
func (p *parser) joined() {
	for i := 1; i < len(p.q.Terms); i++ {
		a, b := &p.q.Terms[i-1], &p.q.Terms[i]
		if a.Name || b.Name || a.Span.End+1 != b.Span.Start {
			continue
		}
		word := english.Lemma(a.Norm + b.Norm)
		if p.count(word) == 0 {
			continue
		}
		for _, t := range []*Term{a, b} {
			t.Known, t.Forms, t.set = true, slices.Clone(t.Forms), maps.Clone(t.set)
			t.add(word)
		}
	}
}

// maxTerms is how many content words of a question are looked for. A question
// of more words than that is a text, or one word over and over.
const maxTerms = 40

// few leaves out words that stand again where there are too many, and then all
// that are still too many.
func few(terms []Term) []Term {
	if len(terms) <= maxTerms {
		return terms
	}
	seen := map[string]bool{}
	var out []Term
	for _, t := range terms {
		if !seen[t.Norm] && len(out) < maxTerms {
			seen[t.Norm] = true
			out = append(out, t)
		}
	}
	return out
}

// causeOnly leaves "start" out of "why did the protests start": a cause of the
// protests is what is asked for.
func (p *parser) causeOnly() {
	if p.q.Type != Reason || !slices.Contains(p.q.Events, "begin") || len(p.q.Terms) < 2 {
		return
	}
	p.q.Terms = slices.DeleteFunc(p.q.Terms, func(t Term) bool { return t.Lemma == p.q.Verb })
	p.q.Verb, p.q.Events = "", nil
	p.events(p.from, true)
	if slices.Contains(p.q.Events, "begin") {
		p.q.Verb, p.q.Events = "", nil
	}
}

// weigh fills in what the corpus knows of the term.
func (p *parser) weigh(t Term) Term {
	df := 0
	add := func(w string) {
		if w == p.q.Verb && p.q.Type != Figure && !p.nounOnly && w != t.Lemma && w != t.Norm && !t.Name {
			return // "who WON the election": the verb does not say that it was one
		}
		if n := p.count(w); n > 0 && !t.Met(w, w) {
			t.add(w)
			df += n
		}
	}
	add(t.Lemma)
	if t.Norm != t.Lemma {
		add(t.Norm)
	}
	if t.Name {
		for _, w := range demonyms(t.Norm) {
			for f := range strings.FieldsSeq(w) {
				add(english.Lemma(f))
			}
		}
	} else {
		for _, w := range english.Synonyms(t.Lemma) {
			add(w)
		}
		for _, w := range english.Members(t.Lemma) {
			add(w)
		}
		if t.Lemma == "aboard" {
			add("board")
		}
	}
	t.Known = len(t.Forms) > 0
	if p.err == nil {
		total, err := p.idx.Count(p.ctx, "")
		if err != nil {
			p.err = err
		}
		t.Rarity = math.Log(float64(total+1) / float64(min(df, total)+1))
	}
	return t
}

// alternatives takes "6,000 or 8,000" apart: two figures are named, not a
// range.
func alternatives(list []quantity.Quantity) []quantity.Quantity {
	var out []quantity.Quantity
	for _, q := range list {
		left, right, ok := strings.Cut(q.Text, " or ")
		x, ok1 := quantity.Parse(left)
		y, ok2 := quantity.Parse(right)
		if !ok || !ok1 || !ok2 {
			out = append(out, q)
			continue
		}
		if first, _, _ := strings.Cut(right, " "); x.Low < 1000 && y.Low >= 1e6 {
			if m, ok := quantity.Parse(first); ok && m.Low > 0 {
				x.Low, x.High = x.Low*y.Low/m.Low, x.High*y.Low/m.Low // "1.9 or 2.1 billion"
			}
		}
		x.Span, y.Span = q.Span, q.Span
		out = append(out, x, y)
	}
	return out
}
