-- Position and hours of an office may be unknown: NULL. A column cannot lose its NOT NULL on SQLite, so each gets a new one.
ALTER TABLE offices ADD COLUMN known_lat DOUBLE PRECISION;
ALTER TABLE offices ADD COLUMN known_lon DOUBLE PRECISION;
ALTER TABLE offices ADD COLUMN known_hours TEXT;
UPDATE offices SET known_lat = lat, known_lon = lon, known_hours = hours;
ALTER TABLE offices DROP COLUMN lat;
ALTER TABLE offices DROP COLUMN lon;
ALTER TABLE offices DROP COLUMN hours;
ALTER TABLE offices RENAME COLUMN known_lat TO lat;
ALTER TABLE offices RENAME COLUMN known_lon TO lon;
ALTER TABLE offices RENAME COLUMN known_hours TO hours;
