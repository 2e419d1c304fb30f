-- The type of a column from time to time(3).
-- current
CREATE TABLE t (id integer PRIMARY KEY, v time);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v time(3));
-- rows
INSERT INTO t VALUES (1, '12:00:01.5');
-- kept
SELECT id, v IS NULL FROM t
