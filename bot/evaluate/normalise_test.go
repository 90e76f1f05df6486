package evaluate

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNormalise(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"The 2,030 troops.", []string{"2030", "troops"}},
		{"“2.5 percent” – a rise", []string{"2.5", "percent", "rise"}},
		{"U.S. five-day $40", []string{"us", "fiveday", "40"}},
		{"", []string{}},
	}
	for _, test := range tests {
		got := normalise(test.text)
		if len(got) == 0 && len(test.want) == 0 {
			continue
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%q (-want +got)\n%s", test.text, diff)
		}
	}
}

func TestIn(t *testing.T) {
	tests := []struct {
		text, part string
		want       bool
	}{
		{"some 2,030 personnel", "2,030", true},
		{"some 2,030 personnel", "2030", true},
		{"some 2,030 personnel", "030", false},
		{"some 2,030 personnel", "2", false},
		{"164 people", "16", false},
		{"more than 160", "More than 160", true},
		{"the Interior Ministry", "interior ministry", true},
		{"one ministry of the interior", "interior ministry", false},
		{"anything", "the", false},
	}
	for _, test := range tests {
		if got := in(test.text, test.part); got != test.want {
			t.Errorf("in(%q, %q) = %v, want %v", test.text, test.part, got, test.want)
		}
	}
}

func TestTokenF1(t *testing.T) {
	tests := []struct {
		a, b string
		want float64
	}{
		{"the fuel price", "fuel price", 1},
		{"fuel price rise", "fuel", 0.5},
		{"fuel", "bread", 0},
		{"fuel fuel", "fuel", 2.0 / 3},
	}
	for _, test := range tests {
		if got := tokenF1(test.a, test.b); !equal(got, test.want) {
			t.Errorf("tokenF1(%q, %q) = %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

func TestWithoutHedge(t *testing.T) {
	for text, want := range map[string]string{
		"some 2,030": "2,030", "More than 160": "160", "a little more than 5": "5", "someone": "someone", "three": "three",
	} {
		if got := withoutHedge(text); got != want {
			t.Errorf("withoutHedge(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	tests := []struct {
		text string
		want []float64
	}{
		{"2,030 soldiers and 250 vehicles", []float64{2030, 250}},
		{"two to three billion dollars", []float64{2, 3e9}},
		{"one hundred and twenty-five", []float64{125}},
		{"two hundred thousand", []float64{200000}},
		{"1.5 million", []float64{1.5e6}},
		{"sixteen, 3", []float64{16, 3}},
		{"FIFTY", []float64{50}},
		{"the 40th of 200lbs", []float64{40, 200}},
		{"a thousand three hundred", []float64{1300}},
		{"nobody", nil},
		{"nineteen eighty", []float64{19, 80}},
		{"a dozen", []float64{12}},
	}
	for _, test := range tests {
		if diff := cmp.Diff(test.want, numbers(test.text)); diff != "" {
			t.Errorf("%q (-want +got)\n%s", test.text, diff)
		}
	}
}

func FuzzNumbers(f *testing.F) {
	f.Add("two to three billion, 2.5 and 1,000th")
	f.Fuzz(func(t *testing.T, text string) {
		numbers(text)
		normalise(text)
		if !in(text+" end", "end") {
			t.Errorf("a last word is not found in %q", text)
		}
	})
}
