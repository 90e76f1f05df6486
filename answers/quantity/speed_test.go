package quantity

import (
	"strings"
	"testing"

	"sourceline/answers/english"
)

// prose is news with few numbers, as most of it is.
const prose = `The governor of the province said late on Thursday that the river had burst its banks above the old bridge and that people living in the lower part of the town had been told to leave their homes before nightfall. ` +
	`Rescue teams from three neighbouring districts were sent to the area, and the army put two helicopters at their disposal. ` +
	`"We have never seen anything like it," the mayor told reporters outside the town hall, where volunteers were handing out blankets, food and drinking water to those who had spent the night in the open. ` +
	`Meteorologists expect the rain to ease by the weekend, but warned that the ground was so wet that even a short shower could set off landslides. `

func BenchmarkFind(b *testing.B) {
	text := strings.Repeat(prose, 20)
	tokens := english.Tokens(text, 0)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(text, tokens)
	}
}

func BenchmarkFindNumbers(b *testing.B) {
	var all strings.Builder
	for _, test := range findTests {
		all.WriteString(test.text + ". ")
	}
	text := all.String()
	tokens := english.Tokens(text, 0)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Find(text, tokens)
	}
}

func BenchmarkTokens(b *testing.B) { // for comparison: what Find stands on
	text := strings.Repeat(prose, 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		english.Tokens(text, 0)
	}
}
