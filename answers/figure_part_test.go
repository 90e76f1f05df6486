package answers_test

import (
	"testing"
	"time"

	"sourceline/answers"
	"sourceline/corpus"
)

// TestCountedGroups holds figures to the group that something happened to: the
// whole where it happened to all of it, a nation by its name, those introduced
// by a name further up.
func TestCountedGroups(t *testing.T) {
	for _, c := range []struct{ text, question, want string }{
		{"One of the two women who were injured said that a car stood there.", "How many women were injured?", "two"},
		{"Two of the 27 passengers were injured in the crash.", "How many passengers were injured?", "Two"},
		{"It was thought that they were two of the nine kidnapped students.", "How many students were kidnapped?", "nine"},
		{"The bodies of four unidentified Spaniards were found on Monday.", "How many unidentified Spaniards were killed?", "four"},
		{"It was a raid that claimed the lives of 40 people.", "How many people were killed?", "40"},
		{"Two French women were with them. They were on their way home. A man stabbed the two women in the street.", "How many French women were wounded?", "two"},
		{"Two French women were with them. They were on their way home. A man stabbed three women in the street.", "How many French women were wounded?", ""},
	} {
		b, err := answers.New([]*corpus.Article{corpus.Inline("a", c.text, time.Time{})})
		if err != nil {
			t.Fatal(err)
		}
		if got := ask(t, b, c.question).Headline; got != c.want {
			t.Errorf("%q of %q: got %q, want %q", c.question, c.text, got, c.want)
		}
	}
}
