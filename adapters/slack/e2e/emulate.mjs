// Starts the "emulate" package's Slack with its events signed and sent to
// REQUEST_URL, and prints one line of JSON: where it listens and who is who.
import { createHmac } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer as net } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createServer, serve } from "@emulators/core";

const { REQUEST_URL, SIGNING_SECRET, BOT_TOKEN, USER_TOKEN } = process.env;

// The package's command does not start on every Node; its Slack is one of its files.
const dist = dirname(fileURLToPath(import.meta.resolve("emulate")));
const file = readdirSync(dist).find((f) => f.startsWith("dist-") && f.endsWith(".js") && /\n  slackPlugin\n/.test(readFileSync(join(dist, f), "utf8")));
const { slackPlugin, seedFromConfig, getSlackStore } = await import(pathToFileURL(join(dist, file)).href);

const free = () =>
  new Promise((resolve) => {
    const probe = net().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
const port = await free();
const url = `http://127.0.0.1:${port}`;
const dispatch = async (_event, _action, payload) => {
  const body = JSON.stringify(payload);
  const stamp = String(Math.floor(Date.now() / 1000));
  const signature = "v0=" + createHmac("sha256", SIGNING_SECRET).update(`v0:${stamp}:${body}`).digest("hex");
  const headers = { "Content-Type": "application/json", "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature };
  const answer = await fetch(REQUEST_URL, { method: "POST", headers, body });
  if (!answer.ok) console.error(`event not taken: ${answer.status}`);
};
// The server is of an older release than the plugin: it signs nothing itself.
const plugin = {
  ...slackPlugin,
  register(app, store, webhooks, baseUrl, tokenMap) {
    webhooks.setHeaderFactory ??= () => {};
    webhooks.dispatch = dispatch;
    slackPlugin.register(app, store, webhooks, baseUrl, tokenMap);
  },
};
const { app, store } = createServer(plugin, { port, baseUrl: url });
slackPlugin.seed(store, url);
seedFromConfig(store, url, {
  users: [{ name: "ann", real_name: "Ann" }],
  oauth_apps: [{ app_id: "A0SOURCE", client_id: "id", client_secret: "secret", name: "Sourceline", redirect_uris: [], scopes: ["chat:write"], bot_id: "B0SOURCE", bot_user_id: "U0SOURCE", bot_name: "sourceline" }],
  tokens: [
    { token: BOT_TOKEN, type: "bot", user_id: "U0SOURCE", bot_id: "B0SOURCE", bot_user_id: "U0SOURCE", app_id: "A0SOURCE" },
    { token: USER_TOKEN, type: "user", user: "ann" },
  ],
});
serve({ fetch: app.fetch, port, hostname: "127.0.0.1" });
const slack = getSlackStore(store);
console.log(JSON.stringify({ url, channel: slack.channels.all()[0].channel_id, ann: slack.users.findOneBy("name", "ann").user_id }));
