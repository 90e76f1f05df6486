package slack

import (
	"context"
	"errors"
	"time"

	api "github.com/slack-go/slack"
)

const (
	directoryPage  = 200                // users at a time, as Slack recommends
	directoryPause = 3 * time.Second    // between two pages: Slack takes 20 calls a minute
	directoryAge   = userMemory * 5 / 6 // before what was read is forgotten
	directorySize  = memoryLimit / 2    // users that are read; the rest is looked up when they write
)

// learn reads the workspace's list of members again and again, so that the gate
// knows who writes without a call for each: every message in a thread is judged,
// and Slack limits how often one user may be looked up.
func (g *gate) learn(ctx context.Context) {
	for {
		if n, err := g.readDirectory(ctx); err != nil && ctx.Err() == nil {
			g.a.log.Info("the list of members could not be read; members are looked up one by one", "read", n, "err", err)
		} else if ctx.Err() == nil {
			g.a.log.Debug("members read", "members", n)
		}
		if !sleep(ctx, directoryAge) {
			return
		}
	}
}

// readDirectory reads the list once and returns how many members it has.
func (g *gate) readDirectory(ctx context.Context) (int, error) {
	options := []api.GetUsersOption{api.GetUsersOptionLimit(directoryPage)}
	if me := g.a.identity(); me.EnterpriseID != "" {
		options = append(options, api.GetUsersOptionTeamID(me.TeamID))
	}
	cursor, read := "", 0
	for read < directorySize {
		var page api.UserPagination
		err := g.a.call(ctx, func(c *api.Client) (err error) {
			page, err = c.GetUsersPaginated(append(options, api.GetUsersOptionCursor(cursor))...).Next(ctx)
			return err
		})
		var limited *api.RateLimitedError
		if errors.As(err, &limited) {
			if !sleep(ctx, limited.RetryAfter) {
				return read, ctx.Err()
			}
			continue
		}
		if err != nil {
			return read, err
		}
		for _, u := range page.Users {
			if !u.Deleted {
				g.users.put(u.ID, g.judge(&u))
				read++
			}
		}
		if cursor = page.Cursor; cursor == "" || !sleep(ctx, directoryPause) {
			break
		}
	}
	return read, ctx.Err()
}
