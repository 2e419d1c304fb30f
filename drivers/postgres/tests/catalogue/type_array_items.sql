-- The type of a column from integer[] to text[].
-- current
CREATE TABLE t (id integer PRIMARY KEY, v integer[]);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v text[]);
-- rows
INSERT INTO t VALUES (1, '{1,2}');
-- kept
SELECT id, v IS NULL FROM t
