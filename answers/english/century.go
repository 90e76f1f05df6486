package english

// century reads "19th century", "nineteenth-century", "15th and 16th
// centuries", "4th century BC".
func (c calendarReader) century(i int) (Calendar, bool) {
	first, n := c.ordinal(i)
	if first == 0 {
		return Calendar{}, false
	}
	last := first
	for j := i + n; j < i+n+4; j++ { // "15th through to the 19th centuries"
		switch t := c.at(j); {
		case dash(t), t.Norm == "and", t.Norm == "or", t.Norm == "to", t.Norm == "through", t.Norm == "until", t.Norm == "the", t.Norm == "mid", t.Norm == "early", t.Norm == "late":
			continue
		}
		if o, k := c.ordinal(j); o > first && j > i+n {
			last, n = o, j+k-i
		}
		break
	}
	if dash(c.at(i + n)) {
		n++
	}
	switch c.at(i + n).Norm {
	case "century", "centuries", "c":
		if c.at(i+n).Norm == "c" && c.at(i+n).Case != Lower {
			return Calendar{}, false
		}
	default:
		return Calendar{}, false
	}
	n++
	if e := era(c.at(i + n).Norm); e != 0 {
		n++
		if e < 0 {
			first, last = -first, -last
		}
	}
	return Calendar{Kind: CalendarCentury, N: n, Year: first, LastCentury: last}, true
}

// ordinal reads "19th", "nineteenth" or "twenty-first" at i.
func (c calendarReader) ordinal(i int) (value, n int) {
	t := c.at(i)
	if t.Kind == Number {
		if v, ok := plainInt(t.Text, 1, 2); ok && c.attached(i+1) && ordinalSuffix(c.at(i+1).Norm) {
			return v, 2
		}
		return 0, 0
	}
	if t.Norm == "twenty" && dash(c.at(i+1)) {
		if v := ordinalWord(c.at(i + 2).Norm); v > 0 && v < 10 {
			return 20 + v, 3
		}
		return 0, 0
	}
	return ordinalWord(t.Norm), 1
}

var ordinalWords = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
	"tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
	"seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}

// ordinalWord is the value of an ordinal written as one word, or 0.
func ordinalWord(norm string) int { return ordinalWords[norm] }

// era is 1 for "AD" and its like, -1 for "BC" and its like, 0 for any other
// word.
func era(norm string) int {
	switch norm {
	case "ad", "a.d.", "ce", "c.e.", "a.d":
		return 1
	case "bc", "b.c.", "bce", "b.c.e.", "b.c":
		return -1
	}
	return 0
}

// decade reads "1990s", "1990's", "the '90s".
func (c calendarReader) decade(i int) (Calendar, bool) {
	n := 1
	if q := c.at(i + 1).Norm; (q == "'" || q == "’") && c.attached(i+1) {
		n++
	}
	if !c.attached(i+n) || c.at(i+n).Norm != "s" && c.at(i+1).Norm != "'s" {
		return Calendar{}, false
	}
	if c.at(i+1).Norm == "'s" {
		n = 1
	}
	t := c.at(i)
	y, ok := plainInt(t.Text, 2, 4)
	switch {
	case !ok || y%10 != 0 || len(t.Text) == 3:
		return Calendar{}, false
	case len(t.Text) == 2:
		if prev := c.at(i - 1); prev.Norm != "the" && prev.Norm != "'" && prev.Text != "’" && prev.Text != "‘" {
			return Calendar{}, false
		}
		if y += 1900; y < 1900+20 {
			y += 100
		}
	case y < firstYear || y > lastYear:
		return Calendar{}, false
	}
	return Calendar{Kind: CalendarDecade, N: n + 1, Year: y}, true
}
