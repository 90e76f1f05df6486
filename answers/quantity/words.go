package quantity

import (
	"math"

	"sourceline/answers/english"
)

// A role is what a word does in a quantity.
type role uint16

const (
	small    role = 1 << iota // one to nineteen
	tens                      // twenty to ninety
	hundred                   // hundred
	scale                     // thousand, million, dozen
	short                     // a scale that needs its number right before it: "8k"
	plural                    // dozens, hundreds, tens
	some                      // a few, several: low and high
	article                   // a, an
	half                      // half
	part                      // third, quarters: what a fraction is called by
	multiple                  // doubled, threefold, twice
	zero                      // no
	code                      // a currency's code or name before its number
	calendar                  // begins a calendar expression
	minus                     // minus
	quoted                    // fractions of one character: ½
)

// A word is what a word of the grammar is worth.
type word struct {
	role role
	low  float64
	high float64
}

// The values of words that name no number. A newsroom may argue about them;
// what matters is that they order well and never contradict a count nearby.
const (
	severalLow, severalHigh = 3, 9
	fewLow, fewHigh         = 3, 6
	coupleValue             = 2
	pluralLeast             = 2 // "hundreds" are at least two hundred, "dozens" two dozen
)

var numberWords = map[string]word{
	"zero": {role: small, low: 0}, "one": {role: small, low: 1}, "two": {role: small, low: 2}, "three": {role: small, low: 3},
	"four": {role: small, low: 4}, "five": {role: small, low: 5}, "six": {role: small, low: 6}, "seven": {role: small, low: 7},
	"eight": {role: small, low: 8}, "nine": {role: small, low: 9}, "ten": {role: small, low: 10}, "eleven": {role: small, low: 11},
	"twelve": {role: small, low: 12}, "thirteen": {role: small, low: 13}, "fourteen": {role: small, low: 14}, "fifteen": {role: small, low: 15},
	"sixteen": {role: small, low: 16}, "seventeen": {role: small, low: 17}, "eighteen": {role: small, low: 18}, "nineteen": {role: small, low: 19},
	"twenty": {role: tens, low: 20}, "thirty": {role: tens, low: 30}, "forty": {role: tens, low: 40}, "fourty": {role: tens, low: 40}, "fifty": {role: tens, low: 50},
	"sixty": {role: tens, low: 60}, "seventy": {role: tens, low: 70}, "eighty": {role: tens, low: 80}, "ninety": {role: tens, low: 90},
	"hundred": {role: hundred, low: 100}, "thousand": {role: scale, low: 1e3}, "million": {role: scale, low: 1e6}, "billion": {role: scale, low: 1e9},
	"trillion": {role: scale, low: 1e12}, "dozen": {role: scale, low: 12}, "lakh": {role: scale, low: 1e5}, "lakhs": {role: scale, low: 1e5},
	"crore": {role: scale, low: 1e7}, "crores": {role: scale, low: 1e7}, "mln": {role: scale, low: 1e6}, "mn": {role: scale, low: 1e6},
	"bn": {role: scale, low: 1e9}, "bln": {role: scale, low: 1e9}, "tn": {role: scale, low: 1e12}, "trn": {role: scale, low: 1e12},
	"k": {role: short, low: 1e3}, "b": {role: short, low: 1e9},
	"dozens": {role: plural, low: 12}, "tens": {role: plural, low: 10}, "hundreds": {role: plural, low: 100}, "thousands": {role: plural, low: 1e3},
	"millions": {role: plural | scale, low: 1e6}, "billions": {role: plural | scale, low: 1e9}, "trillions": {role: plural | scale, low: 1e12}, "scores": {role: plural, low: 20},
	"several": {role: some, low: severalLow, high: severalHigh}, "few": {role: some, low: fewLow, high: fewHigh},
	"handful": {role: some, low: fewLow, high: fewHigh}, "couple": {role: some, low: coupleValue, high: coupleValue}, "pair": {role: some, low: coupleValue, high: coupleValue},
	"a": {role: article}, "an": {role: article}, "no": {role: zero}, "none": {role: zero}, "minus": {role: minus},
	"half": {role: half, low: 2}, "halves": {role: part, low: 2}, "third": {role: part, low: 3}, "thirds": {role: part, low: 3}, "quarter": {role: part, low: 4},
	"quarters": {role: part, low: 4}, "fourth": {role: part, low: 4}, "fourths": {role: part, low: 4}, "fifth": {role: part, low: 5}, "fifths": {role: part, low: 5},
	"sixth": {role: part, low: 6}, "sixths": {role: part, low: 6}, "seventh": {role: part, low: 7}, "sevenths": {role: part, low: 7}, "eighth": {role: part, low: 8},
	"eighths": {role: part, low: 8}, "ninth": {role: part, low: 9}, "ninths": {role: part, low: 9}, "tenth": {role: part, low: 10}, "tenths": {role: part, low: 10},
	"twelfth": {role: part, low: 12}, "twelfths": {role: part, low: 12}, "sixteenth": {role: part, low: 16}, "sixteenths": {role: part, low: 16},
	"twentieth": {role: part, low: 20}, "thirtieth": {role: part, low: 30}, "fortieth": {role: part, low: 40}, "fiftieth": {role: part, low: 50},
	"hundredth": {role: part, low: 100}, "hundredths": {role: part, low: 100}, "thousandth": {role: part, low: 1000}, "thousandths": {role: part, low: 1000},
	"twice": {role: multiple, low: 2}, "thrice": {role: multiple, low: 3}, "doubled": {role: multiple, low: 2}, "doubling": {role: multiple, low: 2},
	"tripled": {role: multiple, low: 3}, "tripling": {role: multiple, low: 3}, "trebled": {role: multiple, low: 3}, "trebling": {role: multiple, low: 3},
	"quadrupled": {role: multiple, low: 4}, "quadrupling": {role: multiple, low: 4}, "quintupled": {role: multiple, low: 5},
	"halved": {role: multiple, low: .5}, "halving": {role: multiple, low: .5}, "double": {role: multiple, low: 2}, "triple": {role: multiple, low: 3}, "treble": {role: multiple, low: 3},
	"twofold": {role: multiple, low: 2}, "threefold": {role: multiple, low: 3}, "fourfold": {role: multiple, low: 4}, "fivefold": {role: multiple, low: 5},
	"sixfold": {role: multiple, low: 6}, "sevenfold": {role: multiple, low: 7}, "eightfold": {role: multiple, low: 8}, "ninefold": {role: multiple, low: 9},
	"tenfold": {role: multiple, low: 10}, "hundredfold": {role: multiple, low: 100}, "thousandfold": {role: multiple, low: 1000},
	"ad": {role: calendar}, "a.d.": {role: calendar}, "a.d": {role: calendar}, "first": {role: calendar}, "second": {role: calendar},
}

// fractions are the fractions of one character.
var fractions = map[string]float64{
	"½": 1. / 2, "¼": 1. / 4, "¾": 3. / 4, "⅓": 1. / 3, "⅔": 2. / 3, "⅛": 1. / 8, "⅜": 3. / 8, "⅝": 5. / 8, "⅞": 7. / 8, "⅕": 1. / 5, "⅖": 2. / 5, "⅗": 3. / 5, "⅘": 4. / 5,
}

// unbounded is the high value of "dozens".
var unbounded = math.Inf(1)

// words are numberWords and the codes of currencies.
var words *english.Table[word]

func init() {
	for name := range currencyCodes {
		if _, taken := numberWords[name]; !taken {
			numberWords[name] = word{role: code}
		}
	}
	for name := range millionCodes {
		numberWords[name] = word{role: code}
	}
	numberWords["dollar"] = word{role: code}
	for _, ordinal := range [...]string{"eleventh", "thirteenth", "fourteenth", "fifteenth", "seventeenth", "eighteenth", "nineteenth"} {
		numberWords[ordinal] = word{role: calendar}
	}
	words = english.NewTable(numberWords)
}
