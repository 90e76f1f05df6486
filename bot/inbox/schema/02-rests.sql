-- v1 -> v2: which posts rest on which article, in one tree less

ALTER TABLE rests RENAME TO rests_before;
DROP INDEX rests_post;

CREATE TABLE rests (
	post    BIGINT NOT NULL,
	article TEXT   NOT NULL,
	PRIMARY KEY (post, article)
-- only: sqlite
) WITHOUT ROWID;
-- only: postgres
);
CREATE INDEX rests_article ON rests (article);

INSERT INTO rests (post, article) SELECT post, article FROM rests_before;
DROP TABLE rests_before;
