-- The type of a column from bigint to smallint.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v bigint);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v smallint);
-- rows
INSERT INTO t VALUES (1, 41);
-- kept
SELECT id, v IS NULL FROM t
