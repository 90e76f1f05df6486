package timex

import (
	"time"

	"sourceline/answers/english"
)

// narrowed takes what narrows a time before it: "late", "mid-", "the end of",
// "first half of", "earlier".
func (f *finder) narrowed(it item) item {
	j := it.start - 1
	if j >= f.floor && f.at(j).Norm == "the" {
		j--
	}
	if j >= f.floor && f.at(j).Norm == "of" {
		return f.partOf(it, j-1)
	}
	j = it.start - 1
	if j >= f.floor && dash(f.at(j)) && f.attached(it.start) {
		j--
	}
	if j < f.floor {
		return it
	}
	switch w := f.at(j).Norm; w {
	case "early", "late", "mid":
		it = narrow(it, w, "")
		it.start = j
	case "earlier", "later":
		if j == it.start-1 && it.relative && fine(it.grain) > 0 {
			it.start = j
		}
	}
	return it
}

// partOf takes "the end" or "first half" before "of" where the word at k ends
// it.
func (f *finder) partOf(it item, k int) item {
	w := f.at(k).Norm
	switch w {
	case "end", "beginning", "start", "middle", "close", "turn":
		if k >= f.floor {
			it = narrow(it, w, "")
			it.start = k
		}
	case "half", "quarter", "third", "decade", "decades", "years", "months", "part", "weeks", "days":
		ordinal := f.at(k - 1)
		if k-1 >= f.floor && (ordinal.Is(english.Ordinal) || ordinal.Norm == "latter" || ordinal.Norm == "early" || ordinal.Norm == "later") {
			it = narrow(it, ordinal.Norm, w)
			it.start = k - 1
		}
	}
	return it
}

// fractionsOf are the parts into which a noun cuts a time; any other cuts it
// into three.
var fractionsOf = map[string]int{"half": 2, "third": 3, "quarter": 4, "decade": 10}

// narrow cuts a time of a month and more down to the part that a word names:
// "late", "end", "first" of "first half". Of a range only its first end is
// cut.
func narrow(it item, word, noun string) item {
	if it.from.IsZero() || fine(it.grain) == 0 || it.grain == Day {
		return it
	}
	of := fractionsOf[noun]
	if of == 0 {
		of = 3
	}
	var n int
	switch word {
	case "early", "beginning", "start", "turn", "first":
	case "mid", "middle", "second":
		n = 1
	case "third":
		n = 2
	case "fourth":
		n = 3
	case "late", "end", "close", "latter", "last", "later":
		n = of - 1
	default:
		return it
	}
	from, to := it.from, it.to
	if it.isRange { // "late 19th and early 20th centuries"
		to = from.AddDate(map[Grain]int{Century: 100, Decade: 10, Year: 1}[it.grain], 0, 0)
	}
	days := int(to.Sub(from) / (24 * time.Hour))
	cut := func(share int) time.Time { return from.AddDate(0, 0, days*share/of) }
	if n >= of || days == 0 {
		return it
	}
	if n > 0 {
		it.from = cut(n)
	}
	if n < of-1 && !it.isRange {
		it.to = cut(n + 1)
	}
	return it
}
