-- Safety and privacy: words of danger as the municipality keeps them, topics whose messages can be taken back with one tap,
-- and which keys each replica knows. Times are seconds since 1970, UTC.

-- What differs from the list that comes with the program: the municipality's own words, and patterns that are turned off.
CREATE TABLE danger_words (
    lang  TEXT NOT NULL,
    kind  TEXT NOT NULL,
    words TEXT NOT NULL,
    own   BOOLEAN NOT NULL,
    PRIMARY KEY (lang, kind, words, own)
);

-- The line of help for a kind of danger, where it is not the program's.
CREATE TABLE danger_help (
    lang TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (lang, kind)
);

-- A topic of which nobody else should read on somebody's phone.
ALTER TABLE topics ADD COLUMN discreet BOOLEAN NOT NULL DEFAULT FALSE;

-- Numbers of messages about such topics in a Telegram chat, sealed, so that they can be deleted there.
CREATE TABLE shown_messages (
    chat       TEXT NOT NULL,
    seq        BIGINT NOT NULL,
    sealed     TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (chat, seq)
);

-- Marks of the keys that a replica knows, the one that it seals with first.
ALTER TABLE replicas ADD COLUMN keys TEXT NOT NULL DEFAULT '';
