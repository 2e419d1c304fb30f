-- A primary key gets other columns; a table gets one at all.
-- current
CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, PRIMARY KEY (a)); CREATE TABLE o (a INT);
-- desired
CREATE TABLE t (a INT NOT NULL, b INT NOT NULL, CONSTRAINT k PRIMARY KEY (b, a DESC)); CREATE TABLE o (a INT PRIMARY KEY);
-- rows
INSERT INTO t VALUES (1, 2), (3, 4); INSERT INTO o VALUES (1), (2);
-- kept
SELECT t.a, t.b, o.a FROM t, o ORDER BY 1, 2, 3
