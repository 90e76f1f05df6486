package bot

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLineReader(t *testing.T) {
	long := strings.Repeat("x", 3*maxLine)
	tests := []struct {
		in   string
		want []string
	}{
		{"", nil},
		{"one", []string{"one"}},
		{"one\r\n\ntwo\n", []string{"one", "", "two"}},
		{long + "\nnext", []string{long[:maxLine], "next"}},
		{long, []string{long[:maxLine]}},
	}
	for _, test := range tests {
		lines := newLineReader(strings.NewReader(test.in))
		var got []string
		for {
			line, err := lines.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, line)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%.20q (-want +got)\n%s", test.in, diff)
		}
	}
}

// TestSameBytes holds that the same question to the same articles prints the
// same bytes, in every way of printing.
func TestSameBytes(t *testing.T) {
	for _, command := range []string{"ask", "ask --all", "explain"} {
		for _, question := range []string{"how many CSTO troops?", "death toll?", "why did the protests start?", "how many NATO troops?"} {
			var first string
			for i := range 3 {
				var out strings.Builder
				args := append(strings.Fields(command), question)
				if _, err := Main(t.Context(), args, strings.NewReader(""), &out, &out, ""); err != nil {
					t.Fatal(err)
				}
				if i == 0 {
					first = out.String()
				} else if diff := cmp.Diff(first, out.String()); diff != "" {
					t.Errorf("%s %q (-first +later)\n%s", command, question, diff)
				}
			}
		}
	}
}
