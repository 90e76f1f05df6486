-- v0 -> v1: the adapter's ledger

-- Every timeline event that was handed over, so that gaps are filled up to it
-- and nothing is handed over twice. passed: it went to the inbox as a question.
CREATE TABLE matrix_event (
	event_id TEXT    PRIMARY KEY,
	room_id  TEXT    NOT NULL,
	sender   TEXT    NOT NULL,
	thread   TEXT    NOT NULL,
	passed   BOOLEAN NOT NULL,
	seen_at  BIGINT  NOT NULL
);
CREATE INDEX matrix_event_seen_at ON matrix_event (seen_at);

-- What the bot posted, by the key of the answer.
CREATE TABLE matrix_post (
	post_key TEXT   PRIMARY KEY,
	room_id  TEXT   NOT NULL,
	event_id TEXT   NOT NULL,
	thread   TEXT   NOT NULL,
	sent_at  BIGINT NOT NULL
);
CREATE INDEX matrix_post_event_id ON matrix_post (event_id);

-- Encrypted events whose key has not arrived.
CREATE TABLE matrix_pending (
	event_id   TEXT    PRIMARY KEY,
	session_id TEXT    NOT NULL,
	event      TEXT    NOT NULL,
	seen_at    BIGINT  NOT NULL,
	asked      BOOLEAN NOT NULL,
	told       BOOLEAN NOT NULL
);

-- Invites that were neither accepted nor refused yet.
CREATE TABLE matrix_invite (
	room_id TEXT   PRIMARY KEY,
	inviter TEXT   NOT NULL,
	alias   TEXT   NOT NULL,
	direct  BOOLEAN NOT NULL
);
