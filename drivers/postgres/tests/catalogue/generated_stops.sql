-- A computed column keeps its values.
-- current
CREATE TABLE t (a integer, b integer GENERATED ALWAYS AS (a * 2) STORED);
-- desired
CREATE TABLE t (a integer, b integer);
-- rows
INSERT INTO t (a) VALUES (21);
-- kept
SELECT a FROM t
