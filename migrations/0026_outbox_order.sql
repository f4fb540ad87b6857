-- What came first goes first, also among what came within the same second.
DROP INDEX outbox_waiting;
DROP INDEX outbox_oldest;
ALTER TABLE outbox RENAME COLUMN created_at TO queued_ms;
UPDATE outbox SET queued_ms = queued_ms * 1000;
CREATE INDEX outbox_oldest ON outbox (queued_ms, chat, seq);
