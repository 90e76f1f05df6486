package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/question"
)

// spots are nouns of places so small that a count of people there is one of a
// part: "three people on the GROUND".
var spots = map[string]bool{"ground": true, "board": true, "aboard": true, "deck": true, "floor": true, "scene": true, "hospital": true, "house": true, "home": true, "building": true, "apartment": true, "street": true, "road": true, "bridge": true, "station": true, "platform": true, "stand": true, "cell": true, "ward": true, "car": true, "truck": true, "bus": true, "train": true, "carriage": true, "cabin": true, "cockpit": true, "boat": true, "lifeboat": true, "ship": true, "vessel": true, "helicopter": true, "plane": true, "aircraft": true, "shelter": true, "camp": true, "school": true, "church": true, "mosque": true, "hotel": true, "market": true, "shore": true, "water": true, "suburb": true}

// spotAfter is the spot that the tokens name first, before a verb or another
// noun does: "on the GROUND"; "" where they name none.
func spotAfter(tokens []english.Token) string {
	if len(tokens) == 0 {
		return ""
	}
	if tokens[0].Norm == "aboard" {
		return "board"
	}
	switch tokens[0].Norm {
	case "on", "in", "at", "inside":
	default:
		return ""
	}
	for i := 1; i < len(tokens) && i <= 3; i++ {
		t := tokens[i]
		if t.Kind != english.Word || t.Case == english.Title {
			return ""
		}
		if spots[t.Lemma] {
			return t.Lemma
		}
	}
	return ""
}

// spotOf is the spot where what is counted is said to be, right after its noun
// or after the noun of its event: "killing two people on the GROUND", "the
// number of dead on the GROUND".
func spotOf(f *fact.Fact, c *fact.Count) string {
	ends := []int{max(c.Phrase.End, c.Noun.End)}
	for _, e := range c.Events {
		ends = append(ends, e.Span.End)
	}
	for _, end := range ends {
		i := slices.IndexFunc(f.Tokens, func(t english.Token) bool { return t.Start >= end })
		if i < 0 {
			continue
		}
		if s := spotAfter(f.Tokens[i:]); s != "" {
			return s
		}
	}
	return ""
}

// spotAsked is the spot that the question names after its event: "killed on the
// ground".
func spotAsked(q question.Question) string {
	tokens := english.Tokens(q.Text, 0)
	for i := range tokens {
		if s := spotAfter(tokens[i:]); s != "" {
			return s
		}
	}
	return ""
}

// manners are the adverbs that tell how badly somebody was hurt, by what they
// come to.
var manners = map[string]string{"seriously": "badly", "badly": "badly", "severely": "badly", "gravely": "badly", "critically": "badly", "slightly": "slightly", "lightly": "slightly", "mildly": "slightly"}

func mannerIn(tokens []english.Token) string {
	for _, t := range tokens {
		if m := manners[t.Norm]; m != "" {
			return m
		}
	}
	return ""
}

// mannerReach is how many tokens after a count its adverb may stand: "four of
// them SERIOUSLY", "12 people were SERIOUSLY injured".
const mannerReach = 5

// mannerOf is how badly what is counted was hurt; "" where it is not said.
func mannerOf(f *fact.Fact, c *fact.Count) string {
	i := slices.IndexFunc(f.Tokens, func(t english.Token) bool { return t.Start >= c.Quantity.Span.End })
	if i < 0 {
		return ""
	}
	to := i
	for to < len(f.Tokens) && to < i+mannerReach && !(f.Tokens[to].Kind == english.Mark && strings.Contains(",;:.", f.Tokens[to].Norm)) && f.Tokens[to].Norm != "and" {
		to++
	}
	return mannerIn(f.Tokens[i:to])
}

// ofThem reports whether the count is of some of those counted before: "four of
// them", "six of whom".
func ofThem(f *fact.Fact, c *fact.Count) bool {
	i := slices.IndexFunc(f.Tokens, func(t english.Token) bool { return t.Start >= c.Quantity.Span.End })
	if i < 0 || i+1 >= len(f.Tokens) || f.Tokens[i].Norm != "of" {
		return false
	}
	switch f.Tokens[i+1].Norm {
	case "them", "whom", "these", "those":
		return true
	}
	return false
}

// fitScope holds the count to the place and the manner that the question asks
// for; a count of a place or manner that was not asked for is one of a part.
func fitScope(q question.Question, c *candidate) {
	if !personAsked(q) {
		return
	}
	f, count := c.fact, c.count()
	if spot := spotOf(f, count); spotAsked(q) != "" {
		if spot != spotAsked(q) {
			c.reject("where")
		}
	} else if spot != "" {
		c.narrower = true
	}
	if asked := mannerIn(english.Tokens(q.Text, 0)); asked != "" {
		if mannerOf(f, count) != asked {
			c.reject("how badly")
		}
	} else if mannerOf(f, count) != "" || ofThem(f, count) && len(q.Turns) == 0 {
		c.narrower = true
	}
}
