package matrix

import (
	"encoding/json"
	"flag"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestGolden(t *testing.T) {
	adaptertest.Golden(t, "../testdata/replies", *update, map[string]func(adapters.Reply) string{
		"matrix": func(r adapters.Reply) string {
			return strings.NewReplacer("</p>", "</p>\n", "</blockquote>", "</blockquote>\n", "</ul>", "</ul>\n").Replace(printHTML(adapters.Clean(r)))
		},
	})
}

// TestRelate: an answer stands in the thread of its question, or replies to
// it.
func TestRelate(t *testing.T) {
	for _, c := range []struct{ thread, question, want string }{
		{"", "", "null"},
		{"", "$q", `{"m.in_reply_to":{"event_id":"$q"}}`},
		{"$r", "", `{"rel_type":"m.thread","event_id":"$r","m.in_reply_to":{"event_id":"$r"},"is_falling_back":true}`},
		{"$r", "$q", `{"rel_type":"m.thread","event_id":"$r","m.in_reply_to":{"event_id":"$q"},"is_falling_back":true}`},
	} {
		raw, err := json.Marshal(relate(id.EventID(c.thread), id.EventID(c.question)))
		if err != nil || string(raw) != c.want {
			t.Errorf("thread %q, question %q: %s (%v), want %s", c.thread, c.question, raw, err, c.want)
		}
	}
}

// TestContent: the wire form of a new answer and of an edited one.
func TestContent(t *testing.T) {
	a := &Adapter{}
	reply := adapters.Reply{Parts: []adapters.Part{adapters.Headline{Text: "11", Summary: "people"}}}
	if got, want := encode(t, a.notice(reply, "sl-x")), `{"msgtype":"m.notice","body":"11 · people","format":"org.matrix.custom.html",`+
		`"formatted_body":"\u003cp\u003e\u003cstrong\u003e11\u003c/strong\u003e · people\u003c/p\u003e","m.mentions":{},"org.sourceline.key":"sl-x"}`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	edit := encode(t, a.edit(adapters.Outgoing{Reply: &reply, Replaces: "$p"}, "sl-y"))
	for _, want := range []string{`"body":"* 11 · people"`, `"m.relates_to":{"rel_type":"m.replace","event_id":"$p"}`, `"m.new_content":{"msgtype":"m.notice","body":"11 · people"`} {
		if !strings.Contains(edit, want) {
			t.Errorf("the edit lacks %s: %s", want, edit)
		}
	}
	if n := strings.Count(edit, `"m.mentions":{}`); n != 2 {
		t.Errorf("the edit says %d times that it mentions nobody, want 2: %s", n, edit)
	}
}

// TestSize: the longest answer, new or edited, fits into an event, and says
// what it leaves out.
func TestSize(t *testing.T) {
	a := &Adapter{}
	reply := adapters.Reply{Parts: []adapters.Part{adapters.Headline{Text: "11", Summary: "people"}}}
	for range 500 {
		reply.Parts = append(reply.Parts, adapters.Quote{Text: strings.Repeat("it's <so> & so, ", 40), Source: adapters.Source{Name: "The Daily Post", Line: 3}})
	}
	for name, c := range map[string]*content{"new": a.notice(reply, "sl-x"), "edit": a.edit(adapters.Outgoing{Reply: &reply, Replaces: "$p"}, "sl-y")} {
		raw := encode(t, c)
		if len(raw) > maxContent+2_000 {
			t.Errorf("%s: %d bytes", name, len(raw))
		}
		if !strings.Contains(raw, "more lines") {
			t.Errorf("%s does not say that lines are left out", name)
		}
	}
}

func encode(t *testing.T, c *content) string {
	t.Helper()
	raw, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// FuzzInert: text stays the same text, makes no element but code and br, and
// what is outside of code is no address, ID or @room.
func FuzzInert(f *testing.F) {
	for _, text := range adaptertest.Hostile {
		f.Add(text)
	}
	f.Add("https://matrix.to/#/@ann:localhost and http://a.b\n@room")
	f.Fuzz(func(t *testing.T, text string) {
		text = adapters.CleanText(text)
		var read strings.Builder
		z := html.NewTokenizer(strings.NewReader(inert(text)))
		code := false
		for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
			token := z.Token()
			switch {
			case kind == html.TextToken:
				read.WriteString(token.Data)
				if !code && (strings.Contains(token.Data, "://") || strings.Contains(token.Data, "@room") && !wordAfter(token.Data, "@room")) {
					t.Errorf("%q is live in %q", token.Data, text)
				}
			case token.Data == "br":
				read.WriteString("\n")
			case token.Data == "code" && len(token.Attr) == 0:
				code = kind == html.StartTagToken
			default:
				t.Fatalf("%q made %v", text, token)
			}
		}
		if read.String() != text {
			t.Errorf("%q reads %q", text, read.String())
		}
	})
}

// wordAfter reports whether a letter or digit follows the first s in text.
func wordAfter(text, s string) bool {
	_, after, _ := strings.Cut(text, s)
	for _, r := range after {
		return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
	}
	return false
}
