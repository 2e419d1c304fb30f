-- Types change, and the values with them.
-- current
CREATE TABLE account (id INTEGER PRIMARY KEY, name TEXT, n NUMERIC(10), at DATE);
-- desired
CREATE TABLE account (id INTEGER PRIMARY KEY, name VARCHAR(20), n NUMERIC(12, 4), at DATETIME);
-- rows
INSERT INTO account VALUES (1, 'a', 2, '2026-01-01');
-- kept
SELECT id, name, n, at FROM account
