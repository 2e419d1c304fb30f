-- An index goes with its column.
-- current
CREATE TABLE t (a INT, b TEXT); CREATE INDEX i ON t (b) WHERE a > 0;
-- desired
CREATE TABLE t (a INT);
-- rows
INSERT INTO t VALUES (1, 'x');
-- kept
SELECT a FROM t
