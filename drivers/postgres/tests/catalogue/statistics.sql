-- Statistics over several columns.
-- current
CREATE TABLE t (a integer, b integer);
CREATE STATISTICS s ON a, b FROM t;
-- desired
CREATE TABLE t (a integer, b bigint);
CREATE STATISTICS s (dependencies) ON a, b FROM t;
COMMENT ON STATISTICS s IS 'both';
