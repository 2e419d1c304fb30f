-- The type of a column from numeric(9,2) to numeric(12,4).
-- current
CREATE TABLE t (id integer PRIMARY KEY, v numeric(9,2));
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v numeric(12,4));
-- rows
INSERT INTO t VALUES (1, 1.25);
-- kept
SELECT id, v IS NULL FROM t
