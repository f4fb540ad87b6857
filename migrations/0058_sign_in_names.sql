-- The sign-in name of an ended account may be used again. A column cannot lose its UNIQUE on SQLite, so the table is made anew, and with
-- it those that refer to it: each row is copied before the table that held it is dropped. Times are seconds since 1970, UTC.
ALTER TABLE accounts RENAME TO accounts_before;

CREATE TABLE accounts (
    id           TEXT NOT NULL PRIMARY KEY,
    login        TEXT NOT NULL,
    -- How many accounts had this sign-in name before: the audit log tells them apart by it.
    namesakes    BIGINT NOT NULL,
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

INSERT INTO accounts (id, login, namesakes, name, shown_as, role, municipality, langs, topics, lang, password, second, second_used,
    created_at, ended_at)
SELECT id, login, 0, name, shown_as, role, municipality, langs, topics, lang, password, second, second_used, created_at, ended_at
FROM accounts_before;

-- Two that work never have the same sign-in name.
CREATE UNIQUE INDEX accounts_login ON accounts (login) WHERE ended_at IS NULL;

CREATE TABLE sessions_now (
    hash       TEXT NOT NULL PRIMARY KEY,
    account    TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at BIGINT NOT NULL,
    seen_at    BIGINT NOT NULL
);
INSERT INTO sessions_now (hash, account, created_at, seen_at) SELECT hash, account, created_at, seen_at FROM sessions;
DROP TABLE sessions;
ALTER TABLE sessions_now RENAME TO sessions;

CREATE TABLE staff_link_codes_now (
    hash       TEXT NOT NULL PRIMARY KEY,
    account    TEXT NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);
INSERT INTO staff_link_codes_now (hash, account, expires_at) SELECT hash, account, expires_at FROM staff_link_codes;
DROP TABLE staff_link_codes;
ALTER TABLE staff_link_codes_now RENAME TO staff_link_codes;

CREATE TABLE staff_links_now (
    chat           TEXT NOT NULL PRIMARY KEY,
    account        TEXT NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
    address        TEXT NOT NULL,
    linked_at      BIGINT NOT NULL,
    reminders      BOOLEAN NOT NULL,
    -- The Monday of the week for which the last reminder was considered.
    reminded_on    TEXT NOT NULL,
    -- What the person is being asked, sealed, and until when; the version keeps replicas from answering over each other.
    dialogue       TEXT,
    dialogue_until BIGINT,
    version        BIGINT NOT NULL
);
INSERT INTO staff_links_now (chat, account, address, linked_at, reminders, reminded_on, dialogue, dialogue_until, version)
SELECT chat, account, address, linked_at, reminders, reminded_on, dialogue, dialogue_until, version FROM staff_links;
DROP TABLE staff_links;
ALTER TABLE staff_links_now RENAME TO staff_links;

CREATE TABLE staff_groups_now (
    chat         TEXT NOT NULL PRIMARY KEY,
    address      TEXT NOT NULL,
    municipality TEXT NOT NULL UNIQUE,
    set_by       TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    set_at       BIGINT NOT NULL
);
INSERT INTO staff_groups_now (chat, address, municipality, set_by, set_at)
SELECT chat, address, municipality, set_by, set_at FROM staff_groups;
DROP TABLE staff_groups;
ALTER TABLE staff_groups_now RENAME TO staff_groups;

-- Nothing refers to it any more.
DROP TABLE accounts_before;
