package slack

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"sourceline/adapters"
)

// clockTolerance is how far our clock may be from Slack's: signatures are good
// for five minutes.
const clockTolerance = time.Minute

// Check tries out tokens, scopes, Socket Mode, channels and the clock, and reads
// the event subscriptions where Config.ConfigToken allows it.
func (a *Adapter) Check(ctx context.Context) []adapters.Finding {
	var c checkup
	granted, ok := a.checkToken(ctx, &c)
	if !ok {
		return c.findings
	}
	a.checkScopes(granted, &c)
	a.checkChannels(ctx, &c)
	if a.cfg.Listen == "" {
		a.checkSocket(ctx, &c)
	} else {
		c.ok("requests", "HTTP requests are taken on %s%s and checked with the signing secret", a.cfg.Listen, a.cfg.Path)
	}
	a.checkManifest(ctx, &c)
	return c.findings
}

// checkup collects findings.
type checkup struct{ findings []adapters.Finding }

func (c *checkup) ok(what, format string, args ...any) {
	c.findings = append(c.findings, adapters.Finding{Level: adapters.OK, What: what, Text: fmt.Sprintf(format, args...)})
}

func (c *checkup) bad(level adapters.Level, what, text, mend string) {
	c.findings = append(c.findings, adapters.Finding{Level: level, What: what, Text: text, Mend: mend})
}

// checkToken asks who the bot token belongs to and returns the scopes that it
// was granted.
func (a *Adapter) checkToken(ctx context.Context, c *checkup) (map[string]bool, bool) {
	var r *api.AuthTestResponse
	err := a.call(ctx, func(client *api.Client) (err error) {
		r, err = client.AuthTestContext(ctx)
		return err
	})
	switch {
	case isAuth(err):
		c.bad(adapters.Failure, "bot token", fmt.Sprintf("Slack refuses it: %v", err), "copy the Bot User OAuth Token (xoxb-…) from the app's page \"OAuth & Permissions\"; install the app again if it was removed")
		return nil, false
	case err != nil:
		c.bad(adapters.Failure, "connection", fmt.Sprintf("Slack cannot be reached at %s: %v", a.cfg.APIURL, err), "check the network, the proxy (HTTPS_PROXY) and the firewall")
		return nil, false
	}
	a.me.Store(&identity{TeamID: r.TeamID, EnterpriseID: r.EnterpriseID, UserID: r.UserID, BotID: r.BotID})
	c.ok("bot token", "belongs to %s in the workspace %s (%s)", r.User, r.Team, r.TeamID)
	if !a.gate.knows(r.TeamID, r.EnterpriseID) {
		c.bad(adapters.Failure, "workspaces", fmt.Sprintf("the token's own workspace %s is not among those that may ask", r.TeamID), "add it to the setting, or leave the setting empty")
	}
	checkClock(r.Header, c)
	return granted(r.Header), true
}

func granted(h http.Header) map[string]bool {
	scopes := map[string]bool{}
	for s := range strings.SplitSeq(h.Get("X-OAuth-Scopes"), ",") {
		if s = strings.TrimSpace(s); s != "" {
			scopes[s] = true
		}
	}
	return scopes
}

func checkClock(h http.Header, c *checkup) {
	theirs, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return
	}
	if off := time.Since(theirs); off.Abs() > clockTolerance {
		c.bad(adapters.Warning, "clock", fmt.Sprintf("this machine's clock is %s off Slack's", off.Round(time.Second)), "turn on time synchronisation (timedatectl set-ntp true); signatures are refused at five minutes")
		return
	}
	c.ok("clock", "agrees with Slack's")
}

func (a *Adapter) checkScopes(granted map[string]bool, c *checkup) {
	if len(granted) == 0 {
		c.bad(adapters.Warning, "scopes", "Slack did not tell which scopes the token has", "compare them with the app manifest")
		return
	}
	missing := difference(scopes(), granted)
	if len(missing) > 0 {
		c.bad(adapters.Failure, "scopes", "the token lacks "+strings.Join(missing, ", "), "paste the manifest again under \"App Manifest\" and reinstall the app to the workspace")
		return
	}
	c.ok("scopes", "all %d that are needed are granted", len(scopes()))
	if surplus := difference(granted, scopes()); len(surplus) > 0 {
		c.bad(adapters.Warning, "scopes", "the token may do more than is used: "+strings.Join(surplus, ", "), "remove these scopes and reinstall the app")
	}
}

// difference lists what is in a and not in b, sorted.
func difference(a, b map[string]bool) []string {
	var out []string
	for _, s := range slices.Sorted(maps.Keys(a)) {
		if !b[s] {
			out = append(out, s)
		}
	}
	return out
}

func (a *Adapter) checkChannels(ctx context.Context, c *checkup) {
	for _, id := range a.cfg.Channels {
		var channel *api.Channel
		err := a.call(ctx, func(client *api.Client) (err error) {
			channel, err = client.GetConversationInfoContext(ctx, &api.GetConversationInfoInput{ChannelID: id})
			return err
		})
		what := "channel " + id
		switch {
		case err != nil:
			c.bad(adapters.Warning, what, fmt.Sprintf("cannot be seen: %v", err), "invite the bot there: /invite @Sourceline")
		case !channel.IsMember:
			c.bad(adapters.Warning, what, "the bot is not a member of #"+channel.Name, "invite it there: /invite @Sourceline")
		case channel.IsExtShared && !a.cfg.AllowExternal:
			c.bad(adapters.Warning, what, "#"+channel.Name+" is shared with another organisation and is not answered", "remove it from the list, or allow external channels")
		default:
			c.ok(what, "the bot is in #%s", channel.Name)
		}
	}
}

// checkSocket asks for a Socket Mode address, without connecting to it.
func (a *Adapter) checkSocket(ctx context.Context, c *checkup) {
	_, client := a.tokens.current(ctx)
	_, _, err := client.StartSocketModeContext(ctx)
	switch {
	case err == nil:
		c.ok("Socket Mode", "is turned on and the app-level token works")
	case refused(err, "missing_scope", "not_allowed_token_type"), isAuth(err):
		c.bad(adapters.Failure, "app-level token", fmt.Sprintf("Slack refuses it: %v", scrub(err)), "make one under \"Basic Information\", \"App-Level Tokens\", with the scope connections:write (xapp-…)")
	default:
		c.bad(adapters.Failure, "Socket Mode", fmt.Sprintf("cannot be used: %v", scrub(err)), "turn it on under \"Socket Mode\" on the app's page")
	}
}

// checkManifest reads which events the app subscribes to. A bot token may not
// see that.
func (a *Adapter) checkManifest(ctx context.Context, c *checkup) {
	if a.cfg.ConfigToken == "" || a.cfg.AppID == "" {
		c.bad(adapters.Warning, "events", "which events the app is sent can be read only with an app configuration token and the app's ID", "set both, or compare \"Event Subscriptions\" on the app's page with the manifest")
		return
	}
	_, client := a.tokens.current(ctx)
	m, err := client.ExportManifestContext(ctx, string(a.cfg.ConfigToken), a.cfg.AppID)
	if err != nil {
		c.bad(adapters.Warning, "events", fmt.Sprintf("the app's manifest cannot be read: %v", scrub(err)), "make a new app configuration token: one lives 12 hours")
		return
	}
	subscribed := map[string]bool{}
	if s := m.Settings.EventSubscriptions; s != nil {
		for _, e := range s.BotEvents {
			subscribed[e] = true
		}
	}
	if missing := difference(subscriptions(), subscribed); len(missing) > 0 {
		c.bad(adapters.Failure, "events", "the app is not sent "+strings.Join(missing, ", "), "paste the manifest again under \"App Manifest\"")
	} else {
		c.ok("events", "the app is sent all %d that are needed", len(subscriptions()))
	}
	if i := m.Settings.Interactivity; i == nil || !i.IsEnabled {
		c.bad(adapters.Failure, "buttons", "interactivity is turned off: buttons and shortcuts do nothing", "turn it on under \"Interactivity & Shortcuts\"")
	}
}
