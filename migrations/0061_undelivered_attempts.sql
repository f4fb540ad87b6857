-- How often it was tried to send a message before it was put aside; nothing where that was not counted yet.
ALTER TABLE undelivered ADD COLUMN attempts BIGINT;
