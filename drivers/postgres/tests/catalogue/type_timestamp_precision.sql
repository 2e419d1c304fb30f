-- The type of a column from timestamp(3) to timestamp(6).
-- current
CREATE TABLE t (id integer PRIMARY KEY, v timestamp(3));
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v timestamp(6));
-- rows
INSERT INTO t VALUES (1, '2024-02-29 12:00:01.5');
-- kept
SELECT id, v IS NULL FROM t
