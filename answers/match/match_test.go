package match

import (
	"slices"
	"testing"

	"sourceline/answers/english"
	"sourceline/answers/fact"
	"sourceline/answers/quantity"
	"sourceline/corpus"
)

// count makes a count of n heads with the events' lemmas; "-lemma" is one that
// the counted did.
func count(n float64, head string, events ...string) fact.Count {
	c := fact.Count{Quantity: quantity.Quantity{Low: n, High: n, Unit: quantity.Unit{Kind: quantity.Count}}, Head: head, Part: -1, Noun: corpus.Span{Start: 2, End: 2 + len(head)}}
	for _, e := range events {
		r := fact.Patient
		if e[0] == '-' {
			e, r = e[1:], fact.Agent
		}
		c.Events = append(c.Events, fact.Event{Lemma: e, Names: english.Events(e), Relation: r})
	}
	return c
}

func query(head, verb string, mods ...string) Query {
	return Query{Head: head, Verb: verb, Events: english.Events(verb), Mods: mods}
}

func TestCount(t *testing.T) {
	elliptic := count(16, "", "kill")
	others := count(7, "", "wound")
	others.Implied = "soldier"
	negated := count(0, "worker", "hurt")
	negated.Events[0].Negated = true
	unhurt := count(12, "worker", "hurt")
	unhurt.Events[0].Negated = true
	members := count(3, "member", "kill")
	members.Group, members.Of = []string{"police"}, []string{"police"}
	officers := count(4, "officer", "kill")
	officers.Mods = []string{"army"}
	deaths := count(12, "death", "death")
	deaths.Events[0].Relation = fact.Nominal
	jesuits := count(6, "priest", "murder")
	jesuits.Mods = []string{"jesuit"}
	tests := []struct {
		name  string
		query Query
		count fact.Count
		want  bool
		head  HeadFit
	}{
		{"the same noun", query("soldier", "kill"), count(5, "soldier", "die"), true, Same},
		{"a synonym", query("peasant", "kill"), count(5, "farmer", "die"), true, Synonym},
		{"a member of the class", query("people", "kill"), count(5, "soldier", "die"), true, Covered},
		{"not the other way round", query("soldier", "kill"), count(5, "people", "die"), false, 0},
		{"another event", query("soldier", "kill"), count(5, "soldier", "wound"), false, 0},
		{"no event", query("soldier", "kill"), count(5, "soldier"), false, 0},
		{"those who did it", query("gunman", "kill"), count(4, "gunman", "-kill"), false, 0},
		{"those who did something of their own", query("worker", "vote"), count(400, "worker", "-vote"), true, Same},
		{"the noun left out", query("people", "kill"), elliptic, true, Assumed},
		{"the noun left out, a group asked", query("soldier", "kill"), elliptic, false, 0},
		{"an implied noun", query("soldier", "injure"), others, true, Implied},
		{"another than the implied noun", query("child", "injure"), others, false, 0},
		{"nobody", query("worker", "injure"), negated, true, Same},
		{"it did not happen to them", query("worker", "injure"), unhurt, false, 0},
		{"members of a group", query("policeman", "kill"), members, true, Covered},
		{"an officer of the army is no policeman", query("policeman", "kill"), officers, false, 0},
		{"deaths are people", query("people", "kill"), deaths, true, Covered},
		{"deaths are no soldiers", query("soldier", "kill"), deaths, false, 0},
		{"a group named by the modifier", query("jesuit", "kill"), jesuits, true, Covered},
		{"an unknown verb by its lemma", query("gardener", "prune"), count(3, "gardener", "-prune"), true, Same},
		{"no noun asked", query("", "kill"), count(5, "soldier", "kill"), true, Same},
	}
	for _, test := range tests {
		fit, ok := Count(test.query, &test.count)
		if ok != test.want || ok && fit.Head != test.head {
			t.Errorf("%s: Count = %+v, %v, want head %v, %v", test.name, fit, ok, test.head, test.want)
		}
	}
}

func TestUnmet(t *testing.T) {
	c := count(3, "student", "kidnap")
	c.Of = []string{"capital"}
	fit, ok := Count(query("student", "kidnap", "university", "capital"), &c)
	if !ok || !slices.Equal(fit.Unmet, []string{"university"}) {
		t.Errorf("Unmet = %v, %v, want [university]", fit.Unmet, ok)
	}
}

func TestSelect(t *testing.T) {
	total, part, one := count(164, "people", "kill"), count(3, "child", "kill"), count(1, "soldier", "kill")
	part.Part = 0
	history := count(7000, "people", "die")
	history.Background = true
	earlier := count(160, "people", "kill")
	earlier.Earlier = true
	vague := count(24, "people", "kill")
	vague.Quantity.Vague = true
	facts := []*fact.Fact{
		{Counts: []fact.Count{history, vague}},
		{Counts: []fact.Count{one, earlier}},
		{Counts: []fact.Count{total, part}},
	}
	var got []float64
	for _, c := range Select(query("people", "kill"), facts) {
		got = append(got, c.Count.Quantity.Low)
	}
	if want := []float64{164, 24, 1, 3, 160, 7000}; !slices.Equal(got, want) {
		t.Errorf("Select orders %v, want %v", got, want)
	}
	if got := Answer(query("miner", "kill"), facts); len(got) != 0 {
		t.Errorf("Answer finds %d miners, want none", len(got))
	}
}

func TestBridged(t *testing.T) {
	killed := count(12, "person", "kill")
	members := count(12, "member")
	members.Definite, members.Of, members.Noun = true, []string{"commission"}, corpus.Span{Start: 6, End: 6}
	far := make([]*fact.Fact, bridgeReach+2)
	for i := range far {
		far[i] = new(fact.Fact)
	}
	far[0].Counts = []fact.Count{killed}
	far[len(far)-1].Counts = []fact.Count{members}
	q := query("member", "kill", "commission")
	near := Answer(q, []*fact.Fact{{Counts: []fact.Count{killed}}, {Counts: []fact.Count{members}}})
	if len(near) != 1 || near[0].Fact != 1 {
		t.Errorf("Answer = %+v, want the members of the second fact", near)
	}
	if got := Answer(q, far); len(got) != 0 {
		t.Errorf("Answer bridges %d facts apart", len(far)-1)
	}
}

// FuzzCompare holds the order to the rules of an order.
func FuzzCompare(f *testing.F) {
	f.Add([]byte{1, 2, 3, 4, 5, 6, 7, 8, 9})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 9 {
			return
		}
		var c [3]Choice
		for i := range c {
			b := data[3*i : 3*i+3]
			n := count(float64(b[0]), "people", "kill")
			n.Background, n.Earlier, n.Partial, n.Increment = b[1]&1 > 0, b[1]&2 > 0, b[1]&4 > 0, b[1]&8 > 0
			n.Implicit, n.Others, n.Quantity.Vague = b[1]&16 > 0, b[1]&32 > 0, b[1]&64 > 0
			c[i] = Choice{Count: &n, Fit: Fit{Head: HeadFit(b[2] % 5), Weak: b[2]&64 > 0, Zero: b[2]&128 > 0}, Said: int(b[0] % 3)}
		}
		if x, y := Compare(c[0], c[1]), Compare(c[1], c[0]); x != -y {
			t.Fatalf("Compare is not antisymmetric: %d and %d", x, y)
		}
		if Compare(c[0], c[1]) <= 0 && Compare(c[1], c[2]) <= 0 && Compare(c[0], c[2]) > 0 {
			t.Fatalf("Compare is not transitive for %+v", c)
		}
	})
}
