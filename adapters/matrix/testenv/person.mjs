// A person in a room, with the Rust cryptography that Element uses and with
// insecure devices excluded: what an unsigned device wrote is not read, and
// no key is sent to one.
//
// One command a line on standard input, {"id", "do", …}; one answer a line on
// standard output, {"id", "value"} or {"id", "error"}.
import { createInterface } from "node:readline";
import * as sdk from "matrix-js-sdk";
import { logger } from "matrix-js-sdk/lib/logger.js";
import { OnlySignedDevicesIsolationMode } from "matrix-js-sdk/lib/crypto-api/index.js";

logger.disableAll?.();
for (const level of ["log", "info", "debug", "warn", "trace"]) console[level] = () => {};

let client;

const commands = {
    async login({ url, user, password }) {
        const first = sdk.createClient({ baseUrl: url });
        const login = await first.loginRequest({
            type: "m.login.password",
            identifier: { type: "m.id.user", user },
            password,
        });
        client = sdk.createClient({
            baseUrl: url,
            userId: login.user_id,
            deviceId: login.device_id,
            accessToken: login.access_token,
        });
        await client.initRustCrypto({ useIndexedDB: false });
        const crypto = client.getCrypto();
        crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
        await crypto.bootstrapCrossSigning({
            authUploadDeviceSigningKeys: (upload) =>
                upload({ type: "m.login.password", identifier: { type: "m.id.user", user: login.user_id }, password }),
        });
        await client.startClient({ initialSyncLimit: 50 });
        await new Promise((done) => client.once(sdk.ClientEvent.Sync, done));
        return { user: client.getUserId() };
    },

    // A direct room has no name.
    async room({ name, invite, encrypted }) {
        const state = encrypted
            ? [{ type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } }]
            : [];
        const made = await client.createRoom({
            name: name || undefined,
            preset: name ? "private_chat" : "trusted_private_chat",
            is_direct: !name,
            invite,
            initial_state: state,
        });
        return made.room_id;
    },

    async members({ room }) {
        const r = client.getRoom(room);
        return r ? r.getJoinedMembers().map((m) => m.userId) : [];
    },

    async join({ room }) {
        await client.joinRoom(room);
        return room;
    },

    async send({ room, type, content }) {
        const sent = await client.sendEvent(room, type || "m.room.message", content);
        return sent.event_id;
    },

    async redact({ room, event }) {
        const sent = await client.redactEvent(room, event);
        return sent.event_id;
    },

    // Everything in the room as this person reads it, edits applied by hand.
    async read({ room }) {
        const r = client.getRoom(room);
        if (!r) return [];
        const sets = [r.getUnfilteredTimelineSet(), ...r.getThreads().map((t) => t.timelineSet)];
        const seen = new Map();
        for (const set of sets) {
            for (const event of set.getLiveTimeline().getEvents()) seen.set(event.getId(), event);
        }
        return [...seen.values()].map((e) => ({
            id: e.getId(),
            sender: e.getSender(),
            type: e.getType(),
            secret: e.isEncrypted(),
            failed: e.isDecryptionFailure() ? String(e.decryptionFailureReason) : "",
            redacted: e.isRedacted(),
            relation: e.getWireContent()["m.relates_to"] ?? e.getContent()["m.relates_to"] ?? null,
            content: e.isRedacted() ? {} : e.getOriginalContent(),
        }));
    },

    async stop() {
        client.stopClient();
        setTimeout(() => process.exit(0), 100);
        return true;
    },
};

const answer = (line) => process.stdout.write(JSON.stringify(line) + "\n");

createInterface({ input: process.stdin }).on("line", async (line) => {
    const command = JSON.parse(line);
    try {
        answer({ id: command.id, value: await commands[command.do](command) });
    } catch (e) {
        answer({ id: command.id, error: String(e?.stack ?? e) });
    }
}).on("close", () => process.exit(0));
