-- What was learned from the content, kept so that the next start need not learn it again: one row, a cache.

CREATE TABLE learned (
    id          BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    -- Stands for the content and for the program that learned.
    fingerprint TEXT NOT NULL,
    bytes       BYTEA NOT NULL
);
