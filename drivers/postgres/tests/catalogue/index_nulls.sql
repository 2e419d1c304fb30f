-- An index changes: nulls.
-- current
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t (a);
-- desired
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t (a NULLS FIRST);
-- rows
INSERT INTO t VALUES ('a', 1, '{}');
-- kept
SELECT * FROM t
