//go:build matrixe2e && goolm

package matrix_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters/matrix"
	"sourceline/adapters/matrix/matrixtest"
	"sourceline/adapters/slack/slacktest"
	program "sourceline/bot"
)

// TestBothPlatforms runs the whole program on Slack and Matrix at once, in one
// process with one database: the same question gets the same figure on each.
func TestBothPlatforms(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	workspace := slacktest.New()
	defer workspace.Close()
	workspace.AddChannel(slacktest.Channel{ID: "CDESK", Name: "desk", Member: true})
	workspace.AddUser(slacktest.User{ID: "UANN", Name: "Ann"})
	homeserver := matrixtest.Start(t)
	user, err := matrix.Register(ctx, homeserver.URL, matrixtest.SharedSecret, "bot", matrixtest.Password)
	if err != nil {
		t.Fatal(err)
	}
	file := writeBoth(t, workspace, homeserver.URL, user)
	running, stop := context.WithCancel(ctx)
	ended := make(chan error)
	go func() {
		_, err := program.Main(running, []string{"serve", "--config", file}, strings.NewReader(""), io.Discard, t.Output(), "")
		ended <- err
	}()

	person, err := homeserver.NewPerson(ctx, "ann")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(person.Close)
	bot := id.UserID(user)
	room, err := person.NewRoom(ctx, "desk", true, bot)
	if err != nil {
		t.Fatal(err)
	}
	if err := person.Await(ctx, room, bot, event.MembershipJoin); err != nil {
		t.Fatal(err)
	}
	const text, figure = "how many miners were rescued?", "12 miners"
	ts, _ := workspace.Mention("UANN", "CDESK", "", text)
	if _, err := person.Write(ctx, room, &event.MessageEventContent{MsgType: event.MsgText, Body: mention + text,
		Mentions: &event.Mentions{UserIDs: []id.UserID{bot}}}); err != nil {
		t.Fatal(err)
	}
	await(ctx, t, "the answer on Slack", func() bool {
		posts := workspace.Posts("CDESK", ts)
		return len(posts) > 1 && strings.Contains(string(posts[1].Blocks), figure)
	})
	await(ctx, t, "the answer on Matrix", func() bool {
		events, err := person.Read(ctx, room)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range events {
			if m, ok := e.Content.Parsed.(*event.MessageEventContent); ok && e.Sender == bot && strings.Contains(m.Body, figure) {
				return true
			}
		}
		return false
	})
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// writeBoth writes the configuration of a bot on both platforms, with its
// secrets in the environment and an article.
func writeBoth(t *testing.T, workspace *slacktest.Server, homeserver, user string) string {
	t.Helper()
	for name, value := range map[string]string{
		"SLACK_BOT_TOKEN": workspace.BotToken, "SLACK_APP_TOKEN": workspace.AppToken,
		"MATRIX_PASSWORD": matrixtest.Password, "MATRIX_RECOVERY_KEY": matrixtest.Password,
	} {
		t.Setenv(name, value)
	}
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	if err := os.Mkdir(filepath.Join(dir, "articles"), 0o700); err != nil {
		t.Fatal(err)
	}
	write("articles/mine.txt", "Old Pit\n\nCrews rescued 12 miners on Tuesday.\n")
	return write("sourceline.toml", fmt.Sprintf(`
[corpus]
path = "articles"
[slack]
enabled = true
api_url = %q
[matrix]
enabled = true
homeserver = %q
user = %q
allow = [%q]
[http]
listen = ""
`, workspace.API(), homeserver, user, matrixtest.ServerName))
}

// await waits until something is so.
func await(ctx context.Context, t *testing.T, what string, ok func() bool) {
	t.Helper()
	for !ok() {
		select {
		case <-ctx.Done():
			t.Fatalf("%s did not come", what)
		case <-time.After(100 * time.Millisecond):
		}
	}
}
