-- Of which message an update was, and a keyed hash of its words: one whose words are the same is not answered again, and the parts of an
-- album are answered once. Dropped with the update's number after three days, and emptied by /forget.
ALTER TABLE seen_updates ADD COLUMN chat TEXT;
ALTER TABLE seen_updates ADD COLUMN message BIGINT;
ALTER TABLE seen_updates ADD COLUMN words TEXT;
ALTER TABLE seen_updates ADD COLUMN album TEXT;

CREATE INDEX seen_updates_of ON seen_updates (chat);
