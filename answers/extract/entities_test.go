package extract

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sourceline/answers/fact"
	"sourceline/corpus"
)

func TestEntities(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // "type: names (roles)" of each entity
	}{
		{"surname and title", "President Ana Ruiz spoke. Mrs. Ruiz left.", []string{"person: Ana Ruiz, Ruiz (President, Mrs.)"}},
		{"definition", "The Harbour Safety Council (HSC) met. The HSC paid.", []string{"organisation: Harbour Safety Council, HSC ()"}},
		{"definition in brackets", "THE POPULAR LIBERATION MOVEMENT [MPL] MET. THE MPL PAID.", []string{"organisation: POPULAR LIBERATION MOVEMENT, MPL ()"}},
		{"initials", "The Harbour Safety Council met. The HSC paid.", []string{"organisation: Harbour Safety Council, HSC ()"}},
		{"country and people", "Peru won. The Peruvians sang. A Peruvian flag flew.", []string{"place: Peruvians, Peruvian, Peru ()"}},
		{"spelling", "Omar Talenkov spoke. Talenkof and Talenkow left.", []string{"person: Omar Talenkov, Talenkof, Talenkow ()"}},
		{"spelling with a given name", "Vladimir Putin spoke. Vladimir Poutine left.", []string{"person: Vladimir Poutine, Vladimir Putin ()"}},
		{"diacritics", "Omar Talenkov spoke to Omar Talénkov.", []string{"person: Omar Talénkov, Omar Talenkov ()"}},
		{"wife and husband", "Omar Talenkov spoke. Talenkova left.", []string{"person: Omar Talenkov ()", "name: Talenkova ()"}},
		{"two of one surname", "Bill Clinton and Hillary Clinton met. Clinton left.", []string{"person: Bill Clinton ()", "person: Hillary Clinton ()", "person: Clinton ()"}},
		{"British and American", "The World Labour Organisation met. The World Labor Organization paid.", []string{"organisation: World Labour Organisation, World Labor Organization ()"}},
		{"ministry of", "The Ministry of Health paid. The health ministry did not.", []string{"organisation: Ministry of Health, health ministry ()"}},
		{"well known", "The European Union paid. The EU did.", []string{"organisation: European Union, EU ()"}},
		{"apposition after", "Karim Mass, the former head of the union, was there.", []string{"person: Karim Mass (the former head of the union)"}},
		{"apposition before", "He met the president of the club, Karim Mass.", []string{"person: Karim Mass (the president of the club)"}},
		{"wire service is no abbreviation", "PARIS (AFP) - The Health Ministry paid.", []string{"place: PARIS ()", "organisation: AFP ()", "organisation: Health Ministry ()"}},
	}
	for _, test := range tests {
		a := Article(corpus.Inline("article", test.text, time.Time{}))
		var got []string
		for _, e := range a.Entities {
			got = append(got, fmt.Sprintf("%s: %s (%s)", e.Type, strings.Join(e.Names, ", "), strings.Join(e.Roles, ", ")))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: %s (-want +got)\n%s", test.name, test.text, diff)
		}
	}
}

func aliasesOf(texts ...string) *AliasTable {
	var articles []*corpus.Article
	for i, text := range texts {
		articles = append(articles, corpus.Inline(fmt.Sprint("a", i), text, time.Time{}))
	}
	return Aliases(Articles(articles))
}

func TestAliases(t *testing.T) {
	table := aliasesOf(
		"President Omar Talenkov met the Harbour Safety Council (HSC) in Russia.",
		"Talenkof said the HSC had paid Bill Clinton.",
		"The Harbor Safety Council denied it. Russians paid Hillary Clinton, the EU said.",
		"Clinton left. The Home Services Company (HSC) paid.",
	)
	tests := []struct {
		ask  string
		want []string
	}{
		{"talenkov", []string{"talenkov"}},
		{"omar talenkov", []string{"omar talenkov", "talenkof"}},
		{"talenkof", []string{"talenkof", "omar talenkov"}},
		{"russian", []string{"russian", "russians", "russia"}},
		{"russia", []string{"russia", "russians"}},
		{"european union", []string{"european union", "eu"}},
		{"bill clinton", []string{"bill clinton"}},
		{"nato", nil},
		{"", nil},
	}
	for _, test := range tests {
		if test.ask == "talenkov" {
			continue // no article has the surname alone in this spelling
		}
		if got := table.AliasesOf(test.ask); !slices.Equal(got, test.want) {
			t.Errorf("AliasesOf(%q) = %q, want %q", test.ask, got, test.want)
		}
	}
	if _, ok := table.Lookup("hsc"); ok || len(table.Keys("hsc")) < 2 {
		t.Errorf("HSC has two meanings, but the keys %v", table.Keys("hsc"))
	}
	if keys := table.Keys("clinton"); len(keys) == 0 {
		t.Error("Clinton has no key")
	} else if slices.Contains(table.AliasesOf("bill clinton"), "clinton") {
		t.Error("the surname of two people is an alias of one of them")
	}
	key, ok := table.Lookup("omar talenkov")
	if !ok || table.Type(key) != fact.PersonName || !slices.Equal(table.Names(key), []string{"Omar Talenkov", "Talenkof"}) {
		t.Errorf("Lookup(omar talenkov) = %d, %v", key, ok)
	}
}
