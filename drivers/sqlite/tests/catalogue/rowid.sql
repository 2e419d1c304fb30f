-- A rowid that rows have is kept when no column is it, and when one becomes it.
-- current
CREATE TABLE t (a TEXT); CREATE TABLE o (a TEXT);
-- desired
CREATE TABLE t (a TEXT NOT NULL); CREATE TABLE o (id INTEGER PRIMARY KEY, a TEXT);
-- rows
INSERT INTO t (rowid, a) VALUES (5, 'x'), (9, 'y'); INSERT INTO o (rowid, a) VALUES (7, 'x');
-- kept
SELECT t.rowid, t.a, o.rowid, o.a FROM t, o ORDER BY 1
