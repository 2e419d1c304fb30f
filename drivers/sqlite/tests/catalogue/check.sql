-- Checks come, change and go, with and without names.
-- current
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT CHECK (name <> ''), a INT, CONSTRAINT k CHECK (a > 0), CHECK (a < 9));
-- desired
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, a INT CONSTRAINT own CHECK (a <> 5), CONSTRAINT k CHECK (a > 1));
-- rows
INSERT INTO account VALUES (1, 'a', 2);
-- kept
SELECT * FROM account
