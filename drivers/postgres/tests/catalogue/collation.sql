-- The collation of a column changes.
-- current
CREATE TABLE t (a text, b text COLLATE "C");
-- desired
CREATE TABLE t (a text COLLATE "C", b text);
CREATE INDEX t_a ON t (a);
-- rows
INSERT INTO t VALUES ('a', 'b');
-- kept
SELECT a, b FROM t
