package bot

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sourceline/adapters/slack/slacktest"
	"sourceline/bot/dialogue"
)

// slackConfig is a bot whose direct conversations have articles of their own.
const slackConfig = `
[corpus]
path = "articles"
[corpora]
sea = "sea"
[direct]
corpus = "sea"
[slack]
enabled = true
api_url = "%s"
[http]
listen = ""
`

// TestServeOnSlack runs the whole program against a Slack workspace: what is
// asked in a room, by a command, on the Home tab, and what the desk hears of
// it.
func TestServeOnSlack(t *testing.T) {
	s := slacktest.New()
	defer s.Close()
	s.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	s.AddUser(slacktest.User{ID: "UANN", Name: "Ann"})
	t.Setenv("SLACK_BOT_TOKEN", s.BotToken)
	t.Setenv("SLACK_APP_TOKEN", s.AppToken)
	dir := t.TempDir()
	for name, text := range map[string]string{
		"articles/mine.txt": "Old Pit\n\nCrews rescued 12 miners on Tuesday.\n",
		"sea/ship.txt":      "New Ship\n\nCrews rescued 40 sailors on Tuesday.\n",
		"c.toml":            strings.Replace(slackConfig, "%s", s.API(), 1),
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "c.toml")
	var stdout, stderr output
	ended := make(chan int)
	go func() {
		code, _ := Main(t.Context(), []string{"serve", "--config", file}, strings.NewReader(""), &stdout, &stderr, "")
		ended <- code
	}()

	ts, _ := s.Mention("UANN", "CDESK", "", "how many miners were rescued?")
	answer := waitForPost(t, s, "CDESK", ts, "12")
	s.Tap("UANN", "CDESK", answer.TS, dialogue.DownValue)
	s.Command("UANN", "CDESK", "how many sailors were rescued?")
	if p := waitForPost(t, s, "CDESK", "", "sailors"); strings.Contains(string(p.Blocks), "40 ") || p.Only != "UANN" {
		t.Errorf("in the room the command got %+v, want a refusal for Ann alone", p)
	}
	s.Command("UANN", "DANN", "how many sailors were rescued?")
	waitForPost(t, s, "DANN", "", "40")
	s.OpenHome("UANN", "DANN", "home")
	tapped := false
	eventually(t, "an example on the Home tab", func() bool {
		tapped = tapped || s.TapHome("UANN", dialogue.AskPrefix+"how many sailors were rescued?") != nil
		return tapped && len(s.Posts("DANN", "")) == 2
	})
	if p := s.Posts("DANN", "")[1]; !strings.Contains(string(p.Blocks), "40") {
		t.Errorf("the tap on the Home tab got %q", p.Text)
	}

	// A report may run beside the bot. The tap on 👎 is handled when its answer
	// was noted as posted, which may be after the steps above.
	eventually(t, "both questions in the report", func() bool {
		var report strings.Builder
		if _, err := Main(t.Context(), []string{"report", "--config", file}, strings.NewReader(""), &report, &stderr, ""); err != nil {
			t.Fatal(err)
		}
		return strings.Contains(report.String(), "how many miners were rescued?") && strings.Contains(report.String(), "how many sailors were rescued?")
	})
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := <-ended; code != exitAnswered {
		t.Errorf("ended with code %d", code)
	}
}

// waitForPost waits for a post of the bot's with that text.
func waitForPost(t *testing.T, s *slacktest.Server, channel, thread, text string) slacktest.Post {
	t.Helper()
	var found slacktest.Post
	eventually(t, text+" in "+channel, func() bool {
		for _, p := range s.Posts(channel, thread) {
			if p.BotID == s.BotID && strings.Contains(p.Text+string(p.Blocks), text) {
				found = p
				return true
			}
		}
		return false
	})
	return found
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("%s: did not come", what)
}
