package slack

import (
	"encoding/json"
	"strings"
	"testing"

	"sourceline/adapters"
	"sourceline/adapters/adaptertest"
	"sourceline/adapters/slack/slacktest"
)

// TestGolden holds the printing of the replies common to all adapters, and of
// those in the documentation, to golden files.
func TestGolden(t *testing.T) {
	for _, dir := range []string{"testdata/pictures", "../testdata/replies"} {
		adaptertest.Golden(t, dir, *update, map[string]func(adapters.Reply) string{
			"slack.json": func(r adapters.Reply) string { p := printer{key: "key"}; return indented(t, p.print(r)) },
			"slack.txt":  func(r adapters.Reply) string { return fallback(r, maxFallback) },
		})
	}
}

// TestPrintWithinLimits holds every reply, however long or hostile, to Slack's
// limits and to bringing nothing to life.
func TestPrintWithinLimits(t *testing.T) {
	for name, r := range manyReplies(t) {
		checkPrinting(t, name, r)
	}
}

// checkPrinting holds the blocks and texts of a reply to what is promised of
// each.
func checkPrinting(t testing.TB, name string, r adapters.Reply) {
	t.Helper()
	for _, tab := range []bool{false, true} {
		p := printer{key: "key", tab: tab}
		blocks := blocksJSON(t, p.print(r))
		if string(blocks) == "null" {
			continue // a reply that says nothing
		}
		if err := slacktest.CheckBlocks(blocks); err != nil {
			t.Errorf("%s: Slack would refuse the blocks: %v", name, err)
		}
		checkInert(t, name, slacktest.Post{Blocks: blocks})
	}
	for _, limit := range []int{maxFallback, maxShort, maxBare} {
		text := fallback(r, limit)
		if n := length(text); n > limit || n == 0 {
			t.Errorf("%s: the text has %d characters, want 1 to %d", name, n, limit)
		}
		checkInert(t, name, slacktest.Post{Text: text})
	}
}

// checkInert: of all that a post shows only links to https and http addresses,
// which are those of sources, may be live.
func checkInert(t testing.TB, name string, p slacktest.Post) {
	t.Helper()
	_, live := p.Shown()
	for _, l := range live {
		if len(p.Blocks) == 0 || !strings.HasPrefix(l, "http://") && !strings.HasPrefix(l, "https://") || strings.ContainsAny(l, "<> |") {
			t.Errorf("%s: %q is live", name, l)
		}
	}
}

func FuzzPrint(f *testing.F) {
	for _, text := range adaptertest.Hostile {
		f.Add(text, 0, 5)
	}
	f.Add("\xff\xfe 5", 1, 2)
	f.Fuzz(func(t *testing.T, text string, from, to int) {
		r := everywhere(text)
		q := r.Parts[2].(adapters.Quote)
		q.Highlight = [][2]int{{from, to}}
		r.Parts[2] = q
		checkPrinting(t, text, r)
	})
}

// TestHeadlineStaysTogether: the caveat is beside the figure, whatever becomes
// of the summary.
func TestHeadlineStaysTogether(t *testing.T) {
	long := strings.Repeat("and so on ", 20)
	for _, c := range []struct{ name, text, summary, caveat string }{
		{"short", "164", "people killed", "withdrawn"},
		{"long summary", "164", long, "withdrawn"},
		{"long figure", long, "people killed", "withdrawn"},
		{"no figure", "", "No article mentions it.", ""},
	} {
		p := printer{}
		first, err := json.Marshal(p.print(adapters.Reply{Parts: []adapters.Part{adapters.Headline{Text: c.text, Summary: c.summary, Caveat: c.caveat}}})[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{strings.TrimSpace(c.text), c.caveat} {
			if !strings.Contains(string(first), want) {
				t.Errorf("%s: the first block lacks %q: %s", c.name, want, first)
			}
		}
	}
}

func TestChoices(t *testing.T) {
	label := strings.Repeat("x", 80)
	p := printer{key: strings.Repeat("k", 300)}
	p.choices([]adapters.Choice{
		{Label: "Good", Value: "up:1"}, {Label: label, Value: "ask:1"}, {Label: "", Value: "nothing"},
		{Label: "too much", Value: strings.Repeat("v", 2001)}, {Label: "👎", Value: "down:1"},
	})
	got := string(blocksJSON(t, p.blocks))
	if err := slacktest.CheckBlocks(json.RawMessage(got)); err != nil {
		t.Error(err)
	}
	for _, want := range []string{`"feedback_buttons"`, `"accessibility_label":"Bad answer"`, `"up:1"`, `"down:1"`, `"ask:1"`, `"accessibility_label":"` + strings.Repeat("x", 74) + `…"`} {
		if !strings.Contains(got, want) {
			t.Errorf("the buttons lack %s: %s", want, got)
		}
	}
	for _, not := range []string{"nothing", "too much"} {
		if strings.Contains(got, not) {
			t.Errorf("%s is a button: %s", not, got)
		}
	}
	alone := printer{}
	alone.choices([]adapters.Choice{{Label: "Good", Value: "up:1"}})
	if got := string(blocksJSON(t, alone.blocks)); strings.Contains(got, "feedback_buttons") || !strings.Contains(got, `"up:1"`) {
		t.Errorf("thumbs up alone is no button: %s", got)
	}
}

func TestPlain(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"<@U0BOT> how many?", "how many?"},
		{"how many, <@U0BOT|sourceline>?", "how many, ?"},
		{"is 5 &lt; 7 &amp;&amp; 9 &gt; 8?", "is 5 < 7 && 9 > 8?"},
		{"&amp;lt;b&amp;gt;", "&lt;b&gt;"},
		{"see <https://example.org/a|this page> and <https://example.org/b>", "see this page and https://example.org/b"},
		{"<mailto:a@example.org|a@example.org>", "a@example.org"},
		{"in <#C1|desk> <@U2> said <!here> <!subteam^S1|@desk>", "in #desk said @desk"},
		{"  many\n\tspaces ", "many spaces"},
		{"<unclosed and <@U0BOT", "<unclosed and <@U0BOT"},
	} {
		if got := plain(c.text, "U0BOT"); got != c.want {
			t.Errorf("plain(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}
