-- Questions without an answer: stripped words, never whose. Weeks are named by their Monday, YYYY-MM-DD.

CREATE TABLE gaps (
    -- Made of language, entry and words: the same words again only raise a count.
    id          TEXT NOT NULL PRIMARY KEY,
    -- The gap that the group was begun with; empty until the words have been held against the others.
    grp         TEXT NOT NULL,
    lang        TEXT NOT NULL,
    -- The entry that was of no use; empty where none was found.
    entry       TEXT NOT NULL,
    words       TEXT NOT NULL,
    -- The likeliest entry when it was grouped; empty where there is none.
    guess       TEXT NOT NULL,
    state       TEXT NOT NULL,
    closed_week TEXT NOT NULL,
    last_week   TEXT NOT NULL
);

CREATE INDEX gaps_grp ON gaps (grp);

CREATE TABLE gap_weeks (
    gap  TEXT NOT NULL,
    week TEXT NOT NULL,
    n    BIGINT NOT NULL,
    PRIMARY KEY (gap, week)
);
