-- What a municipality chooses for itself, and tries to sign in, which all replicas count together.
-- Times are seconds since 1970, UTC.

-- What becomes of answers that nobody has checked in time; nothing: as the installation has it.
ALTER TABLE municipalities ADD COLUMN overdue TEXT;

-- By a keyed hash of the sign-in name or the address: when all tries have come back.
CREATE TABLE sign_in_tries (
    key     TEXT NOT NULL PRIMARY KEY,
    free_at BIGINT NOT NULL
);
