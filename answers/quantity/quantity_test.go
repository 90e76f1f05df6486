package quantity

import (
	"fmt"
	"strings"
	"testing"

	"sourceline/answers/english"
)

// show prints a quantity on one line: its words, values, bound and unit.
func show(q Quantity) string {
	s := fmt.Sprintf("%s=%g", q.Text, q.Low)
	if q.High != q.Low {
		s += fmt.Sprintf("..%g", q.High)
	}
	if q.Bound != Exact {
		s += " " + string(q.Bound)
	}
	if q.Strict {
		s += "<>"
	}
	if q.Vague {
		s += " vague"
	}
	if q.Unit.Kind != Count {
		s += " " + string(q.Unit.Kind)
	}
	if q.Unit.Name != "" && q.Unit.Name != string(q.Unit.Kind) {
		s += " [" + q.Unit.Name + "]"
	}
	return s
}

func found(text string) string {
	var out []string
	for _, q := range Find(text, english.Tokens(text, 0)) {
		out = append(out, show(q))
	}
	return strings.Join(out, " | ")
}

func TestFind(t *testing.T) {
	for _, test := range findTests {
		if got := found(test.text); got != test.want {
			t.Errorf("Find(%q)\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

var findTests = []struct{ text, want string }{
	// Digits.
	{"Nearly 8,000 people were detained.", "Nearly 8,000=8000 about"},
	{"some 2,030 personnel", "some 2,030=2030 about"},
	{"7.939 people were detained", "7.939=7939"},
	{"7\u00a0939 people, 12\u202f500 homes", "7\u00a0939=7939 | 12\u202f500=12500"},
	{"1.234.567 votes and 3.14 of it", "1.234.567=1.234567e+06 | 3.14=3.14"},
	{"10, 000 monkeys", "10, 000=10000"},
	{"1.5 million refugees", "1.5 million=1.5e+06"},
	{"8k followers, 2bn views, 3m people", "8k=8000 | 2bn=2e+09 | 3m=3e+06"},
	{"ABOUT 50 PEASANTS", "ABOUT 50=50 about"},
	// Words.
	{"sixteen members", "sixteen=16"},
	{"one hundred and twenty-three people", "one hundred and twenty-three=123"},
	{"two to three billion dollars", "two to three billion dollars=2e+09..3e+09 money [dollar]"},
	{"a dozen men, dozens of women, tens of thousands of children", "a dozen=12 | dozens=24..+Inf about vague | tens of thousands=20000..+Inf about vague"},
	{"several shops and a couple of bars", "several=3..9 about vague | a couple of=2 about vague"},
	{"half a million people", "half a million=500000"},
	{"two-thirds of voters, one in four children", "two-thirds=0.6666666666666666 share | one in four=0.25 share"},
	{"THREE SUBVERSIVES WERE KILLED AND SEVEN OTHERS", "THREE=3 | SEVEN=7"},
	{"hundreds were hurt", "hundreds=200..+Inf about vague"},
	{"a hundred and five men", "a hundred and five=105"},
	{"two hundred and three hundred", "two hundred=200 | three hundred=300"},
	{"half of them, half the slaves, the second half", "half=0.5 share | half=0.5 share"},
	{"a third of the population, a third man", "a third=0.3333333333333333 share"},
	// Money.
	{"$94,000 and US$ 3m", "$94,000=94000 money [dollar] | US$ 3m=3e+06 money [dollar]"},
	{"€2.5bn, 420 million finnish markka", "€2.5bn=2.5e+09 money [euro] | 420 million finnish markka=4.2e+08 money [finnish markka]"},
	{"$5 to $10 million", "$5 to $10 million=5e+06..1e+07 money [dollar]"},
	{"$98 a share, 64.2 cents a dozen", "$98 a share=98 money [dollar per share] | 64.2 cents a dozen=64.2 money [cent per dozen]"},
	// Units.
	{"12 per cent, 3 percentage points, 27 %", "12 per cent=12 percent [percentage] | 3 percentage points=3 percent [percentage point] | 27 %=27 percent [percentage]"},
	{"Temperatures reached 48.6C and 105F; it was minus 20C.", "48.6C=48.6 temperature [celsius] | 105F=105 temperature [fahrenheit] | minus 20C=-20 temperature [celsius]"},
	{"Gate 35C opened.", ""},
	{"The toll passed from 31 to 47 deaths.", "31=31 | 47=47"},
	{"Prices rose 7.5pc.", "7.5pc=7.5 percent [percentage]"},
	{"200lbs, 75ml, 3-inch, 40 degrees Celsius", "200lbs=200 weight [pound-mass] | 75ml=75 volume [millilitre] | 3-inch=3 length [inch] | 40 degrees Celsius=40 temperature [celsius]"},
	{"the 81-year-old man, aged 34, five years old", "81-year-old=81 age [year of age] | aged 34=34 age [year of age] | five years old=5 age [year of age]"},
	{"two men, aged 33 and 45, were held", "two=2 | aged 33=33 age [year of age] | 45=45 age [year of age]"},
	{"two men, aged 33, and 45 others", "two=2 | aged 33=33 age [year of age] | 45=45"},
	{"a man of 46 years; Ann Smith, 54 years, said", "46 years=46 age [year of age] | 54 years=54 age [year of age]"},
	{"a term of 46 years", "46 years=46 duration [year]"},
	{"was fined 40,000 pounds; 40,000 pounds of beef", "40,000 pounds=40000 money [pound sterling] | 40,000 pounds=40000 weight [pound-mass]"},
	{"about one in 40 patients", "about one in 40=0.025 about share"},
	{"Ann Smith, 34, said", "34=34 age [year of age]"},
	{"a five-day hiatus after 30 years", "five-day=5 duration [day] | 30 years=30 duration [year]"},
	{"two and a half hours, an hour and a half", "two and a half hours=2.5 duration [hour] | an hour and a half=1.5 duration [hour]"},
	{"a near-doubling, more than doubled, twice as many, a threefold rise", "near-doubling=2 about multiple | more than doubled=2 at least<> multiple | twice=2 multiple [count] | threefold=3 multiple"},
	{"magnitude 7.8, a 7.8-magnitude quake", "magnitude 7.8=7.8 magnitude | 7.8-magnitude=7.8 magnitude"},
	// Ranges.
	{"between 30 and 40 people", "between 30 and 40=30..40"},
	{"5,000 to 30,000 men, 10-15 people", "5,000 to 30,000=5000..30000 | 10-15=10..15"},
	{"rose to 17 from 14", "17=17 | 14=14"},
	{"rose from 14 to 17; from 12 to 17 children", "14=14 | 17=17 | 12 to 17=12..17"},
	{"eight to 10 feet tall", "eight to 10 feet=8..10 length [foot]"},
	{"five to seven hundred men, 20–25,000 seats, 10,000–9,000 BP", "five to seven hundred=500..700 | 20–25,000=20000..25000 | 10,000=10000"},
	{"fell $1.45 to $44.10, up 5 to 10 per cent", "$1.45=1.45 money [dollar] | $44.10=44.1 money [dollar] | 5 to 10 per cent=5..10 percent [percentage]"},
	{"tens of millions of dollars, a quarter of a million, one million and a half", "tens of millions of dollars=2e+07..+Inf about vague money [dollar] | a quarter of a million=250000 | one million and a half=1.5e+06"},
	// Hedges.
	{"more than 160 deaths", "more than 160=160 at least<>"},
	{"just over 2,000 troops", "just over 2,000=2000 at least<>"},
	{"at least 5, up to 6, fewer than 7, 8 or more, 9+ dead", "at least 5=5 at least | up to 6=6 at most | fewer than 7=7 at most<> | 8 or more=8 at least | 9+=9 at least"},
	{"as many as 50, no fewer than 60, no more than 70", "as many as 50=50 at most | no fewer than 60=60 at least | no more than 70=70 at most"},
	// One, no.
	{"one of the wounded; no one; one another; one soldier", "one=1 | one=1"},
	{"no rescue workers were hurt; no longer; no doubt", "no=0"},
	// None.
	{"in 2019, the 2004 election, Jan. 2, 3 JAN 90, January 10th", ""},
	{"at 8 p.m., 08:00, the 1990s, the 19th century", ""},
	{"Flight 370, No. 4, NO.4, Article 5, M-16, 3D INFANTRY BRIGADE, Detachment 4", ""},
	{"won 3-1, call 555-1234, (1) first, the 21st, twenty-first", ""},
	{"COVID-19, MH370, G20, 9/11, 24/7, 7-Eleven, one-on-one, one by one, 5'10\"", ""},
	{"leaders of the Group of Seven who were meeting near the sea talked about Windows 7, at 1155 Broadway", ""},
}

func TestParse(t *testing.T) {
	tests := []struct{ text, want string }{
		{"nearly 8,000", "nearly 8,000=8000 about"},
		{"2019", "2019=2019"},
		{"some 2,030 personnel", ""},
		{"", ""},
		{"between 30 and 40", "between 30 and 40=30..40"},
		{"no", "no=0"},
		{"dozens", "dozens=24..+Inf about vague"},
	}
	for _, test := range tests {
		got := ""
		if q, ok := Parse(test.text); ok {
			got = show(q)
		}
		if got != test.want {
			t.Errorf("Parse(%q) = %s, want %s", test.text, got, test.want)
		}
	}
}

func TestCompatible(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"nearly 8,000", "7,939", true}, {"164", "more than 160", true}, {"just over 2,000", "2,030", true},
		{"2,000", "6,000", false}, {"nearly 8,000", "nearly 6,000", false}, {"16", "17", false}, {"8,000", "7,939", true},
		{"more than 2,000", "1,600", false}, {"5 years", "5 months", false}, {"a third", "33%", true}, {"dozens", "164", true},
		{"dozens", "3", false}, {"fewer than 100", "90", true}, {"fewer than 100", "120", false}, {"between 30 and 40", "35", true},
		{"20", "21", false}, {"$3m", "3 million dollars", true},
	}
	for _, test := range tests {
		a, ok1 := Parse(test.a)
		b, ok2 := Parse(test.b)
		if !ok1 || !ok2 {
			t.Errorf("Parse(%q), Parse(%q) = %v, %v", test.a, test.b, ok1, ok2)
		}
		if got := a.Compatible(b); got != test.want {
			t.Errorf("%q compatible with %q = %v, want %v", test.a, test.b, got, test.want)
		}
		if a.Compatible(b) != b.Compatible(a) {
			t.Errorf("%q, %q: not symmetric", test.a, test.b)
		}
	}
}

func TestPrecision(t *testing.T) {
	order := []string{"7,939", "8,000", "some 2,030", "nearly 8,000", "two to three billion", "dozens"}
	for i := range order[1:] {
		a, _ := Parse(order[i])
		b, _ := Parse(order[i+1])
		if a.Precision() <= b.Precision() {
			t.Errorf("precision of %q = %d, of %q = %d", order[i], a.Precision(), order[i+1], b.Precision())
		}
	}
}
