-- Defaults come, change and go.
-- current
CREATE TABLE t (a integer, b integer DEFAULT 1, c integer DEFAULT 1, d text DEFAULT 'x');
-- desired
CREATE TABLE t (a integer DEFAULT 0, b integer DEFAULT 2, c integer, d text DEFAULT 'it''s "so"');
-- rows
INSERT INTO t VALUES (1, 2, 3, 'y');
-- kept
SELECT * FROM t
