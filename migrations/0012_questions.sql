-- Questions that people left for a person, until the matter is closed; and what they want to be told.
-- Times are seconds since 1970, UTC. What leads back to a person is sealed; closing deletes all of it.

CREATE TABLE questions (
    id              TEXT NOT NULL PRIMARY KEY,
    -- One open question a chat.
    chat            TEXT NOT NULL UNIQUE,
    lang            TEXT NOT NULL,
    municipality    TEXT,
    return_to       TEXT NOT NULL,
    claimed_by      TEXT,
    -- When whoever has it last did something about it.
    touched_at      BIGINT NOT NULL,
    created_at      BIGINT NOT NULL,
    first_answer_at BIGINT,
    expires_at      BIGINT NOT NULL,
    -- When colleagues were told of it.
    announced_at    BIGINT
);

-- What was said, stripped and sealed, in order.
CREATE TABLE question_lines (
    question TEXT NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
    place    BIGINT NOT NULL,
    -- For whom it is sealed.
    chat     TEXT NOT NULL,
    sealed   TEXT NOT NULL,
    PRIMARY KEY (question, place)
);

-- Somebody wants to be told when there is an answer: their words and where they are reached, sealed.
CREATE TABLE wishes (
    id         TEXT NOT NULL PRIMARY KEY,
    chat       TEXT NOT NULL,
    sealed     TEXT NOT NULL,
    -- The newest revision that was looked through for them.
    revision   BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX wishes_of ON wishes (chat);
