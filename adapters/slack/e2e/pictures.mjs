// Draws the replies of testdata/pictures as docs/slack-NAME.png: an HTML
// rendering of our own of the Block Kit that goes out, in headless Chromium. It
// is near to what Slack shows and is not Slack. Needs chromium, and fonts with
// emoji. Run it in this folder: node pictures.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const escape = (s) => s.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const styled = (e) => {
  let html = escape(e.text).replace(/\n/g, "<br>");
  if (e.style?.bold) html = `<b>${html}</b>`;
  if (e.style?.italic) html = `<i>${html}</i>`;
  return e.type === "link" ? `<a>${html}</a>` : html;
};
const rich = (e) => {
  const tag = e.type === "rich_text_quote" ? "blockquote" : "p";
  return `<${tag}>${e.elements.map(styled).join("")}</${tag}>`;
};
const thumb = { positive_button: "👍", negative_button: "👎" };
const element = (e) => {
  if (e.type === "button") return `<button>${escape(e.text.text)}</button>`;
  return Object.entries(thumb).map(([side, icon]) => `<span class="thumb" title="${escape(e[side].text.text)}">${icon}</span>`).join("");
};
const draw = {
  header: (b) => `<h1>${escape(b.text.text)}</h1>`,
  rich_text: (b) => b.elements.map(rich).join(""),
  context: (b) => `<small>${b.elements.map((e) => escape(e.text)).join(" ")}</small>`,
  actions: (b) => `<div>${b.elements.map(element).join("")}</div>`,
  context_actions: (b) => `<div>${b.elements.map(element).join("")}</div>`,
};
const message = (who, color, letter, time, html, app = "") => `<section>
  <div class="face" style="background:${color}">${letter}</div>
  <div class="body"><header><b>${who}</b>${app}<time>${time}</time></header>${html}</div></section>`;
const page = (question, blocks) => `<!doctype html><meta charset="utf-8"><style>
  * { box-sizing: border-box }
  body { margin: 0; padding: 18px 22px; width: 720px; background: #fff; color: #1d1c1d; font: 15px/1.47 Lato, "Liberation Sans", Arial, sans-serif }
  section { display: flex; gap: 10px; margin-bottom: 14px }
  .face { flex: none; width: 36px; height: 36px; border-radius: 8px; color: #fff; font-weight: bold; font-size: 18px; display: flex; align-items: center; justify-content: center }
  .body { flex: 1 } header b { margin-right: 6px } time { color: #616061; font-size: 12px }
  .app { background: #e8e8e8; color: #616061; font-size: 10px; font-weight: bold; border-radius: 3px; padding: 1px 3px; margin-right: 6px }
  h1 { font-size: 18px; line-height: 1.33; margin: 4px 0 6px }
  p { margin: 2px 0 10px } blockquote { margin: 6px 0 2px; padding-left: 12px; border-left: 4px solid #ddd }
  blockquote + p { color: #454245; font-size: 14px }
  a { color: #1264a3 } small { display: block; color: #616061; font-size: 13px; margin: 4px 0 8px }
  button { font: bold 13px "Liberation Sans", Arial, sans-serif; color: #1d1c1d; background: #fff; border: 1px solid #bbb; border-radius: 8px; padding: 6px 12px; margin: 4px 8px 4px 0 }
  .thumb { font-size: 15px; margin-right: 10px; filter: grayscale(1); opacity: .75 } .mention { background: #e8f5fa; color: #1264a3; border-radius: 3px; padding: 0 2px }
</style>${message("Ann", "#4a154b", "A", "9:41 AM", `<p><span class="mention">@Sourceline</span> ${escape(question)}</p>`)}
${message("Sourceline", "#1d3b53", "S", "9:41 AM", blocks.map((b) => draw[b.type](b)).join(""), '<span class="app">APP</span>')}`;

const section = (text, name) => {
  const begin = text.indexOf(`-- ${name} --\n`);
  const rest = text.slice(begin + name.length + 7);
  const end = rest.search(/^-- .* --$/m);
  return end < 0 ? rest : rest.slice(0, end);
};
const from = "../testdata/pictures";
const work = mkdtempSync(join(tmpdir(), "pictures-"));
const heights = { troops: 478, deaths: 540, refusal: 252 };
for (const file of readdirSync(from)) {
  const text = readFileSync(join(from, file), "utf8");
  const name = file.replace(".txtar", "");
  const html = join(work, `${name}.html`);
  writeFileSync(html, page(text.split("\n", 1)[0], JSON.parse(section(text, "slack.json"))));
  const png = `../../../docs/slack-${name}.png`;
  execFileSync("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1.5",
    `--window-size=720,${heights[name] ?? 600}`, `--screenshot=${png}`, `file://${html}`], { stdio: "ignore" });
  console.log(png);
}
rmSync(work, { recursive: true });
