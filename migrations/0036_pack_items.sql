-- What a folder, or the starter pack, said of each item at its last import: an import compares with it what the folder says now and
-- what is published. kind: text, facts, note, office, topic, service, source, municipality, outside; body: JSON.
CREATE TABLE pack_items (
    kind    TEXT NOT NULL,
    subject TEXT NOT NULL,
    lang    TEXT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (kind, subject, lang)
);
