-- When a running job was heard of last: one whose process was killed is silent.
ALTER TABLE jobs ADD COLUMN told TEXT;
-- Which process asks a source just now, and until when that holds without a word from it.
ALTER TABLE sources ADD COLUMN holder TEXT;
ALTER TABLE sources ADD COLUMN held_until TEXT;
