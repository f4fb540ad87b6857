-- Which key file belongs to this database: marks of its keys, from which nobody gets a key back. One row.

CREATE TABLE key_marks (
    id   BIGINT NOT NULL PRIMARY KEY,
    hash TEXT NOT NULL,
    seal TEXT NOT NULL
);

-- Since when a message is known not to open with the key that there is: it stays, and holds up no other. NULL where it opens.
ALTER TABLE outbox ADD COLUMN unreadable_at BIGINT;
