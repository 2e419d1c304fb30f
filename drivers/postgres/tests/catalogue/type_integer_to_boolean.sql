-- The type of a column from integer to boolean.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v integer);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v boolean);
-- rows
INSERT INTO t VALUES (1, 1);
-- kept
SELECT id, v IS NULL FROM t
