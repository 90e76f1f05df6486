package extract

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"sourceline/corpus"
)

func TestStandings(t *testing.T) {
	tests := []struct {
		text string
		want []string // "standing <words> scope"
	}{
		{"The ministry withdrew a report according to which 164 people had died.", []string{
			"withdrawn <withdrew a report> The ministry withdrew a report according to which 164 people had died"}},
		{"State television reported 160 deaths, but that figure was later removed.", []string{
			"withdrawn <was later removed> State television reported 160 deaths, but that figure was later removed"}},
		{"The agency took down the post about 40 victims.", []string{
			"withdrawn <took down the post> The agency took down the post about 40 victims"}},
		{"The cut hit 900 homes, not 1,200 as first reported, the regulator said.", []string{
			"withdrawn <not 1,200 as first reported> 1,200 as first reported"}},
		{"It counts 24 dead and not 19.", []string{"denied <not 19> 19"}},
		{"He has 12, not more.", nil},
		{"He has signed for 5 years and will wear the number 9.", []string{"expected <will wear> will wear the number 9"}},
		{"It will cut 400 jobs in Olm, where it employs 900 people.", []string{"expected <will cut> It will cut 400 jobs in Olm,"}},
		{"A ballot of the union's 900 members will close after they lost 3 million.", []string{"expected <will close> will close"}},
		{"Not 12 hours later she left.", nil},
		{"The army withdrew 200 troops.", nil},
		{"Troops withdrew, a report said.", nil},
		{"He was removed from office.", nil},
		{"The ministry denied that 90 soldiers were missing.", []string{
			"denied <denied that> denied that 90 soldiers were missing"}},
		{"She dismissed claims that 12 had died.", []string{
			"denied <dismissed claims> dismissed claims that 12 had died"}},
		{"There is no truth in this, he said.", []string{
			"denied <no truth> There is no truth in this, he said"}},
		{"He was denied a visa.", nil},
		{"The number of dead is being verified.", []string{
			"unverified <is being verified> The number of dead is being verified"}},
		{"The claim could not be independently verified.", []string{
			"unverified <could not be independently verified> The claim could not be independently verified"}},
		{"The toll remains unknown.", []string{
			"unverified <remains unknown> The toll remains unknown"}},
		{"It is still unclear how many people died.", []string{
			"unverified <is still unclear> It is still unclear how many people died"}},
		{"It was not immediately clear who fired.", []string{
			"unverified <was not immediately clear> It was not immediately clear who fired"}},
		{"They were taken to an unknown location.", nil},
		{"The blast reportedly killed 5.", []string{
			"unverified <reportedly> The blast reportedly killed 5"}},
		{"Police verified the tape.", nil},
		{"The damage could amount to two billion dollars.", []string{
			"expected <could amount to> could amount to two billion dollars"}},
		{"Up to 400 soldiers are expected to arrive.", []string{
			"expected <are expected to> Up to 400 soldiers are expected to arrive"}},
		{"These 2,000 soldiers will leave.", []string{"expected <will leave> will leave"}},
		{"He acted against their will.", nil},
		{"In May 2020 they met.", nil},
		{"It would not change, officials said.", nil},
		{"Fifty people died. That could not be confirmed.", []string{
			"unverified <could not be confirmed> Fifty people died.",
			"unverified <could not be confirmed> That could not be confirmed"}},
		{"An earlier version of this article said that 12 had died; it was 21.", []string{
			"withdrawn <earlier version of this article> earlier version of this article said that 12 had died"}},
		{"A first toll of 12, published on Tuesday, had been corrected.", []string{
			"withdrawn <had been corrected> A first toll of 12, published on Tuesday, had been corrected"}},
		{"A paper spoke of 50 dead. It later retracted the figure.", []string{
			"withdrawn <retracted the figure> A paper spoke of 50 dead.",
			"withdrawn <retracted the figure> It later retracted the figure"}},
	}
	for _, test := range tests {
		a := Article(corpus.Inline("article", test.text, time.Time{}))
		var got []string
		for _, f := range a.Facts {
			for _, m := range f.Standings {
				got = append(got, fmt.Sprintf("%s <%s> %s", m.Standing, a.Article.Text[m.Span.Start:m.Span.End], a.Article.Text[m.Scope.Start:m.Scope.End]))
			}
		}
		if g, w := strings.Join(got, "\n"), strings.Join(test.want, "\n"); g != w {
			t.Errorf("%s\n got %s\nwant %s", test.text, g, w)
		}
	}
}
