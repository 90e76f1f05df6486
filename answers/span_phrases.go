package answers

import (
	"slices"
	"strings"

	"sourceline/answers/english"
	"sourceline/answers/extract"
	"sourceline/answers/fact"
	"sourceline/answers/question"
	"sourceline/answers/timex"
	"sourceline/corpus"
)

// bodies are the things that do something as people do: "the cabinet resigned".
var bodies = map[string]bool{"government": true, "cabinet": true, "regime": true, "administration": true, "authority": true, "agency": true, "ministry": true, "company": true, "firm": true, "corporation": true, "bank": true, "union": true, "party": true, "court": true, "parliament": true, "council": true, "committee": true, "commission": true, "group": true, "team": true, "organization": true, "association": true, "army": true, "navy": true, "force": true, "police": true, "coalition": true, "alliance": true, "board": true, "body": true, "opposition": true, "hospital": true, "university": true, "church": true, "club": true, "gang": true, "crowd": true, "country": true, "state": true, "city": true, "office": true, "department": true, "newspaper": true, "television": true, "media": true, "movement": true, "jury": true, "family": true, "bishop": true, "fund": true, "institute": true, "operator": true, "minority": true,
	"airline": true, "carrier": true, "manufacturer": true, "maker": true, "retailer": true, "insurer": true, "lender": true, "regulator": true, "watchdog": true, "builder": true, "supplier": true, "museum": true}

// acts reports whether what the lemma names can be the answer to "who".
func acts(lemma string) bool { return lemma != "figure" && (english.IsPerson(lemma) || bodies[lemma]) }

func onlyPronoun(f *fact.Fact, s corpus.Span) bool {
	return english.ClassOf(english.Fold(f.Sentence.Article.Text[s.Start:s.End]))&(english.Pronoun|english.Determiner) != 0
}

// sayings are nouns for what is said; who is named behind one is a part of it:
// "dismissed CLAIMS force was used".
var sayings = map[string]bool{"claim": true, "allegation": true, "accusation": true, "suggestion": true, "rumor": true, "concern": true, "criticism": true, "charge": true}

// claims reports whether the span begins with what is said.
func claims(f *fact.Fact, s corpus.Span) bool {
	from, to := tokenRange(f, s)
	return to-from > 1 && sayings[f.Tokens[from].Lemma]
}

// placeNouns are nouns that say where.
var placeNouns = map[string]bool{"abroad": true, "overseas": true, "city": true, "town": true, "village": true, "country": true, "region": true, "province": true, "district": true, "area": true, "street": true, "square": true, "building": true, "house": true, "home": true, "hospital": true, "school": true, "station": true, "airport": true, "port": true, "harbor": true, "camp": true, "prison": true, "jail": true, "court": true, "office": true, "center": true, "capital": true, "border": true, "coast": true, "island": true, "river": true, "lake": true, "sea": true, "mountain": true, "valley": true, "church": true, "mosque": true, "hotel": true, "market": true, "shop": true, "park": true, "stadium": true, "university": true, "parliament": true, "embassy": true, "base": true, "factory": true, "farm": true, "plant": true, "mine": true, "bridge": true, "road": true, "highway": true, "place": true, "north": true, "south": true, "east": true, "west": true, "suburb": true, "neighborhood": true, "residence": true, "palace": true, "hall": true, "headquarters": true, "shelter": true, "clinic": true, "nursery": true, "beach": true, "forest": true, "field": true}

// placeLike reports whether a word of the phrase says where.
func placeLike(f *fact.Fact, s corpus.Span) bool {
	from, to := tokenRange(f, s)
	return slices.ContainsFunc(f.Tokens[from:to], func(t english.Token) bool { return placeNouns[t.Lemma] })
}

// adjective reports whether the name of a place is its adjective: "French".
func adjective(f *fact.Fact, m fact.Mention) bool {
	p, ok := english.PlaceOf(f.Sentence.Article.Text[m.Span.Start:m.Span.End])
	return ok && p.Adjective
}

// placePhrases are noun phrases after a preposition of place that hold no
// name: "abroad", "in several places".
func placePhrases(f *fact.Fact) []corpus.Span {
	var out []corpus.Span
	for i, t := range f.Tokens {
		if t.Norm == "abroad" || t.Norm == "overseas" {
			from := i
			for from > 0 && f.Tokens[from-1].Kind == english.Word && !f.Tokens[from-1].FunctionWord() {
				from--
			}
			out = append(out, corpus.Span{Start: f.Tokens[from].Start, End: t.End})
		}
		if t.Norm != "in" && t.Norm != "at" && t.Norm != "near" && t.Norm != "outside" && t.Norm != "on" {
			continue
		}
		to := i + 1
		for to < len(f.Tokens) && to-i < 7 && f.Tokens[to].Kind == english.Word && !f.Tokens[to].Is(english.Reporting) && (!f.Tokens[to].FunctionWord() || f.Tokens[to].Is(english.Determiner) || f.Tokens[to].Norm == "of") {
			to++
		}
		if to > i+1 {
			out = append(out, corpus.Span{Start: f.Tokens[i+1].Start, End: f.Tokens[to-1].End})
		}
	}
	return out
}

// reasonPhrases are the stretches that give a reason: after "because", "due
// to", "over", "caused by", a purpose ("to quell the protests").
func reasonPhrases(f *fact.Fact) []corpus.Span {
	var out []corpus.Span
	add := func(from int) {
		from = pastAside(f.Tokens, from)
		if from < len(f.Tokens) && strings.ContainsAny(f.Tokens[from].Norm, "\"“‘") {
			from++
		}
		to := from
		for to < len(f.Tokens) && !(f.Tokens[to].Kind == english.Mark && strings.ContainsAny(f.Tokens[to].Norm, ",.;:()\"")) && !newVerb(f.Tokens, to) {
			to++
		}
		if to > from+1 || to == from+1 && !strings.HasSuffix(f.Tokens[from].Norm, "ing") {
			out = append(out, corpus.Span{Start: f.Tokens[from].Start, End: f.Tokens[to-1].End})
		}
	}
	for i, t := range f.Tokens {
		next := ""
		if i+1 < len(f.Tokens) {
			next = f.Tokens[i+1].Norm
		}
		switch {
		case t.Norm == "because" && next == "of", t.Norm == "due" && next == "to" && !(i > 0 && f.Tokens[i-1].Lemma == "be"), t.Norm == "thanks" && next == "to", t.Lemma == "owe" && next == "to":
			add(i + 2)
		case t.Norm == "because", t.Norm == "since" && i == 0 && !timeAt(f, i+1), t.Norm == "over" && disputed(f.Tokens[:i]):
			add(i + 1)
		case t.Lemma == "cause" && next == "by", t.Lemma == "trigger" && next == "by", t.Lemma == "spark" && next == "by", t.Lemma == "prompt" && next == "by", t.Lemma == "drive" && next == "by", t.Lemma == "fuel" && next == "by":
			add(i + 2)
		case t.Lemma == "blame" && next == "on", t.Lemma == "attribute" && next == "to", t.Lemma == "stem" && next == "from", t.Lemma == "result" && next == "from":
			add(i + 2)
		case t.Lemma == "suspicion" && next == "of", t.Lemma == "charge" && next == "of":
			add(i) // a suspect is not guilty: the hedge stays
		case t.Norm == "in" && undertakes(f.Tokens[i+1:]):
			out = append(out, upTo(f, i, i+5))
		case t.Norm == "at" && next == "the" && i+3 < len(f.Tokens) && f.Tokens[i+2].Lemma == "request" && f.Tokens[i+3].Norm == "of":
			add(i)
		case t.Norm == "to" && i == 0, t.Norm == "to" && i > 0 && f.Tokens[i-1].Norm == "order":
			add(i)
		case t.Norm == "with" && i > 1 && i <= 6 && quarrels[f.Tokens[i-1].Lemma]:
			add(i + 1) // "dissatisfaction with the prices escalated into": what the sentence opens with
		}
	}
	return out
}

// timeAt reports whether a time begins at token i: "since Thursday" is no reason.
func timeAt(f *fact.Fact, i int) bool {
	return i < len(f.Tokens) && slices.ContainsFunc(f.Times, func(t timex.Time) bool { return t.Span.Start <= f.Tokens[i].Start && f.Tokens[i].Start < t.Span.End })
}

// withWhere is the phrase with what follows it in the way of a place where it is
// one of many: "A court IN SPRINGFIELD".
func withWhere(f *fact.Fact, r *extract.Reading, s corpus.Span) corpus.Span {
	from, to := tokenRange(f, s)
	if from >= to || to+1 >= len(f.Tokens) || f.Tokens[from].Norm != "a" && f.Tokens[from].Norm != "an" || f.Tokens[to].Norm != "in" && f.Tokens[to].Norm != "from" && f.Tokens[to].Norm != "for" {
		return s
	}
	for _, p := range r.Phrases {
		if p.Span.Start == f.Tokens[to+1].Start && !slices.ContainsFunc(f.Times, func(t timex.Time) bool { return t.Span.Overlaps(p.Span) }) {
			return corpus.Span{Start: s.Start, End: p.Whole.End}
		}
	}
	return s
}

// grounds are what somebody was arrested, fined or thanked for: "were fined FOR
// HAVING HIDDEN the leak".
func grounds(q question.Question, f *fact.Fact, r *extract.Reading) []corpus.Span {
	var out []corpus.Span
	for i := 1; i+1 < len(f.Tokens); i++ {
		next := f.Tokens[i+1]
		if f.Tokens[i].Norm != "for" || !penal[q.Verb] || !strings.HasSuffix(next.Norm, "ing") || next.Norm == next.Lemma {
			continue
		}
		if governed(q, r, corpus.Span{Start: f.Tokens[i-1].Start, End: f.Tokens[i-1].End}) {
			out = append(out, upTo(f, i+1, i+3))
		}
	}
	return out
}

// penal are verbs that "for" and a gerund give the grounds of.
var penal = wordSet("arrest detain fine sentence jail charge convict sue dismiss sack fire suspend punish criticize criticise blame thank praise apologize apologise condemn ban expel honor honour accuse")

// causing are verbs whose subject is the reason of their object.
var causing = map[string]bool{"cause": true, "trigger": true, "spark": true, "prompt": true, "provoke": true, "ignite": true}

// causers are what caused what is asked about: "A FALLEN TREE caused the
// blackout".
func causers(q question.Question, f *fact.Fact, r *extract.Reading) []corpus.Span {
	var out []corpus.Span
	for _, p := range r.Phrases {
		if !slices.ContainsFunc(p.Events, func(e fact.Event) bool {
			return causing[e.Lemma] && e.Relation == fact.Agent && !e.Negated
		}) || onlyPronoun(f, p.Span) {
			continue
		}
		_, i := tokenRange(f, p.Whole)
		for i < len(f.Tokens) && !causing[f.Tokens[i].Lemma] {
			i++
		}
		for k := i + 1; k < len(f.Tokens) && !clauseMark(f.Tokens[k]) && !f.Tokens[k].Is(english.Preposition); k++ {
			if t := f.Tokens[k]; t.Kind == english.Word && (sameEvent(q, t.Lemma, english.Events(t.Lemma)) || t.Lemma == q.Verb) {
				out = append(out, p.Whole)
				break
			}
		}
	}
	return out
}

// undertakes reports whether the tokens after "in" say what somebody wants to
// reach: "in an initial EFFORT TO calm".
func undertakes(tokens []english.Token) bool {
	for i := 1; i+1 < len(tokens) && i < 4; i++ {
		switch tokens[i].Lemma {
		case "effort", "attempt", "bid", "move", "order":
			return tokens[i+1].Norm == "to"
		}
	}
	return false
}

// purposes are the stretches that say what the event of the question was done
// for: "forces SENT to the country TO support the authorities".
func purposes(q question.Question, f *fact.Fact, r *extract.Reading) []corpus.Span {
	var out []corpus.Span
	for i, t := range f.Tokens {
		if t.Kind != english.Word || q.Verb == "" || !sameEvent(q, t.Lemma, english.Events(t.Lemma)) {
			continue
		}
		for k := i + 1; k+1 < len(f.Tokens) && !clauseMark(f.Tokens[k]); k++ {
			if f.Tokens[k].Norm != "to" || !purposive(f.Tokens, k) {
				continue
			}
			if !governed(q, r, corpus.Span{Start: f.Tokens[k-1].Start, End: f.Tokens[k-1].End}) {
				break // "used the PROTESTS to seize": no verb that is asked about
			}
			out = append(out, upTo(f, k, k+2))
			break
		}
	}
	return out
}

// governed reports whether the verb that the question asks about is one that
// the span may belong to.
func governed(q question.Question, r *extract.Reading, s corpus.Span) bool {
	return slices.ContainsFunc(r.Governors(s), func(v extract.Verb) bool { return sameEvent(q, v.Lemma, v.Names) })
}

// otherEvent reports whether the verb that the span belongs to is an event, and
// another than the one that is asked about.
func otherEvent(q question.Question, r *extract.Reading, s corpus.Span) bool {
	governors := r.Governors(s)
	return len(governors) > 0 && len(governors[0].Names) > 0 && !sameEvent(q, governors[0].Lemma, governors[0].Names)
}

// accuses reports whether the span is an accusation: it is the reason of the
// verb beside it, an arrest, and of no other event in the sentence.
func accuses(f *fact.Fact, s corpus.Span) bool {
	from, to := tokenRange(f, s)
	return from < to && (f.Tokens[from].Lemma == "suspicion" || f.Tokens[from].Lemma == "charge")
}

// upTo is the stretch from token i to the end of its clause, at least to
// token to.
func upTo(f *fact.Fact, i, to int) corpus.Span {
	for to < len(f.Tokens) && !clauseMark(f.Tokens[to]) && !f.Tokens[to].Is(english.Auxiliary) && f.Tokens[to].Norm != "that" && !newVerb(f.Tokens, to) {
		to++
	}
	return corpus.Span{Start: f.Tokens[i].Start, End: f.Tokens[min(to, len(f.Tokens))-1].End}
}

// purposive reports whether "to" at token k begins a purpose: the bare form of
// a verb follows, and the word before is no verb or adjective that "to"
// completes ("plans to", "ready to").
func purposive(tokens []english.Token, k int) bool {
	next, prev := tokens[k+1], tokens[k-1]
	if next.Kind != english.Word || next.Norm != next.Lemma || next.Class != 0 || next.Case != english.Lower || english.IsPerson(next.Lemma) {
		return false
	}
	return prev.Kind == english.Word && (prev.Class == 0 || prev.Is(english.Adverb|english.Preposition)) && !intends[prev.Lemma]
}

// intends are words that "to" and a verb complete.
var intends = map[string]bool{"plan": true, "promise": true, "agree": true, "want": true, "try": true, "attempt": true, "decide": true, "fail": true, "continue": true, "begin": true, "start": true, "refuse": true, "vow": true, "threaten": true, "able": true, "unable": true, "ready": true, "likely": true, "due": true, "set": true, "expect": true, "hope": true, "need": true, "manage": true, "seek": true, "offer": true, "ask": true, "tell": true, "urge": true, "allow": true, "force": true, "order": true, "authorise": true, "authorize": true, "decision": true, "right": true, "chance": true, "time": true, "way": true, "ability": true, "one": true, "first": true, "last": true, "proposal": true, "pledge": true, "call": true}

// newVerb reports whether token i joins another verb on: "and quickly spread".
func newVerb(tokens []english.Token, i int) bool {
	if i > 1 && i+1 < len(tokens) && tokens[i].Norm == "to" && tokens[i+1].Norm == tokens[i+1].Lemma && tokens[i+1].Class == 0 && tokens[i-1].Kind == english.Word && !tokens[i-1].FunctionWord() {
		return true // "the price of fuel TO TRY to seize power"
	}
	if i == 0 || i+1 >= len(tokens) || tokens[i].Norm != "and" && tokens[i].Norm != "but" {
		return false
	}
	next := tokens[i+1]
	return next.Is(english.Adverb|english.Auxiliary) || strings.HasSuffix(next.Norm, "ed") && next.Norm != next.Lemma
}

// pastAside passes over ", he said," after a conjunction.
func pastAside(tokens []english.Token, i int) int {
	if i >= len(tokens) || tokens[i].Norm != "," {
		return i
	}
	for k := i + 1; k < len(tokens) && k < i+8; k++ {
		if tokens[k].Norm == "," {
			return k + 1
		}
	}
	return i + 1
}

// disputed reports whether what comes before "over" is something that people
// do over a thing: protest, strike, quarrel.
func disputed(before []english.Token) bool {
	for _, t := range before[max(0, len(before)-6):] {
		if events := english.Events(t.Lemma); shared(events, []string{"protest", "strike", "begin", "attack"}) || quarrels[t.Lemma] {
			return true
		}
	}
	return false
}

var quarrels = map[string]bool{"anger": true, "dispute": true, "row": true, "quarrel": true, "concern": true, "outrage": true, "fear": true, "worry": true, "criticism": true, "fury": true, "complaint": true, "angry": true, "discontent": true, "dissatisfaction": true, "controversy": true, "conflict": true, "tension": true, "resign": true, "arrest": true, "sue": true}
