-- An index searches for words in more columns.
-- current
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a text, b text, FULLTEXT KEY ix (a));
-- desired
CREATE TABLE account (id bigint PRIMARY KEY, name varchar(20), a text, b text, FULLTEXT KEY ix (a, b));
-- rows
INSERT INTO account (id, name) VALUES (1, 'Ann'), (2, NULL);
-- kept
SELECT id, name FROM account ORDER BY id
