-- Which articles hold a stem, and no more: places and counts are read off the text, which keeps this small.
CREATE VIRTUAL TABLE search_words USING fts5(
  words, content='', detail=none, columnsize=0,
  tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
);
