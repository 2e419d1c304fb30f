-- The type of a column from timestamp to timestamptz.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v timestamp);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v timestamptz);
-- rows
INSERT INTO t VALUES (1, '2024-02-29 12:00');
-- kept
SELECT id, v IS NULL FROM t
