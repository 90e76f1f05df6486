package adaptertest

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"sourceline/adapters"
)

// Hostile are texts that an article or a person could bring and that must
// reach the reader as they are: never as a ping, a link, an element or a
// picture. Printers' own tests may use them too.
var Hostile = []string{
	`<!channel> <!here> <!everyone|everyone> attention`,
	`<@U12345678> <#C12345678|general> <!subteam^S123> attention`,
	`@room @channel @here @everyone attention`,
	`@ann:localhost #desk:localhost !room:localhost attention`,
	`https://matrix.to/#/@ann:localhost attention`,
	`<https://evil.example/x|a harmless link> attention`,
	`[click here](https://evil.example/y) ![picture](https://evil.example/z.png) attention`,
	`<a href="https://evil.example/">attention</a> <img src=x onerror=alert(1)>`,
	`<mx-reply>attention</mx-reply> <font color="red">red</font> <details open><summary>x</summary></details>`,
	`</blockquote></code></pre> &lt;b&gt;attention&lt;/b&gt; &amp;amp; &#x202e;`,
	"*bold* _italic_ ~strike~ `code` ```block``` ||spoiler|| attention",
	"# heading\n> quote\n- item\n1. item\n---\n| a | b |\n|---|---|\nattention",
	`:tada: :alert: :+1: attention`,
	`$inline$ $$math$$ \(x\) \*escaped\* attention`,
	`mailto:ann@evil.example tel:+15550100 www.evil.example evil.example/x attention`,
	`"quotes" 'single' \ backslash % percent %s %d \u003c attention`,
	`{"type":"section","text":"attention"}`,
}

// invisible are hostile texts whose invisible characters must be gone, and
// what remains of them.
var invisible = []struct{ text, shown string }{
	{"attention \u202e003 emos\u202c people", "attention 003 emos people"},
	{"attention \u2066\u2067\u2068\u2069\u200e\u200f\u061c300", "attention 300"},
	{"attention \x1b[31m\x07\x00red\x7f\u0085", "attention [31mred"},
	{"attention\u2028and\u2029more", "attention and more"},
}

// hostileReply brings text in every place where an article, a person or a
// file name could have put it.
func hostileReply(text string) *adapters.Reply {
	quote := quoted(text)
	third := len(quote) / 3
	for third > 0 && quote[third]&0xC0 == 0x80 {
		third--
	}
	return &adapters.Reply{Parts: []adapters.Part{
		adapters.Headline{Text: text, Summary: text, Caveat: text},
		adapters.Paragraph{Text: "No article mentions " + text},
		adapters.Quote{Text: quote, Source: adapters.Source{Name: text, Title: text, URL: "javascript:alert('" + text + "')", Line: 1}},
		adapters.Quote{Text: quote, Highlight: [][2]int{{third, len(quote)}}, Label: "withdrawn",
			Source: adapters.Source{Name: "The Daily Post", URL: "https://example.org/fire", Date: text, Line: 2, Attribution: text}},
		adapters.Note{Text: "read “" + text + "” as “attention”"},
		adapters.Choices{Options: []adapters.Choice{{Label: clip(text), Value: "ask:1", Ask: text}}},
	}}
}

// quoted is text as the quotes of a hostileReply have it, unlike the other
// parts, so that a quote that was altered is noticed.
func quoted(text string) string { return "It read " + text + " in full." }

// clip keeps a label within what the contract allows.
func clip(s string) string {
	r := []rune(s)
	return string(r[:min(len(r), 75)])
}

func testHostile(t *testing.T, p Platform) {
	s := fresh(t, p)
	_, m := ask(t, s, question)
	for i, text := range Hostile {
		id := mustPost(t, s, adapters.Outgoing{Key: fmt.Sprint("h", i), Conversation: m.Conversation, Reply: hostileReply(text), Return: m.Return})
		checkHostile(t, p, m.Conversation, id, text, quoted(text))
	}
	for i, c := range invisible {
		id := mustPost(t, s, adapters.Outgoing{Key: fmt.Sprint("i", i), Conversation: m.Conversation, Reply: hostileReply(c.text), Return: m.Return})
		checkHostile(t, p, m.Conversation, id, c.text, quoted(c.shown))
	}
	flood := "attention " + strings.Repeat("🎉", 3000) + strings.Repeat(":tada:", 3000)
	id := mustPost(t, s, adapters.Outgoing{Key: "flood", Conversation: m.Conversation, Reply: hostileReply(flood), Return: m.Return})
	checkHostile(t, p, m.Conversation, id, flood, "attention")
}

// checkHostile checks that the post shows the text and that nothing of it is
// live or invisible.
func checkHostile(t *testing.T, p Platform, c adapters.Conversation, id adapters.PostID, text, shown string) {
	t.Helper()
	for _, post := range p.Posts(t, c) {
		if post.ID != id {
			continue
		}
		for _, live := range post.Live {
			if live != "https://example.org/fire" { // the source's own address
				t.Errorf("%.80q made %q live", text, live)
			}
		}
		if !strings.Contains(squash(post.Text), squash(shown)) {
			t.Errorf("%.80q is not shown as it is:\n%.2000s", text, post.Text)
		}
		for _, r := range post.Text {
			if r != '\n' && r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
				t.Errorf("%.80q brought %U into the post", text, r)
			}
		}
		return
	}
	t.Errorf("post %q of %.80q does not stand", id, text)
}

// squash makes every run of white space one space, as a reader does.
func squash(s string) string { return strings.Join(strings.Fields(s), " ") }
