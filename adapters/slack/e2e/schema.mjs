// Checks messages against a JSON schema that is generated from Slack's own
// TypeScript types. Reads one JSON object a line: {"name", "blocks", "home"}.
// Prints "ok N" where all are valid.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createGenerator } from "ts-json-schema-generator";
import Ajv from "ajv";

const types = dirname(createRequire(import.meta.url).resolve("@slack/types/package.json"));
const schemaOf = (type) =>
  createGenerator({
    path: join(types, "dist", "index.d.ts"),
    type,
    skipTypeCheck: true,
    additionalProperties: false,
  }).createSchema(type);

const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
const block = ajv.compile(schemaOf("KnownBlock"));
const view = ajv.compile(schemaOf("HomeView"));

let checked = 0;
let wrong = 0;
const complain = (name, validate, value) => {
  wrong++;
  console.error(`${name}: ${JSON.stringify(value).slice(0, 600)}\n${JSON.stringify(validate.errors?.slice(-3))}`);
};
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const { name, blocks, home } = JSON.parse(line);
  for (const b of blocks ?? []) {
    checked++;
    if (!block(b)) complain(name, block, b);
  }
  if (home) {
    checked++;
    if (!view(home)) complain(name, view, home);
  }
}
// The schema must be able to refuse.
if (block({ type: "header", text: { type: "mrkdwn", text: "x" } })) {
  console.error("the schema takes a header of mrkdwn: it checks nothing");
  wrong++;
}
if (wrong) process.exit(1);
console.log(`ok ${checked}`);
