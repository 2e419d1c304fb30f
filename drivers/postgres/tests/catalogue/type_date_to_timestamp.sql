-- The type of a column from date to timestamp.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v date);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v timestamp);
-- rows
INSERT INTO t VALUES (1, '2024-02-29');
-- kept
SELECT id, v IS NULL FROM t
