package slack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"sourceline/adapters"
)

const (
	maxTries    = 5                      // of one call that Slack holds back or that could not be sent
	redialFirst = 250 * time.Millisecond // before the second try to reach Slack; doubles
	laterToken  = time.Minute            // until a post is tried again that Slack refused for its token
)

// whisperPrefix marks the ID of an ephemeral reply, which has no timestamp that
// Slack would find it by.
const whisperPrefix = "ephemeral:"

func whispered(key string) adapters.PostID {
	return adapters.PostID(whisperPrefix + shortKey(key))
}

// Post publishes, posts, edits or deletes, and keeps Slack's rules; see the
// package's documentation for its errors.
func (a *Adapter) Post(ctx context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	t, err := readTicket(o.Return)
	if err != nil {
		return "", fmt.Errorf("%w: %w", adapters.ErrPermanent, err)
	}
	defer a.status.answered(o.Conversation)
	d := delivery{a: a, o: o, t: t}
	switch {
	case t.Page == homeTab && o.Reply != nil:
		return d.publish(ctx)
	case t.Page == prompts && o.Reply != nil:
		return d.suggest(ctx)
	case o.Only != "" || strings.HasPrefix(string(o.Replaces), whisperPrefix):
		return d.whisper(ctx)
	case o.Reply == nil:
		return o.Replaces, d.remove(ctx)
	case o.Replaces != "":
		return o.Replaces, d.edit(ctx)
	}
	return d.say(ctx)
}

// delivery is one outgoing message on its way.
type delivery struct {
	a *Adapter
	o adapters.Outgoing
	t ticket
}

// version is how much of a reply is sent: less where Slack refuses more.
type version int

const (
	whole version = iota // blocks and text
	short                // a short text
	bare                 // hardly more than the figure
	versions
)

// content is a version of the reply: blocks (nil for the text alone) and text.
func (d delivery) content(v version) ([]api.Block, string) {
	switch v {
	case whole:
		p := printer{key: d.o.Key}
		if blocks := p.print(*d.o.Reply); len(blocks) > 0 {
			return blocks, fallback(*d.o.Reply, maxFallback)
		}
		return nil, fallback(*d.o.Reply, maxShort)
	case short:
		return nil, fallback(*d.o.Reply, maxShort)
	}
	return nil, fallback(*d.o.Reply, maxBare)
}

func (d delivery) options(v version) []api.MsgOption {
	blocks, text := d.content(v)
	opts := []api.MsgOption{
		api.MsgOptionText(text, false),
		api.MsgOptionDisableLinkUnfurl(),
		api.MsgOptionDisableMediaUnfurl(),
		api.MsgOptionDisableMarkdown(),
		api.MsgOptionParse(false),
		api.MsgOptionBlocks(blocks...), // none: removes those of an edited post
	}
	if d.o.Key != "" {
		opts = append(opts, api.MsgOptionMetadata(api.SlackMetadata{
			EventType:    metadataType,
			EventPayload: map[string]any{metadataKey: shortKey(d.o.Key)},
		}))
	}
	return opts
}

// say posts a new message, or finds that it was posted.
func (d delivery) say(ctx context.Context) (adapters.PostID, error) {
	id, done := d.a.posted.held(d.o.Key)
	if done {
		return id, nil
	}
	err := d.inTurn(ctx, func(ctx context.Context) error {
		if d.o.Uncertain {
			found, err := d.a.find(ctx, d.o)
			if err != nil {
				return fmt.Errorf("looking for an earlier post: %w", err)
			}
			if id = found; id != "" {
				return nil
			}
		}
		return d.degrade(ctx, func(v version) error {
			opts := d.options(v)
			if d.o.Conversation.Thread != "" {
				opts = append(opts, api.MsgOptionTS(d.o.Conversation.Thread))
			}
			return d.a.call(ctx, func(c *api.Client) error {
				_, ts, err := c.PostMessageContext(ctx, d.o.Conversation.Room, opts...)
				id = adapters.PostID(ts)
				return err
			})
		})
	})
	if refused(err, "not_in_channel", "channel_not_found") && d.t.ResponseURL != "" {
		return d.share(ctx) // a command was given where the bot is not a member
	}
	if err != nil {
		return "", d.explain("posting to", err)
	}
	d.a.posted.put(d.o.Key, id)
	return id, nil
}

// share posts for everybody through a response_url.
func (d delivery) share(ctx context.Context) (adapters.PostID, error) {
	err := d.patiently(ctx, func() error {
		return d.degrade(ctx, func(v version) error { return d.respond(ctx, v, response{Type: "in_channel"}) })
	})
	if err != nil {
		return "", d.explain("sharing in", err)
	}
	return whispered(d.o.Key), nil
}

func (d delivery) respond(ctx context.Context, v version, r response) error {
	blocks, text := d.content(v)
	r.Text = text
	if len(blocks) > 0 {
		encoded, err := encode(blocks)
		if err != nil {
			return err
		}
		r.Blocks = encoded
	}
	return d.a.respond(ctx, d.t.ResponseURL, r)
}

// edit changes a post.
func (d delivery) edit(ctx context.Context) error {
	err := d.inTurn(ctx, func(ctx context.Context) error {
		return d.degrade(ctx, func(v version) error {
			return d.a.call(ctx, func(c *api.Client) error {
				_, _, _, err := c.UpdateMessageContext(ctx, d.o.Conversation.Room, string(d.o.Replaces), d.options(v)...)
				return err
			})
		})
	})
	if err != nil {
		return d.explain("editing a post in", err)
	}
	return nil
}

// remove deletes a post; one that is gone already is deleted.
func (d delivery) remove(ctx context.Context) error {
	if d.o.Replaces == "" {
		return fmt.Errorf("slack: %w: nothing to post and nothing to delete", adapters.ErrPermanent)
	}
	err := d.inTurn(ctx, func(ctx context.Context) error {
		return d.a.call(ctx, func(c *api.Client) error {
			_, _, err := c.DeleteMessageContext(ctx, d.o.Conversation.Room, string(d.o.Replaces))
			return err
		})
	})
	if err != nil && !refused(err, "message_not_found") {
		return d.explain("deleting a post in", err)
	}
	d.a.posted.forget(func(id adapters.PostID) bool { return id == d.o.Replaces }) // its key may be posted anew
	return nil
}

// whisper posts, edits or deletes what only one person sees: through the
// response_url where there is one, otherwise with chat.postEphemeral.
func (d delivery) whisper(ctx context.Context) (adapters.PostID, error) {
	old := d.o.Replaces != ""
	if d.t.ResponseURL != "" {
		err := d.patiently(ctx, func() error {
			if d.o.Reply == nil {
				return d.a.respond(ctx, d.t.ResponseURL, response{Delete: true})
			}
			return d.degrade(ctx, func(v version) error {
				return d.respond(ctx, v, response{Type: ephemeral, Replace: old})
			})
		})
		if !expired(err) || old {
			return whispered(d.o.Key), d.explain("answering a command in", err)
		}
	}
	if old || d.o.Reply == nil {
		return "", fmt.Errorf("slack: %w: an ephemeral reply can be changed only from a tap on it", adapters.ErrPermanent)
	}
	err := d.inTurn(ctx, func(ctx context.Context) error {
		return d.degrade(ctx, func(v version) error {
			return d.a.call(ctx, func(c *api.Client) error {
				opts := d.options(v)
				if d.o.Conversation.Thread != "" {
					opts = append(opts, api.MsgOptionTS(d.o.Conversation.Thread))
				}
				_, err := c.PostEphemeralContext(ctx, d.o.Conversation.Room, d.o.Only, opts...)
				return err
			})
		})
	})
	return whispered(d.o.Key), d.explain("answering a person in", err)
}

// expired reports whether a response_url is used up.
func expired(err error) bool {
	var status api.StatusCodeError
	return errors.As(err, &status) && (status.Code == 404 || status.Code == 410) ||
		refused(err, "expired_url", "used_url", "expired_trigger_id", "no_active_hooks")
}

// inTurn runs f when it is the channel's turn.
func (d delivery) inTurn(ctx context.Context, f func(context.Context) error) error {
	leave, err := d.a.lanes.enter(ctx, d.o.Conversation.Room, d.a.pace)
	if err != nil {
		return err
	}
	rest := d.a.pace.post
	defer func() { leave(rest) }()
	err = d.patiently(ctx, func() error { return f(ctx) })
	var later *adapters.Later
	if errors.As(err, &later) {
		rest = later.After // the others would be told the same
	}
	return err
}

// patiently repeats f while Slack asks to wait a little, or while nothing could
// be sent.
func (d delivery) patiently(ctx context.Context, f func() error) error {
	redial := redialFirst
	for try := 1; ; try++ {
		err := f()
		var limited *api.RateLimitedError
		wait := redial
		switch {
		case err == nil:
			return nil
		case errors.As(err, &limited):
			wait = max(limited.RetryAfter, d.a.pace.post)
			d.a.log.Info("Slack asks to wait", "channel", d.o.Conversation.Room, "wait", wait)
		case unsent(err):
			redial *= 2
		default:
			return err
		}
		if try == maxTries || wait > d.a.pace.patience || !sleep(ctx, wait) {
			return &adapters.Later{After: wait, Err: err}
		}
	}
}

// unsent reports whether a request cannot have reached Slack.
func unsent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// degrade sends less where Slack refuses a version for what is in it: a short
// text rather than silence.
func (d delivery) degrade(ctx context.Context, send func(version) error) error {
	var err error
	for v := whole; v < versions; v++ {
		if err = send(v); !refused(err, tooMuch...) {
			return err
		}
		d.a.log.Warn("Slack refuses this reply; sending less", "channel", d.o.Conversation.Room, "key", d.o.Key, "version", int(v), "err", err)
		if ctx.Err() != nil {
			return err
		}
	}
	return err
}

// tooMuch are Slack's refusals of a message's content.
var tooMuch = []string{
	"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "invalid_metadata_format",
	"invalid_metadata_schema", "metadata_too_large", "invalid_arguments", "invalid_arg_value", "no_text",
}

// passing are Slack's errors that have not to do with the message: worth another
// try later, and nothing was posted.
var passing = []string{
	"ratelimited", "rate_limited", "message_limit_exceeded", "token_expired", "invalid_auth", "not_authed",
	"account_inactive", "token_revoked", "team_added_to_org", "org_login_required", "accesslimited", "missing_scope",
}

// unclear are Slack's errors after which a message may have been posted.
var unclear = []string{"internal_error", "fatal_error", "service_unavailable", "request_timeout"}

// explain says of an error what the bot must know of it: nothing was sent, it
// may have been, or it never will be.
func (d delivery) explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	var answer api.SlackErrorResponse
	var status api.StatusCodeError
	err = fmt.Errorf("slack: %s %s: %w", doing, d.o.Conversation.Room, err)
	answered := errors.As(err, &answer)
	switch {
	case errors.As(err, new(*adapters.Later)), errors.Is(err, adapters.ErrPermanent):
		return err
	case answered && slices.Contains(passing, answer.Err):
		return &adapters.Later{After: laterToken, Err: err}
	case answered && answer.Err == "message_not_found":
		return fmt.Errorf("%w: %w: %w", adapters.ErrPermanent, adapters.ErrNotFound, err)
	case answered && !slices.Contains(unclear, answer.Err), errors.As(err, &status) && status.Code < 500:
		return fmt.Errorf("%w: %w", adapters.ErrPermanent, err)
	}
	return fmt.Errorf("%w: %w", adapters.ErrUncertain, err)
}
