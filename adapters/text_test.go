package adapters_test

import (
	"encoding/json"
	"flag"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestText(t *testing.T) {
	text := func(o adapters.TextOptions) func(adapters.Reply) string {
		return func(r adapters.Reply) string { return adapters.Text(&r, o) }
	}
	adaptertest.Golden(t, "testdata/replies", *update, map[string]func(adapters.Reply) string{
		"plain":  text(adapters.TextOptions{}),
		"narrow": text(adapters.TextOptions{Width: 40}),
		"colour": func(r adapters.Reply) string {
			return strings.ReplaceAll(adapters.Text(&r, adapters.TextOptions{Width: 80, Color: true}), "\x1b", "ESC")
		},
	})
}

func TestTextOfNothing(t *testing.T) {
	if got := adapters.Text(nil, adapters.TextOptions{}); got != "" {
		t.Errorf("nil prints as %q", got)
	}
	if got := adapters.Text(&adapters.Reply{}, adapters.TextOptions{}); got != "" {
		t.Errorf("an empty reply prints as %q", got)
	}
}

// everyReply is a reply with text in every place, and a highlight from a to b.
func everyReply(text string, a, b int) adapters.Reply {
	return adapters.Reply{Parts: []adapters.Part{
		adapters.Headline{Text: text, Summary: text, Caveat: text},
		adapters.Paragraph{Text: text},
		adapters.Quote{Text: text, Highlight: highlight(text, a, b), Label: text,
			Source: adapters.Source{Name: text, Title: text, URL: text, Date: text, Line: 7, Attribution: text}},
		adapters.Note{Text: text},
		adapters.Choices{Options: []adapters.Choice{{Label: text, Value: text, Ask: text}}},
	}}
}

func highlight(text string, a, b int) [][2]int {
	if a < 0 || b <= a || b > len(text) {
		return nil
	}
	return [][2]int{{a, b}}
}

func seed(f *testing.F) {
	for _, s := range adaptertest.Hostile {
		f.Add(s, 1, 5, 40)
	}
	f.Add("some 2,030 people\r\nleft \u202ehere\u2028now \x1b[31m", 5, 10, 12)
	f.Add("三千人 👨‍👩‍👧‍👦 e\u0301 \xff\xfe", 0, 3, 3)
	f.Add("", 0, 0, 0)
}

var ansi = regexp.MustCompile("\x1b\\[[0-9]m")

// FuzzText: no text makes a line wider than asked for, brings a control
// character, or changes otherwise than at white space.
func FuzzText(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string, a, b, width int) {
		width = 10 + (width%100+100)%100
		r := everyReply(text, a, b)
		plain := adapters.Text(&r, adapters.TextOptions{Width: width})
		for line := range strings.SplitSeq(plain, "\n") {
			if w := uniseg.StringWidth(line); w > width && uniseg.GraphemeClusterCount(line) > 3 {
				t.Errorf("%q is %d cells wide, want %d at most", line, w, width)
			}
		}
		colour := adapters.Text(&r, adapters.TextOptions{Width: width, Color: true})
		for _, got := range []string{plain, ansi.ReplaceAllString(colour, "")} {
			if i := strings.IndexFunc(got, func(r rune) bool {
				return r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
			}); i >= 0 {
				t.Errorf("byte %d of %q is a control character", i, got)
			}
			if !utf8.ValidString(got) {
				t.Errorf("%q is not UTF-8", got)
			}
		}
		quote := adapters.Text(&adapters.Reply{Parts: []adapters.Part{adapters.Quote{Text: text}}}, adapters.TextOptions{Width: width})
		if got, want := solid(unquote(quote)), solid(adapters.CleanText(text)); got != want {
			t.Errorf("quote %q prints as %q", text, quote)
		}
	})
}

// unquote takes the mark of a quote from each line.
func unquote(s string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(s, "\n") {
		b.WriteString(strings.TrimPrefix(line, "> ") + "\n")
	}
	return b.String()
}

// solid is s without white space.
func solid(s string) string { return strings.Join(strings.Fields(s), "") }

func TestCleanText(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"some 2,030 people\tleft\n", "some 2,030 people\tleft\n"},
		{"Zürich – “soon” 👨‍👩‍👧‍👦 می\u200cشود", "Zürich – “soon” 👨‍👩‍👧‍👦 می\u200cشود"}, // joiners are part of words
		{"a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"},
		{"\x1b[31mred\x07\x7f\u009b", "[31mred"},
		{"\u202e003\u202c \u2066x\u2069\u200e\u200f\u061c", "003 x"},
		{"a\xffb\xf0\x9f", "a\uFFFDb\uFFFD\uFFFD"},
	} {
		if got := adapters.CleanText(c.in); got != c.want {
			t.Errorf("CleanText(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestCleanAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://example.org/a?b=c#d":    "https://example.org/a?b=c#d",
		"http://example.org":             "http://example.org",
		"javascript:alert(1)":            "",
		"/local":                         "",
		"https:///path":                  "",
		"https://example.org/a b":        "",
		"https://example.org/>|x":        "",
		"https://example.org/\u202ecom":  "",
		"HTTPS://example.org/upper":      "HTTPS://example.org/upper",
		"data:text/html,<b>x</b>":        "",
		"https://example.org/\"onclick=": "",
	} {
		r := adapters.Clean(adapters.Reply{Parts: []adapters.Part{adapters.Quote{Source: adapters.Source{URL: in}}}})
		if got := r.Parts[0].(adapters.Quote).Source.URL; got != want {
			t.Errorf("address %q is cleaned to %q, want %q", in, got, want)
		}
	}
}

// FuzzClean: what is highlighted stays the same text, cleaned; cleaning twice
// is cleaning once; a reply survives JSON.
func FuzzClean(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, text string, a, b, _ int) {
		r := everyReply(text, a, b)
		clean := adapters.Clean(r)
		q, was := clean.Parts[2].(adapters.Quote), r.Parts[2].(adapters.Quote)
		for i, h := range q.Highlight {
			if len(was.Highlight) != 1 {
				t.Fatalf("highlight %v of %q became %v", was.Highlight, text, q.Highlight)
			}
			if got, want := q.Text[h[0]:h[1]], adapters.CleanText(text[a:b]); got != want {
				t.Errorf("highlight %d of %q is %q, want %q", i, text, got, want)
			}
		}
		if diff := cmp.Diff(clean, adapters.Clean(clean)); diff != "" {
			t.Errorf("cleaning %q twice changes it:\n%s", text, diff)
		}
		data, err := json.Marshal(clean)
		if err != nil {
			t.Fatal(err)
		}
		var back adapters.Reply
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(stripValues(clean), stripValues(back)); diff != "" {
			t.Errorf("%q does not survive JSON:\n%s", text, diff)
		}
	})
}

// stripValues drops buttons' values, which need not be UTF-8 in this fuzz test.
func stripValues(r adapters.Reply) adapters.Reply {
	for i, p := range r.Parts {
		if c, ok := p.(adapters.Choices); ok {
			for j := range c.Options {
				c.Options[j].Value = ""
			}
			r.Parts[i] = c
		}
	}
	return r
}

func TestReplyJSONErrors(t *testing.T) {
	for _, in := range []string{`[{}]`, `[{"song":{}}]`, `{}`, `[`} {
		var r adapters.Reply
		if err := json.Unmarshal([]byte(in), &r); err == nil {
			t.Errorf("%s is read as %+v, want an error", in, r)
		}
	}
	if _, err := json.Marshal(adapters.Reply{Parts: []adapters.Part{&adapters.Note{}}}); err == nil {
		t.Error("a pointer part is written, want an error")
	}
}

// TestTextOfChoicesNobodyCanType: nothing is printed of them, no empty line.
func TestTextOfChoicesNobodyCanType(t *testing.T) {
	r := &adapters.Reply{Parts: []adapters.Part{
		adapters.Paragraph{Text: "Yes."}, adapters.Choices{Options: []adapters.Choice{{Label: "👍", Value: "up:"}}},
	}}
	if got := adapters.Text(r, adapters.TextOptions{}); got != "Yes.\n" {
		t.Errorf("Text is %q", got)
	}
}
