-- A dictionary and a configuration of full-text search.
-- current

-- desired
CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = simple, stopwords = english);
CREATE TEXT SEARCH CONFIGURATION mine (PARSER = default);
ALTER TEXT SEARCH CONFIGURATION mine ADD MAPPING FOR asciiword, word WITH plain, english_stem;
CREATE TABLE t (a text);
CREATE INDEX i ON t USING gin (to_tsvector('mine', a));
