-- The type of a column from integer[] to bigint[].
-- current
CREATE TABLE t (id integer PRIMARY KEY, v integer[]);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v bigint[]);
-- rows
INSERT INTO t VALUES (1, '{1,2}');
-- kept
SELECT id, v IS NULL FROM t
