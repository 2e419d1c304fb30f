-- A table of which the log knows nothing.
-- current
CREATE TABLE t (a integer PRIMARY KEY);
-- desired
CREATE UNLOGGED TABLE t (a integer PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1);
-- kept
SELECT a FROM t
