-- The type of a column from boolean to text.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v boolean);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v text);
-- rows
INSERT INTO t VALUES (1, true);
-- kept
SELECT id, v IS NULL FROM t
