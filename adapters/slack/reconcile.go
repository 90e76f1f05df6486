package slack

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	api "github.com/slack-go/slack"

	"sourceline/adapters"
)

// The key of an outgoing message is kept in the metadata of its post, which
// people do not see.
const (
	metadataType = "sourceline_answer"
	metadataKey  = "key"
)

const (
	searchBack  = 24 * time.Hour // how old a post of unknown outcome may be
	searchPage  = 200            // messages at a time
	searchPages = 10
)

// find looks for the post that carries o's key, which an earlier try may have
// made. It returns "" where there is none.
func (a *Adapter) find(ctx context.Context, o adapters.Outgoing) (adapters.PostID, error) {
	if o.Key == "" {
		return "", nil
	}
	oldest := strconv.FormatInt(time.Now().Add(-searchBack).Unix(), 10)
	cursor := ""
	for range searchPages {
		posts, next, err := a.page(ctx, o.Conversation, oldest, cursor)
		if err != nil {
			return "", err
		}
		me := a.identity()
		for _, p := range posts {
			ours := p.User == me.UserID || (p.BotID != "" && p.BotID == me.BotID)
			if ours && p.Metadata.EventType == metadataType && p.Metadata.EventPayload[metadataKey] == shortKey(o.Key) {
				return adapters.PostID(p.Timestamp), nil
			}
		}
		if cursor = next; cursor == "" {
			break
		}
	}
	return "", nil
}

// page reads some messages of a thread, or of a channel where there is none.
func (a *Adapter) page(ctx context.Context, in adapters.Conversation, oldest, cursor string) (posts []api.Message, next string, err error) {
	err = a.call(ctx, func(c *api.Client) error {
		if in.Thread != "" {
			var more bool
			posts, more, next, err = c.GetConversationRepliesContext(ctx, &api.GetConversationRepliesParameters{
				ChannelID: in.Room, Timestamp: in.Thread, Oldest: oldest, Cursor: cursor, Limit: searchPage, IncludeAllMetadata: true,
			})
			if !more {
				next = ""
			}
			return err
		}
		r, err := c.GetConversationHistoryContext(ctx, &api.GetConversationHistoryParameters{
			ChannelID: in.Room, Oldest: oldest, Cursor: cursor, Limit: searchPage, IncludeAllMetadata: true,
		})
		if err != nil {
			return err
		}
		posts, next = r.Messages, ""
		if r.HasMore {
			next = r.ResponseMetaData.NextCursor
		}
		return nil
	})
	return posts, next, err
}

// encode writes blocks as Slack takes them.
func encode(blocks []api.Block) (json.RawMessage, error) {
	b, err := json.Marshal(blocks)
	if err != nil {
		return nil, fmt.Errorf("slack: encoding blocks: %w", err)
	}
	return b, nil
}
