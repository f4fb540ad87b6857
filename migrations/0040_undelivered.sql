-- A message that may have arrived is sent again few times, and one that could not be delivered is put aside for operators.
-- Times are seconds since 1970, UTC.

-- How often it is unknown whether the message has arrived.
ALTER TABLE outbox ADD COLUMN unknown_tries BIGINT NOT NULL DEFAULT 0;
-- How many of its pieces have arrived: those are not sent again.
ALTER TABLE outbox ADD COLUMN pieces BIGINT NOT NULL DEFAULT 0;
-- 1 where it waits because nobody could be reached: the first message that arrives wakes it.
ALTER TABLE outbox ADD COLUMN wakes BIGINT NOT NULL DEFAULT 0;

-- What could not be delivered, sealed as it was in the outbox, until an operator tries it again or drops it.
CREATE TABLE undelivered (
    id         TEXT NOT NULL PRIMARY KEY,
    chat       TEXT NOT NULL,
    seq        BIGINT NOT NULL,
    sealed     TEXT NOT NULL,
    pieces     BIGINT NOT NULL,
    queued_ms  BIGINT NOT NULL,
    -- Why, in words for operators; never anything of the message.
    reason     TEXT NOT NULL,
    since      BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX undelivered_of ON undelivered (chat);
