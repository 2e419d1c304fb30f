-- A table of which no column stays keeps its rows by their numbers.
-- current
CREATE TABLE t (a INT);
-- desired
CREATE TABLE t (b INT, c INT);
-- rows
INSERT INTO t (a) VALUES (NULL), (NULL);
-- kept
SELECT rowid FROM t ORDER BY 1
