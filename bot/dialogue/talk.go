package dialogue

import (
	"slices"
	"sort"
	"strings"
	"time"

	"sourceline/adapters"
	"sourceline/answers/question"
	"sourceline/corpus"
)

const (
	greetingExamples = 3 // questions that are offered to somebody new
	homeExamples     = 4 // as many as Slack takes as suggested prompts
	listedArticles   = 15
)

// greeting says once who we are: what is covered, how to ask, that we read
// English.
func (f *frame) greeting(r Room) *adapters.Reply {
	return reply(
		adapters.Paragraph{Text: "I answer questions with the figure and the lines of the articles that say so, word for word, and say so plainly where none does."},
		adapters.Paragraph{Text: f.coverage(r.Library)},
		adapters.Paragraph{Text: "Name me and ask, in English: a whole question or a few words. “help” tells the rest."},
		examples(r, greetingExamples),
	)
}

// help says what can be asked and commanded.
func (f *frame) help(r Room) *adapters.Reply {
	return reply(
		adapters.Paragraph{Text: "Ask in English for a figure, a time, a person, a place, a reason or what somebody said; a few words will do. In this thread the next question may lean on the last: “and how many of them were children?”, “who says so?”"},
		adapters.Paragraph{Text: strings.Join([]string{
			"Other things to write:",
			"sources – which articles I answer from, and how fresh they are",
			"facts WORDS – the lines with figures about something",
			"compare WORDS – all figures of a thing, by source",
			"all lines – every line behind the last answer",
			"check CLAIM – what the articles say to a claim",
		}, "\n")},
		adapters.Note{Text: f.print.Sprintf("A question may have up to %d characters. 👍 or 👎 on an answer tells the desk whether it helped.", question.MaxLength)},
		examples(r, greetingExamples),
	)
}

// home is the bot's home page: what is covered, how fresh, examples to tap.
func (f *frame) home(r Room) *adapters.Reply {
	return reply(
		adapters.Headline{Summary: "What do the articles say?"},
		adapters.Paragraph{Text: f.coverage(r.Library)},
		adapters.Paragraph{Text: "Ask in English, by mention, by command or here. Every figure comes with the line that says so."},
		examples(r, homeExamples),
	)
}

// sources lists the articles, the newest first.
func (f *frame) sources(lib Library) *adapters.Reply {
	articles := articlesOf(lib)
	sort.SliceStable(articles, func(i, j int) bool { return articles[i].Date.After(articles[j].Date) })
	parts := []adapters.Part{adapters.Paragraph{Text: f.coverage(lib)}}
	var lines []string
	for i, a := range articles {
		if i == listedArticles {
			break
		}
		lines = append(lines, joinNonEmpty(" · ", a.Title, a.Publisher, f.date(a.Date)))
	}
	parts = append(parts, adapters.Paragraph{Text: strings.Join(lines, "\n")})
	if more := len(articles) - listedArticles; more > 0 {
		parts = append(parts, adapters.Note{Text: "and " + f.counted(more, "more article", "more articles")})
	}
	return reply(parts...)
}

func articlesOf(lib Library) []*corpus.Article {
	return slices.Clone(lib.Articles())
}

// coverage says how many articles there are and from when.
func (f *frame) coverage(lib Library) string {
	articles := articlesOf(lib)
	var first, last time.Time
	for _, a := range articles {
		if a.Date.IsZero() {
			continue
		}
		if first.IsZero() || a.Date.Before(first) {
			first = a.Date
		}
		if a.Date.After(last) {
			last = a.Date
		}
	}
	text := "I answer from " + f.counted(len(articles), "article", "articles")
	switch {
	case last.IsZero():
		return text + "."
	case first.Equal(last):
		return text + " of " + f.date(last) + "."
	}
	return text + ", " + f.date(first) + " to " + f.date(last) + "."
}

// examples offers questions that the corpus answers.
func examples(r Room, n int) adapters.Choices { return asks(r.Examples[:min(n, len(r.Examples))]) }

// asks makes choices of questions.
func asks(questions []string) adapters.Choices {
	var c adapters.Choices
	for _, q := range questions {
		c.Options = append(c.Options, adapters.Choice{Label: adapters.Shorten(q, labelLength), Value: AskPrefix + q, Ask: q})
	}
	return c
}

// labelLength is how many bytes a choice's label may have; platforms allow 75
// characters.
const labelLength = 75

// tooLong refuses a question, naming the limit.
func (f *frame) tooLong(n int) *adapters.Reply {
	return reply(adapters.Paragraph{Text: f.print.Sprintf("That is too long for a question: it has %d characters, and I read up to %d. Ask for one thing.", n, question.MaxLength)})
}

// tooMany says that the room has had its answers for now.
func (f *frame) tooMany(perMinute int) *adapters.Reply {
	return reply(adapters.Paragraph{Text: f.print.Sprintf("This room has had %d answers within a minute, which is my limit. Ask again in a minute.", perMinute)})
}

// joinNonEmpty joins the strings that are not empty.
func joinNonEmpty(sep string, items ...string) string {
	var out []string
	for _, s := range items {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, sep)
}
