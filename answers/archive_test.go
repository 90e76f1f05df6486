package answers_test

import (
	"fmt"
	"testing"
	"time"

	"sourceline/answers"
	"sourceline/corpus"
)

// TestArchive asks an archive of many like stories: what names none is answered
// from the latest, what names one from that, and no answer carries them all.
func TestArchive(t *testing.T) {
	const stories = 400
	first := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	var articles []*corpus.Article
	for i := range stories {
		n := i * 7 % stories // not in the order of their dates
		town := "Bel" + string(rune('a'+n%20)) + "r" + string(rune('a'+n/20)) + "mor"
		text := fmt.Sprintf("Storm hits %s\n\nA storm killed %d people in %s, the police of %s said.\n\nThe repairs cost %d million florins.", town, 100+n, town, town, 1000+n)
		a := corpus.Inline(fmt.Sprintf("s%03d", n), text, first.AddDate(0, 0, n))
		articles = append(articles, a)
	}
	// Enough further sentences for an archive, of which not all is looked at.
	for i := range 500 {
		text := "Market notes\n\n"
		for k := range 12 {
			text += fmt.Sprintf("Wheat was quiet in pit %d on day %d.\n\n", k, i)
		}
		articles = append(articles, corpus.Inline(fmt.Sprintf("m%03d", i), text, first))
	}
	b, err := answers.New(articles)
	if err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string]string{
		"how many people were killed?":                "499",
		"how many people were killed in Belaramor?":   "100",
		"how many people were killed in Beltrtmor?":   "499",
		"how many people were killed in Belcrfmor?":   "202",
		"did the storm kill 137 people or 9,137?":     "137",
		"how much did the repairs cost in Belcrfmor?": "1102 million florins",
	} {
		a, err := b.Ask(t.Context(), question)
		if err != nil {
			t.Fatal(err)
		}
		if a.Headline != want {
			t.Errorf("%q: %q, want %q; %s", question, a.Headline, want, a.Missing)
		}
		if n := len(a.Evidence); n > 64 {
			t.Errorf("%q cites %d lines", question, n)
		}
	}
}
