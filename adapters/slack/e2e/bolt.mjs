// Official Bolt as the other side of the fake Slack: it connects by Socket Mode,
// or takes HTTP requests where PORT is set, and prints what it was given, one
// line of JSON each.
import bolt from "@slack/bolt";

const { API_URL, BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, PORT } = process.env;
const common = { token: BOT_TOKEN, clientOptions: { slackApiUrl: API_URL }, logLevel: "error" };
const app = new bolt.App(
  PORT ? { ...common, signingSecret: SIGNING_SECRET, endpoints: "/slack" } : { ...common, appToken: APP_TOKEN, socketMode: true },
);
const say = (what, value) => console.log(JSON.stringify({ what, ...value }));

app.event("app_mention", async ({ event }) => say("app_mention", { text: event.text, ts: event.ts }));
app.event("message", async ({ event }) => say(event.subtype ?? "message", { text: event.text ?? "", ts: event.ts }));
app.event("reaction_added", async ({ event }) => say("reaction_added", { text: event.reaction }));
app.event("app_home_opened", async ({ event }) => say("app_home_opened", { text: event.tab }));
app.event("member_joined_channel", async ({ event }) => say("member_joined_channel", { text: event.channel }));
app.command("/sourceline", async ({ command, ack }) => {
  await ack();
  say("command", { text: command.text });
});
app.shortcut({ callback_id: "check_claim", type: "message_action" }, async ({ shortcut, ack }) => {
  await ack();
  say("shortcut", { text: shortcut.message.text });
});
app.action({ type: "block_actions" }, async ({ action, ack, respond }) => {
  await ack();
  say("action", { text: action.value });
  await respond({ text: "seen", response_type: "ephemeral", replace_original: false });
});
app.error(async (error) => console.error(String(error)));
await app.start(PORT ? Number(PORT) : undefined);
say("ready", {});
