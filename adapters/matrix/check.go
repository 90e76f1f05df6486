package matrix

import (
	"context"
	"errors"
	"fmt"
	"time"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/id"

	"sourceline/adapters"
)

// oldest is the version of the specification that the adapter needs: the
// first with threads' predecessors settled and /v3 paths.
var oldest = mautrix.SpecV12

// Check finds out how the adapter is: homeserver, login, keys, rooms, limits.
// It connects where that has not happened.
func (a *Adapter) Check(ctx context.Context) []adapters.Finding {
	if err := a.connect(ctx); err != nil {
		mend := "see that the homeserver's address is right and that it runs"
		switch {
		case errors.Is(err, ErrLoggedOut):
			mend = "set the password or a new access token, and the recovery key"
		case !passing(err):
			mend = "mend the setting that the message names"
		}
		return []adapters.Finding{{Level: adapters.Failure, What: "login", Text: err.Error(), Mend: mend}}
	}
	findings := []adapters.Finding{a.checkServer(), a.checkLogin(ctx)}
	if a.cipher == nil {
		findings = append(findings, adapters.Finding{Level: adapters.Warning, What: "encryption",
			Text: "this build has none: encrypted rooms are neither read nor written", Mend: "build with -tags goolm"})
	} else {
		findings = append(findings, a.cipher.check(ctx)...)
	}
	findings = append(findings, a.checkRooms(ctx)...)
	return append(findings, a.checkAllow(), a.checkLimits())
}

func (a *Adapter) checkServer() adapters.Finding {
	latest := a.server.GetLatest()
	f := adapters.Finding{Level: adapters.OK, What: "homeserver", Text: fmt.Sprintf("%s speaks Matrix %s", a.client.HomeserverURL, latest)}
	if latest.LessThan(oldest) {
		f.Level, f.Mend = adapters.Warning, "update the homeserver to one that speaks "+oldest.String()
	}
	return f
}

func (a *Adapter) checkLogin(ctx context.Context) adapters.Finding {
	who, err := a.client.Whoami(ctx)
	if err != nil {
		return adapters.Finding{Level: adapters.Failure, What: "login", Text: err.Error(), Mend: "set the password or a new access token"}
	}
	return adapters.Finding{Level: adapters.OK, What: "login", Text: fmt.Sprintf("%s on device %s", who.UserID, a.client.DeviceID)}
}

// checkRooms says for how many rooms it is known whether they are encrypted
// and who is in them. What is not known is asked now, before the first post.
func (a *Adapter) checkRooms(ctx context.Context) []adapters.Finding {
	joined, err := a.client.JoinedRooms(ctx)
	if err != nil {
		return []adapters.Finding{{Level: adapters.Failure, What: "rooms", Text: err.Error(), Mend: "see whether the homeserver answers"}}
	}
	var findings []adapters.Finding
	secret := 0
	for _, room := range joined.JoinedRooms {
		encrypted, err := a.encrypted(ctx, room)
		switch {
		case err != nil:
			findings = append(findings, adapters.Finding{Level: adapters.Failure, What: "room " + string(room), Text: err.Error(),
				Mend: "nothing is written there until that is known"})
		case encrypted:
			secret++
			if a.cipher == nil {
				findings = append(findings, adapters.Finding{Level: adapters.Failure, What: "room " + string(room),
					Text: "is encrypted, and this build cannot encrypt", Mend: "build with -tags goolm"})
			}
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

// selfCheck logs what is wrong, once everything is connected: before the
// first post rather than after it.
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
