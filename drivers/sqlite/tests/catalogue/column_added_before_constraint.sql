-- A column in front of a constraint.
-- current
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, CHECK (name <> ''));
-- desired
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, age INT, CHECK (name <> ''));
-- rows
INSERT INTO account VALUES (1, 'a'), (2, 'b');
-- kept
SELECT id, name FROM account ORDER BY id
