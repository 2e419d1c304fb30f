-- The type of a column from real to double precision.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v real);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v double precision);
-- rows
INSERT INTO t VALUES (1, 1.5);
-- kept
SELECT id, v IS NULL FROM t
