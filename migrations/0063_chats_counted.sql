-- The minute in which the chat spoke last: when it began, in seconds since 1970, UTC, and how many messages it has brought.
ALTER TABLE chats ADD COLUMN minute_from BIGINT NOT NULL DEFAULT 0;
ALTER TABLE chats ADD COLUMN minute_said BIGINT NOT NULL DEFAULT 0;
-- 1 where the chat stands in the statistics: one of the web page does not before its cookie has come back.
ALTER TABLE chats ADD COLUMN counted BIGINT NOT NULL DEFAULT 1;
