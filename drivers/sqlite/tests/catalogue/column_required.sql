-- A column that may be NULL no more.
-- current
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT);
-- desired
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
-- rows
INSERT INTO account VALUES (1, 'a'), (2, 'b');
-- kept
SELECT id, name FROM account ORDER BY id
