package slack

import (
	"context"
	"fmt"

	api "github.com/slack-go/slack"

	"sourceline/adapters"
)

// publish makes the reply the Home tab of the person who opened it. The tab
// carries the direct message channel with it, which is where a tap on one of its
// examples is answered.
func (d delivery) publish(ctx context.Context) (adapters.PostID, error) {
	user := d.t.User
	if d.o.Only != "" {
		user = d.o.Only
	}
	if user == "" {
		return "", fmt.Errorf("slack: %w: a Home tab without its owner", adapters.ErrPermanent)
	}
	p := printer{key: d.o.Key, tab: true}
	view := api.HomeTabViewRequest{
		Type:            api.VTHomeTab,
		Blocks:          api.Blocks{BlockSet: p.print(*d.o.Reply)},
		PrivateMetadata: d.o.Conversation.Room,
	}
	var id adapters.PostID
	err := d.patiently(ctx, func() error {
		return d.a.call(ctx, func(c *api.Client) error {
			r, err := c.PublishViewContext(ctx, api.PublishViewContextRequest{UserID: user, View: view})
			if err == nil {
				id = adapters.PostID(r.ID)
			}
			return err
		})
	})
	return id, d.explain("publishing the Home tab for "+user+" of", err)
}

// suggest makes the reply's examples the suggested prompts of a conversation
// with the agent.
func (d delivery) suggest(ctx context.Context) (adapters.PostID, error) {
	params := api.AssistantThreadsSetSuggestedPromptsParameters{
		ChannelID: d.o.Conversation.Room,
		ThreadTS:  d.o.Conversation.Thread,
		Title:     promptTitle(*d.o.Reply),
	}
	for _, part := range d.o.Reply.Parts {
		choices, _ := part.(adapters.Choices)
		for _, c := range choices.Options {
			if c.Ask != "" && len(params.Prompts) < maxPrompts {
				params.AddPrompt(cut(oneLine(c.Label), maxButton), cut(oneLine(c.Ask), maxPromptText))
			}
		}
	}
	id := adapters.PostID("prompts:" + shortKey(d.o.Key))
	if len(params.Prompts) == 0 {
		return id, nil
	}
	err := d.patiently(ctx, func() error {
		return d.a.call(ctx, func(c *api.Client) error { return c.SetAssistantThreadsSuggestedPromptsContext(ctx, params) })
	})
	return id, d.explain("suggesting prompts in", err)
}

// promptTitle is the first thing that a reply says, as a title.
func promptTitle(r adapters.Reply) string {
	for _, part := range r.Parts {
		title := ""
		switch part := part.(type) {
		case adapters.Headline:
			title = headlineText(part)
		case adapters.Paragraph:
			title = oneLine(part.Text)
		}
		if title != "" {
			return cut(title, maxButton)
		}
	}
	return ""
}
