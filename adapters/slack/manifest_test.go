package slack

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	api "github.com/slack-go/slack"
	"gopkg.in/yaml.v3"
)

func manifest(t *testing.T) api.Manifest {
	t.Helper()
	var m api.Manifest
	d := yaml.NewDecoder(strings.NewReader(Manifest))
	d.KnownFields(true)
	if err := d.Decode(&m); err != nil {
		t.Fatalf("manifest.yaml is not what Slack's manifests are: %v", err)
	}
	return m
}

func set(list []string) map[string]bool {
	m := map[string]bool{}
	for _, s := range list {
		m[s] = true
	}
	return m
}

// TestManifest holds the manifest to the tables of the code: every scope and
// event that is needed and none more.
func TestManifest(t *testing.T) {
	m := manifest(t)
	for _, c := range []struct {
		what      string
		has, need map[string]bool
	}{
		{"scope", set(m.OAuthConfig.Scopes.Bot), scopes()},
		{"event", set(m.Settings.EventSubscriptions.BotEvents), subscriptions()},
	} {
		if missing := difference(c.need, c.has); len(missing) > 0 {
			t.Errorf("the manifest lacks the %ss %v", c.what, missing)
		}
		if surplus := difference(c.has, c.need); len(surplus) > 0 {
			t.Errorf("the manifest has the %ss %v, which nothing needs", c.what, surplus)
		}
	}
	if !m.Settings.SocketModeEnabled || m.Settings.Interactivity == nil || !m.Settings.Interactivity.IsEnabled {
		t.Error("Socket Mode and interactivity must be on")
	}
	if !m.Features.AppHome.HomeTabEnabled || !m.Features.AppHome.MessagesTabEnabled || m.Features.AppHome.MessagesTabReadOnlyEnabled {
		t.Errorf("App Home is %+v", m.Features.AppHome)
	}
	if m.Features.AgentView == nil || m.Features.AssistantView != nil {
		t.Error("the app must have the agent view and not its predecessor")
	}
	if s := m.Features.Shortcuts; len(s) != 1 || s[0].CallbackID != checkShortcut || string(s[0].Type) != "message" {
		t.Errorf("shortcuts %+v", s)
	}
	if c := m.Features.SlashCommands; len(c) != 1 || c[0].Command != "/sourceline" {
		t.Errorf("slash commands %+v", c)
	}
	if n := len(m.Display.LongDescription); n < 174 || n > 4000 {
		t.Errorf("the long description has %d characters, Slack takes 174 to 4,000", n)
	}
	if n := len(m.Display.Description); n > 140 {
		t.Errorf("the description has %d characters, Slack takes 140", n)
	}
}

// TestDocumented: the documentation names every scope and event.
func TestDocumented(t *testing.T) {
	page, err := os.ReadFile("../../docs/slack.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(keys(scopes()), keys(subscriptions())...) {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("docs/slack.md does not name %s", name)
		}
	}
}

// sdkCalls are the SDK's methods that the adapter calls, with the Web API's name
// of each.
var sdkCalls = map[string]string{
	"AuthTestContext":                            "auth.test",
	"DeleteMessageContext":                       "chat.delete",
	"ExportManifestContext":                      "apps.manifest.export",
	"GetConversationHistoryContext":              "conversations.history",
	"GetConversationInfoContext":                 "conversations.info",
	"GetConversationRepliesContext":              "conversations.replies",
	"GetUsersPaginated":                          "users.list",
	"GetUserInfoContext":                         "users.info",
	"PostEphemeralContext":                       "chat.postEphemeral",
	"PostMessageContext":                         "chat.postMessage",
	"PublishViewContext":                         "views.publish",
	"RefreshOAuthV2TokenContext":                 "oauth.v2.access",
	"SetAssistantThreadsStatusContext":           "assistant.threads.setStatus",
	"SetAssistantThreadsSuggestedPromptsContext": "assistant.threads.setSuggestedPrompts",
	"StartSocketModeContext":                     "apps.connections.open",
	"UpdateMessageContext":                       "chat.update",
}

// TestMethods holds the table of methods, and so the manifest's scopes, to what
// the source calls: every call of the SDK ends in "Context".
func TestMethods(t *testing.T) {
	used := map[string]bool{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	ours := []string{"DialContext", "NewRequestWithContext"}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			selector, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !strings.HasSuffix(selector.Sel.Name, "Context") && !strings.HasSuffix(selector.Sel.Name, "Paginated") || slices.Contains(ours, selector.Sel.Name) {
				return true
			}
			name, known := sdkCalls[selector.Sel.Name]
			if !known {
				t.Errorf("the source calls %s, which sdkCalls does not know", selector.Sel.Name)
			}
			used[name] = true
			return true
		})
	}
	listed := map[string]bool{}
	for name := range methods {
		listed[name] = true
	}
	if d := difference(used, listed); len(d) > 0 {
		t.Errorf("the table of methods lacks %v", d)
	}
	if d := difference(listed, used); len(d) > 0 {
		t.Errorf("the table of methods has %v, which nothing calls", d)
	}
}
