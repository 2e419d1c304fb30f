-- A column that is computed comes and goes.
-- current
CREATE TABLE t (a integer);
-- desired
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
CREATE INDEX t_b ON t (b);
-- rows
INSERT INTO t VALUES (21);
-- kept
SELECT a FROM t
