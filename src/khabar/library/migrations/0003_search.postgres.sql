CREATE TABLE search_words (article BIGINT PRIMARY KEY REFERENCES articles, words TSVECTOR NOT NULL);
CREATE INDEX search_words_by_stem ON search_words USING GIN (words);
