-- The type of a column from numeric to numeric(10,2).
-- current
CREATE TABLE t (id integer PRIMARY KEY, v numeric);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v numeric(10,2));
-- rows
INSERT INTO t VALUES (1, 1.25);
-- kept
SELECT id, v IS NULL FROM t
