-- Made from articles alone, and made again by `reindex`: spellings of names as they are looked for, and the
-- stretches of days that an article mentions, as day numbers.
CREATE TABLE search_names (
  folded TEXT NOT NULL,
  entity BIGINT NOT NULL REFERENCES entities,
  PRIMARY KEY (folded, entity)
){bare};
CREATE TABLE search_days (
  first_day BIGINT NOT NULL,
  last_day BIGINT NOT NULL,
  article BIGINT NOT NULL REFERENCES articles,
  PRIMARY KEY (first_day, last_day, article)
){bare};
CREATE INDEX search_days_by_article ON search_days (article);
CREATE TABLE search_known (article BIGINT PRIMARY KEY REFERENCES articles);
CREATE INDEX mentions_by_article ON mentions (article);
