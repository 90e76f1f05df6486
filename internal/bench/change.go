package bench

import (
	"math"
	"strconv"
	"strings"

	"sourceline/answers/english"
)

// change writes a text with the story's names and numbers.
func (st *story) change(text string) string {
	var b strings.Builder
	at := 0
	for _, t := range english.Tokens(text, 0) {
		to := t.Text
		switch {
		case t.Kind == english.Number:
			to = st.figure(t.Text)
		case st.source.names[t.Norm]:
			to = written(st.name(t.Norm), t.Case)
		}
		b.WriteString(text[at:t.Start])
		b.WriteString(to)
		at = t.End
	}
	b.WriteString(text[at:])
	return b.String()
}

func written(name string, c english.Case) string {
	switch c {
	case english.Lower:
		return name
	case english.Upper:
		return strings.ToUpper(name)
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// Years and days stay as they are.
const (
	firstYear, lastYear = 1900, 2100
	lastDay             = 31
)

// figure is the number that the story gives where the event gives that one.
func (st *story) figure(digits string) string {
	v, err := strconv.Atoi(strings.ReplaceAll(digits, ",", ""))
	if err != nil || v <= lastDay || !strings.Contains(digits, ",") && v >= firstYear && v < lastYear {
		return digits
	}
	n := strconv.Itoa(max(lastDay+1, int(float64(v)*st.factor)))
	if strings.Contains(digits, ",") {
		for i := len(n) - 3; i > 0; i -= 3 {
			n = n[:i] + "," + n[i:]
		}
	}
	return n
}

// The names of an archive grow with it as the vocabulary of texts does, by a
// power of its size (Heaps' law).
const (
	namesAtFirst = 200
	namesScale   = 40
	namesPower   = 0.7
)

// name is the name that the story gives where the event gives that one.
func (st *story) name(norm string) string {
	if to, ok := st.names[norm]; ok {
		return to
	}
	pool := namesAtFirst + int(namesScale*math.Pow(float64(st.number), namesPower))
	to := invented(st.random.IntN(pool))
	st.names[norm] = to
	return to
}

// The syllables of invented names.
var (
	heads   = strings.Fields("bal cor dar fen gol har jor kel lom mar nor pal quen ros sar tol ul ver wen yor zan bri cle dra fro gri kra pli sto tre")
	middles = strings.Fields("a e i o u ae ia io an en in on un ar er ir or ur al el il ol ul as es is os us")
	tails   = strings.Fields("dor vik ton mere ski berg nov sen ridge tara lund rin dal beck mond vane kov ras tine holm")
)

// invented is the name of that number: another for each.
func invented(n int) string {
	n, tail := n/len(tails), tails[n%len(tails)]
	n, head := n/len(heads), heads[n%len(heads)]
	name := head + middles[n%len(middles)] + tail
	if n /= len(middles); n > 0 {
		name = invented(n-1) + name // more than there are names of three syllables
	}
	return name
}
