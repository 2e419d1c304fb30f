-- An index changes: renamed.
-- current
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX old ON t (a);
-- desired
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX new ON t (a);
-- rows
INSERT INTO t VALUES ('a', 1, '{}');
-- kept
SELECT * FROM t
