-- The type of a column from money to numeric.
-- current
CREATE TABLE t (id integer PRIMARY KEY, v money);
-- desired
CREATE TABLE t (id integer PRIMARY KEY, v numeric);
-- rows
INSERT INTO t VALUES (1, '1.50');
-- kept
SELECT id, v IS NULL FROM t
