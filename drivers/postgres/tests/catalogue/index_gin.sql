-- An index changes: gin.
-- current
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t USING gin (c);
-- desired
CREATE TABLE t (a text, b integer, c jsonb);
CREATE INDEX i ON t USING gin (c jsonb_path_ops);
-- rows
INSERT INTO t VALUES ('a', 1, '{}');
-- kept
SELECT * FROM t
