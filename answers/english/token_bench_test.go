package english

import "testing"

func BenchmarkTokens(b *testing.B) {
	const text = "The ministry said on Monday that 2,030 soldiers and some 250 vehicles had been sent to the northern provinces, where protesters’ leaders were detained."
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Tokens(text, 0)
	}
}
