package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// A reach tells how close to a fact something is named that it has to meet.
type reach int

// The reaches, the closest first.
const (
	inSentence reach = iota
	inTopic          // in the title or the first sentences of the article
	nearby           // a sentence or two away
	inArticle
	nowhere
)

const (
	leadSentences = 3 // the first body sentences of an article tell its topic
	nearSentences = 2 // how far a name carries: "The pact … The alliance … It …"
)

// reachOf tells how close to the fact the name is.
func (b *Base) reachOf(n question.Name, f *fact.Fact) reach {
	phrases := b.phrases(n)
	if named(f, phrases) || b.placeIn(n, f) {
		return inSentence
	}
	if f.Sentence.Role == corpus.Teaser {
		return inArticle // it speaks of another story
	}
	where := b.nameOf(n, phrases, f.ID.Article)
	if where.topic {
		return inTopic
	}
	best := nowhere
	for _, i := range where.at {
		switch {
		case n.Place && (i != f.Number-1 || len(placesOf(f)) > 0):
			best = min(best, inArticle) // things happen where their own sentence, or the one before, says
		case abs(i-f.Number) <= nearSentences:
			best = min(best, nearby)
		default:
			best = min(best, inArticle)
		}
	}
	return best
}

// A nameOf is how an article has a name of the question: whether it is its topic,
// and else which of its sentences have it.
type nameOf struct {
	topic bool
	at    []int
}

// A nameKey is a name of the question, and the place of an article in the index.
type nameKey struct {
	text    string
	asPlace bool
	place   int
}

// phrases are the ways in which articles write the name, those left out that do
// not say where where that is asked.
func (b *Base) phrases(n question.Name) [][]string {
	key := nameKey{n.Text, n.Place, 0}
	if b.read != nil {
		if p, ok := b.read.phrases[key]; ok {
			return p
		}
	}
	phrases := phrasesOf(n)
	adjective := func(w []string) bool {
		p, ok := english.PlaceOf(strings.Join(w, " "))
		return ok && p.Adjective // "Russian-led" is not in Russia
	}
	if n.Place && slices.ContainsFunc(phrases, adjective) {
		phrases = slices.DeleteFunc(n.Written(), adjective)
	}
	if b.read != nil {
		b.read.phrases[key] = phrases
	}
	return phrases
}

// nameOf is how the article with that ID has the name, which is looked up once.
func (b *Base) nameOf(n question.Name, phrases [][]string, article string) nameOf {
	key := nameKey{n.Text, n.Place, b.of(article).place}
	if b.read != nil {
		if where, ok := b.read.names[key]; ok {
			return where
		}
	}
	where := b.lookUp(n, phrases, article)
	if b.read != nil {
		b.read.names[key] = where
	}
	return where
}

func (b *Base) lookUp(n question.Name, phrases [][]string, article string) nameOf {
	if namedIn(b.title(article), phrases) {
		return nameOf{topic: true}
	}
	leading := leadSentences
	if n.Place {
		leading = 1
	}
	if p, ok := english.PlaceOf(strings.Join(n.Words, " ")); !ok && b.isPlaceName(n, article) || ok && p.Kind == english.City {
		// Where something happened is said closer by: a town that the lead
		// names in passing is not the place of all that follows.
		leading = 1
	}
	var out nameOf
	lead, counted := 0, 0
	roles := b.rolesOf(article)
	for _, g := range b.naming(article, phrases) {
		for ; counted <= g.Number; counted++ {
			if roles[counted] == corpus.Body {
				lead++
			}
		}
		if !named(g, phrases) {
			continue
		}
		if lead <= leading && g.Sentence.Role == corpus.Body || g.Sentence.Role == corpus.Headline && (lead == 0 || !n.Place) {
			return nameOf{topic: true}
		}
		out.at = append(out.at, g.Number)
	}
	return out
}

// placesOf are the places that the sentence names.
func placesOf(f *fact.Fact) []fact.Mention {
	var out []fact.Mention
	for _, m := range f.Mentions {
		if m.Type == fact.PlaceName {
			out = append(out, m)
		}
	}
	return out
}

// isPlaceName reports whether the article uses the name for a place.
func (b *Base) isPlaceName(n question.Name, article string) bool {
	for _, e := range b.entities(article) {
		if e.Type == fact.PlaceName && slices.ContainsFunc(e.Names, func(s string) bool {
			s = english.Fold(s)
			return s == strings.Join(n.Words, " ") || slices.Contains(n.Aliases, s)
		}) {
			return true
		}
	}
	return false
}

func abs(n int) int { return max(n, -n) }

// phrasesOf are the ways in which articles write the name, word by word.
func phrasesOf(n question.Name) [][]string { return n.Phrases() }

// named reports whether the sentence itself names it; the place in a dateline
// is where the reporter sits.
func named(f *fact.Fact, phrases [][]string) bool {
	return namedIn(f.Tokens[datelineEnd(f.Tokens):], phrases)
}

// maxDateline is how many tokens a dateline has at most: "SAN JOSE, Costa Rica,
// 3 Jan 90 (Agency) --".
const maxDateline = 16

// datelineEnd is how many tokens the dateline takes that the sentence opens
// with: from a name in capitals to a dash.
func datelineEnd(tokens []english.Token) int {
	if len(tokens) == 0 || tokens[0].Case != english.Upper {
		return 0
	}
	for i := 1; i < len(tokens) && i < maxDateline; i++ {
		if t := tokens[i]; t.Norm == "-" && t.Space || t.Norm == "--" {
			return i + 1
		}
	}
	return 0
}

// namedIn reports whether one of the phrases stands in the tokens, hyphens
// and points passed over.
func namedIn(tokens []english.Token, phrases [][]string) bool {
	for _, p := range phrases {
		if len(p) == 0 {
			continue
		}
		first, lemma := p[0], english.Lemma(p[0])
		for i := range tokens {
			if t := &tokens[i]; (t.Norm == first || t.Lemma == first || t.Lemma == lemma) && phraseAt(tokens, i, p) {
				return true
			}
		}
	}
	return false
}

// phraseAt reports whether the words stand in a row from token i on.
func phraseAt(tokens []english.Token, i int, words []string) bool {
	for k, w := range words {
		for k > 0 && i < len(tokens) && tokens[i].Kind == english.Mark && (tokens[i].Norm == "-" || tokens[i].Norm == ".") {
			i++
		}
		if i >= len(tokens) || tokens[i].Norm != w && tokens[i].Lemma != w && english.Lemma(w) != tokens[i].Lemma {
			return false
		}
		i++
	}
	return len(words) > 0
}

// placeIn reports whether the name is a place and the fact names a place that
// lies in it.
func (b *Base) placeIn(n question.Name, f *fact.Fact) bool {
	whole, ok := english.PlaceOf(strings.Join(n.Words, " "))
	if !ok {
		return false
	}
	for _, m := range f.Mentions {
		if m.Type != fact.PlaceName {
			continue
		}
		p, ok := english.PlaceOf(f.Sentence.Article.Text[m.Span.Start:m.Span.End])
		if ok && p.In != "" && english.Fold(p.In) == english.Fold(whole.Name) {
			return true
		}
	}
	return false
}

// termIn reports whether the fact has the term, a synonym or a form of it.
func termIn(t question.Term, f *fact.Fact) bool { return metBy(t, f.Tokens) }

// metBy reports whether one of the tokens is the term, a synonym or a form of it.
// "March 4" is no demonstration, and a news conference no talks.
func metBy(t question.Term, tokens []english.Token) bool {
	for i := range tokens {
		tok := &tokens[i]
		if tok.Kind == english.Mark || !t.Met(tok.Lemma, tok.Norm) {
			continue
		}
		press := tok.Lemma == "conference" && t.Lemma != "conference" && i > 0 && (tokens[i-1].Norm == "news" || tokens[i-1].Norm == "press")
		if !press && !(tok.Is(english.Month) && tok.Case != english.Lower && tok.Lemma != t.Lemma) {
			return true
		}
	}
	return false
}

// coverage is the share of the question's terms that the fact has, rare terms
// weighing more; with window those that the sentences around it have count in
// part.
func (b *Base) coverage(q question.Question, f *fact.Fact, window []*fact.Fact) float64 {
	return b.covered(q, f, func(t question.Term) bool {
		return slices.ContainsFunc(window, func(g *fact.Fact) bool { return termIn(t, g) })
	})
}

// coverageNear is coverage with the sentence before and the one after.
func (b *Base) coverageNear(q question.Question, f *fact.Fact) float64 {
	return b.covered(q, f, func(t question.Term) bool { return b.besideIt(t, f) })
}

// covered is the share of the terms that the fact has, those that are near it
// counting in part.
func (b *Base) covered(q question.Question, f *fact.Fact, near func(question.Term) bool) float64 {
	const nearShare = 0.6 // a term next door is worth less than one in the sentence
	var met, all float64
	for _, t := range q.Terms {
		w := max(t.Rarity, minRarity)
		all += w
		switch {
		case termIn(t, f):
			met += w
		case near(t) || b.inTitle(t, f):
			met += w * nearShare
		}
	}
	if all == 0 {
		return 1
	}
	return met / all
}

// fewForms is up to how many forms of a term the index is asked whether a
// sentence has one: of more it costs less to read the sentence.
const fewForms = 12

// besideIt reports whether the sentence before or after the fact, which has not the
// term itself, has it.
func (b *Base) besideIt(t question.Term, f *fact.Fact) bool {
	if len(t.Forms) > fewForms {
		return slices.ContainsFunc(b.around(f, 1), func(g *fact.Fact) bool { return termIn(t, g) })
	}
	place := b.index.Place(f.ID.Article)
	return slices.ContainsFunc(t.Forms, func(form string) bool {
		n := b.index.Next(place, max(0, f.Number-1), form)
		return n >= 0 && n <= f.Number+1
	})
}

// minRarity keeps words that every sentence has from weighing nothing.
const minRarity = 0.2

func (b *Base) inTitle(t question.Term, f *fact.Fact) bool {
	for _, tok := range b.title(f.ID.Article) {
		if t.Met(tok.Lemma, tok.Norm) {
			return true
		}
	}
	return false
}

// timeMet reports whether the fact can be of the times that the question
// names: it names an overlapping one, or it names none and its article is of
// that time or some sentence before it names it.
func (b *Base) timeMet(q question.Question, f *fact.Fact) bool {
	for _, want := range q.Times {
		if want.Grain == timex.Vague {
			continue
		}
		if overlapsAny(want, f.Times) && (q.Type != question.Figure || want.Grain != timex.Day || anyAsFine(want, f)) {
			continue
		}
		if len(calendar(f.Times)) > 0 && want.Grain != timex.Year {
			return false
		}
		day := want.Grain == timex.Day && !strings.Contains(english.Fold(want.Text), "today") && q.Type == question.Figure
		if d := f.Sentence.Article.Date; !day && !d.IsZero() && !want.From.IsZero() && !d.Before(want.From) && d.Before(want.To) && len(calendar(f.Times)) == 0 {
			continue
		}
		ok := false
		for i := max(0, f.Number-nearSentences); i < f.Number && !ok; i++ {
			g := b.factAt(f.ID.Article, i)
			ok = overlapsAny(want, g.Times) && (!day || anyAsFine(want, g) && carriesOn(q, f, g) && !onlySaid(want, g))
		}
		if !ok {
			return false
		}
	}
	return true
}

// anyAsFine reports whether the sentence names a time that is the one asked for
// or part of it: what happened "last week" need not have happened on its Sunday.
func anyAsFine(want timex.Time, f *fact.Fact) bool {
	return slices.ContainsFunc(f.Times, func(t timex.Time) bool {
		return t.Overlaps(want) && (t.Grain == timex.Day || t.Grain == timex.Minute || t.Grain == timex.Vague || strings.EqualFold(t.Text, want.Text))
	})
}

// carriesOn reports whether the fact goes on about what the sentence g before it
// tells: that says what is asked about, or the fact opens with a pronoun.
func carriesOn(q question.Question, f, g *fact.Fact) bool {
	return happens(withVerb(q), g) || len(f.Tokens) > 0 && (f.Tokens[0].Is(english.Person) || f.Tokens[0].Norm == "it")
}

func overlapsAny(want timex.Time, times []timex.Time) bool {
	return slices.ContainsFunc(times, func(t timex.Time) bool {
		return t.Overlaps(want) || english.Fold(t.Text) == english.Fold(want.Text)
	})
}

// calendar are the times that name a day, month or year.
func calendar(times []timex.Time) []timex.Time {
	var out []timex.Time
	for _, t := range times {
		if t.Grain != timex.Vague && t.Grain != timex.Minute {
			out = append(out, t)
		}
	}
	return out
}
