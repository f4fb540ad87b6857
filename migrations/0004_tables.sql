-- Spreadsheets that were uploaded: what they say, what the dry run found, and how far they are on their way.
-- Kept for a day; what they became stays among the drafts. Times are seconds since 1970, UTC.

CREATE TABLE batches (
    id         TEXT NOT NULL PRIMARY KEY,
    account    TEXT NOT NULL,
    file       TEXT NOT NULL,
    -- The table as it was read, and the report of the dry run: JSON.
    content    TEXT NOT NULL,
    report     TEXT,
    rows_count BIGINT NOT NULL,
    state      TEXT NOT NULL,
    -- When the state was entered: work that was begun long ago and has no end has broken down.
    since      BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX batches_of ON batches (account, expires_at);

CREATE INDEX test_questions_text ON test_questions (lang, text);
