-- What a library learns from its own reports to squeeze them with: see library/learnt.py.
CREATE TABLE dictionaries (
  number {id},
  reports BIGINT NOT NULL,
  words {bytes} NOT NULL,
  notes {bytes} NOT NULL
);
-- Half a digest tells pages apart as surely, and each is kept four times. Leads are packed closer (migrate.py).
UPDATE originals SET digest = substr(digest, 1, 16) WHERE length(digest) > 16;
UPDATE inputs SET digest = substr(digest, 1, 16) WHERE length(digest) > 16;
DROP INDEX stories_by_day;
