package matrix

import (
	"encoding/json"
	"strings"
	"testing"

	"maunium.net/go/mautrix/event"

	"sourceline/adapters"
)

var bot = names{user: "@sourceline:example.org", display: "Source Line", command: "sourceline"}

func TestAddress(t *testing.T) {
	const pill = `<a href=\"https://matrix.to/#/%40sourceline%3Aexample.org\">Desk bot</a>`
	for _, c := range []struct {
		name, content string
		direct        bool
		text          string
		kind          adapters.Kind
	}{
		{"mention", `{"body":"Source Line: how many?","m.mentions":{"user_ids":["@sourceline:example.org"]}}`, false, "how many?", adapters.Mention},
		{"mention inside", `{"body":"how many, @sourceline:example.org?","m.mentions":{"user_ids":["@sourceline:example.org"]}}`, false, "how many, @sourceline:example.org?", adapters.Mention},
		{"mention by pill", `{"body":"Desk bot: how many?","format":"org.matrix.custom.html","formatted_body":"` + pill + `: how many?","m.mentions":{"user_ids":["@sourceline:example.org"]}}`, false, "how many?", adapters.Mention},
		{"pill in the middle", `{"body":"tell me, Desk bot how many?","format":"org.matrix.custom.html","formatted_body":"tell me, ` + pill + ` how many?","m.mentions":{"user_ids":["@sourceline:example.org"]}}`, false, "tell me,  how many?", adapters.Mention},
		{"empty mentions win over the name", `{"body":"Source Line: how many?","m.mentions":{}}`, false, "Source Line: how many?", ""},
		{"empty mentions win over a pill", `{"body":"Desk bot: x","format":"org.matrix.custom.html","formatted_body":"` + pill + `: x","m.mentions":{}}`, false, "Desk bot: x", ""},
		{"mention of another", `{"body":"Source Line: x","m.mentions":{"user_ids":["@ann:example.org"]}}`, false, "Source Line: x", ""},
		{"room mention", `{"body":"@room x","m.mentions":{"room":true}}`, false, "@room x", ""},
		{"old app, display name", `{"body":"source line, how many?"}`, false, "how many?", adapters.Mention},
		{"old app, local part", `{"body":"sourceline: how many?"}`, false, "how many?", adapters.Mention},
		{"old app, at sign", `{"body":"@sourceline how many?"}`, false, "how many?", adapters.Mention},
		{"old app, ID", `{"body":"@sourceline:example.org how many?"}`, false, "how many?", adapters.Mention},
		{"old app, pill", `{"body":"Desk bot how many?","format":"org.matrix.custom.html","formatted_body":"` + pill + ` how many?"}`, false, "how many?", adapters.Mention},
		{"old app, longer name", `{"body":"sourceliners, how many?"}`, false, "sourceliners, how many?", ""},
		{"old app, name inside", `{"body":"I like sourceline"}`, false, "I like sourceline", ""},
		{"name alone", `{"body":"Source Line","m.mentions":{"user_ids":["@sourceline:example.org"]}}`, false, "", adapters.Mention},
		{"command", `{"body":"!sourceline how many?","m.mentions":{}}`, false, "how many?", adapters.Command},
		{"command alone", `{"body":"!Sourceline"}`, false, "", adapters.Command},
		{"other command", `{"body":"!sourcelines x"}`, false, "!sourcelines x", ""},
		{"described command", `{"body":"/sourceline how many?","m.mentions":{"user_ids":["@sourceline:example.org"]},"org.matrix.msc4391.command":{"command":"sourceline","arguments":{"question":"how many?"}}}`, false, "how many?", adapters.Command},
		{"described command of another bot", `{"body":"/ban x","m.mentions":{"user_ids":["@other:example.org"]},"org.matrix.msc4391.command":{"command":"ban","arguments":{}}}`, false, "/ban x", ""},
		{"direct", `{"body":"how many?","m.mentions":{}}`, true, "how many?", adapters.Direct},
		{"direct with a name", `{"body":"Source Line: how many?"}`, true, "how many?", adapters.Direct},
		{"direct command", `{"body":"!sourceline help"}`, true, "help", adapters.Command},
		{"reply of an old app", `{"body":"> <@ann:example.org> 300\n> people\n\nsourceline: who says so?","m.relates_to":{"m.in_reply_to":{"event_id":"$e"}}}`, false, "who says so?", adapters.Mention},
		{"quotation that is no fallback", `{"body":"> <b> how many?","m.mentions":{}}`, true, "> <b> how many?", adapters.Direct},
	} {
		t.Run(c.name, func(t *testing.T) {
			var content event.MessageEventContent
			if err := json.Unmarshal([]byte(strings.Replace(c.content, "{", `{"msgtype":"m.text",`, 1)), &content); err != nil {
				t.Fatal(err)
			}
			text, kind := bot.address(&content, c.direct)
			if text != c.text || kind != c.kind {
				t.Errorf("got %q as %q, want %q as %q", text, kind, c.text, c.kind)
			}
		})
	}
}

// FuzzAddress: whatever is written, reading it neither fails nor adds words.
func FuzzAddress(f *testing.F) {
	f.Add("Source Line: how many?", `<a href="https://matrix.to/#/@sourceline:example.org">Desk`, true)
	f.Add("> <@a:b> x\n\n!sourceline", "<a href=", false)
	f.Add("\u0130SOURCELINE", "<a", false)
	f.Fuzz(func(t *testing.T, body, formatted string, reply bool) {
		content := &event.MessageEventContent{MsgType: event.MsgText, Body: body, Format: event.FormatHTML, FormattedBody: formatted}
		if reply {
			content.RelatesTo = (&event.RelatesTo{}).SetReplyTo("$e")
		}
		text, _ := bot.address(content, false)
		if len(text) > len(body) {
			t.Errorf("%q of %q", text, body)
		}
	})
}
