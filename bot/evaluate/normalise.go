package evaluate

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// normalise is the normalisation of SQuAD: small letters, no punctuation, no
// articles. Grouped digits stay one word ("2,030"), and so do decimals.
func normalise(text string) []string {
	runes := []rune(strings.ToLower(text))
	var b strings.Builder
	for i, r := range runes {
		switch {
		case r == '.' && i > 0 && i+1 < len(runes) && unicode.IsDigit(runes[i-1]) && unicode.IsDigit(runes[i+1]):
			b.WriteRune(r)
		case r == '–' || r == '—' || r == '/':
			b.WriteByte(' ')
		case unicode.IsPunct(r) || r == '`' || r == '$' || r == '+' || r == '=' || r == '<' || r == '>' || r == '^' || r == '~' || r == '|':
		default:
			b.WriteRune(r)
		}
	}
	return slices.DeleteFunc(strings.Fields(b.String()), func(w string) bool {
		return w == "a" || w == "an" || w == "the"
	})
}

// in reports whether the words of part stand in a row in text, both
// normalised.
func in(text, part string) bool { return inWords(normalise(text), normalise(part)) }

func inWords(text, part []string) bool {
	if len(part) == 0 {
		return false
	}
	for i := 0; i+len(part) <= len(text); i++ {
		if slices.Equal(text[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// exact reports whether two texts are the same after normalisation.
func exact(a, b string) bool { return slices.Equal(normalise(a), normalise(b)) }

// tokenF1 is the F1 of the words that two texts share, 0 to 1.
func tokenF1(a, b string) float64 {
	left, right := normalise(a), normalise(b)
	count := map[string]int{}
	for _, w := range left {
		count[w]++
	}
	same := 0
	for _, w := range right {
		if count[w] > 0 {
			count[w]--
			same++
		}
	}
	if same == 0 {
		return 0
	}
	precision, recall := float64(same)/float64(len(right)), float64(same)/float64(len(left))
	return 2 * precision * recall / (precision + recall)
}

// hedges stand before a figure, the longest first.
var hedges = []string{
	"a little more than", "a little over", "slightly more than", "well over", "just over", "just under",
	"more than", "less than", "fewer than", "at least", "at most", "up to", "as many as", "as much as", "no more than",
	"no fewer than", "close to", "approximately", "roughly", "nearly", "almost", "about", "around", "some", "over",
	"under", "only", "an estimated", "estimated",
}

// withoutHedge is a figure's text without the hedge before it.
func withoutHedge(text string) string {
	for _, h := range hedges {
		if len(text) > len(h) && strings.EqualFold(text[:len(h)], h) && text[len(h)] == ' ' {
			return strings.TrimSpace(text[len(h):])
		}
	}
	return text
}

// numberWords are the values of number words; scales multiply what stands
// before them. This reader is kept apart from the product's own, which it
// scores.
var (
	numberWords = map[string]float64{
		"zero": 0, "no": 0, "none": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
		"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
		"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
		"seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12, "once": 1, "twice": 2,
	}
	scaleWords = map[string]float64{"hundred": 100, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
)

// numbers are the values that a text names, in its order.
func numbers(text string) []float64 {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != ','
	})
	var out []float64
	value, open := 0.0, false // the number that goes on
	done := 0.0               // its thousands and millions
	flush := func() {
		if open {
			out = append(out, done+value)
		}
		value, done, open = 0, 0, false
	}
	for _, w := range words {
		stop := strings.HasSuffix(w, ",") || strings.HasSuffix(w, ".")
		w = strings.Trim(w, ".,")
		if n, ok := digits(w); ok {
			flush()
			value, open = n, true
		} else if n, ok := numberWords[w]; ok {
			if open && (value == 0 && done == 0 || math.Mod(value, 10) != 0 || n >= 10 && math.Mod(value, 100) != 0) {
				flush()
			}
			value, open = value+n, true
		} else if s, ok := scaleWords[w]; ok {
			if !open {
				value, open = 1, true
			}
			if s == 100 {
				value *= s
			} else {
				done, value = done+value*s, 0
			}
		} else if w != "and" || !open {
			flush()
		}
		if stop {
			flush()
		}
	}
	flush()
	return out
}

// digits reads "2,030" and "2.5".
func digits(word string) (float64, bool) {
	if word == "" || !unicode.IsDigit(rune(word[0])) {
		return 0, false
	}
	word = strings.TrimRightFunc(word, unicode.IsLetter) // "40th", "200lbs"
	n, err := strconv.ParseFloat(strings.ReplaceAll(word, ",", ""), 64)
	return n, err == nil
}

// sameNumber reports whether the first number of text is one of golds.
func sameNumber(text string, golds []string) bool {
	got := numbers(text)
	if len(got) == 0 {
		return false
	}
	for _, g := range golds {
		if want := numbers(g); len(want) > 0 && equal(got[0], want[0]) {
			return true
		}
	}
	return false
}

// equal compares two values with room for the rounding of floats.
func equal(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(1, math.Abs(a)) }
