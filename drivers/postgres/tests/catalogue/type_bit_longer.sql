-- The type of a column from bit(3) to bit varying(8).
-- current
CREATE TABLE t (id integer PRIMARY KEY, v bit(3));
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v bit varying(8));
-- rows
INSERT INTO t VALUES (1, '101');
-- kept
SELECT id, v IS NULL FROM t
