-- Two columns change places.
-- current
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, age INT);
-- desired
CREATE TABLE account (id INTEGER PRIMARY KEY, age INT, name TEXT);
-- rows
INSERT INTO account (id, name) VALUES (1, 'a'), (2, 'b');
-- kept
SELECT id, name FROM account ORDER BY id
