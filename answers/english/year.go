package english

import "strings"

// Four digits between these two may be a year.
const (
	firstYear = 1000
	lastYear  = 2199
)

// Numbers from firstRecent on are years even where a noun in the plural
// follows them ("the 2004 elections"), if anything before them allows it.
const (
	firstRecent = 1900
	lastRecent  = 2039
)

// year reads the year at i.
func (c calendarReader) year(i int) (Calendar, bool) {
	t, next := c.at(i), c.at(i+1)
	y, ok := plainInt(t.Text, 1, 4)
	if !ok || y == 0 || c.attached(i+1) && next.Kind == Word && next.Norm != "'s" && era(next.Norm) == 0 {
		return Calendar{}, false
	}
	if e := era(next.Norm); e != 0 && next.Case != Lower {
		return Calendar{Kind: CalendarYear, N: 2, Year: e * y}, true
	}
	if c.attached(i) && c.at(i-1).Kind == Word { // a label: "MH370"
		return Calendar{}, false
	}
	if y < 100 || y > lastYear || t.Text[0] == '0' {
		return Calendar{}, false
	}
	if (y < firstYear || len(t.Text) < 4) && !c.oldYear(i) || y >= firstYear && !c.recentYear(i, y) {
		return Calendar{}, false
	}
	return Calendar{Kind: CalendarYear, N: 1, Year: y}, true
}

// oldYear reports whether three digits at i are a year: "in 506," and nothing
// after it that they could count.
func (c calendarReader) oldYear(i int) bool {
	prev, next := c.at(i-1), c.at(i+1)
	switch prev.Norm {
	case "in", "since", "until":
	default:
		return prev.Text == "(" && next.Text == "–" && c.yearSpan(i) && c.at(i+3).Text == ")"
	}
	if c.yearSpan(i) { // "in 609–610"
		return true
	}
	switch c.at(i - 2).Lemma {
	case "result", "end", "resulting", "culminate":
		return false
	}
	switch {
	case next.Kind == Number || sign(next) || dash(next):
		return false
	case next.Kind == Mark:
		return true
	}
	return next.Class&(Conjunction|Preposition|Determiner|Pronoun) != 0 && next.Norm != "per" && next.Norm != "of"
}

// yearSpan reports whether the digits at i and those after a dash can be two
// years.
func (c calendarReader) yearSpan(i int) bool {
	a, b := c.at(i).Text, c.at(i+2).Text
	return dash(c.at(i+1)) && c.at(i+2).Kind == Number && len(a) == len(b) && a < b && c.attached(i+1) && c.attached(i+2) && !c.attachedWord(i+3)
}

func (c calendarReader) attachedWord(i int) bool { return c.attached(i) && c.at(i).Kind == Word }

// recentYear reports whether four digits at i, worth y, are a year.
func (c calendarReader) recentYear(i, y int) bool {
	prev, next := c.at(i-1), c.at(i+1)
	if sign(next) || moneySign(prev) || next.Kind == Number && !dash(prev) && next.Space && len(next.Text) <= 3 && y%100 == 0 {
		return false
	}
	if next.Text == "/" && c.attached(i+1) && len(c.at(i+2).Text) != 2 {
		return false
	}
	if next.Kind == Mark && (next.Text == "-" || next.Text == "‑") && c.attached(i+1) && c.attached(i+2) && c.at(i+2).Kind == Word {
		if measures(c.at(i + 2)) { // "1500-metre"
			return false
		}
	}
	if dash(prev) && c.attached(i) && c.attached(i-1) { // "mid-1972", "1989-2019", never "T-2000"
		before := c.at(i - 2)
		if before.Kind == Number {
			_, ok := plainInt(before.Text, 3, 4)
			return ok && !measures(next)
		}
		return before.Case == Lower || before.Is(Month) || yearPrefix(before.Norm)
	}
	if c.joins(i+1) && c.at(i+2).Kind == Number { // "between 1000 and 1500 people"
		after := c.at(i + 3)
		if measures(after) || countable(after) && (y < firstRecent || Covers("people", after.Lemma)) {
			return false
		}
	}
	plural := next.Kind == Word && countable(next)
	switch {
	case next.Kind == Word && measures(next):
		return false
	case counting(prev) || prev.Norm == "to" && c.at(i-2).Norm == "up":
		return false
	case prev.Norm == "about" || prev.Norm == "around" || prev.Norm == "some" || prev.Norm == "roughly" || prev.Norm == "approximately":
		return !plural && (next.Kind != Word || next.FunctionWord()) && prev.Norm != "some"
	case prev.Norm == "at" && next.Kind == Word && next.Case == Title: // "at 1155 Broadway"
		return false
	case strings.HasPrefix(prev.Norm, "#") || prev.Norm == "no" || prev.Norm == "nos":
		return false
	}
	return c.yearContext(prev, next, y, plural)
}

// joins reports whether the token at i makes a range of the numbers around it.
func (c calendarReader) joins(i int) bool {
	t := c.at(i)
	return dash(t) || t.Norm == "and" || t.Norm == "to" || t.Norm == "or"
}

func (c calendarReader) yearContext(prev, next *Token, y int, plural bool) bool {
	recent := y >= firstRecent && y <= lastRecent
	person := plural && Covers("people", next.Lemma)
	switch prev.Norm {
	case "in", "since", "during", "until", "till", "year", "early", "late", "mid", "circa", "spring", "summer", "autumn", "fall", "winter", "throughout":
		return !person || recent && prev.Norm != "in"
	}
	if !plural {
		// "killed 1500 in the attack", but "revised 1979 charter"
		return prev.Kind != Word || prev.FunctionWord() || prev.Is(Month) || len(Events(prev.Lemma)) == 0 || next.Kind == Word && !next.FunctionWord() || prev.Lemma == "election"
	}
	if person || !recent {
		return false
	}
	if prev.Is(Determiner) || prev.Is(Preposition) || prev.Norm == "'s" {
		return true
	}
	return len(Events(next.Lemma)) > 0 || annual[next.Lemma]
}

// annual are things that are called by their year.
var annual = map[string]bool{
	"olympics": true, "game": true, "championship": true, "final": true, "season": true, "award": true, "primary": true,
	"result": true, "figure": true, "edition": true, "model": true, "census": true,
}

// countable reports whether a word is a noun in the plural, as far as its
// form tells.
func countable(t *Token) bool {
	if t.Class&(functionWords|Adverb|Reporting) != 0 {
		return false
	}
	switch t.Lemma {
	case "people", "personnel", "police", "troop", "staff", "cattle", "man", "woman", "child", "aircraft":
		return t.Lemma != t.Norm || t.Lemma != "man" && t.Lemma != "woman" && t.Lemma != "child"
	}
	return len(t.Norm) > 3 && strings.HasSuffix(t.Norm, "s") && !strings.HasSuffix(t.Norm, "ss") && !strings.HasSuffix(t.Norm, "us") &&
		t.Lemma != t.Norm
}

// Countable reports whether a word is a noun in the plural, or one such as
// "people", as far as its form tells ("troops", "children", not "was").
func (t Token) Countable() bool { return t.Kind == Word && countable(&t) }

// counting reports whether a word before a number makes it a count.
func counting(t *Token) bool {
	switch t.Norm {
	case "over", "than", "least", "most", "nearly", "almost", "many", "another", "additional", "these", "those", "other", "exceed", "exceeding", "total", "all":
		return true
	}
	return false
}

// moneySign reports whether a token before a number makes money of it: the
// commonest signs and codes.
func moneySign(t *Token) bool {
	switch t.Norm {
	case "$", "€", "£", "¥", "₹", "usd", "eur", "gbp", "jpy", "cny", "rmb", "inr", "rs", "cad", "aud", "nzd", "hkd", "chf", "sek", "nok", "dkk", "rub", "mxn", "zar", "sgd", "btc":
		return true
	}
	return false
}

// yearPrefix are the words that a hyphen ties to a year.
func yearPrefix(norm string) bool {
	switch norm {
	case "mid", "pre", "post", "early", "late", "pro":
		return true
	}
	return false
}

var measureWords = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq("km kms m mm cm kg g mg ft mi mph kph lb lbs kw mw gw hz mhz ghz ha hp cc bpd ml l percent per pct million billion trillion thousand hundred bn mn dollar dollars euro euros yen yuan pounds sq square cubic feet foot metre meter metres meters kilometre kilometer kilometres kilometers mile miles yard yards inch inches year years day days hour hours minute minutes month months week weeks times degrees tonnes tons ton tonne kilograms grams litres liters gallons barrels acres hectares or and-a-half megawatts watts points odd plus") {
		m[w] = true
	}
	return m
}()

// measures reports whether a word after a number makes it a measure.
func measures(t *Token) bool { return t.Kind == Word && measureWords[t.Norm] && t.Norm != "or" }
