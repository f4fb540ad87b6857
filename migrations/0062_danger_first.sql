-- What speaks of danger goes out before everything else that waits: 0 before 1. The order within a chat stays.
ALTER TABLE outbox ADD COLUMN precedence BIGINT NOT NULL DEFAULT 1;
ALTER TABLE undelivered ADD COLUMN precedence BIGINT NOT NULL DEFAULT 1;

-- The album (a keyed hash) to whose parts without words this is the reply: a part with words takes it back.
ALTER TABLE outbox ADD COLUMN album TEXT;

DROP INDEX outbox_oldest;
CREATE INDEX outbox_next ON outbox (precedence, queued_ms, chat, seq);

-- 1 where a question for a person speaks of danger: it comes first.
ALTER TABLE questions ADD COLUMN danger BIGINT NOT NULL DEFAULT 0;
