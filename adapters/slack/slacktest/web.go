package slacktest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// object is a JSON object.
type object = map[string]any

func failure(code string) object { return object{"ok": false, "error": code} }

// api answers a call of the Web API.
func (s *Server) api(w http.ResponseWriter, r *http.Request) {
	method := r.PathValue("method")
	form, token, err := readForm(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.record(method, form)
	s.withFaults(w, method, form, func() object { return s.do(method, token, form) })
}

func (s *Server) record(method string, form url.Values) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, Call{Method: method, Form: form, At: time.Now()})
}

// withFaults runs do and writes its answer, or what the fault says.
func (s *Server) withFaults(w http.ResponseWriter, method string, form url.Values, do func() object) {
	s.mu.Lock()
	ask := s.Fault
	s.mu.Unlock()
	var f *Fault
	if ask != nil {
		f = ask(method, form)
	}
	if f == nil {
		f = &Fault{Perform: true}
	} else {
		time.Sleep(f.Delay)
	}
	answer := object{"ok": true}
	if f.Perform || f.Delay > 0 && f.Status == 0 && f.Error == "" && !f.Cut {
		answer = do()
	}
	switch {
	case f.Cut:
		panic(http.ErrAbortHandler)
	case f.Status != 0:
		if f.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(f.RetryAfter))
		}
		w.WriteHeader(f.Status)
		return
	case f.Error != "":
		answer = failure(f.Error)
	}
	if answer["error"] == "ratelimited" {
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	s.mu.Lock()
	w.Header().Set("X-OAuth-Scopes", strings.Join(s.Scopes, ","))
	s.mu.Unlock()
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		panic(http.ErrAbortHandler)
	}
}

// readForm reads the fields of a form or of a JSON body, and the token.
func readForm(r *http.Request) (url.Values, string, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, "", err
	}
	form := r.URL.Query()
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		fields := map[string]json.RawMessage{}
		if len(body) > 0 {
			if err := json.Unmarshal(body, &fields); err != nil {
				return nil, "", err
			}
		}
		for k, v := range fields {
			var text string
			if json.Unmarshal(v, &text) != nil {
				text = string(v)
			}
			form.Set(k, text)
		}
	} else {
		posted, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, "", err
		}
		for k := range posted {
			form.Set(k, posted.Get(k))
		}
	}
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		token = form.Get("token")
	}
	form.Del("token")
	return form, token, nil
}

// do performs a call.
func (s *Server) do(method, token string, form url.Values) object {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case method == "oauth.v2.access":
		return s.rotate(form)
	case method == "apps.manifest.export":
		return s.manifest()
	case method == "apps.connections.open":
		if token != s.AppToken {
			return failure("invalid_auth")
		}
		s.opened++
		return object{"ok": true, "url": "ws" + strings.TrimPrefix(s.URL, "http") + "/link?ticket=secret-ticket"}
	case token != s.BotToken:
		return failure("invalid_auth")
	case s.Expired:
		return failure("token_expired")
	}
	handle, ok := handlers[method]
	if !ok {
		return failure("unknown_method")
	}
	return handle(s, form)
}

var handlers = map[string]func(*Server, url.Values) object{
	"auth.test": (*Server).authTest, "users.info": (*Server).usersInfo, "users.list": (*Server).usersList, "conversations.info": (*Server).conversationsInfo,
	"conversations.history": (*Server).history, "conversations.replies": (*Server).history,
	"chat.postMessage": (*Server).postMessage, "chat.postEphemeral": (*Server).postEphemeral,
	"chat.update": (*Server).update, "chat.delete": (*Server).remove,
	"views.publish": (*Server).publish, "assistant.threads.setStatus": (*Server).setStatus,
	"assistant.threads.setSuggestedPrompts": (*Server).setPrompts,
}

func (s *Server) authTest(url.Values) object {
	a := object{"ok": true, "url": s.URL, "team": "Newsroom", "user": "sourceline", "team_id": s.Team, "user_id": s.BotUser, "bot_id": s.BotID}
	if s.Enterprise != "" {
		a["enterprise_id"] = s.Enterprise
	}
	return a
}

// rotate trades a refresh token, once, for a new pair.
func (s *Server) rotate(form url.Values) object {
	if form.Get("grant_type") != "refresh_token" || s.Refresh == "" || form.Get("refresh_token") != s.Refresh {
		return failure("invalid_refresh_token")
	}
	s.opened++
	s.BotToken, s.Refresh, s.Expired = "xoxe.xoxb-"+strconv.Itoa(s.opened), "xoxe-"+strconv.Itoa(s.opened), false
	return object{"ok": true, "access_token": s.BotToken, "refresh_token": s.Refresh, "expires_in": 43200, "token_type": "bot"}
}

func (s *Server) manifest() object {
	return object{"ok": true, "manifest": object{
		"display_information": object{"name": "Sourceline"},
		"settings": object{
			"event_subscriptions": object{"bot_events": s.BotEvents},
			"interactivity":       object{"is_enabled": true},
			"socket_mode_enabled": true,
		},
	}}
}

func (s *Server) usersInfo(form url.Values) object {
	u, ok := s.users[form.Get("user")]
	if !ok {
		return failure("user_not_found")
	}
	return object{"ok": true, "user": s.member(u)}
}

// usersList lists all members; the cursor is how many were listed before.
func (s *Server) usersList(form url.Values) object {
	ids := slices.Sorted(maps.Keys(s.users))
	from, _ := strconv.Atoi(form.Get("cursor")) // none is 0
	limit, err := strconv.Atoi(form.Get("limit"))
	if err != nil || from > len(ids) {
		return failure("invalid_cursor")
	}
	to, next := from+limit, ""
	if to < len(ids) {
		next = strconv.Itoa(to)
	}
	members := []object{}
	for _, id := range ids[from:min(to, len(ids))] {
		members = append(members, s.member(s.users[id]))
	}
	return object{"ok": true, "members": members, "response_metadata": object{"next_cursor": next}}
}

func (s *Server) member(u User) object {
	return object{
		"enterprise_user": object{"enterprise_id": s.Enterprise},
		"id":              u.ID, "team_id": u.Team, "name": u.Name, "real_name": u.Name, "is_bot": u.IsRobot, "locale": u.Locale,
		"is_restricted": u.Guest, "is_ultra_restricted": false, "is_stranger": u.Stranger,
	}
}

func (s *Server) conversationsInfo(form url.Values) object {
	c := s.channels[form.Get("channel")]
	if c == nil {
		return failure("channel_not_found")
	}
	return object{"ok": true, "channel": object{"id": c.ID, "name": c.Name, "is_channel": true, "is_member": c.Member, "is_ext_shared": c.ExtShared}}
}

// history answers conversations.history and conversations.replies.
func (s *Server) history(form url.Values) object {
	c := s.channels[form.Get("channel")]
	if c == nil {
		return failure("channel_not_found")
	}
	thread, oldest := form.Get("ts"), form.Get("oldest")
	var out []object
	for _, p := range c.Posts {
		in := p.ThreadTS == "" || p.ThreadTS == p.TS
		if thread != "" {
			in = p.TS == thread || p.ThreadTS == thread
		}
		if in && !p.Deleted && p.Only == "" && p.TS > oldest {
			out = append(out, p.json(form.Get("include_all_metadata") != ""))
		}
	}
	return object{"ok": true, "messages": out, "has_more": false}
}

// json is the post as events and the history show it.
func (p *Post) json(metadata bool) object {
	m := object{"type": "message", "user": p.User, "text": p.Text, "ts": p.TS}
	if p.ThreadTS != "" {
		m["thread_ts"] = p.ThreadTS
	}
	if p.BotID != "" {
		m["bot_id"] = p.BotID
	}
	if len(p.Blocks) > 0 {
		m["blocks"] = p.Blocks
	}
	if p.Edited != "" {
		m["edited"] = object{"user": p.User, "ts": p.Edited}
	}
	if metadata && len(p.Metadata) > 0 {
		m["metadata"] = p.Metadata
	}
	return m
}

// content checks a message's text and blocks as Slack does.
func (s *Server) content(form url.Values) (text string, blocks json.RawMessage, bad object) {
	text = form.Get("text")
	if b := form.Get("blocks"); b != "" && b != "[]" {
		blocks = json.RawMessage(b)
	}
	switch {
	case text == "" && blocks == nil:
		return "", nil, failure("no_text")
	case units(text) > 4000:
		return "", nil, failure("msg_too_long")
	case blocks != nil && !s.PermissiveBlocks:
		if err := CheckBlocks(blocks); err != nil {
			return "", nil, object{"ok": false, "error": "invalid_blocks", "errors": []string{err.Error()}}
		}
	}
	return text, blocks, nil
}

func (s *Server) postMessage(form url.Values) object {
	c := s.channels[form.Get("channel")]
	if c == nil {
		return failure("channel_not_found")
	}
	if !c.Member && !strings.HasPrefix(c.ID, "D") {
		return failure("not_in_channel")
	}
	text, blocks, bad := s.content(form)
	if bad != nil {
		return bad
	}
	if s.MaxPostsEachSecond && s.tooSoon(c) {
		return failure("ratelimited")
	}
	p := &Post{TS: s.now(), ThreadTS: form.Get("thread_ts"), User: s.BotUser, BotID: s.BotID, Text: text, Blocks: blocks, Metadata: json.RawMessage(form.Get("metadata")), At: time.Now()}
	c.Posts = append(c.Posts, p)
	if p.ThreadTS != "" {
		delete(s.status, c.ID+"/"+p.ThreadTS)
	}
	event := p.json(false)
	event["channel"], event["channel_type"], event["event_ts"] = c.ID, channelType(c.ID), p.TS
	s.emit(event, c)
	return object{"ok": true, "channel": c.ID, "ts": p.TS, "message": p.json(false)}
}

// tooSoon reports whether the bot posted in the channel less than a second ago.
func (s *Server) tooSoon(c *Channel) bool {
	for i := len(c.Posts) - 1; i >= 0; i-- {
		if p := c.Posts[i]; p.BotID == s.BotID && p.Only == "" {
			return time.Since(p.At) < 950*time.Millisecond
		}
	}
	return false
}

func (s *Server) postEphemeral(form url.Values) object {
	c := s.channels[form.Get("channel")]
	if c == nil {
		return failure("channel_not_found")
	}
	if !c.Member {
		return failure("not_in_channel")
	}
	text, blocks, bad := s.content(form)
	if bad != nil {
		return bad
	}
	p := s.whisper(c, form.Get("user"), form.Get("thread_ts"), text, blocks)
	return object{"ok": true, "message_ts": p.TS}
}

func (s *Server) whisper(c *Channel, user, thread, text string, blocks json.RawMessage) *Post {
	p := &Post{TS: s.now(), ThreadTS: thread, User: s.BotUser, BotID: s.BotID, Text: text, Blocks: blocks, Only: user, At: time.Now()}
	c.Posts = append(c.Posts, p)
	return p
}

func (s *Server) update(form url.Values) object {
	c, ts := s.channels[form.Get("channel")], form.Get("ts")
	if c == nil {
		return failure("channel_not_found")
	}
	p := s.find(c.ID, ts)
	if p == nil || p.Only != "" {
		return failure("message_not_found")
	}
	if p.BotID != s.BotID {
		return failure("cant_update_message")
	}
	text, blocks, bad := s.content(form)
	if bad != nil {
		return bad
	}
	before := p.json(false)
	p.Text, p.Blocks, p.Edited = text, blocks, s.now()
	s.emit(object{"type": "message", "subtype": "message_changed", "hidden": true, "channel": c.ID, "channel_type": channelType(c.ID),
		"ts": p.Edited, "event_ts": p.Edited, "message": p.json(false), "previous_message": before}, c)
	return object{"ok": true, "channel": c.ID, "ts": p.TS, "text": text}
}

func (s *Server) remove(form url.Values) object {
	c := s.channels[form.Get("channel")]
	if c == nil {
		return failure("channel_not_found")
	}
	p := s.find(c.ID, form.Get("ts"))
	if p == nil || p.Only != "" {
		return failure("message_not_found")
	}
	if p.BotID != s.BotID {
		return failure("cant_delete_message")
	}
	p.Deleted = true
	s.emit(object{"type": "message", "subtype": "message_deleted", "hidden": true, "channel": c.ID, "channel_type": channelType(c.ID),
		"ts": s.now(), "event_ts": s.now(), "deleted_ts": p.TS, "previous_message": p.json(false)}, c)
	return object{"ok": true, "channel": c.ID, "ts": p.TS}
}

func (s *Server) publish(form url.Values) object {
	var view struct{ Blocks json.RawMessage }
	if err := json.Unmarshal([]byte(form.Get("view")), &view); err != nil {
		return failure("invalid_arguments")
	}
	if err := CheckBlocks(view.Blocks); err != nil {
		return failure("invalid_blocks")
	}
	s.views[form.Get("user_id")] = json.RawMessage(form.Get("view"))
	return object{"ok": true, "view": object{"id": "V" + form.Get("user_id"), "type": "home"}}
}

func (s *Server) setStatus(form url.Values) object {
	if form.Get("thread_ts") == "" {
		return failure("invalid_thread_ts")
	}
	s.status[form.Get("channel_id")+"/"+form.Get("thread_ts")] = form.Get("status")
	return object{"ok": true}
}

func (s *Server) setPrompts(form url.Values) object {
	var prompts []Prompt
	if err := json.Unmarshal([]byte(form.Get("prompts")), &prompts); err != nil || len(prompts) > 4 {
		return failure("invalid_arguments")
	}
	s.prompts[form.Get("channel_id")] = prompts
	return object{"ok": true}
}

// hook answers a response_url.
func (s *Server) hook(w http.ResponseWriter, r *http.Request) {
	form, _, err := readForm(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	s.record("response_url", form)
	s.withFaults(w, "response_url", form, func() object { return s.respond(r.PathValue("id"), form) })
}

func (s *Server) respond(id string, form url.Values) object {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.hooks[id]
	if h == nil || h.expired {
		return failure("expired_url")
	}
	if h.uses++; h.uses > 5 {
		return failure("used_url")
	}
	c := s.channel(h.channel)
	old := s.find(c.ID, h.target)
	if form.Get("delete_original") == "true" {
		if old != nil {
			old.Deleted = true
		}
		return object{"ok": true}
	}
	text, blocks, bad := s.content(form)
	if bad != nil {
		return bad
	}
	switch {
	case form.Get("replace_original") == "true" && old != nil:
		old.Text, old.Blocks = text, blocks
	case form.Get("response_type") == "in_channel":
		c.Posts = append(c.Posts, &Post{TS: s.now(), User: s.BotUser, BotID: s.BotID, Text: text, Blocks: blocks, At: time.Now()})
	default:
		s.whisper(c, h.user, "", text, blocks)
	}
	return object{"ok": true}
}

// responseURL makes a response_url. The caller holds mu.
func (s *Server) responseURL(channel, user, target string) string {
	id := fmt.Sprintf("response-%d", len(s.hooks)+1)
	s.hooks[id] = &hook{channel: channel, user: user, target: target}
	return s.URL + "/hook/" + id
}

func channelType(id string) string {
	switch id[0] {
	case 'D':
		return "im"
	case 'G':
		return "group"
	}
	return "channel"
}
