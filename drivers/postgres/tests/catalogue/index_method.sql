-- An index changes: method.
-- current
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t (a);
-- desired
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t USING hash (a);
-- rows
INSERT INTO t VALUES ('a', 1, '{}');
-- kept
SELECT * FROM t
