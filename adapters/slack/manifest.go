package slack

import _ "embed"

// Manifest is the Slack app to create, in YAML; a test holds it to the tables
// below, which hold the code.
//
//go:embed manifest.yaml
var Manifest string

// An event that the adapter reads.
type event struct {
	read   func(outerEvent, innerEvent, identity) *incoming
	scopes []string // what the app must be granted to be sent it
	extra  bool     // comes with a feature of older apps; the manifest does not subscribe to it
}

// events by their inner type. The message events of the manifest
// ("message.channels") all have the type "message".
var events = map[string]event{
	"app_mention":           {read: readMention, scopes: []string{"app_mentions:read"}},
	"message":               {read: readMessage, scopes: []string{"channels:history", "groups:history", "im:history"}},
	"reaction_added":        {read: readReaction, scopes: []string{"reactions:read"}},
	"member_joined_channel": {read: readJoined, scopes: []string{"channels:read", "groups:read"}},
	"app_home_opened":       {read: readHomeOpened},
	"app_uninstalled":       {read: readRemoved},
	"tokens_revoked":        {read: readRemoved},

	"assistant_thread_started":         {read: readAssistantStarted, scopes: []string{"assistant:write"}, extra: true},
	"assistant_thread_context_changed": {read: readIgnored, scopes: []string{"assistant:write"}, extra: true},
	"app_context_changed":              {read: readIgnored, extra: true},
}

// messageEvents are the subscriptions behind the event "message".
var messageEvents = []string{"message.channels", "message.groups", "message.im"}

// methods of the Web API that are called, with the bot scopes that each needs.
var methods = map[string][]string{
	"auth.test":                             nil,
	"apps.connections.open":                 nil, // the app-level token's connections:write
	"apps.manifest.export":                  nil, // the configuration token
	"assistant.threads.setStatus":           {"chat:write"},
	"assistant.threads.setSuggestedPrompts": {"assistant:write"},
	"chat.delete":                           {"chat:write"},
	"chat.postEphemeral":                    {"chat:write"},
	"chat.postMessage":                      {"chat:write"},
	"chat.update":                           {"chat:write"},
	"conversations.history":                 {"channels:history", "groups:history", "im:history"},
	"conversations.info":                    {"channels:read", "groups:read"},
	"conversations.replies":                 {"channels:history", "groups:history", "im:history"},
	"oauth.v2.access":                       nil, // the client's secret
	"users.list":                            {"users:read"},
	"users.info":                            {"users:read"},
	"views.publish":                         nil,
}

// featureScopes are needed by what the manifest turns on beside events and
// methods: slash commands and shortcuts.
var featureScopes = []string{"commands"}

// scopes returns the bot scopes that the code needs.
func scopes() map[string]bool {
	need := map[string]bool{}
	add := func(scopes []string) {
		for _, s := range scopes {
			need[s] = true
		}
	}
	for _, e := range events {
		add(e.scopes)
	}
	for _, m := range methods {
		add(m)
	}
	add(featureScopes)
	return need
}

// subscriptions returns the bot events that the app must subscribe to.
func subscriptions() map[string]bool {
	need := map[string]bool{}
	for name, e := range events {
		if e.extra {
			continue
		}
		if name != "message" {
			need[name] = true
			continue
		}
		for _, m := range messageEvents {
			need[m] = true
		}
	}
	return need
}
