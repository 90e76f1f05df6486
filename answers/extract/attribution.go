package extract

import (
	"slices"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/corpus"
)

// attribute finds who says what in the sentences of one article and writes it
// into Says of each. Mentions and their entities have to be there.
//
// A quotation that runs over several sentences keeps its speaker, and "he
// said" is the person who spoke, or was spoken of, last.
func attribute(facts []fact.Fact, entities []fact.Entity, scan *sayScan) {
	if len(facts) == 0 {
		return
	}
	a := &attributor{
		text: facts[0].Sentence.Article.Text, facts: facts, entities: entities,
		person: -1, body: -1, quotes: findQuotes(facts), roles: tokenizeRoles(entities),
		scan: scan,
	}
	a.country = mainCountry(a.text, facts)
	for f := range facts {
		a.sentence(f)
	}
}

// An attributor walks through the sentences of one article.
type attributor struct {
	text     string
	facts    []fact.Fact
	entities []fact.Entity
	quotes   [][]quotePiece // of each sentence
	roles    [][][]english.Token
	country  string // that the article is about
	scan     *sayScan
	person   int // entity of the person who spoke or was the subject last; -1
	body     int // entity of the organisation that spoke last; -1
	last     fact.Attribution
	lastFact int              // sentence of last; counts only while near
	speakers []speakerOfQuote // of each quotation, by number
}

// A speakerOfQuote is who says a quotation, once it is known.
type speakerOfQuote struct {
	known bool
	say   fact.Attribution
}

// sentence attributes one sentence.
func (a *attributor) sentence(f int) {
	ft := &a.facts[f]
	s := a.scan
	s.reset(ft.Tokens, ft.Mentions, a.quotes[f], ft.Sentence.Role)
	s.findCues()
	says := make([]fact.Attribution, 0, len(s.cues)+len(s.pieces))
	for i := range s.cues {
		c := &s.cues[i]
		a.resolve(c, i)
		if scope := s.scope(i); scope.Len() > 0 && !s.pureQuote(c, scope) {
			says = append(says, fact.Attribution{Speaker: c.speaker, Cue: c.span, Scope: scope, Entity: c.entity})
		}
		if (c.entity >= 0 || c.speaker.Len() > 0) && (i == 0 || !c.aside) {
			a.last, a.lastFact = fact.Attribution{Speaker: c.speaker, Cue: c.span, Entity: c.entity}, f
		}
	}
	says = a.attributeQuotes(f, says)
	slices.SortStableFunc(says, func(x, y fact.Attribution) int {
		if x.Scope.Start != y.Scope.Start {
			return x.Scope.Start - y.Scope.Start
		}
		return y.Scope.End - x.Scope.End
	})
	if len(says) > 0 {
		ft.Says = says
	}
	a.remember(f)
}

// remember keeps the person whom "he" in the next sentence means.
func (a *attributor) remember(f int) {
	for i := len(a.scan.cues) - 1; i >= 0; i-- {
		e := a.scan.cues[i].entity
		if i > 0 && a.scan.cues[i].aside {
			continue
		}
		if e < 0 {
			if a.scan.describes(&a.scan.cues[i]) {
				a.person = -1 // "A spokesman said …": he is nobody that we know by name
				return
			}
			continue
		}
		switch a.entities[e].Type {
		case fact.PersonName, fact.UnknownName:
			a.person = e
			return
		case fact.OrgName:
			a.body = e
		}
	}
	// Nobody spoke: the subject of the sentence, where it is a person.
	if m := a.scan.subject(); m != nil && m.Type == fact.PersonName && m.Entity >= 0 {
		a.person = m.Entity
		return
	}
	if from, head, ok := a.scan.firstNoun(len(a.scan.t)); ok && a.scan.word(head+1) != "'s" {
		if c := (cue{from: from, to: head + 1, head: head}); a.scan.describes(&c) {
			a.person = a.byRole(&c)
		}
	}
}

// describes reports whether a cue's speaker is one person who is described
// rather than named.
func (s *sayScan) describes(c *cue) bool {
	if c.head < 0 || c.head >= len(s.t) || s.at[c.head] >= 0 || c.from >= c.to {
		return false
	}
	return isRole(&s.t[c.head]) && !isPlural(s.word(c.head)) && isArticle(s.word(c.from))
}

// saidBy is the index into says of the innermost attribution whose scope
// holds span, or -1. Of two with one scope the later one is the inner one.
func saidBy(says []fact.Attribution, span corpus.Span) int {
	best := -1
	for i := range says {
		if says[i].Scope.Contains(span) && (best < 0 || says[i].Scope.Len() <= says[best].Scope.Len()) {
			best = i
		}
	}
	return best
}

// A direction tells on which side of a cue stands what is said.
type direction uint8

const (
	forward  direction = iota // "officials said that …"
	backward                  // "…, officials said"
	around                    // "…, officials said, …"
)

// A cue is the words that say that somebody says something. Its numbers are
// of tokens.
type cue struct {
	start, end int         // the cue's own words, subject included
	from, to   int         // the subject; equal where it is left out
	head       int         // the noun of the subject that names or describes the speaker; -1
	span       corpus.Span // "said", "according to"
	speaker    corpus.Span
	entity     int
	dir        direction
	goesOn     bool // a participle or a further verb of the subject before: "…, adding that"
	relative   bool // inside "which …": the scope ends with that clause
	leading    bool // "According to X, …"
	aside      bool // "according to X" and the like: whoever speaks goes on speaking
}

// A sayScan is the search for cues in one sentence.
type sayScan struct {
	t       []english.Token
	m       []fact.Mention
	at      []int // of each token the mention that it lies in, or -1
	quoted  []bool
	pieces  []quotePiece
	role    corpus.Role
	letters letterCase // unseenCase until somebody asks
	cues    []cue
}

func (s *sayScan) reset(t []english.Token, m []fact.Mention, pieces []quotePiece, role corpus.Role) {
	s.t, s.m, s.pieces, s.role, s.letters, s.cues = t, m, pieces, role, unseenCase, s.cues[:0]
	s.at, s.quoted = slices.Grow(s.at[:0], len(t))[:len(t)], slices.Grow(s.quoted[:0], len(t))[:len(t)]
	k := 0
	for i := range t {
		for k < len(m) && m[k].Span.End <= t[i].Start {
			k++
		}
		s.at[i], s.quoted[i] = -1, false
		if k < len(m) && m[k].Span.Start <= t[i].Start {
			s.at[i] = k
		}
	}
	for _, p := range pieces {
		for i := p.from; i < p.to; i++ {
			s.quoted[i] = true
		}
	}
}

// subject is the mention that the sentence begins with, its title aside; nil
// where something else stands before it.
func (s *sayScan) subject() *fact.Mention {
	for k := range s.m {
		m := &s.m[k]
		i := s.pastDateline()
		for i < len(s.t) && (s.t[i].Kind == english.Mark || s.t[i].Is(english.Adverb|english.Conjunction)) {
			i++
		}
		if i < len(s.t) && m.Full.End <= s.t[i].Start {
			continue
		}
		if i < len(s.t) && m.Full.Start <= s.t[i].Start {
			if m.Type == fact.PlaceName {
				continue
			}
			return m
		}
		if m.Type != fact.PlaceName {
			return nil
		}
	}
	return nil
}

// span is the text of the tokens [i:j).
func (s *sayScan) span(i, j int) corpus.Span {
	if i >= j {
		return corpus.Span{}
	}
	return corpus.Span{Start: s.t[i].Start, End: s.t[j-1].End}
}

// word is the folded text of the token at i; "" outside the sentence.
func (s *sayScan) word(i int) string {
	if i < 0 || i >= len(s.t) {
		return ""
	}
	return s.t[i].Norm
}
