-- A column at the end.
-- current
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT);
-- desired
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, mail VARCHAR(100) COLLATE NOCASE CHECK (mail <> ''));
-- rows
INSERT INTO account VALUES (1, 'a'), (2, 'b');
-- kept
SELECT id, name FROM account ORDER BY id
