-- v1 -> v2: answers that were posted again

-- Posts that were sent again because nobody knew whether the first one had
-- arrived. Their room is looked at until the first one can no longer show up.
CREATE TABLE matrix_resent (
	post_key TEXT   PRIMARY KEY,
	room_id  TEXT   NOT NULL,
	asked_at BIGINT NOT NULL, -- what was written before is not looked at; in milliseconds since 1970, as all times
	since    BIGINT NOT NULL, -- when the looks began
	due      BIGINT NOT NULL  -- when the next one is due
);
