package main

import (
	"math/rand/v2"
	"slices"
	"strings"

	"sourceline/answers"
	"sourceline/answers/english"
	"sourceline/bot/evaluate"
	"sourceline/corpus"
)

// The kinds of unanswerable questions, those that the fewest questions allow
// first.
var kinds = []string{"number_swapped", "antonym_swapped", "name_swapped", "noun_swapped", "sentence_removed", "other_title"}

// A maker makes unanswerable questions.
type maker struct {
	rows    []*evaluate.Row
	corpora map[string][]evaluate.Article
	random  *rand.Rand
	names   []string // every name and noun that some question has, to swap in
	nouns   []string
}

// makeAll makes one unanswerable question of each row, the kinds in parts as
// equal as the questions allow: hardly one in ten has a number or a word with
// an antonym.
func makeAll(rows []*evaluate.Row, corpora map[string][]evaluate.Article, seed uint64) []entry {
	m := &maker{rows: rows, corpora: corpora, random: rand.New(rand.NewPCG(seed, seed))}
	for _, r := range rows {
		for _, s := range names(r.Question) {
			m.names = append(m.names, r.Question[s.Start:s.End])
		}
		for _, s := range nouns(r.Question) {
			m.nouns = append(m.nouns, r.Question[s.Start:s.End])
		}
	}
	made := make([]entry, len(rows))
	left := m.random.Perm(len(rows))
	for k, kind := range kinds {
		share := len(left) / (len(kinds) - k)
		var next []int
		for _, i := range left {
			if share > 0 {
				if e, ok := m.make(kind, rows[i]); ok {
					made[i] = e
					share--
					continue
				}
			}
			next = append(next, i)
		}
		left = next
	}
	return slices.DeleteFunc(made, func(e entry) bool { return e.ID == "" })
}

// make makes an unanswerable question of the kind; not ok where the row does
// not allow it.
func (m *maker) make(kind string, r *evaluate.Row) (entry, bool) {
	e := entry{ID: r.ID + "-" + kind, Corpus: r.Corpus, Question: r.Question, Kind: kind}
	ok := false
	switch kind {
	case "number_swapped":
		e.Question, ok = m.swapNumber(r.Question)
	case "antonym_swapped":
		e.Question, ok = m.swapAntonym(r.Question)
	case "name_swapped":
		e.Question, ok = m.swap(r.Question, names(r.Question), m.names)
	case "noun_swapped":
		e.Question, ok = m.swap(r.Question, nouns(r.Question), m.nouns)
	case "sentence_removed":
		e.Corpus = ""
		e.Articles, ok = withoutAnswer(r, m.corpora[r.Corpus])
	case "other_title":
		e.Corpus, ok = m.otherTitle(r), true
	}
	return e, ok
}

// otherTitle is the corpus of another row.
func (m *maker) otherTitle(r *evaluate.Row) string {
	for {
		if c := m.rows[m.random.IntN(len(m.rows))].Corpus; c != r.Corpus {
			return c
		}
	}
}

// swap puts one of the pool in the place of one of the spans.
func (m *maker) swap(question string, spans []corpus.Span, pool []string) (string, bool) {
	if len(spans) == 0 {
		return "", false
	}
	s := spans[m.random.IntN(len(spans))]
	for range 20 {
		in := pool[m.random.IntN(len(pool))]
		if !strings.Contains(strings.ToLower(question), strings.ToLower(in)) && !strings.Contains(strings.ToLower(in), strings.ToLower(question[s.Start:s.End])) {
			return question[:s.Start] + in + question[s.End:], true
		}
	}
	return "", false
}

// maxStep is how far a number is moved at most.
const maxStep = 9

// swapNumber moves a number of the question.
func (m *maker) swapNumber(question string) (string, bool) {
	for _, t := range english.Tokens(question, 0) {
		if t.Kind != english.Number || strings.Trim(t.Text, "0123456789") != "" || len(t.Text) > 6 {
			continue
		}
		n := 0
		for _, c := range t.Text {
			n = n*10 + int(c-'0')
		}
		n += 1 + m.random.IntN(maxStep)
		return question[:t.Start] + itoa(n) + question[t.End:], true
	}
	return "", false
}

func (m *maker) swapAntonym(question string) (string, bool) {
	for _, t := range english.Tokens(question, 0) {
		if other := answers.Opposite(t.Norm); other != "" && t.Kind == english.Word {
			return question[:t.Start] + other + question[t.End:], true
		}
	}
	return "", false
}

// minShared is the share of the question's content words that a sentence of
// another article has to have to be taken away with the answer that it holds.
const minShared = 0.5

// withoutAnswer is the articles without the sentences that answer: those of
// the right article that hold one of the answers, and those of the others that
// hold one and speak of the same.
func withoutAnswer(r *evaluate.Row, articles []evaluate.Article) ([]evaluate.Article, bool) {
	if r.GoldArticle == nil || *r.GoldArticle >= len(articles) {
		return nil, false
	}
	asked := map[string]bool{}
	for _, t := range english.Tokens(r.Question, 0) {
		if t.Content() {
			asked[t.Lemma] = true
		}
	}
	removed := false
	out := make([]evaluate.Article, len(articles))
	for i, a := range articles {
		out[i] = a
		var kept strings.Builder
		end := 0
		for _, s := range corpus.Sentences(corpus.Inline(a.Title, a.Text, time0)) {
			if !holds(s.Text(), r.Answers) || i != *r.GoldArticle && shared(s.Text(), asked) < minShared {
				continue
			}
			kept.WriteString(a.Text[end:s.Span.Start])
			end = s.Span.End
			removed = removed || i == *r.GoldArticle
		}
		kept.WriteString(a.Text[end:])
		out[i].Text = kept.String()
	}
	return slices.DeleteFunc(out, func(a evaluate.Article) bool { return strings.TrimSpace(a.Text) == "" }), removed
}

// shared is the share of the lemmas that the sentence has.
func shared(sentence string, asked map[string]bool) float64 {
	met := map[string]bool{}
	for _, t := range english.Tokens(sentence, 0) {
		if asked[t.Lemma] {
			met[t.Lemma] = true
		}
	}
	return float64(len(met)) / float64(max(1, len(asked)))
}

func holds(sentence string, answers []string) bool {
	return slices.ContainsFunc(answers, func(a string) bool {
		return strings.Contains(strings.ToLower(sentence), strings.ToLower(a))
	})
}
