-- What the municipality writes, and the number of its revision. One text for SQLite and PostgreSQL.

CREATE TABLE faq_revision (
    id           BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    number       BIGINT NOT NULL,
    published_at BIGINT NOT NULL
);

CREATE TABLE topics (
    key   TEXT NOT NULL PRIMARY KEY,
    place BIGINT NOT NULL,
    emoji TEXT NOT NULL
);

CREATE TABLE topic_names (
    topic TEXT NOT NULL REFERENCES topics (key) ON DELETE CASCADE,
    lang  TEXT NOT NULL,
    name  TEXT NOT NULL,
    PRIMARY KEY (topic, lang)
);

CREATE TABLE services (
    key   TEXT NOT NULL PRIMARY KEY,
    place BIGINT NOT NULL
);

CREATE TABLE service_names (
    service TEXT NOT NULL REFERENCES services (key) ON DELETE CASCADE,
    lang    TEXT NOT NULL,
    name    TEXT NOT NULL,
    PRIMARY KEY (service, lang)
);

CREATE TABLE sources (
    key    TEXT NOT NULL PRIMARY KEY,
    place  BIGINT NOT NULL,
    kind   TEXT NOT NULL,
    agency TEXT NOT NULL,
    year   BIGINT,
    link   TEXT
);

CREATE TABLE source_titles (
    source TEXT NOT NULL REFERENCES sources (key) ON DELETE CASCADE,
    lang   TEXT NOT NULL,
    title  TEXT NOT NULL,
    PRIMARY KEY (source, lang)
);

CREATE TABLE entries (
    key     TEXT NOT NULL PRIMARY KEY,
    place   BIGINT NOT NULL,
    topic   TEXT NOT NULL REFERENCES topics (key),
    service TEXT NOT NULL REFERENCES services (key)
);

-- A text without checked_by has been checked by nobody yet. Days are written YYYY-MM-DD.
CREATE TABLE entry_texts (
    entry         TEXT NOT NULL REFERENCES entries (key) ON DELETE CASCADE,
    lang          TEXT NOT NULL,
    question      TEXT NOT NULL,
    answer        TEXT NOT NULL,
    checked_by    TEXT,
    checked_on    TEXT,
    checked_until TEXT,
    PRIMARY KEY (entry, lang)
);

CREATE TABLE entry_sources (
    entry  TEXT NOT NULL REFERENCES entries (key) ON DELETE CASCADE,
    source TEXT NOT NULL REFERENCES sources (key),
    place  BIGINT NOT NULL,
    PRIMARY KEY (entry, source)
);

-- No reference on related: two entries may name each other, and one of them comes first.
CREATE TABLE entry_related (
    entry   TEXT NOT NULL REFERENCES entries (key) ON DELETE CASCADE,
    related TEXT NOT NULL,
    place   BIGINT NOT NULL,
    PRIMARY KEY (entry, related)
);

-- A phrasing without an entry is a message that nothing of ours answers.
CREATE TABLE phrasings (
    place BIGINT NOT NULL PRIMARY KEY,
    entry TEXT REFERENCES entries (key) ON DELETE CASCADE,
    lang  TEXT NOT NULL,
    text  TEXT NOT NULL
);

CREATE TABLE municipalities (
    key       TEXT NOT NULL PRIMARY KEY,
    place     BIGINT NOT NULL,
    name      TEXT NOT NULL,
    lat       DOUBLE PRECISION NOT NULL,
    lon       DOUBLE PRECISION NOT NULL,
    time_zone TEXT NOT NULL
);

CREATE TABLE municipality_aliases (
    municipality TEXT NOT NULL REFERENCES municipalities (key) ON DELETE CASCADE,
    place        BIGINT NOT NULL,
    alias        TEXT NOT NULL,
    PRIMARY KEY (municipality, place)
);

CREATE TABLE offices (
    key           TEXT NOT NULL PRIMARY KEY,
    place         BIGINT NOT NULL,
    municipality  TEXT NOT NULL REFERENCES municipalities (key),
    name          TEXT NOT NULL,
    phone         TEXT,
    address       TEXT,
    lat           DOUBLE PRECISION NOT NULL,
    lon           DOUBLE PRECISION NOT NULL,
    approximate   BOOLEAN NOT NULL,
    hours         TEXT NOT NULL,
    hours_checked BOOLEAN NOT NULL,
    time_zone     TEXT NOT NULL
);

CREATE TABLE office_services (
    office  TEXT NOT NULL REFERENCES offices (key) ON DELETE CASCADE,
    service TEXT NOT NULL REFERENCES services (key),
    place   BIGINT NOT NULL,
    PRIMARY KEY (office, service)
);

-- Codes of ISO 639-1, not only those of our own languages.
CREATE TABLE office_languages (
    office TEXT NOT NULL REFERENCES offices (key) ON DELETE CASCADE,
    code   TEXT NOT NULL,
    place  BIGINT NOT NULL,
    PRIMARY KEY (office, code)
);

CREATE TABLE local_notes (
    municipality TEXT NOT NULL REFERENCES municipalities (key) ON DELETE CASCADE,
    entry        TEXT NOT NULL REFERENCES entries (key) ON DELETE CASCADE,
    lang         TEXT NOT NULL,
    place        BIGINT NOT NULL,
    text         TEXT NOT NULL,
    PRIMARY KEY (municipality, entry, lang)
);
