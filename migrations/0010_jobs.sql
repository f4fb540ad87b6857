-- Work that is done again and again, by one replica at a time. Times are seconds since 1970, UTC.

CREATE TABLE jobs (
    name          TEXT NOT NULL PRIMARY KEY,
    -- When it is to be done next.
    due_at        BIGINT NOT NULL,
    claimed_by    TEXT,
    claimed_until BIGINT NOT NULL
);

-- The oldest rows are looked for first, however many wait.
CREATE INDEX outbox_oldest ON outbox (created_at, chat, seq);
