package question

import (
	"slices"
	"strings"
	"unicode"

	"sourceline/answers/english"
	"sourceline/answers/timex"
)

// Plain is the text without the marks by which a chat writes words bold, in
// italics or as code, and without control characters: each byte of them is a
// space, so that offsets still hold.
func Plain(text string) string {
	if !strings.ContainsAny(text, "*_~`") && !strings.ContainsFunc(text, unicode.IsControl) {
		return text
	}
	out := []byte(text)
	for i, c := range out {
		switch {
		case c == '*' || c == '~' || c == '`', c < ' ' && c != '\n', c == 0x7f:
			out[i] = ' '
		case c == '_' && (i == 0 || i+1 == len(out) || !letter(out[i-1]) || !letter(out[i+1])):
			out[i] = ' '
		}
	}
	return string(out)
}

// letter reports whether a byte belongs to a word.
func letter(c byte) bool {
	return c >= 0x80 || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// asking are the words that open a question of their own after "and".
var asking = []string{"how", "who", "when", "where", "why", "what", "which"}

// split leaves the second of two questions in one message to Rest: one is
// answered at a time.
func (p *parser) split(text string) {
	asks := p.from < len(p.tokens) && p.tokens[p.from].Is(english.Auxiliary)
	for i := p.from; i < len(p.tokens); i++ {
		t := p.tokens[i]
		asks = asks || slices.Contains(asking, t.Norm)
		if !asks || i < p.from+minQuestion {
			continue
		}
		next := i
		switch {
		case (t.Norm == "?" || t.Norm == ";") && i+1 < len(p.tokens):
			next = i + 1
		case i > 0 && strings.Contains(text[p.tokens[i-1].End:t.Start], "\n"):
		case (t.Norm == "and" || t.Norm == ",") && i+2 < len(p.tokens) && p.opens(i+1):
			next = i + 1
		default:
			continue
		}
		rest := p.tokens[next:]
		if slices.ContainsFunc(rest, func(t english.Token) bool { return t.Content() || slices.Contains(asking, t.Norm) || t.Norm == "whom" }) {
			p.q.Rest = strings.TrimSpace(text[rest[0].Start:])
		} else if t.Norm != "?" {
			return
		}
		p.tokens, p.used, p.name = p.tokens[:i], p.used[:i], p.name[:i]
		return
	}
}

// minQuestion is how many tokens a question has at least that another can
// follow: "how many dead and how many wounded".
const minQuestion = 3

// opens reports whether a question begins at token i, or after "and" there.
func (p *parser) opens(i int) bool {
	if p.norm(i) == "and" {
		i++
	}
	return slices.Contains(asking, p.norm(i)) && (p.norm(i) != "how" || p.norm(i+1) == "many" || p.norm(i+1) == "much" || p.norm(i+1) == "old" || p.norm(i+1) == "long")
}

// tense tells whether the question is about what has happened, and whether it
// asks for what did not.
func (p *parser) tense() {
	will := false
	for i := p.from; i < len(p.tokens); i++ {
		t := p.tokens[i]
		switch {
		case t.Is(english.Negation) && (t.Norm == "not" || t.Norm == "n't" || t.Norm == "never"), t.Norm == "cannot", t.Norm == "unable":
			p.q.Negated = true
		case t.Norm == "each" || t.Norm == "per" || t.Norm == "every" || t.Norm == "apiece":
			p.q.Each = p.q.Sense == Money || p.q.Sense == HowMuch
		case t.Norm == "did" || t.Norm == "was" || t.Norm == "were" || t.Norm == "has" || t.Norm == "have" || t.Norm == "had":
			p.q.Past = true
		case p.inTime(i): // "in May"
		case t.Norm == "will" || t.Norm == "would" || t.Norm == "could" || t.Norm == "should" || t.Norm == "may" || t.Norm == "might" || t.Norm == "to" || t.Norm == "going":
			will = true
		case t.Lemma == p.q.Verb && t.Norm != t.Lemma && !strings.HasSuffix(t.Norm, "s") && !strings.HasSuffix(t.Norm, "ing") && !p.q.EventNoun:
			p.q.Past = true
		}
	}
	p.q.Past = p.q.Past && !will
}

// sourceNoun reads whose figure is asked for where it is no name: "according to
// the LOCAL AUTHORITIES".
func (p *parser) sourceNoun() {
	at := p.at("according", "to")
	if at < 0 {
		return
	}
	for i := at + 2; i < len(p.tokens); i++ {
		t := p.tokens[i]
		if t.Is(english.Determiner) || t.Norm == "of" {
			continue
		}
		if !t.Content() {
			return
		}
		if p.name[i] < 0 {
			p.q.Source = append(p.q.Source, t.Lemma)
			p.use(i, 1)
		}
	}
}

// grounds reads what something happened for or of, right behind its verb: people
// who were arrested for looting were not arrested for arson.
func (p *parser) grounds() {
	for i := p.from + 1; i+1 < len(p.tokens); i++ {
		switch p.norm(i) {
		case "for", "of", "from", "with", "over", "against":
		case "at", "in", "during":
			p.during(i)
			continue
		default:
			continue
		}
		if verb := p.tokens[i-1]; verb.Kind != english.Word || p.name[i-1] >= 0 || p.lemma(i-1) != p.q.Verb && p.lemma(i-1) != p.q.Did && !personEvent(english.Events(p.lemma(i-1))) || p.q.EventNoun && p.norm(i) != "for" {
			continue
		}
		for k := i + 1; k < p.phraseEnd(i+1); k++ {
			if t := p.tokens[k]; t.Content() && t.Kind == english.Word && p.name[k] < 0 && !p.inTime(k) {
				p.q.Grounds = append(p.q.Grounds, p.lemma(k))
			}
		}
	}
}

// during adds the event in which people died or were hurt: "killed AT THE
// PROTEST". The preposition stands at i.
func (p *parser) during(i int) {
	if p.q.Sense != HowMany || !personEvent(p.q.Events) || p.q.EventNoun {
		return
	}
	for k := i + 1; k < p.phraseEnd(i+1); k++ {
		if l := p.lemma(k); p.name[k] < 0 && !p.inTime(k) && !thing(l) && len(english.Events(l)) > 0 && l != p.q.Verb {
			p.q.Grounds = append(p.q.Grounds, l)
		}
	}
}

// inTime reports whether token i stands in a time: "for three days".
func (p *parser) inTime(i int) bool {
	return slices.ContainsFunc(p.q.Times, func(t timex.Time) bool { return t.Span.Start <= p.tokens[i].Start && p.tokens[i].End <= t.Span.End })
}

// doneAfter reports whether after the name of number n, which begins at token i, a
// participle follows: "was Smith FINED".
func (p *parser) doneAfter(i, n int) bool {
	for i < len(p.tokens) && p.name[i] == n {
		i++
	}
	return i < len(p.tokens) && p.verbal(i) && p.participle(i)
}

// actors marks the names that are said to have done what is asked: "how many
// people did SMITH arrest", "arrested by SMITH".
func (p *parser) actors() {
	for i := p.from + 1; i < len(p.tokens); i++ {
		n := p.name[i]
		if n < 0 || p.name[i-1] == n {
			continue
		}
		k := p.skipBack(i)
		for k > p.from && p.tokens[k].Is(english.Honorific) {
			k--
		}
		switch l := p.lemma(k); {
		case k < 0:
		case l == "by", (l == "do" || l == "have" || l == "be" || p.norm(k) == "will" || p.norm(k) == "would") && p.tokens[k].Is(english.Auxiliary|english.Preposition):
			p.q.Names[n].Actor = true
			p.q.Names[n].Done = l == "be" && p.doneAfter(i, n)
		case p.q.Type == Figure && p.q.Sense != HowMany && p.q.Sense != HowOld:
			end := i
			for end < len(p.tokens) && p.name[end] == n {
				end++
			}
			p.q.Names[n].Actor = l == "of" && k > p.from && measures[p.lemma(k-1)] != "" || p.norm(end) == "'s" || p.norm(end) == "'" // "the revenue of SMITH", "SMITH's profit"
		}
	}
}
