package quantity

import (
	"sourceline/answers/english"
)

// codeScale takes the scale that a currency's code carries or that stands
// behind it: "30 MUSD", "75 USD million".
func (s *scanner) codeScale(a *amount) {
	if a.unit.Kind != Money || a.scaled {
		return
	}
	factor := 1.
	if millionCodes[s.at(a.end-1).Norm] != "" {
		factor = 1e6
	} else if w := words.Of(s.at(a.end).Norm); w.role&scale != 0 && w.low >= 1e6 && currencyCodes[s.at(a.end-1).Norm] != "" {
		factor, a.end = w.low, a.end+1
	}
	if factor > 1 {
		a.low, a.high, a.scaled, a.number.end = times(a.low, factor), times(a.high, factor), true, a.end
	}
}

// moneyPrefix reads the currency before a number at i: the number's place,
// the currency and what one in the prefix is worth ("MUSD 60").
func (s *scanner) moneyPrefix(i int) (int, Unit, float64) {
	t := s.at(i)
	if name, ok := currencySymbols[t.Text]; ok {
		if p, ok := s.dollarPrefix(i); ok {
			name = p
		}
		return i + 1, Unit{Kind: Money, Name: name}, 1
	}
	if t.Kind != english.Word || words.Of(t.Norm).role&code == 0 {
		return i, Unit{}, 1
	}
	name := s.codeAt(i)
	if name == "" {
		return i, Unit{}, 1
	}
	j, factor := i+1, 1.
	if millionCodes[t.Norm] != "" {
		factor = 1e6
	}
	if s.at(j).Text == "." || s.at(j).Text == "$" {
		j++
	}
	return j, Unit{Kind: Money, Name: name}, factor
}

// dollarPrefix is the currency of "C$" where the sign stands at i.
func (s *scanner) dollarPrefix(i int) (string, bool) {
	prev := s.at(i - 1)
	if s.at(i).Text != "$" || prev.Kind != english.Word || i-1 < s.floor {
		return "", false
	}
	name, ok := dollarPrefixes[prev.Norm]
	if !ok || len(prev.Norm) == 1 && prev.Norm != "c" && !(s.attached(i) && prev.Text != prev.Norm) {
		return "", false
	}
	return name, true
}

// moneyStart is the token where an amount that is read from i begins: that of
// "US" in "US$".
func (s *scanner) moneyStart(i int) int {
	if _, ok := s.dollarPrefix(i); ok {
		return i - 1
	}
	return i
}

// codeAt is the currency whose code or name stands at i before its number, or
// "".
func (s *scanner) codeAt(i int) string {
	j := i + 1
	if next := s.at(j); next.Text == "." && s.attached(j) && s.at(i).Norm == "rs" || next.Text == "$" {
		j++
	}
	if s.at(j).Kind != english.Number || s.at(i).Text == "$" {
		return ""
	}
	if s.at(i).Norm == "dollar" {
		return "dollar"
	}
	return s.code(i)
}

// code is the currency whose code stands at i, or "". Codes that are English
// words too ("TOP", "ALL") are none.
func (s *scanner) code(i int) string {
	t := s.at(i)
	if t.Case == english.Upper && millionCodes[t.Norm] != "" {
		return millionCodes[t.Norm]
	}
	name, ok := currencyCodes[t.Norm]
	if !ok || t.Norm != "rs" && !commonCodes[t.Norm] && (t.Case != english.Upper || english.Known(t.Norm)) {
		return ""
	}
	return name
}

// moneyBefore reports whether a currency's sign or code stands before i.
func (s *scanner) moneyBefore(i int) bool {
	prev := s.at(i - 1)
	if _, ok := currencySymbols[prev.Text]; ok {
		return true
	}
	return prev.Kind == english.Word && words.Of(prev.Norm).role&code != 0 && s.code(i-1) != ""
}

// currencyNoun reads the currency after a number of value v at i: "Finnish
// markka", "dollars", "USD", "€".
func (s *scanner) currencyNoun(i int, v float64) (Unit, int) {
	t := s.at(i)
	if t.Kind == english.Mark {
		if name, ok := currencySymbols[t.Text]; ok && !(s.at(i+1).Kind == english.Number && s.attached(i+1)) {
			return Unit{Kind: Money, Name: name}, 1
		}
		return Unit{}, 0
	}
	for k := range 4 {
		w := s.at(i + k)
		if w.Kind != english.Word {
			break
		}
		noun := currencyNouns[w.Norm]
		if noun == nil {
			continue
		}
		if k == 0 {
			if s.at(i+1).Norm == "sterling" {
				return Unit{Kind: Money, Name: "pound sterling"}, 2
			}
			if (w.Norm == "pounds" || w.Norm == "pound") && s.at(i+1).Norm != "of" && s.spentBefore(i) {
				return Unit{Kind: Money, Name: "pound sterling"}, 1
			}
			if name := noun.bare(w.Norm, v); name != "" {
				return Unit{Kind: Money, Name: name}, 1
			}
			continue
		}
		country := t.Norm
		for j := 1; j < k; j++ {
			country += " " + s.at(i+j).Norm
		}
		if name, ok := noun.byCountry[country]; ok {
			return Unit{Kind: Money, Name: name}, k + 1
		}
		break
	}
	if name := s.code(i); t.Kind == english.Word && name != "" {
		return Unit{Kind: Money, Name: name}, 1
	}
	return Unit{}, 0
}

// spending are words for money that changes hands.
var spending = english.NewSet("fine pay cost worth price spend offer earn reward bail salary wage fee loan award compensation grant owe donate ticket bribe debt budget rent")

// spentReach is how many tokens before an amount such a word stands.
const spentReach = 7

// spentBefore reports whether such a word stands before token i.
func (s *scanner) spentBefore(i int) bool {
	for k := i - 1; k >= 0 && k >= i-spentReach; k-- {
		if t := s.at(k); t.Kind == english.Word && spending.Has(t.Lemma) {
			return true
		}
	}
	return false
}

// bare is what the noun means after a number of value v with no country, or
// "" where it is not money.
func (n *currencyNoun) bare(form string, v float64) string {
	switch {
	case form == "pounds" || form == "pound":
		if v >= sterlingFrom {
			return "pound sterling"
		}
		return ""
	case n.ambiguous:
		if form == "won" && v >= sterlingFrom {
			return n.name // "4.2 trillion won"
		}
		return ""
	}
	return n.name
}

// minor adds "50 cents" after "3 dollars", and "50" where nothing else
// follows it.
func (s *scanner) minor(a *amount) {
	if n := currencyNouns[a.unit.Name]; a.end == a.number.end || n != nil && n.minorUnits || a.scaled {
		return
	}
	j := a.end
	if s.at(j).Norm == "and" {
		j++
	}
	if s.isCalendar(j) {
		return
	}
	n, ok := s.number(j)
	if !ok || n.low >= 100 || n.low < 1 || n.vague || n.scaled || s.at(j).Is(english.Determiner) {
		return
	}
	noun := currencyNouns[s.at(n.end).Norm]
	switch end := s.at(n.end); {
	case noun != nil && noun.minorUnits:
		n.end++
	case n.low < 10 || n.low != float64(int(n.low)):
		return
	case end.Kind == english.Mark && end.Text != "." && end.Text != "!" && end.Text != "?" && n.end < len(s.tok):
		return
	case end.Kind != english.Mark && end.Norm != "more":
		return
	}
	a.low, a.high, a.end = a.low+n.low/100, a.high+n.low/100, n.end
	a.number.end = n.end
}
