-- Defaults come, change and go.
-- current
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, a INT DEFAULT 1, b INT DEFAULT 2, c TEXT);
-- desired
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, a INT DEFAULT 3, b INT, c TEXT DEFAULT (upper('x')));
-- rows
INSERT INTO account (id, name) VALUES (1, 'a');
-- kept
SELECT id, name FROM account ORDER BY id
