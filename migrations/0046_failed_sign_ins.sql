-- How many tries to sign in failed on a day (YYYY-MM-DD), until the audit log says so. Nothing of who tried.
CREATE TABLE failed_sign_ins (
    day TEXT NOT NULL PRIMARY KEY,
    n   BIGINT NOT NULL
);
