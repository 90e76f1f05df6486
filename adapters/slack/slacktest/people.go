package slacktest

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// What people do. Texts are given as they type them; the server escapes them
// as Slack does.

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// event wraps an inner event. The caller holds mu.
func (s *Server) event(inner object, c *Channel) object {
	s.envelope++
	outer := object{
		"token": "unused", "team_id": s.Team, "api_app_id": s.AppID, "type": "event_callback",
		"event_id": fmt.Sprintf("Ev%d", s.envelope), "event_time": time.Now().Unix(), "event": inner,
		"is_ext_shared_channel": c != nil && c.ExtShared,
		"authorizations":        []object{{"team_id": s.Team, "user_id": s.BotUser, "is_bot": true}},
	}
	if s.Enterprise != "" {
		outer["enterprise_id"] = s.Enterprise
	}
	return outer
}

// emit delivers an event of a channel where the app would be told of it. The
// caller holds mu.
func (s *Server) emit(inner object, c *Channel) *Delivery {
	return s.deliver("events_api", s.event(inner, c))
}

// Emit delivers any event.
func (s *Server) Emit(inner map[string]any, channel string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	var c *Channel
	if channel != "" {
		c = s.channel(channel)
	}
	return s.emit(inner, c)
}

// Say writes a message: in a channel, in a thread, or, where the channel is a
// D…, to the bot alone. It returns its timestamp and what was delivered.
func (s *Server) Say(user, channel, thread, text string) (string, []*Delivery) {
	return s.say(user, channel, thread, escaper.Replace(text))
}

// Mention is Say with the bot named.
func (s *Server) Mention(user, channel, thread, text string) (string, []*Delivery) {
	s.mu.Lock()
	bot := s.BotUser
	s.mu.Unlock()
	return s.say(user, channel, thread, "<@"+bot+"> "+escaper.Replace(text))
}

func (s *Server) say(user, channel, thread, text string) (string, []*Delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	p := &Post{TS: s.now(), ThreadTS: thread, User: user, Text: text, At: time.Now()}
	if s.users[user].IsRobot {
		p.BotID = "B" + user
	}
	c.Posts = append(c.Posts, p)
	return p.TS, s.announce(c, p)
}

// announce delivers the events of a post: one as a message and, where it names
// the bot, one more. The caller holds mu.
func (s *Server) announce(c *Channel, p *Post) []*Delivery {
	event := p.json(false)
	event["channel"], event["channel_type"], event["event_ts"], event["team"] = c.ID, channelType(c.ID), p.TS, s.Team
	var out []*Delivery
	if strings.Contains(p.Text, "<@"+s.BotUser+">") && !strings.HasPrefix(c.ID, "D") {
		mention := object{}
		for k, v := range event {
			mention[k] = v
		}
		mention["type"] = "app_mention"
		delete(mention, "channel_type")
		out = append(out, s.emit(mention, c))
	}
	return append(out, s.emit(event, c))
}

// Again delivers the events of a post once more.
func (s *Server) Again(channel, ts string) []*Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.find(channel, ts)
	if p == nil {
		return nil
	}
	return s.announce(s.channel(channel), p)
}

// Edit changes a person's message; the bot's mention in it stays.
func (s *Server) Edit(channel, ts, text string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.find(channel, ts)
	if p == nil {
		return nil
	}
	before := p.json(false)
	named := "<@" + s.BotUser + ">"
	text = escaper.Replace(text)
	if strings.Contains(p.Text, named) {
		text = named + " " + text
	}
	p.Text, p.Edited = text, s.now()
	return s.emit(object{"type": "message", "subtype": "message_changed", "hidden": true, "channel": channel, "channel_type": channelType(channel),
		"ts": p.Edited, "event_ts": p.Edited, "message": p.json(false), "previous_message": before}, s.channel(channel))
}

// Delete deletes a person's message. Where it has a thread Slack leaves a
// tombstone, and says so as a change.
func (s *Server) Delete(channel, ts string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	p := s.find(channel, ts)
	if p == nil {
		return nil
	}
	p.Deleted = true
	threaded := false
	for _, other := range c.Posts {
		threaded = threaded || (other.ThreadTS == ts && !other.Deleted && other.Only == "")
	}
	event := object{"type": "message", "subtype": "message_deleted", "hidden": true, "channel": channel, "channel_type": channelType(channel),
		"ts": s.now(), "event_ts": s.now(), "deleted_ts": ts, "previous_message": p.json(false)}
	if threaded {
		event["subtype"] = "message_changed"
		delete(event, "deleted_ts")
		event["message"] = object{"type": "message", "subtype": "tombstone", "text": "This message was deleted.", "user": "USLACKBOT", "hidden": true, "ts": ts, "thread_ts": ts}
	}
	return s.emit(event, c)
}

// React reacts to a message with an emoji's name.
func (s *Server) React(user, channel, ts, name string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	item := object{"type": "reaction_added", "user": user, "reaction": name, "item": object{"type": "message", "channel": channel, "ts": ts}, "event_ts": s.now()}
	if p := s.find(channel, ts); p != nil {
		item["item_user"] = p.User
	}
	return s.emit(item, s.channel(channel))
}

// Join brings the bot into a channel.
func (s *Server) Join(by, channel string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.channel(channel)
	c.Member = true
	return s.emit(object{"type": "member_joined_channel", "user": s.BotUser, "channel": channel, "channel_type": "C", "team": s.Team, "inviter": by, "event_ts": s.now()}, c)
}

// OpenHome opens a tab ("home" or "messages") of the bot's.
func (s *Server) OpenHome(user, direct, tab string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channel(direct)
	return s.emit(object{"type": "app_home_opened", "user": user, "channel": direct, "tab": tab, "event_ts": s.now()}, nil)
}

// StartAssistant opens a conversation in the older assistant view.
func (s *Server) StartAssistant(user, direct string) (thread string, d *Delivery) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channel(direct)
	thread = s.now()
	return thread, s.emit(object{"type": "assistant_thread_started", "event_ts": thread, "assistant_thread": object{
		"user_id": user, "channel_id": direct, "thread_ts": thread, "context": object{},
	}}, nil)
}

// Command types the slash command.
func (s *Server) Command(user, channel, text string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.deliver("slash_commands", object{
		"token": "unused", "team_id": s.Team, "team_domain": "newsroom", "enterprise_id": s.Enterprise, "channel_id": channel, "channel_name": "desk", "user_id": user, "user_name": user,
		"command": "/sourceline", "text": escaper.Replace(text), "response_url": s.responseURL(channel, user, ""), "trigger_id": "trigger." + s.now(),
		"api_app_id": s.AppID, "is_enterprise_install": "false",
	})
}

// Check chooses the message shortcut on a message.
func (s *Server) Check(user, channel, ts string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.find(channel, ts)
	if p == nil {
		return nil
	}
	return s.deliver("interactive", object{
		"type": "message_action", "callback_id": "check_claim", "trigger_id": "trigger." + s.now(), "action_ts": s.now(),
		"response_url": s.responseURL(channel, user, ""), "message_ts": ts, "message": p.json(false),
		"team": s.team(), "user": s.who(user), "channel": object{"id": channel, "name": "desk"},
	})
}

func (s *Server) team() object { return object{"id": s.Team, "domain": "newsroom"} }

func (s *Server) who(user string) object {
	return object{"id": user, "team_id": s.users[user].Team, "username": user}
}

// Tap taps the button with that value on a post of the bot's.
func (s *Server) Tap(user, channel, ts, value string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.find(channel, ts)
	if p == nil {
		return nil
	}
	action, ok := button(p.Blocks, value)
	if !ok {
		return nil
	}
	action["action_ts"] = s.now()
	container := object{"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": p.Only != ""}
	payload := object{
		"type": "block_actions", "trigger_id": "trigger." + s.now(), "team": s.team(), "user": s.who(user), "channel": object{"id": channel, "name": "desk"},
		"container": container, "actions": []object{action}, "api_app_id": s.AppID, "is_enterprise_install": false, "enterprise": nil,
	}
	target := ""
	if p.Only != "" {
		target = ts
	} else {
		payload["message"] = p.json(false)
	}
	if p.ThreadTS != "" {
		container["thread_ts"] = p.ThreadTS
	}
	payload["response_url"] = s.responseURL(channel, user, target)
	return s.deliver("interactive", payload)
}

// TapHome taps the button with that value on a user's Home tab.
func (s *Server) TapHome(user, value string) *Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	var view struct {
		Blocks          json.RawMessage `json:"blocks"`
		PrivateMetadata string          `json:"private_metadata"`
	}
	if json.Unmarshal(s.views[user], &view) != nil {
		return nil
	}
	action, ok := button(view.Blocks, value)
	if !ok {
		return nil
	}
	action["action_ts"] = s.now()
	return s.deliver("interactive", object{
		"type": "block_actions", "trigger_id": "trigger." + s.now(), "team": s.team(), "user": s.who(user),
		"container": object{"type": "view", "view_id": "V" + user}, "view": object{"id": "V" + user, "type": "home", "private_metadata": view.PrivateMetadata},
		"actions": []object{action}, "api_app_id": s.AppID,
	})
}
