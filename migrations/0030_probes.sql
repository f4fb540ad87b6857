-- A row of each program that answers, written again and again with as much as a message needs: whether it can be
-- written is what `/ready` says. Times are seconds since 1970, UTC.

CREATE TABLE probes (
    name   TEXT NOT NULL PRIMARY KEY,
    filler TEXT NOT NULL,
    at     BIGINT NOT NULL
);
