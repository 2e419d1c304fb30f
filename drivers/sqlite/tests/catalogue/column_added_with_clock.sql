-- A column whose default ADD COLUMN refuses where there are rows.
-- current
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT);
-- desired
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP);
-- rows
INSERT INTO account VALUES (1, 'a'), (2, 'b');
-- kept
SELECT id, name FROM account ORDER BY id
