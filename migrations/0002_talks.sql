-- What is needed to talk with people, and no more. Chats are known by a keyed hash; everything that could lead back
-- to a person is sealed with a key that is not in the database. Times are seconds since 1970, UTC.

CREATE TABLE chats (
    key            TEXT NOT NULL PRIMARY KEY,
    lang           TEXT,
    municipality   TEXT,
    memory         TEXT,
    memory_until   BIGINT,
    version        BIGINT NOT NULL,
    last_day       TEXT NOT NULL,
    -- When the chat is dropped, where it ends by itself: a page's cookie is gone before.
    ends_at        BIGINT
);

-- Updates that were taken, so that one that comes twice is answered once.
CREATE TABLE seen_updates (
    source TEXT NOT NULL,
    number BIGINT NOT NULL,
    day    TEXT NOT NULL,
    PRIMARY KEY (source, number)
);

-- What is to be sent. Rows of a chat are sent in the order of seq; a row is deleted when it has arrived.
CREATE TABLE outbox (
    chat          TEXT NOT NULL,
    seq           BIGINT NOT NULL,
    sealed        TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    not_before    BIGINT NOT NULL,
    claimed_by    TEXT,
    claimed_until BIGINT NOT NULL,
    attempts      BIGINT NOT NULL,
    PRIMARY KEY (chat, seq)
);

CREATE INDEX outbox_waiting ON outbox (not_before, created_at);

-- The last exchanges of a web chat, sealed, so that the page can show them.
CREATE TABLE transcripts (
    chat       TEXT NOT NULL PRIMARY KEY,
    sealed     TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- How often something happened on a day. No row is about a person.
CREATE TABLE counters (
    day     TEXT NOT NULL,
    name    TEXT NOT NULL,
    door    TEXT NOT NULL,
    lang    TEXT NOT NULL,
    subject TEXT NOT NULL,
    n       BIGINT NOT NULL,
    PRIMARY KEY (day, name, door, lang, subject)
);
