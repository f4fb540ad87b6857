-- How many new gaps were taken on a day, and how many of them from one chat or network: a keyed hash that is another one each
-- day. Dropped when the day is over.
CREATE TABLE gap_askers (
    day   TEXT NOT NULL,
    -- Empty for all together.
    asker TEXT NOT NULL,
    n     BIGINT NOT NULL,
    PRIMARY KEY (day, asker)
);
