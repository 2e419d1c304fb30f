-- A table that was made from a query.
-- current
CREATE TABLE t AS SELECT 1 AS a, 'x' AS b;
-- desired
CREATE TABLE t (a INT, b TEXT NOT NULL);
-- kept
SELECT a, b FROM t
