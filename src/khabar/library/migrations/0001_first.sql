-- Whole numbers name rows inside the library; what users see is made of them: e12, s7, d3.
-- {id} {bytes} {rows} {bare} stand for what the two databases write differently (see store.py).

-- What made an article or a telling: enough to make it again.
CREATE TABLE made (
  number {id},
  version TEXT NOT NULL,
  encoder TEXT NOT NULL,
  settings TEXT NOT NULL,
  UNIQUE (version, encoder, settings)
);

-- Every page as it was decoded, once, by the digest of what it says.
CREATE TABLE originals (
  number {id},
  digest {bytes} NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  facts TEXT NOT NULL,
  body {bytes} NOT NULL
);

-- Every input that was ever given, once for each place and content, with what became of it.
CREATE TABLE inputs (
  number {id},
  path TEXT NOT NULL,
  digest {bytes} NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('kept', 'known', 'dropped')),
  stage TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  original BIGINT REFERENCES originals,
  first_given TEXT NOT NULL,
  last_given TEXT NOT NULL,
  times BIGINT NOT NULL DEFAULT 1,
  UNIQUE (path, digest)
);
CREATE INDEX inputs_by_original ON inputs (original);

-- `body` is the article without its text; `text` is null where the original says the same.
CREATE TABLE articles (
  number {id},
  id TEXT NOT NULL UNIQUE,
  original BIGINT NOT NULL REFERENCES originals,
  made BIGINT NOT NULL REFERENCES made,
  added TEXT NOT NULL,
  address TEXT,
  outlet TEXT,
  title TEXT NOT NULL,
  languages TEXT NOT NULL,
  published TEXT,
  day TEXT,
  supersedes BIGINT REFERENCES articles,
  body {bytes} NOT NULL,
  text {bytes}
);
CREATE INDEX articles_by_day ON articles (day);
CREATE INDEX articles_by_address ON articles (address);
CREATE INDEX articles_by_original ON articles (original);

-- What grouping looks at besides names; `sentences` are its packed vectors, `lead` the one of the whole.
CREATE TABLE profiles (
  article BIGINT PRIMARY KEY REFERENCES articles,
  facts {bytes} NOT NULL,
  sentences {bytes} NOT NULL
);
CREATE TABLE leads (
  article BIGINT PRIMARY KEY REFERENCES articles,
  lead {bytes} NOT NULL
);

-- Whom and what the articles name, over all of them.
CREATE TABLE entities (
  number {id},
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  romanised TEXT,
  romanised_certain BIGINT NOT NULL DEFAULT 1,
  known TEXT,
  own BIGINT NOT NULL DEFAULT 0,
  offices TEXT NOT NULL DEFAULT ''
);
CREATE TABLE entity_forms (
  entity BIGINT NOT NULL REFERENCES entities,
  form TEXT NOT NULL,
  language TEXT NOT NULL,
  mentions BIGINT NOT NULL,
  PRIMARY KEY (entity, form, language)
){bare};
CREATE INDEX entity_forms_by_form ON entity_forms (form);
CREATE TABLE entity_keys (
  key TEXT NOT NULL,
  first TEXT NOT NULL,
  entity BIGINT NOT NULL REFERENCES entities,
  PRIMARY KEY (key, first, entity)
){bare};
CREATE TABLE mentions (
  entity BIGINT NOT NULL REFERENCES entities,
  article BIGINT NOT NULL REFERENCES articles,
  times BIGINT NOT NULL,
  PRIMARY KEY (entity, article)
){bare};

-- A story keeps its number whatever joins or leaves it; `into` is set where it went into another.
CREATE TABLE stories (
  number {id},
  title TEXT NOT NULL,
  happened TEXT,
  place BIGINT REFERENCES entities,
  who TEXT NOT NULL DEFAULT '',
  first_day TEXT,
  last_day TEXT,
  reports BIGINT NOT NULL,
  languages TEXT NOT NULL DEFAULT '',
  changed TEXT NOT NULL,
  into_story BIGINT REFERENCES stories
);
CREATE INDEX stories_by_day ON stories (last_day);
CREATE TABLE memberships (
  article BIGINT PRIMARY KEY REFERENCES articles,
  story BIGINT NOT NULL REFERENCES stories
);
CREATE INDEX memberships_by_story ON memberships (story);
CREATE TABLE history (
  number {id},
  story BIGINT NOT NULL REFERENCES stories,
  at TEXT NOT NULL,
  event TEXT NOT NULL,
  article BIGINT REFERENCES articles,
  other BIGINT REFERENCES stories,
  decision BIGINT,
  why TEXT NOT NULL DEFAULT ''
);
CREATE INDEX history_by_story ON history (story);
CREATE INDEX history_by_article ON history (article) WHERE event IN ('ended', 'left');

-- Statements, differences and origins of a story, kept by what they were made from.
CREATE TABLE tellings (
  story BIGINT PRIMARY KEY REFERENCES stories,
  key {bytes} NOT NULL,
  body {bytes} NOT NULL
);

-- What people decided, apart from all that was found; never deleted, only undone.
CREATE TABLE decisions (
  number {id},
  kind TEXT NOT NULL,
  story BIGINT NOT NULL REFERENCES stories,
  at TEXT NOT NULL,
  by_whom TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  undone TEXT
);
CREATE TABLE decision_articles (
  article BIGINT NOT NULL REFERENCES articles,
  decision BIGINT NOT NULL REFERENCES decisions,
  side BIGINT NOT NULL,
  PRIMARY KEY (article, decision)
){bare};
CREATE INDEX decision_articles_by_decision ON decision_articles (decision);

-- Long work, so that whoever asks later finds what became of it.
CREATE TABLE jobs (
  number {id},
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
  asked TEXT NOT NULL DEFAULT '',
  made TEXT NOT NULL,
  started TEXT,
  ended TEXT,
  stage TEXT NOT NULL DEFAULT '',
  done BIGINT NOT NULL DEFAULT 0,
  total BIGINT NOT NULL DEFAULT 0,
  result TEXT NOT NULL DEFAULT '',
  cancel BIGINT NOT NULL DEFAULT 0
);

-- Saved searches; `seen` is the number of the newest article when it was looked at last.
CREATE TABLE alerts (
  number {id},
  name TEXT NOT NULL UNIQUE,
  query TEXT NOT NULL,
  filters TEXT NOT NULL DEFAULT '{{}}',
  made TEXT NOT NULL,
  seen BIGINT NOT NULL DEFAULT 0
);

-- Feeds and pages that are followed.
CREATE TABLE sources (
  number {id},
  address TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  title TEXT NOT NULL DEFAULT '',
  made TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'active',
  last_asked TEXT,
  next_due TEXT,
  etag TEXT,
  last_modified TEXT,
  failures BIGINT NOT NULL DEFAULT 0,
  note TEXT NOT NULL DEFAULT '',
  facts TEXT NOT NULL DEFAULT '{{}}'
);

-- Access to the API; only a digest of the token is kept.
CREATE TABLE tokens (
  number {id},
  name TEXT NOT NULL UNIQUE,
  digest {bytes} NOT NULL UNIQUE,
  scopes TEXT NOT NULL,
  made TEXT NOT NULL,
  expires TEXT,
  last_used TEXT,
  revoked TEXT
);
