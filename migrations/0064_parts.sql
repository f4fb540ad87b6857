-- Answers in parts. parts is a JSON object, aspect to Markdown: no query looks inside, and a text is read and written whole.
-- apart tells an entry from its neighbours. native_read_*: who of the staff says that a native speaker has read the text.
ALTER TABLE entry_texts ADD COLUMN apart TEXT NOT NULL DEFAULT '';
ALTER TABLE entry_texts ADD COLUMN parts TEXT NOT NULL DEFAULT '{}';
ALTER TABLE entry_texts ADD COLUMN native_read_by TEXT;
ALTER TABLE entry_texts ADD COLUMN native_read_on TEXT;
-- A JSON object, part to source, date and certainty.
ALTER TABLE entries ADD COLUMN provenance TEXT NOT NULL DEFAULT '{}';
-- Parts that say less than the same part in outdated_lang, whose last matching version is outdated_version.
CREATE TABLE outdated_parts (
    entry            TEXT NOT NULL,
    lang             TEXT NOT NULL,
    aspect           TEXT NOT NULL,
    outdated_on      TEXT NOT NULL,
    outdated_lang    TEXT NOT NULL,
    outdated_version BIGINT NOT NULL,
    PRIMARY KEY (entry, lang, aspect),
    FOREIGN KEY (entry, lang) REFERENCES entry_texts (entry, lang) ON DELETE CASCADE
);
-- Whether reading about the entry is risky on a phone that others use, besides the topics that are.
ALTER TABLE entries ADD COLUMN discreet BOOLEAN NOT NULL DEFAULT FALSE;
