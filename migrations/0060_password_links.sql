-- Links by which somebody else lets the owner of an account choose a new password: at most one an account, kept as a hash of its token, with
-- who made it. Nothing stands for the command line. expires_at: seconds since 1970, UTC.
CREATE TABLE password_links (
    hash       TEXT NOT NULL PRIMARY KEY,
    account    TEXT NOT NULL UNIQUE REFERENCES accounts (id) ON DELETE CASCADE,
    made_by    TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    expires_at BIGINT NOT NULL
);

-- What was done to an account is looked up by its name.
CREATE INDEX audit_of ON audit (subject, at);
