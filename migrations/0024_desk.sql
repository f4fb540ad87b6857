-- Staff in Telegram. The chat is known by a keyed hash, the address for reminders is sealed. Times are seconds since 1970, UTC.

-- Codes by which a console account is linked to a Telegram chat: at most one an account, kept as a hash.
CREATE TABLE staff_link_codes (
    hash       TEXT NOT NULL PRIMARY KEY,
    account    TEXT NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

CREATE TABLE staff_links (
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

-- Groups in which questions are announced: of one municipality, or (empty) of all.
CREATE TABLE staff_groups (
    chat         TEXT NOT NULL PRIMARY KEY,
    address      TEXT NOT NULL,
    municipality TEXT NOT NULL UNIQUE,
    set_by       TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    set_at       BIGINT NOT NULL
);

-- How many of a question's lines colleagues were told of.
ALTER TABLE questions ADD COLUMN announced_lines BIGINT NOT NULL DEFAULT 0;
