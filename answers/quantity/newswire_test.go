package quantity

import (
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"sourceline/answers/english"
)

// What Find reaches at least on testdata/newswire.txt.
const (
	leastNewsValueF1 = .98
	leastNewsAllF1   = .97
)

// A newsSentence is a sentence and the quantities that it has.
type newsSentence struct {
	text string
	want []string
}

// TestNewswire scores Find by the F1 of values, and of values with their
// bounds and units, over sentences of news.
func TestNewswire(t *testing.T) {
	var values, all score
	for _, s := range newsSentences(t, "testdata/newswire.txt") {
		tokens := english.Tokens(s.text, 0)
		quantities := Find(s.text, tokens)
		met := make([]bool, len(s.want))
		values = values.plus(score{0, len(quantities), len(s.want)})
		all = all.plus(score{0, len(quantities), len(s.want)})
		for _, q := range quantities {
			k, whole := bestWant(s.want, met, tokens, q)
			if k >= 0 {
				met[k] = true
				values.right++
			}
			if whole {
				all.right++
			} else {
				t.Logf("found %s %q in %q", show(q), benchUnit(tokens, q), s.text)
			}
		}
		for k, isMet := range met {
			if !isMet {
				t.Logf("missed %s in %q", s.want[k], s.text)
			}
		}
	}
	t.Logf("values %v, with bound and unit %v", values, all)
	if values.f1() < leastNewsValueF1 || all.f1() < leastNewsAllF1 {
		t.Errorf("F1 of values %.3f, with bound and unit %.3f; want at least %v and %v", values.f1(), all.f1(), leastNewsValueF1, leastNewsAllF1)
	}
}

// newsSentences reads a file of sentences, each with its quantities on
// indented lines below it.
func newsSentences(t *testing.T, file string) (sentences []newsSentence) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		want, indented := strings.CutPrefix(line, "\t")
		switch {
		case strings.HasPrefix(line, "#"), want == "none":
		case !indented:
			sentences = append(sentences, newsSentence{text: line})
		default:
			last := &sentences[len(sentences)-1]
			last.want = append(last.want, want)
		}
	}
	return sentences
}

// bestWant is the wanted quantity with the value of q that is not met yet, one
// with its bound and unit first; -1 where none is.
func bestWant(want []string, met []bool, tokens []english.Token, q Quantity) (best int, whole bool) {
	best = -1
	for k, w := range want {
		value, unit, _ := strings.Cut(w, " ")
		bound := Exact
		for mark, b := range map[string]Bound{"~": About, ">": AtLeast, "<": AtMost} {
			if strings.HasPrefix(value, mark) || unit == mark || strings.HasPrefix(unit, mark+" ") {
				bound, value, unit = b, strings.TrimPrefix(value, mark), strings.TrimLeft(strings.TrimPrefix(unit, mark), " ")
			}
		}
		if met[k] || !newsValue(q, value) {
			continue
		}
		if q.Bound == bound && newsUnit(tokens, q, unit) {
			return k, true
		}
		if best < 0 {
			best = k
		}
	}
	return best, false
}

func newsValue(q Quantity, value string) bool {
	low, high, isRange := strings.Cut(value, "..")
	if !isRange {
		high = low
	}
	a, errA := strconv.ParseFloat(low, 64)
	b, errB := strconv.ParseFloat(high, 64)
	near := func(x, y float64) bool { return x == y || math.Abs(x-y) <= .001*math.Abs(y) }
	return errA == nil && errB == nil && near(q.Low, a) && near(q.High, b)
}

// newsUnit reports whether a quantity has a unit, a counted noun ("n:people")
// or, where none is written, no unit of measure.
func newsUnit(tokens []english.Token, q Quantity, want string) bool {
	if noun, ok := strings.CutPrefix(want, "n:"); ok {
		_, counted := CountedNoun(tokens, q)
		return counted == noun || strings.HasSuffix(counted, " "+noun)
	}
	if want == string(Share) || want == string(Multiple) || want == string(Magnitude) {
		return string(q.Unit.Kind) == want
	}
	return q.Unit.Name == want
}
