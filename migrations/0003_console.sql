-- The console: who writes, what they are writing, what was written before, and what stands behind a published text.
-- Times are seconds since 1970, UTC; days are written YYYY-MM-DD.

-- The day on which a source of the entry was found to have changed, until somebody has checked the entry.
ALTER TABLE entries ADD COLUMN rules_changed_on TEXT;

-- Since when a text says less than another language's; which language changed, and the last version of it that this text still fits.
ALTER TABLE entry_texts ADD COLUMN outdated_on TEXT;
ALTER TABLE entry_texts ADD COLUMN outdated_lang TEXT;
ALTER TABLE entry_texts ADD COLUMN outdated_version BIGINT;
-- Why the text was taken back, as people read it.
ALTER TABLE entry_texts ADD COLUMN withdrawn TEXT;

ALTER TABLE offices ADD COLUMN active BOOLEAN NOT NULL DEFAULT TRUE;

CREATE INDEX phrasings_of ON phrasings (entry, lang);

CREATE TABLE accounts (
    id           TEXT NOT NULL PRIMARY KEY,
    login        TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    -- How people see who has checked an answer: an office rather than a name.
    shown_as     TEXT NOT NULL,
    role         TEXT NOT NULL,
    -- Limits; nothing means none. Languages and topics are separated by commas.
    municipality TEXT,
    langs        TEXT NOT NULL,
    topics       TEXT NOT NULL,
    -- The language of the console.
    lang         TEXT NOT NULL,
    password     TEXT NOT NULL,
    -- The secret of the second factor, sealed, and the last step of time that was used.
    second       TEXT,
    second_used  BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    ended_at     BIGINT
);

CREATE TABLE invitations (
    hash         TEXT NOT NULL PRIMARY KEY,
    role         TEXT NOT NULL,
    municipality TEXT,
    langs        TEXT NOT NULL,
    topics       TEXT NOT NULL,
    lang         TEXT NOT NULL,
    invited_by   TEXT NOT NULL,
    expires_at   BIGINT NOT NULL
);

CREATE TABLE sessions (
    hash       TEXT NOT NULL PRIMARY KEY,
    account    TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);

-- Whatever was written, ever: kind is text, facts, note or office; lang is empty where a piece has none.
CREATE TABLE versions (
    kind        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    lang        TEXT NOT NULL,
    number      BIGINT NOT NULL,
    body        TEXT NOT NULL,
    -- The account; nothing where it came with a pack.
    author      TEXT,
    author_name TEXT NOT NULL,
    saved_at    BIGINT NOT NULL,
    PRIMARY KEY (kind, subject, lang, number)
);

-- What is being written: at most one draft for each piece, its newest version.
CREATE TABLE drafts (
    kind       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    lang       TEXT NOT NULL,
    number     BIGINT NOT NULL,
    state      TEXT NOT NULL,
    change     TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    -- The table by which it came, if it did.
    batch      TEXT,
    PRIMARY KEY (kind, subject, lang)
);

-- Which version is published, and by whom: the history of publications.
CREATE TABLE publications (
    kind         TEXT NOT NULL,
    subject      TEXT NOT NULL,
    lang         TEXT NOT NULL,
    number       BIGINT NOT NULL,
    published_at BIGINT NOT NULL,
    published_by TEXT NOT NULL,
    PRIMARY KEY (kind, subject, lang, number, published_at)
);

CREATE TABLE comments (
    id          TEXT NOT NULL PRIMARY KEY,
    kind        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    lang        TEXT NOT NULL,
    number      BIGINT NOT NULL,
    author_name TEXT NOT NULL,
    written_at  BIGINT NOT NULL,
    text        TEXT NOT NULL
);

CREATE INDEX comments_of ON comments (kind, subject, lang, written_at);

-- What changed about a source, and which entries nobody has looked at since.
CREATE TABLE source_changes (
    source   TEXT NOT NULL,
    day      TEXT NOT NULL,
    what     TEXT NOT NULL,
    noted_by TEXT NOT NULL,
    PRIMARY KEY (source, day)
);

CREATE TABLE audit (
    id      TEXT NOT NULL PRIMARY KEY,
    at      BIGINT NOT NULL,
    account TEXT,
    who     TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    was     TEXT,
    became  TEXT
);

CREATE INDEX audit_at ON audit (at);

-- The replicas that answer, each with the revision that it answers from.
CREATE TABLE replicas (
    name     TEXT NOT NULL PRIMARY KEY,
    revision BIGINT NOT NULL,
    seen_at  BIGINT NOT NULL
);

CREATE TABLE settings (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

-- Messages with the entry that ought to answer them (nothing: none of ours), to see what a change would do.
CREATE TABLE test_questions (
    id       TEXT NOT NULL PRIMARY KEY,
    lang     TEXT NOT NULL,
    text     TEXT NOT NULL,
    expected TEXT
);
