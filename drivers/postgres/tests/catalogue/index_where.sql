-- An index changes: where.
-- current
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t (a) WHERE b > 0;
-- desired
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t (a) WHERE b > 1;
-- rows
INSERT INTO t VALUES ('a', 1, '{}');
-- kept
SELECT * FROM t
