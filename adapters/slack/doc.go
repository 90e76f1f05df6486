// Package slack connects the bot to Slack: it turns Slack's events into
// messages and the bot's replies into Block Kit, and keeps Slack's rules.
//
// # In
//
// Events come by Socket Mode (two connections at once, see socket.go) or, where
// [Config.Listen] is set, by signed HTTP requests (see http.go). Both end in
// the intake, which reads an envelope, asks the gate who may ask what where,
// hands the message to the inbox and only then acknowledges, within Slack's
// three seconds.
//
// What Slack sends becomes this:
//
//	app_mention, or a message that names the bot    Mention
//	message.im                                      Direct
//	message.channels, message.groups in a thread    ThreadReply
//	/sourceline (any slash command of the app)      Command
//	the message shortcut "Check this claim"         Command, Value "check", Text the message's text, Target its ID
//	a button                                        Action, Value the choice's value, Target the post
//	reaction_added                                  Reaction, Value 👍, 👎 or Slack's :name:
//	message_changed, message_deleted                Edited, Deleted, Target the question's ID
//	app_home_opened, assistant_thread_started       Home
//	member_joined_channel, of the bot itself        Joined
//
// The ID of a message that somebody wrote is its timestamp, so that the
// app_mention and the message event of one post, a retry, or a second replica's
// copy are one message to the inbox. A post in a channel is answered in a
// thread under it: its Conversation.Thread is its own timestamp. A direct
// message has a thread only where it was written in one. A tap on the Home tab is
// an Action in the direct message channel of the one who tapped, and its Target
// is the PostID of the tab. Conversation.Workspace is the workspace of the bot's
// token, whichever the sender is in.
//
// # Out
//
// [Adapter.Post] looks at Outgoing.Return, which the bot must hand back as it
// came with the message that is answered:
//
//   - A Command or an Action on an ephemeral post is answered through its
//     response_url where Outgoing.Only names the reader; the PostID of an
//     ephemeral reply is good for Replaces only together with the Return of an
//     Action on it.
//   - The answer to a Home message is not posted but published. Where the Home
//     tab was opened, the whole Reply becomes the tab. Where a conversation with
//     the agent was opened, the first four Choices that have an Ask become its
//     suggested prompts and the first Headline or Paragraph their title. So one
//     Reply serves both: a Headline, what is covered and how fresh as
//     Paragraphs, examples as Choices "ask:<question>".
//
// A Choice's Value is "verb:argument". The adapter knows two verbs only: a
// choice "up:…" followed by a choice "down:…" is printed as Slack's own pair of
// feedback buttons. All others ("lines:", "share:", "ask:") are plain buttons,
// and their values come back as they were.
//
// # Errors of Post
//
// adapters.ErrPermanent: Slack refused and will again (with adapters.ErrNotFound
// where the post is gone). adapters.ErrUncertain: the connection or Slack failed
// after the request was sent; try again with Outgoing.Uncertain and the adapter
// looks for the post by its Key, kept in the message's metadata, before it posts.
// Ephemeral replies cannot be looked up and are sent again. *adapters.Later:
// nothing was sent, because the channel's turn is far off, Slack asks to wait,
// cannot be reached or refuses the token.
package slack
