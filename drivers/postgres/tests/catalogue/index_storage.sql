-- An index changes: storage.
-- current
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t (a) WITH (fillfactor = 70);
-- desired
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t (a) WITH (fillfactor = 80);
-- rows
INSERT INTO t VALUES ('a', 1, '{}');
-- kept
SELECT * FROM t
