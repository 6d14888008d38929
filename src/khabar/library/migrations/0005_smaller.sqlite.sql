-- A key that is INTEGER, to the letter, is the place of the row itself and needs no index beside it.
CREATE TABLE profiles_next (
  article INTEGER PRIMARY KEY REFERENCES articles,
  facts BLOB NOT NULL,
  sentences BLOB NOT NULL
);
INSERT INTO profiles_next SELECT article, facts, sentences FROM profiles ORDER BY article;
DROP TABLE profiles;
ALTER TABLE profiles_next RENAME TO profiles;
CREATE TABLE leads_next (article INTEGER PRIMARY KEY REFERENCES articles, lead BLOB NOT NULL);
INSERT INTO leads_next SELECT article, lead FROM leads ORDER BY article;
DROP TABLE leads;
ALTER TABLE leads_next RENAME TO leads;
CREATE TABLE memberships_next (
  article INTEGER PRIMARY KEY REFERENCES articles,
  story BIGINT NOT NULL REFERENCES stories
);
INSERT INTO memberships_next SELECT article, story FROM memberships ORDER BY article;
DROP TABLE memberships;
ALTER TABLE memberships_next RENAME TO memberships;
CREATE INDEX memberships_by_story ON memberships (story);
CREATE TABLE search_known_next (article INTEGER PRIMARY KEY REFERENCES articles);
INSERT INTO search_known_next SELECT article FROM search_known ORDER BY article;
DROP TABLE search_known;
ALTER TABLE search_known_next RENAME TO search_known;
