// Package bench makes archives of any size, and questions to them, to measure
// the answers with.
//
// An archive is real sentences told again: the articles of an event, with the
// names that no dictionary has and the numbers changed, make a story; stories
// follow one another until there are sentences enough. The same seed and size
// give the same archive, and a larger one begins with the smaller.
package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/corpus"
)

// A Question is one to ask of an archive.
type Question struct {
	Kind string // as in the question files: "figure", "who", "when", "unanswerable", …
	Text string
}

// An event is what stories are told after.
type event struct {
	articles  []template
	questions []Question
}

// A template is an article with its sentences.
type template struct {
	article   *corpus.Article
	sentences []corpus.Sentence
}

// A Source is the events that archives are made of.
type Source struct {
	events []event
	names  map[string]bool // folded words of names that may be changed
}

// Open reads the events of the repository with that root: the folders of
// articles that the answers are tested with, and the articles that are built in.
func Open(root string) (*Source, error) {
	folders, err := filepath.Glob(filepath.Join(root, "answers/testdata/events/*"))
	if err != nil {
		return nil, err
	}
	s := &Source{names: map[string]bool{}}
	for _, dir := range folders {
		articles, _, err := corpus.Load(dir)
		if err != nil {
			return nil, err
		}
		questions, err := readQuestions(filepath.Join(dir, "questions.jsonl"))
		if err != nil {
			return nil, err
		}
		s.add(articles, questions)
	}
	built, err := corpus.Embedded()
	if err != nil {
		return nil, err
	}
	s.add(built, nil)
	if len(folders) == 0 {
		return nil, fmt.Errorf("bench: %s has no events under answers/testdata/events", root)
	}
	return s, nil
}

func (s *Source) add(articles []*corpus.Article, questions []Question) {
	e := event{questions: questions}
	for _, found := range extract.Articles(articles) {
		t := template{article: found.Article}
		for _, f := range found.Facts {
			t.sentences = append(t.sentences, f.Sentence)
			for _, m := range f.Mentions {
				for _, tok := range f.Tokens {
					if tok.Start >= m.Span.Start && tok.End <= m.Span.End && changeable(tok) {
						s.names[tok.Norm] = true
					}
				}
			}
		}
		e.articles = append(e.articles, t)
	}
	s.events = append(s.events, e)
}

// changeable reports whether another name may stand for the word: it is
// written as a name, and English knows it as none of its words, nor as a place.
func changeable(t english.Token) bool {
	return t.Kind == english.Word && t.Case != english.Lower && len(t.Norm) > 2 && t.Class == 0 && !strings.ContainsAny(t.Norm, "'’.") &&
		!english.Known(t.Norm) && !english.IsWord(t.Norm) && !english.GazetteerWord(t.Norm)
}

func readQuestions(file string) ([]Question, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []Question
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var row struct {
			Kind     string
			Question string
			Context  []string
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if len(row.Context) == 0 {
			out = append(out, Question{row.Kind, row.Question})
		}
	}
	return out, nil
}

// firstDay is when the first story happens.
var firstDay = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)

// storiesADay is how many stories happen on one day.
const storiesADay = 3

// Archive makes articles of at least n sentences together, and the questions
// to their stories, of every tenth.
func (s *Source) Archive(n int, seed uint64) ([]*corpus.Article, []Question) {
	var articles []*corpus.Article
	var questions []Question
	for number, have := 0, 0; have < n; number++ {
		st := newStory(s, seed, number)
		for i, t := range st.event.articles {
			a, sentences := st.tell(t, i)
			articles = append(articles, a)
			if have += sentences; have >= n {
				break
			}
		}
		if number%10 == 0 {
			for _, q := range st.event.questions {
				questions = append(questions, Question{q.Kind, st.change(q.Text)})
			}
		}
	}
	return articles, questions
}

// A story is an event told with other names and numbers.
type story struct {
	source *Source
	number int
	event  *event
	random *rand.Rand
	names  map[string]string
	factor float64 // of its numbers
}

func newStory(s *Source, seed uint64, number int) *story {
	r := rand.New(rand.NewPCG(seed, uint64(number)))
	return &story{
		source: s, number: number, event: &s.events[r.IntN(len(s.events))], random: r,
		names: map[string]string{}, factor: 0.3 + 3*r.Float64(),
	}
}

// dropped is the share of sentences that an article of a story leaves out, so
// that no two stories of an event have the same ones.
const dropped = 0.15

// tell writes article i of the story and counts its sentences.
func (st *story) tell(t template, i int) (*corpus.Article, int) {
	var b strings.Builder
	last, n := -1, 0
	for k, s := range t.sentences {
		if k > 0 && st.random.Float64() < dropped {
			continue
		}
		switch {
		case last < 0:
		case s.Paragraph == last:
			b.WriteByte(' ')
		default:
			b.WriteString("\n\n")
		}
		last = s.Paragraph
		b.WriteString(st.change(s.Text()))
		n++
	}
	a := *t.article
	a.ID = fmt.Sprintf("s%06d-%d", st.number, i)
	a.Title = st.change(a.Title)
	a.Date = firstDay.AddDate(0, 0, st.number/storiesADay)
	a.Text = b.String()
	return &a, n
}
