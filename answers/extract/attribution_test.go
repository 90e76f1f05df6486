package extract

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sourceline/answers/fact"
	"sourceline/corpus"
)

// saysLines prints who says what in a text, one attribution a line: "speaker |
// cue | who | scope", quotations with a "Q" before them.
func saysLines(text string) string {
	a := Article(corpus.Inline("article", text, time.Time{}))
	cut := func(s corpus.Span) string { return a.Article.Text[s.Start:s.End] }
	var out []string
	for _, f := range a.Facts {
		for _, s := range f.Says {
			who := "-"
			if s.Entity >= 0 {
				who = a.Entities[s.Entity].Names[0]
			}
			line := fmt.Sprintf("%s | %s | %s | %s", cut(s.Speaker), cut(s.Cue), who, cut(s.Scope))
			if s.Quote {
				line = "Q " + line
			}
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n")
}

func TestAttributions(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"that and that", "Ana Ruiz said that 5 died and that 20 were hurt.", []string{
			"Ana Ruiz | said | Ana Ruiz | 5 died and that 20 were hurt"}},
		{"after", "Nearly 8,000 people were held, the interior ministry reported Monday.", []string{
			"the interior ministry | reported | interior ministry | Nearly 8,000 people were held"}},
		{"in the middle", "The toll, officials said, rose to 9.", []string{
			"officials | said | - | The toll, officials said, rose to 9"}},
		{"inverted", "“We have won”, said the mayor.", []string{
			"Q the mayor | said | - | We have won"}},
		{"participle", "The army has 200 tanks there, the minister said, vowing that it would leave.", []string{
			"the minister | said | - | The army has 200 tanks there",
			"the minister | vowing | - | it would leave"}},
		{"relative clause", "Monday was a day of mourning for the unrest, which the health ministry says killed 164 people, including three children.", []string{
			"the health ministry | says | health ministry | killed 164 people, including three children"}},
		{"chain", "According to the health ministry, state television reported 160 deaths.", []string{
			"the health ministry | According to | health ministry | state television reported 160 deaths",
			"According to the health ministry, state television | reported | - | 160 deaths"}},
		{"two scopes", "Ana Ruiz spoke. She reported 16 killed and 40 wounded, but the total is counted in tens according to local authorities.", []string{
			"She | reported | Ana Ruiz | 16 killed and 40 wounded",
			"local authorities | according to | - | the total is counted in tens"}},
		{"contrast with that", "Police said that 5 died, but that nobody was held.", []string{
			"Police | said | - | 5 died, but that nobody was held"}},
		{"two speakers", "The union said 20,000 walked out, but the company put the figure at 9,000.", []string{
			"The union | said | - | 20,000 walked out",
			"the company | put | - | the figure at 9,000"}},
		{"data", "Figures from the ministry show that 40 died.", []string{
			"Figures from the ministry | show | - | 40 died"}},
		{"citing", "Reuters, citing two officials, said 12 were dead.", []string{
			"Reuters, citing two officials | said | Reuters | 12 were dead"}},
		{"several sentences", "“We are ready. We will stay,” President Ana Ruiz said. “Nobody leaves.”", []string{
			"Q President Ana Ruiz | said | Ana Ruiz | We are ready.",
			"Q President Ana Ruiz | said | Ana Ruiz | We will stay,",
			"Q President Ana Ruiz | said | Ana Ruiz | Nobody leaves."}},
		{"mismatched marks", "It was an attempt, ”he said.", []string{"he | said | - | It was an attempt"}},
		{"mismatched marks again", "“It was an attempt, ”said Ana Ruiz.", []string{
			"Q Ana Ruiz | said | Ana Ruiz | It was an attempt,"}},
		{"role", "Kenyan President Ana Ruiz met Chadian President Omar Sy. The Chadian leader said it went well.", []string{
			"The Chadian leader | said | Omar Sy | it went well"}},
		{"role of nobody", "President Ana Ruiz left. A spokesman said she was ill. He gave no details, he added.", []string{
			"A spokesman | said | - | she was ill",
			"he | added | - | He gave no details"}},
		{"passive", "It was reported that a soldier died.", []string{
			" | reported | - | a soldier died"}},
		{"headline", "Blast kills 12: police\n\nA body.", []string{
			"police | : | - | Blast kills 12"}},
		{"no saying: lives", "The attack claimed 12 lives.", nil},
		{"no saying: negated", "The minister did not say how many died.", nil},
		{"no saying: infinitive", "He refused to say how many died.", nil},
		{"no saying: noun", "Reports of 12 deaths were wrong.", nil},
		{"no saying: a country's name", "The flag of the United States has 50 stars.", nil},
		{"no saying: another sense", "The hospital admitted 50 patients.", nil},
		{"no saying: plan", "The march went according to plan.", nil},
	}
	for _, test := range tests {
		if got, want := saysLines(test.text), strings.Join(test.want, "\n"); got != want {
			t.Errorf("%s: %s\n got %s\nwant %s", test.name, test.text, got, want)
		}
	}
}

func TestSaidBy(t *testing.T) {
	says := []fact.Attribution{
		{Scope: corpus.Span{Start: 0, End: 50}},
		{Scope: corpus.Span{Start: 10, End: 30}},
		{Scope: corpus.Span{Start: 10, End: 30}, Quote: true},
	}
	for _, test := range []struct{ start, end, want int }{{0, 5, 0}, {12, 20, 2}, {25, 35, 0}, {45, 60, -1}} {
		if got := saidBy(says, corpus.Span{Start: test.start, End: test.end}); got != test.want {
			t.Errorf("saidBy(%d-%d) = %d, want %d", test.start, test.end, got, test.want)
		}
	}
}
