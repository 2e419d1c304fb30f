-- The type of a column from interval to interval day to second.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v interval);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v interval day to second);
-- rows
INSERT INTO t VALUES (1, '1 day 02:00');
-- kept
SELECT id, v IS NULL FROM t
