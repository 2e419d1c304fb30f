-- An index searches for pieces of words.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a text, FULLTEXT KEY ix (a));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a text, FULLTEXT KEY ix (a) WITH PARSER ngram);
