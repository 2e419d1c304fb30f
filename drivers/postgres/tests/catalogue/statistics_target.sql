-- Statistics over expressions, and how many.
-- needs 14
-- current
CREATE TABLE t (a integer, b integer);
-- desired
CREATE TABLE t (a integer, b integer);
CREATE STATISTICS s ON (a + b) FROM t;
ALTER STATISTICS s SET STATISTICS 99;
