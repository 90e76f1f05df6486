package english

// phrasal are verbs whose particle makes another verb of them, by the particle:
// "stepped DOWN" is resigned. Only those stand here that mean one thing in
// news whatever is around them: people who are "pulled out" may have been
// rescued, and troops withdrawn.
var phrasal = func() *Table[*Table[string]] {
	tables := map[string]*Table[string]{}
	for particle, verbs := range map[string]map[string]string{
		"away": {"pass": "die", "run": "flee", "get": "escape"},
		"back": {"come": "return", "go": "return", "get": "return", "give": "return", "hand": "return", "bring": "restore", "scale": "reduce"},
		"down": {"step": "resign", "stand": "resign", "turn": "reject", "go": "fall", "tear": "demolish", "touch": "land"},
		"free": {"set": "release", "break": "escape"},
		"off":  {"call": "cancel", "put": "postpone", "kick": "begin", "cut": "disconnect"},
		"on":   {"carry": "continue"},
		"out":  {"break": "erupt", "kick": "expel", "roll": "launch"},
		"over": {"hand": "transfer"},
		"part": {"take": "participate"},
		"up":   {"grow": "mature", "blow": "explode", "go": "rise", "set": "establish", "lock": "jail", "ramp": "increase", "step": "increase", "shoot": "soar", "round": "arrest"},
	} {
		tables[particle] = NewTable(verbs)
	}
	return NewTable(tables)
}()

// readPhrasal gives verbs with their particles the lemma of the verb that the
// two mean, after which the particle says nothing of its own; it may stand
// behind a pronoun: "called it off".
func readPhrasal(tokens []Token) {
	for i := 1; i < len(tokens); i++ {
		if !tokens[i].particle {
			continue
		}
		at := i - 1
		if at > 0 && tokens[at].Is(Pronoun) {
			at--
		}
		verb, particle := &tokens[at], &tokens[i]
		if verb.Lemma == "grow" && i+2 < len(tokens) && tokens[i+1].Norm == "to" && (tokens[i+2].Kind == Number || tokens[i+2].Is(NumberWord)) {
			continue // "grew up to four per cent"
		}
		if lemma, ok := phrasal.Of(particle.Norm).Find(verb.Lemma); ok {
			verb.Reread(verb.Norm, lemma, verb.Class)
			particle.Reread(particle.Norm, particle.Lemma, particle.Class|Stop)
		}
	}
}
