package question

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// saidKind: what somebody said, who said something, who the source is.
func (p *parser) saidKind() bool {
	i := p.from
	if p.sourceKind() {
		p.q.Type, p.q.Cue = Person, "source"
		return true
	}
	if p.norm(i) == "according" && p.matches(i+1, "to", "who") || p.norm(i) == "according" && p.matches(i+1, "to", "whom") {
		p.use(i, 3)
		p.q.Type, p.q.Cue = Person, "said"
		return true
	}
	if p.norm(i) == "who" && (p.reports(i+1) || p.callsIt(i+1)) {
		p.use(i, 2)
		p.q.Type, p.q.Cue = Person, "said"
		return true
	}
	how := p.norm(i) == "how"
	if (p.norm(i) == "what" || how) && p.tokens[min(i+1, len(p.tokens)-1)].Is(english.Auxiliary) {
		for k := i + 2; k < len(p.tokens); k++ {
			if how && !takesView[p.lemma(k)] {
				continue
			}
			if how || p.reports(k) && !p.tokens[k].Is(english.Honorific) || slices.Contains(english.Events(p.lemma(k)), "chant") {
				p.use(i, 2)
				if how || p.reports(k) {
					p.use(k, 1)
				}
				p.q.Type, p.q.Cue = Statement, p.lemma(k)
				if how {
					p.q.Cue = "say"
				}
				p.q.Speaker = p.speakerWords(i+2, k)
				return true
			}
		}
	}
	return false
}

// takesView are verbs by which it is asked what somebody said of something: "how
// did the president DESCRIBE the protests".
var takesView = wordSet("describe characterize characterise portray react respond comment explain justify")

// namesAs are verbs by which somebody says what something is: "who LABELLED them
// as terrorists".
var namesAs = wordSet("label brand denounce condemn refer portray characterize characterise dismiss decry")

// callsIt reports whether the verb at token v is one by which somebody says what
// something is, and both stand after it: "called THE PROTESTS A COUP".
func (p *parser) callsIt(v int) bool {
	for k := v + 2; k < len(p.tokens); k++ {
		switch {
		case p.tokens[k].Is(english.Preposition) && p.norm(k) != "as" && p.norm(k) != "of" && p.norm(k) != "in":
			return false
		case p.norm(k) == "as":
			return namesAs[p.lemma(v)]
		case p.lemma(v) == "call" && (p.norm(k) == "a" || p.norm(k) == "an"):
			return true
		}
	}
	return false
}

// givers are verbs of those from whom a figure is.
var givers = map[string]bool{"give": true, "provide": true, "issue": true, "release": true, "quote": true, "cite": true, "publish": true, "put": true, "announce": true, "report": true, "supply": true}

// sourceKind reads a question for the one from whom something is: "who is the
// source for 40 dead", "who put the toll at 40", "where does the figure come
// from".
func (p *parser) sourceKind() bool {
	i := p.from
	asks := p.norm(i) == "who" || p.norm(i) == "what" || p.norm(i) == "which"
	if asks && (p.matches(i+1, "be", "the", "source") || p.matches(i+1, "be", "the", "sources")) {
		p.use(i, 4)
		return true
	}
	if len(p.q.Given) == 0 {
		return false
	}
	number := slices.IndexFunc(p.tokens, func(t english.Token) bool { return counters[t.Lemma] })
	from := p.at("come", "from")
	switch {
	case p.norm(i) == "who" && p.matches(i+1, "be", "behind"):
		p.use(i, 3)
	case p.norm(i) == "who" && givers[p.lemma(i+1)] && number > i:
		p.use(i, 2)
	case p.norm(i) == "where" && from > 0:
		p.use(i, 2)
		p.use(from, 2)
	default:
		return false
	}
	if number >= 0 && p.lemma(number) != "toll" {
		p.use(number, 1)
	}
	return true
}

// notSaying are verbs of the reporting class that questions use otherwise.
var notSaying = map[string]bool{"put": true, "observe": true, "report": false, "lead": true, "charge": true, "point": true, "think": false, "feel": true, "note": false, "accuse": true, "blame": true, "describe": false, "express": true, "promise": false, "consider": false}

// claimed are nouns that are claimed as one's own.
var claimed = map[string]bool{"responsibility": true, "victory": true, "credit": true, "asylum": true, "life": true, "title": true, "compensation": true, "damages": true, "ownership": true}

func (p *parser) reports(i int) bool {
	if i >= len(p.tokens) || notSaying[p.lemma(i)] {
		return false
	}
	if p.lemma(i) == "declare" && i+1 < len(p.tokens) && p.norm(i+1) != "that" {
		return false // to declare a day of mourning is an act
	}
	if p.lemma(i) == "describe" && !slices.ContainsFunc(p.tokens[i:], func(t english.Token) bool { return t.Norm == "as" }) {
		return false // who first described a beetle said nothing of it
	}
	if p.lemma(i) == "claim" && claimed[p.lemma(i+1)] {
		return false // "who claimed responsibility"
	}
	return p.tokens[i].Is(english.Reporting) && !(p.lemma(i) == "state" && p.norm(i) == "state")
}

// plainSaying are the verbs of saying that take no stand.
var plainSaying = wordSet("say claim tell state insist argue")

// whetherSaid reads "did the minister SAY that the bridge was safe" as what the
// minister said of that: the words themselves tell whether.
func (p *parser) whetherSaid() {
	if p.lemma(p.from) != "do" && p.lemma(p.from) != "have" {
		return
	}
	for k := p.from + 2; k+1 < len(p.tokens); k++ {
		if p.tokens[k].Is(english.Auxiliary|english.Preposition) || p.tokens[k].Kind == english.Mark {
			return
		}
		if plainSaying[p.lemma(k)] {
			p.use(k, 1)
			p.q.Type, p.q.Cue, p.q.Speaker = Statement, "say", p.speakerWords(p.from+1, k)
			return
		}
	}
}

// speakerWords are the folded words of the tokens [from, to) that name somebody.
func (p *parser) speakerWords(from, to int) string {
	var out []string
	for i := from; i < to; i++ {
		if p.tokens[i].Kind == english.Word && !p.tokens[i].Is(english.Determiner|english.Adverb) {
			out = append(out, p.norm(i))
		}
	}
	return strings.Join(out, " ")
}

// The cues of questions that ask for deeds.
const (
	Did      = "did"      // what somebody did
	Happened = "happened" // what happened to somebody
)

// deedKind: "what did the minister do on Sunday", "what happened to her".
func (p *parser) deedKind() bool {
	i, end := p.from, len(p.tokens)
	for end > i && p.tokens[end-1].Kind == english.Mark {
		end--
	}
	switch {
	case p.norm(i) != "what":
		return false
	case p.lemma(i+1) == "happen" && p.norm(i+2) == "to":
		p.use(i, 3)
		p.q.Cue = Happened
	case p.matches(i+1, "have", "happen", "to"):
		p.use(i, 4)
		p.q.Cue = Happened
	case p.norm(i+1) == "did":
		k := i + 2
		for k < end && (p.norm(k) != "do" || p.tokens[k-1].Is(english.Auxiliary)) {
			k++
		}
		about := k+1 < end && !slices.ContainsFunc(p.q.Times, func(t timex.Time) bool {
			return t.Span.Overlaps(corpus.Span{Start: p.tokens[k+1].Start, End: p.tokens[end-1].End})
		})
		if k == end || about {
			return false // "do about the prices"
		}
		p.use(i, 2)
		p.use(k, 1)
		p.q.Cue = Did
	default:
		return false
	}
	p.q.Type = Other
	return true
}
