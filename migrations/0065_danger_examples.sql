-- Messages that the municipality added as examples of danger, or of what only looks like it: the detector learns from
-- them.
CREATE TABLE danger_examples (
    lang  TEXT NOT NULL,
    kind  TEXT NOT NULL,
    -- `alarm`, `care`, or `none` for a message that is no danger
    level TEXT NOT NULL,
    text  TEXT NOT NULL,
    PRIMARY KEY (lang, kind, text)
);
