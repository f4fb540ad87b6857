-- When a message's wait was set, in seconds since 1970, UTC: one that was set later than now is of a clock that has been set
-- back since, and is over.

ALTER TABLE outbox ADD COLUMN waits_from BIGINT NOT NULL DEFAULT 0;
