-- The type of a column from text to integer.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v text);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v integer);
-- rows
INSERT INTO t VALUES (1, '41');
-- kept
SELECT id, v IS NULL FROM t
