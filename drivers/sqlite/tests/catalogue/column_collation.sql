-- A collation comes.
-- current
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT);
-- desired
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE);
-- rows
INSERT INTO account VALUES (1, 'a'), (2, 'b');
-- kept
SELECT id, name FROM account ORDER BY id
