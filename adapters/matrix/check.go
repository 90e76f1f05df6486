package matrix

import (
	"context"
	"errors"
	"fmt"
	"time"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// oldest is the version of the specification that the adapter needs: the
// first with threads' predecessors settled and /v3 paths.
var oldest = mautrix.SpecV12

// Check finds out how the adapter is: homeserver, login, keys, rooms, limits.
// It changes nothing, neither here nor on the homeserver, so before the first
// start it can tell less.
func (a *Adapter) Check(ctx context.Context) []adapters.Finding {
	client, findings := a.inspect(ctx)
	if client == nil {
		return findings
	}
	findings = append(findings, checkDevice(ctx, a.cfg, client)...)
	findings = append(findings, a.checkRooms(ctx, client)...)
	return append(findings, a.checkAllow(), a.checkLimits())
}

// inspect returns a client to ask with: the adapter's own, or one with the
// login that is kept or set. Where there is none yet it returns nil.
func (a *Adapter) inspect(ctx context.Context) (*mautrix.Client, []adapters.Finding) {
	select {
	case <-a.online:
		return a.client, []adapters.Finding{a.checkServer(ctx, a.client), a.checkLogin(ctx, a.client)}
	default:
	}
	client, err := newClient(ctx, a.cfg.Homeserver, a.log)
	if err != nil {
		return nil, []adapters.Finding{{Level: adapters.Failure, What: "homeserver", Text: err.Error(), Mend: "set the homeserver's address or its name"}}
	}
	server := a.checkServer(ctx, client)
	if server.Level == adapters.Failure {
		return nil, []adapters.Finding{server}
	}
	s, err := a.wantedSession(ctx)
	if err != nil {
		return nil, []adapters.Finding{server, {Level: adapters.Failure, What: "login", Text: err.Error(), Mend: "see that the database is the bot's"}}
	}
	if s.AccessToken == "" {
		return nil, []adapters.Finding{server, a.checkPassword(ctx, client), a.checkAllow()}
	}
	client.UserID, client.DeviceID, client.AccessToken = s.UserID, s.DeviceID, s.AccessToken
	login := a.checkLogin(ctx, client)
	if login.Level == adapters.Failure {
		return nil, []adapters.Finding{server, login}
	}
	return client, []adapters.Finding{server, login}
}

func (a *Adapter) checkServer(ctx context.Context, client *mautrix.Client) adapters.Finding {
	versions, err := client.Versions(ctx)
	if err != nil {
		return adapters.Finding{Level: adapters.Failure, What: "homeserver", Text: fmt.Sprintf("%s does not answer: %v", client.HomeserverURL, err),
			Mend: "see that the homeserver's address is right and that it runs"}
	}
	latest := versions.GetLatest()
	f := adapters.Finding{Level: adapters.OK, What: "homeserver", Text: fmt.Sprintf("%s speaks Matrix %s", client.HomeserverURL, latest)}
	if latest.LessThan(oldest) {
		f.Level, f.Mend = adapters.Warning, "update the homeserver to one that speaks "+oldest.String()
	}
	return f
}

// checkPassword says whether the first login can be made. It does not make
// it: that would leave a device behind.
func (a *Adapter) checkPassword(ctx context.Context, client *mautrix.Client) adapters.Finding {
	err := a.mayLogIn(ctx, client)
	if err != nil {
		return adapters.Finding{Level: adapters.Failure, What: "login", Text: err.Error(), Mend: "set what the message names"}
	}
	return adapters.Finding{Level: adapters.OK, What: "login", Text: "not made yet; the first start logs in as " + a.cfg.User + " by password"}
}

// checkLogin says whose login it is, and completes the client with that where
// it does not know.
func (a *Adapter) checkLogin(ctx context.Context, client *mautrix.Client) adapters.Finding {
	f := adapters.Finding{Level: adapters.Failure, What: "login", Mend: "mend the setting that the message names"}
	who, err := a.owner(ctx, client)
	switch {
	case errors.Is(err, mautrix.MUnknownToken) && a.cfg.Password != "" && a.cfg.AccessToken == "":
		f.Text, f.Mend = "the last login was ended (M_UNKNOWN_TOKEN)", "start the bot: it logs in as a new device by password"
	case errors.Is(err, mautrix.MUnknownToken):
		f.Text, f.Mend = loggedOut(err).Error(), "set the password or a new access token, and the recovery key"
	case err != nil:
		f.Text = err.Error()
	default:
		if client.DeviceID == "" || client.UserID == "" {
			client.UserID, client.DeviceID = who.UserID, who.DeviceID
		}
		return adapters.Finding{Level: adapters.OK, What: "login", Text: fmt.Sprintf("%s on device %s", who.UserID, who.DeviceID)}
	}
	return f
}

// checkRooms says how many rooms the bot is in, how many of them are
// encrypted, and where it will not write.
func (a *Adapter) checkRooms(ctx context.Context, client *mautrix.Client) []adapters.Finding {
	joined, err := client.JoinedRooms(ctx)
	if err != nil {
		return []adapters.Finding{{Level: adapters.Failure, What: "rooms", Text: err.Error(), Mend: "see whether the homeserver answers"}}
	}
	var findings []adapters.Finding
	secret := 0
	for _, room := range joined.JoinedRooms {
		var content event.EncryptionEventContent
		err := client.StateEvent(ctx, room, event.StateEncryption, "", &content)
		trouble, mend := "", "nothing is written there until that is known"
		switch {
		case errors.Is(err, mautrix.MNotFound):
			continue
		case err != nil:
			trouble = "it is not known whether it is encrypted: " + err.Error()
		case content.Algorithm != id.AlgorithmMegolmV1:
			trouble, mend = fmt.Sprintf("it is encrypted with %q, which is not known here", content.Algorithm), "use another room"
		case !canEncrypt:
			trouble, mend = "it is encrypted, and this build cannot encrypt", "build with -tags goolm"
		}
		secret++
		if trouble != "" {
			findings = append(findings, adapters.Finding{Level: adapters.Failure, What: "room " + string(room), Text: trouble, Mend: mend})
		}
	}
	return append(findings, adapters.Finding{Level: adapters.OK, What: "rooms",
		Text: fmt.Sprintf("in %d rooms, %d of them encrypted", len(joined.JoinedRooms), secret)})
}

func (a *Adapter) checkAllow() adapters.Finding {
	if len(a.cfg.Allow) == 0 {
		return adapters.Finding{Level: adapters.Warning, What: "invites", Text: "nobody's are accepted", Mend: "list users, servers or rooms under allow"}
	}
	return adapters.Finding{Level: adapters.OK, What: "invites", Text: fmt.Sprintf("accepted as %q allow", a.cfg.Allow)}
}

// checkLimits says whether the homeserver held the bot back since the start.
func (a *Adapter) checkLimits() adapters.Finding {
	a.pace.mu.Lock()
	defer a.pace.mu.Unlock()
	if a.pace.limited == 0 {
		return adapters.Finding{Level: adapters.OK, What: "rate limits", Text: "not met since the start"}
	}
	return adapters.Finding{Level: adapters.Warning, What: "rate limits",
		Text: fmt.Sprintf("met %d times since the start, last %v ago", a.pace.limited, time.Since(a.pace.last).Round(time.Second)),
		Mend: "let the homeserver's administrator exempt the bot (Synapse: override_ratelimit)"}
}

// selfCheck logs what is wrong, and learns of every room whether it is
// encrypted and who is in it: before the first post rather than after it.
func (a *Adapter) selfCheck(ctx context.Context) {
	for _, f := range a.Check(ctx) {
		switch f.Level {
		case adapters.Failure:
			a.log.Error("matrix: self-check: "+f.What, "found", f.Text, "mend", f.Mend)
		case adapters.Warning:
			a.log.Warn("matrix: self-check: "+f.What, "found", f.Text, "mend", f.Mend)
		default:
			a.log.Debug("matrix: self-check: "+f.What, "found", f.Text)
		}
	}
	joined, err := a.client.JoinedRooms(ctx)
	if err != nil {
		return
	}
	for _, room := range joined.JoinedRooms {
		if _, err := a.encrypted(ctx, room); err != nil && ctx.Err() == nil {
			a.log.Warn("matrix: nothing can be written into a room", "room", room, "error", err)
		}
		a.describe(room)
	}
}

// describe has the command described in a room, soon.
func (a *Adapter) describe(room id.RoomID) {
	select {
	case a.rooms <- room:
	default: // at the next start
	}
}
