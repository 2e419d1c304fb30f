-- An index changes: expression.
-- current
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t (lower(a));
-- desired
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t (upper(a), (b + 1));
-- rows
INSERT INTO t VALUES ('a', 1, '{}');
-- kept
SELECT * FROM t
